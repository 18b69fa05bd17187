//! In JSON, YAML, TOML, CSV, XML, subtitles, calendars, cards and mail.

use super::*;

pub fn in_data(all: &mut Vec<Class>) {
    const JSON: &str = "{\"text\": \"{b}{v}{a}\"}\n";
    let mut json = |name, value| framed(all, name, "json", JSON, value);
    json("JSON escapes", each(|c| format!("\\u{:04x}", c as u32)));
    json("JSON escapes in capitals", each(|c| format!("\\u{:04X}", c as u32)));
    json("JSON escaped solidus", signs(&[(" ", "\\/"), ("-", "\\/")]));
    json("JSON surrogates", each(|c| c.to_digit(10).map_or_else(|| c.to_string(), |d| format!("\\ud835\\udf{:02x}", 0xce_u32 + d))));
    json("JSON escaped zero-width", inside("\\u200b"));
    json("JSON escaped line feed", signs(&[(" ", "\\n")]));
    json("JSON escaped tab", signs(&[(" ", "\\t")]));
    json("JSON escaped no-break blank", signs(&[(" ", "\\u00a0")]));
    json("JSON escaped zero byte", inside("\\u0000"));
    json(
        "JSON mojibake as exported",
        Box::new(|v| v.bytes().map(|b| if b < 0x80 { char::from(b).to_string() } else { format!("\\u{b:04x}") }).collect()),
    );
    json("JSON with HTML", wrapped("<b>", "</b>"));
    json("JSON with escaped HTML", wrapped("\\u003cb\\u003e", "\\u003c/b\\u003e"));
    json("JSON with references", each(|c| format!("&#{};", c as u32)));
    json("JSON escaped twice", each(|c| format!("\\\\u{:04x}", c as u32)));
    json("JSON base64", Box::new(base64));
    for (name, ending, frame) in [
        ("JSON in a string", "json", "{\"x\": \"{\\\"text\\\": \\\"{b}{v}{a}\\\"}\"}\n"),
        ("JSON key", "json", "{\"{b}{v}{a}\": 1}\n"),
        ("JSON nested", "json", "{\"a\": [{\"b\": [[\"{b}{v}{a}\"]]}]}\n"),
        ("JSON array", "json", "[\"{b}\", \"{v}\", \"{a}\"]\n"),
        ("JSON duplicate key", "json", "{\"text\": \"{b}{v}{a}\", \"text\": \"x\"}\n"),
        ("JSON with comments", "json", "{\n  // {b}{v}{a}\n  \"text\": \"x\"\n}\n"),
        ("JSON with a comma too many", "json", "{\"text\": \"{b}{v}{a}\",}\n"),
        ("JSON Lines", "jsonl", "{\"a\": 1}\n{\"text\": \"{b}{v}{a}\"}\n"),
        ("YAML plain", "yaml", "text: {b}{v}{a}\n"),
        ("YAML single quotes", "yaml", "text: '{b}{v}{a}'\n"),
        ("YAML literal", "yaml", "text: |\n  {b}{v}{a}\n"),
        ("YAML folded", "yaml", "text: >-\n  {b}{v}{a}\n"),
        ("YAML flow", "yaml", "x: {text: \"{b}{v}{a}\", y: 1}\n"),
        ("YAML list", "yaml", "x:\n  - {b}{v}{a}\n"),
        ("YAML anchor", "yaml", "x: &a \"{b}{v}{a}\"\ny: *a\n"),
        ("YAML tag", "yaml", "x: !!str \"{b}{v}{a}\"\n"),
        ("YAML key", "yaml", "\"{b}{v}{a}\": 1\n"),
        ("YAML comment", "yaml", "x: 1 # {b}{v}{a}\n"),
        ("TOML string", "toml", "text = \"{b}{v}{a}\"\n"),
        ("TOML literal", "toml", "text = '{b}{v}{a}'\n"),
        ("TOML long string", "toml", "text = \"\"\"\n{b}{v}{a}\"\"\"\n"),
        ("TOML comment", "toml", "x = 1 # {b}{v}{a}\n"),
        ("CSV cell", "csv", "text,x\n\"{b}{v}{a}\",1\n"),
        ("CSV beside", "csv", "x,y\n{b},{v}\n"),
        ("CSV formula", "csv", "x,y\n{b},\"=\"\"{v}\"\"\"\n"),
        ("CSV apostrophe", "csv", "x;y\n{b};'{v}\n"),
        ("TSV cell", "tsv", "x\ty\n{b}\t{v}\n"),
        ("XML element", "xml", "<a><b>{b}{v}{a}</b></a>\n"),
        ("XML CDATA", "xml", "<a><![CDATA[{b}{v}{a}]]></a>\n"),
        ("XML attribute", "xml", "<a b=\"{b}{v}{a}\"/>\n"),
        ("XML comment", "xml", "<a><!-- {b}{v}{a} --></a>\n"),
        ("XML escaped HTML", "xml", "<a>&lt;p&gt;{b}{v}{a}&lt;/p&gt;</a>\n"),
        ("SVG text", "svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{b}{v}{a}</text></svg>\n"),
        ("subtitle", "srt", "1\n00:00:01,000 --> 00:00:02,000\n{b}{v}{a}\n"),
        ("subtitle style", "srt", "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}{b}<i>{v}</i>{a}\n"),
        ("subtitle note", "vtt", "WEBVTT\n\nNOTE {b}{v}{a}\n\n00:01.000 --> 00:02.000\nx\n"),
        ("subtitle voice", "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Speaker>{b}{v}{a}\n"),
        ("calendar", "ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:{b}{v}{a}\nEND:VEVENT\nEND:VCALENDAR\n"),
        ("card", "vcf", "BEGIN:VCARD\nNOTE:{b}{v}{a}\nEND:VCARD\n"),
        ("mail", "eml", "From: info@example.org\nSubject: x\n\n{b}{v}{a}\n"),
        ("mail subject", "eml", "From: info@example.org\nSubject: {b}{v}{a}\n\nx\n"),
        ("AsciiDoc", "adoc", "= x\n\n{b}*{v}*{a}\n"),
        ("reStructuredText", "rst", "x\n=\n\n{b}**{v}**{a}\n"),
    ] {
        framed(all, name, ending, frame, as_is());
    }
    framed(
        all,
        "YAML escapes",
        "yaml",
        "text: \"{b}{v}{a}\"\n",
        each(|c| if (c as u32) < 256 { format!("\\x{:02x}", c as u32) } else { c.to_string() }),
    );
    framed(all, "YAML Unicode escapes", "yaml", "text: \"{b}{v}{a}\"\n", each(|c| format!("\\u{:04x}", c as u32)));
    framed(all, "YAML long escapes", "yaml", "text: \"{b}{v}{a}\"\n", each(|c| format!("\\U{:08x}", c as u32)));
    framed(all, "YAML folded over lines", "yaml", "text: >\n  {b}{v}{a}\n", signs(&[(" ", "\n  ")]));
    framed(all, "YAML quoted over lines", "yaml", "text: \"{b}{v}{a}\"\n", inside("\\\n  "));
    framed(all, "YAML plain over lines", "yaml", "text: {b}{v}{a}\n", signs(&[(" ", "\n  ")]));
    framed(all, "YAML binary", "yaml", "text: !!binary {v}\n", Box::new(base64));
    framed(all, "TOML escapes", "toml", "text = \"{b}{v}{a}\"\n", each(|c| format!("\\u{:04x}", c as u32)));
    framed(all, "CSV line feed in a cell", "csv", "x,y\n\"{b}{v}{a}\",1\n", signs(&[(" ", "\n")]));
    framed(all, "CSV two cells", "csv", "x,y,z\n{b},{v}\n", signs(&[(" ", ","), ("-", ",")]));
    framed(all, "XML references", "xml", "<a>{b}{v}{a}</a>\n", each(|c| format!("&#{};", c as u32)));
    framed(all, "XML elements inside", "xml", "<a>{b}{v}{a}</a>\n", wrapped("<b>", "</b>"));
    framed(all, "XML CDATA inside", "xml", "<a>{b}{v}{a}</a>\n", wrapped("<![CDATA[", "]]>"));
    framed(all, "XML comment inside", "xml", "<a>{b}{v}{a}</a>\n", inside("<!-- x -->"));
    framed(all, "subtitle tags inside", "srt", "1\n00:00:01,000 --> 00:00:02,000\n{b}{v}{a}\n", wrapped("<i>", "</i>"));
    framed(all, "subtitle over lines", "srt", "1\n00:00:01,000 --> 00:00:02,000\n{b}{v}{a}\n", signs(&[(" ", "\n"), ("-", "-\n")]));
    framed(
        all,
        "subtitle over cues",
        "srt",
        "1\n00:00:01,000 --> 00:00:02,000\n{b}{v}{a}\n",
        signs(&[(" ", "\n\n2\n00:00:03,000 --> 00:00:04,000\n"), ("-", "-\n\n2\n00:00:03,000 --> 00:00:04,000\n")]),
    );
    framed(all, "subtitle voice inside", "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n{b}{v}{a}\n", wrapped("<c.x>", "</c>"));
    framed(all, "subtitle time inside", "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n{b}{v}{a}\n", inside("<00:01.500>"));
    framed(
        all,
        "calendar folded",
        "ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:{b}{v}{a}\nEND:VEVENT\nEND:VCALENDAR\n",
        inside("\r\n "),
    );
    framed(
        all,
        "card quoted-printable",
        "vcf",
        "BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{v}\nEND:VCARD\n",
        quoted_printable(true),
    );
    framed(
        all,
        "mail quoted-printable",
        "eml",
        "From: info@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\ntelefon konto personnummer {v}\n",
        quoted_printable(true),
    );
    framed(
        all,
        "mail quoted-printable over lines",
        "eml",
        "From: info@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\ntelefon konto personnummer {v}\n",
        Box::new(|v| inside("=\n")(v).replace('Å', "=C3=85").replace('ä', "=C3=A4")),
    );
    framed(
        all,
        "mail base64",
        "eml",
        "From: info@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{v}\n",
        Box::new(|v| base64(&format!("Kontakta konto {v} nu."))),
    );
    framed(
        all,
        "mail encoded subject",
        "eml",
        "From: info@example.org\nSubject: =?UTF-8?Q?{v}?=\n\nx\n",
        Box::new(|v| quoted_printable(true)(&format!("Kontakta konto {v} nu."))),
    );
    framed(
        all,
        "mail base64 subject",
        "eml",
        "From: info@example.org\nSubject: =?UTF-8?B?{v}?=\n\nx\n",
        Box::new(|v| base64(&format!("Kontakta konto {v} nu."))),
    );
    framed(all, "CSS escapes", "html", "<style>p::after { content: \"{v}\"; }</style>\n", each(|c| format!("\\{:06x}", c as u32)));
}

#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by tests")]
//! Sources that have brought other readers down, each with a planted number: it must be found, or the source named.

use std::io::Write;

/// What must become of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The number is found.
    Found,
    /// It is named as not read, or the number is found.
    Named,
    /// Nothing is in it: it is read and clean.
    Clean,
}

pub const NUMBER: &str = "Elevens personnummer är 800102-2386.";

/// Names, bytes and fates.
pub fn sources() -> Vec<(String, Vec<u8>, Fate)> {
    let mut all = Vec::new();
    encodings(&mut all);
    shapes(&mut all);
    data(&mut all);
    others(&mut all);
    archives(&mut all);
    all
}

type All = Vec<(String, Vec<u8>, Fate)>;

fn wide(text: &str, unit: usize, big: bool) -> Vec<u8> {
    let order = |mut bytes: Vec<u8>| {
        if !big {
            bytes.reverse();
        }
        bytes
    };
    if unit == 2 {
        text.encode_utf16().flat_map(|u| order(u.to_be_bytes().to_vec())).collect()
    } else {
        text.chars().flat_map(|c| order(u32::from(c).to_be_bytes().to_vec())).collect()
    }
}

fn encodings(all: &mut All) {
    let mut add = |name: String, bytes: Vec<u8>, fate| all.push((name, bytes, fate));
    for (unit, big) in [(2, false), (2, true), (4, false), (4, true)] {
        let form = format!("utf{}{}", unit * 8, if big { "be" } else { "le" });
        for (ending, text) in [
            ("txt", format!("{NUMBER}\n")),
            ("md", format!("# Rubrik\n\n{NUMBER}\n")),
            ("html", format!("<p>{NUMBER}</p>")),
            ("json", format!("{{\"text\": \"{NUMBER}\"}}")),
            ("csv", format!("text;mer\n{NUMBER};x\n")),
            ("xml", format!("<a>{NUMBER}</a>")),
            ("yaml", format!("text: {NUMBER}\n")),
            ("srt", format!("1\n00:00:01,000 --> 00:00:02,000\n{NUMBER}\n")),
        ] {
            add(format!("{form}.{ending}"), wide(&text, unit, big), Fate::Found);
            add(format!("{form}-bom.{ending}"), wide(&format!("\u{feff}{text}"), unit, big), Fate::Found);
        }
    }
    let utf8 = |text: &str| text.as_bytes().to_vec();
    add("blandat.txt".into(), [utf8("å\n"), b"\xE5\xE4\xF6\n".to_vec(), utf8(NUMBER)].concat(), Fate::Found);
    add("utf16-sist.txt".into(), [utf8("Först vanlig text, sedan:\n"), wide(NUMBER, 2, false)].concat(), Fate::Found);
    add("utf8-sist.txt".into(), [wide("\u{feff}Först bred text", 2, false), utf8(NUMBER)].concat(), Fate::Found);
    add("nollor-emellan.txt".into(), utf8(&NUMBER.replace('0', "0\0")), Fate::Found);
    add("nollor-i-text.txt".into(), [utf8(&"a\0b\0".repeat(50)), utf8(NUMBER)].concat(), Fate::Found);
    add("nollor-runt.txt".into(), [vec![0; 300], utf8(NUMBER), vec![0; 300]].concat(), Fate::Found);
    add("ogiltigt.txt".into(), [(0x80..=0xFF).collect(), utf8("\n"), utf8(NUMBER)].concat(), Fate::Found);
    add("for-langt.txt".into(), [b"\xC0\xB8\xED\xA0\xBD\n".to_vec(), utf8(NUMBER)].concat(), Fate::Found);
    add("avkapat.txt".into(), [utf8(NUMBER), b"\xE2\x82".to_vec()].concat(), Fate::Found);
    add("halva-tecken.txt".into(), [b"\xFF\xFE\0\xD8\0\xD8".to_vec(), wide(NUMBER, 2, false)].concat(), Fate::Found);
    add("bom-mitt-i.txt".into(), utf8(&NUMBER.replace("0", "0\u{feff}")), Fate::Found);
    add("rader-av-mac.txt".into(), utf8(&format!("rad\r{NUMBER}\r")), Fate::Found);
    add("rader-av-mac.csv".into(), utf8(&format!("a;b\r{NUMBER};x\r")), Fate::Found);
    add("rader-av-mac.srt".into(), utf8(&format!("1\r00:00:01,000 --> 00:00:02,000\r{NUMBER}\r")), Fate::Found);
    for (name, sign) in [("nel", "\u{85}"), ("ls", "\u{2028}"), ("ff", "\u{c}"), ("vt", "\u{b}"), ("crcrlf", "\r\r\n")] {
        add(format!("rader-{name}.txt"), utf8(&format!("rad{sign}{NUMBER}{sign}")), Fate::Found);
    }
    for name in ["tom.txt", "tom.md", "tom.html", "tom.json", "tom.csv", "tom.xml", "tom.yaml"] {
        add(name.into(), Vec::new(), Fate::Clean);
    }
}

/// Long, deep and open.
fn shapes(all: &mut All) {
    let many = |text: &str, n: usize| text.repeat(n);
    let mut add = |name: &str, text: String| all.push((name.to_owned(), text.into_bytes(), Fate::Found));
    for (name, before) in [
        ("lang-rad.txt", many("ord ", 200_000)),
        ("utan-blank.txt", many("x", 500_000) + " "),
        ("siffror.txt", many("1", 300_000) + "\n"),
        ("snabel.txt", many("@", 100_000) + "\n"),
        ("punkter.txt", many("Anna.Ek.", 20_000) + "\n"),
        ("citat.md", many("> ", 50_000) + "x\n\n"),
        ("listor.md", many("- ", 50_000) + "x\n\n"),
        ("lankar.md", many("[a](", 50_000) + "\n\n"),
        ("hakar.md", many("[", 100_000) + "\n\n"),
        ("betoning.md", many("*a_", 50_000) + "\n\n"),
        ("frammatter.md", format!("---\n{}---\n", many("a: b\n", 50_000))),
        ("frammatter-oppen.md", format!("---\n{}", many("a: b\n", 50_000))),
        ("kod-oppen.md", "```\n".to_owned()),
        ("undantag.md", many("<!-- ombud:off -->\n", 3_000)),
        ("djup.html", many("<div>", 50_000)),
        ("djup-tabell.html", many("<table><tr><td>", 20_000)),
        ("attribut.html", format!("<p {}>", many("a=b ", 50_000))),
        ("kommentar-oppen.html", "<!-- ".to_owned()),
        ("skript-efter.html", "<script>x</script>".to_owned()),
        ("titel-oppen.html", "<title>".to_owned()),
        ("tagg-oppen.html", "<p ".to_owned()),
        ("cdata-oppen.html", "<![CDATA[".to_owned()),
        ("taggar-oppna.html", many("<a", 100_000)),
        ("entiteter.html", many("&#", 100_000)),
        ("stor-entitet.html", format!("&#{};", many("9", 50_000))),
        ("plaintext.html", "<plaintext>".to_owned()),
        ("noembed.html", "<noembed>".to_owned()),
        ("djup.xml", many("<a>", 50_000)),
        ("cdata-oppen.xml", "<a><![CDATA[".to_owned()),
        ("pi-oppen.xml", "<a><?x ".to_owned()),
        ("namnrymder.xml", format!("<a {}>", (0..5_000).map(|i| format!("xmlns:n{i}='u' ")).collect::<String>())),
        ("djup.yaml", (0..1_000).map(|i| format!("{}a:\n", many(" ", i))).collect::<String>() + &many(" ", 1_000) + "text: "),
        ("flode.yaml", many("[", 50_000)),
        ("sluten-aldrig.yaml", "text: \"".to_owned()),
        ("sluten-aldrig.toml", "text = '''".to_owned()),
        ("sluten-aldrig.csv", "a;\"".to_owned()),
        ("bred.csv", many("x;", 50_000) + "\n"),
        ("citattecken.csv", many("\"", 50_001)),
        ("nollor.csv", "a;b\n\0;".to_owned()),
        ("tider.srt", many("1\n00:00:01,000 --> 00:00:02,000\n", 10_000)),
        ("kalender-oppen.ics", "BEGIN:VEVENT\nSUMMARY:".to_owned()),
        ("kort-i-kort.vcf", many("BEGIN:VCARD\n", 20_000) + "NOTE:"),
        ("huvud.eml", format!("X: {}\n\n", many("a", 200_000))),
        ("teckenkod.eml", "Content-Type: text/plain; charset=nix\n\n".to_owned()),
        ("qp.eml", "Content-Transfer-Encoding: quoted-printable\n\n=ZZ=".to_owned()),
        ("rubrik.adoc", many("=", 5_000) + " x\n\n"),
        ("infogad.adoc", "include::/etc/passwd[]\n\n".to_owned()),
        ("infogad.rst", ".. include:: /etc/passwd\n\n".to_owned()),
        ("terminal.txt", "\x1b[2J\x1b]0;x\x07 \u{9b}31m ".to_owned()),
        ("kommando.txt", "::error::x\n##vso[task.x]\n%0A::error::".to_owned()),
        ("formel.csv", "a;b\n=cmd|'/c calc'!A1;".to_owned()),
        ("markning.txt", "]]> <script>alert(1)</script> &\"' [x](javascript:x) ".to_owned()),
        ("vandning.txt", "\u{202e}\u{2066}".to_owned()),
        ("utan-andelse", String::new()),
        ("okand.xyz", String::new()),
        (".dold", String::new()),
        ("VERSAL.TXT", String::new()),
        ("bild-som-ar-text.png", String::new()),
    ] {
        add(name, format!("{before}{NUMBER}\n"));
    }
}

fn data(all: &mut All) {
    let json = |value: &str| format!("{{\"text\": \"{value}\"}}");
    let mut add = |name: &str, text: String, fate| all.push((name.to_owned(), text.into_bytes(), fate));
    for (name, text) in [
        ("dubblett.json", format!("{{\"a\": \"{NUMBER}\", \"a\": \"x\"}}")),
        ("nan.json", format!("{{\"a\": NaN, \"b\": -Infinity, \"c\": \"{NUMBER}\"}}")),
        ("surrogat.json", json(&format!("\\ud800 {NUMBER} \\udc00"))),
        ("komma.json", format!("{{\"a\": \"{NUMBER}\",}}")),
        ("kommentar.json", format!("{{ // x\n\"a\": \"{NUMBER}\"}}")),
        ("apostrof.json", format!("{{'a': '{NUMBER}'}}")),
        ("flera.json", format!("{{\"a\": 1}}\n{}", json(NUMBER))),
        ("avkapad.json", format!("{{\"a\": \"{NUMBER}\", \"b\": \"")),
        ("funktion.json", format!("f({})", json(NUMBER))),
        ("skydd.json", format!(")]}}',\n{}", json(NUMBER))),
        ("nyckel.json", format!("{{\"{NUMBER}\": 1}}")),
        ("tal.json", format!("{{\"a\": {}, \"b\": \"{NUMBER}\"}}", "9".repeat(100_000))),
        ("djup-199.json", format!("{}\"{NUMBER}\"{}", "[".repeat(199), "]".repeat(199))),
        ("djup.json", format!("{}\"{NUMBER}\"", "[".repeat(100_000))),
        ("trasig-rad.jsonl", format!("{{\"a\":1}}\n{{\"b\":\n{}\n", json(NUMBER))),
        ("noll-rad.jsonl", format!("{{\"a\":1}}\n\0\0\n{}\n", json(NUMBER))),
        ("bomb.yaml", format!("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntext: {NUMBER}\n")),
        ("tagg.yaml", format!("x: !!python/object/apply:os.system ['{NUMBER}']\n")),
        ("entitet.xml", "<!DOCTYPE a [<!ENTITY x \"personnummer 800102-2386\">]><a>&x;</a>".to_owned()),
        (
            "skratt.xml",
            format!(
                "<!DOCTYPE a [<!ENTITY b \"ha\">{}]><a>&k; {NUMBER}</a>",
                ('c'..='k').map(|c| format!("<!ENTITY {c} \"{}\">", format!("&{};", (c as u8 - 1) as char).repeat(10))).collect::<String>()
            ),
        ),
        ("utifran.xml", format!("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x; {NUMBER}</a>")),
    ] {
        add(name, text, Fate::Found);
    }
    add("blank.json", " \n".into(), Fate::Clean);
    add("text-som-ar.json", format!("{NUMBER}\n"), Fate::Found);
}

/// Bytes of other sorts, and those that claim to be.
fn others(all: &mut All) {
    let mut add = |name: &str, bytes: Vec<u8>, fate| all.push((name.to_owned(), bytes, fate));
    let text = || format!("{NUMBER}\n").into_bytes();
    let png = |rest: &[u8]| [b"\x89PNG\r\n\x1a\n".as_slice(), rest].concat();
    for name in ["text.pdf", "text.docx", "text.zip"] {
        add(name, text(), Fate::Named);
    }
    add("avkapad.png", png(b"\0\0\0\x0dIHDR\0\0"), Fate::Named);
    add("langd.png", png(b"\xFF\xFF\xFF\xFFtEXtx"), Fate::Named);
    add("avkapad.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), Fate::Named);
    add("skrap.heic", [b"\0\0\0\x18ftypheic".as_slice(), &[0xFF; 50]].concat(), Fate::Named);
    add("slinga.tif", b"II*\0\x08\0\0\0\0\0\x08\0\0\0".to_vec(), Fate::Named);
    add("skrap.webp", b"RIFF\xFF\xFF\xFF\xFFWEBPXMP \xFF\xFF\xFF\xFF".to_vec(), Fate::Named);
    add("packad.gz", b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec(), Fate::Named);
    add("gammal.doc", [b"\xD0\xCF\x11\xE0".as_slice(), &[0; 500]].concat(), Fate::Named);
    add("program.exe", [b"MZ".as_slice(), &[0; 600]].concat(), Fate::Named);
    add("sidan-och-arkiv.html", [format!("<p>{NUMBER}</p>").into_bytes(), zip(&[("a.txt", b"x")])].concat(), Fate::Found);
    add("avkapad.pdf", b"%PDF-1.4\n1 0 obj\n<</Type/Catalog".to_vec(), Fate::Named);
    for (name, objects) in [
        ("slinga.pdf", vec!["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
        ("sig-sjalv.pdf", vec!["1 0 R"]),
        ("utan-sidor.pdf", vec!["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"]),
    ] {
        add(name, pdf(&objects), Fate::Named);
    }
    let words = "<</Length 66>>stream\nBT /F1 12 Tf 72 720 Td (Elevens personnummer 800102-2386) Tj ET    \nendstream";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>";
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let kids = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
    add("utan-inbaddat-typsnitt.pdf", pdf(&["<</Type/Catalog/Pages 2 0 R>>", kids, page, words, font]), Fate::Found);
    let count = "<</Type/Pages/Kids[3 0 R]/Count 999999999>>";
    add("for-manga-sidor.pdf", pdf(&["<</Type/Catalog/Pages 2 0 R>>", count, page, words, font]), Fate::Named);
}

fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (i, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let (at, len) = (out.len(), objects.len() + 1);
    out += &format!("xref\n0 {len}\n0000000000 65535 f \n{places}trailer<</Size {len}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF");
    out.into_bytes()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn archives(all: &mut All) {
    let mut add = |name: &str, bytes: Vec<u8>, fate| all.push((name.to_owned(), bytes, fate));
    let text = format!("{NUMBER}\n");
    let one = || zip(&[("a.txt", text.as_bytes())]);
    for (name, inner) in
        [("upp.zip", "../../etc/a.txt"), ("rot.zip", "/etc/a.txt"), ("win.zip", "C:\\x\\a.txt"), ("styrtecken.zip", "a\x1b[31m\n.txt")]
    {
        add(name, zip(&[(inner, text.as_bytes())]), Fate::Found);
    }
    add("mapp-i-mapp.zip", zip(&[("b.zip", &zip(&[("c.zip", &one())]))]), Fate::Found);
    let deep = (0..8).fold(one(), |inner, _| zip(&[("n.zip", &inner)]));
    add("for-djup.zip", deep, Fate::Named);
    add("bomb.zip", zip(&[("stor.txt", &vec![b'x'; 40 << 20]), ("b.txt", text.as_bytes())]), Fate::Named);
    add("avkapad.zip", one()[..60].to_vec(), Fate::Named);
    add("skrap-fore.zip", [vec![b'x'; 400], one()].concat(), Fate::Named);
    let at = |bytes: &[u8], sign: &[u8]| bytes.windows(4).position(|w| w == sign).expect("a header");
    let mut locked = one();
    for (sign, flags) in [(b"PK\x01\x02", 8), (b"PK\x03\x04", 6)] {
        let header = at(&locked, sign);
        locked[header + flags] |= 1;
    }
    add("krypterad.zip", locked, Fate::Named);
    let mut lying = one();
    let header = at(&lying, b"PK\x01\x02");
    lying[header + 24] = 5;
    add("ljuger-om-langd.zip", lying, Fate::Named);
    let document = |body: &str| format!("<?xml version=\"1.0\"?>{body}");
    let office = |body: &str| zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document(body).as_bytes())]);
    let words = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>Elevens personnummer 8001</w:t></w:r><w:r><w:t>02-2386</w:t></w:r></w:p></w:body></w:document>";
    add("delat.docx", office(words), Fate::Found);
    add("avkapad.docx", office(words)[..200].to_vec(), Fate::Named);
    add("trasig.docx", office(&words[..90]), Fate::Named);
    add("entitet.docx", office(&format!("<!DOCTYPE a [<!ENTITY x \"800102\">]>{}", words.replace("8001</", "&x;</"))), Fate::Named);
    add("utan-text.docx", zip(&[("[Content_Types].xml", b"<Types/>")]), Fate::Named);
}

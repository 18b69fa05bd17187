//! What a text without a name is, told from how it starts.

use super::{Format, csv, mail, trello};

/// The format of a text without a name.
pub(super) fn guess(text: &str) -> Format {
    let start = head(text);
    if let Some(format) = marked(text) {
        return format;
    }
    if start.starts_with(['{', '[']) {
        if Format::Json.read(text).is_ok_and(|d| d.faults.is_empty()) {
            return Format::Json.refine(text);
        }
        if Format::JsonLines.read(text).is_ok_and(|d| d.faults.is_empty()) {
            return Format::JsonLines;
        }
    }
    if text.starts_with("---\n") {
        Format::Markdown
    } else if is_table(start) {
        Format::Csv
    } else {
        Format::Text
    }
}

/// The text after a byte order mark and blanks.
fn head(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').trim_start()
}

/// The format of a text that starts with marks no prose starts with, whatever its name says.
pub(super) fn marked(text: &str) -> Option<Format> {
    let start = head(text);
    let low = start.get(..start.floor_char_boundary(16)).unwrap_or("").to_ascii_lowercase();
    Some(match low.as_bytes() {
        [b'<', ..] => return markup(start),
        [b'{' | b'[', ..] if trello::is_trello(text) => Format::Trello,
        _ if low.starts_with("begin:vcard") || low.starts_with("begin:vcalendar") => Format::ContentLines,
        _ if low.starts_with("webvtt") || is_subrip(start) => Format::Subtitle,
        _ if mail::is_mail(start) => Format::Mail,
        _ => return None,
    })
}

/// HTML or XML, by the first element.
fn markup(start: &str) -> Option<Format> {
    let mut rest = start;
    // Comments and declarations before it.
    for _ in 0..8 {
        let (sign, end) = if rest.starts_with("<!--") {
            ("<!--", "-->")
        } else if rest.starts_with("<?") {
            ("<?", "?>")
        } else {
            break;
        };
        rest = rest[sign.len()..].split_once(end)?.1.trim_start();
    }
    let low = rest.get(..rest.floor_char_boundary(24)).unwrap_or("").to_ascii_lowercase();
    let name: String = low.chars().skip(1).take_while(|c| c.is_ascii_alphanumeric() || *c == '!').collect();
    match name.as_str() {
        "!doctype" if low.contains("html") => Some(Format::Html),
        "html" | "head" | "body" | "title" | "meta" | "p" | "div" | "h1" | "h2" | "h3" | "main" | "article" | "section" | "header"
        | "nav" | "table" | "ul" | "ol" | "figure" | "span" | "a" | "img" | "template" | "script" | "style" | "link" | "b" | "strong" => {
            Some(Format::Html)
        }
        "rss" | "feed" | "svg" | "rdf" | "opml" => Some(Format::Xml),
        _ if start.starts_with("<?xml") => Some(Format::Xml),
        _ => None,
    }
}

fn is_subrip(start: &str) -> bool {
    let mut lines = start.lines();
    let number = lines.next().is_some_and(|l| !l.is_empty() && l.trim().bytes().all(|b| b.is_ascii_digit()));
    number && lines.next().is_some_and(|l| l.contains("-->") && l.as_bytes().get(2) == Some(&b':'))
}

/// Whether the first lines have the same number of separators, `;` or tab; commas are in all prose.
fn is_table(start: &str) -> bool {
    let sign = csv::separator(start);
    let lines: Vec<usize> = start.lines().take(5).map(|l| memchr::memchr_iter(sign, l.as_bytes()).count()).collect();
    matches!(sign, b';' | b'\t') && lines.len() > 1 && lines[0] > 1 && lines.iter().all(|n| *n == lines[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_tell_what_they_are() {
        for (text, format) in [
            ("<!-- x --><!DOCTYPE html><p>a", Format::Html),
            ("\u{feff}  <p>Hej</p>", Format::Html),
            ("<?xml version='1.0'?><rss>", Format::Xml),
            ("<?xml version='1.0'?><!DOCTYPE html><html>", Format::Html),
            ("<3 på er alla", Format::Text),
            ("BEGIN:VCARD\nFN:Eva", Format::ContentLines),
            ("1\n00:00:01,000 --> 00:00:02,000\nHej", Format::Subtitle),
            ("WEBVTT\n\nHej", Format::Subtitle),
            ("namn;ort;tfn\na;b;c\n", Format::Csv),
            ("Hej; du; där\nmed text", Format::Text),
            ("{\"cards\":[],\"lists\":[]}", Format::Trello),
            ("{\"a\":1}\n{\"a\":2}", Format::JsonLines),
            ("---\ntitle: x\n---\n", Format::Markdown),
            ("", Format::Text),
        ] {
            assert_eq!(guess(text), format, "{text}");
        }
        assert_eq!(Format::Text.refine("<html><p>Hej"), Format::Html);
        assert_eq!(Format::Text.refine("a;b;c\n1;2;3"), Format::Text);
    }
}

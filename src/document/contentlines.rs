//! vCard and iCalendar: folded lines made whole, escapes undone, and the properties that are for people.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::lines::{Line, lines};
use super::{Document, DocumentBuilder, ReadError, Reader, Role, Step};
use crate::text::{Span, TextBuilder};

/// Reads vCard and iCalendar.
#[derive(Debug)]
pub(super) struct ContentLines;

impl Reader for ContentLines {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let mut all = lines(source).peekable();
        while let Some(first) = all.next() {
            // A line goes on where the next starts with a blank.
            let mut parts = vec![first];
            while let Some(next) = all.next_if(|l| l.text.starts_with([' ', '\t'])) {
                parts.push(Line { start: next.start + 1, text: &next.text[1..] });
            }
            property(&mut b, source, &parts);
        }
        Ok(b.finish())
    }
}

/// Reads one property: `NAME;PARAMETER=VALUE:value`.
fn property(b: &mut DocumentBuilder, source: &str, parts: &[Line<'_>]) {
    let mut whole = TextBuilder::default();
    for (i, part) in parts.iter().enumerate() {
        // What was folded away stands between the parts: they lead back over it.
        whole.verbatim(part.text, part.start);
        debug_assert!(i == 0 || part.start > 0);
    }
    let whole = whole.finish();
    let line = whole.as_str();
    let Some(colon) = value_start(line) else {
        // No property at all: nothing may be left unread.
        if line.contains(char::is_alphanumeric) {
            b.open_beside(Role::Body, None, parts[0].start);
            b.text.compose(&whole_of(line), Span::new(0, line.len() as u32), &whole);
            b.close();
        }
        return;
    };
    let head = &line[..colon];
    let name_len = head.find(';').unwrap_or(head.len());
    let name = head[..name_len].rsplit('.').next().unwrap_or("").to_ascii_uppercase();
    let place = b.places.add(None, Step::Key(whole.source_span(Span::new(0, name_len as u32))));
    let value = &line[colon + 1..];
    if name == "BEGIN" && matches!(value, "VCARD" | "VEVENT" | "VTODO") {
        b.set_cue(None);
    }
    let _ = source;
    // Whoever is invited or responsible: `CN="Åsa Öst"`.
    if let Some(at) = head.find("CN=") {
        let from = at + 3 + usize::from(head[at + 3..].starts_with('"'));
        let len = head[from..].find(['"', ';']).unwrap_or(head.len() - from);
        if len > 0 {
            b.open(Role::Meta, Some(place), whole.source_span(Span::new(from as u32, from as u32)).start);
            b.text.compose(&whole_of(line), Span::new(from as u32, (from + len) as u32), &whole);
            b.close();
        }
    }
    let Some((role, cue)) = role_of(&name) else { return };
    if !value.contains(char::is_alphanumeric) {
        return;
    }
    b.set_cue(cue);
    let at = whole.source_span(Span::new(colon as u32 + 1, colon as u32 + 2)).start;
    if matches!(name.as_str(), "SUMMARY" | "FN") {
        b.open(role, Some(place), at)
    } else {
        b.open_beside(role, Some(place), at)
    }
    b.set_cue(None);
    let mut inner = TextBuilder::with_capacity(value.len());
    let is_quoted = head.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
    unescape(&mut inner, value, colon as u32 + 1, name == "ADR" || name == "N", is_quoted);
    let inner = inner.finish();
    b.text.compose(&inner, Span::new(0, inner.as_str().len() as u32), &whole);
    b.close();
}

fn whole_of(line: &str) -> crate::text::Text<'_> {
    crate::text::Text::verbatim(line)
}

/// Where the colon before the value stands: the first outside quotes, after a name.
fn value_start(line: &str) -> Option<usize> {
    let mut quoted = false;
    let name = line.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
    line.bytes()
        .position(|b| {
            quoted ^= b == b'"';
            b == b':' && !quoted
        })
        .filter(|_| name)
}

/// What a property is, and the word its value is read after; `None` for what a machine wrote.
fn role_of(name: &str) -> Option<(Role, Option<&'static str>)> {
    Some(match name {
        "SUMMARY" | "FN" | "X-WR-CALNAME" => (Role::Title, None),
        "DESCRIPTION" | "NOTE" | "X-WR-CALDESC" => (Role::Body, None),
        "COMMENT" => (Role::Comment, None),
        "TEL" => (Role::Meta, Some("telefon")),
        "BDAY" => (Role::Meta, Some("född")),
        "URL" | "ATTACH" | "CONFERENCE" | "X-SOCIALPROFILE" | "IMPP" => (Role::Url, None),
        "N" | "NICKNAME" | "EMAIL" | "ADR" | "LABEL" | "ORG" | "TITLE" | "ROLE" | "LOCATION" | "CONTACT" | "ORGANIZER" | "ATTENDEE"
        | "CATEGORIES" | "GEO" | "RELATED" => (Role::Meta, None),
        "X-ALT-DESC" => (Role::Body, None),
        _ if name.starts_with("X-") && !name.starts_with("X-APPLE") && !name.starts_with("X-MICROSOFT") && !name.starts_with("X-WR") => {
            (Role::Meta, None)
        }
        _ => return None,
    })
}

/// Adds a value with its escapes undone; the parts of a name or address become words beside each other.
fn unescape(text: &mut TextBuilder, value: &str, at: u32, has_parts: bool, is_quoted: bool) {
    let mut done = 0;
    while let Some(found) = value[done..].find(['\\', ';', '=']).map(|p| done + p) {
        text.verbatim(&value[done..found], at + done as u32);
        let here = at + found as u32;
        let rest = &value[found..];
        let (piece, len) = match rest.as_bytes() {
            [b'\\', b'n' | b'N', ..] => ("\n", 2),
            [b'\\', b',' | b';' | b'\\', ..] => (&rest[1..2], 2),
            [b';', ..] if has_parts => (" ", 1),
            [b'=', ..] if is_quoted => {
                let bytes: Vec<u8> = quoted(rest);
                if let Some(c) = std::str::from_utf8(&bytes).ok().and_then(|s| s.chars().next()) {
                    let len = 3 * c.len_utf8();
                    text.replaced(c.encode_utf8(&mut [0; 4]), here, len as u32);
                    done = found + len;
                    continue;
                }
                ("=", 1)
            }
            _ => (&rest[..1], 1),
        };
        text.replaced(piece, here, len as u32);
        done = found + len;
    }
    text.verbatim(&value[done..], at + done as u32);
}

/// The bytes that `=XX=XX` at the start of `text` stand for: those of one character.
fn quoted(text: &str) -> Vec<u8> {
    let byte =
        |n: usize| text.get(3 * n + 1..3 * n + 3).filter(|_| text.as_bytes()[3 * n] == b'=').and_then(|h| u8::from_str_radix(h, 16).ok());
    let len = match byte(0) {
        Some(0xC0..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..) => 4,
        _ => 1,
    };
    (0..len).map_while(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(source: &str) -> Vec<String> {
        let doc = ContentLines.read(source).unwrap();
        let line = |r: &super::super::Region| {
            format!(
                "{}{}|{}",
                r.role.name(),
                r.place.map_or(String::new(), |p| doc.places.name(p, source)),
                &doc.text.as_str()[r.span.range()]
            )
        };
        doc.regions.iter().map(line).collect()
    }

    #[test]
    fn a_card_of_a_person() {
        let source = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Öst;Åsa;;;\r\nFN:Åsa Öst\r\nTEL;TYPE=CELL:070-174 \r\n 06 12\r\nUID:8001022386\r\nNOTE:a\\, b\\nc\r\nNOTE;ENCODING=QUOTED-PRINTABLE:=C3=85sa\r\nEND:VCARD\r\n";
        assert_eq!(
            regions(source),
            ["meta/N|Öst Åsa   ", "title/FN|Åsa Öst", "meta/TEL|070-174 06 12", "body/NOTE|a, b\nc", "body/NOTE|Åsa"]
        );
        let doc = ContentLines.read(source).unwrap();
        let at = doc.text.as_str().find("070-174 06 12").unwrap() as u32;
        assert_eq!(&source[doc.text.source_span(Span::new(at, at + 13)).range()], "070-174 \r\n 06 12");
    }

    #[test]
    fn an_event_and_its_guests() {
        let source = "BEGIN:VEVENT\nUID:19800102-2386@x\nDTSTART:20260212T070000Z\nSUMMARY:Möte\nATTENDEE;CN=\"Åsa: Öst\":mailto:asa@example.se\nEND:VEVENT\n";
        assert_eq!(regions(source), ["title/SUMMARY|Möte", "meta/ATTENDEE|Åsa: Öst", "meta/ATTENDEE|mailto:asa@example.se"]);
    }
}

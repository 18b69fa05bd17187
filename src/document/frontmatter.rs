//! Front matter of Markdown: YAML between `---` or TOML between `+++`, read line by line.
//!
//! Every scalar value is a region with its key as place; `channel` (or `kanal`) names the draft's channel.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::{DocumentBuilder, PlaceId, Role, Step};
use crate::text::{Span, Src};

/// Reads the front matter of `source` into `b`; returns where the body starts.
pub(super) fn read(b: &mut DocumentBuilder, source: &str) -> usize {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let fence = match source.get(start..start + 3) {
        Some(fence @ ("---" | "+++")) => fence,
        _ => return start,
    };
    let Some(first) = memchr::memchr(b'\n', &source.as_bytes()[start..]).map(|p| start + p + 1) else { return start };
    if !source[start + 3..first].trim().is_empty() {
        return start;
    }
    let mut at = first;
    let mut lines = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', &source.as_bytes()[at..]).map_or(source.len(), |p| at + p);
        let line = source[at..end].trim_end();
        if line == fence || line == "..." {
            values(b, source, &lines);
            return (end + 1).min(source.len());
        }
        lines.push((at, at + line.len()));
        if end == source.len() {
            // No closing fence: it is no front matter.
            return start;
        }
        at = end + 1;
    }
}

fn values(b: &mut DocumentBuilder, source: &str, lines: &[(usize, usize)]) {
    // The channel first: it holds for every region.
    for &(start, end) in lines {
        if let Some((key, value)) = key_value(source, start, end)
            && matches!(&source[key.range()], "channel" | "kanal")
        {
            b.set_channel(Some(&source[value.range()]));
        }
    }
    let mut parent: Option<(PlaceId, Role)> = None;
    for &(start, end) in lines {
        let indented = source[start..end].starts_with([' ', '\t', '-']);
        let (place, role, value) = match key_value(source, start, end) {
            Some((key, value)) => {
                if !value.is_empty() {
                    b.field(&source[key.range()]);
                }
                let above = if indented { parent } else { None };
                let place = b.places.add(above.map(|(p, _)| p), Step::Key(key));
                let role = role_of(&source[key.range()]).or(above.map(|(_, r)| r)).unwrap_or(Role::Meta);
                if !indented {
                    parent = Some((place, role));
                }
                (Some(place), role, value)
            }
            None => (parent.map(|(p, _)| p), parent.map_or(Role::Meta, |(_, r)| r), item(source, start, end)),
        };
        if !value.is_empty() && source[value.range()].contains(char::is_alphanumeric) {
            b.open_beside(role, place, value.start);
            b.text.verbatim(&source[value.range()], value.start);
            b.close();
        }
    }
}

/// `key: value` or `key = value`; quotes and a trailing comment are left out.
fn key_value(source: &str, start: usize, end: usize) -> Option<(Span<Src>, Span<Src>)> {
    let line = &source[start..end];
    let lead = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
    let len = line[lead..].bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    let after = &line[lead + len..];
    let gap = after.len() - after.trim_start().len();
    if len == 0 || !after[gap..].starts_with([':', '=']) {
        return None;
    }
    let key = Span::new((start + lead) as u32, (start + lead + len) as u32);
    let rest = lead + len + gap + 1;
    // `https://…` in a list is a value, not a key.
    if after[gap..].starts_with(':') && !line[rest..].is_empty() && !line[rest..].starts_with([' ', '\t']) {
        return None;
    }
    Some((key, unquoted(source, start + rest, end)))
}

fn item(source: &str, start: usize, end: usize) -> Span<Src> {
    let line = &source[start..end];
    let lead = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
    unquoted(source, start + lead, end)
}

fn unquoted(source: &str, start: usize, end: usize) -> Span<Src> {
    let raw = &source[start..end];
    let start = start + (raw.len() - raw.trim_start().len());
    let mut value = raw.trim();
    let mut from = start;
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
        && let Some(close) = value[1..].rfind(quote)
    {
        value = &value[1..=close];
        from += 1;
    } else if matches!(value, ">" | "|" | ">-" | "|-") {
        value = "";
    }
    Span::new(from as u32, (from + value.len()) as u32)
}

fn role_of(key: &str) -> Option<Role> {
    Some(match key.to_ascii_lowercase().as_str() {
        "title" | "titel" | "rubrik" | "heading" | "subtitle" => Role::Title,
        "alt" | "image_alt" | "imagealt" | "alttext" | "alt_text" => Role::Alt,
        "caption" | "bildtext" => Role::Caption,
        "url" | "link" | "permalink" | "slug" | "image" => Role::Url,
        "ingress" | "summary" | "lead" | "preamble" | "text" | "intro" => Role::Body,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_roles_and_the_channel_is_heard() {
        let source = "---\ntitle: \"Hej Åsa\"\nkanal: facebook\nbild:\n  alt: 'En bild'\ntags:\n  - sim\n---\nBrödtext";
        let mut b = DocumentBuilder::default();
        assert_eq!(&source[read(&mut b, source)..], "Brödtext");
        let doc = b.finish();
        let seen: Vec<_> = doc
            .regions
            .iter()
            .map(|r| (r.role.name(), doc.places.name(r.place.unwrap(), source), &doc.text.as_str()[r.span.range()]))
            .collect();
        assert_eq!(
            seen,
            [
                ("title", "/title".into(), "Hej Åsa"),
                ("meta", "/kanal".into(), "facebook"),
                ("alt", "/bild/alt".into(), "En bild"),
                ("meta", "/tags".into(), "sim")
            ]
        );
        assert_eq!(doc.channels, ["facebook"]);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        let mut b = DocumentBuilder::default();
        assert_eq!(read(&mut b, "---\ntext utan slut"), 0);
        assert_eq!(read(&mut b, "--- x\n---\n"), 0);
        assert!(b.finish().regions.is_empty());
    }
}

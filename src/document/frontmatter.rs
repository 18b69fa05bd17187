//! Front matter of Markdown: YAML between `---` or TOML between `+++`, read line by line.
//!
//! Every scalar value is a region with its key as place; `channel` (or `kanal`) names the draft's channel.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::{Document, DocumentBuilder, PlaceId, ReadError, Reader, Role, Step, keys};
use crate::text::{Span, Src};

/// Reads YAML and TOML files: line by line, as front matter. Aliases are not followed, so there is nothing to blow up.
#[derive(Debug)]
pub(super) struct Settings;

impl Reader for Settings {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let lines: Vec<_> = super::lines::lines(source).map(|l| (l.start as usize, l.start as usize + l.text.trim_end().len())).collect();
        values(&mut b, source, &lines);
        Ok(b.finish())
    }
}

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
    // The keys that are open, each with the column it starts at.
    let mut open: Vec<(usize, PlaceId, Role)> = Vec::new();
    // The indentation of the key whose block of text (`|`, `>`) the lines below belong to.
    let mut block: Option<usize> = None;
    for &(start, end) in lines {
        let line = &source[start..end];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line.trim().is_empty() {
            continue;
        }
        if block.is_some_and(|key| indent > key) {
            let parent = open.last().map(|(_, p, r)| (*p, *r));
            text(b, source, parent, Span::new((start + indent) as u32, end as u32));
            continue;
        }
        block = None;
        let dash = line.trim_start().starts_with("- ");
        let Some((key, value)) = key_value(source, start, end) else {
            // A key that is somebody's number: a table of people by theirs.
            if let Some(colon) = line.find(": ").or_else(|| line.strip_suffix(':').map(str::len))
                && super::html::holds_number(&line[..colon + 1])
            {
                scalar(b, source, open.last().map(|(_, p, r)| (*p, *r)), unquoted(source, start, start + colon), None);
            }
            // A list may stand in the column of its key.
            while open.last().is_some_and(|(column, ..)| *column > indent) {
                open.pop();
            }
            let parent = open.last().map(|(_, p, r)| (*p, *r));
            let value = item(source, start, end);
            if indent > 0 && !line.trim_start().starts_with('-') {
                // A value that goes on over lines.
                text(b, source, parent, value);
            } else {
                scalar(b, source, parent, value, None);
            }
            continue;
        };
        let column = indent + if dash { 2 } else { 0 };
        while open.last().is_some_and(|(above, ..)| *above >= column) {
            open.pop();
        }
        let above = open.last().map(|(_, p, r)| (*p, *r));
        let place = b.places.add(above.map(|(p, _)| p), Step::Key(key));
        let name = &source[key.range()];
        if !value.is_empty() {
            b.field(name);
        }
        let own = role_of(name);
        let role = own.or(above.map(|(_, r)| r)).unwrap_or(Role::Meta);
        open.push((column, place, role));
        let opens = source[key.end as usize..end].trim_start_matches([':', '=', ' ']).trim_end();
        if opens.starts_with(['|', '>']) && opens.len() <= 3 {
            block = Some(indent);
        } else {
            // A bare number is read only where its key says what it is, as in JSON.
            let cue = keys::meaning(name).cue;
            if cue.is_none() && own.is_none() && !value.is_empty() && source[value.range()].bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            scalar(b, source, Some((place, role)), value, cue);
        }
    }
}

/// Adds a line of a longer value: its words go on those of the line before.
fn text(b: &mut DocumentBuilder, source: &str, at: Option<(PlaceId, Role)>, span: Span<Src>) {
    if source[span.range()].contains(char::is_alphanumeric) {
        b.open_joined(at.map_or(Role::Meta, |(_, r)| r), at.map(|(p, _)| p), span.start);
        b.text.verbatim(&source[span.range()], span.start);
        b.close();
    }
}

/// Adds a value; escapes count between double quotes.
fn scalar(b: &mut DocumentBuilder, source: &str, at: Option<(PlaceId, Role)>, value: Span<Src>, cue: Option<&'static str>) {
    if !source[value.range()].contains(char::is_alphanumeric) {
        return;
    }
    b.set_cue(cue);
    b.open_beside(at.map_or(Role::Meta, |(_, r)| r), at.map(|(p, _)| p), value.start);
    b.set_cue(None);
    if value.start > 0 && source.as_bytes()[value.start as usize - 1] == b'"' {
        super::json::decode(source, value, &mut b.text);
    } else {
        b.text.verbatim(&source[value.range()], value.start);
    }
    b.close();
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
        && (matches!(value[close + 2..].trim_start().bytes().next(), None | Some(b'#' | b',' | b']' | b'}')) || close > 1)
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
        _ => return keys::meaning(key).role.filter(|r| matches!(r, Role::Alt | Role::Caption | Role::Title)),
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
    fn blocks_of_text_nested_keys_and_escapes() {
        let source = "a:\n  b:\n    c: ett\n  d: två\ntext: >-\n  Ring Eva: nu\n  på 070\nlista:\n- x\n- alt: y\nq: \"\\u00c5sa\"\npnr: 8001022386\n";
        let doc = Settings.read(source).unwrap();
        let line = |r: &super::super::Region| {
            format!("{}{}|{}", r.role.name(), doc.places.name(r.place.unwrap(), source), &doc.text.as_str()[r.span.range()])
        };
        let seen: Vec<_> = doc.regions.iter().map(line).collect();
        assert_eq!(
            seen,
            [
                "meta/a/b/c|ett",
                "meta/a/d|två",
                "body/text|Ring Eva: nu",
                "body/text|på 070",
                "meta/lista|x",
                "alt/lista/alt|y",
                "meta/q|Åsa",
                "meta/pnr|8001022386"
            ]
        );
        assert!(doc.text.as_str().contains("Eva: nu på 070") && doc.text.as_str().ends_with("personnummer: 8001022386"));
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        let mut b = DocumentBuilder::default();
        assert_eq!(read(&mut b, "---\ntext utan slut"), 0);
        assert_eq!(read(&mut b, "--- x\n---\n"), 0);
        assert!(b.finish().regions.is_empty());
    }
}

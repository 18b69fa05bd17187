//! JSON and JSON Lines: every string is a region, at its JSON pointer.
//!
//! An own walker, since offsets into the source are needed for every string and key; nesting is limited before it
//! recurses, so a hostile file cannot use up the stack.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::{Document, DocumentBuilder, PlaceId, ReadError, Reader, Role, Step, html, keys};
use crate::text::{Span, Src, TextBuilder};

/// Deepest nesting of objects and lists that is read.
pub(super) const MOST_DEPTH: usize = 200;

/// Reads one JSON value.
#[derive(Debug)]
pub(super) struct Json;

/// Reads JSON Lines: one value a line.
#[derive(Debug)]
pub(super) struct JsonLines;

impl Reader for Json {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let mut walker = Walker::new(source);
        // An empty file discloses nothing.
        if walker.skip_blank()
            && let Err(fault) = walk(&mut walker, &mut b, None, Role::Body, 0).and_then(|()| walker.end())
        {
            // What cannot be walked is read as it stands, and named.
            let from = source.floor_char_boundary(fault.at.max(walker.at).min(source.len()));
            b.close();
            b.open(Role::Body, None, from as u32);
            b.text.verbatim(&source[from..], from as u32);
            b.fault(fault);
        }
        Ok(b.finish())
    }
}

impl Reader for JsonLines {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let mut walker = Walker::new(source);
        while walker.skip_blank() {
            b.set_channel(None);
            // Each line is a record of its own.
            b.item(None);
            // A broken line is named and the next one read: pointers count from each line's own value.
            if let Err(fault) = walk(&mut walker, &mut b, None, Role::Body, 0) {
                let rest = &source.as_bytes()[fault.at.max(walker.at).min(source.len())..];
                walker.at = source.len() - rest.len() + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                b.fault(fault);
            }
        }
        Ok(b.finish())
    }
}

/// Reads the JSON that starts at byte `from` of `source` into `b`; strings whose keys tell nothing have the role `role`.
pub(super) fn read_into(b: &mut DocumentBuilder, source: &str, from: usize, role: Role) -> Result<(), ReadError> {
    let mut walker = Walker { source, at: from };
    walk(&mut walker, b, None, role, 0)?;
    walker.end()
}

/// Walks one value: strings become regions, keys give roles, `channel` names the channel of its object.
fn walk(w: &mut Walker<'_>, b: &mut DocumentBuilder, place: Option<PlaceId>, role: Role, depth: usize) -> Result<(), ReadError> {
    match w.value(depth)? {
        Value::String(span) => string(w.source, span, b, place, role),
        Value::Object => {
            while let Some(key) = w.key()? {
                let name = &w.source[key.range()];
                let place = b.places.add(place, Step::Key(key));
                let says = keys::meaning(name);
                // A key that is words, or a number: a table of people by their numbers.
                if html::is_prose(name) || name.bytes().filter(u8::is_ascii_digit).count() >= 6 {
                    b.open(Role::Meta, Some(place), key.start);
                    decode(w.source, key, &mut b.text);
                    b.close();
                }
                if says.is_channel
                    && let Some(channel) = w.peek_string()
                {
                    b.set_channel(Some(channel));
                }
                if says.cue.is_some() {
                    b.set_cue(says.cue);
                }
                walk(w, b, Some(place), says.role.unwrap_or(role), depth + 1)?;
                if says.cue.is_some() {
                    b.set_cue(None);
                }
            }
        }
        Value::List => {
            let mut i = 0;
            while w.item(i == 0)? {
                let place = b.places.add(place, Step::Index(i));
                walk(w, b, Some(place), role, depth + 1)?;
                i += 1;
            }
        }
        // A bare number is read only where its key says what it is: most are amounts, times and ids.
        Value::Number(span) => {
            if b.has_cue() {
                b.open(role, place, span.start);
                b.text.verbatim(&w.source[span.range()], span.start);
                b.close();
            }
        }
        Value::True | Value::Other => {}
    }
    Ok(())
}

/// Adds a string as a region; one that is HTML, as publishing systems keep their texts, is read as that.
fn string(source: &str, span: Span<Src>, b: &mut DocumentBuilder, place: Option<PlaceId>, role: Role) {
    let raw = &source[span.range()];
    let may_be_html = raw.contains('<') || raw.contains("\\u003") || raw.contains("&#");
    if may_be_html {
        let mut outer = TextBuilder::with_capacity(raw.len());
        decode(source, span, &mut outer);
        let outer = outer.finish();
        if is_html(outer.as_str())
            && let Ok(inner) = html::Html.read(outer.as_str())
        {
            return b.append(&inner, &outer, role, place);
        }
    }
    b.open(role, place, span.start);
    decode(source, span, &mut b.text);
    b.close();
}

/// Whether a text has elements of HTML that are closed, or line breaks.
fn is_html(text: &str) -> bool {
    let closes = |name: &str| text.contains(&format!("</{name}>"));
    text.contains("<br") || ["p", "b", "i", "em", "strong", "a", "span", "div", "li", "td", "h1", "h2", "h3", "h4"].into_iter().any(closes)
}

/// Adds the string whose raw contents are `span` to `text`, its escapes undone.
pub(super) fn decode(source: &str, span: Span<Src>, text: &mut TextBuilder) {
    let mut at = span.start as usize;
    let end = span.end as usize;
    while at < end {
        let rest = &source[at..end];
        let Some(plain) = memchr::memchr(b'\\', rest.as_bytes()) else {
            text.verbatim(rest, at as u32);
            return;
        };
        text.verbatim(&rest[..plain], at as u32);
        at += plain;
        let (c, len) = escape(&source[at..end]);
        let mut utf8 = [0; 4];
        text.replaced(c.encode_utf8(&mut utf8), at as u32, len as u32);
        at += len;
    }
}

/// The character that an escape at the start of `text` stands for, and its length in bytes.
fn escape(text: &str) -> (char, usize) {
    let hex = |from: usize| text.get(from..from + 4).and_then(|h| u32::from_str_radix(h, 16).ok());
    let next = text[1..].chars().next();
    match next {
        Some('u') => match hex(2) {
            Some(high @ 0xD800..=0xDBFF) if text.get(6..8) == Some("\\u") => match hex(8) {
                Some(low @ 0xDC00..=0xDFFF) => {
                    (char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).unwrap_or('\u{fffd}'), 12)
                }
                _ => ('\u{fffd}', 6),
            },
            Some(code) => (char::from_u32(code).unwrap_or('\u{fffd}'), 6),
            None => ('\\', 1),
        },
        Some('n') => ('\n', 2),
        Some('t') => ('\t', 2),
        Some('r') => ('\r', 2),
        Some('b' | 'f') => (' ', 2),
        Some(c @ ('"' | '\\' | '/')) => (c, 2),
        _ => ('\\', 1),
    }
}

/// A JSON value with the places of its strings: for formats that must be joined before they are read.
#[derive(Debug)]
pub(super) enum Node {
    /// A string's raw contents.
    String(Span<Src>),
    /// Keys in their order.
    Object(Vec<(Span<Src>, Self)>),
    /// Items in their order.
    List(Vec<Self>),
    /// `true`.
    True,
    /// A number, `false`, `null`.
    Other,
}

impl Node {
    /// Reads the next value whole.
    pub(super) fn parse(w: &mut Walker<'_>, depth: usize) -> Result<Self, ReadError> {
        w.skip_blank();
        Ok(match w.value(depth)? {
            Value::String(span) => Self::String(span),
            Value::True => Self::True,
            Value::Number(_) | Value::Other => Self::Other,
            Value::Object => {
                let mut keys = Vec::new();
                while let Some(key) = w.key()? {
                    keys.push((key, Self::parse(w, depth + 1)?));
                }
                Self::Object(keys)
            }
            Value::List => {
                let mut items = Vec::new();
                while w.item(items.is_empty())? {
                    items.push(Self::parse(w, depth + 1)?);
                }
                Self::List(items)
            }
        })
    }

    /// The value of a key, and the key's place; the key must be written without escapes.
    pub(super) fn get(&self, source: &str, key: &str) -> Option<(Span<Src>, &Self)> {
        let Self::Object(keys) = self else { return None };
        keys.iter().find(|(k, _)| &source[k.range()] == key).map(|(k, node)| (*k, node))
    }

    /// The items of a list; none of anything else.
    pub(super) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The strings below this value, in their order.
    pub(super) fn strings(&self, out: &mut Vec<Span<Src>>) {
        match self {
            Self::String(span) => out.push(*span),
            Self::Object(keys) => keys.iter().for_each(|(_, node)| node.strings(out)),
            Self::List(items) => items.iter().for_each(|node| node.strings(out)),
            Self::True | Self::Other => {}
        }
    }

    /// The raw contents of a string.
    pub(super) fn string(&self) -> Option<Span<Src>> {
        if let Self::String(span) = self { Some(*span) } else { None }
    }
}

/// What a value starts with; the walker stands after its opening sign, or after a scalar.
pub(super) enum Value {
    /// A string: its raw contents, quotes left out.
    String(Span<Src>),
    /// `{`
    Object,
    /// `[`
    List,
    /// A number.
    Number(Span<Src>),
    /// `true`.
    True,
    /// `false`, `null`.
    Other,
}

/// Steps through JSON, offsets in hand.
pub(super) struct Walker<'s> {
    pub(super) source: &'s str,
    pub(super) at: usize,
}

impl<'s> Walker<'s> {
    pub(super) const fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    /// Skips blanks; whether anything is left.
    pub(super) fn skip_blank(&mut self) -> bool {
        let bytes = self.source.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.at < bytes.len()
    }

    fn error<T>(&self, message: &str) -> Result<T, ReadError> {
        Err(ReadError { message: message.to_owned(), at: self.at })
    }

    fn byte(&mut self) -> Option<u8> {
        self.skip_blank();
        self.source.as_bytes().get(self.at).copied()
    }

    /// The next value.
    pub(super) fn value(&mut self, depth: usize) -> Result<Value, ReadError> {
        match self.byte() {
            Some(b'{' | b'[') if depth >= MOST_DEPTH => self.error("nested too deep"),
            Some(b'{') => {
                self.at += 1;
                Ok(Value::Object)
            }
            Some(b'[') => {
                self.at += 1;
                Ok(Value::List)
            }
            Some(b'"') => self.string().map(Value::String),
            // NaN and Infinity, as some programs write.
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n' | b'N' | b'I') => {
                let rest = &self.source.as_bytes()[self.at..];
                let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.')).count();
                let start = self.at;
                self.at += len;
                Ok(match rest[0] {
                    b't' => Value::True,
                    b'f' | b'n' | b'N' | b'I' => Value::Other,
                    _ => Value::Number(Span::new(start as u32, self.at as u32)),
                })
            }
            Some(_) => self.error("not JSON: a value was expected"),
            None => self.error("not JSON: it ends too early"),
        }
    }

    /// The raw contents of a string.
    fn string(&mut self) -> Result<Span<Src>, ReadError> {
        let start = self.at + 1;
        let bytes = self.source.as_bytes();
        let mut at = start;
        while let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[at.min(bytes.len())..]) {
            at += found;
            if bytes[at] == b'"' {
                self.at = at + 1;
                return Ok(Span::new(start as u32, at as u32));
            }
            at += 2;
        }
        self.error("not JSON: a string does not end")
    }

    /// The next key of an object, or `None` at its end.
    pub(super) fn key(&mut self) -> Result<Option<Span<Src>>, ReadError> {
        if self.byte() == Some(b',') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'}') => {
                self.at += 1;
                Ok(None)
            }
            Some(b'"') => {
                let key = self.string()?;
                if self.byte() != Some(b':') {
                    return self.error("not JSON: `:` was expected after a key");
                }
                self.at += 1;
                Ok(Some(key))
            }
            _ => self.error("not JSON: a key was expected"),
        }
    }

    /// Whether a list goes on.
    pub(super) fn item(&mut self, first: bool) -> Result<bool, ReadError> {
        match self.byte() {
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if !first => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if first => Ok(true),
            _ => self.error("not JSON: `,` or `]` was expected in a list"),
        }
    }

    /// The string that comes next, raw, without moving.
    pub(super) fn peek_string(&mut self) -> Option<&'s str> {
        let before = self.at;
        let span = (self.byte() == Some(b'"')).then(|| self.string().ok()).flatten();
        self.at = before;
        span.map(|s| &self.source[s.range()])
    }

    /// Nothing but blanks may be left.
    pub(super) fn end(&mut self) -> Result<(), ReadError> {
        if self.skip_blank() { self.error("not JSON: something stands after the value") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_regions_at_their_pointers() {
        let source = r#"{"id": 7, "text": "\u00c5sa \ud83d\udc4b ok", "bilder": [{"alt": "a\/b"}]}"#;
        let doc = Json.read(source).unwrap();
        let seen: Vec<_> =
            doc.regions.iter().map(|r| (r.role, doc.places.name(r.place.unwrap(), source), &doc.text.as_str()[r.span.range()])).collect();
        assert_eq!(seen, [(Role::Body, "/text".into(), "Åsa 👋 ok"), (Role::Alt, "/bilder/0/alt".into(), "a/b")]);
        let span = doc.text.source_span(doc.regions[0].span);
        assert_eq!(&source[span.range()], r"\u00c5sa \ud83d\udc4b ok");
    }

    #[test]
    fn lines_name_their_channel() {
        let doc = JsonLines.read("{\"channel\":\"facebook\",\"text\":\"a\"}\n{\"text\":\"b\"}\n").unwrap();
        let channels: Vec<_> = doc.regions.iter().map(|r| r.channel).collect();
        assert_eq!(channels, [Some(0), Some(0), None]);
    }

    #[test]
    fn what_cannot_be_walked_is_read_as_it_stands() {
        for source in
            ["{ // x\n\"a\": \"Anna\"}", "{'a': 'Anna'}", "callback({\"a\": \"Anna\"})", "{\"a\": 1} {\"b\": \"Anna\"}", "[NaN, \"Anna\""]
        {
            let doc = Json.read(source).unwrap();
            assert!(doc.text.as_str().contains("Anna") && doc.faults.len() == 1, "{source}");
        }
        assert!(Json.read("[NaN, -Infinity]").unwrap().faults.is_empty());
    }

    #[test]
    fn faults_have_their_place() {
        for (source, at) in [("{\"a\" 1}", 5), ("[1 2]", 3), ("\"a", 0), ("{} x", 3)] {
            assert_eq!(Json.read(source).unwrap().faults.first().map(|e| e.at), Some(at), "{source}");
        }
        assert_eq!(Json.read(&"[".repeat(100_000)).unwrap().faults[0].message, "nested too deep");
        assert!(Json.read(" \n").unwrap().faults.is_empty());
    }
}

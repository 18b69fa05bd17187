//! Tags: where they stand, their names and attributes.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use crate::text::{Span, Src};

/// Where the text after `</name>` starts.
pub(in super::super) fn end_of_element(source: &str, from: usize, name: &str) -> usize {
    let bytes = source.as_bytes();
    let mut at = from;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        at += found + 2;
        if bytes[at..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
            return memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |p| at + p + 1);
        }
    }
    bytes.len()
}

/// A tag: where it stands, its name and attributes.
pub(in super::super) struct Tag {
    /// First byte, the `<`.
    pub(in super::super) start: usize,
    /// One past the `>`.
    pub(in super::super) end: usize,
    /// The element's name.
    pub(in super::super) name: Span<Src>,
    /// Whether it is `</…>`.
    pub(in super::super) closing: bool,
    /// Whether it is `<…/>`.
    pub(in super::super) self_closing: bool,
    /// Names and values; the value of one without is empty.
    pub(in super::super) attributes: Vec<(Span<Src>, Span<Src>)>,
}

impl Tag {
    /// The tag at `at`, if one stands there. An unfinished tag is none.
    pub(in super::super) fn parse(source: &str, at: usize, to: usize) -> Option<Self> {
        let bytes = &source.as_bytes()[..to];
        let closing = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(closing);
        let len = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_' | b'.')).count();
        if len == 0 || !bytes[start].is_ascii_alphabetic() {
            return None;
        }
        let mut tag = Self {
            start: at,
            end: to,
            name: Span::new(start as u32, (start + len) as u32),
            closing,
            self_closing: false,
            attributes: Vec::new(),
        };
        let mut at = start + len;
        loop {
            at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            match bytes.get(at)? {
                b'>' => {
                    tag.end = at + 1;
                    return Some(tag);
                }
                b'/' => {
                    tag.self_closing = bytes.get(at + 1) == Some(&b'>');
                    at += 1;
                }
                _ => at = tag.attribute(bytes, at)?,
            }
        }
    }

    /// Takes one attribute; returns where it ends.
    fn attribute(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let len = bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/')).count().max(1);
        let name = Span::new(at as u32, (at + len) as u32);
        let mut next = at + len;
        next += bytes[next..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        if bytes.get(next) != Some(&b'=') {
            self.attributes.push((name, Span::new(name.end, name.end)));
            return Some(at + len);
        }
        next += 1;
        next += bytes[next..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let (start, end, after) = match *bytes.get(next)? {
            quote @ (b'"' | b'\'') => {
                let end = next + 1 + memchr::memchr(quote, &bytes[next + 1..])?;
                (next + 1, end, end + 1)
            }
            _ => {
                let len = bytes[next..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'>').count();
                (next, next + len, next + len)
            }
        };
        self.attributes.push((name, Span::new(start as u32, end as u32)));
        Some(after)
    }
}

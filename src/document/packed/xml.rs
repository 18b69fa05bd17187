//! XML inside packed sources: events with their places in the source, references undone with a way back.

#![expect(clippy::cast_possible_truncation, reason = "parts are limited to 4 GiB before they are read")]

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text::TextBuilder;

/// Deepest nesting of elements that is read.
const MOST_DEPTH: usize = 1_000;

/// A stretch of an XML part.
pub(in crate::document) struct Xml<'x> {
    source: &'x str,
    reader: Reader<&'x [u8]>,
    /// Where the stretch starts in the source.
    from: usize,
    /// The elements that are open.
    open: Vec<&'x str>,
}

/// What comes next. Names are given without their prefix.
pub(in crate::document) enum Bit<'x> {
    /// An element starts.
    Open(Tag<'x>),
    /// An element ends.
    Close(&'x str),
    /// Text as it is written: a run of characters, or one reference.
    Text(Range<usize>),
    /// Text in which nothing stands for anything else.
    Plain(Range<usize>),
}

/// The start of an element.
pub(in crate::document) struct Tag<'x> {
    /// Its name without the prefix.
    pub(in crate::document) name: &'x str,
    source: &'x str,
    start: BytesStart<'x>,
}

/// The XML is broken at this byte.
#[derive(Debug)]
pub(in crate::document) struct Fault(pub(in crate::document) usize);

impl<'x> Xml<'x> {
    /// Reads the bytes `range` of `source`.
    pub(in crate::document) fn new(source: &'x str, range: Range<usize>) -> Self {
        let mut reader = Reader::from_str(&source[range.clone()]);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self { source, reader, from: range.start, open: Vec::new() }
    }

    fn at(&self) -> usize {
        self.from + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX - self.from)
    }

    /// The next bit that matters; `None` at the end.
    pub(in crate::document) fn next(&mut self) -> Result<Option<Bit<'x>>, Fault> {
        loop {
            let before = self.at();
            let event = self.reader.read_event().map_err(|_| Fault(before))?;
            let after = self.at();
            return Ok(Some(match event {
                Event::Start(start) => {
                    let name = local(self.source, before + 1);
                    self.open.push(name);
                    if self.open.len() > MOST_DEPTH {
                        return Err(Fault(before));
                    }
                    Bit::Open(Tag { name, source: self.source, start })
                }
                Event::End(_) => Bit::Close(self.open.pop().unwrap_or("")),
                Event::Text(_) | Event::GeneralRef(_) => Bit::Text(before..after),
                Event::CData(text) => {
                    let start = before + "<![CDATA[".len();
                    Bit::Plain(start..(start + text.len()).min(after))
                }
                // Words may hide in entities, which are not expanded.
                Event::DocType(_) if self.source[before..after].contains("<!ENTITY") => return Err(Fault(before)),
                Event::Eof if self.open.is_empty() => return Ok(None),
                Event::Eof => return Err(Fault(before)),
                _ => continue,
            }));
        }
    }

    /// Skips to the end of the element that was just opened; gives the bytes between its tags.
    pub(in crate::document) fn skip(&mut self, tag: &Tag<'_>) -> Result<Range<usize>, Fault> {
        let before = self.at();
        let inner = self.reader.read_to_end(tag.start.name()).map_err(|_| Fault(before))?;
        self.open.pop();
        let at = |p: u64| self.from + usize::try_from(p).unwrap_or(0);
        Ok(at(inner.start)..at(inner.end))
    }
}

/// The name without prefix that starts at `at`.
fn local(source: &str, at: usize) -> &str {
    let rest = source.get(at..).unwrap_or("");
    let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
    rest[..end].rsplit_once(':').map_or(&rest[..end], |(_, name)| name)
}

impl<'x> Tag<'x> {
    /// The value of an attribute, named without prefix: where it stands between its quotes.
    pub(in crate::document) fn attribute(&self, name: &str) -> Option<Range<usize>> {
        self.attributes().into_iter().find(|(local, _)| *local == name).map(|(_, range)| range)
    }

    /// All attributes, named without prefix: where their values stand.
    pub(in crate::document) fn attributes(&self) -> Vec<(&'x str, Range<usize>)> {
        // The reader lends slices of the source: their addresses tell their places.
        let place = |piece: &str| {
            let start = (piece.as_ptr() as usize).checked_sub(self.source.as_ptr() as usize)?;
            let range = start..start + piece.len();
            (self.source.get(range.clone())? == piece).then_some(range)
        };
        let named = |a: quick_xml::events::attributes::Attribute<'_>| {
            let name = place(a.key.local_name().as_ref())?;
            Some((&self.source[name], place(&a.value)?))
        };
        self.start.attributes().with_checks(false).flatten().filter_map(named).collect()
    }

    /// Where the element's name stands.
    pub(in crate::document) fn at(&self) -> usize {
        (self.name.as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize)
    }

    /// The value of an attribute as it is written.
    pub(in crate::document) fn value(&self, name: &str) -> Option<&'x str> {
        self.attribute(name).map(|range| &self.source[range])
    }
}

/// Adds XML text as it is written at `range` of `source` to `text`, references undone; `base` is where the source starts
/// among its document's parts.
pub(in crate::document) fn push(text: &mut TextBuilder, source: &str, range: Range<usize>, base: u32) {
    let raw = &source[range.clone()];
    let src = base + range.start as u32;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'&', &raw.as_bytes()[at..]) {
        let stop = at + found;
        text.verbatim(&raw[at..stop], src + at as u32);
        let len = raw[stop..].find(';').map_or(raw.len() - stop, |p| p + 1);
        let reference = &raw[stop..stop + len];
        match quick_xml::escape::unescape(reference) {
            Ok(decoded) => text.replaced(&decoded, src + stop as u32, len as u32),
            Err(_) => text.verbatim(reference, src + stop as u32),
        }
        at = stop + len;
    }
    text.verbatim(&raw[at..], src + at as u32);
}

/// XML text with its references undone, where its place does not matter.
pub(in crate::document) fn plain(source: &str, range: Range<usize>) -> String {
    let mut text = TextBuilder::default();
    push(&mut text, source, range, 0);
    text.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn bits_know_their_places() {
        let source = "<?xml version=\"1.0\"?><w:p w:id='Åsa &amp; co'><w:t>Ring &#229;</w:t><w:tab/><![CDATA[a&b]]></w:p>";
        let mut xml = Xml::new(source, 0..source.len());
        let mut seen = Vec::new();
        while let Some(bit) = xml.next().expect("well formed") {
            seen.push(match bit {
                Bit::Open(tag) => format!("<{} {:?}", tag.name, tag.attribute("id").map(|r| plain(source, r))),
                Bit::Close(name) => format!(">{name}"),
                Bit::Text(range) | Bit::Plain(range) => source[range].to_owned(),
            });
        }
        let wanted = ["<p Some(\"Åsa & co\")", "<t None", "Ring ", "&#229;", ">t", "<tab None", ">tab", "a&b", ">p"];
        assert_eq!(seen, wanted);
    }

    #[test]
    fn references_lead_back() {
        let source = "Ring &#229;sa &amp; &nix; b";
        let mut text = TextBuilder::default();
        push(&mut text, source, 0..source.len(), 10);
        let text = text.finish();
        assert_eq!(text.as_str(), "Ring åsa & &nix; b");
        assert_eq!(text.source_span(Span::new(5, 9)), Span::new(15, 23));
    }

    #[test]
    fn broken_xml_is_told() {
        for source in ["<a><b></a>", "<a", &"<a>".repeat(5_000)] {
            let mut xml = Xml::new(source, 0..source.len());
            let ended = loop {
                match xml.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => break true,
                    Err(_) => break false,
                }
            };
            assert!(!ended, "{} bytes", source.len());
        }
    }
}

//! Putting a document together: regions with separators between them.

use super::{Alternative, Document, How, Item, Items, Part, PlaceId, Places, ReadError, Reference, Region, Role};
use crate::text::{Span, Src, Text, TextBuilder};

/// Builds a [`Document`]; readers are written with it.
#[derive(Debug, Default)]
pub struct DocumentBuilder {
    /// Text of the regions so far.
    pub text: TextBuilder,
    /// Places so far.
    pub places: Places,
    regions: Vec<Region>,
    channels: Vec<String>,
    channel: Option<u16>,
    open: Option<(u32, Role, Option<PlaceId>)>,
    fields: Vec<String>,
    faults: Vec<ReadError>,
    parts: Vec<Part>,
    /// Bytes of all parts so far.
    parts_len: u32,
    items: Items,
    references: Vec<Reference>,
    cue: Option<&'static str>,
}

impl DocumentBuilder {
    /// A builder with room for a source of `bytes` bytes.
    #[must_use]
    pub fn for_source(bytes: usize) -> Self {
        Self { text: TextBuilder::with_capacity(bytes), ..Self::default() }
    }

    /// Starts a region; a blank line sets it apart from the one before. `at` is the source byte it starts at.
    pub fn open(&mut self, role: Role, place: Option<PlaceId>, at: u32) {
        self.open_after("\n\n", role, place, at);
    }

    /// Starts a region that belongs to the one before (a cell beside a cell, a line under a line).
    pub fn open_beside(&mut self, role: Role, place: Option<PlaceId>, at: u32) {
        self.open_after("\n", role, place, at);
    }

    /// Starts a region that goes on in the same sentence (the next cue of a subtitle, the surname's cell).
    pub fn open_joined(&mut self, role: Role, place: Option<PlaceId>, at: u32) {
        self.open_after(" ", role, place, at);
    }

    /// Starts a region that goes on in the same word: mixed contents, a number with an element inside.
    pub fn open_glued(&mut self, role: Role, place: Option<PlaceId>, at: u32) {
        self.open_after("", role, place, at);
    }

    fn open_after(&mut self, gap: &str, role: Role, place: Option<PlaceId>, at: u32) {
        self.close();
        self.separate(gap, at);
        if let Some(cue) = self.cue {
            self.text.separator(cue, at);
            self.text.separator(": ", at);
        }
        self.open = Some((self.text.len(), role, place));
    }

    /// Lets the regions that start from now on be read as if `word` stood before them: a key's or a heading's word.
    pub const fn set_cue(&mut self, word: Option<&'static str>) {
        self.cue = word;
    }

    /// Whether a word stands before the regions that start now.
    #[must_use]
    pub const fn has_cue(&self) -> bool {
        self.cue.is_some()
    }

    /// Lets the places from now on belong to `item`, or to none.
    pub fn item(&mut self, item: Option<Item>) {
        self.items.start(self.places.next(), item);
    }

    /// Sets the next region apart by `with`, or by what is missing of it where regions without text came between.
    fn separate(&mut self, with: &str, at: u32) {
        let end = self.regions.last().map_or(0, |r| r.span.end);
        let there = (self.text.len() - end) as usize;
        if end > 0
            && let Some(missing) = with.get(there..).filter(|m| !m.is_empty())
        {
            self.text.separator(missing, at);
        }
    }

    /// Ends the open region, if any; an empty one leaves no trace.
    pub fn close(&mut self) {
        let Some((start, role, place)) = self.open.take() else { return };
        if start < self.text.len() {
            self.regions.push(Region { span: Span::new(start, self.text.len()), role, place, channel: self.channel });
        }
    }

    /// The role of the open region.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.open.map(|(_, role, _)| role)
    }

    /// Names the channel of the regions that start from now on; `None`: the source does not say.
    pub fn set_channel(&mut self, name: Option<&str>) {
        self.channel = name.and_then(|name| {
            let at = self.channels.iter().position(|c| c == name).unwrap_or_else(|| {
                self.channels.push(name.to_owned());
                self.channels.len() - 1
            });
            u16::try_from(at).ok()
        });
    }

    /// Starts a part of a packed source, of `len` bytes. Gives what its offsets count from, and its place. `None`: all parts
    /// together are longer than offsets reach.
    pub fn part(&mut self, name: &str, len: usize) -> Option<(u32, PlaceId)> {
        self.close();
        let start = self.parts_len;
        self.parts_len = u32::try_from(len).ok().and_then(|len| start.checked_add(len))?;
        self.parts.push(Part { name: name.to_owned(), start });
        Some((start, self.places.named(None, name)))
    }

    /// Notes that the source says something about itself under this key.
    pub fn field(&mut self, key: &str) {
        self.fields.push(key.to_lowercase());
    }

    /// Notes that the source refers to `address` on another host; the host stands at `span`.
    pub(super) fn refer(&mut self, how: How, address: Box<str>, span: Span<Src>, place: Option<PlaceId>) {
        self.references.push(Reference { how, address, alternative: Alternative::Fine, span, place, channel: self.channel });
    }

    /// Notes a picture whose text alternative is at fault.
    pub(super) fn picture(&mut self, alternative: Alternative, span: Span<Src>, place: Option<PlaceId>) {
        self.references.push(Reference { how: How::Image, address: "".into(), alternative, span, place, channel: self.channel });
    }

    /// Notes a part of the source that could not be read.
    pub fn fault(&mut self, fault: ReadError) {
        self.close();
        self.faults.push(fault);
    }

    /// Adds the regions of `inner`, which was read from the text of `outer`: a document inside a string of this source.
    /// A region keeps its role unless it is body, which becomes `role`.
    pub fn append(&mut self, inner: &Document<'_>, outer: &Text<'_>, role: Role, place: Option<PlaceId>) {
        for region in &inner.regions {
            let at = outer.source_span(inner.text.source_span(region.span).in_norm()).start;
            self.open(if region.role == Role::Body { role } else { region.role }, place, at);
            self.text.compose(&inner.text, region.span, outer);
            self.close();
        }
        for reference in &inner.references {
            let span = outer.source_span(reference.span.in_norm());
            self.references.push(Reference { span, place, channel: self.channel, ..reference.clone() });
        }
    }

    /// The finished document.
    #[must_use]
    pub fn finish(mut self) -> Document<'static> {
        self.close();
        let ends = self.regions.iter_mut().flat_map(|r| [&mut r.span.start, &mut r.span.end]);
        let text = self.text.finish_folded(ends);
        self.regions.retain(|r| !r.span.is_empty());
        Document {
            text,
            regions: self.regions,
            places: self.places,
            channels: self.channels,
            format: None,
            fields: self.fields,
            faults: self.faults,
            parts: self.parts,
            items: self.items,
            references: self.references,
            directives: Vec::new(),
        }
    }
}

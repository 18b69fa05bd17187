//! Paragraphs of an office file's part: each a region with its number as its place. What stands inside a paragraph but
//! is no part of its sentence (an alternative text, a link's target, removed words, a text box) waits until it ends.

use std::ops::Range;

use super::super::packed::xml;
use super::super::{DocumentBuilder, PlaceId, Role, Step};

/// How a paragraph follows the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// On its own.
    Block,
    /// Beside it: cells of a row, items of a list.
    Line,
}

/// Writes the paragraphs of one part.
pub(super) struct Paragraphs<'b, 'x> {
    pub(super) b: &'b mut DocumentBuilder,
    /// The part's text.
    pub(super) source: &'x str,
    /// Where it starts among the document's parts, in bytes.
    base: u32,
    part: PlaceId,
    /// The part and `#p`.
    numbered: PlaceId,
    count: u32,
    /// The role of paragraphs that say nothing of themselves.
    pub(super) role: Role,
    /// The role of this paragraph.
    own: Option<Role>,
    gap: Gap,
    open: bool,
    removed: Vec<Range<usize>>,
    asides: Vec<(Role, Vec<Range<usize>>)>,
    nested: Vec<Range<usize>>,
}

impl<'b, 'x> Paragraphs<'b, 'x> {
    pub(super) fn new(b: &'b mut DocumentBuilder, source: &'x str, (base, part): (u32, PlaceId), role: Role) -> Self {
        let numbered = b.places.named(Some(part), "#p");
        let (removed, asides, nested) = (Vec::new(), Vec::new(), Vec::new());
        Self { b, source, base, part, numbered, count: 0, role, own: None, gap: Gap::Block, open: false, removed, asides, nested }
    }

    /// A paragraph starts.
    pub(super) fn start(&mut self, gap: Gap) {
        self.b.close();
        self.open = false;
        self.own = None;
        self.gap = gap;
        self.count += 1;
    }

    /// Says what the paragraph is.
    pub(super) fn is(&mut self, role: Role) {
        self.own = Some(role);
    }

    /// Says that the paragraph stands beside the one before.
    pub(super) fn is_beside(&mut self) {
        self.gap = Gap::Line;
    }

    /// Text of the paragraph.
    pub(super) fn text(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.open_at(range.start);
        xml::push(&mut self.b.text, self.source, range, self.base);
    }

    /// Text in which no reference is to be undone.
    pub(super) fn plain(&mut self, range: Range<usize>) {
        self.open_at(range.start);
        let at = self.base + offset(range.start);
        self.b.text.verbatim(&self.source[range], at);
    }

    /// A sign that an element at `at` stands for: a tab, a line break. At a paragraph's start it says nothing.
    pub(super) fn sign(&mut self, sign: &str, at: usize) {
        if self.open {
            self.b.text.replaced(sign, self.base + offset(at), 1);
        }
    }

    fn open_at(&mut self, at: usize) {
        if self.open {
            return;
        }
        self.open = true;
        let role = self.own.unwrap_or(self.role);
        self.region(role, self.gap, at);
    }

    fn region(&mut self, role: Role, gap: Gap, at: usize) {
        let number = Step::Number(self.count);
        let place = Some(if self.count == 0 { self.part } else { self.b.places.add(Some(self.numbered), number) });
        let at = self.base + offset(at);
        match gap {
            Gap::Block => self.b.open(role, place, at),
            Gap::Line => self.b.open_beside(role, place, at),
        }
    }

    /// Words that were removed and are still in the file.
    pub(super) fn removed(&mut self, range: Range<usize>) {
        self.removed.push(range);
    }

    /// Something beside the sentence, read when the paragraph ends. The same words twice count once.
    pub(super) fn aside(&mut self, role: Role, pieces: Vec<Range<usize>>) {
        let words = |ranges: &[Range<usize>]| ranges.iter().map(|r| &self.source[r.clone()]).collect::<String>();
        let said = words(&pieces);
        if !said.trim().is_empty() && !self.asides.iter().any(|(r, p)| *r == role && words(p) == said) {
            self.asides.push((role, pieces));
        }
    }

    /// Paragraphs inside this one, read when it ends.
    pub(super) fn nested(&mut self, range: Range<usize>) {
        self.nested.push(range);
    }

    /// The paragraph ends; gives the stretches inside it that are still to be read.
    pub(super) fn end(&mut self) -> Vec<Range<usize>> {
        self.b.close();
        self.open = false;
        let removed = std::mem::take(&mut self.removed);
        self.aside(Role::History, removed);
        for (role, pieces) in std::mem::take(&mut self.asides) {
            self.region(role, Gap::Block, pieces.first().map_or(0, |p| p.start));
            for piece in pieces {
                xml::push(&mut self.b.text, self.source, piece, self.base);
            }
            self.b.close();
        }
        std::mem::take(&mut self.nested)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "parts are limited to 4 GiB before they are read")]
const fn offset(at: usize) -> u32 {
    at as u32
}

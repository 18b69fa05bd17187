//! Places in a source's structure: a JSON pointer, an HTML element and attribute. Kept as steps, spelt out on demand.

use crate::text::{Span, Src};

/// One step down a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A key, as it stands in the source (escapes and all).
    Key(Span<Src>),
    /// A position in a list, from 0.
    Index(u32),
    /// An element, by its name in the source.
    Element(Span<Src>),
    /// An attribute of the element above.
    Attribute(Span<Src>),
    /// A name that does not stand in the source as a step: a part of a packed source, a place in it. See [`Places::named`].
    Name(u32),
    /// A number after a name: `#p` and 12.
    Number(u32),
    /// A cell of a sheet, from 0: column and row, spelt `B12`.
    Cell(u16, u32),
}

/// A place's number in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

/// The places of a document: a tree of steps.
#[derive(Clone, Debug, Default)]
pub struct Places {
    steps: Vec<(Option<PlaceId>, Step)>,
    names: Vec<String>,
}

impl Places {
    /// Adds a step below `parent`.
    pub fn add(&mut self, parent: Option<PlaceId>, step: Step) -> PlaceId {
        let id = self.next();
        self.steps.push((parent, step));
        id
    }

    /// The outermost step with a number on the way to `id`: the row, card or line that a place belongs to.
    #[must_use]
    pub fn numbered(&self, id: PlaceId) -> Option<PlaceId> {
        let (mut next, mut outermost) = (Some(id), None);
        while let Some((at, (parent, step))) = next.and_then(|at| Some((at, self.steps.get(at.0 as usize)?))) {
            if matches!(step, Step::Index(_)) {
                outermost = Some(at);
            }
            next = *parent;
        }
        outermost
    }

    /// Adds a step with a name of its own, separators included: `word/document.xml`, `#p12`.
    pub fn named(&mut self, parent: Option<PlaceId>, name: impl Into<String>) -> PlaceId {
        let at = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.into());
        self.add(parent, Step::Name(at))
    }

    /// The number that the next place will have.
    #[must_use]
    pub fn next(&self) -> PlaceId {
        PlaceId(u32::try_from(self.steps.len()).unwrap_or(u32::MAX))
    }

    /// The place one step up.
    #[must_use]
    pub fn parent(&self, PlaceId(i): PlaceId) -> Option<PlaceId> {
        self.steps.get(i as usize)?.0
    }

    /// The record that a place lies in: the outermost entry of a list, unless the entry is the place itself (a bare string).
    #[must_use]
    pub fn record(&self, place: PlaceId) -> Option<PlaceId> {
        let mut outermost = None;
        let mut next = self.parent(place);
        while let Some(id) = next {
            if matches!(self.steps.get(id.0 as usize), Some((_, Step::Index(_)))) {
                outermost = Some(id);
            }
            next = self.parent(id);
        }
        outermost
    }

    /// How many steps there are; with [`Places::cut`], the way to leave out what turned out empty.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is no place.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Spells a place out: `/cards/7/desc` (JSON pointer, RFC 6901), `img[alt]`, `p`.
    #[must_use]
    pub fn name(&self, id: PlaceId, source: &str) -> String {
        let mut steps = Vec::new();
        let mut next = Some(id);
        while let Some((parent, step)) = next.and_then(|PlaceId(i)| self.steps.get(i as usize)) {
            steps.push(*step);
            next = *parent;
        }
        let mut name = String::new();
        for step in steps.into_iter().rev() {
            match step {
                Step::Key(span) => {
                    name.push('/');
                    name.push_str(&key(source.get(span.range()).unwrap_or("")).replace('~', "~0").replace('/', "~1"));
                }
                Step::Index(i) => {
                    name.push('/');
                    name.push_str(&i.to_string());
                }
                Step::Element(span) => {
                    name.clear();
                    name.push_str(&source.get(span.range()).unwrap_or("").to_ascii_lowercase());
                }
                Step::Attribute(span) => {
                    name.push('[');
                    name.push_str(&source.get(span.range()).unwrap_or("").to_ascii_lowercase());
                    name.push(']');
                }
                Step::Number(n) => name.push_str(&n.to_string()),
                Step::Cell(column, row) => {
                    name.push_str(&column_name(column));
                    name.push_str(&(row + 1).to_string());
                }
                Step::Name(i) => name.push_str(self.names.get(i as usize).map_or("", String::as_str)),
            }
        }
        name
    }
}

/// A sheet's column as programs write it: A to Z, AA …
fn column_name(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A JSON key with its escapes undone.
fn key(raw: &str) -> String {
    serde_json::from_str(&format!("\"{raw}\"")).unwrap_or_else(|_| raw.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_spelt_as_programs_do() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_name(column), name);
        }
    }
}

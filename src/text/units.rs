//! Units: what offsets count for those outside. Inside, everything is bytes.

use std::ops::Range;

/// What an offset counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// UTF-8 bytes.
    #[default]
    Bytes,
    /// Unicode code points, as Python counts.
    Chars,
    /// UTF-16 units, as JavaScript counts.
    Utf16,
}

impl Unit {
    /// The unit of this name: `bytes`, `chars` or `utf16`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "bytes" => Some(Self::Bytes),
            "chars" => Some(Self::Chars),
            "utf16" => Some(Self::Utf16),
            _ => None,
        }
    }

    fn count(self, part: &str) -> usize {
        match self {
            Self::Bytes => part.len(),
            Self::Chars => part.chars().count(),
            Self::Utf16 => part.encode_utf16().count(),
        }
    }
}

/// Counts units forward through a text; going back costs a new count from its start.
#[derive(Debug)]
pub struct Counter<'t> {
    text: &'t str,
    unit: Unit,
    at: usize,
    units: usize,
}

impl<'t> Counter<'t> {
    /// At the start of `text`.
    #[must_use]
    pub const fn new(text: &'t str, unit: Unit) -> Self {
        Self { text, unit, at: 0, units: 0 }
    }

    /// The bytes `range` of the text, in units.
    pub fn range(&mut self, range: Range<usize>) -> Range<usize> {
        if range.start < self.at {
            (self.at, self.units) = (0, 0);
        }
        self.units += self.count(self.at..range.start);
        self.at = range.start;
        self.units..self.units + self.count(range)
    }

    fn count(&self, range: Range<usize>) -> usize {
        self.unit.count(self.text.get(range).unwrap_or(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_differ_beyond_ascii() {
        let text = "Å👋a";
        for (unit, range) in [(Unit::Bytes, 6..7), (Unit::Chars, 2..3), (Unit::Utf16, 3..4)] {
            let mut counter = Counter::new(text, unit);
            assert_eq!(counter.range(6..7), range);
            assert_eq!(counter.range(0..2).start, 0, "and back again");
        }
    }
}

//! The first three letters of words: most words of a text are turned away by them, as they stand.

use super::fold::fold;

/// A set of the first three letters of words, that may say yes to some it does not have: most words of a text are turned
/// away here, as they stand.
#[derive(Debug)]
pub(crate) struct Leads(Box<[u64; 64]>);

/// In place of a letter that may be any; no byte of UTF-8.
const ANY: u8 = 0xFF;

impl Default for Leads {
    fn default() -> Self {
        Self(Box::new([0; 64]))
    }
}

impl Leads {
    /// Adds a word in small letters; `open`: it may go on.
    pub(crate) fn add(&mut self, word: &[u8], open: bool) {
        let end = if open { ANY } else { 0 };
        match *word {
            [a, b, c, ..] => self.set(a, b, c),
            [a, b] => self.set(a, b, end),
            [a] => self.set(a, end, end),
            // Anything may start so.
            [] => self.0.fill(u64::MAX),
        }
    }

    fn set(&mut self, a: u8, b: u8, c: u8) {
        let (word, bit) = Self::place(a, b, c);
        self.0[word] |= bit;
    }

    fn has(&self, a: u8, b: u8, c: u8) -> bool {
        let (word, bit) = Self::place(a, b, c);
        self.0[word] & bit != 0
    }

    const fn place(a: u8, b: u8, c: u8) -> (usize, u64) {
        let mixed = u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9E37_79B1) >> 20;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }

    /// Whether a word may start the text of this lead.
    pub(crate) fn may_start(&self, lead: Lead) -> bool {
        let Lead { a, b, c, .. } = lead;
        let ends = |byte: u8| !byte.is_ascii_alphanumeric();
        // A sign beyond ASCII may end the word or go on with it.
        lead.foreign
            || self.has(a, b, c)
            || self.has(a, b, ANY)
            || self.has(a, ANY, ANY)
            || ends(c) && (self.has(a, b, 0) || ends(b) && self.has(a, 0, 0))
    }
}

/// The first three letters of a text, in small letters: read once for all lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lead {
    a: u8,
    b: u8,
    c: u8,
    /// Whether the first letter is beyond those that fold byte by byte.
    foreign: bool,
}

impl Lead {
    pub(crate) fn of(text: &str) -> Self {
        let (a, b, c) = match *text.as_bytes() {
            [a, b, c, ..] => (a, b, c),
            [a, b] => (a, b, 0),
            [a] => (a, 0, 0),
            [] => (0, 0, 0),
        };
        Self { a: fold(0, a), b: fold(a, b), c: fold(b, c), foreign: a >= 0xC4 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_their_first_letters() {
        let mut leads = Leads::default();
        for (word, open) in [("ring", false), ("av", false), ("åk", true)] {
            leads.add(word.as_bytes(), open);
        }
        for text in ["RING oss", "ringa", "av", "Av!", "åk 7", "Åka", "Šárka"] {
            assert!(leads.may_start(Lead::of(text)), "{text}");
        }
        for text in ["sjung", "avse", "ål", ""] {
            assert!(!leads.may_start(Lead::of(text)), "{text}");
        }
        leads.add(b"", true);
        assert!(leads.may_start(Lead::of("sjung")));
    }
}

//! A word list, looked up by the first three letters.

use std::cmp::Reverse;

use crate::text::fold::{self, fold};

/// A sorted word list. `&'static` because evidence names the words and rule files live as long as the program.
#[derive(Debug, Default)]
pub(super) struct Words {
    sorted: Vec<Entry>,
    /// Where words with each first byte begin.
    first: Vec<u16>,
    /// Ends of words: `kyrkan` for `Immanuelskyrkan`.
    tails: Vec<&'static str>,
    starts: Starts,
}

/// A set of the first three letters of words, that may say yes to some it does not have: most words of a text are turned
/// away here, as they stand.
#[derive(Debug)]
struct Starts(Box<[u64; 64]>);

impl Default for Starts {
    fn default() -> Self {
        Self(Box::new([0; 64]))
    }
}

impl Starts {
    fn add(&mut self, word: &str, open: bool) {
        match (word.as_bytes(), open) {
            (&[a, b, c, ..], _) => self.set(a, b, c),
            (&[a, b], false) => self.set(a, b, 0),
            (&[a], false) => self.set(a, 0, 0),
            (&[a, b], true) => (0..=255).for_each(|c| self.set(a, b, c)),
            // Too short to turn anything away.
            _ => self.0.fill(u64::MAX),
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
    fn may_start(&self, lead: Lead) -> bool {
        let Lead { a, b, c, .. } = lead;
        let ends = |byte: u8| !byte.is_ascii_alphanumeric();
        // A sign beyond ASCII may end the word or go on with it.
        lead.foreign || self.has(a, b, c) || ends(c) && (self.has(a, b, 0) || ends(b) && self.has(a, 0, 0))
    }
}

/// The first three letters of a text, in small letters: read once for all lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    a: u8,
    b: u8,
    c: u8,
    /// Whether the first letter is beyond those that fold byte by byte.
    foreign: bool,
}

impl Lead {
    pub(super) fn of(text: &str) -> Self {
        let (a, b, c) = match *text.as_bytes() {
            [a, b, c, ..] => (a, b, c),
            [a, b] => (a, b, 0),
            [a] => (a, 0, 0),
            [] => (0, 0, 0),
        };
        Self { a: fold(0, a), b: fold(a, b), c: fold(b, c), foreign: a >= 0xC4 }
    }
}

#[derive(Debug)]
struct Entry {
    word: &'static str,
    open: bool,
}

impl Words {
    pub(super) fn new(words: &[String]) -> Self {
        let (tails, words): (Vec<_>, Vec<_>) = words.iter().partition(|word| word.starts_with('*') && word.len() > 1);
        let tails = tails.into_iter().map(|tail| &*Box::leak(tail[1..].to_lowercase().into_boxed_str())).collect();
        let mut sorted: Vec<Entry> = words
            .into_iter()
            .map(|word| {
                let low = word.to_lowercase();
                let open = low.ends_with('*');
                Entry { word: Box::leak(low.trim_end_matches('*').to_string().into_boxed_str()), open }
            })
            .filter(|e| !e.word.is_empty())
            .collect();
        // Longest first, so that `mål nr` is heard before `mål`.
        sorted.sort_by(|a, b| (a.word.as_bytes()[0], Reverse(a.word.len())).cmp(&(b.word.as_bytes()[0], Reverse(b.word.len()))));
        let first = (0..=256_usize).map(|b| sorted.partition_point(|e| usize::from(e.word.as_bytes()[0]) < b) as u16).collect();
        let mut starts = Starts::default();
        for entry in &sorted {
            starts.add(entry.word, entry.open);
        }
        Self { sorted, first, tails, starts }
    }

    /// The longest listed word at the start of `text`, in any case, and how many bytes of the text it takes.
    pub(super) fn at(&self, text: &str) -> Option<(&'static str, usize)> {
        self.at_lead(text, Lead::of(text))
    }

    /// The same where the first letters are known.
    #[inline]
    pub(super) fn at_lead(&self, text: &str, lead: Lead) -> Option<(&'static str, usize)> {
        if self.starts.may_start(lead)
            && let Some(found) = self.listed(text)
        {
            return Some(found);
        }
        if self.tails.is_empty() { None } else { self.ending(text) }
    }

    /// The listed end of the first word of `text`.
    fn ending(&self, text: &str) -> Option<(&'static str, usize)> {
        let word = &text.as_bytes()[..word_len(text)];
        self.tails.iter().find(|tail| fold::ends_with(word, tail.as_bytes())).map(|tail| (*tail, word.len()))
    }

    fn listed(&self, text: &str) -> Option<(&'static str, usize)> {
        let bytes = text.as_bytes();
        let byte = usize::from(fold(0, *bytes.first()?));
        let range = usize::from(self.first[byte])..usize::from(self.first[byte + 1]);
        let second = bytes.get(1).map(|&b| fold(bytes[0], b));
        self.sorted[range].iter().find_map(|entry| {
            // The second letter turns most away before the whole is compared.
            let word = entry.word.as_bytes();
            if word.get(1).is_some_and(|&b| Some(b) != second) || !fold::starts_with(bytes, word) {
                return None;
            }
            let rest = &text[word.len()..];
            let tail = word_len(rest);
            (entry.open || tail == 0).then_some((entry.word, word.len() + if entry.open { tail } else { 0 }))
        })
    }
}

/// How many bytes the word has that `text` starts with.
fn word_len(text: &str) -> usize {
    let mut at = 0;
    while at < text.len() {
        match fold::letter_at(text, at) {
            0 => break,
            len => at += len,
        }
    }
    at
}

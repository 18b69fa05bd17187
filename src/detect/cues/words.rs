//! A word list, looked up by the first two letters.

use std::cmp::Reverse;

/// A sorted word list. `&'static` because evidence names the words and rule files live as long as the program.
#[derive(Debug, Default)]
pub(super) struct Words {
    sorted: Vec<Entry>,
    /// Where words with each first byte begin.
    first: Vec<u16>,
    /// Ends of words: `kyrkan` for `Immanuelskyrkan`.
    tails: Vec<&'static str>,
    /// One bit for each pair of first letters that some word has.
    pairs: Pairs,
}

/// A set of pairs of letters, told by their low six bits: most words of a text are turned away here.
#[derive(Debug)]
struct Pairs(Box<[u64; 64]>);

impl Default for Pairs {
    fn default() -> Self {
        Self(Box::new([0; 64]))
    }
}

impl Pairs {
    fn add(&mut self, word: &str) {
        let bytes = word.as_bytes();
        // A word of one letter goes on with anything.
        self.0[usize::from(bytes[0] & 63)] |= bytes.get(1).map_or(u64::MAX, |b| 1 << (b & 63));
    }

    fn may_start(&self, bytes: &[u8]) -> bool {
        let second = bytes.get(1).copied().unwrap_or(b' ');
        self.0[usize::from(bytes[0] & 63)] & 1 << (second & 63) != 0
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
        let mut pairs = Pairs::default();
        for entry in &sorted {
            pairs.add(entry.word);
        }
        Self { sorted, first, tails, pairs }
    }

    /// The longest listed word at byte `at` of the lower-cased text, and its length in bytes as found.
    pub(super) fn at(&self, low: &str, at: usize) -> Option<(&'static str, usize)> {
        let bytes = low.as_bytes().get(at..).filter(|b| !b.is_empty())?;
        let byte = usize::from(bytes[0]);
        let range = match (self.pairs.may_start(bytes), self.first.get(byte), self.first.get(byte + 1)) {
            (true, Some(&first), Some(&last)) => usize::from(first)..usize::from(last),
            _ if self.tails.is_empty() => return None,
            _ => 0..0,
        };
        let listed = self.sorted[range].iter().find_map(|entry| {
            // The second letter turns most away before the whole is compared.
            if entry.word.len() > 1 && bytes.get(1) != entry.word.as_bytes().get(1) {
                return None;
            }
            let rest = low[at..].strip_prefix(entry.word)?;
            let whole = entry.open || !goes_on(rest);
            whole.then(|| {
                let tail = if entry.open { rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()) } else { 0 };
                (entry.word, entry.word.len() + tail)
            })
        });
        listed.or_else(|| {
            let rest = if self.tails.is_empty() { return None } else { &low[at..] };
            let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
            self.tails.iter().find(|tail| word.ends_with(**tail)).map(|tail| (*tail, word.len()))
        })
    }
}

/// Whether a word goes on at the start of `rest`.
fn goes_on(rest: &str) -> bool {
    match rest.as_bytes().first() {
        None => false,
        Some(b) if b.is_ascii() => b.is_ascii_alphanumeric(),
        Some(_) => rest.starts_with(char::is_alphanumeric),
    }
}

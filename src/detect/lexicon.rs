//! A lexicon: several word lists in one table, so that a word is looked up once for all of them.

use crate::rulefile::Words;
use crate::text::fold::{self, fold};

/// Words of up to 32 lists. A word is lower-cased; `*` at its end lets it go on, `*` at its start lets it begin
/// otherwise, and a word of several words is found at its first.
#[derive(Debug, Default)]
pub struct Lexicon {
    heads: [Table; 2],
    tails: [Table; 2],
}

/// How many letters the keys of the two tables have: those of most words, and those of words too short for that.
const KEYS: [usize; 2] = [5, 3];

/// Entries by key, those of one key the longest first; the runs are hashed by their keys, a slot without one has key 0.
#[derive(Debug, Default)]
struct Table {
    known: Keys,
    slots: Vec<Slot>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    start: u32,
    end: u32,
}

impl Table {
    #[expect(clippy::cast_possible_truncation, reason = "word lists hold thousands of words")]
    fn of(mut entries: Vec<(u64, Entry)>) -> Self {
        // Keys of heads come in order.
        entries.sort_by_key(|(key, _)| *key);
        for run in entries.chunk_by_mut(|a, b| a.0 == b.0) {
            run.sort_by_key(|(_, e)| std::cmp::Reverse(e.word.len() + e.rest.len()));
        }
        let mut slots = vec![Slot::default(); (entries.len() * 2).next_power_of_two()];
        let mut known = Keys::default();
        let mut start = 0;
        for run in entries.chunk_by(|a, b| a.0 == b.0) {
            let key = run[0].0;
            known.add(key);
            let mut at = Self::home(key, slots.len());
            while slots[at].key != 0 {
                at = (at + 1) % slots.len();
            }
            slots[at] = Slot { key, start: start as u32, end: (start + run.len()) as u32 };
            start += run.len();
        }
        Self { known, slots, entries: entries.into_iter().map(|(_, entry)| entry).collect() }
    }

    /// The entries of a key.
    #[inline]
    fn run(&self, key: u64) -> &[Entry] {
        if self.known.has(key) { self.find(key) } else { &[] }
    }

    fn find(&self, key: u64) -> &[Entry] {
        let mut at = Self::home(key, self.slots.len());
        loop {
            match self.slots[at] {
                slot if slot.key == key => return &self.entries[slot.start as usize..slot.end as usize],
                Slot { key: 0, .. } => return &[],
                _ => at = (at + 1) % self.slots.len(),
            }
        }
    }

    /// Where a key is looked for first, among `len` slots, a power of two.
    const fn home(key: u64, len: usize) -> usize {
        (mix(key) >> 40) as usize & (len - 1)
    }
}

/// A key with its bits spread, the best ones on top.
const fn mix(key: u64) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A set of keys that may say yes to one it does not have: most words of a text are turned away here.
#[derive(Debug)]
struct Keys(Box<[u64; 512]>);

impl Default for Keys {
    fn default() -> Self {
        Self(Box::new([0; 512]))
    }
}

impl Keys {
    fn add(&mut self, key: u64) {
        let (word, bit) = Self::place(key);
        self.0[word] |= bit;
    }

    fn has(&self, key: u64) -> bool {
        let (word, bit) = Self::place(key);
        self.0[word] & bit != 0
    }

    /// The word and the bit of a key.
    const fn place(key: u64) -> (usize, u64) {
        let mixed = mix(key) >> 49;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }
}

#[derive(Debug)]
struct Entry {
    word: &'static str,
    /// The words that must follow, each after one blank.
    rest: &'static str,
    open: bool,
    lists: u32,
}

/// What the lexicon says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The lists that have it: bit `n` is list `n`.
    pub lists: u32,
    /// The lists of the longest entry that fits.
    pub best: u32,
    /// The longest entry that fits, its first word.
    pub word: &'static str,
    /// How many bytes the entry goes on after the word; an open entry's last word may be longer.
    pub extra: usize,
}

impl Found {
    /// Where the entry ends in `text`, whose looked-up word ends at byte `end`: at the end of its last word, at most `most`.
    #[must_use]
    pub fn end_in(&self, text: &str, end: usize, most: usize) -> usize {
        let mut at = text.floor_char_boundary((end + self.extra).min(most));
        while self.extra > 0 && at < most && fold::letter_at(text, at) > 0 {
            at += fold::letter_at(text, at);
        }
        at
    }
}

impl Lexicon {
    /// A lexicon of these lists, the first being bit 0.
    #[must_use]
    pub fn new(lists: impl IntoIterator<Item = Words>) -> Self {
        let mut words: Vec<(&'static str, u32)> =
            lists.into_iter().take(32).enumerate().flat_map(|(bit, list)| list.iter().map(move |word| (word, 1 << bit))).collect();
        // They are sorted list by list: what is in order already is only merged.
        words.sort();
        let (mut heads, mut tails) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        for same in words.chunk_by(|a, b| a.0 == b.0) {
            let (raw, lists) = (same[0].0, same.iter().fold(0, |lists, (_, list)| lists | list));
            let (word, rest) = raw.trim_matches('*').split_once(' ').unwrap_or((raw.trim_matches('*'), ""));
            if word.is_empty() {
                continue;
            }
            let entry = Entry { word, rest, open: raw.ends_with('*'), lists };
            let short = usize::from(word.len() < KEYS[0]);
            if raw.starts_with('*') {
                tails[short].push((Small::of(word.as_bytes()).last(KEYS[short]), entry));
            } else {
                heads[short].push((Small::of(word.as_bytes()).first(KEYS[short]), entry));
            }
        }
        Self { heads: heads.map(Table::of), tails: tails.map(Table::of) }
    }

    /// The lists that have `name`, in any case, as a whole.
    #[must_use]
    pub fn whole(&self, name: &str) -> u32 {
        let (word, after) = name.split_at(name.find(' ').unwrap_or(name.len()));
        self.look(word, after).filter(|found| found.word.len() + found.extra == name.len()).map_or(0, |found| found.best)
    }

    /// What it says of `word`, in any case; `after` is the text that follows the word.
    #[must_use]
    pub fn look(&self, word: &str, after: &str) -> Option<Found> {
        if !self.may_have(Ends::of(word.as_bytes())) {
            return None;
        }
        if fold::is_foreign(word.as_bytes()) {
            return self.look_low(&Small::of(word.to_lowercase().as_bytes()), after);
        }
        self.look_low(&Small::of(word.as_bytes()), after)
    }

    /// Whether a word with these ends may be listed: most words of a text are turned away here.
    #[inline]
    fn may_have(&self, ends: Ends) -> bool {
        ends.foreign || (0..2).any(|t| self.heads[t].known.has(ends.first(KEYS[t])) || self.tails[t].known.has(ends.last(KEYS[t])))
    }

    fn look_low(&self, small: &Small, after: &str) -> Option<Found> {
        let heads = [0, 1].map(|t| self.heads[t].run(small.first(KEYS[t])));
        let tails = [0, 1].map(|t| self.tails[t].run(small.last(KEYS[t])));
        if [heads, tails].as_flattened().iter().all(|run| run.is_empty()) {
            return None;
        }
        let word = small.bytes();
        let mut found: Option<Found> = None;
        let mut hear = |entry: &Entry| {
            let extra = if entry.rest.is_empty() { 0 } else { entry.rest.len() + 1 };
            let new = Found { lists: entry.lists, best: entry.lists, word: entry.word, extra };
            found = Some(match found {
                Some(old) if (old.extra, old.word.len()) > (extra, new.word.len()) => Found { lists: old.lists | entry.lists, ..old },
                Some(old) if (old.extra, old.word.len()) == (extra, new.word.len()) => {
                    Found { lists: old.lists | entry.lists, best: old.best | entry.lists, ..old }
                }
                Some(old) => Found { lists: old.lists | entry.lists, ..new },
                None => new,
            });
        };
        // An open entry may be shorter than the three bytes of the shorter key; lists keep to at least three.
        for entry in heads.into_iter().flatten() {
            let fits = word.len() == entry.word.len() || entry.open && entry.rest.is_empty();
            if fits && word.starts_with(entry.word.as_bytes()) && (entry.rest.is_empty() || follows(after, entry)) {
                hear(entry);
            }
        }
        for entry in tails.into_iter().flatten() {
            if word.ends_with(entry.word.as_bytes()) {
                hear(entry);
            }
        }
        found
    }
}

/// Whether the rest of an entry of several words stands in `after`, in any case.
fn follows(after: &str, entry: &Entry) -> bool {
    let mut text = after.chars().flat_map(char::to_lowercase);
    text.next().is_some_and(|c| c == ' ' || c == '\n' || c == '\u{a0}')
        && entry.rest.chars().all(|c| text.next() == Some(c))
        && (entry.open || !text.next().is_some_and(char::is_alphanumeric))
}

/// The first and the last eight bytes of a word, in small letters.
#[derive(Clone, Copy)]
struct Ends {
    /// Zeros after a shorter word.
    first: u64,
    /// Zeros before a shorter word.
    last: u64,
    /// Whether a letter in them is beyond those that fold byte by byte.
    foreign: bool,
}

impl Ends {
    #[inline]
    fn of(word: &[u8]) -> Self {
        let word = &word[..word.len().min(ROOM)];
        let (first, last) = if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
            (u64::from_be_bytes(*first), u64::from_be_bytes(*last))
        } else {
            let last = if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
                // They overlap.
                u64::from(u32::from_be_bytes(*first)) << (8 * (word.len() - 4)) | u64::from(u32::from_be_bytes(*last))
            } else {
                word.iter().fold(0, |all, &byte| all << 8 | u64::from(byte))
            };
            (if word.is_empty() { 0 } else { last << (8 * (8 - word.len())) }, last)
        };
        Self { first: fold::fold_eight(first), last: fold::fold_eight(last), foreign: fold::has_foreign(first) || fold::has_foreign(last) }
    }

    /// The first `len` bytes.
    const fn first(self, len: usize) -> u64 {
        self.first >> (64 - 8 * len)
    }

    /// The last `len` bytes.
    const fn last(self, len: usize) -> u64 {
        self.last << (64 - 8 * len)
    }
}

/// A word in small letters, with room around it so that its ends are read at once.
struct Small {
    room: [u8; ROOM + 16],
    len: usize,
}

/// The longest word that is looked up, in bytes; of a longer one only so much is read.
const ROOM: usize = 64;

impl Small {
    fn of(word: &[u8]) -> Self {
        let len = word.len().min(ROOM);
        let mut raw = [0; ROOM + 8];
        raw[8..8 + len].copy_from_slice(&word[..len]);
        let mut room = [0; ROOM + 16];
        // Sixteen at a time, so that the compiler can do them at once.
        for at in (8..8 + len).step_by(16) {
            for i in at..at + 16 {
                room[i] = fold(raw[i - 1], raw[i]);
            }
        }
        Self { room, len }
    }

    fn bytes(&self) -> &[u8] {
        &self.room[8..8 + self.len]
    }

    /// The eight bytes from `at` on.
    fn eight(&self, at: usize) -> u64 {
        self.room[at..].first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
    }

    /// The first `len` bytes, zeros after a shorter word.
    fn first(&self, len: usize) -> u64 {
        self.eight(8) >> (64 - 8 * len)
    }

    /// The last `len` bytes, zeros before a shorter word.
    fn last(&self, len: usize) -> u64 {
        self.eight(self.len) << (64 - 8 * len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_tells_all_lists() {
        let (roles, deaths) = (["*chef", "rektor*", "*chefen"], ["gick bort", "rektor emeritus"]);
        let lexicon = Lexicon::new([roles.into_iter().collect(), deaths.into_iter().collect()]);
        assert_eq!(lexicon.look("enhetschef", ""), Some(Found { lists: 1, best: 1, word: "chef", extra: 0 }));
        assert_eq!(lexicon.look("REKTORN", "").map(|f| f.lists), Some(1));
        assert_eq!(lexicon.look("rektor", " Emeritus i").map(|f| (f.lists, f.extra)), Some((3, 9)));
        assert_eq!(lexicon.look("gick", " bort i höstas").map(|f| f.lists), Some(2));
        assert_eq!(lexicon.look("gick", " bortom"), None);
        assert_eq!(lexicon.look("chefer", ""), None);
        assert_eq!((lexicon.whole("rektor emeritus"), lexicon.whole("rektor emeriti")), (2, 0));
    }
}

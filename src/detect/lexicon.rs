//! A lexicon: several word lists in one table, so that a word is looked up once for all of them.

use std::collections::BTreeMap;

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

/// Entries by key, those of one key the longest first.
#[derive(Debug, Default)]
struct Table {
    known: Keys,
    keys: Vec<u64>,
    entries: Vec<Entry>,
}

impl Table {
    fn of(mut entries: Vec<(u64, Entry)>) -> Self {
        entries.sort_by_key(|(key, e)| (*key, std::cmp::Reverse(e.word.len() + e.rest.len())));
        let (keys, entries): (Vec<_>, _) = entries.into_iter().unzip();
        Self { known: Keys::of(&keys), keys, entries }
    }

    /// The entries of a key.
    fn run(&self, key: u64) -> &[Entry] {
        if !self.known.has(key) {
            return &[];
        }
        let from = self.keys.partition_point(|k| *k < key);
        let len = self.keys[from..].iter().take_while(|k| **k == key).count();
        &self.entries[from..from + len]
    }
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
    fn of(all: &[u64]) -> Self {
        let mut keys = Self::default();
        for key in all {
            let (word, bit) = Self::place(*key);
            keys.0[word] |= bit;
        }
        keys
    }

    fn has(&self, key: u64) -> bool {
        let (word, bit) = Self::place(key);
        self.0[word] & bit != 0
    }

    /// The word and the bit of a key.
    const fn place(key: u64) -> (usize, u64) {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 49;
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
    /// How many bytes the entry goes on after the word.
    pub extra: usize,
}

impl Lexicon {
    /// A lexicon of these lists, the first being bit 0.
    #[must_use]
    pub fn new<'w>(lists: impl IntoIterator<Item = &'w [String]>) -> Self {
        let mut merged: BTreeMap<(String, bool, bool), u32> = BTreeMap::new();
        for (bit, list) in lists.into_iter().enumerate().take(32) {
            for word in list {
                let low = word.to_lowercase();
                let bare = low.trim_matches('*');
                if !bare.is_empty() {
                    *merged.entry((bare.to_owned(), low.starts_with('*'), low.ends_with('*'))).or_default() |= 1 << bit;
                }
            }
        }
        let (mut heads, mut tails) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        for ((word, tail, open), lists) in merged {
            let word: &'static str = Box::leak(word.into_boxed_str());
            let (word, rest) = word.split_once(' ').unwrap_or((word, ""));
            let entry = Entry { word, rest, open, lists };
            let short = usize::from(word.len() < KEYS[0]);
            if tail {
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
        if fold::is_foreign(word.as_bytes()) {
            return self.look_low(&Small::of(word.to_lowercase().as_bytes()), after);
        }
        self.look_low(&Small::of(word.as_bytes()), after)
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
        let mut room = [0; ROOM + 16];
        let mut before = 0;
        for (small, &byte) in room[8..].iter_mut().zip(&word[..len]) {
            *small = fold(before, byte);
            before = byte;
        }
        Self { room, len }
    }

    fn bytes(&self) -> &[u8] {
        &self.room[8..8 + self.len]
    }

    /// The eight bytes from `at` on.
    fn eight(&self, at: usize) -> u64 {
        self.room[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }

    /// The first `len` bytes, zeros after a shorter word.
    fn first(&self, len: usize) -> u64 {
        self.eight(8) << (64 - 8 * len)
    }

    /// The last `len` bytes, zeros before a shorter word.
    fn last(&self, len: usize) -> u64 {
        self.eight(self.len) >> (64 - 8 * len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_tells_all_lists() {
        let own = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (roles, deaths) = (own(&["*chef", "rektor*", "*chefen"]), own(&["gick bort", "rektor emeritus"]));
        let lexicon = Lexicon::new([roles.as_slice(), deaths.as_slice()]);
        assert_eq!(lexicon.look("enhetschef", ""), Some(Found { lists: 1, best: 1, word: "chef", extra: 0 }));
        assert_eq!(lexicon.look("REKTORN", "").map(|f| f.lists), Some(1));
        assert_eq!(lexicon.look("rektor", " Emeritus i").map(|f| (f.lists, f.extra)), Some((3, 9)));
        assert_eq!(lexicon.look("gick", " bort i höstas").map(|f| f.lists), Some(2));
        assert_eq!(lexicon.look("gick", " bortom"), None);
        assert_eq!(lexicon.look("chefer", ""), None);
        assert_eq!((lexicon.whole("rektor emeritus"), lexicon.whole("rektor emeriti")), (2, 0));
    }
}

//! A lexicon: several word lists in one table, so that a word is looked up once for all of them.

use std::collections::BTreeMap;

/// Words of up to 32 lists. A word is lower-cased; `*` at its end lets it go on, `*` at its start lets it begin
/// otherwise, and a word of several words is found at its first.
#[derive(Debug, Default)]
pub struct Lexicon {
    heads: Vec<(u32, Entry)>,
    tails: Vec<(u32, Entry)>,
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
        let (mut heads, mut tails) = (Vec::new(), Vec::new());
        for ((word, tail, open), lists) in merged {
            let word: &'static str = Box::leak(word.into_boxed_str());
            let (word, rest) = word.split_once(' ').unwrap_or((word, ""));
            let entry = Entry { word, rest, open, lists };
            if tail {
                tails.push((last(word), entry));
            } else {
                heads.push((first(word), entry));
            }
        }
        heads.sort_by_key(|(key, e)| (*key, std::cmp::Reverse(e.word.len() + e.rest.len())));
        tails.sort_by_key(|(key, e)| (*key, std::cmp::Reverse(e.word.len())));
        Self { heads, tails }
    }

    /// The lists that have `name`, lower-cased, as a whole.
    #[must_use]
    pub fn whole(&self, name: &str) -> u32 {
        let (word, after) = name.split_at(name.find(' ').unwrap_or(name.len()));
        self.look(word, after).filter(|found| found.word.len() + found.extra == name.len()).map_or(0, |found| found.best)
    }

    /// What it says of `word`, lower-cased; `after` is the text that follows the word.
    #[must_use]
    pub fn look(&self, word: &str, after: &str) -> Option<Found> {
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
        // An open entry may be shorter than the three bytes of the key; lists keep to at least three.
        for entry in run(&self.heads, first(word)) {
            let same = if entry.open && entry.rest.is_empty() { word.starts_with(entry.word) } else { word == entry.word };
            if same && (entry.rest.is_empty() || follows(after, entry)) {
                hear(entry);
            }
        }
        for entry in run(&self.tails, last(word)) {
            if word.ends_with(entry.word) {
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

fn run(table: &[(u32, Entry)], key: u32) -> impl Iterator<Item = &Entry> {
    let from = table.partition_point(|(k, _)| *k < key);
    table[from..].iter().take_while(move |(k, _)| *k == key).map(|(_, e)| e)
}

/// The first three bytes.
fn first(word: &str) -> u32 {
    let bytes = word.as_bytes();
    bytes.iter().take(3).fold(0, |key, &b| key << 8 | u32::from(b))
}

/// The last three bytes.
fn last(word: &str) -> u32 {
    let bytes = word.as_bytes();
    bytes[bytes.len().saturating_sub(3)..].iter().fold(0, |key, &b| key << 8 | u32::from(b))
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
        assert_eq!(lexicon.look("rektorn", "").map(|f| f.lists), Some(1));
        assert_eq!(lexicon.look("rektor", " Emeritus i").map(|f| (f.lists, f.extra)), Some((3, 9)));
        assert_eq!(lexicon.look("gick", " bort i höstas").map(|f| f.lists), Some(2));
        assert_eq!(lexicon.look("gick", " bortom"), None);
        assert_eq!(lexicon.look("chefer", ""), None);
        assert_eq!((lexicon.whole("rektor emeritus"), lexicon.whole("rektor emeriti")), (2, 0));
    }
}

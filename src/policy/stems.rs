//! The stems of a word list, searched for in long texts: only words that hold one need to be looked up.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::rulefile;
use crate::text::{Word, word_start, words};

/// What the first words of a list's entries have in all their forms, in small letters and in capitals. The first letter is
/// left out: it may be a capital by itself.
#[derive(Debug)]
pub(super) struct Stems(Option<AhoCorasick>);

impl Stems {
    /// The stems of these words, `*` standing for more letters.
    pub(super) fn new(words: rulefile::Words) -> Self {
        let stems = words.iter().flat_map(|word| {
            let word = word.trim_matches('*').split(' ').next().unwrap_or_default();
            let stem = word.get(word.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
            [stem.to_owned(), stem.to_uppercase()]
        });
        let mut stems: Vec<String> = stems.collect();
        stems.sort();
        stems.dedup();
        // Leftmost: few stems are searched for with vectors.
        Self(AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(stems).ok())
    }

    /// The words of `text` that hold a stem, in order, and perhaps others.
    pub(super) fn words<'t>(&self, text: &'t str) -> impl Iterator<Item = Word<'t>> {
        // More stems than an automaton can hold: every word may.
        let every = self.0.is_none().then(|| words(text)).into_iter().flatten();
        let mut done = 0;
        let places = self.0.iter().flat_map(move |stems| stems.find_iter(text).map(|stem| stem.start()));
        let held = places.filter_map(move |at| {
            if at < done {
                return None;
            }
            let start = word_start(text, at);
            let word = words(&text[start..]).next()?;
            let word = Word { start: start + word.start, text: word.text };
            done = word.start + word.text.len();
            Some(word)
        });
        held.chain(every)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_hold_a_stem_are_found_once_in_any_case() {
        let stems = Stems::new(["skyddad identitet*", "kvarskriv*", "*ömd"].into_iter().collect());
        let found = |text: &'static str| stems.words(text).map(|w| (w.start, w.text)).collect::<Vec<_>>();
        assert_eq!(found("Är Skyddad, KVARSKRIVEN; oskyddad"), [(4, "Skyddad"), (13, "KVARSKRIVEN"), (26, "oskyddad")]);
        assert_eq!(found("hon är gömd – kyddadkyddad"), [(8, "gömd"), (18, "kyddadkyddad")]);
        assert_eq!(found("inget"), []);
    }
}

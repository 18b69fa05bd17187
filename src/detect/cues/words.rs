//! A word list, looked up by the first three letters.

use std::cmp::Reverse;

use crate::rulefile;
use crate::text::fold::{self, fold};
use crate::text::lead::{Lead, Leads};

/// A sorted word list.
#[derive(Debug, Default)]
pub(super) struct Words {
    sorted: Vec<Entry>,
    /// Where words with each first byte begin.
    first: Vec<u16>,
    /// Ends of words: `kyrkan` for `Immanuelskyrkan`.
    tails: Vec<&'static str>,
    starts: Leads,
}

#[derive(Debug)]
struct Entry {
    word: &'static str,
    open: bool,
}

impl Words {
    pub(super) fn new(words: rulefile::Words) -> Self {
        let (tails, words): (Vec<_>, Vec<_>) = words.iter().partition(|word| word.starts_with('*') && word.len() > 1);
        let tails = tails.into_iter().map(|tail| &tail[1..]).collect();
        let entry = |word: &'static str| Entry { word: word.trim_end_matches('*'), open: word.ends_with('*') };
        let mut sorted: Vec<Entry> = words.into_iter().map(entry).filter(|e| !e.word.is_empty()).collect();
        // Longest first, so that `mål nr` is heard before `mål`.
        sorted.sort_by_key(|e| (e.word.as_bytes()[0], Reverse(e.word.len())));
        let mut first = vec![0; 257];
        let mut starts = Leads::default();
        for entry in &sorted {
            first[usize::from(entry.word.as_bytes()[0]) + 1] += 1;
            starts.add(entry.word.as_bytes(), entry.open);
        }
        for byte in 0..256 {
            first[byte + 1] += first[byte];
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

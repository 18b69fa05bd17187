//! Lists of words that conditions ask for. Only the surroundings of what was found are searched, never whole texts,
//! unless a rule points at the words themselves.

use std::sync::OnceLock;

use super::phrases::{Phrases, Start};
use super::stems::Stems;
use crate::detect::RuleError;
use crate::detect::lexicon::Lexicon;
use crate::rulefile::{LexiconFile, Words};
use crate::text::{Word, word_end, words};

/// All lists; made ready when first asked.
#[derive(Debug, Default)]
pub(super) struct Lexicons {
    lists: Vec<List>,
    table: OnceLock<Lexicon>,
    phrases: Phrases,
}

#[derive(Debug)]
struct List {
    name: &'static str,
    words: Words,
    stems: OnceLock<Stems>,
}

/// A word of a list: where it stands, and the lists that have it as a set of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) lists: u32,
}

/// From how many bytes on a text is searched for stems before its words are looked up.
const LONG: usize = 2_000;

/// The most lists; a list is a bit.
const MOST: usize = 32;

impl Lexicons {
    pub(super) fn load(files: Vec<LexiconFile>) -> Result<Self, RuleError> {
        let mut lists: Vec<List> = Vec::new();
        let mut phrases = Phrases::default();
        for file in files {
            if lists.iter().any(|l| l.name == file.lexicon) {
                return Err(RuleError { message: format!("lexicon `{}` is there twice", file.lexicon) });
            }
            let leads = file.leads.into_iter().chain(std::iter::repeat(None));
            for (pattern, leads) in file.patterns.into_iter().zip(leads) {
                phrases.add(1 << lists.len().min(MOST - 1), pattern, leads);
            }
            lists.push(List { name: file.lexicon.leak(), words: file.words, stems: OnceLock::new() });
        }
        if lists.len() > MOST {
            return Err(RuleError { message: format!("more than {MOST} lexicons") });
        }
        Ok(Self { lists, table: OnceLock::new(), phrases })
    }

    /// The bit of the list of this name.
    pub(super) fn bit(&self, name: &str) -> Result<u32, RuleError> {
        let known = || self.lists.iter().map(|l| l.name);
        known().position(|n| n == name).map(|i| 1 << i).ok_or_else(|| RuleError::unknown("lexicon", name, known()))
    }

    /// The bit of this list, if it is there.
    pub(super) fn names(&self, bits: u32) -> impl Iterator<Item = &'static str> {
        self.lists.iter().enumerate().filter(move |(i, _)| bits & 1 << i != 0).map(|(_, l)| l.name)
    }

    /// Compiles all patterns now.
    ///
    /// # Errors
    /// One is no regular expression.
    pub(super) fn check_patterns(&self) -> Result<(), RuleError> {
        self.phrases.check()
    }

    /// Adds the words of any list that start in `start..end`, and where expressions may match.
    pub(super) fn read(&self, text: &str, start: usize, end: usize, hits: &mut Vec<Hit>, starts: &mut Vec<Start>) {
        for word in words(&text[start..word_end(text, end).max(start)]).take_while(|word| start + word.start < end) {
            self.phrases.starts(text, start + word.start, starts);
            hits.extend(self.look(text, start, word, text.len()));
        }
    }

    /// All words of any list in a text, those that expressions of the lists in `bits` match last.
    pub(super) fn words_in(&self, text: &str, bits: u32) -> Vec<Hit> {
        let (mut hits, mut starts) = (Vec::new(), Vec::new());
        self.read(text, 0, text.len(), &mut hits, &mut starts);
        self.phrases_in(bits, text, &mut starts, &mut hits);
        hits
    }

    /// Whether the letters of the words in these lists are searched for in a text of `len` bytes, rather than each of its
    /// words looked up.
    pub(super) fn are_searched_for(&self, bits: u32, len: usize) -> bool {
        len >= LONG && !self.phrases.has(bits)
    }

    /// The words of the lists in `bits`, and perhaps of others, in a long text: it is searched for their letters first.
    pub(super) fn search(&self, bits: u32, text: &str, start: usize, end: usize) -> Vec<Hit> {
        let of_bits = self.lists.iter().enumerate().filter(|(i, _)| bits & 1 << i != 0);
        let stems = of_bits.flat_map(|(_, list)| list.stems.get_or_init(|| Stems::new(list.words)).words(&text[start..end]));
        stems.filter_map(|word| self.look(text, start, word, end)).collect()
    }

    /// Looks up a word of `text[start..end]`.
    fn look(&self, text: &str, start: usize, word: Word<'_>, end: usize) -> Option<Hit> {
        let table = self.table.get_or_init(|| Lexicon::new(self.lists.iter().map(|l| l.words)));
        let from = start + word.start;
        let to = from + word.text.len();
        let found = table.look(word.text, &text[to..end])?;
        Some(Hit { start: from, end: found.end_in(text, to, end), lists: found.lists })
    }

    /// The lists of the expressions that may match at `starts`.
    pub(super) fn waiting(&self, starts: &[Start]) -> u32 {
        self.phrases.lists_of(starts)
    }

    /// Adds what the expressions of the lists in `bits` match at `starts`, and takes those away.
    pub(super) fn phrases_in(&self, bits: u32, text: &str, starts: &mut Vec<Start>, out: &mut Vec<Hit>) {
        self.phrases.matches(bits, text, starts, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, words: &[&str], patterns: &[&str]) -> LexiconFile {
        let own = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        LexiconFile {
            lexicon: name.into(),
            title: crate::rulefile::Bilingual::default(),
            words: words.iter().collect(),
            patterns: own(patterns),
            leads: vec![],
            hits: vec![],
            misses: vec![],
        }
    }

    #[test]
    fn words_and_patterns_are_found_whole() {
        let lists = Lexicons::load(vec![file("class", &["klassen"], &["[1-9][A-D]"]), file("kin", &["mamma*", "gick bort"], &[])]).unwrap();
        let text = "Mammans 3B, 13Bx. Hon Gick bort i klassen";
        let hits = lists.words_in(text, 1);
        let seen: Vec<_> = hits.iter().map(|h| (&text[h.start..h.end], h.lists)).collect();
        assert_eq!(seen, [("Mammans", 2), ("Gick bort", 2), ("klassen", 1), ("3B", 1)]);
        assert_eq!(lists.bit("kim").unwrap_err().message, "unknown lexicon `kim`, did you mean `kin`?");
        assert_eq!(lists.names(3).collect::<Vec<_>>(), ["class", "kin"]);
    }

    #[test]
    fn faults_are_told() {
        assert!(Lexicons::load(vec![file("a", &[], &[]), file("a", &[], &[])]).is_err());
        assert!(Lexicons::load(vec![file("a", &[], &["["])]).unwrap().check_patterns().is_err());
    }
}

//! Lists of words that conditions ask for. Only the surroundings of what was found are searched, never whole texts,
//! unless a rule points at the words themselves.

use std::sync::OnceLock;

use regex::Regex;

use crate::detect::RuleError;
use crate::detect::lexicon::Lexicon;
use crate::rulefile::LexiconFile;
use crate::text::words;

/// All lists; made ready when first asked.
#[derive(Debug, Default)]
pub(super) struct Lexicons {
    lists: Vec<List>,
    table: OnceLock<Lexicon>,
}

#[derive(Debug)]
struct List {
    name: &'static str,
    words: Vec<String>,
    patterns: Vec<String>,
    compiled: OnceLock<Option<Regex>>,
}

/// A word of a list: where it stands, and the lists that have it as a set of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) lists: u32,
}

/// The most lists; a list is a bit.
const MOST: usize = 32;

impl Lexicons {
    pub(super) fn load(files: Vec<LexiconFile>) -> Result<Self, RuleError> {
        let mut lists: Vec<List> = Vec::new();
        for file in files {
            if lists.iter().any(|l| l.name == file.lexicon) {
                return Err(RuleError { message: format!("lexicon `{}` is there twice", file.lexicon) });
            }
            lists.push(List { name: file.lexicon.leak(), words: file.words, patterns: file.patterns, compiled: OnceLock::new() });
        }
        if lists.len() > MOST {
            return Err(RuleError { message: format!("more than {MOST} lexicons") });
        }
        Ok(Self { lists, table: OnceLock::new() })
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
        for list in &self.lists {
            for pattern in &list.patterns {
                Regex::new(pattern).map_err(|why| RuleError {
                    message: format!("`{pattern}` of lexicon `{}` is no regular expression: {why}", list.name),
                })?;
            }
        }
        Ok(())
    }

    /// The words of any list in `text[start..end]`.
    pub(super) fn words_in(&self, text: &str, start: usize, end: usize, out: &mut Vec<Hit>) {
        let table = self.table.get_or_init(|| Lexicon::new(self.lists.iter().map(|l| l.words.as_slice())));
        for word in words(&text[start..end]) {
            let from = start + word.start;
            let to = from + word.text.len();
            if let Some(found) = table.look(word.text, &text[to..end]) {
                out.push(Hit { start: from, end: text.floor_char_boundary(to + found.extra).min(end), lists: found.lists });
            }
        }
    }

    /// What the patterns of the lists in `bits` match in `text[start..end]`.
    pub(super) fn patterns_in(&self, bits: u32, text: &str, start: usize, end: usize, out: &mut Vec<Hit>) {
        for (i, list) in self.lists.iter().enumerate().filter(|(i, l)| bits & 1 << i != 0 && !l.patterns.is_empty()) {
            let compiled = list
                .compiled
                .get_or_init(|| Regex::new(&list.patterns.iter().map(|p| format!("(?:{p})")).collect::<Vec<_>>().join("|")).ok());
            let Some(regex) = compiled else { continue };
            for found in regex.find_iter(&text[start..end]) {
                let (from, to) = (start + found.start(), start + found.end());
                let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                if from < to && !inside(text[..from].chars().next_back()) && !inside(text[to..].chars().next()) {
                    out.push(Hit { start: from, end: to, lists: 1 << i });
                }
            }
        }
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
            words: own(words),
            patterns: own(patterns),
            hits: vec![],
            misses: vec![],
        }
    }

    #[test]
    fn words_and_patterns_are_found_whole() {
        let lists = Lexicons::load(vec![file("class", &["klassen"], &["[1-9][A-D]"]), file("kin", &["mamma*", "gick bort"], &[])]).unwrap();
        let text = "Mammans 3B, 13Bx. Hon Gick bort i klassen";
        let mut hits = Vec::new();
        lists.words_in(text, 0, text.len(), &mut hits);
        lists.patterns_in(1, text, 0, text.len(), &mut hits);
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

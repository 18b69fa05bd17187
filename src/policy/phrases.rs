//! Expressions of word lists, for what cannot be listed word by word. They are tried at the words they can start at and
//! compiled when first tried; nothing is searched for.

use std::sync::OnceLock;

use regex_automata::meta::{Config, Regex};

use super::lexicons::Hit;
use crate::detect::RuleError;
use crate::rulefile;
use crate::text::fold::fold_eight;

/// How far an expression is tried from the word it starts at, in bytes.
const REACH: usize = 120;

/// The expressions of all lists.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    all: Vec<Phrase>,
    /// Those of expressions that may start in any way, and of those that start with a capital.
    leads: [Leads; 2],
}

#[derive(Debug)]
struct Phrase {
    /// The list it is of, as a bit.
    list: u32,
    pattern: String,
    /// What its matches can start with; none: anything.
    leads: Option<rulefile::Leads>,
    compiled: OnceLock<Option<Regex>>,
}

/// Which expressions may match at a word, by its first three letters. It may say yes to some that cannot, which are looked
/// at closer.
#[derive(Debug)]
struct Leads {
    /// A bit for each two letters that a match can start with.
    pairs: Box<[u64; 1024]>,
    /// Expressions by their first three letters: bit `i` is for every 64th expression from `i` on.
    expressions: Box<[u64; 1024]>,
}

/// The first letters of a text, in small letters, zeros after a shorter one.
type Lead = [u8; 8];

/// A word at which an expression may match: its first byte, and which expression.
pub(super) type Start = (usize, usize);

/// In place of a letter that may be any; no byte of UTF-8.
const ANY: u8 = 0xFF;

impl Default for Leads {
    fn default() -> Self {
        Self { pairs: Box::new([0; 1024]), expressions: Box::new([0; 1024]) }
    }
}

impl Leads {
    const fn slot(a: u8, b: u8, c: u8) -> usize {
        (u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9E37_79B1) >> 22) as usize
    }

    fn add(&mut self, lead: Lead, expression: usize) {
        let letter = |i: usize| if lead[i] == 0 { ANY } else { lead[i] };
        self.expressions[Self::slot(letter(0), letter(1), letter(2))] |= 1 << (expression % 64);
        let any_of = |letter: u8| if letter == 0 { 0..=u8::MAX } else { letter..=letter };
        for (a, b) in any_of(lead[0]).flat_map(|a| any_of(lead[1]).map(move |b| (a, b))) {
            let (word, bit) = Self::pair(a, b);
            self.pairs[word] |= bit;
        }
    }

    const fn pair(a: u8, b: u8) -> (usize, u64) {
        (a as usize * 4 + b as usize / 64, 1 << (b % 64))
    }

    /// The expressions that may match at a text.
    #[inline]
    fn of(&self, lead: Lead) -> u64 {
        let [a, b, c, ..] = lead;
        let (word, bit) = Self::pair(a, b);
        if self.pairs[word] & bit == 0 {
            return 0;
        }
        let slots = [(a, b, c), (a, b, ANY), (a, ANY, ANY), (ANY, ANY, ANY)];
        slots.iter().fold(0, |bits, &(a, b, c)| bits | self.expressions[Self::slot(a, b, c)])
    }
}

impl Phrase {
    /// Whether one of its leads starts `text`. They are sorted and none starts another: only the last one before can.
    fn may_start(&self, text: Lead) -> bool {
        let Some(leads) = &self.leads else { return true };
        let (leads, text) = (leads.letters.as_chunks().0, u64::from_be_bytes(text));
        let before = leads.partition_point(|lead: &Lead| u64::from_be_bytes(*lead) <= text);
        before > 0 && {
            let lead = u64::from_be_bytes(leads[before - 1]);
            // The zeros after a shorter lead are any letters.
            lead == 0 || (lead ^ text) >> (lead.trailing_zeros() & !7) == 0
        }
    }
}

impl Phrases {
    /// Adds an expression of a list; `leads` is what its matches can start with, if that is known.
    pub(super) fn add(&mut self, list: u32, pattern: String, leads: Option<rulefile::Leads>) {
        for &lead in leads.as_ref().map_or(&[0; 8][..], |leads| &leads.letters).as_chunks().0 {
            let capital = leads.as_ref().is_some_and(|leads| leads.capital);
            self.leads[usize::from(capital)].add(lead, self.all.len());
        }
        self.all.push(Phrase { list, pattern, leads, compiled: OnceLock::new() });
    }

    /// Adds the expressions that may match at the word that starts at byte `at`.
    #[inline]
    pub(super) fn starts(&self, text: &str, at: usize, out: &mut Vec<Start>) {
        let rest = &text.as_bytes()[at..];
        let raw = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut raw = [0; 8];
            raw[..rest.len()].copy_from_slice(rest);
            raw
        });
        let lead = fold_eight(u64::from_be_bytes(raw)).to_be_bytes();
        let capital = text.as_bytes()[at] != lead[0] || lead[0] == 0xC3 && text.as_bytes().get(at + 1) != Some(&lead[1]);
        let mut bits = self.leads[0].of(lead) | if capital { self.leads[1].of(lead) } else { 0 };
        while bits != 0 {
            let first = bits.trailing_zeros() as usize;
            let every = (first..self.all.len()).step_by(64);
            out.extend(every.filter(|&i| self.all[i].may_start(lead)).map(|i| (at, i)));
            bits &= bits - 1;
        }
    }

    /// Tries the expressions of `lists` at their starts, each once.
    pub(super) fn matches(&self, lists: u32, text: &str, starts: &mut Vec<Start>, out: &mut Vec<Hit>) {
        starts.retain(|&(at, i)| {
            let phrase = &self.all[i];
            if phrase.list & lists == 0 {
                return true;
            }
            let to = text.floor_char_boundary(at + REACH);
            let found = phrase.compiled.get_or_init(|| compile(&phrase.pattern).ok()).as_ref().and_then(|regex| regex.find(&text[at..to]));
            // Whole words only.
            if let Some(len) = found.map(|m| m.end()).filter(|&len| len > 0 && !text[at + len..].starts_with(char::is_alphanumeric)) {
                out.push(Hit { start: at, end: at + len, lists: phrase.list });
            }
            false
        });
    }

    /// The lists of the expressions that may match at `starts`.
    pub(super) fn lists_of(&self, starts: &[Start]) -> u32 {
        starts.iter().fold(0, |lists, &(_, i)| lists | self.all[i].list)
    }

    /// Whether one of the lists has expressions.
    pub(super) fn has(&self, lists: u32) -> bool {
        self.all.iter().any(|phrase| phrase.list & lists != 0)
    }

    /// Compiles all expressions now.
    ///
    /// # Errors
    /// One is no regular expression.
    pub(super) fn check(&self) -> Result<(), RuleError> {
        for Phrase { pattern, .. } in &self.all {
            compile(pattern).map_err(|why| RuleError { message: format!("`{pattern}` is no regular expression: {why}") })?;
        }
        Ok(())
    }
}

/// An expression that matches at the start of a text, without the searchers that only pay in long ones and take long to
/// build.
fn compile(pattern: &str) -> Result<Regex, String> {
    let config = Config::new().auto_prefilter(false).onepass(false).dfa(false).hybrid(false);
    let built = Regex::builder().configure(config).build(&format!("^(?:{pattern})"));
    built.map_err(|why| why.syntax_error().map_or_else(|| why.to_string(), ToString::to_string))
}

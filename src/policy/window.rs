//! A window on the text whose words have been looked up: rules ask about one place after another, in reaches that overlap,
//! and each word is looked up once.

use super::lexicons::{Hit, Lexicons};
use super::phrases::Start;
use crate::text::{word_end, word_start};

/// How far a window grows beyond twice what is asked for before it starts anew, in bytes.
const SPARE: usize = 2_000;

/// The words of the lists in one stretch of text.
#[derive(Debug, Default)]
pub(super) struct Window {
    start: usize,
    end: usize,
    hits: Vec<Hit>,
    /// Where expressions may match that were not tried yet.
    untried: Vec<Start>,
    /// The lists that those are of.
    waiting: u32,
}

impl Window {
    /// Reads what of `start..end` was not read yet, in whole words.
    pub(super) fn cover(&mut self, lexicons: &Lexicons, text: &str, start: usize, end: usize) {
        if self.start <= start && end <= self.end {
            return;
        }
        let (start, end) = (word_start(text, start), word_end(text, end));
        if end < self.start || self.end < start || self.end - self.start > 2 * (end - start) + SPARE {
            (self.start, self.end) = (start, start);
            self.hits.clear();
            self.untried.clear();
        }
        if start < self.start {
            lexicons.read(text, start, self.start, &mut self.hits, &mut self.untried);
            self.start = start;
        }
        if self.end < end {
            lexicons.read(text, self.end, end, &mut self.hits, &mut self.untried);
            self.end = end;
        }
        self.waiting = lexicons.waiting(&self.untried);
    }

    /// The words of any list; they may reach beyond what was asked for.
    pub(super) fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The same with what the expressions of these lists match.
    pub(super) fn try_phrases(&mut self, lexicons: &Lexicons, text: &str, lists: u32) -> &[Hit] {
        if self.waiting & lists != 0 {
            lexicons.phrases_in(lists, text, text.len(), &mut self.untried, &mut self.hits);
            self.waiting &= !lists;
        }
        &self.hits
    }
}

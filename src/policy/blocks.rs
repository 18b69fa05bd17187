//! The words of the lists in a document, looked up block by block and each once: rules ask about one place after another, in
//! reaches that overlap.

use super::lexicons::{Hit, Lexicons};
use super::phrases::Start;
use crate::text::{word_end, word_start};

/// How many bytes are read at a time: reaches are read little beyond their ends.
const BLOCK: usize = 64;

/// What is known of a document's words.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// What each block of the document is: not read yet, without words, or one of those with words.
    places: Vec<u32>,
    with_words: Vec<Block>,
}

/// In place of a block: it is not read yet, or no word of any list starts in it; others stand from the next number on.
const UNREAD: u32 = 0;
const WITHOUT: u32 = 1;

/// The words that start in one block.
#[derive(Debug)]
struct Block {
    hits: Vec<Hit>,
    /// The lists that those are of.
    lists: u32,
    /// Where expressions may match that were not tried yet.
    untried: Vec<Start>,
    /// The lists that those are of.
    waiting: u32,
}

impl Block {
    fn read(lexicons: &Lexicons, text: &str, number: usize) -> Self {
        let from = text.ceil_char_boundary(number * BLOCK);
        let to = text.ceil_char_boundary((number + 1) * BLOCK);
        // A word belongs to the block it starts in.
        let from = if word_start(text, from) < from { word_end(text, from) } else { from };
        let (mut hits, mut untried) = (Vec::new(), Vec::new());
        lexicons.read(text, from, to, &mut hits, &mut untried);
        Self { lists: lists_of(&hits), waiting: lexicons.waiting(&untried), hits, untried }
    }

    /// Tries the expressions of `lists`.
    fn try_phrases(&mut self, lexicons: &Lexicons, text: &str, lists: u32) {
        if self.waiting & lists == 0 {
            return;
        }
        let before = self.hits.len();
        lexicons.phrases_in(lists, text, &mut self.untried, &mut self.hits);
        self.waiting &= !lists;
        self.lists |= lists_of(&self.hits[before..]);
    }
}

impl Blocks {
    /// Whether a word of `lists` that starts in `start..end` is as `is`.
    pub(super) fn any(
        &mut self,
        lexicons: &Lexicons,
        text: &str,
        (start, end): (usize, usize),
        lists: u32,
        is: impl Fn(&Hit) -> bool,
    ) -> bool {
        let is_one = |hit: &Hit| hit.lists & lists != 0 && (start..end).contains(&hit.start) && is(hit);
        let (numbers, blocks) = self.read(lexicons, text, start, end);
        // Words cost nothing any more; expressions do.
        numbers.clone().any(|i| blocks[i].lists & lists != 0 && blocks[i].hits.iter().any(is_one)) || { numbers }.any(|i| {
            let before = blocks[i].hits.len();
            blocks[i].try_phrases(lexicons, text, lists);
            blocks[i].hits[before..].iter().any(is_one)
        })
    }

    /// The words of `lists` that start in `start..end`, in no order.
    pub(super) fn all(&mut self, lexicons: &Lexicons, text: &str, (start, end): (usize, usize), lists: u32) -> Vec<Hit> {
        let (numbers, blocks) = self.read(lexicons, text, start, end);
        let mut all = Vec::new();
        for i in numbers {
            blocks[i].try_phrases(lexicons, text, lists);
            all.extend(blocks[i].hits.iter().filter(|hit| hit.lists & lists != 0 && (start..end).contains(&hit.start)));
        }
        all
    }

    /// Reads the blocks that `start..end` lies in; gives the numbers of those with words.
    fn read<'a>(
        &'a mut self,
        lexicons: &Lexicons,
        text: &str,
        start: usize,
        end: usize,
    ) -> (impl Iterator<Item = usize> + Clone + use<'a>, &'a mut [Block]) {
        if self.places.is_empty() {
            self.places.resize(text.len() / BLOCK + 1, UNREAD);
        }
        let asked = start / BLOCK..=end / BLOCK;
        for number in asked.clone() {
            if self.places[number] == UNREAD {
                let block = Block::read(lexicons, text, number);
                self.places[number] = WITHOUT;
                if block.lists | block.waiting != 0 {
                    self.with_words.push(block);
                    self.places[number] = u32::try_from(self.with_words.len()).unwrap_or(WITHOUT) + WITHOUT;
                }
            }
        }
        let numbers = self.places[asked].iter().filter_map(|place| place.checked_sub(WITHOUT + 1)).map(|i| i as usize);
        (numbers, &mut self.with_words)
    }
}

fn lists_of(hits: &[Hit]) -> u32 {
    hits.iter().fold(0, |lists, hit| lists | hit.lists)
}

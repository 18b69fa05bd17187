//! One stretch of text, from bytes to labels.

use super::decode::{self, Verdict};
use super::element::{self, Element};
use super::features::{self, Stretch};
use super::model::{Grain, LABELS, Model, NONE, PERSON, PERSON_ON};
use super::token::{self, Token};

/// How much of the model a stretch may cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Effort {
    /// The coarse model alone where it leaves no doubt.
    Quick,
    /// All of it.
    Full,
}

/// A coarse reading is trusted when every margin is beyond this, in parts of a nat.
const BEYOND_DOUBT: i32 = 80;
/// Marks a score that is still to be made: no sum of weights gets there.
const UNSEEN: i16 = i16::MIN;
/// The weight of what is a person for certain.
const CERTAIN: i16 = 400;

/// Buffers for tagging, kept between stretches so that nothing is allocated in the steady state.
#[derive(Default)]
pub(crate) struct Tagger {
    pub(crate) tokens: Vec<Token>,
    pub(crate) elements: Vec<Element>,
    pub(crate) verdicts: Vec<Verdict>,
    scores: Vec<[i16; LABELS]>,
    room: decode::Room,
}

impl Tagger {
    /// Reads and labels `text[from..to]`. `certain` are spans known to be people.
    pub(crate) fn run(&mut self, model: &Model<'_>, text: &str, from: usize, to: usize, effort: Effort, certain: &[(usize, usize)]) {
        token::read(text, from, to, &mut self.tokens);
        element::find(&self.tokens, &mut self.elements);
        let stretch = Stretch { text, tokens: &self.tokens, elements: &self.elements };
        let known = |e: usize| {
            let at = self.tokens[usize::from(self.elements[e].token)].start as usize;
            let span = certain.iter().find(|c| (c.0..c.1).contains(&at))?;
            let mut score = [0; LABELS];
            score[if at == span.0 { PERSON } else { PERSON_ON }] = CERTAIN;
            Some(score)
        };
        let mut facts = [0_u64; features::MOST];
        self.scores.clear();
        if effort == Effort::Quick {
            for e in 0..self.elements.len() {
                let score = known(e).unwrap_or_else(|| {
                    let mut n = 0;
                    features::coarse(&stretch, e, |f| put(&mut facts, &mut n, f));
                    model.coarse(&facts[..n])
                });
                self.scores.push(score);
            }
            decode::best(model, Grain::Coarse, &self.elements, &self.scores, &mut self.room, &mut self.verdicts);
            let mut any = false;
            for (v, score) in self.verdicts.iter().zip(&mut self.scores) {
                if v.margin.abs() > BEYOND_DOUBT {
                    *score = [0; LABELS];
                    score[usize::from(v.label)] = CERTAIN;
                } else {
                    any = true;
                    score[NONE] = UNSEEN;
                }
            }
            if !any {
                return;
            }
        } else {
            let mut open = [0; LABELS];
            open[NONE] = UNSEEN;
            self.scores.resize(self.elements.len(), open);
        }
        for e in 0..self.elements.len() {
            if self.scores[e][NONE] == UNSEEN {
                self.scores[e] = known(e).unwrap_or_else(|| {
                    let mut n = 0;
                    features::coarse(&stretch, e, |f| put(&mut facts, &mut n, f));
                    features::fine(&stretch, e, |f| put(&mut facts, &mut n, f));
                    model.fine(&facts[..n])
                });
            }
        }
        decode::best(model, Grain::Fine, &self.elements, &self.scores, &mut self.room, &mut self.verdicts);
    }
}

#[inline(always)]
fn put(room: &mut [u64; features::MOST], n: &mut usize, fact: u64) {
    if let Some(slot) = room.get_mut(*n) {
        *slot = fact;
        *n += 1;
    }
}

/// One element as training sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Link to the element before.
    pub link: u8,
    /// Its facts, coarse ones first.
    pub facts: Vec<u64>,
    /// How many are coarse.
    pub coarse: usize,
}

/// The elements of a whole text, for training.
#[must_use]
pub fn seen(text: &str) -> Vec<Seen> {
    let mut t = Tagger::default();
    token::read(text, 0, text.len(), &mut t.tokens);
    element::find(&t.tokens, &mut t.elements);
    let stretch = Stretch { text, tokens: &t.tokens, elements: &t.elements };
    (0..t.elements.len())
        .map(|e| {
            let mut facts = Vec::with_capacity(64);
            features::coarse(&stretch, e, |f| facts.push(f));
            let coarse = facts.len();
            features::fine(&stretch, e, |f| facts.push(f));
            let token = &t.tokens[usize::from(t.elements[e].token)];
            Seen { start: token.start as usize, end: token.end as usize, link: t.elements[e].link, facts, coarse }
        })
        .collect()
}

//! People's names in Swedish text.

mod decode;
mod element;
mod features;
mod find;
mod gap;
mod genitive;
mod guards;
mod hash;
mod invert;
mod lexicon;
mod model;
mod pair;
mod stretches;
mod table;
mod tag;
mod token;

/// How eagerly names are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thoroughness {
    /// More likely a person than not.
    Normal,
    /// Whatever may be a person.
    High,
}

/// One mention of a person. Offsets are bytes into the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// For against against, in 1/24 of a nat.
    pub margin: i32,
    /// Why.
    pub evidence: Vec<Clue>,
    /// Given name and surname.
    pub full: bool,
}

/// One reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clue {
    /// The model.
    Model,
}

/// The mentions of people in `text`, in order.
///
/// `capitals` are the byte offsets where capitalised words begin, rising.
#[must_use]
pub fn find(text: &str, capitals: &[u32], thoroughness: Thoroughness) -> Vec<Found> {
    let model = model::Model::embedded();
    let least = find::threshold(thoroughness);
    let mut out = Vec::new();
    let mut tagger = tag::Tagger::default();
    if text.len() <= stretches::SHORT {
        find::stretch(&mut tagger, &model, text, (0, text.len()), tag::Effort::Full, &[], least, &mut out);
        return out;
    }
    let mut pairs: Vec<Found> = Vec::new();
    let mut near: Vec<(usize, usize)> = Vec::new();
    stretches::each(text, capitals, |part| match part {
        stretches::Part::Pair(start, end, _, _) => {
            #[expect(clippy::cast_possible_truncation, reason = "texts are shorter than 4 GiB")]
            pairs.push(Found { start: start as u32, end: end as u32, margin: pair::MARGIN, evidence: Vec::new(), full: true });
            near.push((start, end));
        }
        stretches::Part::Stretch(from, to) => {
            find::stretch(&mut tagger, &model, text, (from, to), tag::Effort::Quick, &near, least, &mut out);
            near.retain(|p| p.1 > to);
        }
    });
    merge(out, pairs)
}

/// Both lists in order; of two that overlap the pair stays, unless the other holds it.
fn merge(tagged: Vec<Found>, pairs: Vec<Found>) -> Vec<Found> {
    let mut all = Vec::with_capacity(tagged.len() + pairs.len());
    let mut pairs = pairs.into_iter().peekable();
    for t in tagged {
        while let Some(p) = pairs.next_if(|p| p.end <= t.start) {
            all.push(p);
        }
        let mut longer = true;
        while let Some(p) = pairs.next_if(|p| p.start < t.end) {
            if t.start > p.start || t.end < p.end {
                longer = false;
                all.push(p);
            }
        }
        if longer && all.last().is_none_or(|l: &Found| l.end <= t.start) {
            all.push(t);
        }
    }
    all.extend(pairs);
    all
}

/// The byte offsets of capitalised words, one byte at a time.
#[must_use]
pub fn capitals(text: &str) -> Vec<u32> {
    let mut out = Vec::new();
    let mut inside = false;
    for (i, c) in text.char_indices() {
        let letter = c.is_alphanumeric();
        if letter && !inside && c.is_uppercase() {
            out.push(u32::try_from(i).unwrap_or(u32::MAX));
        }
        inside = letter;
    }
    out
}

/// What the maintainers' commands need; no part of the program's interface.
#[doc(hidden)]
pub mod build {
    pub use super::decode::{allows as allowed, begins};
    pub use super::hash::word;
    pub use super::lexicon::{Class, List, Traits};
    pub use super::model::{Fact, Model, NEVER, PARTS, layout as layout_model};
    pub use super::table::layout;
    pub use super::tag::{Seen, seen};
    /// How many kinds of links there are.
    pub const LINKS: usize = super::element::LINKS;

    /// Counts of stretches, bytes, tokens, elements; `depth` 0 only finds stretches, 1 reads words, 2 finds elements,
    /// 3 tags.
    #[must_use]
    pub fn census(text: &str, capitals: &[u32], depth: u8) -> [usize; 4] {
        let mut n = [0; 4];
        let mut t = super::tag::Tagger::default();
        let model = super::model::Model::embedded();
        super::stretches::each(text, capitals, |part| {
            let super::stretches::Part::Stretch(from, to) = part else { return };
            n[0] += 1;
            n[1] += to - from;
            if depth >= 3 {
                let effort = if depth == 3 { super::tag::Effort::Quick } else { super::tag::Effort::Full };
                t.run(&model, text, from, to, effort, &[]);
            } else if depth > 0 {
                super::token::read(text, from, to, &mut t.tokens);
                if depth > 1 {
                    super::element::find(&t.tokens, &mut t.elements);
                }
            }
            n[2] += t.tokens.len();
            n[3] += t.elements.len();
        });
        n
    }

    /// What the lexicon knows of a word.
    #[must_use]
    pub fn traits_of(text: &str) -> Traits {
        super::lexicon::traits(word(text))
    }

    /// Mentions found with another model than the embedded.
    #[must_use]
    pub fn find_with(model: &Model<'_>, text: &str, least: i32) -> Vec<super::Found> {
        let mut out = Vec::new();
        super::find::stretch(
            &mut super::tag::Tagger::default(),
            model,
            text,
            (0, text.len()),
            super::tag::Effort::Full,
            &[],
            least,
            &mut out,
        );
        out
    }
}

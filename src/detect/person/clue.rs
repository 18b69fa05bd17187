//! Why a mention is believed to be a person, in reasons a reader can follow. Holds no text.

use super::find::Near;
use super::invert;
use super::lexicon::{List, Traits};
use super::token::{Mode, Shape};

/// How well known a name is in Sweden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commonness {
    /// Borne by ten thousand people or more.
    Common,
    /// Borne by hundreds or thousands.
    Known,
    /// Borne by few, or only known from abroad.
    Rare,
}

/// One reason to believe that a mention is a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clue {
    /// Holds a given name.
    GivenName(Commonness),
    /// Holds a surname.
    Surname(Commonness),
    /// Ends as Swedish surnames do: `-sson`, `-qvist`.
    SurnameEnding,
    /// A title, an occupation or a kinship word before it.
    Title,
    /// A verb of saying or doing beside it.
    SpeechVerb,
    /// `heter`, `mvh`, `foto` before it.
    Cue,
    /// Initials in it: `J. Berg`.
    Initials,
    /// Surname first: `Berg, Anna`.
    Inverted,
    /// Written in lower case.
    LowerCase,
    /// The same name stands elsewhere in the text as a person's.
    Memory,
    /// The words around are like those around people's names.
    Model,
}

/// At most eight clues, without a heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clues {
    list: [Clue; 8],
    len: u8,
}

impl Default for Clues {
    fn default() -> Self {
        Self { list: [Clue::Model; 8], len: 0 }
    }
}

impl Clues {
    /// Adds a clue once; a ninth is dropped.
    pub fn push(&mut self, clue: Clue) {
        if !self.contains(&clue)
            && let Some(slot) = self.list.get_mut(usize::from(self.len))
        {
            *slot = clue;
            self.len += 1;
        }
    }
}

impl std::ops::Deref for Clues {
    type Target = [Clue];
    fn deref(&self) -> &[Clue] {
        &self.list[..usize::from(self.len).min(8)]
    }
}

/// The commonness of a given name.
const fn given(w: Traits) -> Option<Commonness> {
    match w.given() {
        0 => None,
        1..=3 => Some(Commonness::Rare),
        4..=5 => Some(Commonness::Known),
        _ => Some(Commonness::Common),
    }
}

/// The commonness of a surname.
const fn surname(w: Traits) -> Option<Commonness> {
    match w.surname() {
        0 => None,
        1..=3 => Some(Commonness::Rare),
        4..=5 => Some(Commonness::Known),
        _ => Some(Commonness::Common),
    }
}

/// The clues of a pair known from the lexicon alone.
pub(crate) fn pair(g: Traits, s: Traits) -> Clues {
    let mut out = Clues::default();
    if let Some(c) = given(g) {
        out.push(Clue::GivenName(c));
    }
    out.push(surname(s).map_or(Clue::SurnameEnding, Clue::Surname));
    out
}

/// The clues of a mention from its words and their neighbours.
pub(crate) fn of(text: &str, near: &Near<'_>, inverted: bool) -> Clues {
    let mut out = Clues::default();
    let tokens = near.tokens;
    let words = &tokens[near.first..=near.last];
    let (one, last) = (words.len() == 1, words.len() - 1);
    for (i, t) in words.iter().enumerate() {
        let is_given = if inverted { i == last } else { i < last || (one && t.traits.given() >= t.traits.surname()) };
        if t.shape == Shape::Initial {
            out.push(Clue::Initials);
        } else if is_given && let Some(c) = given(t.traits) {
            out.push(Clue::GivenName(c));
        } else if !is_given && let Some(c) = surname(t.traits) {
            out.push(Clue::Surname(c));
        } else if invert::surname_ending(t.text(text)) {
            out.push(Clue::SurnameEnding);
        }
    }
    if inverted {
        out.push(Clue::Inverted);
    }
    let around = |i: Option<usize>| i.and_then(|i| tokens.get(i)).map_or(Traits(0), |t| t.traits);
    let before = if words[0].first { Traits(0) } else { around(near.first.checked_sub(1)) };
    let after = tokens.get(near.last + 1).filter(|t| !t.first).map_or(Traits(0), |t| t.traits);
    if before.any(List::Title as u32 | List::Kin as u32 | List::Role as u32) || after.any(List::Title as u32 | List::Role as u32) {
        out.push(Clue::Title);
    }
    if before.is(List::Speech) || after.is(List::Speech) {
        out.push(Clue::SpeechVerb);
    }
    if before.is(List::Cue) {
        out.push(Clue::Cue);
    }
    if words[0].shape == Shape::Lower || words[0].mode == Mode::Lower {
        out.push(Clue::LowerCase);
    }
    if out.len() < 8 {
        out.push(Clue::Model);
    }
    out
}

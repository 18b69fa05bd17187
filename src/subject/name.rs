//! The name that is asked for, and what each word of a text can be of it.

use super::likeness::{Likeness, NameWord, is_joint};
use super::words::{Element, elements};
use crate::detect::names::is_given_name;

/// A name in its parts.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Given names and nicknames in quotes; the first is the one the person goes by, or `called` is.
    given: Vec<NameWord>,
    /// Surnames; the last is the main one. Empty: only a given name is known.
    surname: Vec<NameWord>,
    /// Letters that words of the name may start with.
    starts: Vec<char>,
}

/// What a word of a text can be of the name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Label {
    pub(super) given: Option<Likeness>,
    pub(super) surname: Option<Likeness>,
    /// Bytes of a genitive at its end.
    pub(super) cut: u8,
    /// A capital letter that starts a given name.
    pub(super) given_initial: bool,
    /// A capital letter that starts a surname.
    pub(super) surname_initial: bool,
}

impl Label {
    pub(super) const fn is_name(self) -> bool {
        self.given.is_some() || self.surname.is_some()
    }

    pub(super) const fn is_any(self) -> bool {
        self.is_name() || self.given_initial || self.surname_initial
    }
}

impl Name {
    /// Takes a name apart: `Anna-Karin von Ek`, `Ek, Anna`, `Thomas "Totte" Glad`. `None` where there is no letter.
    pub(super) fn new(written: &str) -> Option<Self> {
        let (family, rest) = written.split_once(',').map_or(("", written), |(family, rest)| (family, rest));
        let words = |text: &str| -> Vec<String> {
            let all = elements(text, 0, text.len());
            let inside = |i: usize, e: &Element<'_>| e.is_particle() && i + 1 < all.len();
            all.iter().enumerate().filter(|(i, e)| !inside(*i, e)).map(|(_, e)| e.text.to_owned()).collect()
        };
        let (mut given, mut surname) = (words(rest), words(family));
        if surname.is_empty() && given.len() > 1 {
            surname.extend(given.pop());
            // A word in the middle may be either, unless it is well known as a given name: `Ifrah Abdi Jama`.
            let middle: Vec<String> = given.iter().skip(1).filter(|w| !is_given_name(w)).cloned().collect();
            surname.splice(0..0, middle);
        }
        if given.is_empty() {
            given.append(&mut surname);
        }
        let of = |words: &[String]| -> Vec<NameWord> { words.iter().map(|w| NameWord::new(w)).collect() };
        let (given, surname) = (of(&given), of(&surname));
        let starts = given.iter().chain(&surname).flat_map(|w| w.starts().collect::<Vec<_>>()).collect();
        (!given.is_empty()).then_some(Self { given, surname, starts })
    }

    pub(super) const fn has_surname(&self) -> bool {
        !self.surname.is_empty()
    }

    /// What `element` can be of the name.
    pub(super) fn label(&self, element: &Element<'_>) -> Label {
        let Some(first) = element.text.chars().next() else { return Label::default() };
        if !first.to_lowercase().any(|c| self.starts.contains(&c)) && first.is_ascii() {
            return Label::default();
        }
        let plain = element.plain();
        if self.is_initials(element, &plain) {
            let is = |words: &[NameWord]| words.iter().any(|w| plain.chars().all(|c| w.initials().any(|i| i == c)));
            let together = || self.given.iter().flat_map(NameWord::initials).zip(plain.chars()).all(|(a, b)| a == b);
            let given_initial = is(&self.given) || plain.len() > 1 && together();
            return Label { given_initial, surname_initial: plain.len() == 1 && is(&self.surname), ..Label::default() };
        }
        let best = |words: &[NameWord]| words.iter().filter_map(|w| w.like(&plain)).min();
        let given = best(&self.given).filter(|(how, _)| *how != Likeness::Letter || !is_given_name(element.text));
        let surname = best(&self.surname);
        // Where it can be both, the likelier reading alone counts.
        let given = given.filter(|g| surname.is_none_or(|s| g.0 <= s.0));
        let surname = surname.filter(|s| given.is_none_or(|g| s.0 <= g.0));
        let cut = given.or(surname).map_or(0, |(_, cut)| cut);
        Label { given: given.map(|g| g.0), surname: surname.map(|s| s.0), cut, ..Label::default() }
    }

    /// Capitals that may be initials: `A`, `AK`, `A-K`.
    fn is_initials(&self, element: &Element<'_>, plain: &str) -> bool {
        element.text.split(is_joint).all(|part| part.len() <= 2 && part.chars().count() <= 2)
            && element.text.chars().all(|c| c.is_uppercase() || is_joint(c))
            && !self.given.iter().chain(&self.surname).any(|w| w.plain() == plain)
    }

    /// Whether `text` may be a pet form of the first given name.
    pub(super) fn may_be_called(&self, text: &str) -> bool {
        self.given.first().is_some_and(|w| w.may_be_called(text))
    }

    /// The plain given names and surnames, for what is written together: an e-mail address, a handle.
    pub(super) fn plain(&self) -> (impl Iterator<Item = &str>, impl Iterator<Item = &str>) {
        (self.given.iter().map(NameWord::plain), self.surname.iter().map(NameWord::plain))
    }
}

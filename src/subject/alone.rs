//! The first name or the surname alone, in a text that names the person in full.

use super::How;
use super::likeness::Likeness;
use super::name::{Label, Name};
use super::whole::Run;
use super::words::{Element, Gap};
use crate::detect::names::{is_given_name, is_namesake, is_ordinary};

/// How far from the whole name a part of it is still taken for it, in bytes.
const REACH: usize = 50_000;

/// Somebody in the text as the name finder read it: words `first..end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub(super) first: usize,
    pub(super) end: usize,
}

/// What is known of a text before its lone names are looked at.
#[derive(Debug)]
pub(super) struct Scene<'s, 't> {
    pub(super) elements: &'s [Element<'t>],
    pub(super) labels: &'s [Label],
    /// Where the person is named whole.
    pub(super) wholes: &'s [Run],
    /// The people the name finder saw.
    pub(super) people: &'s [Person],
    /// Whether something else in the text leads to the person: a number, an address.
    pub(super) is_known: bool,
}

/// Lone parts of the name, in order.
pub(super) fn parts(scene: &Scene<'_, '_>, name: &Name) -> Vec<(Run, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < scene.elements.len() {
        let taken = scene.wholes.iter().find(|r| (r.first..r.end).contains(&at));
        if let Some(run) = taken {
            at = run.end;
            continue;
        }
        let Some(run) = scene.part_at(at, name) else {
            at += 1;
            continue;
        };
        at = run.end;
        if scene.is_near(run.first)
            && scene.is_believable(&run)
            && let Some(sure) = scene.whose(&run)
        {
            found.push((run, sure));
        }
    }
    found
}

impl Scene<'_, '_> {
    fn part_at(&self, at: usize, name: &Name) -> Option<Run> {
        let near = |how: Option<Likeness>| how.is_some_and(|h| h <= Likeness::Sound);
        let label = self.labels[at];
        let is = |l: Label, given: bool| near(if given { l.given } else { l.surname });
        for (given, how) in [(true, How::Given), (false, How::Surname)] {
            if is(label, given) {
                let mut end = at + 1;
                while end < self.elements.len() && is(self.labels[end], given) && self.elements[end].gap == Gap::Blank {
                    end += 1;
                }
                let how = if given && label.given == Some(Likeness::Nickname) { How::Nickname } else { how };
                return Some(Run { first: at, end, how });
            }
        }
        // A pet form that no list has, where the name finder sees a person of one word whom nobody else explains.
        let element = &self.elements[at];
        let alone = self.people.iter().any(|p| p.first == at && p.end == at + 1);
        if !(alone && element.capital && !self.labels[at].is_any()) {
            return None;
        }
        let plain = element.plain();
        (name.may_be_called(&plain) && !is_given_name_in_full(element.text)).then_some(Run { first: at, end: at + 1, how: How::Nickname })
    }

    /// Whether the whole name stands within reach, or who is meant is known anyhow.
    fn is_near(&self, at: usize) -> bool {
        let here = self.elements[at].start;
        self.is_known || self.wholes.iter().any(|r| self.elements[r.first].start.abs_diff(here) < REACH)
    }

    /// Whether the words name a person at all, and nobody else.
    fn is_believable(&self, run: &Run) -> bool {
        let first = &self.elements[run.first];
        let is_genitive = self.labels[run.end - 1].cut > 0;
        if is_genitive && self.elements.get(run.end).is_some_and(|e| e.gap == Gap::Blank && is_namesake(e.text)) {
            return false;
        }
        if !first.capital && !self.is_written_small() && (run.how == How::Surname || is_ordinary(first.text)) {
            return false;
        }
        // A lone word that the thorough name finder takes for no person is a street, a firm, a boat.
        let seen = self.people.iter().find(|p| p.first < run.end && run.first < p.end);
        seen.is_some_and(|person| self.is_of(person, run))
    }

    /// Whether all that the name finder took for one name is of this name too. What stands beyond a comma may be the next
    /// name of a list.
    fn is_of(&self, person: &Person, run: &Run) -> bool {
        let comma = |i: usize| i > person.first && self.elements[i].gap == Gap::Comma;
        let from = (person.first..=run.first).rev().find(|i| comma(*i)).unwrap_or(person.first);
        let to = (run.end..person.end).find(|i| comma(*i)).unwrap_or(person.end);
        let fits = |i: usize| (run.first..run.end).contains(&i) || self.labels[i].is_any() || self.elements[i].is_particle();
        if !(from..to).all(fits) {
            return false;
        }
        let rest = || (person.first..from).chain(to..person.end);
        let is_known = |i: usize| {
            let plain = self.elements[i].plain();
            let bears =
                |p: &Person| p.end - p.first > 1 && p.first != person.first && (p.first..p.end).any(|k| self.elements[k].plain() == plain);
            self.people.iter().any(bears)
        };
        rest().all(|i| self.labels[i].is_any()) || rest().count() > 1 || rest().any(is_known)
    }

    /// Whether the text writes the whole name small.
    fn is_written_small(&self) -> bool {
        self.wholes.iter().any(|r| !self.elements[r.first].capital)
    }

    /// Whether the part is this person's: surely (nobody else in the text bears it), maybe (somebody else does), or not.
    fn whose(&self, run: &Run) -> Option<bool> {
        let plain = self.elements[run.first].plain();
        let stem = |p: &str| p.strip_suffix('s').map_or_else(|| p.to_owned(), str::to_owned);
        let ours = |p: &Person| self.wholes.iter().any(|r| r.first < p.end && p.first < r.end);
        let bears =
            |p: &&Person| p.end - p.first > 1 && !ours(p) && (p.first..p.end).any(|i| stem(&self.elements[i].plain()) == stem(&plain));
        let others: Vec<usize> = self.people.iter().filter(bears).map(|p| p.first).collect();
        if others.is_empty() {
            return Some(true);
        }
        // Of several who bear it, the one named first is whom the text is about, and the one named last whom it just spoke of.
        let own = || self.wholes.iter().map(|r| r.first);
        let is_first = own().min() < others.iter().copied().min();
        let last = |all: &mut dyn Iterator<Item = usize>| all.filter(|at| *at < run.first).max();
        let is_last = last(&mut own()) > last(&mut others.iter().copied());
        (is_first || is_last).then_some(false)
    }
}

/// Whether a word is a given name that many bear, and so hardly a pet form of another.
fn is_given_name_in_full(word: &str) -> bool {
    is_given_name(word) && !word.ends_with("an")
}

//! The name in full: given name and surname together in any order, with initials, or with the surname shared.

use super::How;
use super::likeness::Likeness;
use super::name::{Label, Name};
use super::words::{Element, Gap};

/// A stretch of elements that names the person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// The first element.
    pub(super) first: usize,
    /// One past the last.
    pub(super) end: usize,
    pub(super) how: How,
}

/// Most words of a name in running text.
const MOST: usize = 8;

/// All places where the name stands whole, in order.
pub(super) fn runs(elements: &[Element<'_>], labels: &[Label], name: &Name) -> Vec<Run> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < elements.len() {
        let Some(run) = labels[at].is_any().then(|| run_at(elements, labels, at, name)).flatten() else {
            at += 1;
            continue;
        };
        at = run.end;
        all.push(run);
    }
    // One half of a double name is the person only where nobody else bears the other: Jan-Eric Ek and Jan Ek are two.
    if all.iter().any(|r| r.how != How::Half) {
        all.retain(|r| r.how != How::Half);
    }
    all
}

fn run_at(elements: &[Element<'_>], labels: &[Label], first: usize, name: &Name) -> Option<Run> {
    let mut end = first + 1;
    let mut inverted = false;
    while end < elements.len() && end - first < MOST {
        let (element, label) = (&elements[end], labels[end]);
        match element.gap {
            Gap::Comma if !inverted && all(&labels[first..end], |l| l.surname.is_some()) && starts_given(label) => inverted = true,
            Gap::Blank | Gap::Quote if label.is_any() || is_inside(elements, labels, first, end) => {}
            Gap::Dot if label.is_any() && elements[end - 1].is_abbreviated() => {}
            // A line is broken inside a name, but names of a list are not one name.
            Gap::Line if label.surname.is_some() && labels[end - 1].given.is_some() && elements[end].capital => {}
            _ => break,
        }
        end += 1;
    }
    while end > first + 1 && !labels[end - 1].is_any() {
        end -= 1;
    }
    let is_backwards = inverted || labels[first].surname.is_some() && labels[first].given.is_none() && end > first + 1;
    if is_backwards && (is_glued_before(elements, first) || is_glued_after(elements, labels, end)) {
        return None;
    }
    if !name.has_surname() {
        let is_same = labels[first].given.is_some_and(|g| g <= Likeness::Sound);
        return (is_same && !is_glued_after(elements, labels, end)).then_some(Run { first, end, how: How::Given });
    }
    let how = how(elements, &labels[first..end], first)?;
    Some(Run { first, end, how })
}

/// Whether element `end` is a word inside the name that was not asked for: a particle, a middle name, a nickname in quotes.
fn is_inside(elements: &[Element<'_>], labels: &[Label], first: usize, end: usize) -> bool {
    let has_given = labels[first..end].iter().any(|l| l.given.is_some() || l.given_initial);
    let ahead =
        |n: usize| elements.get(end + n).is_some_and(|e| matches!(e.gap, Gap::Blank | Gap::Quote) && labels[end + n].surname.is_some());
    let particle = elements[end].is_particle();
    let next_particle = elements.get(end + 1).is_some_and(Element::is_particle);
    has_given && (particle && (ahead(1) || next_particle && ahead(2)) || elements[end].capital && (ahead(1) || next_particle && ahead(2)))
}

fn all(labels: &[Label], is: impl Fn(&Label) -> bool) -> bool {
    labels.iter().all(is)
}

fn starts_given(label: Label) -> bool {
    label.given.is_some() || label.given_initial
}

/// Whether a capitalised word that is no part of the name stands right before: the name of somebody else goes on here.
pub(super) fn is_glued_before(elements: &[Element<'_>], first: usize) -> bool {
    let Some(before) = first.checked_sub(1).map(|b| &elements[b]) else { return false };
    elements[first].gap == Gap::Blank && before.capital && before.text.chars().count() > 1
}

/// The same for the word after.
pub(super) fn is_glued_after(elements: &[Element<'_>], labels: &[Label], end: usize) -> bool {
    elements.get(end).is_some_and(|e| e.gap == Gap::Blank && (e.capital || e.is_particle()) && !labels[end].is_any())
}

/// What the elements of a run amount to; `None`: not to the whole name.
fn how(elements: &[Element<'_>], labels: &[Label], first: usize) -> Option<How> {
    let given = labels.iter().filter_map(|l| l.given).min();
    let surname = labels.iter().filter_map(|l| l.surname).min();
    // One word that is like both a given name and a surname is not two.
    let named = labels.iter().filter(|l| l.is_name()).count();
    match (given, surname) {
        (Some(_), Some(_)) if named < 2 => None,
        (Some(Likeness::Letter), Some(s)) => (s <= Likeness::Sound).then_some(How::Letter),
        (Some(g), Some(Likeness::Letter)) => (g <= Likeness::Sound).then_some(How::Letter),
        (Some(Likeness::Part), Some(s)) => (s <= Likeness::Sound).then_some(How::Half),
        (Some(g), Some(Likeness::Part)) => (g == Likeness::Same).then_some(How::Half),
        (Some(Likeness::Nickname), Some(_)) => Some(How::Nickname),
        (Some(Likeness::Same), Some(Likeness::Same)) => Some(How::Full),
        (Some(_), Some(_)) => Some(How::Spelling),
        (None, Some(s)) => {
            let is = labels.iter().any(|l| l.given_initial) && s <= Likeness::Sound;
            is.then_some(How::Initials)
        }
        (Some(g), None) => {
            let last = labels.len() - 1;
            let is = labels[last].surname_initial && last > 0 && g <= Likeness::Sound && elements[first + last].gap == Gap::Blank;
            is.then_some(How::Initials)
        }
        (None, None) => None,
    }
}

/// Given names that share their surname with the next: `Karin och Olle Nyman`, `Karin, Olle och Pelle Nyman`.
pub(super) fn shared(elements: &[Element<'_>], labels: &[Label]) -> Vec<Run> {
    let mut found = Vec::new();
    for at in 0..elements.len() {
        if labels[at].given.is_none_or(|g| g > Likeness::Sound) || is_glued_before(elements, at) {
            continue;
        }
        let mut next = at + 1;
        let mut joined = false;
        while next < elements.len() && next - at < MOST {
            let e = &elements[next];
            let fits = match e.gap {
                Gap::Blank if e.is_and() => {
                    joined = true;
                    true
                }
                Gap::And => {
                    joined = true;
                    e.capital
                }
                Gap::Blank if labels[next].surname.is_some_and(|s| s <= Likeness::Sound) && joined => {
                    let own = elements[next - 1].capital && next > at + 2 || elements[next].gap == Gap::And;
                    if own && !elements[next - 1].is_and() {
                        found.push(Run { first: at, end: at + 1, how: How::Shared });
                    }
                    break;
                }
                Gap::Comma => e.capital && !joined,
                Gap::Blank => e.capital && elements[next - 1].is_and(),
                _ => false,
            };
            if !fits {
                break;
            }
            next += 1;
        }
    }
    found
}

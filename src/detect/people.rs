//! From the name finder's mentions to entities.

use std::ops::Range;

use super::names::{is_given_name, is_surname};
use super::person::{self, Thoroughness};
use super::{Entity, EvidenceList, Kind, Passage, Reason, Sensitivity};
use crate::text::Span;

/// From this margin on the words around leave little doubt, in the model's parts of a nat.
const CLEAR: i32 = 48;

/// Adds the people named in the text. `capitals` are the starts of its capitalised words.
pub(super) fn detect(capitals: &[u32], passage: &Passage<'_>, out: &mut Vec<Entity>) {
    let thoroughness = match passage.sensitivity {
        Sensitivity::Normal => Thoroughness::Normal,
        Sensitivity::High => Thoroughness::High,
    };
    let first = out.len();
    for found in person::find(passage.text, capitals, thoroughness) {
        let mut evidence = EvidenceList::from([Reason::Model]);
        if found.full {
            evidence.push(Reason::GivenName);
            evidence.push(Reason::Surname);
        }
        if found.margin >= CLEAR {
            evidence.push(Reason::Clear);
        } else if found.margin < 0 {
            evidence.push(Reason::Ambiguous);
        }
        let mut start = found.start as usize;
        let end = found.end as usize;
        if let Some(comma) = two_names(&passage.text[start..end]) {
            out.push(Entity::new(Kind::Person, start, start + comma, evidence.clone()));
            start += comma + 2;
        }
        out.push(Entity::new(Kind::Person, start, end, evidence));
    }
    join_over_lines(passage.text, first, out);
    join_initials(passage.text, first, out);
    run_together(capitals, passage.text, first, out);
}

/// Adds full names without a blank between them: `#AnnaLindqvist`, `Anna_Lindqvist`.
fn run_together(capitals: &[u32], text: &str, first: usize, out: &mut Vec<Entity>) {
    let bytes = text.as_bytes();
    let found = out.len();
    for &start in capitals {
        let start = start as usize;
        // Most words have no capital and no line inside.
        let letters = bytes[start + 1..].iter().take_while(|b| b.is_ascii_lowercase() || **b >= 0x80).count();
        let at = start + 1 + letters;
        let joint = usize::from(bytes.get(at) == Some(&b'_'));
        if letters < 2 || !bytes.get(at + joint).is_some_and(u8::is_ascii_uppercase) {
            continue;
        }
        let second = at + joint;
        let end = second + text[second..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - second);
        let (given, surname) = (&text[start..at], &text[second..end]);
        let goes_on = text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '('))
            || text[..start].ends_with(['_', '.', '/', '@']);
        let known = is_given_name(given) && is_surname(surname) && surname.chars().skip(1).all(char::is_lowercase);
        let range = start..end;
        let overlaps = |e: &Entity| e.span.range().start < range.end && range.start < e.span.range().end;
        if known && !goes_on && !out[first..found].iter().any(overlaps) {
            out.push(Entity::new(Kind::Person, start, end, [Reason::GivenName, Reason::Surname, Reason::Form]));
        }
    }
    if out.len() > found {
        out[first..].sort_by_key(|e| e.span.start);
    }
}

/// Joins a surname that begins its line to the given name that ends the line above, where that line goes on in it.
fn join_over_lines(text: &str, first: usize, out: &mut Vec<Entity>) {
    let mut i = first;
    while i < out.len() {
        let range = out[i].span.range();
        if let Some(start) = given_name_above(text, range.start).filter(|_| is_lone_surname(&text[range.clone()])) {
            // The given name may have been found by itself.
            if i > first && out[i - 1].span.range() == (start.clone()) {
                out.remove(i - 1);
                i -= 1;
            }
            if i == first || out[i - 1].span.range().end <= start.start {
                out[i] = Entity { span: Span::new(offset(start.start), out[i].span.end), ..out[i].clone() };
            }
        }
        i += 1;
    }
}

fn is_lone_surname(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || c == '-') && is_surname(word) && !is_given_name(word)
}

/// The given name at the end of the line above the one that begins at byte `at`.
fn given_name_above(text: &str, at: usize) -> Option<Range<usize>> {
    let above = text[..at].trim_end_matches(['>', ' ', '\r']).strip_suffix('\n')?.trim_end_matches([' ', '\r']);
    if above.ends_with('\n') {
        return None;
    }
    let head = above.trim_end_matches(|c: char| c.is_alphabetic() || c == '-');
    let name = &above[head.len()..];
    let goes_on = head.ends_with(' ') && head.trim_end().ends_with(|c: char| c.is_lowercase() || c == ',');
    (goes_on && name.starts_with(char::is_uppercase) && is_given_name(name)).then_some(head.len()..above.len())
}

#[expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]
const fn offset(at: usize) -> u32 {
    at as u32
}

/// Where the comma is if a mention is two names of a list: what stands before the comma of `Berg, Anna`, `Ek Lund, Anna`
/// and `von Dell, Anna` begins as no given name, and after it stand given names alone.
fn two_names(mention: &str) -> Option<usize> {
    let (family, given) = mention.split_once(", ")?;
    let (first, _) = family.split_once(' ')?;
    let called = person::traits_of(first);
    let double = first.starts_with(char::is_lowercase) || called.given() < 4 || called.surname() > called.given();
    let alone = given.split(' ').skip(1).all(|w| w.ends_with('.') || person::traits_of(w).given() >= 4);
    (!(double && alone)).then_some(family.len())
}

/// Joins what a hyphen between initials parts: `K.-G. Berg`.
fn join_initials(text: &str, first: usize, out: &mut Vec<Entity>) {
    let mut i = first + 1;
    while i < out.len() {
        let (before, after) = (out[i - 1].span.range(), out[i].span.range());
        let initial = text[before.clone()].trim_end_matches('.').chars().count() == 1;
        if initial && text.get(before.end..after.start).is_some_and(|gap| matches!(gap, "-" | ".-")) {
            out[i] = Entity { span: Span::new(offset(before.start), offset(after.end)), ..out[i].clone() };
            out.remove(i - 1);
        } else {
            i += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverted_name_stays_whole() {
        for (mention, comma) in [
            ("Berg, Anna", None),
            ("Ahlgren Nyberg, Matilda", None),
            ("von Dell, Henning", None),
            ("Fors Lindahl, Anna Karin", None),
            ("Peter Norén, Ulf Lindroth", Some(12)),
            ("Åsa Ek, Ulf", Some(7)),
            ("Åsa Ek", None),
        ] {
            assert_eq!(two_names(mention), comma, "{mention}");
        }
    }
}

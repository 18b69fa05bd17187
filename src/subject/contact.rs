//! What else leads to the person: the identity number, telephone number or e-mail address that was given, and addresses
//! and handles made of the name.

use std::ops::Range;

use super::likeness::plain;
use super::name::Name;
use crate::detect::names::{is_given_name, is_surname};

/// Fewest digits of a number that is looked for.
const FEWEST: usize = 6;

/// The digits that identify a personnummer: the last ten, with or without the century.
pub(super) fn personnummer(written: &str) -> Option<String> {
    let digits = digits(written);
    match digits.len() {
        10 => Some(digits),
        12 => Some(digits[2..].to_owned()),
        _ => None,
    }
}

/// The digits of a telephone number as dialled in Sweden: `+46 (0)70-174 06 12` is `0701740612`.
pub(super) fn phone(written: &str) -> Option<String> {
    let digits = digits(written);
    let national = digits.strip_prefix("0046").or_else(|| digits.strip_prefix("46")).map(|rest| rest.trim_start_matches('0'));
    let digits = national.map_or_else(|| digits.clone(), |rest| format!("0{rest}"));
    (digits.len() >= FEWEST).then_some(digits)
}

fn digits(written: &str) -> String {
    written.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect()
}

/// A run of digits in a text, with single signs between them: where each digit stands.
struct Run {
    digits: String,
    /// Start of each digit, and at last the end of the last.
    at: Vec<usize>,
}

/// Runs of digits that may be one number, signs and up to three blanks between them.
fn runs(text: &str) -> impl Iterator<Item = Run> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut run = Run { digits: String::new(), at: Vec::new() };
        let (mut end, mut between) = (0, 0);
        while let Some(&(at, c)) = rest.peek() {
            if c.is_ascii_digit() {
                run.digits.push(c);
                run.at.push(at);
                end = at + 1;
                between = 0;
            } else if !run.digits.is_empty() {
                between += 1;
                let joins = matches!(c, ' ' | '\u{a0}' | '-' | '–' | '\u{2011}' | '(' | ')' | '/' | '.' | '+' | '\u{202f}');
                if !joins || between > 3 {
                    break;
                }
            }
            rest.next();
        }
        run.at.push(end);
        (!run.digits.is_empty()).then_some(run)
    })
}

/// Where `wanted` (from [`personnummer`] or [`phone`]) stands in `text`, however it is written.
pub(super) fn numbers(text: &str, personnummer: &[String], phones: &[String]) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    if personnummer.is_empty() && phones.is_empty() {
        return found;
    }
    for run in runs(text).filter(|r| r.digits.len() >= FEWEST) {
        for (wanted, is_phone) in personnummer.iter().map(|w| (w, false)).chain(phones.iter().map(|w| (w, true))) {
            let forms = if is_phone { dialled(wanted) } else { vec![wanted.clone()] };
            let Some((at, len)) = forms.iter().find_map(|f| run.digits.find(f.as_str()).map(|at| (at, f.len()))) else { continue };
            let century = !is_phone && at >= 2 && matches!(&run.digits[at - 2..at], "18" | "19" | "20");
            let from = if century { at - 2 } else { at };
            // Digits that go on without a sign between are of another number.
            let bound = |i: usize| i == 0 || i >= run.digits.len() || run.at[i] > run.at[i - 1] + 1;
            if bound(from) && bound(at + len) {
                let start = run.at[from];
                let start = if text[..start].ends_with('+') { start - 1 } else { start };
                found.push((start..run.at[at + len - 1] + 1, is_phone));
            }
        }
    }
    found
}

/// The ways to dial a number, the longest first: from abroad the first 0 is gone, or stands in brackets.
fn dialled(number: &str) -> Vec<String> {
    let rest = number.trim_start_matches('0');
    vec![format!("0046{rest}"), format!("46{number}"), format!("46{rest}"), number.to_owned()]
}

/// Whether an address or handle is made of the name: `anna.berg@…`, `@annaberg`, `bergan`; the words before the `@`.
pub(super) fn is_made_of(local: &str, name: &Name) -> bool {
    let local = bare(local);
    let (given, surname) = name.plain();
    let surname: Vec<String> = surname.map(bare).collect();
    given.map(bare).any(|g| {
        surname.iter().any(|s| g.len() > 1 && s.len() > 1 && (local.contains(&format!("{g}{s}")) || local.contains(&format!("{s}{g}"))))
    })
}

/// Whether a word of an address or handle is a word of the name, and none is another name: `anna@…`, `@berg.a`.
pub(super) fn holds_part(written: &str, local: &str, name: &Name) -> bool {
    let (given, surname) = name.plain();
    let words: Vec<String> = given.chain(surname).map(bare).filter(|w| w.len() > 2).collect();
    // A handle often has a word of fancy: `@botvid.malar`.
    let is_mail = !written.starts_with('@') && written.contains('@');
    let parts = || local.split(|c: char| !c.is_alphabetic()).filter(|p| p.len() > 2);
    let is_own = |part: &&str| words.contains(&bare(part));
    parts().any(|p| is_own(&p)) && !parts().any(|p| !is_own(&p) && (is_given_name(p) || is_surname(p) || is_mail))
}

/// Letters as they stand in addresses: no marks, no signs, no digits.
fn bare(text: &str) -> String {
    let letters = plain(text).replace(['å', 'ä'], "a").replace('ö', "o");
    letters.chars().filter(|c| c.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_however_written() {
        let pnr = [personnummer("19800102-2386").unwrap()];
        let phones = [phone("070-174 06 12").unwrap()];
        for (text, want) in [
            ("pnr 800102-2386.", Some((4..15, false))),
            ("198001022386", Some((0..12, false))),
            ("1980 01 02-2386", Some((0..15, false))),
            ("ring +46 (0)70-174 06 12 nu", Some((5..24, true))),
            ("0046701740612", Some((0..13, true))),
            ("0701740612", Some((0..10, true))),
            ("07017406123", None),
            ("58001022386", None),
            ("800102-2387", None),
        ] {
            let found = numbers(text, &pnr, &phones);
            assert_eq!(found.first().cloned(), want, "{text}");
        }
    }

    #[test]
    fn addresses_of_the_name_are_known() {
        let name = Name::new("Åsa Öst-Ek").unwrap();
        for (local, want) in [("asa.ostek", true), ("ost-ek.asa2", true), ("asa", false), ("info", false), ("asaostlund", false)] {
            assert_eq!(is_made_of(local, &name), want, "{local}");
        }
    }
}

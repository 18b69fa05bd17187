//! IBAN (ISO 13616): country, two check digits and the national number; 97 leaves a remainder of 1.

use smallvec::SmallVec;

use super::super::number::{Number, is_dash};
use super::super::{Attribute, Entity, Evidence, Kind, Passage, Reason};

/// Each country's letters and the length of its numbers in signs.
static LENGTHS: &str = include_str!("../../../rules/lexicons/iban.txt");

/// The IBAN whose check digits start the number: `SE45 5000 0000 0583 9825 7466`, in groups of any length.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let bytes = number.text.as_bytes();
    // `S E 3 5 …`: sign by sign.
    let apart = match &bytes[number.start().saturating_sub(4)..number.start()] {
        &[a, b' ', b, b' '] if number.len(0) == 1 && a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some([a, b]),
        _ => None,
    };
    let start = number.start().checked_sub(if apart.is_some() { 4 } else { 2 })?;
    let country = apart.as_ref().map_or(bytes.get(start..number.start())?, |country| &country[..]);
    if !country.iter().all(u8::is_ascii_alphabetic) || number.len(0) < 2 && apart.is_none() {
        return None;
    }
    // Inside a word, or after the hyphen of a longer id.
    let mut before = number.text[..start].chars().rev();
    match before.next() {
        Some(c) if c.is_alphanumeric() || c == '_' => return None,
        Some('-') if before.next().is_some_and(char::is_alphanumeric) => return None,
        _ => {}
    }
    let length = length_of(country)?;
    let mut signs: SmallVec<[u8; 36]> = SmallVec::new();
    let mut end = start;
    let mut blanks = 0;
    for (i, c) in number.text[start..].char_indices() {
        if c.is_ascii_alphanumeric() {
            signs.push(c.to_ascii_uppercase() as u8);
            end = start + i + 1;
            blanks = 0;
            if signs.len() == length {
                break;
            }
        } else if matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.') || is_dash(c) {
            blanks += 1;
            if blanks > 2 {
                return None;
            }
        } else {
            return None;
        }
    }
    if signs.len() < length || number.char_at(end).is_some_and(char::is_alphanumeric) || !is_valid(&signs) {
        return None;
    }
    let mut entity = Entity::new(Kind::Account, start, end, [Reason::Shape, Reason::Checksum, Reason::Form]).with(Attribute::Iban);
    if let Some((word, _)) = p.rules.words(Kind::Account, "iban").around(p.text, start..end).pro {
        entity.evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    Some(entity)
}

/// How many signs the country's numbers have.
fn length_of(country: &[u8]) -> Option<usize> {
    // Four signs and a line feed each: `SE24`.
    let entry = LENGTHS.as_bytes().chunks(5).find(|entry| entry[..2].eq_ignore_ascii_case(country))?;
    Some(usize::from(entry[2] - b'0') * 10 + usize::from(entry[3] - b'0'))
}

/// The check of ISO 7064, MOD 97-10: the first four signs moved last, letters as 10–35.
fn is_valid(signs: &[u8]) -> bool {
    let value = |sign: &u8| match sign {
        b'0'..=b'9' => u32::from(sign - b'0'),
        _ => u32::from(sign - b'A') + 10,
    };
    let (head, tail) = signs.split_at(4);
    let rest = tail.iter().chain(head).fold(0, |rest, sign| {
        let value = value(sign);
        (rest * if value > 9 { 100 } else { 10 } + value) % 97
    });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        assert!(is_valid(b"SE4550000000058398257466"));
        assert!(!is_valid(b"SE4650000000058398257466"));
        assert!(is_valid(b"GB82WEST12345698765432"));
    }

    #[test]
    fn lengths_are_the_countrys() {
        assert_eq!(length_of(b"SE"), Some(24));
        assert_eq!(length_of(b"no"), Some(15));
        assert_eq!(length_of(b"ZZ"), None);
        assert!(LENGTHS.split_ascii_whitespace().all(|entry| length_of(&entry.as_bytes()[..2]).map(|n| n.to_string()).as_deref() == entry.get(2..)));
    }
}

//! IBAN (ISO 13616): country, two check digits and the national number; 97 leaves a remainder of 1.

use super::super::number::Number;
use super::super::{Attribute, Entity, Kind, Passage, Reason};

/// Longest IBAN in signs.
const LONGEST: usize = 34;

/// The IBAN whose check digits start the number.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let bytes = number.text.as_bytes();
    let start = number.start().checked_sub(2)?;
    let country = bytes.get(start..number.start())?;
    if !country.iter().all(u8::is_ascii_alphabetic) || number.len(0) < 2 {
        return None;
    }
    if number.text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut signs = Vec::with_capacity(LONGEST);
    let mut end = start;
    for (i, c) in number.text[start..].char_indices().take(2 * LONGEST) {
        if c.is_ascii_alphanumeric() {
            signs.push(c.to_ascii_uppercase() as u8);
            end = start + i + 1;
            let length = format!("{}{}", char::from(signs[0]), char::from(*signs.get(1).unwrap_or(&b' ')));
            let name = format!("{length}{}", signs.len());
            if signs.len() >= 15 && p.rules.words(Kind::Account, "iban-lengths").is_listed(&name) {
                break;
            }
            if signs.len() >= LONGEST {
                return None;
            }
        } else if !matches!(c, ' ' | '\u{a0}' | '-') {
            return None;
        }
    }
    if signs.len() < 15 || number.char_at(end).is_some_and(char::is_alphanumeric) || !is_valid(&signs) {
        return None;
    }
    Some(Entity::new(Kind::Account, start, end, [Reason::Shape, Reason::Checksum, Reason::Form]).with(Attribute::Iban))
}

/// The check of ISO 7064, MOD 97-10: the first four signs moved last, letters as 10–35.
fn is_valid(signs: &[u8]) -> bool {
    let value = |sign: &u8| match sign {
        b'0'..=b'9' => u32::from(sign - b'0'),
        _ => u32::from(sign - b'A') + 10,
    };
    let rest = signs[4..].iter().chain(&signs[..4]).fold(0, |rest, sign| {
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
}

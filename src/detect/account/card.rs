//! Payment cards (ISO/IEC 7812-1): an issuer's range and length, and a check digit.

use super::super::number::{Joint, Number};
use super::super::validators::luhn;
use super::super::{Attribute, Entity, EvidenceList, Kind, Passage, Reason};
use super::hear;

/// The card number that starts the number: grouped as on the card, alone, or with a word for it.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let form = number.form();
    let groups = match *form.as_slice() {
        [4, 4, 4, 4, 3, ..] => 5,
        [4, 4, 4, 4, ..] | [4, 4, 4, 1, ..] => 4,
        [4, 6, 4 | 5, ..] => 3,
        [13..=19, ..] => 1,
        _ => return None,
    };
    if (1..groups).any(|i| !matches!(number.joint(i), Joint::Space | Joint::Hyphen | Joint::Dot) || number.joint(i) != number.joint(1)) {
        return None;
    }
    let digits = number.digits(0..groups);
    let end = number.groups[groups - 1].end;
    // A further group of four makes it an IBAN without its letters, or a row of a table.
    if !is_issued(&digits) || !luhn(&digits) || number.is_glued_after(end) || form.len() > groups && form[groups] >= 4 {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Checksum]);
    if groups > 1 {
        evidence.push(Reason::Form);
    } else if p.is_alone(number.start(), end) {
        evidence.push(Reason::Alone);
    }
    hear(&mut evidence, "card", number.start(), end, p);
    Some(Entity::new(Kind::Account, number.start(), end, evidence).with(Attribute::Card))
}

/// Whether an issuer gives out numbers that start so, of this length.
fn is_issued(digits: &[u8]) -> bool {
    if digits.len() < 13 {
        return false;
    }
    let first = digits[..4].iter().fold(0_u16, |n, &d| n * 10 + u16::from(d));
    match (first, digits.len()) {
        // Visa
        (4000..=4999, 13 | 16 | 19)
        // Mastercard
        | (5100..=5599 | 2221..=2720, 16)
        // American Express
        | (3400..=3499 | 3700..=3799, 15)
        // Diners Club
        | (3000..=3059 | 3095 | 3600..=3699 | 3800..=3999, 14)
        // JCB
        | (3528..=3589, 16)
        // Discover, UnionPay
        | (6011 | 6200..=6299 | 6440..=6599, 16..=19)
        // Maestro, Dankort
        | (5000..=5099 | 5600..=5899 | 6304 | 6390 | 6759..=6763, 13..=19) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_have_their_ranges_and_lengths() {
        let issued = |text: &str| is_issued(&text.bytes().map(|b| b - b'0').collect::<Vec<_>>());
        for number in ["4111111111111111", "4222222222222", "5555555555554444", "2223003122003222", "378282246310005", "30569309025904", "3530111333300000", "6011111111111117"] {
            assert!(issued(number), "{number}");
        }
        for number in ["411111111111111", "9111111111111111", "1234567812345678", "37828224631000"] {
            assert!(!issued(number), "{number}");
        }
    }
}

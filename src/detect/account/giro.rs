//! Bankgiro and plusgiro: short numbers with a check digit, told from other numbers by a word.

use super::super::number::{Joint, Number};
use super::super::validators::luhn;
use super::super::{Attribute, Entity, EvidenceList, Kind, Passage, Reason};
use super::hear;

/// The giro number that starts the number.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    bankgiro(number, p).or_else(|| plusgiro(number, p))
}

/// `123-4567`, `1234-5678`; glued only with a word.
fn bankgiro(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let groups = match *number.form().as_slice() {
        [3 | 4, 4] if matches!(number.joint(1), Joint::Hyphen | Joint::Space) => 2,
        [7 | 8] => 1,
        _ => return None,
    };
    let (start, end) = (number.start(), number.groups[groups - 1].end);
    if number.is_glued_after(end) || !luhn(&number.digits(0..groups)) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Checksum]);
    let named = hear(&mut evidence, "bankgiro", start, end, p);
    if !named && !(groups == 2 && number.joint(1) == Joint::Hyphen && p.is_alone(start, end)) {
        return None;
    }
    if !named {
        evidence.push(Reason::Alone);
    }
    Some(Entity::new(Kind::Account, start, end, evidence).with(Attribute::Bankgiro))
}

/// `12 34 56-7`: two to eight digits, the last after a hyphen; 90-accounts (`90 01 14-4`) are organisations'.
fn plusgiro(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let form = number.form();
    let last = form.len().checked_sub(1)?;
    let digits = number.digits(0..form.len());
    if last == 0 || form[last] != 1 || number.joint(last) != Joint::Hyphen || !(2..=8).contains(&digits.len()) {
        return None;
    }
    let (start, end) = (number.start(), number.groups[last].end);
    if (1..last).any(|i| number.joint(i) != Joint::Space) || number.is_glued_after(end) || !luhn(&digits) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Checksum]);
    if !hear(&mut evidence, "plusgiro", start, end, p) {
        return None;
    }
    let entity = Entity::new(Kind::Account, start, end, evidence).with(Attribute::Plusgiro);
    Some(if digits[..2] == [9, 0] && digits.len() == 7 { entity.with(Attribute::Organisation) } else { entity })
}

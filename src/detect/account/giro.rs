//! Bankgiro and plusgiro: short numbers with a check digit, told from other numbers by a word.

use super::super::number::{Joint, Number};
use super::super::validators::luhn;
use super::super::{Attribute, Entity, EvidenceList, Kind, Passage, Reason};
use super::hear;

/// The giro number that starts the number.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    bankgiro(number, p).or_else(|| plusgiro(number, p))
}

/// `123-4567`, `1234-5678`; glued only with a word and a right check digit.
fn bankgiro(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let dashed = matches!(number.joint(1), Joint::Hyphen | Joint::SpacedHyphen);
    let groups = match *number.form().as_slice() {
        [3 | 4, 4] if dashed || number.joint(1) == Joint::Space => 2,
        [7 | 8] => 1,
        _ => return None,
    };
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if groups == 2 && dashed {
        evidence.push(Reason::Form);
    }
    giro(number, groups, "bankgiro", evidence, p).map(|e| e.with(Attribute::Bankgiro))
}

/// `12 34 56-7`: two to eight digits, the last after a hyphen; 90-accounts (`90 01 14-4`) are organisations'.
fn plusgiro(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let form = number.form();
    let last = form.len().checked_sub(1)?;
    let digits = number.digits(0..form.len());
    if last == 0 || form[last] != 1 || number.joint(last) != Joint::Hyphen || !(2..=8).contains(&digits.len()) || (1..last).any(|i| !matches!(number.joint(i), Joint::Space | Joint::Dot)) {
        return None;
    }
    let evidence = EvidenceList::from([Reason::Shape, Reason::Form]);
    let entity = giro(number, form.len(), "plusgiro", evidence, p)?.with(Attribute::Plusgiro);
    Some(if digits[..2] == [9, 0] && digits.len() == 7 { entity.with(Attribute::Organisation) } else { entity })
}

/// A giro number of so many groups: with a word for it, or alone with a right check digit.
fn giro(number: &Number<'_>, groups: usize, sort: &str, mut evidence: EvidenceList, p: &Passage<'_>) -> Option<Entity> {
    let (start, end) = (number.start(), number.groups[groups - 1].end);
    if number.is_glued_after(end) {
        return None;
    }
    let right = luhn(&number.digits(0..groups));
    if right {
        evidence.push(Reason::Checksum);
    }
    // A mistyped number in the usual form, with its word before it, is still somebody's.
    let named = hear(&mut evidence, sort, start, end, p);
    let in_form = evidence.has(Reason::Form);
    let believed = if named { right || in_form } else { right && in_form && p.is_alone(start, end) };
    if !believed {
        return None;
    }
    if !named {
        evidence.push(Reason::Alone);
    }
    Some(Entity::new(Kind::Account, start, end, evidence))
}

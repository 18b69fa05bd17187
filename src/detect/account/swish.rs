//! Swish: organisations have numbers that start with 123 (or 90 for fundraising), people their mobile number.

use super::super::number::{Joint, Number};
use super::super::{Attribute, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// The Swish number that starts the number.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let form = number.form();
    let digits = number.digits(0..form.len().min(5));
    let mut groups = 0;
    let mut count = 0;
    while groups < form.len() && count < 10 && (groups == 0 || matches!(number.joint(groups), Joint::Space | Joint::Hyphen | Joint::SpacedHyphen | Joint::Dot)) {
        count += form[groups];
        groups += 1;
    }
    let (start, end) = (number.start(), number.groups[groups.max(1) - 1].end);
    let fundraising = digits.starts_with(&[9, 0]) && (6..=7).contains(&count);
    let organisation = digits.starts_with(&[1, 2, 3]) && count == 10;
    let mobile = digits.starts_with(&[0, 7]) && count == 10;
    if !(organisation || mobile || fundraising) || number.is_glued_after(end) {
        return None;
    }
    // The word comes before the number, seldom right after it: `070-… (Swish)`. A word for calls in between takes it back.
    let words = p.rules.words(Kind::Account, "swish");
    let call = p.rules.words(Kind::Account, "call").before(p.text, start).pro;
    let before = words.before(p.text, start).pro.filter(|(_, d)| call.is_none_or(|(_, other)| *d <= other));
    let (word, _) = before.or_else(|| words.after(p.text, end).pro.filter(|(_, d)| *d <= 1 && call.is_none()))?;
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Form]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    let entity = Entity::new(Kind::Account, start, end, evidence).with(Attribute::Swish);
    Some(if mobile { entity } else { entity.with(Attribute::Organisation) })
}

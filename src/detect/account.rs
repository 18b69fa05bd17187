//! Accounts: IBAN, bankgiro, plusgiro, clearing and account number, Swish, payment cards.

mod bank;
mod giro;
mod iban;
mod swish;

use super::number::Number;
use super::validators::luhn;
use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds account numbers.
#[derive(Debug)]
pub struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Account
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::AFTER_WORD)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        // The shortest: a plusgiro number of two digits; no kind of account is one short group.
        if number.groups.len() == 1 && number.len(0) < 7 {
            return;
        }
        if let Some(found) = iban::find(&number, p) {
            out.push(whose(found, p));
            return;
        }
        if number.is_glued_before() {
            return;
        }
        let found = card(&number, p).or_else(|| swish::find(&number, p)).or_else(|| giro::find(&number, p)).or_else(|| bank::find(&number, p));
        out.extend(found.map(|e| whose(e, p)));
    }
}

/// A payment card: issuer's range and length (ISO/IEC 7812-1), check digit, grouped as on the card or with a word.
fn card(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let form = number.form();
    let groups = match *form.as_slice() {
        [4, 4, 4, 4, ..] => 4,
        [4, 6, 5, ..] => 3,
        [15 | 16, ..] => 1,
        _ => return None,
    };
    let digits = number.digits(0..groups);
    let end = number.groups[groups - 1].end;
    let issuer = match (digits[0], digits[1], digits.len()) {
        (4, _, 16) | (5, 1..=5, 16) | (3, 4 | 7, 15) | (6, 0 | 4 | 5, 16) => true,
        (2, 2..=7, 16) => (2221..=2720).contains(&digits[..4].iter().fold(0_u16, |n, &d| n * 10 + u16::from(d))),
        _ => false,
    };
    // A fifth group of four makes it an IBAN without its letters, or a row of a table.
    if !issuer || !luhn(&digits) || number.is_glued_after(end) || form.len() > groups && form[groups] >= 4 {
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

/// Adds the word that speaks for one sort of account, and the one that speaks against any; whether there is one for.
fn hear(evidence: &mut EvidenceList, sort: &str, start: usize, end: usize, p: &Passage<'_>) -> bool {
    let cue = p.rules.words(Kind::Account, sort).around(p.text, start..end).pro;
    let against = p.rules.cues(Kind::Account).around(p.text, start..end).contra;
    let spoken = cue.filter(|(_, d)| against.is_none_or(|(_, other)| *d <= other));
    if let Some((word, _)) = spoken {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    } else if let Some((word, _)) = against {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    spoken.is_some()
}

/// Sets `organisation` where the words around name one as the owner.
fn whose(entity: Entity, p: &Passage<'_>) -> Entity {
    if entity.attributes.has(Attribute::Organisation) {
        return entity;
    }
    let range = entity.span.range();
    let around = |list| p.rules.words(Kind::Account, list).around(p.text, range.clone()).pro;
    let organisation = match (around("organisation"), around("private")) {
        (Some((_, o)), private) => private.is_none_or(|(_, d)| o <= d),
        // Few people have a giro number of their own.
        (None, private) => private.is_none() && (entity.attributes.has(Attribute::Bankgiro) || entity.attributes.has(Attribute::Plusgiro)),
    };
    if organisation { entity.with(Attribute::Organisation) } else { entity }
}

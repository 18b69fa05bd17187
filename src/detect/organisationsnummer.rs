//! Organisation numbers, so that they are not called personnummer; and the sole traders among them, whose number is one.
//!
//! Lag (1974:174): ten digits, the third at least 2, a check digit by the Luhn rule. The first digit tells the sort of
//! organisation; 16 in front makes twelve digits. A VAT number is SE, the ten digits and 01.

use super::number::{Joint, Number};
use super::personnummer::is_personnummer;
use super::validators::luhn;
use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds organisation numbers.
#[derive(Debug)]
pub struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Organisationsnummer
    }

    fn anchors(&self) -> At {
        At::LONG
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        if !matches!(number.len(0), 6 | 8 | 10 | 12) {
            return;
        }
        out.extend(vat(&number).or_else(|| plain(&number, p)));
    }
}

/// `556036-0793`, `165560360793`; glued only with a word for it or standing alone.
fn plain(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let dashed = matches!(number.joint(1), Joint::Hyphen | Joint::SpacedHyphen);
    let groups = match *number.form().as_slice() {
        [6 | 8, 4, ..] if dashed || number.joint(1) == Joint::Space => 2,
        [10 | 12, ..] => 1,
        _ => return None,
    };
    let digits = number.digits(0..groups);
    let ten = match *digits.as_slice() {
        [1, 6, ref rest @ ..] if rest.len() == 10 => rest,
        ref ten if ten.len() == 10 => ten,
        _ => return None,
    };
    let end = number.groups[groups - 1].end;
    // 0007 is the scheme of Swedish organisation numbers in ISO/IEC 6523, as e-invoices have it: `0007:5560360793`.
    let glued = number.is_glued_before() && !number.text[..number.start()].ends_with("0007:");
    if !is_organisation(ten) || glued || number.is_glued_after(end) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Checksum]);
    if groups == 2 && dashed {
        evidence.push(Reason::Form);
    }
    let cue = p.rules.cues(Kind::Organisationsnummer).around(p.text, number.start()..end);
    if let Some(word) = cue.speaks_for() {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    } else if p.is_alone(number.start(), end) {
        evidence.push(Reason::Alone);
    }
    if let Some(word) = cue.speaks_against() {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    Some(Entity::new(Kind::Organisationsnummer, number.start(), end, evidence))
}

/// `SE556036079301`, also with blanks or hyphens. A sole trader's holds a personnummer.
fn vat(number: &Number<'_>) -> Option<Entity> {
    let before = number.text[..number.start()].trim_end_matches([' ', '\u{a0}']);
    let prefix = before.len().checked_sub(2).and_then(|at| before.get(at..)).filter(|s| s.eq_ignore_ascii_case("SE"))?;
    let start = before.len() - prefix.len();
    if before[..start].chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let groups = match *number.form().as_slice() {
        [12, ..] => 1,
        [10, 2, ..] | [6, 6, ..] => 2,
        [6, 4, 2, ..] => 3,
        _ => return None,
    };
    let digits = number.digits(0..groups);
    let end = number.groups[groups - 1].end;
    let (ten, tail) = digits.split_at_checked(10)?;
    if tail != [0, 1] || number.is_glued_after(end) {
        return None;
    }
    let reasons = [Reason::Shape, Reason::Checksum, Reason::Form];
    if is_personnummer(ten) {
        let mut entity = Entity::new(Kind::Personnummer, start, end, reasons).with(Attribute::SoleTrader);
        entity.evidence.push(Reason::Date);
        return Some(entity);
    }
    is_organisation(ten).then(|| Entity::new(Kind::Organisationsnummer, start, end, reasons))
}

/// Whether ten digits are an organisation number.
pub(super) fn is_organisation(ten: &[u8]) -> bool {
    ten.len() == 10 && matches!(ten[0], 1 | 2 | 3 | 5..=9) && ten[2] >= 2 && luhn(ten)
}

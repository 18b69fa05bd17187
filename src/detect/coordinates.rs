//! Positions: latitude and longitude in degrees (ISO 6709 and looser), and the grids SWEREF 99 and RT 90.
//!
//! Only the Nordic countries: latitude 54–72, longitude 4–32 (WGS 84); northing 6 100 000–7 700 000 m with easting
//! 260 000–920 000 (SWEREF 99 TM), 50 000–250 000 (its zones) or 1 200 000–1 900 000 (RT 90).

mod parse;

use super::number::{Joint, Number};
use super::{Anchor, At, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};
use parse::{Axis, Sort, grid, number_start, pair};

/// Finds positions.
#[derive(Debug)]
pub(super) struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Coordinates
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::DEGREE).or(At::SIGN).or(At::AFTER_WORD)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        match at {
            Anchor::Number(number) => out.extend(metres(&number, p).or_else(|| degrees(&number, p))),
            // `@57.78,14.16` in a map's address.
            Anchor::Sign(at) => {
                let start = at + 1;
                if p.text.as_bytes().get(start).is_some_and(u8::is_ascii_digit) {
                    out.extend(position(p, start, &[Reason::Form]));
                }
            }
            Anchor::Slash(_) => {}
        }
    }
}

/// A latitude starts here, or this is its decimals: `57.78260`, `57,78260`, `57°46'57"`.
fn degrees(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let start = match number.len(0) {
        2 => number.start(),
        // The decimals after a comma are a number of their own.
        3..=8 if number.joint(0) == Joint::Comma || number.joint(0) == Joint::Dot => number_start(p.text, number.start())?,
        _ => return None,
    };
    position(p, start, &[])
}

/// A pair of degrees whose first digit is at `start`.
fn position(p: &Passage<'_>, start: usize, reasons: &[Reason]) -> Option<Entity> {
    let pair = pair(p.text, start)?;
    let mut evidence = EvidenceList::from([Reason::Shape]);
    for &reason in reasons {
        evidence.push(reason);
    }
    if pair.sort == Sort::Marked {
        evidence.push(Reason::Form);
    }
    if pair.decimals >= 4 {
        evidence.push(Reason::Table);
    }
    heard(p, pair.start, pair.end, &mut evidence);
    Some(Entity::new(Kind::Coordinates, pair.start, pair.end, evidence))
}

/// Northing and easting in metres.
fn metres(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    if !matches!(number.len(0), 1 | 5..=7) || !matches!(p.text.as_bytes()[number.start()], b'1'..=b'9') {
        return None;
    }
    let pair = grid(p.text, number.start())?;
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if pair.sort == Sort::Marked {
        evidence.push(Reason::Form);
    }
    heard(p, pair.start, pair.end, &mut evidence);
    let known = pair.sort == Sort::Marked || evidence.has(Reason::Cue);
    (known && pair.first == Axis::North || pair.sort == Sort::Marked).then(|| Entity::new(Kind::Coordinates, pair.start, pair.end, evidence))
}

fn heard(p: &Passage<'_>, start: usize, end: usize, evidence: &mut EvidenceList) {
    let heard = p.rules.cues(Kind::Coordinates).around(p.text, start..end);
    if let Some(word) = heard.speaks_for() {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    } else if let Some(word) = heard.speaks_against() {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
}

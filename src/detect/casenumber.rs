//! Diary, case and court numbers.
//!
//! An authority registers what it receives (OSL 5 kap. 1–2 §§); the number has a year and a serial number, often with the
//! committee's letters in front. Courts write the sort of case, a serial number and two digits of the year.

mod diary;
mod letters;

use super::number::{Joint, Number};
use super::{Anchor, At, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds case numbers.
#[derive(Debug)]
pub struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Casenumber
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::AFTER_WORD)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        out.extend(court(&number, p).or_else(|| diary::find(&number, p)).or_else(|| bare(&number, p)));
    }
}

/// `T 1234-26`, `Ö 3457-24`; `mål nr 1234-23` without letters.
fn court(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    if !(1..=5).contains(&number.len(0)) || number.len(1) != 2 || number.joint(1) != Joint::Hyphen {
        return None;
    }
    let end = number.groups[1].end;
    // Nothing decided before 1990 or after 2049 is written so; zeros stand for a number that is not told.
    if number.is_glued_after(end) || matches!(number.group(1).as_bytes()[0], b'5'..=b'8') || number.group(0).bytes().all(|b| b == b'0') {
        return None;
    }
    let letters = letters::before(number);
    let sort = letters.filter(|l| p.rules.words(Kind::Casenumber, "court-letters").is_listed(l.text));
    if letters.is_some() && sort.is_none() || sort.is_none() && number.is_glued_before() {
        return None;
    }
    let start = sort.map_or(number.start(), |l| l.start);
    let mut evidence = EvidenceList::from([Reason::Shape]);
    // `P 12-13` may be a team, `B 10-12` a room and a time; three figures or four are seldom either.
    let least = if sort.is_some_and(|l| p.rules.words(Kind::Casenumber, "court-letters-sure").is_listed(l.text)) { 3 } else { 4 };
    if sort.is_some_and(|l| l.blank) && number.len(0) >= least {
        evidence.push(Reason::Form);
    }
    let heard = p.rules.words(Kind::Casenumber, "court").before(p.text, start).pro;
    if let Some((word, _)) = heard.filter(|(word, d)| sort.is_some() || *d <= 2 && word.starts_with("mål")) {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    (evidence.has(Reason::Form) || evidence.has(Reason::Cue)).then(|| Entity::new(Kind::Casenumber, start, end, evidence))
}

/// `ärendenummer 482910`: figures alone, right after a word for them.
fn bare(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let first = number.groups[0];
    if !(5..=12).contains(&first.len()) || number.form().len() > 1 || number.is_glued_after(first.end) {
        return None;
    }
    let head = number.text[..first.start].trim_end_matches([' ', '\u{a0}', ':', '#']);
    let head = head.strip_suffix(" är").unwrap_or(head);
    let (word, _) = p.rules.words(Kind::Casenumber, "number").before(p.text, head.len()).pro.filter(|(_, d)| *d == 1)?;
    if head.ends_with(['.', '!', '?', ')']) && !head.ends_with("nr.") || number.char_before().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    Some(Entity::new(Kind::Casenumber, first.start, first.end, evidence))
}

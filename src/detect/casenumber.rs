//! Diary, case and court numbers.
//!
//! An authority registers what it receives (OSL 5 kap. 1–2 §§); the number has a year and a serial number, often with the
//! committee's letters in front. Courts write the sort of case, a serial number and two digits of the year.

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
        out.extend(court(&number, p).or_else(|| diary(&number, p)));
    }
}

/// `T 1234-26`, `Ö 3457-24`; `mål nr 1234-23` without letters.
fn court(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    if !(1..=5).contains(&number.len(0)) || number.len(1) != 2 || number.joint(1) != Joint::Hyphen {
        return None;
    }
    let end = number.groups[1].end;
    if number.is_glued_after(end) {
        return None;
    }
    let cues = p.rules.words(Kind::Casenumber, "court");
    let letters = letters_before(number);
    let sort = letters.filter(|l| p.rules.words(Kind::Casenumber, "court-letters").is_listed(l.text));
    if letters.is_some() && sort.is_none() || sort.is_none() && number.is_glued_before() {
        return None;
    }
    let start = sort.map_or(number.start(), |l| l.start);
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if sort.is_some_and(|_| number.len(0) >= 2) {
        evidence.push(Reason::Form);
    }
    if let Some((word, distance)) = cues.before(p.text, start).pro
        && (sort.is_some() || distance <= 2 && word.starts_with("mål"))
    {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    (evidence.has(Reason::Form) || evidence.has(Reason::Cue)).then(|| Entity::new(Kind::Casenumber, start, end, evidence))
}

/// `KS 2026/123`, `BUN-2026-00123`, `2026-IFO-0993`; bare `2026/123` and `2026:12` with a word for it.
fn diary(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let year = number.len(0) == 4 && matches!(number.text.as_bytes()[number.start()..number.start() + 2], [b'1', b'9'] | [b'2', b'0']);
    let sign = |j| matches!(j, Joint::Slash | Joint::Colon | Joint::Hyphen | Joint::Dot);
    let (end, plain) = if year && sign(number.joint(1)) && (1..=6).contains(&number.len(1)) {
        // A third group is a document's number in the case, unless the whole is a date.
        let more = number.len(1) > 2 && sign(number.joint(2)) && number.len(2) > 0;
        if number.len(1) <= 2 && number.joint(2) == number.joint(1) && number.joint(1) != Joint::Slash {
            return None;
        }
        (number.groups[if more { 2 } else { 1 }].end, true)
    } else if year {
        (lettered_tail(number)?, false)
    } else {
        (short_year(number).or_else(|| serial_first(number))?, true)
    };
    if number.is_glued_after(end) {
        return None;
    }
    let prefix = letters_before(number).filter(|_| plain);
    let cue = p.rules.cues(Kind::Casenumber).before(p.text, prefix.map_or(number.start(), |l| l.start));
    if prefix.is_none() && (number.is_glued_before() || cue.speaks_for().is_none() && plain) {
        return None;
    }
    if prefix.is_some_and(|l| p.rules.words(Kind::Casenumber, "not-letters").is_listed(l.text)) {
        return None;
    }
    let known = prefix.is_some_and(|l| p.rules.words(Kind::Casenumber, "committees").is_listed(l.text));
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if known && (year || number.len(0) == 2 && number.len(1) >= 2) {
        evidence.push(Reason::Form);
    }
    if prefix.is_some() && year && number.len(1) >= 2 {
        evidence.push(Reason::Table);
    }
    if let Some(word) = cue.speaks_for() {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    if let Some(word) = cue.speaks_against().filter(|_| !known) {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    Some(Entity::new(Kind::Casenumber, prefix.map_or(number.start(), |l| l.start), end, evidence))
}

/// `SN-22-1190`, `IFO 24-3391`, `AM-145221-23`, `INC-0048812`: letters, then a year of two digits, or none.
fn short_year(number: &Number<'_>) -> Option<usize> {
    letters_before(number)?;
    let sign = matches!(number.joint(1), Joint::Hyphen | Joint::Slash | Joint::Colon);
    match *number.form().as_slice() {
        [2, 2..=6] | [4..=6, 2] if sign => Some(number.groups[1].end),
        [5..=8] if number.char_before() == Some('-') => Some(number.groups[0].end),
        _ => None,
    }
}

/// `123/2026`, `3.5.1-22144/2024`, `5000-K98123-23`: the serial number first.
fn serial_first(number: &Number<'_>) -> Option<usize> {
    let form = number.form();
    if form.len() < 2 {
        // `5000-K98123-23`
        let rest = &number.text[number.groups[0].end..];
        let tail = rest.strip_prefix('-')?;
        let letter = tail.starts_with(|c: char| c.is_ascii_uppercase());
        let digits = tail.bytes().skip(1).take_while(u8::is_ascii_digit).count();
        let after = &tail.get(1 + digits..)?;
        let year = after.strip_prefix('-')?.bytes().take_while(u8::is_ascii_digit).count();
        return (letter && number.len(0) == 4 && digits >= 3 && year == 2).then(|| number.groups[0].end + 1 + 1 + digits + 1 + year);
    }
    let last = form.len() - 1;
    let ends_in_year = form[last] == 4 && matches!(number.group(last).as_bytes()[..2], [b'1', b'9'] | [b'2', b'0']);
    let slash = number.joint(last) == Joint::Slash || number.joint(last) == Joint::Hyphen;
    let inside = (1..last).all(|i| matches!(number.joint(i), Joint::Dot | Joint::Hyphen));
    (ends_in_year && slash && inside && form[last - 1] >= 1).then(|| number.groups[last].end)
}

/// `2026-IFO-0993`: letters between year and serial number.
fn lettered_tail(number: &Number<'_>) -> Option<usize> {
    let rest = &number.text[number.groups[0].end..];
    let tail = rest.strip_prefix(['-', '/'])?;
    let letters = tail.bytes().take_while(u8::is_ascii_uppercase).count();
    let serial = tail.get(letters..)?.strip_prefix(['-', '/', ' '])?;
    let digits = serial.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=5).contains(&letters) && digits >= 2).then(|| number.groups[0].end + 1 + letters + 1 + digits)
}

#[derive(Clone, Copy)]
struct Letters<'t> {
    start: usize,
    text: &'t str,
}

/// One to six capitals right before a number: `KS 2026`, `BUN-2026`, `TN/2021`, `T 1234`.
fn letters_before<'t>(number: &Number<'t>) -> Option<Letters<'t>> {
    let before = &number.text[..number.start()];
    let head = before.strip_suffix([' ', '\u{a0}', '-', '/', ':', '.']).unwrap_or(before);
    let start = head.char_indices().rev().take_while(|(_, c)| c.is_uppercase()).last()?.0;
    let text = &head[start..];
    let free = !head[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/'));
    (free && text.chars().count() <= 6).then_some(Letters { start, text })
}

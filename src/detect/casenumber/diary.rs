//! Diary numbers: a year and a serial number, with or without an authority's letters.

use super::super::number::{Joint, Number};
use super::super::{Entity, Evidence, EvidenceList, Kind, Passage, Reason};
use super::letters::{self, Letters};

/// Where the figures end, and what they were told by.
struct Figures {
    end: usize,
    /// A year of four figures comes first.
    year_first: bool,
    /// Letters may stand in front.
    plain: bool,
    /// The serial number can be a season's second year: `2025/26`.
    season: bool,
    /// The police's form, which nothing else has.
    police: bool,
}

/// `KS 2026/123`, `BUN-2026-00123`, `2026-IFO-0993`; bare `2026/123` and `2026:12` with a word for it.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let figures = figures(number)?;
    if number.is_glued_after(figures.end) {
        return None;
    }
    let listed = |list: &str, l: Letters<'_>| p.rules.words(Kind::Casenumber, list).is_listed(l.text);
    let prefix = letters::before(number).filter(|l| figures.plain && !listed("not-prefix", *l));
    // `(2018:218)` is how statutes are cited; with the glue, what most numbers are turned away by before any word is looked up.
    let cited = number.joint(1) == Joint::Colon && matches!(number.char_before(), Some('(' | '['));
    if prefix.is_none() && (cited || number.is_glued_before()) {
        return None;
    }
    let known = prefix.is_some_and(|l| listed("committees", l) || p.rules.words(Kind::Casenumber, "committees").is_listed(l.first));
    let start = prefix.map_or(number.start(), |l| l.start);
    let cue = p.rules.cues(Kind::Casenumber).before(p.text, start);
    let mut word = cue.speaks_for();
    if let Some(letters) = prefix {
        // Statutes, reports and precedents are published in series that look the same.
        let series = letters.text.len() > 2 && letters.text.ends_with("FS") || listed("not-letters", letters);
        // `Sam 211/2024`, `Ju2026/00123`: small letters only where they are known, or glued to the year.
        let glued = figures.year_first && start + letters.text.len() == number.start();
        let usual = letters.capitals || glued || known && word.is_some();
        if series || !usual {
            return None;
        }
        let named = || p.rules.words(Kind::Casenumber, "reference").before(p.text, start).pro.filter(|(_, d)| *d <= 2);
        word = word.or_else(|| figures.year_first.then(named)?.map(|(word, _)| word));
    } else if word.is_none() && !figures.police {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape]);
    let slash = number.joint(1) == Joint::Slash && number.len(1) >= 3 && !figures.season;
    if figures.police || known && (figures.year_first || number.len(1) >= 3) || prefix.is_some_and(|l| l.text.len() > 1) && figures.year_first && slash {
        evidence.push(Reason::Form);
    }
    if prefix.is_some() && figures.year_first && number.len(1) >= 2 && !figures.season {
        evidence.push(Reason::Table);
    }
    if let Some(word) = word {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    } else if let Some(word) = cue.speaks_against().filter(|_| !known) {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    Some(Entity::new(Kind::Casenumber, start, figures.end, evidence))
}

fn figures(number: &Number<'_>) -> Option<Figures> {
    let sign = |j| matches!(j, Joint::Slash | Joint::Colon | Joint::Hyphen | Joint::Dot);
    let year = is_year(number, 0);
    if !year {
        let other = short_year(number).or_else(|| serial_first(number));
        let end = other.or_else(|| police(number))?;
        return Some(Figures { end, year_first: false, plain: true, season: false, police: other.is_none() });
    }
    if !sign(number.joint(1)) || !(1..=6).contains(&number.len(1)) {
        return lettered_tail(number).map(|end| Figures { end, year_first: true, plain: false, season: false, police: false });
    }
    // A span of years.
    if is_year(number, 1) && number.joint(1) == Joint::Hyphen {
        return None;
    }
    let more = sign(number.joint(2)) && number.len(2) > 0;
    // `2026-03-15` is a day, `2026-03-0123` a number registered in a month, `2026/123-4` a document of a case.
    if more && number.len(1) <= 2 && number.joint(2) == number.joint(1) && number.joint(1) != Joint::Slash && number.len(2) <= 2 {
        return None;
    }
    let third = more && (number.len(1) > 2 || number.len(2) > 2);
    let next = number.group(0)[2..].parse::<u8>().map_or(0, |y| (y + 1) % 100);
    let season = number.len(1) == 2 && number.group(1).parse() == Ok(next);
    Some(Figures { end: number.groups[if third { 2 } else { 1 }].end, year_first: true, plain: true, season, police: false })
}

/// Whether a group is a year that registers of today hold.
fn is_year(number: &Number<'_>, group: usize) -> bool {
    number.len(group) == 4 && number.group(group).parse::<u16>().is_ok_and(|year| (1950..2050).contains(&year))
}

/// `SN-22-1190`, `IFO 24-3391`, `AM-145221-23`, `INC-0048812`: letters, then a year of two digits, or none.
fn short_year(number: &Number<'_>) -> Option<usize> {
    letters::before(number)?;
    let sign = matches!(number.joint(1), Joint::Hyphen | Joint::Slash | Joint::Colon);
    match *number.form().as_slice() {
        [2, 2..=6] | [4..=6, 2] if sign => Some(number.groups[1].end),
        [5..=8] if number.char_before() == Some('-') => Some(number.groups[0].end),
        _ => None,
    }
}

/// `123/2026`, `3.5.1-22144/2024`: the serial number first.
fn serial_first(number: &Number<'_>) -> Option<usize> {
    let form = number.form();
    let last = form.len().checked_sub(1).filter(|last| *last > 0)?;
    let sign = matches!(number.joint(last), Joint::Slash | Joint::Hyphen);
    let inside = (1..last).all(|i| matches!(number.joint(i), Joint::Dot | Joint::Hyphen));
    // Years on both sides are a span of time.
    (is_year(number, last) && sign && inside && !is_year(number, last - 1)).then(|| number.groups[last].end)
}

/// `5000-K98123-23`: the police's numbers, with the district first.
fn police(number: &Number<'_>) -> Option<usize> {
    let tail = number.text[number.groups[0].end..].strip_prefix('-')?;
    let letter = tail.starts_with(|c: char| c.is_ascii_uppercase());
    let digits = tail.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let year = tail.get(1 + digits..)?.strip_prefix('-')?.bytes().take_while(u8::is_ascii_digit).count();
    (letter && number.len(0) == 4 && digits >= 3 && year == 2).then(|| number.groups[0].end + 1 + 1 + digits + 1 + year)
}

/// `2026-IFO-0993`: letters between year and serial number.
fn lettered_tail(number: &Number<'_>) -> Option<usize> {
    let tail = number.text[number.groups[0].end..].strip_prefix(['-', '/'])?;
    let letters = tail.bytes().take_while(u8::is_ascii_uppercase).count();
    let serial = tail.get(letters..)?.strip_prefix(['-', '/', ' '])?;
    let digits = serial.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=5).contains(&letters) && digits >= 2).then(|| number.groups[0].end + 1 + letters + 1 + digits)
}

//! Dates of birth: a date with a word that says so. A date alone is only a date.

use super::date::{is_birth_date, is_date, month_of};
use super::number::{is_blank, Joint, Number};
use super::{Anchor, At, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds dates of birth.
#[derive(Debug)]
pub struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Birthdate
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::AFTER_WORD)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        if let Some((end, precise)) = numeric(&number).or_else(|| with_month(&number))
            && !number.is_glued_before()
            && !number.is_glued_after(end)
        {
            let found = given_as_birth(&number, end, precise, p).or_else(|| in_a_row(&number, end, out));
            out.extend(found);
        }
    }
}

/// How far after a date of birth the next one of a list may stand, in bytes.
const NEXT_IN_ROW: usize = 64;

/// A date soon after a date of birth, in the same list: `fyller år: 2/3 Åsa Ek, 9/3 Sture Ek`, or a column of a table.
fn in_a_row(number: &Number<'_>, end: usize, found: &[Entity]) -> Option<Entity> {
    let last = found.iter().rev().take(4).find(|e| e.kind == Kind::Birthdate)?.span.range();
    let between = number.text.get(last.end..number.start()).filter(|b| b.len() <= NEXT_IN_ROW)?;
    let alike = last.len() == end - number.start() || last.len().min(end - number.start()) < 6;
    let ends = between.contains(". ") || between.contains("\n\n") || between.contains('–') || between.contains('†');
    (alike && !ends && (between.contains(',') || between.contains('|') || between.contains('\n')))
        .then(|| Entity::new(Kind::Birthdate, number.start(), end, [Reason::Shape, Reason::Date, Reason::Neighbour]))
}

/// Whether the words around say that somebody was born then, or has a birthday.
fn given_as_birth(number: &Number<'_>, end: usize, precise: bool, p: &Passage<'_>) -> Option<Entity> {
    let heard = p.rules.cues(Kind::Birthdate).around(p.text, number.start()..end);
    let mut word = heard.speaks_for();
    if word.is_some_and(|w| w == "f" && heard.pro.is_some_and(|(_, d)| d > 1)) {
        return None;
    }
    if !precise {
        // A day without a year counts only where a birthday is spoken of.
        word = p.rules.words(Kind::Birthdate, "birthday").around(p.text, number.start()..end).pro.map(|(w, _)| w).filter(|_| word.is_some() || heard.contra.is_none());
    }
    // `* 14 maj 1948`: the sign of a birth in notices and family trees.
    let before = &number.text[..number.start()];
    let sign = ["* ", "★ ", "☆ ", "⭐ "].into_iter().find(|s| precise && before.ends_with(s) && !before.ends_with("** "));
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Date]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(sign.or(word)?) });
    Some(Entity::new(Kind::Birthdate, number.start(), end, evidence))
}

/// `1980-01-02`, `19800102`, `800102`, `2/1 1980`, `2.1.1980`, `2/1`: where it ends, and whether it has a year.
fn numeric(number: &Number<'_>) -> Option<(usize, bool)> {
    let form = number.form();
    let value = |i: usize| number.digits(i..i + 1).iter().fold(0_u16, |n, &d| n.saturating_mul(10).saturating_add(u16::from(d)));
    let small = |i: usize| u8::try_from(value(i)).unwrap_or(0);
    let end = |i: usize| number.groups[i].end;
    let same = number.joint(1) == number.joint(2);
    let sign = matches!(number.joint(1), Joint::Hyphen | Joint::Slash | Joint::Dot | Joint::Space);
    match *form.as_slice() {
        [8 | 6] | [8 | 6, ..] if !matches!(number.joint(1), Joint::Hyphen | Joint::Plus | Joint::SpacedHyphen | Joint::Dot | Joint::Slash) => {
            is_birth_date(&number.digits(0..1)).then(|| (end(0), true))
        }
        [4, 2, 2] | [4, 2, 2, ..] if sign && same => ((1840..2040).contains(&value(0)) && is_date(value(0), small(1), small(2))).then(|| (end(2), true)),
        [2, 2, 2] if same && number.joint(1) == Joint::Hyphen => is_birth_date(&number.digits(0..3)).then(|| (end(2), true)),
        [1 | 2, 1 | 2, 4] | [1 | 2, 1 | 2, 4, ..] if matches!(number.joint(1), Joint::Slash | Joint::Dot | Joint::Hyphen) => {
            ((1840..2040).contains(&value(2)) && is_date(value(2), small(1), small(0))).then(|| (end(2), true))
        }
        [1 | 2, 1 | 2] | [1 | 2, 1 | 2, ..] if number.joint(1) == Joint::Slash => is_date(2000, small(1), small(0)).then(|| (end(1), false)),
        _ => None,
    }
}

/// `2 januari 1980`, `2 jan. 1980`, `2 januari`: where it ends, and whether it has a year.
fn with_month(number: &Number<'_>) -> Option<(usize, bool)> {
    let first = number.groups[0];
    if first.len() > 2 {
        return None;
    }
    let bytes = number.text.as_bytes();
    // `2:a januari`, `2 januari`
    let mut at = first.end;
    if bytes[at..].starts_with(b":a") || bytes[at..].starts_with(b":e") {
        at += 2;
    }
    let month_start = at + number.text[at..].find(|c| !is_blank(c))?;
    if month_start == at || !bytes[month_start].is_ascii_alphabetic() {
        return None;
    }
    let len = number.text[month_start..].find(|c: char| !c.is_alphabetic()).unwrap_or(number.text.len() - month_start);
    let month = month_of(&number.text[month_start..month_start + len])?;
    let day = number.digits(0..1).iter().fold(0, |n, d| n * 10 + d);
    if !is_date(2000, month, day) {
        return None;
    }
    let mut end = month_start + len;
    let rest = number.text[end..].trim_start_matches('.').trim_start_matches([',', ' ', '\u{a0}']);
    let year = rest.bytes().take_while(u8::is_ascii_digit).count();
    if year == 4 && matches!(&rest.as_bytes()[..2], b"18" | b"19" | b"20") {
        end = number.text.len() - rest.len() + 4;
        return Some((end, true));
    }
    Some((end, false))
}

//! Dates of birth: a date with a word that says so. A date alone is only a date.

mod column;
mod written;

use written::Written;

use super::number::is_blank;
use super::{Anchor, At, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};
use crate::text::{line_around, paragraph_around};

/// Finds dates of birth.
#[derive(Debug)]
pub struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Birthdate
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::AFTER_WORD).or(At::DAY)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        let Some(date) = written::read(&number) else { return };
        if number.is_glued_before() || number.is_glued_after(date.end) {
            return;
        }
        let Some(evidence) = said(&date, p).or_else(|| listed(&date, out, p)) else { return };
        out.push(Entity::new(Kind::Birthdate, date.start, date.end, evidence));
    }
}

/// How far from `född` a date may stand, in words: `född i Edhem socken den 3 februari 1848`.
const BORN: usize = 8;
/// How far after a date `fyller` or `föddes` may stand, in words.
const BORN_AFTER: usize = 4;

/// The evidence that words around say that somebody was born then, or has a birthday.
fn said(date: &Written, p: &Passage<'_>) -> Option<EvidenceList> {
    let (start, end) = (date.start, date.end);
    let cues = p.rules.cues(Kind::Birthdate);
    let (before, after) = (cues.before(p.text, start), cues.after(p.text, end));
    let nearer = |d: usize| [before.contra, after.contra].into_iter().flatten().all(|(_, other)| d <= other);
    let sign = birth_sign(p.text, start).filter(|_| date.year);
    let born = || {
        let (word, d) = before.pro.filter(|(_, d)| *d <= BORN)?;
        let direct = if date.bare { 3 } else { BORN };
        (nearer(d) && d <= direct && !is_spent(p.text, start)).then_some((word, d))
    };
    let birthday = || {
        let words = p.rules.words(Kind::Birthdate, "birthday");
        let before = words.before(p.text, start).pro;
        let after = words.after(p.text, end).pro.filter(|(_, d)| *d <= BORN_AFTER && !sentence_ends(p.text, end));
        let (word, d) = [before, after].into_iter().flatten().min_by_key(|(_, d)| *d)?;
        (nearer(d) && !date.bare).then_some((word, d))
    };
    let followed = || {
        let (word, d) = after.pro.filter(|(_, d)| *d <= 2)?;
        (nearer(d) && !date.bare && !sentence_ends(p.text, end)).then_some((word, d))
    };
    let aged = || (!date.year && is_aged(p, start)).then_some(("år", 1));
    let (word, distance) = sign.map(|s| (s, 1)).or_else(born).or_else(birthday).or_else(followed).or_else(aged)?;
    // Animals are born too, schools have anniversaries, and a date after "till exempel" is nobody's.
    if p.rules.words(Kind::Birthdate, "nobody").around(p.text, start..end).pro.is_some() {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Date]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    if distance <= 2 && date.year {
        evidence.push(Reason::Form);
    }
    Some(evidence)
}

/// `f. 3/2 1928`, and `* 14 maj 1948` of notices and family trees.
fn birth_sign(text: &str, start: usize) -> Option<&'static str> {
    let head = text[..start].trim_end_matches(is_blank);
    let head = head.strip_suffix(':').unwrap_or(head);
    for (sign, word) in [("f.", "f."), ("F.", "f."), ("f", "f."), ("★", "*"), ("☆", "*"), ("⭐", "*"), ("*", "*")] {
        if let Some(before) = head.strip_suffix(sign) {
            let free = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '.' | '-' | '&' | '/'));
            // A star at the start of a line with no dagger after it is a list's.
            let family = word == "f." || !before.is_empty() && !before.ends_with('\n') || is_died_after(text, start);
            return (free && family).then_some(word);
        }
    }
    None
}

/// Whether the line goes on with a date of death.
fn is_died_after(text: &str, start: usize) -> bool {
    let (_, end) = line_around(text, start);
    text.get(start..end).is_some_and(|line| line.contains(['†', '✝', '✞']))
        || text.get(end..).and_then(|rest| rest.get(..8.min(rest.len()))).is_some_and(|next| next.contains('†'))
}

/// Whether a year right after the word already says when: `barn födda 2018 startar 12 maj`.
fn is_spent(text: &str, start: usize) -> bool {
    let from = text.ceil_char_boundary(start.saturating_sub(96));
    let head = &text[from..start];
    let Some(at) = head.rfind("öd").or_else(|| head.rfind("orn ")) else { return false };
    let years = head[at..].split(|c: char| !c.is_ascii_digit()).any(|d| d.len() == 4 && matches!(&d.as_bytes()[..2], b"18" | b"19" | b"20"));
    // A question may be answered: `När är du född? – 12 maj 1948`.
    years || head[at..].contains('!') || head[at..].contains(". ")
}

fn sentence_ends(text: &str, end: usize) -> bool {
    text[end..].starts_with(['.', '!', '?', '\n', ';'])
}

/// Whether an age stands right before, as in lists of birthdays: `Vivan (50 år 12 maj)`, `Helmi Ek, 90 år den 21 mars`.
fn is_aged(p: &Passage<'_>, start: usize) -> bool {
    let from = p.text.ceil_char_boundary(start.saturating_sub(40));
    let head = p.text[from..start].trim_end_matches([' ', '\u{a0}', ',', ':']);
    let Some(head) = head.strip_suffix("år") else { return false };
    let head = head.trim_end_matches(is_blank);
    let before = head.trim_end_matches(|c: char| c.is_ascii_digit());
    if !(1..=3).contains(&(head.len() - before.len())) {
        return false;
    }
    let before = before.trim_end_matches(is_blank);
    before.is_empty()
        || before.ends_with(['(', ',', '–', '\n', '•'])
        || ["fyller", "blir", "fyllde", "blev"].iter().any(|word| before.ends_with(word))
}

/// How far after a date of birth the next one of a list may stand, in bytes.
const NEXT_IN_ROW: usize = 64;

/// The evidence that a list or a table is one of birthdays: by its heading, its column, or the date before.
fn listed(date: &Written, found: &[Entity], p: &Passage<'_>) -> Option<EvidenceList> {
    let near = || {
        let beside = is_beside_name(p.text, date) && headed(p, date.start);
        beside.then(|| EvidenceList::from([Reason::Shape, Reason::Date, Reason::Neighbour]))
    };
    let column = || {
        let word = column::heading(p.text, date.start).and_then(|cell| p.rules.words(Kind::Birthdate, "heading").find_in(cell))?;
        let mut evidence = EvidenceList::from([Reason::Shape, Reason::Date]);
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
        Some(evidence)
    };
    let row = || {
        let last = found.iter().rev().take(4).find(|e| e.kind == Kind::Birthdate)?.span.range();
        let between = p.text.get(last.end..date.start).filter(|b| b.len() <= NEXT_IN_ROW)?;
        let alike = last.len() == date.end - date.start || last.len().min(date.end - date.start) < 8;
        let ends = between.contains(". ") || between.contains("\n\n") || between.contains(['–', '†', '?', '!']);
        let item = between.contains(['|', '\n']) || between.contains(',') && is_beside_name(p.text, date);
        (alike && !ends && item && !date.bare).then(|| EvidenceList::from([Reason::Shape, Reason::Date, Reason::Neighbour]))
    };
    column().or_else(row).or_else(near)
}

/// Whether the words right before or after may be a name: they start with a capital.
fn is_beside_name(text: &str, date: &Written) -> bool {
    let after = text[date.end..].trim_start_matches(|c: char| is_blank(c) || matches!(c, ':' | ',' | '–' | '-' | ')' | '*' | '|' | '.'));
    if after.starts_with(char::is_uppercase) && !text[date.end..].starts_with(['.', '\n']) {
        return true;
    }
    let before = text[..date.start].trim_end_matches(|c: char| is_blank(c) || matches!(c, ':' | ',' | '(' | '–' | '-' | '|' | '*'));
    let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or("");
    word.starts_with(char::is_uppercase)
}

/// Whether the paragraph, or a short line above it, starts as a list of birthdays.
fn headed(p: &Passage<'_>, at: usize) -> bool {
    let words = p.rules.words(Kind::Birthdate, "heading");
    let (from, _) = paragraph_around(p.text, at);
    let head = &p.text[from..at.min(p.text.floor_char_boundary(from + 160))];
    if words.find_in(head).is_some() {
        return true;
    }
    let above = p.text[..from].trim_end();
    let (start, end) = line_around(p.text, above.len());
    p.text.get(start..end).is_some_and(|line| line.len() <= 100 && words.find_in(line).is_some())
}

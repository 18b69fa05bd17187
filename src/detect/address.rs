//! Addresses: street and number, farm and village, box, postcode and town, as far as they are written together.
//!
//! Svensk standard SS 613401 and the post's rules: street and number, flat (four digits: floor and flat,
//! folkbokföringslagen 1991:481), postcode of five digits in two groups, town.

mod street;
mod tail;
mod whose;

use street::{Class, Name};
use tail::Tail;
use whose::whose;

use super::places::is_town;
use super::number::{Joint, Number, is_blank};
use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};
use crate::text::word_before;

/// Finds addresses.
#[derive(Debug)]
pub(super) struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Address
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::AFTER_WORD)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        let len = number.len(0);
        if len > 5 || p.text.as_bytes()[number.start()] == b'0' {
            return;
        }
        let found = match len {
            3 if number.len(1) == 2 && number.joint(1) == Joint::Space => town(&number, p).or_else(|| numbered(&number, p)),
            5 => town(&number, p).or_else(|| boxed(&number, p)),
            _ => numbered(&number, p),
        };
        out.extend(found);
    }
}

/// A number after a word: a street's, a farm's or a box's.
fn numbered(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let (blank, rest) = p.text.as_bytes()[..number.start()].split_last()?;
    let last = if *blank == 0xA0 { rest.len().checked_sub(2).map(|i| &rest[i]) } else { rest.last() };
    if !matches!(blank, b' ' | b'\t' | 0xA0) || !last.is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80 || *b == b'.') {
        return None;
    }
    if matches!(last, Some(b'x' | b'X' | b'k' | b'K'))
        && let Some(found) = boxed(number, p)
    {
        return Some(found);
    }
    let name = street::before(p.text, number.start())?;
    let end = tail::house_number(p.text, number.start(), number.len(0))?;
    // Anything with a capital letter before a number comes this far: it must go on as an address, or follow a word for home.
    if name.class == Class::Other && !p.text[end..].starts_with([',', '\n', ' ', '\u{a0}', '.', '!']) && end < p.text.len() {
        return None;
    }
    let tail = tail::tail(p.text, end, p.rules);
    let range = p.text[number.start()..end].contains(super::number::is_dash);
    if range && name.class != Class::Street && !tail.town {
        return None;
    }
    let year = number.len(0) == 4 && matches!(&p.text.as_bytes()[number.start()..][..2], b"17" | b"18" | b"19" | b"20");
    if tail.postcode.is_none() && (year && !tail.flat || is_measure(p, end)) {
        return None;
    }
    weigh(p, name, tail)
}

/// What speaks for a street or farm name with its number.
fn weigh(p: &Passage<'_>, name: Name, tail: Tail) -> Option<Entity> {
    if name.class == Class::Other && tail.postcode.is_none() && !is_after(p, "home-before", name.start) {
        return None;
    }
    let start = with_prefix(p.text, name.start);
    let whose = whose(p, start, &tail);
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if tail.known || tail.postcode.is_some() && tail.town {
        evidence.push(Reason::Table);
    }
    let near = if name.class == Class::Street { 12 } else { 4 };
    if let Some((word, _)) = whose.cue.filter(|(_, distance)| *distance <= near && (name.capital || name.class == Class::Street)) {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    if tail.flat {
        evidence.push(Reason::Cue);
    }
    let whole = name.capital && !name.bare;
    let form = match name.class {
        Class::Street => !name.bare,
        Class::Mild => whole && (name.paired || is_set_off(p, name.start, tail.end)) || !name.capital && name.start < name.end && name.paired,
        // A town and a number is a score, a shop or a place in a list.
        Class::Place => whole && !is_town(&p.text[name.start..name.end]) && is_set_off(p, name.start, tail.end),
        Class::Other => tail.postcode.is_some() && tail.town,
    };
    if form {
        evidence.push(Reason::Form);
    }
    if name.class != Class::Street
        && !evidence.has(Reason::Table)
        && let Some(word) = p.rules.cues(Kind::Address).before(p.text, start).speaks_against()
    {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    let entity = Entity::new(Kind::Address, start, tail.end, evidence);
    // Squares and parks have few homes.
    let last = p.text[name.start..name.end].rsplit(is_blank).next().unwrap_or("");
    let public = !whose.home && !tail.flat && p.rules.words(Kind::Address, "public").is_listed(last);
    Some(if whose.organisation || public { entity.with(Attribute::Organisation) } else { entity })
}

/// `Box 12, 560 00 Exempelby`. Without a postcode only where post is spoken of: stables have boxes too.
fn boxed(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let word = word_before(p.text, number.start()).filter(|w| w.start + w.text.len() + 3 > number.start())?;
    if !["box", "postbox", "postfack"].contains(&word.text.to_lowercase().as_str()) {
        return None;
    }
    let mut tail = tail::tail(p.text, number.groups[0].end, p.rules);
    if tail.postcode.is_none() && number.joint(1) == Joint::Space && number.len(1) == 3 {
        // `Box 33 400`
        tail = tail::tail(p.text, number.groups[1].end, p.rules);
    }
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if tail.postcode.is_some() {
        evidence.push(Reason::Form);
        evidence.push(Reason::Table);
    } else {
        let (cue, _) = p.rules.words(Kind::Address, "post").before(p.text, word.start).pro?;
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(cue) });
    }
    Some(Entity::new(Kind::Address, word.start, tail.end, evidence).with(Attribute::Organisation))
}

/// A postcode and its town without a street.
fn town(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    if number.is_glued_before() || number.joint(0).is_tight() {
        return None;
    }
    let (start, end) = tail::postcode(p.text, number.start())?;
    // No postcode starts so.
    if matches!(&p.text.as_bytes()[start..start + 2], b"32" | b"48" | b"49" | b"99") {
        return None;
    }
    let (end, known) = tail::town(p.text, end)?;
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if known {
        evidence.push(Reason::Table);
    } else if p.rules.words(Kind::Address, "town").is_listed(p.text[start..end].trim_start_matches(|c: char| !c.is_alphabetic())) {
        evidence.push(Reason::Form);
    }
    if number.len(0) == 5 {
        // Five digits without a blank are more often something else.
        let (word, _) = p.rules.words(Kind::Address, "post").before(p.text, start).pro?;
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    let tail = Tail { end, postcode: Some(start), town: true, known, flat: false };
    let (from, farm) = farm(p.text, start);
    if farm {
        evidence.push(Reason::Form);
    }
    let prefix = if farm { start - from } else { 0 };
    let prefix = ["SE-", "S-"].iter().find(|prefix| p.text[..start].ends_with(**prefix)).map_or(prefix, |prefix| prefix.len());
    let entity = Entity::new(Kind::Address, start - prefix, end, evidence);
    Some(if whose(p, start, &tail).organisation { entity.with(Attribute::Organisation) } else { entity })
}

/// A farm or street without a number before the postcode at `start`: `Lilla Nybygget, 560 12 Exempelby`.
fn farm(text: &str, start: usize) -> (usize, bool) {
    let head = text[..start].trim_end_matches(is_blank);
    let Some(head) = head.strip_suffix([',', '\n']) else { return (start, false) };
    match street::ending(text, head.trim_end_matches(is_blank).len()) {
        Some(name) if name.capital && !name.bare && (name.class >= Class::Mild || name.class == Class::Place && text[..name.end].ends_with(['n', 't', 'N', 'T'])) => {
            (name.start, true)
        }
        _ => (start, false),
    }
}

/// Start with `Villa Solbacken, ` before byte `start`. A name after c/o in front is a person of its own.
fn with_prefix(text: &str, start: usize) -> usize {
    let from = text.ceil_char_boundary(start.saturating_sub(60));
    let head = &text[from..start];
    let Some(part) = head.strip_suffix(", ").or_else(|| head.strip_suffix('\n')) else { return start };
    let part = part.trim_end_matches([',', ' ']);
    let at = part.rfind([',', '\n', '|', ';', ':', '(', '.']).map_or(0, |p| p + 1);
    let chunk = part[at..].trim_start();
    let fits = |word: &str, most: usize| {
        let prefix = chunk.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        prefix && (1..=most).contains(&chunk[word.len()..].split_whitespace().count())
    };
    if fits("villa ", 2) || fits("torpet ", 2) { from + part.len() - chunk.len() } else { start }
}

/// Whether a word after `end` makes the number a measure, an amount or a date: `Spåret 5 km`, `Hagen 14 maj`.
fn is_measure(p: &Passage<'_>, end: usize) -> bool {
    let Some(rest) = p.text[end..].strip_prefix([' ', '\u{a0}']) else { return false };
    let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word = &rest[..len];
    len > 0 && !(len == 1 && rest[len..].starts_with('.')) && p.rules.words(Kind::Address, "measure").is_listed(word)
}

/// Whether the word right before byte `start` is on the named list.
fn is_after(p: &Passage<'_>, list: &str, start: usize) -> bool {
    p.rules.words(Kind::Address, list).before(p.text, start).pro.is_some_and(|(_, distance)| distance == 1)
}

/// Whether the name stands by itself: a line, a comma or a preposition before, and no noun after the number.
fn is_set_off(p: &Passage<'_>, start: usize, end: usize) -> bool {
    let after = &p.text[end..];
    let closed = match after.strip_prefix([' ', '\u{a0}']) {
        Some(rest) => {
            let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            len == 0 || street::starts_capital(rest) || p.rules.words(Kind::Address, "after").is_listed(&rest[..len])
        }
        None => !after.starts_with(char::is_alphanumeric) && !after.starts_with([':', '–', '-']),
    };
    let before = p.text[..start].trim_end_matches(is_blank);
    let opened = before.is_empty()
        || before.ends_with(['\n', ',', '|', '(', ':', '•', '*', '"', '”', '>', '/', '-', '–', '\t'])
        || is_after(p, "before", start);
    closed && opened
}

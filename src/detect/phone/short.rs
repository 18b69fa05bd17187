//! Numbers of three to six digits that are called: 112, 113 13, 114 14, 1177, 116 xxx, 118 xxx and 90 xxx.
//!
//! They look like any other number, so a word for calling must stand near, and nothing that counts may follow.

use crate::detect::number::{Joint, Number};
use crate::text::line_around;
use crate::detect::{Attribute, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// The short number that starts here, if it is one that is called.
pub(super) fn short(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let groups = groups(number)?;
    let (start, end) = (number.start(), number.groups[groups - 1].end);
    if number.joint(groups).is_tight() && number.joint(groups) != Joint::Slash || number.is_glued_before() || number.is_glued_after(end) {
        return None;
    }
    // 1177.se, 1177-appen
    let after = &p.text[end..];
    if after.starts_with('-') || after.starts_with('.') && after[1..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape]);
    let cue = call(p, start).filter(|_| !counts(p, end)).or_else(|| reached(p, start, end, groups > 1))?;
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(cue) });
    Some(Entity::new(Kind::Phone, start, end, evidence).with(Attribute::Switchboard))
}

/// How far back a word for calling is looked for, in bytes.
const REACH: usize = 120;

/// How many groups of the number make one of the short numbers.
fn groups(number: &Number<'_>) -> Option<usize> {
    let spaced = number.joint(1) == Joint::Space;
    match (number.group(0), number.group(1)) {
        ("113", "13") | ("114", "14") if spaced => Some(2),
        ("116" | "118", _) if spaced && number.len(1) == 3 => Some(2),
        ("90", _) if spaced && number.len(1) == 3 => Some(2),
        ("112" | "11313" | "11414" | "1177", _) => Some(1),
        (six, _) if six.len() == 6 && (six.starts_with("116") || six.starts_with("118")) => Some(1),
        _ => None,
    }
}

/// A word for calling right before, in the same sentence.
fn call(p: &Passage<'_>, start: usize) -> Option<&'static str> {
    let window = p.text.ceil_char_boundary(start.saturating_sub(REACH));
    let line = p.text[window..start].rfind(['\n', '?', '!', ';']).map_or(window, |at| window + at + 1);
    let from = p.text[line..start].rfind(". ").map_or(line, |at| line + at + 2);
    p.rules.words(Kind::Phone, "call").before(&p.text[from..start], start - from).pro.map(|(word, _)| word)
}

/// "via 112", "eller 114 14": a word that leads to a number, and a sentence that ends or goes on without counting.
/// A number in two groups (`spaced`) needs no more; one in a single group needs a line that is about calling.
fn reached(p: &Passage<'_>, start: usize, end: usize, spaced: bool) -> Option<&'static str> {
    let (lead, _) = p.rules.words(Kind::Phone, "reach").before(p.text, start).pro?;
    if counts(p, end) {
        return None;
    }
    if spaced {
        return Some(lead);
    }
    let (line, _) = line_around(p.text, start);
    p.rules.words(Kind::Phone, "call").find_in(&p.text[line..start])
}

/// Whether a word follows that the number counts: `112 kronor`, `1177 besökare`.
fn counts(p: &Passage<'_>, end: usize) -> bool {
    let rest = p.text[end..].trim_start_matches([' ', '\u{a0}']);
    if rest.len() == p.text.len() - end {
        return false;
    }
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    !word.is_empty() && word.len() < 64 && !p.rules.words(Kind::Phone, "goes-on").is_listed(word)
}

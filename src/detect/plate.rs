//! Vehicle registration numbers: `ABC 123`, and since 2019 `ABC 12D`.
//!
//! Transportstyrelsens föreskrifter: three letters and three signs, the last of which may be a letter. I, Q, V, Å, Ä and
//! Ö are not used, nor is O in the last place.

use super::number::{Joint, Number, is_blank};
use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds registration numbers.
#[derive(Debug)]
pub(super) struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Plate
    }

    fn anchors(&self) -> At {
        At::AFTER_WORD
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        if matches!(number.len(0), 2 | 3) {
            out.extend(plate(&number, p));
        }
    }
}

fn plate(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let bytes = p.text.as_bytes();
    let at = number.start();
    let letters_end = match bytes[..at] {
        [.., 0xC2, 0xA0] => at - 2,
        [.., b' ' | b'-' | b'.' | b'_'] => at - 1,
        _ => at,
    };
    let start = letters_end.checked_sub(3)?;
    let letters = &bytes[start..letters_end];
    let upper = letters.iter().all(u8::is_ascii_uppercase);
    if !upper && !letters.iter().all(u8::is_ascii_lowercase) || letters.iter().any(|b| matches!(b.to_ascii_uppercase(), b'I' | b'Q' | b'V')) {
        return None;
    }
    // Most words end here: longer than three letters.
    if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'-' | b'_' | b'/' | b'#' | b'@' | b'.')) {
        return None;
    }
    let glued = bytes[..start].last().is_some_and(|b| *b >= 0x80) && p.text[..start].ends_with(char::is_alphanumeric);
    let (end, lettered) = end(number, upper)?;
    let rest = p.text[end..].trim_start_matches(is_blank);
    let amount = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    if glued || rest.len() < p.text.len() - end && p.rules.words(Kind::Plate, "amount").is_listed(amount) {
        return None;
    }
    let word = !lettered && p.rules.words(Kind::Plate, "not").is_listed(&p.text[start..letters_end]);
    if word && !upper {
        return None;
    }
    let heard = p.rules.cues(Kind::Plate).around(p.text, start..end);
    let short = end - number.start() < 3;
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if let Some(word) = heard.speaks_for() {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    } else if let Some(word) = heard.speaks_against() {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    let told = p.rules.words(Kind::Plate, "register").around(p.text, start..end).pro;
    if told.is_some_and(|(_, distance)| distance <= 6) {
        evidence.push(Reason::Title);
    }
    let odd = matches!(bytes[letters_end..at], [b'.' | b'_']);
    if (word || odd) && !evidence.has(Reason::Title) {
        return None;
    }
    // Small letters, a blank fewer or a sign too few are plates only where the word for it says so.
    if lettered && upper {
        evidence.push(Reason::Form);
    } else if !upper && heard.speaks_for().is_none() || short && !evidence.has(Reason::Title) {
        return None;
    }
    let made_up = p.rules.words(Kind::Plate, "made-up").around(p.text, start..end).pro.is_some();
    let entity = Entity::new(Kind::Plate, start, end, evidence);
    Some(if made_up { entity.with(Attribute::Fictional) } else { entity })
}

/// One past the last sign, and whether that is a letter.
fn end(number: &Number<'_>, upper: bool) -> Option<(usize, bool)> {
    let end = number.groups[0].end;
    let mut after = number.text[end..].chars();
    let next = after.next();
    let then = after.next();
    let stops = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '%' | '°'));
    if number.len(0) == 2 {
        let letter = next.filter(|c| c.is_ascii_alphabetic() && c.is_ascii_uppercase() == upper);
        return match letter {
            Some(c) => (!matches!(c.to_ascii_uppercase(), 'I' | 'O' | 'Q' | 'V') && stops(then)).then_some((end + 1, true)),
            None => (stops(next) && !number.is_glued_after(end)).then_some((end, false)),
        };
    }
    let joined = matches!(number.joint(1), Joint::Space | Joint::Hyphen | Joint::Dot | Joint::Slash | Joint::Colon);
    (stops(next) && !joined && !number.is_glued_after(end)).then_some((end, false))
}

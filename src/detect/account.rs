//! Accounts: IBAN, bankgiro, plusgiro, clearing and account number, Swish, payment cards.

mod bank;
mod card;
mod giro;
mod iban;
mod swish;
mod whose;

use super::{Anchor, At, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds account numbers.
#[derive(Debug)]
pub struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Account
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::AFTER_WORD)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        if let Some(found) = iban::find(&number, p) {
            out.push(whose::mark(found, p));
            return;
        }
        // The shortest: a plusgiro number of two digits; no kind of account is one short group.
        if number.groups.len() == 1 && number.len(0) < 7 && number.len(0) != 4 {
            return;
        }
        if number.is_glued_before() {
            return;
        }
        let found = card::find(&number, p).or_else(|| swish::find(&number, p)).or_else(|| giro::find(&number, p)).or_else(|| bank::find(&number, p));
        out.extend(found.map(|e| whose::mark(e, p)));
    }
}

/// Adds the word that speaks for one sort of account, and the one that speaks against any; whether there is one for.
fn hear(evidence: &mut EvidenceList, sort: &str, start: usize, end: usize, p: &Passage<'_>) -> bool {
    let cue = p.rules.words(Kind::Account, sort).around(p.text, start..end).pro;
    // A word against it in the next sentence is about the next number.
    let near = p.text.floor_char_boundary((end + 128).min(p.text.len()));
    let sentence = &p.text[..p.text[end..near].find(". ").map_or(near, |stop| end + stop)];
    let against = p.rules.cues(Kind::Account).around(sentence, start..end).contra;
    let spoken = cue.filter(|(_, d)| against.is_none_or(|(_, other)| *d <= other));
    if let Some((word, _)) = spoken {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    } else if let Some((word, _)) = against {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    spoken.is_some()
}

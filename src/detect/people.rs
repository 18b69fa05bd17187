//! From the name finder's mentions to entities.

use super::person::{self, Thoroughness};
use super::{Entity, EvidenceList, Kind, Passage, Reason, Sensitivity};

/// From this margin on the words around leave little doubt, in the model's parts of a nat.
const CLEAR: i32 = 48;

/// Adds the people named in the text. `capitals` are the starts of its capitalised words.
pub(super) fn detect(capitals: &[u32], passage: &Passage<'_>, out: &mut Vec<Entity>) {
    let thoroughness = match passage.sensitivity {
        Sensitivity::Normal => Thoroughness::Normal,
        Sensitivity::High => Thoroughness::High,
    };
    for found in person::find(passage.text, capitals, thoroughness) {
        let mut evidence = EvidenceList::from([Reason::Model]);
        if found.full {
            evidence.push(Reason::GivenName);
            evidence.push(Reason::Surname);
        }
        if found.margin >= CLEAR {
            evidence.push(Reason::Clear);
        } else if found.margin < 0 {
            evidence.push(Reason::Ambiguous);
        }
        let mut start = found.start as usize;
        let end = found.end as usize;
        if let Some(comma) = two_names(&passage.text[start..end]) {
            out.push(Entity::new(Kind::Person, start, start + comma, evidence.clone()));
            start += comma + 2;
        }
        out.push(Entity::new(Kind::Person, start, end, evidence));
    }
}

/// Where the comma is if a mention is two names of a list: only one word stands before the comma of `Berg, Anna`.
fn two_names(mention: &str) -> Option<usize> {
    let (first, _) = mention.split_once(", ")?;
    first.contains(' ').then_some(first.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverted_name_stays_whole() {
        for (mention, comma) in [("Berg, Anna", None), ("Peter Norén, Ulf Lindroth", Some(12)), ("Åsa Ek", None)] {
            assert_eq!(two_names(mention), comma, "{mention}");
        }
    }
}

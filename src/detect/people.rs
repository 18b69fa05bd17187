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
        out.push(Entity::new(Kind::Person, found.start as usize, found.end as usize, evidence));
    }
}

//! Overlaps: the same characters are one thing only.

use std::cmp::Reverse;

use crate::detect::{Entity, Kind, Rulebook, confidence};

/// Keeps the best of entities that overlap: the surer one, then the longer one, then the more particular kind.
/// Leaves them in order of place.
pub(super) fn settle(found: &mut Vec<Entity>, rules: &Rulebook) {
    found.retain(|e| !e.span.is_empty() && confidence(e.kind, &e.evidence, rules).is_some());
    found.sort_by_key(|e| (e.span.start, Reverse(e.span.end)));
    if found.windows(2).all(|pair| !pair[0].span.overlaps(pair[1].span)) {
        return;
    }
    let mut kept: Vec<Entity> = Vec::with_capacity(found.len());
    for entity in found.drain(..) {
        let mut loses = false;
        while let Some(last) = kept.last() {
            if !last.span.overlaps(entity.span) {
                break;
            }
            if rank(&entity, rules) <= rank(last, rules) {
                loses = true;
                break;
            }
            kept.pop();
        }
        if !loses {
            kept.push(entity);
        }
    }
    *found = kept;
}

fn rank(entity: &Entity, rules: &Rulebook) -> impl Ord {
    (confidence(entity.kind, &entity.evidence, rules), entity.span.len(), Reverse(particularity(entity.kind)))
}

/// Which kind leads where two are as sure and as long; lower is more particular.
const fn particularity(kind: Kind) -> u8 {
    match kind {
        Kind::Email => 0,
        Kind::Hsaid => 1,
        Kind::Account => 2,
        Kind::Passport => 3,
        Kind::Casenumber => 4,
        Kind::Phone => 5,
        Kind::Personnummer => 6,
        Kind::Organisationsnummer => 7,
        Kind::Birthdate => 8,
        Kind::Coordinates => 9,
        Kind::Ip => 10,
        Kind::Plate => 11,
        Kind::Property => 12,
        Kind::Address => 13,
        Kind::Handle => 14,
        Kind::Own => 15,
        Kind::Person => 16,
        Kind::Special | Kind::Word => 17,
    }
}

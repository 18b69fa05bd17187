//! Resolve: overlaps are settled, entities learn from their neighbours, attributes are set.

mod overlaps;
mod own;
mod person;
mod special;

pub use own::Own;

use crate::detect::{Confidence, Entity, Passage, Sensitivity, confidence};

/// Settles what the detectors found in one document: in order of place, no two overlap, each believed at least a little.
#[must_use]
pub fn resolve(mut found: Vec<Entity>, passage: &Passage<'_>, own: &Own) -> Vec<Entity> {
    overlaps::settle(&mut found, passage.rules);
    own::mark(&mut found, passage.text, own);
    person::attributes(&mut found, passage);
    own::holders(&mut found, passage.text, own);
    special::add(&mut found, passage);
    found.retain(|entity| match confidence(entity.kind, &entity.evidence, passage.rules) {
        None => false,
        Some(Confidence::Low) => passage.sensitivity == Sensitivity::High || !is_noisy_when_low(entity),
        Some(_) => true,
    });
    found
}

/// Kinds whose doubtful finds are shown only when asked for: for numbers, a doubtful find is still worth a note.
fn is_noisy_when_low(entity: &Entity) -> bool {
    use crate::detect::Kind;
    !matches!(entity.kind, Kind::Personnummer | Kind::Phone | Kind::Email | Kind::Account)
}

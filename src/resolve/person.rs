//! What a person is in the text: an official, a child, dead, made up. The text around the name says so, and the rest
//! of the document what it says of the same name.

mod class;
mod dead;
mod fictional;
mod gap;
mod lists;
mod minor;
mod official;
mod scene;
mod spread;

use crate::detect::{Attribute, Entity, Evidence, Passage, Reason};
use scene::Scene;

/// A sign of one attribute: why, and the word that says so.
type Sign = (Reason, Option<&'static str>);

/// Sets `official`, `minor`, `dead` and `fictional` on the persons, with the evidence.
pub(super) fn attributes(found: &mut [Entity], passage: &Passage<'_>) {
    let Some(scene) = Scene::new(found, passage) else { return };
    let mut marks = Marks(vec![None; scene.len()]);
    for i in 0..scene.len() {
        let sign = fictional::sign(&scene, i)
            .map(|s| (Attribute::Fictional, s))
            .or_else(|| dead::sign(&scene, i).map(|s| (Attribute::Dead, s)))
            .or_else(|| minor::sign(&scene, i).map(|s| (Attribute::Minor, s)))
            .or_else(|| official::sign(&scene, i).map(|s| (Attribute::Official, s)));
        marks.0[i] = sign.map(|(attribute, (reason, detail))| Mark { attribute, reason, detail });
    }
    lists::spread(&scene, &mut marks);
    spread::names(&scene, &mut marks);
    dead::kin(&scene, &mut marks);
    for (i, mark) in marks.0.iter().enumerate() {
        if let Some(mark) = mark {
            let entity = &mut found[scene.index(i)];
            entity.attributes = entity.attributes.with(mark.attribute);
            entity.evidence.push(Evidence { reason: mark.reason, detail: mark.detail });
        }
    }
}

/// One person's attribute and why.
#[derive(Clone, Copy, Debug)]
struct Mark {
    attribute: Attribute,
    reason: Reason,
    detail: Option<&'static str>,
}

/// The attributes found so far, one a person.
#[derive(Debug)]
struct Marks(Vec<Option<Mark>>);

impl Marks {
    fn is(&self, i: usize, attribute: Attribute) -> bool {
        self.0.get(i).copied().flatten().is_some_and(|m| m.attribute == attribute)
    }

    /// Gives person `i` what is known of another, if nothing is known of it.
    fn learn(&mut self, i: usize, from: Mark, reason: Reason) {
        if let Some(slot @ None) = self.0.get_mut(i) {
            *slot = Some(Mark { reason, detail: from.detail.filter(|_| reason == from.reason), ..from });
        }
    }
}

//! The same name again: what is known of a person holds wherever the document names the person.

use std::collections::HashMap;

use super::scene::Scene;
use super::{Mark, Marks};
use crate::detect::{Attribute, Reason};

/// Gives later and earlier mentions of a name what is known of it: the whole name, and a first name or surname alone.
pub(super) fn names(scene: &Scene<'_>, marks: &mut Marks) {
    if marks.0.iter().all(Option::is_none) {
        return;
    }
    let mut whole: HashMap<&str, usize> = HashMap::new();
    let mut part: HashMap<&str, usize> = HashMap::new();
    // Forwards: the nearest person before with that name. Backwards: a heading names who is presented below.
    for backwards in [false, true] {
        whole.clear();
        part.clear();
        for n in 0..scene.len() {
            let i = if backwards { scene.len() - 1 - n } else { n };
            let name = bare(scene.name(i));
            let single = !name.contains(' ');
            // Who is told to have died stays dead where the text tells of the work: `hon var rektor. "A var`.
            if single
                && marks.is(i, Attribute::Official)
                && let Some(&p) = part.get(name)
                && let Some(dead) = marks.0[p].filter(|m| m.attribute == Attribute::Dead && m.reason == Reason::Death)
                && scene.name(p).starts_with(name)
            {
                marks.0[i] = Some(Mark { reason: Reason::Memory, detail: None, ..dead });
            }
            if marks.0[i].is_none() {
                let from = if single { part.get(name).or_else(|| whole.get(name)) } else { whole.get(name) };
                let from = from.copied().and_then(|p| marks.0[p]);
                if let Some(mark) = from {
                    marks.learn(i, mark, Reason::Memory);
                }
            }
            whole.insert(name, i);
            if single {
                continue;
            }
            let mark = marks.0[i].map(|m| m.attribute);
            if let Some((first, last)) = ends(name) {
                part.insert(first, i);
                // A child's surname is the parents' too.
                if mark != Some(Attribute::Minor) {
                    part.insert(last, i);
                }
                if let Some(given) = name.rfind(' ').map(|p| &name[..p]).filter(|g| g.contains(' ')) {
                    part.insert(given, i);
                }
            }
        }
    }
}

/// The first and the last part of a name.
fn ends(name: &str) -> Option<(&str, &str)> {
    Some((name.split(' ').next()?, name.rsplit(' ').next()?))
}

/// A name as it is compared.
fn bare(name: &str) -> &str {
    name.trim_matches(['*', '_', ' ', '.'])
}

//! Whose number: a telephone number or e-mail address beside an official, or beside somebody named by their work, is
//! the one they have through work.

use super::gap::{Between, JOB, ROLE};
use super::scene::Scene;
use crate::detect::{Attribute, Attributes, Entity, Evidence, Kind, Passage, Reason};

/// Numbers and addresses whose owner is known already.
const KNOWN: Attributes =
    Attributes::NONE.with(Attribute::Switchboard).with(Attribute::Shared).with(Attribute::Organisation).with(Attribute::Work);

/// How far a number may stand from its person, in bytes.
const REACH: usize = 100;

/// Marks numbers and addresses as work's.
pub(super) fn mark(scene: &Scene<'_>, found: &mut [Entity], passage: &Passage<'_>) {
    for at in 0..found.len() {
        let entity = &found[at];
        if !matches!(entity.kind, Kind::Phone | Kind::Email) || entity.attributes.meets(KNOWN) {
            continue;
        }
        let start = entity.span.range().start;
        let Some(i) = scene.person_before(start) else { continue };
        let end = scene.span(i).end;
        let Some(between) = passage.text.get(end..start).filter(|t| t.len() <= REACH && is_beside(t)) else { continue };
        let official = found[scene.index(i)].attributes.has(Attribute::Official);
        let list = passage.rules.words(Kind::Person, "work-contact");
        let word = || list.before(passage.text, scene.span(i).start).pro.filter(|(_, d)| *d <= 4).map(|(word, _)| word);
        let Some(detail) = official.then_some(None).or_else(|| is_at_work(scene, i, between).then_some(None)).or_else(|| word().map(Some))
        else {
            continue;
        };
        found[at].attributes = found[at].attributes.with(Attribute::Work);
        found[at].evidence.push(Evidence { reason: Reason::Neighbour, detail });
    }
}

/// Whether a number after this text belongs to the person before it: same sentence or the lines right below.
fn is_beside(between: &str) -> bool {
    let lines = between.matches('\n').count();
    lines <= 3 && !between.contains("\n\n") && (lines > 0 || !Between::of(between).stop || between.len() < 40)
}

/// Whether the person is named by paid work: a title before the name or after it.
fn is_at_work(scene: &Scene<'_>, i: usize, between: &str) -> bool {
    const UNPAID: [&str; 34] = [
        "förening",
        "klubb",
        "kassör",
        "sekreter",
        "ledare",
        "tränar",
        "domar",
        "brf",
        "hembygd",
        "bostadsrätt",
        "samfällighet",
        "ordförande",
        "valberedning",
        "mötes",
        "foto",
        "text",
        "bild",
        "fotograf",
        "föräld",
        "coach",
        "lagledar",
        "tävlings",
        "banläggar",
        "tidtagar",
        "student",
        "lärling",
        "grundar",
        "ägar",
        "konstnär",
        "författar",
        "musiker",
        "trubadur",
        "sekretera",
        "årsmöte",
    ];
    let paid = |word: &str| !UNPAID.iter().any(|w| word.contains(w));
    let end = scene.span(i).end;
    scene.hits_before(i).next().is_some_and(|(h, b)| h.is(JOB | ROLE) && paid(h.word) && b.words == 0 && !b.stop && !b.blank)
        || scene
            .hits_after(i)
            .next()
            .is_some_and(|(h, b)| h.is(JOB | ROLE) && paid(h.word) && b.words <= 1 && !b.stop && h.end <= end + between.len())
}

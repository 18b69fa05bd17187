//! Special categories (GDPR art. 9 and 10): words that reveal one, beside somebody who can be pointed out. Texts about a
//! subject with nobody in them stay quiet, so only the surroundings of persons are read.

use crate::detect::{Attribute, Entity, Evidence, Kind, Passage, Reason};
use crate::text::{paragraph_around, sentence_around, words};

/// The categories and their lists in `rules/detectors/special.toml`: the sure words, then the doubtful ones.
const CATEGORIES: [Attribute; 8] = [
    Attribute::Health,
    Attribute::Union,
    Attribute::Religion,
    Attribute::Politics,
    Attribute::Sexuality,
    Attribute::Ethnicity,
    Attribute::Biometric,
    Attribute::Crime,
];
const LISTS: [&str; 17] = [
    "health",
    "health-doubtful",
    "union",
    "union-doubtful",
    "religion",
    "religion-doubtful",
    "politics",
    "politics-doubtful",
    "sexuality",
    "sexuality-doubtful",
    "ethnicity",
    "ethnicity-doubtful",
    "biometric",
    "biometric-doubtful",
    "crime",
    "crime-doubtful",
    "not",
];
/// The lists of sure words.
const SURE: u32 = 0b0101_0101_0101_0101;
/// What only looks like one of the words.
const NOT: u32 = 1 << 16;

/// Adds the words of special categories around persons; `found` is in order of place, and stays so.
pub(super) fn add(found: &mut Vec<Entity>, passage: &Passage<'_>) {
    let text = passage.text;
    let mut special = Vec::new();
    let mut read = 0;
    for person in found.iter().filter(|e| e.kind == Kind::Person && is_protected(e)) {
        let at = person.span.range().start;
        let sentence = sentence_around(text, at);
        let around = beside(text, sentence);
        let start = around.0.max(read);
        if start < around.1 {
            read_words(passage, start..around.1, sentence, &mut special);
            read = around.1;
        }
    }
    if special.is_empty() {
        return;
    }
    special.retain(|new: &Entity| {
        let after = found.partition_point(|e| e.span.start < new.span.end);
        !found[after.saturating_sub(3)..after].iter().any(|old| old.span.overlaps(new.span))
    });
    found.append(&mut special);
    found.sort_by_key(|e| e.span.start);
}

/// Whether a person is alive and real, and no one whose office is the subject.
fn is_protected(person: &Entity) -> bool {
    let attributes = person.attributes;
    !(attributes.has(Attribute::Dead) || attributes.has(Attribute::Fictional) || attributes.has(Attribute::Official))
}

/// A sentence with the ones before and after it in the same paragraph: `Ruth är 88. Hon har demens.`
fn beside(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let (from, to) = paragraph_around(text, start);
    let before = if start > from { sentence_around(text, text.floor_char_boundary(start - 1)).0 } else { start };
    let next = text[end.min(to)..to].find(char::is_alphanumeric).map(|p| end + p);
    let after = next.map_or(end, |at| sentence_around(text, at).1);
    (before.min(start), after.max(end))
}

fn read_words(passage: &Passage<'_>, range: std::ops::Range<usize>, sentence: (usize, usize), out: &mut Vec<Entity>) {
    let lexicon = passage.rules.lexicon(Kind::Special, &LISTS);
    let mut free = range.start;
    for word in words(&passage.text[range.clone()]) {
        let start = range.start + word.start;
        if start < free {
            continue;
        }
        let end = whole(passage.text, start + word.text.len(), range.end);
        let Some(hit) = lexicon.look(&passage.text[start..end], &passage.text[end..]).filter(|hit| hit.lists & NOT == 0) else { continue };
        let Some(category) = CATEGORIES.iter().enumerate().find(|(i, _)| hit.best & 0b11 << (2 * i) != 0) else { continue };
        let sure = hit.best & SURE != 0;
        let inside = (sentence.0..sentence.1).contains(&start);
        if !sure && !inside {
            continue;
        }
        let end = hit.end_in(passage.text, end, range.end);
        free = end;
        let mut entity = Entity::new(Kind::Special, start, end, [Reason::Shape; 0]).with(*category.1);
        entity.evidence.push(Evidence { reason: Reason::Listed, detail: Some(hit.word) });
        if !sure {
            entity.evidence.push(Reason::Ambiguous);
        } else if inside {
            entity.evidence.push(Reason::Neighbour);
        }
        out.push(entity);
    }
}

/// Where a word that goes on after hyphens ends: `ADHD-diagnos`.
fn whole(text: &str, end: usize, most: usize) -> usize {
    let mut end = end;
    while text.as_bytes().get(end) == Some(&b'-') && end < most {
        let Some(word) = words(&text[end + 1..most]).next().filter(|w| w.start == 0) else { break };
        end += 1 + word.text.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Scratch};
    use crate::{Rulebook, Sensitivity};

    fn special(text: &str) -> Vec<(String, Attribute)> {
        let found = Engine::new(Rulebook::built_in(), Sensitivity::Normal).detect(text, &mut Scratch::default());
        let special = found.iter().filter(|e| e.kind == Kind::Special);
        special.map(|e| (text[e.span.range()].to_owned(), e.attributes.iter().next().expect("a category"))).collect()
    }

    #[test]
    fn words_count_beside_a_person_only() {
        assert_eq!(special("Ruth Ek är 88 år. Hon har demens."), [("demens".to_owned(), Attribute::Health)]);
        assert!(special("Demens är vanligt.\n\nRuth Ek är 88 år.").is_empty());
        assert!(special("Föreläsning om demens på torsdag.").is_empty());
        assert_eq!(special("Alva Ek har fått en ADHD-diagnos.").first().map(|s| s.1), Some(Attribute::Health));
    }
}

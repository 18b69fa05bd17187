//! What a text says of a name in one place holds in others.
//!
//! A person read in full (`Berit Wikander`) makes her later surname or given name sure; a name that is a ship or a street
//! here stays one. Votes, not rules: a mention the model was sure of keeps its reading.

use std::collections::HashMap;

use super::clue::Clue;
use super::find::Candidate;

/// A full name this sure, in parts of a nat, speaks for its words elsewhere.
const SURE: i32 = 60;
/// What the text's other mentions add or take.
const VOTE: i32 = 60;

/// What it takes that the text has given the name to a thing: `Vår chatbot Kim … Kim svarar`.
const THING: i32 = 300;

/// Moves the margins of doubtful single names by what the rest of the text says of them.
pub(crate) fn settle(all: &mut [Candidate]) {
    // For and against, by word.
    let mut votes: HashMap<u64, (u32, u32)> = HashMap::new();
    for c in all.iter() {
        if c.found.full && c.found.margin >= SURE {
            for w in [c.first_word, c.last_word] {
                votes.entry(w).or_default().0 += 1;
            }
        } else if c.guarded {
            votes.entry(c.last_word).or_default().1 += 1;
        }
    }
    // Who had the name last, in the order of the text: whether a thing.
    let mut named: HashMap<u64, bool> = HashMap::new();
    for c in all.iter_mut() {
        if c.is_thing {
            c.found.margin -= THING;
            named.insert(c.last_word, true);
            continue;
        }
        if c.found.full {
            named.extend([c.first_word, c.last_word].map(|word| (word, false)));
            continue;
        }
        if c.guarded {
            continue;
        }
        if named.get(&c.last_word) == Some(&true) {
            c.found.margin -= THING;
            continue;
        }
        if c.found.margin >= 2 * SURE {
            continue;
        }
        match votes.get(&c.last_word) {
            Some(&(f, a)) if f > 0 && f >= a => {
                c.found.margin += VOTE;
                c.found.evidence.push(Clue::Memory);
            }
            Some(&(0, a)) if a > 0 => c.found.margin -= VOTE,
            _ => {}
        }
    }
}

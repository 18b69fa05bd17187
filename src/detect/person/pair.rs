//! Full names beyond doubt: `Mia Olofsson`, a known given name and a known surname with nothing around that speaks
//! against them. Four of five mentions in ordinary text are such; they need no model.

use super::hash;
use super::invert;
use super::lexicon::{self, List, Traits};
use super::stretches::Word;

/// The margin such a pair is given, in parts of a nat: about what the model gives one.
pub(crate) const MARGIN: i32 = 240;

/// Words that make a name the name of something else.
const OTHER: u32 = List::Animal as u32
    | List::Thing as u32
    | List::Firm as u32
    | List::OrgHead as u32
    | List::Street as u32
    | List::Prize as u32
    | List::Org as u32
    | List::Particle as u32;

/// Words that lead to a name.
const LEADS: u32 = List::Title as u32 | List::Kin as u32 | List::Role as u32 | List::Cue as u32 | List::Speech as u32;

/// Whether `given` and `surname`, two capitalised words in a row, are a person's name; `before` is the capitalised
/// word before them, `after` begins the one after.
#[inline]
pub(crate) fn certain(bytes: &[u8], given: &Word, surname: &Word, before: &Word, after: Option<usize>) -> bool {
    let (g, s) = (given.traits, surname.traits);
    g.given() >= 4
        && !g.common()
        && surname.at == given.end + 1
        && bytes[given.end] == b' '
        && plausible(bytes, s, surname)
        && alone(bytes, given, surname, before, after)
}

/// Whether the second word is a surname and cannot be a genitive or a word.
fn plausible(bytes: &[u8], s: Traits, word: &Word) -> bool {
    if bytes[word.end - 1] == b's' || bytes[word.end - 1] == b'S' || s.any(OTHER) || s.is(List::Function) {
        return false;
    }
    if s.surname() >= 4 {
        return true;
    }
    s.given() < 3
        && !s.swedish_place()
        && s.lower() == 0
        && bytes.get(word.at..word.end).and_then(|w| std::str::from_utf8(w).ok()).is_some_and(invert::surname_ending)
}

/// Whether nothing beside the pair makes it part of something longer.
fn alone(bytes: &[u8], given: &Word, surname: &Word, before: &Word, after: Option<usize>) -> bool {
    // After it: neither a third capitalised word, nor `&`, nor a sign that goes on a word.
    if after == Some(surname.end + 1) && bytes[surname.end] == b' ' {
        return false;
    }
    match (bytes.get(surname.end), bytes.get(surname.end + 1)) {
        (None | Some(b'\n' | b',' | b';' | b'!' | b'?' | b')'), _) | (Some(b'.'), None | Some(b' ' | b'\n')) => {}
        (Some(b' '), Some(b)) if b.is_ascii_alphanumeric() || *b == b'(' => {}
        _ => return false,
    }
    // Before it: a line's start, a list, or a lower-case word that is no ship, dog or firm.
    let Some(space) = given.at.checked_sub(1) else { return true };
    match bytes[space] {
        b'\n' => true,
        b' ' => {
            let end = space;
            if before.end == end && end > 0 {
                // `Grattis Åsa Hellström`: an ordinary word that begins its sentence.
                let w = before.traits;
                return w.given() < 3 && !w.any(OTHER) && (w.common() || (w.surname() < 3 && w.any(LEADS)));
            }
            let from = bytes[end.saturating_sub(24)..end]
                .iter()
                .rposition(|b| matches!(b, b' ' | b'\n'))
                .map_or(end.saturating_sub(24), |p| end.saturating_sub(24) + p + 1);
            match bytes[end - 1] {
                b'.' | b',' | b':' | b';' | b'!' | b'?' | b')' => true,
                b if b.is_ascii_lowercase() => {
                    let w = lexicon::traits(hash::within(bytes, from, end));
                    !w.any(OTHER) || w.any(LEADS)
                }
                _ => false,
            }
        }
        _ => false,
    }
}

//! What words beside contact data are: names, occupations, businesses. Asks the lexicon that finds people's names.

use super::person::lexicon::{List, Traits};
use super::person::traits_of;

/// Longest word that is looked up, in bytes.
const LONGEST: usize = 40;

fn traits(word: &str) -> Traits {
    if word.len() > LONGEST { Traits::default() } else { traits_of(word) }
}

/// Whether `word`, or a part of it between hyphens, is borne as a given name by many, or by some and is no ordinary word.
pub(crate) fn is_given_name(word: &str) -> bool {
    word.split('-').map(traits).any(|t| t.given() >= 4 || (t.given() > 0 || t.is(List::Nick)) && !t.common() && !t.any(BUSINESS))
}

/// Whether `word` is known as a surname and is no ordinary word.
pub(crate) fn is_surname(word: &str) -> bool {
    word.split('-').map(traits).any(|t| t.surname() > 0 && !t.common() && !t.any(BUSINESS))
}

/// Whether `word` is known as a surname, whatever else it is.
pub(crate) fn may_be_surname(word: &str) -> bool {
    word.split('-').map(traits).any(|t| t.surname() > 0)
}

/// Whether `word` is an ordinary word, seen more in lower case than with a capital.
pub(crate) fn is_ordinary(word: &str) -> bool {
    traits(word).common()
}

const BUSINESS: u32 = List::Firm as u32 | List::OrgHead as u32 | List::Org as u32;

/// Whether `word` heads the name of a business, an authority or a society: `Bygg`, `Region`, `Coop`.
pub(super) fn is_business(word: &str) -> bool {
    traits(word).any(BUSINESS)
}

/// Whether `word` ends the name of something that people are remembered by: `gata`, `kaj`, `pris`, `bageri`.
pub(crate) fn is_namesake(word: &str) -> bool {
    const MORE: [&str; 14] =
        ["allé", "backe", "bänk", "bro", "brunn", "damm", "grav", "kaj", "krog", "minne", "park", "staty", "udde", "väg"];
    let small = word.to_lowercase();
    traits(word).any(BUSINESS | List::Street as u32 | List::Prize as u32) || MORE.contains(&small.as_str())
}

/// Whether `word` says what somebody does for a living.
pub(super) fn is_occupation(word: &str) -> bool {
    let found = traits(word);
    found.any(List::Role as u32 | List::Title as u32) && !found.is(List::Kin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        for name in ["Anna", "Anna-Karin", "ÅSA", "Hafid"] {
            assert!(is_given_name(name), "{name}");
        }
        for word in ["", "Region", "-", "Ring", "och", "Kommun"] {
            assert!(!is_given_name(word), "{word}");
        }
        assert!(is_surname("Lindqvist") && is_business("AB") && is_occupation("rektor"));
    }
}

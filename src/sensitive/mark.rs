//! Keyed marks: people are counted, not named. HMAC-SHA-256 with a key that lies outside the report; a plain hash of a
//! name or an identity number could be undone by trying them all.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;

use super::{Sensitive, Who};
use crate::detect::{Entity, Kind};
use crate::document::{Document, PlaceId};

/// How far from a name in full a part of it still means the same person, in bytes.
const REACH: usize = 2_000;

/// The key of all marks, ready for use.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// Takes the bytes of a key file.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> Self {
        // Shorter keys are filled up with zeros (RFC 2104).
        let mut block = [0; 64];
        block[..32].copy_from_slice(bytes);
        Self(Hmac::new(&block.into()))
    }

    /// The mark of some bytes, in a realm of its own.
    #[must_use]
    pub fn mark(&self, realm: &str, parts: &[&[u8]]) -> u64 {
        let mut mac = self.0.clone();
        mac.update(realm.as_bytes());
        for part in parts {
            mac.update(&[0]);
            mac.update(part);
        }
        let bytes = mac.finalize().into_bytes();
        bytes.iter().take(8).fold(0, |mark, &byte| mark << 8 | u64::from(byte))
    }

    /// The mark of a person by the words of a name, in any order and case.
    fn name(&self, words: &[String]) -> Who {
        let mut words: Vec<&[u8]> = words.iter().map(String::as_bytes).collect();
        words.sort_unstable();
        Who { mark: self.mark("person", &words), is_full: words.len() > 1 }
    }

    /// The mark of an identity number, however it is written; none for a part of one.
    fn number(&self, text: &str) -> Option<Who> {
        let signs: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        let last_ten = signs.get(signs.len().checked_sub(10)?..)?;
        Some(Who { mark: self.mark("number", &[last_ten.as_bytes()]), is_full: true })
    }
}

/// The people of one document: a single name means whoever is named in full nearby.
pub(crate) struct Names<'k> {
    key: &'k Key,
    /// Names in full: where, in which part of the document, their words.
    full: Vec<(usize, Option<PlaceId>, Vec<String>)>,
}

impl<'k> Names<'k> {
    pub(crate) fn new(key: &'k Key, document: &Document<'_>, found: &[Entity]) -> Self {
        let text = document.text.as_str();
        let people = found.iter().filter(|e| e.kind == Kind::Person);
        let full = people.filter_map(|e| {
            let words = words(&text[e.span.range()]);
            (words.len() > 1).then(|| (e.span.range().start, part(document, e), words))
        });
        Self { key, full: full.collect() }
    }

    /// The mark of an entity, where it is a person or an identity number.
    pub(crate) fn who(&self, document: &Document<'_>, entity: &Entity, value: Sensitive<'_>) -> Option<Who> {
        match entity.kind {
            Kind::Personnummer => self.key.number(value.0),
            Kind::Person => {
                let words = words(value.0);
                let [single] = &words[..] else { return Some(self.key.name(&words)) };
                let (at, part) = (entity.span.range().start, part(document, entity));
                let from = self.full.partition_point(|f| f.0 + REACH < at);
                let near = self.full[from..].iter().take_while(|f| f.0 < at + REACH);
                let near = near.filter(|f| f.1 == part && f.2.contains(single));
                let whole = near.min_by_key(|f| f.0.abs_diff(at)).map_or(&words, |f| &f.2);
                Some(self.key.name(whole))
            }
            _ => None,
        }
    }
}

/// The outermost place with a number: the row, card or line that an entity stands in.
fn part(document: &Document<'_>, entity: &Entity) -> Option<PlaceId> {
    document.places.numbered(document.region_of(entity.span)?.place?)
}

/// The words of a name as they are compared.
fn words(name: &str) -> Vec<String> {
    let folded: String = name.nfc().flat_map(char::to_lowercase).collect();
    folded.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person_has_one_mark_and_another_key_gives_another() {
        let (key, other) = (Key::new(&[7; 32]), Key::new(&[8; 32]));
        let name = |key: &Key, text: &str| key.name(&words(text));
        assert_eq!(name(&key, "Torbjörn Edvardsson"), name(&key, "EDVARDSSON, Torbjo\u{308}rn"));
        assert_ne!(name(&key, "Torbjörn Edvardsson"), name(&key, "Torbjörn Edvarsson"));
        assert_ne!(name(&key, "Torbjörn Edvardsson"), name(&other, "Torbjörn Edvardsson"));
        assert!(!name(&key, "Torbjörn").is_full && name(&key, "Torbjörn Edvardsson").is_full);
        assert_eq!(key.number("800102-2386"), key.number("19800102 2386"));
        assert_ne!(key.number("800102-2386"), other.number("800102-2386"));
        assert_eq!(key.number("0102-2386"), None);
        assert_eq!(format!("{key:?}"), "Key");
    }
}

//! The engine: text in, entities out. Pure: no files, no threads, no clock, no network.

mod addresses;

use crate::detect::{Confidence, Entity, Kind, Passage, Rulebook, Sensitivity, confidence, detect};
use crate::document::Document;
use crate::resolve::{Own, resolve};
use crate::sensitive::{Masked, Sensitive};
use crate::sift::{Anchors, sift};

/// Rules and settings, made once and shared by all threads.
#[derive(Debug)]
pub struct Engine {
    rules: Rulebook,
    sensitivity: Sensitivity,
    own: Own,
}

/// Room that is used again from one document to the next; one a thread.
#[derive(Debug, Default)]
pub struct Scratch {
    anchors: Anchors,
}

impl Engine {
    /// An engine with these rules.
    #[must_use]
    pub fn new(rules: Rulebook, sensitivity: Sensitivity) -> Self {
        Self { rules, sensitivity, own: Own::default() }
    }

    /// The same, knowing what is the organisation's own.
    #[must_use]
    pub fn with_own(self, own: Own) -> Self {
        Self { own, ..self }
    }

    /// The detectors' rules.
    #[must_use]
    pub const fn rules(&self) -> &Rulebook {
        &self.rules
    }

    /// The personal data in `text`, in order of place; spans are bytes of `text`.
    pub fn detect(&self, text: &str, scratch: &mut Scratch) -> Vec<Entity> {
        self.detect_with(text, Vec::new(), scratch)
    }

    /// The personal data in a document: in its text, and in the names of the files that it links to or shows.
    pub fn detect_in(&self, document: &Document<'_>, scratch: &mut Scratch) -> Vec<Entity> {
        let mut found = self.detect(document.text.as_str(), scratch);
        addresses::add(self, document, scratch, &mut found);
        found
    }

    /// The same as [`Self::detect`], with entities that were found elsewhere in place of those of the same kinds: how
    /// the resolving of kinds is measured apart from finding them.
    pub fn detect_with(&self, text: &str, given: Vec<Entity>, scratch: &mut Scratch) -> Vec<Entity> {
        let passage = Passage { text, rules: &self.rules, sensitivity: self.sensitivity };
        sift(text, &mut scratch.anchors);
        let kinds = given.iter().fold(0_u32, |kinds, e| kinds | 1 << e.kind as u8);
        let mut found = Vec::new();
        detect(&scratch.anchors, &passage, &mut found);
        if kinds != 0 {
            found.retain(|e| kinds & 1 << e.kind as u8 == 0);
            found.extend(given);
        }
        resolve(found, &passage, &self.own)
    }

    /// Words that are known to be of `kind`, masked.
    #[must_use]
    pub fn mask(&self, words: &str, kind: Kind) -> Masked {
        Sensitive::new(words).masked(kind)
    }

    /// `text` with the personal data in it masked; for words that go into messages and places. Of names only those that
    /// are sure and written with a capital: a lone word in a message looks like a name too easily, and it is for reading.
    pub fn masked(&self, text: &str, scratch: &mut Scratch) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for entity in self.detect(text, scratch) {
            let range = entity.span.range();
            let sure = confidence(entity.kind, &entity.evidence, &self.rules) == Some(Confidence::High);
            if entity.kind == Kind::Person && !(sure && text[range.clone()].starts_with(char::is_uppercase)) {
                continue;
            }
            out.push_str(&text[at..range.start]);
            out.push_str(Sensitive::new(&text[range.clone()]).masked(entity.kind).as_str());
            at = range.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

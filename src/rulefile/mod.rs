//! The shape of the files under `rules/`: detectors, checks, channels and packs, as `serde` sees them.
//!
//! `build.rs` reads this file too: it parses the built-in rules while building, so that the program starts without
//! parsing. A user's own rules are parsed by the same types at start, with errors that point into the file.

mod check;
mod names;
mod own;
mod policy;
mod services;
mod words;

pub use check::{CheckExample, CheckFile, Law, Leads, LexiconFile, Pattern, SeverityByClass, When};
pub use names::{Alternatives, Names};
pub use own::OwnDetectorFile;
pub use policy::{AdequacyFile, ChannelFile, ChannelsFile, CountryFile, PackFile};
pub use services::{InsteadFile, ServiceFile, ServiceRow, ServiceTable, ServicesFile};
pub use words::Words;

use serde::{Deserialize, Serialize};

/// A sentence in Swedish and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

/// `rules/detectors/KIND.toml`: everything a kind needs that is not arithmetic.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetectorFile {
    /// The kind it finds.
    pub kind: String,
    /// First version that has it.
    pub since: String,
    /// What the kind is called.
    pub title: Bilingual,
    /// Why it matters that it is published.
    pub why: Bilingual,
    /// Where the facts come from.
    #[serde(default)]
    pub source: Vec<SourceNote>,
    /// Patterns, for a kind (or a form of it) that needs no code.
    #[serde(default)]
    pub shape: Vec<Shape>,
    /// Words near a candidate that speak for or against it.
    #[serde(default)]
    pub cues: CueLists,
    /// Named lists of words that set an attribute or a form, read by the detector's code.
    #[serde(default)]
    pub words: Vec<WordList>,
    /// The reasons needed for each level of confidence.
    pub confidence: LevelLists,
    /// Texts in which it must be found, marked `[[kind:attr|text]]`.
    #[serde(default)]
    pub hits: Vec<DetectorExample>,
    /// Texts in which nothing of the kind may be found.
    #[serde(default)]
    pub misses: Vec<DetectorExample>,
}

/// A fact's origin.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceNote {
    /// Law, standard or table.
    pub text: String,
    /// When it was looked at, `YYYY-MM-DD`.
    pub checked: String,
}

/// A pattern with what must hold around it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// What it is called in messages.
    pub name: String,
    /// What sift must have seen: `number`, `at` or `slash`.
    pub anchor: String,
    /// Regular expression, tried from the anchor's word on.
    pub pattern: String,
    /// The least and most digits of the number at the anchor, over all groups joined tightly: a cheap test before all
    /// others.
    #[serde(default)]
    pub digits: Option<[u8; 2]>,
    /// Name of a validator in `src/detect/validators.rs`.
    #[serde(default)]
    pub validator: Option<String>,
    /// An attribute that the shape sets.
    #[serde(default)]
    pub attribute: Option<String>,
    /// Whether a word for the kind must stand before the match: `required` (if left out) or `optional`.
    #[serde(default)]
    pub cue: CueNeed,
    /// Reasons that a match gives.
    pub evidence: Vec<String>,
}

/// Whether a pattern needs a word for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueNeed {
    /// Only a word for the kind tells a match from any other number.
    #[default]
    Required,
    /// The pattern is particular enough.
    Optional,
}

/// Words for and against a candidate. A word that ends in `*` matches every word that starts so, one that starts with
/// `*` every word that ends so.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueLists {
    /// Words that speak for it.
    #[serde(default, rename = "for")]
    pub pro: Words,
    /// Words that speak against it.
    #[serde(default, rename = "against")]
    pub contra: Words,
    /// How many words on either side are looked at.
    #[serde(default)]
    pub window: u8,
}

/// A named list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordList {
    /// The name the code asks for.
    pub name: String,
    /// The words; `*` as in [`CueLists`].
    pub words: Words,
    /// How many words on either side are looked at.
    #[serde(default)]
    pub window: u8,
}

/// Alternatives for each level, each a list of reasons joined by ` + `.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelLists {
    /// Any of these makes it high.
    #[serde(default)]
    pub high: Vec<String>,
    /// Any of these makes it medium.
    #[serde(default)]
    pub medium: Vec<String>,
    /// Any of these makes it low.
    #[serde(default)]
    pub low: Vec<String>,
}

/// An example text of a detector.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetectorExample {
    /// The text; hits are marked.
    pub text: String,
    /// Why it is not one, for a miss.
    #[serde(default)]
    pub because: Option<String>,
}

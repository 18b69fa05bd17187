//! Detectors that a user adds, as they stand in their files.

use serde::{Deserialize, Serialize};

use super::{Bilingual, CueLists, CueNeed, Names, Words};

/// A file in a user's own folder whose first key is `detector`: a new kind of data, or a new form of a known one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnDetectorFile {
    /// The name that rules ask for: small letters, digits and hyphens.
    pub detector: String,
    /// What it finds is called.
    pub title: Bilingual,
    /// Why it matters that it is published.
    #[serde(default)]
    pub why: Option<Bilingual>,
    /// The built-in kind it is a form of; left out: a kind of its own.
    #[serde(default)]
    pub kind: Option<String>,
    /// Attributes that its entities have.
    #[serde(default)]
    pub attributes: Names,
    /// Regular expressions; a match is whole words, within a paragraph.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// Words; `*` at the end lets a word go on, at the start lets it be the end of a longer one.
    #[serde(default)]
    pub words: Words,
    /// Name of a validator in `src/detect/validators.rs` that a match must pass.
    #[serde(default)]
    pub validator: Option<String>,
    /// Words near it that speak for or against it.
    #[serde(default)]
    pub cues: CueLists,
    /// Whether a word for it must stand near: `required` if there are any and it is left out.
    #[serde(default)]
    pub cue: Option<CueNeed>,
    /// How sure a find is: `high` if left out, or `medium`.
    #[serde(default)]
    pub confidence: Option<String>,
    /// Texts in which it must be found, marked `[[…]]`.
    #[serde(default)]
    pub hits: Vec<String>,
    /// Texts in which nothing of it may be found.
    #[serde(default)]
    pub misses: Vec<String>,
}

//! The shape of the files under `rules/`: detectors, checks, channels and packs, as `serde` sees them.
//!
//! `build.rs` reads this file too: it parses the built-in rules while building, so that the program starts without
//! parsing. A user's own rules are parsed by the same types at start, with errors that point into the file.

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
    pub pro: Vec<String>,
    /// Words that speak against it.
    #[serde(default, rename = "against")]
    pub contra: Vec<String>,
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
    pub words: Vec<String>,
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

/// `rules/checks/OMBnnn.toml`: one lint rule, whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckFile {
    /// `OMB` and three digits; never changes, never used again.
    pub id: String,
    /// A short name.
    pub slug: String,
    /// First version that has it.
    pub since: String,
    /// What the rule is called.
    pub title: Bilingual,
    /// When it fires.
    pub when: When,
    /// How grave it is, by channel class.
    pub severity: SeverityByClass,
    /// What was found.
    pub message: Bilingual,
    /// Why it matters.
    pub why: Bilingual,
    /// What to write instead.
    pub remedy: Bilingual,
    /// What the rule rests on.
    #[serde(default)]
    pub law: Vec<Law>,
    /// Drafts in which it must fire.
    #[serde(default)]
    pub hits: Vec<CheckExample>,
    /// Drafts in which it must not.
    #[serde(default)]
    pub misses: Vec<CheckExample>,
}

/// The condition of a rule: what it points at, and what else must hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The entity that the finding points at.
    pub find: Pattern,
    /// All of these must stand near as well.
    #[serde(default)]
    pub with: Vec<Pattern>,
    /// None of these may stand near.
    #[serde(default)]
    pub without: Vec<Pattern>,
    /// What "near" means: `sentence`, `paragraph`, `region` or `document`.
    #[serde(default)]
    pub within: Within,
    /// Roles of the region it applies in; empty: all that are published.
    #[serde(default)]
    pub roles: Vec<String>,
    /// At least this many entities that fit `find` must stand near each other.
    #[serde(default)]
    pub count: Option<u16>,
}

/// How near two entities must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Within {
    /// The same sentence.
    #[default]
    Sentence,
    /// The same paragraph: up to a blank line.
    Paragraph,
    /// The same region: a caption, an alt text, a body.
    Region,
    /// The same document.
    Document,
}

/// What an entity must be.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Its kind.
    pub kind: String,
    /// It has one of these attributes; `none` means no attribute at all. Empty: any.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// It has none of these attributes.
    #[serde(default)]
    pub except: Vec<String>,
    /// The least confidence: `low`, `medium` or `high`.
    #[serde(default)]
    pub confidence: Option<String>,
    /// A form told from the text: `mobile`, `fixed`, `full-name`, `single-name`.
    #[serde(default)]
    pub form: Option<String>,
}

/// `error`, `warning`, `note` or `off` for each class of channel.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SeverityByClass {
    /// The organisation's own web site in the EU.
    pub own_web: String,
    /// A US platform that relies on the Data Privacy Framework.
    pub us_dpf: String,
    /// Any other third country, or the USA without the framework.
    pub third_country: String,
    /// Not published.
    pub internal: String,
}

/// A legal basis.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Statute, article, case.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Its date, `YYYY-MM-DD`.
    pub date: String,
}

/// An example draft of a rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckExample {
    /// The channel it is for.
    pub channel: String,
    /// The role of its region; body if left out.
    #[serde(default)]
    pub role: Option<String>,
    /// The draft; in a hit, `[[…]]` marks what the finding points at.
    pub text: String,
    /// The severity a hit must have.
    #[serde(default)]
    pub severity: Option<String>,
    /// Why a miss is none.
    #[serde(default)]
    pub because: Option<String>,
}

/// `rules/channels.toml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelsFile {
    /// When a person last read the whole file, `YYYY-MM-DD`.
    pub reviewed: String,
    /// The channels.
    pub channel: Vec<ChannelFile>,
}

/// One channel: where a draft may go.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelFile {
    /// The name used in commands and configuration.
    pub id: String,
    /// The name readers know.
    pub name: String,
    /// Other names and labels for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// `own-web`, `us-dpf`, `third-country` or `internal`.
    pub class: String,
    /// Who runs it.
    #[serde(default)]
    pub owner: String,
    /// Where the recipient is, ISO 3166 alpha-2.
    #[serde(default)]
    pub country: String,
    /// What is known of the transfer mechanism; a record of what was seen, never a verdict.
    #[serde(default)]
    pub status: String,
    /// When the status was looked at, `YYYY-MM-DD`.
    #[serde(default)]
    pub checked: String,
}

/// `rules/policies/NAME.toml`: a pack that an `ombud.toml` extends.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// The pack's name.
    pub name: String,
    /// When a person last read it, `YYYY-MM-DD`.
    pub reviewed: String,
    /// What it is for.
    pub title: Bilingual,
    /// The channel, by its id, that drafts without one are judged for.
    pub default_channel: String,
    /// The least severity of a rule whose kind is found, by channel class; absent: the rule's own.
    #[serde(default)]
    pub floor: Option<SeverityByClass>,
    /// Files that hold no prose and are left out by name, as globs.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Changes to single rules, by id.
    #[serde(default)]
    pub severity: std::collections::BTreeMap<String, SeverityByClass>,
    /// `normal` or `high`.
    #[serde(default)]
    pub sensitivity: Option<String>,
}

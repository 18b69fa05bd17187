//! Lint rules as they stand in their files: `rules/checks/OMBnnn.toml` and the lists of words they ask for.

use serde::{Deserialize, Serialize};

use super::{Alternatives, Bilingual, Names, Words};

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
    /// When it fires: `[when]`, or several `[[when]]` of which one is enough.
    pub when: Alternatives,
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
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct When {
    /// What the finding points at.
    #[serde(default)]
    pub find: Pattern,
    /// It points at exceptions without effect, and at nothing else.
    #[serde(default)]
    pub exception: bool,
    /// All of these must stand near as well: together with what is found.
    #[serde(default)]
    pub with: Vec<Pattern>,
    /// None of these may stand near.
    #[serde(default)]
    pub without: Vec<Pattern>,
    /// What "near" means: `sentence` (if left out), `sentences` (the next ones too), `item`, `paragraph`, `region`,
    /// `document` or a number of characters: `80 characters`.
    #[serde(default)]
    pub within: Option<String>,
    /// Roles of the region it applies in; empty: all that are published. Comments, members and old versions are judged
    /// only by rules that name them.
    #[serde(default)]
    pub roles: Names,
    /// Channels or channel classes it applies in; empty: all.
    #[serde(default)]
    pub channels: Names,
    /// Formats of the source it applies to; empty: all.
    #[serde(default)]
    pub formats: Names,
    /// At least this many that fit `find` must stand near each other; they make one finding.
    #[serde(default)]
    pub count: Option<u16>,
    /// Whether one finding a document is enough.
    #[serde(default)]
    pub once: bool,
    /// Only at this sensitivity: `high`.
    #[serde(default)]
    pub sensitivity: Option<String>,
    /// The document says one of these about itself (front matter).
    #[serde(default)]
    pub fields: Names,
    /// The document says none of these about itself.
    #[serde(default)]
    pub without_fields: Names,
    /// The channel it is judged for, whatever the draft's own is: where the draft itself is kept.
    #[serde(default)]
    pub judged_for: Option<String>,
    /// It points at the policy itself, once it is too old, and at nothing else.
    #[serde(default)]
    pub stale: bool,
    /// What is known of the channel's transfer: `unconfirmed`.
    #[serde(default)]
    pub transfer: Option<String>,
    /// The first day it holds, `YYYY-MM-DD`.
    #[serde(default)]
    pub from: Option<String>,
    /// The last day it holds, `YYYY-MM-DD`.
    #[serde(default)]
    pub until: Option<String>,
}

/// What an entity must be, or which words must stand there. What is given must all hold; of several kinds, lists or
/// attributes one is enough, and where a pattern has both kinds and lists, an entity or a word.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// One of these kinds; `any` is any personal data.
    #[serde(default)]
    pub kind: Names,
    /// Or a word of one of these lists, `rules/lexicons/NAME.toml`.
    #[serde(default)]
    pub lexicon: Names,
    /// The entity has one of these attributes; `none` means no attribute at all. Empty: any.
    #[serde(default)]
    pub attributes: Names,
    /// It has none of these attributes.
    #[serde(default)]
    pub except: Names,
    /// It is believed for one of these reasons.
    #[serde(default)]
    pub evidence: Names,
    /// The least confidence: `low`, `medium` or `high`.
    #[serde(default)]
    pub confidence: Option<String>,
    /// A form told from the text: `mobile`, `fixed`, `full-name`, `single-name`.
    #[serde(default)]
    pub form: Option<String>,
    /// Roles of the region it stands in.
    #[serde(default)]
    pub roles: Names,
    /// Instead of a kind or a list: an address of a service of one of these categories in `rules/services.toml`; `any`: of any.
    #[serde(default)]
    pub service: Names,
    /// How the document refers to the service: `script`, `frame`, `image`, `form`, `link` …; empty: in any way.
    #[serde(default)]
    pub by: Names,
    /// What is known of the country of the service's owner: `us`, `third-country`, `adequate`, `eu`; empty: any.
    #[serde(default)]
    pub country: Names,
    /// Instead of a kind or a list: a picture whose text alternative is `missing` or a `file-name`.
    #[serde(default)]
    pub picture: Names,
    /// How near it must stand, where that differs from the rule's own `within`.
    #[serde(default)]
    pub within: Option<String>,
}

/// `rules/lexicons/NAME.toml`: words that conditions ask for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconFile {
    /// The name that rules use.
    pub lexicon: String,
    /// What the list holds.
    pub title: Bilingual,
    /// Words; `*` at the end lets a word go on, at the start lets it be the end of a longer one.
    #[serde(default)]
    pub words: Words,
    /// Regular expressions for what cannot be listed; a match starts at a word and is whole words.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// What the matches of each pattern can start with, worked out while building. A pattern without is tried at every word.
    #[serde(default)]
    pub leads: Vec<Option<Leads>>,
    /// Texts that hold a word of the list, marked `[[…]]`.
    #[serde(default)]
    pub hits: Vec<String>,
    /// Texts that hold none.
    #[serde(default)]
    pub misses: Vec<String>,
}

/// What the matches of a pattern can start with.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leads {
    /// Whether the first letter is a capital.
    pub capital: bool,
    /// Eight bytes each, in small letters, zeros after the last; sorted, and none the start of another.
    pub letters: Vec<u8>,
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
    /// The format it is read as; text with a role if left out.
    #[serde(default)]
    pub format: Option<String>,
    /// The day it is judged as on, `YYYY-MM-DD`; the day of the pack's review if left out.
    #[serde(default)]
    pub day: Option<String>,
    /// Why a miss is none.
    #[serde(default)]
    pub because: Option<String>,
}

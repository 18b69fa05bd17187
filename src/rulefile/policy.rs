//! Channels and packs as they stand in their files.

use serde::{Deserialize, Serialize};

use super::{Bilingual, SeverityByClass};

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

/// `rules/adequacy.toml`: countries with an adequacy decision, and those that need none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdequacyFile {
    /// When a person last read the whole file, `YYYY-MM-DD`.
    pub reviewed: String,
    /// Countries of the EU and the EEA.
    pub eu: Vec<String>,
    /// Countries with a decision.
    pub country: Vec<CountryFile>,
}

/// One adequacy decision (GDPR art. 45).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountryFile {
    /// ISO 3166 alpha-2.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// Whom the decision is about.
    pub scope: String,
    /// The decision.
    pub decision: String,
    /// Its date, `YYYY-MM-DD`.
    pub adopted: String,
    /// The last day it holds, where it has one.
    #[serde(default)]
    pub until: Option<String>,
    /// What was seen of it, and when.
    #[serde(default)]
    pub note: String,
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
    /// The pack that it changes; what it does not say is as there.
    #[serde(default)]
    pub extends: Option<String>,
    /// The channel, by its id, that drafts without one are judged for.
    #[serde(default)]
    pub default_channel: String,
    /// After how many months without a review it is too old; 12 if left out.
    #[serde(default)]
    pub review_months: Option<u16>,
    /// The least severity of a rule whose kind is found, by channel class; absent: the rule's own.
    #[serde(default)]
    pub floor: Option<SeverityByClass>,
    /// Files that hold no prose and are left out by name, as globs.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Changes to single rules, by id: a severity by channel class or channel; what is not named stays.
    #[serde(default)]
    pub severity: std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>,
    /// `normal` or `high`.
    #[serde(default)]
    pub sensitivity: Option<String>,
}

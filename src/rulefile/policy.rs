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

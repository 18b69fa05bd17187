//! Policy: which entity may go out through which channel, and why. Rules are data; this is what reads them.

mod baseline;
mod channels;
mod condition;
pub mod config;
mod day;
mod fingerprint;
mod judge;
mod judging;
mod lexicons;
mod near;
mod pattern;
mod phrases;
mod reach;
mod rule;
mod seeker;
mod stems;
mod suppress;

pub use baseline::{Baseline, Matching};
pub use channels::{Channel, Channels, Class};
pub use day::Day;
pub(crate) use fingerprint::with_path;
pub use judge::Judge;
pub use judging::Judging;
pub use rule::Rule;
pub use seeker::Seeker;

use crate::detect::{RuleError, Sensitivity};
use crate::finding::Severity;
use crate::rulefile::{ChannelsFile, CheckFile, LexiconFile, PackFile};
use config::Config;
use lexicons::Lexicons;

/// The rules in force, with their severities and channels. Built once; never changes.
#[derive(Debug)]
pub struct Policy {
    rules: Vec<Rule>,
    channels: Channels,
    default_channel: usize,
    sensitivity: Sensitivity,
    exclude: Vec<String>,
    pack: &'static str,
    lexicons: Lexicons,
    today: Day,
    exceptions: Vec<suppress::General>,
    reasons: config::Reasons,
}

type BuiltIn = (Vec<CheckFile>, Vec<PackFile>, ChannelsFile, Vec<LexiconFile>);

/// # Panics
/// Never in a built program: `build.rs` wrote the bytes with the same types.
fn built_in() -> BuiltIn {
    postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/policy.bin"))).expect("build.rs wrote the policy with the same types")
}

/// The names of the packs that a configuration can extend.
#[must_use]
pub fn pack_names() -> Vec<&'static str> {
    built_in().1.into_iter().map(|pack| &*pack.name.leak()).collect()
}

/// When a person last read each pack and the list of channels.
#[must_use]
pub fn reviews() -> Vec<(String, String)> {
    let (_, packs, channels, _) = built_in();
    packs.into_iter().map(|p| (p.name, p.reviewed)).chain([("channels".to_owned(), channels.reviewed)]).collect()
}

impl Policy {
    /// The policy of the pack `pack`, changed by `config`.
    ///
    /// # Errors
    /// An unknown pack, channel or rule, or a rule file at fault.
    pub fn new(pack: &str, config: &Config) -> Result<Self, RuleError> {
        let (checks, packs, channels, lexicons) = built_in();
        let lexicons = Lexicons::load(lexicons)?;
        let channels = Channels::load(channels, config)?;
        let pack = packs.into_iter().find(|p| p.name == pack).ok_or_else(|| RuleError::unknown("policy", pack, pack_names()))?;
        let mut rules = checks.into_iter().map(|c| Rule::load(c, &channels, &lexicons)).collect::<Result<Vec<_>, _>>()?;
        for rule in &mut rules {
            rule.apply_pack(&pack)?;
        }
        for (id, levels) in &config.severity {
            let ids: Vec<&'static str> = rules.iter().map(|r| r.id).collect();
            let rule = rules.iter_mut().find(|r| r.id == id || r.slug == id).ok_or_else(|| RuleError::unknown("rule", id, ids))?;
            rule.apply_levels(levels, &channels)?;
        }
        Ok(Self {
            default_channel: channels.find(&pack.default_channel).ok_or_else(|| channels.unknown(&pack.default_channel))?,
            sensitivity: if pack.sensitivity.as_deref() == Some("high") { Sensitivity::High } else { Sensitivity::Normal },
            exclude: pack.exclude.into_iter().chain(config.exclude.iter().cloned()).collect(),
            today: Day::parse(&pack.reviewed).ok_or_else(|| RuleError { message: format!("`{}` is no date", pack.reviewed) })?,
            exceptions: suppress::General::load(config, &rules)?,
            reasons: config.reasons,
            pack: pack.name.leak(),
            lexicons,
            rules,
            channels,
        })
    }

    /// The rules, in the order of their ids.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with this id or slug.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id.eq_ignore_ascii_case(name) || r.slug == name)
    }

    /// The channels that drafts can be for.
    #[must_use]
    pub const fn channels(&self) -> &Channels {
        &self.channels
    }

    /// The channel of drafts that do not say theirs.
    #[must_use]
    pub const fn default_channel(&self) -> usize {
        self.default_channel
    }

    /// How much doubt the pack lets through.
    #[must_use]
    pub const fn sensitivity(&self) -> Sensitivity {
        self.sensitivity
    }

    /// Globs of files that are left out by name.
    #[must_use]
    pub fn exclude(&self) -> &[String] {
        &self.exclude
    }

    /// Compiles the patterns of all word lists now: for lists that a user wrote.
    ///
    /// # Errors
    /// One is no regular expression.
    pub fn check_patterns(&self) -> Result<(), RuleError> {
        self.lexicons.check_patterns()
    }

    /// The words of the list `name` in `text`, as ranges of bytes; for the tests of the lists themselves.
    ///
    /// # Errors
    /// No list has this name.
    pub fn words_of(&self, name: &str, text: &str) -> Result<Vec<std::ops::Range<usize>>, RuleError> {
        let bit = self.lexicons.bit(name)?;
        let (mut hits, mut starts) = self.lexicons.words_in(text, 0, text.len());
        self.lexicons.phrases_in(bit, text, text.len(), &mut starts, &mut hits);
        Ok(hits.into_iter().filter(|h| h.lists & bit != 0).map(|h| h.start..h.end).collect())
    }

    /// The day it is judged as on.
    #[must_use]
    pub const fn today(&self) -> Day {
        self.today
    }

    /// Whether somebody has confirmed what a channel's transfer rests on.
    pub(super) const fn is_confirmed(&self, _channel: usize) -> bool {
        true
    }

    const fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// The pack's name.
    #[must_use]
    pub const fn pack(&self) -> &'static str {
        self.pack
    }
}

/// A severity from a rule file; `off` is `None`.
pub(crate) fn severity(name: &str) -> Result<Option<Severity>, RuleError> {
    match name {
        "off" => Ok(None),
        _ => Severity::from_name(name).map(Some).ok_or_else(|| RuleError::unknown("severity", name, ["off", "note", "warning", "error"])),
    }
}

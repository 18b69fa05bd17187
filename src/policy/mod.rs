//! Policy: which entity may go out through which channel, and why. Rules are data; this is what reads them.

mod baseline;
mod blocks;
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
mod references;
mod rule;
mod seeker;
mod services;
mod standing;
mod stems;
mod suppress;

pub use baseline::{Baseline, Matching};
pub use channels::{Channel, Channels, Class};
pub use day::Day;
pub(crate) use fingerprint::with_path;
pub use judge::Judge;
pub use judging::Judging;
pub use rule::{Origin, Rule};
pub use seeker::Seeker;

use crate::detect::{Expression, Kind, RuleError, Sensitivity};
use crate::finding::Severity;
use crate::rulefile::{ChannelsFile, CheckFile, LexiconFile, OwnDetectorFile, PackFile};
use config::Config;
use lexicons::Lexicons;
use pattern::Known;

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
    transfer: config::Transfer,
    reviewed: Day,
    review_months: u16,
}

/// A user's own rules and lists of words.
#[derive(Clone, Debug, Default)]
pub struct OwnRules {
    /// Rules.
    pub checks: Vec<CheckFile>,
    /// Lists of words.
    pub lexicons: Vec<LexiconFile>,
    /// Detectors: what rules may ask for by their names. An engine's [`Rulebook`](crate::Rulebook) needs them too.
    pub detectors: Vec<OwnDetectorFile>,
}

impl OwnRules {
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.checks.is_empty() && self.lexicons.is_empty() && self.detectors.is_empty()
    }
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
    packs.into_iter().map(|p| (p.name, p.reviewed)).chain([("channels".to_owned(), channels.reviewed)]).chain(services::reviews()).collect()
}

/// The pack of this name with what it takes over from the packs it changes.
fn whole_pack(packs: &[PackFile], name: &str) -> Result<PackFile, RuleError> {
    let find = |name: &str| {
        packs
            .iter()
            .find(|p| p.name == name)
            .ok_or_else(|| RuleError::unknown("policy", name, packs.iter().map(|p| p.name.clone().leak() as &str)))
    };
    let mut pack = find(name)?.clone();
    let mut next = pack.extends.clone();
    for _ in 0..packs.len() {
        let Some(base) = next else { break };
        let base = find(&base)?.clone();
        if pack.default_channel.is_empty() {
            pack.default_channel = base.default_channel;
        }
        pack.floor = pack.floor.or(base.floor);
        pack.sensitivity = pack.sensitivity.or(base.sensitivity);
        pack.exclude = base.exclude.into_iter().chain(pack.exclude).collect();
        for (rule, levels) in base.severity {
            pack.severity.entry(rule).or_insert(levels);
        }
        next = base.extends;
    }
    Ok(pack)
}

impl Policy {
    /// The policy of the pack `pack`, changed by `config`.
    ///
    /// # Errors
    /// An unknown pack, channel or rule, or a rule file at fault.
    pub fn new(pack: &str, config: &Config) -> Result<Self, RuleError> {
        Self::with_rules(pack, config, OwnRules::default())
    }

    /// The same with a user's own rules and lists.
    ///
    /// # Errors
    /// As for [`Policy::new`]; the message names the rule.
    pub fn with_rules(pack: &str, config: &Config, own: OwnRules) -> Result<Self, RuleError> {
        let (mut checks, packs, channels, mut lexicons) = built_in();
        for check in own.checks {
            if let Some(other) = checks.iter().find(|c| c.id == check.id || c.slug == check.slug) {
                return Err(RuleError { message: format!("`{}` and {} are the same rule", check.id, other.id) });
            }
            checks.push(check);
        }
        for list in &own.lexicons {
            let in_list = |e: RuleError| RuleError { message: format!("{} in lexicon {}", e.message, list.lexicon) };
            list.patterns.iter().try_for_each(|p| Expression::load(p).map(drop)).map_err(in_list)?;
        }
        lexicons.extend(own.lexicons);
        let lexicons = Lexicons::load(lexicons)?;
        // What else is at fault in a detector is told where it is made ready to find.
        let named = |d: OwnDetectorFile| (&*d.detector.leak(), d.kind.as_deref().and_then(Kind::from_name).unwrap_or(Kind::Own));
        let detectors: Vec<(&'static str, Kind)> = own.detectors.into_iter().map(named).collect();
        let known = Known { lexicons: &lexicons, detectors: &detectors };
        let pack = whole_pack(&packs, pack)?;
        let reviewed = Day::parse(&pack.reviewed).ok_or_else(|| RuleError { message: format!("`{}` is no date", pack.reviewed) })?;
        let channels = Channels::load(channels, config, reviewed)?;
        for channel in config.transfer.confirmed.keys() {
            channels.find(channel).ok_or_else(|| channels.unknown(channel))?;
        }
        let mut rules = checks.into_iter().map(|c| Rule::load(c, &channels, &known)).collect::<Result<Vec<_>, _>>()?;
        for rule in &mut rules {
            rule.apply_pack(&pack, &channels)?;
        }
        if let Some(id) = pack.severity.keys().find(|id| rules.iter().all(|r| r.id != *id)) {
            return Err(RuleError::unknown("rule", id, rules.iter().map(|r| r.id)));
        }
        for (id, levels) in &config.severity {
            let ids: Vec<&'static str> = rules.iter().map(|r| r.id).collect();
            let rule = rules.iter_mut().find(|r| r.id == id || r.slug == id).ok_or_else(|| RuleError::unknown("rule", id, ids))?;
            rule.apply_levels(levels, &channels, rule::Origin::Configuration)?;
        }
        Ok(Self {
            default_channel: channels.find(&pack.default_channel).ok_or_else(|| channels.unknown(&pack.default_channel))?,
            sensitivity: if pack.sensitivity.as_deref() == Some("high") { Sensitivity::High } else { Sensitivity::Normal },
            exclude: pack.exclude.into_iter().chain(config.exclude.iter().cloned()).collect(),
            today: reviewed,
            reviewed,
            review_months: pack.review_months.unwrap_or(12),
            transfer: config.transfer.clone(),
            exceptions: suppress::General::load(config, &rules)?,
            reasons: config.reasons,
            pack: pack.name.leak(),
            lexicons,
            rules,
            channels,
        })
    }

    /// The same policy with only condition `n` of the rule `id`: for telling which conditions examples need.
    #[must_use]
    pub fn with_condition(mut self, id: &str, n: usize) -> Self {
        if let Some(rule) = self.rules.iter_mut().find(|r| r.id == id) {
            rule.keep_condition(n);
        }
        self
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

    /// What the configuration accepts: exceptions, then agreements.
    pub fn accepted(&self) -> impl Iterator<Item = &crate::finding::Accepted> {
        self.exceptions.iter().map(|general| &general.accepted)
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
        let hits = self.lexicons.words_in(text, bit);
        Ok(hits.into_iter().filter(|h| h.lists & bit != 0).map(|h| h.start..h.end).collect())
    }

    /// When a person last read the pack.
    #[must_use]
    pub const fn reviewed(&self) -> Day {
        self.reviewed
    }

    /// The day it is judged as on.
    #[must_use]
    pub const fn today(&self) -> Day {
        self.today
    }

    /// The same policy on another day: what a transfer rests on is what holds then.
    #[must_use]
    pub fn on(mut self, day: Day) -> Self {
        self.today = day;
        self.channels.on(&self.transfer, day);
        self
    }

    /// Whether somebody has read, not too long before this day, that the owner of a channel is on the framework's list.
    /// Only channels in the USA rest on it.
    pub(super) fn is_confirmed(&self, channel: usize, today: Day) -> bool {
        let named = self.transfer.confirmed.iter().find(|(name, _)| self.channels.find(name) == Some(channel));
        !self.channels.at(channel).is_in_us || named.is_some_and(|(_, c)| c.on <= today && today <= c.on.plus_months(self.review_months))
    }

    /// Whether the Data Privacy Framework is relied on on this day.
    pub(super) fn counts_dpf(&self, today: Day) -> bool {
        self.transfer.counts_dpf(today)
    }

    /// The last day on which the pack counts as reviewed.
    #[must_use]
    pub fn review_by(&self) -> Day {
        self.reviewed.plus_months(self.review_months)
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

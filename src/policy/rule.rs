//! A lint rule, loaded from its file: what it points at, how grave it is where, what it says.

use std::collections::BTreeMap;

use super::condition::Condition;
use super::pattern::Known;
use super::{Channels, Class, severity};
use crate::detect::RuleError;
use crate::finding::Severity;
use crate::rulefile::{Bilingual, CheckFile, Law, PackFile, SeverityByClass};

/// One lint rule.
#[derive(Debug)]
pub struct Rule {
    /// `OMB` and three digits.
    pub id: &'static str,
    /// A short name.
    pub slug: &'static str,
    /// What it is called.
    pub title: Bilingual,
    /// What was found.
    pub message: Bilingual,
    /// Why it matters.
    pub why: Bilingual,
    /// What to write instead.
    pub remedy: Bilingual,
    /// What it rests on.
    pub law: Vec<Law>,
    /// When it fires: one of these holds.
    pub(super) when: Vec<Condition>,
    /// By class, in the order of [`Class::ALL`].
    levels: [Option<Severity>; 4],
    /// Where each of them comes from.
    origins: [Origin; 4],
    /// By single channel, over the class.
    by_channel: BTreeMap<usize, (Option<Severity>, Origin)>,
}

/// Where a severity comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The rule's own file.
    Rule,
    /// The pack raises all rules to it.
    Floor,
    /// The pack says it of this rule.
    Pack,
    /// The user's configuration.
    Configuration,
}

impl Rule {
    pub(super) fn load(file: CheckFile, channels: &Channels, known: &Known<'_>) -> Result<Self, RuleError> {
        let in_rule = |e: RuleError| RuleError { message: format!("{} in rule {}", e.message, file.id) };
        for example in file.hits.iter().chain(&file.misses) {
            channels.find(&example.channel).ok_or_else(|| in_rule(channels.unknown(&example.channel)))?;
        }
        Ok(Self {
            when: file.when.0.iter().map(|w| Condition::load(w, channels, known)).collect::<Result<_, _>>().map_err(in_rule)?,
            levels: levels(&file.severity).map_err(in_rule)?,
            id: file.id.leak(),
            slug: file.slug.leak(),
            title: file.title,
            message: file.message,
            why: file.why,
            remedy: file.remedy,
            law: file.law,
            origins: [Origin::Rule; 4],
            by_channel: BTreeMap::new(),
        })
    }

    /// No lint rule but a label: how a mention names a person who is asked for.
    pub(super) fn label(slug: &'static str, sv: &str, en: &str) -> Self {
        let words = || Bilingual { sv: sv.to_owned(), en: en.to_owned() };
        let (title, message, why, remedy) = (words(), words(), words(), words());
        let levels = [Some(Severity::Note); 4];
        Self {
            id: "SUBJECT",
            slug,
            title,
            message,
            why,
            remedy,
            law: Vec::new(),
            when: Vec::new(),
            levels,
            origins: [Origin::Rule; 4],
            by_channel: BTreeMap::new(),
        }
    }

    /// How many conditions it has, of which one is enough.
    #[must_use]
    pub const fn conditions(&self) -> usize {
        self.when.len()
    }

    /// Leaves it with only its condition `n`.
    pub(super) fn keep_condition(&mut self, n: usize) {
        let mut at = 0;
        self.when.retain(|_| {
            at += 1;
            at - 1 == n
        });
    }

    /// How grave it is in a channel; `None`: off.
    #[must_use]
    pub fn severity(&self, channel: usize, class: Class) -> Option<Severity> {
        self.by_channel.get(&channel).map_or(self.levels[class as usize], |(level, _)| *level)
    }

    /// Where its severity in a channel comes from.
    #[must_use]
    pub fn origin(&self, channel: usize, class: Class) -> Origin {
        self.by_channel.get(&channel).map_or(self.origins[class as usize], |(_, origin)| *origin)
    }

    /// How grave it is in a class of channels, before changes for single channels.
    #[must_use]
    pub const fn severity_in(&self, class: Class) -> Option<Severity> {
        self.levels[class as usize]
    }

    /// Whether it says anything in any channel.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.levels.iter().chain(self.by_channel.values().map(|(level, _)| level)).any(Option::is_some)
    }

    /// Raises the rule to the pack's floor and takes the pack's own levels for it.
    pub(super) fn apply_pack(&mut self, pack: &PackFile, channels: &Channels) -> Result<(), RuleError> {
        if let Some(floor) = &pack.floor {
            for ((level, origin), floor) in self.levels.iter_mut().zip(&mut self.origins).zip(levels(floor)?) {
                if floor > *level {
                    (*level, *origin) = (floor, Origin::Floor);
                }
            }
        }
        if let Some(own) = pack.severity.get(self.id) {
            self.apply_levels(own, channels, Origin::Pack)?;
        }
        Ok(())
    }

    /// Takes a pack's or a configuration's levels, by channel or class.
    pub(super) fn apply_levels(
        &mut self,
        by_name: &BTreeMap<String, String>,
        channels: &Channels,
        origin: Origin,
    ) -> Result<(), RuleError> {
        for (name, level) in by_name {
            let level = severity(level)?;
            if let Ok(class) = Class::from_name(name) {
                self.levels[class as usize] = level;
                self.origins[class as usize] = origin;
            } else {
                self.by_channel.insert(channels.find(name).ok_or_else(|| channels.unknown(name))?, (level, origin));
            }
        }
        Ok(())
    }
}

fn levels(by_class: &SeverityByClass) -> Result<[Option<Severity>; 4], RuleError> {
    Ok([severity(&by_class.internal)?, severity(&by_class.own_web)?, severity(&by_class.us_dpf)?, severity(&by_class.third_country)?])
}

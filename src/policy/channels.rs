//! Channels: where a draft may go, and what class of place that is.

use super::Day;
use super::config::{Config, Transfer};
use crate::detect::RuleError;
use crate::rulefile::ChannelsFile;

/// What publishing through a channel may amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Not published.
    Internal,
    /// The organisation's own web site in the EU.
    OwnWeb,
    /// A US platform that relies on the Data Privacy Framework, (EU) 2023/1795.
    UsDpf,
    /// Any other third country, or the USA without the framework.
    ThirdCountry,
}

impl Class {
    /// All of them, from the least to the most far-reaching.
    pub const ALL: [Self; 4] = [Self::Internal, Self::OwnWeb, Self::UsDpf, Self::ThirdCountry];

    /// The name used in rules.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::OwnWeb => "own-web",
            Self::UsDpf => "us-dpf",
            Self::ThirdCountry => "third-country",
        }
    }

    pub(crate) fn from_name(name: &str) -> Result<Self, RuleError> {
        Self::ALL.into_iter().find(|c| c.name() == name).ok_or_else(|| RuleError::unknown("channel class", name, Self::ALL.map(Self::name)))
    }
}

/// A place to publish.
#[derive(Clone, Debug)]
pub struct Channel {
    /// The name used in commands and configuration.
    pub id: &'static str,
    /// The name readers know.
    pub name: &'static str,
    /// What class of place it is.
    pub class: Class,
    aliases: Vec<String>,
    /// Its class as it stands in the file.
    own: Class,
    /// Whether its owner is in the USA.
    pub(super) is_in_us: bool,
}

/// All channels.
#[derive(Clone, Debug)]
pub struct Channels {
    all: Vec<Channel>,
}

impl Channel {
    /// Other names and labels for it, in small letters.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }
}

impl Channels {
    pub(crate) fn load(file: ChannelsFile, config: &Config, today: Day) -> Result<Self, RuleError> {
        let mut all = Vec::new();
        for channel in file.channel {
            let own = Class::from_name(&channel.class)?;
            all.push(Channel {
                own,
                is_in_us: channel.country == "US",
                id: channel.id.leak(),
                name: channel.name.leak(),
                class: config.transfer.class_on(own, today),
                aliases: channel.aliases.iter().map(|a| a.to_lowercase()).collect(),
            });
        }
        let mut channels = Self { all };
        for (label, id) in &config.trello.labels {
            let at = channels.find(id).ok_or_else(|| channels.unknown(id))?;
            channels.all[at].aliases.push(label.to_lowercase());
        }
        Ok(channels)
    }

    /// The classes that the channels have on another day.
    pub(super) fn on(&mut self, transfer: &Transfer, today: Day) {
        for channel in &mut self.all {
            channel.class = transfer.class_on(channel.own, today);
        }
    }

    /// The place of the channel with this id, name or alias, in any case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim().to_lowercase();
        let is = |c: &Channel| c.id == name || c.name.to_lowercase() == name || c.aliases.contains(&name);
        self.all.iter().position(is)
    }

    /// The channel that a source names: of several labels (with U+001F between) the most far-reaching one that is a
    /// channel; a list's name may also hold a channel's name as a word.
    #[must_use]
    pub fn find_named(&self, names: &str) -> Option<usize> {
        let exact = names.split('\u{1f}').filter_map(|n| self.find(n)).max_by_key(|&i| self.all[i].class);
        exact.or_else(|| {
            let words = names.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1);
            words.filter_map(|w| self.find(w)).max_by_key(|&i| self.all[i].class)
        })
    }

    /// The channel at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> &Channel {
        &self.all[place]
    }

    /// The channels in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Channel> {
        self.all.iter()
    }

    /// The error for a channel that is none, with the nearest name.
    #[must_use]
    pub fn unknown(&self, name: &str) -> RuleError {
        RuleError::unknown("channel", name, self.all.iter().map(|c| c.id))
    }
}

//! A finding: an entity that a rule objects to, ready to report. It holds no raw value.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::detect::{Attributes, Confidence, EvidenceList, Kind};
use crate::document::{PlaceId, Role};
use crate::policy::{Day, Rule};
use crate::rulefile::Bilingual;
use crate::sensitive::{Masked, Who};
use crate::text::{Span, Src};

/// How grave a finding is; the levels of SARIF 2.1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Look at it before publishing.
    Warning,
    /// Must not go out like this.
    Error,
}

impl Severity {
    /// The name used in rules and outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level of this name; `off` and unknown names are none.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Note, Self::Warning, Self::Error].into_iter().find(|s| s.name() == name)
    }
}

/// Whether a finding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It counts.
    New,
    /// Somebody has accepted it, with a reason, where it stands or in the configuration.
    Suppressed,
    /// It was there when the baseline was made.
    Baseline,
}

impl State {
    /// The name used in outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Suppressed => "suppressed",
            Self::Baseline => "baseline",
        }
    }
}

/// Who accepted a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The author, in a comment, in the front matter or by a card's label.
    Author,
    /// An exception in the configuration.
    Configuration,
    /// The baseline.
    Baseline,
}

impl By {
    /// The name used in outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Configuration => "configuration",
            Self::Baseline => "baseline",
        }
    }
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Who accepted it.
    pub by: By,
    /// The reason given, with personal data in it masked.
    pub reason: String,
    /// The last day it holds.
    pub until: Option<Day>,
    /// Since when it stands there, where that is known.
    pub since: Option<Day>,
}

impl Accepted {
    /// Whether a person gave the reason; the baseline gives none.
    #[must_use]
    pub fn is_spoken(&self) -> bool {
        self.by != By::Baseline
    }
}

/// A mark that stays the same while a finding's surroundings do: made of rule, path, role and masked neighbours, never
/// of the value, since a hash of a personnummer can be undone by trying them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What a rule objects to.
#[derive(Clone, Debug)]
pub struct Finding<'p> {
    /// The gravest rule that fired here.
    pub rule: &'p Rule,
    /// The other rules that fired on the same words.
    pub also: Vec<&'p Rule>,
    /// How many it speaks of: the names of a list; otherwise one.
    pub count: u32,
    /// What was found.
    pub kind: Kind,
    /// What more is known about it.
    pub attributes: Attributes,
    /// How grave it is in its channel.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where it stands in the source.
    pub span: Span<Src>,
    /// The role of its region.
    pub role: Role,
    /// Where its region was in the source's structure.
    pub place: Option<PlaceId>,
    /// The channel it was judged for, by its id.
    pub channel: &'p str,
    /// The channel's name for readers.
    pub channel_name: &'p str,
    /// The words, masked.
    pub masked: Masked,
    /// A keyed mark of the person, where people are counted.
    pub who: Option<Who>,
    /// Why it is believed.
    pub evidence: EvidenceList,
    /// For baselines and services that follow findings over time.
    pub fingerprint: Fingerprint,
    /// What to use in place of the service it is about, as a sentence for the remedy.
    pub instead: Option<&'static Bilingual>,
    /// Why it does not count, if it does not.
    pub accepted: Option<Box<Accepted>>,
}

impl Finding<'_> {
    /// Whether it counts, or who has accepted it.
    #[must_use]
    pub fn state(&self) -> State {
        match self.accepted.as_deref().map(|a| a.by) {
            None => State::New,
            Some(By::Author | By::Configuration) => State::Suppressed,
            Some(By::Baseline) => State::Baseline,
        }
    }

    /// Whether nobody has accepted it.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.accepted.is_none()
    }
}

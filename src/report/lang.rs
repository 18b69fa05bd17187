//! The two languages that everything is said in.

use std::borrow::Cow;

use crate::detect::{Evidence, Reason};
use crate::finding::Finding;
use crate::rulefile::Bilingual;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Swedish.
    #[default]
    Sv,
    /// English.
    En,
}

impl Lang {
    /// The one of two that is this language.
    #[must_use]
    pub const fn of<'t>(self, sv: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Sv => sv,
            Self::En => en,
        }
    }

    /// The sentence in this language.
    #[must_use]
    pub fn pick(self, both: &Bilingual) -> &str {
        self.of(&both.sv, &both.en)
    }

    /// What to do about a finding: the rule's remedy, and what to use in place of the service it is about.
    #[must_use]
    pub fn remedy<'f>(self, finding: &Finding<'f>) -> Cow<'f, str> {
        let remedy = self.pick(&finding.rule.remedy);
        finding.instead.map_or(Cow::Borrowed(remedy), |instead| Cow::Owned(format!("{remedy} {}", self.pick(instead))))
    }

    /// An evidence in words: `datumet finns`, `ordet "ange" i närheten`.
    #[must_use]
    pub fn evidence(self, evidence: &Evidence) -> String {
        let (sv, en) = evidence.reason.words();
        match (evidence.detail, evidence.reason) {
            (Some(word), Reason::Cue | Reason::Title | Reason::Speech) => {
                format!("{} \"{word}\" {}", self.of("ordet", "the word"), self.of("i närheten", "near it"))
            }
            (Some(word), Reason::Against) => {
                format!("{} \"{word}\" {}", self.of("ordet", "the word"), self.of("talar emot", "speaks against it"))
            }
            (Some(what), Reason::Exception) => match what {
                "expired" => self.of("undantaget har gått ut", "the exception has expired"),
                "no-reason" => self.of("undantaget saknar skäl", "the exception lacks a reason"),
                "unclear" => self.of("undantaget går inte att läsa", "the exception cannot be read"),
                _ => self.of("undantaget döljer ingenting", "the exception hides nothing"),
            }
            .to_owned(),
            (Some(word), _) => format!("{} ({word})", self.of(sv, en)),
            (None, _) => self.of(sv, en).to_owned(),
        }
    }
}

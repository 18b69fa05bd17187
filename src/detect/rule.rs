//! The detectors' rule files, loaded: cues, word lists, shapes and levels of confidence, by kind.

use std::fmt;
use std::sync::OnceLock;

use super::cues::Cues;
use super::evidence::{Confidence, Reason, ReasonSet};
use super::kind::Kind;
use super::lexicon::Lexicon;
use super::own::OwnDetector;
use super::shapes::Shape;
use crate::rulefile::{Bilingual, DetectorFile, LevelLists, OwnDetectorFile, SourceNote, Words};

/// A fault in a rule file: what is wrong, in which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RuleError {}

impl RuleError {
    /// An unknown name, with the nearest known one.
    pub(crate) fn unknown(what: &str, name: &str, known: impl IntoIterator<Item = &'static str>) -> Self {
        let near = nearest(name, known).map_or_else(String::new, |k| format!(", did you mean `{k}`?"));
        Self { message: format!("unknown {what} `{name}`{near}") }
    }
}

/// The known name most like `name`, if one is like it at all.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|k| (strsim::jaro_winkler(&name.to_lowercase(), &k.to_lowercase()), k))
        .filter(|(likeness, _)| *likeness > 0.72)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k)
}

/// The alternatives of each level of confidence.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    high: Vec<ReasonSet>,
    medium: Vec<ReasonSet>,
    low: Vec<ReasonSet>,
}

impl Levels {
    fn load(lists: &LevelLists) -> Result<Self, RuleError> {
        let level = |list: &[String]| list.iter().map(|alternative| reasons(alternative)).collect::<Result<Vec<_>, _>>();
        Ok(Self { high: level(&lists.high)?, medium: level(&lists.medium)?, low: level(&lists.low)? })
    }

    /// The highest level with an alternative that `found` covers.
    #[must_use]
    pub fn of(&self, found: ReasonSet) -> Option<Confidence> {
        let any = |level: &[ReasonSet]| level.iter().any(|&needed| found.covers(needed));
        if any(&self.high) {
            Some(Confidence::High)
        } else if any(&self.medium) {
            Some(Confidence::Medium)
        } else {
            any(&self.low).then_some(Confidence::Low)
        }
    }
}

fn reasons(alternative: &str) -> Result<ReasonSet, RuleError> {
    alternative.split('+').map(|name| reason(name.trim())).collect()
}

pub(crate) fn reason(name: &str) -> Result<Reason, RuleError> {
    Reason::ALL
        .iter()
        .copied()
        .find(|r| r.name() == name)
        .ok_or_else(|| RuleError::unknown("reason", name, Reason::ALL.iter().map(|r| r.name())))
}

/// One kind's rule file, ready for use.
#[derive(Debug)]
pub struct DetectorRule {
    /// What the kind is called.
    pub title: Bilingual,
    /// Why it matters.
    pub why: Bilingual,
    /// Where the facts come from.
    pub source: Vec<SourceNote>,
    levels: Levels,
    cues: Cues,
    lists: Vec<List>,
    lexicon: OnceLock<Lexicon>,
}

/// A named word list, made ready when it is first asked for.
#[derive(Debug)]
struct List {
    name: String,
    words: Words,
    window: u8,
    cues: OnceLock<Cues>,
}

/// All kinds' rules. Built once; never changes.
#[derive(Debug)]
pub struct Rulebook {
    rules: Vec<Option<DetectorRule>>,
    /// Patterns from rule files, in order: the built-in ones first.
    pub(super) shapes: Vec<Shape>,
    /// Detectors that a user added.
    pub(super) own: Vec<OwnDetector>,
}

static EMPTY_LEVELS: Levels = Levels { high: Vec::new(), medium: Vec::new(), low: Vec::new() };

impl Rulebook {
    /// The rules that the program was built with.
    ///
    /// # Panics
    /// Never in a built program: a test loads every rule file.
    #[must_use]
    pub fn built_in() -> Self {
        let files: Vec<DetectorFile> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/detectors.bin")))
            .expect("build.rs wrote the detector rules with the same types");
        Self::load(files).expect("a test loads every built-in rule file")
    }

    /// Loads rule files; the first fault ends it.
    ///
    /// # Errors
    /// An unknown kind, reason or a kind that is there twice.
    pub fn load(files: Vec<DetectorFile>) -> Result<Self, RuleError> {
        let mut book = Self { rules: Kind::ALL.iter().map(|_| None).collect(), shapes: Vec::new(), own: Vec::new() };
        for file in files {
            let kind =
                Kind::from_name(&file.kind).ok_or_else(|| RuleError::unknown("kind", &file.kind, Kind::ALL.iter().map(|k| k.name())))?;
            for shape in file.shape {
                book.shapes.push(Shape::load(kind, shape)?);
            }
            let lists = file
                .words
                .into_iter()
                .map(|list| List { name: list.name, words: list.words, window: list.window, cues: OnceLock::new() })
                .collect();
            let rule = DetectorRule {
                title: file.title,
                why: file.why,
                source: file.source,
                levels: Levels::load(&file.confidence)?,
                cues: Cues::new(file.cues.pro, file.cues.contra, file.cues.window),
                lists,
                lexicon: OnceLock::new(),
            };
            if book.rules[kind as usize].replace(rule).is_some() {
                return Err(RuleError { message: format!("kind `{}` has two rule files", kind.name()) });
            }
        }
        Ok(book)
    }

    /// The same with a user's own detectors.
    ///
    /// # Errors
    /// One that cannot be used, or two of one name.
    pub fn with_own(mut self, files: &[OwnDetectorFile]) -> Result<Self, RuleError> {
        self.own = OwnDetector::all(files)?;
        Ok(self)
    }

    /// Whether a user's own detectors can be used.
    ///
    /// # Errors
    /// As for [`Self::with_own`].
    pub fn check_own(files: &[OwnDetectorFile]) -> Result<(), RuleError> {
        OwnDetector::all(files).map(drop)
    }

    /// Compiles all patterns now: for rules that a user wrote, whose mistakes are told before anything is read. The
    /// built-in ones are compiled when they are first needed, and by a test.
    ///
    /// # Errors
    /// A pattern that is no regular expression.
    pub fn check_patterns(&self) -> Result<(), RuleError> {
        self.shapes.iter().try_for_each(Shape::check)
    }

    /// The rule of a kind, if it has a rule file.
    #[must_use]
    pub fn rule(&self, kind: Kind) -> Option<&DetectorRule> {
        self.rules[kind as usize].as_ref()
    }

    /// The levels of confidence of a kind.
    #[must_use]
    pub fn levels(&self, kind: Kind) -> &Levels {
        self.rule(kind).map_or(&EMPTY_LEVELS, |r| &r.levels)
    }

    /// The cue words of a kind.
    #[must_use]
    pub fn cues(&self, kind: Kind) -> &Cues {
        self.rule(kind).map_or(Cues::none(), |r| &r.cues)
    }

    /// A named word list of a kind; empty if its file has none of that name.
    #[must_use]
    pub fn words(&self, kind: Kind, name: &str) -> &Cues {
        self.rule(kind)
            .and_then(|r| r.lists.iter().find(|list| list.name == name))
            .map_or(Cues::none(), |list| list.cues.get_or_init(|| Cues::new(list.words, Words::default(), list.window)))
    }

    /// Several lists of a kind as one lexicon: bit `n` is `names[n]`. Made when it is first asked for; a kind has one.
    #[must_use]
    pub fn lexicon(&self, kind: Kind, names: &[&str]) -> &Lexicon {
        static NONE: OnceLock<Lexicon> = OnceLock::new();
        self.rule(kind).map_or_else(
            || NONE.get_or_init(Lexicon::default),
            |rule| {
                rule.lexicon.get_or_init(|| {
                    let words =
                        |name: &&str| rule.lists.iter().find(|list| list.name == **name).map_or(Words::default(), |list| list.words);
                    Lexicon::new(names.iter().map(words))
                })
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_rules_load() {
        let book = Rulebook::built_in();
        assert!(book.rule(Kind::Personnummer).is_some());
    }

    #[test]
    fn a_misspelt_reason_names_the_nearest() {
        assert_eq!(reason("cheksum").map_err(|e| e.message), Err("unknown reason `cheksum`, did you mean `checksum`?".into()));
    }
}

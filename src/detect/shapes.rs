//! Detectors without code: the patterns of rule files, tried at their anchors.
//!
//! A pattern is compiled the first time it is tried; one that needs a word is tried only where the word stands, so
//! rules that are not needed cost nothing at start.

use std::sync::OnceLock;

use regex::Regex;

use super::rule::{RuleError, reason};
use super::validators::{self, Validator, Verdict};
use super::{Anchor, At, Attribute, Entity, Evidence, EvidenceList, Kind, Passage};
use crate::rulefile;

/// One pattern of a rule file, checked and ready.
#[derive(Debug)]
pub(super) struct Shape {
    kind: Kind,
    name: String,
    at: At,
    pattern: String,
    compiled: OnceLock<Option<Regex>>,
    validator: Option<Validator>,
    attribute: Option<Attribute>,
    needs_cue: bool,
    digits: std::ops::RangeInclusive<usize>,
    evidence: EvidenceList,
}

/// How far back from an anchor a match may start, in bytes: letters in front of a number.
const LEAD: usize = 12;

impl Shape {
    /// Checks a pattern's names.
    ///
    /// # Errors
    /// An unknown anchor, validator, attribute or reason.
    pub(super) fn load(kind: Kind, file: rulefile::Shape) -> Result<Self, RuleError> {
        let at = match file.anchor.as_str() {
            "number" => At::LONG,
            "at" => At::SIGN,
            "slash" => At::SLASH,
            other => return Err(RuleError::unknown("anchor", other, ["number", "at", "slash"])),
        };
        let validator = file
            .validator
            .as_deref()
            .map(|name| validators::by_name(name).ok_or_else(|| RuleError::unknown("validator", name, validators::names())));
        let attribute = file.attribute.as_deref().map(|name| {
            Attribute::from_name(name).ok_or_else(|| RuleError::unknown("attribute", name, Attribute::ALL.iter().map(|a| a.name())))
        });
        let mut evidence = EvidenceList::default();
        for name in &file.evidence {
            evidence.push(reason(name)?);
        }
        Ok(Self {
            kind,
            name: file.name,
            at,
            pattern: file.pattern,
            compiled: OnceLock::new(),
            validator: validator.transpose()?,
            attribute: attribute.transpose()?,
            digits: file.digits.map_or(1..=usize::MAX, |[least, most]| usize::from(least)..=usize::from(most)),
            needs_cue: file.cue == rulefile::CueNeed::Required,
            evidence,
        })
    }

    /// Compiles the pattern now.
    ///
    /// # Errors
    /// It is no regular expression.
    pub(super) fn check(&self) -> Result<(), RuleError> {
        match Regex::new(&self.pattern) {
            Ok(_) => Ok(()),
            Err(why) => Err(RuleError { message: format!("the pattern of shape `{}` is no regular expression: {why}", self.name) }),
        }
    }

    pub(super) const fn anchors(&self) -> At {
        self.at
    }

    /// Adds the entity at this anchor, if the pattern matches there and a word for it stands near.
    pub(super) fn detect(&self, anchor: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let at = match anchor {
            Anchor::Number(number) => number.start(),
            Anchor::Sign(at) | Anchor::Slash(at) => at,
        };
        if let Anchor::Number(number) = anchor
            && !self.digits.contains(&number.form().iter().sum())
        {
            return;
        }
        let cue = p.rules.cues(self.kind).before(p.text, at).speaks_for();
        if self.needs_cue && cue.is_none() {
            return;
        }
        let Some(regex) = self.compiled.get_or_init(|| Regex::new(&self.pattern).ok()) else { return };
        let from = p.text.ceil_char_boundary(at.saturating_sub(LEAD));
        let to = p.text.floor_char_boundary((at + 64).min(p.text.len()));
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        for found in regex.find_iter(&p.text[from..to]) {
            let (start, end) = (from + found.start(), from + found.end());
            let covers = start <= at && at < end;
            let whole = !inside(p.text[..start].chars().next_back()) && !inside(p.text[end..].chars().next());
            let verdict = self.validator.map(|validate| validate(found.as_str()));
            if !covers || !whole || verdict == Some(Verdict::No) {
                continue;
            }
            let mut entity = Entity::new(self.kind, start, end, self.evidence.clone());
            if verdict == Some(Verdict::Proven) {
                entity.evidence.push(super::Reason::Checksum);
            }
            if let Some(word) = cue {
                entity.evidence.push(Evidence { reason: super::Reason::Cue, detail: Some(word) });
            }
            out.push(match self.attribute {
                Some(attribute) => entity.with(attribute),
                None => entity,
            });
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rulebook, Sensitivity};

    fn shape(anchor: &str, pattern: &str) -> rulefile::Shape {
        rulefile::Shape {
            name: "own".into(),
            anchor: anchor.into(),
            pattern: pattern.into(),
            digits: None,
            validator: Some("luhn".into()),
            attribute: None,
            cue: rulefile::CueNeed::Optional,
            evidence: vec!["shape".into()],
        }
    }

    #[test]
    fn unknown_names_are_told_with_the_nearest() {
        let error = |change: fn(&mut rulefile::Shape)| {
            let mut file = shape("number", "[0-9]{6}");
            change(&mut file);
            Shape::load(Kind::Passport, file).map_or_else(|e| e.message, |_| "loaded".into())
        };
        assert_eq!(error(|_| ()), "loaded");
        assert_eq!(error(|f| f.anchor = "numbr".into()), "unknown anchor `numbr`, did you mean `number`?");
        assert_eq!(error(|f| f.validator = Some("luhm".into())), "unknown validator `luhm`, did you mean `luhn`?");
        assert_eq!(error(|f| f.attribute = Some("organization".into())), "unknown attribute `organization`, did you mean `organisation`?");
        assert_eq!(error(|f| f.evidence = vec!["cheksum".into()]), "unknown reason `cheksum`, did you mean `checksum`?");
    }

    #[test]
    fn a_faulty_pattern_is_told_when_asked_and_finds_nothing() {
        let shape = Shape::load(Kind::Passport, shape("number", "[0-9")).expect("its names are right");
        let message = shape.check().expect_err("no regular expression").message;
        assert!(message.starts_with("the pattern of shape `own` is no regular expression"), "{message}");
        assert_eq!(found(&shape, "Nummer 123455"), Vec::<String>::new());
    }

    #[test]
    fn a_match_holds_whole_words_and_the_anchor() {
        let shape = Shape::load(Kind::Passport, shape("number", "(?:AB)?[0-9]{6}")).expect("its names are right");
        assert_eq!(found(&shape, "Nummer AB123455, 123456, 1234550 och x123455"), ["AB123455"]);
    }

    #[test]
    fn built_in_patterns_compile() {
        assert_eq!(Rulebook::built_in().check_patterns(), Ok(()));
    }

    fn found(shape: &Shape, text: &str) -> Vec<String> {
        let rules = Rulebook::built_in();
        let passage = Passage { text, rules: &rules, sensitivity: Sensitivity::Normal };
        let mut out = Vec::new();
        for (at, _) in text.char_indices().filter(|(at, c)| c.is_ascii_digit() && !text[..*at].ends_with(|b: char| b.is_ascii_digit())) {
            let cluster = super::super::number::Cluster::parse(text, at);
            shape.detect(Anchor::Number(cluster.number(0)), &passage, &mut out);
        }
        out.iter().map(|e| text[e.span.range()].to_owned()).collect()
    }
}

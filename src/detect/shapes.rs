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
    /// An unknown anchor, validator, attribute or reason, or a pattern that is no regular expression.
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
            && !self.digits.contains(&number.len(0))
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
            if !covers || !whole || self.validator.is_some_and(|v| v(found.as_str()) == Verdict::No) {
                continue;
            }
            let mut entity = Entity::new(self.kind, start, end, self.evidence.clone());
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

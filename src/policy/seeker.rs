//! Seeker: in place of a policy, where one person appears. What it gives goes the way of findings, so that every format,
//! archive and piece of a long file is read for it as for a check.

use super::Judging;
use super::Rule;
use crate::detect::{Attributes, Entity, EvidenceList, Rulebook};
use crate::document::{Document, Role};
use crate::finding::{Finding, Fingerprint, Severity};
use crate::sensitive::Sensitive;
use crate::subject::{How, Subject};

/// A person to look for, and a label for each way of being named.
#[derive(Debug)]
pub struct Seeker {
    subject: Subject,
    labels: Vec<Rule>,
}

impl Seeker {
    /// Looks for `subject`.
    #[must_use]
    pub fn new(subject: Subject) -> Self {
        let label = |how: &How| {
            let (name, sv, en) = how.words();
            Rule::label(name, sv, en)
        };
        Self { subject, labels: How::ALL.iter().map(label).collect() }
    }
}

impl<'p> Judging<'p> for &'p Seeker {
    fn judge_with(&self, document: &Document<'_>, found: &[Entity], _channel: usize, _rules: &Rulebook, _: &[usize]) -> Vec<Finding<'p>> {
        let text = document.text.as_str();
        let mentions = self.subject.mentions(document, found).into_iter();
        mentions
            .map(|mention| {
                let region = document.region_of(mention.span);
                Finding {
                    rule: &self.labels[mention.how as usize],
                    also: Vec::new(),
                    count: 1,
                    kind: mention.kind,
                    attributes: Attributes::NONE,
                    severity: Severity::Note,
                    confidence: mention.confidence,
                    span: document.text.source_span(mention.span),
                    role: region.map_or(Role::Body, |r| r.role),
                    place: region.and_then(|r| r.place),
                    channel: "",
                    channel_name: "",
                    masked: Sensitive::new(&text[mention.span.range()]).masked(mention.kind),
                    evidence: EvidenceList::default(),
                    who: None,
                    fingerprint: Fingerprint(0),
                    instead: None,
                    accepted: None,
                }
            })
            .collect()
    }
}

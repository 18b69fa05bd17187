//! Findings about the policy itself: exceptions that do not do what they should, and a pack that is too old.

use super::fingerprint::fingerprint;
use super::judge::Judge;
use super::{Rule, suppress};
use crate::detect::{Attributes, Confidence, Evidence, EvidenceList, Kind, Reason};
use crate::document::Role;
use crate::finding::Finding;
use crate::sensitive::Masked;
use crate::text::{Span, Src};

impl<'p> Judge<'p> {
    /// What to say of the configuration's exceptions after a run: the number of each that has ended or hid nothing.
    #[must_use]
    pub fn idle_exceptions(&self) -> Vec<(usize, Finding<'p>)> {
        let channel = self.policy.default_channel();
        let faults = self.policy.exceptions.iter().enumerate().filter_map(|(i, e)| Some((i, e.fault(self.day)?)));
        faults.filter(|_| self.suppresses).filter_map(|(i, fault)| Some((i, self.exception(Span::new(0, 0), fault, channel)?))).collect()
    }

    /// The finding that the policy itself is too old, on the day it is judged as on.
    #[must_use]
    pub fn stale_policy(&self) -> Option<Finding<'p>> {
        self.day.filter(|day| *day > self.policy.review_by())?;
        let rule = self.policy.rules().iter().find(|r| r.when.iter().any(|c| c.stale))?;
        self.standing(rule, Span::new(0, 0), Masked::own(self.policy.pack()), EvidenceList::default(), self.policy.default_channel())
    }

    /// The finding that an exception does not do what it should.
    pub(super) fn exception(&self, at: Span<Src>, fault: &'static str, channel: usize) -> Option<Finding<'p>> {
        let mut evidence = EvidenceList::default();
        evidence.push(Evidence { reason: Reason::Exception, detail: Some(fault) });
        self.standing(self.policy.rule(suppress::RULE)?, at, Masked::own("ombud:ignore"), evidence, channel)
    }

    fn standing(&self, rule: &'p Rule, span: Span<Src>, masked: Masked, evidence: EvidenceList, channel: usize) -> Option<Finding<'p>> {
        let place = self.policy.channels().at(channel);
        let fault = evidence.iter().find_map(|e| e.detail).unwrap_or("");
        Some(Finding {
            rule,
            also: Vec::new(),
            count: 1,
            kind: Kind::Word,
            attributes: Attributes::NONE,
            severity: rule.severity(channel, place.class)?,
            confidence: Confidence::High,
            span,
            role: Role::Comment,
            place: None,
            channel: place.id,
            channel_name: place.name,
            masked,
            who: None,
            fingerprint: fingerprint(rule.id, fault, "", Span::new(0, 0), std::iter::empty()),
            evidence,
            instead: None,
            accepted: None,
        })
    }
}

//! Judge: rules meet entities. One finding a fact: where several rules hit the same words, the gravest leads.

use smallvec::SmallVec;

use super::fingerprint::fingerprint;
use super::{Policy, Rule};
use crate::detect::{Confidence, Entity, Kind, Rulebook, confidence};
use crate::document::{Document, Region};
use crate::finding::{Finding, Severity};
use crate::rulefile::Within;
use crate::sensitive::Sensitive;
use crate::text::{paragraph_around, sentence_around};

/// A policy made ready for judging: its rules by the kind they point at.
#[derive(Debug)]
pub struct Judge<'p> {
    policy: &'p Policy,
    by_kind: Vec<Vec<&'p Rule>>,
    /// Whether comments, staff and old versions are judged too.
    everything: bool,
}

/// The most entities on either side that a combination looks at; a table of names stays linear.
const MOST_NEIGHBOURS: usize = 24;

impl<'p> Judge<'p> {
    /// Sorts the rules by kind.
    #[must_use]
    pub fn new(policy: &'p Policy) -> Self {
        let points_at = |kind: Kind| policy.rules().iter().filter(move |r| r.finds().kind().is_none_or(|k| k == kind)).collect();
        Self { policy, by_kind: Kind::ALL.iter().map(|&k| points_at(k)).collect(), everything: policy.pack() == "granskning" }
    }

    /// The findings of one document, in order of place. `channel` is the channel of regions that do not say theirs.
    #[must_use]
    pub fn judge(&self, document: &Document<'_>, found: &[Entity], channel: usize, rules: &Rulebook) -> Vec<Finding<'p>> {
        let named: SmallVec<[Option<usize>; 4]> = document.channels.iter().map(|c| self.policy.channels().find_named(c)).collect();
        let text = document.text.as_str();
        let sure: Vec<Confidence> = found.iter().map(|e| confidence(e.kind, &e.evidence, rules).unwrap_or(Confidence::Low)).collect();
        let near = Near { document, text, found, sure: &sure };
        let mut findings = Vec::new();
        for (i, entity) in found.iter().enumerate() {
            let Some(region) = document.region_of(entity.span) else { continue };
            if !region.role.is_published() && !self.everything {
                continue;
            }
            let channel = region.channel.and_then(|c| *named.get(usize::from(c))?).unwrap_or(channel);
            findings.extend(self.judge_one(&near, i, region, channel));
        }
        findings
    }

    fn judge_one(&self, near: &Near<'_, '_>, i: usize, region: &Region, channel: usize) -> Option<Finding<'p>> {
        let entity = &near.found[i];
        let place = self.policy.channels().at(channel);
        let mut hits: SmallVec<[(Severity, &'p Rule); 4]> = SmallVec::new();
        for &rule in &self.by_kind[entity.kind as usize] {
            let Some(severity) = rule.severity(channel, place.class) else { continue };
            if rule.when.is_for(region.role) && near.holds(rule, i) {
                hits.push((severity, rule));
            }
        }
        // The gravest leads; of equals, the one that points at more than any data at all, then the first id.
        let &(severity, rule) = hits.iter().max_by_key(|(s, r)| (*s, r.finds().kind().is_some(), std::cmp::Reverse(r.id)))?;
        let text = near.text;
        let from = i.saturating_sub(4);
        let neighbours = near.found[from..near.found.len().min(i + 5)].iter().map(|e| e.span);
        Some(Finding {
            rule,
            also: hits.iter().map(|(_, r)| *r).filter(|r| r.id != rule.id).collect(),
            kind: entity.kind,
            attributes: entity.attributes,
            // What is doubtful is shown, but does not stop anybody.
            severity: if near.sure[i] == Confidence::Low { severity.min(Severity::Warning) } else { severity },
            confidence: near.sure[i],
            span: near.document.text.source_span(entity.span),
            role: region.role,
            place: region.place,
            channel: place.id,
            channel_name: place.name,
            masked: Sensitive::new(&text[entity.span.range()]).masked(entity.kind),
            evidence: entity.evidence.clone(),
            fingerprint: fingerprint(rule.id, region.role.name(), text, entity.span, neighbours),
            accepted: None,
        })
    }
}

/// The surroundings of an entity, for combinations.
struct Near<'d, 't> {
    document: &'d Document<'t>,
    text: &'d str,
    found: &'d [Entity],
    sure: &'d [Confidence],
}

impl Near<'_, '_> {
    fn holds(&self, rule: &Rule, i: usize) -> bool {
        let when = &rule.when;
        let fits = |pattern: &super::condition::Pattern, j: usize| {
            pattern.fits(&self.found[j], self.sure[j], &self.text[self.found[j].span.range()])
        };
        if !fits(&when.find, i) {
            return false;
        }
        if when.is_simple() {
            return true;
        }
        let neighbours = self.neighbours(i, when.within);
        let others = || neighbours.clone().filter(|&j| j != i);
        when.with.iter().all(|p| others().any(|j| fits(p, j)))
            && !when.without.iter().any(|p| others().any(|j| fits(p, j)))
            && when.count.is_none_or(|least| neighbours.clone().filter(|&j| fits(&when.find, j)).count() >= usize::from(least))
    }

    /// The entities within reach of entity `i`, itself among them.
    fn neighbours(&self, i: usize, within: Within) -> std::ops::Range<usize> {
        let at = self.found[i].span;
        let (start, end) = match within {
            Within::Sentence => sentence_around(self.text, at.range().start),
            Within::Paragraph => paragraph_around(self.text, at.range().start),
            Within::Region => self.document.region_of(at).map_or((0, 0), |r| (r.span.range().start, r.span.range().end)),
            Within::Document => (0, self.text.len()),
        };
        let inside = |j: usize| (start..end).contains(&self.found[j].span.range().start);
        let low = (i.saturating_sub(MOST_NEIGHBOURS)..i).rev().take_while(|&j| inside(j)).last().unwrap_or(i);
        let high = (i..self.found.len().min(i + MOST_NEIGHBOURS)).take_while(|&j| inside(j)).last().unwrap_or(i);
        low..high + 1
    }
}

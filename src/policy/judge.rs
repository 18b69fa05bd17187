//! Judge: rules meet entities. One finding a fact: where several rules hit the same words, the gravest leads.

use smallvec::SmallVec;

use super::condition::Condition;
use super::fingerprint::fingerprint;
use super::near::{Group, Near};
use super::{Policy, Rule};
use crate::detect::{Attributes, Confidence, Entity, Evidence, EvidenceList, Kind, Reason, Rulebook, Sensitivity, confidence};
use crate::document::{Document, Region};
use crate::finding::{Finding, Severity};
#[cfg(feature = "audit")]
use crate::sensitive::{Key, Names};
use crate::sensitive::{Sensitive, Who};
use crate::text::{Norm, Span};

/// A policy made ready for judging: its rules by the kind they point at.
#[derive(Debug)]
pub struct Judge<'p> {
    policy: &'p Policy,
    sensitivity: Sensitivity,
    by_kind: Vec<Vec<&'p Rule>>,
    /// Rules that ask for a count.
    of_lists: Vec<&'p Rule>,
    /// Rules that point at words.
    of_words: Vec<&'p Rule>,
    /// Whether comments, staff and old versions are judged too, and every name of a list by itself.
    everything: bool,
    /// The key of people's marks, where they are counted.
    #[cfg(feature = "audit")]
    key: Option<&'p Key>,
}

/// A rule that fired: how grave it is, and in which channel.
#[derive(Clone, Copy)]
struct Fired<'p> {
    severity: Severity,
    rule: &'p Rule,
    channel: usize,
}

/// All that fired at one place.
struct Candidate<'p, 'd> {
    span: Span<Norm>,
    /// The entity; none where a rule points at words.
    entity: Option<usize>,
    region: &'d Region,
    fired: SmallVec<[Fired<'p>; 4]>,
    count: u32,
    /// The candidate of the list's first entity, where this is one of its others.
    first: Option<usize>,
}

/// Rules that fired once and need not again in this document, by channel.
type Once<'p> = SmallVec<[(&'p str, usize); 4]>;

impl<'p> Judge<'p> {
    /// Sorts the rules by kind.
    #[must_use]
    pub fn new(policy: &'p Policy) -> Self {
        let rules = || policy.rules().iter().filter(|r| r.is_on());
        let single = |r: &&Rule, kind: Kind| r.when.iter().any(|c| c.count.is_none() && c.find.takes(kind));
        Self {
            policy,
            sensitivity: policy.sensitivity(),
            by_kind: Kind::ALL.iter().map(|&k| rules().filter(|r| single(r, k)).collect()).collect(),
            of_lists: rules().filter(|r| r.when.iter().any(|c| c.count.is_some())).collect(),
            of_words: rules().filter(|r| r.when.iter().any(|c| c.find.lists() != 0)).collect(),
            everything: policy.pack() == "granskning",
            #[cfg(feature = "audit")]
            key: None,
        }
    }

    /// The same, giving each person a mark by `key`.
    #[cfg(feature = "audit")]
    #[must_use]
    pub fn with_key(self, key: &'p Key) -> Self {
        Self { key: Some(key), ..self }
    }

    /// The same for another sensitivity than the pack's own.
    #[must_use]
    pub fn with_sensitivity(self, sensitivity: Sensitivity) -> Self {
        Self { sensitivity, ..self }
    }

    /// The findings of one document, in order of place. `channel` is the channel of regions that do not say theirs.
    #[must_use]
    pub fn judge(&self, document: &Document<'_>, found: &[Entity], channel: usize, rules: &Rulebook) -> Vec<Finding<'p>> {
        let named: SmallVec<[Option<usize>; 4]> = document.channels.iter().map(|c| self.policy.channels().find_named(c)).collect();
        let channel_of = |region: &Region| region.channel.and_then(|c| *named.get(usize::from(c))?).unwrap_or(channel);
        let sure: Vec<Confidence> = found.iter().map(|e| confidence(e.kind, &e.evidence, rules).unwrap_or(Confidence::Low)).collect();
        let near = Near::new(document, found, &sure, self.policy.lexicons());
        let mut once = Once::new();
        let mut candidates: Vec<Candidate<'p, '_>> = Vec::new();
        for (i, entity) in found.iter().enumerate() {
            let Some(region) = document.region_of(entity.span) else { continue };
            let fired = self.fired_at(&near, i, region, channel_of(region), &mut once);
            candidates.push(Candidate { span: entity.span, entity: Some(i), region, fired, count: 1, first: None });
        }
        self.fold_lists(&near, &mut candidates, &channel_of);
        self.add_words(&near, &mut candidates, &channel_of, &mut once);
        let who = self.marks(document, found);
        candidates.iter().filter(|c| c.first.is_none()).filter_map(|c| self.finding(&near, c, &who)).collect()
    }

    /// What gives an entity its mark; nothing has one unless people are counted.
    #[cfg(feature = "audit")]
    fn marks(&self, document: &Document<'_>, found: &[Entity]) -> impl Fn(&Entity, Sensitive<'_>) -> Option<Who> {
        let names = self.key.map(|key| Names::new(key, document, found));
        move |entity, value| names.as_ref()?.who(document, entity, value)
    }

    #[cfg(not(feature = "audit"))]
    fn marks(&self, _: &Document<'_>, _: &[Entity]) -> impl Fn(&Entity, Sensitive<'_>) -> Option<Who> {
        |_, _| None
    }

    /// The rules that fire at entity `i`, lists apart.
    fn fired_at(&self, near: &Near<'_, '_>, i: usize, region: &Region, channel: usize, once: &mut Once<'p>) -> SmallVec<[Fired<'p>; 4]> {
        let entity = &near.found[i];
        let mut fired = SmallVec::new();
        for &rule in &self.by_kind[entity.kind as usize] {
            let holds = |c: &Condition| c.count.is_none() && near.fits(&c.find, i) && near.holds(c, entity.span);
            fired.extend(self.fires(near, rule, region, channel, once, holds));
        }
        fired
    }

    /// The rule, if one of its conditions is open here and `holds`.
    fn fires(
        &self,
        near: &Near<'_, '_>,
        rule: &'p Rule,
        region: &Region,
        channel: usize,
        once: &mut Once<'p>,
        holds: impl Fn(&Condition) -> bool,
    ) -> Option<Fired<'p>> {
        rule.when.iter().find_map(|condition| {
            let channel = condition.judged_for.unwrap_or(channel);
            let place = self.policy.channels().at(channel);
            let severity = rule.severity(channel, place.class)?;
            let is_open = condition.is_for(region.role, self.everything)
                && condition.is_for_channel(channel, place.class)
                && !(condition.once && once.contains(&(rule.id, channel)))
                && !(condition.unconfirmed && self.policy.is_confirmed(channel))
                && condition.is_open(near.document, self.sensitivity, self.policy.today());
            if !is_open || !holds(condition) {
                return None;
            }
            if condition.once {
                once.push((rule.id, channel));
            }
            Some(Fired { severity, rule, channel })
        })
    }

    /// Lists become one finding at their first name; what is said of the others folds into it, unless it is graver.
    fn fold_lists<'d>(&self, near: &Near<'_, '_>, candidates: &mut [Candidate<'p, 'd>], channel_of: &dyn Fn(&Region) -> usize) {
        for &rule in &self.of_lists {
            for condition in rule.when.iter().filter(|c| c.count.is_some()) {
                for Group { members } in near.groups(condition) {
                    let first = members[0];
                    let region = candidates[first].region;
                    let Some(list) = self.fires(near, rule, region, channel_of(region), &mut Once::new(), |c| std::ptr::eq(c, condition))
                    else {
                        continue;
                    };
                    candidates[first].fired.push(list);
                    candidates[first].count = u32::try_from(members.len()).unwrap_or(u32::MAX);
                    if self.everything {
                        continue;
                    }
                    for &other in &members[1..] {
                        if candidates[other].fired.iter().all(|f| f.severity <= list.severity) {
                            candidates[other].first = Some(first);
                            let folded = std::mem::take(&mut candidates[other].fired);
                            let missing = folded.into_iter().filter(|f| candidates[first].fired.iter().all(|g| g.rule.id != f.rule.id));
                            let missing: SmallVec<[Fired<'p>; 4]> = missing.collect();
                            candidates[first].fired.extend(missing);
                        }
                    }
                }
            }
        }
    }

    /// Findings of rules that point at words: one a region.
    fn add_words<'d>(
        &self,
        near: &Near<'d, '_>,
        candidates: &mut Vec<Candidate<'p, 'd>>,
        channel_of: &dyn Fn(&Region) -> usize,
        once: &mut Once<'p>,
    ) {
        let before = candidates.len();
        for &rule in &self.of_words {
            for region in &near.document.regions {
                let Some(condition) = rule.when.iter().find(|c| c.find.lists() != 0 && c.is_for(region.role, self.everything)) else {
                    continue;
                };
                let words = near.words_of(&condition.find, region.span);
                let fired = words.into_iter().find_map(|span| {
                    let holds = |c: &Condition| c.find.lists() != 0 && near.holds(c, span);
                    Some((span, self.fires(near, rule, region, channel_of(region), once, holds)?))
                });
                if let Some((span, fired)) = fired {
                    candidates.push(Candidate { span, entity: None, region, fired: SmallVec::from_slice(&[fired]), count: 1, first: None });
                }
            }
        }
        if candidates.len() > before {
            candidates.sort_by_key(|c| c.span.start);
        }
    }

    fn finding(
        &self,
        near: &Near<'_, '_>,
        c: &Candidate<'p, '_>,
        who: &impl Fn(&Entity, Sensitive<'_>) -> Option<Who>,
    ) -> Option<Finding<'p>> {
        // The gravest leads; of equals, the one that points at more than any data at all, then a list, then a combination,
        // then the first id.
        let lead = |f: &&Fired<'p>| {
            let points = f.rule.when.iter().all(|w| !w.find.takes_any());
            let is_list = c.count > 1 && f.rule.when.iter().any(|w| w.count.is_some());
            let is_combination = f.rule.when.iter().any(|w| !w.with.is_empty());
            (f.severity, points, is_list, is_combination, std::cmp::Reverse(f.rule.id))
        };
        let &Fired { severity, rule, channel } = c.fired.iter().max_by_key(lead)?;
        let place = self.policy.channels().at(channel);
        let around = near.found.partition_point(|e| e.span.start < c.span.start);
        let neighbours = near.found[around.saturating_sub(4)..near.found.len().min(around + 5)].iter().map(|e| e.span).chain([c.span]);
        let mut also: Vec<&'p Rule> = c.fired.iter().map(|f| f.rule).filter(|r| r.id != rule.id).collect();
        also.sort_by_key(|r| r.id);
        let (kind, attributes, confidence, evidence) = match c.entity {
            Some(i) => (near.found[i].kind, near.found[i].attributes, near.sure[i], near.found[i].evidence.clone()),
            None => (Kind::Word, Attributes::NONE, Confidence::High, self.listed(rule)),
        };
        Some(Finding {
            rule,
            also,
            count: c.count,
            kind,
            attributes,
            // What is doubtful is shown, but does not stop anybody.
            severity: if confidence == Confidence::Low { severity.min(Severity::Warning) } else { severity },
            confidence,
            span: near.document.text.source_span(c.span),
            role: c.region.role,
            place: c.region.place,
            channel: place.id,
            channel_name: place.name,
            masked: Sensitive::new(&near.text[c.span.range()]).masked(kind),
            who: c.entity.and_then(|i| who(&near.found[i], Sensitive::new(&near.text[c.span.range()]))),
            evidence,
            fingerprint: fingerprint(rule.id, c.region.role.name(), near.text, c.span, neighbours),
            accepted: None,
        })
    }

    /// The lists that a rule's words stand on, as evidence.
    fn listed(&self, rule: &Rule) -> EvidenceList {
        let mut evidence = EvidenceList::default();
        for name in rule.when.iter().flat_map(|c| self.policy.lexicons().names(c.find.lists())) {
            evidence.push(Evidence { reason: Reason::Listed, detail: Some(name) });
        }
        evidence
    }
}

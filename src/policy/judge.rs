//! Judge: rules meet entities. One finding a fact: where several rules hit the same words, the gravest leads.

use smallvec::SmallVec;

use super::condition::Condition;
use super::fingerprint::fingerprint;
use super::near::{Group, Near};
use super::suppress::Given;
use super::{Day, Judging, Policy, Rule};
use crate::detect::{Attributes, Confidence, Entity, Evidence, EvidenceList, Kind, Reason, Rulebook, Sensitivity, confidence};
use crate::document::{Document, Region};
use crate::finding::{Accepted, Finding, Severity};
#[cfg(feature = "audit")]
use crate::sensitive::{Key, Names};
use crate::sensitive::{Sensitive, Who};
use crate::text::{Norm, Span, Src};

/// A policy made ready for judging: its rules by the kind they point at.
#[derive(Debug)]
pub struct Judge<'p> {
    pub(super) policy: &'p Policy,
    sensitivity: Sensitivity,
    by_kind: Vec<Vec<&'p Rule>>,
    /// Rules that ask for a count.
    of_lists: Vec<&'p Rule>,
    /// Rules that point at words.
    of_words: Vec<&'p Rule>,
    /// Rules about services and pictures.
    pub(super) of_references: Vec<&'p Rule>,
    /// Whether comments, staff and old versions are judged too, and every name of a list by itself.
    everything: bool,
    /// Whether exceptions count.
    pub(super) suppresses: bool,
    /// The day, where somebody said it: exceptions end.
    pub(super) day: Option<Day>,
    /// The key of people's marks, where they are counted.
    #[cfg(feature = "audit")]
    key: Option<&'p Key>,
}

/// A rule that fired: how grave it is, and in which channel.
#[derive(Clone, Copy)]
pub(super) struct Fired<'p> {
    pub(super) severity: Severity,
    pub(super) rule: &'p Rule,
    pub(super) channel: usize,
}

/// All rules that fired at one place.
pub(super) type AllFired<'p> = SmallVec<[Fired<'p>; 4]>;

/// A place, and all that fired there.
struct Candidate<'p, 'd> {
    span: Span<Norm>,
    /// The entity; none where a rule points at words.
    entity: Option<usize>,
    region: &'d Region,
    fired: AllFired<'p>,
    count: u32,
    /// The candidate of the list's first entity, where this is one of its others.
    first: Option<usize>,
    /// Whose it is, where people are counted.
    who: Option<Who>,
}

/// Rules that fired once and need not again in this document, by channel.
pub(super) type Once<'p> = SmallVec<[(&'p str, usize); 4]>;

impl<'p> Judging<'p> for Judge<'p> {
    fn judge_with(
        &self,
        document: &Document<'_>,
        found: &[Entity],
        channel: usize,
        rules: &Rulebook,
        exceptions: &[usize],
    ) -> Vec<Finding<'p>> {
        let named: SmallVec<[Option<usize>; 4]> = document.channels.iter().map(|c| self.policy.channels().find_named(c)).collect();
        let channel_of = |region: &Region| region.channel.and_then(|c| *named.get(usize::from(c))?).unwrap_or(channel);
        let sure: Vec<Confidence> = found.iter().map(|e| confidence(e.kind, &e.evidence, rules).unwrap_or(Confidence::Low)).collect();
        let near = Near::new(document, found, &sure, self.policy.lexicons());
        let mut once = Once::new();
        let mut candidates: Vec<Candidate<'p, '_>> = Vec::new();
        for (i, entity) in found.iter().enumerate() {
            let Some(region) = document.region_of(entity.span) else { continue };
            // The id of a rule in an exception looks like the plate of a car.
            let is_id = |at: Span<Src>| document.directives.iter().any(|d| d.words.start <= at.start && at.end <= d.words.end);
            let fired = if !document.directives.is_empty() && is_id(document.text.source_span(entity.span)) {
                SmallVec::new()
            } else {
                self.fired_at(&near, i, region, channel_of(region), &mut once)
            };
            candidates.push(Candidate { span: entity.span, entity: Some(i), region, fired, count: 1, first: None, who: None });
        }
        self.fold_lists(&near, &mut candidates, &channel_of);
        self.add_words(&near, &mut candidates, &channel_of, &mut once);
        #[cfg(feature = "audit")]
        if let Some(key) = self.key {
            let names = Names::new(key, document, found);
            for c in &mut candidates {
                c.who = c.entity.and_then(|i| names.who(document, &found[i], Sensitive::new(&near.text[c.span.range()])));
            }
        }
        let general = exceptions.iter().filter_map(|&i| self.policy.exceptions.get(i));
        let mut given =
            if self.suppresses { Given::new(document, general, self.policy.rules(), self.policy.reasons, self.day) } else { Given::none() };
        let mut findings = Vec::new();
        for c in candidates.iter().filter(|c| c.first.is_none()) {
            if given.is_empty() {
                findings.extend(self.finding(&near, c, &c.fired, None));
                continue;
            }
            let at = document.text.source_span(c.span);
            let (open, hidden, accepted) = given.part(&c.fired, at, document.labels_of(c.region), "");
            findings.extend(self.finding(&near, c, &open, None));
            findings.extend(self.finding(&near, c, &hidden, accepted));
        }
        self.add_references(&near, &channel_of, &mut given, &mut once, &mut findings);
        findings.extend(given.faults().filter_map(|(at, fault)| self.exception(at, fault, channel)));
        findings
    }
}

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
            of_references: rules().filter(|r| r.when.iter().any(|c| c.find.asked.is_some())).collect(),
            everything: policy.pack() == "granskning",
            suppresses: true,
            day: None,
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

    /// The same on this day: exceptions that have ended do not count.
    #[must_use]
    pub fn on(self, day: Day) -> Self {
        Self { day: Some(day), ..self }
    }

    /// The same without exceptions: everything counts.
    #[must_use]
    pub fn without_exceptions(self) -> Self {
        Self { suppresses: false, ..self }
    }

    /// The day it is judged as on.
    pub(super) fn today(&self) -> Day {
        self.day.unwrap_or_else(|| self.policy.today())
    }

    /// The findings of one document, in order of place. `channel` is the channel of regions that do not say theirs.
    #[must_use]
    pub fn judge(&self, document: &Document<'_>, found: &[Entity], channel: usize, rules: &Rulebook) -> Vec<Finding<'p>> {
        self.judge_with(document, found, channel, rules, &[])
    }

    /// The rules that fire at entity `i`, lists apart.
    fn fired_at(&self, near: &Near<'_, '_>, i: usize, region: &Region, channel: usize, once: &mut Once<'p>) -> AllFired<'p> {
        let entity = &near.found[i];
        let mut fired = SmallVec::new();
        for &rule in &self.by_kind[entity.kind as usize] {
            let holds = |c: &Condition| c.count.is_none() && near.fits(&c.find, i) && near.holds(c, entity.span);
            fired.extend(self.fires(near, rule, region, channel, once, holds));
        }
        fired
    }

    /// The rule, if one of its conditions is open here and `holds`.
    pub(super) fn fires(
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
                && !(condition.unconfirmed && self.policy.is_confirmed(channel, self.today()))
                && condition.is_open(near.document, self.sensitivity, self.today());
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
                            let missing: AllFired<'p> = missing.collect();
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
        for region in &near.document.regions {
            for &rule in &self.of_words {
                // Each condition with its own words; the first word in the region at which one holds counts.
                let first = |condition: &Condition, once: &mut Once<'p>| {
                    near.words_of(&condition.find, region.span).into_iter().find_map(|span| {
                        let holds = |c: &Condition| std::ptr::eq(c, condition) && near.holds(c, span);
                        Some((span, self.fires(near, rule, region, channel_of(region), once, holds)?))
                    })
                };
                let open = rule.when.iter().filter(|c| c.find.lists() != 0 && c.is_for(region.role, self.everything));
                let fired = open.filter_map(|c| first(c, once)).min_by_key(|(span, _)| span.start);
                if let Some((span, fired)) = fired {
                    candidates.push(Candidate {
                        span,
                        entity: None,
                        region,
                        fired: SmallVec::from_slice(&[fired]),
                        count: 1,
                        first: None,
                        who: None,
                    });
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
        fired: &[Fired<'p>],
        accepted: Option<Box<Accepted>>,
    ) -> Option<Finding<'p>> {
        // The gravest leads; of equals, the one that points at more than any data at all, then a list, then a combination,
        // then the first id.
        let lead = |f: &&Fired<'p>| {
            let points = f.rule.when.iter().all(|w| !w.find.takes_any());
            let is_list = c.count > 1 && f.rule.when.iter().any(|w| w.count.is_some());
            let is_combination = f.rule.when.iter().any(|w| !w.with.is_empty());
            (f.severity, points, is_list, is_combination, std::cmp::Reverse(f.rule.id))
        };
        let &Fired { severity, rule, channel } = fired.iter().max_by_key(lead)?;
        let place = self.policy.channels().at(channel);
        let around = near.found.partition_point(|e| e.span.start < c.span.start);
        let neighbours = near.found[around.saturating_sub(4)..near.found.len().min(around + 5)].iter().map(|e| e.span).chain([c.span]);
        let (kind, attributes, confidence, evidence) = match c.entity {
            Some(i) => (near.found[i].kind, near.found[i].attributes, near.sure[i], near.found[i].evidence.clone()),
            None => (Kind::Word, Attributes::NONE, Confidence::High, self.listed(rule)),
        };
        Some(Finding {
            rule,
            also: others(fired, rule),
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
            who: c.who,
            evidence,
            fingerprint: fingerprint(rule.id, c.region.role.name(), near.text, c.span, neighbours),
            instead: None,
            accepted,
        })
    }

    /// The lists that a rule's words stand on, as evidence.
    fn listed(&self, rule: &Rule) -> EvidenceList {
        let mut evidence = EvidenceList::default();
        let lists = rule.when.iter().fold(0, |lists, c| lists | c.find.lists());
        for name in self.policy.lexicons().names(lists) {
            evidence.push(Evidence { reason: Reason::Listed, detail: Some(name) });
        }
        evidence
    }
}

/// The rules that fired besides the one that leads, by id.
pub(super) fn others<'p>(fired: &[Fired<'p>], lead: &Rule) -> Vec<&'p Rule> {
    let mut others: Vec<&'p Rule> = fired.iter().map(|f| f.rule).filter(|r| r.id != lead.id).collect();
    others.sort_by_key(|r| r.id);
    others
}

//! Suppressions: written exceptions from rules. They mark findings, never delete them, and those that serve no purpose are
//! findings themselves (OMB904).

use std::sync::atomic::{AtomicBool, Ordering};

use super::config::{Agreement, Config, Exception, Reasons};
use super::judge::{AllFired, Fired};
use super::{Day, Rule};
use crate::detect::RuleError;
use crate::document::{Directive, Document};
use crate::finding::{Accepted, By};
use crate::text::{Span, Src};

/// The rule that speaks of exceptions.
pub(super) const RULE: &str = "OMB904";

/// What is wrong with an exception, as evidence.
pub(super) const UNUSED: &str = "unused";
const EXPIRED: &str = "expired";
const NO_REASON: &str = "no-reason";
const UNCLEAR: &str = "unclear";

/// An exception of the configuration, its rules by id.
#[derive(Debug)]
pub(super) struct General {
    rules: Vec<&'static str>,
    label: Option<String>,
    /// The domain of the service it is for.
    service: Option<String>,
    pub(super) accepted: Accepted,
    /// Whether a source came by that it is for, and whether it hid anything there.
    met: AtomicBool,
    used: AtomicBool,
}

impl General {
    pub(super) fn load(config: &Config, rules: &[Rule]) -> Result<Vec<Self>, RuleError> {
        let one = |e: &Exception| {
            if e.paths.is_empty() && e.label.is_none() {
                return Err(RuleError { message: "an exception needs `paths` or a `label`".into() });
            }
            if e.reason.trim().is_empty() && config.reasons == Reasons::Required {
                return Err(RuleError { message: "an exception needs a `reason`".into() });
            }
            let id = |name: &String| {
                let known = rules.iter().find(|r| is_named(r, name)).map(|r| r.id);
                known.ok_or_else(|| RuleError::unknown("rule", name, rules.iter().map(|r| r.id)))
            };
            Ok(Self {
                rules: e.rules.iter().map(id).collect::<Result<_, _>>()?,
                label: e.label.clone(),
                service: None,
                accepted: Accepted { by: By::Configuration, reason: signed(&e.reason, e.who.as_deref()), until: e.till, since: e.since },
                met: AtomicBool::new(false),
                used: AtomicBool::new(false),
            })
        };
        let agreement = |a: &Agreement| {
            if a.reason.trim().is_empty() {
                return Err(RuleError { message: "an agreement needs a `reason`".into() });
            }
            Ok(Self {
                rules: rules.iter().filter(|r| r.when.iter().any(|c| c.find.asked.is_some())).map(|r| r.id).collect(),
                label: None,
                service: Some(a.service.to_lowercase()),
                accepted: Accepted { by: By::Configuration, reason: signed(&a.reason, a.who.as_deref()), until: a.till, since: a.since },
                met: AtomicBool::new(false),
                used: AtomicBool::new(false),
            })
        };
        config.suppress.iter().map(one).chain(config.agreements.iter().map(agreement)).collect()
    }

    /// Whether it is for the service of this domain, or for no service alone.
    fn covers(&self, domain: &str) -> bool {
        let is_below = |own: &String| domain.strip_suffix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        self.service.as_ref().is_none_or(is_below)
    }

    /// What is wrong with it after a run.
    pub(super) fn fault(&self, today: Option<Day>) -> Option<&'static str> {
        if is_over(&self.accepted, today) {
            return Some(EXPIRED);
        }
        (self.met.load(Ordering::Relaxed) && !self.used.load(Ordering::Relaxed)).then_some(UNUSED)
    }
}

/// A reason, with who decided.
fn signed(reason: &str, who: Option<&str>) -> String {
    who.map_or_else(|| reason.to_owned(), |who| format!("{reason} ({who})"))
}

fn is_named(rule: &Rule, name: &str) -> bool {
    rule.id.eq_ignore_ascii_case(name) || rule.slug == name
}

fn is_over(accepted: &Accepted, today: Option<Day>) -> bool {
    accepted.until.zip(today).is_some_and(|(until, today)| until < today)
}

/// An author's exception: what it is for, or what is wrong with it.
struct Own<'d> {
    directive: &'d Directive,
    rules: Vec<&'static str>,
    accepted: Accepted,
    fault: Option<&'static str>,
    used: bool,
}

/// The exceptions that one document is read with.
pub(super) struct Given<'d> {
    own: Vec<Own<'d>>,
    general: Vec<&'d General>,
}

impl<'d> Given<'d> {
    /// None: everything counts.
    pub(super) const fn none() -> Self {
        Self { own: Vec::new(), general: Vec::new() }
    }

    /// `general` are those whose paths the document's name matches.
    pub(super) fn new(
        document: &'d Document<'_>,
        general: impl Iterator<Item = &'d General>,
        rules: &[Rule],
        reasons: Reasons,
        today: Option<Day>,
    ) -> Self {
        let own = document.directives.iter().map(|d| Own::read(d, rules, reasons, today)).collect();
        let general = general.filter(|g| !is_over(&g.accepted, today)).inspect(|g| {
            if g.label.is_none() && g.service.is_none() {
                g.met.store(true, Ordering::Relaxed);
            }
        });
        Self { own, general: general.collect() }
    }

    /// Whether there is none at all.
    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.general.is_empty()
    }

    /// Parts what fired at `at`, in a card with these labels and of the service of this domain: what counts, what is accepted,
    /// and why. An exception hides its own rules and no other: what else is said of the same words stays.
    pub(super) fn part<'p>(
        &mut self,
        fired: &[Fired<'p>],
        at: Span<Src>,
        labels: &str,
        service: &str,
    ) -> (AllFired<'p>, AllFired<'p>, Option<Box<Accepted>>) {
        let (mut open, mut hidden, mut accepted) = (AllFired::new(), AllFired::new(), None);
        for &one in fired {
            match self.accepts(one.rule, at, labels, service) {
                None => open.push(one),
                Some(by) => {
                    accepted.get_or_insert_with(|| Box::new(by.clone()));
                    hidden.push(one);
                }
            }
        }
        (open, hidden, accepted)
    }

    fn accepts(&mut self, rule: &Rule, at: Span<Src>, labels: &str, service: &str) -> Option<&Accepted> {
        let covers = |o: &&mut Own<'_>| {
            o.fault.is_none() && o.directive.covers.start <= at.start && at.start < o.directive.covers.end && o.rules.contains(&rule.id)
        };
        if let Some(own) = self.own.iter_mut().find(covers) {
            own.used = true;
            return Some(&own.accepted);
        }
        let general = self.general.iter().find(|g| {
            let is_here = g.label.as_ref().is_none_or(|label| labels.split('\u{1f}').any(|l| l.trim().eq_ignore_ascii_case(label)));
            let is_here = is_here && g.covers(service);
            if is_here {
                g.met.store(true, Ordering::Relaxed);
            }
            is_here && g.rules.contains(&rule.id)
        })?;
        general.used.store(true, Ordering::Relaxed);
        Some(&general.accepted)
    }

    /// Where the authors' exceptions stand that do not do what they should, and why.
    pub(super) fn faults(&self) -> impl Iterator<Item = (Span<Src>, &'static str)> {
        self.own.iter().filter_map(|o| Some((o.directive.at, o.fault.or((!o.used).then_some(UNUSED))?)))
    }
}

impl<'d> Own<'d> {
    fn read(directive: &'d Directive, known: &[Rule], reasons: Reasons, today: Option<Day>) -> Self {
        let rules: Vec<_> = directive.rules.iter().filter_map(|n| known.iter().find(|r| is_named(r, n))).map(|r| r.id).collect();
        let day = |text: &Option<String>| text.as_deref().map(Day::parse);
        let (until, since) = (day(&directive.until), day(&directive.since));
        let accepted = Accepted { by: By::Author, reason: directive.reason.clone(), until: until.flatten(), since: since.flatten() };
        let fault = if directive.is_unclear
            || rules.is_empty()
            || rules.len() < directive.rules.len()
            || until == Some(None)
            || since == Some(None)
        {
            Some(UNCLEAR)
        } else if is_over(&accepted, today) {
            Some(EXPIRED)
        } else if directive.reason.is_empty() && reasons == Reasons::Required {
            Some(NO_REASON)
        } else {
            None
        };
        Self { directive, rules, accepted, fault, used: false }
    }
}

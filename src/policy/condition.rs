//! Conditions: what a rule looks for, and what must or must not stand near it.

use super::pattern::{Known, Pattern};
use super::reach::Reach;
use super::{Channels, Class, Day};
use crate::detect::{RuleError, Sensitivity};
use crate::document::{Document, Format, Role};
use crate::rulefile::{self, Names, When};

/// One `[when]` of a rule, checked and ready.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) find: Pattern,
    pub(super) with: Vec<Pattern>,
    pub(super) without: Vec<Pattern>,
    pub(super) reach: Reach,
    pub(super) count: Option<u16>,
    pub(super) once: bool,
    /// Whether it points at the policy itself.
    pub(super) stale: bool,
    pub(super) judged_for: Option<usize>,
    /// Whether it asks for channels whose transfer nobody has confirmed.
    pub(super) unconfirmed: bool,
    roles: Vec<Role>,
    places: Vec<Place>,
    formats: Vec<Format>,
    only_high: bool,
    fields: Vec<String>,
    without_fields: Vec<String>,
    from: Option<Day>,
    until: Option<Day>,
}

/// A channel or a class of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Channel(usize),
    Class(Class),
}

impl Condition {
    pub(super) fn load(when: &When, channels: &Channels, known: &Known<'_>) -> Result<Self, RuleError> {
        let all = |list: &[rulefile::Pattern]| list.iter().map(|p| Pattern::load(p, known)).collect::<Result<Vec<_>, _>>();
        let channel = |name: &str| channels.find(name).ok_or_else(|| channels.unknown(name));
        let place = |name: &String| match Class::from_name(name) {
            Ok(class) => Ok(Place::Class(class)),
            Err(_) => channel(name).map(Place::Channel),
        };
        let format = |name: &String| Format::from_name(name).ok_or_else(|| RuleError::unknown("format", name, Format::names()));
        let low = |names: &Names| names.iter().map(|n| n.to_lowercase()).collect();
        let condition = Self {
            find: if when.exception || when.stale { Pattern::default() } else { Pattern::load(&when.find, known)? },
            with: all(&when.with)?,
            without: all(&when.without)?,
            reach: when.within.as_deref().map(Reach::load).transpose()?.unwrap_or_default(),
            count: when.count,
            once: when.once,
            stale: when.stale,
            judged_for: when.judged_for.as_deref().map(channel).transpose()?,
            unconfirmed: match when.transfer.as_deref() {
                None => false,
                Some("unconfirmed") => true,
                Some(other) => return Err(RuleError::unknown("transfer", other, ["unconfirmed"])),
            },
            roles: roles(&when.roles)?,
            places: when.channels.iter().map(place).collect::<Result<_, _>>()?,
            formats: when.formats.iter().map(format).collect::<Result<_, _>>()?,
            only_high: match when.sensitivity.as_deref() {
                None | Some("normal") => false,
                Some("high") => true,
                Some(other) => return Err(RuleError::unknown("sensitivity", other, ["normal", "high"])),
            },
            fields: low(&when.fields),
            without_fields: low(&when.without_fields),
            from: day(when.from.as_deref())?,
            until: day(when.until.as_deref())?,
        };
        condition.can_fire()?;
        Ok(condition)
    }

    /// Refuses what no draft can ever fulfil.
    fn can_fire(&self) -> Result<(), RuleError> {
        let never = |why: &str| Err(RuleError { message: format!("this rule can never fire: {why}") });
        if self.from.zip(self.until).is_some_and(|(from, until)| from > until) {
            return never("`until` is before `from`");
        }
        if self.count == Some(0) || self.count.is_some() && !self.find.takes_entities() {
            return never("`count` needs a kind and a number over 0");
        }
        if let Some(field) = self.fields.iter().find(|f| self.without_fields.contains(f)) {
            return never(&format!("`{field}` is both asked for and refused"));
        }
        let near_enough = |p: &Pattern| p.reach.unwrap_or(self.reach) == Reach::Document || self.roles.is_empty();
        if self.with.iter().any(|p| !near_enough(p) && !self.roles.iter().any(|&r| p.is_for(Some(r)))) {
            return never("what must stand near has a role that the rule does not look at");
        }
        Ok(())
    }

    /// Whether it looks at regions of this role: those it names, or all that are published.
    pub(super) fn is_for(&self, role: Role, everything: bool) -> bool {
        if self.roles.is_empty() { role.is_published() || everything } else { self.roles.contains(&role) }
    }

    /// Whether it asks for nothing but the entity itself.
    pub(super) const fn is_simple(&self) -> bool {
        self.with.is_empty() && self.without.is_empty()
    }

    /// Whether it holds for this document at all, on this day.
    pub(super) fn is_open(&self, document: &Document<'_>, sensitivity: Sensitivity, today: Day) -> bool {
        (!self.only_high || sensitivity == Sensitivity::High)
            && self.from.is_none_or(|from| today >= from)
            && self.until.is_none_or(|until| today <= until)
            && (self.formats.is_empty() || document.format.is_some_and(|f| self.formats.contains(&f)))
            && (self.fields.is_empty() || self.fields.iter().any(|f| document.fields.contains(f)))
            && !self.without_fields.iter().any(|f| document.fields.contains(f))
    }

    /// Whether it holds for this channel.
    pub(super) fn is_for_channel(&self, channel: usize, class: Class) -> bool {
        self.places.is_empty() || self.places.contains(&Place::Channel(channel)) || self.places.contains(&Place::Class(class))
    }
}

/// The roles of these names.
pub(super) fn roles(names: &Names) -> Result<Vec<Role>, RuleError> {
    names.iter().map(|name| Role::from_name(name).ok_or_else(|| RuleError::unknown("role", name, Role::ALL.map(Role::name)))).collect()
}

fn day(text: Option<&str>) -> Result<Option<Day>, RuleError> {
    text.map(|text| Day::parse(text).ok_or_else(|| RuleError { message: format!("`{text}` is no date: write it `2026-12-31`") }))
        .transpose()
}

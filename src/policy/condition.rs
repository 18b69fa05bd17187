//! Conditions: what an entity must be, and what must or must not stand near it.

use crate::detect::{Attribute, Attributes, Confidence, Entity, Kind, RuleError};
use crate::document::Role;
use crate::rulefile::{self, When, Within};

/// A rule's `[when]`, checked and ready.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) find: Pattern,
    pub(super) with: Vec<Pattern>,
    pub(super) without: Vec<Pattern>,
    pub(super) within: Within,
    roles: Vec<Role>,
    pub(super) count: Option<u16>,
}

/// What an entity must be.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    kind: Option<Kind>,
    attributes: Attributes,
    /// Whether an entity without any attribute fits.
    bare: bool,
    except: Attributes,
    least: Option<Confidence>,
    form: Option<Form>,
}

/// A form told from the entity's own characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Mobile,
    Fixed,
    FullName,
    SingleName,
}

impl Condition {
    pub(super) fn load(when: &When) -> Result<Self, RuleError> {
        let all = |list: &[rulefile::Pattern]| list.iter().map(Pattern::load).collect::<Result<Vec<_>, _>>();
        let role = |name: &String| Role::from_name(name).ok_or_else(|| RuleError::unknown("role", name, Role::ALL.map(Role::name)));
        Ok(Self {
            find: Pattern::load(&when.find)?,
            with: all(&when.with)?,
            without: all(&when.without)?,
            within: when.within,
            roles: when.roles.iter().map(role).collect::<Result<_, _>>()?,
            count: when.count,
        })
    }

    /// Whether the rule looks at regions of this role.
    pub(super) fn is_for(&self, role: Role) -> bool {
        if self.roles.is_empty() { true } else { self.roles.contains(&role) }
    }

    /// Whether it asks for nothing but the entity itself.
    pub(super) const fn is_simple(&self) -> bool {
        self.with.is_empty() && self.without.is_empty() && self.count.is_none()
    }
}

impl Pattern {
    fn load(file: &rulefile::Pattern) -> Result<Self, RuleError> {
        let kind = match file.kind.as_str() {
            "any" => None,
            name => Some(Kind::from_name(name).ok_or_else(|| RuleError::unknown("kind", name, Kind::ALL.iter().map(|k| k.name())))?),
        };
        let set = |names: &[String]| {
            names
                .iter()
                .filter(|n| *n != "none")
                .map(|n| Attribute::from_name(n).ok_or_else(|| RuleError::unknown("attribute", n, Attribute::ALL.iter().map(|a| a.name()))))
                .collect::<Result<Attributes, _>>()
        };
        let least = match file.confidence.as_deref() {
            None | Some("low") => None,
            Some("medium") => Some(Confidence::Medium),
            Some("high") => Some(Confidence::High),
            Some(other) => return Err(RuleError::unknown("confidence", other, ["low", "medium", "high"])),
        };
        let form = match file.form.as_deref() {
            None => None,
            Some("mobile") => Some(Form::Mobile),
            Some("fixed") => Some(Form::Fixed),
            Some("full-name") => Some(Form::FullName),
            Some("single-name") => Some(Form::SingleName),
            Some(other) => return Err(RuleError::unknown("form", other, ["mobile", "fixed", "full-name", "single-name"])),
        };
        Ok(Self {
            kind,
            attributes: set(&file.attributes)?,
            bare: file.attributes.iter().any(|n| n == "none"),
            except: set(&file.except)?,
            least,
            form,
        })
    }

    /// The kind it asks for; `None`: any.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// Whether an entity whose characters are `text` fits.
    pub(super) fn fits(&self, entity: &Entity, confidence: Confidence, text: &str) -> bool {
        let own = entity.attributes;
        let attributes = self.attributes.is_empty() && !self.bare || own.meets(self.attributes) || self.bare && own.is_empty();
        self.kind.map_or_else(|| is_personal(entity.kind), |k| k == entity.kind)
            && attributes
            && !own.meets(self.except)
            && self.least.is_none_or(|least| confidence >= least)
            && self.form.is_none_or(|form| form.is_of(text))
    }
}

impl Form {
    fn is_of(self, text: &str) -> bool {
        let words = || text.split([' ', '\u{a0}', '\n']).filter(|w| w.chars().count() > 1 && !w.ends_with('.')).count();
        match self {
            Self::Mobile => is_mobile(text),
            Self::Fixed => !is_mobile(text),
            Self::FullName => words() > 1 || text.contains('.') && words() == 1,
            Self::SingleName => words() < 2 && !text.contains('.'),
        }
    }
}

/// Whether the kind is personal data by itself: the number of an organisation or of a case is not.
const fn is_personal(kind: Kind) -> bool {
    !matches!(kind, Kind::Organisationsnummer | Kind::Casenumber)
}

/// Whether a telephone number is in a Swedish mobile series: 070, 072, 073, 076, 079.
fn is_mobile(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(8).collect();
    let national =
        digits.strip_prefix("0046").or_else(|| digits.strip_prefix("46").filter(|_| text.trim_start().starts_with('+'))).unwrap_or(&digits);
    let national = national.trim_start_matches('0');
    ["70", "72", "73", "76", "79"].iter().any(|series| national.starts_with(series))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_from_the_text() {
        for (text, mobile) in [
            ("070-174 06 12", true),
            ("+46 (0)70-174 06 12", true),
            ("0046701740612", true),
            ("08-465 004 21", false),
            ("+47 22 00 00 00", false),
        ] {
            assert_eq!(Form::Mobile.is_of(text), mobile, "{text}");
        }
        assert!(Form::FullName.is_of("Åsa Ek") && Form::FullName.is_of("A. Ek") && !Form::FullName.is_of("Åsa"));
        assert!(Form::SingleName.is_of("Åsa") && !Form::SingleName.is_of("Anna-Lena Ek"));
    }
}

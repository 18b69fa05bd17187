//! Patterns: what an entity must be, or which words must stand there.

use std::borrow::Cow;

use super::lexicons::Lexicons;
use super::reach::Reach;
use super::references::Asked;
use crate::detect::{Attribute, Attributes, Confidence, Entity, Kind, Reason, ReasonSet, RuleError, reason};
use crate::document::Role;
use crate::rulefile::{self, Names};
use crate::text::fold::width;

/// What an entity must be, or which words must stand there.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern {
    /// A bit for each kind it takes.
    kinds: u64,
    /// The kinds of these it takes only from a user's own detectors of these names.
    narrow: u64,
    own: Vec<&'static str>,
    /// The lists it takes a word of.
    lists: u32,
    attributes: Attributes,
    /// Whether an entity without any attribute fits.
    bare: bool,
    except: Attributes,
    evidence: Vec<ReasonSet>,
    least: Option<Confidence>,
    form: Option<Form>,
    roles: Vec<Role>,
    /// How near it must stand, if not as near as the rule says.
    pub(super) reach: Option<Reach>,
    /// Whether it takes any personal data at all.
    any: bool,
    /// What it asks of a reference, where it is about one.
    pub(super) asked: Option<Asked>,
    /// Whether it must stand in a web address.
    pub(super) in_address: bool,
}

/// The names that patterns may use, besides the built-in kinds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'k> {
    pub(super) lexicons: &'k Lexicons,
    /// A user's own detectors, and the kind of what each finds.
    pub(super) detectors: &'k [(&'static str, Kind)],
}

/// A form told from the entity's own characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Mobile,
    Fixed,
    FullName,
    SingleName,
}

impl Pattern {
    pub(super) fn load(file: &rulefile::Pattern, known: &Known<'_>) -> Result<Self, RuleError> {
        let asked = Asked::load(file)?;
        if file.kind.is_empty() && file.lexicon.is_empty() && asked.is_none() {
            return Err(RuleError { message: "a pattern needs a `kind`, a `lexicon`, a `service` or a `picture`".into() });
        }
        let any = file.kind.iter().any(|k| k == "any");
        let (mut kinds, mut narrow, mut own) = (0, 0, Vec::new());
        for name in file.kind.iter().filter(|k| *k != "any") {
            if let Some(&(name, kind)) = known.detectors.iter().find(|(own, _)| own == name) {
                narrow |= bit(kind);
                own.push(name);
                continue;
            }
            let names = || Kind::ALL.iter().map(|k| k.name()).chain(["any"]).chain(known.detectors.iter().map(|(name, _)| *name));
            kinds |= bit(Kind::from_name(name).ok_or_else(|| RuleError::unknown("kind", name, names()))?);
        }
        if any {
            kinds = Kind::ALL.iter().filter(|k| is_personal(**k)).fold(0, |set, &k| set | bit(k));
        }
        let set = |names: &Names| {
            let known = || Attribute::ALL.iter().map(|a| a.name()).chain(["none"]);
            let one = |n: &String| Attribute::from_name(n).ok_or_else(|| RuleError::unknown("attribute", n, known()));
            names.iter().filter(|n| *n != "none").map(one).collect::<Result<Attributes, _>>()
        };
        let least = match file.confidence.as_deref() {
            None | Some("low") => None,
            Some("medium") => Some(Confidence::Medium),
            Some("high") => Some(Confidence::High),
            Some(other) => return Err(RuleError::unknown("confidence", other, ["low", "medium", "high"])),
        };
        let (attributes, except) = (set(&file.attributes)?, set(&file.except)?);
        if !attributes.is_empty() && attributes.iter().all(|a| except.has(a)) {
            return Err(RuleError { message: "a pattern that excepts every attribute it asks for can never fit".into() });
        }
        Ok(Self {
            kinds: kinds | narrow,
            narrow: narrow & !kinds,
            own,
            lists: file.lexicon.iter().try_fold(0, |bits, name| Ok(bits | known.lexicons.bit(name)?))?,
            attributes,
            bare: file.attributes.iter().any(|n| n == "none"),
            except,
            evidence: file.evidence.iter().map(|name| Ok([reason(name)?].into_iter().collect())).collect::<Result<_, _>>()?,
            least,
            form: file.form.as_deref().filter(|f| *f != "in-address").map(Form::load).transpose()?,
            roles: super::condition::roles(&file.roles)?,
            reach: file.within.as_deref().map(Reach::load).transpose()?,
            any,
            asked,
            in_address: file.form.as_deref() == Some("in-address"),
        })
    }

    /// Whether it takes entities of this kind.
    pub(super) const fn takes(&self, kind: Kind) -> bool {
        self.kinds & bit(kind) != 0
    }

    /// Whether it takes any personal data, whatever its kind.
    pub(super) const fn takes_any(&self) -> bool {
        self.any
    }

    /// The lists it takes a word of, as bits.
    pub(super) const fn lists(&self) -> u32 {
        self.lists
    }

    /// Whether it takes entities at all.
    pub(super) const fn takes_entities(&self) -> bool {
        self.kinds != 0
    }

    /// Whether it takes what stands in a region of any role.
    pub(super) const fn is_for_all(&self) -> bool {
        self.roles.is_empty()
    }

    /// Whether it takes what stands in a region of this role.
    pub(super) fn is_for(&self, role: Option<Role>) -> bool {
        self.roles.is_empty() || role.is_some_and(|role| self.roles.contains(&role))
    }

    /// Whether an entity fits whose characters `text` gives, if they matter.
    pub(super) fn fits<'t>(&self, entity: &Entity, confidence: Confidence, text: impl FnOnce() -> Cow<'t, str>) -> bool {
        let own = entity.attributes;
        let attributes = self.attributes.is_empty() && !self.bare || own.meets(self.attributes) || self.bare && own.is_empty();
        let is_own = || entity.evidence.iter().any(|e| e.reason == Reason::Own && e.detail.is_some_and(|name| self.own.contains(&name)));
        self.takes(entity.kind)
            && (self.narrow & bit(entity.kind) == 0 || is_own())
            && attributes
            && !own.meets(self.except)
            && self.least.is_none_or(|least| confidence >= least)
            && (self.evidence.is_empty() || self.evidence.iter().any(|&needed| entity.evidence.set().covers(needed)))
            && self.form.is_none_or(|form| form.is_of(&text()))
    }
}

const fn bit(kind: Kind) -> u64 {
    1 << kind as u8
}

impl Form {
    fn load(name: &str) -> Result<Self, RuleError> {
        match name {
            "mobile" => Ok(Self::Mobile),
            "fixed" => Ok(Self::Fixed),
            "full-name" => Ok(Self::FullName),
            "single-name" => Ok(Self::SingleName),
            other => Err(RuleError::unknown("form", other, ["mobile", "fixed", "full-name", "single-name", "in-address"])),
        }
    }

    fn is_of(self, text: &str) -> bool {
        // Of two letters at least: initials are no words.
        let is_word = |w: &&[u8]| !w.ends_with(b".") && w.first().is_some_and(|b| w.len() > width(*b));
        let words = || {
            let text = if text.contains('\u{a0}') { Cow::from(text.replace('\u{a0}', " ")) } else { Cow::from(text) };
            text.as_bytes().split(|b| matches!(b, b' ' | b'\n')).filter(is_word).take(2).count()
        };
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

    #[test]
    fn faults_name_the_nearest_and_what_can_never_fit() {
        let fault = |change: fn(&mut rulefile::Pattern)| {
            let mut file = rulefile::Pattern { kind: Names(vec!["person".into()]), ..rulefile::Pattern::default() };
            change(&mut file);
            Pattern::load(&file, &Known { lexicons: &Lexicons::default(), detectors: &[("library-card", Kind::Own)] })
                .map_or_else(|e| e.message, |_| "loaded".into())
        };
        assert_eq!(fault(|_| ()), "loaded");
        assert_eq!(fault(|f| f.kind = Names(vec!["persn".into()])), "unknown kind `persn`, did you mean `person`?");
        assert_eq!(fault(|f| f.kind = Names(vec!["library-card".into()])), "loaded");
        assert_eq!(fault(|f| f.kind = Names(vec!["librarycard".into()])), "unknown kind `librarycard`, did you mean `library-card`?");
        assert_eq!(fault(|f| f.except = Names(vec!["oficial".into()])), "unknown attribute `oficial`, did you mean `official`?");
        assert_eq!(fault(|f| f.form = Some("fullname".into())), "unknown form `fullname`, did you mean `full-name`?");
        assert_eq!(fault(|f| f.kind = Names::default()), "a pattern needs a `kind`, a `lexicon`, a `service` or a `picture`");
        let never = fault(|f| {
            f.attributes = Names(vec!["minor".into()]);
            f.except = Names(vec!["minor".into()]);
        });
        assert!(never.ends_with("can never fit"), "{never}");
    }
}

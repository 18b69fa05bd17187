//! Wording: what could stand in place of a finding where that is mechanical. Never where the program is not sure.

use super::Located;
use crate::detect::{Attribute, Attributes, Confidence, Kind};
use crate::document::Role;
use crate::finding::Severity;

/// What is written in place of what is taken out.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// A mailbox of a function, in place of a person's address.
    pub mailbox: Option<String>,
    /// A number that reaches a function, in place of a person's.
    pub phone: Option<String>,
}

impl Wording {
    /// What to write in place of the finding; `None` where a person must find the words.
    ///
    /// Only what counts, is sure and at least a warning; not inside addresses, where other words would break a link, and
    /// not where the source spells it with entities, escapes or markup.
    #[must_use]
    pub fn proposal(&self, f: &Located<'_>) -> Option<&str> {
        let finding = &f.finding;
        let is_sure = finding.counts() && finding.confidence == Confidence::High && finding.severity >= Severity::Warning;
        if !is_sure || !f.literal || finding.role == Role::Url {
            return None;
        }
        let has = |attribute| finding.attributes.meets(Attributes::of(attribute));
        Some(match finding.kind {
            Kind::Personnummer if has(Attribute::Samordning) => "[samordningsnummer borttaget]",
            Kind::Personnummer => "[personnummer borttaget]",
            Kind::Phone => self.phone.as_deref().unwrap_or("[telefonnummer borttaget]"),
            Kind::Email => self.mailbox.as_deref().unwrap_or("[e-postadress borttagen]"),
            Kind::Birthdate => "[födelsedatum borttaget]",
            Kind::Person => return f.pupil,
            _ => return None,
        })
    }
}

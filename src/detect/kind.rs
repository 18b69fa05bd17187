//! The kinds of entity and their attributes: the names used in rules and in every output.

use serde::{Deserialize, Serialize};

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// All of them, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name used in rules and outputs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The one with this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

names! {
    /// What sort of personal data an entity is.
    Kind {
        /// An individual's name as written.
        Person = "person",
        /// Personal identity number, coordination number and their temporary and partial forms (SFS 1991:481 18 §).
        Personnummer = "personnummer",
        /// Organisation number (SFS 1974:174); kept apart so that it is not called a personnummer.
        Organisationsnummer = "organisationsnummer",
        /// Telephone number.
        Phone = "phone",
        /// E-mail address.
        Email = "email",
        /// Postal or visiting address.
        Address = "address",
        /// A date given as somebody's date of birth.
        Birthdate = "birthdate",
        /// A geographic position.
        Coordinates = "coordinates",
        /// Property designation (fastighetsbeteckning).
        Property = "property",
        /// Vehicle registration number.
        Plate = "plate",
        /// Diary, case or court number.
        Casenumber = "casenumber",
        /// Number of a passport, identity card or asylum seeker's card (LMA).
        Passport = "passport",
        /// IP address.
        Ip = "ip",
        /// HSA id of health-care staff.
        Hsaid = "hsaid",
        /// Bank account, giro, Swish or card number.
        Account = "account",
        /// Social-media handle or profile address.
        Handle = "handle",
        /// Words that reveal a special category about an identifiable person (GDPR art. 9 and 10).
        Special = "special",
        /// Words of a list that a rule points at: no entity of its own.
        Word = "word",
        /// What a user's own detector finds; the evidence names the detector.
        Own = "own",
    }
}

names! {
    /// What more is known about an entity; several may hold at once.
    Attribute {
        /// A person in a public role.
        Official = "official",
        /// A person under 18.
        Minor = "minor",
        /// A dead person.
        Dead = "dead",
        /// A person who does not exist.
        Fictional = "fictional",
        /// Coordination number (SFS 2022:1697): day + 60.
        Samordning = "samordning",
        /// Interim number: a letter in the birth number's first place.
        Interim = "interim",
        /// Reserve or TF number of the health care.
        Reserve = "reserve",
        /// Partly masked, or the last four beside a birth date.
        Partial = "partial",
        /// Right shape, wrong check digit.
        Invalid = "invalid",
        /// On the tax agency's published list of test numbers.
        Test = "test",
        /// A personnummer inside an organisation, VAT or account number.
        SoleTrader = "sole-trader",
        /// A number that reaches an organisation, not one person.
        Switchboard = "switchboard",
        /// A number or address that a named person has through work.
        Work = "work",
        /// A mailbox that several persons read.
        Shared = "shared",
        /// An organisation's, not a person's.
        Organisation = "organisation",
        /// International bank account number (ISO 13616).
        Iban = "iban",
        /// Bankgiro number.
        Bankgiro = "bankgiro",
        /// Plusgiro number.
        Plusgiro = "plusgiro",
        /// Clearing number and account.
        Clearing = "clearing",
        /// Swish number.
        Swish = "swish",
        /// Payment card number.
        Card = "card",
        /// Health (art. 9).
        Health = "health",
        /// Trade-union membership (art. 9).
        Union = "union",
        /// Religious or philosophical belief (art. 9).
        Religion = "religion",
        /// Political opinion (art. 9).
        Politics = "politics",
        /// Sex life or sexual orientation (art. 9).
        Sexuality = "sexuality",
        /// Racial or ethnic origin (art. 9).
        Ethnicity = "ethnicity",
        /// Biometric data (art. 9).
        Biometric = "biometric",
        /// Criminal convictions and offences (art. 10).
        Crime = "crime",
        /// Social services.
        Social = "social",
        /// Protected identity.
        Protected = "protected",
    }
}

/// A set of [`Attribute`]s.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Attributes(u64);

impl Attributes {
    /// The set with no attribute.
    pub const NONE: Self = Self(0);

    /// The set of one.
    #[must_use]
    pub const fn of(attribute: Attribute) -> Self {
        Self(1 << attribute as u8)
    }

    /// This set and `attribute`.
    #[must_use]
    pub const fn with(self, attribute: Attribute) -> Self {
        Self(self.0 | 1 << attribute as u8)
    }

    /// This set without `attribute`.
    #[must_use]
    pub const fn without(self, attribute: Attribute) -> Self {
        Self(self.0 & !(1 << attribute as u8))
    }

    /// Whether `attribute` is in the set.
    #[must_use]
    pub const fn has(self, attribute: Attribute) -> bool {
        self.0 & 1 << attribute as u8 != 0
    }

    /// Whether the two sets share an attribute.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The attributes in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = Attribute> {
        Attribute::ALL.iter().copied().filter(move |&a| self.has(a))
    }
}

impl FromIterator<Attribute> for Attributes {
    fn from_iter<I: IntoIterator<Item = Attribute>>(all: I) -> Self {
        all.into_iter().fold(Self::NONE, Self::with)
    }
}

impl std::fmt::Debug for Attributes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(Attribute::name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_kind() {
        for &kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(Attribute::from_name("sole-trader"), Some(Attribute::SoleTrader));
        assert_eq!(Kind::from_name("pii"), None);
    }

    #[test]
    fn attributes_are_a_set() {
        let set = Attributes::of(Attribute::Iban).with(Attribute::Protected);
        assert!(set.has(Attribute::Protected) && !set.has(Attribute::Card));
        assert_eq!(set.iter().collect::<Vec<_>>(), [Attribute::Iban, Attribute::Protected]);
        assert!(set.without(Attribute::Iban).meets(Attributes::of(Attribute::Protected)));
    }
}

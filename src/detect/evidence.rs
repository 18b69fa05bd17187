//! Evidence: the reasons to believe an entity. Confidence is computed from it, in one place.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::kind::Kind;
use super::rule::Rulebook;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $sv:literal, $en:literal;)*) => {
        /// One sort of reason to believe, or doubt, that a candidate is what it looks like.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Reason { $($(#[$doc])* #[serde(rename = $text)] $variant,)* }

        impl Reason {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name used in rule files and outputs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// What it says to a reader, in Swedish and English.
            #[must_use]
            pub const fn words(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($sv, $en),)* }
            }
        }
    };
}

reasons! {
    /// The characters have the form of the kind.
    Shape = "shape", "formen stämmer", "the shape fits";
    /// The form is so particular that little else looks like it (a separator in its place, a prefix).
    Form = "form", "skrivet på det vanliga sättet", "written in the usual form";
    /// A date in it is a real date.
    Date = "date", "datumet finns", "the date is real";
    /// A check digit or checksum is right.
    Checksum = "checksum", "kontrollsiffran stämmer", "the check digit is right";
    /// An official table has it (area code, clearing number, postcode, municipality).
    Table = "table", "finns i ett officiellt register", "stands in an official table";
    /// A word that speaks for it stands near.
    Cue = "cue", "ord i närheten", "a word near it";
    /// A word that speaks against it stands near.
    Against = "against", "ord i närheten talar emot", "a word near it speaks against it";
    /// Nothing else stands in the text.
    Alone = "alone", "står för sig själv", "stands alone";
    /// It may as well be something else of the same form.
    Ambiguous = "ambiguous", "kan vara något annat", "may be something else";
    /// Another entity stands beside it (a name, a phone number).
    Neighbour = "neighbour", "står intill andra kontaktuppgifter", "stands beside other contact data";
    /// A name on the list of given names.
    GivenName = "given-name", "vanligt förnamn", "a known given name";
    /// A name on the list of surnames, or with a surname's ending.
    Surname = "surname", "känt efternamn", "a known surname";
    /// A title or role stands before or after.
    Title = "title", "titel eller roll intill", "a title or role beside it";
    /// A verb of speech or another verb that takes a person.
    Speech = "speech", "säger eller gör något", "says or does something";
    /// The name model weighed the words around.
    Model = "model", "orden runt omkring", "the words around it";
    /// The words around leave little doubt.
    Clear = "clear", "orden runt omkring talar tydligt för", "the words around speak clearly for it";
    /// An age, a school class or a word for children.
    Age = "age", "ålder, skolklass eller ord för barn", "an age, a school class or a word for children";
    /// Years of life or a time long past.
    Life = "life", "levnadsår eller historisk tid", "years of life or a time long past";
    /// A word for a death, or a year of death that the bereaved remember.
    Death = "death", "ett dödsfall", "a death";
    /// The title of a work, a role or a known figure.
    Fiction = "fiction", "verk, roll eller känd figur", "a work, a role or a known figure";
    /// The same person is named elsewhere in the document.
    Memory = "memory", "nämns på fler ställen", "is named elsewhere too";
    /// A known list names it (test numbers, documentation addresses, own switchboards).
    Listed = "listed", "står på en känd lista", "stands on a known list";
    /// A picture has no text alternative, or a file's name in its place.
    Absent = "absent", "ingen text, eller ett filnamn", "no text, or the name of a file";
    /// An exception does not do what it should.
    Exception = "exception", "undantaget", "the exception";
    /// The user's own detector found it.
    Own = "own", "egen detektor", "own detector";
}

/// One reason, with the cue or table it came from. Never holds text from a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What sort of reason.
    pub reason: Reason,
    /// The cue word or table, as written in the rule file.
    pub detail: Option<&'static str>,
}

impl From<Reason> for Evidence {
    fn from(reason: Reason) -> Self {
        Self { reason, detail: None }
    }
}

/// The reasons of one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceList(SmallVec<[Evidence; 4]>);

impl EvidenceList {
    /// Adds a reason; the same reason and detail is kept once.
    pub fn push(&mut self, evidence: impl Into<Evidence>) {
        let evidence = evidence.into();
        if !self.0.contains(&evidence) {
            self.0.push(evidence);
        }
    }

    /// Whether there is a reason of this sort.
    #[must_use]
    pub fn has(&self, reason: Reason) -> bool {
        self.0.iter().any(|e| e.reason == reason)
    }

    /// The reasons as a set.
    #[must_use]
    pub fn set(&self) -> ReasonSet {
        self.0.iter().fold(ReasonSet(0), |set, e| ReasonSet(set.0 | 1 << e.reason as u8))
    }

    /// The reasons in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Evidence> {
        self.0.iter()
    }
}

impl<const N: usize> From<[Reason; N]> for EvidenceList {
    fn from(reasons: [Reason; N]) -> Self {
        let mut list = Self::default();
        for reason in reasons {
            list.push(reason);
        }
        list
    }
}

/// A set of [`Reason`]s: one alternative of a level in a rule file's `[confidence]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReasonSet(u32);

impl ReasonSet {
    /// Whether all of `needed` are in this set.
    #[must_use]
    pub const fn covers(self, needed: Self) -> bool {
        self.0 & needed.0 == needed.0
    }
}

impl FromIterator<Reason> for ReasonSet {
    fn from_iter<I: IntoIterator<Item = Reason>>(all: I) -> Self {
        Self(all.into_iter().fold(0, |set, reason| set | 1 << reason as u8))
    }
}

/// How sure it is that an entity is what its kind says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Worth a look in an audit.
    Low,
    /// More likely than not.
    Medium,
    /// Sure, as far as text can tell.
    High,
}

impl Confidence {
    /// The name used in outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// The confidence that `evidence` gives an entity of `kind`: the highest level of the kind's rule file whose reasons
/// are all there (high for what a user's own detector finds), one level lower for a reason against it and one for ambiguity. `None`: too little to call it an entity.
#[must_use]
pub fn confidence(kind: Kind, evidence: &EvidenceList, rules: &Rulebook) -> Option<Confidence> {
    let level = if evidence.has(Reason::Own) { Confidence::High } else { rules.levels(kind).of(evidence.set())? };
    let doubts = u8::from(evidence.has(Reason::Against)) + u8::from(evidence.has(Reason::Ambiguous));
    match (level as u8).checked_sub(doubts)? {
        0 => Some(Confidence::Low),
        1 => Some(Confidence::Medium),
        _ => Some(Confidence::High),
    }
}

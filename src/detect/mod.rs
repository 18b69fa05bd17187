//! Detect: each detector is asked at its kind of anchor and returns entities with their evidence.
//!
//! Detecting cannot fail and knows no channel and no severity. A detector is one file here, one rule file of the same
//! name under `rules/detectors/`, a folder under `corpus/`, and one word in `detectors!`; a test holds them together.

mod coded;
mod contact;
pub mod cues;
mod date;
mod entity;
mod evidence;
mod expression;
mod kind;
pub mod lexicon;
pub(crate) mod names;
pub mod number;
mod own;
mod people;
pub mod person;
pub mod places;
mod reread;
mod rule;
mod shapes;
pub mod testnumbers;
pub mod validators;

pub use entity::Entity;
pub use evidence::{Confidence, Evidence, EvidenceList, Reason, ReasonSet, confidence};
pub(crate) use expression::Expression;
pub use kind::{Attribute, Attributes, Kind};
pub use rule::{DetectorRule, Levels, RuleError, Rulebook};
pub(crate) use rule::{nearest, reason};

use number::{Cluster, Joint, Number};

use crate::sift::Anchors;

/// How much doubt is let through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sensitivity {
    /// Quiet: for drafts and builds.
    #[default]
    Normal,
    /// Thorough: for audits; more is found, and more of it is wrong.
    High,
}

/// What a detector may read: the whole text of a document and the rules.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'t> {
    /// The document's text. A blank line separates what does not belong together.
    pub text: &'t str,
    /// Cues, word lists and levels of confidence.
    pub rules: &'t Rulebook,
    /// How much doubt is let through.
    pub sensitivity: Sensitivity,
}

impl Passage<'_> {
    /// Whether the text holds nothing but bytes `start..end`, blanks and punctuation apart.
    #[must_use]
    pub fn is_alone(&self, start: usize, end: usize) -> bool {
        let bare = |s: &str| s.len() < 64 && !s.contains(char::is_alphanumeric);
        bare(&self.text[..start]) && bare(&self.text[end..])
    }
}

/// The places at which a detector wants to be asked: a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At(u8);

impl At {
    /// A number of at least five digits, over all groups joined tightly.
    pub const LONG: Self = Self(1);
    /// A number after a word (`Box 12`) or letters (`KFT612`, `KFT-612`), with at most one blank and a full stop between.
    pub const AFTER_WORD: Self = Self(2);
    /// A number before a colon (`1:23`, `2001:db8`).
    pub const COLON: Self = Self(4);
    /// A number before a degree sign.
    pub const DEGREE: Self = Self(8);
    /// A number of three to six digits that starts with 11 or 90: the short codes of SFS 2022:482's numbering plan.
    pub const SHORT_CODE: Self = Self(16);
    /// `@`, `(at)` or `snabel-a`.
    pub const SIGN: Self = Self(32);
    /// `/` after what may be a host name.
    pub const SLASH: Self = Self(64);
    /// A number of one or two digits before what may be a month: `2 maj`, `2/5`.
    pub const DAY: Self = Self(128);

    /// Both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One place, as a detector gets it.
#[derive(Clone, Copy, Debug)]
pub enum Anchor<'t> {
    /// A number.
    Number(Number<'t>),
    /// Byte offset of an `@`, of the bracket of `(at)`, or of the word `snabel-a`.
    Sign(usize),
    /// Byte offset of a `/`.
    Slash(usize),
}

/// Finds one kind of entity.
pub trait Detector: Sync {
    /// The kind it finds.
    fn kind(&self) -> Kind;
    /// Where it wants to be asked.
    fn anchors(&self) -> At;
    /// Adds the entities that start at, or belong to, this anchor.
    fn detect(&self, at: Anchor<'_>, passage: &Passage<'_>, out: &mut Vec<Entity>);
}

macro_rules! detectors {
    ($($name:ident)*) => {
        $(
            #[allow(unreachable_pub, reason = "a detector reads as the others do; only the list below reaches it")]
            mod $name;
        )*
        /// The built-in detectors.
        static DETECTORS: &[&dyn Detector] = &[$(&$name::Finder,)*];
        /// The names of the built-in detectors: their files, rule files and corpus folders.
        pub const NAMES: &[&str] = &[$(stringify!($name),)*];
    };
}

detectors! {
    account
    address
    birthdate
    casenumber
    coordinates
    email
    handle
    ip
    organisationsnummer
    personnummer
    phone
    plate
    property
}

/// Asks every detector at the anchors of its kind. Entities come in the order of the anchors and may overlap.
pub fn detect(anchors: &Anchors, passage: &Passage<'_>, out: &mut Vec<Entity>) {
    let (mut next, mut coded) = (0, 0);
    for &at in &anchors.numbers {
        let at = at as usize;
        if at < next {
            continue;
        }
        let cluster = Cluster::parse(passage.text, at);
        for first in 0..cluster.groups().len() {
            let number = cluster.number(first);
            ask(place_of(&number), Anchor::Number(number), passage, out);
        }
        next = cluster.groups().last().map_or(at + 1, |g| g.end);
        if next > coded && passage.text.as_bytes().get(next).is_some_and(|b| matches!(b, b'a'..=b'f' | b'A'..=b'F' | b'x' | b'X')) {
            coded = coded::hexadecimal(at, passage, out);
        }
        reread::apart(&cluster, passage, out);
        reread::letters(&cluster, passage, out);
        reread::mixed(&cluster, passage, out);
    }
    coded::words(&anchors.coded, passage, out);
    reread::words(passage, out);
    for &at in &anchors.ats {
        ask(At::SIGN, Anchor::Sign(at as usize), passage, out);
    }
    // Signs in words: too rare to be looked for at every letter.
    for at in email::signs(passage.text) {
        ask(At::SIGN, Anchor::Sign(at), passage, out);
    }
    for &at in &anchors.slashes {
        ask(At::SLASH, Anchor::Slash(at as usize), passage, out);
    }
    handle::named(passage, out);
    handle::before_network(passage, out);
    people::detect(&anchors.capitals, passage, out);
    for own in &passage.rules.own {
        own.detect(passage, out);
    }
}

fn ask(place: At, anchor: Anchor<'_>, passage: &Passage<'_>, out: &mut Vec<Entity>) {
    if place.0 == 0 {
        return;
    }
    for detector in DETECTORS {
        if detector.anchors().meets(place) {
            detector.detect(anchor, passage, out);
        }
    }
    for shape in &passage.rules.shapes {
        if shape.anchors().meets(place) {
            shape.detect(anchor, passage, out);
        }
    }
}

/// What sort of place a number is.
fn place_of(number: &Number<'_>) -> At {
    let mut place = 0;
    let joined: usize = number.groups.iter().enumerate().take_while(|(i, g)| *i == 0 || g.joint.is_tight()).map(|(_, g)| g.len()).sum();
    if joined >= 5 {
        place |= At::LONG.0;
    }
    let bytes = number.text.as_bytes();
    let start = number.start();
    let mut before = bytes[..start].iter().rev().copied();
    let mut byte = before.next();
    if matches!(byte, Some(b' ' | b'\t' | 0xA0)) {
        byte = before.next();
        if byte == Some(0xC2) {
            byte = before.next();
        }
    }
    if byte == Some(b'-') {
        byte = before.next().filter(u8::is_ascii_uppercase);
    }
    if byte.is_some_and(|b| b.is_ascii_alphabetic() || b >= 0x80 || matches!(b, b'.' | b':' | b',' | b'(')) {
        place |= At::AFTER_WORD.0;
    }
    let end = number.groups[0].end;
    match bytes.get(end) {
        Some(b':') => place |= At::COLON.0,
        Some(0xC2) if bytes.get(end + 1) == Some(&0xB0) => place |= At::DEGREE.0,
        _ => {}
    }
    if number.len(1) > 0 && number.joint(1) == Joint::Colon {
        place |= At::COLON.0;
    }
    if matches!(&bytes[start..end.min(start + 2)], b"11" | b"90") && (2..=6).contains(&number.len(0)) {
        place |= At::SHORT_CODE.0;
    }
    if end - start <= 2 && may_be_day(&bytes[end..]) {
        place |= At::DAY.0;
    }
    At(place)
}

/// Whether what follows a number may be a month: `/5`, or a letter that one starts with after at most three other signs.
fn may_be_day(rest: &[u8]) -> bool {
    if rest.first() == Some(&b'/') {
        return rest.get(1).is_some_and(u8::is_ascii_digit);
    }
    let letter = rest.iter().take(4).find(|b| b.is_ascii_alphabetic());
    letter.is_some_and(|b| matches!(b | 0x20, b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd' | b'e'))
}

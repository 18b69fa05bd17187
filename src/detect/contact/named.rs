//! Who is named beside a number: a person, with or without a title, or a firm.

use smallvec::SmallVec;

use super::scene::{DOER, LABEL, PLACE_LEAD, PRIVATE, PRONOUN, ROLE, SWITCHBOARD, Scene, Token, UNIT};
use crate::detect::names::{is_business, is_given_name, is_occupation, is_ordinary, is_surname};

/// Who is named right before a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Words of the name.
    pub words: usize,
    /// Whether a title stands right before the name, or between it and the number.
    pub by_title: bool,
    /// Whether the name is a firm's or a place's.
    pub organisation: bool,
    /// Whether somebody is named as being at a unit: "Gun på expeditionen".
    pub at_unit: bool,
    /// Whether somebody is named, or meant by a pronoun, earlier in the sentence.
    pub elsewhere: bool,
}

const FIRM: Named = Named { words: 0, by_title: false, organisation: true, at_unit: false, elsewhere: false };

/// What is read of a name, from its last word to its first.
#[derive(Default)]
struct Reading<'t> {
    words: usize,
    /// The words that stand between the name and the number.
    title: SmallVec<[Token<'t>; 5]>,
    /// The word before the name.
    previous: Option<Token<'t>>,
    /// Whether a part of it is known as a person's name.
    known: bool,
    /// Whether a part of it is known as a business.
    business: bool,
    /// Whether its last word is an ordinary one.
    ordinary: bool,
    /// Its first word's place among the words before.
    first: usize,
}

impl Named {
    pub(super) fn of(scene: &Scene<'_>) -> Self {
        let Some(reading) = Reading::of(scene) else {
            return if works_there(scene) { Self { words: 2, by_title: true, ..Self::default() } } else { FIRM };
        };
        let mut named = reading.judge(scene);
        if !named.organisation {
            (named.elsewhere, named.at_unit) = in_sentence(scene);
        }
        named
    }
}

impl<'t> Reading<'t> {
    /// Reads backwards from the number, labels ("tel", "på") and a title after the name ("Ann Ek, rektor, 070…") apart;
    /// `None` where the name is a firm's.
    fn of(scene: &Scene<'t>) -> Option<Self> {
        let mut reading = Self::default();
        let mut label = true;
        for (at, token) in scene.before[..scene.line].iter().enumerate().take(12) {
            if token.raw == "&" {
                return None;
            }
            if reading.words == 0 && (token.bare.is_empty() || token.bare.contains('@') || label && token.is(LABEL)) {
                continue;
            }
            label = false;
            // A title with a capital letter in a cell or a line of its own: `Ann Ek | Handläggare | 040-…`.
            if reading.words == 0 && token.bare.len() > 3 && (token.is(ROLE) || is_occupation(token.bare)) && reading.small(*token) {
                continue;
            }
            if !token.is_capital() || token.bare.len() < 2 || token.is(LABEL) {
                if !reading.small(*token) {
                    break;
                }
                continue;
            }
            if reading.words > 0 && token.raw.ends_with(':') {
                reading.previous = Some(*token);
                break;
            }
            // What stands after the name must be set off by a comma to be its title.
            let labelled = reading.words == 0 && (token.raw.ends_with(':') || token.bare.len() == 1);
            if reading.words == 0 && !reading.title.is_empty() && !token.raw.ends_with(',') && !token.set_off || token.ends() && !labelled {
                break;
            }
            let long = reading.words == 0 && token.bare.chars().count() > 13 && !token.bare.contains('-');
            if token.is(SWITCHBOARD | UNIT) || long {
                return None;
            }
            reading.words += 1;
            let only = reading.words == 1;
            reading.known |= is_given_name(token.bare) || is_initials(token.bare) || only && is_surname(token.bare);
            reading.business |= is_business(token.bare);
            reading.ordinary |= only && is_ordinary(token.bare);
            reading.first = at;
        }
        Some(reading)
    }

    /// Takes a word in small letters; whether to read on.
    fn small(&mut self, token: Token<'t>) -> bool {
        if self.words > 0 {
            // "Ann Ek, chef på Posten, 070…": what was read is where she works.
            if self.title.len() < 4 && (token.is(PLACE_LEAD) || token.bare == "hos" && !self.known) {
                let title = std::mem::take(&mut self.title);
                *self = Self { title, ..Self::default() };
                self.title.push(token);
                return true;
            }
            self.previous = Some(token).filter(|token| !token.ends() || token.raw.ends_with(':'));
            return false;
        }
        if token.ends() || self.title.len() == 4 {
            return false;
        }
        self.title.push(token);
        true
    }

    fn judge(&self, scene: &Scene<'_>) -> Named {
        if self.words == 0 {
            return Named::default();
        }
        if !self.known && (self.business || self.ordinary) {
            return Named { organisation: self.business || self.words > 1, ..Named::default() };
        }
        // A word that starts the sentence is a name only if it is known as one.
        let opens = self.words == 1 && self.first + 1 == scene.sentence;
        if !self.known && opens && !scene.before[self.first].raw.ends_with([':', ','])
            || self.title.iter().any(|token| token.is(SWITCHBOARD))
        {
            return Named::default();
        }
        let leads = |token: &Token<'_>| is_title(std::slice::from_ref(token)) || token.raw.ends_with(':') && token.is(UNIT);
        Named { words: self.words, by_title: is_title(&self.title) || self.previous.as_ref().is_some_and(leads), ..Named::default() }
    }
}

/// Whether somebody is called by initials: `P-O`, `K-G`.
fn is_initials(word: &str) -> bool {
    matches!(word.as_bytes(), [b'A'..=b'Z', b'-', b'A'..=b'Z'])
}

/// Whether somebody with a title is named before the firm: `Ann Ek, ingenjör, Räddningstjänsten, 031-…`.
fn works_there(scene: &Scene<'_>) -> bool {
    let mut words = scene.before[..scene.sentence]
        .iter()
        .skip_while(|token| !token.raw.ends_with(',') || !(token.is(ROLE) || is_occupation(token.bare)));
    words.next().is_some() && words.take(3).any(|token| token.is_capital() && (is_given_name(token.bare) || is_surname(token.bare)))
}

/// Whether these words say what somebody does at work.
fn is_title(words: &[Token<'_>]) -> bool {
    let says = |word: &Token<'_>| word.is(ROLE) || is_occupation(word.bare) || word.bare.len() > 4 && word.is(DOER);
    words.iter().any(says) && !words.iter().any(|word| word.is(PRIVATE | SWITCHBOARD))
}

/// Whether somebody is named in the sentence, or meant by a pronoun; and whether as being at a unit.
fn in_sentence(scene: &Scene<'_>) -> (bool, bool) {
    let (mut capitals, mut led, mut known) = (0, false, false);
    let (mut somebody, mut place) = (false, false);
    let mut lead: Option<&Token<'_>> = None;
    for token in scene.before[..scene.sentence].iter().rev() {
        let short = token.bare.len() <= 4 && !token.bare.is_empty() && token.bare.bytes().all(|b| b.is_ascii_uppercase());
        let service = short || token.is(UNIT | SWITCHBOARD);
        if place && service && (short || !token.is_capital()) {
            return (true, true);
        }
        // A name, and after it the word that leads to the unit: `Gun på …`.
        place = known && !led && matches!(token.bare, "på" | "vid" | "i");
        somebody |= token.is(PRONOUN);
        if token.is_capital() && token.bare.len() > 1 && !token.is(LABEL) && !service {
            led = if capitals == 0 { lead.is_some_and(|lead| lead.is(PLACE_LEAD)) } else { led };
            capitals += 1;
            known |= is_given_name(token.bare);
            somebody |= known && !led && (capitals > 1 || lead.is_some());
        } else {
            (capitals, known) = (0, false);
        }
        if token.raw.ends_with([',', ':', '.', '?', '!']) {
            (capitals, place, known) = (0, false, false);
        }
        lead = Some(token);
    }
    (somebody, false)
}

//! Whose contact data it is: an organisation's, somebody's at work, or a private person's.
//!
//! Read from the words around: the nearest word for a service, a role or private life decides; where none is near,
//! whether a person is named, whether it is a mobile number, and what the surroundings are about.

use std::ops::Range;

use super::names::is_given_name;
use super::{Kind, Passage, email};
use crate::text::{line_around, paragraph_around, sentence_around};

/// Whose a number or an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Reaches an organisation, whoever answers.
    Organisation,
    /// Somebody's through work.
    Employee,
    /// A private person's.
    Person,
}

/// The words before a number or an address that may say whose it is.
struct Around<'p, 't> {
    p: &'p Passage<'t>,
    span: Range<usize>,
    /// First byte of the line, or of the line before where this one says nothing.
    line: usize,
    /// First byte of the sentence, or of the line.
    sentence: usize,
    /// First byte of the paragraph.
    paragraph: usize,
    /// One past the last byte of the sentence or cell.
    end: usize,
}

/// Whose the telephone number at bytes `span` is. `service`: its series belongs to organisations.
pub(super) fn owner(p: &Passage<'_>, span: Range<usize>, service: bool, mobile: bool) -> Owner {
    if service {
        return Owner::Organisation;
    }
    let around = Around::of(p, span);
    let named = around.named();
    if named.by_title {
        return Owner::Employee;
    }
    let unnamed = named.words == 0 && !named.elsewhere;
    let unit = || around.near("unit", around.sentence, 3).filter(|_| named.words == 0);
    let switchboard =
        around.near("switchboard", around.line, 10).filter(|&d| !mobile || d <= 3).or_else(unit).or(named.organisation.then_some(1));
    let role = match (unnamed, mobile) {
        // "Kontakta handläggaren på 08-…": whoever it is.
        (true, false) => around.near("lone-role", around.sentence, 4),
        (true, true) => around.near("role", around.sentence, 8),
        (false, _) => around.near("role", around.paragraph, 14),
    };
    let private = around.near("private", around.sentence, 9);
    let shared = !around.follows("own-phone");
    let nearer = |a: Option<usize>, b: Option<usize>| a.is_some_and(|a| b.is_none_or(|b| a <= b));
    // "Gun på expeditionen, 08-…"
    if named.at_unit && (!mobile || named.words > 1) {
        return Owner::Employee;
    }
    if shared && named.words < 2 && nearer(switchboard, role) && nearer(switchboard, private) {
        return Owner::Organisation;
    }
    if nearer(private, role) {
        return Owner::Person;
    }
    if role.is_some() || named.words > 0 && around.leads_to_work() {
        return Owner::Employee;
    }
    match around.mailbox() {
        Some(Owner::Employee) if named.words > 0 => return Owner::Employee,
        Some(Owner::Organisation) if named.words == 0 => return Owner::Organisation,
        Some(Owner::Person) => return Owner::Person,
        _ => {}
    }
    let office = around.count("office");
    let private = around.count("association");
    let words = if named.words == 0 && named.elsewhere && !mobile { 1 } else { named.words };
    let (organisation, employee) = match (words, mobile) {
        (0, true) => (false, false),
        (0, false) => (shared && (office + 1 >= private || around.follows("impersonal")), false),
        (_, true) => (false, office >= private + 3),
        (1, false) => (false, office > private),
        (_, false) => (false, office >= private),
    };
    match (organisation, employee) {
        (true, _) => Owner::Organisation,
        (_, true) => Owner::Employee,
        _ => Owner::Person,
    }
}

/// Whether a word starts with a capital letter and has no digits.
fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !word.bytes().any(|b| b.is_ascii_digit())
}

/// Who is named right before a number.
#[derive(Clone, Copy, Debug, Default)]
struct Named {
    /// Words of the name.
    words: usize,
    /// Whether a title stands right before the name, or between it and the number.
    by_title: bool,
    /// Whether the name is a firm's or a place's.
    organisation: bool,
    /// Whether somebody is named as being at a unit: "Gun på expeditionen".
    at_unit: bool,
    /// Whether somebody is named, or meant by a pronoun, earlier in the sentence.
    elsewhere: bool,
}

impl<'p, 't> Around<'p, 't> {
    fn of(p: &'p Passage<'t>, span: Range<usize>) -> Self {
        let (mut line, end) = line_around(p.text, span.start);
        let (paragraph, _) = paragraph_around(p.text, span.start);
        let says = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count() > 10;
        while line > paragraph && !says(&p.text[line..span.start]) {
            line = line_around(p.text, line - 1).0;
        }
        let rest = &p.text[span.end..end.max(span.end)];
        let stop = rest.find(". ").or_else(|| rest.find('|')).unwrap_or(rest.len());
        let line = line.min(span.start);
        let sentence = sentence_around(p.text, span.start).0.clamp(line, span.start);
        Self { p, line, sentence, paragraph: paragraph.min(span.start), end: span.end + stop, span }
    }

    /// How many words away the nearest word of a list is: before it back to byte `from`, or a few words after it.
    fn near(&self, list: &str, from: usize, most: usize) -> Option<usize> {
        let words = self.p.rules.words(Kind::Phone, list);
        let before = words.before(&self.p.text[from..self.span.start], self.span.start - from).pro.map(|(_, d)| d).filter(|&d| d <= most);
        let after = words.after(&self.p.text[..self.end], self.span.end).pro.map(|(_, d)| d + 1).filter(|&d| d <= 4);
        before.into_iter().chain(after).min()
    }

    /// Whether the sentence leads to somebody at work.
    fn leads_to_work(&self) -> bool {
        self.p.rules.words(Kind::Phone, "work-lead").find_in(&self.p.text[self.sentence..self.span.start]).is_some()
    }

    /// Whether a word of the list stands before, within the list's window.
    fn follows(&self, list: &str) -> bool {
        let before = &self.p.text[self.line..self.span.start];
        self.p.rules.words(Kind::Phone, list).before(before, before.len()).pro.is_some()
    }

    /// The name right before, labels ("tel", "på") and a title after it ("Ann Ek, rektor, 070…") apart.
    fn named(&self) -> Named {
        let before = &self.p.text[self.line..self.span.start];
        let listed = |list: &str, word: &str| self.p.rules.words(Kind::Phone, list).is_listed(word);
        let mut named = Named::default();
        let mut title: smallvec::SmallVec<[&str; 5]> = smallvec::SmallVec::new();
        let mut label = true;
        let (mut previous, mut label_before) = (None, false);
        let (mut known, mut first) = (false, "");
        for word in before.split_whitespace().rev().take(12) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word == "&" {
                named = Named { organisation: true, ..Named::default() };
                break;
            }
            if named.words == 0 && (bare.is_empty() || bare.contains('@') || label && listed("label", bare)) {
                continue;
            }
            label = false;
            let capital = is_capital(bare) && !listed("label", bare);
            let ends = word.ends_with(['?', '!', '.', ';', '|', ':']) || word.ends_with("**");
            if !capital || bare.len() < 2 {
                if named.words > 0 {
                    label_before = word.ends_with(':');
                    previous = Some(bare).filter(|_| !ends || label_before);
                    break;
                }
                if ends || title.len() == 4 {
                    break;
                }
                title.push(bare);
                continue;
            }
            // What stands after the name must be set off by a comma to be its title.
            if named.words > 0 && word.ends_with(':') {
                (previous, label_before) = (Some(bare), true);
                break;
            }
            if named.words == 0 && !title.is_empty() && !word.ends_with(',')
                || ends && !(named.words == 0 && (word.ends_with(':') || bare.len() == 1))
            {
                break;
            }
            if listed("switchboard", bare) || listed("unit", bare) || named.words == 0 && bare.chars().count() > 13 && !bare.contains('-') {
                named = Named { organisation: true, ..Named::default() };
                title.clear();
                break;
            }
            named.words += 1;
            known |= is_given_name(bare);
            first = word;
        }
        // A word that starts the sentence is a name only if it is known as one.
        let opens =
            named.words == 1 && self.p.text[self.sentence..self.span.start].trim_start_matches([' ', '\n', '-', '*']).starts_with(first);
        if !known && opens && !first.ends_with([':', ',']) {
            named = Named::default();
        }
        if title.iter().any(|word| listed("switchboard", word)) || previous.is_some_and(|word| listed("place-lead", word)) {
            named.words = 0;
        }
        named.by_title = named.words > 0
            && (self.is_title(&title) || previous.is_some_and(|word| self.is_title(&[word]) || label_before && listed("unit", word)));
        if !named.organisation {
            (named.elsewhere, named.at_unit) = self.names_somebody();
        }
        named
    }

    /// Whether these words say what somebody does at work.
    fn is_title(&self, words: &[&str]) -> bool {
        let listed = |list: &str, word: &str| self.p.rules.words(Kind::Phone, list).is_listed(word);
        words.iter().any(|word| listed("role", word) || word.len() > 4 && listed("doer", word))
            && !words.iter().any(|word| listed("private", word) || listed("switchboard", word))
    }

    /// Whether somebody is named in the sentence, or meant by a pronoun; and whether as being at a unit.
    fn names_somebody(&self) -> (bool, bool) {
        let before = &self.p.text[self.sentence..self.span.start];
        let listed = |list: &str, word: &str| self.p.rules.words(Kind::Phone, list).is_listed(word);
        let (mut capitals, mut led, mut lead) = (0, false, "");
        let (mut somebody, mut place, mut named) = (false, false, false);
        for word in before.split_whitespace().take(40) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let service = listed("unit", bare)
                || listed("switchboard", bare)
                || bare.len() <= 4 && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_uppercase());
            if place && service && (!is_capital(bare) || bare.len() <= 4) {
                return (true, true);
            }
            // A name, and after it the word that leads to the unit: `Gun på …`.
            place = named && !led && matches!(bare, "på" | "vid" | "i");
            somebody |= listed("pronoun", bare);
            if is_capital(bare) && bare.len() > 1 && !listed("label", bare) && !service {
                led = if capitals == 0 { listed("place-lead", lead) } else { led };
                capitals += 1;
                named |= is_given_name(bare);
                somebody |= named && !led && (capitals > 1 || !lead.is_empty());
            } else {
                (capitals, named) = (0, false);
            }
            if word.ends_with([',', ':', '.', '?', '!']) {
                (capitals, place, named) = (0, false, false);
            }
            lead = bare;
        }
        (somebody, false)
    }

    /// Whose an e-mail address on the same or a neighbouring line is.
    fn mailbox(&self) -> Option<Owner> {
        let text = self.p.text;
        let to = text.floor_char_boundary((self.span.end + 90).min(text.len()));
        let from = text.ceil_char_boundary(self.span.start.saturating_sub(70)).max(self.line).min(self.span.start);
        let until = text[self.span.end..to].find("\n\n").map_or(to, |at| self.span.end + at);
        let after = memchr::memchr(b'@', &text.as_bytes()[self.span.end..until]).map(|at| self.span.end + at);
        let before = memchr::memrchr(b'@', &text.as_bytes()[from..self.span.start]).map(|at| from + at);
        after.into_iter().chain(before).find_map(|at| email::owner_at(at, self.p))
    }

    /// How many words of a list stand in the paragraphs around.
    fn count(&self, list: &str) -> usize {
        let text = self.p.text;
        let from = text.ceil_char_boundary(self.span.start.saturating_sub(700));
        let to = text.floor_char_boundary((self.span.end + 300).min(text.len()));
        self.p.rules.words(Kind::Phone, list).count_in(&text[from..to])
    }
}

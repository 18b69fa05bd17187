//! Whose contact data it is: an organisation's, somebody's at work, or a private person's.
//!
//! Read from the words around: the nearest word for a service, a role or private life decides; where none is near,
//! whether a person is named, whether it is a mobile number, and what the surroundings are about.

use std::ops::Range;

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
    let switchboard = around.near("switchboard", around.line, 10).or_else(unit).or(named.organisation.then_some(1));
    let role = if unnamed { around.near("role", around.sentence, 4) } else { around.near("role", around.paragraph, 14) };
    let private = around.near("private", around.sentence, 9);
    let shared = !around.follows("own-phone");
    let nearer = |a: Option<usize>, b: Option<usize>| a.is_some_and(|a| b.is_none_or(|b| a <= b));
    if shared && named.words < 2 && nearer(switchboard, role) && nearer(switchboard, private) {
        return Owner::Organisation;
    }
    if nearer(private, role) {
        return Owner::Person;
    }
    if role.is_some() {
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
        (0, true) => (shared && office >= private + 2, false),
        (0, false) => (shared && (office >= private || around.follows("impersonal")), false),
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

/// Who is named right before a number.
#[derive(Clone, Copy, Debug, Default)]
struct Named {
    /// Words of the name.
    words: usize,
    /// Whether a title stands right before the name, or between it and the number.
    by_title: bool,
    /// Whether the name is a firm's or a place's.
    organisation: bool,
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
        for word in before.split_whitespace().rev().take(12) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if named.words == 0 && (bare.is_empty() || bare.contains('@') || label && listed("label", bare)) {
                continue;
            }
            label = false;
            let capital = bare.starts_with(char::is_uppercase) && !listed("label", bare);
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
            if named.words == 0 && !title.is_empty() && !word.ends_with(',')
                || ends && !(named.words == 0 && (word.ends_with(':') || bare.len() == 1))
            {
                break;
            }
            if listed("switchboard", bare) || listed("unit", bare) || word == "&" {
                named = Named { organisation: true, ..Named::default() };
                title.clear();
                break;
            }
            named.words += 1;
        }
        named.by_title = named.words > 0
            && (self.is_title(&title) || previous.is_some_and(|word| self.is_title(&[word]) || label_before && listed("unit", word)));
        named.elsewhere = !named.organisation && self.names_somebody();
        named
    }

    /// Whether these words say what somebody does at work.
    fn is_title(&self, words: &[&str]) -> bool {
        let listed = |list: &str, word: &str| self.p.rules.words(Kind::Phone, list).is_listed(word);
        words.iter().any(|word| listed("role", word) || word.len() > 4 && listed("doer", word))
            && !words.iter().any(|word| listed("private", word) || listed("switchboard", word))
    }

    /// Whether two words with capitals stand side by side in the sentence, or a pronoun.
    fn names_somebody(&self) -> bool {
        let before = &self.p.text[self.sentence..self.span.start];
        let listed = |list: &str, word: &str| self.p.rules.words(Kind::Phone, list).is_listed(word);
        let mut capitals = 0;
        for word in before.split_whitespace().take(40) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if listed("pronoun", bare) {
                return true;
            }
            let capital = bare.starts_with(char::is_uppercase)
                && bare.len() > 2
                && !listed("label", bare)
                && !listed("unit", bare)
                && !listed("switchboard", bare);
            capitals = if capital { capitals + 1 } else { 0 };
            if capitals == 2 {
                return true;
            }
            if word.ends_with([',', ':', '.', '?', '!']) {
                capitals = 0;
            }
        }
        false
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

//! The words around a number, each looked up once in all the lists that say whose a number is.

use std::ops::Range;

use smallvec::SmallVec;

use crate::detect::lexicon::Lexicon;
use crate::detect::{Kind, Passage};
use crate::text::last_blank_line;

/// The lists of `rules/detectors/phone.toml` that are read here.
const NAMES: [&str; 15] = [
    "switchboard",
    "unit",
    "role",
    "private",
    "own-phone",
    "impersonal",
    "lone-role",
    "work-lead",
    "pronoun",
    "place-lead",
    "label",
    "doer",
    "office",
    "association",
    "home-phone",
];
pub(super) const SWITCHBOARD: u32 = 1;
pub(super) const UNIT: u32 = 1 << 1;
pub(super) const ROLE: u32 = 1 << 2;
pub(super) const PRIVATE: u32 = 1 << 3;
pub(super) const OWN_PHONE: u32 = 1 << 4;
pub(super) const IMPERSONAL: u32 = 1 << 5;
pub(super) const LONE_ROLE: u32 = 1 << 6;
pub(super) const WORK_LEAD: u32 = 1 << 7;
pub(super) const PRONOUN: u32 = 1 << 8;
pub(super) const PLACE_LEAD: u32 = 1 << 9;
pub(super) const LABEL: u32 = 1 << 10;
pub(super) const DOER: u32 = 1 << 11;
pub(super) const OFFICE: u32 = 1 << 12;
pub(super) const ASSOCIATION: u32 = 1 << 13;
pub(super) const HOME_PHONE: u32 = 1 << 14;

/// How far words are read before and after a number, and how far for what the text is about; in bytes.
const BEFORE: usize = 150;
const AFTER: usize = 60;
const ABOUT: (usize, usize) = (200, 80);

/// What stands between two blanks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    /// As written.
    pub raw: &'t str,
    /// Without the signs around.
    pub bare: &'t str,
    /// The lists that have it.
    pub lists: u32,
    /// Whether a line, a cell or a dash sets it off from what follows.
    pub set_off: bool,
}

impl Token<'_> {
    /// Whether it stands in one of `lists`.
    pub(super) const fn is(&self, lists: u32) -> bool {
        self.lists & lists != 0
    }

    /// Whether it starts with a capital letter and has no digits.
    pub(super) fn is_capital(&self) -> bool {
        self.bare.starts_with(char::is_uppercase) && !self.bare.bytes().any(|b| b.is_ascii_digit())
    }

    /// Whether a sentence, a cell or a label ends with it.
    pub(super) fn ends(&self) -> bool {
        self.raw.ends_with(['?', '!', '.', ';', '|', ':']) || self.raw.ends_with("**")
    }
}

/// The words around a number.
#[derive(Debug)]
pub(super) struct Scene<'t> {
    text: &'t str,
    span: Range<usize>,
    lexicon: &'t Lexicon,
    /// The words before, the nearest first, back to a blank line.
    pub before: SmallVec<[Token<'t>; 32]>,
    /// How many of them stand in the same line, or in the one before where this says nothing.
    pub line: usize,
    /// How many of them stand in the same sentence.
    pub sentence: usize,
    /// The words after, to the end of the sentence.
    pub after: SmallVec<[Token<'t>; 8]>,
}

impl<'t> Scene<'t> {
    pub(super) fn of(p: &Passage<'t>, span: Range<usize>) -> Self {
        let lexicon = p.rules.lexicon(Kind::Phone, &NAMES);
        let mut scene = Self { text: p.text, span, lexicon, before: SmallVec::new(), line: 0, sentence: 0, after: SmallVec::new() };
        scene.read_before();
        scene.read_after();
        scene
    }

    fn read_before(&mut self) {
        let from = self.text.ceil_char_boundary(self.span.start.saturating_sub(BEFORE));
        let whole = &self.text[from..self.span.start];
        let from = last_blank_line(whole.as_bytes()).map_or(from, |at| from + at + 2);
        let text = &self.text[from..self.span.start];
        let low = lower(text);
        let mut letters = 0;
        let (mut line, mut sentence) = (None, None);
        let mut end = text.len();
        while let Some(stop) = text[..end].rfind(|c: char| !c.is_whitespace()) {
            let stop = stop + text[stop..].chars().next().map_or(1, char::len_utf8);
            // A line that says nothing takes the one before along.
            if line.is_none() && letters > 10 && text.as_bytes()[stop..end].contains(&b'\n') {
                line = Some(self.before.len());
            }
            let start = text[..stop].rfind(char::is_whitespace).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
            let mut token = self.token(text, &low, start..stop);
            token.set_off =
                text[stop..end].contains(['\n', '\t']) || self.before.last().is_some_and(|next| next.bare.is_empty() && next.raw != "&");
            // What stands in brackets after a number is about that one: `040-628 04 12 (hem), 070-…`.
            if token.raw.ends_with(|c: char| c.is_ascii_digit())
                && let Some(next) = self.before.last_mut().filter(|next| next.raw.starts_with('(') && next.raw.contains(')'))
            {
                next.lists = 0;
            }
            let stops = token.raw.ends_with(['.', '?', '!'])
                && (token.bare.chars().count() > 3
                    || token.raw.ends_with(['?', '!'])
                    || !token.bare.is_empty() && token.bare.bytes().all(|b| b.is_ascii_digit()));
            let capital = self.before.last().is_none_or(|next: &Token<'_>| !next.bare.starts_with(char::is_lowercase));
            if sentence.is_none() && !self.before.is_empty() && stops && capital {
                sentence = Some(self.before.len());
            }
            letters += token.bare.chars().filter(|&c| is_letter(c)).count();
            self.before.push(token);
            end = start;
        }
        self.line = line.unwrap_or(self.before.len());
        self.sentence = sentence.unwrap_or(self.before.len()).min(self.line);
    }

    fn read_after(&mut self) {
        let to = self.text.floor_char_boundary((self.span.end + AFTER).min(self.text.len()));
        let rest = &self.text[self.span.end..to];
        let stop = rest.find(['\n', '|']).into_iter().chain(rest.find(". ")).min().unwrap_or(rest.len());
        let text = &rest[..own_part(&rest[..stop])];
        let low = lower(text);
        let mut start = 0;
        for raw in text.split_whitespace().take(4) {
            let at = start + text[start..].find(raw).unwrap_or(0);
            start = at + raw.len();
            let token = self.token(text, &low, at..start);
            self.after.push(token);
        }
    }

    fn token(&self, text: &'t str, low: &str, range: Range<usize>) -> Token<'t> {
        let raw = &text[range.clone()];
        // What a mailbox is called says nothing of the number beside it; see `mailbox`.
        let lists = if raw.contains('@') { 0 } else { self.look(low, range).fold(0, |lists, (found, _)| lists | found) };
        Token { raw, bare: raw.trim_matches(|c: char| !is_letter(c)), lists, set_off: false }
    }

    /// The lists of each word in `range` of the lower-cased text, and which entry it was.
    fn look<'s>(&'s self, low: &'s str, range: Range<usize>) -> impl Iterator<Item = (u32, &'static str)> + 's {
        let end = range.end;
        let mut at = range.start;
        std::iter::from_fn(move || {
            let start = at + low[at..end].find(is_letter)?;
            let stop = low[start..end].find(|c: char| !is_letter(c)).map_or(end, |len| start + len);
            at = stop;
            Some(self.lexicon.look(&low[start..stop], &low[stop..]).map_or((0, ""), |found| (found.lists, found.word)))
        })
    }

    /// How many words away the nearest word of `lists` is, of the `region` words before or a few after; `most` at most.
    pub(super) fn near(&self, lists: u32, region: usize, most: usize) -> Option<usize> {
        let before = self.before.iter().take(region.min(most)).position(|token| token.is(lists)).map(|at| at + 1);
        let after = self.after.iter().take(3).position(|token| token.is(lists)).map(|at| at + 2);
        before.into_iter().chain(after).min()
    }

    /// Whether one of the `region` words before stands in `lists`.
    pub(super) fn has(&self, lists: u32, region: usize) -> bool {
        self.before.iter().take(region).any(|token| token.is(lists))
    }

    /// How many different words of offices and of private life stand in the text around.
    pub(super) fn about(&self) -> (usize, usize) {
        let from = self.text.ceil_char_boundary(self.span.start.saturating_sub(ABOUT.0));
        let to = self.text.floor_char_boundary((self.span.end + ABOUT.1).min(self.text.len()));
        let low = lower(&self.text[from..to]);
        let (mut office, mut private): (SmallVec<[&str; 16]>, SmallVec<[&str; 16]>) = (SmallVec::new(), SmallVec::new());
        for (lists, word) in self.look(&low, 0..low.len()).filter(|(lists, _)| lists & (OFFICE | ASSOCIATION) != 0) {
            for (list, seen) in [(OFFICE, &mut office), (ASSOCIATION, &mut private)] {
                if lists & list != 0 && !seen.contains(&word) {
                    seen.push(word);
                }
            }
        }
        (office.len(), private.len())
    }
}

/// How many bytes of the text after a number are about it: what leads to the next number or mailbox is about that one
/// (`070-… eller växeln, 031-…`).
fn own_part(after: &str) -> usize {
    let (mut digits, mut next, mut first) = (0, None, 0);
    for (at, c) in after.char_indices() {
        match c {
            '@' => next = Some(at),
            _ if c.is_ascii_digit() => {
                first = if digits == 0 { at } else { first };
                digits += 1;
                next = (digits >= 7).then_some(first);
            }
            ' ' | '-' | '+' | '(' | ')' | '/' | '\u{a0}' | '–' => {}
            _ => digits = 0,
        }
        if next.is_some() {
            break;
        }
    }
    let Some(next) = next else { return after.len() };
    let head = &after[..next];
    [",", ";", "/", " – ", " eller ", " el ", " och ", " samt ", " or ", " and "]
        .iter()
        .filter_map(|sign| head.find(sign))
        .min()
        .unwrap_or(0)
}

/// Whether `c` is a letter or a digit; those of Swedish are told at once.
fn is_letter(c: char) -> bool {
    match c {
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        'À'..='ÿ' => !matches!(c, '×' | '÷'),
        _ => c.is_alphanumeric(),
    }
}

/// `text` in small letters, each as many bytes long as the capital.
fn lower(text: &str) -> String {
    let mut low = String::with_capacity(text.len());
    for c in text.chars() {
        low.push(match c {
            _ if c.is_ascii() => c.to_ascii_lowercase(),
            'À'..='Þ' if c != '×' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
            '\u{80}'..='\u{ff}' => c,
            _ => c.to_lowercase().next().filter(|small| small.len_utf8() == c.len_utf8()).unwrap_or(c),
        });
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Rulebook, Sensitivity};

    fn scene<R>(text: &str, read: impl FnOnce(&Scene<'_>) -> R) -> R {
        let rules = Rulebook::built_in();
        let at = text.find("070").expect("a number");
        read(&Scene::of(&Passage { text, rules: &rules, sensitivity: Sensitivity::Normal }, at..at + 13))
    }

    #[test]
    fn words_are_read_outwards_to_the_ends() {
        scene("Gammalt.\n\nNytt. Här är växeln i Byn: 070-174 06 12, ring jouren. Slut", |s| {
            assert_eq!(s.before.iter().map(|t| t.bare).collect::<Vec<_>>(), ["Byn", "i", "växeln", "är", "Här", "Nytt"]);
            assert_eq!((s.sentence, s.line), (5, 6));
            assert_eq!(s.near(SWITCHBOARD, s.line, 9), Some(3));
            assert_eq!(s.after.iter().map(|t| t.bare).collect::<Vec<_>>(), ["", "ring", "jouren"]);
        });
        scene("Stora skolan i Byn\nTel: 070-174 06 12", |s| assert_eq!(s.line, 5));
        scene("070-174 06 12", |s| assert_eq!((s.line, s.before.len()), (0, 0)));
    }

    #[test]
    fn small_letters_are_as_long_as_capitals() {
        for text in ["ÅÄÖ abc İstanbul ẞ Œ ß Ÿ 😀 Ǆ", ""] {
            assert_eq!(lower(text).len(), text.len());
        }
        assert_eq!(lower("ÅSA Šárka"), "åsa šárka");
    }
}

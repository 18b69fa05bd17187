//! The text between two names: which listed words and years stand in it, and what separates them from the names.

use std::ops::Range;

use super::class;
use crate::detect::lexicon::Lexicon;
use crate::text::fold;

/// The lists in `rules/detectors/person.toml` that say what a person is; the place is the bit.
pub(super) const LISTS: [&str; 22] = [
    "role",
    "seat",
    "body",
    "block",
    "job",
    "child",
    "pupil",
    "youth",
    "parent",
    "death",
    "mourner",
    "elder",
    "fiction",
    "stage",
    "speech",
    "upper",
    "figures",
    "famous-dead",
    "school",
    "assembly",
    "club",
    "vote",
];
pub(super) const ROLE: u32 = 1;
pub(super) const SEAT: u32 = 1 << 1;
pub(super) const BODY: u32 = 1 << 2;
pub(super) const BLOCK: u32 = 1 << 3;
pub(super) const JOB: u32 = 1 << 4;
pub(super) const CHILD: u32 = 1 << 5;
pub(super) const PUPIL: u32 = 1 << 6;
pub(super) const YOUTH: u32 = 1 << 7;
pub(super) const PARENT: u32 = 1 << 8;
pub(super) const DEATH: u32 = 1 << 9;
pub(super) const MOURNER: u32 = 1 << 10;
pub(super) const ELDER: u32 = 1 << 11;
pub(super) const FICTION: u32 = 1 << 12;
pub(super) const STAGE: u32 = 1 << 13;
pub(super) const SPEECH: u32 = 1 << 14;
/// Upper secondary school and above.
pub(super) const UPPER: u32 = 1 << 15;
pub(super) const FIGURE: u32 = 1 << 16;
pub(super) const FAMOUS: u32 = 1 << 17;
/// Where children are.
pub(super) const SCHOOL: u32 = 1 << 18;
pub(super) const ASSEMBLY: u32 = 1 << 19;
pub(super) const CLUB: u32 = 1 << 20;
pub(super) const VOTE: u32 = 1 << 21;
/// A year from 1500 to 1930.
pub(super) const OLD: u32 = 1 << 28;
/// A year from 1931 to 1990: who was a child then is none now.
pub(super) const PAST: u32 = 1 << 27;
/// A year after 1960.
pub(super) const NEW: u32 = 1 << 29;
/// A school class or an age group.
pub(super) const CLASS: u32 = 1 << 30;

/// A listed word, year or class in a gap.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// First byte in the text.
    pub at: usize,
    /// One past the last.
    pub end: usize,
    /// The lists that have it.
    pub tags: u32,
    /// The entry of the list.
    pub word: &'static str,
    /// What stands between the name before and the word.
    pub after: Between,
    /// What stands between the word and the name after.
    pub before: Between,
}

impl Hit {
    const fn new(at: usize, end: usize, tags: u32, word: &'static str) -> Self {
        Self { at, end, tags, word, after: Between::NONE, before: Between::NONE }
    }

    pub(super) const fn is(&self, tags: u32) -> bool {
        self.tags & tags != 0
    }
}

/// How much of a long gap is read: after the name before it and before the name after it, in bytes.
const AFTER: usize = 110;
const BEFORE: usize = 150;

/// Adds the hits in a gap.
pub(super) fn scan(text: &str, gap: Range<usize>, lexicon: &Lexicon, hits: &mut Vec<Hit>) {
    let first = hits.len();
    if gap.len() <= AFTER + BEFORE {
        read(text, gap.clone(), lexicon, hits);
    } else {
        read(text, gap.start..text.floor_char_boundary(gap.start + AFTER), lexicon, hits);
        read(text, text.ceil_char_boundary(gap.end - BEFORE)..gap.end, lexicon, hits);
    }
    for hit in &mut hits[first..] {
        if hit.at <= gap.start + REACH.1 {
            hit.after = Between::of(&text[gap.start..hit.at]);
        }
        if hit.end <= gap.end && hit.at + REACH.0 >= gap.end {
            hit.before = Between::of(&text[hit.end..gap.end]);
        }
    }
}

fn read(text: &str, gap: Range<usize>, lexicon: &Lexicon, hits: &mut Vec<Hit>) {
    let mut at = gap.start;
    while let Some(word) = next_word(text, at, gap.end) {
        let token = &text[word.clone()];
        at = word.end;
        if token.as_bytes()[0].is_ascii_digit() {
            // Decimals and coordinates hold no years.
            let decimal =
                text[..word.start].ends_with(['.', ',', '+', '-']) && text[..word.start - 1].ends_with(|c: char| c.is_ascii_digit());
            if let Some(tags) = number(token).filter(|_| !decimal) {
                let tags = if tags == OLD { year(text, word.start, token) } else { tags };
                hits.push(Hit::new(word.start, word.end, tags, ""));
            }
            continue;
        }
        if let Some(found) = lexicon.look(token, &text[word.end..]) {
            // A longer entry knows better: `redaktionschef` is work, whatever ends in `chef`.
            const WHO: u32 = ROLE | SEAT | JOB;
            let tags = if (found.lists & WHO).count_ones() > 1 && found.best & WHO != 0 {
                found.lists & !WHO | found.best & WHO
            } else {
                found.lists
            };
            let end = text.floor_char_boundary((word.end + found.extra).min(gap.end)).max(word.end);
            hits.push(Hit::new(word.start, end, tags, found.word));
            at = end;
        } else if class::is_young_group(token)
            || token.as_bytes()[0].is_ascii_uppercase() && (class::is_team(token) || is_age_group(token, &text[word.end..]))
        {
            hits.push(Hit::new(word.start, word.end, CLASS, ""));
        } else if class::is_programme(token) {
            hits.push(Hit::new(word.start, word.end, UPPER, ""));
        }
    }
}

/// `F 13`, `P 10`: a youth team written apart.
fn is_age_group(token: &str, after: &str) -> bool {
    matches!(token, "F" | "P" | "U")
        && after.strip_prefix(' ').is_some_and(|t| {
            let digits = t.bytes().take_while(u8::is_ascii_digit).count();
            matches!(digits, 1 | 2) && t[..digits].parse().is_ok_and(|n: u8| (6..18).contains(&n))
        })
}

/// What a token that starts with a digit is: a year, a class.
fn number(token: &str) -> Option<u32> {
    if class::is_class(token) {
        return Some(CLASS);
    }
    let digits = token.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    if token.as_bytes().get(4).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    match digits.parse::<u16>().ok()? {
        1500..=1930 => Some(OLD),
        1931..=1960 => Some(PAST),
        1961..=1990 if token.len() == 4 => Some(PAST | NEW),
        1991..=2060 if token.len() == 4 => Some(NEW),
        _ => None,
    }
}

/// Whether an old year says that who is named beside it is dead: not since when something exists, nor a birth that
/// leaves a chance to live.
fn year(text: &str, at: usize, token: &str) -> u32 {
    let head = text[text.ceil_char_boundary(at.saturating_sub(28))..at].trim_end();
    let since =
        ["sedan", "från", "grundad", "grundat", "grundades", "bildades", "bildad", "byggd", "byggt", "startade", "anno", "till", "§"];
    let born = ["född", "Född", "f. "].iter().any(|w| head.contains(w));
    // A picture from a year shows who lived then.
    let picture = head.strip_suffix("från").is_some_and(|h| is_picture(h.trim_end()));
    if since.iter().any(|w| head.ends_with(w)) && !picture {
        0
    } else if born && token.get(..4).is_some_and(|y| y >= "1915") {
        PAST
    } else {
        OLD
    }
}

/// Whether a text ends with a word for a picture or a paper of a time.
fn is_picture(text: &str) -> bool {
    let text = text.to_lowercase();
    ["foto", "fotografi", "bild", "vykort", "porträtt", "målning", "tavla", "stick", "gravyr", "karta", "brev", "ritning"]
        .iter()
        .any(|w| text.ends_with(w) || text.strip_suffix("en").or(text.strip_suffix("t")).is_some_and(|t| t.ends_with(w)))
}

/// The next run of letters and digits, hyphens inside it and the dot of `f.d` included.
fn next_word(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let letter = |at: usize| if at < end { fold::letter_at(text, at) } else { 0 };
    let mut start = from;
    while letter(start) == 0 {
        start += fold::width(*bytes.get(start)?);
        if start >= end {
            return None;
        }
    }
    let mut at = start;
    let mut count = 0;
    while at < end {
        let len = match (letter(at), bytes[at]) {
            (0, b'-') if letter(at + 1) > 0 => 1,
            (0, b'.') if count == 1 && letter(at + 1) > 0 => 1,
            (0, _) => break,
            (len, _) => len,
        };
        at += len;
        count += 1;
    }
    Some(start..at)
}

/// What stands between a word and a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Between {
    /// How many words.
    pub words: usize,
    /// Whether there is a comma.
    pub comma: bool,
    /// Whether there is a colon.
    pub colon: bool,
    /// Whether there is a line feed.
    pub line: bool,
    /// Whether there is a blank line.
    pub blank: bool,
    /// Whether a sentence ends.
    pub stop: bool,
}

/// How far from a name a word still says something about it, in bytes: before the name and after it.
pub(super) const REACH: (usize, usize) = (300, 120);

impl Between {
    const NONE: Self = Self { words: 0, comma: false, colon: false, line: false, blank: false, stop: false };

    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let letter = |at: usize| if at < bytes.len() { fold::letter_at(text, at) } else { 0 };
        let mut between = Self::default();
        let mut word = 0;
        let mut at = 0;
        while at < bytes.len() {
            let mut len = letter(at);
            let inside = len > 0;
            if inside {
                between.words += 1;
                word = at;
                while len > 0 {
                    at += len;
                    len = letter(at);
                    if len == 0 && at + 1 < bytes.len() && bytes[at] == b'-' {
                        len = usize::from(letter(at + 1) > 0);
                    }
                }
                if at == bytes.len() {
                    break;
                }
            }
            let byte = bytes[at];
            let next = at + fold::width(byte);
            match byte {
                b',' => between.comma = true,
                b':' => between.colon = true,
                b'\n' => {
                    between.blank |= between.line && text[..at].trim_end_matches([' ', '\t']).ends_with('\n');
                    between.line = true;
                }
                b'.' | b'!' | b'?' => {
                    let spaced = text[next..].chars().next().is_none_or(|n| n.is_whitespace() || matches!(n, '"' | '”' | ')'));
                    let token = if inside { &text[word..at] } else { "" };
                    // Numbers of rows, initials and abbreviations do not end a sentence.
                    let short = byte == b'.' && (token.chars().count() <= 2 && inside || is_abbreviation(token));
                    between.stop |= spaced && !short;
                }
                _ => {}
            }
            at = next;
        }
        between
    }
}

fn is_abbreviation(token: &str) -> bool {
    [
        "ordf", "bitr", "dir", "tjg", "sekr", "ers", "resp", "avd", "tel", "tfn", "bl", "fr", "Ordf", "Fr", "Bitr", "adm", "jan", "febr",
        "feb", "mars", "apr", "aug", "sept", "sep", "okt", "nov", "dec", "kl",
    ]
    .contains(&token)
}

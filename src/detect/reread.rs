//! A second reading: numbers whose digits are set apart, or written with letters that look like digits, or in words.
//!
//! What the eye puts together is put together here, in a copy of the few words around, and the detectors of numbers read
//! that. Only where the first reading found nothing, and only what a word near it speaks for.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::number::{Cluster, Digits, Group, is_dash};
use super::{Anchor, Detector, Entity, Passage, Reason, account, personnummer, phone};
use crate::text::Span;

/// How much of the text on either side is read along, in bytes: more than any word for a number is looked for.
const AROUND: usize = 160;

/// Longest gap between two digits of one number, in characters.
const MOST_GAP: usize = 3;

/// Most digits of a number; the least that is worth a second look.
const MOST_DIGITS: usize = 16;
const LEAST_DIGITS: usize = 8;

/// Reads a cluster once more, if its digits are set apart in an unusual way.
pub(super) fn apart(cluster: &Cluster<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
    let groups = cluster.groups();
    if groups.len() < 2 || groups.iter().map(|g| g.len()).sum::<usize>() < LEAST_DIGITS {
        return;
    }
    let gap = |i: usize| &p.text[groups[i - 1].end..groups[i].start];
    let mut start = 0;
    while start + 1 < groups.len() {
        // One unusual sign may stand between, as often as it likes, among blanks and after a first hyphen.
        let mut sign = gap(start + 1);
        let mut end = start + 1;
        while end + 1 < groups.len() {
            let next = gap(end + 1);
            if is_usual(sign) && next != "-" {
                sign = next;
            }
            if is_markup(sign) && next == "-" || is_markup(next) && is_usual(sign) {
                sign = if is_markup(next) { next } else { sign };
            } else if next != sign && (next == "-" || !is_usual(next)) {
                break;
            }
            end += 1;
        }
        let group = &groups[start..=end];
        let range = group[0].start..groups[end].end;
        if may_be_one(group, sign, p.text) && !is_found(&range, out) && !is_called_usual(group, p.text) {
            as_one(group, sign, range, p, out);
        }
        start = end;
    }
}

/// Whether a gap is a mark that an editor shows as emphasis, or not at all.
fn is_markup(gap: &str) -> bool {
    gap.len() <= 2 && gap.bytes().all(|b| matches!(b, b'_' | b'*' | b'=' | b'~' | b'`'))
}

/// Whether a gap is one of those that numbers usually have.
fn is_usual(gap: &str) -> bool {
    matches!(gap, " " | "-" | "\u{a0}")
}

/// Whether the gaps are such as stand inside a number that is meant to be read as one.
fn may_be_one(groups: &[Group], sign: &str, text: &str) -> bool {
    let digits: usize = groups.iter().map(|g| g.len()).sum();
    let numbers = || groups.iter().map(|g| text[g.start..g.end].parse::<u64>().unwrap_or(0));
    let rises = groups.len() > 2 && numbers().zip(numbers().skip(1)).all(|(a, b)| a < b);
    // The next paragraph goes on with a number after a hyphen; a mobile number may have a paragraph for each group.
    let is_mobile = digits == 10 && groups[0].len() <= 3 && text[groups[0].start..].starts_with("07");
    let parted = sign.contains("\n\n") && !sign.contains(is_dash) && !is_mobile;
    (LEAST_DIGITS..=MOST_DIGITS).contains(&digits) && sign.chars().count() <= MOST_GAP && !parted && !rises
}

/// Whether the groups are joined as numbers usually are: the first reading has judged those.
fn is_called_usual(groups: &[Group], text: &str) -> bool {
    let alone = groups.iter().filter(|g| g.len() == 1).count();
    let usual = |i: usize| is_usual(&text[groups[i - 1].end..groups[i].start]);
    alone * 2 < groups.len() && groups.iter().any(|g| g.len() > 2) && (1..groups.len()).all(usual)
}

/// Whether something was found there already.
fn is_found(range: &Range<usize>, out: &[Entity]) -> bool {
    out.iter().rev().take(8).any(|e| (e.span.start as usize) < range.end && range.start < e.span.end as usize)
}

fn as_one(groups: &[Group], sign: &str, range: Range<usize>, p: &Passage<'_>, out: &mut Vec<Entity>) {
    let part = |g: &Group| &p.text[g.start..g.end];
    let single = groups.iter().all(|g| g.len() == 1);
    let glued: String = groups.iter().map(part).collect();
    // Figures of a ledger, a time or a sum are joined so too: digit by digit they are none of these.
    let detectors = if single || !sign.contains(['.', ',', ':', '/']) { &DETECTORS[..] } else { &DETECTORS[..2] };
    let (start, sign) = if p.text[..range.start].ends_with('+') { (range.start - 1, "+") } else { (range.start, "") };
    let range = start..range.end;
    let mut forms = Vec::with_capacity(3);
    // A mobile number is one by its first digits; others only digit by digit, or where their groups are the usual ones.
    let is_mobile = sign == "+" || glued.len() == 10 && glued.starts_with("07");
    if !single {
        let rest: Vec<&str> = groups[1..].iter().map(part).collect();
        forms.push(format!("{sign}{}-{}", part(&groups[0]), rest.join(" ")));
    }
    if single || is_mobile {
        forms.push(format!("{sign}{glued}"));
    }
    if single && glued.len() > 10 {
        forms.push(format!("{}-{}", &glued[..4], &glued[4..]));
    }
    forms.iter().any(|form| read(form, range.clone(), detectors, p, out));
}

/// What reads once more; the last is for accounts.
static DETECTORS: [&dyn Detector; 3] = [&personnummer::Finder, &phone::Finder, &account::Finder];

/// Reads the text with `written` in place of `range`; whether that gave anything a word near it speaks for.
fn read(written: &str, range: Range<usize>, detectors: &[&dyn Detector], p: &Passage<'_>, out: &mut Vec<Entity>) -> bool {
    let from = p.text.ceil_char_boundary(range.start.saturating_sub(AROUND));
    let to = p.text.floor_char_boundary((range.end + AROUND).min(p.text.len()));
    let text = format!("{}{written}{}", &p.text[from..range.start], &p.text[range.end..to]);
    let at = range.start - from;
    let window = Passage { text: &text, ..*p };
    let cluster = Cluster::parse(&text, at + usize::from(written.starts_with('+')));
    let number = Anchor::Number(cluster.number(0));
    let mut found = Vec::new();
    for detector in detectors {
        detector.detect(number, &window, &mut found);
    }
    let before = out.len();
    out.extend(found.into_iter().filter_map(|mut entity| {
        let whole = entity.span.range() == (at..at + written.len());
        let spoken = entity.evidence.has(Reason::Cue);
        entity.span = Span::new(offset(range.start), offset(range.end));
        (whole && spoken && !entity.evidence.has(Reason::Against)).then_some(entity)
    }));
    out.len() > before
}

/// Reads the digits at byte `at` once more if letters that look like digits stand among them: `8OO1O2-2386`.
pub(super) fn letters(cluster: &Cluster<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
    let groups = cluster.groups();
    let bytes = p.text.as_bytes();
    let (mut start, mut end) = (groups[0].start, groups[groups.len() - 1].end);
    if !(bytes.get(end).is_some_and(|b| like(*b) != *b) || start.checked_sub(1).is_some_and(|i| like(bytes[i]) != bytes[i])) {
        return;
    }
    // Words of digits and such letters, with at most two signs between them.
    let is_word = |word: &[u8]| {
        !word.is_empty()
            && word.iter().all(|b| like(*b).is_ascii_digit())
            && word.iter().any(|b| b.is_ascii_digit() || matches!(b, b'O' | b'o'))
    };
    let is_joint = |b: &u8| matches!(b, b' ' | b'-' | b'.');
    let most = |from: usize| (from + 32).min(bytes.len());
    end += bytes[end..most(end)].iter().take_while(|b| like(**b).is_ascii_digit()).count();
    start -= bytes[start.saturating_sub(32)..start].iter().rev().take_while(|b| like(**b).is_ascii_digit()).count();
    loop {
        let gap = bytes[end..most(end)].iter().take(2).take_while(|b| is_joint(b)).count();
        let word = bytes[end + gap..most(end)].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if gap == 0 || !is_word(&bytes[end + gap..end + gap + word]) || end - start > 32 {
            break;
        }
        end += gap + word;
    }
    loop {
        let head = &bytes[start.saturating_sub(32)..start];
        let gap = head.iter().rev().take(2).take_while(|b| is_joint(b)).count();
        let word = head[..head.len() - gap].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
        if gap == 0 || !is_word(&head[head.len() - gap - word..head.len() - gap]) || end - start > 32 {
            break;
        }
        start -= gap + word;
    }
    let written: String = bytes[start..end].iter().map(|b| char::from(like(*b))).collect();
    let count = written.bytes().filter(u8::is_ascii_digit).count();
    let is_word_before = p.text[..start].ends_with(|c: char| c.is_alphanumeric());
    if (LEAST_DIGITS..=MOST_DIGITS).contains(&count) && !is_word_before && !is_found(&(start..end), out) {
        let plus = start.checked_sub(1).filter(|i| bytes[*i] == b'+');
        let written = if plus.is_some() { format!("+{written}") } else { written };
        read(&written, plus.unwrap_or(start)..end, &DETECTORS, p, out);
    }
}

/// The digit that a letter looks like; any other byte is itself.
const fn like(byte: u8) -> u8 {
    match byte {
        b'O' | b'o' => b'0',
        b'l' | b'I' | b'|' => b'1',
        other => other,
    }
}

/// Numbers in words: `noll sju noll, ett sju fyra …`. Telephone numbers begin with one, and every date of birth has one.
pub(super) fn words(p: &Passage<'_>, out: &mut Vec<Entity>) {
    let bytes = p.text.as_bytes();
    static ZEROS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| [Finder::new("oll"), Finder::new("ero ")]);
    for zero in &*ZEROS {
        let mut next = 0;
        for hit in zero.find_iter(bytes) {
            let is_zero = hit > 0 && matches!((bytes[hit - 1], bytes[hit]), (b'n' | b'N', b'o') | (b'z' | b'Z', b'e'));
            if is_zero && hit >= next {
                next = said(hit - 1, p, out).unwrap_or(next);
            }
        }
    }
}

/// A number that goes on in words: `070 ett sju fyra …`, `0 sju 0 ett …`, `800102 streck 2386`.
pub(super) fn mixed(cluster: &Cluster<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
    let bytes = p.text.as_bytes();
    let Some(last) = cluster.groups().last() else { return };
    if bytes.get(last.end) != Some(&b' ') || !bytes.get(last.end + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xC3) {
        return;
    }
    let is_zero = last.len() <= 3 && bytes[last.start] == b'0';
    let word = || p.text[last.end + 1..].split(' ').next().unwrap_or("");
    if is_zero || matches!(last.len(), 3 | 6 | 8) && is_hyphen(word()) {
        said(last.start, p, out);
    }
}

/// Reads the number in words around byte `at`; gives where it ends.
fn said(at: usize, p: &Passage<'_>, out: &mut Vec<Entity>) -> Option<usize> {
    let (range, written) = spoken(p.text, at, Tens::Joined)?;
    let mut forms = vec![written];
    // `sjuttio ett sju` may be 70 17.
    forms.extend(spoken(p.text, at, Tens::Alone).map(|(_, written)| written).filter(|written| *written != forms[0]));
    if !is_found(&range, out) {
        forms.iter().any(|written| {
            let digits = written.bytes().filter(u8::is_ascii_digit).count();
            let account = || (digits > 10 && !written.contains('-')).then(|| format!("{}-{}", &written[..4], &written[4..]));
            (LEAST_DIGITS..=12).contains(&digits)
                && (read(written, range.clone(), &DETECTORS, p, out)
                    || account().is_some_and(|form| read(&form, range.clone(), &DETECTORS, p, out)))
        });
    }
    Some(range.end)
}

/// Whether a unit after tens belongs to them: `sjuttio fyra` as 74.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tens {
    Joined,
    Alone,
}

/// How far before a zero in words its number may start, and after it end, in bytes.
const MOST_SPOKEN: usize = 120;

/// The number in words around byte `at`: where it stands, and its digits.
fn spoken(text: &str, at: usize, tens_are: Tens) -> Option<(Range<usize>, String)> {
    let from = text.ceil_char_boundary(at.saturating_sub(MOST_SPOKEN));
    let to = text.floor_char_boundary((at + MOST_SPOKEN).min(text.len()));
    let mut range = 0..0;
    let mut written = String::new();
    let mut tens = false;
    let mut last = from;
    for word in crate::text::words(&text[from..to]) {
        let start = from + word.start;
        let near = text[last..start].chars().count() <= MOST_GAP && !text[last..start].contains("\n\n");
        last = start + word.text.len();
        if near && !written.is_empty() && !written.ends_with('-') && is_hyphen(word.text) {
            written.push('-');
            tens = false;
            continue;
        }
        let Some((digits, ends_in_tens)) = figures(word.text) else {
            if range.contains(&at) {
                break;
            }
            written.clear();
            tens = word.text.eq_ignore_ascii_case("plus");
            if tens {
                (range, tens) = (start..last, false);
                written.push('+');
            }
            continue;
        };
        if written.is_empty() || !near {
            if range.contains(&at) {
                break;
            }
            written.clear();
            range.start = start;
        }
        // `sjuttio fyra` is 74.
        if tens && near && tens_are == Tens::Joined && digits.len() == 1 && digits[0] > 0 {
            written.pop();
        }
        written.extend(digits.iter().map(|d| char::from(b'0' + d)));
        tens = ends_in_tens;
        range.end = last;
    }
    let written = written.trim_end_matches('-').to_owned();
    (range.contains(&at) && !written.is_empty()).then_some((range, written))
}

/// Whether a word names the sign between the parts of a number.
fn is_hyphen(word: &str) -> bool {
    ["streck", "bindestreck", "tankstreck", "minus", "dash", "hyphen"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

const UNITS: [(&str, u8); 23] = [
    ("noll", 0),
    ("ett", 1),
    ("två", 2),
    ("tva", 2),
    ("tre", 3),
    ("fyra", 4),
    ("fem", 5),
    ("sex", 6),
    ("sju", 7),
    ("åtta", 8),
    ("atta", 8),
    ("nio", 9),
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("en", 1),
];

const TENS: [(&str, u8); 17] = [
    ("tolv", 12),
    ("elva", 11),
    ("tretton", 13),
    ("fjorton", 14),
    ("femton", 15),
    ("sexton", 16),
    ("sjutton", 17),
    ("arton", 18),
    ("nitton", 19),
    ("tjugo", 20),
    ("trettio", 30),
    ("fyrtio", 40),
    ("femtio", 50),
    ("sextio", 60),
    ("sjuttio", 70),
    ("åttio", 80),
    ("nittio", 90),
];

/// The digits that a word stands for, and whether it ends in tens that a unit may follow; `None`: it is no number.
fn figures(word: &str) -> Option<(Digits, bool)> {
    if word.len() <= 12 && word.bytes().all(|b| b.is_ascii_digit()) {
        return Some((word.bytes().map(|b| b - b'0').collect(), false));
    }
    if word.len() > MOST_SPOKEN {
        return None;
    }
    let low = word.to_lowercase();
    let mut rest = low.as_str();
    let mut digits = Digits::new();
    let mut tens = false;
    while !rest.is_empty() {
        if let Some((name, value)) = TENS.iter().find(|(name, _)| rest.starts_with(name)) {
            digits.extend([value / 10, value % 10]);
            tens = value % 10 == 0;
            // `nittonhundra` is 19.
            rest = &rest[name.len()..];
            rest = rest.strip_prefix("hundra").unwrap_or(rest);
        } else if let Some(after) = rest.strip_prefix("tio") {
            digits.extend([1, 0]);
            (tens, rest) = (false, after);
        } else {
            let (name, value) = UNITS.iter().find(|(name, _)| rest.starts_with(name))?;
            if std::mem::take(&mut tens) && *value > 0 {
                digits.pop();
            }
            digits.push(*value);
            rest = &rest[name.len()..];
        }
    }
    Some((digits, tens))
}

#[expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]
const fn offset(at: usize) -> u32 {
    at as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, Rulebook, Sensitivity};

    fn found(text: &str) -> Vec<(Kind, String)> {
        let engine = crate::engine::Engine::new(Rulebook::built_in(), Sensitivity::Normal);
        let entities = engine.detect(text, &mut crate::engine::Scratch::default());
        entities.iter().map(|e| (e.kind, text[e.span.range()].to_owned())).collect()
    }

    #[test]
    fn digits_set_apart_are_one_number_beside_a_word() {
        for number in [
            "0 7 0 1 7 4 0 6 1 2",
            "0.7.0.1.7.4.0.6.1.2",
            "070_174_06_12",
            "070~174 06 12",
            "07 01 74 06 12",
            "O7O-l74 O6 12",
            "noll sju noll ett sju fyra noll sex ett två",
            "noll sjuttio 174 06 tolv",
        ] {
            assert_eq!(found(&format!("Ring mig på telefon {number} i kväll.")), [(Kind::Phone, number.to_owned())], "{number}");
        }
        for text in [
            "Telefontid: 08.00, 09.00–10.30.",
            "Ring grupp 07, 08, 09, 10, 11.",
            "Telefontid 07.30, 08.30, 09.30.",
            "Resultat: noll ett, två noll och tre tre.",
            "Handla 10l mjölk, 12l fil och 070 påsar.",
            "Ytan är 0 7 0 1 7 4 0 6 1 2 rutor.",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_number_that_begins_with_zero_hides_none_with_noll() {
        let (zero, noll) = ("zero sju zero ett sju fyra zero sex ett två", "noll sju noll ett sju fyra noll sex ett tre");
        for (first, second) in [(zero, noll), (noll, zero)] {
            let text = format!("Ring mig på telefon {first} i kväll. Annars når du mig på telefon {second} i morgon.");
            assert_eq!(found(&text), [(Kind::Phone, first.to_owned()), (Kind::Phone, second.to_owned())], "{text}");
        }
    }

    #[test]
    fn words_become_digits() {
        let digits = |word: &str| figures(word).map(|(d, _)| d.iter().map(|d| char::from(b'0' + d)).collect::<String>());
        for (word, number) in [("Noll", "0"), ("sjuttiofyra", "74"), ("sjunollett", "701"), ("nittonhundraåttio", "1980"), ("tolv", "12")]
        {
            assert_eq!(digits(word).as_deref(), Some(number), "{word}");
        }
        assert_eq!(digits("nollan"), None);
    }
}

//! Street and farm names, read backwards from the number after them.

use std::sync::LazyLock;

use crate::detect::number::is_blank;
use crate::detect::places::is_town;

/// Endings and words of street names: form, class, `+` where it may be a word of its own.
static TABLE: &str = include_str!("../../../rules/lexicons/streets.tsv");

/// How much the name alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A capital letter, and nothing of a street's name.
    Other,
    /// Ends like a farm, a hill or a village (`Norrgården`, `Lillön`).
    Place,
    /// Ends like a street, and like other things (`Stureplan`, `Tallbacken`).
    Mild,
    /// Ends as only streets do (`Storgatan`).
    Street,
}

/// A name before a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What its last word is.
    pub class: Class,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// Whether the last word is a street word with nothing before it (`Torget`).
    pub bare: bool,
    /// Whether a word of direction or size stands before (`Norra`, `Lilla`).
    pub paired: bool,
}

struct Ending {
    form: &'static str,
    class: Class,
    alone: bool,
}

struct Table {
    endings: Vec<Ending>,
    before: Vec<&'static str>,
    /// First names and titles before a compound with a surname: `Hjalmar Brantingsgatan`.
    given: Vec<&'static str>,
    not: Vec<&'static str>,
    stop: Vec<&'static str>,
}

static STREETS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { endings: Vec::new(), before: Vec::new(), given: Vec::new(), not: Vec::new(), stop: Vec::new() };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (form, class) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        let mut ending = |class| table.endings.push(Ending { form, class, alone: cells.next() == Some("+") });
        match class {
            "street" => ending(Class::Street),
            "mild" => ending(Class::Mild),
            "place" => ending(Class::Place),
            "before" => table.before.push(form),
            "given" => table.given.push(form),
            "not" => table.not.push(form),
            _ => table.stop.push(form),
        }
    }
    // By last byte, longest first: few comparisons for most words.
    let last = |form: &str| form.bytes().next_back();
    table.endings.sort_by(|a, b| (last(a.form), b.form.len()).cmp(&(last(b.form), a.form.len())));
    table
});

/// The name that ends right before byte `at` and one blank, if it can be a street's or a farm's.
pub(super) fn before(text: &str, at: usize) -> Option<Name> {
    let end = at - text[..at].chars().next_back().filter(|&c| is_blank(c) || c == '\t')?.len_utf8();
    // `Storgatan nr 5`
    let end = ["nr", "nummer", "nr."].iter().find_map(|word| text[..end].strip_suffix(word)?.strip_suffix(is_blank)).map_or(end, str::len);
    ending(text, end)
}

/// The name that ends at byte `end`.
pub(super) fn ending(text: &str, end: usize) -> Option<Name> {
    let (end, dotted) = if text[..end].ends_with('.') { (end - 1, true) } else { (end, false) };
    let start = word_start(text, end);
    let word = &text[start..end];
    let capital = starts_capital(word);
    if word.len() < 2 || start > 0 && matches!(text.as_bytes()[start - 1], b'@' | b'#' | b'/' | b'_' | b'.') {
        return None;
    }
    if dotted {
        let name = Name { start, end: end + 1, class: Class::Street, capital, bare: false, paired: false };
        // `Ivanov. 14` ends a sentence; where somebody lives, it is a street.
        let lives = || word.ends_with(['v', 'g']) && word.chars().count() > 4 && [" bor på ", " adress: ", "dress "].iter().any(|w| text[..start].ends_with(w));
        return (capital && (is_abbreviated(word) || lives())).then(|| extended(text, name));
    }
    let (class, bare) = match ending_of(word) {
        Some((ending, stem)) => (ending.class, stem == 0),
        None if capital => (Class::Other, false),
        None => return None,
    };
    let name = extended(text, Name { start, end, class, capital, bare, paired: false });
    if !bare {
        return Some(name);
    }
    // A street word by itself is a name with another before it, or in the definite form with a capital (`Torget 1`).
    if name.start < start {
        return Some(Name { bare: false, capital: starts_capital(&text[name.start..]), ..name });
    }
    (capital && word.ends_with(['n', 'N', 't', 'T'])).then_some(name)
}

/// The ending of a word, and how many bytes stand before it.
fn ending_of(word: &str) -> Option<(&'static Ending, usize)> {
    let last = fold(*word.as_bytes().last()?);
    let endings = &STREETS.endings;
    let from = endings.partition_point(|e| e.form.bytes().next_back() < Some(last));
    let found = endings[from..].iter().take_while(|e| e.form.bytes().next_back() == Some(last)).find(|e| {
        let stem = word.len().saturating_sub(e.form.len());
        ends_with(word, e.form) && if stem == 0 { e.alone } else { stem > 2 || e.class == Class::Street && stem > 1 }
    })?;
    let low = word.to_lowercase();
    let barred = STREETS.not.iter().any(|not| low.ends_with(not));
    (!barred).then_some((found, word.len() - found.form.len()))
}

/// `Storg.`, `Kyrkv.`: a compound cut after the first letter of its last part.
fn is_abbreviated(word: &str) -> bool {
    let low = word.to_lowercase();
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiouyåäö".contains(c));
    let mut letters = low.chars().rev();
    let (last, before) = (letters.next(), letters.next());
    let cut = match last {
        Some('g') => {
            (!vowel(before) || low.ends_with("kog"))
                && !["ng", "berg", "borg", "vg"].iter().any(|word| low.ends_with(word) && !low.ends_with("ngg"))
        }
        Some('v') => !vowel(before),
        _ => false,
    };
    cut && low.chars().count() >= 4 && !is_town(word)
}

/// The name with the words before it that belong to it.
fn extended(text: &str, mut name: Name) -> Name {
    let head = name;
    if head.class <= Class::Place
        && let Some(start) = after_preposition(text, head.start)
    {
        name.start = start;
        return name;
    }
    for _ in 0..4 {
        let Some((start, word)) = previous(text, name.start) else { break };
        let low = word.to_lowercase();
        if STREETS.stop.contains(&low.as_str()) {
            break;
        }
        let capital = starts_capital(word);
        let directed = STREETS.before.contains(&low.as_str());
        let takes = if head.bare {
            // `Dag Hammarskjölds plats`: the genitive stands next to the street word, the rest before it.
            capital && (directed || name.start < head.start || low.ends_with(['s', 'x', 'z']) || head.class == Class::Street && low.ends_with('a')) || directed && !head.capital
                // `Hans von Kantzows väg`
                || matches!(low.as_str(), "von" | "af" | "de") && previous(text, start).is_some_and(|(_, first)| starts_capital(first))
        } else if directed {
            capital || !head.capital
        } else {
            let farm = head.class == Class::Place && text[head.start..head.end].to_lowercase().ends_with("gården") && is_line_part(text, start);
            capital && (farm || head.class == Class::Other
                        && (is_line_part(text, start) || text[head.start..head.end].eq_ignore_ascii_case("pl")) || STREETS.given.contains(&low.as_str()))
        };
        if !takes {
            break;
        }
        name.start = start;
        name.paired |= directed;
    }
    name
}

/// Where the words with capital letters before `at` start, if `på` or `i` stands before them: they are one place then
/// (`i Stora Mellösa Kårsta 4`).
fn after_preposition(text: &str, at: usize) -> Option<usize> {
    let mut start = at;
    for _ in 0..4 {
        let (before, word) = previous(text, start)?;
        if matches!(word, "på" | "i" | "PÅ" | "I") {
            return (start < at).then_some(start);
        }
        if !starts_capital(word) || STREETS.stop.contains(&word.to_lowercase().as_str()) {
            return None;
        }
        start = before;
    }
    None
}

/// Whether byte `at` opens a line or a part of one: there a village may stand before its farm (`Skänkeberg Sörgården 1`).
fn is_line_part(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end_matches(is_blank);
    head.is_empty() || head.ends_with(['\n', ',', '|', '(', ':', '-', '•'])
}

/// The word before byte `at`, if one blank stands between; its start and text.
pub(super) fn previous(text: &str, at: usize) -> Option<(usize, &str)> {
    let end = at - text[..at].chars().next_back().filter(|&c| is_blank(c))?.len_utf8();
    let start = word_start(text, end);
    (start < end).then(|| (start, &text[start..end]))
}

/// Where the word that ends at byte `end` starts; hyphens and the colon of `S:t` are inside it.
fn word_start(text: &str, end: usize) -> usize {
    let from = text.ceil_char_boundary(end.saturating_sub(48));
    if !text[from..end].ends_with(char::is_alphabetic) {
        return end;
    }
    let start = text[from..end].char_indices().rev().take_while(|(_, c)| c.is_alphabetic() || matches!(c, '-' | ':' | '’' | '\''));
    let start = from + start.last().map_or(end - from, |(i, _)| i);
    start + text[start..end].len() - text[start..end].trim_start_matches(|c: char| !c.is_alphabetic()).len()
}

/// Whether the first letter is a capital.
pub(super) fn starts_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Lower case of one byte of UTF-8 text in Swedish letters: ASCII, and the second byte of `Å`, `Ä`, `Ö`, `É`.
const fn fold(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' | 0x80..=0x9E => byte + 0x20,
        _ => byte,
    }
}

fn ends_with(word: &str, tail: &str) -> bool {
    word.len() >= tail.len() && word.bytes().rev().zip(tail.bytes().rev()).all(|(a, b)| fold(a) == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<(&str, Class)> {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        before(text, at).map(|n| (&text[n.start..n.end], n.class))
    }

    #[test]
    fn a_name_is_read_backwards_to_its_first_word() {
        for (text, found) in [
            ("bor på Storgatan 1", Some(("Storgatan", Class::Street))),
            ("På Olof Palmes gata 12", Some(("Olof Palmes gata", Class::Street))),
            ("vid Dag Hammarskjölds plats 1", Some(("Dag Hammarskjölds plats", Class::Mild))),
            ("i Norra Kyrkogatan 12", Some(("Norra Kyrkogatan", Class::Street))),
            ("på norra kyrkogatan 12", Some(("norra kyrkogatan", Class::Street))),
            ("S:t Eriksgatan 1", Some(("S:t Eriksgatan", Class::Street))),
            ("ÅSENVÄGEN 18", Some(("ÅSENVÄGEN", Class::Street))),
            ("Stora torget 3", Some(("Stora torget", Class::Mild))),
            ("hos Kent, Lillön 14", Some(("Lillön", Class::Place))),
            ("Storg. 5", Some(("Storg.", Class::Street))),
            ("Västra Rud 214", Some(("Västra Rud", Class::Other))),
            ("Norrköping. 5", None),
            ("Vårt förslag. 5", None),
            ("tre gånger 5", None),
            ("på vägen 5", None),
            ("Detaljplan 5", Some(("Detaljplan", Class::Other))),
        ] {
            assert_eq!(name(text), found, "{text}");
        }
    }
}

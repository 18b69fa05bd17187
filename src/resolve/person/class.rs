//! Ages and school classes as they are written: `4A`, `åk 7`, `P15`, `nioårige`, `(8)`.

use crate::text::fold;

/// Years from which on a person is of age (föräldrabalken 9 kap. 1 §).
const OF_AGE: u16 = 18;

const NUMBERS: [&str; 18] = [
    "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton", "femton",
    "sexton", "sjutton",
];

const GRADES: [&str; 18] = [
    "ettan", "tvåan", "trean", "fyran", "femman", "sexan", "sjuan", "åttan", "nian", "ettorna", "tvåorna", "treorna", "fyrorna",
    "femmorna", "sexorna", "sjuorna", "åttorna", "niorna",
];

/// Whether `token` is a class of the compulsory school: a grade from 1 to 9 and a letter.
pub(super) fn is_class(token: &str) -> bool {
    matches!(token.as_bytes(), [b'1'..=b'9', b'A'..=b'H' | b'a'..=b'e'])
}

/// Whether `token` is a youth team: `P` or `F`, and an age or a year of birth.
pub(super) fn is_team(token: &str) -> bool {
    let Some(rest) = token.strip_prefix(['P', 'F', 'U', 'D', 'H']) else { return false };
    let rest = rest.split('-').next().unwrap_or(rest);
    !rest.is_empty()
        && rest.bytes().all(|b| b.is_ascii_digit())
        && rest.len() <= 2
        && rest.parse().is_ok_and(|n: u16| (6..OF_AGE).contains(&n))
}

/// Whether `token` is a class of the upper secondary school: `SA21B`, `TE22`, `NA2`.
pub(super) fn is_programme(token: &str) -> bool {
    let bytes = token.as_bytes();
    matches!(bytes, [a, b, c, ..] if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit()) && bytes.len() <= 6
}

/// Whether `token`, in any case, is a grade or an age group in the plural.
pub(super) fn is_young_group(token: &str) -> bool {
    // Few words end so; only they are made small.
    let ends = |end: &str| fold::ends_with(token.as_bytes(), end.as_bytes());
    token.as_bytes().last().is_some_and(|b| matches!(b | 0x20, b'n' | b'a' | b'r'))
        && (ends("an") || ends("orna") || ends("ringar") || ends("ringarna"))
        && {
            let low = token.to_lowercase();
            is_grade(&low) || is_year_group(&low)
        }
}

/// Whether `token` is an age group in the plural: `sexåringar`, `7-åringarna`.
fn is_year_group(token: &str) -> bool {
    let stem = token.strip_suffix("åringar").or_else(|| token.strip_suffix("åringarna"));
    stem.is_some_and(|stem| number(stem.trim_end_matches('-')).is_some_and(|(age, rest)| rest.is_empty() && age < OF_AGE))
}

/// Whether `token` is a grade as people say it (`trean`).
fn is_grade(token: &str) -> bool {
    GRADES.contains(&token)
}

/// The age that starts `text`, and what follows it.
fn number(text: &str) -> Option<(u16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (token, rest) = text.split_at_checked(digits)?;
        // `7½`, `7,5 år` and `9år` are ages; `4A` and `3rd` are not.
        let rest = rest
            .strip_prefix('½')
            .or_else(|| rest.strip_prefix(" 1/2"))
            .or_else(|| rest.strip_prefix(",5").filter(|t| t.starts_with(" år")))
            .unwrap_or(rest);
        let whole = rest.starts_with("år") || !rest.starts_with(char::is_alphanumeric);
        return (whole && digits <= 2).then(|| token.parse().ok()).flatten().map(|age| (age, rest));
    }
    let len = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (token, rest) = text.split_at_checked(len)?;
    NUMBERS.iter().position(|n| *n == token).map(|age| (age as u16, rest))
}

/// Whether `text`, after a number, makes it an age: ` år`, `år`, `-årig`, ` månader`.
fn unit(text: &str) -> Option<Unit> {
    let text = text.strip_prefix([' ', '-']).unwrap_or(text);
    if ["mån", "veckor", "dagar gam"].iter().any(|w| text.starts_with(w)) {
        return Some(Unit::Months);
    }
    let rest = text.strip_prefix("år")?;
    (!rest.starts_with(|c: char| c.is_alphabetic()) || rest.starts_with("ig"))
        .then_some(())
        .filter(|()| {
            !(rest.starts_with(" i ") || rest.starts_with(" som ") || rest.starts_with(" på ") || rest.starts_with(" inom "))
                || rest.starts_with(" som vann")
        })
        .map(|()| Unit::Years)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Years,
    Months,
}

/// What follows a name as an age or a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// Of this person.
    One,
    /// Of all the persons before it.
    All,
}

/// Whether an age below 18 or a class follows a name: `, 9 år`, ` (8)`, ` i 3B`, `, nio och sju år`.
pub(super) fn after(text: &str) -> Option<After> {
    const CLASS: [&str; 8] = [" i ", " från ", " och går i ", " går i ", " som går i ", ", ny i ", " (i ", " o går i "];
    const SAID: [&str; 23] = [
        " är ",
        ", är ",
        " är bara ",
        " är typ ",
        " är snart ",
        " fyller ",
        " fyllde ",
        " har fyllt ",
        " blir ",
        " som är ",
        " som fyller ",
        " på ",
        " bara ",
        ", bara ",
        ", endast ",
        ", snart ",
        " (snart ",
        ", nu ",
        ", hon är ",
        ", han är ",
        " o är ",
        " och är ",
        " som fyllde ",
    ];
    let text = text.trim_start_matches(['*', '_']);
    let all = [", alla ", ", båda ", " (alla ", " (båda ", " – alla ", " – båda "].iter().find_map(|w| text.strip_prefix(w));
    if let Some(rest) = all {
        let young = number(rest).is_some_and(|(age, tail)| (1..OF_AGE).contains(&age) && unit(tail).is_some());
        let class =
            [rest, rest.strip_prefix("i ").unwrap_or(rest), rest.strip_prefix("från ").unwrap_or(rest)].iter().any(|t| class_first(t));
        return (young || class).then_some(After::All);
    }
    if CLASS.iter().any(|w| text.strip_prefix(w).is_some_and(class_first)) {
        return Some(After::All);
    }
    if let Some((said, rest)) = SAID.iter().find_map(|w| text.strip_prefix(w).filter(|t| number(t).is_some()).map(|t| (*w, t))) {
        let (age, tail) = number(rest)?;
        let turns = said.contains("fyll") && tail.starts_with(['.', '!', ',', ' ', '?']) || said.contains("bara") || said.contains("snart");
        let young = (1..OF_AGE).contains(&age) && (unit(tail).is_some() || turns && !tail.starts_with(" 1"));
        return (young || unit(tail) == Some(Unit::Months)).then_some(After::One);
    }
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lead = &text[..text.len() - bare.len()];
    if lead.is_empty() || lead.len() > 9 || lead.contains("\n\n") || lead.contains(['.', '!', '?']) && !lead.starts_with("! (") {
        return None;
    }
    if class_first(bare) && !lead.contains('\n') {
        return Some(After::One);
    }
    let (age, tail) = number(bare)?;
    if let Some((other, tail)) = tail.strip_prefix(" och ").and_then(number) {
        return (age < OF_AGE && other < OF_AGE && tail.starts_with(" år")).then_some(After::All);
    }
    match unit(tail) {
        Some(Unit::Months) => Some(After::One),
        Some(Unit::Years) => (1..OF_AGE).contains(&age).then_some(After::One),
        None => {
            let close = lead.ends_with('(') && tail.starts_with(')');
            let ends = tail.is_empty() || tail.starts_with(['\n', ';', ')']) || punctuated(tail);
            ((1..OF_AGE).contains(&age) && (close || lead == ", " && ends)).then_some(After::One)
        }
    }
}

/// A comma or a full stop, and no digit after it (a time or a result is no age).
fn punctuated(tail: &str) -> bool {
    tail.strip_prefix([',', '.', ':']).is_some_and(|t| !t.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a personnummer or a date of birth of somebody born lately follows: `, 20121212-2392`, ` (f. 14/9 2018)`.
pub(super) fn born_lately(after: &str) -> bool {
    let bare = after.trim_start_matches([' ', ',', '(', ':', '–', '-', '*']);
    let born = ["född ", "f. ", "f ", "född den ", "föddes "].iter().find_map(|w| bare.strip_prefix(w));
    let head = born.unwrap_or(bare);
    let digits = head.bytes().take_while(u8::is_ascii_digit).count();
    let late = |year: &str| year.parse().is_ok_and(|y: u16| (2009..2060).contains(&y));
    if matches!(digits, 8 | 12) {
        return late(&head[..4]);
    }
    if digits == 6 && head[6..].starts_with(['-', ' ']) && head.get(7..11).is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit())) {
        return matches!(head.as_bytes()[0], b'1' | b'2') && head[..2] < *"27";
    }
    let Some(text) = born else { return false };
    let near = &text[..text.floor_char_boundary(24.min(text.len()))];
    near.split(|c: char| !c.is_ascii_digit()).any(|t| t.len() == 4 && late(t))
}

/// Whether `text` starts with a class: `4A`, `åk 7`, `klass 5A`, `F-klass`, `trean`.
fn class_first(text: &str) -> bool {
    let text = ["klass ", "Klass "].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    let token = &text[..text.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(text.len())];
    if is_class(token) || matches!(token, "klassen" | "F-klass" | "f-klass" | "förskoleklass") || is_grade(token) {
        return true;
    }
    ["åk ", "årskurs ", "Åk "]
        .iter()
        .any(|w| text.strip_prefix(w).is_some_and(|t| t.starts_with(['F', 'f', '1', '2', '3', '4', '5', '6', '7', '8', '9'])))
}

/// Whether `token` is an age below 18 as a word before a name: `14-åriga`, `nioårige`.
pub(super) fn is_aged(token: &str) -> bool {
    let stem = ["åriga", "årige", "årig", "åringen", "åring", "åringarna"].iter().find_map(|end| token.strip_suffix(end));
    if token == "tonårige" || token == "tonåriga" {
        return true;
    }
    stem.is_some_and(|stem| number(stem.trim_end_matches('-')).is_some_and(|(age, rest)| rest.is_empty() && age < OF_AGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_classes_are_told_from_results() {
        for (text, want) in [
            (", 11 år, som vann", Some(After::One)),
            (" (8) och", Some(After::One)),
            (", 16, spelar", Some(After::One)),
            (", tre, undrade", Some(After::One)),
            (", nio och sju år", Some(After::All)),
            (" i 5C frågade", Some(After::All)),
            (", 4A.", Some(After::One)),
            (" 10 år som", Some(After::One)),
            (", 58, sadlade", None),
            (" 22, Jack", None),
            (", alla 9 år.", Some(After::All)),
            (" 9år!", Some(After::One)),
            (" fyller 7 i dag", Some(After::One)),
            (" fyller 50 i dag", None),
            (" 12 år i styrelsen", None),
            (", 13.50", None),
            (", 93", None),
            (" i 5 minuter", None),
        ] {
            assert_eq!(after(text), want, "{text}");
        }
        assert!(born_lately(", 20121212-2392 mm") && born_lately(" (f. 14/9 2018) går") && !born_lately(", 800101-2386"));
        assert!(
            is_aged("14-åriga") && is_aged("nioårige") && !is_aged("34-åring") && is_team("P15") && !is_team("F18") && !is_team("Frida")
        );
    }
}

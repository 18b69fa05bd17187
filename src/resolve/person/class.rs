//! Ages and school classes as they are written: `4A`, `åk 7`, `P15`, `nioårige`, `(8)`.

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
    let Some(rest) = token.strip_prefix(['P', 'F']) else { return false };
    rest.bytes().all(|b| b.is_ascii_digit()) && rest.len() <= 2 && rest.parse().is_ok_and(|n: u16| (6..OF_AGE).contains(&n))
}

/// Whether `token` is a class of the upper secondary school: `SA21B`, `TE22`, `NA2`.
pub(super) fn is_programme(token: &str) -> bool {
    let bytes = token.as_bytes();
    matches!(bytes, [a, b, c, ..] if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit()) && bytes.len() <= 6
}

/// Whether `token` is a grade as people say it (`trean`).
pub(super) fn is_grade(token: &str) -> bool {
    GRADES.contains(&token)
}

/// The age that starts `text`, and what follows it.
fn number(text: &str) -> Option<(u16, &str)> {
    let len = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (token, rest) = text.split_at(len);
    let value = if token.bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&token.len()) {
        token.parse().ok()?
    } else {
        NUMBERS.iter().position(|n| *n == token)? as u16
    };
    Some((value, rest))
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
    let text = text.trim_start_matches(['*', '_']);
    if text.strip_prefix(" i ").is_some_and(|t| class_first(t)) {
        return Some(After::All);
    }
    let (rest, close) = if let Some(rest) = text.strip_prefix(" (") {
        (rest, true)
    } else if let Some(rest) = text.strip_prefix(", ").or_else(|| text.strip_prefix(" – ")).or_else(|| text.strip_prefix(": ")) {
        (rest, false)
    } else {
        let rest = text.strip_prefix(' ')?;
        return plain(rest).then_some(After::One);
    };
    if class_first(rest) {
        return Some(After::One);
    }
    let rest = ["bara ", "endast ", "nu ", "snart ", "år "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let (age, tail) = number(rest)?;
    if let Some((other, tail)) = tail.strip_prefix(" och ").and_then(number) {
        return (age < OF_AGE && other < OF_AGE && tail.starts_with(" år")).then_some(After::All);
    }
    let unit = [" år", "-årig", " mån", " veckor", " dagar"].iter().any(|unit| tail.starts_with(unit));
    if unit && tail.starts_with(" år") && tail[" år".len()..].starts_with([' ']) && tail.contains("tjänst") {
        return None;
    }
    let ends = if close { tail.starts_with(')') } else { tail.is_empty() || tail.starts_with(['\n', ';', ')']) || punctuated(tail) };
    (age > 0 && (age < OF_AGE || unit && !tail.starts_with(" år")) && (unit || ends)).then_some(After::One)
}

/// A comma or a full stop, and no digit after it (a time or a result is no age).
fn punctuated(tail: &str) -> bool {
    tail.strip_prefix([',', '.', ':']).is_some_and(|t| !t.starts_with(|c: char| c.is_ascii_digit()))
}

/// An age after a blank alone needs its unit: `Hilda 10 år`, `hon är 4 år`, `fyller sju`.
fn plain(rest: &str) -> bool {
    let said = ["är ", "o är ", "och är ", "fyller ", "blir ", "bara ", "är typ ", "som är "].iter().find_map(|w| rest.strip_prefix(w));
    number(said.unwrap_or(rest)).is_some_and(|(age, tail)| {
        let unit = tail.starts_with(" år") && !tail.starts_with(" års") || tail.starts_with(" mån");
        (1..OF_AGE).contains(&age)
            && (unit || said.is_some() && number(rest).is_none() && rest.starts_with("fyller") && tail.starts_with(['.', '!', ',']))
    }) || class_first(rest)
}

/// Whether `text` starts with a class: `4A`, `åk 7`, `klass 5A`, `F-klass`, `trean`.
fn class_first(text: &str) -> bool {
    let text = ["klass ", "Klass "].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    let token = &text[..text.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(text.len())];
    if is_class(token) || matches!(token, "F-klass" | "f-klass" | "förskoleklass") || is_grade(token) {
        return true;
    }
    ["åk ", "årskurs ", "Åk "]
        .iter()
        .any(|w| text.strip_prefix(w).is_some_and(|t| t.starts_with(['F', 'f', '1', '2', '3', '4', '5', '6', '7', '8', '9'])))
}

/// Whether `token` is an age below 18 as a word before a name: `14-åriga`, `nioårige`.
pub(super) fn is_aged(token: &str) -> bool {
    let stem = ["åriga", "årige", "årig", "åringen", "åring", "åringarna"].iter().find_map(|end| token.strip_suffix(end));
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
            (", 13.50", None),
            (", 93", None),
            (" i 5 minuter", None),
        ] {
            assert_eq!(after(text), want, "{text}");
        }
        assert!(
            is_aged("14-åriga") && is_aged("nioårige") && !is_aged("34-åring") && is_team("P15") && !is_team("F18") && !is_team("Frida")
        );
    }
}

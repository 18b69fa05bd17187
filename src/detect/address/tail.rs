//! What follows a street's name: number and letter, flat, floor, entrance, c/o, postcode and town.

use super::street::starts_capital;
use crate::detect::number::{is_blank, is_dash};
use crate::detect::places::{is_name_char, town_at};
use crate::detect::cues::Cues;
use crate::detect::{Kind, Rulebook};

/// The rest of an address.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tail {
    /// One past the last byte.
    pub end: usize,
    /// First digit of the postcode.
    pub postcode: Option<usize>,
    /// Whether a town stands there.
    pub town: bool,
    /// Whether the town is known.
    pub known: bool,
    /// Whether a flat stands there (`lgh 1203`).
    pub flat: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sep {
    Blank,
    Comma,
    Line,
}

/// One past the end of the house number that starts at `at` and has `digits` digits: `12`, `12B`, `12 B`, `12–14`,
/// `12 A–C`. `None` where the number is part of something else.
pub(super) fn house_number(text: &str, at: usize, digits: usize) -> Option<usize> {
    let mut end = at + digits;
    let range = |end: usize| {
        let dash = text[end..].chars().next().filter(|&c| is_dash(c))?;
        Some(end + dash.len_utf8())
    };
    if let Some(next) = range(end) {
        let more = text.as_bytes()[next..].iter().take_while(|b| b.is_ascii_digit()).count();
        let (low, high) = (text[at..end].parse::<u32>().ok()?, text.get(next..next + more)?.parse::<u32>().unwrap_or(0));
        if more > 0 && (more > 3 || high <= low || high - low > 60) {
            return None;
        }
        if more > 0 {
            end = next + more;
        }
    }
    if let Some(after) = letter(text, end) {
        end = after;
        if let Some(after) = range(end).and_then(|next| letter(text, next)) {
            end = after;
        }
    }
    let mut rest = text[end..].chars();
    let (next, then) = (rest.next(), rest.next());
    let goes_on = match next {
        Some(c) if c.is_alphanumeric() || matches!(c, '%' | '°' | '_' | '½') => true,
        Some('.' | ':' | '/') => then.is_some_and(char::is_alphanumeric),
        Some(',') => then.is_some_and(|c| c.is_ascii_digit()) && postcode(text, end + 1).is_none(),
        Some(c) if is_dash(c) => then.is_some_and(char::is_alphanumeric),
        _ => false,
    };
    (!goes_on).then_some(end)
}

/// One past a single letter at `at`, after at most one blank; `12 i` and `12 å` are not letters of a house.
fn letter(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let blank = rest.chars().next().filter(|&c| is_blank(c)).map_or(0, char::len_utf8);
    let mut chars = rest[blank..].chars();
    let letter = chars.next()?;
    let after = chars.next();
    let fits = if blank == 0 { matches!(letter, 'A'..='N' | 'a'..='n') } else { matches!(letter, 'A'..='H' | 'a'..='h') };
    // `5 a.` in small letters begins something else.
    let dotted = letter.is_lowercase() && blank > 0;
    let ends = after.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '\'' | '’') || c == '.' && dotted));
    (fits && ends).then(|| at + blank + 1)
}

/// Reads on from byte `at`, the end of what stands before.
pub(super) fn tail(text: &str, at: usize, rules: &Rulebook) -> Tail {
    let mut tail = Tail { end: at, ..Tail::default() };
    for _ in 0..6 {
        let Some((next, sep)) = separator(text, tail.end) else { break };
        if let Some(end) = flat(text, next) {
            (tail.end, tail.flat) = (end, true);
        } else if let Some(end) = floor(text, next).or_else(|| entrance(text, next, sep, rules.words(Kind::Address, "entrance"))) {
            tail.end = end;
        } else if let Some(end) = care_of(text, next) {
            tail.end = end;
        } else if let Some((start, end)) = postcode(text, next) {
            (tail.end, tail.postcode) = (end, Some(start));
            if let Some((end, known)) = town(text, end) {
                (tail.end, tail.town, tail.known) = (end, true, known);
            }
            break;
        } else if let Some(end) = village(text, next, sep) {
            tail.end = end;
        } else {
            if let Some(end) = bare_town(text, next, sep, rules) {
                (tail.end, tail.town, tail.known) = (end, true, true);
            }
            break;
        }
    }
    tail
}

/// Blanks, with at most one comma and one line break among them.
fn separator(text: &str, at: usize) -> Option<(usize, Sep)> {
    let blanks = |at: usize| text[at..].len() - text[at..].trim_start_matches(|c| is_blank(c) || c == '\t').len();
    let mut next = at + blanks(at);
    let mut sep = Sep::Blank;
    if text[next..].starts_with(',') {
        sep = Sep::Comma;
        next += 1 + blanks(next + 1);
    }
    if sep == Sep::Blank && next > at {
        // `Storgatan 5 – 560 12 Exempelby`
        let rest = text[next..].trim_start_matches(|c| is_dash(c) || matches!(c, '·' | '•' | '|'));
        let code = skip(text, text.len() - rest.len(), &[' ', '\u{a0}']);
        if rest.len() < text[next..].len() && postcode(text, code).is_some() {
            return Some((code, Sep::Comma));
        }
    }
    let broken = text[next..].trim_start_matches('\\');
    if broken.len() + 1 >= text[next..].len() && broken.starts_with('\n') {
        next = text.len() - broken.len() + 1;
        next += blanks(next);
        sep = Sep::Line;
    }
    (next > at && next < text.len() && next - at < 12 && !text[next..].starts_with(['\n', '\r'])).then_some((next, sep))
}

/// The word at `at`, its letters only.
fn word(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]
}

fn digits(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().take(8).take_while(|b| b.is_ascii_digit()).count()
}

fn skip(text: &str, at: usize, signs: &[char]) -> usize {
    text.len() - text[at..].trim_start_matches(signs).len()
}

/// `lgh 1203`, `lägenhet nr 2`.
fn flat(text: &str, at: usize) -> Option<usize> {
    let name = word(text, at);
    if !["lgh", "lägenhet", "lgh.nr", "lght"].contains(&name.to_lowercase().as_str()) {
        return None;
    }
    let mut next = skip(text, at + name.len(), &['.', ' ', '\u{a0}']);
    if word(text, next).eq_ignore_ascii_case("nr") {
        next = skip(text, next + 2, &['.', ' ', '\u{a0}']);
    }
    let len = digits(text, next);
    let end = letter(text, next + len).filter(|end| end - next == len + 1).unwrap_or(next + len);
    (1..=4).contains(&len).then_some(end)
}

/// `2 tr`, `3 tr ö.g.`, `1 trappa`, `nb`, `bv`.
fn floor(text: &str, at: usize) -> Option<usize> {
    let len = digits(text, at);
    let mut end = if len == 0 {
        let name = word(text, at);
        return matches!(name, "nb" | "bv" | "NB" | "BV").then_some(at + name.len());
    } else {
        let next = skip(text, at + len, &[' ', '\u{a0}']);
        let name = word(text, next);
        let known = ["tr", "trappa", "trappor", "vån", "våningen"].contains(&name.to_lowercase().as_str());
        if len > 2 || !known {
            return None;
        }
        next + name.len()
    };
    const SIDES: [&str; 15] =
        ["ö.g.", "u.g.", "ö.g", "ö g", "ög", "ug", "n.b.", "nb", "t.h.", "t.v.", "t h", "th", "tv", "till höger", "till vänster"];
    let next = skip(text, end, &['.', ' ', '\u{a0}']);
    if let Some(side) = SIDES.iter().find(|side| text[next..].starts_with(**side)) {
        let after = next + side.len();
        if next > end && !text[after..].starts_with(char::is_alphanumeric) {
            end = after;
        }
    }
    Some(end)
}

/// `port B`, `uppgång 2`, `plan 2`.
fn entrance(text: &str, at: usize, sep: Sep, names: &Cues) -> Option<usize> {
    let name = word(text, at);
    if name.len() < 2 || name.len() > 12 || sep == Sep::Line || starts_capital(name) || !names.is_listed(name) {
        return None;
    }
    let next = skip(text, at + name.len(), &['.', ' ', '\u{a0}']);
    let len = digits(text, next);
    if (1..=2).contains(&len) {
        return Some(next + len);
    }
    (word(text, next).len() == 1 && starts_capital(&text[next..])).then_some(next + 1)
}

/// `c/o Lindmark`: one to three names.
fn care_of(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..at + 4)?;
    if !rest.eq_ignore_ascii_case("c/o ") {
        return None;
    }
    capitals(text, at + 4, 3)
}

/// One past at most `most` words with capital letters from `at` on, one blank between.
fn capitals(text: &str, at: usize, most: usize) -> Option<usize> {
    let mut found = None;
    let mut next = at;
    for _ in 0..most {
        let rest = text.get(next..)?;
        let len = rest.find(|c: char| !is_name_char(c)).unwrap_or(rest.len());
        if len == 0 || !starts_capital(rest) {
            break;
        }
        found = Some(next + len);
        let Some(blank) = rest[len..].chars().next().filter(|&c| is_blank(c)) else { break };
        next += len + blank.len_utf8();
    }
    found
}

/// A postcode at `at`: `123 45`, `12345`, `SE-123 45`. First digit and one past the last.
pub(super) fn postcode(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = &text[at..];
    let start = at + ["SE-", "SE ", "S-"].iter().find(|p| rest.starts_with(**p)).map_or(0, |p| p.len());
    let mut end = start;
    match digits(text, start) {
        3 => {
            end += 3;
            end += text[end..].chars().next().filter(|&c| is_blank(c))?.len_utf8();
            if digits(text, end) != 2 {
                return None;
            }
            end += 2;
        }
        5 => end += 5,
        _ => return None,
    }
    let used = text.as_bytes()[start] != b'0';
    let mut after = text[end..].chars();
    let goes_on = match (after.next(), after.next()) {
        (Some(c), _) if c.is_alphanumeric() || matches!(c, '%' | '/') => true,
        (Some(c), Some(d)) if matches!(c, '.' | ',' | ':') || is_dash(c) || is_blank(c) => d.is_ascii_digit(),
        _ => false,
    };
    (used && !goes_on).then_some((start, end))
}

/// The town after a postcode: one past its end, and whether it is known. One unknown name with a capital letter will do.
pub(super) fn town(text: &str, at: usize) -> Option<(usize, bool)> {
    let next = skip(text, at, &[' ', '\u{a0}']);
    if next == at || next - at > 4 {
        return None;
    }
    if let Some(end) = town_at(text, next) {
        return Some((end, true));
    }
    let one = capitals(text, next, 1)?;
    let directed = ["norra", "södra", "östra", "västra", "stora", "lilla", "gamla", "nya", "sankt", "övre", "nedre"];
    let first = directed.contains(&text[next..one].to_lowercase().as_str());
    Some((if first { capitals(text, next, 2)? } else { one }, false))
}

/// A village or box between the street and the postcode: `Norrgården 3, Öggestorp, 555 93 Jönköping`.
fn village(text: &str, at: usize, sep: Sep) -> Option<usize> {
    let mut end = capitals(text, at, 3).filter(|_| sep != Sep::Blank)?;
    if text[at..end].eq_ignore_ascii_case("box") {
        end = skip(text, end, &[' ']);
        end += digits(text, end);
    }
    let (next, sep) = separator(text, end)?;
    (sep != Sep::Blank && postcode(text, next).is_some()).then_some(end)
}

/// A town without a postcode: `, Tranås`, ` i Tranås`, or a line of its own. After a comma and before a stop, a word
/// with a capital letter is one even if it is in no table: most villages are not.
fn bare_town(text: &str, at: usize, sep: Sep, rules: &Rulebook) -> Option<usize> {
    let start = if sep == Sep::Blank { at + text[at..].strip_prefix("i ").or_else(|| text[at..].strip_prefix("I ")).map(|_| 2)? } else { at };
    let known = town_at(text, start);
    let Some(first) = capitals(text, start, 1) else {
        // In a text of small letters.
        return known.filter(|&end| sep != Sep::Line && end - start > 4 && !text[end..].starts_with(char::is_alphanumeric));
    };
    let listed = |name| rules.words(Kind::Address, name).is_listed(&text[start..first]);
    let rest = &text[known.unwrap_or(first)..];
    let stops = rest.trim_start_matches(is_blank).is_empty() || rest.starts_with(['.', ';', ')', '|', '\n']) || rest.starts_with(" |");
    let end = match known {
        _ if sep == Sep::Line => known.filter(|_| rest.is_empty() || rest.starts_with('\n'))?,
        Some(end) => end,
        None if listed("town") || sep == Sep::Comma && stops && !listed("not-town") => first,
        None => return None,
    };
    // `Storgatan 5, Lund Anna`: the name goes on.
    let goes_on = text[end..].starts_with([' ', '\u{a0}']) && starts_capital(&text[skip(text, end, &[' ', '\u{a0}'])..]);
    (!goes_on && !text[end..].starts_with(char::is_alphanumeric)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> &str {
        let rules = Rulebook::built_in();
        let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
        match house_number(text, at, digits(text, at)) {
            Some(end) => &text[at..tail(text, end, &rules).end],
            None => "",
        }
    }

    #[test]
    fn the_rest_is_read_as_far_as_it_belongs() {
        for (text, found) in [
            ("A 12 B, lgh 1203, 560 12 Exempelby.", "12 B, lgh 1203, 560 12 Exempelby"),
            ("A 12\n123 45 Ort", "12\n123 45 Ort"),
            ("A 6, 3 tr ö.g., 560 15 Exempelby", "6, 3 tr ö.g., 560 15 Exempelby"),
            ("A 18, port B. C", "18, port B"),
            ("A 10, plan 2, 553 05 Jönköping", "10, plan 2, 553 05 Jönköping"),
            ("A 5 i Norrahammar", "5 i Norrahammar"),
            ("A 5 i huset", "5"),
            ("A 60 A, 554 48", "60 A, 554 48"),
            ("A 12–14.", "12–14"),
            ("A 2.0", ""),
            ("A 12:30", ""),
            ("A 5, Anna Ek", "5"),
            ("A 3, Öggestorp, 555 93 Jönköping", "3, Öggestorp, 555 93 Jönköping"),
            ("A 5\n\n560 12 Exempelby", "5"),
        ] {
            assert_eq!(whole(text), found, "{text}");
        }
    }
}

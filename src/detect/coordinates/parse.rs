//! The written forms of a pair of coordinates.

use crate::detect::number::is_blank;

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    North,
    East,
}

/// How a pair is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Two bare numbers.
    Bare,
    /// With degree signs or letters of direction.
    Marked,
}

/// A pair of coordinates in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// First byte, with a letter of direction before it.
    pub start: usize,
    /// One past the last byte, with a letter after it.
    pub end: usize,
    /// How it is written.
    pub sort: Sort,
    /// The fewest decimals of the two.
    pub decimals: usize,
    /// What the first value is.
    pub first: Axis,
}

/// One value: its bytes, size in whole degrees or metres, and marks.
struct Value {
    start: usize,
    end: usize,
    size: u64,
    decimals: usize,
    degree: bool,
    axis: Option<Axis>,
}

/// Where the number starts whose decimals start at `at`: at most three digits, before `.` or `,`.
pub(super) fn number_start(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let point = at.checked_sub(1).filter(|&i| matches!(bytes[i], b'.' | b','))?;
    let digits = bytes[..point].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
    (digits == 2).then_some(point - digits)
}

/// A latitude whose first digit is at `start` and the longitude after it.
pub(super) fn pair(text: &str, start: usize) -> Option<Pair> {
    if !matches!(text.as_bytes().get(start), Some(b'5'..=b'7')) {
        return None;
    }
    let first = degrees(text, start)?;
    let next = between(text, first.end)?;
    let next = letter_before_value(text, next);
    let second = degrees(text, next.1)?;
    let east = second.axis.or(next.0);
    let (lead, north) = letter_before(text, first.start, &[('N', Axis::North)]);
    let north = first.axis.or(north);
    let apart = east != Some(Axis::North) && north != Some(Axis::East);
    if !(54..=72).contains(&first.size) || !(4..=32).contains(&second.size) || !apart {
        return None;
    }
    let sort = if first.degree && second.degree || north.is_some() && east.is_some() { Sort::Marked } else { Sort::Bare };
    let decimals = first.decimals.min(second.decimals);
    let glued = |at: usize| text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '_'));
    // Two short decimals are measures, not a place.
    (!glued(lead) && (sort == Sort::Marked || decimals >= 2) && !goes_on(text, second.end)).then_some(Pair {
        start: lead,
        end: second.end,
        sort,
        decimals,
        first: Axis::North,
    })
}

/// A grid northing and easting in either order, the first digit at `start`.
pub(super) fn grid(text: &str, start: usize) -> Option<Pair> {
    let first = metres(text, start)?;
    let next = between(text, first.end)?;
    let (letter, next) = letter_before_value(text, next);
    let second = metres(text, next)?;
    let (lead, before) = letter_before(text, start, &[('N', Axis::North), ('X', Axis::North), ('E', Axis::East), ('Y', Axis::East)]);
    let north = |v: &Value| (6_100_000..7_700_000).contains(&v.size);
    let east = |v: &Value| matches!(v.size, 50_000..=250_000 | 260_000..=920_000 | 1_200_000..=1_900_000);
    let axis = if north(&first) && east(&second) {
        Axis::North
    } else if east(&first) && north(&second) {
        Axis::East
    } else {
        return None;
    };
    let marked = (before.is_some() || first.axis.is_some()) && (letter.is_some() || second.axis.is_some());
    let glued = text[..lead].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '_'));
    (!glued && !goes_on(text, second.end)).then_some(Pair {
        start: lead,
        end: second.end,
        sort: if marked { Sort::Marked } else { Sort::Bare },
        decimals: 0,
        first: axis,
    })
}

/// Digits with decimals, and the signs of degrees, minutes and seconds after them.
fn degrees(text: &str, start: usize) -> Option<Value> {
    let (mut end, size, mut decimals) = decimal(text, start, 3)?;
    let mut degree = false;
    if let Some(next) = sign(text, end, &["°", "º", " °", "˚"]) {
        (end, degree) = (next, true);
        if decimals == 0 {
            for signs in [&["'", "′", "’", "´", " '", "`"][..], &["\"", "″", "”", "''", "′′", "’’", "´´", " \""]] {
                let from = skip_blanks(text, end);
                let Some((stop, value, more)) = decimal(text, from, 2).filter(|v| v.1 < 60) else { break };
                let Some(next) = sign(text, stop, signs) else {
                    // The sign of minutes is often left out where decimals follow.
                    if more > 0 {
                        (end, decimals) = (stop, more);
                    }
                    break;
                };
                let _ = value;
                (end, decimals) = (next, more);
            }
        }
    }
    let (end, axis) = letter_after(text, end);
    Some(Value { start, end, size, decimals, degree, axis })
}

/// `6404512.4`, `6 404 512`, with `m` or a letter after it.
fn metres(text: &str, start: usize) -> Option<Value> {
    let bytes = text.as_bytes();
    let mut digits = 0;
    let mut size = 0_u64;
    let mut end = start;
    loop {
        let run = bytes[end..].iter().take(8).take_while(|b| b.is_ascii_digit()).count();
        if run == 0 || digits > 0 && run != 3 {
            break;
        }
        for b in &bytes[end..end + run] {
            size = size * 10 + u64::from(b - b'0');
        }
        digits += run;
        end += run;
        let blank = text[end..].chars().next().filter(|&c| is_blank(c)).map_or(0, char::len_utf8);
        let grouped = run <= 3 && digits < 7 && blank > 0 && bytes[end + blank..].iter().take(4).take_while(|b| b.is_ascii_digit()).count() == 3;
        if !grouped {
            break;
        }
        end += blank;
    }
    if !(5..=7).contains(&digits) {
        return None;
    }
    if matches!(bytes.get(end), Some(b'.' | b',')) {
        let more = bytes[end + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        if (1..=3).contains(&more) {
            end += 1 + more;
        }
    }
    if text[end..].starts_with(" m ") || text[end..].starts_with(" m,") {
        end += 2;
    }
    let (end, axis) = letter_after(text, end);
    Some(Value { start, end, size, decimals: 0, degree: false, axis })
}

/// A number of at most `most` whole digits: one past its end, its whole part, how many decimals.
fn decimal(text: &str, start: usize, most: usize) -> Option<(usize, u64, usize)> {
    let bytes = text.as_bytes();
    let run = |at: usize| bytes.get(at..).map_or(0, |rest| rest.iter().take(16).take_while(|b| b.is_ascii_digit()).count());
    let whole = run(start);
    if whole == 0 || whole > most {
        return None;
    }
    let size = text[start..start + whole].parse().ok()?;
    let end = start + whole;
    let more = if matches!(bytes.get(end), Some(b'.' | b',')) { run(end + 1) } else { 0 };
    Some(if more > 0 { (end + 1 + more, size, more) } else { (end, size, 0) })
}

fn sign(text: &str, at: usize, signs: &[&str]) -> Option<usize> {
    signs.iter().find(|sign| text[at..].starts_with(**sign)).map(|sign| at + sign.len())
}

fn skip_blanks(text: &str, at: usize) -> usize {
    at + text[at..].chars().take(2).take_while(|&c| is_blank(c)).map(char::len_utf8).sum::<usize>()
}

/// What stands between the two values: `, `, `; `, `/`, ` och `, a blank; words such as `longitud` as well.
fn between(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..text.floor_char_boundary((at + 24).min(text.len()))];
    let core = rest.trim_start_matches(|c: char| is_blank(c) || matches!(c, ',' | ';' | '/' | '|' | '\t' | '&'));
    let mut next = at + rest.len() - core.len();
    for word in ["och ", "longitud", "mlon", "long", "lon", "lng", "latitud", "lat"] {
        if let Some(more) = core.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word)) {
            next += more.len();
            break;
        }
    }
    next += text[next..].chars().take(3).take_while(|&c| is_blank(c) || matches!(c, '.' | ':' | '=' | ',')).map(char::len_utf8).sum::<usize>();
    (next > at).then_some(next).or_else(|| text[at..].starts_with(['E', 'Ö', 'Y']).then_some(at))
}

/// A letter of direction at `at`, and where the value after it starts.
fn letter_before_value(text: &str, at: usize) -> (Option<Axis>, usize) {
    let Some((letter, axis)) = text[at..].chars().next().and_then(|c| Some((c, axis_of(c)?))) else { return (None, at) };
    let next = at + letter.len_utf8();
    let next = next + text[next..].chars().take(2).take_while(|&c| is_blank(c) || matches!(c, ':' | '=')).map(char::len_utf8).sum::<usize>();
    (Some(axis), next)
}

/// A letter of direction before the value at `at`: where the pair then starts.
fn letter_before(text: &str, at: usize, letters: &[(char, Axis)]) -> (usize, Option<Axis>) {
    let head = text[..at].trim_end_matches(|c| is_blank(c) || matches!(c, ':' | '='));
    if at - head.len() > 3 {
        return (at, None);
    }
    let mut chars = head.chars().rev();
    let found = chars.next().and_then(|c| letters.iter().find(|(letter, _)| *letter == c));
    match found {
        Some((letter, axis)) if !chars.next().is_some_and(char::is_alphanumeric) => (head.len() - letter.len_utf8(), Some(*axis)),
        _ => (at, None),
    }
}

/// A letter of direction after a value, one blank between at most.
fn letter_after(text: &str, at: usize) -> (usize, Option<Axis>) {
    let next = at + text[at..].chars().next().filter(|&c| is_blank(c)).map_or(0, char::len_utf8);
    let mut chars = text[next..].chars();
    match chars.next().and_then(|c| Some((c, axis_of(c)?))) {
        Some((c, axis)) if ends_letter(text, next + c.len_utf8()) => (next + c.len_utf8(), Some(axis)),
        _ => (at, None),
    }
}

/// `57 N` ends with its letter, `57° E 14` does not: there the letter belongs to the next value.
fn ends_letter(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(is_blank);
    let glued = text[at..].starts_with(char::is_alphanumeric);
    let leads = rest.len() < text[at..].len() && rest.starts_with(|c: char| c.is_ascii_digit()) && text[..at].ends_with(['E', 'Ö', 'Y']);
    !glued && !leads
}

const fn axis_of(letter: char) -> Option<Axis> {
    match letter {
        'N' | 'X' => Some(Axis::North),
        'E' | 'Ö' | 'O' | 'Y' => Some(Axis::East),
        _ => None,
    }
}

/// Whether the number does not end at `at`.
fn goes_on(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    match rest.next() {
        Some(c) if c.is_alphanumeric() || matches!(c, '%' | '_') => c != 'z',
        Some('.' | ',' | '-') => rest.next().is_some_and(|c| c.is_ascii_digit()) && !text[at..].starts_with(','),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_in_every_form() {
        for (text, found) in [
            ("vid 57.78260, 14.16180.", "57.78260, 14.16180"),
            ("59,33258; 18,06490 i", "59,33258; 18,06490"),
            ("N 58° 41.220', E 13° 22.640'!", "N 58° 41.220', E 13° 22.640'"),
            ("på 57°46'57\"N 14°09'43\"E,", "57°46'57\"N 14°09'43\"E"),
            ("57,7712° N, 14,0583° Ö\n", "57,7712° N, 14,0583° Ö"),
            ("N 58.8731, E 15.0022.", "N 58.8731, E 15.0022"),
            ("62.39080°N 17.30690°E och", "62.39080°N 17.30690°E"),
            ("57.78, 34.16", ""),
            ("57.7826.14 och 14.1618", ""),
            ("57 N", ""),
        ] {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
            assert_eq!(pair(text, at).map_or("", |p| &text[p.start..p.end]), found, "{text}");
        }
    }

    #[test]
    fn grids_are_read_in_either_order() {
        for (text, found) in [
            ("N 6404500, E 448200", "N 6404500, E 448200"),
            ("6404512.4, 448233.7", "6404512.4, 448233.7"),
            ("X 6407210, Y 1403155", "X 6407210, Y 1403155"),
            ("E: 448 200 N: 6 404 500", "E: 448 200 N: 6 404 500"),
            ("6404500, 48200", ""),
        ] {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
            assert_eq!(grid(text, at).map_or("", |p| &text[p.start..p.end]), found, "{text}");
        }
    }
}

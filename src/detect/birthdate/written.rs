//! Dates as people write them, in figures and with the month's name.

use super::super::date::{is_birth_date, is_date, month_of};
use super::super::number::{is_blank, is_dash, Joint, Number};
use crate::text::word_before;

/// A date that starts at, or ends with, a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// First byte, with the `den` before a month's name.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it has a year.
    pub year: bool,
    /// Whether it is six figures without a sign, as many other numbers are.
    pub bare: bool,
}

/// The date at a number, if it is one that exists.
pub(super) fn read(number: &Number<'_>) -> Option<Written> {
    figures(number).or_else(|| day_and_month(number)).or_else(|| month_first(number)).or_else(|| ordinal(number))
}

/// The years somebody who is written about may be born in.
const fn is_year(year: u16) -> bool {
    year >= 1840 && year < 2040
}

/// `1980-01-02`, `19800102`, `800102`, `80-01-02`, `2/1 1980`, `2.1.1980`, `2/1-80`, `1980 2/1`, `2/1`.
fn figures(number: &Number<'_>) -> Option<Written> {
    let form = number.form();
    let value = |i: usize| number.group(i).parse::<u16>().unwrap_or(0);
    let small = |i: usize| u8::try_from(value(i)).unwrap_or(0);
    let (one, two) = (number.joint(1), number.joint(2));
    let to = |groups: usize, year: bool| {
        Some(Written { start: number.start(), end: number.groups[groups - 1].end, year, bare: groups == 1 && number.len(0) == 6 })
    };
    match *form.as_slice() {
        [6 | 8, ..] if form.len() == 1 || one == Joint::Space => is_birth_date(&number.digits(0..1)).then(|| to(1, true))?,
        [4, 2, 2, ..] if one == two && matches!(one, Joint::Hyphen | Joint::Slash | Joint::Dot | Joint::Space) => {
            (is_year(value(0)) && is_date(value(0), small(1), small(2))).then(|| to(3, true))?
        }
        [4, 1 | 2, 1 | 2, ..] if one == Joint::Space && two == Joint::Slash => {
            (is_year(value(0)) && is_date(value(0), small(2), small(1))).then(|| to(3, true))?
        }
        [2, 2, 2, ..] if one == Joint::Hyphen && two == Joint::Hyphen => is_birth_date(&number.digits(0..3)).then(|| to(3, true))?,
        [1 | 2, 1 | 2, ..] if matches!(one, Joint::Slash | Joint::Dot | Joint::Hyphen) => {
            let full = number.len(2) == 4 && (two == one || two == Joint::Space || two == Joint::Hyphen) && is_year(value(2));
            let dashed = one == Joint::Slash && matches!(two, Joint::Hyphen | Joint::SpacedHyphen);
            let short = number.len(2) == 2 && (dashed || two == one && one != Joint::Hyphen);
            let year = if full { value(2) } else { 2000 };
            is_date(year, small(1), small(0)).then_some(())?;
            match () {
                () if full || short => to(3, true),
                () if one == Joint::Slash && two != Joint::Slash => to(2, false),
                () => None,
            }
        }
        _ => None,
    }
}

/// `2 januari 1980`, `den 2:a jan. -80`, `2 januari`; an older order of words has the year first.
fn day_and_month(number: &Number<'_>) -> Option<Written> {
    let text = number.text;
    let first = number.groups[0];
    if first.len() > 2 {
        return None;
    }
    let rest = text.get(first.end..)?;
    let sign = [":a", ":e", "st", "nd", "rd", "th", "."].into_iter().find(|s| rest.starts_with(s)).map_or(0, str::len);
    let name = rest[sign..].trim_start_matches(is_blank);
    let name = name.strip_prefix("of ").unwrap_or(name);
    if name.len() == rest.len() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let len = name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len());
    let month = month_of(&name[..len])?;
    let day = number.group(0).parse().ok()?;
    is_date(2000, month, day).then_some(())?;
    let end = text.len() - name.len() + len;
    let mut start = with_article(text, first.start);
    let year = year_after(text, end);
    if year.is_none()
        && let Some(at) = year_before(text, start)
    {
        start = at;
        return Some(Written { start, end, year: true, bare: false });
    }
    Some(Written { start, end: year.unwrap_or(end), year: year.is_some(), bare: false })
}

/// `May 12, 1990`, `May 12th 1990`.
fn month_first(number: &Number<'_>) -> Option<Written> {
    let text = number.text;
    let first = number.groups[0];
    if first.len() > 2 || number.char_before() != Some(' ') {
        return None;
    }
    let rest = text.get(first.end..)?;
    let sign = ["st", "nd", "rd", "th"].into_iter().find(|s| rest.starts_with(s)).map_or(0, str::len);
    let end = year_after(text, first.end + sign)?;
    let word = word_before(text, first.start).filter(|w| w.text.starts_with(char::is_uppercase))?;
    let month = month_of(word.text)?;
    let day = number.group(0).parse().ok()?;
    is_date(2000, month, day).then_some(Written { start: word.start, end, year: true, bare: false })
}

/// `tolfte maj 1948`: the day in letters, so that the year is the number.
fn ordinal(number: &Number<'_>) -> Option<Written> {
    const DAYS: [&str; 31] = [
        "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte", "trettonde",
        "fjortonde", "femtonde", "sextonde", "sjuttonde", "artonde", "nittonde", "tjugonde", "tjugoförsta", "tjugoandra", "tjugotredje",
        "tjugofjärde", "tjugofemte", "tjugosjätte", "tjugosjunde", "tjugoåttonde", "tjugonionde", "trettionde", "trettioförsta",
    ];
    if number.len(0) != 4 || number.char_before() != Some(' ') {
        return None;
    }
    let year = number.group(0).parse().ok().filter(|y| is_year(*y))?;
    let month_word = word_before(number.text, number.start())?;
    let month = month_of(month_word.text)?;
    let day_word = word_before(number.text, month_word.start)?;
    let low = day_word.text.to_lowercase();
    let day = 1 + DAYS.iter().position(|d| *d == low)? as u8;
    let start = with_article(number.text, day_word.start);
    is_date(year, month, day).then_some(Written { start, end: number.groups[0].end, year: true, bare: false })
}

/// Where the date starts if `den` stands before it.
fn with_article(text: &str, start: usize) -> usize {
    let head = text[..start].trim_end_matches(is_blank);
    match head.len().checked_sub(3).and_then(|at| head.get(at..)) {
        Some("den" | "Den") if head.len() < start && !head[..head.len() - 3].ends_with(char::is_alphanumeric) => head.len() - 3,
        _ => start,
    }
}

/// One past the year that follows a month: ` 1980`, `, 1980`, ` -80`.
fn year_after(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let blank = rest.trim_start_matches(is_blank);
    if blank.len() == rest.len() {
        return None;
    }
    let dashed = blank.trim_start_matches(|c| is_dash(c) || matches!(c, '\'' | '’'));
    let figures = dashed.strip_prefix("år ").unwrap_or(dashed);
    let digits = figures.bytes().take_while(u8::is_ascii_digit).count();
    let end = text.len() - figures.len() + digits;
    let full = digits == 4 && figures.get(..4)?.parse().is_ok_and(is_year);
    let short = digits == 2 && dashed.len() + 1 == blank.len() || digits == 2 && dashed.len() < blank.len() && blank.starts_with('’');
    (full || short).then_some(end)
}

/// The first byte of a year right before a date: `1879 den 17 november`, `1879, 17 november`.
fn year_before(text: &str, start: usize) -> Option<usize> {
    let head = text[..start].trim_end_matches(is_blank);
    let head = head.strip_suffix(',').unwrap_or(head);
    let at = head.len().checked_sub(4)?;
    let year = head.get(at..)?;
    let free = !head[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '–' | '.'));
    (free && year.bytes().all(|b| b.is_ascii_digit()) && year.parse().is_ok_and(is_year)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::super::super::number::Cluster;
    use super::*;

    /// The longest date found at a number of `text`, and whether it has a year.
    fn date(text: &str) -> Option<(&str, bool)> {
        let starts = text.char_indices().filter(|(at, c)| c.is_ascii_digit() && !text[..*at].ends_with(|b: char| b.is_ascii_digit()));
        let dates = starts.filter_map(|(at, _)| read(&Cluster::parse(text, at).number(0)));
        dates.map(|w| (&text[w.start..w.end], w.year)).max_by_key(|(date, _)| date.len())
    }

    #[test]
    fn dates_are_read_in_every_written_form() {
        for text in [
            "1980-01-02", "19800102", "800102", "80-01-02", "1980.01.02", "1980/01/02", "1980 01 02", "2/1 1980", "2/1-1980", "2/1-80",
            "2/1 -80", "2.1.1980", "02.01.80", "12/05/1990", "1980 2/1", "2 januari 1980", "den 2 januari 1980", "2:a jan. 1980", "2 jan -80",
            "2 jan ’80", "12th May 1990", "May 12, 1990", "May 12th 1990", "12 May, 1990", "1879 den 17 november", "Tolfte maj 1948",
        ] {
            assert_eq!(date(text), Some((text, true)), "{text}");
        }
        for text in ["2/1", "2 januari", "den 2 mars", "31 dec"] {
            assert_eq!(date(text), Some((text, false)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in ["31/2", "30 februari", "2 januarier", "1980-13-01", "45 maj", "12", "2 mat", "1.2", "3-4", "800231"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(date("2 maj kl. 10"), Some(("2 maj", false)));
        assert_eq!(date("2/1 12.30"), Some(("2/1", false)));
    }
}

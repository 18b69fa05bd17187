//! The Swedish numbering plan and the world's country codes, as tables made while building.

/// What a series of numbers is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Not in use.
    None,
    /// Subscribers in one area.
    Area,
    /// Mobile and personal numbers.
    Mobile,
    /// Organisations: switchboards, free, shared-cost and premium-rate numbers.
    Organisation,
    /// Machines and pagers.
    Machine,
}

/// A series: its code and how long its numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Series {
    /// Digits in the code, the first 0 counted.
    pub code: u8,
    /// Fewest digits after the code.
    pub min: u8,
    /// Most digits after the code.
    pub max: u8,
    /// What it is used for.
    pub used: Use,
}

const NO_SERIES: Series = Series { code: 0, min: 0, max: 0, used: Use::None };

/// By the three digits after the first 0.
static PLAN: [Series; 1000] = plan(include_bytes!("../../../rules/lexicons/riktnummer.tsv"));
/// By the first three digits: length of the country code and most digits after it.
static COUNTRIES: [(u8, u8); 1000] = countries(include_bytes!("../../../rules/lexicons/landsnummer.tsv"));

/// The series of a number by its first four digits, of which the first is 0.
pub(super) fn series(digits: &[u8]) -> Option<Series> {
    let &[0, a, b, c, ..] = digits else { return None };
    let found = PLAN[index(a, b, c)];
    (found.used != Use::None).then_some(found)
}

/// Length of the country code that `digits` start with, and the most digits after it (ITU-T E.164).
pub(super) fn country(digits: &[u8]) -> Option<(usize, usize)> {
    let &[a, b, c, ..] = digits else { return None };
    let (code, most) = COUNTRIES[index(a, b, c)];
    (code > 0).then_some((code.into(), most.into()))
}

fn index(a: u8, b: u8, c: u8) -> usize {
    (usize::from(a) * 100 + usize::from(b) * 10 + usize::from(c)) % 1000
}

/// The columns of `riktnummer.tsv`: code, fewest, most, use, place.
const fn plan(table: &[u8]) -> [Series; 1000] {
    let mut plan = [NO_SERIES; 1000];
    let mut at = 0;
    while at < table.len() {
        if table[at] == b'0' {
            let (prefix, code) = digits(table, at + 1);
            let (min, min_len) = digits(table, at + 2 + code);
            let (max, max_len) = digits(table, at + 3 + code + min_len);
            let used = match table[at + 4 + code + min_len + max_len] {
                b'a' => Use::Area,
                b'o' => Use::Organisation,
                b'm' if table[at + 5 + code + min_len + max_len] == b'o' => Use::Mobile,
                _ => Use::Machine,
            };
            let series = Series { code: 1 + code as u8, min: min as u8, max: max as u8, used };
            let (mut i, end) = three(prefix, code);
            while i < end {
                plan[i] = series;
                i += 1;
            }
        }
        at = next_line(table, at);
    }
    plan
}

/// The columns of `landsnummer.tsv`: code, most.
const fn countries(table: &[u8]) -> [(u8, u8); 1000] {
    let mut countries = [(0, 0); 1000];
    let mut at = 0;
    while at < table.len() {
        if table[at].is_ascii_digit() {
            let (prefix, code) = digits(table, at);
            let (most, _) = digits(table, at + code + 1);
            let (mut i, end) = three(prefix, code);
            while i < end {
                countries[i] = (code as u8, most as u8);
                i += 1;
            }
        }
        at = next_line(table, at);
    }
    countries
}

/// The numbers of three digits that start with `prefix`, which has `len` digits.
const fn three(prefix: usize, len: usize) -> (usize, usize) {
    let step = match len {
        1 => 100,
        2 => 10,
        _ => 1,
    };
    (prefix * step, (prefix + 1) * step)
}

/// The number at byte `at`, and how many digits it has.
const fn digits(table: &[u8], at: usize) -> (usize, usize) {
    let (mut value, mut len) = (0, 0);
    while at + len < table.len() && table[at + len].is_ascii_digit() {
        value = value * 10 + (table[at + len] - b'0') as usize;
        len += 1;
    }
    (value, len)
}

const fn next_line(table: &[u8], mut at: usize) -> usize {
    while at < table.len() && table[at] != b'\n' {
        at += 1;
    }
    at + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_one_to_three_digits_after_the_zero() {
        let of = |d: &[u8]| series(d).map(|s| (s.code, s.min, s.max, s.used));
        assert_eq!(of(&[0, 8, 4, 6]), Some((2, 6, 8, Use::Area)));
        assert_eq!(of(&[0, 3, 1, 3]), Some((3, 5, 7, Use::Area)));
        assert_eq!(of(&[0, 9, 8, 0]), Some((4, 5, 6, Use::Area)));
        assert_eq!(of(&[0, 7, 0, 1]), Some((3, 7, 7, Use::Mobile)));
        assert_eq!(of(&[0, 7, 7, 1]), Some((3, 7, 7, Use::Organisation)));
        assert_eq!(of(&[0, 7, 8, 1]), None);
        assert_eq!(of(&[0, 0, 4, 6]), None);
    }

    #[test]
    fn country_codes_are_those_of_e164() {
        assert_eq!(country(&[4, 6, 7]), Some((2, 9)));
        assert_eq!(country(&[3, 5, 8]), Some((3, 10)));
        assert_eq!(country(&[1, 2, 0]), Some((1, 10)));
        assert_eq!(country(&[2, 1, 0]), None);
    }
}

//! Swedish place names: post towns, localities and municipalities, looked up without parsing anything at start.

use super::number::is_blank;

/// Lower-case names in the order of their bytes, one a line. Made by `examples/build-tables.rs`.
static TOWNS: &str = include_str!("../../rules/lexicons/places.txt");
static MUNICIPALITIES: &str = include_str!("../../rules/lexicons/municipalities.txt");

/// Longest name worth looking up, in bytes.
const LONGEST: usize = 40;

/// Whether `name` is a post town or locality, in any case.
#[must_use]
pub fn is_town(name: &str) -> bool {
    name.len() <= LONGEST && has_line(TOWNS, &name.to_lowercase())
}

/// Whether `name` is a municipality, in any case.
#[must_use]
pub fn is_municipality(name: &str) -> bool {
    name.len() <= LONGEST && has_line(MUNICIPALITIES, &name.to_lowercase())
}

/// One past the end of the longest town name (at most three words) that starts at byte `at` of `text`, in any case.
#[must_use]
pub fn town_at(text: &str, at: usize) -> Option<usize> {
    let mut found = None;
    let mut end = at;
    for _ in 0..3 {
        let rest = text.get(end..)?;
        let len = rest.find(|c: char| !is_name_char(c)).unwrap_or(rest.len());
        if len == 0 || end + len - at > LONGEST {
            break;
        }
        end += len;
        if is_town(&text[at..end]) {
            found = Some(end);
        }
        let Some(blank) = text[end..].chars().next().filter(|&c| is_blank(c)) else { break };
        end += blank.len_utf8();
    }
    found
}

/// Whether `c` can be inside a word of a name: a letter, or a hyphen between letters.
pub(crate) fn is_name_char(c: char) -> bool {
    c.is_alphabetic() || c == '-'
}

/// Whether sorted `lines` have `line`.
fn has_line(lines: &str, line: &str) -> bool {
    let bytes = lines.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |p| low + p + 1);
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |p| start + p);
        match bytes[start..end].cmp(line.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_between() {
        for table in [TOWNS, MUNICIPALITIES] {
            assert!(table.lines().is_sorted());
            assert!(table.lines().all(|line| has_line(table, line)));
            assert!(!has_line(table, "") && !has_line(table, "aaa") && !has_line(table, "örebroare"));
        }
        assert!(is_town("ÖREBRO") && is_municipality("Upplands Väsby"));
    }

    #[test]
    fn the_longest_name_wins() {
        let text = "i Upplands Väsby nu";
        assert_eq!(town_at(text, 2), Some(17));
        assert_eq!(town_at("Lund", 0), Some(4));
        assert_eq!(town_at("Hej", 0), None);
    }
}

//! The tax agency's published test numbers: the one safe list (birth number 980–999 tells nothing in either direction).

/// Sorted little-endian `u32`, one a number; see [`key`]. Made by `examples/build-tables.rs`.
static TABLE: &[u8] = include_bytes!("../../rules/lexicons/testnumbers.bin");

/// Whether `digits`, ten or twelve with a right check digit, are on the list; ten match in any century.
#[must_use]
pub fn is_test_number(digits: &[u8]) -> bool {
    match digits.len() {
        12 => is_listed(key(digits)),
        10 => [[1, 8], [1, 9], [2, 0]].iter().any(|century| {
            let mut twelve = [0; 12];
            twelve[..2].copy_from_slice(century);
            twelve[2..].copy_from_slice(digits);
            is_listed(key(&twelve))
        }),
        _ => false,
    }
}

/// A number for twelve digits without their check digit, below 2³²: years from 1800, month 0–12, day 0–91, birth number.
#[must_use]
pub fn key(digits: &[u8]) -> u32 {
    let number = |range: std::ops::Range<usize>| digits[range].iter().fold(0, |n, &d| n * 10 + u32::from(d));
    ((number(0..4).saturating_sub(1800) * 13 + number(4..6)) * 92 + number(6..8)) * 1000 + number(8..11)
}

fn is_listed(key: u32) -> bool {
    let (rows, _) = TABLE.as_chunks::<4>();
    rows.binary_search_by_key(&key, |row| u32::from_le_bytes(*row)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_its_numbers_and_their_neighbours_not() {
        let digits = |text: &str| text.bytes().map(|b| b - b'0').collect::<Vec<_>>();
        assert!(is_test_number(&digits("198001022386")));
        assert!(is_test_number(&digits("8001022386")));
        assert!(is_test_number(&digits("191500722390")));
        assert!(!is_test_number(&digits("198001022400")));
        assert_eq!(TABLE.len(), 43_391 * 4);
    }
}

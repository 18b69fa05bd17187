//! Words written letter by letter: `A n n a  L i n d`, `A.n.n.a`, `A-n-n-a`. What the eye joins is joined.
//!
//! Only letters one by one with the same sign between them count, four at least, or three and digits after them; digits alone are left to the detectors of
//! numbers, who know what they may be.

use std::ops::Range;

/// What may stand between the letters of one word.
const fn is_gap(b: u8) -> bool {
    matches!(b, b' ' | b'.' | b'-' | b'_' | b'*' | b'|' | b'/')
}

/// Least letters of a word, or of all words of a row, that is joined.
const LEAST_LETTERS: usize = 4;

/// Most signs that are joined at a time: a row goes on after them as another.
const MOST_SIGNS: usize = 80;

/// Bytes that [`may_start`] reads.
const BLOCK: usize = 70;

/// Whether two single letters after a third, with equal signs between them all, start in the first 64 of these bytes: far
/// cheaper than to look for rows.
#[inline]
fn may_start(block: &[u8; BLOCK]) -> bool {
    let letter = |b: u8| (b | 0x20).wrapping_sub(b'a') < 26;
    // The signs between are no letters and no digits; all but `_` and `|` stand before these.
    let other = |b: u8| (b < b'0') | (b == b'_') | (b == b'|');
    let mut found = false;
    for i in 0..64 {
        found |= (block[i + 1] == block[i + 3])
            & (block[i + 3] == block[i + 5])
            & other(block[i + 1])
            & letter(block[i])
            & letter(block[i + 2])
            & letter(block[i + 4]);
    }
    found
}

/// Whether letters may stand one by one in the 64 bytes from `at` on.
#[inline]
pub(super) fn may_start_in(bytes: &[u8], at: usize) -> bool {
    bytes[at..].first_chunk().map_or_else(
        || {
            let mut last = [0; BLOCK];
            let rest = &bytes[at..];
            last[..rest.len()].copy_from_slice(rest);
            may_start(&last)
        },
        may_start,
    )
}

/// Whether a row of single letters starts at byte `i`.
pub(super) fn starts(bytes: &[u8], i: usize) -> bool {
    let len = if bytes[i] < 0x80 { 1 } else { 2 };
    // Most letters are turned away here: another one stands beside them.
    let is_single = bytes.get(i + len).is_some_and(|b| !b.is_ascii_alphanumeric() && *b < 0x80)
        && i.checked_sub(1).is_none_or(|p| !bytes[p].is_ascii_alphanumeric() && bytes[p] < 0x80);
    // A row is no longer than this; a character may be cut at its end.
    let from = i - usize::from(i > 0);
    let most = bytes.len().min(i + 400);
    is_single && goes_on(&bytes[i + len..]) && row(valid_start(&bytes[from..most]), i - from, |_, _, _| {}).is_some()
}

/// The text that `bytes` start with.
fn valid_start(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// Whether what follows a single letter may be a row: a sign, one character, the same sign and another character.
fn goes_on(rest: &[u8]) -> bool {
    let Some((&gap, rest)) = rest.split_first() else { return false };
    let len = if rest.first().is_some_and(|b| *b >= 0xC0) { 2 } else { 1 };
    is_gap(gap) && rest.get(len) == Some(&gap) && rest.get(len + 1).is_some_and(|b| *b > b' ')
}

/// The row of single letters that starts at byte `at`: each sign, and what stands in place of the gap after it.
pub(super) fn row(text: &str, at: usize, mut each: impl FnMut(Range<usize>, &'static str, Range<usize>)) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = text[at..].chars().next().filter(|c| c.is_alphanumeric())?;
    let gap = *bytes.get(at + first.len_utf8()).filter(|b| is_gap(**b))?;
    if text[..at].ends_with(|c: char| c.is_alphanumeric() || u32::from(c) == u32::from(gap) && gap != b' ') {
        return None;
    }
    let fits = |c: char| c.is_alphanumeric() || gap == b' ' && !c.is_whitespace() && !c.is_control();
    let mut signs: Vec<(Range<usize>, char, usize)> = Vec::new();
    let mut next = at;
    while signs.len() < MOST_SIGNS {
        let Some(c) = text[next..].chars().next().filter(|c| fits(*c)) else { break };
        let end = next + c.len_utf8();
        let blanks = bytes[end..].iter().take(5).take_while(|b| **b == b' ').count();
        // The gap of the row, or the blanks between two of its words.
        let width = match bytes.get(end) {
            Some(&b) if b == gap && gap != b' ' => 1,
            Some(b' ') if blanks <= 4 => blanks,
            _ => 0,
        };
        let goes_on = text[end..].chars().next().is_some_and(char::is_alphanumeric);
        if goes_on {
            break;
        }
        signs.push((next..end, c, width));
        next = end + width;
        if width == 0 {
            break;
        }
        // Where only blanks part single letters, a second word must be set apart like the first.
        if gap != b' ' && bytes[end] == b' ' && !second_fits(text, next, gap) {
            break;
        }
    }
    // `… L i n d i dag`: the word after the row's last.
    if gap == b' ' && bytes.get(next).is_some_and(|b| b.is_ascii_alphabetic()) {
        signs.pop_if(|(_, c, _)| matches!(c, 'i' | 'å'));
    }
    // A row's last sign is no end of a sentence, and nothing comes after it.
    while signs.last().is_some_and(|(_, c, _)| !c.is_alphanumeric()) {
        signs.pop();
    }
    let letters = signs.iter().filter(|(_, c, _)| c.is_alphabetic()).count();
    let beside = signs.windows(3).any(|three| three.iter().all(|(_, c, _)| c.is_alphabetic()));
    if letters < LEAST_LETTERS && (letters < 3 || signs.len() < 6) || !beside {
        return None;
    }
    let (mut word, mut end) = (0, at);
    for (i, (range, c, width)) in signs.iter().enumerate() {
        word = if c.is_alphabetic() { word + 1 } else { 0 };
        end = range.end;
        let Some((following, next, _)) = signs.get(i + 1) else {
            each(range.clone(), "", range.end..range.end);
            break;
        };
        let is_break = *width > 1
            || gap != b' ' && text.as_bytes()[range.end] == b' '
            || c.is_lowercase() && next.is_uppercase()
            || word > 2 && next.is_ascii_digit();
        let between = if is_break { " " } else { "" };
        each(range.clone(), between, range.end..following.start);
        if is_break {
            word = 0;
        }
    }
    Some(end)
}

/// Whether a single letter with the row's sign after it stands at byte `at`.
fn second_fits(text: &str, at: usize, gap: u8) -> bool {
    let mut chars = text[at..].chars();
    chars.next().is_some_and(char::is_alphanumeric) && chars.next().is_some_and(|c| u32::from(c) == u32::from(gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Option<String> {
        let mut out = String::new();
        let end = row(text, 0, |sign, between, _| {
            out.push_str(&text[sign]);
            out.push_str(between);
        })?;
        out.push_str(&text[end..]);
        Some(out)
    }

    #[test]
    fn rows_of_letters_are_words() {
        for (text, words) in [
            ("A n n a  L i n d", "Anna Lind"),
            ("A n n a   L i n d i dag", "Anna Lind i dag"),
            ("A n n a L i n d och", "Anna Lind och"),
            ("Å s a  Ö s t l i n g", "Åsa Östling"),
            ("A.n.n.a L.i.n.d. Sen", "Anna Lind. Sen"),
            ("A-n-n-a L-i-n-d", "Anna Lind"),
            ("A_n_n_a", "Anna"),
            ("L O P P I S på torget", "LOPPIS på torget"),
            ("K F T 6 1 2 X", "KFT 612X"),
            ("a . e k @ e x a m p l e . s e nu", "a.ek@example.se nu"),
        ] {
            assert_eq!(joined(text).as_deref(), Some(words), "{text}");
        }
        for text in ["1 2 3 4 5 6", "i e n dag", "a b c", "e.g. x", "J. R. R. T.", "x / y / z / w", "A | B | C | D", "A, B, C, D"] {
            assert_eq!(joined(text), None, "{text}");
        }
    }
}

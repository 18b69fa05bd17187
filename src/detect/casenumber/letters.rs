//! The letters in front of a case number: a committee's, an authority's, a court's.

use super::super::number::Number;

/// Letters right before a number.
#[derive(Clone, Copy)]
pub(super) struct Letters<'t> {
    /// First byte.
    pub start: usize,
    /// The last of them, without what joins it: `SLK` of `KS-SLK-2026`.
    pub text: &'t str,
    /// The first of them: `KS` of `KS-SLK-2026`.
    pub first: &'t str,
    /// Whether a blank stands between them and the number.
    pub blank: bool,
    /// Whether all are capitals.
    pub capitals: bool,
}

/// One to six letters right before a number: `KS 2026`, `BUN-2026`, `TN/2021`, `T 1234`, `Ju2026`, `KS-SLK-2026`.
pub(super) fn before<'t>(number: &Number<'t>) -> Option<Letters<'t>> {
    let all = &number.text[..number.start()];
    let head = all.strip_suffix([' ', '\u{a0}', '-', '/', ':', '.']).unwrap_or(all);
    let blank = all[head.len()..].starts_with([' ', '\u{a0}']);
    let text = last_letters(head)?;
    let mut start = head.len() - text.len();
    let (mut free, mut first) = (&head[..start], text);
    // The office's letters after the committee's.
    while let Some(more) = free.strip_suffix(['-', '/']).and_then(last_letters).filter(|more| is_capitals(more)) {
        start -= more.len() + 1;
        (free, first) = (&free[..start], more);
    }
    let taken = free.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/' | '@' | '#' | '='));
    (!taken).then_some(Letters { start, text, first, blank, capitals: is_capitals(text) })
}

/// The one to six letters at the end of `head`, if the first is a capital.
fn last_letters(head: &str) -> Option<&str> {
    let start = head.char_indices().rev().take(7).take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    let text = &head[start..];
    (text.starts_with(char::is_uppercase) && text.chars().count() <= 6).then_some(text)
}

fn is_capitals(text: &str) -> bool {
    text.chars().all(char::is_uppercase)
}

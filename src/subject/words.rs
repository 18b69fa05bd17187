//! The words of a text with what stands between them; names joined by a hyphen or apostrophe are one word.

use super::likeness::{is_joint, plain};
use crate::text::words;

/// What stands between a word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// One blank, or a few.
    Blank,
    /// The end of a line.
    Line,
    /// A full stop, blanks apart: after an initial.
    Dot,
    /// A comma, blanks apart.
    Comma,
    /// `&` or `/`.
    And,
    /// Quotes or brackets around a name in a name.
    Quote,
    /// Anything else.
    Other,
}

/// A word of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'t str,
    pub(super) gap: Gap,
    /// It starts with a capital.
    pub(super) capital: bool,
}

impl Element<'_> {
    /// Its letters, small and without hyphens.
    pub(super) fn plain(&self) -> String {
        plain(self.text)
    }

    /// Whether it may be an initial or two: capitals.
    pub(super) fn is_abbreviated(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).count() <= 2 && self.text.chars().all(|c| c.is_uppercase() || is_joint(c))
    }

    /// Whether it is a name's particle: `von`, `de`.
    pub(super) fn is_particle(&self) -> bool {
        const PARTICLES: [&str; 19] =
            ["von", "af", "av", "de", "van", "der", "den", "da", "dos", "di", "del", "la", "le", "el", "al", "bin", "ibn", "ter", "zu"];
        self.text.len() <= 3 && PARTICLES.contains(&self.plain().as_str())
    }

    /// Whether it joins two names: `och`.
    pub(super) fn is_and(&self) -> bool {
        matches!(self.text, "och" | "o" | "samt" | "and" | "eller" | "resp")
    }
}

/// The words of `text[from..to]`.
pub(super) fn elements(text: &str, from: usize, to: usize) -> Vec<Element<'_>> {
    let part = &text[from..to];
    let mut all: Vec<Element<'_>> = Vec::new();
    for word in words(part) {
        let (start, end) = (from + word.start, from + word.start + word.text.len());
        if let Some(last) = all.last_mut() {
            let between = &text[last.end..start];
            let mut signs = between.chars();
            let joint = signs.next().is_some_and(is_joint) && signs.next().is_none();
            // `Anna's` is a genitive, `Anna-s` nobody's name.
            if joint && !matches!(word.text, "s" | "S") {
                last.end = end;
                last.text = &text[last.start..end];
                continue;
            }
            let gap = gap(between);
            all.push(Element { start, end, text: word.text, gap, capital: is_capital(word.text) });
        } else {
            all.push(Element { start, end, text: word.text, gap: Gap::Other, capital: is_capital(word.text) });
        }
    }
    all
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn gap(between: &str) -> Gap {
    if between.len() > 8 || between.is_empty() {
        return Gap::Other;
    }
    let lines = between.bytes().filter(|b| *b == b'\n').count();
    match (between.trim(), lines) {
        (_, 2..) => Gap::Other,
        ("", 0) => Gap::Blank,
        ("", _) => Gap::Line,
        ("." | ".-", 0) => Gap::Dot,
        (",", _) => Gap::Comma,
        ("&" | "/" | "+", 0) => Gap::And,
        (signs, 0) if signs.chars().all(|c| matches!(c, '"' | '”' | '“' | '„' | '\'' | '’' | '‘' | '(' | ')' | '«' | '»')) => {
            if between.contains(' ') {
                Gap::Quote
            } else {
                Gap::Other
            }
        }
        _ => Gap::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_names_are_one_word_and_gaps_are_told_apart() {
        let text = "Anna-Karin O'Brien, A. Berg\noch Bo & \"Lasse\" Eks. Annas";
        let all = elements(text, 0, text.len());
        let words: Vec<_> = all.iter().map(|e| (e.text, e.gap)).collect();
        use Gap::{And, Blank, Comma, Dot, Line, Other};
        assert_eq!(
            words,
            [
                ("Anna-Karin", Other),
                ("O'Brien", Blank),
                ("A", Comma),
                ("Berg", Dot),
                ("och", Line),
                ("Bo", Blank),
                ("Lasse", Other),
                ("Eks", Gap::Quote),
                ("Annas", Dot),
            ]
        );
        let _ = And;
    }
}

//! Cue words: words near a candidate that speak for or against it.
//!
//! Looked up only around candidates that already have the right shape, by first letters: no automaton is built at start.

mod window;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use window::Side;
use words::Words;

use crate::rulefile;
use crate::text::lead::Lead;

/// Two lists of words and how far from a candidate they count.
#[derive(Debug, Default)]
pub struct Cues {
    pro: Words,
    contra: Words,
    window: usize,
}

/// What the words around a candidate say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The nearest word for it, and how many words away it is (1 is the neighbour).
    pub pro: Option<(&'static str, usize)>,
    /// The nearest word against it.
    pub contra: Option<(&'static str, usize)>,
}

impl Heard {
    /// Whether a word for it stands near, and none against stands nearer.
    #[must_use]
    pub fn speaks_for(self) -> Option<&'static str> {
        let (word, distance) = self.pro?;
        self.contra.is_none_or(|(_, d)| distance <= d).then_some(word)
    }

    /// Whether a word against it stands near, and none for it stands as near.
    #[must_use]
    pub fn speaks_against(self) -> Option<&'static str> {
        let (word, distance) = self.contra?;
        self.pro.is_none_or(|(_, d)| distance < d).then_some(word)
    }
}

impl Cues {
    /// Lists of words; `*` at the end of a word lets it go on, at its start lets it be the end of a
    /// longer one. `window` counts words on either side.
    #[must_use]
    pub fn new(pro: rulefile::Words, contra: rulefile::Words, window: u8) -> Self {
        Self { pro: Words::new(pro), contra: Words::new(contra), window: if window == 0 { 6 } else { window.into() } }
    }

    pub(crate) fn none() -> &'static Self {
        static NONE: LazyLock<Cues> = LazyLock::new(Cues::default);
        &NONE
    }

    /// What the words on either side of `span` (bytes of `text`) say. A blank line ends the look.
    #[must_use]
    pub fn around(&self, text: &str, span: Range<usize>) -> Heard {
        let mut heard = Heard::default();
        self.hear(&mut heard, text, span.start, Side::Before);
        self.hear(&mut heard, text, span.end, Side::After);
        heard
    }

    /// What the words before `at` say.
    #[must_use]
    pub fn before(&self, text: &str, at: usize) -> Heard {
        let mut heard = Heard::default();
        self.hear(&mut heard, text, at, Side::Before);
        heard
    }

    /// What the words from `at` on say.
    #[must_use]
    pub fn after(&self, text: &str, at: usize) -> Heard {
        let mut heard = Heard::default();
        self.hear(&mut heard, text, at, Side::After);
        heard
    }

    /// Whether `text` as a whole is a word of the first list, in any case.
    #[must_use]
    pub fn is_listed(&self, text: &str) -> bool {
        self.pro.at(text).is_some_and(|(_, len)| len == text.len())
    }

    /// Whether some word of the first list stands anywhere in `text`.
    #[must_use]
    pub fn find_in(&self, text: &str) -> Option<&'static str> {
        word_starts(text).find_map(|at| self.pro.at(&text[at..])).map(|(word, _)| word)
    }

    /// Whether a word of the first list stands at byte `at` of `text`, whatever comes before it.
    #[must_use]
    pub fn starts_in(&self, text: &str, at: usize) -> bool {
        text.get(at..).is_some_and(|rest| self.pro.at(rest).is_some())
    }

    fn hear(&self, heard: &mut Heard, text: &str, at: usize, side: Side) {
        window::each(text, at, side, self.window, |rest, distance| {
            let rest = &text[rest];
            let lead = Lead::of(rest);
            for (slot, words) in [(&mut heard.pro, &self.pro), (&mut heard.contra, &self.contra)] {
                if let Some((word, _)) = words.at_lead(rest, lead) {
                    // A cue of several words is as near as its last word.
                    let distance = distance.saturating_sub(word.bytes().filter(|b| *b == b' ').count()).max(1);
                    if slot.is_none_or(|(_, d)| distance < d || distance == d && side == Side::Before) {
                        *slot = Some((word, distance));
                    }
                }
            }
        });
    }
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let was = std::mem::replace(&mut inside, c.is_alphanumeric());
        (inside && !was).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(pro: &[&str], contra: &[&str]) -> Cues {
        Cues::new(pro.iter().collect(), contra.iter().collect(), 4)
    }

    #[test]
    fn the_nearest_word_decides() {
        let cues = cues(&["ring", "tel*", "mål nr"], &["ordernummer", "order*"]);
        let text = "Ordernummer 12, ring gärna 070";
        let heard = cues.around(text, 27..30);
        assert_eq!(heard.speaks_for(), Some("ring"));
        assert_eq!(heard.speaks_against(), None);
        assert_eq!(cues.before("Telefonen: 1", 11).pro, Some(("tel", 1)));
        assert_eq!(cues.before("mål nr 1", 7).pro, Some(("mål nr", 1)));
        assert_eq!(cues.before("spring 1", 7).pro, None);
        assert_eq!(cues.after("1 ring", 1).pro, Some(("ring", 1)));
    }

    #[test]
    fn a_blank_line_and_the_window_end_the_look() {
        let cues = cues(&["ring"], &[]);
        assert_eq!(cues.before("ring\n\n1", 6).pro, None);
        assert_eq!(cues.before("ring a b c d 1", 13).pro, None);
    }

    #[test]
    fn lists_are_exact_or_open() {
        let cues = cues(&["info", "kontakt*"], &[]);
        assert!(cues.is_listed("INFO") && cues.is_listed("kontaktcenter"));
        assert!(!cues.is_listed("informatik"));
    }

    #[test]
    fn a_star_in_front_hears_the_end_of_a_word() {
        let cues = cues(&["*kyrkan"], &[]);
        assert_eq!(cues.before("i Immanuelskyrkan, 1", 19).pro, Some(("kyrkan", 1)));
        assert!(cues.is_listed("Kyrkan") && !cues.is_listed("kyrkans"));
    }
}

//! People's names in Swedish text.

mod brands;
mod clue;
mod decode;
mod element;
mod features;
mod find;
mod gap;
mod genitive;
mod guards;
mod hash;
mod invert;
pub(super) mod lexicon;
mod memory;
mod model;
mod pair;
mod stretches;
mod table;
mod tag;
mod token;

pub use clue::{Clue, Clues, Commonness};

/// How eagerly names are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thoroughness {
    /// More likely a person than not.
    Normal,
    /// Whatever may be a person.
    High,
}

/// One mention of a person. Offsets are bytes into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// First byte.
    pub start: u32,
    /// Byte after the last; a genitive -s is left out.
    pub end: u32,
    /// How much likelier a person than not, in 1/24 of a nat: 24 is 2.7 to one, 100 is 64 to one.
    pub margin: i32,
    /// Why.
    pub evidence: Clues,
    /// More than one word: given name and surname, initials and surname.
    pub full: bool,
}

/// The mentions of people in `text`, in order; they do not overlap.
///
/// `capitals` are the byte offsets where capitalised words begin, rising. Names never cross an empty line.
#[must_use]
pub fn find(text: &str, capitals: &[u32], thoroughness: Thoroughness) -> Vec<Found> {
    find_with(model::Model::embedded(), text, capitals, find::threshold(thoroughness))
}

fn find_with(model: model::Model<'_>, text: &str, capitals: &[u32], least: i32) -> Vec<Found> {
    let mut search = find::Search::new(model);
    if text.len() <= stretches::SHORT {
        search.stretch(text, (0, text.len()), tag::Effort::Full, &[]);
    } else {
        let mut near: Vec<(usize, usize)> = Vec::new();
        stretches::each(text, capitals, |part| match part {
            stretches::Part::Pair(given, surname) => {
                search.found.push(find::pair(&given, &surname));
                near.push((given.at, surname.end));
            }
            stretches::Part::Stretch(from, to) => {
                search.stretch(text, (from, to), tag::Effort::Quick, &near);
                near.retain(|p| p.1 > to);
            }
        });
        search.found.sort_by_key(|c| (c.found.start, c.found.end));
    }
    for c in &mut search.found {
        c.is_thing |= c.found.full && brands::is(&text[c.found.start as usize..c.found.end as usize]);
    }
    memory::settle(&mut search.found);
    let mut out: Vec<Found> = Vec::with_capacity(search.found.len());
    for c in &search.found {
        let wanted = c.found.margin > least;
        match out.last_mut() {
            // A pair may stand in a stretch too: the longer reading stays.
            Some(l) if l.end > c.found.start => {
                let longer = c.found.end - c.found.start > l.end - l.start;
                *l = if wanted && longer { c.found } else { *l };
            }
            _ if wanted => out.push(c.found),
            _ => {}
        }
    }
    out
}

/// The byte offsets of capitalised words, one byte at a time.
#[must_use]
pub fn capitals(text: &str) -> Vec<u32> {
    let mut out = Vec::new();
    let mut inside = false;
    for (i, c) in text.char_indices() {
        let letter = c.is_alphanumeric();
        if letter && !inside && c.is_uppercase() {
            out.push(u32::try_from(i).unwrap_or(u32::MAX));
        }
        inside = letter;
    }
    out
}

/// What the lexicon knows of a word.
pub(super) fn traits_of(text: &str) -> lexicon::Traits {
    lexicon::traits(hash::word(text))
}

/// What the maintainers' commands need; no part of the program's interface.
#[doc(hidden)]
pub mod build {
    pub use super::decode::{allows as allowed, begins};
    pub use super::hash::word;
    pub use super::lexicon::{Class, List, Traits};
    pub use super::model::{Fact, Model, NEVER, PARTS, layout as layout_model};
    pub use super::table::layout;
    pub use super::tag::{Seen, seen};
    /// How many kinds of links there are.
    pub const LINKS: usize = super::element::LINKS;

    /// Counts of stretches, bytes, tokens, elements; `depth` 0 only finds stretches, 1 reads words, 2 finds elements,
    /// 3 tags.
    #[must_use]
    pub fn census(text: &str, capitals: &[u32], depth: u8) -> [usize; 4] {
        let mut n = [0; 4];
        let mut t = super::tag::Tagger::default();
        let model = super::model::Model::embedded();
        super::stretches::each(text, capitals, |part| {
            let super::stretches::Part::Stretch(from, to) = part else { return };
            n[0] += 1;
            n[1] += to - from;
            if depth >= 3 {
                let effort = if depth == 3 { super::tag::Effort::Quick } else { super::tag::Effort::Full };
                t.run(&model, text, from, to, effort, &[]);
            } else if depth > 0 {
                super::token::read(text, from, to, &mut t.tokens);
                if depth > 1 {
                    super::element::find(&t.tokens, &mut t.elements);
                }
            }
            n[2] += t.tokens.len();
            n[3] += t.elements.len();
        });
        n
    }

    /// What the lexicon knows of a word.
    #[must_use]
    pub fn traits_of(text: &str) -> Traits {
        super::lexicon::traits(word(text))
    }

    /// Mentions found with another model than the embedded.
    #[must_use]
    pub fn find_with(model: Model<'_>, text: &str, least: i32) -> Vec<super::Found> {
        super::find_with(model, text, &super::capitals(text), least)
    }

    /// The least margin reported at each thoroughness.
    #[must_use]
    pub const fn threshold(t: super::Thoroughness) -> i32 {
        super::find::threshold(t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        find(text, &capitals(text), Thoroughness::Normal).iter().map(|f| &text[f.start as usize..f.end as usize]).collect()
    }

    #[test]
    fn people_are_found_as_written() {
        for (text, expected) in [
            ("Rektor Anna-Karin Lindqvist säger nej.", vec!["Anna-Karin Lindqvist"]),
            ("hej jag heter fatima och undrar en sak", vec!["fatima"]),
            ("Karin och Olle Nyman tackar.", vec!["Karin", "Olle Nyman"]),
            ("Vi träffade Annas mamma Eva von Essen.", vec!["Anna", "Eva von Essen"]),
            (
                "Ahlgren Nyberg, Matilda\nBjörk, Kent-Åke\nvon Dell, Henning",
                vec!["Ahlgren Nyberg, Matilda", "Björk, Kent-Åke", "von Dell, Henning"],
            ),
            ("Startlista:\n1. Berg, Anna\n2. Nyström, Olle", vec!["Berg, Anna", "Nyström, Olle"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn streets_ships_and_dishes_are_no_people() {
        for text in [
            "Vi bor på Sven Hultins gata.",
            "Färjan Silvia går klockan 9.",
            "Idag serveras Janssons frestelse.",
            "Lars Persson Bygg AB har vunnit.",
            "Buss 4 mot Birger Jarlsgatan stannar här.",
        ] {
            assert!(names(text).is_empty(), "{text}: {:?}", names(text));
        }
    }

    #[test]
    fn a_long_text_is_read_like_a_short_one() {
        let filler = "Det finns inget att se i den här meningen. ".repeat(60);
        let text = format!("{filler}\n\nFrågor? Ring Mia Olofsson på kontoret. {filler} Det tycker Åsa Hellström, säger William.");
        assert_eq!(names(&text), ["Mia Olofsson", "Åsa Hellström", "William"]);
    }

    #[test]
    fn no_text_makes_it_panic() {
        const PARTS: [&str; 40] = [
            "Anna",
            "anna",
            "Berg",
            "ÅSA",
            "É",
            "Š",
            "ẞ",
            "ﬁ",
            "ǅ",
            "İ",
            "ı",
            "s",
            "S",
            "'",
            "’",
            "\"",
            "”",
            "-",
            "–",
            ".",
            ",",
            ":",
            " ",
            "\n",
            "\n\n",
            "\u{ad}",
            "\u{200b}",
            "👩‍👩‍👧",
            "é\u{301}",
            "𝐀𝐧",
            "中",
            "@",
            "#",
            "_",
            "/",
            "(",
            ")",
            "von",
            "gatan",
            "\u{0}",
        ];
        let mut x = 1_u64;
        for round in 0..3000 {
            let mut text = String::new();
            for _ in 0..(if round % 50 == 0 { 1500 } else { 25 }) {
                x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(PARTS[(x >> 33) as usize % PARTS.len()]);
            }
            for t in [Thoroughness::Normal, Thoroughness::High] {
                let mut last = 0;
                for f in find(&text, &capitals(&text), t) {
                    assert!(f.start >= last && f.start < f.end && text.get(f.start as usize..f.end as usize).is_some());
                    last = f.end;
                }
            }
        }
        // Offsets that lie are survived.
        let _ = find(&"é".repeat(3000), &[1, 3, 5000, 5999, 6000, 70_000], Thoroughness::High);
    }
}

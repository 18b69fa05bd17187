//! Redact: a source with every piece of personal data replaced by a placeholder, numbered so that the text stays readable.

use std::collections::HashMap;

use crate::detect::{Entity, Kind};
use crate::document::{Format, ReadError};
use crate::engine::{Engine, Scratch};

/// What came out of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The source with placeholders.
    pub text: String,
    /// How many places were replaced.
    pub places: usize,
    /// How many different persons, numbers and addresses stood there.
    pub different: usize,
}

/// Replaces everything that `engine` finds in `source`: in what its format is read for, and in the rest of it too, since a
/// key, a comment or a script goes along with the text.
///
/// # Errors
/// The source, or a part of it, cannot be read as its format; nothing can be promised of the rest then.
pub fn redact(engine: &Engine, source: &str, format: Format, scratch: &mut Scratch) -> Result<Redacted, ReadError> {
    let mut document = format.read(source)?;
    if let Some(fault) = document.faults.pop() {
        return Err(fault);
    }
    let inside = engine.detect_in(&document, scratch);
    let mut found: Vec<(usize, usize, Kind, String)> = Vec::new();
    for entity in &inside {
        let at = document.text.source_span(entity.span).range();
        found.push((at.start, at.end, entity.kind, document.text.as_str()[entity.span.range()].to_owned()));
    }
    let plain = |e: &Entity| (e.span.range().start, e.span.range().end, e.kind, source[e.span.range()].to_owned());
    found.extend(engine.detect(source, scratch).iter().map(plain));
    // The longest leads where two overlap; what is left of the other goes with it.
    found.sort_by_key(|&(start, end, ..)| (start, std::cmp::Reverse(end)));
    let mut names = Names::default();
    let mut out = String::with_capacity(source.len());
    let (mut at, mut places) = (0, 0);
    for (start, end, kind, value) in found {
        let end = source.ceil_char_boundary(end);
        let start = source.floor_char_boundary(start);
        if start < at {
            at = at.max(end);
            continue;
        }
        out.push_str(&source[at..start]);
        out.push_str(&names.placeholder(kind, &value));
        places += 1;
        at = end;
    }
    out.push_str(&source[at..]);
    Ok(Redacted { text: out, places, different: names.known.len() + names.people.len() })
}

/// Who and what has a number already.
#[derive(Default)]
struct Names {
    /// Other kinds than persons: kind and value without signs.
    known: HashMap<(Kind, String), usize>,
    counts: HashMap<Kind, usize>,
    /// The words of each person's name, in small letters.
    people: Vec<Vec<String>>,
}

impl Names {
    fn placeholder(&mut self, kind: Kind, value: &str) -> String {
        if kind == Kind::Person {
            return format!("[person {}]", self.person(value));
        }
        let key = value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let count = self.counts.entry(kind).or_default();
        let number = *self.known.entry((kind, key)).or_insert_with(|| {
            *count += 1;
            *count
        });
        format!("[{} {number}]", label(kind))
    }

    /// The number of the person with this name: the last one whose name has all its words, in the genitive or not.
    fn person(&mut self, name: &str) -> usize {
        let words: Vec<String> =
            name.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        let is_same = |a: &str, b: &str| a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
        let has = |all: &[String], some: &[String]| some.iter().all(|w| all.iter().any(|v| is_same(w, v)));
        if let Some(at) = self.people.iter().rposition(|known| has(known, &words) || has(&words, known)) {
            if words.len() > self.people[at].len() {
                self.people[at] = words;
            }
            return at + 1;
        }
        self.people.push(words);
        self.people.len()
    }
}

const fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Phone => "telefon",
        Kind::Email => "e-post",
        Kind::Address => "adress",
        Kind::Birthdate => "födelsedatum",
        Kind::Coordinates => "plats",
        Kind::Property => "fastighet",
        Kind::Plate => "fordon",
        Kind::Casenumber => "ärende",
        Kind::Account => "konto",
        Kind::Handle => "kontonamn",
        Kind::Own => "uppgift",
        _ => kind.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rulebook, Sensitivity};

    fn redacted(source: &str, format: Format) -> String {
        let engine = Engine::new(Rulebook::built_in(), Sensitivity::High);
        redact(&engine, source, format, &mut Scratch::default()).expect("it is read").text
    }

    #[test]
    fn persons_keep_their_numbers() {
        let source = "Läraren Torbjörn Edvardsson mötte Åsa Öström. Torbjörn Edvardssons klass vann. Ring Åsa Öström, 070-174 06 12.";
        let text = redacted(source, Format::Text);
        assert_eq!(text, "Läraren [person 1] mötte [person 2]. [person 1]s klass vann. Ring [person 2], [telefon 1].");
    }

    #[test]
    fn the_same_number_in_another_form_is_the_same() {
        let text = redacted("pnr 800102-2386, personnummer 8001022386 och pnr 19800825-2390", Format::Text);
        assert_eq!(text, "pnr [personnummer 1], personnummer [personnummer 1] och pnr [personnummer 2]");
    }

    #[test]
    fn markup_and_keys_stay_and_hold_nothing() {
        let html =
            redacted("<p title=\"pnr 800102-2386\">Ring 070-174&nbsp;06 12</p><script>var p = 'pnr 800102-2386'</script>", Format::Html);
        assert!(html.starts_with("<p title=\"pnr [personnummer 1]\">Ring [telefon 1]</p><script>"), "{html}");
        assert!(!html.contains("2386"), "{html}");
        let json = redacted(r#"{"text": "pnr 800102\u002d2386", "n": 1}"#, Format::Json);
        assert_eq!(json, r#"{"text": "pnr [personnummer 1]", "n": 1}"#);
    }
}

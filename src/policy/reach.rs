//! How near two things must stand: the sentence, the list item, the paragraph …

use crate::detect::RuleError;
use crate::document::Document;
use crate::text::{Norm, Span, line_around, paragraph_around, sentence_around};

/// How near something must stand to count as together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Reach {
    /// The same sentence.
    #[default]
    Sentence,
    /// The same sentence, the one before or the one after, in one paragraph.
    Sentences,
    /// The same line: a list item, a row, a heading.
    Item,
    /// The same paragraph: up to a blank line.
    Paragraph,
    /// The same region: a caption, an alt text, a body.
    Region,
    /// The same document.
    Document,
    /// At most so many bytes in between, in one region.
    Bytes(u16),
}

/// The names in rule files.
const NAMES: [(&str, Reach); 6] = [
    ("sentence", Reach::Sentence),
    ("sentences", Reach::Sentences),
    ("item", Reach::Item),
    ("paragraph", Reach::Paragraph),
    ("region", Reach::Region),
    ("document", Reach::Document),
];

impl Reach {
    /// The reach of this name, or of so many `characters`.
    pub(super) fn load(name: &str) -> Result<Self, RuleError> {
        if let Some(number) = name.strip_suffix(" characters") {
            let bytes = number.parse().ok().filter(|n| (1..=2000).contains(n));
            return bytes
                .map(Self::Bytes)
                .ok_or_else(|| RuleError { message: format!("`{name}`: write a number from 1 to 2000, as in `80 characters`") });
        }
        NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, reach)| *reach)
            .ok_or_else(|| RuleError::unknown("reach", name, NAMES.map(|(known, _)| known)))
    }

    /// The bytes of the document's text within reach of `at`.
    pub(super) fn around(self, document: &Document<'_>, at: Span<Norm>) -> (usize, usize) {
        let text = document.text.as_str();
        let range = at.range();
        let region = || document.region_of(at).map_or((range.start, range.end), |r| (r.span.range().start, r.span.range().end));
        match self {
            Self::Sentence => sentence_around(text, range.start),
            Self::Sentences => {
                let (start, end) = sentence_around(text, range.start);
                let (from, to) = paragraph_around(text, range.start);
                let before = if start > from { sentence_around(text, start - 1).0 } else { start };
                let after = if end < to { sentence_around(text, next_letter(text, end, to)).1 } else { end };
                (before.min(start), after.max(end))
            }
            Self::Item => line_around(text, range.start),
            Self::Paragraph => paragraph_around(text, range.start),
            Self::Region => region(),
            Self::Document => (0, text.len()),
            Self::Bytes(bytes) => {
                let (low, high) = region();
                let from = range.start.saturating_sub(usize::from(bytes)).max(low);
                let to = (range.end + usize::from(bytes)).min(high);
                (text.ceil_char_boundary(from), text.floor_char_boundary(to))
            }
        }
    }
}

/// The first letter or digit from `from` on, or `to`.
fn next_letter(text: &str, from: usize, to: usize) -> usize {
    text[from..to].find(char::is_alphanumeric).map_or(to, |p| from + p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentBuilder, Role};

    #[test]
    fn each_reach_ends_where_its_name_says() {
        let text = "Ett är här. Två står Kim. Tre är sist.\nFyra";
        let mut b = DocumentBuilder::default();
        b.open(Role::Body, None, 0);
        b.text.verbatim(text, 0);
        b.open(Role::Caption, None, 60);
        b.text.verbatim("Fem", 60);
        let document = b.finish();
        let at = Span::new(23, 26);
        let seen = |reach: &str| {
            let (from, to) = Reach::load(reach).unwrap().around(&document, at);
            document.text.as_str()[from..to].trim().to_owned()
        };
        assert_eq!(seen("sentence"), "Två står Kim.");
        assert_eq!(seen("sentences"), "Ett är här. Två står Kim. Tre är sist.");
        assert_eq!(seen("item"), "Ett är här. Två står Kim. Tre är sist.");
        assert_eq!(seen("paragraph"), text);
        assert_eq!(seen("region"), text);
        assert!(seen("document").ends_with("Fem"));
        assert_eq!(seen("6 characters"), "står Kim. Tr");
    }

    #[test]
    fn an_unknown_reach_names_the_nearest() {
        assert_eq!(Reach::load("paragraf").unwrap_err().message, "unknown reach `paragraf`, did you mean `paragraph`?");
        assert!(Reach::load("many characters").is_err());
    }
}

//! Text: a normalised string and the exact way back to the source bytes.

mod apart;
mod build;
mod escape;
pub(crate) mod fold;
pub(crate) mod lead;
mod normalise;
mod span;
mod units;
mod words;

pub use build::TextBuilder;
pub(crate) use escape::{percent_encoded, sextet};
pub use normalise::{needs_normalising, normalise};
pub use span::{Norm, Span, Src};
pub use units::{Counter, Unit};
pub use words::{
    Word, blank_line, is_word_byte, last_blank_line, line_around, paragraph_around, sentence_around, word_before, word_end, word_start,
    words,
};

use std::borrow::Cow;

/// One stretch of normalised text and where it stands in the source.
///
/// Runs are sorted by `norm`; a run ends where the next one starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// First byte in the normalised string.
    pub norm: u32,
    /// First byte in the source.
    pub src: u32,
    /// Bytes in the source that the whole run stands for.
    pub src_len: u32,
    /// Whether byte `n` of the run is byte `n` of the source (else the run only maps as a whole).
    pub verbatim: bool,
}

/// A normalised string with the way back to the source it was made from.
///
/// A text that needed no decoding borrows its source and has no runs: offset `n` is source offset `n`.
#[derive(Clone, Debug, Default)]
pub struct Text<'s> {
    norm: Cow<'s, str>,
    runs: Vec<Run>,
}

impl<'s> Text<'s> {
    /// A text that is its source, byte for byte.
    #[must_use]
    pub const fn verbatim(source: &'s str) -> Self {
        Self { norm: Cow::Borrowed(source), runs: Vec::new() }
    }

    pub(crate) const fn from_parts(norm: Cow<'s, str>, runs: Vec<Run>) -> Self {
        Self { norm, runs }
    }

    /// The normalised string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.norm
    }

    /// Whether offsets in this text are offsets in the source.
    #[must_use]
    pub const fn is_verbatim(&self) -> bool {
        self.runs.is_empty()
    }

    /// The source bytes that `span` was made from.
    ///
    /// A span that ends inside a run which only maps as a whole (an entity such as `&aring;`) grows to cover it.
    #[must_use]
    pub fn source_span(&self, span: Span<Norm>) -> Span<Src> {
        if self.runs.is_empty() {
            return Span::new(span.start, span.end);
        }
        let start = self.source_start(span.start);
        let end = if span.is_empty() { start } else { self.source_end(span.end) };
        Span::new(start, end.max(start))
    }

    fn run_at(&self, norm: u32) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.norm <= norm);
        self.runs.get(after.checked_sub(1)?)
    }

    fn source_start(&self, norm: u32) -> u32 {
        match self.run_at(norm) {
            Some(run) if run.verbatim => run.src + (norm - run.norm).min(run.src_len),
            Some(run) => run.src,
            None => norm,
        }
    }

    fn source_end(&self, norm: u32) -> u32 {
        match self.run_at(norm - 1) {
            Some(run) if run.verbatim => run.src + (norm - run.norm).min(run.src_len),
            Some(run) => run.src + run.src_len,
            None => norm,
        }
    }

    /// The runs, for readers that build one text out of another.
    pub(crate) fn runs(&self) -> &[Run] {
        &self.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_over_an_entity_covers_its_source() {
        let mut b = TextBuilder::default();
        b.verbatim("Ring ", 0);
        b.replaced("å", 5, 7);
        b.verbatim("sa nu", 12);
        let text = b.finish();
        assert_eq!(text.as_str(), "Ring åsa nu");
        assert_eq!(text.source_span(Span::new(5, 9)), Span::new(5, 14));
        assert_eq!(text.source_span(Span::new(7, 9)), Span::new(12, 14));
        assert_eq!(text.source_span(Span::new(5, 7)), Span::new(5, 12));
    }

    #[test]
    fn verbatim_text_maps_to_itself() {
        let text = Text::verbatim("abc");
        assert!(text.is_verbatim());
        assert_eq!(text.source_span(Span::new(1, 2)), Span::new(1, 2));
    }
}

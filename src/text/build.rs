//! Putting a text together, piece by piece, each with its place in the source.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use std::borrow::Cow;

use super::{Norm, Run, Span, Src, Text, needs_normalising, normalise};

/// Builds a [`Text`] from pieces of a source; readers are written with it.
#[derive(Debug, Default)]
pub struct TextBuilder {
    norm: String,
    runs: Vec<Run>,
    /// Whether pieces met, or were folded: more may show then.
    seams: bool,
}

impl TextBuilder {
    /// An empty builder with room for `bytes` bytes of text.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { norm: String::with_capacity(bytes), runs: Vec::with_capacity(bytes / 64), seams: false }
    }

    /// Bytes of text so far: where the next piece will start.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.norm.len() as u32
    }

    /// Whether nothing was added yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.norm.is_empty()
    }

    /// The text so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.norm
    }

    /// Adds `piece`, which stands in the source byte for byte at `src`; disguises in it are folded on the way.
    pub fn verbatim(&mut self, piece: &str, src: u32) {
        if !needs_normalising(piece) {
            return self.push_verbatim(piece, src);
        }
        self.seams = true;
        normalise(piece, |from, folded| {
            let at = src + from.start as u32;
            match folded {
                None => self.push_verbatim(&piece[from], at),
                Some(new) => self.push_replaced(new, at, from.len() as u32),
            }
        });
    }

    /// Adds `piece`, which stands for the `src_len` bytes at `src` as a whole (an entity, an escape).
    pub fn replaced(&mut self, piece: &str, src: u32, src_len: u32) {
        if !needs_normalising(piece) {
            return self.push_replaced(piece, src, src_len);
        }
        self.seams = true;
        let mut folded = String::new();
        normalise(piece, |from, new| folded.push_str(new.unwrap_or(&piece[from])));
        self.push_replaced(&folded, src, src_len);
    }

    fn push_verbatim(&mut self, piece: &str, src: u32) {
        if piece.is_empty() {
            return;
        }
        self.seams |= !self.is_empty();
        let norm = self.len();
        self.norm.push_str(piece);
        let len = self.len() - norm;
        if let Some(last) = self.runs.last_mut()
            && last.verbatim
            && last.src + last.src_len == src
            && last.norm + last.src_len == norm
        {
            last.src_len += len;
            return;
        }
        self.runs.push(Run { norm, src, src_len: len, verbatim: true });
    }

    fn push_replaced(&mut self, piece: &str, src: u32, src_len: u32) {
        if piece.is_empty() {
            return;
        }
        self.seams |= !self.is_empty();
        self.runs.push(Run { norm: self.len(), src, src_len, verbatim: false });
        self.norm.push_str(piece);
    }

    /// Adds `span` of `inner`, whose source is the text of `outer`: two ways back become one.
    pub fn compose(&mut self, inner: &Text<'_>, span: Span<Norm>, outer: &Text<'_>) {
        each_run(inner, span, |piece, src, verbatim| {
            if verbatim && !outer.is_verbatim() {
                let mut done = 0;
                each_run(outer, src.in_norm(), |part, at, as_written| {
                    let same = &piece[done..done + part.len()];
                    done += part.len();
                    if as_written { self.push_verbatim(same, at.start) } else { self.push_replaced(same, at.start, at.len()) }
                });
            } else {
                let at = outer.source_span(src.in_norm());
                if verbatim { self.push_verbatim(piece, at.start) } else { self.push_replaced(piece, at.start, at.len()) }
            }
        });
    }

    /// Adds text that stands nowhere in the source (a separator between regions); it maps to the empty span at `src`.
    pub fn separator(&mut self, piece: &str, src: u32) {
        self.push_replaced(piece, src, 0);
    }

    /// The finished text, with disguises folded that only show where pieces meet: a letter and its mark as two escapes.
    /// `moved` is told where each byte offset in `at`, in rising order, has gone.
    #[must_use]
    pub(crate) fn finish_folded<'m>(self, at: impl Iterator<Item = &'m mut u32>) -> Text<'static> {
        let seams = self.seams;
        let whole = self.finish();
        // One piece was looked at when it was added.
        if !seams || !needs_normalising(whole.as_str()) {
            return whole;
        }
        let mut folded = Self::with_capacity(whole.as_str().len());
        let mut at = at.peekable();
        normalise(whole.as_str(), |range, new| {
            let (start, end) = (range.start as u32, range.end as u32);
            let base = folded.len();
            while let Some(offset) = at.next_if(|offset| **offset < end) {
                *offset = if new.is_some() { base } else { base + (*offset - start) };
            }
            match new {
                Some(new) => {
                    let src = whole.source_span(Span::new(start, end));
                    folded.push_replaced(new, src.start, src.len());
                }
                None => each_run(&whole, Span::new(start, end), |piece, src, verbatim| {
                    if verbatim { folded.push_verbatim(piece, src.start) } else { folded.push_replaced(piece, src.start, src.len()) }
                }),
            }
        });
        at.for_each(|offset| *offset = folded.len());
        folded.finish()
    }

    /// The finished text.
    #[must_use]
    pub fn finish(self) -> Text<'static> {
        Text::from_parts(Cow::Owned(self.norm), self.runs)
    }
}

/// Calls `each` with the pieces of `span`, their place in the source, and whether they stand there byte for byte.
fn each_run(text: &Text<'_>, span: Span<Norm>, mut each: impl FnMut(&str, Span<Src>, bool)) {
    if text.is_verbatim() {
        return each(&text.as_str()[span.range()], Span::new(span.start, span.end), true);
    }
    let runs = text.runs();
    let first = runs.partition_point(|r| r.norm <= span.start).saturating_sub(1);
    for (i, run) in runs.iter().enumerate().skip(first) {
        let run_end = runs.get(i + 1).map_or(text.as_str().len() as u32, |next| next.norm);
        let (start, end) = (run.norm.max(span.start), run_end.min(span.end));
        if run.norm >= span.end {
            break;
        }
        if start >= end {
            continue;
        }
        let piece = &text.as_str()[start as usize..end as usize];
        if run.verbatim {
            let at = run.src + (start - run.norm);
            each(piece, Span::new(at, at + (end - start)), true);
        } else {
            each(piece, Span::new(run.src, run.src + run.src_len), false);
        }
    }
}

//! Half-open byte ranges that know whose bytes they count.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

/// Marks offsets into source bytes.
#[derive(Debug)]
pub enum Src {}

/// Marks offsets into a normalised text.
#[derive(Debug)]
pub enum Norm {}

/// A half-open range `start..end` of bytes, in the space `S` ([`Src`] or [`Norm`]).
///
/// ```compile_fail
/// use ombud::{Norm, Span, Src};
/// let a: Span<Src> = Span::<Norm>::new(0, 1); // mixing them does not compile
/// ```
pub struct Span<S> {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    space: PhantomData<fn() -> S>,
}

impl<S> Span<S> {
    /// The range `start..end` in bytes; an `end` before `start` counts as empty.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end }, space: PhantomData }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The range as `usize`, to slice with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Span<Src> {
    /// The same bytes, where the source is itself a text that was made from another source.
    #[must_use]
    pub(crate) const fn in_norm(self) -> Span<Norm> {
        Span::new(self.start, self.end)
    }
}

impl<S> Clone for Span<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> Copy for Span<S> {}
impl<S> PartialEq for Span<S> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<S> Eq for Span<S> {}
impl<S> PartialOrd for Span<S> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<S> Ord for Span<S> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<S> Hash for Span<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<S> fmt::Debug for Span<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

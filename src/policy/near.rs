//! What stands near what: combinations are looked for around what was found, and nowhere else.

use std::borrow::Cow;
use std::cell::RefCell;

use smallvec::SmallVec;

use super::blocks::Blocks;
use super::condition::Condition;
use super::lexicons::{Hit, Lexicons};
use super::pattern::Pattern;
use super::reach::Reach;
use crate::detect::{Confidence, Entity, Kind};
use crate::document::{Document, Role};
use crate::text::{Norm, Span};

/// The most entities on either side that a combination looks at; a table of names stays linear.
const MOST_NEIGHBOURS: usize = 24;
/// How far back an address is looked for that holds an entity, in bytes.
const ADDRESS: usize = 400;
/// How far apart the names of one list may stand where each is a paragraph or a region of its own, in bytes.
const LIST_GAP: usize = 40;

/// A document with what was found in it.
pub(super) struct Near<'d, 't> {
    pub(super) document: &'d Document<'t>,
    pub(super) text: &'d str,
    pub(super) found: &'d [Entity],
    pub(super) sure: &'d [Confidence],
    lexicons: &'d Lexicons,
    words: RefCell<Blocks>,
    known: RefCell<Known>,
}

/// What has been worked out about one place.
#[derive(Default)]
struct Known {
    at: Option<Span<Norm>>,
    reaches: SmallVec<[(Reach, (usize, usize)); 4]>,
}

/// Entities that make a list: the first, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) members: Vec<usize>,
}

impl<'d, 't> Near<'d, 't> {
    pub(super) fn new(document: &'d Document<'t>, found: &'d [Entity], sure: &'d [Confidence], lexicons: &'d Lexicons) -> Self {
        Self { document, text: document.text.as_str(), found, sure, lexicons, words: RefCell::default(), known: RefCell::default() }
    }

    /// Whether entity `i` is what the condition looks for.
    pub(super) fn fits(&self, pattern: &Pattern, i: usize) -> bool {
        let entity = &self.found[i];
        pattern.takes(entity.kind)
            && pattern.fits(entity, self.sure[i], || self.words_of_entity(entity))
            && (!pattern.in_address || self.is_in_address(entity.span))
            && (pattern.is_for_all() || pattern.is_for(self.document.region_of(entity.span).map(|r| r.role)))
    }

    /// An entity's words. In the name of a file they have other signs than blanks between them.
    fn words_of_entity(&self, entity: &Entity) -> Cow<'d, str> {
        let text = &self.text[entity.span.range()];
        let is_joined = |text: &str| entity.kind == Kind::Person && !text.contains(' ') && text.contains(['-', '_', '+', '%']);
        if is_joined(text) && self.document.region_of(entity.span).is_some_and(|r| r.role == Role::Url) {
            return Cow::Owned(text.replace("%20", " ").replace(['-', '_', '+'], " "));
        }
        Cow::Borrowed(text)
    }

    /// Whether all that must stand near `at` does, and nothing that must not.
    pub(super) fn holds(&self, condition: &Condition, at: Span<Norm>) -> bool {
        condition.is_simple()
            || condition.with.iter().all(|p| self.stands_near(p, condition, at))
                && !condition.without.iter().any(|p| self.stands_near(p, condition, at))
    }

    fn stands_near(&self, pattern: &Pattern, condition: &Condition, at: Span<Norm>) -> bool {
        let (start, end) = self.around(pattern.reach.unwrap_or(condition.reach), at);
        if pattern.takes_entities() && self.neighbours(start, end, at).any(|j| !meets(self.found[j].span, at) && self.fits(pattern, j)) {
            return true;
        }
        pattern.lists() != 0 && self.has_word(pattern, start, end, at)
    }

    /// The bytes within reach of `at`: worked out once for all rules that ask at one place.
    fn around(&self, reach: Reach, at: Span<Norm>) -> (usize, usize) {
        let mut known = self.known.borrow_mut();
        if known.at != Some(at) {
            known.at = Some(at);
            known.reaches.clear();
        }
        if let Some((_, bytes)) = known.reaches.iter().find(|(r, _)| *r == reach) {
            return *bytes;
        }
        let bytes = reach.around(self.document, at);
        known.reaches.push((reach, bytes));
        bytes
    }

    /// The entities that start in `start..end`, at most so many on either side of `at`.
    fn neighbours(&self, start: usize, end: usize, at: Span<Norm>) -> impl Iterator<Item = usize> {
        let inside = move |j: &usize| (start..end).contains(&self.found[*j].span.range().start);
        let here = self.found.partition_point(|e| e.span.start < at.start);
        let before = (here.saturating_sub(MOST_NEIGHBOURS)..here).rev().take_while(inside);
        let after = (here..self.found.len().min(here + MOST_NEIGHBOURS)).take_while(inside);
        before.chain(after)
    }

    /// Whether a word of the pattern's lists stands in `start..end`, apart from `at` and from names.
    fn has_word(&self, pattern: &Pattern, start: usize, end: usize, at: Span<Norm>) -> bool {
        let apart = |hit: &Hit| {
            let span = span_of(hit);
            hit.end <= end
                && !meets(span, at)
                && !self.is_in_name(span)
                && (pattern.is_for_all() || pattern.is_for(self.document.region_of(span).map(|r| r.role)))
        };
        self.words.borrow_mut().any(self.lexicons, self.text, (start, end), pattern.lists(), apart)
    }

    /// The words of the pattern's lists in one region, apart from names.
    pub(super) fn words_of(&self, pattern: &Pattern, region: Span<Norm>) -> Vec<Span<Norm>> {
        let (range, lists) = (region.range(), pattern.lists());
        let mut hits = if self.lexicons.are_searched_for(lists, range.len()) {
            self.lexicons.search(lists, self.text, range.start, range.end)
        } else {
            // Every rule that points at words asks about the same region.
            self.words.borrow_mut().all(self.lexicons, self.text, (range.start, range.end), lists)
        };
        hits.retain(|h| h.lists & lists != 0 && h.end <= range.end);
        hits.sort_by_key(|h| h.start);
        hits.iter().map(span_of).filter(|s| !self.is_in_name(*s)).collect()
    }

    /// Whether a place lies in a person's name, an address or the like: what is a word there says nothing.
    fn is_in_name(&self, span: Span<Norm>) -> bool {
        let after = self.found.partition_point(|e| e.span.start < span.end);
        self.found[after.saturating_sub(4)..after].iter().any(|e| e.kind != Kind::Special && meets(e.span, span))
    }

    /// The lists of entities that a condition with a count asks for.
    pub(super) fn groups(&self, condition: &Condition) -> Vec<Group> {
        let Some(least) = condition.count else { return Vec::new() };
        let mut groups: Vec<Group> = Vec::new();
        let mut reach = 0;
        for i in (0..self.found.len()).filter(|&i| self.fits(&condition.find, i) && self.holds(condition, self.found[i].span)) {
            let at = self.found[i].span;
            let joins = groups.last().and_then(|g| g.members.last()).is_some_and(|&last| {
                at.range().start < reach || at.range().start < self.found[last].span.range().end + LIST_GAP && self.same_role(last, i)
            });
            let end = condition.reach.around(self.document, at).1;
            match groups.last_mut().filter(|_| joins) {
                Some(group) => {
                    group.members.push(i);
                    reach = reach.max(end);
                }
                None => {
                    groups.push(Group { members: vec![i] });
                    reach = end;
                }
            }
        }
        groups.retain(|g| g.members.len() >= usize::from(least));
        groups
    }

    /// Whether a place lies in a web address, after the host.
    fn is_in_address(&self, span: Span<Norm>) -> bool {
        let (role, region) = self.document.region_of(span).map_or((None, 0), |r| (Some(r.role), r.span.range().start));
        let end = span.range().start;
        if role == Some(Role::Url) {
            // On the same host, an address has no scheme; one of mail or telephone has.
            let before = &self.text[region..end];
            return before.contains(['/', '?', '#', '=']) && !before.split(['/', '?', '#']).next().is_some_and(is_other_scheme);
        }
        let before = &self.text[self.text.ceil_char_boundary(end.saturating_sub(ADDRESS)).max(region)..end];
        let run = before.rfind(char::is_whitespace).map_or(before, |p| &before[p..]);
        memchr::memmem::rfind(run.as_bytes(), b"://").is_some_and(|p| run[p + 3..].contains(['/', '?', '#', '&', '=']))
            && !run.contains([')', '>', '"', ']'])
    }

    fn same_role(&self, a: usize, b: usize) -> bool {
        let role = |i: usize| self.document.region_of(self.found[i].span).map(|r| r.role);
        role(a) == role(b)
    }
}

/// Whether the start of an address is a scheme other than the web's: `mailto:`, `tel:`.
fn is_other_scheme(start: &str) -> bool {
    let scheme = start.trim_start().split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| !s.eq_ignore_ascii_case("http") && !s.eq_ignore_ascii_case("https"))
}

/// Whether two spans share a byte.
pub(super) const fn meets(a: Span<Norm>, b: Span<Norm>) -> bool {
    a.start < b.end && b.start < a.end
}

#[expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]
const fn span_of(hit: &Hit) -> Span<Norm> {
    Span::new(hit.start as u32, hit.end as u32)
}

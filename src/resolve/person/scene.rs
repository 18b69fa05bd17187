//! The persons of a document and the text between them, read once.

use std::ops::Range;

use super::gap::{self, Between, Hit};
use crate::detect::lexicon::Lexicon;
use crate::detect::{Entity, Kind, Passage};
use crate::text::word_before;

/// The persons in order of place, the gaps between them, and what the document as a whole is about.
#[derive(Debug)]
pub(super) struct Scene<'t> {
    pub text: &'t str,
    people: Vec<(usize, Range<usize>)>,
    hits: Vec<Hit>,
    /// The hits of each gap; gap `i` stands before person `i`, the last one after all.
    gaps: Vec<Range<usize>>,
    /// For each person, lists that have the name itself.
    known: Vec<u32>,
    /// Whether the text is a public body's: its minutes, its members with their parties.
    pub public: bool,
    /// Whether somebody's death is what the text is about.
    pub death: bool,
    /// Whether the text tells of times past: more old years than new ones.
    pub old: bool,
    /// Whether the text has an old year, no new one, and nobody who speaks.
    pub quiet: bool,
    /// Whether the text is of a time when today's grown-ups were children.
    pub past: bool,
    /// Whether a stage or a film is spoken of.
    pub stage: bool,
    /// Whether children are spoken of, and none who are about to come of age.
    pub young: bool,
}

/// The bit of the figures, where the name is part of a longer listed one: `Hans och Greta`, `Lotta på Bråkmakargatan`.
fn figure(text: &str, span: Range<usize>, lexicon: &Lexicon) -> u32 {
    let mut start = span.start;
    for _ in 0..3 {
        let rest = &text[start..];
        let (word, after) = rest.split_at(rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len()));
        if let Some(found) = lexicon.look(word, after)
            && found.best & gap::FIGURE != 0
            && found.extra > 0
        {
            let end = found.end_in(text, start + word.len(), text.len());
            // `Hans och Greta Lund` are neighbours.
            let goes_on = text[end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
            return if span.end <= end && !goes_on { gap::FIGURE } else { 0 };
        }
        match word_before(text, start) {
            Some(before) if text[before.start + before.text.len()..start] == *" " => start = before.start,
            _ => break,
        }
    }
    0
}

impl<'t> Scene<'t> {
    /// `None` where there is no person.
    pub(super) fn new(found: &[Entity], passage: &Passage<'t>) -> Option<Self> {
        let people: Vec<_> = found.iter().enumerate().filter(|(_, e)| e.kind == Kind::Person).map(|(i, e)| (i, e.span.range())).collect();
        if people.is_empty() {
            return None;
        }
        let text = passage.text;
        let lexicon = passage.rules.lexicon(Kind::Person, &gap::LISTS);
        let mut hits = Vec::with_capacity(people.len() * 4);
        let mut gaps = Vec::with_capacity(people.len() + 1);
        let mut known = Vec::with_capacity(people.len());
        let mut from = 0;
        for to in people.iter().map(|(_, span)| span.start).chain([text.len()]) {
            let first = hits.len();
            gap::scan(text, from.min(to)..to, lexicon, &mut hits);
            gaps.push(first..hits.len());
            if let Some((_, span)) = people.get(gaps.len() - 1) {
                from = span.end;
                known.push(lexicon.whole(&text[span.clone()]) | figure(text, span.clone(), lexicon));
            }
        }
        let mut scene = Self {
            text,
            people,
            hits,
            gaps,
            known,
            public: false,
            death: false,
            old: false,
            quiet: false,
            past: false,
            stage: false,
            young: false,
        };
        scene.read();
        Some(scene)
    }

    /// What the hits together say of the document.
    fn read(&mut self) {
        let count = |tags: u32| self.hits.iter().filter(|h| h.is(tags)).count();
        let parties = (0..self.len()).filter(|&i| super::official::party(self.after(i)).is_some()).take(2).count();
        let bodies = count(gap::ASSEMBLY);
        let clubs = count(gap::CLUB);
        let formal = count(gap::VOTE);
        self.public = parties > 0 || clubs == 0 && (bodies > 0 && count(gap::BLOCK) > 0 || formal > 1);
        self.death = count(gap::DEATH) > 0;
        let old = count(gap::OLD);
        self.old = old >= 2 && count(gap::NEW | gap::SPEECH) == 0 || old >= 4 && old >= 2 * count(gap::NEW);
        self.quiet = old > 0 && count(gap::NEW | gap::SPEECH) == 0;
        let now = self.hits.iter().filter(|h| h.is(gap::NEW) && !h.is(gap::PAST)).count();
        self.past = count(gap::PAST) > 0 && now == 0;
        self.stage = count(gap::STAGE) > 0;
        self.young =
            count(gap::PUPIL | gap::CLASS | gap::YOUTH | gap::SCHOOL) > 0 && count(gap::UPPER | gap::PAST | gap::OLD | gap::DEATH) == 0;
    }

    /// Whether the text before the first person speaks of children.
    pub(super) fn young_start(&self) -> bool {
        self.hits[self.gaps[0].clone()].iter().any(|h| h.is(gap::PUPIL | gap::CLASS | gap::YOUTH | gap::SCHOOL))
    }

    pub(super) const fn len(&self) -> usize {
        self.people.len()
    }

    /// Where person `i` stands among the entities.
    pub(super) fn index(&self, i: usize) -> usize {
        self.people[i].0
    }

    pub(super) fn span(&self, i: usize) -> Range<usize> {
        self.people[i].1.clone()
    }

    pub(super) fn name(&self, i: usize) -> &'t str {
        &self.text[self.span(i)]
    }

    /// Whether the name itself is on one of these lists.
    pub(super) fn is_known(&self, i: usize, lists: u32) -> bool {
        self.known[i] & lists != 0
    }

    /// Whether a name of one word is the last word of another, longer one, that is on no list: `Palme`, where `Ida Palme` is
    /// spoken of.
    pub(super) fn has_namesake(&self, i: usize) -> bool {
        let name = self.name(i);
        !name.contains(' ')
            && (0..self.len()).any(|j| {
                self.known[j] == 0 && self.name(j).strip_suffix(name).is_some_and(|head| head.ends_with(' ') && !head.trim().is_empty())
            })
    }

    /// The person nearest before byte `at`.
    pub(super) fn person_before(&self, at: usize) -> Option<usize> {
        self.people.partition_point(|(_, span)| span.end <= at).checked_sub(1)
    }

    /// The text between person `i` and the one before, or the start.
    pub(super) fn before(&self, i: usize) -> &'t str {
        let from = i.checked_sub(1).map_or(0, |p| self.people[p].1.end);
        self.text.get(from..self.people[i].1.start).unwrap_or("")
    }

    /// The text between person `i` and the next one, or the end.
    pub(super) fn after(&self, i: usize) -> &'t str {
        let to = self.people.get(i + 1).map_or(self.text.len(), |(_, span)| span.start);
        self.text.get(self.people[i].1.end..to).unwrap_or("")
    }

    /// The hits before person `i`, nearest first, with what stands between.
    pub(super) fn hits_before(&self, i: usize) -> impl Iterator<Item = (&Hit, Between)> {
        let start = self.people[i].1.start;
        let near = start.saturating_sub(gap::REACH.0);
        self.hits[self.gaps[i].clone()]
            .iter()
            .rev()
            .take_while(move |h| h.at >= near)
            .filter(move |h| h.end <= start)
            .map(|h| (h, h.before))
    }

    /// The hits after person `i`, nearest first, with what stands between.
    pub(super) fn hits_after(&self, i: usize) -> impl Iterator<Item = (&Hit, Between)> {
        let end = self.people[i].1.end;
        self.hits[self.gaps[i + 1].clone()].iter().take_while(move |h| h.at <= end + gap::REACH.1).map(|h| (h, h.after))
    }

    /// Whether the text is of a stage, so that brackets after a name hold a role.
    pub(super) const fn stage_near(&self) -> bool {
        self.stage
    }

    /// Whether the person has work, a role or children of their own, by the words beside the name.
    pub(super) fn is_worker(&self, i: usize) -> bool {
        let title = |h: &Hit| h.is(gap::JOB | gap::ROLE | gap::PARENT);
        let after = self.after(i).trim_start_matches('*');
        self.hits_before(i).next().is_some_and(|(h, b)| title(h) && b.words == 0 && !b.stop)
            || self.hits_after(i).next().is_some_and(|(h, b)| {
                let beside = after.starts_with(" (") || after.starts_with(',') || after.starts_with(" |");
                title(h) && b.words <= 1 && !b.stop && !b.line && beside && !self.is_next(i, h)
            })
    }

    /// Whether nothing but blanks stands between a word and the next name.
    fn is_next(&self, i: usize, hit: &Hit) -> bool {
        self.people
            .get(i + 1)
            .is_some_and(|(_, next)| self.text.get(hit.end..next.start).is_some_and(|t| t.trim_matches([' ', ':', '*', '\n']).is_empty()))
    }
}

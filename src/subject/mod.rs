//! Subject: where one person appears, for a request under articles 15 and 17 of the GDPR.
//!
//! A part of the name alone (`Anna`, `Berg`) counts only in a text that names the person in full, so that other people of
//! the same name stay out of the extract.

mod alone;
mod contact;
mod likeness;
mod name;
mod query;
mod whole;
mod words;

pub use query::{Field, QueryError, Subject};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::detect::{Confidence, Entity, Kind};
use crate::document::{Document, PlaceId};
use crate::text::{Norm, Span};
use alone::{Person, Scene};
use name::{Label, Name};
use whole::Run;
use words::{Element, Gap, elements};

/// The ways a mention can name the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// Given name and surname as asked for.
    Full,
    /// Another spelling of the name.
    Spelling,
    /// One letter differs.
    Letter,
    /// A short or pet form, alone or with the surname.
    Nickname,
    /// Initials and surname, or given name and initial.
    Initials,
    /// One half of a double name.
    Half,
    /// The given name, with the surname further on: `Karin och Olle Nyman`.
    Shared,
    /// The given name alone.
    Given,
    /// The surname alone.
    Surname,
    /// The identity number.
    Personnummer,
    /// The telephone number.
    Phone,
    /// The e-mail address.
    Email,
    /// An address or handle made of the name.
    Handle,
}

impl How {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Full,
        Self::Spelling,
        Self::Letter,
        Self::Nickname,
        Self::Initials,
        Self::Half,
        Self::Shared,
        Self::Given,
        Self::Surname,
        Self::Personnummer,
        Self::Phone,
        Self::Email,
        Self::Handle,
    ];

    /// The name used in outputs, and what it means in Swedish and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Full => ("full-name", "hela namnet", "the full name"),
            Self::Spelling => ("spelling", "annan stavning av namnet", "another spelling of the name"),
            Self::Letter => ("one-letter", "namnet med en bokstav annorlunda", "the name with one letter changed"),
            Self::Nickname => ("nickname", "smeknamn eller kortform", "nickname or short form"),
            Self::Initials => ("initials", "initialer", "initials"),
            Self::Half => ("half-name", "ena halvan av ett dubbelnamn", "one half of a double name"),
            Self::Shared => ("shared-surname", "förnamn med efternamnet längre fram", "first name, the surname further on"),
            Self::Given => ("first-name", "förnamnet ensamt", "the first name alone"),
            Self::Surname => ("surname", "efternamnet ensamt", "the surname alone"),
            Self::Personnummer => ("personnummer", "personnumret", "the identity number"),
            Self::Phone => ("phone", "telefonnumret", "the telephone number"),
            Self::Email => ("email", "e-postadressen", "the e-mail address"),
            Self::Handle => ("handle", "adress eller användarnamn av namnet", "address or handle made of the name"),
        }
    }
}

/// One place where the person appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: Span<Norm>,
    /// What sort of data it is.
    pub kind: Kind,
    /// How it names the person.
    pub how: How,
    /// How sure it is that it is this person and nobody else.
    pub confidence: Confidence,
}

impl Subject {
    /// Where the person appears in `document`, in order; `found` are its entities.
    #[must_use]
    pub fn mentions(&self, document: &Document<'_>, found: &[Entity]) -> Vec<Mention> {
        let mut all = Vec::new();
        for record in records(document) {
            self.in_record(document.text.as_str(), &record, found, &mut all);
        }
        all.sort_by_key(|m: &Mention| (m.span.start, std::cmp::Reverse(m.span.end), m.confidence != Confidence::High));
        let mut end = 0;
        all.retain(|m| {
            m.span.start >= end && {
                end = m.span.end;
                true
            }
        });
        all
    }

    /// Where the person appears in the regions of one record, which lie in `ranges` of `text`.
    fn in_record(&self, text: &str, ranges: &[Range<usize>], found: &[Entity], all: &mut Vec<Mention>) {
        let from = all.len();
        let inside = |e: &&Entity| ranges.iter().any(|r| r.start <= e.span.range().start && e.span.range().end <= r.end);
        for range in ranges {
            for (at, is_phone) in contact::numbers(&text[range.clone()], &self.personnummer, &self.phones) {
                let (kind, how) = if is_phone { (Kind::Phone, How::Phone) } else { (Kind::Personnummer, How::Personnummer) };
                all.push(mention(range.start + at.start, range.start + at.end, kind, how, Confidence::High));
            }
        }
        let found: Vec<&Entity> = found.iter().filter(inside).collect();
        for entity in found.iter().filter(|e| is_address(e)) {
            let written = &text[entity.span.range()];
            let is_asked = self.emails.contains(&written.to_lowercase());
            if is_asked || self.names.iter().any(|n| contact::is_made_of(local(written), n)) {
                let (how, confidence) = if is_asked { (How::Email, Confidence::High) } else { (How::Handle, Confidence::Medium) };
                all.push(Mention { span: entity.span, kind: entity.kind, how, confidence });
            }
        }
        let is_known = all.len() > from;
        for name in &self.names {
            named(text, ranges, &found, name, is_known, all);
        }
    }
}

/// Adds where `name` stands in one record. `is_known`: a number or address of the person stands in it.
fn named(text: &str, ranges: &[Range<usize>], found: &[&Entity], name: &Name, is_known: bool, all: &mut Vec<Mention>) {
    let words: Vec<Element<'_>> = ranges.iter().flat_map(|r| elements(text, r.start, r.end)).collect();
    let labels: Vec<Label> = words.iter().map(|e| name.label(e)).collect();
    if !labels.iter().any(|l| l.is_any()) {
        return;
    }
    let mut wholes = whole::runs(&words, &labels, name);
    let taken = |r: &Run, all: &[Run]| all.iter().any(|w| w.first < r.end && r.first < w.end);
    for run in whole::shared(&words, &labels) {
        if !taken(&run, &wholes) {
            wholes.push(run);
        }
    }
    wholes.sort_by_key(|r| r.first);
    // Initials alone do not say who is meant: they count little where nothing else names the person.
    let is_named = wholes.iter().any(|r| r.how != How::Initials && (name.has_surname() || r.how == How::Given));
    let mut add = |run: &Run, sure: Confidence| {
        // A particle before a surname belongs to it.
        let is_before = |i: &usize| words[*i].is_particle() && words[i + 1].gap == Gap::Blank;
        let first = if run.how == How::Surname { (0..run.first).rev().take_while(is_before).last() } else { None };
        let (first, last) = (&words[first.unwrap_or(run.first)], &words[run.end - 1]);
        let mut end = last.end - usize::from(labels[run.end - 1].cut);
        // The dot of an abbreviated name belongs to it.
        if labels[run.end - 1].surname_initial && !labels[run.end - 1].is_name() && text[end..].starts_with('.') {
            end += 1;
        }
        all.push(mention(first.start, end, Kind::Person, run.how, sure));
    };
    for run in &wholes {
        let sure = match run.how {
            How::Full => Confidence::High,
            How::Letter | How::Half => Confidence::Low,
            How::Initials if !is_named && !is_known => Confidence::Low,
            How::Given if !name.has_surname() => Confidence::Low,
            _ => Confidence::Medium,
        };
        add(run, sure);
    }
    if !name.has_surname() || !(is_named || is_known) {
        return;
    }
    let people: Vec<Person> = found.iter().filter(|e| e.kind == Kind::Person).filter_map(|e| person(&words, e)).collect();
    let is_free = |run: &Run| {
        let (start, end) = (words[run.first].start, words[run.end - 1].end);
        !found.iter().any(|e| !matches!(e.kind, Kind::Person | Kind::Special) && e.span.range().start < end && start < e.span.range().end)
    };
    let scene = Scene { elements: &words, labels: &labels, wholes: &wholes, people: &people, is_known };
    for (run, sure) in alone::parts(&scene, name).into_iter().filter(|(run, _)| is_free(run)) {
        add(&run, if sure { Confidence::Medium } else { Confidence::Low });
    }
    for entity in found.iter().filter(|e| is_address(e) && holds_part(&text[e.span.range()], name)) {
        all.push(Mention { span: entity.span, kind: entity.kind, how: How::Handle, confidence: Confidence::Low });
    }
}

#[expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]
const fn mention(start: usize, end: usize, kind: Kind, how: How, confidence: Confidence) -> Mention {
    Mention { span: Span::new(start as u32, end as u32), kind, how, confidence }
}

const fn is_address(entity: &Entity) -> bool {
    matches!(entity.kind, Kind::Email | Kind::Handle)
}

fn holds_part(written: &str, name: &Name) -> bool {
    contact::holds_part(written, local(written), name)
}

/// What stands before the `@` of an address; a handle as it is.
fn local(written: &str) -> &str {
    written.rsplit_once('@').filter(|(local, _)| !local.is_empty()).map_or(written, |(local, _)| local)
}

/// The words that an entity covers.
fn person(words: &[Element<'_>], entity: &Entity) -> Option<Person> {
    let range = entity.span.range();
    let first = words.partition_point(|w| w.end <= range.start);
    let end = words.partition_point(|w| w.start < range.end);
    (first < end).then_some(Person { first, end })
}

/// The regions of a document by what they belong to: a record of a list, a card of a board, or the document itself.
///
/// A post of an export names its own people; what stands outside all records is one more.
fn records(document: &Document<'_>) -> Vec<Vec<Range<usize>>> {
    let mut by_record: BTreeMap<Option<PlaceId>, Vec<Range<usize>>> = BTreeMap::new();
    for region in &document.regions {
        let record = region.place.and_then(|p| document.items.first_of(p).or_else(|| document.places.record(p)));
        by_record.entry(record).or_default().push(region.span.range());
    }
    let common = by_record.remove(&None).unwrap_or_default();
    if by_record.is_empty() {
        return vec![common];
    }
    let mut all: Vec<_> = by_record.into_values().collect();
    if !common.is_empty() {
        all.push(common);
    }
    all
}

//! A row: one finding as the audit keeps and writes it. What all files of the report are made of.

use std::borrow::Cow;

use globset::GlobMatcher;
use serde::{Deserialize, Serialize};

use crate::detect::{Attribute, Attributes, Confidence, EvidenceList, Kind};
use crate::document::Role;
use crate::engine::{Engine, Scratch};
use crate::finding::{Accepted, By, Finding, Fingerprint, Severity};
use crate::policy::{Day, Policy};
use crate::report::{Lang, Located, SourceReport};
use crate::sensitive::Masked;
use crate::source::Class;
use crate::text::Span;

/// A word of a row.
type Word<'a> = Cow<'a, str>;

/// One finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row<'a> {
    /// `finding`
    #[serde(borrow)]
    pub r#type: Word<'a>,
    /// How grave it is.
    pub severity: Severity,
    /// The rule.
    #[serde(borrow)]
    pub rule: Word<'a>,
    /// Other rules that fired here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Word<'a>>,
    /// What was found.
    #[serde(borrow)]
    pub kind: Word<'a>,
    /// What more is known.
    pub attributes: Vec<Word<'a>>,
    /// `low`, `medium`, `high`
    #[serde(borrow)]
    pub confidence: Word<'a>,
    /// The channel, as readers know it.
    #[serde(borrow)]
    pub channel: Word<'a>,
    /// The department, by the configuration or the first folder.
    #[serde(borrow)]
    pub department: Word<'a>,
    /// When it was published, `2023-05`; empty where that is not known.
    #[serde(borrow)]
    pub month: Word<'a>,
    /// The source, with personal data in its name masked.
    #[serde(borrow)]
    pub path: Word<'a>,
    /// The place in it.
    #[serde(borrow)]
    pub place: Word<'a>,
    /// Where its post starts, in bytes.
    pub post: u64,
    /// From 1.
    pub line: u64,
    /// From 1.
    pub column: u64,
    /// From 1.
    pub end_line: u64,
    /// From 1.
    pub end_column: u64,
    /// In the source.
    pub byte_start: u64,
    /// In the source.
    pub byte_end: u64,
    /// What its region is for.
    #[serde(borrow)]
    pub role: Word<'a>,
    /// The words, masked.
    #[serde(borrow)]
    pub masked: Word<'a>,
    /// How many it speaks of.
    pub count: u32,
    /// `new`, `suppressed`, `baseline`
    #[serde(borrow)]
    pub state: Word<'a>,
    /// Who accepted it and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<AcceptedRow>,
    /// The person's keyed mark: `p-…` wherever the name stands in full, `e-…` in this post alone.
    #[serde(default, borrow, skip_serializing_if = "str::is_empty")]
    pub person: Word<'a>,
    /// `new` or `remaining`, against an earlier run.
    #[serde(default, borrow, skip_serializing_if = "str::is_empty")]
    pub change: Word<'a>,
    /// The mark that stays the same.
    #[serde(borrow)]
    pub fingerprint: Word<'a>,
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AcceptedRow {
    /// `author`, `configuration`, `baseline`
    pub by: String,
    /// The reason given.
    #[serde(default)]
    pub reason: String,
    /// Since when.
    #[serde(default)]
    pub since: String,
    /// The last day.
    #[serde(default)]
    pub until: String,
}

impl AcceptedRow {
    fn of(a: &Accepted) -> Self {
        let day = |day: Option<Day>| day.map_or_else(String::new, |d| d.to_string());
        Self { by: a.by.name().to_owned(), reason: a.reason.clone(), since: day(a.since), until: day(a.until) }
    }

    /// An exception of the configuration as findings would name it, whether they do or not.
    #[must_use]
    pub fn of_configuration(a: &Accepted, engine: &Engine, scratch: &mut Scratch) -> Self {
        Self { reason: engine.masked(&a.reason, scratch), ..Self::of(a) }
    }
}

/// The end of a source that had findings or was not read whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SourceRow<'a> {
    /// `source`
    #[serde(borrow)]
    pub r#type: Word<'a>,
    /// `scanned`, `failed`, `skipped`
    #[serde(borrow)]
    pub status: Word<'a>,
    /// Its name.
    #[serde(borrow)]
    pub path: Word<'a>,
    /// Why it was not read.
    #[serde(default, borrow, skip_serializing_if = "str::is_empty")]
    pub reason: Word<'a>,
}

/// A line of the journal.
#[derive(Clone, Debug)]
pub enum Line<'a> {
    /// A finding.
    Finding(Box<Row<'a>>),
    /// A source.
    Source(SourceRow<'a>),
}

impl<'a> Line<'a> {
    /// Reads a line; none where it is neither.
    #[must_use]
    pub fn parse(line: &'a str) -> Option<Self> {
        if line.starts_with("{\"type\":\"finding\"") {
            return serde_json::from_str(line).ok().map(|row| Self::Finding(Box::new(row)));
        }
        serde_json::from_str(line).ok().map(Self::Source)
    }
}

impl Row<'_> {
    /// The same with words of its own.
    #[must_use]
    pub fn into_owned(self) -> Row<'static> {
        let own = |word: Word<'_>| Word::Owned(word.into_owned());
        Row {
            r#type: own(self.r#type),
            rule: own(self.rule),
            also: self.also.into_iter().map(own).collect(),
            kind: own(self.kind),
            attributes: self.attributes.into_iter().map(own).collect(),
            confidence: own(self.confidence),
            channel: own(self.channel),
            department: own(self.department),
            month: own(self.month),
            path: own(self.path),
            place: own(self.place),
            role: own(self.role),
            masked: own(self.masked),
            state: own(self.state),
            person: own(self.person),
            change: own(self.change),
            fingerprint: own(self.fingerprint),
            ..self
        }
    }

    /// Whether nobody has accepted it.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.state == "new"
    }

    /// The person's mark, and whether it holds beyond the post.
    #[must_use]
    pub fn who(&self) -> Option<(u64, bool)> {
        let (sort, mark) = self.person.split_once('-')?;
        Some((u64::from_str_radix(mark, 16).ok()?, sort == "p"))
    }

    /// The mark that stays the same, as a number.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        u64::from_str_radix(&self.fingerprint, 16).unwrap_or(0)
    }

    /// The attributes as a set.
    #[must_use]
    pub fn attributes(&self) -> Attributes {
        self.attributes.iter().filter_map(|name| Attribute::from_name(name)).fold(Attributes::NONE, Attributes::with)
    }

    /// The finding again, for reporters; without its evidence. None where the policy has no such rule.
    #[must_use]
    pub fn located<'p>(&self, policy: &'p Policy) -> Option<Located<'p>> {
        let channel = policy.channels().at(policy.channels().find(&self.channel)?);
        let accepted = self.accepted.as_ref().map(|a| {
            let by = [By::Author, By::Configuration, By::Baseline].into_iter().find(|b| b.name() == a.by).unwrap_or(By::Baseline);
            Box::new(Accepted { by, reason: a.reason.clone(), until: Day::parse(&a.until), since: Day::parse(&a.since) })
        });
        let finding = Finding {
            rule: policy.rule(&self.rule)?,
            also: self.also.iter().filter_map(|id| policy.rule(id)).collect(),
            count: self.count,
            kind: Kind::from_name(&self.kind)?,
            attributes: self.attributes(),
            severity: self.severity,
            confidence: [Confidence::Low, Confidence::Medium, Confidence::High].into_iter().find(|c| c.name() == self.confidence)?,
            span: Span::new(0, 0),
            role: Role::from_name(&self.role)?,
            place: None,
            channel: channel.id,
            channel_name: channel.name,
            masked: Masked::again(self.masked.to_string()),
            who: None,
            evidence: EvidenceList::default(),
            fingerprint: Fingerprint(self.fingerprint()),
            instead: None,
            accepted,
        };
        Some(Located {
            path: self.path.as_ref().into(),
            place: self.place.to_string(),
            item: None,
            byte_start: self.byte_start,
            byte_end: self.byte_end,
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
            byte_columns: (0, 0),
            literal: false,
            fingerprint: finding.fingerprint,
            snippet: None,
            in_field: None,
            pupil: None,
            post: None,
            finding,
        })
    }
}

/// A department and the globs of what is its own: paths, or labels and lists of a planning board.
#[derive(Clone, Debug)]
pub struct Department {
    /// What it is called.
    pub name: String,
    /// What is its own.
    pub glob: GlobMatcher,
}

/// Makes rows of findings.
#[derive(Debug)]
pub struct RowWriter<'a> {
    /// Masks what names of sources hold.
    pub engine: &'a Engine,
    /// The language of reasons.
    pub lang: Lang,
    /// Departments, the first that fits first.
    pub departments: Vec<Department>,
    /// The folders that were asked for, with `/` at their ends.
    pub roots: Vec<String>,
}

/// A source as rows name it.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub(super) path: String,
    pub(super) department: String,
}

impl RowWriter<'_> {
    /// The name of a source, masked, and the department it belongs to.
    pub(super) fn name(&self, path: &str, scratch: &mut Scratch) -> Named {
        let masked = |text: &str, scratch: &mut Scratch| {
            // Step by step: what stands between separators says more of itself than a whole path does.
            let mut out = String::with_capacity(text.len());
            for (nth, step) in text.split('/').enumerate() {
                if nth > 0 {
                    out.push('/');
                }
                if is_plain(step) { out.push_str(step) } else { out.push_str(&without_numbers(&self.engine.masked(step, scratch))) }
            }
            out
        };
        let below = self.roots.iter().filter_map(|root| path.strip_prefix(root.as_str())).min_by_key(|rest| rest.len());
        let folder = below.and_then(|rest| rest.split_once('/')).map_or("", |(folder, _)| folder);
        let department = self.departments.iter().find(|d| d.glob.is_match(path)).map(|d| d.name.clone());
        let department = department.unwrap_or_else(|| masked(folder, scratch));
        Named { path: crate::report::inert(&masked(path, scratch)).into_owned(), department }
    }

    pub(super) fn row<'r>(&'r self, f: &'r Located<'_>, named: &'r Named, change: &'static str) -> Row<'r> {
        let finding = &f.finding;
        // The labels of a card say more than the list it stands in.
        let names = f.item.iter().flat_map(|i| i.labels.iter().chain([&i.list])).filter(|name| !name.is_empty());
        let of_card = names.filter_map(|name| self.departments.iter().find(|d| d.glob.is_match(name))).next();
        let post = f.post.map_or(0, |p| p.start);
        let person = finding.who.map_or_else(String::new, |who| {
            if who.is_full { format!("p-{:016x}", who.mark) } else { format!("e-{:016x}", in_post(who.mark, &f.path, post)) }
        });
        Row {
            r#type: "finding".into(),
            severity: finding.severity,
            rule: finding.rule.id.into(),
            also: finding.also.iter().map(|r| r.id.into()).collect(),
            kind: finding.kind.name().into(),
            attributes: finding.attributes.iter().map(|a| a.name().into()).collect(),
            confidence: finding.confidence.name().into(),
            channel: finding.channel_name.into(),
            department: of_card.map_or(named.department.as_str(), |d| d.name.as_str()).into(),
            month: f.post.and_then(|p| p.month).map_or_else(String::new, super::month_name).into(),
            path: named.path.as_str().into(),
            place: f.place.as_str().into(),
            post,
            line: f.line,
            column: f.column,
            end_line: f.end_line,
            end_column: f.end_column,
            byte_start: f.byte_start,
            byte_end: f.byte_end,
            role: finding.role.name().into(),
            masked: finding.masked.as_str().into(),
            count: finding.count,
            state: finding.state().name().into(),
            accepted: finding.accepted.as_deref().map(AcceptedRow::of),
            person: person.into(),
            change: change.into(),
            fingerprint: f.fingerprint.to_string().into(),
        }
    }

    pub(super) fn source<'r>(&self, source: &'r SourceReport, named: &'r Named, scratch: &mut Scratch) -> SourceRow<'r> {
        let (status, reason) = match source {
            SourceReport::Scanned { .. } => ("scanned", String::new()),
            SourceReport::Unread(unread) => {
                let reason = self.engine.masked(self.lang.of(&unread.reason.sv, &unread.reason.en), scratch);
                (if unread.class == Class::Error { "failed" } else { "skipped" }, reason)
            }
        };
        SourceRow { r#type: "source".into(), status: status.into(), path: named.path.as_str().into(), reason: reason.into() }
    }
}

/// Whether a step of a path can hold nothing: small letters and few digits, as most do.
fn is_plain(step: &str) -> bool {
    step.bytes().filter(u8::is_ascii_digit).count() < 6
        && step.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'))
}

/// The mark of a given name, for one post alone: the same name elsewhere is somebody else. What goes in is keyed already.
fn in_post(mark: u64, path: &str, post: u64) -> u64 {
    let bytes = path.bytes().chain(post.to_le_bytes()).chain(mark.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A name of a source without what may be an identity or telephone number: there are no words around it that would say so,
/// and a name can do without.
fn without_numbers(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for part in name.split_inclusive(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '_' | ' ')) {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let short = if digits.len() == 12 { &digits[2..] } else { &digits };
        let pair = |at: usize| short.get(at..at + 2).and_then(|two| two.parse::<u8>().ok());
        let is_date = short.len() == 10 && matches!(pair(2), Some(1..=12 | 20..)) && matches!(pair(4), Some(1..=31 | 61..=91));
        let is_phone = (8..=13).contains(&digits.len()) && (digits.starts_with('0') || digits.starts_with("46"));
        if is_date || is_phone { out.extend(part.chars().map(|c| if c.is_ascii_digit() { '*' } else { c })) } else { out.push_str(part) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_of_sources_are_masked() {
        for (name, want) in [
            ("a/19800825-2390/b.md", "a/********-****/b.md"),
            ("070-174 06 12/a.md", "***-*** ** **/a.md"),
            ("+46701740612.txt", "+***********.txt"),
            ("800102_2386.txt", "******_****.txt"),
            ("2023/05/inlagg-17.md", "2023/05/inlagg-17.md"),
            ("20230504120000.warc", "20230504120000.warc"),
        ] {
            assert_eq!(without_numbers(name), want);
        }
    }
}

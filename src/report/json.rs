//! JSON and JSON Lines: for other programs. They carry no snippet. Findings are written as they come, sums last.

use std::io::{self, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::{Lang, Located, Reporter, SourceReport, Summary};
use crate::detect::{Attributes, Evidence, EvidenceList};
use crate::finding::{Accepted, Severity};
use crate::policy::Day;
use crate::sensitive::Masked;

/// The name and version of the JSON form.
const SCHEMA: &str = "ombud-check/1";

#[derive(Serialize)]
struct FindingRow<'a> {
    rule: &'a str,
    slug: &'a str,
    kind: &'a str,
    attributes: Names,
    severity: Severity,
    confidence: &'a str,
    path: &'a str,
    place: &'a str,
    role: &'a str,
    channel: &'a str,
    byte_start: u64,
    byte_end: u64,
    line: u64,
    column: u64,
    end_line: u64,
    end_column: u64,
    masked: MaskedText<'a>,
    evidence: Reasons<'a>,
    message: &'a str,
    remedy: std::borrow::Cow<'a, str>,
    fingerprint: String,
    state: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<AcceptedRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_one")]
    count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<CardRow<'a>>,
}

/// Why a finding does not count.
#[derive(Serialize)]
struct AcceptedRow<'a> {
    by: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl<'a> From<&'a Accepted> for AcceptedRow<'a> {
    fn from(a: &'a Accepted) -> Self {
        let day = |day: Option<Day>| day.map(|d| d.to_string());
        Self { by: a.by.name(), reason: &a.reason, since: day(a.since), until: day(a.until) }
    }
}

/// The card of a planning board.
#[derive(Serialize)]
struct CardRow<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    list: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    due: &'a str,
    done: bool,
}

/// Only a list has a count.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(count: &u32) -> bool {
    *count == 1
}

struct Names(Attributes);

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.0.iter().map(crate::detect::Attribute::name))
    }
}

struct MaskedText<'a>(&'a Masked);

impl Serialize for MaskedText<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.0.as_str())
    }
}

struct Reasons<'a>(&'a EvidenceList);

impl Serialize for Reasons<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut seq = s.serialize_seq(None)?;
        for one in self.0.iter() {
            seq.serialize_element(&evidence_name(one))?;
        }
        seq.end()
    }
}

/// An evidence as programs read it: `checksum`, `cue:personnummer`.
#[must_use]
pub fn evidence_name(evidence: &Evidence) -> std::borrow::Cow<'static, str> {
    match evidence.detail {
        Some(detail) => format!("{}:{detail}", evidence.reason.name()).into(),
        None => evidence.reason.name().into(),
    }
}

fn row<'a>(f: &'a Located<'_>, lang: Lang) -> FindingRow<'a> {
    FindingRow {
        rule: f.finding.rule.id,
        slug: f.finding.rule.slug,
        kind: f.finding.kind.name(),
        attributes: Names(f.finding.attributes),
        severity: f.finding.severity,
        confidence: f.finding.confidence.name(),
        path: &f.path,
        place: &f.place,
        role: f.finding.role.name(),
        channel: f.finding.channel,
        byte_start: f.byte_start,
        byte_end: f.byte_end,
        line: f.line,
        column: f.column,
        end_line: f.end_line,
        end_column: f.end_column,
        masked: MaskedText(&f.finding.masked),
        evidence: Reasons(&f.finding.evidence),
        message: lang.pick(&f.finding.rule.message),
        remedy: lang.remedy(&f.finding),
        fingerprint: f.fingerprint.to_string(),
        state: f.finding.state().name(),
        accepted: f.finding.accepted.as_deref().map(AcceptedRow::from),
        field: f.in_field.map(|p| p.field),
        start: f.in_field.map(|p| p.start),
        end: f.in_field.map(|p| p.end),
        also: f.finding.also.iter().map(|r| r.id).collect(),
        count: f.finding.count,
        card: f.item.as_ref().map(|i| CardRow { name: &i.name, list: &i.list, due: &i.due, done: i.done }),
    }
}

#[derive(Serialize)]
struct SourceRow<'a> {
    path: &'a str,
    status: &'a str,
    reason: Option<&'a str>,
    class: Option<&'a str>,
}

fn source_row(source: &SourceReport, lang: Lang) -> SourceRow<'_> {
    match source {
        SourceReport::Scanned { path } => SourceRow { path, status: "scanned", reason: None, class: None },
        SourceReport::Unread(unread) => SourceRow {
            path: &unread.name,
            status: if unread.class == crate::source::Class::Error { "failed" } else { "skipped" },
            reason: Some(lang.of(&unread.reason.sv, &unread.reason.en)),
            class: Some(unread.class.name()),
        },
    }
}

#[derive(Serialize)]
struct SummaryRow {
    scanned: u64,
    skipped: u64,
    failed: u64,
    errors: u64,
    warnings: u64,
    notes: u64,
    suppressed: u64,
    complete: bool,
}

impl From<&Summary> for SummaryRow {
    fn from(s: &Summary) -> Self {
        Self {
            scanned: s.scanned,
            skipped: s.skipped,
            failed: s.failed,
            errors: s.errors,
            warnings: s.warnings,
            notes: s.notes,
            suppressed: s.suppressed,
            complete: s.is_complete(),
        }
    }
}

/// Writes one JSON object.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
    lang: Lang,
    findings: u64,
    /// Rows of sources wait for the list after the findings.
    sources: Vec<u8>,
}

impl<W: Write> Json<W> {
    /// Writes to `out`, with messages in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        Self { out, lang, findings: 0, sources: Vec::new() }
    }
}

impl<W: Write> Reporter for Json<W> {
    fn finding(&mut self, finding: &Located<'_>) -> io::Result<()> {
        if self.findings == 0 {
            writeln!(self.out, "{{\"schema\":\"{SCHEMA}\",\"findings\":[")?;
        } else {
            self.out.write_all(b",\n")?;
        }
        self.findings += 1;
        serde_json::to_writer(&mut self.out, &row(finding, self.lang)).map_err(io::Error::from)
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        if !self.sources.is_empty() {
            self.sources.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut self.sources, &source_row(source, self.lang)).map_err(io::Error::from)
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if self.findings == 0 {
            write!(self.out, "{{\"schema\":\"{SCHEMA}\",\"findings\":[")?;
        }
        self.out.write_all(b"],\"sources\":[\n")?;
        self.out.write_all(&self.sources)?;
        self.out.write_all(b"],\"summary\":")?;
        serde_json::to_writer(&mut self.out, &SummaryRow::from(summary))?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}

/// Writes one JSON object a line: findings, sources and the summary, each with its `type`.
#[derive(Debug)]
pub struct JsonLines<W> {
    out: W,
    lang: Lang,
}

impl<W: Write> JsonLines<W> {
    /// Writes to `out`, with messages in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        Self { out, lang }
    }

    fn line(&mut self, kind: &'static str, row: impl Serialize) -> io::Result<()> {
        #[derive(Serialize)]
        struct Typed<R> {
            r#type: &'static str,
            #[serde(flatten)]
            row: R,
        }
        serde_json::to_writer(&mut self.out, &Typed { r#type: kind, row })?;
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Reporter for JsonLines<W> {
    fn finding(&mut self, finding: &Located<'_>) -> io::Result<()> {
        let lang = self.lang;
        self.line("finding", row(finding, lang))
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        let lang = self.lang;
        self.line("source", source_row(source, lang))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.line("summary", SummaryRow::from(summary))?;
        self.out.flush()
    }
}

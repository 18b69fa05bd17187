//! JSON and JSON Lines: for other programs. They carry no snippet. Findings are written as they come, sums last.
//!
//! A long text gives hundreds of thousands of rows, so they are put together by hand: what is the same in every row of a
//! rule, or of a source, is escaped once. A test holds them against what `serde_json` writes.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use super::escape::{push_json, push_number};
use super::{Lang, Located, Reporter, SourceReport, Summary};
use crate::detect::Evidence;
use crate::source::Class;

/// The name and version of the JSON form.
const SCHEMA: &str = "ombud-check/1";

/// An evidence as programs read it: `checksum`, `cue:personnummer`.
#[must_use]
pub fn evidence_name(evidence: &Evidence) -> std::borrow::Cow<'static, str> {
    match evidence.detail {
        Some(detail) => format!("{}:{detail}", evidence.reason.name()).into(),
        None => evidence.reason.name().into(),
    }
}

/// Puts rows together.
#[derive(Debug)]
struct Rows {
    lang: Lang,
    /// Of each rule: what stands before the kind, and from the message to the fingerprint.
    rules: HashMap<&'static str, (Vec<u8>, Vec<u8>)>,
    /// The last source's name, and the same escaped.
    path: (Arc<str>, Vec<u8>),
}

fn push_key(out: &mut Vec<u8>, key: &str, value: &str) {
    out.push(b',');
    push_json(out, key);
    out.push(b':');
    push_json(out, value);
}

/// Adds a list of what `push` adds for each item.
fn push_list<T>(out: &mut Vec<u8>, items: impl Iterator<Item = T>, mut push: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    let start = out.len();
    for item in items {
        if out.len() > start {
            out.push(b',');
        }
        push(out, item);
    }
    out.push(b']');
}

impl Rows {
    fn new(lang: Lang) -> Self {
        Self { lang, rules: HashMap::new(), path: ("".into(), b"\"\"".into()) }
    }

    /// Adds the members of a finding's object, without its braces.
    fn finding(&mut self, out: &mut Vec<u8>, f: &Located<'_>) {
        let rule = f.finding.rule;
        let lang = self.lang;
        let (head, tail) = self.rules.entry(rule.id).or_insert_with(|| {
            let (mut head, mut tail) = (b"\"rule\":".to_vec(), Vec::new());
            push_json(&mut head, rule.id);
            push_key(&mut head, "slug", rule.slug);
            head.extend_from_slice(b",\"kind\":\"");
            push_key(&mut tail, "message", lang.pick(&rule.message));
            push_key(&mut tail, "remedy", lang.pick(&rule.remedy));
            tail.extend_from_slice(b",\"fingerprint\":\"");
            (head, tail)
        });
        if !Arc::ptr_eq(&self.path.0, &f.path) {
            self.path.0 = Arc::clone(&f.path);
            self.path.1.clear();
            push_json(&mut self.path.1, &f.path);
        }
        out.extend_from_slice(head);
        out.extend_from_slice(f.finding.kind.name().as_bytes());
        out.extend_from_slice(b"\",\"attributes\":");
        push_list(out, f.finding.attributes.iter(), |out, a| push_json(out, a.name()));
        out.extend_from_slice(b",\"severity\":\"");
        out.extend_from_slice(f.finding.severity.name().as_bytes());
        out.extend_from_slice(b"\",\"confidence\":\"");
        out.extend_from_slice(f.finding.confidence.name().as_bytes());
        out.extend_from_slice(b"\",\"path\":");
        out.extend_from_slice(&self.path.1);
        push_key(out, "place", &f.place);
        out.extend_from_slice(b",\"role\":\"");
        out.extend_from_slice(f.finding.role.name().as_bytes());
        out.extend_from_slice(b"\",\"channel\":");
        push_json(out, f.finding.channel);
        for (name, number) in [
            (&b",\"byte_start\":"[..], f.byte_start),
            (b",\"byte_end\":", f.byte_end),
            (b",\"line\":", f.line),
            (b",\"column\":", f.column),
            (b",\"end_line\":", f.end_line),
            (b",\"end_column\":", f.end_column),
        ] {
            out.extend_from_slice(name);
            push_number(out, number);
        }
        push_key(out, "masked", f.finding.masked.as_str());
        out.extend_from_slice(b",\"evidence\":");
        push_list(out, f.finding.evidence.iter(), |out, evidence| match evidence.detail {
            None => push_json(out, evidence.reason.name()),
            Some(_) => push_json(out, &evidence_name(evidence)),
        });
        out.extend_from_slice(tail);
        push_hex(out, f.fingerprint.0);
        out.extend_from_slice(b"\",\"state\":\"");
        out.extend_from_slice(f.finding.state().name().as_bytes());
        out.push(b'"');
        if !f.finding.also.is_empty() {
            out.extend_from_slice(b",\"also\":");
            push_list(out, f.finding.also.iter(), |out, rule| push_json(out, rule.id));
        }
        if let Some(accepted) = &f.finding.accepted {
            out.extend_from_slice(b",\"accepted\":{\"by\":\"");
            out.extend_from_slice(accepted.by.name().as_bytes());
            out.push(b'"');
            if accepted.is_spoken() {
                push_key(out, "reason", &accepted.reason);
            }
            for (key, day) in [("since", accepted.since), ("until", accepted.until)] {
                if let Some(day) = day {
                    push_key(out, key, &day.to_string());
                }
            }
            out.push(b'}');
        }
    }

    /// Adds the members of a source's object.
    fn source(&self, out: &mut Vec<u8>, source: &SourceReport) {
        out.extend_from_slice(b"\"path\":");
        push_json(out, source.name());
        let SourceReport::Unread(unread) = source else {
            out.extend_from_slice(b",\"status\":\"scanned\",\"reason\":null,\"class\":null");
            return;
        };
        push_key(out, "status", if unread.class == Class::Error { "failed" } else { "skipped" });
        push_key(out, "reason", self.lang.of(&unread.reason.sv, &unread.reason.en));
        push_key(out, "class", unread.class.name());
    }
}

fn push_hex(out: &mut Vec<u8>, number: u64) {
    out.extend((0..16).rev().map(|at| b"0123456789abcdef"[(number >> (4 * at) & 15) as usize]));
}

/// The members of the summary's object.
fn summary_row(s: &Summary) -> String {
    let Summary { scanned, skipped, failed, errors, warnings, notes, suppressed, .. } = s;
    format!(
        "\"scanned\":{scanned},\"skipped\":{skipped},\"failed\":{failed},\"errors\":{errors},\"warnings\":{warnings},\
         \"notes\":{notes},\"suppressed\":{suppressed},\"complete\":{}",
        s.is_complete()
    )
}

/// Writes one JSON object.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
    rows: Rows,
    row: Vec<u8>,
    findings: u64,
    /// Rows of sources wait for the list after the findings.
    sources: Vec<u8>,
}

impl<W: Write> Json<W> {
    /// Writes to `out`, with messages in `lang`.
    pub fn new(out: W, lang: Lang) -> Self {
        Self { out, rows: Rows::new(lang), row: Vec::new(), findings: 0, sources: Vec::new() }
    }
}

impl<W: Write> Reporter for Json<W> {
    fn finding(&mut self, finding: &Located<'_>) -> io::Result<()> {
        self.row.clear();
        if self.findings == 0 {
            write!(self.row, "{{\"schema\":\"{SCHEMA}\",\"findings\":[\n{{")?;
        } else {
            self.row.extend_from_slice(b",\n{");
        }
        self.findings += 1;
        self.rows.finding(&mut self.row, finding);
        self.row.push(b'}');
        self.out.write_all(&self.row)
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        self.sources.extend_from_slice(if self.sources.is_empty() { b"{" } else { b",\n{" });
        self.rows.source(&mut self.sources, source);
        self.sources.push(b'}');
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if self.findings == 0 {
            write!(self.out, "{{\"schema\":\"{SCHEMA}\",\"findings\":[")?;
        }
        self.out.write_all(b"],\"sources\":[\n")?;
        self.out.write_all(&self.sources)?;
        writeln!(self.out, "],\"summary\":{{{}}}}}", summary_row(summary))?;
        self.out.flush()
    }
}

/// Writes one JSON object a line: findings, sources and the summary, each with its `type`.
#[derive(Debug)]
pub struct JsonLines<W> {
    out: W,
    rows: Rows,
    row: Vec<u8>,
}

impl<W: Write> JsonLines<W> {
    /// Writes to `out`, with messages in `lang`.
    pub fn new(out: W, lang: Lang) -> Self {
        Self { out, rows: Rows::new(lang), row: Vec::new() }
    }

    fn line(&mut self, kind: &str, push: impl FnOnce(&mut Rows, &mut Vec<u8>)) -> io::Result<()> {
        self.row.clear();
        write!(self.row, "{{\"type\":\"{kind}\",")?;
        push(&mut self.rows, &mut self.row);
        self.row.extend_from_slice(b"}\n");
        self.out.write_all(&self.row)
    }
}

impl<W: Write> Reporter for JsonLines<W> {
    fn finding(&mut self, finding: &Located<'_>) -> io::Result<()> {
        self.line("finding", |rows, out| rows.finding(out, finding))
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        self.line("source", |rows, out| rows.source(out, source))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.line("summary", |_, out| out.extend_from_slice(summary_row(summary).as_bytes()))?;
        self.out.flush()
    }
}

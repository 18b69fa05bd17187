//! SARIF 2.1.0: for code scanning. At most 5,000 results, the gravest first; no snippet ever.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::escape::uri;
use super::{Lang, Located, Reporter, SourceReport, Summary};
use crate::finding::{By, Severity};
use crate::policy::{Class, Rule};

/// The schema it keeps to.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Most results that GitHub shows of a run; the others would be dropped without regard to their severity.
pub(crate) const MOST_RESULTS: usize = 5_000;

/// Collects the gravest results and writes one log.
#[derive(Debug)]
pub struct Sarif<W> {
    out: W,
    lang: Lang,
    /// Results as JSON text: errors, warnings, notes, what is accepted; each list in order.
    results: [Vec<Box<[u8]>>; 4],
    dropped: u64,
    rules: BTreeMap<&'static str, Value>,
    notifications: Vec<Value>,
}

impl<W: Write> Sarif<W> {
    /// Writes to `out`, with messages in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        let results = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        Self { out, lang, results, dropped: 0, rules: BTreeMap::new(), notifications: Vec::new() }
    }

    /// Says that `count` results less grave than all others are not given at all.
    #[cfg(feature = "audit")]
    pub(crate) const fn leave_out(&mut self, count: u64) {
        self.dropped += count;
    }

    /// Makes room for one result of list `slot`; `false`: it is less grave than all that are kept.
    fn make_room(&mut self, slot: usize) -> bool {
        if self.results.iter().map(Vec::len).sum::<usize>() < MOST_RESULTS {
            return true;
        }
        self.dropped += 1;
        (slot + 1..self.results.len()).rev().any(|less| self.results[less].pop().is_some())
    }
}

impl<W: Write> Reporter for Sarif<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        let finding = &f.finding;
        self.rules.entry(finding.rule.id).or_insert_with(|| descriptor(finding.rule));
        let slot = match finding.severity {
            _ if !finding.counts() => 3,
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        if !self.make_room(slot) {
            return Ok(());
        }
        let mut location = json!({
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&f.path), "uriBaseId": "SRCROOT" },
                "region": {
                    "startLine": f.line, "startColumn": f.column, "endLine": f.end_line, "endColumn": f.end_column,
                    "byteOffset": f.byte_start, "byteLength": f.byte_end - f.byte_start
                }
            }
        });
        if !f.place.is_empty() {
            location["logicalLocations"] = json!([{ "fullyQualifiedName": f.place }]);
        }
        let mut result = json!({
            "ruleId": finding.rule.id,
            "level": finding.severity.name(),
            "message": { "text": format!("{} ({}) {}", self.lang.pick(&finding.rule.message), finding.masked, self.lang.remedy(finding)) },
            "locations": [location],
            "partialFingerprints": { "ombudContext/v1": f.fingerprint.to_string() },
            "properties": { "kind": finding.kind.name(), "confidence": finding.confidence.name(), "channel": finding.channel, "role": finding.role.name() }
        });
        if let Some(accepted) = &finding.accepted {
            let kind = if accepted.by == By::Author { "inSource" } else { "external" };
            result["suppressions"] = json!([{ "kind": kind, "status": "accepted", "justification": accepted.reason }]);
        }
        self.results[slot].push(serde_json::to_vec(&result)?.into_boxed_slice());
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        if let SourceReport::Unread(unread) = source {
            let level = if unread.class == crate::source::Class::Error { "error" } else { "note" };
            self.notifications.push(json!({
                "level": level,
                "message": { "text": self.lang.of(&unread.reason.sv, &unread.reason.en) },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&unread.name), "uriBaseId": "SRCROOT" } } }]
            }));
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if self.dropped > 0 {
            let text = match self.lang {
                Lang::Sv => format!("{} resultat till, mindre allvarliga, fick inte plats", self.dropped),
                Lang::En => format!("{} more results, less grave, were left out", self.dropped),
            };
            self.notifications.push(json!({ "level": "warning", "message": { "text": text } }));
        }
        let tool = json!({ "driver": {
            "name": "ombud",
            "version": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": self.rules.values().collect::<Vec<_>>()
        } });
        let invocation = json!({ "executionSuccessful": summary.is_complete(), "toolExecutionNotifications": self.notifications });
        let base = json!({ "SRCROOT": { "description": { "text": "the folder that ombud was run in" } } });
        let out = &mut self.out;
        writeln!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{tool},")?;
        // Columns are those of every other output: characters. They differ from UTF-16 only after emoji and their like.
        write!(out, "\"columnKind\":\"unicodeCodePoints\",\"originalUriBaseIds\":{base},\"invocations\":[{invocation}],\"results\":[")?;
        for (nth, result) in self.results.iter().flatten().enumerate() {
            out.write_all(if nth == 0 { b"\n" } else { b",\n" })?;
            out.write_all(result)?;
        }
        out.write_all(b"]}]}\n")?;
        out.flush()
    }
}

fn descriptor(rule: &Rule) -> Value {
    let law: Vec<&str> = rule.law.iter().map(|l| l.reference.as_str()).collect();
    let law = law.join("; ");
    let (why, remedy) = (&rule.why, &rule.remedy);
    // GitHub's bands: high from 7, medium from 4, else low.
    let (level, security) = match Class::ALL.iter().filter_map(|&class| rule.severity_in(class)).max() {
        Some(Severity::Error) => ("error", "8.0"),
        Some(Severity::Warning) => ("warning", "5.0"),
        _ => ("note", "2.0"),
    };
    json!({
        "id": rule.id,
        "name": rule.slug,
        "shortDescription": { "text": format!("{} / {}", rule.title.sv, rule.title.en) },
        "fullDescription": { "text": format!("{} / {}", rule.message.sv, rule.message.en) },
        "help": {
            "text": format!("{}\n{}\n\n{}\n{}\n\n{law}", why.sv, remedy.sv, why.en, remedy.en),
            "markdown": format!("**Varför** {}\n\n**Gör så** {}\n\n**Why** {}\n\n**Do** {}\n\n{law}", why.sv, remedy.sv, why.en, remedy.en)
        },
        "defaultConfiguration": { "level": level },
        "properties": { "tags": ["privacy", "gdpr", "security"], "precision": "high", "security-severity": security }
    })
}

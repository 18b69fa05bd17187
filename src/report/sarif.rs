//! SARIF 2.1.0: for code scanning. At most 5,000 results, the gravest first; no snippet ever.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Lang, Located, Reporter, SourceReport, Summary};
use crate::finding::Severity;
use crate::policy::Rule;

/// Most results that GitHub shows of a run; the others would be dropped without regard to their severity.
const MOST_RESULTS: usize = 5_000;

/// Collects the gravest results and writes one log.
#[derive(Debug)]
pub struct Sarif<W> {
    out: W,
    lang: Lang,
    /// By severity, gravest first, each list in order.
    results: [Vec<Value>; 3],
    dropped: u64,
    rules: BTreeMap<&'static str, Value>,
    notifications: Vec<Value>,
}

impl<W: Write> Sarif<W> {
    /// Writes to `out`, with messages in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        Self { out, lang, results: [Vec::new(), Vec::new(), Vec::new()], dropped: 0, rules: BTreeMap::new(), notifications: Vec::new() }
    }

    /// Makes room for one result of list `slot`; `false`: it is less grave than all that are kept.
    fn make_room(&mut self, slot: usize) -> bool {
        if self.results.iter().map(Vec::len).sum::<usize>() < MOST_RESULTS {
            return true;
        }
        self.dropped += 1;
        (slot + 1..3).rev().any(|less| self.results[less].pop().is_some())
    }
}

impl<W: Write> Reporter for Sarif<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        let finding = &f.finding;
        self.rules.entry(finding.rule.id).or_insert_with(|| descriptor(finding.rule));
        let slot = match finding.severity {
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
        self.results[slot].push(json!({
            "ruleId": finding.rule.id,
            "level": finding.severity.name(),
            "message": { "text": format!("{} ({}) {}", self.lang.pick(&finding.rule.message), finding.masked, self.lang.pick(&finding.rule.remedy)) },
            "locations": [location],
            "partialFingerprints": { "ombudContext/v1": f.fingerprint.to_string() },
            "properties": { "kind": finding.kind.name(), "confidence": finding.confidence.name(), "channel": finding.channel, "role": finding.role.name() }
        }));
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
        let results: Vec<Value> = self.results.iter_mut().flat_map(std::mem::take).collect();
        let log = json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "ombud",
                    "version": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": self.rules.values().collect::<Vec<_>>()
                } },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": { "SRCROOT": { "description": { "text": "the folder that ombud was run in" } } },
                "invocations": [{ "executionSuccessful": summary.is_complete(), "toolExecutionNotifications": self.notifications }],
                "results": results
            }]
        });
        serde_json::to_writer(&mut self.out, &log)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}

fn descriptor(rule: &Rule) -> Value {
    let law: Vec<&str> = rule.law.iter().map(|l| l.reference.as_str()).collect();
    json!({
        "id": rule.id,
        "name": rule.slug,
        "shortDescription": { "text": format!("{} / {}", rule.title.sv, rule.title.en) },
        "fullDescription": { "text": format!("{} / {}", rule.message.sv, rule.message.en) },
        "help": { "text": format!("{}\n{}\n\n{}\n{}\n\n{}", rule.why.sv, rule.remedy.sv, rule.why.en, rule.remedy.en, law.join("; ")) },
        "properties": { "tags": ["privacy", "gdpr"] }
    })
}

/// A path as a relative URI reference: what RFC 3986 does not allow in a path is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.trim_start_matches('/').bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

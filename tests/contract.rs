//! The forms that other programs read: keys and types exactly as promised.

#[path = "common/program.rs"]
mod program;

use std::collections::BTreeSet;

use program::{Run, folder, ombud};
use serde_json::Value;

const FINDING: [&str; 22] = [
    "rule",
    "slug",
    "kind",
    "attributes",
    "severity",
    "confidence",
    "path",
    "place",
    "role",
    "channel",
    "byte_start",
    "byte_end",
    "line",
    "column",
    "end_line",
    "end_column",
    "masked",
    "evidence",
    "message",
    "remedy",
    "fingerprint",
    "state",
];
const SUMMARY: [&str; 8] = ["scanned", "skipped", "failed", "errors", "warnings", "notes", "suppressed", "complete"];
const SOURCE: [&str; 4] = ["path", "status", "reason", "class"];

const HTML: &str = "<!doctype html>\n<p>Intyg</p>\n<img src=a.jpg alt=\"Intyg f&ouml;r pnr 800102-2386\">\n";
const JSON: &str = r#"{"cards": [{"text": "Inget här"}, {"text": "p\u00e5 intyget: pnr 800102-2386"}]}"#;

fn run(format: &str) -> Run {
    let dir = folder(&[
        ("å utkast/bild & text.html", HTML.as_bytes()),
        ("data.json", JSON.as_bytes()),
        ("rent.txt", "Välkommen till öppet hus.\n".as_bytes()),
        ("trasig.txt", b"V\xC3\xA4lkommen pnr 800102-2386 \xFF\xFE slut"),
        ("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0\0"),
    ]);
    ombud(dir.path(), &["check", "--no-config", "--lang", "en", "--policy", "granskning", "--format", format, "."], b"")
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn check_finding(row: &Value) {
    let mut found = keys(row);
    // More rules may speak of the same words; readers that know no `also` lose nothing.
    if found.remove("also") {
        assert!(row["also"].as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string)), "{row}");
    }
    found.remove("type");
    assert_eq!(found, BTreeSet::from(FINDING));
    for key in ["rule", "slug", "kind", "path", "place", "role", "channel", "masked", "message", "remedy"] {
        assert!(row[key].is_string(), "{key}: {row}");
    }
    for key in ["attributes", "evidence"] {
        assert!(row[key].as_array().is_some_and(|list| list.iter().all(Value::is_string)), "{key}: {row}");
    }
    let is_one_of = |key: &str, names: &[&str]| assert!(row[key].as_str().is_some_and(|v| names.contains(&v)), "{key}: {row}");
    is_one_of("severity", &["error", "warning", "note"]);
    is_one_of("confidence", &["low", "medium", "high"]);
    is_one_of("state", &["new"]);
    is_one_of("role", &ombud::document::Role::ALL.map(ombud::document::Role::name));
    let number = |key: &str| row[key].as_u64().unwrap_or_else(|| panic!("{key}: {row}"));
    assert!(number("byte_start") < number("byte_end"));
    assert!((number("line"), number("column")) < (number("end_line"), number("end_column")));
    assert!(number("line") >= 1 && number("column") >= 1);
    let fingerprint = row["fingerprint"].as_str().expect("text");
    assert!(!fingerprint.is_empty() && fingerprint.bytes().all(|b| b.is_ascii_hexdigit()));
    let length = number("byte_end") - number("byte_start");
    assert_eq!(row["masked"].as_str().map(|m| m.len() as u64), Some(length), "nothing is decoded inside these numbers");
}

fn check_summary(row: &Value) {
    let mut found = keys(row);
    found.remove("type");
    assert_eq!(found, BTreeSet::from(SUMMARY));
    assert!(SUMMARY[..7].iter().all(|key| row[*key].is_u64()) && row["complete"].is_boolean(), "{row}");
}

fn check_source(row: &Value) {
    let mut found = keys(row);
    found.remove("type");
    assert_eq!(found, BTreeSet::from(SOURCE));
    let status = row["status"].as_str().expect("text");
    match (status, row["class"].as_str()) {
        ("scanned", None) => assert!(row["reason"].is_null() && row["class"].is_null()),
        ("failed", Some("error")) | ("skipped", Some("unsupported" | "excluded")) => assert!(row["reason"].is_string()),
        _ => panic!("{row}"),
    }
}

#[test]
fn json_has_the_keys_of_the_contract_and_no_others() {
    let run = run("json");
    let json: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(run.status, 2, "a broken source leads over findings");
    assert_eq!(keys(&json), BTreeSet::from(["schema", "summary", "findings", "sources"]));
    assert_eq!(json["schema"], "ombud-check/1");
    check_summary(&json["summary"]);
    let (findings, sources) = (json["findings"].as_array().expect("a list"), json["sources"].as_array().expect("a list"));
    assert!(findings.len() >= 3, "{findings:?}");
    findings.iter().for_each(check_finding);
    sources.iter().for_each(check_source);
    let count = |severity: &str| findings.iter().filter(|f| f["severity"] == severity).count() as u64;
    let summary = &json["summary"];
    for (severity, key) in [("error", "errors"), ("warning", "warnings"), ("note", "notes")] {
        assert_eq!(summary[key], count(severity));
    }
    let ended = |status: &str| sources.iter().filter(|s| s["status"] == status).count() as u64;
    for status in ["scanned", "skipped", "failed"] {
        assert_eq!(summary[status], ended(status));
    }
    assert_eq!(sources.len(), 5, "every file is accounted for");
    // The broken text, and the picture that is cut off.
    assert_eq!((&summary["failed"], &summary["complete"]), (&2.into(), &false.into()));
}

#[test]
fn places_and_bytes_are_those_of_the_original_file() {
    let run = run("json");
    let json: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let of = |path: &str| {
        let all = json["findings"].as_array().expect("a list");
        all.iter().find(|f| f["path"].as_str().is_some_and(|p| p.ends_with(path)) && f["kind"] == "personnummer").expect("a finding")
    };
    for (path, source, place) in [("text.html", HTML, "img[alt]"), ("data.json", JSON, "/cards/1/text")] {
        let f = of(path);
        let at = |key: &str| usize::try_from(f[key].as_u64().expect("a number")).expect("small");
        assert_eq!(&source[at("byte_start")..at("byte_end")], "800102-2386");
        assert!(f["place"].as_str().is_some_and(|p| p.ends_with(place)), "{f}");
        let before = &source[..at("byte_start")];
        assert_eq!(at("line"), before.matches('\n').count() + 1);
        assert_eq!(at("column"), before.chars().rev().take_while(|c| *c != '\n').count() + 1);
    }
}

#[test]
fn json_lines_are_typed_rows_of_the_same_keys() {
    let run = run("jsonl");
    let rows: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for row in &rows {
        match row["type"].as_str() {
            Some("finding") => check_finding(row),
            Some("source") => check_source(row),
            Some("summary") => check_summary(row),
            _ => panic!("{row}"),
        }
    }
    let count = |name: &str| rows.iter().filter(|r| r["type"] == name).count();
    assert!(count("finding") >= 3 && count("source") == 5 && count("summary") == 1);
    assert_eq!(rows.last().map(|r| &r["type"]), Some(&"summary".into()));
}

#[test]
fn nothing_found_is_json_too() {
    let dir = folder(&[("rent.txt", b"Inget alls.\n")]);
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "json"], b"");
    let json: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((run.status, json["findings"].as_array().map(Vec::len)), (0, Some(0)));
}

#[test]
fn sarif_holds_what_the_standard_asks_for() {
    let run = run("sarif");
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().is_some_and(|s| s.contains("sarif-schema-2.1.0")));
    let runs = log["runs"].as_array().expect("runs");
    assert_eq!(runs.len(), 1);
    let (driver, results) = (&runs[0]["tool"]["driver"], runs[0]["results"].as_array().expect("results"));
    assert_eq!(driver["name"], "ombud");
    let rules = driver["rules"].as_array().expect("rules");
    let ids: BTreeSet<&str> = rules.iter().map(|r| r["id"].as_str().expect("an id")).collect();
    assert_eq!(ids.len(), rules.len(), "each rule once");
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|t| !t.is_empty()), "{rule}");
        }
    }
    assert!(results.len() >= 3);
    for result in results {
        assert!(result["ruleId"].as_str().is_some_and(|id| ids.contains(id)), "{result}");
        assert!(matches!(result["level"].as_str(), Some("error" | "warning" | "note")), "{result}");
        assert!(result["message"]["text"].as_str().is_some_and(|t| !t.is_empty()));
        let prints = result["partialFingerprints"].as_object().expect("fingerprints");
        assert!(prints.values().all(Value::is_string) && !prints.is_empty());
        for location in result["locations"].as_array().expect("locations") {
            let place = &location["physicalLocation"];
            check_uri(&place["artifactLocation"]["uri"]);
            let number = |key: &str| place["region"][key].as_u64().unwrap_or_else(|| panic!("{key}: {place}"));
            assert!(["startLine", "startColumn", "endLine", "endColumn"].iter().all(|key| number(key) >= 1), "{place}");
            assert!((number("startLine"), number("startColumn")) < (number("endLine"), number("endColumn")));
            assert!(place["region"].get("snippet").is_none() && place.get("contextRegion").is_none(), "no snippet in machine forms");
            let base = place["artifactLocation"]["uriBaseId"].as_str().expect("a base");
            assert!(runs[0]["originalUriBaseIds"].get(base).is_some());
        }
    }
    let invocation = &runs[0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notes = invocation["toolExecutionNotifications"].as_array().expect("notifications");
    assert!(notes.iter().any(|n| n["level"] == "error"));
    for note in notes {
        assert!(note["message"]["text"].as_str().is_some_and(|t| !t.is_empty()));
        note["locations"].as_array().into_iter().flatten().for_each(|l| check_uri(&l["physicalLocation"]["artifactLocation"]["uri"]));
    }
}

/// A relative URI reference in the characters of RFC 3986.
fn check_uri(uri: &Value) {
    let uri = uri.as_str().expect("a URI");
    assert!(!uri.starts_with('/') && !uri.contains("://") && !uri.contains('\\'), "{uri}");
    assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)), "{uri}");
}

#[test]
fn github_annotations_name_a_file_and_a_line() {
    let run = run("github");
    let commands: Vec<&str> = run.stdout.lines().filter(|l| l.starts_with("::")).collect();
    assert!(commands.len() >= 4, "{}", run.stdout);
    for command in commands.iter().filter(|c| c.contains(" file=")) {
        assert!(["::error file=", "::warning file=", "::notice file="].iter().any(|start| command.starts_with(start)), "{command}");
    }
}

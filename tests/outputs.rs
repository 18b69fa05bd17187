//! Outputs hold to what their readers expect: schemas for JSON, a parser for XML, lines and columns that point at the
//! words, files that are whole or absent.

#[path = "common/program.rs"]
mod program;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use program::{folder, ombud};
use serde_json::Value;

/// Drafts with odd names, odd places, warnings, and one that cannot be read.
fn drafts() -> tempfile::TempDir {
    folder(&[
        ("å b/c,d.md", "# Möte 😀 pnr 800102-2386 och 19800825-2390\n\nRing 070-174 06 12.\n".as_bytes()),
        ("a&b<c>.txt", "Åsa, pnr 800102-2386\npnr 800102-2386\npnr 800102-2386\n".as_bytes()),
        ("data.json", br#"{"text": "pnr 800102-2386", "alt": "pnr 800102\u002d2386"}"#),
        ("rent.md", b"Biblioteket har nya tider.\n"),
        ("trasig.json", br#"{"text": "pnr 800102-2386"#),
    ])
}

fn check(dir: &Path, format: &str) -> String {
    let run = ombud(dir, &["check", "--no-config", "--format", format, "."], b"");
    assert_eq!(run.status, 2, "one source is broken: {}", run.stderr);
    run.stdout
}

fn valid(schema: &str, instance: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(schema);
    let schema: Value = serde_json::from_slice(&fs::read(path).expect("a schema")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let faults: Vec<String> = validator.iter_errors(instance).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn sarif_keeps_to_its_schema() {
    let dir = drafts();
    let log: Value = serde_json::from_str(&check(dir.path(), "sarif")).unwrap();
    valid("sarif-2.1.0.json", &log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() >= 7);
    let uris: HashSet<&str> =
        results.iter().map(|r| r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap()).collect();
    assert!(uris.contains("%C3%A5%20b/c%2Cd.md") && uris.contains("a%26b%3Cc%3E.txt"), "{uris:?}");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert!(!log.to_string().contains("\"snippet\""));
    let broken = serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": {} } }] });
    assert!(std::panic::catch_unwind(|| valid("sarif-2.1.0.json", &broken)).is_err(), "the schema can say no");
}

#[test]
fn sarif_keeps_the_gravest_five_thousand() {
    // A fictitious e-mail address is a warning at most; the personnummer at the end is an error.
    let mut text: String = (0..5_200).map(|n| format!("Skriv till nr{n}.alm@example.se idag.\n\n")).collect();
    text += "pnr 800102-2386\n";
    let dir = folder(&[("lång.txt", text.as_bytes())]);
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "sarif", "."], b"");
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    valid("sarif-2.1.0.json", &log);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 5_000);
    assert_eq!(results[0]["ruleId"], "OMB101", "the gravest first");
    let notes = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(
        notes.iter().filter(|n| n["message"]["text"].as_str().is_some_and(|t| t.contains("201 resultat till"))).count(),
        1,
        "{notes:?}"
    );
}

#[test]
fn gitlab_issues_keep_to_their_schema_and_differ() {
    let dir = drafts();
    let issues: Value = serde_json::from_str(&check(dir.path(), "gitlab")).unwrap();
    valid("gitlab-code-quality.json", &issues);
    let issues = issues.as_array().unwrap();
    let marks: HashSet<&str> = issues.iter().map(|i| i["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(marks.len(), issues.len(), "GitLab shows only the first of equal fingerprints");
    assert!(issues.iter().any(|i| i["check_name"] == "not-read" && i["location"]["path"] == "trasig.json"));
    let clean = folder(&[("a.txt", b"Hej.\n")]);
    let run = ombud(clean.path(), &["check", "--no-config", "--format", "gitlab", "."], b"");
    assert_eq!((run.status, run.stdout.as_str()), (0, "[]\n"));
}

#[test]
fn junit_is_xml_whose_counts_add_up() {
    let dir = drafts();
    let xml = check(dir.path(), "junit");
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let count = |node: roxmltree::Node<'_, '_>, name: &str| node.descendants().filter(|n| n.has_tag_name(name)).count().to_string();
    let root = tree.root_element();
    for (attribute, tag) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
        for suite in root.children().filter(|n| n.has_tag_name("testsuite")).chain([root]) {
            assert_eq!(suite.attribute(attribute).unwrap(), count(suite, tag), "{attribute}");
        }
    }
    assert_eq!(root.children().filter(|n| n.has_tag_name("testsuite")).count(), 5);
    assert!(root.descendants().any(|n| n.attribute("name") == Some("a&b<c>.txt")));
}

#[test]
fn checkstyle_is_xml_with_lines_and_columns() {
    let dir = drafts();
    let xml = check(dir.path(), "checkstyle");
    let tree = roxmltree::Document::parse(&xml).unwrap();
    let file = tree.root_element().children().find(|n| n.attribute("name") == Some("a&b<c>.txt")).unwrap();
    let errors: Vec<_> = file.children().filter(|n| n.has_tag_name("error")).collect();
    let numbers: Vec<_> =
        errors.iter().filter(|e| e.attribute("source") == Some("ombud.OMB101")).map(|e| e.attribute("line").unwrap()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert_eq!(errors.iter().find(|e| e.attribute("line") == Some("2")).unwrap().attribute("column"), Some("5"));
}

#[test]
fn suggestions_of_rdjsonl_replace_the_words_and_nothing_else() {
    let dir = drafts();
    let out = check(dir.path(), "rdjsonl");
    let mut suggested = 0;
    for line in out.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        assert!(matches!(row["severity"].as_str(), Some("ERROR" | "WARNING" | "INFO")));
        let path = row["location"]["path"].as_str().unwrap();
        let Some(list) = row["suggestions"].as_array() else { continue };
        let text = fs::read_to_string(dir.path().join(path)).unwrap();
        let place = |end: &str| {
            let at = &list[0]["range"][end];
            let number = |key: &str| usize::try_from(at[key].as_u64().unwrap()).unwrap();
            (number("line"), number("column"))
        };
        let ((line, from), (end_line, to)) = (place("start"), place("end"));
        assert_eq!(line, end_line);
        let line = text.lines().nth(line - 1).unwrap();
        let (words, new) = (&line[from - 1..to - 1], list[0]["text"].as_str().unwrap());
        match new {
            "[personnummer borttaget]" => assert!(words.ends_with("2386") || words.ends_with("2390"), "{path}"),
            "[telefonnummer borttaget]" => assert_eq!(words, "070-174 06 12"),
            other => panic!("{other}"),
        }
        suggested += 1;
    }
    assert!(suggested >= 6, "{suggested}");
    assert!(!out.contains("u002d"), "an escape in the source gets no proposal");
}

#[test]
fn columns_count_characters() {
    let dir = drafts();
    let out = check(dir.path(), "compact");
    assert!(out.contains("å b/c,d.md:1:14: error OMB101"), "{out}");
    assert!(out.contains("a&b<c>.txt:1:10: error OMB101"), "{out}");
}

#[test]
fn several_outputs_at_once() {
    let dir = drafts();
    let run = ombud(
        dir.path(),
        &["check", "--no-config", "--format", "compact", "--format", "sarif=ut.sarif", "--format=junit=ut.xml", "."],
        b"",
    );
    assert_eq!(run.status, 2);
    assert!(run.stdout.contains("a&b<c>.txt:1:10: error OMB101"));
    let log: Value = serde_json::from_slice(&fs::read(dir.path().join("ut.sarif")).unwrap()).unwrap();
    valid("sarif-2.1.0.json", &log);
    roxmltree::Document::parse(&fs::read_to_string(dir.path().join("ut.xml")).unwrap()).unwrap();
    fs::remove_file(dir.path().join("ut.sarif")).unwrap();
    fs::remove_file(dir.path().join("ut.xml")).unwrap();
    // With files alone, standard error says how it went.
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "json=ut.json", "rent.md"], b"");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    assert!(run.stderr.contains("1 fil läst"), "{}", run.stderr);
}

#[test]
fn a_report_that_cannot_be_written_is_no_answer() {
    let dir = drafts();
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "sarif=ingen/mapp/ut.sarif", "rent.md"], b"");
    assert_eq!(run.status, 2);
    let before = fs::read_dir(dir.path()).unwrap().count();
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "sarif=ut.sarif", "--channel", "fejsbok", "rent.md"], b"");
    assert_eq!(run.status, 2);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), before, "nothing half-written is left");
}

#[test]
fn a_step_summary_is_written_beside_annotations() {
    let dir = drafts();
    let page = dir.path().join("summary.md");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_ombud"))
        .args(["check", "--no-config", "--format", "github", "--lang", "en", "."])
        .current_dir(dir.path())
        .env("GITHUB_STEP_SUMMARY", &page)
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("::error file=å b/c%2Cd.md,line=1,endLine=1,col=14"), "{out}");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.starts_with("### ombud") && page.contains("a&amp;b&lt;c>.txt:1:10"), "{page}");
}

#[test]
fn fifty_in_full_then_one_line_each() {
    let text: String = (0..70).map(|n| format!("Rad {n}: pnr 800102-2386.\n\n")).collect();
    let dir = folder(&[("lång.txt", text.as_bytes())]);
    let run = ombud(dir.path(), &["check", "--no-config", "."], b"");
    assert_eq!(run.stdout.matches("gör så").count(), 50);
    let (_, rest) = run.stdout.split_once("Resten i korthet:").unwrap();
    assert_eq!(rest.lines().filter(|l| l.starts_with("lång.txt:")).count(), 20);
}

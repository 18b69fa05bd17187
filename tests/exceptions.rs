//! Exceptions hide what they name, where they stand, as long as they hold, and nothing else; what serves no purpose is told.

#[path = "common/program.rs"]
mod program;

use program::{folder, ombud};
use serde_json::Value;

/// `rule state` of each finding in order, and the exit status. The day is 2026-02-02.
fn check(files: &[(&str, &str)], more: &[&str]) -> (Vec<String>, i32) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let dir = folder(&files);
    let run = ombud(dir.path(), &[&["check", "--format", "json", "."], more].concat(), b"");
    let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {} {}", run.stdout, run.stderr));
    let word = |f: &Value, key: &str| f[key].as_str().expect("a word").to_owned();
    // Said of every test number, and of every board: not what these tests are about.
    let rows = answer["findings"].as_array().expect("findings").iter().filter(|f| f["rule"] != "OMB106" && f["rule"] != "OMB710");
    (rows.map(|f| format!("{} {}", word(f, "rule"), word(f, "state"))).collect(), run.status)
}

const HIDDEN: &str = "OMB101 suppressed";

#[test]
fn every_format_with_comments_has_exceptions() {
    for (name, text) in [
        ("a.md", "pnr 800102-2386 <!-- ombud:ignore OMB101 skäl=\"eget provnummer\" -->\n"),
        ("a.md", "<!-- ombud:ignore-next-line personnummer reason='ours' -->\npnr 800102-2386\n"),
        ("a.md", "<!-- ombud:off OMB101 skäl=prov -->\n\npnr 800102-2386\n\n<!-- ombud:on -->\n"),
        ("a.md", "---\nombud-ignore: OMB101 skäl=\"eget provnummer\" till=2027-06-30\n---\n\npnr 800102-2386\n"),
        ("a.md", "---\npnr: 800102-2386 # ombud:ignore OMB101 skäl=prov\n---\n\nHej.\n"),
        ("a.html", "<p>pnr 800102-2386</p> <!-- ombud:ignore OMB101 skäl=\"prov\" -->\n"),
        ("a.xml", "<a>\n<!-- ombud:ignore OMB101 skäl=\"prov\" -->\n<b>pnr 800102-2386</b></a>\n"),
        ("a.yaml", "text: pnr 800102-2386 # ombud:ignore OMB101 skäl=\"prov\"\n"),
        ("a.toml", "text = \"pnr 800102-2386\" # ombud:ignore OMB101 skäl=\"prov\"\n"),
        ("a.adoc", "// ombud:ignore OMB101 skäl=\"prov\"\npnr 800102-2386\n"),
        ("a.rst", ".. ombud:ignore OMB101 skäl=\"prov\"\n\npnr 800102-2386\n"),
        ("a.vtt", "WEBVTT\n\nNOTE ombud:ignore-file OMB101 skäl=\"prov\"\n\n00:01.000 --> 00:02.000\npnr 800102-2386\n"),
    ] {
        assert_eq!(check(&[(name, text)], &["--no-config"]), (vec![HIDDEN.to_owned()], 0), "{text}");
        let (all, status) = check(&[(name, text)], &["--no-config", "--no-suppress"]);
        assert_eq!((all.first().map(String::as_str), status), (Some("OMB101 new"), 1), "{text}");
    }
}

#[test]
fn the_ids_of_rules_are_no_plates() {
    let text = "pnr 800102-2386 <!-- ombud:ignore OMB101 OMB106 OMB710 skäl=\"prov\" -->\n";
    assert_eq!(check(&[("a.md", text)], &["--no-config", "--policy", "granskning"]), (vec![HIDDEN.to_owned()], 0));
}

#[test]
fn an_exception_never_hides_another_rule() {
    let text = "pnr 800102-2386, mejla asa.alm@example.se <!-- ombud:ignore OMB101 skäl=\"prov\" -->\n";
    let (found, _) = check(&[("a.md", text)], &["--no-config"]);
    assert!(found.len() >= 2 && found[0] == HIDDEN && found[1..].iter().all(|f| f.ends_with(" new")), "{found:?}");
    // The words of one finding may be what several rules speak of.
    let alt = "![Elev, pnr 800102-2386](a.jpg)\n";
    let (open, _) = check(&[("a.md", alt)], &["--no-config"]);
    let (found, status) = check(&[("a.md", &format!("<!-- ombud:off OMB601 skäl=prov -->\n\n{alt}"))], &["--no-config"]);
    let counts = |all: &[String]| all.iter().any(|f| f == "OMB101 new");
    assert!(counts(&open) && counts(&found) && status == 1, "{open:?} {found:?}");
}

#[test]
fn ended_unused_and_unreasoned_exceptions_are_told_and_hide_nothing() {
    for (words, found, status) in [
        ("OMB101 skäl=prov till=2026-02-02", &[HIDDEN][..], 0),
        ("OMB101 skäl=prov till=2026-02-01", &["OMB101 new", "OMB904 new"], 1),
        ("OMB101", &["OMB101 new", "OMB904 new"], 1),
        ("OMB101 skäl=prov till=snart", &["OMB101 new", "OMB904 new"], 1),
        ("skäl=prov", &["OMB101 new", "OMB904 new"], 1),
        ("OMB101 OMB999 skäl=prov", &["OMB101 new", "OMB904 new"], 1),
        ("OMB102 skäl=prov", &["OMB101 new", "OMB904 new"], 1),
    ] {
        let text = format!("pnr 800102-2386 <!-- ombud:ignore {words} -->\n");
        assert_eq!(check(&[("a.md", &text)], &["--no-config"]), (found.iter().map(|f| (*f).to_owned()).collect(), status), "{words}");
    }
    let config = ("ombud.toml", "reasons = \"optional\"\nexclude = [\"ombud.toml\"]\n");
    assert_eq!(check(&[config, ("a.md", "pnr 800102-2386 <!-- ombud:ignore OMB101 -->\n")], &[]).0, [HIDDEN]);
}

const RULES: &str = "exclude = [\"ombud.toml\"]\n[[suppress]]\npaths = [\"arkiv/**\"]\nrules = [\"OMB101\"]\nreason = \"arkiverat\"\n";

#[test]
fn the_configuration_has_exceptions_for_data_without_comments() {
    let data = r#"{"text": "pnr 800102-2386"}"#;
    let files = [("ombud.toml", RULES), ("arkiv/a.json", data), ("b.json", data)];
    assert_eq!(check(&files, &[]), (vec![HIDDEN.to_owned(), "OMB101 new".to_owned()], 1));
    // It was for a source that came by, and hid nothing there.
    let files = [("ombud.toml", RULES), ("arkiv/a.json", r#"{"text": "Hej"}"#)];
    assert_eq!(check(&files, &[]), (vec!["OMB904 new".to_owned()], 0));
    // It was for nothing that was read: nobody can say.
    assert_eq!(check(&[("ombud.toml", RULES), ("b.json", r#"{"text": "Hej"}"#)], &[]).0, Vec::<String>::new());
    let ended = RULES.to_owned() + "till = 2025-12-31\n";
    assert_eq!(check(&[("ombud.toml", &ended), ("arkiv/a.json", data)], &[]).0, ["OMB101 new", "OMB904 new"]);
}

#[test]
fn a_label_on_a_card_accepts_what_the_configuration_says_it_does() {
    let config = "exclude = [\"ombud.toml\"]\n[[suppress]]\nlabel = \"ombud-ok\"\nrules = [\"OMB101\"]\nreason = \"granskat\"\n";
    let card = |label: &str| {
        serde_json::json!({ "name": "Nytt", "desc": "pnr 800102-2386", "idList": "5f0000000000000000000001",
            "labels": [{ "name": "Facebook" }, { "name": label }] })
    };
    let board = serde_json::json!({
        "lists": [{ "id": "5f0000000000000000000001", "name": "Planerat" }],
        "cards": [card("ombud-ok"), card("annat")], "checklists": [], "members": [], "actions": []
    });
    let files = [("ombud.toml", config), ("tavla.json", &board.to_string())];
    assert_eq!(check(&files, &[]), (vec!["OMB712 new".to_owned(), HIDDEN.to_owned(), "OMB101 new".to_owned()], 1));
}

#[test]
fn faults_in_exceptions_of_the_configuration_are_faults() {
    for (config, says) in [
        ("[[suppress]]\npaths = [\"a\"]\nrules = [\"OMB999\"]\nreason = \"x\"\n", "OMB999"),
        ("[[suppress]]\npaths = [\"a\"]\nrules = [\"OMB101\"]\n", "reason"),
        ("[[suppress]]\nrules = [\"OMB101\"]\nreason = \"x\"\n", "label"),
        ("[[suppress]]\npaths = [\"a\"]\nrules = [\"OMB101\"]\nreason = \"x\"\ntill = \"snart\"\n", "date"),
    ] {
        let dir = folder(&[("ombud.toml", config.as_bytes()), ("a.txt", b"Hej.\n")]);
        let run = ombud(dir.path(), &["check", "."], b"");
        assert!(run.status == 2 && run.stderr.contains(says), "{config}: {}", run.stderr);
    }
}

#[test]
fn reports_list_each_exception_with_reason_and_age() {
    let text = "pnr 800102-2386 <!-- ombud:ignore OMB101 skäl=\"avtal med Åsa Öström\" till=2027-06-30 sedan=2026-01-15 -->\n";
    let dir = folder(&[("a.md", text.as_bytes())]);
    for (format, says) in [
        ("human", "sedan 2026-01-15 till 2027-06-30"),
        ("json", "\"since\":\"2026-01-15\",\"until\":\"2027-06-30\""),
        ("sarif", "\"suppressions\":[{\"justification\":\"avtal med"),
        ("markdown", "2027-06-30"),
        ("junit", "<skipped message=\"avtal med"),
    ] {
        let run = ombud(dir.path(), &["check", "--no-config", "--format", format, "."], b"");
        assert_eq!(run.status, 0);
        assert!(run.stdout.contains(says), "{format}: {}", run.stdout);
        assert!(!run.stdout.contains("Öström"), "{format}: a reason may name somebody, a report may not");
    }
}

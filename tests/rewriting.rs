//! Other words: `ombud fix` changes what is mechanical and nothing else, `ombud redact` gives out nothing that is found.

#[path = "common/program.rs"]
mod program;

use std::fs;

use program::{folder, ombud};

/// Writes `text` as `name`, fixes it, and gives the file and the status of a second run without `--write`.
fn fixed(name: &str, text: &str, config: &str) -> (String, i32) {
    let dir = folder(&[(name, text.as_bytes()), ("ombud.toml", config.as_bytes())]);
    let before = fs::read(dir.path().join(name)).expect("a file");
    let shown = ombud(dir.path(), &["fix", name], b"");
    assert_eq!(fs::read(dir.path().join(name)).expect("a file"), before, "nothing is written unasked");
    let written = ombud(dir.path(), &["fix", "--write", name], b"");
    assert_eq!(written.status, 0, "{}", written.stderr);
    for run in [&shown, &written] {
        assert!(!run.stdout.contains("2386") && !run.stdout.contains("06 12"), "{}", run.stdout);
    }
    (fs::read_to_string(dir.path().join(name)).expect("a file"), ombud(dir.path(), &["fix", name], b"").status)
}

#[test]
fn mechanical_cases_get_other_words_and_all_else_stays() {
    for (name, text, want) in [
        ("a.md", "# Möte\r\n\r\nPnr: 800102-2386.\t Slut \r\n", "# Möte\r\n\r\nPnr: [personnummer borttaget].\t Slut \r\n"),
        ("a.txt", "Åsa, pnr 800102-2386 och pnr 19800825-2390", "Åsa, pnr [personnummer borttaget] och pnr [personnummer borttaget]"),
        ("a.txt", "samordningsnummer 800060-2394\n", "samordningsnummer [samordningsnummer borttaget]\n"),
        ("a.html", "<p>pnr 800102-2386<br>Hej</p>", "<p>pnr [personnummer borttaget]<br>Hej</p>"),
        ("a.json", r#"{"text": "pnr 800102-2386", "n": 1}"#, r#"{"text": "pnr [personnummer borttaget]", "n": 1}"#),
        ("a.md", "Ring mig på 070-174 06 12 ikväll.\n", "Ring mig på [telefonnummer borttaget] ikväll.\n"),
    ] {
        assert_eq!(fixed(name, text, ""), (want.to_owned(), 0), "{text}");
    }
}

#[test]
fn what_is_not_sure_is_left_alone() {
    for (name, text) in [
        ("a.json", "{\"personnummer\": 8001022386}"),
        ("a.json", r#"{"text": "pnr 800102\u002d2386"}"#),
        ("a.md", "---\npnr: 800102-2386\n---\n\nHej.\n"),
        ("a.yaml", "pnr: 800102-2386\n"),
        ("a.html", "<p>pnr 800102&#45;2386</p>"),
        ("a.md", "Sökanden Torbjörn Edvardsson kom.\n"),
        ("a.md", "pnr 800102-2386 <!-- ombud:ignore OMB101 OMB106 skäl=\"eget provnummer\" -->\n"),
    ] {
        assert_eq!(fixed(name, text, ""), (text.to_owned(), 0), "{text}");
    }
}

#[test]
fn the_configuration_gives_the_mailbox_and_the_number() {
    let config =
        "[wording]\nmailbox = \"kontaktcenter@example.se\"\nphone = \"031-390 06 00\"\n[own]\nswitchboards = [\"031-390 06 00\"]\n";
    let (text, _) = fixed("a.md", "Ring mig på 070-174 06 12 eller mejla asa.ostrom@example.se.\n", config);
    assert_eq!(text, "Ring mig på 031-390 06 00 eller mejla kontaktcenter@example.se.\n");
    let dir = folder(&[("ombud.toml", b"[wording]\nmailbox = \"<b>\"\n"), ("a.md", b"Hej.\n")]);
    assert_eq!(ombud(dir.path(), &["fix", "a.md"], b"").status, 2, "it must fit every format");
}

#[test]
fn a_child_with_a_class_is_a_pupil() {
    let (text, _) = fixed("a.md", "Vinnare blev Alva Lindkvist i 7B. Grattis!\n", "");
    assert_eq!(text, "Vinnare blev en elev i 7B. Grattis!\n");
}

#[test]
fn a_file_in_another_encoding_is_left_alone() {
    let dir = folder(&[("a.txt", b"\xC5sa, pnr 800102-2386\n")]);
    let run = ombud(dir.path(), &["fix", "--no-config", "--write", "a.txt"], b"");
    assert_eq!(run.status, 2);
    assert_eq!(fs::read(dir.path().join("a.txt")).expect("a file"), b"\xC5sa, pnr 800102-2386\n");
}

#[test]
fn a_preview_is_a_diff_without_values() {
    let dir = folder(&[("a.md", b"Hej.\n\nTorbj\xC3\xB6rn Edvardsson, pnr 800102-2386\n")]);
    let run = ombud(dir.path(), &["fix", "--no-config", "."], b"");
    assert_eq!(run.status, 1, "changes wait");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[..3], ["--- a.md", "+++ a.md", "@@ 3 @@"]);
    assert!(lines[3].starts_with('-') && lines[3].ends_with("pnr ******-****"), "{}", lines[3]);
    assert!(lines[4].starts_with('+') && lines[4].ends_with("pnr [personnummer borttaget]"), "{}", lines[4]);
    assert!(!run.stdout.contains("Edvardsson"));
}

#[test]
fn redacted_documents_are_given_out_whole_or_not_at_all() {
    let dir = folder(&[
        ("a.md", "# Åsa Öström\n\nÅsa Öström har pnr 800102-2386. Ring Åsa Öström på 070-174 06 12.\n".as_bytes()),
        ("trasig.json", b"{\"text\": \"pnr 800102-2386"),
        ("trasig.txt", b"pnr 800102-2386 \xFF\xFE\xC3 "),
        ("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0"),
    ]);
    let run = ombud(dir.path(), &["redact", "--no-config", "a.md"], b"");
    assert_eq!(run.stdout, "# [person 1]\n\n[person 1] har pnr [personnummer 1]. Ring [person 1] på [telefon 1].\n");
    assert_eq!(run.status, 0);
    for name in ["trasig.json", "bild.png", "saknas.md"] {
        let run = ombud(dir.path(), &["redact", "--no-config", name], b"");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}");
    }
    let run = ombud(dir.path(), &["redact", "--no-config", "a.md", "-o", "ut.md"], b"");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    assert!(fs::read_to_string(dir.path().join("ut.md")).expect("a file").starts_with("# [person 1]"));
    let again = ombud(dir.path(), &["check", "--no-config", "--policy", "granskning", "--sensitivity", "high", "ut.md"], b"");
    assert_eq!(again.status, 0, "{}", again.stdout);
}

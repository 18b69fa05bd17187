//! Hostile sources: whatever lies in a folder, the program ends in time with status 0, 1 or 2, leads no source astray
//! and says what it did not read. A draft with a personnummer lies beside each, and must be found all the same.

#[path = "common/program.rs"]
mod program;

use std::fmt::Write;
use std::time::{Duration, Instant};

use program::{folder, ombud};

/// Longest time for one source, far above what any of them takes.
const MOST_TIME: Duration = Duration::from_secs(10);

/// Files that have brought other readers down: name and bytes.
fn files() -> Vec<(String, Vec<u8>)> {
    let many = |text: &str, n: usize| text.repeat(n).into_bytes();
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| all.push((name.to_owned(), bytes));
    for (name, open) in [
        ("objekt.json", "{\"a\":"),
        ("listor.json", "["),
        ("strangar.json", "\""),
        ("taggar.html", "<div>"),
        ("inline.html", "<b>"),
        ("oavslutade.html", "<a href=\""),
        ("kommentarer.html", "<!--"),
        ("skript.html", "<script>"),
        ("slut.html", "</"),
        ("citat.md", "> "),
        ("listor.md", "- "),
        ("klamrar.md", "["),
        ("bilder.md", "!["),
        ("stjarnor.md", "*"),
        ("blandat.md", "**_`"),
        ("grav.md", "`"),
        ("lankar.md", "[a]("),
        ("parentes.md", "("),
        ("html.md", "<div>\n\n"),
        ("tabell.md", "|"),
        ("element.xml", "<a>"),
        ("cdata.xml", "<![CDATA["),
        ("citattecken.csv", "\""),
        ("semikolon.csv", ";"),
        ("nycklar.yaml", "- "),
        ("ankare.yaml", "&a [*a, "),
        ("siffror.txt", "1"),
        ("grupper.txt", "12 "),
        ("snabel.txt", "@"),
        ("domaner.txt", "a."),
        ("snedstreck.txt", "/"),
        ("versaler.txt", "A"),
        ("namn.txt", "Anna "),
        ("plus.txt", "+46"),
        ("streck.txt", "800102-"),
        ("marken.txt", "a\u{30a}"),
        ("entiteter.html", "&amp;"),
        ("procent.html", "<a href='%41'>"),
        ("flykt.json", "\\u00e5"),
        ("tider.srt", "1\n00:00:01,000 --> 00:00:02,000\n"),
        ("kort.vcf", "BEGIN:VCARD\n"),
    ] {
        add(name, many(open, 100_000));
    }
    add("noll.txt", vec![0; 100_000]);
    add("tom.txt", Vec::new());
    add("tom.json", Vec::new());
    add("bom.txt", b"\xEF\xBB\xBF".to_vec());
    add("halv-bom.txt", b"\xFF\xFE".to_vec());
    add("udda.txt", b"\xFF\xFEa\0b".to_vec());
    add("utf32.txt", b"\xFF\xFE\0\0\xFF\xFF\xFF\xFF".to_vec());
    add("surrogat.txt", b"\xFF\xFE\0\xD8\0\xD8".to_vec());
    add("trasig.txt", (0..=255).cycle().take(100_000).collect());
    add("lang-rad.txt", many("ord ", 1_000_000));
    add("tal.json", format!("[{}]", "9".repeat(1_000_000)).into_bytes());
    add("nyckel.json", format!("{{\"{}\":1}}", "k".repeat(1_000_000)).into_bytes());
    add("dubblett.json", format!("{{{}}}", vec!["\"a\":\"b\""; 50_000].join(",")).into_bytes());
    add("kommando.txt", b"::error::x\n##[error]y\n\x1b]0;z\x07\x1b[2J".to_vec());
    add("skript.zip", b"PK\x03\x04 not an archive".to_vec());
    add("bild.png", b"\x89PNG\r\n\x1a\n\0\0".to_vec());
    add("fil.pdf", b"%PDF-1.7\n%%EOF".to_vec());
    add("ingen-andelse", b"text utan format".to_vec());
    add("vagnretur.md", many("a\r", 50_000));
    add("definitioner.md", many("[a]: b\n", 30_000));
    add("fotnoter.md", many("[^a]\n\n[^a]: b\n\n", 10_000));
    add("fram.md", format!("---\n{}", "a: b\n".repeat(50_000)).into_bytes());
    add("attribut.html", format!("<p {}>", "a=b ".repeat(100_000)).into_bytes());
    all
}

#[test]
fn no_hostile_source_ends_the_run_or_holds_it_up() {
    let files = files();
    assert!(files.len() >= 60, "{} files", files.len());
    let mut wrong = String::new();
    for (name, bytes) in &files {
        let dir = folder(&[("granne.txt", b"Elevens personnummer \xC3\xA4r 800102-2386.\n"), (name, bytes)]);
        let start = Instant::now();
        let run = ombud(dir.path(), &["check", "--no-config", "--format", "jsonl", "."], b"");
        let took = start.elapsed();
        let rows: Vec<serde_json::Value> = run.stdout.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        let named = |path: &str| rows.iter().any(|r| r["type"] == "source" && r["path"] == path);
        let found = rows.iter().any(|r| r["type"] == "finding" && r["path"] == "granne.txt" && r["kind"] == "personnummer");
        let unread = rows.iter().any(|r| r["type"] == "source" && r["status"] != "scanned" && r["class"] != "excluded");
        let expected = if unread { 2 } else { 1 };
        if took > MOST_TIME || !found || !named(name) || !named("granne.txt") || run.status != expected || run.stdout.contains('\u{1b}') {
            let _ = writeln!(
                wrong,
                "{name}: {took:?}, status {}, expected {expected}, neighbour found {found}, named {}",
                run.status,
                named(name)
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_named_and_not_waited_for() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let dir = folder(&[("granne.txt", b"pnr 800102-2386\n")]);
    let at = |name: &str| dir.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(at("kö.txt")).status().is_ok_and(|s| s.success());
    let _socket = std::os::unix::net::UnixListener::bind(at("uttag.txt")).expect("a socket");
    symlink("/dev/zero", at("enhet.txt")).expect("a link");
    symlink("borta.txt", at("bruten.txt")).expect("a link");
    symlink("slinga.txt", at("slinga.txt")).expect("a link");
    symlink(".", at("mapp")).expect("a link");
    std::fs::write(dir.path().join(OsStr::from_bytes(b"namn-\xFF.txt")), "pnr 800102-2386\n").expect("a file");
    let start = Instant::now();
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "jsonl", "."], b"");
    assert!(start.elapsed() < MOST_TIME && run.status == 2, "{}", run.stderr);
    let rows: Vec<serde_json::Value> = run.stdout.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let status =
        |name: &str| rows.iter().find(|r| r["type"] == "source" && r["path"] == name).map(|r| r["status"].as_str().map(str::to_owned));
    for name in ["uttag.txt", "enhet.txt", "bruten.txt", "slinga.txt"] {
        assert_eq!(status(name), Some(Some("failed".to_owned())), "{name}");
    }
    assert!(!made || status("kö.txt") == Some(Some("failed".to_owned())));
    assert_eq!(status("mapp"), Some(Some("skipped".to_owned())));
    assert_eq!(status("namn-\u{fffd}.txt"), Some(Some("scanned".to_owned())));
    assert_eq!(rows.iter().filter(|r| r["type"] == "finding" && r["kind"] == "personnummer").count(), 2);
    // Every source once: found is scanned, skipped and failed together.
    let sum = rows.iter().find(|r| r["type"] == "summary").expect("a summary");
    let count = |key: &str| sum[key].as_u64().unwrap_or(0);
    let sources = rows.iter().filter(|r| r["type"] == "source").count() as u64;
    assert_eq!(sources, count("scanned") + count("skipped") + count("failed"));
}

/// Seconds that this thread has had a processor for: other work on the machine does not count.
fn seconds() -> f64 {
    cpu_time::ThreadTime::now().as_duration().as_secs_f64()
}

#[test]
fn time_grows_with_size_and_no_faster() {
    use ombud::document::Format;
    use ombud::engine::{Engine, Scratch};
    /// Most that twice the size may cost.
    const MOST: f64 = 2.3;
    let engine = Engine::new(ombud::Rulebook::built_in(), ombud::Sensitivity::Normal);
    let mut scratch = Scratch::default();
    let mut wrong = String::new();
    for (format, piece) in [
        ("text", "Ring 070-174 06 12 och Anna. "),
        ("text", "800102-2386 "),
        ("text", "1 2 3 4 "),
        ("text", "0_7_0_"),
        ("text", "O0l1"),
        ("text", "noll "),
        ("text", "A\u{30a}sa \u{ff11}\u{ff12} "),
        ("text", "a.b@example.se "),
        ("text", "anna at "),
        ("text", "Anna Ek "),
        ("text", "Anna.Ek."),
        ("text", "Anna Karlsson åker hem i dag med tåg och "),
        ("text", "Eva Sand till Bo Ek till Siv Lo (S) till "),
        ("text", "Eleverna: Anna Ek, Erik Lo, "),
        ("text", "Storgatan 12, "),
        ("text", "&#48;%41\\u0041=38=30=30"),
        ("text", "ODAwMTAyLTIzODY= "),
        ("html", "<p>Anna <b>070</b>"),
        ("html", "<a href=\""),
        ("markdown", "**a** [b](c) ![d](e)\n\n"),
        ("markdown", "> "),
        ("markdown", "<!-- ombud:off -->\n"),
        ("markdown", "[a](*_"),
        ("json", "\"Anna 070-174 06 12\","),
        ("csv", "a;b;070-174 06 12\n"),
        ("xml", "<a b='c'>Anna</a>"),
        ("yaml", "a: Anna\n"),
        ("subtitle", "1\n00:00:01,000 --> 00:00:02,000\nAnna\n"),
        ("mail", "--a\nContent-Type: multipart/mixed; boundary=a\n\n"),
    ] {
        let reader = Format::from_name(format).expect("a format");
        let mut time = |bytes: usize| {
            let mut text = piece.repeat(bytes / piece.len());
            if format == "json" {
                text = format!("[{}]", text.trim_end_matches(','));
            }
            let start = seconds();
            if let Ok(document) = reader.read(&text) {
                std::hint::black_box(engine.detect(document.text.as_str(), &mut scratch).len());
            }
            seconds() - start
        };
        // A machine at work gets more tries: the shortest time of each size counts.
        let (mut one, mut two) = (f64::MAX, f64::MAX);
        for _ in 0..12 {
            (one, two) = (one.min(time(120_000)), two.min(time(240_000)));
            if two <= one * MOST {
                break;
            }
        }
        if two > one * MOST && two > 0.002 {
            let _ = writeln!(wrong, "{format} {piece:?}: {:.1} times the time for twice the size", two / one);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_tests_that_readme_names_exist() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("it is there");
    let section = readme.split("## What ombud guarantees").nth(1).and_then(|s| s.split("\n## ").next()).expect("the section");
    let mut code = String::new();
    let mut folders = vec![root.join("tests"), root.join("src")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                code.push_str(&std::fs::read_to_string(path).expect("UTF-8"));
            }
        }
    }
    let rows: Vec<&str> = section.lines().filter(|l| l.starts_with("| **")).collect();
    assert!(rows.len() >= 10, "{} promises", rows.len());
    for row in rows {
        let cell = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let names: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test is named: {row}");
        for name in names {
            assert!(
                code.contains(&format!("#[test]\n    fn {name}("))
                    || code.contains(&format!("#[test]\nfn {name}("))
                    || code.contains(&format!("fn {name}()")),
                "no test `{name}`"
            );
        }
    }
}

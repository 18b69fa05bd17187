//! Hostile sources with a number planted in each: it is found, or the source is named with a reason; nothing of it reaches
//! the output as it stands. And what limits, ignore files and a source that changes do to a run.

#[path = "common/hostile.rs"]
mod hostile;
#[path = "common/program.rs"]
mod program;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use hostile::{Fate, NUMBER, sources};
use program::{fill, folder, ombud};

fn rows(stdout: &str) -> Vec<serde_json::Value> {
    stdout.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

fn status_of<'r>(rows: &'r [serde_json::Value], path: &str) -> Option<&'r serde_json::Value> {
    rows.iter().find(|r| r["type"] == "source" && r["path"] == path)
}

#[test]
fn every_hostile_source_is_read_or_named() {
    let all = sources();
    assert!(all.len() >= 150, "{} sources", all.len());
    let dir = tempfile::tempdir().expect("a folder");
    let files: Vec<(&str, &[u8])> = all.iter().map(|(name, bytes, _)| (name.as_str(), bytes.as_slice())).collect();
    fill(dir.path(), &files);
    let start = Instant::now();
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "jsonl", "."], b"");
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(!run.stderr.contains("fault"), "{}", run.stderr);
    let rows = rows(&run.stdout);
    let mut wrong = String::new();
    for (name, _, fate) in &all {
        let below = format!("{name}/");
        let is_its = |r: &serde_json::Value| r["path"].as_str().is_some_and(|p| p == name || p.starts_with(&below));
        let found = rows.iter().any(|r| r["type"] == "finding" && r["kind"] == "personnummer" && is_its(r));
        let own: Vec<_> = rows.iter().filter(|r| r["type"] == "source" && is_its(r)).collect();
        let unread = own.iter().any(|r| r["status"] != "scanned" && r["reason"].is_string());
        let right = match fate {
            Fate::Found => found,
            Fate::Named => found || unread,
            Fate::Clean => !found && !unread,
        };
        if !right || own.is_empty() {
            let _ = writeln!(wrong, "{name}: {fate:?}, found {found}, {own:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_form_of_output_holds_what_is_hostile() {
    let dir = tempfile::tempdir().expect("a folder");
    let small: Vec<_> = sources().into_iter().filter(|(_, bytes, _)| bytes.len() < 4_000).collect();
    fill(dir.path(), &small.iter().map(|(name, bytes, _)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>());
    fill(dir.path(), &[("rad\nbryt\x1b[31m.txt", NUMBER.as_bytes()), ("::error::x.txt", NUMBER.as_bytes()), ("800102-2386.txt", b"Hej")]);
    for form in ["human", "narrated", "compact", "json", "jsonl", "sarif", "github", "gitlab", "rdjsonl", "junit", "checkstyle", "markdown"]
    {
        let run = ombud(dir.path(), &["check", "--no-config", "--format", form, "."], b"");
        let out = run.stdout + &run.stderr;
        assert_eq!(run.status, 2, "{form}");
        assert!(!out.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')), "{form} holds control characters");
        for value in ["800102-2386", "8001022386", "\n::error::x"] {
            assert!(!out.contains(value), "{form} holds what it must not, of {} bytes", value.len());
        }
        assert!(!matches!(form, "junit" | "checkstyle" | "markdown") || !out.contains("<script>alert"), "{form}");
        assert!(!out.lines().any(|l| l.starts_with("##vso") || form != "github" && l.starts_with("::error")), "{form}");
    }
}

#[test]
fn what_is_ignored_is_counted_and_read_when_asked() {
    let text = format!("{NUMBER}\n");
    let dir = folder(&[
        (".gitignore", b"bygge/\n*.tmp\n!viktig.tmp\n"),
        (".ombudignore", b"utkast.md\n"),
        ("sida.md", b"Hej\n"),
        ("utkast.md", text.as_bytes()),
        ("a.tmp", text.as_bytes()),
        ("viktig.tmp", b"Hej\n"),
        ("bygge/b.md", text.as_bytes()),
        ("djup/.gitignore", b"lokal.md\n"),
        ("djup/lokal.md", text.as_bytes()),
        ("djup/annan.md", b"Hej\n"),
    ]);
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "jsonl", "."], b"");
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let seen = rows(&run.stdout);
    for (path, file) in [("utkast.md", ".ombudignore"), ("a.tmp", ".gitignore"), ("bygge", ".gitignore"), ("djup/lokal.md", ".gitignore")] {
        let row = status_of(&seen, path).unwrap_or_else(|| panic!("{path} is not named"));
        assert_eq!((row["status"].as_str(), row["class"].as_str()), (Some("skipped"), Some("excluded")), "{path}");
        assert!(row["reason"].as_str().is_some_and(|r| r.ends_with(file)), "{row}");
    }
    for path in ["sida.md", "viktig.tmp", "djup/annan.md"] {
        assert_eq!(status_of(&seen, path).map(|r| r["status"].as_str()), Some(Some("scanned")), "{path}");
    }
    let sum = seen.last().expect("a summary");
    assert_eq!(sum["skipped"], 4, "{sum}");
    // Asked for, or named itself, it is read.
    let run = ombud(dir.path(), &["check", "--no-config", "--no-ignore", "--format", "jsonl", "."], b"");
    assert_eq!(run.status, 1);
    assert_eq!(rows(&run.stdout).iter().filter(|r| r["type"] == "finding" && r["kind"] == "personnummer").count(), 4);
    assert_eq!(ombud(dir.path(), &["check", "--no-config", "utkast.md"], b"").status, 1);
    // Rules of the folders above hold up to the repository's root, and no further.
    let inner = dir.path().join("djup");
    assert_eq!(ombud(&inner, &["check", "--no-config", "."], b"").status, 0);
    std::fs::create_dir(dir.path().join(".git")).expect("a folder");
    std::fs::write(dir.path().join(".gitignore"), "annan.md\n").expect("a file");
    let seen = rows(&ombud(&inner, &["check", "--no-config", "--format", "jsonl", "."], b"").stdout);
    assert_eq!(status_of(&seen, "annan.md").map(|r| r["status"].as_str()), Some(Some("skipped")));
}

#[test]
fn limits_are_those_that_were_set() {
    let long = format!("<p>{}</p>", "x".repeat(2 << 20));
    let run = |config: &str, args: &[&str]| {
        let dir = folder(&[("ombud.toml", config.as_bytes()), ("a.html", long.as_bytes())]);
        ombud(dir.path(), &[&["check", "--format", "jsonl", "."], args].concat(), b"")
    };
    assert_eq!(run("", &[]).status, 0);
    for (config, args) in
        [("[limits]\nfile-mib = 1\n", &[][..]), ("", &["--limit", "file-mib=1"]), ("[limits]\nfile-mib = 9\n", &["--limit", "file-mib=1"])]
    {
        let run = run(config, args);
        assert!(run.status == 2 && run.stdout.contains("1 MiB"), "{config} {args:?}: {}", run.stdout);
    }
    for (config, args) in
        [("[limits]\nfile = 1\n", &[][..]), ("[limits]\nfile-mib = 0\n", &[]), ("", &["--limit", "file=1"]), ("", &["--limit", "depth=0"])]
    {
        assert_eq!(run(config, args).status, 2, "{config} {args:?}");
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b.txt", "c.txt"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
    }
    let bytes = zip.finish().expect("an archive").into_inner();
    let dir = folder(&[("a.zip", &bytes)]);
    assert_eq!(ombud(dir.path(), &["check", "--no-config", "."], b"").status, 0);
    assert_eq!(ombud(dir.path(), &["check", "--no-config", "--limit", "entries=2", "."], b"").status, 2);
}

#[test]
fn a_source_that_changes_while_it_is_read_is_named() {
    let dir = folder(&[("granne.txt", NUMBER.as_bytes())]);
    let path = dir.path().join("vaxer.txt");
    std::fs::write(&path, "Text som är lång.\n\n".repeat(500_000)).expect("a file");
    let done = std::sync::atomic::AtomicBool::new(false);
    let run = std::thread::scope(|scope| {
        scope.spawn(|| {
            use std::io::Write as _;
            let mut file = std::fs::OpenOptions::new().append(true).open(&path).expect("it is there");
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                file.write_all(b"x\n").expect("it grows");
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let run = ombud(dir.path(), &["check", "--no-config", "--threads", "1", "--format", "jsonl", "."], b"");
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        run
    });
    assert_eq!(run.status, 2, "{}", run.stdout);
    let seen = rows(&run.stdout);
    let row = status_of(&seen, "vaxer.txt").expect("it is named");
    assert!(row["status"] == "failed" && row["reason"].as_str().is_some_and(|r| r.contains("ändrades")), "{row}");
    assert!(seen.iter().any(|r| r["type"] == "finding" && r["path"] == "granne.txt"));
}

/// What a tool that watches or confines the program gave, where this machine has it and lets it work.
#[cfg(target_os = "linux")]
fn under(tool: &str, args: &[&str], folder: &Path) -> Option<std::process::Output> {
    let works = Command::new(tool).args(args).arg("true").output().ok().filter(|o| o.status.success());
    works?;
    let program = env!("CARGO_BIN_EXE_ombud");
    Command::new(tool).args(args).arg(program).args(["check", "--no-config", "--format", "jsonl", "."]).current_dir(folder).output().ok()
}

#[cfg(target_os = "linux")]
#[test]
fn no_network_call_is_made() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let plain = ombud(&root, &["check", "--no-config", "--format", "jsonl", "."], b"");
    if let Some(output) = under("strace", &["-f", "-qq", "-e", "trace=%network", "-e", "signal=none"], &root) {
        let calls = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!calls.lines().any(|l| l.contains('(') && !l.contains("+++")), "{calls}");
        assert_eq!(output.status.code(), Some(plain.status));
    }
    // Where there is no network at all, the same comes out.
    if let Some(output) = under("unshare", &["-rn"], &root) {
        let strip = |text: &str| text.lines().filter(|l| !l.contains("\"summary\"")).collect::<Vec<_>>().join("\n");
        assert_eq!(strip(&String::from_utf8_lossy(&output.stdout)), strip(&plain.stdout));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_within_what_is_promised() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = format!("{NUMBER} Vi ses på torget i morgon.\n\n");
    std::fs::write(dir.path().join("lang.txt"), text.repeat((24 << 20) / text.len())).expect("a file");
    std::fs::write(dir.path().join("rad.txt"), "ord ".repeat(6 << 20)).expect("a file");
    let cell = "{\"text\": \"Vi ses på torget i morgon, tag med matsäck och regnkläder om det ser mulet ut.\"},";
    std::fs::write(dir.path().join("lista.json"), format!("[{}{{}}]", cell.repeat((8 << 20) / cell.len()))).expect("a file");
    // 512 MiB of addresses in all, for the program itself, its threads and what it reads.
    let script = format!("ulimit -v 524288; exec {} check --no-config --threads 2 --format compact .", env!("CARGO_BIN_EXE_ombud"));
    let output = Command::new("sh").args(["-c", &script]).current_dir(dir.path()).output().expect("a shell");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

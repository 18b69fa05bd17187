//! The program speaks as before: each `tests/cli/*.toml` is a command with its exit status and exact output.
//!
//! A case runs in a folder of its own that holds the files of `tests/cli/drafts/` and its own `files`. What differs from
//! run to run is written `[MS]`, `[VERSION]` and `[FOLDER]`. `UPDATE=1 cargo test --test cli` rewrites the expected part.

#[path = "common/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use program::{Run, folder, ombud};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows.
    about: String,
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    empty_folders: Vec<String>,
    exit: i32,
    stdout: String,
    stderr: String,
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("the cases are there").flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    paths
}

/// Output without what differs from run to run.
fn redact(text: &str, folder: &Path) -> String {
    let folder = folder.canonicalize().expect("it is there").display().to_string();
    let millis = regex::Regex::new(r"· \d+ ms").expect("a pattern");
    let named = concat!("ombud ", env!("CARGO_PKG_VERSION"));
    let version = concat!("\"version\":\"", env!("CARGO_PKG_VERSION"), "\"");
    millis
        .replace_all(text, "· [MS] ms")
        .replace(version, "\"version\":\"[VERSION]\"")
        .replace(named, "ombud [VERSION]")
        .replace(&folder, "[FOLDER]")
}

fn run(case: &Case) -> Run {
    let drafts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/drafts");
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in fs::read_dir(drafts).expect("the drafts are there").flatten() {
        files.push((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file")));
    }
    files.extend(case.files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())));
    let dir = folder(&[]);
    program::fill(dir.path(), &files);
    for name in &case.empty_folders {
        fs::create_dir(dir.path().join(name)).expect("a folder");
    }
    let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
    let run = ombud(dir.path(), &args, case.stdin.as_bytes());
    Run { status: run.status, stdout: redact(&run.stdout, dir.path()), stderr: redact(&run.stderr, dir.path()) }
}

/// A TOML string that reads well: as it stands where it can.
fn quoted(text: &str) -> String {
    if text.is_empty() {
        return "\"\"".to_owned();
    }
    if text.contains("'''") || text.ends_with('\'') || text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return toml::Value::String(text.to_owned()).to_string();
    }
    format!("'''\n{text}'''")
}

fn update(path: &Path, whole: &str, run: &Run) {
    let input = whole.split_inclusive('\n').take_while(|line| !line.starts_with("exit = ")).collect::<String>();
    let expected = format!("exit = {}\nstdout = {}\nstderr = {}\n", run.status, quoted(&run.stdout), quoted(&run.stderr));
    fs::write(path, input + &expected).expect("a case is written");
}

#[test]
fn commands_answer_as_written_down() {
    let mut wrong = String::new();
    let paths = cases();
    for path in &paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let whole = fs::read_to_string(path).expect("UTF-8");
        let case: Case = toml::from_str(&whole).unwrap_or_else(|e| panic!("{name}: {e}"));
        let run = run(&case);
        if std::env::var_os("UPDATE").is_some() {
            update(path, &whole, &run);
            continue;
        }
        if run.status != case.exit {
            let _ = writeln!(wrong, "{name}: {}\n  exit {}, expected {}", case.about, run.status, case.exit);
        }
        for (stream, is, want) in [("stdout", &run.stdout, &case.stdout), ("stderr", &run.stderr, &case.stderr)] {
            if is != want {
                let at = is.lines().zip(want.lines()).take_while(|(a, b)| a == b).count();
                let line = |text: &str| text.lines().nth(at).unwrap_or("(nothing)").to_owned();
                let _ = writeln!(
                    wrong,
                    "{name}: {}\n  {stream} line {}\n  expected {}\n  is       {}",
                    case.about,
                    at + 1,
                    line(want),
                    line(is)
                );
            }
        }
    }
    assert!(paths.len() > 30, "{} cases", paths.len());
    assert!(wrong.is_empty(), "{wrong}\nUPDATE=1 cargo test --test cli writes what is; read the difference as you would code");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named_and_the_rest_is_judged() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder(&[("a.txt", b"pnr 800102-2386\n"), ("b.txt", b"pnr 800102-2386\n")]);
    let closed = dir.path().join("a.txt");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions are set");
    if fs::read(&closed).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let run = ombud(dir.path(), &["check", "--no-config", "--lang", "en", "."], b"");
    assert_eq!(run.status, 2);
    assert!(run.stdout.contains("not read: a.txt: ") && run.stdout.contains("OMB101"), "{}", run.stdout);
}

#[test]
fn the_locale_chooses_the_language() {
    let dir = folder(&[("a.txt", b"Hej.\n")]);
    let said = |name: &str, value: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ombud"));
        for name in ["OMBUD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        let output = command.args(["check", "--no-config", "a.txt"]).env(name, value).current_dir(dir.path()).output().expect("it runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(said("LANG", "sv_SE.UTF-8").contains("1 fil läst") && said("LANG", "C").contains("1 fil läst"));
    assert!(said("LANG", "en_GB.UTF-8").contains("1 file read") && said("OMBUD_LANG", "en").contains("1 file read"));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let dir = folder(&[("a.txt", "pnr 800102-2386\n".repeat(20_000).as_bytes())]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_ombud"))
        .args(["check", "--no-config", "--format", "jsonl", "a.txt"])
        .current_dir(dir.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.code().is_some_and(|code| code != 101), "no panic");
}

//! Living with the gate: a baseline for what was there, and a look at what changes alone.

#[path = "common/program.rs"]
mod program;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use program::{Run, folder, ombud};

const FILE: &str = "ombud-baseline.jsonl";

/// A site of `pages` pages, of which each third has an old finding.
fn site(pages: usize) -> tempfile::TempDir {
    let page = |n: usize| {
        let old = if n.is_multiple_of(3) { format!("Elev nummer {n} har pnr 800102-2386 i registret.\n") } else { String::new() };
        (format!("content/sida-{n:03}.md"), format!("# Sida {n}\n\nBiblioteket har nya tider.\n\n{old}"))
    };
    let files: Vec<(String, String)> = (0..pages).map(page).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    folder(&files)
}

fn run(dir: &Path, args: &[&str]) -> Run {
    ombud(dir, args, b"")
}

fn check(dir: &Path) -> i32 {
    run(dir, &["check", "--format", "compact", "."]).status
}

fn lines(dir: &Path) -> usize {
    fs::read_to_string(dir.join(FILE)).expect("a baseline").lines().count()
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a page");
    assert!(text.contains(from));
    fs::write(path, text.replacen(from, to, 1)).expect("a page");
}

#[test]
fn a_site_is_adopted_with_one_command_and_stays_clean() {
    let dir = site(60);
    let dir = dir.path();
    assert_eq!(check(dir), 1);
    assert_eq!(run(dir, &["baseline", "create", "."]).status, 0);
    assert_eq!((check(dir), lines(dir)), (0, 20));
    assert_eq!(run(dir, &["check", "--no-baseline", "."]).status, 1);
    assert_eq!(run(dir, &["baseline", "create", "."]).status, 2, "what is there is not written over");
    // Lines move.
    change(&dir.join("content/sida-003.md"), "# Sida 3\n", "# Sida 3\n\nEn rad till.\n\nOch en.\n");
    assert_eq!(check(dir), 0);
    // A file moves.
    fs::create_dir(dir.join("arkiv")).expect("a folder");
    fs::rename(dir.join("content/sida-006.md"), dir.join("arkiv/gammal.md")).expect("a move");
    assert_eq!(check(dir), 0);
    // The same, seen from a folder below and from above.
    assert_eq!(run(&dir.join("content"), &["check", "--baseline", "../ombud-baseline.jsonl", "."]).status, 0);
    assert_eq!(run(dir, &["baseline", "update", "--frozen", "."]).status, 0, "a move is no growth");
}

#[test]
fn a_new_number_on_an_old_line_fails() {
    let dir = site(9);
    let dir = dir.path();
    assert_eq!(run(dir, &["baseline", "create", "."]).status, 0);
    for (from, to) in [
        ("har pnr 800102-2386", "har pnr 800102-2386 och pnr 19800825-2390"),
        ("800102-2386 och pnr 19800825-2390 i registret", "800102-2386 i registret, pnr 19800825-2390"),
        ("har pnr 800102-2386", "och pnr 19800825-2390 har pnr 800102-2386"),
    ] {
        let page = dir.join("content/sida-003.md");
        let before = fs::read_to_string(&page).expect("a page");
        if !before.contains(from) {
            continue;
        }
        change(&page, from, to);
        assert_eq!(check(dir), 1, "{to}");
        fs::write(&page, before).expect("a page");
    }
    // A copy of an old page is new: the old one is still there.
    fs::copy(dir.join("content/sida-003.md"), dir.join("content/kopia.md")).expect("a copy");
    assert_eq!(check(dir), 1);
}

#[test]
fn what_is_mended_leaves_the_baseline_and_only_that() {
    let dir = site(60);
    let dir = dir.path();
    assert_eq!(run(dir, &["baseline", "create", "."]).status, 0);
    for n in (0..30).step_by(3) {
        change(&dir.join(format!("content/sida-{n:03}.md")), "pnr 800102-2386", "plats");
    }
    assert_eq!(check(dir), 0);
    let frozen = run(dir, &["check", "--frozen", "--format", "compact", "."]);
    assert_eq!(frozen.status, 1);
    assert!(frozen.stderr.starts_with("10 "), "{}", frozen.stderr);
    // A new finding does not slip in.
    fs::write(dir.join("ny.md"), "pnr 19800825-2390\n").expect("a page");
    assert_eq!(run(dir, &["baseline", "prune", "."]).status, 0);
    assert_eq!((lines(dir), check(dir)), (10, 1));
    let before = fs::read(dir.join(FILE)).expect("a baseline");
    assert_eq!(run(dir, &["baseline", "update", "--frozen", "."]).status, 1, "it would grow");
    assert_eq!(fs::read(dir.join(FILE)).expect("a baseline"), before);
    fs::remove_file(dir.join("ny.md")).expect("a page");
    assert_eq!(run(dir, &["check", "--frozen", "."]).status, 0);
    // Pruning a part leaves the rest alone.
    assert_eq!(run(dir, &["baseline", "prune", "content/sida-001.md"]).status, 0);
    assert_eq!(lines(dir), 10);
    let show = run(dir, &["baseline", "show", "--lang", "en"]);
    assert!(show.status == 0 && show.stdout.contains("OMB101") && show.stdout.contains("10 lines"), "{}", show.stdout);
}

#[test]
fn a_broken_baseline_is_a_fault() {
    let dir = site(3);
    fs::write(dir.path().join(FILE), "<<<<<<< HEAD\n").expect("a file");
    assert_eq!(check(dir.path()), 2);
    assert_eq!(run(dir.path(), &["check", "--baseline", "ingen.jsonl", "."]).status, 2);
}

/// FNV-1a as the program's own marks are made.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// All personnummer of ten birth years, as ten digits.
fn all_numbers() -> impl Iterator<Item = [u8; 10]> {
    (75..85_u8).flat_map(|year| (1..=12).flat_map(move |month| (1..=31).map(move |day| [year, month, day]))).flat_map(|date| {
        (0..1000_u16).map(move |serial| {
            let mut digits = [0; 10];
            for (i, part) in date.into_iter().enumerate() {
                (digits[2 * i], digits[2 * i + 1]) = (part / 10, part % 10);
            }
            for (i, unit) in [100, 10, 1].into_iter().enumerate() {
                digits[6 + i] = u8::try_from(serial / unit % 10).expect("a digit");
            }
            let sum: u8 = digits[..9].iter().zip([2, 1].into_iter().cycle()).map(|(d, w)| d * w / 10 + d * w % 10).sum();
            digits[9] = (10 - sum % 10) % 10;
            digits.map(|d| d + b'0')
        })
    })
}

#[test]
fn nobody_can_try_all_numbers_against_a_baseline() {
    let page = |number: &str| format!("Eleven {number} kom. Pnr {number}, och {number}\n\n![{number}](a.jpg)\n");
    let made = |number: &str| {
        let dir = folder(&[("a.md", page(number).as_bytes())]);
        assert_eq!(run(dir.path(), &["baseline", "create", "."]).status, 0);
        fs::read_to_string(dir.path().join(FILE)).expect("a baseline")
    };
    let text = made("800102-2386");
    // The strongest that can be said: another number gives the same bytes.
    assert_eq!(text, made("800825-2390"));
    // And by trying: no number of ten years stands in it, plain or hashed.
    let marks: HashSet<u64> = text.split('"').filter(|p| p.len() == 16).filter_map(|p| u64::from_str_radix(p, 16).ok()).collect();
    assert!(!marks.is_empty());
    let digits: String = text.chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    let runs: HashSet<&str> = digits.split_whitespace().filter(|r| r.len() >= 4).collect();
    let mut tried = 0;
    for number in all_numbers() {
        let plain = std::str::from_utf8(&number).expect("digits");
        assert!(!runs.iter().any(|r| r.len() >= 10 && r.contains(plain)), "a number stands in it");
        for form in [
            plain.to_owned(),
            format!("{}-{}", &plain[..6], &plain[6..]),
            format!("19{plain}"),
            format!("19{}-{}", &plain[..6], &plain[6..]),
        ] {
            assert!(!marks.contains(&fnv(form.as_bytes())), "the hash of a number stands in it");
        }
        tried += 1;
    }
    assert_eq!(tried, 10 * 12 * 31 * 1000);
}

fn git(dir: &Path, args: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.se", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"])
        .args(args)
        .current_dir(dir)
        .output()
        .expect("git is there");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn repository() -> tempfile::TempDir {
    let dir = folder(&[
        ("gammal sida å.md", "# Gammal\n\nHär står pnr 800102-2386 sedan länge.\n\nSista raden.\n".as_bytes()),
        ("ren.md", b"# Ren\n\nHej.\n"),
    ]);
    git(dir.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(dir.path(), &["add", "--all"]);
    git(dir.path(), &["commit", "--quiet", "--message=Start"]);
    dir
}

/// `path:line` of what is found, and the exit status.
fn found(dir: &Path, args: &[&str]) -> (Vec<String>, i32) {
    let run = run(dir, &[&["check", "--no-config", "--format", "compact"], args].concat());
    let place = |line: &str| Some(line.split(": error ").next()?.rsplit_once(':')?.0.to_owned());
    (run.stdout.lines().filter(|l| l.contains(": error OMB")).filter_map(place).collect(), run.status)
}

#[test]
fn changed_lines_alone_are_reported() {
    let dir = repository();
    let dir = dir.path();
    assert_eq!(found(dir, &["--changed"]), (vec![], 0), "nothing has changed");
    assert_eq!(found(dir, &[]), (vec!["gammal sida å.md:3".to_owned()], 1));
    change(&dir.join("gammal sida å.md"), "Sista raden.", "Sista raden, ändrad.");
    assert_eq!(found(dir, &["--changed"]), (vec![], 0), "the old line is not touched");
    change(&dir.join("gammal sida å.md"), "sedan länge", "sedan länge nu");
    assert_eq!(found(dir, &["--changed"]), (vec!["gammal sida å.md:3".to_owned()], 1));
    // New files that git does not know count whole; a renamed one only where it differs.
    git(dir, &["checkout", "--quiet", "--", "."]);
    fs::write(dir.join("ny.md"), "Rad ett.\n\npnr 19800825-2390\n").expect("a page");
    git(dir, &["mv", "gammal sida å.md", "flyttad.md"]);
    assert_eq!(found(dir, &["--changed"]), (vec!["ny.md:3".to_owned()], 1));
    // Against a branch, from a folder below.
    git(dir, &["add", "--all"]);
    git(dir, &["commit", "--quiet", "--message=Mer"]);
    git(dir, &["branch", "gren", "HEAD~1"]);
    fs::create_dir(dir.join("under")).expect("a folder");
    assert_eq!(found(dir, &["--changed"]), (vec![], 0));
    assert_eq!(found(&dir.join("under"), &["--changed", "gren", ".."]), (vec!["../ny.md:3".to_owned()], 1));
    for bad in ["ingen-gren", "--output=x"] {
        assert_eq!(found(dir, &[&format!("--changed={bad}"), "."]).1, 2, "{bad}");
    }
    assert!(!dir.join("x").exists());
}

#[test]
fn staged_is_what_will_be_committed() {
    let dir = repository();
    let dir = dir.path();
    fs::write(dir.join("ny.md"), "pnr 19800825-2390\n").expect("a page");
    assert_eq!(found(dir, &["--staged"]), (vec![], 0), "not staged");
    git(dir, &["add", "ny.md"]);
    assert_eq!(found(dir, &["--staged"]), (vec!["ny.md:1".to_owned()], 1));
    // Mended in the working tree only: what is committed is still bad.
    fs::write(dir.join("ny.md"), "Hej.\n").expect("a page");
    assert_eq!(found(dir, &["--staged"]), (vec!["ny.md:1".to_owned()], 1));
    fs::remove_file(dir.join("ny.md")).expect("a page");
    assert_eq!(found(dir, &["--staged"]), (vec!["ny.md:1".to_owned()], 1));
    assert_eq!(found(dir, &["--staged", "ren.md"]), (vec![], 0), "only what was asked for");
    git(dir, &["rm", "--quiet", "--cached", "ny.md"]);
    assert_eq!(found(dir, &["--staged"]), (vec![], 0));
}

#[test]
fn a_repository_without_a_commit_has_changes_too() {
    let dir = folder(&[("ny.md", b"pnr 19800825-2390\n")]);
    git(dir.path(), &["init", "--quiet"]);
    assert_eq!(found(dir.path(), &["--changed"]), (vec!["ny.md:1".to_owned()], 1));
    git(dir.path(), &["add", "ny.md"]);
    assert_eq!(found(dir.path(), &["--staged"]), (vec!["ny.md:1".to_owned()], 1));
    let bare = folder(&[("a.md", b"Hej.\n")]);
    assert_eq!(found(bare.path(), &["--changed"]).1, 2, "no repository");
}

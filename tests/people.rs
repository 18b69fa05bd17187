//! The people of this repository do not exist: every number and address in it is on a list kept for tests, or in a range
//! kept for fiction. What breaks this is named by file and line, never by value.

#[path = "common/rust.rs"]
mod rust;

use std::path::PathBuf;
use std::process::Command;

use ombud::detect::testnumbers::is_test_number;
use ombud::detect::validators::luhn;
use regex::Regex;

/// The text files of the repository: those that git tracks, else all below the root.
fn files() -> Vec<(String, String)> {
    let root = rust::root();
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output().ok().filter(|o| o.status.success());
    let mut paths: Vec<PathBuf> = match listed {
        Some(output) => String::from_utf8_lossy(&output.stdout).split_terminator('\0').map(|p| root.join(p)).collect(),
        None => {
            let mut all = Vec::new();
            rust::collect(root, &mut all);
            all.retain(|p| !p.strip_prefix(root).is_ok_and(|p| p.starts_with("target") || p.starts_with(".git")));
            all
        }
    };
    paths.retain(|p| p.file_name().is_some_and(|n| n != "Cargo.lock"));
    paths.sort();
    // What is not UTF-8, or holds zero bytes, is no text.
    let read = |p: &PathBuf| String::from_utf8(std::fs::read(p).ok()?).ok().filter(|text| !text.contains('\0'));
    let name = |p: &PathBuf| p.strip_prefix(root).unwrap_or(p).display().to_string();
    paths.iter().filter_map(|p| Some((name(p), read(p)?))).collect()
}

/// Every place where `pattern` matches something that is not part of a longer word or number, and is not `fine`.
fn places(pattern: &str, fine: impl Fn(&str) -> bool) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let mut found = Vec::new();
    for (name, text) in files() {
        for (number, line) in text.lines().enumerate() {
            for hit in pattern.find_iter(line) {
                if stands_alone(line, hit.range()) && !fine(hit.as_str()) {
                    found.push(format!("{name}:{}", number + 1));
                }
            }
        }
    }
    found
}

fn stands_alone(line: &str, at: std::ops::Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    let before = line[..at.start].chars().next_back();
    let after = line[at.end..].chars().next();
    !before.is_some_and(joins) && !after.is_some_and(joins)
}

fn digits(text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| c.to_digit(10)).map(|d| d as u8).collect()
}

/// Whether ten or twelve digits have the date of a personnummer or samordningsnummer and its check digit.
fn passes_as_personnummer(digits: &[u8]) -> bool {
    let ten = match digits.len() {
        10 => digits,
        12 if matches!(digits[..2], [1, 8 | 9] | [2, 0]) => &digits[2..],
        _ => return false,
    };
    let (month, day) = (ten[2] * 10 + ten[3], ten[4] * 10 + ten[5]);
    (1..=12).contains(&month) && (matches!(day, 1..=31 | 61..=91)) && luhn(ten)
}

/// The national number of a Swedish telephone number: `0` and what follows.
fn national(digits: &[u8]) -> String {
    let text: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
    let rest = text.strip_prefix("0046").or_else(|| text.strip_prefix("46")).map(|rest| rest.trim_start_matches('0'));
    rest.map_or(text.clone(), |rest| format!("0{rest}"))
}

/// Whether a number is in the ranges that PTS keeps for fiction, or one that reaches an organisation by its first digits.
fn is_nobodys(national: &str) -> bool {
    const FICTION: [(&str, u8); 5] = [("03139006", 0), ("04062804", 0), ("08465004", 0), ("09803192", 0), ("07017406", 5)];
    let fiction = FICTION.iter().any(|(start, least)| {
        national.strip_prefix(start).is_some_and(|rest| rest.len() == 2 && rest.parse::<u8>().is_ok_and(|n| n >= *least))
    });
    let service = ["010", "020", "077", "0900", "0939", "0944"].iter().any(|start| national.starts_with(start));
    fiction || service
}

#[test]
fn personnummer_are_on_the_tax_agencys_test_list() {
    let found = places(r"\d{6}(?:\d{2})?[ \u{a0}]?[-+\u{2010}-\u{2015}\u{2212}]?[ \u{a0}]?\d{4}", |hit| {
        let digits = digits(hit);
        !passes_as_personnummer(&digits) || is_test_number(&digits) || is_nobodys(&national(&digits))
    });
    assert!(found.is_empty(), "no test numbers:\n{}", found.join("\n"));
}

#[test]
fn telephone_numbers_are_kept_for_fiction() {
    // A mobile number in any form, an area code with a separator behind it, and the international forms.
    let written = r"(?:\+46|0046)[ \u{a0}]?(?:\(0\))?[ \u{a0}]?-?[1-9][-/ .\u{a0}\u{2010}-\u{2015}\d]{6,13}\d|07[02369]\d{7}|07[02369][-/ .\u{a0}\u{2010}-\u{2015}]{1,3}\d{2,3}[ .\u{a0}]?\d{2}[ .\u{a0}]?\d{2,3}|0[1-9]\d{0,2}[-/\u{2010}-\u{2015}]\d{2,3}[ \u{a0}]?\d{2}[ \u{a0}]?\d{2,3}";
    let found = places(written, |hit| {
        let digits = digits(hit);
        !(8..=14).contains(&digits.len()) || is_nobodys(&national(&digits))
    });
    assert!(found.is_empty(), "telephone numbers that may be somebody's:\n{}", found.join("\n"));
}

#[test]
fn mail_goes_to_example_domains() {
    let found = places(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", |hit| {
        let domain = hit.rsplit('@').next().unwrap_or_default().trim_end_matches('-');
        // The next sentence, written without a blank: `a@example.se.Ring`.
        let sentence = domain
            .rsplit_once('.')
            .filter(|(before, last)| last.starts_with(char::is_uppercase) && !before.starts_with(char::is_uppercase));
        let domain = sentence.map_or(domain, |(before, _)| before).to_lowercase();
        let kept = ["example.se", "example.com", "example.org", "example.net", "example"];
        let is_file = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg"].iter().any(|ending| domain.ends_with(ending));
        // A package and its version: `name@1.2.3`.
        let is_version = domain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        is_file || is_version || kept.iter().any(|d| domain == *d || domain.ends_with(&format!(".{d}")))
    });
    assert!(found.is_empty(), "mail addresses that may be somebody's:\n{}", found.join("\n"));
}

#[test]
fn the_search_sees_what_must_not_stand_here() {
    let joined = |parts: [&str; 2]| parts.concat();
    // Put together here, so that this file does not hold them.
    assert!(passes_as_personnummer(&digits(&joined(["811228-", "9874"]))) && !is_test_number(&digits(&joined(["811228-", "9874"]))));
    assert!(!is_nobodys(&national(&digits(&joined(["+46 70-123", " 45 67"])))));
    assert!(is_nobodys(&national(&digits("+46 (0)70-174 06 05"))) && is_nobodys(&national(&digits("08-465 004 99"))));
    assert!(!stands_alone("a800102", 1..7) && stands_alone("(800102)", 1..7));
}

//! The rules of the house that no compiler knows: which way imports run, where `unsafe`, threads and output may stand,
//! and that the files of a detector are all there.

#[path = "common/rust.rs"]
mod rust;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ombud::Kind;

/// The modules in the order in which they may know each other: each only those on lines above its own.
///
/// Modules on one line may know each other: a finding names the rule it comes from, and a rule the severity of findings.
/// `rulefile` is the shape of the files under `rules/` and knows nothing, because `build.rs` reads it too. `source` stands
/// beside the readers: it makes bytes into text and names formats, and knows of nothing that is found. `sensitive` masks by
/// kind. `engine` is the pure way from text to entities, `check` the one from bytes to findings, `scan` the way from files to
/// reports, `audit` what is made of them.
const ORDER: [&[&str]; 19] = [
    &["text"],
    &["rulefile"],
    &["document"],
    &["source"],
    &["sift"],
    &["detect"],
    &["sensitive"],
    &["resolve"],
    &["engine"],
    &["subject"],
    &["policy", "finding"],
    &["trial"],
    &["report"],
    &["check"],
    &["api"],
    &["wasm"],
    &["scan"],
    &["audit"],
    &["cli"],
];

/// Modules that are pure: no files, no threads, no clock, no environment.
const PURE: [&str; 15] = [
    "trial",
    "subject",
    "text",
    "rulefile",
    "document",
    "sift",
    "detect",
    "sensitive",
    "resolve",
    "engine",
    "policy",
    "finding",
    "check",
    "api",
    "wasm",
];

/// Kinds whose corpus came before their detector. A kind leaves this list when its detector arrives; it ends empty.
const AWAITED: &[&str] = &[];

/// The service: the only files with a socket, and that one listens on loopback.
const SERVICE: &str = "src/cli/serve/";

/// Folders of the corpus that hold drafts of mixed content.
const MIXED: [&str; 7] = ["posts", "pages", "cards", "captions", "demo", "formats", "disguises"];

/// Longest file, in lines before its tests.
const MOST_LINES: usize = 400;

fn rank(module: &str) -> usize {
    ORDER.iter().position(|line| line.contains(&module)).unwrap_or_else(|| panic!("`{module}` has no place in the import order"))
}

/// The top module a file belongs to: `src/text/span.rs` to `text`.
fn module_of(path: &str) -> &str {
    let path = path.strip_prefix("src/").unwrap_or(path);
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// The top modules that the code names through `crate::` and `super::`.
fn named(file: &rust::File, exports: &BTreeMap<String, String>) -> BTreeSet<String> {
    let inside = file.path.strip_prefix("src/").unwrap_or(&file.path).trim_end_matches(".rs").trim_end_matches("/mod");
    let here: Vec<&str> = inside.split('/').collect();
    let mut names = BTreeSet::new();
    for (at, _) in file.code.match_indices("crate::") {
        names.extend(heads(&file.code[at + "crate::".len()..]));
    }
    for (at, _) in file.code.match_indices("super::") {
        let before = file.code[..at].chars().next_back();
        if before.is_some_and(|c| c == ':' || c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = file.code[at..].trim_start_matches("super::");
        let up = (file.code[at..].len() - rest.len()) / "super::".len();
        match here.len().checked_sub(up) {
            Some(0) | None => names.extend(heads(rest)),
            Some(left) => drop(names.insert(here[..left][0].to_owned())),
        }
    }
    names.into_iter().map(|name| exports.get(&name).cloned().unwrap_or(name)).collect()
}

/// The first names of a path or of a group in braces: `a::b` gives a, `{a::{b, c}, d}` gives a and d.
fn heads(rest: &str) -> Vec<String> {
    let name = |s: &str| s.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut all = vec![name(group)];
    let mut depth = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => all.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    all.retain(|n| !n.is_empty());
    all
}

/// What `lib.rs` gives out at the root, and the module each name comes from.
fn exports() -> BTreeMap<String, String> {
    let lib = rust::read(&rust::root().join("src/lib.rs"));
    let mut all = BTreeMap::new();
    for (at, _) in lib.code.match_indices("pub use ") {
        let path = &lib.code[at + "pub use ".len()..];
        let Some((module, names)) = path.split_once("::") else { continue };
        all.extend(heads(names).into_iter().map(|name| (name, module.to_owned())));
    }
    all
}

#[test]
fn imports_run_one_way() {
    let exports = exports();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in rust::files("src") {
        let module = module_of(&file.path);
        if matches!(module, "main" | "lib") {
            continue;
        }
        for name in named(&file, &exports) {
            seen += 1;
            if name != module && rank(&name) >= rank(module) && !ORDER[rank(module)].contains(&name.as_str()) {
                wrong.push(format!("{}: `{module}` must not know `{name}`", file.path));
            }
        }
    }
    assert!(seen > 100, "only {seen} imports seen");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_import_reader_sees_groups_and_parents() {
    assert_eq!(heads("{detect::{Kind, rule}, text::Span};"), ["detect", "text"]);
    assert_eq!(heads("finding::Severity::name"), ["finding"]);
    assert_eq!(rust::bare("a // crate::cli\n\"crate::cli\" r#\"\"x\"# '\\'' 'a' &'a b"), "a \n\"\" \"\"   &'a b");
    let file =
        rust::File { path: "src/text/mod.rs".into(), whole: String::new(), code: "use super::cli; use crate::Kind;".into(), lines: 1 };
    let exports = [("Kind".to_owned(), "detect".to_owned())].into();
    assert_eq!(named(&file, &exports).into_iter().collect::<Vec<_>>(), ["cli", "detect"]);
}

#[test]
fn files_are_one_idea_long() {
    let folders = ["src", "examples", "tests", "benches"];
    let long: Vec<_> = folders
        .iter()
        .flat_map(|folder| rust::files(folder))
        .filter(|f| f.lines > MOST_LINES)
        .map(|f| format!("{}: {} lines", f.path, f.lines))
        .collect();
    assert!(long.is_empty(), "split these files:\n{}", long.join("\n"));
}

fn stems(folder: &str, extension: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(rust::root().join(folder)).into_iter().flatten().flatten();
    let paths = entries.map(|e| e.path()).filter(|p| p.extension().map_or(p.is_dir(), |e| e == extension));
    paths.filter_map(|p| Some(p.file_stem()?.to_str()?.to_owned())).collect()
}

#[test]
fn a_detector_has_its_four_parts() {
    let listed: BTreeSet<String> = ombud::detect::NAMES.iter().map(|&n| n.to_owned()).collect();
    let rules = stems("rules/detectors", "toml");
    let corpus: BTreeSet<String> = stems("corpus", "").into_iter().filter(|n| !MIXED.contains(&n.as_str())).collect();
    let mut wrong = Vec::new();
    for name in &listed {
        let here = |path: String| rust::root().join(path).exists();
        if !here(format!("src/detect/{name}.rs")) && !here(format!("src/detect/{name}/mod.rs")) {
            wrong.push(format!("{name}: in `detectors!`, but src/detect/{name}.rs is not there"));
        }
        if !rules.contains(name) {
            wrong.push(format!("{name}: in `detectors!`, but rules/detectors/{name}.toml is not there"));
        }
    }
    for name in &rules {
        let text = fs::read_to_string(rust::root().join(format!("rules/detectors/{name}.toml"))).unwrap();
        let file: ombud::rulefile::DetectorFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}.toml: {e}"));
        if file.kind != *name {
            wrong.push(format!("rules/detectors/{name}.toml: its kind is `{}`", file.kind));
        }
        if Kind::from_name(name).is_none() {
            wrong.push(format!("rules/detectors/{name}.toml: no such kind"));
        }
        // `person` reads whole sentences, not anchors, and so stands beside the list; `special` is read around persons, once
        // they are known.
        if name != "special"
            && !listed.contains(name)
            && file.shape.is_empty()
            && !rust::root().join(format!("src/detect/{name}/mod.rs")).exists()
        {
            wrong.push(format!("{name}: neither in `detectors!` nor any [[shape]] in its rule file"));
        }
        for part in ["hits.txt", "misses.txt"] {
            if !rust::root().join(format!("corpus/{name}/{part}")).exists() {
                wrong.push(format!("{name}: corpus/{name}/{part} is not there"));
            }
        }
        if AWAITED.contains(&name.as_str()) {
            wrong.push(format!("{name}: its detector has arrived: take it off AWAITED in tests/architecture.rs"));
        }
    }
    for name in corpus.iter().filter(|n| !rules.contains(*n) && !AWAITED.contains(&n.as_str())) {
        wrong.push(format!("corpus/{name}: no detector of that name"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn patterns_of_rule_files_compile() {
    // They are compiled when first needed: a broken one would find nothing and say nothing.
    for name in stems("rules/detectors", "toml") {
        let text = fs::read_to_string(rust::root().join(format!("rules/detectors/{name}.toml"))).unwrap();
        let file: ombud::rulefile::DetectorFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}.toml: {e}"));
        for shape in file.shape {
            assert!(regex::Regex::new(&shape.pattern).is_ok(), "{name}.toml: the pattern of `{}` is none", shape.name);
        }
    }
}

#[test]
fn rule_ids_and_slugs_are_unique_and_named_as_their_file() {
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for name in stems("rules/checks", "toml") {
        let text = fs::read_to_string(rust::root().join(format!("rules/checks/{name}.toml"))).unwrap();
        let file: ombud::rulefile::CheckFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}.toml: {e}"));
        let digits = file.id.strip_prefix("OMB").unwrap_or_default();
        if file.id != name || digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            wrong.push(format!("rules/checks/{name}.toml: its id is `{}`", file.id));
        }
        for key in [file.id, file.slug] {
            if let Some(other) = seen.insert(key.clone(), name.clone()) {
                wrong.push(format!("`{key}` is in {other}.toml and {name}.toml"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn unknown_keys_are_refused_everywhere() {
    let mut wrong = Vec::new();
    for file in ["src/rulefile/mod.rs", "src/rulefile/check.rs", "src/rulefile/policy.rs", "src/policy/config.rs"] {
        let file = rust::read(&rust::root().join(file));
        let mut attributes = String::new();
        let mut structs = 0;
        for line in file.code.lines() {
            let line = line.trim();
            if line.starts_with("#[") {
                attributes += line;
            } else if line.contains("struct ") {
                let reads = attributes.contains("derive") && attributes.contains("Deserialize");
                structs += usize::from(reads);
                if reads && !attributes.contains("deny_unknown_fields") {
                    wrong.push(format!("{}: {line}", file.path));
                }
                attributes.clear();
            } else if !line.is_empty() {
                attributes.clear();
            }
        }
        assert!(structs > 2, "{}: the structs are not seen", file.path);
    }
    assert!(wrong.is_empty(), "without deny_unknown_fields:\n{}", wrong.join("\n"));
}

/// The files whose code holds one of `words`, except those that `may`.
fn holders(words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in rust::files("src").into_iter().filter(|f| !may(&f.path)) {
        for (number, line) in file.code.lines().enumerate() {
            if let Some(word) = words.iter().find(|w| has_word(line, w)) {
                found.push(format!("{}:{}: {word}", file.path, number + 1));
            }
        }
    }
    found
}

fn has_word(line: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let after = line[at + word.len()..].chars().next();
        let goes_on = word.ends_with(joins) && after.is_some_and(joins);
        !line[..at].ends_with(joins) && !goes_on
    })
}

#[test]
fn unsafe_stands_in_sift_alone_and_says_why_it_is_sound() {
    let found = holders(&["unsafe"], |path| matches!(path, "src/sift/simd.rs" | "src/wasm.rs"));
    assert!(found.is_empty(), "{}", found.join("\n"));
    // The browser's engine gives out names, which the lint counts as unsafe; it has no unsafe block.
    let wasm = rust::read(&rust::root().join("src/wasm.rs"));
    assert!(!wasm.code.contains("unsafe {") && !wasm.code.contains("unsafe fn"), "src/wasm.rs");
    let simd = rust::read(&rust::root().join("src/sift/simd.rs"));
    let lines: Vec<&str> = simd.whole.lines().collect();
    for (at, line) in simd.code.lines().enumerate().filter(|(_, line)| has_word(line, "unsafe") && line.contains("unsafe {")) {
        let reason = lines[at.saturating_sub(4)..=at].iter().any(|l| l.contains("SAFETY:"));
        assert!(reason, "src/sift/simd.rs:{}: no SAFETY comment: {line}", at + 1);
    }
}

#[test]
fn only_the_command_line_and_reporters_write_output() {
    let words = ["println!", "print!", "eprintln!", "eprint!", "dbg!", "stdout()", "stderr()"];
    let found = holders(&words, |path| path.starts_with("src/report/") || path.starts_with("src/cli/"));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn threads_stand_in_scan_and_its_caller() {
    let found = holders(&["rayon", "thread::spawn", "thread::scope"], |path| {
        matches!(path, "src/scan.rs" | "src/cli/drafts.rs" | "src/cli/audit.rs") || path.starts_with(SERVICE)
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_engine_is_pure() {
    let words = ["std::fs", "std::env", "std::time", "std::process", "std::thread", "io::stdin", "Instant", "SystemTime"];
    let found = holders(&words, |path| !PURE.contains(&module_of(path)));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn raw_text_leaves_custody_only_to_be_masked() {
    let may = [
        "src/sensitive.rs",
        "src/sensitive/mark.rs",
        "src/engine.rs",
        "src/policy/judge.rs",
        "src/policy/seeker.rs",
        "src/report/locate.rs",
    ];
    let found = holders(&["Sensitive"], |path| may.contains(&path));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn nothing_opens_a_socket() {
    // The one exception is `ombud serve`: it listens on loopback, and connects to nothing but itself to wake up and end.
    // `core::net` is free: it holds addresses and no sockets.
    let words = ["std::net", "TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener", "ToSocketAddrs"];
    let found = holders(&words, |path| path.starts_with(SERVICE));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_crate_of_the_ban_list_is_locked() {
    let read = |path: &str| -> toml::Table { toml::from_str(&fs::read_to_string(Path::new(rust::root()).join(path)).unwrap()).unwrap() };
    let (deny, lock) = (read("deny.toml"), read("Cargo.lock"));
    let names = |list: &toml::Value, key: &str| -> BTreeSet<String> {
        list.as_array().unwrap().iter().map(|row| row[key].as_str().unwrap().to_owned()).collect()
    };
    let (banned, locked) = (names(&deny["bans"]["deny"], "crate"), names(&lock["package"], "name"));
    assert!(banned.len() > 20, "the ban list has been emptied");
    let both: Vec<_> = banned.intersection(&locked).collect();
    assert!(both.is_empty(), "crates that speak over a network: {both:?}");
}

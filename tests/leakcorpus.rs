//! The whole corpus through every reporter: no marked number or address comes out of any of them, and nothing is left in the
//! system's temporary folder.

#[path = "common/marked.rs"]
mod marked;
#[path = "common/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use ombud::check::{Checker, Draft};
use ombud::document::Format;
use ombud::engine::{Engine, Scratch};
use ombud::finding::Severity;
use ombud::policy::{Judge, Policy, config::Config};
use ombud::report::Snippets;
use ombud::report::{
    Checkstyle, Compact, Github, Gitlab, Human, Json, JsonLines, Junit, Lang, Markdown, Narrated, RdJsonl, Reporter, Sarif, SourceReport,
    Summary, Width, Wording,
};
use ombud::{Rulebook, Sensitivity};

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the corpus is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|e| e == "txt") {
            all.push(path);
        }
    }
}

/// All reporters, each writing to a part of `out`.
fn reporters<'o>(out: &'o mut [Vec<u8>; 13], lang: Lang) -> Vec<(&'static str, Box<dyn Reporter + 'o>)> {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m] = out;
    vec![
        ("human", Box::new(Human::new(a, lang, Width::Plain))),
        ("human on a terminal", Box::new(Human::new(b, lang, Width::Terminal(80)))),
        ("narrated", Box::new(Narrated::new(c, lang))),
        ("compact", Box::new(Compact::new(d, lang))),
        ("json", Box::new(Json::new(e, lang))),
        ("jsonl", Box::new(JsonLines::new(f, lang))),
        ("sarif", Box::new(Sarif::new(g, lang))),
        ("github", Box::new(Github::new(h, lang))),
        ("gitlab", Box::new(Gitlab::new(i, lang))),
        ("rdjsonl", Box::new(RdJsonl::new(j, lang, Wording::default()))),
        ("junit", Box::new(Junit::new(k, lang, Some(Severity::Note)))),
        ("checkstyle", Box::new(Checkstyle::new(l, lang))),
        ("markdown", Box::new(Markdown::new(m, lang))),
    ]
}

#[test]
fn no_reporter_gives_out_a_marked_value_of_the_corpus() {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &mut paths);
    paths.sort();
    let policy = Policy::new("granskning", &Config::default()).expect("the pack loads");
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::High);
    let judge = Judge::new(&policy);
    let checker = Checker { engine: &engine, judge: &judge, snippets: Snippets::Masked, limits: ombud::document::Limits::DEFAULT };
    let mut scratch = Scratch::default();
    let name: Arc<str> = "utkast.txt".into();
    let (mut values, mut found, mut leaks) = (0, 0, Vec::new());
    for path in &paths {
        // Samples of formats and encodings stand there too; they are not marked.
        let Ok(text) = fs::read_to_string(path) else { continue };
        if !text.contains("=== id=") {
            continue;
        }
        for item in marked::items(&text) {
            let told = |m: &&marked::Mark| matches!(m.kind.as_str(), "personnummer" | "phone" | "email" | "account" | "passport");
            let secret: Vec<&str> = item.marks.iter().filter(told).map(|m| &item.text[m.start..m.end]).filter(|v| v.len() >= 9).collect();
            if secret.is_empty() {
                continue;
            }
            values += secret.len();
            let draft = Draft {
                name: &name,
                bytes: item.text.as_bytes(),
                format: Some(Format::Text),
                channel: policy.default_channel(),
                first_byte: 0,
                exceptions: &[],
            };
            let checked = checker.check(&draft, &mut scratch);
            found += checked.findings.len();
            let mut out: [Vec<u8>; 13] = Default::default();
            let mut names = Vec::new();
            for (name, mut reporter) in reporters(&mut out, Lang::Sv) {
                checked.findings.iter().for_each(|f| reporter.finding(f).expect("memory"));
                reporter.source(&SourceReport::Scanned { path: draft.name.to_string() }).expect("memory");
                reporter.finish(&Summary::default()).expect("memory");
                names.push(name);
            }
            for (name, out) in names.iter().zip(&out) {
                let text = String::from_utf8_lossy(out);
                if secret.iter().any(|value| text.contains(value)) {
                    leaks.push(format!("{name}: {}", item.id));
                }
            }
        }
    }
    assert!(values > 300 && found > values, "{values} values, {found} findings");
    assert!(leaks.is_empty(), "{} leaks: {:?}", leaks.len(), &leaks[..leaks.len().min(20)]);
}

#[test]
fn nothing_is_left_in_the_temporary_folder() {
    let dir = program::folder(&[("a.md", b"pnr 800102-2386\n"), ("trasig.json", b"{\"text\": \"pnr 800102-2386")]);
    let temporary = program::folder(&[]);
    for args in [
        &["check", "."][..],
        &["check", "--format", "sarif=ut.sarif", "--format", "junit=ut.xml", "--format", "human", "."],
        &["check", "--format", "sarif=ut.sarif", "--channel", "fejsbok", "."],
        &["fix", "."],
        &["fix", "--write", "."],
        &["redact", "a.md", "-o", "ut.md"],
        &["redact", "trasig.json", "-o", "ut.json"],
        &["baseline", "create", "."],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_ombud")).args(args).current_dir(dir.path()).env("TMPDIR", temporary.path()).output();
        assert!(output.expect("it runs").status.code().is_some());
        assert_eq!(fs::read_dir(temporary.path()).expect("a folder").count(), 0, "{args:?}");
    }
    let left: Vec<String> =
        fs::read_dir(dir.path()).expect("a folder").flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    assert!(left.iter().all(|name| !name.contains("tmp")), "{left:?}");
}

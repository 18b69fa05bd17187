//! Rewrites the generated parts of README.md: the demo run, the accuracy table, the rules.
//!
//! `cargo build --release && cargo run --release --example readme -- [POSTS_FOLDER]`
//!
//! With the folder of the design material's labelled posts the accuracy table is made from its held-back files;
//! without it, from `corpus/`.
#![allow(clippy::print_stdout, reason = "a maintainer's report")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use ombud::document::format_table;
use ombud::policy::{Class, Policy, config::Config};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let posts = env::args().nth(1).map(PathBuf::from);
    let bin = env::current_exe()?.parent().and_then(Path::parent).ok_or("no target folder")?.to_owned();
    let mut readme = fs::read_to_string("README.md")?;
    readme = replace(&readme, "demo", &demo(&bin)?)?;
    readme = replace(&readme, "rules", &rules()?)?;
    readme = replace(&readme, "formats", &format_table())?;
    readme = replace(&readme, "accuracy", &accuracy(&bin, posts.as_deref())?)?;
    fs::write("README.md", readme)?;
    println!("README.md is up to date");
    Ok(())
}

/// Puts `text` between `<!-- name -->` and `<!-- /name -->`.
fn replace(readme: &str, name: &str, text: &str) -> Result<String, Error> {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = readme.find(&open).ok_or_else(|| format!("no {open}"))? + open.len();
    let end = readme.find(&close).ok_or_else(|| format!("no {close}"))?;
    Ok(format!("{}{}\n{}", &readme[..start], text.trim_end(), &readme[end..]))
}

/// The first findings and the last line of a real run.
fn demo(bin: &Path) -> Result<String, Error> {
    let output = Command::new(bin.join("ombud")).args(["check", "--no-config", "--lang", "en", "corpus/demo"]).output()?;
    let text = String::from_utf8(output.stdout)?;
    let first: Vec<&str> = text.lines().take_while(|l| !l.starts_with("  ×") && !l.starts_with("  ⚠") || text.starts_with(l)).collect();
    let last = text.lines().next_back().unwrap_or("");
    Ok(format!("```text\n$ ombud check corpus/demo --lang en\n{}\n…\n{last}\n```", first.join("\n")))
}

fn rules() -> Result<String, Error> {
    let policy = Policy::new("kommun", &Config::default())?;
    let mut table = String::from("| rule | | own web | US platform (DPF) | other third country | internal |\n|---|---|---|---|---|---|\n");
    for rule in policy.rules() {
        let level = |class| rule.severity_in(class).map_or("–", ombud::finding::Severity::name);
        table += &format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            rule.id,
            rule.title.en,
            level(Class::OwnWeb),
            level(Class::UsDpf),
            level(Class::ThirdCountry),
            level(Class::Internal)
        );
    }
    Ok(table)
}

fn accuracy(bin: &Path, posts: Option<&Path>) -> Result<String, Error> {
    let (files, source) = match posts {
        Some(folder) => {
            (vec![folder.join("dev-d.txt"), folder.join("dev-e.txt")], "700 labelled posts whose texts no rule was written against")
        }
        None => {
            let mut files: Vec<PathBuf> = Vec::new();
            for kind in fs::read_dir("corpus")? {
                let kind = kind?.path();
                if kind.is_dir() && !kind.ends_with("demo") && !kind.ends_with("formats") {
                    files.extend(
                        fs::read_dir(kind)?.filter_map(|f| f.ok().map(|f| f.path())).filter(|f| f.extension().is_some_and(|e| e == "txt")),
                    );
                }
            }
            files.sort();
            (files, "the marked documents of `corpus/`, which the rules were written against")
        }
    };
    let output = Command::new(bin.join("examples/accuracy")).args(&files).output()?;
    let table = String::from_utf8(output.stdout)?;
    // The shipped name model is trained on all labelled text; its held-back scores are the trainer's to print.
    let table: String =
        table.lines().filter(|l| !l.starts_with("| person |") && !l.starts_with("| special |")).map(|l| format!("{l}\n")).collect();
    Ok(format!("Exact spans, in per cent, on {source} (`cargo run --release --example readme`):\n\n{table}"))
}

//! Measures the search for one person: asks for everybody who is named in full in marked texts, text by text.
//!
//! `cargo run --release --example subject -- [--misses] [--links FILE] FILE…`
//!
//! A person is a full name as marked. The person's mentions are the marks whose words are all words of that name; where
//! several people bear the same word, or a nickname is used, a line `item TAB mark TAB full name` in the links says who is
//! meant. Recall counts the mentions that a found place overlaps, precision the found places that overlap one of them;
//! e-mail addresses, handles and numbers are left out of both.
#![allow(clippy::print_stdout, reason = "a maintainer's report")]

#[path = "../tests/common/marked.rs"]
mod marked;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use ombud::document::{Document, Format};
use ombud::engine::{Engine, Scratch};
use ombud::subject::{Field, How, Subject};
use ombud::{Kind, Rulebook, Sensitivity};

#[derive(Default)]
struct Score {
    people: usize,
    marked: usize,
    recalled: usize,
    found: usize,
    right: usize,
    /// The same without the name as it was asked for.
    parts: [usize; 4],
    by_how: BTreeMap<How, (usize, usize)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut files, mut misses, mut links) = (Vec::new(), false, BTreeMap::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--misses" => misses = true,
            "--links" => {
                for line in fs::read_to_string(args.next().ok_or("--links FILE")?)?.lines() {
                    let [item, mark, name] = line.split('\t').collect::<Vec<_>>()[..] else { return Err("three columns".into()) };
                    links.insert((item.to_owned(), mark.to_owned()), name.to_owned());
                }
            }
            _ => files.push(arg),
        }
    }
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::High);
    let mut scratch = Scratch::default();
    println!("| file | people | mentions | recall | precision | parts: mentions | recall | precision |\n|---|--:|--:|--:|--:|--:|--:|--:|");
    let mut sum = Score::default();
    for file in &files {
        let mut score = Score::default();
        for item in marked::items(&fs::read_to_string(file)?) {
            measure(&item, &links, &engine, &mut scratch, misses, &mut score);
        }
        print(file.rsplit('/').next().unwrap_or(file), &score);
        sum.add(score);
    }
    print("all", &sum);
    println!("\n| how | found | right |\n|---|--:|--:|");
    for (how, (found, right)) in &sum.by_how {
        println!("| {} | {found} | {right} |", how.words().0);
    }
    Ok(())
}

fn measure(
    item: &marked::Item,
    links: &BTreeMap<(String, String), String>,
    engine: &Engine,
    scratch: &mut Scratch,
    misses: bool,
    score: &mut Score,
) {
    let people: Vec<&marked::Mark> = item.marks.iter().filter(|m| m.kind == "person").collect();
    let text = |m: &marked::Mark| &item.text[m.start..m.end];
    let names: BTreeSet<&str> = people.iter().map(|m| text(m)).filter(|t| t.contains(' ')).collect();
    let document: Document<'_> = Format::Text.read(&item.text).expect("text is read");
    let entities = engine.detect(document.text.as_str(), scratch);
    for name in names.iter().filter(|n| !names.iter().any(|o| words(n).len() < words(o).len() && words(n).is_subset(&words(o)))) {
        let mut subject = Subject::default();
        if subject.add(Field::Name, name).is_err() {
            continue;
        }
        let found: Vec<_> = subject
            .mentions(&document, &entities)
            .into_iter()
            .filter(|m| m.kind == Kind::Person)
            .map(|m| (document.text.source_span(m.span).range(), m.how))
            .collect();
        let is_meant = |m: &&&marked::Mark| match links.get(&(item.id.clone(), text(m).to_owned())) {
            Some(who) => who == name,
            None => words(text(m)).is_subset(&words(name)),
        };
        let meant: Vec<_> = people.iter().filter(is_meant).collect();
        score.people += 1;
        for mark in &meant {
            let hit = found.iter().any(|(r, _)| r.start < mark.end && mark.start < r.end);
            let part = text(mark) != *name;
            score.marked += 1;
            score.recalled += usize::from(hit);
            score.parts[0] += usize::from(part);
            score.parts[1] += usize::from(part && hit);
            if misses && !hit {
                println!("{} {name}: missed {}", item.id, context(&item.text, mark.start, mark.end));
            }
        }
        for (range, how) in &found {
            let right = meant.iter().any(|m| range.start < m.end && m.start < range.end);
            let part = *how != How::Full;
            score.found += 1;
            score.right += usize::from(right);
            score.parts[2] += usize::from(part);
            score.parts[3] += usize::from(part && right);
            let by = score.by_how.entry(*how).or_default();
            *by = (by.0 + 1, by.1 + usize::from(right));
            if misses && !right {
                println!("{} {name}: wrong ({}) {}", item.id, how.words().0, context(&item.text, range.start, range.end));
            }
        }
    }
}

/// The words of a name, small.
fn words(name: &str) -> BTreeSet<String> {
    let signs = |c: char| c.is_whitespace() || matches!(c, ',' | '"' | '”' | '(' | ')' | '’' | '“');
    name.split(signs).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn context(text: &str, start: usize, end: usize) -> String {
    let (from, to) = (text.ceil_char_boundary(start.saturating_sub(50)), text.floor_char_boundary(end + 40));
    format!("{}[[{}]]{}", &text[from..start], &text[start..end], &text[end..to]).replace('\n', " / ")
}

fn print(name: &str, s: &Score) {
    let per = |a: usize, b: usize| if b == 0 { 100.0 } else { 100.0 * a as f64 / b as f64 };
    let [marked, recalled, found, right] = s.parts;
    println!(
        "| {name} | {} | {} | {:.2} | {:.2} | {marked} | {:.2} | {:.2} |",
        s.people,
        s.marked,
        per(s.recalled, s.marked),
        per(s.right, s.found),
        per(recalled, marked),
        per(right, found)
    );
}

impl Score {
    fn add(&mut self, other: Self) {
        self.people += other.people;
        self.marked += other.marked;
        self.recalled += other.recalled;
        self.found += other.found;
        self.right += other.right;
        self.parts.iter_mut().zip(other.parts).for_each(|(a, b)| *a += b);
        for (how, (found, right)) in other.by_how {
            let by = self.by_how.entry(how).or_default();
            *by = (by.0 + found, by.1 + right);
        }
    }
}

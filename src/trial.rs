//! Trial: the examples of rules and word lists, run as drafts are. The tests and `ombud rules check` say the same.

use crate::detect::{Entity, Reason};
use crate::document::{Document, DocumentBuilder, Format, Role, directives};
use crate::engine::{Engine, Scratch};
use crate::finding::Finding;
use crate::policy::{Day, Judge, Policy};
use crate::rulefile::{CheckExample, LexiconFile, OwnDetectorFile};

/// The examples of all rule files, as `build.rs` packed them: what the tests and `ombud rules check` run.
pub static EXAMPLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/examples.bin"));

/// What an example did that its file does not claim. Says nothing of the example's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule or list.
    pub of: String,
    /// Which example: `hits 2`, from 1.
    pub example: String,
    /// What it did.
    pub what: Wrong,
}

/// What an example did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing, where it should have fired at a mark.
    Silent,
    /// It fired where it should not.
    Fires,
    /// It fired with another severity.
    Severity(&'static str),
    /// The example names what is not there.
    Unclear(String),
    /// There are fewer than three.
    Few,
}

/// Runs the examples of the rule `id`.
#[must_use]
pub fn rule(
    policy: &Policy,
    engine: &Engine,
    scratch: &mut Scratch,
    id: &str,
    hits: &[CheckExample],
    misses: &[CheckExample],
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut note = |example: String, what| faults.push(Fault { of: id.to_owned(), example, what });
    for (list, name) in [(hits, "hits"), (misses, "misses")] {
        if list.len() < 3 {
            note(name.to_owned(), Wrong::Few);
        }
        for (example, n) in list.iter().zip(1..) {
            let (text, marks) = unmark(&example.text);
            let place = format!("{name} {n}");
            let findings = match Run::read(policy, example, &text).map(|run| run.findings(policy, engine, scratch)) {
                Ok(findings) => findings,
                Err(why) => {
                    note(place, Wrong::Unclear(why));
                    continue;
                }
            };
            let is_of = |f: &&Finding<'_>| f.rule.id == id || f.also.iter().any(|r| r.id == id);
            if name == "misses" {
                if findings.iter().any(|f| is_of(&f)) {
                    note(place, Wrong::Fires);
                }
                continue;
            }
            let severity = example.severity.as_deref().unwrap_or_default();
            // A hit without a mark points at the policy, not at words.
            let whole = 0..0;
            let marks = if marks.is_empty() { std::slice::from_ref(&whole) } else { &marks };
            for mark in marks {
                match findings.iter().filter(is_of).find(|f| f.span.range() == *mark) {
                    // A rule that is off says nothing; its hit is that nothing graver is said either.
                    None if severity == "off" => {}
                    None => note(place.clone(), Wrong::Silent),
                    Some(f) if f.rule.id == id && f.severity.name() != severity => note(place.clone(), Wrong::Severity(f.severity.name())),
                    Some(_) => {}
                }
            }
        }
    }
    faults
}

/// Whether any hit of the rule `id` fires under `policy`.
#[must_use]
pub fn fires(policy: &Policy, engine: &Engine, scratch: &mut Scratch, id: &str, hits: &[CheckExample]) -> bool {
    hits.iter().any(|example| {
        let (text, _) = unmark(&example.text);
        Run::read(policy, example, &text)
            .is_ok_and(|run| run.findings(policy, engine, scratch).iter().any(|f| f.rule.id == id || f.also.iter().any(|r| r.id == id)))
    })
}

/// Runs the examples of a list of words.
#[must_use]
pub fn lexicon(policy: &Policy, file: &LexiconFile) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (list, name) in [(&file.hits, "hits"), (&file.misses, "misses")] {
        for (text, n) in list.iter().zip(1..) {
            let (text, marks) = unmark(text);
            let mut note = |what| faults.push(Fault { of: file.lexicon.clone(), example: format!("{name} {n}"), what });
            let Ok(found) = policy.words_of(&file.lexicon, &text) else {
                note(Wrong::Unclear(file.lexicon.clone()));
                continue;
            };
            let meets = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| a.start < b.end && b.start < a.end;
            if marks.iter().any(|m| !found.iter().any(|f| meets(f, m))) {
                note(Wrong::Silent);
            }
            if found.iter().any(|f| !marks.iter().any(|m| meets(f, m))) {
                note(Wrong::Fires);
            }
        }
    }
    faults
}

/// Runs the examples of a user's own detector, with all others there too.
#[must_use]
pub fn detector(engine: &Engine, scratch: &mut Scratch, file: &OwnDetectorFile) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is_of = |e: &Entity| e.evidence.iter().any(|e| e.reason == Reason::Own && e.detail == Some(&file.detector));
    for (list, name) in [(&file.hits, "hits"), (&file.misses, "misses")] {
        let mut note = |example: String, what| faults.push(Fault { of: file.detector.clone(), example, what });
        if list.len() < 3 {
            note(name.to_owned(), Wrong::Few);
        }
        for (text, n) in list.iter().zip(1..) {
            let (text, marks) = unmark(text);
            let found: Vec<_> = engine.detect(&text, scratch).iter().filter(|e| is_of(e)).map(|e| e.span.range()).collect();
            if marks.iter().any(|m| !found.contains(m)) || name == "hits" && marks.is_empty() {
                note(format!("{name} {n}"), Wrong::Silent);
            }
            if found.iter().any(|f| !marks.contains(f)) {
                note(format!("{name} {n}"), Wrong::Fires);
            }
        }
    }
    faults
}

/// An example that is read.
struct Run<'t> {
    document: Document<'t>,
    channel: usize,
    day: Day,
}

impl<'t> Run<'t> {
    /// Reads an example as its format, or as one region of its role.
    fn read(policy: &Policy, example: &CheckExample, text: &'t str) -> Result<Self, String> {
        let channel = policy.channels().find(&example.channel).ok_or_else(|| policy.channels().unknown(&example.channel).message)?;
        let day = match &example.day {
            None => policy.reviewed(),
            Some(day) => Day::parse(day).ok_or_else(|| format!("`{day}` is no date"))?,
        };
        let format = match &example.format {
            None => None,
            Some(name) => Some(Format::from_name(name).ok_or_else(|| format!("unknown format `{name}`"))?),
        };
        let document = match format {
            Some(format @ (Format::Html | Format::Markdown)) => {
                let mut document = format.read(text).map_err(|e| e.message)?;
                document.format = Some(format);
                document
            }
            _ => {
                let role = example.role.as_deref().unwrap_or("body");
                let role = Role::from_name(role).ok_or_else(|| format!("unknown role `{role}`"))?;
                let mut b = DocumentBuilder::default();
                b.open(role, None, 0);
                b.text.verbatim(text, 0);
                let mut document = b.finish();
                document.directives = directives(text, Format::Markdown);
                document.format = format;
                document
            }
        };
        Ok(Self { document, channel, day })
    }

    fn findings<'p>(&self, policy: &'p Policy, engine: &Engine, scratch: &mut Scratch) -> Vec<Finding<'p>> {
        let judge = Judge::new(policy).on(self.day);
        let found = engine.detect_in(&self.document, scratch);
        let mut findings = judge.judge(&self.document, &found, self.channel, engine.rules());
        findings.extend(judge.stale_policy());
        findings
    }
}

/// A text without its marks `[[…]]`, and the bytes they stood around.
#[must_use]
pub fn unmark(marked: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((inside, after)) = after.split_once("]]") else { break };
        text.push_str(before);
        marks.push(text.len()..text.len() + inside.len());
        text.push_str(inside);
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        assert_eq!(unmark("Åsa [[bor]] [[här]]."), ("Åsa bor här.".to_owned(), vec![5..8, 9..13]));
        assert_eq!(unmark("a [[b"), ("a [[b".to_owned(), vec![]));
    }
}

//! What is published soon and is not clean: a list in Markdown to paste into a chat, a card or the notes of a meeting.

use std::io::{self, Write};

use super::{Lang, Located, Reporter, SourceReport, Summary, inert, when};
use crate::finding::Severity;

/// A stretch of time from now on. Times are UTC, ISO 8601, so that they compare as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    from: String,
    to: String,
    hours: u32,
}

impl Window {
    /// The next `hours` hours from `now`, in seconds since 1970.
    #[must_use]
    pub fn next(now: i64, hours: u32) -> Self {
        Self { from: when::iso(now), to: when::iso(now + i64::from(hours) * 3600), hours }
    }

    /// Whether a finding stands on something that is published in this time, and is not said to be done.
    #[must_use]
    pub fn holds(&self, finding: &Located<'_>) -> bool {
        finding.item.as_ref().is_some_and(|item| !item.done && *item.due >= *self.from && *item.due <= *self.to)
    }
}

/// One card and the titles of the rules that its findings come from.
#[derive(Debug)]
struct Entry {
    due: String,
    name: String,
    list: String,
    channel: String,
    titles: Vec<(Severity, String)>,
}

/// Collects cards and writes them by the time they are published.
#[derive(Debug)]
pub struct Reminder<W> {
    out: W,
    lang: Lang,
    window: Window,
    entries: Vec<Entry>,
    unread: Vec<String>,
}

impl<W: Write> Reminder<W> {
    /// Writes to `out`, in `lang`, what is published within `window`.
    pub const fn new(out: W, lang: Lang, window: Window) -> Self {
        Self { out, lang, window, entries: Vec::new(), unread: Vec::new() }
    }
}

/// Text without meaning to Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in inert(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

impl<W: Write> Reporter for Reminder<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        let Some(item) = f.item.as_ref() else { return Ok(()) };
        let title = (f.finding.severity, self.lang.pick(&f.finding.rule.title).to_owned());
        let is = |e: &&mut Entry| e.due == item.due && e.name == item.name && e.list == item.list;
        if let Some(entry) = self.entries.iter_mut().find(is) {
            if !entry.titles.contains(&title) {
                entry.titles.push(title);
            }
        } else {
            let channel = f.finding.channel_name.to_owned();
            self.entries.push(Entry {
                due: item.due.clone(),
                name: item.name.clone(),
                list: item.list.clone(),
                channel,
                titles: vec![title],
            });
        }
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        if let SourceReport::Unread(unread) = source {
            self.unread.push(format!("{}: {}", plain(&unread.name), self.lang.of(&unread.reason.sv, &unread.reason.en)));
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let (lang, hours) = (self.lang, self.window.hours);
        self.entries.sort_by(|a, b| a.due.cmp(&b.due));
        if !self.entries.is_empty() {
            let head = lang.of("Publiceras inom {} timmar och är inte klart:", "Published within {} hours and not clean:");
            writeln!(self.out, "{}\n", head.replace("{}", &hours.to_string()))?;
        } else if summary.is_complete() {
            let none =
                lang.of("Inget som publiceras inom {} timmar har anmärkningar.", "Nothing that publishes within {} hours has findings.");
            writeln!(self.out, "{}", none.replace("{}", &hours.to_string()))?;
        }
        for entry in &mut self.entries {
            entry.titles.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
            let titles: Vec<String> = entry
                .titles
                .iter()
                .map(|(severity, title)| match severity {
                    Severity::Error => format!("**{}**", plain(title)),
                    _ => plain(title),
                })
                .collect();
            let time = when::local(&entry.due, &self.window.from, lang).unwrap_or_else(|| plain(&entry.due));
            let list = if entry.list.is_empty() { String::new() } else { format!(" ({})", plain(&entry.list)) };
            writeln!(self.out, "- [ ] {time} · {} · {}{list}: {}", plain(&entry.name), plain(&entry.channel), titles.join(", "))?;
        }
        if !summary.is_complete() {
            writeln!(self.out, "\n{}\n", lang.of("Allt kunde inte granskas:", "Not everything could be checked:"))?;
            for line in &self.unread {
                writeln!(self.out, "- {line}")?;
            }
        }
        self.out.flush()
    }
}

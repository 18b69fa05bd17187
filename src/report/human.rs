//! For people: each finding with its masked line, why, and what to do.

use std::fmt;
use std::io::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use super::{IN_FULL, Lang, Located, Reporter, SourceReport, Summary, card, inert, totals};
use crate::detect::EvidenceList;
use crate::finding::{Accepted, By, Severity};

/// Exceptions that are listed; the machine formats have them all.
const MOST_ACCEPTED: usize = 200;

/// Whether the output is a terminal, and how wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// A terminal of so many columns: colour and lines.
    Terminal(usize),
    /// Anything else: no colour.
    Plain,
}

/// Writes for people.
pub struct Human<W> {
    out: W,
    lang: Lang,
    handler: GraphicalReportHandler,
    shown: u64,
    unread: Vec<(String, String)>,
    accepted: Vec<String>,
    /// The time in UTC, ISO 8601; empty where nobody said.
    now: String,
    /// Findings of a planning board: they are shown in the order in which its cards are published.
    waiting: Vec<(card::Order, View)>,
}

impl<W: fmt::Debug> fmt::Debug for Human<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Human").field("out", &self.out).field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl<W: Write> Human<W> {
    /// Writes to `out`, in `lang`.
    pub fn new(out: W, lang: Lang, width: Width) -> Self {
        let (theme, columns) = match width {
            Width::Terminal(columns) => (GraphicalTheme::unicode(), columns),
            Width::Plain => (GraphicalTheme::unicode_nocolor(), 100),
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(columns.clamp(40, 160))
            .with_links(false)
            .with_context_lines(0)
            .with_wrap_lines(true);
        Self { out, lang, handler, shown: 0, unread: Vec::new(), accepted: Vec::new(), now: String::new(), waiting: Vec::new() }
    }

    /// The same, knowing what time it is (UTC, ISO 8601): what is to be published next comes first.
    #[must_use]
    pub fn at(self, now: String) -> Self {
        Self { now, ..self }
    }

    fn show(&mut self, view: &View) -> io::Result<()> {
        self.shown += 1;
        if self.shown == IN_FULL + 1 {
            writeln!(self.out, "{}", self.lang.of("\nResten i korthet:", "\nThe rest in brief:"))?;
        }
        let mut text = String::new();
        if self.shown <= IN_FULL && self.handler.render_report(&mut text, view).is_ok() {
            return self.out.write_all(text.as_bytes());
        }
        writeln!(self.out, "{}", view.brief)
    }
}

impl<W: Write> Reporter for Human<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        if let Some(accepted) = &f.finding.accepted {
            if accepted.is_spoken() && self.accepted.len() < MOST_ACCEPTED {
                self.accepted.push(accepted_line(f, accepted, self.lang));
            }
            return Ok(());
        }
        let view = View::of(f, &self.now, self.lang);
        if f.item.is_none() && self.waiting.is_empty() {
            return self.show(&view);
        }
        self.waiting.push((card::Order::of(f.item.as_deref(), &self.now), view));
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by(|(a, _), (b, _)| a.cmp(b));
        waiting.iter().try_for_each(|(_, view)| self.show(view))?;
        if let SourceReport::Unread(unread) = source
            && unread.class != crate::source::Class::Excluded
        {
            self.unread.push((unread.name.clone(), self.lang.of(&unread.reason.sv, &unread.reason.en).to_owned()));
        }
        Ok(())
    }

    fn finish(&mut self, s: &Summary) -> io::Result<()> {
        if !self.accepted.is_empty() {
            writeln!(self.out, "{}", self.lang.of("\nUndantag:", "\nExceptions:"))?;
            self.accepted.iter().try_for_each(|line| writeln!(self.out, "  {line}"))?;
        }
        for (name, reason) in &self.unread {
            writeln!(self.out, "{} {}: {}", self.lang.of("inte läst:", "not read:"), inert(name), inert(reason))?;
        }
        writeln!(self.out, "{} · {} ms", totals(s, self.lang), s.millis)?;
        if !s.is_complete() {
            writeln!(self.out, "{}", self.lang.of("Allt kunde inte bedömas.", "Not everything could be judged."))?;
        }
        self.out.flush()
    }
}

/// Who accepted a finding, why, since when and until when.
fn accepted_line(f: &Located<'_>, accepted: &Accepted, lang: Lang) -> String {
    let mut line = format!("{}:{} {} \"{}\"", inert(&f.path), f.line, f.finding.rule.id, inert(&accepted.reason));
    if let Some(since) = accepted.since {
        line += &format!(" {} {since}", lang.of("sedan", "since"));
    }
    if let Some(until) = accepted.until {
        line += &format!(" {} {until}", lang.of("till", "until"));
    }
    if accepted.by == By::Configuration { line + " (ombud.toml)" } else { line }
}

pub(super) fn level_name(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.of("fel", "error"),
        Severity::Warning => lang.of("varning", "warning"),
        Severity::Note => lang.of("anmärkning", "note"),
    }
}

/// A finding as miette sees it.
#[derive(Debug)]
struct View {
    headline: String,
    brief: String,
    severity: miette::Severity,
    help: String,
    label: String,
    source: Window,
}

impl View {
    fn of(f: &Located<'_>, now: &str, lang: Lang) -> Self {
        let rule = f.finding.rule;
        let role = role_words(f.finding.role, lang);
        let mut headline = format!("{} {} {}  {} {}", lang.pick(&rule.title), role, channel_words(f, lang), rule.id, rule.slug);
        let mut brief = format!(
            "{}:{}:{}: {}[{} {}] {} {}",
            inert(&f.path),
            f.line,
            f.column,
            level_name(f.finding.severity, lang),
            rule.id,
            rule.slug,
            lang.pick(&rule.title),
            f.finding.masked
        );
        if let Some(card) = card::line(f, now, lang) {
            brief += &format!(" · {card}");
            headline += &format!("\n{card}");
        }
        let mut help =
            format!("{} {}\n{} {}", lang.of("varför ", "why"), lang.pick(&rule.why), lang.of("gör så", "do "), lang.remedy(&f.finding));
        if f.finding.count > 1 {
            help += &format!("\n{} {} {}", lang.of("antal ", "how many"), f.finding.count, lang.of("i listan", "in the list"));
        }
        if !f.finding.also.is_empty() {
            let others: Vec<String> = f.finding.also.iter().map(|r| format!("{} {}", r.id, r.slug)).collect();
            help += &format!("\n{} {}", lang.of("också ", "also"), others.join(", "));
        }
        let (text, start, len) = f.snippet.as_ref().map_or((String::new(), 0, 0), |s| (s.text.clone(), s.start, s.len));
        Self {
            headline,
            brief,
            severity: match f.finding.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Note => miette::Severity::Advice,
            },
            help,
            label: reasons(&f.finding.evidence, lang),
            source: Window { text, name: inert(&f.path).into_owned(), line: f.line, column: f.column, span: (start, len) },
        }
    }
}

/// The two or three strongest reasons, in words.
pub(super) fn reasons(evidence: &EvidenceList, lang: Lang) -> String {
    let rest: Vec<String> = evidence.iter().filter(|e| e.reason != crate::detect::Reason::Shape).map(|e| lang.evidence(e)).collect();
    if rest.is_empty() {
        evidence.iter().map(|e| lang.evidence(e)).collect::<Vec<_>>().join("; ")
    } else {
        rest[..rest.len().min(3)].join("; ")
    }
}

pub(super) fn role_words(role: crate::document::Role, lang: Lang) -> &'static str {
    use crate::document::Role;
    match role {
        Role::Title => lang.of("i rubrik", "in a heading"),
        Role::Body => lang.of("i text", "in text"),
        Role::Caption => lang.of("i bildtext", "in a caption"),
        Role::Alt => lang.of("i alt-text", "in an alt text"),
        Role::LinkText => lang.of("i länktext", "in a link's words"),
        Role::Url => lang.of("i en länk", "in a link"),
        Role::Meta => lang.of("i metadata", "in metadata"),
        Role::Comment => lang.of("i en kommentar", "in a comment"),
        Role::Staff => lang.of("i en medlemslista", "in a list of members"),
        Role::History => lang.of("i en äldre version", "in an older version"),
    }
}

pub(super) fn channel_words(f: &Located<'_>, lang: Lang) -> String {
    format!("{} {}", lang.of("för", "for"), f.finding.channel_name)
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)
    }
}

impl std::error::Error for View {}

impl Diagnostic for View {
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.source.text.is_empty()).then_some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.source.span;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(Some(self.label.clone()), SourceSpan::from(span)))))
    }
}

/// One masked line of the source, which knows its own line and character column: miette's stock source would walk the
/// file from its start, and count bytes.
#[derive(Debug)]
struct Window {
    text: String,
    name: String,
    line: u64,
    column: u64,
    span: (usize, usize),
}

impl SourceCode for Window {
    fn read_span<'a>(&'a self, _: &SourceSpan, _: usize, _: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from((0, self.text.len()));
        let line = usize::try_from(self.line).unwrap_or(1).saturating_sub(1);
        let column = usize::try_from(self.column).unwrap_or(1).saturating_sub(1);
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), whole, line, column, 1)))
    }
}

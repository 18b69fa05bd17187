//! Where reports go: `--format NAME` to standard output, `--format NAME=FILE` to a file that is whole or absent.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::builder::{PossibleValue, TypedValueParser};

use super::Stop;
use crate::finding::Severity;
use crate::report::{
    Checkstyle, Compact, Github, Gitlab, Human, Json, JsonLines, Junit, Lang, Located, Markdown, Narrated, RdJsonl, Reminder, Reporter,
    Sarif, SourceReport, Summary, WholeFile, Width, Window, Wording, totals,
};

/// The forms of output, and what each is for.
const FORMS: [(&str, Form); 12] = [
    ("human", Form::Human),
    ("narrated", Form::Narrated),
    ("compact", Form::Compact),
    ("json", Form::Json),
    ("jsonl", Form::Jsonl),
    ("sarif", Form::Sarif),
    ("github", Form::Github),
    ("gitlab", Form::Gitlab),
    ("rdjsonl", Form::Rdjsonl),
    ("junit", Form::Junit),
    ("checkstyle", Form::Checkstyle),
    ("markdown", Form::Markdown),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Human,
    Narrated,
    Compact,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Rdjsonl,
    Junit,
    Checkstyle,
    Markdown,
}

/// One `--format`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    form: Form,
    file: Option<PathBuf>,
}

/// Reads `NAME` or `NAME=FILE`.
#[derive(Clone, Copy, Debug)]
pub(super) struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(&self, _: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<Output, clap::Error> {
        Output::parse(&value.to_string_lossy())
            .map_err(|fault| clap::Error::raw(clap::error::ErrorKind::InvalidValue, format!("--format: {fault}\n")))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(FORMS.iter().map(|(name, _)| PossibleValue::new(name))))
    }
}

impl Output {
    fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(PathBuf::from(file))));
        let names = || FORMS.iter().map(|(name, _)| *name);
        let Some((_, form)) = FORMS.into_iter().find(|(known, _)| *known == name) else {
            let near = crate::detect::nearest(name, names()).map_or_else(String::new, |n| format!(", did you mean `{n}`?"));
            return Err(format!("unknown format `{name}`{near} [possible values: {}]", names().collect::<Vec<_>>().join(", ")));
        };
        if file.as_ref().is_some_and(|f| f.as_os_str().is_empty()) {
            return Err("a file name is missing after `=`".to_owned());
        }
        Ok(Self { form, file })
    }

    /// Whether it draws masked lines for people.
    pub(super) fn is_drawn(&self) -> bool {
        self.form == Form::Human
    }

    /// Whether it draws on the terminal of whoever runs the program.
    pub(super) fn is_watched(&self) -> bool {
        self.file.is_none() && self.is_drawn() && io::stdout().is_terminal()
    }
}

/// What reports need to know of the run.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) lang: Lang,
    pub(super) wording: Wording,
    /// The least severity that fails; `None`: nothing does.
    pub(super) fails: Option<Severity>,
    /// Only what is published in this time is reported.
    pub(super) window: Option<Window>,
    /// The time in UTC, ISO 8601.
    pub(super) now: String,
}

/// The reports of a run.
pub(super) struct Reports {
    pub(super) all: Vec<Box<dyn Reporter + Send>>,
    files: Vec<FileOut>,
}

impl Reports {
    /// Opens what was asked for; people's form on standard output if nothing was.
    pub(super) fn open(outputs: &[Output], ask: &Ask) -> Result<Self, Stop> {
        if outputs.iter().filter(|o| o.file.is_none()).count() > 1 {
            let text = "två format kan inte dela standard ut: skriv `--format NAMN=FIL`";
            let text = ask.lang.of(text, "two formats cannot share standard output: write `--format NAME=FILE`");
            return Err(Stop::Message(text.to_owned()));
        }
        let mut reports = Self { all: Vec::new(), files: Vec::new() };
        for output in outputs {
            match &output.file {
                None => reports.all.push(reporter(output.form, BufWriter::with_capacity(1 << 16, io::stdout()), ask, true)),
                Some(path) => {
                    let file = FileOut::create(path)?;
                    reports.files.push(file.clone());
                    reports.all.push(reporter(output.form, file, ask, false));
                }
            }
        }
        // A step of a GitHub workflow has a page of its own for what it wants to say.
        if outputs.iter().any(|o| o.form == Form::Github)
            && let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|p| !p.is_empty())
        {
            let page = OpenOptions::new().append(true).create(true).open(&path);
            let page = page.map_err(|e| Stop::Message(format!("GITHUB_STEP_SUMMARY: {e}")))?;
            reports.all.push(Box::new(Markdown::new(BufWriter::new(page), ask.lang)));
        }
        if !outputs.is_empty() && outputs.iter().all(|o| o.file.is_some()) {
            reports.all.push(Box::new(Totals { lang: ask.lang }));
        }
        Ok(reports)
    }

    /// Ends all reports and puts files in their places.
    pub(super) fn finish(mut self, summary: &Summary) -> Result<(), Stop> {
        for reporter in &mut self.all {
            reporter.finish(summary)?;
        }
        drop(self.all);
        Ok(self.files.iter().try_for_each(FileOut::finish)?)
    }
}

/// A report file that its reporter and whoever ends the run both hold.
#[derive(Clone)]
struct FileOut(Arc<Mutex<Option<WholeFile>>>);

impl FileOut {
    fn create(path: &Path) -> Result<Self, Stop> {
        let file = WholeFile::create(path).map_err(|e| Stop::Message(format!("{}: {e}", path.display())))?;
        Ok(Self(Arc::new(Mutex::new(Some(file)))))
    }

    fn with<T: Default>(&self, work: impl FnOnce(&mut WholeFile) -> io::Result<T>) -> io::Result<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map_or_else(|| Ok(T::default()), work)
    }

    fn finish(&self) -> io::Result<()> {
        let file = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        file.map_or(Ok(()), WholeFile::finish)
    }
}

impl Write for FileOut {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(WholeFile::flush)
    }
}

fn reporter(form: Form, out: impl Write + Send + 'static, ask: &Ask, on_stdout: bool) -> Box<dyn Reporter + Send> {
    let lang = ask.lang;
    match form {
        Form::Human if std::env::var_os("OMBUD_NARRATED").is_some_and(|v| !v.is_empty()) => Box::new(Narrated::new(out, lang)),
        Form::Human => {
            let colour = on_stdout && io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
            let columns = || usize::from(console::Term::stdout().size().1);
            Box::new(Human::new(out, lang, if colour { Width::Terminal(columns()) } else { Width::Plain }).at(ask.now.clone()))
        }
        Form::Narrated => Box::new(Narrated::new(out, lang)),
        Form::Compact => Box::new(Compact::new(out, lang)),
        Form::Json => Box::new(Json::new(out, lang)),
        Form::Jsonl => Box::new(JsonLines::new(out, lang)),
        Form::Sarif => Box::new(Sarif::new(out, lang)),
        Form::Github => Box::new(Github::new(out, lang)),
        Form::Gitlab => Box::new(Gitlab::new(out, lang)),
        Form::Rdjsonl => Box::new(RdJsonl::new(out, lang, ask.wording.clone())),
        Form::Junit => Box::new(Junit::new(out, lang, ask.fails)),
        Form::Checkstyle => Box::new(Checkstyle::new(out, lang)),
        Form::Markdown => match &ask.window {
            Some(window) => Box::new(Reminder::new(out, lang, window.clone())),
            None => Box::new(Markdown::new(out, lang)),
        },
    }
}

/// The sums on standard error, for runs whose reports all go to files.
struct Totals {
    lang: Lang,
}

impl Reporter for Totals {
    fn finding(&mut self, _: &Located<'_>) -> io::Result<()> {
        Ok(())
    }

    fn source(&mut self, _: &SourceReport) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        writeln!(io::stderr(), "{}", totals(summary, self.lang))
    }
}

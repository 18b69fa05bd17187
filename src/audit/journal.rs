//! The journal: rows as they come, in JSON Lines and as a table, with a note of how far the run has come. After an
//! interruption the files are cut back to the last note, read again into the tally, and the run goes on from there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::row::{Line, Named, Row, RowWriter};
use super::sheets::{TableWriter, heads};
use super::store::Known;
use super::tally::Tally;
use crate::engine::Scratch;
use crate::finding::Severity;
use crate::report::{Lang, Located, Progress, Reporter, SourceReport, Summary};

/// How often the note is written.
const EVERY: Duration = Duration::from_secs(5);

/// The names of a report's files.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The report itself.
    pub page: &'static str,
    /// All findings, for programs.
    pub lines: &'static str,
    /// All findings, as a table.
    pub table: &'static str,
    /// The gravest findings, for code scanning.
    pub sarif: &'static str,
    /// The workbook.
    pub workbook: &'static str,
    /// The review sheet.
    pub sample: &'static str,
}

impl Names {
    /// In the reader's language.
    #[must_use]
    pub const fn of(lang: Lang) -> Self {
        match lang {
            Lang::Sv => Self {
                page: "rapport.html",
                lines: "fynd.jsonl",
                table: "fynd.csv",
                sarif: "fynd.sarif",
                workbook: "rapport.xlsx",
                sample: "stickprov.csv",
            },
            Lang::En => Self {
                page: "report.html",
                lines: "findings.jsonl",
                table: "findings.csv",
                sarif: "findings.sarif",
                workbook: "report.xlsx",
                sample: "sample.csv",
            },
        }
    }
}

/// How far a run had come when it was last noted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Stage {
    /// When the run was started, as ISO 8601.
    pub started: String,
    /// What makes it the same run: sources, rules, settings.
    pub same: String,
    /// How far the scan has come.
    pub progress: Progress,
    lines: u64,
    table: u64,
}

impl Stage {
    /// The beginning of a run.
    #[must_use]
    pub fn new(started: String, same: String) -> Self {
        Self { started, same, ..Self::default() }
    }
}

/// The folder of an unfinished run, inside the report's.
const FOLDER: &str = ".ombud-unfinished";
const STAGE: &str = "stage.json";

/// Takes findings, writes them down and sums them up.
#[derive(Debug)]
pub struct Journal<'a> {
    rows: RowWriter<'a>,
    known: Option<Known>,
    folder: PathBuf,
    stage: Stage,
    lines: BufWriter<File>,
    table: TableWriter<File>,
    noted: Instant,
    every: Duration,
    named: Option<(Arc<str>, Named)>,
    /// Whether the source that the run was interrupted in had findings before.
    goes_on: bool,
    scratch: Scratch,
    /// The sums.
    pub tally: Tally,
}

impl<'a> Journal<'a> {
    /// The note of an unfinished run in the report's folder `output`, if there is one.
    #[must_use]
    pub fn unfinished(output: &Path) -> Option<Stage> {
        serde_json::from_slice(&fs::read(output.join(FOLDER).join(STAGE)).ok()?).ok()
    }

    /// Opens the journal of a run below `output`: at its beginning, or where `stage` ends.
    ///
    /// # Errors
    /// Its files cannot be made, or are not what the note says.
    pub fn open(output: &Path, mut stage: Stage, rows: RowWriter<'a>, known: Option<Known>, tally: Tally) -> io::Result<Self> {
        let folder = output.join(FOLDER);
        let names = Names::of(rows.lang);
        let fresh = stage.progress.units == 0;
        if fresh {
            (stage.lines, stage.table) = (0, 0);
            match fs::remove_dir_all(&folder) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => fs::create_dir_all(&folder)?,
            }
        }
        let open = |name: &str, len: u64| -> io::Result<File> {
            let mut file = OpenOptions::new().create(true).read(true).write(true).truncate(false).open(folder.join(name))?;
            if file.metadata()?.len() < len {
                return Err(not_whole());
            }
            file.set_len(len)?;
            file.seek(SeekFrom::Start(len))?;
            Ok(file)
        };
        let lines = BufWriter::with_capacity(1 << 16, open(names.lines, stage.lines)?);
        let table = TableWriter::new(open(names.table, stage.table)?, rows.lang);
        let mut journal = Self {
            rows,
            known,
            folder,
            stage,
            lines,
            table,
            noted: Instant::now(),
            every: EVERY,
            named: None,
            goes_on: false,
            scratch: Scratch::default(),
            tally,
        };
        if fresh {
            let head = heads(journal.rows.lang);
            journal.table.head(&head)?;
        } else {
            journal.read_again()?;
        }
        Ok(journal)
    }

    /// Notes how far the run has come at least this often.
    pub const fn note_every(&mut self, every: Duration) {
        self.every = every;
    }

    /// Sums up what was written before.
    fn read_again(&mut self) -> io::Result<()> {
        let path = self.folder.join(Names::of(self.rows.lang).lines);
        for_lines(&path, |line| {
            self.goes_on = matches!(line, Line::Finding(_));
            match line {
                Line::Finding(row) => self.tally.finding(&row),
                Line::Source(row) => self.tally.source(&row),
            }
        })
    }

    /// What has become of a source's name; told once for all its findings.
    fn name(&mut self, path: &Arc<str>) {
        if !self.named.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, path) || known == path) {
            let named = self.rows.name(path, &mut self.scratch);
            self.named = Some((Arc::clone(path), named));
        }
    }

    fn note(&mut self, progress: &Progress) -> io::Result<()> {
        self.lines.flush()?;
        self.table.flush()?;
        self.stage.lines = self.lines.get_mut().stream_position()?;
        self.stage.table = self.table.position()?;
        self.stage.progress = progress.clone();
        // What the note speaks of is on the disk before the note is.
        self.lines.get_ref().sync_data()?;
        let next = self.folder.join("stage.next");
        fs::write(&next, serde_json::to_vec(&self.stage)?)?;
        fs::rename(next, self.folder.join(STAGE))?;
        self.noted = Instant::now();
        Ok(())
    }

    /// Moves the finished files to their places; [`Self::clear`] ends the run.
    ///
    /// # Errors
    /// They cannot be moved.
    pub fn publish(&mut self, output: &Path) -> io::Result<()> {
        self.lines.flush()?;
        self.table.flush()?;
        self.lines.get_ref().sync_all()?;
        let names = Names::of(self.rows.lang);
        for name in [names.lines, names.table] {
            fs::rename(self.folder.join(name), output.join(name))?;
        }
        fs::remove_dir_all(&self.folder)
    }

    /// The rows that were written.
    ///
    /// # Errors
    /// The last of them cannot be written.
    pub fn written(&mut self) -> io::Result<Written> {
        self.lines.flush()?;
        Ok(Written(self.folder.join(Names::of(self.rows.lang).lines)))
    }

    /// What an earlier run is known by.
    #[must_use]
    pub const fn known(&self) -> Option<&Known> {
        self.known.as_ref()
    }

    /// When the run was started.
    #[must_use]
    pub fn started(&self) -> &str {
        &self.stage.started
    }
}

/// The rows of a journal, on the disk.
#[derive(Clone, Debug)]
pub struct Written(PathBuf);

impl Written {
    /// Goes through the findings of one severity, in their order, until `take` has enough of them and says so with `Break`.
    ///
    /// # Errors
    /// The journal cannot be read, or what `take` makes of it not be written.
    pub fn of(&self, severity: Severity, mut take: impl FnMut(&Row<'_>) -> io::Result<ControlFlow<()>>) -> io::Result<()> {
        let mut file = BufReader::with_capacity(1 << 16, File::open(&self.0)?);
        // Rows of other severities are not worth parsing.
        let start = format!("{{\"type\":\"finding\",\"severity\":\"{}\"", severity.name());
        let mut line = Vec::new();
        while file.read_until(b'\n', &mut line)? > 0 {
            if line.starts_with(start.as_bytes()) {
                let row = std::str::from_utf8(&line).ok().and_then(|line| Line::parse(line.trim_end()));
                let Some(Line::Finding(row)) = row else { return Err(not_whole()) };
                if take(&row)?.is_break() {
                    break;
                }
            }
            line.clear();
        }
        Ok(())
    }
}

fn not_whole() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the unfinished run is not whole")
}

fn for_lines(path: &Path, mut take: impl FnMut(Line<'_>)) -> io::Result<()> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut line = String::new();
    while file.read_line(&mut line)? > 0 {
        take(Line::parse(line.trim_end()).ok_or_else(not_whole)?);
        line.clear();
    }
    Ok(())
}

impl Reporter for Journal<'_> {
    fn finding(&mut self, finding: &Located<'_>) -> io::Result<()> {
        let change = match &self.known {
            Some(known) if finding.finding.counts() => known.change(finding.finding.rule.id, finding.fingerprint.0),
            _ => "",
        };
        self.name(&finding.path);
        let Some((_, named)) = &self.named else { return Ok(()) };
        let row = self.rows.row(finding, named, change);
        serde_json::to_writer(&mut self.lines, &row)?;
        self.lines.write_all(b"\n")?;
        self.table.row(&row)?;
        self.tally.finding(&row);
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        let is_named = self.named.as_ref().is_some_and(|(known, _)| **known == *source.name());
        let had_findings = std::mem::take(&mut self.goes_on);
        if matches!(source, SourceReport::Scanned { .. }) && !is_named && !had_findings {
            return Ok(());
        }
        if !is_named {
            self.name(&source.name().into());
        }
        let Some((_, named)) = self.named.take() else { return Ok(()) };
        let row = self.rows.source(source, &named, &mut self.scratch);
        serde_json::to_writer(&mut self.lines, &row)?;
        self.lines.write_all(b"\n")?;
        self.tally.source(&row);
        Ok(())
    }

    fn progress(&mut self, progress: &Progress) -> io::Result<()> {
        // Between the pieces of a source that could not be read whole there is more to keep than the note holds.
        if self.noted.elapsed() >= self.every && progress.unread.is_none() { self.note(progress) } else { Ok(()) }
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.tally.people.close();
        self.tally.numbers.close();
        self.lines.flush()?;
        self.table.flush()
    }
}

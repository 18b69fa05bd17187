//! Scan: many sources in parallel, in a stable order. The only threads are here.
//!
//! Work goes in batches of a few megabytes; while one batch is checked, the one before is written. What comes out is
//! the same for any number of threads.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::detect::{Entity, confidence};
use crate::document::{Document, Format};
use crate::engine::{Engine, Scratch};
use crate::policy::Judge;
use crate::report::{IN_FULL, Located, Reporter, Snippets, SourceReport, Summary, locate};
use crate::source::{Class, Entry, Input, MOST_BYTES, Origin, PIECE, Piece, Reason, Unread, decode, is_binary, read_into};

/// How to scan.
pub struct Scan<'p> {
    /// Finds entities.
    pub engine: &'p Engine,
    /// Judges them.
    pub judge: &'p Judge<'p>,
    /// The channel of each source by its name; the policy's own where it says none.
    pub channel_of: &'p (dyn Fn(&str) -> usize + Sync),
    /// Whether masked lines are wanted.
    pub snippets: Snippets,
}

impl std::fmt::Debug for Scan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").field("snippets", &self.snippets).finish_non_exhaustive()
    }
}

/// A part of the work: a source, or a piece of one.
struct Unit<'e> {
    entry: &'e Entry,
    piece: Option<Piece>,
    name: Arc<str>,
}

/// What became of a unit.
struct Outcome<'p> {
    findings: Vec<Located<'p>>,
    /// Lines in it, for the pieces after it.
    lines: u64,
    /// Why it, or part of it, was not read.
    unread: Option<Unread>,
}

/// Room of one thread.
#[derive(Default)]
struct Room {
    bytes: Vec<u8>,
    scratch: Scratch,
    /// Those asked for, until there are as many as anybody is shown.
    snippets: Snippets,
}

/// Units and bytes of one batch, a thread.
const BATCH_UNITS: usize = 128;
const BATCH_BYTES: u64 = 3 << 20;

impl<'p> Scan<'p> {
    /// Scans `entries` in their order; `tick` is told how many were done after each batch.
    ///
    /// # Errors
    /// A report cannot be written.
    pub fn run(
        &self,
        entries: &[Entry],
        reporters: &mut [Box<dyn Reporter + Send + '_>],
        mut tick: impl FnMut(u64) + Send,
    ) -> io::Result<Summary> {
        let mut sums = Sums { summary: Summary::default(), line_base: 0, unread: None };
        let enough = AtomicBool::new(false);
        let threads = rayon::current_num_threads();
        let mut units = entries.iter().flat_map(units_of).peekable();
        let mut done: Vec<(Unit<'_>, Outcome<'p>)> = Vec::new();
        loop {
            let batch = next_batch(&mut units, threads);
            let is_last = batch.is_empty();
            let count = done.len() as u64;
            let (written, checked) = rayon::join(
                || -> io::Result<()> {
                    let written = std::mem::take(&mut done).into_iter().try_for_each(|(unit, outcome)| sums.take(&unit, outcome, reporters));
                    enough.store(sums.summary.found() >= IN_FULL, Ordering::Relaxed);
                    written
                },
                || {
                    batch
                        .into_par_iter()
                        .map_init(Room::default, |room, unit| {
                            room.snippets = if enough.load(Ordering::Relaxed) { Snippets::None } else { self.snippets };
                            let outcome = self.check(&unit, room);
                            (unit, outcome)
                        })
                        .collect::<Vec<_>>()
                },
            );
            written?;
            tick(count);
            done = checked;
            if is_last {
                return Ok(sums.summary);
            }
        }
    }

    fn check(&self, unit: &Unit<'_>, room: &mut Room) -> Outcome<'p> {
        let input = match unit.entry {
            Entry::Input(input) => input,
            Entry::Unread(unread) => return Outcome { findings: Vec::new(), lines: 0, unread: Some(unread.clone()) },
        };
        let mut bytes = std::mem::take(&mut room.bytes);
        let outcome =
            self.read_and_check(unit, input, &mut bytes, &mut room.scratch).unwrap_or_else(|e| failed(&unit.name, cannot_read(&e)));
        room.bytes = bytes;
        if room.bytes.capacity() > 2 * PIECE as usize {
            room.bytes = Vec::new();
        }
        outcome
    }

    fn read_and_check(&self, unit: &Unit<'_>, input: &Input, bytes: &mut Vec<u8>, scratch: &mut Scratch) -> io::Result<Outcome<'p>> {
        let mut range = 0..0;
        let mut first_byte = 0;
        match (&input.origin, unit.piece) {
            (Origin::Bytes(given), _) => {
                bytes.clear();
                bytes.extend_from_slice(given);
                range = 0..bytes.len();
            }
            (Origin::File(path), Some(piece)) => {
                let cut = input.format.unwrap_or(Format::Text).cuts().unwrap_or("\n");
                (range, first_byte) = read_into(&mut File::open(path)?, piece, cut, bytes)?;
            }
            (Origin::File(path), None) => {
                let mut file = File::open(path)?;
                bytes.clear();
                let read = file.by_ref().take(MOST_BYTES + 1).read_to_end(bytes)?;
                if read as u64 > MOST_BYTES {
                    let most = MOST_BYTES >> 20;
                    return Ok(failed(&unit.name, Reason::new(format!("större än {most} MiB"), format!("larger than {most} MiB"))));
                }
                range.end = read;
            }
        }
        let bytes = &bytes[range];
        if unit.piece.is_none_or(|p| p.from == 0) && is_binary(bytes) {
            let reason = Reason::new("ett format som inte läses", "a format that is not read");
            return Ok(Outcome {
                findings: Vec::new(),
                lines: 0,
                unread: Some(Unread { name: unit.name.to_string(), reason, class: Class::Unsupported }),
            });
        }
        // A fault in a reader or detector must not pass for a clean source, nor end the run.
        let checked = catch_unwind(AssertUnwindSafe(|| self.check_bytes(unit, input, bytes, first_byte, scratch)));
        Ok(checked.unwrap_or_else(|_| {
            *scratch = Scratch::default();
            failed(&unit.name, Reason::new("internt fel vid läsningen", "internal fault while reading"))
        }))
    }

    fn check_bytes(&self, unit: &Unit<'_>, input: &Input, bytes: &[u8], first_byte: u64, scratch: &mut Scratch) -> Outcome<'p> {
        let decoded = decode(bytes);
        let format = input.format.map_or_else(|| Format::guess(&decoded.text), |f| f.refine(&decoded.text));
        let document = match format.read(&decoded.text) {
            Ok(document) => document,
            Err(fault) => return failed(&unit.name, at_byte(&fault.message, first_byte + fault.at as u64)),
        };
        let entities = self.engine.detect(document.text.as_str(), scratch);
        let findings = self.judge_document(&document, &entities, &unit.name);
        let mut findings = locate(findings, &entities, &document, &decoded, &unit.name, first_byte, self.snippets);
        for finding in &mut findings {
            // A place is made of the source's own keys, and the line around a finding holds more than what is read: keys,
            // attributes, scripts.
            finding.place = finding.place.split('/').map(|step| self.engine.masked(step, scratch)).collect::<Vec<_>>().join("/");
            if let Some(snippet) = finding.snippet.as_mut().filter(|_| self.snippets == Snippets::Masked) {
                snippet.text = self.engine.masked(&snippet.text, scratch);
            }
        }
        let fault = decoded.broken.map(|at| at_byte("not UTF-8", first_byte + at as u64));
        let fault = fault.or_else(|| document.faults.first().map(|f| at_byte(&f.message, first_byte + f.at as u64)));
        let unread = fault.map(|reason| Unread { name: unit.name.to_string(), reason, class: Class::Error });
        let lines = if unit.piece.is_some() { memchr::memchr_iter(b'\n', bytes).count() as u64 } else { 0 };
        Outcome { findings, lines, unread }
    }

    fn judge_document(&self, document: &Document<'_>, entities: &[Entity], name: &str) -> Vec<crate::finding::Finding<'p>> {
        debug_assert!(entities.iter().all(|e| confidence(e.kind, &e.evidence, self.engine.rules()).is_some()));
        self.judge.judge(document, entities, (self.channel_of)(name), self.engine.rules())
    }
}

/// The units of an entry: itself, or the pieces of a long text.
fn units_of(entry: &Entry) -> Vec<Unit<'_>> {
    let (name, pieces) = match entry {
        Entry::Unread(unread) => (&unread.name, Vec::new()),
        Entry::Input(input) => {
            let long = match &input.origin {
                Origin::File(path) if input.format.is_some_and(|f| f.cuts().is_some()) => {
                    std::fs::metadata(path).map(|m| m.len()).ok().filter(|len| *len > PIECE * 2)
                }
                _ => None,
            };
            (&input.name, long.map_or_else(Vec::new, |len| Piece::of(len).collect()))
        }
    };
    let name: Arc<str> = name.as_str().into();
    if pieces.is_empty() {
        return vec![Unit { entry, piece: None, name }];
    }
    pieces.into_iter().map(|piece| Unit { entry, piece: Some(piece), name: Arc::clone(&name) }).collect()
}

fn next_batch<'e>(units: &mut std::iter::Peekable<impl Iterator<Item = Unit<'e>>>, threads: usize) -> Vec<Unit<'e>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_UNITS * threads && bytes < BATCH_BYTES * threads as u64 {
        let Some(unit) = units.next() else { break };
        bytes += unit.piece.map_or(16 << 10, |p| p.to - p.from);
        batch.push(unit);
    }
    batch
}

fn failed<'p>(name: &str, reason: Reason) -> Outcome<'p> {
    Outcome { findings: Vec::new(), lines: 0, unread: Some(Unread { name: name.to_owned(), reason, class: Class::Error }) }
}

fn cannot_read(e: &io::Error) -> Reason {
    Reason::new(format!("kan inte läsas: {e}"), format!("cannot be read: {e}"))
}

fn at_byte(message: &str, at: u64) -> Reason {
    let sv = match message {
        "not UTF-8" => "inte UTF-8".to_owned(),
        "nested too deep" => "för djupt nästlad".to_owned(),
        other => other.replace("not JSON", "inte JSON"),
    };
    Reason::new(format!("{sv} (byte {at})"), format!("{message} (byte {at})"))
}

/// Counts, and puts pieces of one source together again.
struct Sums {
    summary: Summary,
    line_base: u64,
    unread: Option<Unread>,
}

impl Sums {
    fn take(&mut self, unit: &Unit<'_>, outcome: Outcome<'_>, reporters: &mut [Box<dyn Reporter + Send + '_>]) -> io::Result<()> {
        if unit.piece.is_none_or(|p| p.from == 0) {
            self.line_base = 0;
            self.unread = None;
        }
        for mut finding in outcome.findings {
            finding.line += self.line_base;
            finding.end_line += self.line_base;
            self.summary.count(&finding.finding);
            for reporter in reporters.iter_mut() {
                reporter.finding(&finding)?;
            }
        }
        self.line_base += outcome.lines;
        self.unread = self.unread.take().or(outcome.unread);
        if unit.piece.is_some_and(|p| p.to < p.len) {
            return Ok(());
        }
        let report = match self.unread.take() {
            None => {
                self.summary.scanned += 1;
                SourceReport::Scanned { path: unit.name.to_string() }
            }
            Some(unread) => {
                match unread.class {
                    Class::Error => self.summary.failed += 1,
                    Class::Unsupported => {
                        self.summary.skipped += 1;
                        self.summary.unsupported += 1;
                    }
                    Class::Excluded => self.summary.skipped += 1,
                }
                SourceReport::Unread(unread)
            }
        };
        reporters.iter_mut().try_for_each(|r| r.source(&report))
    }
}

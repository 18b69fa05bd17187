//! Scan: many sources in parallel, in a stable order. The only threads are here.
//!
//! Work goes in batches of a few megabytes; while one batch is checked, the one before is written. What comes out is
//! the same for any number of threads.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::check::{Checked, Checker, Draft};
use crate::document::{Format, Limits, Unreadable};
use crate::engine::{Engine, Scratch};
use crate::policy::Judging;
use crate::report::{IN_FULL, Located, Progress, Reporter, Snippets, Summary, Window};
use crate::source::{
    Archive, Entry, Excludes, Input, Origin, PIECE, Piece, Reason, Stamp, Unread, Warc, is_archive, is_warc, is_wide, read_into,
};

/// How to scan.
pub struct Scan<'p> {
    /// Finds entities.
    pub engine: &'p Engine,
    /// Judges them.
    pub judge: &'p dyn Judging<'p>,
    /// The channel of each source by its name; the policy's own where it says none.
    pub channel_of: &'p (dyn Fn(&str) -> usize + Sync),
    /// Whether masked lines are wanted.
    pub snippets: Snippets,
    /// What is too much to read.
    pub limits: Limits,
    /// What is left out, in archives as in folders.
    pub excludes: &'p Excludes,
    /// Numbers of the configuration's exceptions that a source is read with, by its name.
    pub exceptions_of: &'p (dyn Fn(&str) -> Vec<usize> + Sync),
    /// Only findings on what is published in this time.
    pub window: Option<&'p Window>,
    /// Told the bytes of each source or piece and its findings, to say more about them.
    pub mark: Option<Mark<'p>>,
}

impl std::fmt::Debug for Scan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").field("snippets", &self.snippets).finish_non_exhaustive()
    }
}

/// Says more about the findings of a draft: when what they stand in was published.
pub type Mark<'p> = &'p (dyn Fn(&Draft<'_>, &mut [Located<'_>]) + Sync);

/// What becomes of each finding, in order, before it is counted and reported: it may be accepted; `false` leaves it out.
pub type Settle<'s> = dyn FnMut(&mut Located<'_>) -> bool + Send + 's;

/// A part of the work: a source, or a piece of one.
struct Unit<'e> {
    /// What was found; owned where it came out of an archive.
    entry: Cow<'e, Entry>,
    piece: Option<Piece>,
    /// What the file looked like before its first piece was read.
    stamp: Option<Stamp>,
    name: Arc<str>,
}

/// What became of a unit.
struct Outcome<'p> {
    checked: Checked<'p>,
    /// The name it is reported under, where its own holds somebody's number.
    shown: Option<Arc<str>>,
    /// Lines in it, for the pieces after it.
    lines: u64,
    /// Its length in bytes.
    bytes: u64,
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
        settle: &mut Settle<'_>,
        mut tick: impl FnMut(u64) + Send,
    ) -> io::Result<Summary> {
        self.go_on(entries, Progress::default(), reporters, settle, |_, count| tick(count))
    }

    /// The same from where an earlier run of the same entries had come; `tick` is also told how far this one has.
    ///
    /// # Errors
    /// A report cannot be written.
    pub fn go_on(
        &self,
        entries: &[Entry],
        from: Progress,
        reporters: &mut [Box<dyn Reporter + Send + '_>],
        settle: &mut Settle<'_>,
        mut tick: impl FnMut(&Progress, u64) + Send,
    ) -> io::Result<Summary> {
        let skip = usize::try_from(from.units).unwrap_or(usize::MAX);
        let mut sums = Sums(from);
        let enough = AtomicBool::new(false);
        let threads = rayon::current_num_threads();
        let mut units = entries.iter().flat_map(|entry| units_of(entry, self.limits, self.excludes)).skip(skip).peekable();
        let mut done: Vec<(Unit<'_>, Outcome<'p>)> = Vec::new();
        loop {
            let batch = next_batch(&mut units, threads);
            let is_last = batch.is_empty();
            let count = done.len() as u64;
            let (written, checked) = rayon::join(
                || -> io::Result<()> {
                    let written =
                        std::mem::take(&mut done).into_iter().try_for_each(|(unit, outcome)| sums.take(&unit, outcome, reporters, settle));
                    enough.store(sums.0.summary.found() >= IN_FULL && self.snippets != Snippets::Own, Ordering::Relaxed);
                    written?;
                    sums.0.units += count;
                    reporters.iter_mut().try_for_each(|r| r.progress(&sums.0))
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
            tick(&sums.0, count);
            done = checked;
            if is_last {
                return Ok(sums.0.summary);
            }
        }
    }

    fn check(&self, unit: &Unit<'_>, room: &mut Room) -> Outcome<'p> {
        let input = match &*unit.entry {
            Entry::Input(input) => input,
            Entry::Unread(unread) => {
                let checked = Checked { findings: Vec::new(), unread: Some(unread.clone()) };
                return Outcome { checked, shown: self.shown(&unit.name, room), lines: 0, bytes: 0 };
            }
        };
        let mut bytes = std::mem::take(&mut room.bytes);
        let mut outcome = self.read_and_check(unit, input, &mut bytes, room).unwrap_or_else(|e| failed(&unit.name, Reason::cannot_read(e)));
        outcome.shown = self.shown(&unit.name, room);
        room.bytes = bytes;
        if room.bytes.capacity() > 4 * PIECE as usize {
            room.bytes = Vec::new();
        }
        outcome
    }

    /// The name of a source with the numbers in it masked; most names have none.
    fn shown(&self, name: &str, room: &mut Room) -> Option<Arc<str>> {
        let digits = name.bytes().filter(u8::is_ascii_digit).count();
        if digits < 8 && !name.contains('@') {
            return None;
        }
        let masked = self.engine.masked(name, &mut room.scratch);
        (masked != name).then(|| masked.into())
    }

    fn read_and_check(&self, unit: &Unit<'_>, input: &Input, bytes: &mut Vec<u8>, room: &mut Room) -> io::Result<Outcome<'p>> {
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
                let mut file = File::open(path)?;
                let read = read_into(&mut file, piece, cut, bytes);
                if unit.stamp != Some(Stamp::of(&file)?) {
                    return Ok(failed(&unit.name, changed()));
                }
                (range, first_byte) = read?;
            }
            (Origin::File(path), None) => {
                let mut file = File::open(path)?;
                bytes.clear();
                let before = Stamp::of(&file)?;
                let read = file.by_ref().take(self.limits.file + 1).read_to_end(bytes)?;
                if read as u64 > self.limits.file {
                    return Ok(failed(&unit.name, Unreadable::TooLong(self.limits.file).into()));
                }
                if before != Stamp::of(&file)? {
                    return Ok(failed(&unit.name, changed()));
                }
                range.end = read;
            }
        }
        let bytes = &bytes[range];
        let exceptions = (self.exceptions_of)(&unit.name);
        let draft = Draft {
            name: &unit.name,
            bytes,
            format: input.format,
            channel: (self.channel_of)(&unit.name),
            first_byte,
            exceptions: &exceptions,
        };
        let checker = Checker { engine: self.engine, judge: self.judge, snippets: room.snippets, limits: self.limits };
        let lines = if unit.piece.is_some() { memchr::memchr_iter(b'\n', bytes).count() as u64 } else { 0 };
        let mut checked = checker.check(&draft, &mut room.scratch);
        if let Some(window) = self.window {
            checked.findings.retain(|finding| window.holds(finding));
        }
        if let Some(mark) = self.mark.filter(|_| !checked.findings.is_empty()) {
            mark(&draft, &mut checked.findings);
        }
        Ok(Outcome { checked, shown: None, lines, bytes: bytes.len() as u64 })
    }
}

/// The units of an entry: itself, the pieces of a long text, or the parts of an archive, which are unpacked as they are
/// asked for.
fn units_of<'e>(entry: &'e Entry, limits: Limits, excludes: &'e Excludes) -> Box<dyn Iterator<Item = Unit<'e>> + 'e> {
    let input = match entry {
        Entry::Input(input) => input,
        Entry::Unread(unread) => return Box::new(std::iter::once(unit(Cow::Borrowed(entry), &unread.name))),
    };
    let part_of = |part: Entry| {
        let name = match &part {
            Entry::Input(input) => input.name.clone(),
            Entry::Unread(unread) => unread.name.clone(),
        };
        unit(Cow::Owned(part), &name)
    };
    if is_warc(input) {
        return Box::new(Warc::open(input, limits, excludes).map(part_of));
    }
    if is_archive(input) {
        return Box::new(Archive::open(input, limits, excludes).map(part_of));
    }
    let long = match &input.origin {
        Origin::File(path) if input.format.is_some_and(|f| f.cuts().is_some()) => {
            std::fs::metadata(path).ok().filter(|m| m.len() > PIECE * 4 && !starts_wide(path))
        }
        _ => None,
    };
    let whole = unit(Cow::Borrowed(entry), &input.name);
    let Some(long) = long else { return Box::new(std::iter::once(whole)) };
    let (name, stamp) = (whole.name, Some(Stamp::from(&long)));
    Box::new(Piece::of(long.len()).map(move |piece| Unit {
        entry: Cow::Borrowed(entry),
        piece: Some(piece),
        stamp,
        name: Arc::clone(&name),
    }))
}

fn unit<'e>(entry: Cow<'e, Entry>, name: &str) -> Unit<'e> {
    Unit { entry, piece: None, stamp: None, name: name.into() }
}

/// Whether a file is UTF-16 or UTF-32, by its first bytes.
fn starts_wide(path: &std::path::Path) -> bool {
    let mut head = Vec::with_capacity(512);
    File::open(path).and_then(|file| file.take(512).read_to_end(&mut head)).is_ok_and(|_| is_wide(&head))
}

fn next_batch<'e>(units: &mut std::iter::Peekable<impl Iterator<Item = Unit<'e>>>, threads: usize) -> Vec<Unit<'e>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_UNITS * threads && bytes < BATCH_BYTES * threads as u64 {
        let Some(unit) = units.next() else { break };
        bytes += unit.piece.map_or_else(|| in_memory(&unit).max(16 << 10), |p| p.to - p.from);
        batch.push(unit);
    }
    batch
}

/// Bytes that a unit keeps in memory before it is checked.
fn in_memory(unit: &Unit<'_>) -> u64 {
    match &*unit.entry {
        Entry::Input(Input { origin: Origin::Bytes(bytes), .. }) => bytes.len() as u64,
        _ => 0,
    }
}

fn failed<'p>(name: &str, reason: Reason) -> Outcome<'p> {
    Outcome { checked: Checked::failed(name, reason), shown: None, lines: 0, bytes: 0 }
}

fn changed() -> Reason {
    Reason::new("ändrades medan den lästes", "changed while it was read")
}

/// Counts, and puts pieces of one source together again.
struct Sums(Progress);

impl Sums {
    fn take(
        &mut self,
        unit: &Unit<'_>,
        outcome: Outcome<'_>,
        reporters: &mut [Box<dyn Reporter + Send + '_>],
        settle: &mut Settle<'_>,
    ) -> io::Result<()> {
        let sums = &mut self.0;
        if unit.piece.is_none_or(|p| p.from == 0) {
            sums.lines = 0;
            sums.unread = None;
        }
        for mut finding in outcome.checked.findings {
            finding.line += sums.lines;
            finding.end_line += sums.lines;
            if !settle(&mut finding) {
                continue;
            }
            sums.summary.count(&finding.finding);
            if let Some(shown) = &outcome.shown {
                finding.path = Arc::clone(shown);
            }
            for reporter in reporters.iter_mut() {
                reporter.finding(&finding)?;
            }
        }
        sums.lines += outcome.lines;
        sums.bytes += outcome.bytes;
        sums.unread = sums.unread.take().or(outcome.checked.unread);
        if unit.piece.is_some_and(|p| p.to < p.len) {
            return Ok(());
        }
        let shown = outcome.shown.as_deref().unwrap_or(&unit.name);
        let unread = sums.unread.take().map(|unread| Unread { name: shown.to_owned(), ..unread });
        let report = sums.summary.source(shown, unread);
        reporters.iter_mut().try_for_each(|r| r.source(&report))
    }
}

//! Archives: one file that holds many sources. Its parts are read one after the other, in memory, and never written to
//! disk; each is a source with a name of its own, `export.zip/posts/1.html`.

use std::fmt;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::{Class, Entry, Excludes, Input, Origin, Reason, Unread, is_binary};
use crate::document::{Format, Limits, Unreadable, Zip, is_office};

/// Bytes of a part that tell what it is, when its name does not.
const HEAD: u64 = 4096;

trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

/// Whether an input is an archive of sources. Files whose name tells their format are not opened for it.
#[must_use]
pub fn is_archive(input: &Input) -> bool {
    match (input.format, &input.origin) {
        (Some(format), _) => format == Format::Zip,
        (None, Origin::Bytes(bytes)) => Format::of_signature(bytes) == Some(Format::Zip),
        (None, Origin::File(path)) => {
            let mut head = [0; 4];
            let read = File::open(path).and_then(|mut f| f.read_exact(&mut head));
            read.is_ok() && Format::of_signature(&head) == Some(Format::Zip)
        }
    }
}

/// The parts of an archive, in their order, those of archives inside it among them.
pub struct Archive<'x> {
    limits: Limits,
    excludes: &'x Excludes,
    /// From the outermost to the one that is being read.
    open: Vec<Level>,
    /// What is ready to be given out before anything else is read.
    ready: Vec<Entry>,
}

struct Level {
    name: String,
    zip: Zip<Box<dyn Bytes>>,
    next: usize,
    found: usize,
}

impl fmt::Debug for Archive<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("depth", &self.open.len()).finish_non_exhaustive()
    }
}

impl<'x> Archive<'x> {
    /// Opens `input`; what is wrong with it comes out as its only part.
    #[must_use]
    pub fn open(input: &Input, limits: Limits, excludes: &'x Excludes) -> Self {
        let mut archive = Self { limits, excludes, open: Vec::new(), ready: Vec::new() };
        let bytes: Box<dyn Bytes> = match &input.origin {
            Origin::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
            Origin::File(path) => match File::open(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(e) => {
                    archive.ready.push(unread(input.name.clone(), Reason::cannot_read(e), Class::Error));
                    return archive;
                }
            },
        };
        let as_office = Entry::Input(Input { format: Some(Format::Office), ..input.clone() });
        archive.enter(input.name.clone(), bytes, limits.total, as_office);
        archive
    }

    /// Opens an archive; `as_office` is given out instead if it is an office file.
    fn enter(&mut self, name: String, bytes: Box<dyn Bytes>, left: u64, as_office: Entry) {
        let opened = catch_unwind(AssertUnwindSafe(|| Zip::open(bytes, self.limits))).unwrap_or(Err(Unreadable::Broken("zip")));
        let mut zip = match opened {
            Ok(zip) => zip,
            Err(why) => return self.ready.push(failed(name, why)),
        };
        let names: Vec<String> = (0..zip.len()).filter_map(|i| zip.name(i)).collect();
        if is_office(names.iter().map(String::as_str)) {
            return self.ready.push(as_office);
        }
        if zip.hides_entries() {
            self.ready.push(failed(name.clone(), Unreadable::Twice));
        }
        zip.set_left(left);
        self.open.push(Level { name, zip, next: 0, found: 0 });
    }

    /// The next part of the innermost archive; `None`: it has no more.
    fn step(level: &mut Level, excludes: &Excludes) -> Option<Step> {
        while level.next < level.zip.len() {
            let i = level.next;
            level.next += 1;
            let Some(inner) = level.zip.name(i) else { continue };
            level.found += 1;
            let name = format!("{}/{inner}", level.name);
            if inner.starts_with("__MACOSX/") || inner.ends_with(".DS_Store") {
                let reason = Reason::new("macOS egna uppgifter om filer", "what macOS notes about files");
                return Some(Step::Done(unread(name, reason, Class::Excluded)));
            }
            if excludes.holds(Path::new(&inner)) {
                return Some(Step::Done(unread(name, Reason::left_out(), Class::Excluded)));
            }
            let ending = inner.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map_or("", |(_, ending)| ending);
            return Some(match read_part(&mut level.zip, i, Format::from_extension(ending)) {
                Ok((bytes, Some(Format::Zip))) => Step::Archive(name, bytes),
                Ok((bytes, format)) => Step::Done(Entry::Input(Input { name, origin: Origin::Bytes(bytes), format })),
                Err(why) => Step::Done(failed(name, why)),
            });
        }
        None
    }
}

/// What a part of an archive is.
enum Step {
    Done(Entry),
    Archive(String, Vec<u8>),
}

/// Unpacks a part. One that nothing here reads is told by its head, and left packed.
fn read_part(zip: &mut Zip<Box<dyn Bytes>>, i: usize, named: Option<Format>) -> Result<(Vec<u8>, Option<Format>), Unreadable> {
    if named.is_some() {
        return Ok((zip.read(i)?, named));
    }
    let head = zip.read_head(i, HEAD)?;
    let looks = Format::of_signature(&head);
    if looks.is_none() && is_binary(&head) { Err(Unreadable::Unknown) } else { Ok((zip.read(i)?, looks)) }
}

impl Iterator for Archive<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some(entry) = self.ready.pop() {
                return Some(entry);
            }
            let depth = self.open.len();
            let level = self.open.last_mut()?;
            // A fault in the zip reader ends this archive, not the run.
            let Ok(step) = catch_unwind(AssertUnwindSafe(|| Self::step(level, self.excludes))) else {
                let name = std::mem::take(&mut level.name);
                self.open.pop();
                return Some(failed(name, Unreadable::Broken("zip")));
            };
            match step {
                Some(Step::Done(entry)) => return Some(entry),
                Some(Step::Archive(name, _)) if depth >= self.limits.depth => {
                    return Some(failed(name, Unreadable::TooDeep(self.limits.depth)));
                }
                Some(Step::Archive(name, bytes)) => {
                    let left = level.zip.left();
                    let as_office = Input { name: name.clone(), origin: Origin::Bytes(bytes.clone()), format: Some(Format::Office) };
                    self.enter(name, Box::new(Cursor::new(bytes)), left, Entry::Input(as_office));
                }
                None => {
                    let done = self.open.pop()?;
                    if let Some(outer) = self.open.last_mut() {
                        outer.zip.set_left(done.zip.left());
                    }
                    if done.found == 0 {
                        return Some(failed(done.name, Unreadable::Empty));
                    }
                }
            }
        }
    }
}

pub(super) fn failed(name: String, why: Unreadable) -> Entry {
    unread(name, why.into(), if why.is_unsupported() { Class::Unsupported } else { Class::Error })
}

pub(super) fn unread(name: String, reason: Reason, class: Class) -> Entry {
    Entry::Unread(Unread { name, reason, class })
}

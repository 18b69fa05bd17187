//! Zip files, opened with limits: what they claim is not believed.

use std::fmt;
use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, Unreadable};

/// Bytes at the end of a zip file in which its end record must stand: the record, and the longest comment.
const TAIL: u64 = 22 + 65_535 + 20;

/// A zip file.
pub(crate) struct Zip<R> {
    archive: ZipArchive<R>,
    limits: Limits,
    /// How many entries the file says it has.
    claimed: Option<u64>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<R> fmt::Debug for Zip<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zip").field("left", &self.left).finish_non_exhaustive()
    }
}

impl<R: Read + Seek> Zip<R> {
    /// Reads the list of entries.
    pub(crate) fn open(mut reader: R, limits: Limits) -> Result<Self, Unreadable> {
        // The list is kept in memory: its length is asked for before it is read.
        let claimed = claimed_entries(&mut reader);
        if claimed.is_some_and(|n| n > limits.entries as u64) {
            return Err(Unreadable::TooMany(limits.entries));
        }
        let archive = ZipArchive::new(reader).map_err(|_| Unreadable::Broken("zip"))?;
        if archive.len() > limits.entries {
            return Err(Unreadable::TooMany(limits.entries));
        }
        Ok(Self { archive, limits, claimed, left: limits.total })
    }

    /// Whether two entries have one name: only the last of them can be reached.
    pub(crate) fn hides_entries(&self) -> bool {
        self.claimed.is_some_and(|n| n != self.archive.len() as u64)
    }

    /// How many entries there are, folders included.
    pub(crate) fn len(&self) -> usize {
        self.archive.len()
    }

    /// The path of entry `i`, with `/`; `None` for a folder.
    pub(crate) fn name(&self, i: usize) -> Option<String> {
        let name = self.archive.name_for_index(i)?.replace('\\', "/");
        let is_folder = name.ends_with('/');
        let name: Vec<&str> = name.split('/').filter(|step| !matches!(*step, "" | "." | "..")).collect();
        (!is_folder && !name.is_empty()).then(|| name.join("/"))
    }

    /// How many bytes may still be unpacked.
    pub(crate) const fn left(&self) -> u64 {
        self.left
    }

    /// Says that so many bytes may still be unpacked.
    pub(crate) const fn set_left(&mut self, left: u64) {
        self.left = left;
    }

    /// Unpacks entry `i`.
    pub(crate) fn read(&mut self, i: usize) -> Result<Vec<u8>, Unreadable> {
        self.read_head(i, u64::MAX)
    }

    /// Unpacks the first `most` bytes of entry `i`.
    pub(crate) fn read_head(&mut self, i: usize, most: u64) -> Result<Vec<u8>, Unreadable> {
        let limits = self.limits;
        if self.archive.by_index_raw(i).is_ok_and(|entry| entry.encrypted()) {
            return Err(Unreadable::Encrypted);
        }
        let entry = self.archive.by_index(i).map_err(|e| match e {
            ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Unreadable::Method,
            _ => Unreadable::Broken("zip"),
        })?;
        let wanted = entry.size().min(most);
        let packed = entry.compressed_size().max(1);
        if wanted > limits.part.min(self.left) {
            return Err(Unreadable::TooBig(limits.part.min(limits.total)));
        }
        if wanted > 1 << 20 && wanted / packed > limits.ratio {
            return Err(Unreadable::Bomb(limits.ratio));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(wanted.min(packed.saturating_mul(64))).unwrap_or(0));
        // One byte more than it says: an entry that is longer than it claims is broken.
        let read = entry.take(wanted + u64::from(most == u64::MAX)).read_to_end(&mut bytes).map_err(|_| Unreadable::Broken("zip"))? as u64;
        self.left -= read.min(self.left);
        if read > wanted { Err(Unreadable::Broken("zip")) } else { Ok(bytes) }
    }
}

/// The number of entries that the end record speaks of, where one is found.
fn claimed_entries<R: Read + Seek>(reader: &mut R) -> Option<u64> {
    let len = reader.seek(SeekFrom::End(0)).ok()?;
    reader.seek(SeekFrom::Start(len.saturating_sub(TAIL))).ok()?;
    let mut tail = Vec::new();
    reader.by_ref().take(TAIL).read_to_end(&mut tail).ok()?;
    reader.seek(SeekFrom::Start(0)).ok()?;
    let end = memchr::memmem::rfind(&tail, b"PK\x05\x06")?;
    let small = u16::from_le_bytes(tail.get(end + 10..end + 12)?.try_into().ok()?);
    if small != u16::MAX {
        return Some(u64::from(small));
    }
    // More than 65,534: the true number stands in a larger record, whose place the locator before this one tells.
    let at = u64::from_le_bytes(tail.get(end.checked_sub(12)?..end - 4)?.try_into().ok()?);
    reader.seek(SeekFrom::Start(at)).ok()?;
    let mut record = [0; 40];
    let read = reader.read_exact(&mut record);
    reader.seek(SeekFrom::Start(0)).ok()?;
    read.ok()?;
    record.starts_with(b"PK\x06\x06").then(|| u64::from_le_bytes(record[32..40].try_into().unwrap_or_default()))
}

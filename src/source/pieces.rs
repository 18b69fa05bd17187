//! Pieces: a long text is read 384 KiB at a time, cut where nothing that belongs together is torn apart.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::time::SystemTime;

/// Length of a piece in bytes, before it is moved to the next cut.
pub const PIECE: u64 = 3 << 17;

/// How far after its place a cut is looked for, in bytes.
const SEARCH: u64 = 64 << 10;

/// One piece of a file: the bytes `from..to` before the cuts are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it starts.
    pub from: u64,
    /// Where it ends.
    pub to: u64,
    /// The length of the whole file.
    pub len: u64,
}

impl Piece {
    /// The pieces of a file of `len` bytes.
    pub fn of(len: u64) -> impl Iterator<Item = Self> {
        (0..len.div_ceil(PIECE)).map(move |i| Self { from: i * PIECE, to: ((i + 1) * PIECE).min(len), len })
    }
}

/// What a file looked like: another length or time means that somebody wrote to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of a file now.
    ///
    /// # Errors
    /// The file cannot be asked.
    pub fn of(file: &File) -> io::Result<Self> {
        file.metadata().map(|m| Self::from(&m))
    }
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Self {
        Self { len: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// Reads a piece into `buffer` and gives the part between its cuts, and where that starts in the file.
///
/// # Errors
/// The file cannot be read, or is shorter than it was.
pub fn read_into(file: &mut File, piece: Piece, cut: &str, buffer: &mut Vec<u8>) -> io::Result<(Range<usize>, u64)> {
    let end = (piece.to + SEARCH).min(piece.len);
    file.seek(SeekFrom::Start(piece.from))?;
    buffer.resize(usize::try_from(end - piece.from).unwrap_or(usize::MAX), 0);
    file.read_exact(buffer)?;
    let bounds = piece_bounds(buffer, piece, cut);
    Ok((bounds.clone(), piece.from + bounds.start as u64))
}

/// The part of `bytes`, read from `piece.from` on, that belongs to the piece: from its first cut to the next piece's.
#[must_use]
pub fn piece_bounds(bytes: &[u8], piece: Piece, cut: &str) -> Range<usize> {
    let start = if piece.from == 0 { 0 } else { first_cut(bytes, cut) };
    let nominal = usize::try_from(piece.to - piece.from).unwrap_or(usize::MAX).min(bytes.len());
    let end = if piece.to >= piece.len { bytes.len() } else { nominal + first_cut(&bytes[nominal..], cut) };
    start.min(end)..end
}

/// Where the first cut of `bytes` is: after `cut`, else after a line, else after a blank, else at a character's start.
fn first_cut(bytes: &[u8], cut: &str) -> usize {
    let window = &bytes[..bytes.len().min(SEARCH as usize)];
    let after = |sign: &[u8]| memchr::memmem::find(window, sign).map(|p| p + sign.len());
    after(cut.as_bytes())
        .or_else(|| after(b"\n"))
        .or_else(|| after(b" "))
        .unwrap_or_else(|| window.iter().position(|b| b & 0xC0 != 0x80).unwrap_or(window.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_a_file_without_overlap() {
        let text: Vec<u8> = (0..40_000).flat_map(|i| format!("Stycke {i} med text som gör det långt.\n\n").into_bytes()).collect();
        let len = text.len() as u64;
        let mut next = 0;
        for piece in Piece::of(len) {
            let from = piece.from as usize;
            let to = (piece.to + SEARCH).min(len) as usize;
            let bounds = piece_bounds(&text[from..to], piece, "\n\n");
            assert_eq!(from + bounds.start, next);
            next = from + bounds.end;
            assert!(text[..next].ends_with(b"\n\n"));
        }
        assert_eq!(next as u64, len);
    }
}

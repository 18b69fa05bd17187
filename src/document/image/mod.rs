//! Metadata of pictures: where and by whom they were taken, what they show, and their text alternative. JPEG, PNG, WebP,
//! TIFF, HEIC and AVIF; EXIF, XMP and IPTC. What can be seen in a picture is not read.

mod containers;
mod exif;
mod iptc;
mod xmp;

use std::ops::Range;

use super::{Document, DocumentBuilder, Limits, PlaceId, ReadError, Role, Unpacker, Unreadable};

/// Reads the metadata of pictures.
#[derive(Debug)]
pub(super) struct Image;

impl Unpacker for Image {
    fn unpack(&self, source: &[u8], _: &Limits) -> Result<Document<'static>, Unreadable> {
        let mut b = DocumentBuilder::default();
        read_into(&mut b, source, "")?;
        Ok(b.finish())
    }
}

/// Reads the picture `source`, whose path inside its document is `path`.
pub(super) fn read_into(b: &mut DocumentBuilder, source: &[u8], path: &str) -> Result<(), Unreadable> {
    let blocks = containers::blocks(source).ok_or(Unreadable::Broken("bild"))?;
    let (base, part) = b.part(path, source.len()).ok_or(Unreadable::TooBig(u64::from(u32::MAX)))?;
    let mut notes = Notes { b, base, part, path };
    for block in blocks {
        block.read(&mut notes, source);
    }
    Ok(())
}

/// A run of metadata in a picture.
#[derive(Debug)]
enum Block {
    /// EXIF: a TIFF header and its fields, at these bytes; or unpacked from there.
    Exif(Range<usize>, Option<Vec<u8>>),
    /// An XMP packet.
    Xmp(Range<usize>, Option<Vec<u8>>),
    /// IPTC data sets.
    Iptc(Range<usize>, Option<Vec<u8>>),
    /// A text with its keyword.
    Text(&'static str, String, Range<usize>, Vec<u8>),
    /// The file is cut off or wrong here.
    Broken(usize),
}

impl Block {
    fn read(self, notes: &mut Notes<'_>, source: &[u8]) {
        match self {
            Self::Exif(at, unpacked) => exif::read(notes, unpacked.unwrap_or_else(|| source[at.clone()].to_vec()), at),
            Self::Xmp(at, Some(unpacked)) => xmp::read(notes, &unpacked, at, false),
            Self::Xmp(at, None) => xmp::read(notes, &source[at.clone()], at.clone(), true),
            Self::Iptc(at, Some(unpacked)) => iptc::read(notes, &unpacked, at, false),
            Self::Iptc(at, None) => iptc::read(notes, &source[at.clone()], at.clone(), true),
            Self::Text(kind, keyword, at, text) => notes.text(Role::Meta, &format!("{kind}:{keyword}"), &text, &at),
            Self::Broken(at) => notes.fault("picture data", at),
        }
    }
}

/// Takes down what is found.
struct Notes<'b> {
    b: &'b mut DocumentBuilder,
    base: u32,
    part: PlaceId,
    path: &'b str,
}

impl Notes<'_> {
    fn open(&mut self, role: Role, name: &str, at: usize) -> u32 {
        let mark = if self.path.is_empty() { "" } else { "#" };
        let place = self.b.places.named(Some(self.part), format!("{mark}{name}"));
        let at = self.base + u32::try_from(at).unwrap_or(0);
        self.b.open(role, Some(place), at);
        at
    }

    /// Text that stands in the file as it is.
    fn verbatim(&mut self, role: Role, name: &str, text: &str, at: usize) {
        if !text.trim().is_empty() {
            let at = self.open(role, name, at);
            self.b.text.verbatim(text, at);
            self.b.close();
        }
    }

    /// Text that the bytes `at` were decoded to.
    fn decoded(&mut self, role: Role, name: &str, text: &str, at: &Range<usize>) {
        let text = text.trim_matches(['\0', ' ']);
        if !text.is_empty() {
            let start = self.open(role, name, at.start);
            self.b.text.replaced(text, start, u32::try_from(at.len()).unwrap_or(0));
            self.b.close();
        }
    }

    /// Bytes of a text that does not say its encoding: UTF-8 if it can be, else what Western cameras and programs write.
    fn text(&mut self, role: Role, name: &str, bytes: &[u8], at: &Range<usize>) {
        match std::str::from_utf8(bytes) {
            Ok(text) if bytes.len() == at.len() => self.verbatim(role, name, text, at.start),
            Ok(text) => self.decoded(role, name, text, at),
            Err(_) => self.decoded(role, name, &encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0, at),
        }
    }

    /// A place on earth, in degrees; written as coordinates are.
    fn coordinates(&mut self, name: &str, latitude: f64, longitude: f64, at: &Range<usize>) {
        if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && (latitude, longitude) != (0.0, 0.0) {
            self.decoded(Role::Meta, name, &format!("GPS {latitude:.6}, {longitude:.6}"), at);
        }
    }

    fn fault(&mut self, what: &str, at: usize) {
        let part = if self.path.is_empty() { String::new() } else { format!("{}: ", self.path) };
        self.b.fault(ReadError { message: format!("{part}broken {what}"), at });
    }
}

/// Reads the XMP packet of a document that is no picture and `len` bytes long.
#[cfg(feature = "pdf")]
pub(super) fn read_packet(b: &mut DocumentBuilder, packet: &[u8], part: PlaceId, len: u32) {
    let mut notes = Notes { b, base: 0, part, path: "" };
    xmp::read(&mut notes, packet, 0..len as usize, false);
}

//! EXIF: what cameras and programs write beside a picture. Offsets lead to the block as a whole.

use std::borrow::Cow;
use std::ops::Range;

use exif::{Context, Exif, Field, In, Tag, Value};

use super::super::Role;
use super::{Block, Notes, containers};

/// Fields that hold words, by their name. Numbers of devices and pictures are no words.
const WORDS: [(Tag, &str); 15] = [
    (Tag::ImageDescription, "ImageDescription"),
    (Tag::Artist, "Artist"),
    (Tag::Copyright, "Copyright"),
    (Tag::UserComment, "UserComment"),
    (Tag::CameraOwnerName, "CameraOwnerName"),
    (Tag::GPSAreaInformation, "GPSAreaInformation"),
    (Tag(Context::Tiff, 0x010D), "DocumentName"),
    (Tag(Context::Tiff, 0x011D), "PageName"),
    (Tag(Context::Tiff, 0x013C), "HostComputer"),
    (Tag(Context::Tiff, 0x9C9B), "XPTitle"),
    (Tag(Context::Tiff, 0x9C9C), "XPComment"),
    (Tag(Context::Tiff, 0x9C9D), "XPAuthor"),
    (Tag(Context::Tiff, 0x9C9E), "XPKeywords"),
    (Tag(Context::Tiff, 0x9C9F), "XPSubject"),
    (Tag(Context::Exif, 0xA436), "ImageTitle"),
];

/// Fields of newer cameras: photographer, editor.
const NEWER: [(u16, &str); 2] = [(0xA437, "Photographer"), (0xA438, "ImageEditor")];

/// Reads a block of EXIF that stands at bytes `at` of the picture.
pub(super) fn read(notes: &mut Notes<'_>, block: Vec<u8>, at: Range<usize>) {
    let mut broken = false;
    let found = exif::Reader::new().continue_on_error(true).read_raw(block).or_else(|e| e.distill_partial_result(|_| broken = true));
    let Ok(found) = found else { return notes.fault("EXIF", at.start) };
    if broken {
        notes.fault("EXIF", at.start);
    }
    for field in found.fields() {
        let name = WORDS.iter().find(|(tag, _)| *tag == field.tag).map(|(_, name)| *name);
        let newer = || NEWER.iter().find(|(number, _)| field.tag == Tag(Context::Exif, *number)).map(|(_, name)| *name);
        if let Some(name) = name.or_else(newer) {
            words(notes, name, field, &at);
        }
        inner(notes, field, found.little_endian(), &at);
    }
    for (name, latitude, longitude) in [
        ("exif:GPS", (Tag::GPSLatitude, Tag::GPSLatitudeRef), (Tag::GPSLongitude, Tag::GPSLongitudeRef)),
        ("exif:GPSDest", (Tag::GPSDestLatitude, Tag::GPSDestLatitudeRef), (Tag::GPSDestLongitude, Tag::GPSDestLongitudeRef)),
    ] {
        if let (Some(latitude), Some(longitude)) = (degrees(&found, latitude), degrees(&found, longitude)) {
            notes.coordinates(name, latitude, longitude, &at);
        }
    }
}

fn words(notes: &mut Notes<'_>, name: &str, field: &Field, at: &Range<usize>) {
    let name = format!("exif:{name}");
    match &field.value {
        // Several strings in one: photographer and editor of a copyright.
        Value::Ascii(texts) => {
            for text in texts.iter().filter(|t| !t.is_empty()) {
                notes.text(Role::Meta, &name, text, at);
            }
        }
        // Windows writes UTF-16.
        Value::Byte(bytes) if name.starts_with("exif:XP") => {
            notes.decoded(Role::Meta, &name, &encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0, at);
        }
        Value::Byte(bytes) => notes.text(Role::Meta, &name, bytes, at),
        Value::Undefined(bytes, _) => match bytes.split_at_checked(8) {
            Some((b"UNICODE\0", text)) => {
                // In the file's order, which not all programs keep to: Latin letters show it.
                let big = text.iter().step_by(2).filter(|b| **b == 0).count() * 2 > text.len() / 2;
                let encoding = if big { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
                notes.decoded(Role::Meta, &name, &encoding.decode_without_bom_handling(text).0, at);
            }
            Some((b"JIS\0\0\0\0\0", text)) => {
                notes.decoded(Role::Meta, &name, &encoding_rs::ISO_2022_JP.decode_without_bom_handling(text).0, at)
            }
            Some((b"ASCII\0\0\0" | b"\0\0\0\0\0\0\0\0", text)) => notes.text(Role::Meta, &name, text, at),
            _ => notes.text(Role::Meta, &name, bytes, at),
        },
        _ => {}
    }
}

/// XMP and IPTC that a TIFF file keeps in fields of its own.
fn inner(notes: &mut Notes<'_>, field: &Field, is_little_endian: bool, at: &Range<usize>) {
    let bytes: Cow<'_, [u8]> = match &field.value {
        Value::Byte(bytes) | Value::Undefined(bytes, _) => bytes.into(),
        // Some programs count the bytes of IPTC in fours.
        Value::Long(fours) if field.tag == Tag(Context::Tiff, 33_723) => {
            fours.iter().flat_map(|n| if is_little_endian { n.to_le_bytes() } else { n.to_be_bytes() }).collect()
        }
        _ => return,
    };
    let bytes = &*bytes;
    if field.tag == Tag(Context::Tiff, 700) {
        super::xmp::read(notes, bytes, at.clone(), false);
    } else if field.tag == Tag(Context::Tiff, 33_723) {
        super::iptc::read(notes, bytes, at.clone(), false);
    } else if field.tag == Tag(Context::Tiff, 34_377) {
        let mut blocks = Vec::new();
        containers::photoshop(bytes, 0, 0, &mut blocks);
        for block in blocks {
            if let Block::Iptc(range, _) = block {
                super::iptc::read(notes, &bytes[range], at.clone(), false);
            }
        }
    }
}

/// Degrees, minutes and seconds as one number; south and west are below zero.
fn degrees(found: &Exif, (value, direction): (Tag, Tag)) -> Option<f64> {
    let Value::Rational(parts) = &found.get_field(value, In::PRIMARY)?.value else { return None };
    let part = |i: usize| parts.get(i).filter(|r| r.denom != 0).map(exif::Rational::to_f64);
    let whole = part(0)? + part(1).unwrap_or(0.0) / 60.0 + part(2).unwrap_or(0.0) / 3600.0;
    let is_negative = match &found.get_field(direction, In::PRIMARY).map(|f| &f.value) {
        Some(Value::Ascii(texts)) => texts.first().is_some_and(|t| matches!(t.first(), Some(b'S' | b'W' | b's' | b'w'))),
        _ => false,
    };
    Some(if is_negative { -whole } else { whole })
}

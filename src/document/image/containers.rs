//! Where pictures keep their metadata: the segments, chunks and boxes of their formats.

use std::io::{Cursor, Read};
use std::ops::Range;

use super::Block;

/// The most that a packed text of a PNG may grow to, in bytes.
const MOST_TEXT: u64 = 16 << 20;

/// The runs of metadata in `source`; `None`: no picture of a format that is known.
pub(super) fn blocks(source: &[u8]) -> Option<Vec<Block>> {
    match source {
        [0xFF, 0xD8, 0xFF, ..] => Some(jpeg(source)),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(png(source)),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(webp(source)),
        // Its fields lead to XMP and IPTC themselves.
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(vec![Block::Exif(0..source.len(), None)]),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(heif(source)),
        _ => None,
    }
}

fn jpeg(source: &[u8]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 2;
    let mut ended = false;
    while let Some(&[mark, marker]) = source.get(at..at + 2) {
        if mark != 0xFF {
            blocks.push(Block::Broken(at));
            break;
        }
        match marker {
            // Fill bytes and markers that stand alone.
            0xFF => {
                at += 1;
                continue;
            }
            0x01 | 0xD0..=0xD7 => {
                at += 2;
                continue;
            }
            // The picture itself: metadata stands before it.
            0xD9 | 0xDA => {
                ended = true;
                // In the picture's own bytes no FF stands before D9.
                let end = memchr::memmem::find(&source[at..], b"\xFF\xD9").map_or(source.len(), |p| at + p + 2);
                after_the_end(source, end, "jpeg", &mut blocks);
                break;
            }
            _ => {}
        }
        let Some(&[high, low]) = source.get(at + 2..at + 4) else { break };
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        let Some(body) = source.get(at + 4..end) else {
            if matches!(marker, 0xE1 | 0xED | 0xFE) {
                blocks.push(Block::Broken(at));
            }
            break;
        };
        segment(marker, body, at + 4, &mut blocks);
        at = end;
    }
    if !ended && !blocks.iter().any(|b| matches!(b, Block::Broken(_))) {
        blocks.push(Block::Broken(at.min(source.len())));
    }
    blocks
}

fn segment(marker: u8, body: &[u8], at: usize, blocks: &mut Vec<Block>) {
    let after = |head: &[u8]| body.starts_with(head).then(|| at + head.len()..at + body.len());
    match marker {
        0xE1 => {
            if let Some(range) = after(b"Exif\0\0").or_else(|| after(b"Exif\0\xFF")) {
                blocks.push(Block::Exif(range, None));
            } else if let Some(range) = after(b"http://ns.adobe.com/xap/1.0/\0") {
                blocks.push(Block::Xmp(range, None));
            } else if let Some(range) = after(b"http://ns.adobe.com/xmp/extension/\0") {
                // After the name: a mark of 32 letters, the whole length, and where this piece belongs in it.
                let piece = body.get(range.start - at + 40..).unwrap_or_default();
                let starts = body.get(range.start - at + 36..range.start - at + 40).is_none_or(|o| o == [0; 4]);
                match blocks.last_mut() {
                    Some(Block::Xmp(whole, Some(bytes))) if !starts => {
                        whole.end = at + body.len();
                        bytes.extend_from_slice(piece);
                    }
                    _ => blocks.push(Block::Xmp(range, Some(piece.to_vec()))),
                }
            }
        }
        0xED => {
            if let Some(range) = after(b"Photoshop 3.0\0") {
                photoshop(body, range.start - at, at, blocks);
            }
        }
        0xFE => blocks.push(Block::Text("jpeg", "comment".into(), at..at + body.len(), body.to_vec())),
        _ => {}
    }
}

/// Resources of Photoshop: `8BIM`, a number, a name, a length, the data. 0x0404 is IPTC.
pub(super) fn photoshop(body: &[u8], from: usize, base: usize, blocks: &mut Vec<Block>) {
    let mut at = from;
    while let Some([b'8', b'B', b'I', b'M', high, low, name]) = body.get(at..at + 7) {
        // The name's length and the name are padded to an even number together.
        let data = at + 6 + (usize::from(*name) + 2) / 2 * 2;
        let Some(len) = body.get(data..data + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes) else { break };
        let (start, len) = (data + 4, len as usize);
        let Some(end) = start.checked_add(len).filter(|end| *end <= body.len()) else {
            blocks.push(Block::Broken(base + at));
            break;
        };
        if u16::from_be_bytes([*high, *low]) == 0x0404 {
            blocks.push(Block::Iptc(base + start..base + end, None));
        }
        at = end + len % 2;
    }
}

fn png(source: &[u8]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 8;
    while let Some(head) = source.get(at..at + 8) {
        let len = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let range = at + 8..(at + 8).saturating_add(len);
        let Some(body) = source.get(range.clone()) else {
            break;
        };
        match &head[4..] {
            b"eXIf" => blocks.push(Block::Exif(range.clone(), None)),
            b"tEXt" => png_text(body, range.clone(), Packed::No, blocks.as_mut()),
            b"zTXt" => png_text(body, range.clone(), Packed::Yes, blocks.as_mut()),
            b"iTXt" => png_text(body, range.clone(), Packed::Says, blocks.as_mut()),
            b"IEND" => {
                after_the_end(source, (range.end + 4).min(source.len()), "png", &mut blocks);
                return blocks;
            }
            // Chunks of a program's own, with a small first letter.
            kind if kind[0].is_ascii_lowercase() && says_something(body) => {
                blocks.push(Block::Text("png", String::from_utf8_lossy(kind).into_owned(), range.clone(), body.to_vec()));
            }
            _ => {}
        }
        at = range.end + 4;
    }
    // Cut off before its end: what is missing may have been text.
    blocks.push(Block::Broken(at.min(source.len())));
    blocks
}

/// What stands after a picture's end: text is read, an archive named. Programs leave previews and films there too.
fn after_the_end(source: &[u8], end: usize, kind: &'static str, blocks: &mut Vec<Block>) {
    let rest = &source[end..];
    let text = rest.trim_ascii();
    if text.starts_with(b"PK\x03\x04") {
        blocks.push(Block::Broken(end));
    } else if says_something(text) {
        let start = end + (rest.len() - rest.trim_ascii_start().len());
        blocks.push(Block::Text(kind, "end".into(), start..start + text.len(), text.to_vec()));
    }
}

/// Whether bytes are a text of some length.
fn says_something(bytes: &[u8]) -> bool {
    let is_sign = |c: char| !c.is_control() || c.is_whitespace();
    bytes.len() >= 8 && std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_sign))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Packed {
    No,
    Yes,
    Says,
}

/// A text chunk: keyword, and then the text, packed or not.
fn png_text(body: &[u8], range: Range<usize>, packed: Packed, blocks: &mut Vec<Block>) {
    let zero = |from: usize| memchr::memchr(0, body.get(from..).unwrap_or_default()).map(|p| from + p);
    let Some(key_end) = zero(0) else { return blocks.push(Block::Broken(range.start)) };
    let keyword = String::from_utf8_lossy(&body[..key_end]).into_owned();
    let (is_packed, start) = match packed {
        Packed::No => (false, key_end + 1),
        Packed::Yes => (true, key_end + 2),
        // Two bytes say whether it is packed; then the language, and the keyword in that language.
        Packed::Says => {
            let Some(start) = zero(key_end + 3).and_then(|p| zero(p + 1)) else { return blocks.push(Block::Broken(range.start)) };
            (body.get(key_end + 1) == Some(&1), start + 1)
        }
    };
    let raw = body.get(start..).unwrap_or_default();
    let unpacked = if is_packed {
        let mut text = Vec::new();
        let read = flate2::read::ZlibDecoder::new(raw).take(MOST_TEXT).read_to_end(&mut text);
        if read.is_err() || text.len() as u64 == MOST_TEXT {
            return blocks.push(Block::Broken(range.start));
        }
        Some(text)
    } else {
        None
    };
    let at = range.start + start.min(body.len())..range.end;
    // ImageMagick writes whole blocks as hexadecimal text.
    let profile = keyword.strip_prefix("Raw profile type ").map(|kind| (kind.to_owned(), hex_profile(unpacked.as_deref().unwrap_or(raw))));
    blocks.push(match profile {
        Some((kind, Some(bytes))) => match kind.as_str() {
            "exif" | "APP1" if bytes.starts_with(b"Exif\0\0") => Block::Exif(at, Some(bytes[6..].to_vec())),
            "exif" => Block::Exif(at, Some(bytes)),
            "xmp" => Block::Xmp(at, Some(bytes)),
            "iptc" => {
                // With or without Photoshop's resources around.
                let start = memchr::memmem::find(&bytes, b"\x1C\x02").unwrap_or(bytes.len());
                Block::Iptc(at, Some(bytes[start..].to_vec()))
            }
            _ => return,
        },
        Some((_, None)) => Block::Broken(range.start),
        None if keyword == "XML:com.adobe.xmp" => Block::Xmp(at, unpacked),
        None => Block::Text("png", keyword, at, unpacked.unwrap_or_else(|| raw.to_vec())),
    });
}

/// A profile as hexadecimal digits, after a line with its name and one with its length.
fn hex_profile(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?;
    let mut lines = text.trim_start().lines();
    let len: usize = lines.nth(1)?.trim().parse().ok()?;
    let digits: Vec<u8> = lines.flat_map(str::bytes).filter_map(|b| u8::try_from(char::from(b).to_digit(16)?).ok()).collect();
    let bytes: Vec<u8> = digits.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect();
    (bytes.len() == len).then_some(bytes)
}

fn webp(source: &[u8]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 12;
    while let Some(head) = source.get(at..at + 8) {
        let len = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let range = at + 8..(at + 8).saturating_add(len);
        let Some(body) = source.get(range.clone()) else {
            if matches!(&head[..4], b"EXIF" | b"XMP ") {
                blocks.push(Block::Broken(at));
            }
            break;
        };
        match &head[..4] {
            b"EXIF" => {
                let skip = if body.starts_with(b"Exif\0\0") { 6 } else { 0 };
                blocks.push(Block::Exif(range.start + skip..range.end, None));
            }
            b"XMP " => blocks.push(Block::Xmp(range.clone(), None)),
            _ => {}
        }
        at = range.end + len % 2;
    }
    blocks
}

/// HEIC and AVIF: the boxes lead to EXIF; XMP is found by its own frame, which is made to be scanned for.
fn heif(source: &[u8]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Ok(found) = exif::Reader::new().read_from_container(&mut Cursor::new(source)) {
        let bytes = found.buf().to_vec();
        let at = memchr::memmem::find(source, &bytes).unwrap_or(0);
        blocks.push(Block::Exif(at..(at + bytes.len()).min(source.len()), Some(bytes)));
    }
    let mut at = 0;
    while let Some(start) = memchr::memmem::find(&source[at..], b"<x:xmpmeta").map(|p| at + p) {
        const END: &[u8] = b"</x:xmpmeta>";
        let Some(end) = memchr::memmem::find(&source[start..], END).map(|p| start + p + END.len()) else {
            blocks.push(Block::Broken(start));
            break;
        };
        blocks.push(Block::Xmp(start..end, None));
        at = end;
    }
    // Boxes follow each other to the end of the file.
    let mut next = 0;
    while next < source.len() {
        let Some(&[a, b, c, d]) = source.get(next..next + 4) else { break };
        let long = || source.get(next + 8..next + 16).and_then(|b| b.try_into().ok()).map(u64::from_be_bytes);
        let len = match u32::from_be_bytes([a, b, c, d]) {
            0 => break,
            1 => long().and_then(|len| usize::try_from(len).ok()).unwrap_or(usize::MAX),
            len => len as usize,
        };
        match next.checked_add(len).filter(|end| len >= 8 && *end <= source.len()) {
            Some(end) => next = end,
            None => {
                blocks.push(Block::Broken(next));
                break;
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of a picture's blocks; `!` for one that is broken.
    fn texts(source: &[u8]) -> Vec<String> {
        let text = |block| match block {
            Block::Text(_, key, at, text) => format!("{key}: {} {}", String::from_utf8_lossy(&text), source[at] == text[..]),
            _ => "!".to_owned(),
        };
        blocks(source).expect("a picture").into_iter().map(text).collect()
    }

    #[test]
    fn what_stands_after_the_end_is_read() {
        let chunk = |kind: &[u8], body: &[u8]| [&(body.len() as u32).to_be_bytes(), kind, body, &[0; 4]].concat();
        let png = [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"prVt", b"pnr 800102-2386"), &chunk(b"pHYs", &[0; 9]), &chunk(b"IEND", b"")].concat();
        let jpeg = b"\xFF\xD8\xFF\xDA\0\x02ab\xFF\0c\xFF\xD9";
        for (picture, own) in [(&png[..], Some("prVt: pnr 800102-2386 true")), (jpeg, None)] {
            let with = |tail: &[u8]| texts(&[picture, tail].concat());
            let own: Vec<String> = own.map(str::to_owned).into_iter().collect();
            let and = |more: &str| [&own[..], &[more.to_owned()]].concat();
            assert_eq!(with(b""), own);
            assert_eq!(with(b"\nKontakta \xC3\x85sa\n"), and("end: Kontakta Åsa true"));
            assert_eq!(with(b"PK\x03\x04 ..."), and("!"), "an archive is named");
            assert_eq!(with(b"\xFF\xD8\xFF\xE0 another picture"), own);
            assert_eq!(with(&[0; 64]), own);
        }
    }
}

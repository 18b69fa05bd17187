//! Streams of a PDF that are made to fill the memory, told before the file is read.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::super::{Limits, Unreadable};

/// No byte of deflate becomes more than this many: shorter streams need no look.
const MOST_GROWTH: u64 = 1032;

/// Looks at every packed stream long enough to grow over the limit of a part, or over all limits together.
pub(super) fn look_for(source: &[u8], limits: &Limits) -> Result<(), Unreadable> {
    let mut all = 0;
    for at in memchr::memmem::find_iter(source, b"stream") {
        if at < 4 || source[..at].ends_with(b"end") {
            continue;
        }
        let mut start = at + "stream".len();
        start += source[start..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let body = &source[start..];
        let is_zlib =
            matches!(body, [first, second, ..] if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31));
        if !is_zlib {
            continue;
        }
        // Packed twice, it may grow a million times: nobody writes that.
        let head = &source[at.saturating_sub(512)..at];
        let filters = memchr::memmem::rfind(head, b"<<").map_or(head, |p| &head[p..]);
        if memchr::memmem::find_iter(filters, b"FlateDecode").count() + memchr::memmem::find_iter(filters, b"LZWDecode").count() > 1 {
            return Err(Unreadable::Bomb(limits.ratio));
        }
        let packed = memchr::memmem::find(body, b"endstream").unwrap_or(body.len()) as u64;
        if packed * MOST_GROWTH <= limits.part / 8 {
            all += packed;
            continue;
        }
        let grown = grown(body, limits.part);
        all += grown;
        if grown > limits.part || grown > 1 << 20 && grown / packed.max(1) > limits.ratio * 4 {
            return Err(Unreadable::Bomb(limits.ratio));
        }
    }
    if all > limits.total { Err(Unreadable::TooBig(limits.total)) } else { Ok(()) }
}

/// How long a stream is when unpacked; no further than just over `most`.
fn grown(packed: &[u8], most: u64) -> u64 {
    let mut stream = ZlibDecoder::new(packed).take(most + 1);
    let mut room = vec![0; 64 << 10];
    let mut len = 0;
    while let Ok(read @ 1..) = stream.read(&mut room) {
        len += read as u64;
    }
    len
}

//! An answer of a web server: its body as it was before it was sent, and what format it is.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::{GZIP, Head, SMALL};
use crate::document::{Format, Limits, Unreadable};
use crate::source::is_binary;

/// The body as it was before it was sent: put together and unpacked. Some crawlers have done so already, and left the
/// fields as they were.
pub(super) fn decoded(about: &Head, body: Vec<u8>, limits: Limits) -> Result<Vec<u8>, Unreadable> {
    let is_chunked = about.get("transfer-encoding").eq_ignore_ascii_case("chunked");
    let body = if is_chunked { unchunked(&body).unwrap_or(body) } else { body };
    let most = limits.part.min((body.len() as u64).saturating_mul(limits.ratio).max(SMALL));
    let unpack = |reader: &mut dyn Read| {
        let mut out = Vec::new();
        match reader.take(most + 1).read_to_end(&mut out) {
            Ok(len) if len as u64 > most => Err(Unreadable::Bomb(limits.ratio)),
            Ok(_) => Ok(Some(out)),
            Err(_) => Ok(None),
        }
    };
    let unpacked = match about.get("content-encoding").to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if body.starts_with(&GZIP) => unpack(&mut MultiGzDecoder::new(&body[..]))?.ok_or(Unreadable::Broken("gzip"))?,
        "deflate" => match unpack(&mut ZlibDecoder::new(&body[..]))? {
            Some(out) => out,
            None => unpack(&mut DeflateDecoder::new(&body[..]))?.unwrap_or(body),
        },
        "br" | "zstd" | "compress" if is_binary(&body) => return Err(Unreadable::Method),
        _ => body,
    };
    Ok(unpacked)
}

/// A body sent in chunks, put together; `None` where it is not one.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line = memchr::memchr(b'\n', rest)?;
        let size = std::str::from_utf8(&rest[..line]).ok()?.trim().split(';').next()?;
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[line + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

/// What an answer is, by what its server says, by its address, and by itself; `Err(None)`: it holds no text for people.
pub(super) fn format_of(content_type: &str, path: &str, body: &[u8]) -> Result<Option<Format>, Option<Unreadable>> {
    let media = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let file = path.rsplit('/').next().unwrap_or("");
    let named = file.rsplit_once('.').and_then(|(_, ending)| Format::from_extension(ending));
    let said = match media.as_str() {
        "text/css" | "text/javascript" | "application/javascript" | "application/x-javascript" | "application/wasm" => return Err(None),
        media if media.starts_with("font/") => return Err(None),
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "application/pdf" => Some(Format::Pdf),
        "application/json" => Some(Format::Json),
        "text/csv" => Some(Format::Csv),
        "text/calendar" | "text/vcard" => Some(Format::ContentLines),
        "text/xml" | "application/xml" | "image/svg+xml" => Some(Format::Xml),
        media if media.ends_with("+xml") => Some(Format::Xml),
        media if media.ends_with("+json") => Some(Format::Json),
        _ => None,
    };
    let looks = Format::of_signature(body);
    match said.or(looks.filter(|f| *f != Format::Zip)).or(named).or(looks) {
        None if is_binary(body) => Err(Some(Unreadable::Unknown)),
        format => Ok(format),
    }
}

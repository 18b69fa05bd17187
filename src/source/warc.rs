//! Web archives (WARC, ISO 28500): what a crawler was answered, record by record, packed record by record or not at all.
//! Each answer is a source with a name of its own, `webb.warc.gz/https://www.example.se/nyheter`. One record at a time is in
//! memory; records that hold nothing published are counted by their sort.

mod answer;
mod head;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::archive::{Archive, failed, is_archive, unread};
use super::{Class, Entry, Excludes, Input, Origin, Reason};
use crate::document::{Limits, Unreadable};
use answer::{decoded, format_of};
use head::Head;

/// Before this many bytes growth says nothing.
const SMALL: u64 = 1 << 20;

/// The sorts of records (ISO 28500, 5.5). The words of a file are not repeated where they are none of these.
const SORTS: [&str; 8] = ["response", "resource", "conversion", "warcinfo", "request", "metadata", "revisit", "continuation"];

const GZIP: [u8; 2] = [0x1F, 0x8B];

/// Whether an input is a web archive: by its name, or by its first record. Files whose name tells another format are not
/// opened for it.
#[must_use]
pub fn is_warc(input: &Input) -> bool {
    let name = input.name.to_ascii_lowercase();
    if name.ends_with(".warc") || name.ends_with(".warc.gz") {
        return true;
    }
    if input.format.is_some() {
        return false;
    }
    let mut head = Vec::new();
    match &input.origin {
        Origin::Bytes(bytes) => head.extend_from_slice(&bytes[..bytes.len().min(512)]),
        Origin::File(path) => drop(File::open(path).and_then(|f| f.take(512).read_to_end(&mut head))),
    }
    if head.starts_with(&GZIP) {
        let mut first = [0; 5];
        return MultiGzDecoder::new(&head[..]).read_exact(&mut first).is_ok() && first == *b"WARC/";
    }
    head.starts_with(b"WARC/")
}

/// The answers in a web archive, in their order.
pub struct Warc<'x> {
    name: String,
    bytes: Box<dyn BufRead + Send>,
    /// Bytes taken from the file so far, where it is packed.
    packed: Option<Arc<AtomicU64>>,
    /// Bytes of records read so far.
    unpacked: u64,
    limits: Limits,
    excludes: &'x Excludes,
    /// An archive that was an answer.
    inner: Option<Archive<'x>>,
    /// Records that hold nothing published, by their sort.
    left_out: BTreeMap<String, u64>,
    found: usize,
    /// What is given out at the end; `Some` once there is nothing more to read.
    rest: Option<Vec<Entry>>,
}

impl fmt::Debug for Warc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Warc").field("found", &self.found).finish_non_exhaustive()
    }
}

/// Counts the bytes that are taken from a file.
struct Counted<R>(R, Arc<AtomicU64>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let len = self.0.read(to)?;
        self.1.fetch_add(len as u64, Ordering::Relaxed);
        Ok(len)
    }
}

impl<'x> Warc<'x> {
    /// Opens `input`; what is wrong with it comes out as its only part.
    #[must_use]
    pub fn open(input: &Input, limits: Limits, excludes: &'x Excludes) -> Self {
        let mut warc = Self {
            name: input.name.clone(),
            bytes: Box::new(io::empty()),
            packed: None,
            unpacked: 0,
            limits,
            excludes,
            inner: None,
            left_out: BTreeMap::new(),
            found: 0,
            rest: None,
        };
        let raw: Box<dyn Read + Send> = match &input.origin {
            Origin::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
            Origin::File(path) => match File::open(path) {
                Ok(file) => Box::new(file),
                Err(e) => {
                    warc.rest = Some(vec![unread(input.name.clone(), Reason::cannot_read(e), Class::Error)]);
                    return warc;
                }
            },
        };
        let count = Arc::new(AtomicU64::new(0));
        let mut raw = BufReader::with_capacity(1 << 16, Counted(raw, Arc::clone(&count)));
        if raw.fill_buf().is_ok_and(|head| head.starts_with(&GZIP)) {
            warc.packed = Some(count);
            warc.bytes = Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(raw)));
        } else {
            warc.bytes = Box::new(raw);
        }
        warc
    }

    /// The next record; `None` at the end. A record that holds nothing to read gives no entry.
    fn record(&mut self) -> Result<Option<Option<Entry>>, Unreadable> {
        let Some(head) = self.head(true)? else { return Ok(None) };
        if !head.first.starts_with("WARC/") {
            return Err(Unreadable::Broken("warc"));
        }
        let mut left = head.get("content-length").parse::<u64>().map_err(|_| Unreadable::Broken("warc"))?;
        let sort = SORTS.iter().find(|sort| sort.eq_ignore_ascii_case(head.get("warc-type"))).map_or("unknown", |sort| *sort);
        if !matches!(sort, "response" | "resource" | "conversion") {
            *self.left_out.entry(sort.to_owned()).or_default() += 1;
            self.pass(left)?;
            return Ok(Some(None));
        }
        let url = head.get("warc-target-uri").trim_matches(['<', '>']).to_owned();
        let name = format!("{}/{url}", self.name);
        let mut answer = None;
        if head.get("content-type").to_ascii_lowercase().starts_with("application/http") {
            let before = self.unpacked;
            answer = self.head(false)?;
            left = left.checked_sub(self.unpacked - before).ok_or(Unreadable::Broken("warc"))?;
        }
        let status = answer.as_ref().map_or(Some(200), |a| a.first.split(' ').nth(1)?.parse::<u16>().ok());
        if !status.is_some_and(|status| (200..300).contains(&status)) {
            *self.left_out.entry(format!("{sort} {}", status.unwrap_or(0))).or_default() += 1;
            self.pass(left)?;
            return Ok(Some(None));
        }
        self.found += 1;
        let about = answer.as_ref().unwrap_or(&head);
        let path = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).split(['?', '#']).next().unwrap_or("");
        if self.excludes.holds(Path::new(path)) {
            self.pass(left)?;
            return Ok(Some(Some(unread(name, Reason::left_out(), Class::Excluded))));
        }
        if left > self.limits.part {
            self.pass(left)?;
            return Ok(Some(Some(failed(name, Unreadable::TooBig(self.limits.part)))));
        }
        let mut body = Vec::new();
        self.bytes.by_ref().take(left).read_to_end(&mut body).map_err(|_| Unreadable::Broken("warc"))?;
        self.unpacked += body.len() as u64;
        self.grown()?;
        if (body.len() as u64) < left {
            return Err(Unreadable::Broken("warc"));
        }
        Ok(Some(Some(self.entry(name, path, about, body))))
    }

    /// An answer as a source.
    fn entry(&self, name: String, path: &str, about: &Head, body: Vec<u8>) -> Entry {
        let body = match decoded(about, body, self.limits) {
            Ok(body) => body,
            Err(why) => return failed(name, why),
        };
        let format = match format_of(about.get("content-type"), path, &body) {
            Ok(format) => format,
            Err(Some(why)) => return failed(name, why),
            Err(None) => {
                let reason = Reason::new("formgivning eller program, ingen text", "style or script, no text");
                return unread(name, reason, Class::Excluded);
            }
        };
        Entry::Input(Input { name, origin: Origin::Bytes(body), format })
    }

    /// Passes over `left` bytes.
    fn pass(&mut self, mut left: u64) -> Result<(), Unreadable> {
        while left > 0 {
            let step = left.min(SMALL);
            let passed = io::copy(&mut self.bytes.by_ref().take(step), &mut io::sink()).map_err(|_| Unreadable::Broken("warc"))?;
            self.unpacked += passed;
            self.grown()?;
            if passed < step {
                return Err(Unreadable::Broken("warc"));
            }
            left -= step;
        }
        Ok(())
    }

    /// Whether the file grows as no crawl does.
    fn grown(&self) -> Result<(), Unreadable> {
        let packed = self.packed.as_ref().map_or(u64::MAX, |count| count.load(Ordering::Relaxed));
        let most = packed.saturating_mul(self.limits.ratio).max(SMALL);
        if self.unpacked > most { Err(Unreadable::Bomb(self.limits.ratio)) } else { Ok(()) }
    }

    /// The next head, and its bytes counted.
    fn head(&mut self, may_end: bool) -> Result<Option<Head>, Unreadable> {
        let (head, size) = Head::read(&mut self.bytes, may_end)?;
        self.unpacked += size;
        Ok(head)
    }

    /// What was left out, a line for each sort.
    fn sums(&mut self) -> Vec<Entry> {
        let sums = std::mem::take(&mut self.left_out).into_iter().map(|(sort, count)| {
            let reason = Reason::new(
                format!("{count} poster av sorten {sort}: inget publicerat innehåll"),
                format!("{count} records of the sort {sort}: nothing published"),
            );
            unread(format!("{}#{sort}", self.name), reason, Class::Excluded)
        });
        sums.collect()
    }
}

impl Iterator for Warc<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some(part) = self.inner.as_mut().and_then(Iterator::next) {
                return Some(part);
            }
            self.inner = None;
            if let Some(rest) = &mut self.rest {
                return rest.pop();
            }
            match self.record() {
                Ok(Some(Some(Entry::Input(input)))) if is_archive(&input) => {
                    self.inner = Some(Archive::open(&input, self.limits, self.excludes));
                }
                Ok(Some(Some(entry))) => return Some(entry),
                Ok(Some(None)) => {}
                Ok(None) => {
                    let is_empty = self.found == 0 && self.left_out.is_empty();
                    let mut rest = self.sums();
                    rest.extend(is_empty.then(|| failed(self.name.clone(), Unreadable::Empty)));
                    self.rest = Some(rest);
                }
                Err(why) => {
                    let mut rest = self.sums();
                    rest.push(failed(self.name.clone(), why));
                    self.rest = Some(rest);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;
    use crate::document::Format;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn record(sort: &str, url: &str, content: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    }

    fn answer(url: &str, fields: &str, body: &[u8]) -> Vec<u8> {
        let http = [format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n").as_bytes(), body].concat();
        record("response", url, "application/http;msgtype=response", &http)
    }

    fn parts(bytes: Vec<u8>) -> Vec<String> {
        let input = Input { name: "webb.warc".into(), origin: Origin::Bytes(bytes), format: None };
        let excludes = Excludes::new(&[]).unwrap();
        let limits = Limits { part: 4 << 20, ..Limits::DEFAULT };
        let show = |entry| match entry {
            Entry::Input(Input { name, origin: Origin::Bytes(bytes), format }) => {
                format!("{name} {} {}", format.map_or("?", Format::name), String::from_utf8_lossy(&bytes))
            }
            Entry::Input(_) => "a file".into(),
            Entry::Unread(u) => format!("{} {}: {}", u.name, u.class.name(), u.reason.en),
        };
        Warc::open(&input, limits, &excludes).map(show).collect()
    }

    #[test]
    fn answers_are_sources_and_the_rest_is_counted() {
        let html = "Content-Type: text/html; charset=utf-8";
        let all = [
            record("warcinfo", "", "application/warc-fields", b"software: x"),
            record("request", "https://a.example/", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
            answer("https://a.example/", html, b"<p>Hej</p>"),
            answer("https://a.example/b", &format!("{html}\r\nTransfer-Encoding: chunked"), b"4\r\n<p>H\r\n6\r\nej</p>\r\n0\r\n\r\n"),
            answer("https://a.example/c", &format!("{html}\r\nContent-Encoding: gzip"), &packed(b"<p>C</p>")),
            answer("https://a.example/d.css", "Content-Type: text/css", b"p{}"),
            record("response", "https://a.example/e", "application/http", b"HTTP/1.1 404 Not Found\r\n\r\nnej"),
            record("resource", "<file:///f.md>", "text/plain", b"# F"),
        ];
        let want = [
            "webb.warc/https://a.example/ html <p>Hej</p>",
            "webb.warc/https://a.example/b html <p>Hej</p>",
            "webb.warc/https://a.example/c html <p>C</p>",
            "webb.warc/https://a.example/d.css excluded: style or script, no text",
            "webb.warc/file:///f.md markdown # F",
            "webb.warc#warcinfo excluded: 1 records of the sort warcinfo: nothing published",
            "webb.warc#response 404 excluded: 1 records of the sort response 404: nothing published",
            "webb.warc#request excluded: 1 records of the sort request: nothing published",
        ];
        assert_eq!(parts(all.concat()), want);
        assert_eq!(parts(all.iter().flat_map(|r| packed(r)).collect()), want);
    }

    #[test]
    fn faults_are_named() {
        let whole = answer("https://a.example/", "Content-Type: text/html", b"<p>Hej</p>");
        let cut = parts(whole[..whole.len() - 9].to_vec());
        assert!(cut.len() == 1 && cut[0].starts_with("webb.warc error"), "{cut:?}");
        let then_noise = parts([&whole[..], b"noise\r\n\r\n"].concat());
        assert!(then_noise.len() == 2 && then_noise[1].starts_with("webb.warc error"), "{then_noise:?}");
        assert!(parts(Vec::new())[0].starts_with("webb.warc error"));
        let huge = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\n";
        assert!(parts(huge.to_vec())[0].starts_with("webb.warc error"));
        let endless = [b"WARC/1.0\r\n".as_slice(), &b"a".repeat(1 << 20)].concat();
        assert!(parts(endless)[0].starts_with("webb.warc error"));
    }

    #[test]
    fn what_grows_too_much_is_not_unpacked() {
        let zeros = vec![0; 64 << 20];
        let outer = packed(&record("response", "https://a.example/", "application/http", &zeros));
        assert!(parts(outer)[0].contains("error"), "a record");
        let inner = answer("https://a.example/", "Content-Type: text/html\r\nContent-Encoding: gzip", &packed(&zeros));
        assert!(parts(inner)[0].contains("error"), "an answer");
    }
}

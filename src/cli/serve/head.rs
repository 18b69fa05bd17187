//! Head: the first part of a request, read strictly. What another server might read in another way is refused.

use super::limits::{MOST_FIELDS, MOST_HEAD};

/// A request's head: what the service needs of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) method: Method,
    /// Starts with `/`; without the query.
    pub(super) path: String,
    pub(super) query: String,
    pub(super) host: String,
    pub(super) origin: Option<String>,
    pub(super) fetch_site: Option<String>,
    pub(super) bearer: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) length: Option<usize>,
    pub(super) expects_continue: bool,
    /// Whether the connection stays open.
    pub(super) stays: bool,
    /// Bytes of the head.
    pub(super) size: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Method {
    #[default]
    Get,
    Head,
    Post,
    Other,
}

/// Why a head is no good, as a status code.
pub(super) type Bad = u16;

impl Head {
    /// Reads a head from the start of `bytes`; `None`: more is needed.
    pub(super) fn read(bytes: &[u8]) -> Result<Option<Self>, Bad> {
        let end = memchr::memmem::find(bytes, b"\r\n\r\n").map(|at| at + 4);
        let seen = &bytes[..end.unwrap_or(bytes.len())];
        // Lines that end otherwise than with CR LF are read differently by different servers.
        if memchr::memchr_iter(b'\n', seen).any(|at| at == 0 || seen[at - 1] != b'\r') || seen.first() == Some(&b' ') {
            return Err(400);
        }
        if seen.len() > MOST_HEAD {
            return Err(431);
        }
        let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
        let mut request = httparse::Request::new(&mut fields);
        let size = match request.parse(seen) {
            Ok(httparse::Status::Complete(size)) => size,
            Ok(httparse::Status::Partial) => return if end.is_some() { Err(400) } else { Ok(None) },
            Err(httparse::Error::TooManyHeaders) => return Err(431),
            Err(_) => return Err(400),
        };
        let mut head = Self { size, stays: request.version == Some(1), ..Self::default() };
        head.method = match request.method {
            Some("GET") => Method::Get,
            Some("HEAD") => Method::Head,
            Some("POST") => Method::Post,
            _ => Method::Other,
        };
        let target = request.path.unwrap_or_default();
        if !target.starts_with('/') || target.contains('#') || !target.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(400);
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        (head.path, head.query) = (path.to_owned(), query.to_owned());
        head.take_fields(request.headers)?;
        Ok(Some(head))
    }

    fn take_fields(&mut self, fields: &[httparse::Header<'_>]) -> Result<(), Bad> {
        let mut host = None;
        let mut coded = false;
        for field in fields {
            let value = std::str::from_utf8(field.value).map_err(|_| 400_u16)?.trim_matches([' ', '\t']);
            let name = field.name.to_ascii_lowercase();
            match name.as_str() {
                "host" => once(&mut host, value)?,
                "origin" => once(&mut self.origin, value)?,
                "sec-fetch-site" => once(&mut self.fetch_site, value)?,
                "content-type" => once(&mut self.content_type, value)?,
                "authorization" => {
                    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
                    once(&mut self.bearer, if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" })?;
                }
                "content-length" => {
                    let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
                    if self.length.is_some() || !digits {
                        return Err(400);
                    }
                    // A number that does not fit is larger than anything that is taken.
                    self.length = Some(value.parse().unwrap_or(usize::MAX));
                }
                "transfer-encoding" => coded = true,
                "content-encoding" if !value.eq_ignore_ascii_case("identity") => return Err(415),
                "expect" if value.eq_ignore_ascii_case("100-continue") => self.expects_continue = true,
                "expect" => return Err(417),
                "connection" => {
                    let says = |word: &str| value.split(',').any(|part| part.trim().eq_ignore_ascii_case(word));
                    self.stays = self.stays && !says("close");
                }
                _ => {}
            }
        }
        if coded {
            // Both together are the way to smuggle a request; a coding alone is not understood.
            return Err(if self.length.is_some() { 400 } else { 411 });
        }
        self.host = host.filter(|h: &String| !h.is_empty()).ok_or(400_u16)?;
        Ok(())
    }
}

/// Sets what may stand once; twice is refused, since others might take the other one.
fn once(place: &mut Option<String>, value: &str) -> Result<(), Bad> {
    if place.replace(value.to_owned()).is_some() { Err(400) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Head>, Bad> {
        Head::read(text.as_bytes())
    }

    #[test]
    fn a_plain_head_is_read() {
        let text = "POST /v1/check?x=1 HTTP/1.1\r\nHost: a:1\r\nContent-Length: 12\r\nAuthorization: bearer t\r\n\r\nrest";
        let head = read(text).unwrap().unwrap();
        let expected = Head {
            method: Method::Post,
            path: "/v1/check".into(),
            query: "x=1".into(),
            host: "a:1".into(),
            bearer: Some("t".into()),
            length: Some(12),
            stays: true,
            size: text.len() - 4,
            ..Head::default()
        };
        assert_eq!(head, expected);
        for cut in 1..text.len() - 4 {
            assert_eq!(read(&text[..cut]), Ok(None), "{cut}");
        }
        assert!(!read("GET / HTTP/1.0\r\nHost: a\r\n\r\n").unwrap().unwrap().stays);
    }

    #[test]
    fn what_others_may_read_otherwise_is_refused() {
        let rows = [
            ("GET /\r\n\r\n", 400),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
            ("GET / HTTP/1.1\nHost: a\n\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
            ("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\n b: c\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nA: b\0c\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\n\r\n", 415),
            ("POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text), Err(expected), "{text:?}");
        }
        let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "A: b\r\n".repeat(100));
        assert_eq!(read(&many), Err(431));
        assert_eq!(read(&format!("GET /{} HTTP/1.1\r\n", "a".repeat(20_000))), Err(431));
        let huge = format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", "9".repeat(40));
        assert_eq!(read(&huge).unwrap().unwrap().length, Some(usize::MAX));
    }
}

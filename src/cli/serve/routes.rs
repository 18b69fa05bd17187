//! Routes: which path gives what.

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::guard::Refusal;
use super::head::{Head, Method};
use super::{Service, presidio};
use crate::api::{Fault, Request, error_json};
use crate::engine::Scratch;

/// An answer, before it is written.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) policy: &'static str,
}

const JSON: &str = "application/json";
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";
/// The page loads its own script and style and asks this service; nothing else.
const PAGE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What is read without a token: the page itself, which holds nothing, and whether the service is up.
const OPEN: [(&str, &str, &[u8]); 8] = [
    ("/", "text/html; charset=utf-8", include_bytes!("../../../page/index.html")),
    ("/page.css", "text/css; charset=utf-8", include_bytes!("../../../page/page.css")),
    ("/words.js", "text/javascript; charset=utf-8", include_bytes!("../../../page/words.js")),
    ("/engine.js", "text/javascript; charset=utf-8", include_bytes!("../../../page/engine.js")),
    ("/draft.js", "text/javascript; charset=utf-8", include_bytes!("../../../page/draft.js")),
    ("/board.js", "text/javascript; charset=utf-8", include_bytes!("../../../page/board.js")),
    ("/page.js", "text/javascript; charset=utf-8", include_bytes!("../../../page/page.js")),
    ("/openapi.json", JSON, include_bytes!("openapi.json")),
];

impl Answer {
    pub(super) fn json(status: u16, body: Vec<u8>) -> Self {
        Self { status, kind: JSON, body, policy: NOTHING }
    }

    /// An error; `why` never holds anything of the request's.
    pub(super) fn error(status: u16, why: &str) -> Self {
        Self::json(status, error_json(&Fault(why.to_owned())))
    }

    /// The answer as it goes out.
    pub(super) fn bytes(&self, method: Method, stays: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.body.len() + 512);
        let Self { status, kind, policy, .. } = self;
        let connection = if stays { "keep-alive" } else { "close" };
        let _ = write!(
            out,
            "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: {connection}\r\n\
            Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n\
            Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\nContent-Security-Policy: {policy}\r\n",
            reason(*status),
            self.body.len(),
        );
        if *status == 401 {
            out.extend_from_slice(b"WWW-Authenticate: Bearer\r\n");
        }
        if *status == 405 {
            out.extend_from_slice(b"Allow: GET, HEAD, POST\r\n");
        }
        out.extend_from_slice(b"\r\n");
        if method != Method::Head {
            out.extend_from_slice(&self.body);
        }
        out
    }
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        417 => "Expectation Failed",
        422 => "Unprocessable Content",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

/// The path that is asked for, if who asks may.
pub(super) fn path<'h>(service: &Service, head: &'h Head) -> Result<&'h str, Refusal> {
    let path = head.path.as_str();
    let is_open = head.method != Method::Post && (OPEN.iter().any(|(open, ..)| *open == path) || matches!(path, "/health" | "/v1/health"));
    if is_open { Ok(path) } else { service.guard.token(head) }
}

/// Answers a request whose body is whole.
pub(super) fn answer(service: &Service, head: &Head, path: &str, body: &[u8], scratch: &mut Scratch) -> Answer {
    match head.method {
        Method::Other => return Answer::error(405, "only GET, HEAD and POST"),
        Method::Post if !is_json(head.content_type.as_deref()) => return Answer::error(415, "Content-Type must be application/json"),
        _ => {}
    }
    let result = match (head.method, path) {
        (Method::Post, "/v1/check") => check(service, body, scratch),
        (Method::Post, "/analyze") => presidio::analyze(service.api.engine(crate::Sensitivity::Normal), body, scratch),
        (Method::Post, _) => return Answer::error(if known(path) { 405 } else { 404 }, "nothing takes a request here"),
        (_, "/v1/rules") => service.api.rules(),
        (_, "/v1/health") => Ok(format!("{{\"status\":\"ok\",\"version\":\"{}\"}}", env!("CARGO_PKG_VERSION")).into_bytes()),
        (_, "/health") => {
            return Answer { status: 200, kind: "text/plain; charset=utf-8", body: b"ombud is up\n".to_vec(), policy: NOTHING };
        }
        (_, "/supportedentities") => presidio::entities(&head.query),
        (_, "/recognizers") => presidio::recognizers(),
        (_, "/v1/check" | "/analyze") => return Answer::error(405, "ask with POST"),
        _ => {
            return match OPEN.iter().find(|(open, ..)| *open == path) {
                Some((_, kind, body)) => Answer { status: 200, kind, body: body.to_vec(), policy: PAGE },
                None => Answer::error(404, "nothing is here"),
            };
        }
    };
    match result {
        Ok(body) => Answer::json(200, body),
        Err(fault) => Answer::json(400, error_json(&fault)),
    }
}

fn known(path: &str) -> bool {
    matches!(path, "/v1/rules" | "/v1/health" | "/health" | "/supportedentities" | "/recognizers")
        || OPEN.iter().any(|(open, ..)| *open == path)
}

/// Whether a body says that it is JSON. A form cannot say so, and a page of another site only after asking first.
fn is_json(kind: Option<&str>) -> bool {
    kind.and_then(|kind| kind.split(';').next()).is_some_and(|kind| kind.trim().eq_ignore_ascii_case(JSON))
}

fn check(service: &Service, body: &[u8], scratch: &mut Scratch) -> Result<Vec<u8>, Fault> {
    let request: Request = serde_json::from_slice(body).map_err(not_understood)?;
    let bytes = match &request.content {
        Some(content) => Some(STANDARD.decode(content).map_err(|_| Fault("`content` is not Base64".to_owned()))?),
        None => None,
    };
    service.api.check(&request, bytes.as_deref(), scratch)
}

/// What is wrong with a body, by its place: the parser's own words may quote it.
pub(super) fn not_understood(e: serde_json::Error) -> Fault {
    let what = match e.classify() {
        serde_json::error::Category::Data => "a field that is unknown or of the wrong type",
        _ => "not JSON",
    };
    Fault(format!("{what} (line {}, column {})", e.line(), e.column()))
}

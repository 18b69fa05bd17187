//! One connection: requests one after another, each answered before the next is read.

use std::io;
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::body::{end, read_some, write_all};
use super::guard::Refusal;
use super::head::{Bad, Head, Method};
use super::limits::{ANSWER_TIME, BODY_TIME, HEAD_TIME, IDLE_TIME, Seat};
use super::routes::{self, Answer};
use crate::engine::Scratch;

/// How a connection goes on.
enum Next {
    Stay,
    /// The answer is out; the connection ends.
    End,
    /// The other side is gone.
    Gone,
}

/// Serves a connection to its end.
pub(super) fn serve(mut stream: TcpStream, service: &Seat) {
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::new();
    let mut scratch = Scratch::default();
    let mut wait = HEAD_TIME;
    while !service.stopping.load(Ordering::SeqCst) {
        match one(&mut stream, &mut buffer, &mut scratch, wait, service) {
            Ok(Next::Stay) => wait = IDLE_TIME,
            Ok(Next::End) => return end(stream),
            Ok(Next::Gone) | Err(_) => return,
        }
    }
}

/// Says that there are too many connections, and ends this one.
pub(super) fn turn_away(mut stream: TcpStream) {
    let answer = Answer::error(503, "too many connections");
    let _ = write_all(&mut stream, &answer.bytes(Method::Get, false), Instant::now() + Duration::from_millis(50));
}

fn one(stream: &mut TcpStream, buffer: &mut Vec<u8>, scratch: &mut Scratch, wait: Duration, service: &Seat) -> io::Result<Next> {
    let head = match read_head(stream, buffer, wait)? {
        None => return Ok(Next::Gone),
        Some(Ok(head)) => head,
        Some(Err(status)) => return refuse(stream, Method::Get, status, "a request that is not understood"),
    };
    buffer.drain(..head.size);
    let _busy = service.limits.begin();
    if let Err(refusal) = service.guard.place(&head) {
        return refuse_by(stream, &head, refusal);
    }
    let length = head.length.unwrap_or(0);
    if head.method != Method::Post && length > 0 {
        return refuse(stream, head.method, 400, "a body where none is taken");
    }
    if head.method == Method::Post && head.length.is_none() {
        return refuse(stream, head.method, 411, "the length of the body is missing");
    }
    if length > service.limits.most_body {
        return refuse(stream, head.method, 413, "the request is larger than what is taken");
    }
    // Who may not ask has no body read.
    let path = match routes::path(service, &head) {
        Ok(path) => path.to_owned(),
        Err(refusal) => return refuse_by(stream, &head, refusal),
    };
    let Some(_room) = service.limits.room(length) else {
        return refuse(stream, head.method, 503, "too much at once");
    };
    let until = Instant::now() + BODY_TIME;
    if head.expects_continue && buffer.len() < length {
        write_all(stream, b"HTTP/1.1 100 Continue\r\n\r\n", until)?;
    }
    while buffer.len() < length {
        let missing = length - buffer.len();
        if read_some(stream, buffer, missing, until)? == 0 {
            return Ok(Next::Gone);
        }
    }
    let rest = buffer.split_off(length);
    let body = std::mem::replace(buffer, rest);
    let answer = routes::answer(service, &head, &path, &body, scratch);
    if length > 1 << 20 {
        *scratch = Scratch::default();
    }
    let stays = head.stays && !service.stopping.load(Ordering::SeqCst);
    write_all(stream, &answer.bytes(head.method, stays), Instant::now() + ANSWER_TIME)?;
    Ok(if stays { Next::Stay } else { Next::End })
}

/// Reads until a head is whole. `None`: the other side ended, or said nothing in time.
fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>, wait: Duration) -> io::Result<Option<Result<Head, Bad>>> {
    let mut until = Instant::now() + if buffer.is_empty() { wait } else { HEAD_TIME };
    loop {
        match Head::read(buffer) {
            Ok(Some(head)) => return Ok(Some(Ok(head))),
            Err(status) => return Ok(Some(Err(status))),
            Ok(None) => {}
        }
        let is_first = buffer.is_empty();
        match read_some(stream, buffer, usize::MAX, until) {
            Ok(0) => return Ok(None),
            Ok(_) if is_first => until = Instant::now() + HEAD_TIME,
            Ok(_) => {}
            Err(_) if buffer.is_empty() => return Ok(None),
            Err(e) if matches!(e.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => return Ok(Some(Err(408))),
            Err(e) => return Err(e),
        }
    }
}

fn refuse_by(stream: &mut TcpStream, head: &Head, refusal: Refusal) -> io::Result<Next> {
    match refusal {
        Refusal::Host => refuse(stream, head.method, 403, "the Host header names another place"),
        Refusal::Site => refuse(stream, head.method, 403, "pages of other sites may not ask"),
        Refusal::Token => refuse(stream, head.method, 401, "the token is missing or wrong"),
    }
}

fn refuse(stream: &mut TcpStream, method: Method, status: u16, why: &'static str) -> io::Result<Next> {
    write_all(stream, &Answer::error(status, why).bytes(method, false), Instant::now() + ANSWER_TIME)?;
    Ok(Next::End)
}

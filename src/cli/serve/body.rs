//! Bytes from and to a connection, each with an end in time.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Reads once, until `until` at most; 0 bytes mean that the other side has ended.
pub(super) fn read_some(stream: &mut TcpStream, into: &mut Vec<u8>, most: usize, until: Instant) -> io::Result<usize> {
    let mut room = [0; 16 << 10];
    let most = most.min(room.len());
    stream.set_read_timeout(Some(left(until)?))?;
    loop {
        match stream.read(&mut room[..most]) {
            Ok(count) => {
                into.extend_from_slice(&room[..count]);
                return Ok(count);
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// Writes all of `bytes`, until `until` at most.
pub(super) fn write_all(stream: &mut TcpStream, mut bytes: &[u8], until: Instant) -> io::Result<()> {
    while !bytes.is_empty() {
        stream.set_write_timeout(Some(left(until)?))?;
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = &bytes[count..],
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

/// Ends a connection so that the other side can still read the answer: what it has sent is taken, up to a little.
pub(super) fn end(mut stream: TcpStream) {
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let until = Instant::now() + Duration::from_millis(300);
    let mut taken = Vec::new();
    while taken.len() < 256 << 10 && read_some(&mut stream, &mut taken, usize::MAX, until).is_ok_and(|count| count > 0) {}
}

fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

//! Filters: a line of standard input, an answer on standard output.

use std::io::{self, BufRead, BufWriter, Write};

use super::{CLEAN, Stop, UNJUDGED};

/// Answers each line in its order, blank ones apart. A line without an answer is named on standard error by its number
/// and what `answer` says of it, which must not quote the line; the exit status tells whether all were answered.
pub(super) fn run(mut answer: impl FnMut(&[u8]) -> Result<Vec<u8>, String>) -> Result<u8, Stop> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut input = io::stdin().lock();
    let (mut line, mut number, mut status) = (Vec::new(), 0_u64, CLEAN);
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match answer(&line) {
            Ok(answer) => {
                out.write_all(&answer)?;
                out.write_all(b"\n")?;
            }
            Err(fault) => {
                writeln!(io::stderr(), "line {number}: {fault}")?;
                status = UNJUDGED;
            }
        }
    }
    out.flush()?;
    Ok(status)
}

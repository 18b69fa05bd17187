//! Arguments in, exit code out, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    ombud::cli::quiet_panics();
    let status = std::panic::catch_unwind(|| ombud::cli::run(std::env::args_os()));
    ExitCode::from(status.unwrap_or(ombud::cli::UNJUDGED))
}

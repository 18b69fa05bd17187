//! Arguments in, exit code out, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic's own message may quote what was read; its place in the program is all that is said.
    std::panic::set_hook(Box::new(|fault| {
        use std::io::Write;
        let place = fault.location().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(std::io::stderr(), "ombud: internal fault at {place}");
    }));
    let status = std::panic::catch_unwind(|| ombud::cli::run(std::env::args_os()));
    ExitCode::from(status.unwrap_or(ombud::cli::UNJUDGED))
}

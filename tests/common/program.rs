#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by tests")]
//! Runs the built program in a folder of its own, with nothing of the user's environment that it reads.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `ombud` in `folder`. Output must be UTF-8.
pub fn ombud(folder: &Path, args: &[&str], stdin: &[u8]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ombud"));
    command.args(args).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in ["OMBUD_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CI"] {
        command.env_remove(name);
    }
    // What is shown first of a board depends on the time.
    command.env("SOURCE_DATE_EPOCH", "1770000000");
    let mut child = command.spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("stdin is piped");
    let bytes = stdin.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that stops early closes its input; that is its right.
        let _ = input.write_all(&bytes);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    Run {
        status: output.status.code().expect("no signal"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A folder with these files.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fill(dir.path(), files);
    dir
}

/// Writes these files below `folder`.
pub fn fill<N: AsRef<Path>, B: AsRef<[u8]>>(folder: &Path, files: &[(N, B)]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, bytes).expect("a file");
    }
}

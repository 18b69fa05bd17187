//! Measures the program as a whole process, as ratios to reading the same files and to `rg` with four patterns.
//!
//! `cargo build --release && cargo run --release --example bench -- BENCH_FOLDER [RUNS]`
//!
//! `BENCH_FOLDER` is what the design material's `bench/make_corpus.py --out BENCH_FOLDER` writes. Figures are CPU seconds
//! (user and system) of finished processes, the median of the runs; commands take turns, so that a machine's moods hit
//! all of them. The finding counts are asserted to be the same in every run, so a wrong answer cannot look fast.
#![allow(clippy::print_stdout, reason = "a maintainer's report")]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

type Error = Box<dyn std::error::Error>;

/// Personnummer, telephone, e-mail, postcode with town.
const FOUR: [&str; 4] = [
    r"(?-u)\b(?:18|19|20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[-+]?[0-9]{4}\b",
    r"(?-u)(?:\+46|\b0)[ -]?[1-9][0-9]{0,2}[-/ ]?[0-9]{2,3}(?:[ -]?[0-9]{2}){2,3}\b",
    r"(?-u)[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
    r"(?-u)\b[0-9]{3} [0-9]{2} [A-Z][a-z]+",
];

fn main() -> Result<(), Error> {
    let args: Vec<String> = env::args().skip(1).collect();
    if args.first().is_some_and(|a| a == "--read") {
        return read_all(args[1].as_ref());
    }
    let folder = PathBuf::from(args.first().ok_or("usage: bench BENCH_FOLDER [RUNS]")?);
    let runs = args.get(1).map_or(Ok(5), |n| n.parse())?;
    let program = env::current_exe()?.parent().and_then(Path::parent).ok_or("no target folder")?.join("ombud");
    println!("| corpus | MB | read | rg, four patterns | ombud, 1 thread | ombud / read | ombud / rg | MB/s | findings |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for name in ["big.txt", "files", "posts.jsonl"] {
        let path = folder.join(name);
        if path.exists() {
            measure(name, &path, &program, runs)?;
        }
    }
    Ok(())
}

fn measure(name: &str, path: &Path, program: &Path, runs: usize) -> Result<(), Error> {
    let rg = Command::new("rg").arg("--version").stdout(Stdio::null()).status().is_ok();
    let (mut read, mut four, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    let mut count = None;
    for _ in 0..=runs {
        read.push(cpu(Command::new(env::current_exe()?).arg("--read").arg(path))?.0);
        if rg {
            let mut command = Command::new("rg");
            command.args(["--threads", "1", "--no-ignore", "--hidden", "-o"]);
            for pattern in FOUR {
                command.args(["-e", pattern]);
            }
            four.push(cpu(command.arg(path))?.0);
        }
        let (seconds, summary) = cpu(Command::new(program).args(["check", "--no-config", "--threads", "1", "--format", "json"]).arg(path))?;
        ours.push(seconds);
        assert!(count.is_none_or(|c| c == summary), "the finding count changed from run to run");
        count = Some(summary);
    }
    // The first round warms up.
    let median = |list: &mut Vec<f64>| {
        let rest = list.get_mut(1..)?;
        rest.sort_by(f64::total_cmp);
        rest.get(rest.len() / 2).copied()
    };
    let (read, four, ours) = (median(&mut read).unwrap_or(0.0), median(&mut four), median(&mut ours).unwrap_or(0.0));
    let megabytes = size(path)? as f64 / 1e6;
    let (rg_time, ratio) = four.map_or(("–".to_owned(), "–".to_owned()), |f| (format!("{f:.2} s"), format!("{:.2}", ours / f)));
    println!(
        "| {name} | {megabytes:.0} | {read:.2} s | {rg_time} | {ours:.2} s | {:.1} | {ratio} | {:.0} | {} |",
        ours / read.max(0.01),
        megabytes / ours,
        count.unwrap_or(0)
    );
    Ok(())
}

/// Runs a command to its end: CPU seconds, and how many findings it wrote (0 for other programs).
fn cpu(command: &mut Command) -> Result<(f64, u64), Error> {
    let before = children()?;
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut out = child.stdout.take().ok_or("no output")?;
    let mut tail = Vec::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let n = out.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        tail.extend_from_slice(&buffer[..n]);
        tail.drain(..tail.len().saturating_sub(400));
    }
    child.wait()?;
    Ok((children()? - before, findings(&String::from_utf8_lossy(&tail))))
}

/// The sum of the summary's counts, which end the output.
fn findings(tail: &str) -> u64 {
    let count = |name: &str| {
        let after = tail.rsplit_once(name)?.1;
        after[..after.find([',', '}'])?].parse::<u64>().ok()
    };
    ["\"errors\":", "\"warnings\":", "\"notes\":"].iter().filter_map(|n| count(n)).sum()
}

/// CPU seconds of all finished child processes, from the process's own accounting.
fn children() -> Result<f64, Error> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after = stat.rsplit_once(')').ok_or("odd /proc/self/stat")?.1;
    let ticks: u64 = after.split_whitespace().skip(13).take(2).map(|n| n.parse::<u64>().unwrap_or(0)).sum();
    Ok(ticks as f64 / 100.0)
}

fn read_all(path: &Path) -> Result<(), Error> {
    let mut buffer = vec![0; 512 << 10];
    for entry in walkdir::WalkDir::new(path) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let mut file = fs::File::open(entry.path())?;
            while file.read(&mut buffer)? > 0 {}
        }
    }
    Ok(())
}

fn size(path: &Path) -> Result<u64, Error> {
    walkdir::WalkDir::new(path).into_iter().try_fold(0, |sum, e| Ok(sum + e?.metadata().map(|m| if m.is_file() { m.len() } else { 0 })?))
}

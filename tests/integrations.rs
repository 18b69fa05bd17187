//! What docs/ci.md tells people to do, done: the action's steps under bash, the hook's command, GitLab's script, make and
//! npm, the problem matchers, and `ombud watch`.
#![cfg(unix)]

#[path = "common/program.rs"]
mod program;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use program::{folder, ombud};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("it is there")
}

/// The folder of the built program, first on the path.
fn path() -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_ombud")).parent().expect("a folder").display().to_string();
    format!("{bin}:{}", std::env::var("PATH").unwrap_or_default())
}

fn shell(folder: &Path, command: &str, env: &[(&str, &str)]) -> Output {
    let mut bash = Command::new("bash");
    for name in ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_PATH", "OMBUD_LANG", "LC_ALL", "LANG"] {
        bash.env_remove(name);
    }
    bash.args(["-c", command]).current_dir(folder).env("PATH", path()).envs(env.iter().copied()).output().expect("bash is there")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn site(bad: bool) -> tempfile::TempDir {
    let text: &[u8] = if bad { b"# Hej\n\npnr 800102-2386\n" } else { b"# Hej\n\nBiblioteket har nya tider.\n" };
    folder(&[("content/a.md", text)])
}

fn action(step: &str) -> String {
    format!("bash {}/ci/{step}.sh", root().display())
}

#[test]
fn the_action_takes_a_release_and_no_other_than_it_was_told() {
    let dir = folder(&[("ombud", b"#!/bin/sh\necho ombud test\n")]);
    assert_eq!(code(&shell(dir.path(), "chmod +x ombud && tar -czf ombud.tar.gz ombud && rm ombud", &[])), 0);
    let archive = dir.path().join("ombud.tar.gz").display().to_string();
    let paths = dir.path().join("paths").display().to_string();
    let env = [("OMBUD_ARCHIVE", archive.as_str()), ("RUNNER_TEMP", dir.path().to_str().expect("UTF-8")), ("GITHUB_PATH", &paths)];
    let done = shell(dir.path(), &action("install"), &env);
    assert!(code(&done) == 0 && out(&done).contains("ombud test"), "{}", out(&done));
    let bin = fs::read_to_string(&paths).expect("the path was told");
    assert!(Path::new(bin.trim()).join("ombud").is_file());
    let zeros = "0".repeat(64);
    let wrong = [&env[..], &[("OMBUD_SHA256", zeros.as_str())]].concat();
    assert_ne!(code(&shell(dir.path(), &action("install"), &wrong)), 0);
}

#[test]
fn the_action_checks_and_says_how_it_went() {
    for (bad, status) in [(true, 1), (false, 0)] {
        let dir = site(bad);
        let place = |name: &str| dir.path().join(name).display().to_string();
        let (summary, outputs) = (place("summary.md"), place("outputs"));
        let env = [
            ("OMBUD_PATHS", "content"),
            ("OMBUD_SARIF", "ombud.sarif"),
            ("OMBUD_FAIL_ON", "error"),
            ("GITHUB_STEP_SUMMARY", summary.as_str()),
            ("GITHUB_OUTPUT", &outputs),
        ];
        let done = shell(dir.path(), &action("check"), &env);
        assert_eq!(code(&done), status, "{}", out(&done));
        assert_eq!(out(&done).contains("::error file=content/a.md,line=3"), bad, "{}", out(&done));
        assert_eq!(fs::read_to_string(&outputs).expect("outputs"), format!("status={status}\nsarif=ombud.sarif\n"));
        assert!(fs::read_to_string(&summary).expect("a summary").starts_with("### ombud"));
        serde_json::from_slice::<serde_json::Value>(&fs::read(place("ombud.sarif")).expect("SARIF")).expect("JSON");
    }
    // The steps of action.yml are these scripts.
    assert!(file("action.yml").contains("ci/install.sh") && file("action.yml").contains("ci/check.sh"));
}

#[test]
fn gitlab_runs_the_job_as_written() {
    let job = file("ci/gitlab-ci.yml");
    let script: Vec<&str> = job.lines().filter_map(|l| l.strip_prefix("    - ")).collect();
    assert_eq!(script.len(), 1);
    assert!(file("docs/ci.md").contains(script[0]), "the page shows the job");
    for (bad, status) in [(true, 1), (false, 0)] {
        let dir = site(bad);
        assert_eq!(code(&shell(dir.path(), script[0], &[])), status);
        let issues = fs::read(dir.path().join("gl-code-quality-report.json")).expect("a report");
        let issues: serde_json::Value = serde_json::from_slice(&issues).expect("JSON");
        assert_eq!(issues.as_array().map(Vec::is_empty), Some(!bad));
        assert!(dir.path().join("ombud-junit.xml").is_file());
    }
}

#[test]
fn the_build_waits_for_the_check() {
    for (bad, status) in [(true, 2), (false, 0)] {
        let dir = site(bad);
        fs::copy(root().join("ci/Makefile"), dir.path().join("Makefile")).expect("a copy");
        assert_eq!(code(&shell(dir.path(), "make --silent check", &[])), status, "make's own status of a failed rule is 2");
        assert_eq!(
            code(&shell(
                dir.path(),
                "PATH=$PWD/bin:$PATH; mkdir bin; printf '#!/bin/sh\\ntouch built\\n' > bin/hugo; chmod +x bin/hugo; make --silent build",
                &[]
            )),
            status
        );
        assert_eq!(dir.path().join("built").exists(), !bad);
        if code(&shell(dir.path(), "command -v npm", &[])) == 0 {
            fs::copy(root().join("ci/package.json"), dir.path().join("package.json")).expect("a copy");
            let npm = shell(dir.path(), "npm run --silent check", &[("npm_config_update_notifier", "false")]);
            assert_eq!(code(&npm), i32::from(bad), "{}", out(&npm));
        }
    }
}

/// The values of `key: value` in the hooks' file.
fn hooks(key: &str) -> Vec<String> {
    let key = format!("  {key}: ");
    file(".pre-commit-hooks.yaml").lines().filter_map(|l| l.strip_prefix(&key)).map(str::to_owned).collect()
}

#[test]
fn the_hooks_command_blocks_a_number_and_lets_the_rest_pass() {
    let entries = hooks("entry");
    assert_eq!((entries.len(), hooks("language")), (2, vec!["rust".to_owned(), "system".to_owned()]));
    for entry in entries {
        for (bad, status) in [(true, 1), (false, 0)] {
            let dir = site(bad);
            fs::write(dir.path().join("ombud.toml"), "exclude = [\"gammalt/**\"]\n").expect("a file");
            fs::create_dir(dir.path().join("gammalt")).expect("a folder");
            fs::write(dir.path().join("gammalt/b.md"), "pnr 800102-2386\n").expect("a file");
            // Every staged file is named, also those that the configuration leaves out.
            let done = shell(dir.path(), &format!("{entry} content/a.md gammalt/b.md ombud.toml"), &[]);
            assert_eq!(code(&done), status, "{}", out(&done));
            assert!(!out(&done).contains("gammalt") && !out(&done).contains("2386"));
            assert_eq!(code(&shell(dir.path(), &format!("{entry} gammalt/b.md"), &[])), 0);
        }
    }
}

#[test]
fn the_hook_without_pre_commit_stands_as_written() {
    let page = file("docs/ci.md");
    let hook = page.split("```sh\n").nth(1).and_then(|b| b.split("```").next()).expect("the hook is on the page");
    let dir = site(true);
    let git = "git -c user.name=T -c user.email=t@example.se -c commit.gpgsign=false";
    assert_eq!(code(&shell(dir.path(), "git init --quiet . && git add --all", &[])), 0);
    let place: PathBuf = dir.path().join(".git/hooks/pre-commit");
    fs::write(&place, hook).expect("a hook");
    assert_eq!(code(&shell(dir.path(), &format!("chmod +x {}", place.display()), &[])), 0);
    assert_ne!(code(&shell(dir.path(), &format!("{git} commit --quiet -m Nytt"), &[])), 0, "blocked");
    fs::write(dir.path().join("content/a.md"), "Hej.\n").expect("a page");
    assert_ne!(code(&shell(dir.path(), &format!("{git} commit --quiet -m Nytt"), &[])), 0, "what is staged has not changed");
    assert_eq!(code(&shell(dir.path(), &format!("git add --all && {git} commit --quiet -m Nytt"), &[])), 0);
}

#[test]
fn the_problem_matcher_of_the_page_reads_compact_lines() {
    let page = file("docs/ci.md");
    let pattern = page.split("\"regexp\": \"").nth(1).and_then(|p| p.split("\",").next()).expect("a pattern").replace("\\\\", "\\");
    let pattern = regex::Regex::new(&pattern).expect("a pattern");
    let dir = site(true);
    let run = ombud(dir.path(), &["check", "--no-config", "--format", "compact", "."], b"");
    let line = run.stdout.lines().find(|l| l.contains("OMB101")).expect("a finding");
    let parts = pattern.captures(line).expect("the matcher takes it");
    assert_eq!((1..6).map(|i| &parts[i]).collect::<Vec<_>>(), ["content/a.md", "3", "5", "error", "OMB101"]);
    if code(&shell(dir.path(), "command -v vim", &[])) == 0 {
        let format = page.lines().find_map(|l| l.strip_prefix("set errorformat=")).expect("Vim's format");
        fs::write(dir.path().join("lines.txt"), &run.stdout).expect("a file");
        let script = format!(
            "set errorformat={format}\ncgetfile lines.txt\nlet q = filter(getqflist(), 'v:val.valid')\nlet r = map(copy(q), 'bufname(v:val.bufnr) . \":\" . v:val.lnum . \":\" . v:val.col . \":\" . v:val.type')\ncall writefile(r, 'quickfix.txt')\nqall!\n"
        );
        fs::write(dir.path().join("script.vim"), script).expect("a file");
        shell(dir.path(), "vim -N -u NONE -i NONE -es -S script.vim < /dev/null", &[]);
        let list = fs::read_to_string(dir.path().join("quickfix.txt")).expect("Vim read it");
        assert!(list.lines().any(|l| l == "content/a.md:3:5:e"), "{list}");
    }
}

#[test]
fn watch_checks_again_what_changes() {
    let dir = site(false);
    let mut child = Command::new(env!("CARGO_BIN_EXE_ombud"))
        .args(["watch", "--no-config", "--format", "compact", "--every", "50", "."])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let stdout = child.stdout.take().expect("piped");
    let (send, lines) = mpsc::channel();
    std::thread::spawn(move || BufReader::new(stdout).lines().map_while(Result::ok).for_each(|l| drop(send.send(l))));
    let next = |what: &str| loop {
        let line = lines.recv_timeout(Duration::from_secs(20)).unwrap_or_else(|_| panic!("no line with {what}"));
        if line.contains(what) {
            return line;
        }
    };
    next("1 fil läst");
    fs::write(dir.path().join("content/a.md"), "# Hej\n\npnr 800102-2386 nu\n").expect("a page");
    next("ändrat: content/a.md");
    let line = next("OMB101");
    assert!(line.starts_with("content/a.md:3:5") && !line.contains("2386"));
    next("1 fel");
    fs::write(dir.path().join("content/b.md"), "Hej igen.\n").expect("a page");
    next("ändrat: content/b.md");
    next("0 fel");
    child.kill().expect("it ends");
    let _ = child.wait();
}

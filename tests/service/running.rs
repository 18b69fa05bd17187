//! A running service, and requests to it byte by byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

pub(crate) struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    first: String,
    port: u16,
    token: String,
}

pub(crate) fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ombud"));
    command.args(args).env("OMBUD_LANG", "sv");
    command
}

impl Running {
    pub(crate) fn start(args: &[&str]) -> Self {
        Self::start_in(&std::env::temp_dir(), args)
    }

    /// Starts a service whose working and temporary folder is `folder`.
    pub(crate) fn start_in(folder: &Path, args: &[&str]) -> Self {
        let mut command = program(&["serve", "--port", "0", "--no-config"]);
        command.args(args).current_dir(folder).env("TMPDIR", folder).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut first = String::new();
        out.read_line(&mut first).expect("it says where it is");
        let (address, token) = first.trim().split_once("http://").expect("an address").1.split_once("/#token=").expect("a token");
        let port = address.rsplit_once(':').expect("a port").1.parse().expect("a number");
        Self { token: token.to_owned(), port, child, out, first }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(8))).expect("a timeout");
        stream
    }

    pub(crate) fn request_without_token(&self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Vec<u8> {
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", self.port);
        if method == "POST" {
            text += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        }
        for (name, value) in more {
            text += &format!("{name}: {value}\r\n");
        }
        (text + "\r\n" + body).into_bytes()
    }

    pub(crate) fn request(&self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Vec<u8> {
        let bearer = format!("Bearer {}", self.token);
        self.request_without_token(method, path, &[&[("Authorization", bearer.as_str())], more].concat(), body)
    }

    pub(crate) fn ask(&self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> String {
        self.raw(&self.request(method, path, &[&[("Connection", "close")], more].concat(), body))
    }

    /// Sends bytes and reads all that comes back.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // A service that has heard enough may close before all is written.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Ends it as a shell would, and gives all that it printed.
    pub(crate) fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        let mut all = std::mem::take(&mut self.first);
        self.out.read_to_string(&mut all).expect("text");
        self.child.stderr.take().expect("piped").read_to_string(&mut all).expect("text");
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0), "{all}");
        all
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The status code of an answer; 0: none came.
pub(crate) fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}

pub(crate) fn json(answer: &str) -> serde_json::Value {
    let body = answer.split_once("\r\n\r\n").expect("a body").1;
    serde_json::from_str(body).unwrap_or_else(|e| panic!("{e}: {answer}"))
}

//! The service against a hostile client: who may ask, what is understood, what is cut off, what is left behind.

mod probes;
mod running;

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use running::{Running, status};

const DRAFT: &str = r#"{"text":"Sökandens personnummer är 800102-2386.","channel":"facebook","offsets":"utf16"}"#;

#[test]
fn a_draft_is_checked() {
    let service = Running::start(&[]);
    let answer = service.ask("POST", "/v1/check", &[], DRAFT);
    assert_eq!(status(&answer), 200, "{answer}");
    let json = running::json(&answer);
    assert_eq!(json["schema"], "ombud-check/1");
    let finding = &json["findings"][0];
    assert_eq!((&finding["rule"], &finding["start"], &finding["end"]), (&"OMB101".into(), &26.into(), &37.into()));
    assert!(!answer.contains("800102-2386"), "the value does not come back");
}

#[test]
fn a_file_is_checked_as_the_program_does() {
    let service = Running::start(&[]);
    // "# Rubrik\n\nRing 070-174 06 12.\n"
    let body = r#"{"content":"IyBSdWJyaWsKClJpbmcgMDcwLTE3NCAwNiAxMi4K","name":"utkast.md","channel":"facebook"}"#;
    let json = running::json(&service.ask("POST", "/v1/check", &[], body));
    assert_eq!((&json["findings"][0]["kind"], &json["findings"][0]["line"]), (&"phone".into(), &3.into()));
    let mut program = running::program(&["check", "-", "--name", "utkast.md", "--channel", "facebook", "--format", "json", "--no-config"]);
    let mut child = program.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"# Rubrik\n\nRing 070-174 06 12.\n").unwrap();
    let own: serde_json::Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(json, own);
}

#[test]
fn hostile_requests_are_refused() {
    let service = Running::start(&[]);
    let mut wrong = Vec::new();
    let all = probes::all(&service);
    assert!(all.len() >= 57, "{} probes", all.len());
    for probe in all {
        let answer = service.raw(&probe.bytes);
        let seen = status(&answer);
        if !probe.expected.contains(&seen) {
            wrong.push(format!("{}: {seen}, expected {:?}\n{answer}", probe.name, probe.expected));
        }
        if answer.to_ascii_lowercase().contains("access-control-allow") {
            wrong.push(format!("{}: lets other sites read", probe.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(status(&service.ask("GET", "/v1/health", &[], "")), 200, "and it is still there");
}

#[test]
fn requests_may_follow_one_another_and_come_in_pieces() {
    let service = Running::start(&[]);
    let one = service.request("POST", "/v1/check", &[], DRAFT);
    let two = service.request("GET", "/v1/health", &[("Connection", "close")], "");
    let both = service.raw(&[one.clone(), two].concat());
    assert_eq!(both.matches("HTTP/1.1 200 OK").count(), 2, "{both}");
    let mut stream = service.connect();
    for piece in one.chunks(40) {
        stream.write_all(piece).unwrap();
        std::thread::sleep(Duration::from_millis(2));
    }
    let mut first = [0; 15];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
}

#[test]
fn slow_requests_are_cut_off_and_stop_nobody() {
    let service = Running::start(&[]);
    let start = Instant::now();
    // Heads that never end, and bodies of which a byte comes now and then.
    let head = service.request("POST", "/v1/check", &[], &"x".repeat(1000));
    let mut slow: Vec<_> = (0..200)
        .map(|i| {
            let mut stream = service.connect();
            let part: &[u8] = if i % 2 == 0 { b"GET / HTTP/1.1\r\nHost: a" } else { &head[..head.len() - 990] };
            stream.write_all(part).unwrap();
            stream
        })
        .collect();
    let asked = Instant::now();
    assert_eq!(status(&service.ask("POST", "/v1/check", &[], DRAFT)), 200);
    assert!(asked.elapsed() < Duration::from_secs(1), "others wait {:?}", asked.elapsed());
    while start.elapsed() < Duration::from_secs(13) {
        std::thread::sleep(Duration::from_millis(1500));
        for stream in &mut slow {
            let _ = stream.write_all(b"x");
        }
    }
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        let mut rest = Vec::new();
        let end = stream.read_to_end(&mut rest);
        let timed_out = end.is_err_and(|e| matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut));
        assert!(!timed_out, "a slow connection is still open after {:?}", start.elapsed());
        assert!(!rest.starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn nothing_is_left_behind() {
    let temp = tempfile::tempdir().unwrap();
    let service = Running::start_in(temp.path(), &[]);
    for i in 0..20 {
        assert_eq!(status(&service.ask("POST", "/v1/check", &[], &DRAFT.replace("är", &format!("{i} är")))), 200);
    }
    service.ask("POST", "/v1/check", &[], "{\"text\": \"800102-2386");
    let printed = service.stop();
    assert!(!printed.contains("800102"), "{printed}");
    let left: Vec<_> = std::fs::read_dir(temp.path()).unwrap().flatten().map(|e| e.path()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn it_listens_on_loopback_alone() {
    let service = Running::start(&[]);
    let table = std::fs::read_to_string(format!("/proc/{}/net/tcp", service.id())).unwrap_or_default();
    let port = format!(":{:04X}", service.port());
    let mine: Vec<_> = table.lines().filter(|line| line.split_whitespace().nth(1).is_some_and(|at| at.ends_with(&port))).collect();
    assert!(mine.iter().all(|line| line.contains("0100007F:")), "{mine:?}");
}

#[test]
fn it_ends_when_told_to() {
    let service = Running::start(&[]);
    let mut idle = service.connect();
    idle.write_all(&service.request("GET", "/v1/health", &[], "")).unwrap();
    let start = Instant::now();
    assert!(service.stop().contains("http://127.0.0.1:"));
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
}

#[test]
fn presidio_requests_are_answered() {
    let service = Running::start(&[]);
    // Shaped as in Presidio's own description of its interface.
    let body = r#"{"text":"Åsa 👋 heter Torbjörn Edvardsson, ring 070-174 06 12","language":"sv","score_threshold":0.5,"entities":["PERSON","PHONE_NUMBER"],"return_decision_process":false}"#;
    let path = format!("/{}/analyze", service.token());
    let answer = service.raw(&service.request_without_token("POST", &path, &[], body));
    assert_eq!(status(&answer), 200, "{answer}");
    let rows = running::json(&answer);
    let phone = rows.as_array().unwrap().iter().find(|row| row["entity_type"] == "PHONE_NUMBER").expect("a number");
    let text: Vec<char> = "Åsa 👋 heter Torbjörn Edvardsson, ring 070-174 06 12".chars().collect();
    let at = |key: &str| usize::try_from(phone[key].as_u64().unwrap()).unwrap();
    assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), "070-174 06 12");
    assert!(phone["score"].as_f64().unwrap() > 0.5 && phone["analysis_explanation"].is_null());
    let many = running::json(&service.ask("POST", "/analyze", &[], r#"{"text":["Ring 070-174 06 12","Hej"],"language":"en"}"#));
    assert_eq!((many[0].as_array().unwrap().len(), many[1].as_array().unwrap().len()), (1, 0));
    let names = running::json(&service.ask("GET", "/supportedentities?language=sv", &[], ""));
    assert!(names.as_array().unwrap().contains(&"SE_PERSONNUMMER".into()));
    assert!(!running::json(&service.ask("GET", "/recognizers", &[], "")).as_array().unwrap().is_empty());
    let unknown = service.ask("POST", "/analyze", &[], r#"{"text":"a","language":"en","entities":["NO_SUCH"]}"#);
    assert_eq!(status(&unknown), 400);
    assert!(running::json(&unknown)["error"].is_string());
}

#[test]
fn the_description_names_every_path() {
    let service = Running::start(&[]);
    let described = running::json(&service.ask("GET", "/openapi.json", &[], ""));
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let body = if method == "post" { r#"{"text":"Hej"}"# } else { "" };
            let answer = service.ask(&method.to_uppercase(), path, &[], body);
            assert_eq!(status(&answer), 200, "{method} {path}\n{answer}");
        }
    }
    for path in ["/", "/page.css", "/page.js", "/engine.js"] {
        let answer = service.raw(&service.request_without_token("GET", path, &[("Connection", "close")], ""));
        assert_eq!(status(&answer), 200, "{path}");
        assert!(answer.contains("default-src 'none'") && answer.contains("nosniff"), "{path}");
    }
}

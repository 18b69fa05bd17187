//! The program must not leak what it finds: marked values go through every format, output and fault, and nothing of what
//! comes out may hold them, in any of the forms a value takes on its way.

#[path = "common/drafts.rs"]
mod drafts;
#[path = "common/program.rs"]
mod program;

use ombud::{Kind, Rulebook};
use program::{Run, folder, ombud};

/// A kind, a value and how a draft speaks of it.
const VALUES: [(&str, &str, &str); 12] = [
    ("personnummer", "800102-2386", "personnummer "),
    ("personnummer", "19800825-2390", "pnr "),
    ("personnummer", "197802232384", "Sökandens personnummer är "),
    ("personnummer", "800060-2394", "samordningsnummer "),
    ("personnummer", "580404+3643", "pnr: "),
    ("phone", "070-174 06 12", "Ring mig på "),
    ("phone", "+46 70 174 06 15", "Ring "),
    ("phone", "0701740613", "mobil "),
    ("email", "asa.ostrom@example.se", "Skriv till "),
    ("email", "åsa.öström@example.org", "mejla "),
    ("person", "Torbjörn Edvardsson", "Sökande är "),
    ("person", "Åsa-Märta Öström", "Kontakta "),
];

/// The values whose kind has a detector; what nobody looks for cannot be masked.
fn values() -> Vec<(&'static str, &'static str)> {
    let book = Rulebook::built_in();
    let known = |kind: &str| Kind::from_name(kind).is_some_and(|k| book.rule(k).is_some());
    VALUES.into_iter().filter(|(kind, ..)| known(kind)).map(|(_, value, cue)| (value, cue)).collect()
}

/// One draft of each format that the program reads, with `value` in every sort of place.
fn sources(value: &str, cue: &str) -> Vec<(String, Vec<u8>)> {
    let said = format!("{cue}{value}");
    let json = serde_json::json!({ "text": said, "image": { "alt": said }, "list": [said] }).to_string();
    let board = serde_json::json!({
        "lists": [{ "id": "5f0000000000000000000001", "name": format!("Facebook {said}") }],
        "cards": [{ "name": said, "desc": format!("# {said}\n\n![{said}](a.jpg)"), "idList": "5f0000000000000000000001", "due": "2026-02-12T06:30:00.000Z",
            "attachments": [{ "name": said }], "labels": [{ "name": said }] }],
        "checklists": [{ "idCard": "x", "name": said, "checkItems": [{ "name": said }] }],
        "members": [{ "fullName": value }], "actions": [{ "data": { "text": said, "old": { "desc": said } } }]
    });
    let entities: String =
        value.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect();
    let pad = |n: usize| "Ett ord till. ".repeat(n);
    let mut all = vec![
        ("utkast.txt".into(), format!("{said}\n\n{said}. {}{said} och {said}\n{}{said}", pad(6), pad(40)).into_bytes()),
        (
            "utkast.md".into(),
            format!("---\ntitle: {said}\ningress: '{said}'\n---\n# {said}\n\n![{said}](a.jpg \"{said}\") {said}\n\n- {said}\n")
                .into_bytes(),
        ),
        (
            "sida.html".into(),
            format!("<title>{said}</title><p>{cue}{entities}</p><img alt=\"{said}\" title='{cue}{entities}'><!-- {said} -->").into_bytes(),
        ),
        (
            "undantag.md".into(),
            format!("{said} <!-- ombud:ignore OMB101 OMB201 OMB204 OMB301 skäl=\"{said}\" till=\"{said}\" -->\n\n{said} <!-- ombud:ignore OMB101 OMB102 OMB201 OMB204 OMB301 OMB304 skäl=\"{said}\" -->\n")
                .into_bytes(),
        ),
        ("data.json".into(), json.clone().into_bytes()),
        ("flykt.json".into(), drafts::escaped(&json).into_bytes()),
        ("rader.jsonl".into(), format!("{json}\n{{\"text\": \"{said}\n{json}\n").into_bytes()),
        ("tavla.json".into(), board.to_string().into_bytes()),
        ("trasig.json".into(), format!("{{\"text\": \"{said}\", \"alt\": \"{said}").into_bytes()),
        ("trasig.txt".into(), [said.as_bytes(), b" \xFF\xFE\xC3 ", said.as_bytes()].concat()),
        ("utf16.txt".into(), [0xFF, 0xFE].into_iter().chain(said.encode_utf16().flat_map(u16::to_le_bytes)).collect()),
    ];
    // On the border of what a snippet shows.
    for gap in [60, 76, 84, 90, 96, 110] {
        all.push((format!("kant-{gap}.txt"), format!("{said}.{}{said}", " och".repeat(gap / 4)).into_bytes()));
    }
    all
}

/// The forms that `value` takes in outputs and on the way to them.
fn forms(value: &str) -> Vec<String> {
    let mut all =
        vec![value.to_owned(), value.to_lowercase(), value.to_uppercase(), drafts::escaped(value), drafts::escaped(value).to_uppercase()];
    let percent = |keep: &[u8]| -> String {
        let plain = |b: u8| b.is_ascii_alphanumeric() || keep.contains(&b);
        value.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
    };
    all.extend([percent(b"-._~"), percent(b"-._~@+"), percent(b"-._~").to_lowercase(), value.replace(' ', "+")]);
    all.push(value.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect());
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 6 {
        all.push(digits);
    } else {
        // A part of a name or address tells enough.
        all.extend(value.split([' ', '@', '.', '-']).filter(|part| part.chars().count() > 4 && *part != "example").map(str::to_owned));
    }
    all.sort();
    all.dedup();
    all
}

/// Fails if `run` holds `value` in any form; says where, never what.
fn assert_silent(run: &Run, value: &str, what: &str) {
    for (stream, text) in [("stdout", &run.stdout), ("stderr", &run.stderr)] {
        let joined: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{a0}' | '\n' | '+' | '│')).collect();
        for (n, form) in forms(value).iter().enumerate() {
            let is_digits = form.bytes().all(|b| b.is_ascii_digit());
            let at = if is_digits { joined.find(form.as_str()) } else { text.find(form.as_str()) };
            if let Some(at) = at {
                let (line, near) = if is_digits { (0, "joined") } else { (text[..at].matches('\n').count() + 1, "line") };
                panic!("{what}: value of {} bytes, form {n}, in {stream} {near} {line}", value.len());
            }
        }
        // The birth number alone: the part of a personnummer that is not the date.
        if let Some((_, serial)) = value.split_once(['-', '+']).filter(|(date, serial)| serial.len() == 4 && date.len() >= 6) {
            assert!(!text.contains(&format!("-{serial}")) && !text.contains(&format!("*{serial}")), "{what}: the last four in {stream}");
        }
    }
}

const FORMATS: [&str; 12] =
    ["human", "narrated", "compact", "json", "jsonl", "sarif", "github", "gitlab", "rdjsonl", "junit", "checkstyle", "markdown"];

#[test]
fn no_output_of_check_holds_a_value() {
    for (value, cue) in values() {
        let sources = sources(value, cue);
        let files: Vec<(&str, &[u8])> = sources.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let dir = folder(&files);
        for format in FORMATS {
            for more in [
                &["--policy", "granskning", "--sensitivity", "high"][..],
                &["--channel", "facebook"],
                &["--lang", "en", "--policy", "strikt"],
            ] {
                let run = ombud(dir.path(), &[&["check", "--no-config", "--format", format, "."], more].concat(), b"");
                assert_eq!(run.status, 2, "the broken sources are told");
                assert!(run.stdout.contains("OMB"), "{format}: something was found");
                assert_silent(&run, value, &format!("check --format {format} {more:?}"));
            }
        }
    }
}

/// The files of a folder as text; a workbook's parts unpacked.
fn texts(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a file");
        if name.ends_with(".xlsx") {
            let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
            for i in 0..book.len() {
                let mut part = book.by_index(i).expect("a part");
                let mut text = String::new();
                std::io::Read::read_to_string(&mut part, &mut text).expect("XML");
                all.push((format!("{name}/{i}.xml"), text));
            }
        } else {
            all.push((name, String::from_utf8(bytes).expect("UTF-8")));
        }
    }
    all
}

#[test]
fn no_file_of_an_audit_holds_a_value() {
    for (value, cue) in values() {
        let mut sources = sources(value, cue);
        // Names of sources hold values too.
        if value.is_ascii() && !value.contains('@') {
            sources.push((format!("webb/{value}.txt"), format!("{cue}{value}").into_bytes()));
            sources.push((format!("{value}/a.md"), format!("{cue}{value} 2020-01-02").into_bytes()));
        }
        let files: Vec<(&str, &[u8])> = sources.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let dir = folder(&files);
        for lang in ["sv", "en"] {
            let out = tempfile::tempdir().expect("a folder");
            let at = |name: &str| out.path().join(name).to_str().expect("UTF-8").to_owned();
            let (report, store, key) = (at("rapport"), at("lager"), at("nyckel"));
            let args =
                ["audit", ".", "--output", &report, "--store", &store, "--key", &key, "--sample", "100", "--lang", lang, "--no-config"];
            let run = ombud(dir.path(), &args, b"");
            assert_eq!(run.status, 2, "the broken sources are told: {}", run.stderr.len());
            assert_silent(&run, value, "audit");
            let files: Vec<_> = [texts(&out.path().join("rapport")), texts(&out.path().join("lager"))].concat();
            assert!(files.len() > 12 && files.iter().all(|(_, text)| !text.is_empty()), "all files are there");
            for (name, text) in files {
                // Numbers of rows and marks are not looked through as one long number.
                let text = if name.ends_with(".xml") || name.ends_with(".rels") {
                    text.replace('<', "\u{1}<")
                } else {
                    text.replace(['"', ';', ','], "\u{1}")
                };
                assert_silent(&Run { status: 0, stdout: text, stderr: String::new() }, value, &format!("audit, {name}"));
            }
        }
    }
}

#[test]
fn no_baseline_holds_a_value() {
    for (value, cue) in values() {
        let sources = sources(value, cue);
        let files: Vec<(&str, &[u8])> = sources.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let dir = folder(&files);
        let run = ombud(dir.path(), &["baseline", "create", "--policy", "granskning", "--sensitivity", "high", "."], b"");
        assert_eq!(run.status, 2, "the broken sources are told");
        assert_silent(&run, value, "baseline create");
        let text = std::fs::read_to_string(dir.path().join("ombud-baseline.jsonl")).expect("a baseline");
        assert!(text.contains("OMB"));
        assert_silent(&Run { status: 0, stdout: text, stderr: String::new() }, value, "the baseline");
        assert_silent(&ombud(dir.path(), &["baseline", "show"], b""), value, "baseline show");
    }
}

#[test]
fn neither_a_proposal_nor_a_redacted_source_holds_a_value() {
    for (value, cue) in values() {
        for (name, bytes) in sources(value, cue) {
            let dir = folder(&[(name.as_str(), bytes.as_slice())]);
            let run = ombud(dir.path(), &["fix", "--no-config", "--policy", "strikt", "--sensitivity", "high", "."], b"");
            assert_silent(&run, value, &format!("fix {name}"));
            let run = ombud(dir.path(), &["redact", "--no-config", &name], b"");
            assert_silent(&run, value, &format!("redact {name}"));
        }
    }
}

#[test]
fn no_source_alone_holds_a_value_either() {
    // Alone, so that every finding is shown in full.
    for (value, cue) in values() {
        for (name, bytes) in sources(value, cue) {
            let dir = folder(&[(name.as_str(), bytes.as_slice())]);
            let run = ombud(dir.path(), &["check", "--no-config", "--policy", "granskning", "."], b"");
            assert_silent(&run, value, &name);
            let ending = name.rsplit_once('.').map_or("", |(_, e)| e);
            let read_as = match ending {
                "md" => "markdown",
                "txt" => "text",
                other => other,
            };
            let run = ombud(dir.path(), &["check", "--no-config", "--as", read_as, "-"], &bytes);
            assert_silent(&run, value, &format!("{name} on standard input"));
        }
    }
}

#[test]
fn values_side_by_side_are_all_masked() {
    let all: Vec<String> = values().iter().map(|(value, cue)| format!("{cue}{value}")).collect();
    let dir = folder(&[("utkast.txt", all.join(", ").as_bytes()), ("tabell.md", format!("| {} |\n", all.join(" | ")).as_bytes())]);
    for format in FORMATS {
        let run = ombud(dir.path(), &["check", "--no-config", "--policy", "granskning", "--format", format, "."], b"");
        assert_eq!(run.status, 1);
        for (value, _) in values() {
            assert_silent(&run, value, &format!("side by side, --format {format}"));
        }
    }
}

#[test]
fn detect_gives_no_values_unless_asked() {
    for (value, cue) in values() {
        let line = |text: &str| serde_json::json!({ "id": 1, "text": text }).to_string();
        let said = format!("{cue}{value}");
        let input = format!(
            "{}\n{{\"id\": 2, \"text\": \"{said}\n{said}\n{{\"id\": 3, \"txet\": \"{said}\"}}\n{{\"text\":\"{said}\",\"format\":\"{value}\"}}\n",
            line(&said)
        );
        let dir = folder(&[]);
        let run = ombud(dir.path(), &["detect"], input.as_bytes());
        assert_eq!((run.status, run.stderr.lines().count()), (2, 4), "{}", run.stderr.len());
        assert!(run.stdout.contains("\"kind\""), "something was found");
        assert_silent(&run, value, "detect");
        let run = ombud(dir.path(), &["detect", "--values"], format!("{}\n", line(&said)).as_bytes());
        assert!(run.stdout.contains(value), "--values is the one way to ask");
    }
}

#[test]
fn faults_in_a_configuration_quote_no_value() {
    for (value, cue) in values() {
        for config in [
            format!("[own]\nswitchbords = [\"{cue}{value}\"]\n"),
            format!("[own]\nswitchboards = [\"{cue}{value}\", 12]\n"),
            format!("organisation = \"{cue}{value}\nlanguage = \"sv\"\n"),
            format!("extends = \"{cue}{value}\"\n"),
            format!("[paths]\n\"{cue}{value}/**\" = \"fejsbok\"\n"),
            format!("[paths]\n\"a/**\" = \"{cue}{value}\"\n"),
            format!("[severity]\n\"{cue}{value}\" = {{ web = \"error\" }}\n"),
            format!("exclude = [\"[{cue}{value}\"]\n"),
        ] {
            let dir = folder(&[("ombud.toml", config.as_bytes()), ("a.txt", b"Hej.\n")]);
            let run = ombud(dir.path(), &["check", "--config", "ombud.toml", "a.txt"], b"");
            assert_eq!(run.status, 2, "{}", run.stderr.len());
            assert_silent(&run, value, &format!("a fault in ombud.toml: {}", config.replace(value, "…")));
        }
    }
}

#[test]
fn names_of_rules_channels_and_packs_are_not_echoed_as_values() {
    for (value, cue) in values() {
        let said = format!("{cue}{value}");
        let dir = folder(&[("a.txt", b"Hej.\n")]);
        for args in [&["explain", &said][..], &["check", "--no-config", "--channel", &said], &["check", "--no-config", "--policy", &said]] {
            let run = ombud(dir.path(), args, b"");
            assert_eq!(run.status, 2);
            assert_silent(&run, value, args[args.len() - 2]);
        }
    }
}

#[test]
fn keys_of_a_json_source_are_masked_in_places() {
    for (value, cue) in values() {
        let json = serde_json::json!({ format!("{cue}{value}"): { value: format!("{cue}{value}") } }).to_string();
        let md = format!("---\n{value}: pnr 800102-2386\n---\nText.\n");
        let dir = folder(&[("data.json", json.as_bytes()), ("utkast.md", md.as_bytes())]);
        for format in FORMATS {
            let run = ombud(dir.path(), &["check", "--no-config", "--policy", "granskning", "--format", format, "."], b"");
            assert_silent(&run, value, &format!("a key, --format {format}"));
        }
    }
}

#[test]
fn reveal_is_refused_where_nobody_watches() {
    let dir = folder(&[("a.txt", b"pnr 800102-2386\n")]);
    for format in FORMATS {
        let run = ombud(dir.path(), &["check", "--no-config", "--reveal", "--format", format, "a.txt"], b"");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        assert_silent(&run, "800102-2386", "--reveal");
    }
}

#[test]
fn the_search_sees_a_value_in_every_form() {
    let leak = |text: &str| Run { status: 0, stdout: text.to_owned(), stderr: String::new() };
    let seen = |text: &str, value: &str| std::panic::catch_unwind(|| assert_silent(&leak(text), value, "")).is_err();
    assert!(seen("x 800102-2386", "800102-2386") && seen("id=8001022386;", "800102-2386") && seen("80 01 02 23 86", "800102-2386"));
    assert!(
        seen("\\u00e5sa.\\u00f6str\\u00f6m@example.org", "åsa.öström@example.org")
            && seen("%C3%A5sa.%C3%B6str%C3%B6m%40example.org", "åsa.öström@example.org")
    );
    assert!(seen("****** Edvardsson", "Torbjörn Edvardsson") && seen("******-2386", "800102-2386"));
    assert!(!seen("T******* E********* ******-**** 19******-****", "Torbjörn Edvardsson"));
}

//! Packed and binary formats: the samples of `corpus/formats/`, made by LibreOffice, exiftool and qpdf, and archives put
//! together here. What is found, in which role, at which place is compared with `tests/formats.txt` (`UPDATE=1` writes it);
//! bytes are compared with the parts themselves.

#[path = "common/program.rs"]
mod program;

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write as _};
use std::path::Path;

use program::{Run, folder, ombud};
use serde_json::Value;
use zip::write::SimpleFileOptions;

/// Who and what the samples speak of: nobody else's.
const PLANTED: [&str; 17] = [
    "Torbjörn Edvardsson",
    "Åsa Öström",
    "Märta Ljungqvist",
    "Kalle",
    "070-174 06 05",
    "070-174 06 07",
    "070-174 06 09",
    "070-174 06 11",
    "070-174 06 13",
    "070-174 06 15",
    "070-174 06 17",
    "031-390 06 00",
    "800102-2386",
    "19800825-2390",
    "197802232384",
    "asa.ostrom@example.se",
    "marta.ljungqvist@example.se",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn samples() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(root().join("corpus/formats"))
        .expect("the samples are there")
        .flatten()
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("a file")))
        .filter(|(name, _)| {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            ["docx", "odt", "xlsx", "ods", "pptx", "odp", "pdf", "jpg", "png", "webp", "tiff", "heic", "avif"].contains(&ending)
        })
        .collect();
    all.sort();
    all
}

fn rows(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row[key].as_str().unwrap_or("")
}

fn check(files: &[(&str, &[u8])], more: &[&str]) -> (i32, Vec<Value>) {
    let dir = folder(files);
    let run = ombud(dir.path(), &[&["check", "--no-config", "--policy", "granskning", "--format", "jsonl", "."], more].concat(), b"");
    (run.status, rows(&run))
}

/// The findings that are sure, as `file kind role place`; and sources that were not read.
fn summary(rows: &[Value]) -> String {
    let mut out = String::new();
    for row in rows {
        let is_source = text(row, "type") == "source";
        if is_source && text(row, "status") != "scanned" {
            let _ = writeln!(out, "{} {}: {}", text(row, "path"), text(row, "status"), text(row, "reason"));
        } else if text(row, "confidence") == "high" {
            let _ = writeln!(out, "{} {} {} {}", text(row, "path"), text(row, "kind"), text(row, "role"), text(row, "place"));
        }
    }
    out
}

#[test]
fn every_role_of_every_format_is_read() {
    let samples = samples();
    let files: Vec<(&str, &[u8])> = samples.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (status, rows) = check(&files, &[]);
    assert_eq!(status, 2, "the encrypted and the scanned file are not judged");
    let found = summary(&rows);
    let golden = root().join("tests/formats.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&golden, &found).expect("the golden can be written");
    }
    assert_eq!(found, fs::read_to_string(golden).unwrap_or_default());
}

/// The bytes of a sample's part.
fn part(sample: &[u8], place: &str) -> Vec<u8> {
    let name = place.split('#').next().unwrap_or(place);
    let mut bytes = Vec::new();
    match zip::ZipArchive::new(Cursor::new(sample)) {
        Ok(mut archive) => drop(archive.by_name(name).expect("the part is there").read_to_end(&mut bytes)),
        Err(_) => bytes = sample.to_vec(),
    }
    bytes
}

/// What is left of XML without its tags.
fn words(xml: &str) -> String {
    let mut out = String::new();
    let mut inside = true;
    for c in xml.chars() {
        match c {
            '<' => inside = false,
            '>' => inside = true,
            c if inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&amp;", "&")
}

#[test]
fn bytes_lead_to_the_words_themselves() {
    let mut exact = 0;
    for (name, bytes) in samples() {
        let (_, rows) = check(&[(&name, &bytes)], &[]);
        for row in rows.iter().filter(|r| text(r, "confidence") == "high" && text(r, "kind") != "word") {
            let (start, end) = (row["byte_start"].as_u64().unwrap() as usize, row["byte_end"].as_u64().unwrap() as usize);
            let part = part(&bytes, text(row, "place"));
            let said = part.get(start..end).unwrap_or_else(|| panic!("{name}: {start}..{end} of {}", part.len()));
            let place = text(row, "place");
            // A block is told as a whole where its words are encoded; a cell by its reference to a shared text.
            let is_whole = place.starts_with("exif:") || place.contains("worksheets") || name.ends_with("pdf") || name.ends_with("tiff");
            if !is_whole {
                let said = words(std::str::from_utf8(said).expect("words"));
                assert!(PLANTED.contains(&said.as_str()), "{name}: {} at {place} leads elsewhere", text(row, "kind"));
                exact += 1;
            }
        }
    }
    assert!(exact > 80, "{exact}");
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

fn sources(rows: &[Value]) -> Vec<String> {
    let of = |r: &&Value| text(r, "type") == "source";
    rows.iter()
        .filter(of)
        .map(|r| format!("{} {} {}", text(r, "path"), text(r, "status"), text(r, "reason")).trim_end().to_owned())
        .collect()
}

#[test]
fn parts_of_an_archive_are_sources_of_their_own() {
    let docx = fs::read(root().join("corpus/formats/utkast.docx")).expect("the sample");
    let inner = archive(&[("a/inre.md", "# Rubrik\n\npnr 800102-2386\n".as_bytes())]);
    let outer = archive(&[
        ("posts/1.html", "<p>Ring <b>Åsa</b> på 070-174 06 05</p>".as_bytes()),
        ("brev", &docx),
        ("inre.zip", &inner),
        ("__MACOSX/posts/._1.html", b"\0\0\0"),
        ("film.mp4", &[0; 100]),
        ("okänd.bin", &[0; 100]),
    ]);
    let (status, rows) = check(&[("export.zip", &outer)], &[]);
    assert_eq!(status, 2, "what is unknown is not judged");
    let wanted = [
        "export.zip/posts/1.html scanned",
        "export.zip/brev scanned",
        "export.zip/inre.zip/a/inre.md scanned",
        "export.zip/__MACOSX/posts/._1.html skipped macOS egna uppgifter om filer",
        "export.zip/film.mp4 skipped utelämnas enligt policyn eller inställningarna",
        "export.zip/okänd.bin skipped ett format som inte läses",
    ];
    assert_eq!(sources(&rows), wanted);
    let at = |path: &str| rows.iter().find(|r| text(r, "path") == path && r["kind"] != Value::Null).expect("a finding");
    let number = at("export.zip/inre.zip/a/inre.md");
    assert_eq!((text(number, "kind"), number["byte_start"].as_u64()), ("personnummer", Some(14)));
    assert!(text(at("export.zip/brev"), "place").starts_with("word/"));
    // On standard input, without a name.
    let dir = folder(&[]);
    let run = ombud(dir.path(), &["check", "--no-config", "--policy", "granskning", "--format", "jsonl", "-"], &inner);
    assert_eq!((run.status, sources(&self::rows(&run))), (1, vec!["-/a/inre.md scanned".to_owned()]));
}

#[test]
fn answers_in_a_web_archive_are_sources_of_their_own() {
    let record = |sort: &str, url: &str, content: &str, body: &[u8]| {
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {sort}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    };
    let answer = |url: &str, content: &str, body: &[u8]| {
        let http = [format!("HTTP/1.1 200 OK\r\nContent-Type: {content}\r\n\r\n").as_bytes(), body].concat();
        record("response", url, "application/http; msgtype=response", &http)
    };
    let docx = fs::read(root().join("corpus/formats/utkast.docx")).expect("the sample");
    let records = [
        record(
            "request",
            "https://www.example.se/",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\nCookie: pnr 800102-2386\r\n\r\n",
        ),
        answer("https://www.example.se/", "text/html", "<p>Ring <b>Åsa</b> på 070-174 06 05</p>".as_bytes()),
        answer("https://www.example.se/hamta?id=7", "application/octet-stream", &docx),
        answer("https://www.example.se/pnr.txt", "text/plain", b"pnr 800102-2386"),
        answer("https://www.example.se/x", "application/octet-stream", &[0; 100]),
    ];
    let gz = records.iter().flat_map(|record| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(record).expect("packed");
        out.finish().expect("packed")
    });
    for (name, bytes) in [("webb.warc", records.concat()), ("webb.warc.gz", gz.collect()), ("utan-namn", records.concat())] {
        let (status, rows) = check(&[(name, &bytes)], &[]);
        assert_eq!(status, 2, "what is unknown is not judged");
        let wanted = [
            format!("{name}/https://www.example.se/ scanned"),
            format!("{name}/https://www.example.se/hamta?id=7 scanned"),
            format!("{name}/https://www.example.se/pnr.txt scanned"),
            format!("{name}/https://www.example.se/x skipped ett format som inte läses"),
            format!("{name}#request skipped 1 poster av sorten request: inget publicerat innehåll"),
        ];
        assert_eq!(sources(&rows), wanted);
        let kinds: Vec<&str> =
            rows.iter().filter(|r| text(r, "path").ends_with("pnr.txt") && r["kind"] != Value::Null).map(|r| text(r, "kind")).collect();
        assert_eq!(kinds, ["personnummer"]);
    }
    let (status, rows) = check(&[("webb.warc.gz", &records[1][..150])], &[]);
    assert_eq!((status, sources(&rows)), (2, vec!["webb.warc.gz failed trasig eller ingen warc".to_owned()]));
}

#[test]
fn what_is_too_much_or_broken_is_named() {
    let bomb = archive(&[("a.txt", &[b'a'; 8 << 20]), ("b.txt", b"pnr 800102-2386")]);
    let mut deep = archive(&[("a.txt", b"Hej")]);
    for _ in 0..6 {
        deep = archive(&[("a.zip", &deep)]);
    }
    let whole = archive(&[("a.txt", b"Hej pnr 800102-2386")]);
    let mut secret = whole.clone();
    secret[6] |= 1;
    let central = memchr::memmem::find(&secret, b"PK\x01\x02").expect("the list");
    secret[central + 8] |= 1;
    let cut = &whole[..whole.len() - 30];
    let (status, rows) = check(
        &[
            ("bomb.zip", &bomb),
            ("djup.zip", &deep),
            ("hemlig.zip", &secret),
            ("kapad.zip", cut),
            ("tom.zip", &archive(&[])),
            ("gammal.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            ("trasig.docx", b"PK\x03\x04 ingenting"),
            ("trasig.jpg", b"\xFF\xD8\xFF\xE1\x00\x20Exif"),
            ("trasig.pdf", b"%PDF-1.7\n"),
            ("text.png", b"pnr 800102-2386"),
            ("tom.jpg", b""),
        ],
        &[],
    );
    assert_eq!(status, 2);
    let wanted = [
        "bomb.zip/a.txt failed växer mer än 250 gånger vid uppackning: zipbomb",
        "bomb.zip/b.txt scanned",
        "djup.zip/a.zip/a.zip/a.zip/a.zip failed arkiv i arkiv i mer än 4 led",
        "gammal.docx failed krypterad, eller Office-format från före 2007",
        "hemlig.zip/a.txt failed krypterad",
        "kapad.zip failed trasig eller ingen zip",
        "text.png scanned",
        "tom.jpg scanned",
        "tom.zip failed ett tomt arkiv",
        "trasig.docx failed trasig eller ingen zip",
        "trasig.jpg failed trasiga bilddata (byte 2)",
        "trasig.pdf failed trasig eller ingen PDF",
    ];
    assert_eq!(sources(&rows), wanted);
}

#[test]
fn nothing_packed_is_printed() {
    for (name, bytes) in samples() {
        let dir = folder(&[(name.as_str(), bytes.as_slice())]);
        for format in ["human", "json", "sarif", "github"] {
            let run = ombud(dir.path(), &["check", "--no-config", "--policy", "granskning", "--format", format, "."], b"");
            let said = format!("{}{}", run.stdout, run.stderr);
            let leaked = PLANTED.iter().position(|value| said.contains(value) && *value != "Kalle");
            assert_eq!(leaked, None, "{name} in {format}");
        }
    }
}

//! What holds for any input. Generated from fixed seeds: a failure today fails tomorrow.

#[path = "common/drafts.rs"]
mod drafts;
#[path = "common/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use ombud::document::{Document, Format, Limits};
use ombud::engine::{Engine, Scratch};
use ombud::policy::{Judge, Policy, config::Config};
use ombud::report::{Github, Human, Json, JsonLines, Lang, Reporter, Sarif, Snippets, Summary, Width, locate};
use ombud::source::{Excludes, Input, Origin, Warc, decode};
use ombud::text::normalise;
use ombud::{Entity, Kind, Rulebook, Sensitivity, Span};
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, RngAlgorithm, TestRng, TestRunner};

fn hold<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: std::fmt::Debug,
{
    let config = Cases { cases, failure_persistence: None, max_shrink_iters: 4_000, ..Cases::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    if let Err(fault) = runner.run(&strategy, test) {
        panic!("{fault}");
    }
}

fn formats() -> impl Iterator<Item = Format> {
    Format::names().filter_map(Format::from_name)
}

fn engine() -> Engine {
    Engine::new(Rulebook::built_in(), Sensitivity::High)
}

/// The normalised form of a text.
fn normal(text: &str) -> String {
    let mut out = String::new();
    normalise(text, |range, folded| out.push_str(folded.unwrap_or(&text[range])));
    out
}

/// Every region and entity lies on characters of the document's text and of the source.
fn check_spans(source: &str, document: &Document<'_>, found: &[Entity]) -> Result<(), TestCaseError> {
    let text = document.text.as_str();
    let on_chars = |span: Span<ombud::Norm>| {
        let (norm, src) = (span.range(), document.text.source_span(span).range());
        text.get(norm).is_some() && source.get(src).is_some()
    };
    let mut end = 0;
    for region in &document.regions {
        prop_assert!(on_chars(region.span), "region {:?} leads to {:?}", region.span, document.text.source_span(region.span));
        prop_assert!(region.span.start >= end, "regions overlap");
        end = region.span.end;
        if let Some(place) = region.place {
            let _ = document.places.name(place, source);
        }
    }
    let mut end = 0;
    for entity in found {
        prop_assert!(on_chars(entity.span), "{:?} {:?} leads to {:?}", entity.kind, entity.span, document.text.source_span(entity.span));
        prop_assert!(entity.span.start >= end && !entity.span.is_empty(), "entities overlap or are empty");
        prop_assert!(!document.text.source_span(entity.span).is_empty(), "{:?} leads to nothing", entity.kind);
        end = entity.span.end;
        prop_assert!(document.region_of(entity.span).is_some(), "{:?} lies in no region", entity.kind);
    }
    Ok(())
}

#[test]
fn spans_lead_back_to_characters_of_the_source_in_every_format() {
    let engine = engine();
    hold(1_500, prop_oneof![drafts::soup(), drafts::markdown(), drafts::json(), drafts::board()], |source| {
        let mut scratch = Scratch::default();
        for format in formats() {
            if let Ok(document) = format.read(&source) {
                let found = engine.detect(document.text.as_str(), &mut scratch);
                check_spans(&source, &document, &found)?;
            }
        }
        Ok(())
    });
}

/// Sources that fuzzing found, made short.
#[test]
fn what_fuzzing_broke_stays_whole() {
    let engine = engine();
    for (format, source) in [
        ("html", "<!x 12>ord"),
        ("xml", "<a>&lt;!DOCTY 800102-2386 html&gt;&lt;b&gt;ord&lt;/b&gt;</a>"),
        ("mail", "Message-ID: <a@x.example>\nSubject: =?utf-8?Q?pnr_800102-23\u{3cf}\u{3cf}86?=\n\nord"),
        ("mail", "Message-ID: <a@x.example>\nSubject: =?koi8-r?Q?pnr_800102-23\u{3cf}86?=\n\nord"),
        ("text", "Al A\u{cc}at> åanelbull ånabel öat}"),
    ] {
        let document = Format::from_name(format).expect("a format").read(source).expect("read");
        let found = engine.detect(document.text.as_str(), &mut Scratch::default());
        check_spans(source, &document, &found).unwrap_or_else(|e| panic!("{format} {source}: {e}"));
    }
}

#[test]
fn found_words_are_the_source_words_after_decoding() {
    let engine = engine();
    let check = |format: Format, source: &str, decoded: &dyn Fn(&str) -> Option<String>| {
        let document = format.read(source).map_err(|e| TestCaseError::fail(e.message))?;
        for entity in engine.detect(document.text.as_str(), &mut Scratch::default()) {
            let raw = &source[document.text.source_span(entity.span).range()];
            let words = decoded(raw).ok_or_else(|| TestCaseError::fail(format!("{raw:?} is torn")))?;
            prop_assert_eq!(normal(&words), &document.text.as_str()[entity.span.range()]);
        }
        Ok(())
    };
    hold(800, drafts::prose(), |text| {
        check(Format::Text, &text, &|raw| Some(raw.to_owned()))?;
        let json = serde_json::to_string(&text).expect("a string");
        let unescaped = |raw: &str| serde_json::from_str::<String>(&format!("\"{raw}\"")).ok();
        check(Format::Json, &json, &unescaped)?;
        check(Format::Json, &drafts::escaped(&json), &unescaped)
    });
}

#[test]
fn encodings_change_bytes_and_nothing_else() {
    let engine = engine();
    hold(400, drafts::prose(), |text| {
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let decoded = decode(&utf16);
        prop_assert_eq!(normal(&decoded.text), normal(&text));
        let document = Format::Text.read(&decoded.text).map_err(|e| TestCaseError::fail(e.message))?;
        for entity in engine.detect(document.text.as_str(), &mut Scratch::default()) {
            let bytes = decoded.source_span(document.text.source_span(entity.span)).range();
            let units: Vec<u16> = utf16[bytes].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            prop_assert_eq!(normal(&String::from_utf16_lossy(&units)), &document.text.as_str()[entity.span.range()]);
        }
        Ok(())
    });
}

#[test]
fn no_bytes_make_anything_panic() {
    let engine = engine();
    let policy = Policy::new("granskning", &Config::default()).expect("the pack loads");
    let judge = Judge::new(&policy);
    hold(250, drafts::bytes(), |bytes| {
        let decoded = decode(&bytes);
        let path: Arc<str> = "a/å b.md".into();
        let guessed = Format::guess(&decoded.text);
        let mut scratch = Scratch::default();
        for format in formats().chain([guessed, guessed.refine(&decoded.text)]) {
            let Ok(document) = format.read(&decoded.text) else { continue };
            let found = engine.detect(document.text.as_str(), &mut scratch);
            check_spans(&decoded.text, &document, &found)?;
            for (channel, snippets) in [(0, Snippets::Masked), (1, Snippets::None), (0, Snippets::Revealed)] {
                let findings = judge.judge(&document, &found, channel, engine.rules());
                let located = locate(findings, &found, &document, &decoded, &path, 0, snippets);
                for f in &located {
                    prop_assert!(
                        f.byte_start < f.byte_end && f.byte_end <= bytes.len() as u64,
                        "{}..{} of {}",
                        f.byte_start,
                        f.byte_end,
                        bytes.len()
                    );
                    prop_assert!(f.line >= 1 && f.column >= 1 && (f.line, f.column) < (f.end_line, f.end_column));
                }
                let mut reporters: [Box<dyn Reporter>; 6] = [
                    Box::new(Human::new(io::sink(), Lang::Sv, Width::Plain)),
                    Box::new(Human::new(io::sink(), Lang::En, Width::Terminal(40))),
                    Box::new(Json::new(io::sink(), Lang::Sv)),
                    Box::new(JsonLines::new(io::sink(), Lang::En)),
                    Box::new(Sarif::new(io::sink(), Lang::Sv)),
                    Box::new(Github::new(io::sink(), Lang::En)),
                ];
                for reporter in &mut reporters {
                    located.iter().try_for_each(|f| reporter.finding(f)).expect("a sink takes all");
                    reporter.finish(&Summary::default()).expect("a sink takes all");
                }
            }
        }
        Ok(())
    });
}

#[test]
fn web_archives_of_any_pieces_end_and_name_what_is_wrong() {
    const PIECES: [&str; 14] = [
        "WARC/1.0\r\n",
        "WARC-Type: response\r\n",
        "WARC-Type: request\r\n",
        "WARC-Target-URI: https://a.example/å\r\n",
        "Content-Type: application/http\r\n",
        "Content-Type: text/html\r\n",
        "Content-Length: 0\r\n",
        "Content-Length: 40\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
        "HTTP/1.1 200 OK\r\n",
        "ffffffffffffffff\r\n<p>Åsa</p>",
        "\r\n",
    ];
    let pieces = prop::collection::vec((0..PIECES.len(), prop::collection::vec(any::<u8>(), 0..3)), 0..40);
    let excludes = Excludes::new(&[]).expect("no globs");
    hold(2_000, (pieces, any::<bool>(), 0..64_usize), |(pieces, packed, cut)| {
        let mut bytes: Vec<u8> = b"WARC/1.0\r\n".to_vec();
        for (piece, noise) in pieces {
            bytes.extend_from_slice(PIECES[piece].as_bytes());
            // Noise now and then.
            bytes.extend_from_slice(if noise.len() == 2 { &noise } else { b"" });
        }
        if packed {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            io::Write::write_all(&mut out, &bytes).expect("packed");
            bytes = out.finish().expect("packed");
        }
        bytes.truncate(bytes.len().saturating_sub(cut));
        let input = Input { name: "webb.warc".to_owned(), origin: Origin::Bytes(bytes), format: None };
        let parts = Warc::open(&input, Limits::DEFAULT, &excludes).count();
        prop_assert!((1..=60).contains(&parts), "{parts} parts");
        Ok(())
    });
}

#[test]
fn configurations_of_any_text_give_an_error_and_no_panic() {
    hold(400, prop_oneof![drafts::soup(), "[a-z=\\[\\]\"\\n. ]{0,60}"], |text| {
        if let Err(fault) = Config::parse(&text) {
            prop_assert!(text.get(fault.span).is_some() || text.is_empty());
        }
        Ok(())
    });
}

#[test]
fn paragraphs_added_below_change_no_identifier_above() {
    let engine = engine();
    let identifiers = |text: &str, below: usize| -> Vec<(Kind, Span<ombud::Norm>)> {
        let found = engine.detect(text, &mut Scratch::default());
        let is_identifier = |kind: Kind| !matches!(kind, Kind::Person | Kind::Special);
        found.iter().filter(|e| is_identifier(e.kind) && (e.span.end as usize) <= below).map(|e| (e.kind, e.span)).collect()
    };
    hold(800, (drafts::prose(), drafts::prose()), |(above, below)| {
        // With words around it: a number that is the whole text is judged without them, on purpose.
        let above = format!("Detta är ett utkast: {above} Mer står här nedan.");
        let both = format!("{above}\n\n{below}\n\nBiblioteket har öppet som vanligt.");
        prop_assert_eq!(identifiers(&above, above.len()), identifiers(&both, above.len()));
        Ok(())
    });
}

/// Regions by role and text, with where each leads, counted from `from`. Blanks at the ends of lines do not count: no
/// reader sees them, and detectors know them from plain text.
fn regions(source: &str, from: usize) -> Vec<(String, String, usize)> {
    let document = Format::Markdown.read(source).expect("Markdown is never refused");
    let mut all = Vec::new();
    for region in &document.regions {
        let raw = &document.text.as_str()[region.span.range()];
        let blank = (raw.len() - raw.trim_start().len()) as u32;
        let start = document.text.source_span(Span::new(region.span.start + blank, region.span.end)).range().start - from;
        all.push((region.role.name().to_owned(), raw.trim().lines().map(str::trim).collect::<Vec<_>>().join("\n"), start));
    }
    all.retain(|(_, text, _)| !text.is_empty());
    all
}

#[test]
fn markdown_reads_the_same_by_blocks_and_as_a_whole() {
    // A link definition makes the reader parse the document as one.
    let define = "[definition]: /x\n\n";
    let check = |source: &str| {
        let whole = regions(&format!("{define}{source}"), define.len());
        prop_assert_eq!(regions(source, 0), whole);
        Ok(())
    };
    hold(10_000, drafts::markdown(), |source| check(&source));
    hold(
        15_000,
        drafts::soup().prop_filter("front matter", |s| !s.starts_with('\u{feff}') && !s.starts_with("---") && !s.starts_with("+++")),
        |source| check(&source),
    );
}

/// A folder of drafts in all formats, one of them long enough to be read in pieces; made once, in the build's own folder.
fn many_drafts() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("many-drafts");
        let _ = std::fs::remove_dir_all(&folder);
        program::fill(&folder, &make_drafts());
        folder
    });
    &FOLDER
}

fn make_drafts() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut runner = TestRunner::new_with_rng(Cases::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let mut make = |strategy: BoxedStrategy<String>| strategy.new_tree(&mut runner).expect("a value").current();
    for i in 0..60 {
        let (text, ending) = match i % 6 {
            0 => (make(drafts::markdown().boxed()), "md"),
            1 => (make(drafts::soup().boxed()), "html"),
            2 => (make(drafts::json().boxed()), "json"),
            3 => (make(drafts::board().boxed()), "json"),
            4 => (format!("{}\n{}\n", make(drafts::json().boxed()), make(drafts::json().boxed())), "jsonl"),
            _ => (make(drafts::soup().boxed()), "txt"),
        };
        files.push((format!("mapp{}/utkast-{i}.{ending}", i % 7), text.into_bytes()));
    }
    let paragraphs: Vec<String> = (0..50).map(|_| make(drafts::prose().boxed())).collect();
    let long: String = paragraphs.iter().cycle().take(26_000).map(|p| format!("{p}\n\n")).collect();
    assert!(long.len() as u64 > 2 * ombud::source::PIECE, "long enough for several pieces");
    files.push(("lång.txt".to_owned(), long.into_bytes()));
    files.push(("mapp3/trasig.txt".to_owned(), b"pnr 800102-2386 \xFF\xC3\xA5 slut".to_vec()));
    files
}

fn check(dir: &Path, args: &[&str]) -> String {
    let fixed = ["check", "--no-config", "--lang", "sv", "--policy", "granskning", "--sensitivity", "high"];
    program::ombud(dir, &[&fixed[..], args].concat(), b"").stdout
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let dir = many_drafts();
    for (format, paths) in [("json", &["."][..]), ("sarif", &["mapp0", "mapp1", "mapp3"])] {
        let run = |threads: &str| check(dir, &[&["--format", format, "--threads", threads], paths].concat());
        let one = run("1");
        assert!(one.len() > 5_000, "findings are there");
        assert!(one == run("4"), "{format} differs with four threads");
    }
}

/// The rows of a run in JSON Lines, by path.
fn by_path(output: &str) -> BTreeMap<String, Vec<serde_json::Value>> {
    let mut rows: BTreeMap<String, Vec<serde_json::Value>> = BTreeMap::new();
    for row in output.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON")) {
        if let Some(path) = row["path"].as_str() {
            rows.entry(path.to_owned()).or_default().push(row);
        }
    }
    rows
}

#[test]
fn a_source_is_judged_the_same_alone_and_in_any_order() {
    let dir = many_drafts();
    let together = by_path(&check(dir, &["--format", "jsonl", "mapp0", "mapp1", "mapp2", "mapp3"]));
    assert!(together.len() > 20);
    assert_eq!(together, by_path(&check(dir, &["--format", "jsonl", "mapp3", "mapp1", "mapp2", "mapp0"])));
    for (path, rows) in together.iter().step_by(5) {
        assert_eq!(Some(rows), by_path(&check(dir, &["--format", "jsonl", path])).get(path), "{path}");
    }
}

#[test]
fn pieces_of_a_long_text_are_judged_as_the_whole() {
    let dir = many_drafts();
    let long = std::fs::read(dir.join("lång.txt")).expect("it was written");
    let pieces = by_path(&check(dir, &["--format", "jsonl", "lång.txt"]));
    let fixed = ["check", "--no-config", "--policy", "granskning", "--sensitivity", "high", "--format", "jsonl"];
    let whole = program::ombud(dir, &[&fixed[..], &["--as", "text", "--name", "lång.txt", "-"]].concat(), &long);
    let (pieces, whole) = (&pieces["lång.txt"], &by_path(&whole.stdout)["lång.txt"]);
    assert_eq!(pieces.len(), whole.len());
    if let Some((a, b)) = pieces.iter().zip(whole).find(|(a, b)| a != b) {
        panic!("{a}\n{b}");
    }
}

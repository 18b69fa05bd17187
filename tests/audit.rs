//! The audit: people are counted without being linkable, interrupted runs end in the same bytes, runs are compared, samples
//! reviewed, tables inert.

#[path = "common/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ombud::audit::{Journal, Names, RowWriter, Sample, SheetSums, Stage, Tally, mark, sarif, workbook};
use ombud::engine::Engine;
use ombud::policy::config::Config;
use ombud::policy::{Judge, Policy};
use ombud::report::{Lang, Located, Progress, Reporter, Snippets, SourceReport, Summary};
use ombud::scan::Scan;
use ombud::sensitive::Key;
use ombud::source::{Entry, Excludes, walk};
use ombud::{Rulebook, Sensitivity};
use program::{Run, folder, ombud};
use sha2::{Digest, Sha256};

fn audit(dir: &Path, more: &[&str]) -> Run {
    ombud(dir, &[&["audit", "webb", "--output", "rapport", "--no-config"], more].concat(), b"")
}

/// Posts that name the same people again and again.
fn site() -> Vec<(String, Vec<u8>)> {
    let people = ["Torbjörn Edvardsson", "Åsa-Märta Öström", "Gunilla Fransson", "Per-Olof Hallgren"];
    let mut files: Vec<(String, Vec<u8>)> = (0..40)
        .map(|i| {
            let text = format!(
                "---\ndate: {}-0{}-01\n---\n# Invigning {i}\n\n{} talade. Ring {} på 070-174 06 {:02}.\n\nPersonnummer 800102-2386.\n",
                2016 + i % 10,
                1 + i % 9,
                people[i % 4],
                people[(i + 1) % 4],
                5 + i % 90
            );
            (format!("webb/{}/inlagg-{i:02}.md", ["kultur", "skola", "vatten"][i % 3]), text.into_bytes())
        })
        .collect();
    files.push((
        "webb/export.json".into(),
        br#"{"posts":[{"created_time":"2019-01-02","text":"Gunilla Fransson vann."},{"text":"Inget."}]}"#.to_vec(),
    ));
    files
}

fn folder_of(files: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    folder(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

fn read(dir: &Path, name: &str) -> String {
    fs::read_to_string(dir.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The marks of people in a file of findings.
fn marks(text: &str) -> BTreeSet<String> {
    let rows = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    rows.filter_map(|row| row["person"].as_str().map(str::to_owned)).collect()
}

#[test]
fn people_are_linked_with_the_key_and_not_without() {
    let dir = folder_of(&site());
    assert_eq!(audit(dir.path(), &["--key", "nyckel", "--no-store"]).status, 0);
    let first = read(dir.path(), "rapport/fynd.jsonl");
    let with_first = marks(&first);
    // Four people and one number, in 41 posts of files and one of an export.
    assert_eq!(with_first.iter().filter(|m| m.starts_with("p-")).count(), 5);
    let page = read(dir.path(), "rapport/rapport.html");
    assert!(page.contains("4 personer nämns med fullt namn, 4 av dem i mer än fem inlägg"), "{}", &page[..200]);
    // The same key gives the same marks, another key none of them.
    assert_eq!(audit(dir.path(), &["--key", "nyckel", "--no-store"]).status, 0);
    assert_eq!(read(dir.path(), "rapport/fynd.jsonl"), first);
    assert_eq!(audit(dir.path(), &["--key", "nyckel", "--rotate-key", "--no-store"]).status, 0);
    assert!(marks(&read(dir.path(), "rapport/fynd.jsonl")).is_disjoint(&with_first));
}

#[test]
fn trying_all_names_and_numbers_finds_nothing() {
    let dir = folder_of(&site());
    assert_eq!(audit(dir.path(), &["--key", "nyckel", "--store", "lager"]).status, 0);
    let mut seen = BTreeSet::new();
    for entry in
        [fs::read_dir(dir.path().join("rapport")), fs::read_dir(dir.path().join("lager"))].into_iter().flat_map(|d| d.expect("a folder"))
    {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e != "xlsx") {
            let text = fs::read_to_string(&path).expect("UTF-8").to_lowercase();
            seen.extend(text.split(|c: char| !c.is_ascii_hexdigit()).filter(|word| word.len() >= 8).map(str::to_owned));
        }
    }
    assert!(seen.len() > 100, "the marks and fingerprints are seen");
    // Whoever has no key tries every name and number, as written and folded, with the hashes one would think of: all serials
    // of the day, keyed with nothing and with what stands in the report.
    let mut guesses: Vec<String> =
        ["Torbjörn Edvardsson", "Åsa-Märta Öström", "Gunilla Fransson", "Per-Olof Hallgren"].map(str::to_owned).into();
    guesses.extend(
        (0..10_000).flat_map(|serial| [format!("800102{serial:04}"), format!("800102-{serial:04}"), format!("19800102{serial:04}")]),
    );
    let empty = Key::new(&[0; 32]);
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    for guess in guesses {
        let folded = guess.to_lowercase();
        let mut words: Vec<&[u8]> = folded.split(' ').map(str::as_bytes).collect();
        words.sort_unstable();
        let mut tries =
            vec![format!("{:016x}", empty.mark("person", &words)), format!("{:016x}", empty.mark("number", &[folded.as_bytes()]))];
        for form in [guess.as_str(), &folded] {
            tries.push(hex(&Sha256::digest(form)));
            let fnv = form.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
            tries.push(format!("{fnv:016x}"));
        }
        for hash in tries {
            let part = [8, 12, 16, 32].into_iter().filter_map(|len| hash.get(..len)).find(|part| seen.contains(*part));
            assert!(part.is_none() && !seen.contains(&hash), "a mark is a plain hash");
        }
    }
}

#[test]
fn fingerprints_do_not_depend_on_the_value() {
    let prints = |number: &str| {
        let dir = folder(&[("webb/a.txt", format!("Personnummer {number} gäller.").as_bytes())]);
        assert_eq!(audit(dir.path(), &["--key", "nyckel", "--store", "lager"]).status, 0);
        let file = fs::read_dir(dir.path().join("lager")).expect("a folder").next().expect("a run").expect("an entry").path();
        fs::read_to_string(file).expect("UTF-8").lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(prints("800102-2386"), prints("780223-2384"));
}

#[test]
fn the_key_is_its_owners_and_never_in_the_report() {
    let dir = folder_of(&site());
    let run = audit(dir.path(), &["--key", "rapport/nyckel", "--no-store"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("nyckeln får inte ligga i rapportens mapp"), "{}", run.stderr);
    assert_eq!(audit(dir.path(), &["--key", "nyckel", "--no-store"]).status, 0);
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(dir.path().join("nyckel")).expect("there").permissions()) & 0o777,
        0o600
    );
}

#[test]
fn runs_are_compared() {
    let dir = folder(&[
        ("webb/a.txt", "Personnummer 800102-2386 gäller.".as_bytes()),
        ("webb/b.txt", "Skriv personnummer 780223-2384 här.".as_bytes()),
    ]);
    let day = |epoch: &str, more: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ombud"));
        command.current_dir(dir.path()).env("SOURCE_DATE_EPOCH", epoch).env_remove("OMBUD_LANG").env_remove("LANG").env_remove("LC_ALL");
        command
            .args(["audit", "webb", "-o", "rapport", "--no-config", "--key", "nyckel", "--store", "lager", "--since", "last"])
            .args(more);
        assert_eq!(command.status().expect("it starts").code(), Some(0));
        read(dir.path(), "rapport/rapport.html")
    };
    assert!(!day("1770000000", &[]).contains("nya fynd"), "the first has nothing to be compared with");
    fs::remove_file(dir.path().join("webb/b.txt")).expect("removed");
    fs::write(dir.path().join("webb/c.txt"), "Mitt personnummer är 780223-2384.").expect("written");
    let page = day("1772000000", &[]);
    assert!(page.contains("Sedan 2026-02-02: 1 nya fynd, 1 åtgärdade, 1 kvar."), "new, fixed, remaining");
    assert!(page.contains("<polyline"), "the trend is drawn");
    let rows = read(dir.path(), "rapport/fynd.jsonl");
    assert_eq!((rows.matches("\"change\":\"new\"").count(), rows.matches("\"change\":\"remaining\"").count()), (1, 1));
    let trend = ombud(dir.path(), &["trend", "--store", "lager"], b"");
    assert_eq!((trend.status, trend.stdout.lines().count()), (0, 3), "{}", trend.stdout);
    let lines = ombud(dir.path(), &["trend", "--store", "lager", "--jsonl"], b"").stdout;
    assert_eq!(serde_json::from_str::<serde_json::Value>(lines.lines().last().expect("a line")).expect("JSON")["errors"], 2);
    assert_eq!(ombud(dir.path(), &["trend", "--store", "tomt"], b"").status, 2);
}

#[test]
fn a_sample_is_drawn_again_and_its_review_becomes_precision() {
    let dir = folder_of(&site());
    let args = ["--key", "nyckel", "--no-store", "--sample", "30", "--seed", "7"];
    assert_eq!(audit(dir.path(), &args).status, 0);
    let sheet = read(dir.path(), "rapport/stickprov.csv");
    assert_eq!(sheet.lines().count(), 31);
    assert_eq!(audit(dir.path(), &[&args[..], &["--threads", "1"]].concat()).status, 0);
    assert_eq!(read(dir.path(), "rapport/stickprov.csv"), sheet, "the same seed draws the same");
    let rules: BTreeSet<&str> = sheet.lines().skip(1).filter_map(|l| l.split(';').nth(1)).collect();
    assert!(rules.len() > 2, "every rule has some: {rules:?}");
    // A person fills in the third column.
    let filled: Vec<String> = sheet
        .lines()
        .enumerate()
        .map(|(n, line)| if n == 0 { line.to_owned() } else { line.replacen(";;;", if n % 10 == 0 { ";fel;;" } else { ";rätt;;" }, 1) })
        .collect();
    fs::write(dir.path().join("granskad.csv"), filled.join("\r\n")).expect("written");
    assert_eq!(audit(dir.path(), &["--key", "nyckel", "--no-store", "--reviewed", "granskad.csv"]).status, 0);
    let page = read(dir.path(), "rapport/rapport.html");
    // 27 of 30: Wilson's interval at 95 per cent.
    assert!(page.contains("90,0 %") && page.contains("74,4 %–96,5 %"), "precision with its interval");
    fs::write(dir.path().join("granskad.csv"), "regel;bedömning\nOMB101;kanske\n").expect("written");
    let run = audit(dir.path(), &["--key", "nyckel", "--no-store", "--reviewed", "granskad.csv"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("rad 2"), "{}", run.stderr);
}

#[test]
fn content_has_an_age() {
    let dir = folder(&[
        ("webb/gammal.md", "---\ndate: 2019-03-01\n---\nPersonnummer 800102-2386 gäller.\n".as_bytes()),
        ("webb/2025/12/ny.txt", "Personnummer 780223-2384 gäller.".as_bytes()),
    ]);
    assert_eq!(audit(dir.path(), &["--key", "nyckel", "--no-store"]).status, 0);
    let rows = read(dir.path(), "rapport/fynd.jsonl");
    assert!(rows.contains("\"month\":\"2019-03\"") && rows.contains("\"month\":\"2025-12\""));
    // The clock of the tests stands at 2026-02-02.
    assert!(read(dir.path(), "rapport/rapport.html").contains("1 fynd står i inlägg som är 3 år eller äldre (före 2023-02)"));
}

#[test]
fn departments_come_from_the_configuration_or_the_first_folder() {
    let dir = folder(&[
        ("ombud.toml", b"organisation = \"Kommunen <b>\"\n[departments]\n\"**/forskola/**\" = \"Barn & utbildning\"\n\"Park*\" = \"Gatukontoret\"\n[[suppress]]\npaths = [\"**/ingenstans/**\"]\nrules = [\"OMB101\"]\nreason = \"Gamla sidor\"\ntill = 2027-01-01\n"),
        ("webb/forskola/a.txt", "Personnummer 800102-2386 gäller.".as_bytes()),
        ("webb/kultur/b.txt", "Personnummer 780223-2384 gäller.".as_bytes()),
        (
            "webb/tavla.json",
            r#"{"id":"b","name":"Tavla","lists":[{"id":"l","name":"Planerat"}],"labels":[],"cards":[{"id":"c","idList":"l","name":"Lekplats","desc":"Ring 070-174 06 12","labels":[{"name":"Park och natur"}]}]}"#.as_bytes(),
        ),
    ]);
    let run = ombud(dir.path(), &["audit", "webb", "-o", "rapport", "--key", "nyckel", "--no-store"], b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    let rows = read(dir.path(), "rapport/fynd.jsonl");
    assert!(rows.contains("\"department\":\"Gatukontoret\""), "by a card's label");
    assert!(rows.contains("\"department\":\"Barn & utbildning\"") && rows.contains("\"department\":\"kultur\""));
    let page = read(dir.path(), "rapport/rapport.html");
    assert!(page.contains("Gamla sidor") && page.contains("(behövs inte)"), "an exception that nothing needs is named");
    assert!(
        page.contains("Barn &amp; utbildning") && page.contains("Kommunen &lt;b&gt;") && !page.contains("<script"),
        "everything is escaped"
    );
}

#[test]
fn no_cell_is_a_formula() {
    let dir = folder(&[
        ("webb/=1+1.txt", "Ring +46 70 174 06 12 nu, mobil.".as_bytes()),
        ("webb/@x/a;b\"c.txt", "Personnummer 800102-2386 gäller.".as_bytes()),
    ]);
    for lang in ["sv", "en"] {
        let run = ombud(
            &dir.path().join("webb"),
            &["audit", ".", "-o", "../rapport", "--key", "../n", "--no-store", "--lang", lang, "--sample", "9"],
            b"",
        );
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    for (name, delimiter) in [("fynd.csv", b';'), ("findings.csv", b','), ("stickprov.csv", b';'), ("sample.csv", b',')] {
        let text = read(&dir.path().join("rapport"), name);
        let mut table = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        let mut cells = 0;
        for row in table.records() {
            for cell in &row.expect("rows of one length") {
                cells += 1;
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
            }
        }
        assert!(cells > 20, "{name}");
        assert!(text.contains("'=1+1.txt"), "{name}: what would be a formula is words");
    }
}

/// Passes findings on until there have been enough.
struct Interrupted<'j, 'a>(&'j mut Journal<'a>, u32);

impl Reporter for Interrupted<'_, '_> {
    fn finding(&mut self, finding: &Located<'_>) -> std::io::Result<()> {
        self.1 = self.1.checked_sub(1).ok_or_else(|| std::io::Error::other("interrupted"))?;
        self.0.finding(finding)
    }

    fn source(&mut self, source: &SourceReport) -> std::io::Result<()> {
        self.0.source(source)
    }

    fn progress(&mut self, progress: &Progress) -> std::io::Result<()> {
        self.0.progress(progress)
    }

    fn finish(&mut self, summary: &Summary) -> std::io::Result<()> {
        self.0.finish(summary)
    }
}

#[test]
fn an_interrupted_run_ends_in_the_same_bytes() {
    let mut files = site();
    let again: Vec<_> =
        (0..9).flat_map(|n| site().into_iter().map(move |(name, bytes)| (name.replace("webb/", &format!("webb/{n}/")), bytes))).collect();
    files.extend(again);
    // A long text is read in pieces, and they are more than one batch.
    let long: String =
        (0..130_000).map(|i| if i % 200 == 0 { "Ring Gunilla Fransson.\n\n" } else { "Här står ingenting att läsa om.\n\n" }).collect();
    files.push(("webb/lang.txt".into(), long.into_bytes()));
    let dir = folder_of(&files);
    let policy = Policy::new("granskning", &Config::default()).expect("a policy");
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::High);
    let key = Key::new(&[3; 32]);
    let judge = Judge::new(&policy).with_key(&key);
    let excludes = Excludes::new(policy.exclude()).expect("globs");
    let entries: Vec<Entry> = walk(&[dir.path().join("webb")], &excludes, ombud::source::Ignores::Heed);
    let none = |_: &str| Vec::new();
    let scan = Scan {
        engine: &engine,
        judge: &judge,
        channel_of: &|_| policy.default_channel(),
        exceptions_of: &none,
        snippets: Snippets::None,
        limits: ombud::document::Limits::DEFAULT,
        excludes: &excludes,
        window: None,
        mark: Some(&mark),
    };
    // Runs until `most` findings were seen and then again from the last note, until it is through.
    let run = |output: &Path, most: u32| -> (u32, Summary) {
        fs::create_dir_all(output).expect("a folder");
        let mut interruptions = 0;
        loop {
            let stage = Journal::unfinished(output).unwrap_or_else(|| Stage::new("2026-02-02T00:00:00.000Z".into(), "x".into()));
            let from = stage.progress.clone();
            let rows = RowWriter { engine: &engine, lang: Lang::Sv, departments: Vec::new(), roots: Vec::new() };
            let mut journal = Journal::open(output, stage, rows, None, Tally::new(Sample::new(20, 1))).expect("a journal");
            journal.note_every(std::time::Duration::ZERO);
            let mut reporters: Vec<Box<dyn Reporter + Send + '_>> = vec![Box::new(Interrupted(&mut journal, most))];
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
            let Ok(summary) = pool.install(|| scan.go_on(&entries, from, &mut reporters, &mut |_| true, |_, _| ())) else {
                interruptions += 1;
                assert!(interruptions < 50, "it never ends");
                continue;
            };
            reporters[0].finish(&summary).expect("written");
            drop(reporters);
            let tally = std::mem::take(&mut journal.tally);
            let sums = SheetSums { tally: &tally, summary: &summary, policy: &policy, lang: Lang::Sv, started: "2026-02-02" };
            let names = Names::of(Lang::Sv);
            let rows = journal.written().expect("written");
            workbook(&output.join(names.workbook), &sums, &rows).expect("written");
            sarif(&output.join(names.sarif), &sums, &rows).expect("written");
            fs::write(
                output.join("summa"),
                format!("{:?} {:?} {} {:?}", tally.cells, tally.months, tally.posts, tally.sample.rows().len()),
            )
            .expect("written");
            fs::write(
                output.join("personer"),
                format!("{} {} {}", tally.people.named(), tally.people.single(), tally.people.in_more_than(5)),
            )
            .expect("written");
            journal.publish(output).expect("moved");
            return (interruptions, summary);
        }
    };
    let (whole, pieces) = (dir.path().join("hel"), dir.path().join("delar"));
    let (none, summary) = run(&whole, u32::MAX);
    // A batch is 128 sources or three megabytes.
    let (some, same) = run(&pieces, 1_100);
    assert!(none == 0 && some > 1, "{some} interruptions");
    assert_eq!(summary, same);
    for name in ["fynd.jsonl", "fynd.csv", "fynd.sarif", "rapport.xlsx", "summa", "personer"] {
        assert!(fs::read(whole.join(name)).expect("there") == fs::read(pieces.join(name)).expect("there"), "{name} differs");
    }
    assert!(!pieces.join(".ombud-unfinished").exists());
}

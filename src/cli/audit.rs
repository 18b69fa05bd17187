//! `ombud audit`: what has been published, where, about how many.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use globset::Glob;

use super::check::print;
use super::drafts::seconds;
use super::meter::Meter;
use super::settings::Settings;
use super::{CLEAN, SettingsArgs, Stop, UNJUDGED, locale};
use crate::audit::{
    AcceptedRow, Department, Frame, Journal, Names, People, Reviewed, RowWriter, Run, Sample, SheetSums, Sort, Stage, Store, Tally,
    key_from, mark, page, rotate, sample_sheet, sarif, workbook,
};
use crate::engine::Scratch;
use crate::policy::Judge;
use crate::report::{Lang, Reporter, Snippets, Summary, WholeFile, totals};
use crate::scan::Scan;
use crate::sensitive::Key;
use crate::source::{Entry, Excludes, Ignores, Input, Origin, decode, walk};

#[derive(Debug, clap::Args)]
pub(super) struct AuditArgs {
    /// Folders and files: what is published, or exports of it.
    #[arg(required_unless_present = "rotate_key")]
    sources: Vec<PathBuf>,
    /// The folder of the report; made if it is not there.
    #[arg(long, short, value_name = "FOLDER", required_unless_present = "rotate_key")]
    output: Option<PathBuf>,
    /// The channel of what does not say its own: facebook, web, internt …
    #[arg(long)]
    channel: Option<String>,
    #[command(flatten)]
    settings: SettingsArgs,
    /// The folder that keeps runs, without values, for comparison.
    #[arg(long, value_name = "FOLDER", default_value = ".ombud/audits")]
    store: PathBuf,
    /// Do not keep this run.
    #[arg(long)]
    no_store: bool,
    /// Compare with an earlier run: last, a day as 2026-05-01, or a run's name.
    #[arg(long, value_name = "RUN")]
    since: Option<String>,
    /// Draw so many findings for review by people, of every rule some.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    sample: usize,
    /// Another seed draws other findings.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// The review sheet, filled in: its verdicts go into the report.
    #[arg(long, value_name = "FILE")]
    reviewed: Option<PathBuf>,
    /// From how many years on content is called old.
    #[arg(long, value_name = "YEARS", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..100))]
    older_than: u16,
    /// The file of the key that people are counted by; made if it is not there.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Make a new key first: people are not linked to earlier reports.
    #[arg(long)]
    rotate_key: bool,
    /// Go on with the run that was interrupted.
    #[arg(long)]
    resume: bool,
    /// Threads; as many as the machine has if left out.
    #[arg(long)]
    threads: Option<usize>,
}

pub(super) fn run(args: &AuditArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    let pack = args.settings.policy.clone().unwrap_or_else(|| "granskning".to_owned());
    let settings = Settings::load(&SettingsArgs {
        policy: Some(pack),
        config: args.settings.config.clone(),
        no_config: args.settings.no_config,
        as_of: args.settings.as_of,
    })?;
    let lang = lang.or(settings.lang()).unwrap_or_else(locale);
    if let Some(output) = &args.output {
        fs::create_dir_all(output).map_err(|e| Stop::Message(format!("{}: {e}", output.display())))?;
    }
    let key = key(args, lang)?;
    let Some(output) = args.output.as_deref().filter(|_| !args.sources.is_empty()) else { return Ok(CLEAN) };
    let policy = &settings.policy;
    let asked = match &args.channel {
        Some(name) => Some(policy.channels().find(name).ok_or_else(|| Stop::Message(policy.channels().unknown(name).message))?),
        None => None,
    };
    let reviewed = args.reviewed.as_deref().map(|file| review(file, lang)).transpose()?;
    let store = Store::new(args.store.clone());
    let known = match args.since.as_deref() {
        Some(name) => match store.find(name)? {
            // The first audit has nothing to be compared with.
            None if name != "last" => {
                return Err(Stop::Message(format!("{} `{name}`", lang.of("ingen granskning heter", "no audit is called"))));
            }
            known => known,
        },
        None => None,
    };
    let excludes = Excludes::new(policy.exclude()).map_err(|(glob, fault)| Stop::Message(format!("{glob}: {fault}")))?;
    let entries = entries(args, output, &excludes);
    if entries.is_empty() {
        return Err(Stop::Message(lang.of("ingenting att läsa", "nothing to read").to_owned()));
    }
    let engine = settings.engine(policy.sensitivity());
    let judge = Judge::new(policy).on(settings.today).with_key(&key);
    let default = asked.unwrap_or_else(|| policy.default_channel());
    let channel_of = |name: &str| if asked.is_some() { default } else { settings.channel_of_path(name).unwrap_or(default) };
    let scan = Scan {
        engine: &engine,
        judge: &judge,
        channel_of: &channel_of,
        exceptions_of: &|name| settings.exceptions_of(name),
        snippets: Snippets::None,
        limits: settings.config.limits.into(),
        excludes: &excludes,
        window: None,
        mark: Some(&mark),
    };

    let (bytes, same) = measure(&entries, &settings, args, &key, lang);
    let stage = stage(args, output, same, lang)?;
    let from = stage.progress.clone();
    let rows = RowWriter { engine: &engine, lang, departments: departments(&settings)?, roots: roots(&args.sources) };
    let mut tally = Tally::new(Sample::new(args.sample, args.seed));
    // Exceptions that nothing needed are listed with those that something did.
    let mut scratch = Scratch::default();
    tally.accepted.extend(policy.accepted().map(|a| (AcceptedRow::of_configuration(a, &engine, &mut scratch), 0)));
    let mut journal = Journal::open(output, stage, rows, known, tally)?;
    let mut meter = Meter::new(bytes, from.bytes, lang);
    let threads =
        rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0)).build().map_err(|e| Stop::Message(e.to_string()))?;
    let mut reporters: Vec<Box<dyn Reporter + Send + '_>> = vec![Box::new(&mut journal)];
    let summary = threads.install(|| scan.go_on(&entries, from, &mut reporters, &mut |_| true, |progress, _| meter.show(progress)))?;
    reporters[0].finish(&summary)?;
    drop(reporters);
    meter.end();

    let masked = |path: &PathBuf| engine.masked(&path.display().to_string(), &mut Scratch::default());
    let frame = Finish {
        args,
        output,
        settings: &settings,
        store: &store,
        summary: &summary,
        reviewed: reviewed.as_ref(),
        sources: args.sources.iter().map(masked).collect(),
        lang,
    };
    let page = frame.write(&mut journal)?;
    print(&format!("{}\n{}\n", totals(&summary, lang), page.display()))?;
    Ok(if summary.is_complete() { CLEAN } else { UNJUDGED })
}

/// The key, which must not lie in the report's folder.
fn key(args: &AuditArgs, lang: Lang) -> Result<Key, Stop> {
    let path = match &args.key {
        Some(path) => path.clone(),
        None => default_key().ok_or_else(|| {
            Stop::Message(
                lang.of("ingen hemmapp: ange nyckelns fil med --key", "no home folder: name the key's file with --key").to_owned(),
            )
        })?,
    };
    let folder = |p: &Path| fs::canonicalize(p).ok();
    let inside = args
        .output
        .as_deref()
        .and_then(folder)
        .zip(path.parent().and_then(|p| folder(if p.as_os_str().is_empty() { Path::new(".") } else { p })));
    if inside.is_some_and(|(output, key)| key.starts_with(output)) {
        let what = "nyckeln får inte ligga i rapportens mapp: den som har båda kan pröva sig fram till namnen";
        return Err(Stop::Message(
            lang.of(what, "the key must not lie in the report's folder: who has both can find names by trying").to_owned(),
        ));
    }
    let key = if args.rotate_key { rotate(&path) } else { key_from(&path) };
    key.map_err(|e| Stop::Message(format!("{}: {e}", path.display())))
}

fn default_key() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let folder = set("XDG_CONFIG_HOME").or_else(|| set("APPDATA")).or_else(|| set("HOME").map(|home| home.join(".config")))?;
    Some(folder.join("ombud/audit.key"))
}

fn review(file: &Path, lang: Lang) -> Result<Reviewed, Stop> {
    let bytes = fs::read(file).map_err(|e| Stop::Message(format!("{}: {e}", file.display())))?;
    Reviewed::parse(&decode(&bytes).text).map_err(|(sv, en)| Stop::Message(lang.of(&sv, &en).to_owned()))
}

/// What is to be read, without the report itself and the store.
fn entries(args: &AuditArgs, output: &Path, excludes: &Excludes) -> Vec<Entry> {
    let own: Vec<PathBuf> = [output, &args.store].into_iter().filter_map(|p| fs::canonicalize(p).ok()).collect();
    let mut entries = walk(&args.sources, excludes, Ignores::Disregard);
    // Only a file below a folder that is also above our own can be ours.
    let above = args.sources.iter().filter_map(|s| fs::canonicalize(s).ok()).any(|s| own.iter().any(|o| o.starts_with(&s)));
    if above {
        entries.retain(|entry| match entry {
            Entry::Input(Input { origin: Origin::File(path), .. }) => {
                fs::canonicalize(path).map_or(true, |path| !own.iter().any(|own| path.starts_with(own)))
            }
            _ => true,
        });
    }
    entries
}

/// How many bytes there are to read, and a mark of what would make it another run.
fn measure(entries: &[Entry], settings: &Settings, args: &AuditArgs, key: &Key, lang: Lang) -> (u64, String) {
    let (mut bytes, mut all) = (0, Vec::new());
    for entry in entries {
        let name = match entry {
            Entry::Input(input) => &input.name,
            Entry::Unread(unread) => &unread.name,
        };
        all.extend_from_slice(name.as_bytes());
        if let Entry::Input(Input { origin: Origin::File(path), .. }) = entry
            && let Ok(about) = fs::metadata(path)
        {
            bytes += about.len();
            all.extend_from_slice(&about.len().to_le_bytes());
            let changed = about.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos());
            all.extend_from_slice(&changed.to_le_bytes());
        }
    }
    let asked = format!(
        "{:?} {:?} {:?} {} {:?} {}",
        settings.config,
        args.channel,
        args.since,
        args.sample,
        (args.seed, lang),
        settings.policy.pack()
    );
    let version = env!("CARGO_PKG_VERSION");
    (bytes, format!("{:016x}", key.mark("run", &[&all, asked.as_bytes(), version.as_bytes()])))
}

/// Where to begin.
fn stage(args: &AuditArgs, output: &Path, same: String, lang: Lang) -> Result<Stage, Stop> {
    let fresh = Stage::new(crate::report::iso(seconds()), same);
    match Journal::unfinished(output).filter(|_| args.resume) {
        None => Ok(fresh),
        Some(stage) if stage.same == fresh.same => Ok(stage),
        Some(_) => Err(Stop::Message(
            lang.of(
                "källor, regler eller inställningar har ändrats sedan avbrottet: börja om utan --resume",
                "sources, rules or settings have changed since the interruption: start again without --resume",
            )
            .to_owned(),
        )),
    }
}

fn departments(settings: &Settings) -> Result<Vec<Department>, Stop> {
    let one = |(glob, name): &(String, String)| {
        let glob = Glob::new(glob).map_err(|e| Stop::Message(format!("{glob}: {}", e.kind())))?.compile_matcher();
        Ok(Department { name: name.clone(), glob })
    };
    settings.config.departments.0.iter().map(one).collect()
}

/// The folders asked for, as the names of sources begin.
fn roots(sources: &[PathBuf]) -> Vec<String> {
    let root = |path: &PathBuf| {
        let name = path.to_string_lossy().replace('\\', "/");
        let name = name.trim_start_matches("./").trim_end_matches('/');
        if name.is_empty() || name == "." { String::new() } else { format!("{name}/") }
    };
    sources.iter().filter(|p| p.is_dir()).map(root).collect()
}

/// What the files of the report are made of, once everything is read.
struct Finish<'a> {
    args: &'a AuditArgs,
    output: &'a Path,
    settings: &'a Settings,
    store: &'a Store,
    summary: &'a Summary,
    reviewed: Option<&'a Reviewed>,
    sources: Vec<String>,
    lang: Lang,
}

impl Finish<'_> {
    /// Writes all files, the page last, and keeps the run.
    fn write(&self, journal: &mut Journal<'_>) -> Result<PathBuf, Stop> {
        let names = Names::of(self.lang);
        let at = |name: &str| self.output.join(name);
        let started = journal.started().to_owned();
        let mut tally = std::mem::take(&mut journal.tally);
        let policy = &self.settings.policy;
        {
            let sums = SheetSums { tally: &tally, summary: self.summary, policy, lang: self.lang, started: &started };
            let rows = journal.written()?;
            std::thread::scope(|side| {
                let beside = side.spawn(|| sarif(&at(names.sarif), &sums, &rows));
                workbook(&at(names.workbook), &sums, &rows)?;
                beside.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
            })?;
        }
        let mut files = vec![names.table, names.workbook, names.lines, names.sarif];
        if self.args.sample > 0 {
            sample_sheet(&at(names.sample), &tally.sample.rows(), self.lang)?;
            files.push(names.sample);
        }
        let change = journal.known().map(|known| known.compare(&mut tally.prints));
        let run = self.run(&tally, &started);
        let mut runs = self.store.runs()?;
        runs.retain(|earlier| earlier.run != run.run);
        runs.push(run.clone());
        let frame = Frame {
            tally: &tally,
            summary: self.summary,
            policy,
            lang: self.lang,
            started: &started,
            organisation: self.settings.config.organisation.as_deref().unwrap_or(""),
            sources: &self.sources,
            runs: &runs[runs.len().saturating_sub(24)..],
            change: change.as_ref(),
            reviewed: self.reviewed,
            older_than: self.args.older_than,
            files: &files,
        };
        let mut out = WholeFile::create(&at(names.page))?;
        out.write_all(page(&frame).as_bytes())?;
        out.finish()?;
        if !self.args.no_store {
            self.store.keep(&run, &mut tally.prints)?;
        }
        journal.publish(self.output)?;
        Ok(at(names.page))
    }

    fn run(&self, tally: &Tally, started: &str) -> Run {
        let [errors, warnings, notes] = tally.all().0;
        let children = |people: &People| {
            let (named, single) = people.of(Sort::Child);
            named + single
        };
        let policy = &self.settings.policy;
        Run {
            run: started.get(..19).unwrap_or(started).replace(['-', ':'], "") + "Z",
            at: started.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pack: format!("{} {}", policy.pack(), policy.reviewed()),
            scanned: self.summary.scanned,
            skipped: self.summary.skipped,
            failed: self.summary.failed,
            errors,
            warnings,
            notes,
            accepted: self.summary.suppressed,
            people: tally.people.named(),
            children: children(&tally.people),
            rules: tally.rules().into_iter().map(|(rule, by)| (rule.to_owned(), by.all())).collect(),
        }
    }
}

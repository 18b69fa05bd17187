//! `ombud check`: drafts against the policy.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::outputs::{Ask, Output, OutputParser, Reports};
use super::settings::Settings;
use super::{CLEAN, FOUND, SensitivityArg, SettingsArgs, Stop, UNJUDGED, locale};
use crate::Rulebook;
use crate::document::Format;
use crate::engine::Engine;
use crate::finding::Severity;
use crate::policy::Judge;
use crate::report::{Lang, Snippets, Summary, Window, Wording};
use crate::scan::Scan;
use crate::source::{Entry, Excludes, Input, Origin, walk};

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Files and folders; `-` is standard input. The folder you are in if none is given.
    paths: Vec<PathBuf>,
    /// The channel of drafts that do not say theirs: facebook, web, internt …
    #[arg(long)]
    channel: Option<String>,
    #[command(flatten)]
    settings: SettingsArgs,
    /// The severity from which findings give exit status 1.
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// The form of the output; more than once, where each but one goes to a file: `sarif=ombud.sarif`.
    #[arg(long = "format", value_name = "FORM[=FILE]", default_value = "human", value_parser = OutputParser)]
    formats: Vec<Output>,
    /// How much doubt is let through: normal for drafts, high for audits.
    #[arg(long, value_enum)]
    sensitivity: Option<SensitivityArg>,
    /// Threads; as many as the machine has if left out.
    #[arg(long)]
    threads: Option<usize>,
    /// Show the words themselves; only on a terminal.
    #[arg(long)]
    reveal: bool,
    /// The format of standard input or of files without a known ending.
    #[arg(long = "as", value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(Format::names()))]
    as_format: Option<String>,
    /// The name standard input is reported under.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Only what a planning board publishes within this time: 48h, 2d.
    #[arg(long, value_name = "TIME", value_parser = hours)]
    due: Option<u32>,
    /// Finding nothing to read is fine.
    #[arg(long)]
    allow_empty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The least severity that fails.
    const fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// `48h` or `2d`, in hours.
fn hours(text: &str) -> Result<u32, String> {
    let number = |end: char| text.strip_suffix(end).and_then(|n| n.parse::<u32>().ok());
    let hours = number('h').or_else(|| number('d').and_then(|days| days.checked_mul(24)));
    hours.filter(|h| (1..=24 * 366).contains(h)).ok_or_else(|| "hours or days, as 48h or 2d".to_owned())
}

pub(super) fn run(args: &CheckArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    let start = Instant::now();
    let settings = Settings::load(&args.settings)?;
    let lang = lang.or(settings.lang()).unwrap_or_else(locale);
    let policy = &settings.policy;
    if args.reveal && !(args.formats.len() == 1 && args.formats[0].is_watched()) {
        return Err(Stop::Message(lang.of("--reveal går bara i en terminal", "--reveal works on a terminal only").to_owned()));
    }
    let asked = match &args.channel {
        Some(name) => Some(policy.channels().find(name).ok_or_else(|| Stop::Message(policy.channels().unknown(name).message))?),
        None => None,
    };
    let excludes = Excludes::new(policy.exclude()).map_err(|(glob, fault)| Stop::Message(format!("{glob}: {fault}")))?;
    let entries = entries(args, &excludes)?;
    if entries.is_empty() && !args.allow_empty {
        return Err(Stop::Message(lang.of("ingenting att läsa", "nothing to read").to_owned()));
    }
    let sensitivity = args.sensitivity.map_or(policy.sensitivity(), Into::into);
    let engine = Engine::new(Rulebook::built_in(), sensitivity).with_own((&settings.config.own).into());
    let judge = Judge::new(policy);
    let default = asked.unwrap_or_else(|| policy.default_channel());
    let channel_of = |name: &str| if asked.is_some() { default } else { settings.channel_of_path(name).unwrap_or(default) };
    let snippets = match (args.formats.iter().any(Output::is_drawn), args.reveal) {
        (true, false) => Snippets::Masked,
        (true, true) => Snippets::Revealed,
        _ => Snippets::None,
    };
    let window = args.due.map(|hours| Window::next(seconds(), hours));
    let scan = Scan { engine: &engine, judge: &judge, channel_of: &channel_of, snippets, window: window.as_ref(), mark: None };
    let ask = Ask { lang, wording: Wording::default(), fails: args.fail_on.least(), window: window.clone(), now: now() };
    let mut reports = Reports::open(&args.formats, &ask)?;
    let bar = progress(&entries, &args.formats);
    let threads =
        rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0)).build().map_err(|e| Stop::Message(e.to_string()))?;
    let mut summary = threads.install(|| scan.run(&entries, &mut reports.all, |done| bar.inc(done)))?;
    bar.finish_and_clear();
    summary.millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    reports.finish(&summary)?;
    if summary.scanned + summary.failed == 0 && summary.unsupported == 0 && !args.allow_empty {
        return Err(Stop::Message(lang.of("ingenting att läsa: allt utelämnas", "nothing to read: everything is left out").to_owned()));
    }
    Ok(status(&summary, args.fail_on))
}

fn entries(args: &CheckArgs, excludes: &Excludes) -> Result<Vec<Entry>, Stop> {
    let mut paths: Vec<PathBuf> = args.paths.clone();
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let format = args.as_format.as_deref().and_then(Format::from_name);
    let mut entries = Vec::new();
    let (stdin, files): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|p| p.as_os_str() == "-");
    if !stdin.is_empty() {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        let name = args.name.clone().unwrap_or_else(|| "-".to_owned());
        let by_name = name.rsplit_once('.').and_then(|(_, ending)| Format::from_extension(ending));
        entries.push(Entry::Input(Input { name, origin: Origin::Bytes(bytes), format: format.or(by_name) }));
    }
    for mut entry in walk(&files, excludes) {
        if let Entry::Input(input) = &mut entry {
            input.format = input.format.or(format);
        }
        entries.push(entry);
    }
    Ok(entries)
}

/// The time in UTC, as ISO 8601.
pub(super) fn now() -> String {
    crate::report::iso(seconds())
}

/// Seconds since 1970. `SOURCE_DATE_EPOCH` sets them, for outputs that must not change from day to day.
fn seconds() -> i64 {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(0));
    set.unwrap_or_else(clock)
}

/// A bar on standard error, after half a second, where somebody is looking.
fn progress(entries: &[Entry], outputs: &[Output]) -> ProgressBar {
    let shown =
        io::stderr().is_terminal() && outputs.iter().any(Output::is_watched) && std::env::var_os("CI").is_none() && entries.len() > 500;
    let bar = ProgressBar::with_draw_target(
        Some(entries.len() as u64),
        if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
    );
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} · {per_sec} · {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

fn status(summary: &Summary, fail_on: FailOn) -> u8 {
    let found = match fail_on {
        FailOn::Error => summary.errors,
        FailOn::Warning => summary.errors + summary.warnings,
        FailOn::Note => summary.errors + summary.warnings + summary.notes,
        FailOn::Never => 0,
    };
    if !summary.is_complete() {
        UNJUDGED
    } else if found > 0 {
        FOUND
    } else {
        CLEAN
    }
}

/// Writes to standard output at once; for commands that print a little.
pub(super) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

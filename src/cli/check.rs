//! `ombud check`: drafts against the policy.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::time::Instant;

use clap::ValueEnum;

use super::baseline::{Held, Names};
use super::drafts::{DraftArgs, Drafts, View, seconds};
use super::outputs::{Ask, Output, OutputParser, Reports};
use super::settings::Settings;
use super::{CLEAN, FOUND, Stop, UNJUDGED, locale};
use crate::finding::Severity;
use crate::report::{Lang, Snippets, Summary, Window};

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    drafts: DraftArgs,
    /// The severity from which findings give exit status 1.
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// The form of the output; more than once, where each but one goes to a file: `sarif=ombud.sarif`.
    #[arg(long = "format", value_name = "FORM[=FILE]", default_value = "human", value_parser = OutputParser)]
    formats: Vec<Output>,
    /// Show the words themselves; only on a terminal.
    #[arg(long)]
    reveal: bool,
    /// Only what a planning board publishes within this time: 48h, 2d.
    #[arg(long, value_name = "TIME", value_parser = hours)]
    due: Option<u32>,
    /// Findings accepted before; otherwise ombud-baseline.jsonl beside ombud.toml or in the folder you are in.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Let the baseline hide nothing.
    #[arg(long, conflicts_with = "baseline")]
    no_baseline: bool,
    /// Exit 1 too where the baseline has entries that are not found any more: it only shrinks.
    #[arg(long)]
    frozen: bool,
    /// A filter: drafts in JSON Lines from standard input (id, text, channel, format), each judged by itself.
    #[arg(long, conflicts_with_all = ["paths", "formats", "sensitivity", "threads", "reveal", "as_format", "name", "due", "changed", "staged"])]
    lines: bool,
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
    // The program ends with it: taking it down word by word would only take longer.
    let settings = ManuallyDrop::new(Settings::load(&args.drafts.settings)?);
    let lang = lang.or(settings.lang()).unwrap_or_else(locale);
    if args.lines {
        return super::lines::run(&settings, &args.drafts, lang);
    }
    if args.reveal && !(args.formats.len() == 1 && args.formats[0].is_watched()) {
        return Err(Stop::Message(lang.of("--reveal går bara i en terminal", "--reveal works on a terminal only").to_owned()));
    }
    let drafts = Drafts::find(&args.drafts, &settings, lang)?;
    let mut held = if args.no_baseline { None } else { Held::open(args.baseline.as_deref(), &settings)? };
    let snippets = match (args.formats.iter().any(Output::is_drawn), args.reveal) {
        (true, false) => Snippets::Masked,
        (true, true) => Snippets::Revealed,
        _ => Snippets::None,
    };
    let window = args.due.map(|hours| Window::next(seconds(), hours));
    let ask = Ask {
        lang,
        wording: super::fix::wording(&settings),
        fails: args.fail_on.least(),
        window: window.clone(),
        now: crate::report::iso(seconds()),
    };
    let mut reports = Reports::open(&args.formats, &ask)?;
    let names = Names::default();
    if args.frozen {
        reports.all.push(Box::new(names.clone()));
    }
    let view = View { snippets, window: window.as_ref(), bar: args.formats.iter().any(Output::is_watched) };
    let mut summary = drafts.scan(view, &mut reports.all, &mut |finding| {
        if let Some(held) = &mut held {
            held.settle(&drafts, finding);
        }
        true
    })?;
    summary.millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    reports.finish(&summary)?;
    if summary.scanned + summary.failed == 0 && summary.unsupported == 0 && !args.drafts.allow_empty && !drafts.is_partial() {
        return Err(Stop::Message(lang.of("ingenting att läsa: allt utelämnas", "nothing to read: everything is left out").to_owned()));
    }
    let status = status(&summary, args.fail_on);
    let idle = held.filter(|_| args.frozen && !drafts.is_partial()).map_or(0, |held| held.idle(&drafts, &names.take()));
    if idle > 0 {
        let text = lang.of(
            "rader i baslinjen hittas inte längre: kör `ombud baseline prune`",
            "lines of the baseline are not found any more: run `ombud baseline prune`",
        );
        writeln!(io::stderr(), "{idle} {text}")?;
        return Ok(status.max(FOUND));
    }
    Ok(status)
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

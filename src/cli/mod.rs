//! The command line: one file a command. Everything here turns arguments into calls of the library.

#[cfg(feature = "audit")]
mod audit;
mod baseline;
mod check;
mod config;
mod detect;
mod drafts;
mod explain;
mod filter;
mod fix;
mod init;
mod lines;
#[cfg(feature = "audit")]
mod meter;
mod outputs;
mod ownrules;
mod redact;
mod rulescheck;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod subject;
#[cfg(feature = "audit")]
mod trend;
mod watch;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::engine::{Engine, Scratch};
use crate::policy::Day;
use crate::report::Lang;
use crate::{Rulebook, Sensitivity};

/// Nothing found at or over the level asked for.
pub const CLEAN: u8 = 0;
/// Findings at or over the level.
pub const FOUND: u8 = 1;
/// Something could not be judged: a source, a rule, a setting. Leads over findings.
pub const UNJUDGED: u8 = 2;

const EXAMPLES: &str = "\
Examples:
  ombud check                         check the folder you are in
  ombud check utkast/ --channel facebook
  ombud check - --as markdown --name utkast.md < utkast.md
  ombud check content/ --format sarif > ombud.sarif
  ombud explain OMB101                what a rule means, why, and what to write instead
  ombud rules                         all rules with their severities
  ombud rules check                   the examples of all rules, built-in and own
  ombud init                          write a commented ombud.toml
  ombud config --show utkast/a.md     what applies to a draft, and from where
  ombud --version --verbose           the version, and when each pack was last reviewed

Exit status: 0 clean, 1 findings at or over --fail-on, 2 could not judge (leads over 1).";

/// Finds Swedish personal data in drafts before they are published. Nothing leaves your machine.
#[derive(Debug, Parser)]
#[command(name = "ombud", version, after_help = EXAMPLES, max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    command: Command,
    /// Language of messages; otherwise OMBUD_LANG, the configuration, or the locale.
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArg>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check drafts against the policy.
    Check(check::CheckArgs),
    /// Audit what is published: a report of what, where, about how many, and whether it gets better.
    #[cfg(feature = "audit")]
    Audit(audit::AuditArgs),
    /// Show how the audits in a store follow each other.
    #[cfg(feature = "audit")]
    Trend(trend::TrendArgs),
    /// Accept the findings of today, so that only new ones fail.
    Baseline(baseline::BaselineArgs),
    /// Find personal data in JSON Lines from standard input: a filter for other programs.
    Detect(detect::DetectArgs),
    /// Say what a rule or a kind of data is, why it matters, and what to write instead.
    Explain(explain::ExplainArgs),
    /// List every place where one person appears: an extract for that person (GDPR articles 15 and 17).
    Subject(subject::SubjectArgs),
    /// Write a commented ombud.toml from what lies in the folder.
    Init(init::InitArgs),
    /// Show what applies to a path, and where each value comes from.
    Config(config::ConfigArgs),
    /// List all rules with their severity in each class of channel, or check the rules themselves.
    Rules(explain::RulesArgs),
    /// Serve the page and an interface for other programs, on this machine only.
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
    /// Propose other words for what is mechanical; write them with --write.
    Fix(fix::FixArgs),
    /// Give out a document with every piece of personal data replaced by a numbered placeholder.
    Redact(redact::RedactArgs),
    /// Check again what changes, while you write.
    Watch(watch::WatchArgs),
    /// Write the manual pages into a folder.
    #[command(hide = true)]
    Man {
        /// The folder.
        folder: PathBuf,
    },
    /// Print shell completions.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangArg {
    Sv,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Sv => Self::Sv,
            LangArg::En => Self::En,
        }
    }
}

/// `--sensitivity`
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SensitivityArg {
    Normal,
    High,
}

impl From<SensitivityArg> for crate::detect::Sensitivity {
    fn from(sensitivity: SensitivityArg) -> Self {
        match sensitivity {
            SensitivityArg::Normal => Self::Normal,
            SensitivityArg::High => Self::High,
        }
    }
}

/// What ends a command before it could do its work.
#[derive(Debug)]
enum Stop {
    /// The reader of our output went away; nothing is wrong.
    BrokenPipe,
    /// A message for the user, ready to print.
    Message(String),
}

impl From<io::Error> for Stop {
    fn from(e: io::Error) -> Self {
        if e.kind() == io::ErrorKind::BrokenPipe { Self::BrokenPipe } else { Self::Message(e.to_string()) }
    }
}

/// Makes a panic say its place in the program and no more: its own message may quote what was read.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|fault| {
        let place = fault.location().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(io::stderr(), "ombud: internal fault at {place}");
    }));
}

/// Runs the program with `args` and gives the exit status.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    if args.len() == 3 && args[1..].iter().all(|a| a == "--version" || a == "-V" || a == "--verbose") && args[1] != args[2] {
        return check::print(&version()).map_or(UNJUDGED, |()| CLEAN);
    }
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(e) => {
            let _ = e.print();
            return if e.use_stderr() { UNJUDGED } else { CLEAN };
        }
    };
    let lang = args.lang.map(Lang::from).or_else(|| std::env::var("OMBUD_LANG").ok().as_deref().and_then(lang_of));
    let result = match args.command {
        Command::Check(check) => check::run(&check, lang),
        #[cfg(feature = "audit")]
        Command::Audit(args) => audit::run(&args, lang),
        #[cfg(feature = "audit")]
        Command::Trend(args) => trend::run(&args, lang.unwrap_or_else(locale)),
        Command::Baseline(args) => baseline::run(&args, lang),
        Command::Detect(detect) => detect::run(&detect),
        Command::Explain(explain) => explain::explain(&explain, lang.unwrap_or_else(locale)),
        Command::Subject(subject) => subject::run(&subject, lang),
        Command::Init(args) => init::run(&args, lang.unwrap_or_else(locale)),
        Command::Config(args) => config::run(&args, lang.unwrap_or_else(locale)),
        Command::Rules(rules) => explain::rules(&rules, lang.unwrap_or_else(locale)),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve::run(&serve, lang),
        Command::Fix(args) => fix::run(&args, lang),
        Command::Redact(args) => redact::run(&args, lang),
        Command::Watch(args) => watch::run(&args, lang),
        Command::Man { folder } => {
            clap_mangen::generate_to(Args::command(), folder).map(|()| CLEAN).map_err(|e| Stop::Message(e.to_string()))
        }
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Args::command(), "ombud", &mut io::stdout());
            Ok(CLEAN)
        }
    };
    match result {
        Ok(status) => status,
        Err(Stop::BrokenPipe) => CLEAN,
        Err(Stop::Message(message)) => {
            // What stood in a configuration or an argument may be personal data too.
            let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
            let _ = writeln!(io::stderr(), "{}", engine.masked(message.trim_end(), &mut Scratch::default()));
            UNJUDGED
        }
    }
}

/// The version, and when a person last read what it judges by.
fn version() -> String {
    let mut text = format!("ombud {}\n", env!("CARGO_PKG_VERSION"));
    for (name, reviewed) in crate::policy::reviews() {
        text += &format!("{name:12}reviewed {reviewed}\n");
    }
    text
}

/// A bar on standard error, after half a second, where somebody is looking.
fn progress(sources: usize, wanted: bool) -> ProgressBar {
    let shown = wanted && io::stderr().is_terminal() && std::env::var_os("CI").is_none() && sources > 500;
    let bar = ProgressBar::with_draw_target(
        Some(sources as u64),
        if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
    );
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} · {per_sec} · {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

fn lang_of(name: &str) -> Option<Lang> {
    match name.get(..2)?.to_ascii_lowercase().as_str() {
        "sv" => Some(Lang::Sv),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// The language of the locale: Swedish unless the locale names another language.
fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|v| !v.is_empty());
    match set.as_deref() {
        None | Some("C" | "POSIX" | "C.UTF-8" | "C.utf8") => Lang::Sv,
        Some(name) if name.starts_with("sv") => Lang::Sv,
        Some(_) => Lang::En,
    }
}

/// A day on the command line.
fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "no such day: write it 2026-12-31".to_owned())
}

/// Where settings come from; shared by the commands that judge.
#[derive(Debug, clap::Args)]
struct SettingsArgs {
    /// The policy pack: kommun (default), strikt, granskning …
    #[arg(long)]
    policy: Option<String>,
    /// The configuration file; otherwise the nearest ombud.toml upwards.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Read no configuration file.
    #[arg(long)]
    no_config: bool,
    /// Judge as on this day, YYYY-MM-DD: decisions on countries, exceptions and terms of office have dates.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
}

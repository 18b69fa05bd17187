//! `ombud subject`: every place where one person appears, as an extract for that person (GDPR articles 15 and 17).
//!
//! Who is asked for is held in memory for the time of the search; no output, message or file of the program repeats it.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::drafts::stdin_entry;
use super::{CLEAN, FOUND, Stop, UNJUDGED, locale};
use crate::engine::Engine;
use crate::policy::Seeker;
use crate::report::{Extract, Form, Lang, Reporter, Snippets, private_file};
use crate::scan::Scan;
use crate::source::{Entry, Excludes, Ignores, walk};
use crate::subject::{Field, QueryError, Subject};
use crate::{Rulebook, Sensitivity};

const AFTER: &str = "\
Without --query and the arguments below, the program asks, and does not show what you type.
A query file has a line for each thing known: `name: …`, `personnummer: …`, `phone: …`, `email: …`.

Exit status: 0 the person appears nowhere, 1 somewhere, 2 not everything could be read.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(super) struct SubjectArgs {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// The person's name; again for former names.
    #[arg(long)]
    name: Vec<String>,
    /// The person's personnummer or samordningsnummer.
    #[arg(long)]
    personnummer: Vec<String>,
    /// The person's telephone number; again for others.
    #[arg(long)]
    phone: Vec<String>,
    /// The person's e-mail address; again for others.
    #[arg(long)]
    email: Vec<String>,
    /// A file that says who; `-` is standard input. Unlike arguments it stays out of the shell's history.
    #[arg(long, value_name = "FILE")]
    query: Option<PathBuf>,
    /// The form of the extract.
    #[arg(long, value_enum, default_value_t = FormArg::Human)]
    format: FormArg,
    /// Write the extract to a new file that only you may read.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormArg {
    Human,
    Jsonl,
    Csv,
}

impl From<FormArg> for Form {
    fn from(form: FormArg) -> Self {
        match form {
            FormArg::Human => Self::Human,
            FormArg::Jsonl => Self::JsonLines,
            FormArg::Csv => Self::Csv,
        }
    }
}

pub(super) fn run(args: &SubjectArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    let lang = lang.unwrap_or_else(locale);
    let subject = subject(args, lang)?;
    let excludes = Excludes::new([]).map_err(|(_, fault)| Stop::Message(fault))?;
    let entries = entries(&args.sources, &excludes)?;
    if entries.is_empty() {
        return Err(Stop::Message(lang.of("ingenting att läsa", "nothing to read").to_owned()));
    }
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::High);
    let seeker = Seeker::new(subject);
    let judge = &seeker;
    let scan = Scan {
        engine: &engine,
        judge: &judge,
        channel_of: &|_| 0,
        snippets: Snippets::Own,
        exceptions_of: &|_| Vec::new(),
        limits: crate::document::Limits::DEFAULT,
        excludes: &excludes,
        window: None,
        mark: None,
    };
    let out: Box<dyn Write + Send> = match &args.output {
        None => Box::new(io::stdout()),
        Some(path) => Box::new(private_file(path).map_err(|e| Stop::Message(format!("{}: {e}", path.display())))?),
    };
    let mut reporters: Vec<Box<dyn Reporter + Send + '_>> =
        vec![Box::new(Extract::new(BufWriter::with_capacity(1 << 16, out), args.format.into(), lang))];
    let summary = scan.run(&entries, &mut reporters, &mut |_| true, |_| {})?;
    for reporter in &mut reporters {
        reporter.finish(&summary)?;
    }
    Ok(match (summary.is_complete(), summary.notes) {
        (false, _) => UNJUDGED,
        (true, 0) => CLEAN,
        (true, _) => FOUND,
    })
}

/// Who is asked for: from a file, from arguments, or else from a prompt.
fn subject(args: &SubjectArgs, lang: Lang) -> Result<Subject, Stop> {
    let said = |e: QueryError| Stop::Message(words(e, lang));
    let mut subject = Subject::default();
    let given =
        [(Field::Name, &args.name), (Field::Personnummer, &args.personnummer), (Field::Phone, &args.phone), (Field::Email, &args.email)];
    let has_arguments = given.iter().any(|(_, values)| !values.is_empty());
    for (field, values) in given {
        values.iter().try_for_each(|value| subject.add(field, value)).map_err(said)?;
    }
    if has_arguments && io::stderr().is_terminal() {
        let warning = lang.of(
            "obs: det du skrev står nu i skalets historik och syns i processlistan; --query FIL eller frågan utan argument gör det inte",
            "note: what you typed is in your shell's history and in the list of processes; --query FILE or the prompt is not",
        );
        writeln!(io::stderr(), "{warning}")?;
    }
    if let Some(path) = &args.query {
        let text = if path.as_os_str() == "-" {
            if args.sources.iter().any(|s| s.as_os_str() == "-") {
                let twice = lang.of("standard in kan inte vara både fråga och källa", "standard input cannot be both query and source");
                return Err(Stop::Message(twice.to_owned()));
            }
            io::read_to_string(io::stdin().lock())?
        } else {
            std::fs::read_to_string(path).map_err(|e| Stop::Message(format!("{}: {e}", path.display())))?
        };
        subject.read(&text).map_err(said)?;
    } else if !has_arguments && io::stdin().is_terminal() && io::stderr().is_terminal() {
        ask(&mut subject, lang)?;
    }
    subject.complete().map_err(said)
}

/// Asks on the terminal; what is typed is not shown, and an empty answer skips.
fn ask(subject: &mut Subject, lang: Lang) -> Result<(), Stop> {
    let terminal = console::Term::stderr();
    for (field, sv, en) in [
        (Field::Name, "Namn", "Name"),
        (Field::Personnummer, "Personnummer", "Personnummer"),
        (Field::Phone, "Telefon", "Phone"),
        (Field::Email, "E-post", "E-mail"),
    ] {
        loop {
            terminal.write_str(&format!(
                "{} ({}): ",
                lang.of(sv, en),
                lang.of("visas inte, tomt hoppar över", "not shown, empty skips")
            ))?;
            let answer = terminal.read_secure_line()?;
            if answer.trim().is_empty() {
                break;
            }
            match subject.add(field, &answer) {
                Ok(()) => break,
                Err(e) => terminal.write_line(&words(e, lang))?,
            }
        }
    }
    Ok(())
}

/// What is wrong with a query, without a word of it.
fn words(fault: QueryError, lang: Lang) -> String {
    match fault {
        QueryError::Empty => lang.of("ingen person angiven: --query FIL, --name …", "nobody asked for: --query FILE, --name …").to_owned(),
        QueryError::Unknown(line) => {
            let sv = format!("rad {line} i frågan: okänt ord före kolonet; name, personnummer, phone eller email");
            let en = format!("line {line} of the query: unknown word before the colon; name, personnummer, phone or email");
            lang.of(&sv, &en).to_owned()
        }
        QueryError::Bad(field, line) => {
            let name = field.names()[0];
            let place = if line == 0 { format!("--{name}") } else { format!("{} {line}", lang.of("rad", "line")) };
            format!("{place}: {}", lang.of("inget giltigt värde", "not a valid value"))
        }
    }
}

fn entries(sources: &[PathBuf], excludes: &Excludes) -> Result<Vec<Entry>, Stop> {
    let (stdin, files): (Vec<PathBuf>, Vec<PathBuf>) = sources.iter().cloned().partition(|p| p.as_os_str() == "-");
    let mut entries = Vec::new();
    if !stdin.is_empty() {
        entries.push(stdin_entry("-".to_owned(), None)?);
    }
    entries.extend(walk(&files, excludes, Ignores::Disregard));
    Ok(entries)
}

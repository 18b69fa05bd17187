//! `ombud redact`: a document to show to those who may not see whom it is about.

use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use super::settings::Settings;
use super::{CLEAN, SettingsArgs, Stop, locale};
use crate::Sensitivity;
use crate::check::redact;
use crate::document::Format;
use crate::engine::Scratch;
use crate::report::{Lang, WholeFile};
use crate::source::decode;

#[derive(Debug, clap::Args)]
pub(super) struct RedactArgs {
    /// The document; `-` is standard input.
    path: PathBuf,
    /// The file to write; otherwise standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    settings: SettingsArgs,
    /// The format of standard input or of a file without a known ending.
    #[arg(long = "as", value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(Format::names()))]
    as_format: Option<String>,
}

pub(super) fn run(args: &RedactArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    let settings = Settings::load(&args.settings)?;
    let lang = lang.or(settings.lang()).unwrap_or_else(locale);
    let mut bytes = Vec::new();
    if args.path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = fs::read(&args.path).map_err(|e| Stop::Message(format!("{}: {e}", args.path.display())))?;
    }
    let not_read = |what: &str| {
        let text = lang.of("kan inte läsas helt, så inget lämnas ut:", "cannot be read whole, so nothing is given out:");
        Stop::Message(format!("{text} {what}"))
    };
    if crate::source::is_binary(&bytes) {
        return Err(not_read(lang.of("inte text", "not text")));
    }
    let decoded = decode(&bytes);
    if let Some(at) = decoded.broken {
        return Err(not_read(&format!("byte {at}")));
    }
    let by_name = args.path.extension().and_then(|e| Format::from_extension(e.to_str()?));
    let format = args.as_format.as_deref().and_then(Format::from_name).or(by_name);
    let format = format.map_or_else(|| Format::guess(&decoded.text), |f| f.refine(&decoded.text));
    let engine = settings.engine(Sensitivity::High);
    let redacted =
        redact(&engine, &decoded.text, format, &mut Scratch::default()).map_err(|f| not_read(&format!("{} (byte {})", f.message, f.at)))?;
    match &args.output {
        Some(path) => {
            let mut file = WholeFile::create(path).map_err(|e| Stop::Message(format!("{}: {e}", path.display())))?;
            file.write_all(redacted.text.as_bytes())?;
            file.finish()?;
        }
        None => super::check::print(&redacted.text)?,
    }
    let (places, different) = (redacted.places, redacted.different);
    match lang {
        Lang::Sv => writeln!(io::stderr(), "{places} ställen ersatta, {different} olika uppgifter; läs igenom innan det lämnas ut")?,
        Lang::En => writeln!(io::stderr(), "{places} places replaced, {different} different data; read it through before it is given out")?,
    }
    Ok(CLEAN)
}

//! `ombud check --lines`: a filter from drafts in JSON Lines to verdicts in JSON Lines, each draft judged by itself, for
//! programs that spread the work over many machines.

use std::io::{self, BufRead, BufWriter, Write};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::drafts::DraftArgs;
use super::settings::Settings;
use super::{CLEAN, Stop, UNJUDGED};
use crate::api::{Api, Request};
use crate::engine::Scratch;
use crate::report::Lang;
use crate::{Rulebook, Sensitivity, engine::Engine};

/// One draft.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'l> {
    /// Comes back with the verdict; any JSON value.
    #[serde(borrow, default)]
    id: Option<&'l RawValue>,
    text: String,
    #[serde(default)]
    alts: Vec<String>,
    name: Option<String>,
    format: Option<String>,
    channel: Option<String>,
}

/// Reads drafts from standard input, one a line, and writes a verdict for each in their order. The exit status tells only
/// whether all could be judged.
pub(super) fn run(settings: &Settings, args: &DraftArgs, lang: Lang) -> Result<u8, Stop> {
    let (pack, channel) = (args.settings.policy.as_deref(), args.channel.as_deref());
    let api = Api::new(settings.config.clone(), pack).map_err(|fault| Stop::Message(fault.0))?;
    let lang = lang.of("sv", "en");
    let mut scratch = Scratch::default();
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut input = io::stdin().lock();
    let (mut line, mut number, mut status) = (Vec::new(), 0_u64, CLEAN);
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match verdict(&line, &api, channel, lang, &mut scratch) {
            Ok(answer) => {
                out.write_all(&answer)?;
                out.write_all(b"\n")?;
            }
            Err(fault) => {
                let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
                writeln!(io::stderr(), "line {number}: {}", engine.masked(&fault, &mut scratch))?;
                status = UNJUDGED;
            }
        }
    }
    out.flush()?;
    Ok(status)
}

fn verdict(line: &[u8], api: &Api, channel: Option<&str>, lang: &str, scratch: &mut Scratch) -> Result<Vec<u8>, String> {
    let Line { id, text, alts, name, format, channel: own } =
        serde_json::from_slice(line).map_err(|e| format!("not a draft (column {})", e.column()))?;
    let request = Request {
        text: Some(text),
        alts,
        name,
        format: Some(format.unwrap_or_else(|| "text".to_owned())),
        channel: own.or_else(|| channel.map(str::to_owned)),
        lang: Some(lang.to_owned()),
        ..Request::default()
    };
    let verdict = api.check(&request, None, scratch).map_err(|fault| fault.0)?;
    let mut answer = b"{\"id\":".to_vec();
    answer.extend_from_slice(id.map_or("null", RawValue::get).as_bytes());
    answer.push(b',');
    // Line feeds stand between the parts of a verdict, never inside its strings.
    answer.extend(verdict.trim_ascii().iter().skip(1).filter(|b| **b != b'\n'));
    Ok(answer)
}

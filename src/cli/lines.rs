//! `ombud check --lines`: a filter from drafts in JSON Lines to verdicts in JSON Lines, each draft judged by itself, for
//! programs that spread the work over many machines.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::drafts::DraftArgs;
use super::settings::Settings;
use super::{Stop, filter};
use crate::Sensitivity;
use crate::api::{Api, Request};
use crate::engine::Scratch;
use crate::report::Lang;

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
    filter::run(|line| {
        let answer = verdict(line, &api, channel, lang, &mut scratch);
        answer.map_err(|fault| api.engine(Sensitivity::Normal).masked(&fault, &mut scratch))
    })
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

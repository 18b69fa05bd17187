//! `ombud detect`: a filter from JSON Lines to JSON Lines, for other programs.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{SensitivityArg, Stop, filter};
use crate::Rulebook;
use crate::detect::{Entity, confidence};
use crate::document::Format;
use crate::engine::{Engine, Scratch};
use crate::report::evidence_name;
use crate::text::{Counter, Unit};

#[derive(Debug, clap::Args)]
pub(super) struct DetectArgs {
    /// How much doubt is let through.
    #[arg(long, value_enum, default_value_t = SensitivityArg::Normal)]
    sensitivity: SensitivityArg,
    /// What offsets count: Unicode code points, UTF-8 bytes or UTF-16 units of `text`.
    #[arg(long, value_enum, default_value_t = Offsets::Chars)]
    offsets: Offsets,
    /// Give the words themselves too.
    #[arg(long)]
    values: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Offsets {
    Chars,
    Bytes,
    Utf16,
}

impl From<Offsets> for Unit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Chars => Self::Chars,
            Offsets::Bytes => Self::Bytes,
            Offsets::Utf16 => Self::Utf16,
        }
    }
}

#[derive(Deserialize)]
struct Request<'l> {
    #[serde(borrow, default)]
    id: Option<&'l RawValue>,
    text: String,
    #[serde(default)]
    format: Option<String>,
    #[serde(default, rename = "channel")]
    _channel: Option<String>,
}

#[derive(Serialize)]
struct Answer<'l> {
    id: Option<&'l RawValue>,
    entities: Vec<Row<'l>>,
}

#[derive(Serialize)]
struct Row<'l> {
    kind: &'static str,
    attributes: Vec<&'static str>,
    start: usize,
    end: usize,
    confidence: &'static str,
    evidence: Vec<std::borrow::Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'l str>,
}

pub(super) fn run(args: &DetectArgs) -> Result<u8, Stop> {
    let engine = Engine::new(Rulebook::built_in(), args.sensitivity.into());
    let mut scratch = Scratch::default();
    // The fault's words come from the parser; they never quote the line.
    filter::run(|line| answer(line, args, &engine, &mut scratch))
}

fn answer(line: &[u8], args: &DetectArgs, engine: &Engine, scratch: &mut Scratch) -> Result<Vec<u8>, String> {
    let request: Request<'_> = serde_json::from_slice(line).map_err(|e| format!("not a request (column {})", e.column()))?;
    let format = match request.format.as_deref() {
        None => Format::Text,
        Some(name) => Format::from_name(name).ok_or("unknown format")?,
    };
    let document = format.read(&request.text).map_err(|e| e.message)?;
    let mut found = engine.detect_in(&document, scratch);
    found.sort_by_key(|e| document.text.source_span(e.span));
    let mut count = Counter::new(&request.text, args.offsets.into());
    let entities = found
        .iter()
        .map(|entity| {
            let span = document.text.source_span(entity.span);
            let units = count.range(span.range());
            row(entity, units.start, units.end, args.values.then(|| &request.text[span.range()]), engine.rules())
        })
        .collect();
    serde_json::to_vec(&Answer { id: request.id, entities }).map_err(|e| e.to_string())
}

fn row<'l>(entity: &Entity, start: usize, end: usize, value: Option<&'l str>, rules: &Rulebook) -> Row<'l> {
    Row {
        kind: entity.kind.name(),
        attributes: entity.attributes.iter().map(crate::Attribute::name).collect(),
        start,
        end,
        confidence: confidence(entity.kind, &entity.evidence, rules).map_or("low", crate::Confidence::name),
        evidence: entity.evidence.iter().map(evidence_name).collect(),
        value,
    }
}

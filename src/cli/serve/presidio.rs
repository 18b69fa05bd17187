//! The interface of Presidio's analyzer, so that programs written for it need another address and nothing else.
//! Offsets count code points, as Python does.

use serde::{Deserialize, Serialize};

use super::routes::not_understood;
use crate::api::Fault;
use crate::detect::{Attribute, Entity, confidence};
use crate::document::Format;
use crate::engine::{Engine, Scratch};
use crate::text::{Counter, Unit};
use crate::{Confidence, Kind};

/// `POST /analyze`. Fields that steer Presidio's own machinery are taken and change nothing.
#[derive(Deserialize)]
struct Request {
    text: Texts,
    #[serde(default)]
    entities: Option<Vec<String>>,
    #[serde(default)]
    score_threshold: Option<f64>,
    #[serde(default)]
    allow_list: Option<Vec<String>>,
}

/// One text, or several at once.
#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

#[derive(Serialize)]
struct Row {
    entity_type: &'static str,
    start: usize,
    end: usize,
    score: f64,
    analysis_explanation: Option<()>,
    recognition_metadata: Metadata,
}

#[derive(Serialize)]
struct Metadata {
    recognizer_name: String,
    recognizer_identifier: String,
}

/// Kinds and attributes by the name that Presidio has for them, or one in its manner.
fn entity_type(entity: &Entity) -> &'static str {
    let has = |attribute| entity.attributes.iter().any(|a| a == attribute);
    match entity.kind {
        Kind::Account if has(Attribute::Iban) => "IBAN_CODE",
        Kind::Account if has(Attribute::Card) => "CREDIT_CARD",
        kind => kind_type(kind),
    }
}

const fn kind_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "PERSON",
        Kind::Personnummer => "SE_PERSONNUMMER",
        Kind::Organisationsnummer => "SE_ORGANISATIONSNUMMER",
        Kind::Phone => "PHONE_NUMBER",
        Kind::Email => "EMAIL_ADDRESS",
        Kind::Address => "LOCATION",
        Kind::Birthdate => "DATE_TIME",
        Kind::Coordinates => "COORDINATES",
        Kind::Property => "SE_PROPERTY",
        Kind::Plate => "SE_LICENSE_PLATE",
        Kind::Casenumber => "SE_CASE_NUMBER",
        Kind::Passport => "SE_PASSPORT",
        Kind::Ip => "IP_ADDRESS",
        Kind::Hsaid => "SE_HSA_ID",
        Kind::Account => "SE_BANK_ACCOUNT",
        Kind::Handle => "SOCIAL_HANDLE",
        Kind::Special | Kind::Word => "NRP",
        Kind::Own => "OWN",
    }
}

/// Presidio gives a score; ombud three levels.
const fn score(level: Option<Confidence>) -> f64 {
    match level {
        Some(Confidence::High) => 0.95,
        Some(Confidence::Medium) => 0.7,
        Some(Confidence::Low) | None => 0.4,
    }
}

pub(super) fn analyze(engine: &Engine, body: &[u8], scratch: &mut Scratch) -> Result<Vec<u8>, Fault> {
    let request: Request = serde_json::from_slice(body).map_err(not_understood)?;
    if let Some(asked) = &request.entities
        && !asked.is_empty()
        && !asked.iter().any(|name| names().contains(&name.as_str()))
    {
        return Err(Fault("No matching recognizers were found to serve the request.".to_owned()));
    }
    Ok(match &request.text {
        Texts::One(text) => serde_json::to_vec(&rows(engine, text, &request, scratch)?)?,
        Texts::Many(texts) => {
            let all: Result<Vec<_>, Fault> = texts.iter().map(|text| rows(engine, text, &request, scratch)).collect();
            serde_json::to_vec(&all?)?
        }
    })
}

fn rows(engine: &Engine, text: &str, request: &Request, scratch: &mut Scratch) -> Result<Vec<Row>, Fault> {
    let document = Format::Text.read(text).map_err(|e| Fault(e.message))?;
    let mut found = engine.detect(document.text.as_str(), scratch);
    found.sort_by_key(|e| document.text.source_span(e.span));
    let mut counter = Counter::new(text, Unit::Chars);
    let mut rows = Vec::new();
    for entity in &found {
        let name = entity_type(entity);
        let span = document.text.source_span(entity.span).range();
        let is_asked = request.entities.as_ref().is_none_or(|asked| asked.is_empty() || asked.iter().any(|e| e == name));
        let is_allowed = request.allow_list.as_ref().is_some_and(|list| list.iter().any(|word| *word == text[span.clone()]));
        let score = score(confidence(entity.kind, &entity.evidence, engine.rules()));
        if !is_asked || is_allowed || request.score_threshold.is_some_and(|least| score < least) {
            continue;
        }
        let units = counter.range(span);
        let recognizer_name = format!("ombud/{}", entity.kind.name());
        rows.push(Row {
            entity_type: name,
            start: units.start,
            end: units.end,
            score,
            analysis_explanation: None,
            recognition_metadata: Metadata { recognizer_identifier: recognizer_name.clone(), recognizer_name },
        });
    }
    Ok(rows)
}

fn names() -> Vec<&'static str> {
    let mut all: Vec<_> = Kind::ALL.iter().map(|&kind| kind_type(kind)).chain(["IBAN_CODE", "CREDIT_CARD"]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// `GET /supportedentities?language=sv`. All are found in every language that is asked for.
pub(super) fn entities(_query: &str) -> Result<Vec<u8>, Fault> {
    Ok(serde_json::to_vec(&names())?)
}

/// `GET /recognizers`
pub(super) fn recognizers() -> Result<Vec<u8>, Fault> {
    Ok(serde_json::to_vec(&Kind::ALL.iter().map(|kind| format!("ombud/{}", kind.name())).collect::<Vec<_>>())?)
}

//! `ombud` reads a draft and says, before it is published, which personal data it would disclose, under which rule,
//! and what to write instead. It runs on the user's own machine and sends nothing anywhere.
//!
//! ```text
//! Source ──read──▶ Document ──sift──▶ Anchors ──detect──▶ Entities ──resolve──▶ Entities ──judge──▶ Findings ──report──▶ output
//! ```

pub mod api;
#[cfg(feature = "audit")]
pub mod audit;
pub mod check;
#[cfg(feature = "program")]
pub mod cli;
pub mod detect;
pub mod document;
pub mod engine;
pub mod finding;
pub mod policy;
pub mod report;
pub mod resolve;
pub mod rulefile;
#[cfg(feature = "program")]
pub mod scan;
pub mod sensitive;
pub mod sift;
pub mod source;
pub mod subject;
pub mod text;
pub mod trial;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use detect::{Attribute, Attributes, Confidence, Entity, Evidence, Kind, Reason, Rulebook, Sensitivity};
pub use text::{Norm, Span, Src, Text, TextBuilder};
pub use trial::EXAMPLES;

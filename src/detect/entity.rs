//! An entity: what was found, where, and why it is believed.

use super::evidence::EvidenceList;
use super::kind::{Attribute, Attributes, Kind};
use crate::text::{Norm, Span};

/// What a detector found in a text. Holds no text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What sort of personal data it is.
    pub kind: Kind,
    /// What more is known about it.
    pub attributes: Attributes,
    /// Where it stands in the document's text.
    pub span: Span<Norm>,
    /// Why it is believed; confidence is computed from it.
    pub evidence: EvidenceList,
}

impl Entity {
    /// An entity of `kind` at bytes `start..end` of the document's text, believed for `reasons`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]
    pub fn new(kind: Kind, start: usize, end: usize, reasons: impl Into<EvidenceList>) -> Self {
        Self { kind, attributes: Attributes::NONE, span: Span::new(start as u32, end as u32), evidence: reasons.into() }
    }

    /// The same with one more attribute.
    #[must_use]
    pub fn with(mut self, attribute: Attribute) -> Self {
        self.attributes = self.attributes.with(attribute);
        self
    }
}

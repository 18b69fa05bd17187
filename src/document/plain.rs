//! Plain text: one region, borrowed unless something in it is disguised.

use super::{Document, DocumentBuilder, ReadError, Reader, Region, Role};
use crate::text::{Span, Text, needs_normalising};

/// Reads plain text.
#[derive(Debug)]
pub(super) struct Plain;

impl Reader for Plain {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        if !needs_normalising(source) {
            let span = Span::new(0, u32::try_from(source.len()).unwrap_or(u32::MAX));
            let regions = if span.is_empty() { Vec::new() } else { vec![Region { span, role: Role::Body, place: None, channel: None }] };
            return Ok(Document { text: Text::verbatim(source), regions, ..Document::default() });
        }
        let mut b = DocumentBuilder::for_source(source.len());
        b.open(Role::Body, None, 0);
        b.text.verbatim(source, 0);
        Ok(b.finish())
    }
}

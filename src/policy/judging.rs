//! What a scan asks of whoever judges: a policy's rules, or a search for one person.

use std::fmt::Debug;

use crate::detect::{Entity, Rulebook};
use crate::document::Document;
use crate::finding::Finding;

/// Says what of a document's entities is to be reported.
pub trait Judging<'p>: Debug + Sync {
    /// The findings of one document, in order of place. `channel` is the channel of regions that do not say theirs,
    /// `exceptions` are the numbers of the configuration's exceptions for it.
    fn judge_with(
        &self,
        document: &Document<'_>,
        found: &[Entity],
        channel: usize,
        rules: &Rulebook,
        exceptions: &[usize],
    ) -> Vec<Finding<'p>>;
}

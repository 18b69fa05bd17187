//! Whose an account is: an organisation's, told by the words around, or a person's.

use super::super::{Attribute, Entity, Kind, Passage};

/// Sets `organisation` where the words around name one as the owner.
pub(super) fn mark(entity: Entity, p: &Passage<'_>) -> Entity {
    if entity.attributes.has(Attribute::Organisation) {
        return entity;
    }
    let range = entity.span.range();
    let first = p.text.as_bytes().get(range.start);
    // A mobile number is a person's, whatever is collected through it.
    if entity.attributes.has(Attribute::Swish) && first == Some(&b'0') {
        return entity;
    }
    let around = |list| p.rules.words(Kind::Account, list).around(p.text, range.clone()).pro.map(|(_, d)| d);
    let (organisation, private, own) = (around("organisation"), around("private"), around("own"));
    // Few people have a giro number of their own.
    let giro = entity.attributes.has(Attribute::Bankgiro) || entity.attributes.has(Attribute::Plusgiro);
    let is_organisations = match (organisation, private) {
        _ if own.is_some_and(|d| d <= 2) => false,
        (Some(o), Some(d)) => o < d || giro,
        (Some(_), None) => true,
        (None, _) => giro,
    };
    if is_organisations { entity.with(Attribute::Organisation) } else { entity }
}

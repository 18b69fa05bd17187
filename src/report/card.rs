//! A finding in a planning board, as its readers speak of it: card, list, channel, when, and where in the card. What is
//! published next comes first.

use std::cmp::Reverse;

use super::{Lang, Located, inert, when};
use crate::document::{Item, Role};

/// `Kort «Simskola vecka 7» · lista Planerat · Facebook, publiceras tor 12 feb 07.30 · bildtext`. `now` is the time in UTC,
/// ISO 8601, or empty.
pub(super) fn line(f: &Located<'_>, now: &str, lang: Lang) -> Option<String> {
    let item = f.item.as_ref()?;
    let mut line = format!("{} «{}»", lang.of("Kort", "Card"), inert(&item.name));
    if !item.list.is_empty() {
        line += &format!(" · {} {}", lang.of("lista", "list"), inert(&item.list));
    }
    line += &format!(" · {}", f.finding.channel_name);
    if let Some(time) = when::local(&item.due, now, lang) {
        let is_past = item.done || !now.is_empty() && *item.due < *now;
        let verb = if is_past { lang.of("planerat till", "planned for") } else { lang.of("publiceras", "to be published") };
        line += &format!(", {verb} {time}");
    }
    line += &format!(" · {}", part(f.finding.role, &f.place, lang));
    Some(line)
}

/// The part of a card.
fn part(role: Role, place: &str, lang: Lang) -> &'static str {
    match role {
        _ if place.contains("/checklists/") || place.contains("/checkItems/") => lang.of("checklista", "checklist"),
        _ if place.contains("/attachments/") => lang.of("bilaga", "attachment"),
        _ if place.contains("/labels/") => lang.of("etikett", "label"),
        Role::Title => lang.of("rubrik", "title"),
        Role::Body => lang.of("text", "text"),
        Role::Caption => lang.of("bildtext", "caption"),
        Role::Alt => lang.of("alt-text", "alt text"),
        Role::LinkText | Role::Url => lang.of("länk", "link"),
        Role::Meta => lang.of("metadata", "metadata"),
        Role::Comment => lang.of("kommentar", "comment"),
        Role::Staff => lang.of("medlem", "member"),
        Role::History => lang.of("äldre version", "older version"),
    }
}

/// Sorts by how soon a card is published: what is to come by its time, what should have been from the latest, what has
/// no time, what is done, and what belongs to no card.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    Next(String),
    Overdue(Reverse<String>),
    Undated,
    Done,
    NoCard,
}

impl Order {
    pub(super) fn of(item: Option<&Item>, now: &str) -> Self {
        match item {
            None => Self::NoCard,
            Some(item) if item.done => Self::Done,
            Some(item) if item.due.is_empty() => Self::Undated,
            Some(item) if *item.due < *now => Self::Overdue(Reverse(item.due.clone())),
            Some(item) => Self::Next(item.due.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_published_next_comes_first() {
        let card = |due: &str, done: bool| Some(Item { due: due.into(), done, ..Item::default() });
        let mut all = [
            None,
            card("", false),
            card("2026-01-01", true),
            card("2026-01-01", false),
            card("2026-01-05", false),
            card("2026-03-01", false),
            card("2026-02-01", false),
        ];
        all.sort_by_key(|item| Order::of(item.as_ref(), "2026-01-15"));
        let seen = all.map(|item| item.map_or("-".to_owned(), |i| format!("{}{}", i.due, if i.done { "!" } else { "" })));
        assert_eq!(seen, ["2026-02-01", "2026-03-01", "2026-01-05", "2026-01-01", "", "2026-01-01!", "-"]);
    }
}

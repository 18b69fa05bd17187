//! What is in an export and not in its cards: comments, older versions, members. Judged by an audit only.

use std::collections::HashSet;

use super::{Node, PlaceId, Reading, Role, Span, Src, Step};

impl<'s> Reading<'_, 's> {
    /// Reads actions and members of a board or card.
    pub(super) fn history(&mut self, root: &Node, place: Option<PlaceId>) {
        self.b.item(None);
        let mut seen = HashSet::new();
        self.actions(root, place, &mut seen);
        self.members(root, place, &mut seen);
        if let Some((key, cards)) = root.get(self.source, "cards") {
            let place = self.below(place, key);
            for (i, card) in cards.items().iter().enumerate() {
                let place = self.b.places.add(Some(place), Step::Index(i as u32));
                self.actions(card, Some(place), &mut seen);
                self.members(card, Some(place), &mut seen);
            }
        }
    }

    fn actions(&mut self, root: &Node, place: Option<PlaceId>, seen: &mut HashSet<&'s str>) {
        let Some((key, actions)) = root.get(self.source, "actions") else { return };
        let place = self.below(place, key);
        for (i, action) in actions.items().iter().enumerate() {
            let place = self.b.places.add(Some(place), Step::Index(i as u32));
            if let Some((key, data)) = action.get(self.source, "data") {
                self.words(data, key, Some(place), seen);
            }
            for key in ["memberCreator", "member"] {
                if let Some((key, member)) = action.get(self.source, key) {
                    self.member(member, key, Some(place), seen);
                }
            }
        }
    }

    /// Every text below `node` that was not read in history before: actions repeat the names of their card and list.
    fn words(&mut self, node: &Node, key: Span<Src>, place: Option<PlaceId>, seen: &mut HashSet<&'s str>) {
        match node {
            Node::String(span) => {
                if self.speaks(*span) && seen.insert(&self.source[span.range()]) {
                    let place = self.below(place, key);
                    self.region(*span, Role::History, place);
                }
            }
            Node::Object(keys) => {
                let place = self.below(place, key);
                for (key, value) in keys {
                    if !is_quiet(&self.source[key.range()]) {
                        self.words(value, *key, Some(place), seen);
                    }
                }
            }
            Node::List(_) | Node::True | Node::Other => {}
        }
    }

    fn members(&mut self, root: &Node, place: Option<PlaceId>, seen: &mut HashSet<&'s str>) {
        self.field(root, "email", Role::Staff, place);
        for key in ["members", "membersVoted"] {
            let Some((key, members)) = root.get(self.source, key) else { continue };
            let place = self.below(place, key);
            for (i, member) in members.items().iter().enumerate() {
                let place = self.b.places.add(Some(place), Step::Index(i as u32));
                self.staff(member, place, seen);
            }
        }
    }

    fn member(&mut self, member: &Node, key: Span<Src>, place: Option<PlaceId>, seen: &mut HashSet<&'s str>) {
        let place = self.below(place, key);
        self.staff(member, place, seen);
    }

    fn staff(&mut self, member: &Node, place: PlaceId, seen: &mut HashSet<&'s str>) {
        for key in ["fullName", "email", "bio"] {
            let span = member.get(self.source, key).and_then(|(_, n)| n.string());
            if span.is_some_and(|s| seen.insert(&self.source[s.range()])) {
                self.field(member, key, Role::Staff, Some(place));
            }
        }
    }
}

/// Keys whose strings are no words: ids, times, addresses, colours.
fn is_quiet(key: &str) -> bool {
    let id = key.strip_prefix("id").is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_uppercase()));
    id || key.ends_with("Id")
        || key.ends_with("Url")
        || key.ends_with("Hash")
        || key.starts_with("date")
        || matches!(
            key,
            "shortLink"
                | "url"
                | "due"
                | "start"
                | "pos"
                | "color"
                | "type"
                | "state"
                | "mimeType"
                | "translationKey"
                | "nodeId"
                | "limits"
                | "date"
        )
}

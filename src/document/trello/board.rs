//! What the cards of a board share: lists, labels, checklists, custom fields. Joined by their ids.

use std::collections::HashMap;

use super::super::json::Node;
use super::super::keys;
use super::{PlaceId, ReadError, Reading, Role, Span, Src, Step, plain};

/// A board's lists and labels by their ids, ready to be joined with its cards.
pub(super) struct Board<'n> {
    pub(super) lists: HashMap<&'n str, Span<Src>>,
    pub(super) labels: HashMap<&'n str, Span<Src>>,
    pub(super) fields: HashMap<&'n str, Field>,
    /// Checklists by the card they belong to: place in the list and node.
    pub(super) checklists: HashMap<&'n str, Vec<(usize, &'n Node)>>,
    pub(super) checklists_key: Option<Span<Src>>,
    /// The whole of what a single card's export holds is the card itself.
    pub(super) has_cards: bool,
}

/// A custom field.
pub(super) struct Field {
    pub(super) name: String,
    /// Its options by id: what a card's `idValue` chooses.
    pub(super) options: HashMap<String, String>,
}

impl Field {
    pub(super) fn role(&self) -> Role {
        keys::meaning(&self.name).role.unwrap_or(Role::Body)
    }
}

impl<'n> Board<'n> {
    pub(super) fn new(source: &'n str, root: &'n Node) -> Self {
        let items = |key: &str| root.get(source, key).map_or(&[][..], |(_, n)| n.items());
        let string = |node: &Node, key: &str| node.get(source, key).and_then(|(_, n)| n.string());
        let id = |node: &Node, key: &str| string(node, key).map(|s| &source[s.range()]);
        let named = |key: &str| -> HashMap<&'n str, Span<Src>> {
            items(key).iter().filter_map(|n| Some((id(n, "id")?, string(n, "name")?))).collect()
        };
        let mut checklists: HashMap<&str, Vec<(usize, &Node)>> = HashMap::new();
        for (i, list) in items("checklists").iter().enumerate() {
            checklists.entry(id(list, "idCard").unwrap_or("")).or_default().push((i, list));
        }
        Self {
            lists: named("lists"),
            labels: named("labels"),
            fields: items("customFields").iter().filter_map(|n| Some((id(n, "id")?, field(source, n)))).collect(),
            checklists,
            checklists_key: root.get(source, "checklists").map(|(key, _)| key),
            has_cards: root.get(source, "cards").is_some(),
        }
    }
}

fn field(source: &str, node: &Node) -> Field {
    let text = |node: &Node, key: &str| node.get(source, key).and_then(|(_, n)| n.string()).map(|s| plain(source, s));
    let options = options(source, node).map_or(&[][..], |(_, n)| n.items());
    let options = options.iter().filter_map(|o| Some((text(o, "id")?, text(o.get(source, "value")?.1, "text")?)));
    Field { name: text(node, "name").unwrap_or_default(), options: options.collect() }
}

/// The options of a custom field of type list.
fn options<'n>(source: &str, field: &'n Node) -> Option<(Span<Src>, &'n Node)> {
    field.get(source, "options")
}

/// Whether a name holds digits enough for personal data: then every place of it is told.
pub(super) fn has_number(name: &str) -> bool {
    name.bytes().filter(u8::is_ascii_digit).count() >= 6
}

impl Reading<'_, '_> {
    /// What is said of the board as a whole: its name, lists, labels, custom fields, and checklists of no card in it.
    pub(super) fn board(&mut self, board: &Board<'_>, root: &Node, place: Option<PlaceId>) -> Result<(), ReadError> {
        self.field(root, "name", Role::Meta, place);
        self.markdown(root, "desc", place)?;
        for key in ["lists", "labels", "customFields"] {
            let Some((at, nodes)) = root.get(self.source, key) else { continue };
            let place = self.below(place, at);
            for (i, node) in nodes.items().iter().enumerate() {
                let place = self.b.places.add(Some(place), Step::Index(i as u32));
                self.field(node, "name", Role::Meta, Some(place));
                let Some((at, options)) = options(self.source, node) else { continue };
                let place = self.below(Some(place), at);
                for (i, option) in options.items().iter().enumerate() {
                    let place = self.b.places.add(Some(place), Step::Index(i as u32));
                    self.value(option, Role::Meta, place);
                }
            }
        }
        self.label_names(board, root, place);
        let cards = root.get(self.source, "cards").map_or(&[][..], |(_, n)| n.items());
        let ids: Vec<&str> = cards.iter().filter_map(|c| self.raw(c, "id")).collect();
        let mut without: Vec<(usize, &Node)> =
            board.checklists.iter().filter(|(id, _)| !ids.contains(id)).flat_map(|(_, lists)| lists.iter().copied()).collect();
        without.sort_by_key(|(i, _)| *i);
        self.checklists(board.checklists_key, &without, place);
        self.plugin_data(root, place);
        Ok(())
    }

    /// `labelNames` of older boards, where no label has the name.
    fn label_names(&mut self, board: &Board<'_>, root: &Node, place: Option<PlaceId>) {
        let Some((at, Node::Object(names))) = root.get(self.source, "labelNames") else { return };
        let place = self.below(place, at);
        let known: Vec<&str> = board.labels.values().map(|s| &self.source[s.range()]).collect();
        for (key, name) in names {
            if let Some(span) = name
                .string()
                .filter(|s| self.speaks(*s) && (!known.contains(&&self.source[s.range()]) || has_number(&self.source[s.range()])))
            {
                let place = self.below(Some(place), *key);
                self.region(span, Role::Meta, place);
            }
        }
    }

    /// The text or number under `value`.
    pub(super) fn value(&mut self, node: &Node, role: Role, place: PlaceId) {
        if let Some((at, value)) = node.get(self.source, "value") {
            let place = self.below(Some(place), at);
            self.field(value, "text", role, Some(place));
            // A bare number of ten digits or fewer is an amount, unless its field says otherwise.
            let number = self.raw(value, "number").unwrap_or("");
            if self.b.has_cue() || number.len() > 10 {
                self.field(value, "number", role, Some(place));
            }
        }
    }

    /// Checklists: their names and those of their items.
    pub(super) fn checklists(&mut self, key: Option<Span<Src>>, lists: &[(usize, &Node)], place: Option<PlaceId>) {
        let Some(key) = key.filter(|_| !lists.is_empty()) else { return };
        let place = self.below(place, key);
        for (i, list) in lists {
            let place = self.b.places.add(Some(place), Step::Index(*i as u32));
            self.field(list, "name", Role::Title, Some(place));
            let Some((at, items)) = list.get(self.source, "checkItems") else { continue };
            let place = self.below(Some(place), at);
            for (i, item) in items.items().iter().enumerate() {
                let place = self.b.places.add(Some(place), Step::Index(i as u32));
                self.field(item, "name", Role::Body, Some(place));
            }
        }
    }
}

//! One card: what is published, and where and when.

use super::super::json::{Walker, decode};
use super::super::{Item, keys, percent};
use super::board::Board;
use super::{NAMES_SEPARATOR, Node, PlaceId, ReadError, Reading, Role, Step, TextBuilder, plain};

/// Keys of a card that are read for what they are, or hold nothing that is published.
const KNOWN: [&str; 34] = [
    "name",
    "desc",
    "labels",
    "checklists",
    "customFieldItems",
    "attachments",
    "pluginData",
    "actions",
    "members",
    "membersVoted",
    "email",
    "descData",
    "badges",
    "limits",
    "cover",
    "due",
    "start",
    "dateLastActivity",
    "dueComplete",
    "url",
    "shortUrl",
    "shortLink",
    "checkItemStates",
    "stickers",
    "board",
    "list",
    "customFields",
    "nodeId",
    "memberCreator",
    "cardRole",
    "idList",
    "idBoard",
    "staticMapUrl",
    "dateCompleted",
];

impl Reading<'_, '_> {
    /// Reads one card. Its checklists stand in the board's export beside the cards, in its own within it.
    pub(super) fn card(&mut self, board: &Board<'_>, card: &Node, place: Option<PlaceId>) -> Result<(), ReadError> {
        let list = self.list_of(board, card);
        let labels = self.labels_of(board, card);
        let names = self.channel_names(board, card, &labels, &list);
        self.b.set_channel((!names.is_empty()).then_some(names.as_str()));
        let name = card.get(self.source, "name").and_then(|(_, n)| n.string()).map_or(String::new(), |s| plain(self.source, s));
        let due = self.raw(card, "due").or_else(|| self.raw(card, "start")).unwrap_or("").to_owned();
        self.b.item(Some(Item { name, list, labels, due, done: matches!(card.get(self.source, "dueComplete"), Some((_, Node::True))) }));
        self.field(card, "name", Role::Title, place);
        self.markdown(card, "desc", place)?;
        self.custom_fields(board, card, place);
        if let Some((key, lists)) = card.get(self.source, "checklists") {
            let lists: Vec<_> = lists.items().iter().enumerate().collect();
            self.checklists(Some(key), &lists, place);
        }
        if board.has_cards
            && let Some(lists) = self.raw(card, "id").and_then(|id| board.checklists.get(id))
        {
            // The board's own list: its pointer starts at the board, which stands two steps above the card.
            let root = place.and_then(|p| self.b.places.parent(p)).and_then(|p| self.b.places.parent(p));
            self.checklists(board.checklists_key, lists, root);
        }
        self.attachments(card, place);
        self.labels(board, card, place);
        self.plugin_data(card, place);
        self.rest(card, place);
        Ok(())
    }

    fn list_of(&self, board: &Board<'_>, card: &Node) -> String {
        let by_id = self.raw(card, "idList").and_then(|id| board.lists.get(id).copied());
        let inside = || card.get(self.source, "list").and_then(|(_, list)| list.get(self.source, "name")).and_then(|(_, n)| n.string());
        by_id.or_else(inside).map_or(String::new(), |s| plain(self.source, s))
    }

    fn labels_of(&self, board: &Board<'_>, card: &Node) -> Vec<String> {
        let labels = card.get(self.source, "labels").map_or(&[][..], |(_, n)| n.items());
        let mut spans: Vec<_> = labels.iter().filter_map(|l| l.get(self.source, "name").and_then(|(_, n)| n.string())).collect();
        if labels.is_empty() {
            let ids = card.get(self.source, "idLabels").map_or(&[][..], |(_, n)| n.items());
            spans.extend(ids.iter().filter_map(|id| board.labels.get(&self.source[id.string()?.range()])));
        }
        spans.into_iter().map(|s| plain(self.source, s)).filter(|name| !name.is_empty()).collect()
    }

    /// The names of a card's labels, of its list, and what a custom field says of the channel: those that name a channel
    /// decide where it is for.
    fn channel_names(&self, board: &Board<'_>, card: &Node, labels: &[String], list: &str) -> String {
        let mut names = labels.to_vec();
        names.push(list.to_owned());
        for item in card.get(self.source, "customFieldItems").map_or(&[][..], |(_, n)| n.items()) {
            let field = self.raw(item, "idCustomField").and_then(|id| board.fields.get(id));
            let Some(field) = field.filter(|f| keys::meaning(&f.name).is_channel) else { continue };
            let chosen = self.raw(item, "idValue").and_then(|id| field.options.get(id)).cloned();
            let written = || Some(plain(self.source, item.get(self.source, "value")?.1.get(self.source, "text")?.1.string()?));
            names.extend(chosen.or_else(written));
        }
        names.retain(|n| !n.is_empty());
        names.join(&NAMES_SEPARATOR.to_string())
    }

    fn custom_fields(&mut self, board: &Board<'_>, card: &Node, place: Option<PlaceId>) {
        let Some((key, items)) = card.get(self.source, "customFieldItems") else { return };
        let place = self.below(place, key);
        for (i, item) in items.items().iter().enumerate() {
            let field = self.raw(item, "idCustomField").and_then(|id| board.fields.get(id));
            let place = self.b.places.add(Some(place), Step::Index(i as u32));
            self.b.set_cue(field.and_then(|f| keys::meaning(&f.name).cue));
            self.value(item, field.map_or(Role::Body, super::board::Field::role), place);
            self.b.set_cue(None);
        }
    }

    /// Attachments: their names, and the file names of what was uploaded. An address is no name.
    fn attachments(&mut self, card: &Node, place: Option<PlaceId>) {
        let Some((key, items)) = card.get(self.source, "attachments") else { return };
        let place = self.below(place, key);
        for (i, item) in items.items().iter().enumerate() {
            let place = self.b.places.add(Some(place), Step::Index(i as u32));
            let name = item.get(self.source, "name").and_then(|(at, n)| Some((at, n.string()?)));
            if let Some((at, span)) = name {
                let raw = &self.source[span.range()];
                let address =
                    if raw.starts_with("http://") || raw.starts_with("https://") { raw.find([' ', '\\']).unwrap_or(raw.len()) } else { 0 };
                let span = super::Span::new(span.start + address as u32, span.end);
                if self.speaks(span) {
                    let place = self.below(Some(place), at);
                    self.region(span, Role::Meta, place);
                }
            }
            for key in ["fileName", "altText"] {
                let Some((at, Some(span))) = item.get(self.source, key).map(|(at, n)| (at, n.string())) else { continue };
                let same = name.is_some_and(|(_, s)| self.source[s.range()] == self.source[span.range()]);
                if !same && self.speaks(span) {
                    let place = self.below(Some(place), at);
                    self.b.open(if key == "altText" { Role::Alt } else { Role::Meta }, Some(place), span.start);
                    if self.source[span.range()].contains('\\') {
                        decode(self.source, span, &mut self.b.text);
                    } else {
                        percent::push(&mut self.b.text, self.source, span);
                    }
                    self.b.close();
                }
            }
        }
    }

    /// The labels of a card that the board has under another name, or not at all.
    fn labels(&mut self, board: &Board<'_>, card: &Node, place: Option<PlaceId>) {
        let Some((key, labels)) = card.get(self.source, "labels") else { return };
        let place = self.below(place, key);
        for (i, label) in labels.items().iter().enumerate() {
            let known = self.raw(label, "id").and_then(|id| board.labels.get(id)).map(|s| &self.source[s.range()]);
            if known.is_none_or(super::board::has_number) || self.raw(label, "name") != known {
                let place = self.b.places.add(Some(place), Step::Index(i as u32));
                self.field(label, "name", Role::Meta, Some(place));
            }
        }
    }

    /// What add-ons keep: JSON in a string. Words in it are read; tokens without a blank are ids.
    pub(super) fn plugin_data(&mut self, node: &Node, place: Option<PlaceId>) {
        let Some((key, items)) = node.get(self.source, "pluginData") else { return };
        let place = self.below(place, key);
        for (i, item) in items.items().iter().enumerate() {
            let Some((at, Some(span))) = item.get(self.source, "value").map(|(at, n)| (at, n.string())) else { continue };
            let mut outer = TextBuilder::with_capacity(span.len() as usize);
            decode(self.source, span, &mut outer);
            let outer = outer.finish();
            let mut walker = Walker::new(outer.as_str());
            let Ok(inner) = Node::parse(&mut walker, 0) else { continue };
            let place = self.b.places.add(Some(place), Step::Index(i as u32));
            let place = self.below(Some(place), at);
            let mut strings = Vec::new();
            inner.strings(&mut strings);
            for span in strings {
                let words = &outer.as_str()[span.range()];
                if !is_token(words) {
                    self.b.open(Role::Meta, Some(place), outer.source_span(span.in_norm()).start);
                    let mut text = TextBuilder::default();
                    decode(outer.as_str(), span, &mut text);
                    let text = text.finish();
                    let whole = super::Span::new(0, text.as_str().len() as u32);
                    self.b.text.compose(&text, whole, &outer);
                    self.b.close();
                }
            }
        }
    }

    /// Keys that no version of the export had when this was written: sentences in them are read.
    fn rest(&mut self, card: &Node, place: Option<PlaceId>) {
        let Node::Object(keys) = card else { return };
        for (key, value) in keys {
            let name = &self.source[key.range()];
            if !KNOWN.contains(&name) && !name.starts_with("id") {
                self.prose(value, *key, place);
            }
        }
    }

    fn prose(&mut self, node: &Node, key: super::Span<super::Src>, place: Option<PlaceId>) {
        match node {
            Node::String(span) if !is_token(&self.source[span.range()]) => {
                let place = self.below(place, key);
                self.region(*span, Role::Meta, place);
            }
            Node::Object(keys) => {
                let place = self.below(place, key);
                for (key, value) in keys.iter().filter(|(key, _)| !self.source[key.range()].starts_with("id")) {
                    self.prose(value, *key, Some(place));
                }
            }
            _ => {}
        }
    }
}

/// Whether a string is one word that a machine made: an id, a time, a colour, an address; or has no letter or digit.
fn is_token(words: &str) -> bool {
    let mixed = words.bytes().any(|b| b.is_ascii_digit()) && words.bytes().any(|b| b.is_ascii_alphabetic());
    let bare = words.bytes().all(|b| b.is_ascii_digit());
    !words.contains(char::is_alphanumeric)
        || !words.contains(' ') && (mixed || bare || words.contains("://") || words.is_ascii() && words.len() < 12 && !words.contains('-'))
}

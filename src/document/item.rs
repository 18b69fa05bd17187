//! Items: the parts of a source that are published one by one, such as the cards of a planning board.

use super::PlaceId;

/// One thing to publish, as its planning board speaks of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its name, as written: it may hold personal data.
    pub name: String,
    /// The list or column it stands in.
    pub list: String,
    /// Its labels, as written; no report shows them.
    pub labels: Vec<String>,
    /// When it is published: a time in UTC as ISO 8601, as written; empty where none is set.
    pub due: String,
    /// Whether the board says that it is done.
    pub done: bool,
}

/// The items of a document, each from its first place on.
#[derive(Clone, Debug, Default)]
pub struct Items(Vec<(PlaceId, Option<Item>)>);

impl Items {
    /// Lets the places from `first` on belong to `item`, or to none.
    pub fn start(&mut self, first: PlaceId, item: Option<Item>) {
        self.0.push((first, item));
    }

    /// The first place of what a place is published with; none before the first item.
    #[must_use]
    pub fn first_of(&self, place: PlaceId) -> Option<PlaceId> {
        let after = self.0.partition_point(|(first, _)| *first <= place);
        Some(self.0.get(after.checked_sub(1)?)?.0)
    }

    /// Whether the source is no plan of things to publish.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, item)| item.is_none())
    }

    /// The item that a place belongs to.
    #[must_use]
    pub fn of(&self, place: PlaceId) -> Option<&Item> {
        let after = self.0.partition_point(|(first, _)| *first <= place);
        self.0.get(after.checked_sub(1)?)?.1.as_ref()
    }
}

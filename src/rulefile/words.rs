//! The words of a list: one text, so that a list that nobody asks for costs nothing at start.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Words in small letters, a line each, sorted. Rule files live as long as the program, and so do their words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words(&'static str);

impl Words {
    /// The words, sorted.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.lines()
    }
}

impl<W: AsRef<str>> FromIterator<W> for Words {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let words: BTreeSet<String> = words.into_iter().map(|word| word.as_ref().replace('\n', " ").to_lowercase()).collect();
        Self(words.into_iter().collect::<Vec<_>>().join("\n").leak())
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_seq(self.iter()) } else { serializer.serialize_str(self.0) }
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Vec::<String>::deserialize(deserializer).map(Self::from_iter)
        } else {
            String::deserialize(deserializer).map(|text| Self(text.leak()))
        }
    }
}

//! One or several: `kind = "person"` and `kind = ["person", "address"]`, `[when]` and `[[when]]`.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::When;

/// Names, written as one or as a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

impl std::ops::Deref for Names {
    type Target = [String];
    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The packed form does not say what comes next, and always holds a list.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(OneOrMoreNames)
        } else {
            Vec::deserialize(deserializer).map(Self)
        }
    }
}

/// The conditions of a rule, one of which is enough.
#[derive(Clone, Debug)]
pub struct Alternatives(pub Vec<When>);

impl Serialize for Alternatives {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Alternatives {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(OneOrMoreConditions)
        } else {
            Vec::deserialize(deserializer).map(Self)
        }
    }
}

struct OneOrMoreNames;

struct OneOrMoreConditions;

impl<'de> Visitor<'de> for OneOrMoreNames {
    type Value = Names;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name or a list of names")
    }

    fn visit_str<E: Error>(self, one: &str) -> Result<Names, E> {
        Ok(Names(vec![one.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Names, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Names)
    }
}

impl<'de> Visitor<'de> for OneOrMoreConditions {
    type Value = Alternatives;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a condition or a list of conditions")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Alternatives, A::Error> {
        When::deserialize(MapAccessDeserializer::new(map)).map(|when| Alternatives(vec![when]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Alternatives, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Alternatives)
    }
}

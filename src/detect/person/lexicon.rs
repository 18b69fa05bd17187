//! What is known of a word before reading its sentence: how many bear it as a name, is it a place, how often is it an
//! ordinary word in lower case, is it a title, a speech verb, a tail of streets.
//!
//! Some 330,000 words share a few thousand different answers ([`Traits`]), so a word's entry is only a number into the
//! list of answers. Made by `cargo run --release --example build-lexicon`; origins in `rules/lexicons/SOURCES.md`.

use super::table;

/// The file as it is embedded: class list and word table, each preceded by its length in bytes.
const BLOB: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/lexicons/person-lexicon.bin"));
static CLASSES: &[[u8; 8]] = part(0).as_chunks::<8>().0;
static WORDS: table::Table = table::open(part(1));

const fn part(n: usize) -> &'static [u8] {
    let mut rest = BLOB;
    let mut i = 0;
    loop {
        let (head, tail) = rest.split_at(4);
        let len = u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (this, next) = tail.split_at(len);
        if i == n {
            return this;
        }
        rest = next;
        i += 1;
    }
}

/// What is known of a word, packed in 32 bits.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Traits(pub u32);

/// A list a word may stand in. The numbers are bits of [`Traits`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum List {
    /// `rektor`, `fru`, `dr`.
    Title = 1 << 14,
    /// An occupation.
    Role = 1 << 15,
    /// `säger`, `berättar`.
    Speech = 1 << 16,
    /// `mamma`, `kollega`, `familjen`.
    Kin = 1 << 17,
    /// `heter`, `mvh`, `foto`, `tack`.
    Cue = 1 << 18,
    /// `kommun`, `universitet`, `förening`.
    OrgHead = 1 << 19,
    /// `gata`, `torg`, `väg`.
    Street = 1 << 20,
    /// `AB`, `KB`, `Bygg`, `Åkeri`.
    Firm = 1 << 21,
    /// Months and weekdays.
    Calendar = 1 << 22,
    /// `svensk`, `jude`, `göteborgare`.
    People = 1 << 23,
    /// `Ericsson`, `Facebook`, `Centerpartiet`.
    Org = 1 << 24,
    /// `von`, `af`, `de`.
    Particle = 1 << 25,
    /// `katt`, `hund`, `hästen`.
    Animal = 1 << 26,
    /// `stormen`, `färjan`, `namnsdag`, `frestelse`.
    Thing = 1 << 27,
    /// Hypocoristic: `Lasse`, `Bettan`.
    Nick = 1 << 28,
    /// `stiftelse`, `priset`, `fond`, `cup`.
    Prize = 1 << 29,
    /// Function word: never a name in running text.
    Function = 1 << 30,
    /// End of compounds that are no person: `-gatan`, `-priset`.
    Tail = 1 << 31,
}

impl Traits {
    /// 0–7: how many bear it as a given name (0 none, 4 from 300, 7 from 50,000).
    pub const fn given(self) -> u32 {
        self.0 & 7
    }
    /// 0–7: how well known a surname (0 none, 1 in lists abroad only, 4–6 among Sweden's commonest thousand).
    pub const fn surname(self) -> u32 {
        self.0 >> 3 & 7
    }
    /// A locality, municipality or county of Sweden.
    pub const fn swedish_place(self) -> bool {
        self.0 >> 6 & 1 != 0
    }
    /// 0–3: a place in the world (1 from 50,000 people, 2 from 300,000, 3 from two million or a country).
    pub const fn world_place(self) -> u32 {
        self.0 >> 7 & 3
    }
    /// 0–7: how often seen in lower case.
    pub const fn lower(self) -> u32 {
        self.0 >> 9 & 7
    }
    /// 0–3: how often seen with a capital inside a sentence.
    pub const fn capital(self) -> u32 {
        self.0 >> 12 & 3
    }
    /// Whether it stands in `list`.
    pub const fn is(self, list: List) -> bool {
        self.0 & list as u32 != 0
    }
    /// Whether it stands in any of the lists or-ed in `mask`.
    pub const fn any(self, mask: u32) -> bool {
        self.0 & mask != 0
    }
    /// Counts and places only: the 14 low bits.
    pub const fn counts(self) -> u32 {
        self.0 & 0x3FFF
    }
    /// More often an ordinary word than a name.
    pub const fn common(self) -> bool {
        self.is(List::Function) || (self.lower() >= 2 && self.lower() > self.capital() + 1) || self.lower() >= 5
    }
    /// The gist in twelve bits: how much of a given name, surname, place, ordinary word, and the most telling list.
    #[must_use]
    pub const fn kind(self) -> u16 {
        const LEVEL: [u16; 8] = [0, 1, 1, 1, 2, 2, 3, 3];
        const ORDER: [List; 15] = [
            List::Particle,
            List::Title,
            List::Speech,
            List::Kin,
            List::Street,
            List::Firm,
            List::OrgHead,
            List::Prize,
            List::Animal,
            List::Thing,
            List::Calendar,
            List::People,
            List::Org,
            List::Role,
            List::Cue,
        ];
        let mut list = 0;
        let mut i = ORDER.len();
        while i > 0 {
            i -= 1;
            if self.is(ORDER[i]) {
                list = i as u16 + 1;
            }
        }
        let place = self.swedish_place() as u16 | ((self.world_place() > 1) as u16) << 1;
        let common = if self.common() { 2 } else { (self.lower() > 0) as u16 };
        LEVEL[self.given() as usize] | LEVEL[self.surname() as usize] << 2 | place << 4 | common << 6 | list << 8
    }
    /// Packs counts into bits. Values over the range are cut.
    #[must_use]
    pub fn pack(given: u32, surname: u32, swedish: bool, world: u32, lower: u32, capital: u32) -> Self {
        Self(given.min(7) | surname.min(7) << 3 | u32::from(swedish) << 6 | world.min(3) << 7 | lower.min(7) << 9 | capital.min(3) << 12)
    }
}

/// The answer for a word: its traits, and the cluster (1–768, 0 when unknown) of words used like it in lower case and
/// with a capital.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// What is known of it as a name, a word, a place.
    pub traits: Traits,
    /// Cluster of the word in lower case.
    pub lower: u16,
    /// Cluster of the word with a capital.
    pub capital: u16,
    /// The traits in twelve bits, see [`Traits::kind`].
    pub kind: u16,
}

impl Class {
    /// Eight bytes of the class list.
    #[must_use]
    pub const fn pack(self) -> [u8; 8] {
        (self.traits.0 as u64 | (self.lower as u64) << 32 | (self.capital as u64) << 42 | (self.traits.kind() as u64) << 52).to_le_bytes()
    }
}

/// What is known of the word with this hash.
#[inline]
pub(crate) fn class(word: u64) -> Class {
    #[expect(clippy::cast_possible_truncation, reason = "parts of a packed class")]
    match CLASSES.get(usize::from(WORDS.get(word))) {
        Some(b) => {
            let x = u64::from_le_bytes(*b);
            Class { traits: Traits(x as u32), lower: (x >> 32) as u16 & 0x3FF, capital: (x >> 42) as u16 & 0x3FF, kind: (x >> 52) as u16 }
        }
        None => Class::default(),
    }
}

/// The traits of the word with this hash.
#[inline]
pub(crate) fn traits(word: u64) -> Traits {
    class(word).traits
}

//! The best labels for the elements of a stretch, and by how much each person was the better reading.
//!
//! First-order Viterbi in whole numbers, forwards and backwards: the margin of an element is the best score of any
//! reading where it belongs to a person, less the best of any where it does not.

use super::element::{self, Element};
use super::model::{Grain, LABELS, MISC, Model, NONE, ORG, ORG_ON, PERSON, PERSON_ON, PLACE, PLACE_ON};

/// What was decided of one element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Label of the best reading.
    pub(crate) label: u8,
    /// Person against anything else, in [`super::model::PARTS`] of a nat.
    pub(crate) margin: i32,
    /// Best label if it is a person: first or later word.
    pub(crate) person: u8,
    /// Best label if it is none.
    pub(crate) other: u8,
}

/// Buffers kept between stretches.
#[derive(Default)]
pub(crate) struct Room {
    forward: Vec<[i32; LABELS]>,
}

const FAR: i32 = -1_000_000;

/// Whether `to` may follow `from` over `link`.
pub const fn allows(link: u8, from: usize, to: usize) -> bool {
    match to {
        PERSON_ON => (from == PERSON || from == PERSON_ON) && element::joins(link),
        PLACE_ON => (from == PLACE || from == PLACE_ON) && element::joins_loosely(link),
        ORG_ON => (from == ORG || from == ORG_ON) && element::joins_loosely(link),
        _ => true,
    }
}

/// Whether `label` may begin a stretch.
pub const fn begins(label: usize) -> bool {
    matches!(label, PERSON | PLACE | ORG | MISC | NONE)
}

/// Labels `elements` by their `scores` into `out`, which is cleared.
///
/// There are no back pointers: the label with the best total at an element is the one the best reading has there.
pub(crate) fn best(
    model: &Model<'_>,
    grain: Grain,
    elements: &[Element],
    scores: &[[i16; LABELS]],
    room: &mut Room,
    out: &mut Vec<Verdict>,
) {
    out.clear();
    room.forward.clear();
    let n = elements.len().min(scores.len());
    let mut before = [0_i32; LABELS];
    for e in 0..n {
        let mut now: [i32; LABELS] = [FAR; LABELS];
        if e == 0 {
            now = std::array::from_fn(|l| if begins(l) { 0 } else { FAR });
        } else {
            for (from, &b) in before.iter().enumerate() {
                let step = model.step(grain, elements[e].link, from);
                for (n, s) in now.iter_mut().zip(step) {
                    *n = (*n).max(b + i32::from(s));
                }
            }
        }
        for (n, s) in now.iter_mut().zip(scores[e]) {
            *n += i32::from(s);
        }
        room.forward.push(now);
        before = now;
    }
    out.resize(n, Verdict::default());
    let mut back = [0_i32; LABELS];
    for e in (0..n).rev() {
        let total: [i32; LABELS] = std::array::from_fn(|l| room.forward[e][l] + back[l]);
        let person = if total[PERSON_ON] > total[PERSON] { PERSON_ON } else { PERSON };
        let other =
            [NONE, PLACE, PLACE_ON, ORG, ORG_ON, MISC].into_iter().fold(NONE, |best, l| if total[l] > total[best] { l } else { best });
        let margin = total[person] - total[other];
        #[expect(clippy::cast_possible_truncation, reason = "eight labels")]
        {
            out[e] = Verdict { label: if margin > 0 { person } else { other } as u8, margin, person: person as u8, other: other as u8 };
        }
        let ahead: [i32; LABELS] = std::array::from_fn(|l| i32::from(scores[e][l]) + back[l]);
        back = std::array::from_fn(|from| {
            let step = model.step(grain, elements[e].link, from);
            step.iter().zip(ahead).map(|(&s, a)| i32::from(s) + a).max().unwrap_or(FAR)
        });
    }
}

//! Numbers as written: groups of digits and what joins them, parsed once and shared by all detectors of numbers.

use std::ops::Range;

use smallvec::SmallVec;

/// What stands between two groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Nothing: the first group.
    Start,
    /// One blank, no-break space or thin space.
    Space,
    /// A hyphen, dash or minus of any width.
    Hyphen,
    /// A hyphen with a blank on one or both sides.
    SpacedHyphen,
    /// `+`, bare or with blanks.
    Plus,
    /// `.`
    Dot,
    /// `/`
    Slash,
    /// `:`
    Colon,
    /// `(`, `)`, with or without blanks and a hyphen, as in `+46 (0)70` and `+46-(0)70`.
    Paren,
    /// `,` without a blank.
    Comma,
    /// Anything else, among them `, `, two blanks, tabs and a line break.
    Loose,
}

impl Joint {
    /// Whether the groups on both sides can belong to one number.
    #[must_use]
    pub const fn is_tight(self) -> bool {
        !matches!(self, Self::Start | Self::Loose | Self::Comma)
    }

    fn of(between: &str) -> Self {
        let core = between.trim_matches(is_blank);
        let blanks = between.len() - core.len();
        match core {
            "" if between.chars().count() == 1 => Self::Space,
            "+" => Self::Plus,
            "." if blanks == 0 => Self::Dot,
            "/" if blanks == 0 => Self::Slash,
            ":" if blanks == 0 => Self::Colon,
            "," if blanks == 0 => Self::Comma,
            _ if core.contains(['(', ')']) && core.chars().all(|c| matches!(c, '(' | ')') || is_blank(c) || is_dash(c)) => Self::Paren,
            _ if core.chars().count() == 1 && core.chars().all(is_dash) => {
                if blanks == 0 {
                    Self::Hyphen
                } else {
                    Self::SpacedHyphen
                }
            }
            _ => Self::Loose,
        }
    }
}

/// Whether `c` is a blank that can stand inside a number: blank, no-break space, thin and figure spaces.
#[must_use]
pub const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}'..='\u{200a}' | '\u{202f}')
}

/// Whether `c` is written as a hyphen: ASCII hyphen, the dashes U+2010–U+2015, minus U+2212 and their small and full forms.
#[must_use]
pub const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// One run of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What stands before it.
    pub joint: Joint,
}

impl Group {
    /// How many digits it has.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it has none (it always has).
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end == self.start
    }
}

/// Digits as numbers 0–9; at most [`Digits::MOST`].
pub type Digits = SmallVec<[u8; 24]>;

/// Most groups that one cluster holds; a longer row of numbers is cut into clusters.
const MOST_GROUPS: usize = 16;

/// Most bytes between two groups: a dash of three bytes with a no-break space on either side.
const MOST_GAP: usize = 7;

/// Groups of digits with at most seven bytes between each.
#[derive(Clone, Debug)]
pub struct Cluster<'t> {
    text: &'t str,
    groups: SmallVec<[Group; MOST_GROUPS]>,
}

impl<'t> Cluster<'t> {
    /// The cluster whose first digit stands at byte `at`.
    #[must_use]
    pub fn parse(text: &'t str, at: usize) -> Self {
        let bytes = text.as_bytes();
        let mut groups = SmallVec::new();
        let (mut start, mut joint) = (at, Joint::Start);
        loop {
            let end = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
            groups.push(Group { start, end, joint });
            let gap = bytes[end..].iter().take(MOST_GAP + 1).position(u8::is_ascii_digit);
            let Some(gap) = gap.filter(|_| groups.len() < MOST_GROUPS) else { break };
            joint = if gap == 1 {
                match bytes[end] {
                    b' ' => Joint::Space,
                    b'-' => Joint::Hyphen,
                    b'.' => Joint::Dot,
                    b'/' => Joint::Slash,
                    b':' => Joint::Colon,
                    b',' => Joint::Comma,
                    b'+' => Joint::Plus,
                    b'(' | b')' => Joint::Paren,
                    b if b.is_ascii_alphabetic() => break,
                    _ => Joint::Loose,
                }
            } else {
                let between = &text[end..end + gap];
                if between.chars().any(char::is_alphabetic) {
                    break;
                }
                Joint::of(between)
            };
            start = end + gap;
        }
        Self { text, groups }
    }

    /// All groups.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The number that starts at group `first`.
    #[must_use]
    pub fn number(&self, first: usize) -> Number<'_> {
        Number { text: self.text, groups: &self.groups[first..] }
    }
}

/// A group of digits and those that follow it: what a detector of numbers reads.
#[derive(Clone, Copy, Debug)]
pub struct Number<'t> {
    /// The document's text.
    pub text: &'t str,
    /// This group and the following ones of its cluster; never empty.
    pub groups: &'t [Group],
}

impl<'t> Number<'t> {
    /// First byte of the first digit.
    #[must_use]
    pub fn start(&self) -> usize {
        self.groups[0].start
    }

    /// Length of group `i` in digits; 0 where there is none.
    #[must_use]
    pub fn len(&self, i: usize) -> usize {
        self.groups.get(i).map_or(0, |g| g.len())
    }

    /// What stands before group `i`; `Loose` where there is none.
    #[must_use]
    pub fn joint(&self, i: usize) -> Joint {
        self.groups.get(i).map_or(Joint::Loose, |g| g.joint)
    }

    /// The lengths of the first groups, as long as they are joined tightly: what a written form is told by.
    #[must_use]
    pub fn form(&self) -> SmallVec<[usize; MOST_GROUPS]> {
        let mut lens = SmallVec::new();
        for (i, group) in self.groups.iter().enumerate() {
            if i > 0 && !group.joint.is_tight() {
                break;
            }
            lens.push(group.len());
        }
        lens
    }

    /// The digits of groups `range`, as numbers 0–9, at most 24.
    #[must_use]
    pub fn digits(&self, range: Range<usize>) -> Digits {
        let groups = self.groups.get(range).unwrap_or(&[]);
        groups.iter().flat_map(|g| self.text.as_bytes()[g.start..g.end].iter().map(|b| b - b'0')).take(24).collect()
    }

    /// The digits of group `i` as text.
    #[must_use]
    pub fn group(&self, i: usize) -> &'t str {
        self.groups.get(i).map_or("", |g| &self.text[g.start..g.end])
    }

    /// The character right before the first digit.
    #[must_use]
    pub fn char_before(&self) -> Option<char> {
        self.text[..self.start()].chars().next_back()
    }

    /// The character at byte `at`.
    #[must_use]
    pub fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Whether a word, another digit or a joined figure stands right before the number: `x123`, `1.123`, `#123`.
    #[must_use]
    pub fn is_glued_before(&self) -> bool {
        let mut before = self.text[..self.start()].chars().rev();
        match before.next() {
            None => false,
            Some(c) if c.is_alphanumeric() || matches!(c, '#' | '=' | '%' | '&' | '$') => true,
            // `_800102-2386_` is emphasis.
            Some('.' | '_' | ',' | ':' | '/' | '+' | '-' | '–' | '−') => before.next().is_some_and(char::is_alphanumeric),
            Some(_) => false,
        }
    }

    /// Whether the text goes on right after byte `end` with a letter, a digit or a joined figure: `123x`, `123.4`, `123-4`.
    #[must_use]
    pub fn is_glued_after(&self, end: usize) -> bool {
        let mut after = self.text[end..].chars();
        match after.next() {
            None => false,
            Some(c) if c.is_alphanumeric() || c == '%' => true,
            Some('_') => after.next().is_some_and(char::is_alphanumeric),
            Some(c) if matches!(c, '.' | ',' | ':' | '/') || is_dash(c) => after.next().is_some_and(|c| c.is_ascii_digit()),
            Some(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_is_parsed_into_groups_and_joints() {
        let text = "Ring +46 (0)70-174 06 12, 08";
        let cluster = Cluster::parse(text, 6);
        let joints: Vec<_> = cluster.groups().iter().map(|g| g.joint).collect();
        assert_eq!(joints, [Joint::Start, Joint::Paren, Joint::Paren, Joint::Hyphen, Joint::Space, Joint::Space, Joint::Loose]);
        assert_eq!(cluster.number(1).form().as_slice(), [1, 2, 3, 2, 2]);
        assert_eq!(cluster.number(0).digits(2..4).as_slice(), [7, 0, 1, 7, 4]);
    }

    #[test]
    fn letters_and_gaps_end_a_cluster() {
        assert_eq!(Cluster::parse("12 kap 3", 0).groups().len(), 1);
        assert_eq!(Cluster::parse("12\n34", 0).groups()[1].joint, Joint::Loose);
        assert_eq!(Cluster::parse("1980–01", 0).groups()[1].joint, Joint::Hyphen);
    }

    #[test]
    fn glue_is_seen_on_both_sides() {
        let glued = |text: &str, at| Cluster::parse(text, at).number(0).is_glued_before();
        assert!(glued("x12", 1) && glued("3.12", 2) && glued("#12", 1) && glued("a-12", 2));
        assert!(!glued("(12", 1) && !glued(". 12", 2) && !glued("-12", 1));
    }
}

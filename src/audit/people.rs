//! People counted, not named: one mark a person, in how many posts.

use std::collections::HashMap;

use crate::detect::{Attribute, Attributes};

/// What a person is, the first of these that was said of any mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Under 18.
    Child,
    /// Dead.
    Dead,
    /// In a public role.
    Official,
    /// Anybody else.
    Private,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Child, Self::Dead, Self::Official, Self::Private];

    fn of(attributes: Attributes) -> Self {
        let sorts = [(Attribute::Minor, Self::Child), (Attribute::Dead, Self::Dead), (Attribute::Official, Self::Official)];
        sorts.into_iter().find(|(a, _)| attributes.has(*a)).map_or(Self::Private, |(_, sort)| sort)
    }
}

/// One person: the posts so far, the last of them, and what was said.
#[derive(Clone, Copy, Debug)]
struct Seen {
    posts: u32,
    last: u32,
    sort: Sort,
}

/// The people of a run. Memory grows with how many there are, not with how often they are named.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Those named in full, by their mark.
    named: HashMap<u64, Seen>,
    /// Those of whom a post only says a given name, by sort: they count once a post.
    single: [u64; 4],
    in_post: HashMap<u64, Sort>,
    post: u32,
}

impl People {
    /// The next post begins.
    pub fn next_post(&mut self) {
        self.post = self.post.wrapping_add(1);
        self.close();
    }

    /// Counts those of the last post.
    pub fn close(&mut self) {
        for (_, sort) in self.in_post.drain() {
            self.single[sort as usize] += 1;
        }
    }

    /// Counts a mention in the post that is open.
    pub fn see(&mut self, mark: u64, is_full: bool, attributes: Attributes) {
        let sort = Sort::of(attributes);
        if is_full {
            let seen = self.named.entry(mark).or_insert(Seen { posts: 0, last: u32::MAX, sort });
            seen.sort = seen.sort.min(sort);
            if seen.last != self.post {
                seen.last = self.post;
                seen.posts += 1;
            }
            return;
        }
        let known = self.in_post.entry(mark).or_insert(sort);
        *known = (*known).min(sort);
    }

    /// How many are named in full.
    #[must_use]
    pub fn named(&self) -> u64 {
        self.named.len() as u64
    }

    /// How many are known by a given name alone, counted in each post by itself.
    #[must_use]
    pub fn single(&self) -> u64 {
        self.single.iter().sum()
    }

    /// How many of a sort: named in full, and by a given name alone.
    #[must_use]
    pub fn of(&self, sort: Sort) -> (u64, u64) {
        (self.named.values().filter(|s| s.sort == sort).count() as u64, self.single[sort as usize])
    }

    /// How many of those named in full stand in more than `posts` posts.
    #[must_use]
    pub fn in_more_than(&self, posts: u32) -> u64 {
        self.named.values().filter(|s| s.posts > posts).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_counts_once_and_a_given_name_once_a_post() {
        let mut people = People::default();
        let minor = Attributes::of(Attribute::Minor);
        for _ in 0..7 {
            people.next_post();
            people.see(1, true, Attributes::NONE);
            people.see(1, true, Attributes::NONE);
            people.see(2, false, Attributes::NONE);
            people.see(2, false, minor);
        }
        people.see(3, true, minor);
        people.close();
        assert_eq!((people.named(), people.single()), (2, 7));
        assert_eq!(people.of(Sort::Child), (1, 7));
        assert_eq!((people.in_more_than(5), people.in_more_than(7)), (1, 0));
    }
}

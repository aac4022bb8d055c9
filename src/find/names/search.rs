//! Which names answer a query.

use std::collections::{BinaryHeap, HashMap, HashSet};

use super::index::NameIndex;
use super::vocabulary::{NearWord, can_be_misspelt, words};
use crate::find::matching::{Closeness, Query};
use crate::jobs::{Cancelled, Watch};

/// How many words near to one that was typed are tried.
const NEAR_WORDS: usize = 48;

/// How many names are looked at between two looks at the watch.
const RUN: usize = 8192;

/// A name that answers, ordered by how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// How well.
    pub closeness: Closeness,
    /// How many letters are wrong; 0 but for [`Closeness::Near`].
    pub errors: u8,
    /// The [`super::Naming::weight`] of its column.
    pub weight: u8,
    /// How long it is, bytes: of names that begin alike, the shortest has the least beside it.
    pub length: usize,
    /// Its number, for [`NameIndex::rows`] and [`NameIndex::naming`].
    pub name: usize,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    /// The best, in order.
    pub best: Vec<Found>,
    /// How many there are in all.
    pub count: usize,
}

/// The best so far.
struct Best {
    heap: BinaryHeap<Found>,
    most: usize,
    count: usize,
}

impl Best {
    fn new(most: usize) -> Best {
        Best { heap: BinaryHeap::with_capacity(most + 1), most, count: 0 }
    }

    fn add(&mut self, found: Found) {
        self.count += 1;
        if self.heap.len() < self.most {
            self.heap.push(found);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && found < *worst
        {
            *worst = found;
        }
    }

    fn done(self) -> Matches {
        Matches { best: self.heap.into_sorted_vec(), count: self.count }
    }
}

impl NameIndex {
    /// The names that hold all words of a query, as the start of a word or anywhere: the best of
    /// them, and how many there are.
    ///
    /// # Errors
    /// When the person cancelled (typed on).
    pub fn search(&self, query: &Query, most: usize, watch: &Watch) -> Result<Matches, Cancelled> {
        let mut best = Best::new(most);
        let Some(scanner) = query.scanner() else { return Ok(best.done()) };
        let (mut at, mut name, mut looked) = (0, 0, 0_usize);
        while let Some(hit) = self.text.get(at..).and_then(|rest| scanner.find(rest)) {
            if looked % RUN == 0 {
                watch.check()?;
            }
            looked += 1;
            let place = at + hit;
            while self.starts.get(name + 1).is_some_and(|end| *end <= place) {
                name += 1;
            }
            if let Some(closeness) = query.closeness(self.name(name)) {
                best.add(self.found(name, closeness, 0));
            }
            name += 1;
            at = self.starts.get(name).copied().unwrap_or(self.text.len());
        }
        Ok(best.done())
    }

    /// The names that would answer if letters were typed wrongly: one in a short word, two in a
    /// longer one. What [`Self::search`] finds is not among them.
    ///
    /// # Errors
    /// When the person cancelled (typed on).
    pub fn search_near(
        &self,
        query: &Query,
        most: usize,
        watch: &Watch,
    ) -> Result<Matches, Cancelled> {
        let (wrong, right): (Vec<&[u8]>, Vec<&[u8]>) =
            query.words().partition(|word| can_be_misspelt(word));
        let mut near: Vec<Vec<NearWord>> = Vec::with_capacity(wrong.len());
        for word in wrong {
            near.push(self.words.near(word, NEAR_WORDS, watch)?);
        }
        // Names are taken from the word that the fewest have.
        let names_of = |words: &[NearWord]| {
            words.iter().map(|near| self.words.names(near.word).len()).sum::<usize>()
        };
        near.sort_by_key(|words| names_of(words));
        let mut near = near.into_iter();
        let Some(rarest) = near.next() else { return Ok(Matches::default()) };
        let others: Vec<HashMap<&[u8], u8>> = near
            .map(|words| {
                // The nearest come last, and stay.
                words.iter().rev().map(|near| (self.words.word(near.word), near.errors)).collect()
            })
            .collect();
        let right: Vec<Vec<u8>> = right.iter().map(|word| [b" ", *word].concat()).collect();
        let mut best = Best::new(most);
        let mut seen = HashSet::new();
        for near in rarest {
            watch.check()?;
            for name in self.words.names(near.word).iter().map(|name| *name as usize) {
                let written = self.name(name);
                if !seen.insert(name) || query.closeness(written).is_some() {
                    continue;
                }
                let has = |word: &Vec<u8>| memchr::memmem::find(written, word).is_some();
                let errors = others.iter().try_fold(near.errors, |sum, others| {
                    let errors = words(written).filter_map(|word| others.get(word)).min()?;
                    Some(sum.saturating_add(*errors))
                });
                if let Some(errors) = errors
                    && right.iter().all(has)
                {
                    best.add(self.found(name, Closeness::Near, errors));
                }
            }
        }
        Ok(best.done())
    }

    fn found(&self, name: usize, closeness: Closeness, errors: u8) -> Found {
        let weight = self.naming(name).map_or(u8::MAX, |naming| naming.weight);
        Found { closeness, errors, weight, length: self.name(name).len(), name }
    }
}

//! The coordinate reference systems that a file names, and the order of the numbers in them.

use std::collections::HashMap;

use crate::crs::{Crs, Transformer};
use crate::formats::xml::{Position, Tag};
use crate::i18n::Arg;
use crate::problem::Problems;

/// As many names are looked up; a file that uses changing data as names would take forever.
const NAMES: usize = 100;

/// The most numbers that a position may be said to have.
const DIMENSIONS: usize = 4;

/// A system as a file names it.
#[derive(Debug)]
pub(super) struct System {
    pub crs: Crs,
    /// Whether its numbers have the north first.
    turned: bool,
}

/// All systems of a file.
#[derive(Default)]
pub(super) struct Systems {
    list: Vec<System>,
    by_name: HashMap<String, Option<usize>>,
    ways: HashMap<(usize, usize), Option<Transformer>>,
    pub problems: Problems,
}

/// What an element inherits from those around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// The system, by its number.
    pub system: Option<usize>,
    /// How many numbers a position has.
    pub dimension: Option<usize>,
}

impl Systems {
    /// What is so inside an element.
    pub fn within(&mut self, tag: Tag<'_>, around: Context) -> Context {
        let mut context = around;
        if tag.attributes().next().is_none() {
            return context;
        }
        if let Some(name) = tag.attribute("srsName")
            && !name.trim().is_empty()
        {
            context.system = self.find(name.trim());
            context.dimension = None;
        }
        if let Some(dimension) =
            tag.attribute("srsDimension").or_else(|| tag.attribute("dimension"))
        {
            let number = dimension.trim().parse().ok();
            context.dimension = number.filter(|number| (2..=DIMENSIONS).contains(number));
        }
        context
    }

    /// The system of a name; none where nobody knows it, which is told.
    fn find(&mut self, name: &str) -> Option<usize> {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        if self.by_name.len() >= NAMES {
            self.problems.add("problem-gml-many-systems", 1);
            return None;
        }
        let found = Crs::from_code(name).ok();
        let number = found.map(|crs| {
            self.list.push(System { turned: crs.is_north_first_as(name), crs });
            self.list.len() - 1
        });
        if number.is_none() {
            let args = vec![("name", Arg::Text(name.chars().take(100).collect()))];
            self.problems.report("problem-gml-system-unknown", 1, args, None);
        }
        self.by_name.insert(name.to_owned(), number);
        number
    }

    pub fn get(&self, system: usize) -> Option<&System> {
        self.list.get(system)
    }

    /// Whether numbers have the north first.
    pub fn is_turned(&self, system: Option<usize>) -> bool {
        system.and_then(|system| self.get(system)).is_some_and(|system| system.turned)
    }

    /// Whether two names mean the same system.
    pub fn is_same(&self, a: usize, b: usize) -> bool {
        let both = self.get(a).zip(self.get(b));
        a == b || both.is_some_and(|(a, b)| a.crs.same_as(&b.crs))
    }

    /// Whether lengths along the axes of a system are what they seem: not degrees.
    pub fn is_plane(&self, system: Option<usize>) -> bool {
        let system = system.and_then(|system| self.get(system));
        system.is_none_or(|system| !system.crs.is_geographic())
    }

    /// Transforms positions from one system to another; false where there is no way, or where it
    /// does not reach there.
    pub fn transform(&mut self, positions: &mut [Position], from: usize, to: usize) -> bool {
        let (Some(source), Some(target)) = (self.list.get(from), self.list.get(to)) else {
            return false;
        };
        let way = self.ways.entry((from, to));
        let way = way.or_insert_with(|| Transformer::new(&source.crs, &target.crs).ok());
        let Some(way) = way else { return false };
        let mut xy: Vec<[f64; 2]> = positions.iter().map(|(xy, _)| *xy).collect();
        if way.transform(&mut xy) > 0 {
            return false;
        }
        for ((position, _), xy) in positions.iter_mut().zip(xy) {
            *position = xy;
        }
        true
    }
}

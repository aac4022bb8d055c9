//! Which things lie in which areas.

/// A thing in an area, and how much of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pair {
    /// The row of the area.
    pub area: u32,
    /// How many of its points lie there.
    pub points: u32,
    /// Of its lines, metres; 0 where not measured.
    pub length: f64,
    /// Of its polygons, square metres; 0 where not measured.
    pub square: f64,
}

/// What lies where, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Things that met the condition.
    pub things: u64,
    /// Of those, without a place.
    pub without_place: u64,
    /// In at least one area.
    pub inside: u64,
    /// In no area, though they have a place.
    pub outside: u64,
    /// In more than one area, or on the border of some.
    pub several: u64,
    /// Areas.
    pub areas: u64,
    /// Of those, without a polygon.
    pub areas_without_place: u64,
    /// Of those, with nothing inside.
    pub areas_empty: u64,
}

/// The areas of things, one thing after another.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// The thing of each pair, ascending.
    pub things: Vec<u32>,
    /// In ascending order of areas within a thing.
    pub pairs: Vec<Pair>,
}

impl Pairs {
    /// The pairs of one thing after another.
    pub fn by_thing(&self) -> impl Iterator<Item = (u32, &[Pair])> {
        let mut at = 0;
        self.things.chunk_by(|a, b| a == b).filter_map(move |run| {
            let pairs = self.pairs.get(at..at + run.len())?;
            at += run.len();
            Some((*run.first()?, pairs))
        })
    }

    /// Of each pair whether it is the one in which most of its thing lies: the most square metres,
    /// else the most metres, else the most points, else the first.
    pub fn mains(&self) -> Vec<bool> {
        let mut mains = Vec::with_capacity(self.pairs.len());
        for (_, pairs) in self.by_thing() {
            let main = main(pairs);
            mains.extend((0..pairs.len()).map(|at| at == main));
        }
        mains
    }
}

/// Which of the pairs of a thing holds most of it.
pub(super) fn main(pairs: &[Pair]) -> usize {
    let by_size = |a: &Pair, b: &Pair| {
        let order = a.square.total_cmp(&b.square).then(a.length.total_cmp(&b.length));
        order.then(a.points.cmp(&b.points))
    };
    // Of equals the last counts as the greatest: turned round, that is the first.
    let most = pairs.iter().enumerate().rev().max_by(|(_, a), (_, b)| by_size(a, b));
    most.map_or(0, |(at, _)| at)
}

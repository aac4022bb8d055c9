//! Which things lie in which areas, on all cores.

use super::areas::Areas;
use super::measuring::Measuring;
use super::pairs::{Pair, Pairs, Tally};
use super::row::Looking;
use super::sides::{ByPlaceError, Things};
use crate::jobs::{Watch, cores, in_parallel};
use crate::problem::{Place, Problems};

/// Into how many runs things are cut for each core: what a thread prepares for measuring costs
/// some milliseconds.
const RUNS_A_CORE: usize = 4;
const LEAST_RUN: usize = 256;
/// Things between two looks at the watch.
const STRIDE: usize = 1024;

/// What is measured of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measured {
    /// Nothing.
    Nothing,
    /// Things in more than one area.
    Several,
    /// All.
    All,
}

#[derive(Default)]
struct Run {
    things: Vec<u32>,
    pairs: Vec<Pair>,
    /// Things with a place in no area, without a place, in several areas.
    outside: u64,
    without_place: u64,
    several: u64,
    given_up: Vec<u32>,
}

/// Finds the areas of all things; tells what could not be found, and adds to the watch's total and
/// work done.
pub(super) fn lying(
    areas: &Areas<'_>,
    things: &Things<'_>,
    measured: Measured,
    (problems, tally): (&mut Problems, &mut Tally),
    watch: &Watch,
) -> Result<Pairs, ByPlaceError> {
    let count = things.rows.len();
    let run = count.div_ceil(cores() * RUNS_A_CORE).max(LEAST_RUN);
    let runs = (0..count).step_by(run).map(|start| start..(start + run).min(count));
    let done = in_parallel(runs, |run| -> Result<Run, ByPlaceError> {
        let mut looking = Looking::new(areas);
        let is_measured = measured != Measured::Nothing && !things.are_points;
        let mut measuring = is_measured.then(|| Measuring::of(things.crs)).transpose()?;
        let mut found = Run::default();
        for at in run {
            if at.is_multiple_of(STRIDE) {
                watch.check()?;
                watch.advance(STRIDE as u64);
            }
            let thing = things.thing(at);
            if !thing.xy().iter().any(|[x, y]| x.is_finite() && y.is_finite()) {
                found.without_place += 1;
                continue;
            }
            let always = measuring.as_mut().filter(|_| measured == Measured::All);
            let mut pairs = looking.pairs(thing, always, watch)?;
            if pairs.len() > 1 && measured == Measured::Several && measuring.is_some() {
                pairs = looking.pairs(thing, measuring.as_mut(), watch)?;
            }
            match pairs {
                [] => found.outside += 1,
                [_] => {}
                _ => found.several += 1,
            }
            let row = things.rows.get(at).copied().unwrap_or(u32::MAX);
            found.things.extend(std::iter::repeat_n(row, pairs.len()));
            found.pairs.extend_from_slice(pairs);
            if looking.gave_up {
                found.given_up.push(row);
            }
        }
        Ok(found)
    });
    let mut all = Pairs::default();
    tally.things = count as u64;
    for run in done {
        let run = run?;
        all.things.extend(run.things);
        all.pairs.extend(run.pairs);
        tally.outside += run.outside;
        tally.without_place += run.without_place;
        tally.several += run.several;
        for row in run.given_up {
            let place = Place::Row(u64::from(row) + 1);
            problems.report("problem-by-place-gave-up", 1, Vec::new(), Some(place));
        }
    }
    tally.inside = tally.things - tally.outside - tally.without_place;
    Ok(all)
}

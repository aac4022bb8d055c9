//! Many positions to the plane of the map, quickly.

use super::approximation::Approximation;
use super::mercator::mercator_from_lon_lat;
use super::transform::{TransformError, is_finite};
use super::{Crs, CrsError, LayerCrs};
use crate::jobs::{Watch, in_parallel};

/// How far what is drawn may lie from where PROJ has it, metres of Web Mercator.
const MAP_TOLERANCE: f64 = 2e-4;

/// How far bounds may lie from where PROJ has them, degrees: a tenth of a millimetre.
const BOUNDS_TOLERANCE: f64 = 1e-9;

/// Positions transformed at a time by one thread.
const PIECE: usize = 16_384;

/// Fewer positions are transformed one by one.
const WORTH_A_POLYNOMIAL: usize = 4_096;

/// So many positions are worth a polynomial: fitting one costs some ninety.
const POSITIONS_PER_CELL: usize = 400;

/// What a layer's positions become.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    /// Web Mercator, metres.
    Map,
    /// Longitude and latitude in WGS 84, degrees.
    LonLat,
}

impl Target {
    fn tolerance(self) -> f64 {
        match self {
            Target::Map => MAP_TOLERANCE,
            Target::LonLat => BOUNDS_TOLERANCE,
        }
    }

    /// From longitude and latitude, in place; what no place on Earth has becomes NaN.
    fn take_lon_lat(self, xy: &mut [[f64; 2]]) {
        for position in xy {
            let [lon, lat] = *position;
            *position = match self {
                _ if !(lon.abs() <= 360.0 && lat.abs() <= 90.0) => [f64::NAN; 2],
                Target::LonLat => [lon, lat],
                Target::Map => mercator_from_lon_lat([lon, lat]),
            };
        }
    }
}

/// The way from a layer's positions to a target, for all threads.
struct Way<'a> {
    from: &'a LayerCrs,
    target: Target,
    polynomials: Option<Approximation>,
}

impl<'a> Way<'a> {
    fn new(from: &'a LayerCrs, target: Target, xy: &[[f64; 2]]) -> Result<Way<'a>, CrsError> {
        let mut way = Way { from, target, polynomials: None };
        // Errors come here, before any thread starts.
        let transformer = from.transformer_to(&Crs::wgs84())?;
        let closed = from.crs.same_as(&Crs::wgs84()) || from.crs.same_as(&Crs::web_mercator());
        if !closed && xy.len() >= WORTH_A_POLYNOMIAL {
            let area = bounds(xy);
            way.polynomials = area.map(|area| {
                let cells = xy.len() / POSITIONS_PER_CELL;
                Approximation::fit(area, target.tolerance(), cells, |xy| {
                    transformer.transform(xy);
                    target.take_lon_lat(xy);
                })
            });
        }
        Ok(way)
    }

    fn run(&self, xy: &mut [[f64; 2]]) -> Result<(), CrsError> {
        match &self.polynomials {
            None => self.exactly(xy),
            Some(polynomials) => {
                let mut outcome = Ok(());
                polynomials.apply(xy, |rest| outcome = self.exactly(rest));
                outcome
            }
        }
    }

    fn exactly(&self, xy: &mut [[f64; 2]]) -> Result<(), CrsError> {
        if self.target == Target::Map && self.from.crs.same_as(&Crs::web_mercator()) {
            for position in xy {
                let [x, y] = if self.from.swapped { [position[1], position[0]] } else { *position };
                *position = within_world([x, y]);
            }
            return Ok(());
        }
        self.from.transformer_to(&Crs::wgs84())?.transform(xy);
        self.target.take_lon_lat(xy);
        Ok(())
    }
}

/// Metres beyond twice the world are no position.
fn within_world([x, y]: [f64; 2]) -> [f64; 2] {
    const LIMIT: f64 = 41_000_000.0;
    if x.abs() <= LIMIT && y.abs() <= LIMIT { [x, y] } else { [f64::NAN; 2] }
}

/// A layer's positions to Web Mercator metres, for drawing: in place, on all cores, less than a
/// millimetre from where PROJ has them. A position that is no number or that the transformation
/// does not take becomes NaN, NaN; latitudes beyond the square world are put on its edge. Reports
/// the positions done as progress.
///
/// # Errors
/// When there is no way to WGS 84, or the person cancelled (some positions are transformed then,
/// others not).
pub fn transform_for_map(
    from: &LayerCrs,
    xy: &mut [[f64; 2]],
    watch: &Watch,
) -> Result<(), TransformError> {
    let way = Way::new(from, Target::Map, xy)?;
    let pieces: Vec<_> = xy.chunks_mut(PIECE).collect();
    let done = in_parallel(pieces, |piece| {
        watch.check()?;
        way.run(piece)?;
        watch.advance(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        Ok(())
    });
    done.into_iter().collect()
}

/// West, south, east and north of a layer's positions in WGS 84, degrees, less than a millimetre
/// from where PROJ has them; none when no position has a place. Also how many positions that are
/// numbers have none.
///
/// # Errors
/// As [`transform_for_map`].
pub fn lon_lat_bounds(
    from: &LayerCrs,
    xy: &[[f64; 2]],
    watch: &Watch,
) -> Result<(Option<[f64; 4]>, usize), TransformError> {
    let way = Way::new(from, Target::LonLat, xy)?;
    let pieces: Vec<_> = xy.chunks(PIECE).collect();
    let found = in_parallel(pieces, |piece| {
        watch.check()?;
        let mut moved = piece.to_vec();
        way.run(&mut moved)?;
        let lost = piece.iter().zip(&moved).filter(|(a, b)| is_finite(**a) && !is_finite(**b));
        Ok::<_, TransformError>((bounds(&moved), lost.count()))
    });
    let mut all = (None, 0);
    for piece in found {
        let (bounds, lost) = piece?;
        all.0 = [all.0, bounds].into_iter().flatten().reduce(around);
        all.1 += lost;
    }
    Ok(all)
}

/// The bounds of the positions that are numbers.
fn bounds(xy: &[[f64; 2]]) -> Option<[f64; 4]> {
    let finite = xy.iter().filter(|position| is_finite(**position));
    finite.map(|[x, y]| [*x, *y, *x, *y]).reduce(around)
}

fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

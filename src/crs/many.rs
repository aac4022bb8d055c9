//! Many positions to the plane of the map, quickly.

use super::approximation::Approximation;
use super::mercator::mercator_from_lon_lat;
use super::transform::{TransformError, is_finite};
use super::{Crs, CrsError, LayerCrs, Plane};
use crate::jobs::{Watch, in_parallel};

/// How far what is drawn may lie from where PROJ has it, metres of its plane.
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
    /// A plane of a map, metres.
    Plane(Plane),
    /// Longitude and latitude in WGS 84, degrees.
    LonLat,
}

impl Target {
    fn tolerance(self) -> f64 {
        match self {
            Target::Plane(_) => MAP_TOLERANCE,
            Target::LonLat => BOUNDS_TOLERANCE,
        }
    }

    /// The CRS that PROJ brings a layer's positions to. The others follow from WGS 84 in closed
    /// form.
    fn by_proj(self) -> Crs {
        match self {
            Target::Plane(plane @ (Plane::Lambert72 | Plane::Lambert2008)) => plane.crs(),
            Target::Plane(Plane::WebMercator | Plane::Local(_)) | Target::LonLat => Crs::wgs84(),
        }
    }

    /// From what PROJ gave, in place; what no place on Earth has becomes NaN.
    fn take_from_proj(self, xy: &mut [[f64; 2]]) {
        let on_earth = |[lon, lat]: [f64; 2]| lon.abs() <= 360.0 && lat.abs() <= 90.0;
        for position in xy {
            *position = match self {
                Target::Plane(Plane::Lambert72 | Plane::Lambert2008) => *position,
                _ if !on_earth(*position) => [f64::NAN; 2],
                Target::LonLat => *position,
                Target::Plane(Plane::WebMercator) => mercator_from_lon_lat(*position),
                Target::Plane(Plane::Local(plane)) => {
                    plane.project(*position).unwrap_or([f64::NAN; 2])
                }
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
        Way::over(from, target, xy.len(), || bounds(xy))
    }

    /// The way for so many positions that lie in an area, which is asked for if it matters.
    fn over(
        from: &'a LayerCrs,
        target: Target,
        positions: usize,
        area: impl FnOnce() -> Option<[f64; 4]>,
    ) -> Result<Way<'a>, CrsError> {
        let mut way = Way { from, target, polynomials: None };
        // Errors come here, before any thread starts.
        let transformer = from.transformer_to(&target.by_proj())?;
        let closed = is_closed(from, target);
        if !closed && positions >= WORTH_A_POLYNOMIAL {
            way.polynomials = area().map(|area| {
                let cells = positions / POSITIONS_PER_CELL;
                Approximation::fit(area, target.tolerance(), cells, |xy| {
                    transformer.transform(xy);
                    target.take_from_proj(xy);
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
        if self.target == Target::Plane(Plane::WebMercator)
            && self.from.crs.same_as(&Crs::web_mercator())
        {
            for position in xy {
                let [x, y] = if self.from.swapped { [position[1], position[0]] } else { *position };
                *position = within_world([x, y]);
            }
            return Ok(());
        }
        self.from.transformer_to(&self.target.by_proj())?.transform(xy);
        self.target.take_from_proj(xy);
        Ok(())
    }
}

/// The way from a layer's positions to a plane of a map, for those who bring the positions piece by
/// piece and on several threads.
pub struct PlaneWay<'a>(Way<'a>);

impl<'a> PlaneWay<'a> {
    pub(super) fn new(
        from: &'a LayerCrs,
        plane: Plane,
        positions: usize,
        area: Option<[f64; 4]>,
    ) -> Result<PlaneWay<'a>, CrsError> {
        Way::over(from, Target::Plane(plane), positions, || area).map(PlaneWay)
    }

    /// Positions of the layer become positions in the plane; those without one become NaN, NaN.
    ///
    /// # Errors
    /// When PROJ has no way.
    pub fn take(&self, xy: &mut [[f64; 2]]) -> Result<(), CrsError> {
        self.0.run(xy)
    }
}

/// Whether positions come to a target by formulas quicker than a polynomial.
fn is_closed(from: &LayerCrs, target: Target) -> bool {
    let has = |crs: Crs| from.crs.same_as(&crs);
    match target {
        Target::Plane(Plane::Local(_)) => false,
        Target::Plane(Plane::Lambert72 | Plane::Lambert2008) => has(target.by_proj()),
        Target::Plane(Plane::WebMercator) | Target::LonLat => {
            has(Crs::wgs84()) || has(Crs::web_mercator())
        }
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
    transform_to_plane(from, Plane::WebMercator, xy, watch)
}

/// The same to any plane of a map.
pub(super) fn transform_to_plane(
    from: &LayerCrs,
    plane: Plane,
    xy: &mut [[f64; 2]],
    watch: &Watch,
) -> Result<(), TransformError> {
    let way = Way::new(from, Target::Plane(plane), xy)?;
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

#[inline]
fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

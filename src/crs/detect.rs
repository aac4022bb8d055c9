//! Finding a CRS by looking at the numbers.
//!
//! The systems of files about Belgium have numbers so different that most positions tell: degrees
//! are small, Lambert 72 lies between 0 and 300,000, Lambert 2008 half a million further, Web
//! Mercator at six million north. What cannot be told apart is not guessed: UTM zone 31 on WGS 84,
//! ETRS89 or ED50 (100 m away) has the same numbers.
//!
//! The ranges are the areas of use in the EPSG register (Belgium with its sea: longitude 2.23 to
//! 6.40, latitude 49.50 to 51.88), transformed by PROJ and widened by some 20 km.

use super::{Crs, HowFound, LayerCrs};

/// Positions looked at, spread evenly over all.
const LOOKED_AT: usize = 4_096;

struct Range {
    x: [f64; 2],
    y: [f64; 2],
    crs: fn() -> Crs,
    swapped: bool,
    /// Whether it holds Belgium and little else.
    is_belgian: bool,
}

impl Range {
    fn contains(&self, [x, y]: [f64; 2]) -> bool {
        let within = |[least, most]: [f64; 2], value: f64| (least..=most).contains(&value);
        within(self.x, x) && within(self.y, y)
    }

    const fn new(x: [f64; 2], y: [f64; 2], crs: fn() -> Crs) -> Range {
        Range { x, y, crs, swapped: false, is_belgian: true }
    }
}

/// In the order of trust; a position may lie in several.
const RANGES: [Range; 6] = [
    Range::new([2.0, 7.0], [49.0, 52.1], Crs::wgs84),
    Range { swapped: true, ..Range::new([49.0, 52.1], [2.0, 7.0], Crs::wgs84) },
    Range { is_belgian: false, ..Range::new([-180.0, 180.0], [-90.0, 90.0], Crs::wgs84) },
    Range::new([-25e3, 320e3], [0.0, 310e3], Crs::lambert72),
    Range::new([475e3, 820e3], [500e3, 810e3], Crs::lambert2008),
    // Longitude −2 to 12, latitude 47.5 to 54.5: also the neighbours, as basemaps have them.
    Range::new([-223e3, 1336e3], [6.02e6, 7.26e6], Crs::web_mercator),
];

/// What the coordinates of a layer most likely are; none when most of them fit nothing known.
///
/// More than half of the positions decide, so that stray ones do not. Positions at 0, 0 (which
/// programs write for "unknown") and such as are not finite have no say. The result is marked as
/// a guess; with `swapped` where latitude comes first.
pub fn guess(xy: &[[f64; 2]]) -> Option<LayerCrs> {
    let looked = looked_at(xy);
    let inside =
        |range: &&Range| looked.iter().filter(|at| range.contains(**at)).count() * 2 > looked.len();
    let found = RANGES.iter().find(inside)?;
    Some(LayerCrs { crs: (found.crs)(), how: HowFound::Guess, swapped: found.swapped })
}

/// The positions that are looked at: some thousand, spread evenly over all, that say something.
pub(super) fn looked_at(xy: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let step = xy.len().div_ceil(LOOKED_AT).max(1);
    let telling = |[x, y]: &[f64; 2]| x.is_finite() && y.is_finite() && (*x != 0.0 || *y != 0.0);
    let looked: Vec<[f64; 2]> = xy.iter().step_by(step).filter(|at| telling(at)).copied().collect();
    if looked.is_empty() {
        // Hardly any position says something: look at all for those that do.
        return xy.iter().filter(|at| telling(at)).take(LOOKED_AT).copied().collect();
    }
    looked
}

/// Whether numbers may be a position in Belgium in a system of which that is known; for others no.
/// Degrees are taken for WGS 84 whatever their datum.
pub(super) fn fits_belgium(reading: &LayerCrs, [x, y]: [f64; 2]) -> bool {
    let [x, y] = if reading.swapped { [y, x] } else { [x, y] };
    let ranges = RANGES.iter().filter(|range| range.is_belgian && !range.swapped);
    let crs = if reading.crs.is_geographic() { Crs::wgs84() } else { reading.crs.clone() };
    // Degrees also lie in the range of metres that begins at nothing.
    let are_degrees = (-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y);
    let mut ranges = ranges.filter(|range| (range.crs)().same_as(&crs));
    are_degrees == reading.crs.is_geographic() && ranges.any(|range| range.contains([x, y]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(xy: &[[f64; 2]]) -> Option<(String, bool)> {
        let found = guess(xy)?;
        assert_eq!(found.how, HowFound::Guess);
        Some((found.crs.code?, found.swapped))
    }

    /// The tower of Ghent in every system (PROJ 9.1, cs2cs).
    #[test]
    fn the_numbers_tell_the_system() {
        let cases: [([f64; 2], &str, bool); 6] = [
            ([3.722_688, 51.052_588], "EPSG:4326", false),
            ([51.052_588, 3.722_688], "EPSG:4326", true),
            ([104_700.0, 193_800.0], "EPSG:31370", false),
            ([604_697.2, 693_794.8], "EPSG:3812", false),
            ([414_407.7, 6_630_601.1], "EPSG:3857", false),
            ([-73.98, 40.75], "EPSG:4326", false),
        ];
        for (at, expected, swapped) in cases {
            assert_eq!(code(&[at]), Some((expected.to_owned(), swapped)), "{at:?}");
        }
        // UTM zone 31 north fits three datums: no guess.
        assert_eq!(code(&[[550_653.1, 5_655_921.3]]), None);
        assert_eq!(code(&[]), None);
        assert_eq!(code(&[[0.0, 0.0], [f64::NAN, 1.0]]), None);
    }

    #[test]
    fn strays_do_not_decide() {
        let mut xy = vec![[104_700.0, 193_800.0]; 60];
        xy.extend([[0.0, 0.0]; 200]);
        xy.extend([[3.7, 51.0]; 30]);
        xy.push([1e300, -1e300]);
        assert_eq!(code(&xy), Some(("EPSG:31370".to_owned(), false)));
        let mut swapped = vec![[51.05, 3.72]; 6];
        swapped.extend([[3.72, 51.05]; 4]);
        assert_eq!(code(&swapped), Some(("EPSG:4326".to_owned(), true)));
        let mut sparse = vec![[0.0, 0.0]; 100_000];
        sparse[77_777] = [604_697.2, 693_794.8];
        assert_eq!(code(&sparse), Some(("EPSG:3812".to_owned(), false)));
    }
}

//! Where a layer mostly is: places that are wrong by thousands of kilometres (a latitude of 2.0, a
//! position at 0, 0) must not send the map there.

use super::Chunk;
use crate::crs::lon_lat_from_mercator;
use crate::table::Extent;

/// The least width that what lies together is taken to have, metres of Web Mercator.
const LEAST: f64 = 30_000.0;

/// So many widths of the middle half of all things away begins what is far from it.
const FAR: f64 = 10.0;

/// The extent of all things but those far from the others, longitude and latitude, and how many
/// those are. Where they are more than one of twenty, they are no strays and nothing is left out.
pub(super) fn main_part(chunks: &[Chunk]) -> (Option<Extent>, u64) {
    let parts: Vec<(Extent, u64)> = chunks
        .iter()
        .map(|chunk| (chunk.extent, u64::try_from(chunk.things()).unwrap_or(u64::MAX)))
        .collect();
    let (main, far) = near(&parts);
    let degrees = main.map(|Extent { min_x, min_y, max_x, max_y }| {
        let [west, south] = lon_lat_from_mercator([min_x, min_y]);
        let [east, north] = lon_lat_from_mercator([max_x, max_y]);
        Extent { min_x: west, min_y: south, max_x: east, max_y: north }
    });
    (degrees, far)
}

fn near(parts: &[(Extent, u64)]) -> (Option<Extent>, u64) {
    let all: u64 = parts.iter().map(|(_, things)| things).sum();
    let range = |axis: usize| {
        let mut places: Vec<(f64, u64)> = parts
            .iter()
            .filter_map(|(extent, things)| Some((*extent.center().get(axis)?, *things)))
            .collect();
        places.sort_by(|(one, _), (two, _)| one.total_cmp(two));
        let at = |quarters: u64| {
            let mut seen = 0;
            let found = places.iter().find(|(_, things)| {
                seen += things;
                seen.saturating_mul(4) >= all.saturating_mul(quarters)
            });
            found.map(|(place, _)| *place)
        };
        let (low, high) = at(1).zip(at(3))?;
        let reach = FAR * (high - low).max(LEAST);
        Some((low - reach)..=(high + reach))
    };
    let (Some(across), Some(up)) = (range(0), range(1)) else { return (None, 0) };
    let is_near = |extent: &Extent| {
        let [x, y] = extent.center();
        across.contains(&x) && up.contains(&y)
    };
    let union = |parts: &mut dyn Iterator<Item = Extent>| parts.reduce(Extent::union);
    let far: u64 =
        parts.iter().filter(|(extent, _)| !is_near(extent)).map(|(_, things)| things).sum();
    if far == 0 || far.saturating_mul(20) > all {
        return (union(&mut parts.iter().map(|(extent, _)| *extent)), 0);
    }
    let main = parts.iter().map(|(extent, _)| *extent).filter(is_near);
    (union(&mut { main }), far)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64, things: u64) -> (Extent, u64) {
        let (x, y) = (x * 1000.0, y * 1000.0);
        (Extent { min_x: x, min_y: y, max_x: x + 1000.0, max_y: y + 1000.0 }, things)
    }

    #[test]
    fn strays_are_left_out_and_what_is_only_wide_is_not() {
        let city = [at(414.0, 6630.0, 500), at(420.0, 6635.0, 300), at(409.0, 6622.0, 200)];
        let whole = Extent { min_x: 409e3, min_y: 6622e3, max_x: 421e3, max_y: 6636e3 };
        assert_eq!(near(&city), (Some(whole), 0));
        let with_strays = [&city[..], &[at(414.0, 222.0, 3), at(0.0, 0.0, 1)]].concat();
        assert_eq!(near(&with_strays), (Some(whole), 4));
        // Two cities, and a hundredth of a country.
        let several = [&city[..], &[at(1500.0, 6500.0, 900)]].concat();
        assert_eq!(near(&several).1, 0);
        let country: Vec<_> = (0..100).map(|step| at(f64::from(step) * 10.0, 6600.0, 10)).collect();
        assert_eq!(near(&country).1, 0);
        assert_eq!(near(&[]), (None, 0));
    }
}

//! Where a layer lands when its numbers are read as one system or another, and whether the system
//! it has is plainly the wrong one.

mod outlines;
mod towns;

pub use outlines::{Outline, Outlines, outlines};
pub use towns::{Town, Whereabouts, towns};

use super::detect::{fits_belgium, looked_at};
use super::{Crs, HowFound, LayerCrs};

/// West, south, east and north of Belgium with its sea, degrees, in the EPSG register (area 1347).
const BELGIUM: [f64; 4] = [2.23, 49.49, 6.41, 51.88];

/// A system made for an area wider than this, degrees, says nothing about where data lie.
const WIDE: f64 = 60.0;

/// How far beyond the area of use of a system data may lie, degrees.
const BEYOND: f64 = 0.1;

/// Where a layer lies in one reading of its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Landing {
    /// The reading.
    pub crs: LayerCrs,
    /// Positions of the layer in it that are on Earth, longitude and latitude in WGS 84; at most
    /// some thousand, spread evenly over all.
    pub positions: Vec<[f64; 2]>,
    /// How many positions were looked at.
    pub looked: usize,
    /// How many of them are in Belgium, its sea included.
    pub inside: usize,
}

impl Landing {
    fn of(crs: &LayerCrs, looked: &[[f64; 2]]) -> Landing {
        let mut positions = looked.to_vec();
        if crs.to_lon_lat(&mut positions).is_err() {
            positions.clear();
        }
        positions.retain(|[lon, lat]| lon.abs() <= 360.0 && lat.abs() <= 90.0);
        let inside = positions.iter().filter(|at| is_in_belgium(**at)).count();
        Landing { crs: crs.clone(), positions, looked: looked.len(), inside }
    }

    /// Which part of the positions lies in Belgium, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "some thousands at most")]
    pub fn share(&self) -> f64 {
        self.inside as f64 / self.looked.max(1) as f64
    }

    /// Whether the layer lies in Belgium: more than half of its positions do.
    pub fn is_in_belgium(&self) -> bool {
        self.inside * 2 > self.looked
    }

    /// Where most of it lies.
    pub fn whereabouts(&self) -> Whereabouts {
        Whereabouts::of(self)
    }

    /// Whether the system is made for where the layer lies, and for no place much larger: then it
    /// is the right one, whatever the numbers may mean in another.
    fn is_where_it_belongs(&self) -> bool {
        let Ok(object) = self.crs.crs.object() else { return false };
        let Some([west, south, east, north]) = object.area_of_use() else {
            // An unknown plane somebody described: only they know.
            return !self.crs.crs.is_geographic() && self.positions.len() * 2 > self.looked;
        };
        if east - west > WIDE || self.crs.swapped {
            return false;
        }
        let is_within = |[lon, lat]: &&[f64; 2]| {
            // Across the antimeridian the west is the larger one.
            let beside = if west <= east {
                (west - BEYOND..=east + BEYOND).contains(lon)
            } else {
                *lon >= west - BEYOND || *lon <= east + BEYOND
            };
            beside && (south - BEYOND..=north + BEYOND).contains(lat)
        };
        self.positions.iter().filter(is_within).count() * 2 > self.looked
    }
}

fn is_in_belgium([lon, lat]: [f64; 2]) -> bool {
    let [west, south, east, north] = BELGIUM;
    (west..=east).contains(&lon) && (south..=north).contains(&lat)
}

/// A layer that does not lie in Belgium and would in another reading.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceDoubt {
    /// Where it lies now; none without a system.
    pub now: Option<Landing>,
    /// The readings in which it lies in Belgium, the one with most positions there first.
    pub offers: Vec<Landing>,
}

/// Looks whether a layer lies outside Belgium in its present system and inside in another: with its
/// axes exchanged, as longitude and latitude, Lambert 72, Lambert 2008 or Web Mercator. None for a
/// layer that lies in Belgium, for one that lies outside in all readings, and for one in a system
/// that is made for where it lies.
///
/// Looks at some thousand positions, and only at the numbers where these tell already.
pub fn place_doubt(xy: &[[f64; 2]], now: Option<&LayerCrs>) -> Option<PlaceDoubt> {
    let looked = looked_at(xy);
    let most = |fits: &dyn Fn(&[f64; 2]) -> bool| {
        looked.iter().filter(|at| fits(at)).count() * 2 > looked.len()
    };
    let fits = |reading: &LayerCrs| most(&|at| fits_belgium(reading, *at));
    if now.is_some_and(fits) {
        return None;
    }
    let mut readings = readings_beside(now);
    readings.retain(fits);
    if readings.is_empty() {
        return None;
    }
    let now = now.map(|crs| Landing::of(crs, &looked));
    if now.as_ref().is_some_and(|now| now.is_in_belgium() || now.is_where_it_belongs()) {
        return None;
    }
    let landings = readings.iter().map(|reading| Landing::of(reading, &looked));
    let mut offers: Vec<Landing> = landings.filter(Landing::is_in_belgium).collect();
    offers.sort_by_key(|offer| std::cmp::Reverse(offer.inside));
    (!offers.is_empty()).then_some(PlaceDoubt { now, offers })
}

/// Where a layer lies in each of some readings. Takes a tenth of a second for systems not met
/// before.
pub fn landings(xy: &[[f64; 2]], readings: &[LayerCrs]) -> Vec<Landing> {
    let looked = looked_at(xy);
    readings.iter().map(|reading| Landing::of(reading, &looked)).collect()
}

/// The readings that a layer may be meant in, beside the present one.
fn readings_beside(now: Option<&LayerCrs>) -> Vec<LayerCrs> {
    let chosen = |crs: Crs, swapped| LayerCrs { crs, how: HowFound::Chosen, swapped };
    let is_same = |a: &LayerCrs, b: &LayerCrs| a.crs.same_as(&b.crs) && a.swapped == b.swapped;
    let exchanged = now.map(|now| chosen(now.crs.clone(), !now.swapped));
    let others = [
        chosen(Crs::wgs84(), false),
        chosen(Crs::wgs84(), true),
        chosen(Crs::lambert72(), false),
        chosen(Crs::lambert2008(), false),
        chosen(Crs::web_mercator(), false),
    ];
    let mut readings: Vec<LayerCrs> = Vec::new();
    for reading in exchanged.into_iter().chain(others) {
        let is_known = readings.iter().chain(now).any(|known| is_same(known, &reading));
        // Degrees in another system are not another place.
        let is_like = exchanged_degrees(&readings, &reading);
        if !is_known && !is_like {
            readings.push(reading);
        }
    }
    readings
}

/// Whether a reading of degrees is there already in a system of degrees that differs by a metre.
fn exchanged_degrees(readings: &[LayerCrs], reading: &LayerCrs) -> bool {
    let is_degrees = |crs: &LayerCrs| crs.crs.is_geographic();
    is_degrees(reading)
        && readings.iter().any(|known| is_degrees(known) && known.swapped == reading.swapped)
}

#[cfg(test)]
mod tests;

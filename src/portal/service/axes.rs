//! A rectangle as a service wants it: in which system, and which number first.

use super::address::bbox_text;
use crate::crs::{Crs, LayerCrs, Transformer};
use crate::table::Extent;

/// How many places of each edge are looked at when a rectangle goes to another system, whose
/// edges are not straight there.
const ALONG: u32 = 20;

/// A rectangle around a part of the world, in a system as a server writes its name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rectangle {
    /// x (east) before y (north).
    extent: Extent,
    /// The name of the system.
    name: String,
    /// Whether this notation has the north first.
    north_first: bool,
    is_geographic: bool,
}

impl Rectangle {
    /// The rectangle around a part of the world (WGS 84 degrees) in the system of this name; in
    /// longitude and latitude where that is unknown or does not reach there.
    pub fn around(part: Extent, name: Option<&str>) -> Rectangle {
        let found = name.and_then(|name| Some((name, Crs::from_code(name).ok()?)));
        let moved = found.and_then(|(name, crs)| Some((name, around(part, &crs)?, crs)));
        match moved {
            Some((name, extent, crs)) => Rectangle {
                extent,
                name: name.to_owned(),
                north_first: crs.is_north_first_as(name),
                is_geographic: crs.is_geographic(),
            },
            None => Rectangle {
                extent: part,
                name: "urn:ogc:def:crs:OGC:1.3:CRS84".to_owned(),
                north_first: false,
                is_geographic: true,
            },
        }
    }

    /// Whether a server may well take the numbers in the other order: degrees, of which each
    /// program has its own idea.
    pub fn is_doubtful(&self) -> bool {
        self.is_geographic
    }

    /// The value of the parameter `bbox`, in the order that the notation asks for or in the other.
    pub fn text(&self, in_other_order: bool) -> String {
        let turned = self.north_first != in_other_order;
        let extent = if turned { self.extent.swapped() } else { self.extent };
        format!("{},{}", bbox_text(extent), self.name)
    }
}

/// The rectangle around another in another system; none where that does not reach there.
fn around(part: Extent, crs: &Crs) -> Option<Extent> {
    if crs.same_as(&Crs::wgs84()) {
        return Some(part);
    }
    let way = Transformer::new(&Crs::wgs84(), crs).ok()?;
    let share = |at: u32| f64::from(at) / f64::from(ALONG);
    let mut edge: Vec<[f64; 2]> = (0..=ALONG)
        .flat_map(|at| {
            let x = part.min_x + part.width() * share(at);
            let y = part.min_y + part.height() * share(at);
            [[x, part.min_y], [x, part.max_y], [part.min_x, y], [part.max_x, y]]
        })
        .collect();
    if way.transform(&mut edge) > 0 {
        return None;
    }
    let extent = Extent::of_points(&edge)?;
    // A straight edge bulges a little between two places.
    let margin = (extent.width() + extent.height()) * 0.001;
    Some(Extent {
        min_x: extent.min_x - margin,
        min_y: extent.min_y - margin,
        max_x: extent.max_x + margin,
        max_y: extent.max_y + margin,
    })
}

/// Where a layer's numbers may lie, to tell which system they are in.
pub(super) fn lies_in(place: Extent, crs: &LayerCrs, xy: &[[f64; 2]]) -> bool {
    /// As many places tell enough.
    const LOOKED_AT: usize = 500;
    let step = (xy.len() / LOOKED_AT).max(1);
    let finite = |[x, y]: &&[f64; 2]| x.is_finite() && y.is_finite();
    let mut sample: Vec<[f64; 2]> = xy.iter().step_by(step).filter(finite).copied().collect();
    let looked_at = sample.len();
    if looked_at == 0 || crs.to_lon_lat(&mut sample).is_err() {
        return false;
    }
    // Servers round the box, and some write one that is older than the data.
    let (wide, high) = (place.width() * 0.1 + 0.01, place.height() * 0.1 + 0.01);
    let roomy = Extent {
        min_x: place.min_x - wide,
        min_y: place.min_y - high,
        max_x: place.max_x + wide,
        max_y: place.max_y + high,
    };
    let inside = sample.iter().filter(|place| roomy.contains(**place)).count();
    inside * 10 >= looked_at * 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::HowFound;

    const GHENT: Extent = Extent { min_x: 3.6, min_y: 51.0, max_x: 3.8, max_y: 51.1 };

    /// What the standards say: WFS 1.1 (OGC 04-094) 15.3.3 and WFS 2.0 (OGC 09-025r2) 7.9.2.
    #[test]
    fn the_order_of_numbers_follows_the_notation() {
        for (name, start) in [
            ("EPSG:4326", "3.6,51,3.8,51.1,EPSG:4326"),
            ("urn:ogc:def:crs:EPSG::4326", "51,3.6,51.1,3.8,urn:ogc:def:crs:EPSG::4326"),
            ("http://www.opengis.net/def/crs/EPSG/0/4326", "51,3.6,51.1,3.8,http"),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", "3.6,51,3.8,51.1,urn"),
            ("nonsense", "3.6,51,3.8,51.1,urn:ogc:def:crs:OGC:1.3:CRS84"),
        ] {
            let rectangle = Rectangle::around(GHENT, Some(name));
            let text = rectangle.text(false);
            assert!(text.starts_with(start), "{name}: {text}");
            assert!(rectangle.is_doubtful());
            assert_ne!(rectangle.text(true), text);
        }
        assert!(Rectangle::around(GHENT, None).text(false).ends_with("CRS84"));
    }

    /// Lambert 72 has the east first in every notation; the corners as cs2cs gives them.
    #[test]
    fn in_lambert_72_the_rectangle_lies_around_the_one_in_degrees() {
        for name in ["EPSG:31370", "urn:ogc:def:crs:EPSG::31370"] {
            let rectangle = Rectangle::around(GHENT, Some(name));
            assert!(!rectangle.is_doubtful() && !rectangle.north_first);
            let mut corners = [[3.6, 51.0], [3.8, 51.0], [3.6, 51.1], [3.8, 51.1], [3.7, 51.05]];
            let way = Transformer::new(&Crs::wgs84(), &Crs::lambert72()).unwrap();
            assert_eq!(way.transform(&mut corners), 0);
            assert!(corners.iter().all(|corner| rectangle.extent.contains(*corner)));
            assert!(rectangle.extent.width() < 15_000.0, "{:?}", rectangle.extent);
        }
    }

    #[test]
    fn numbers_tell_which_system_they_are_in() {
        let degrees = [[3.7, 51.05], [3.72, 51.06], [f64::NAN, 0.0]];
        let turned: Vec<[f64; 2]> = degrees.iter().map(|[x, y]| [*y, *x]).collect();
        let wgs84 = LayerCrs::new(Crs::wgs84(), HowFound::Service);
        let swapped = LayerCrs { swapped: true, ..wgs84.clone() };
        let lambert = LayerCrs::new(Crs::lambert72(), HowFound::Service);
        assert!(lies_in(GHENT, &wgs84, &degrees) && !lies_in(GHENT, &swapped, &degrees));
        assert!(lies_in(GHENT, &swapped, &turned) && !lies_in(GHENT, &wgs84, &turned));
        assert!(lies_in(GHENT, &lambert, &[[104_700.0, 193_800.0]]));
        assert!(!lies_in(GHENT, &lambert, &degrees) && !lies_in(GHENT, &wgs84, &[]));
    }
}

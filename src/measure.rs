//! Lengths and areas on the ellipsoid of WGS 84, whatever the map's projection.
//!
//! Both follow C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), through `geo`:
//! lengths are right to nanometres, areas to a part in 10^10. Between two corners lies the shortest
//! line on the ellipsoid. A straight edge in Lambert 72 bends away from it by less than a
//! centimetre over a kilometre.

use geo::{Geodesic, GeodesicArea, Length, LineString};

use serde::{Deserialize, Serialize};

use crate::crs::{Crs, CrsError, LayerCrs};
use crate::i18n::{Language, format_number};
use crate::plane::{Area, InsideRule, inside, is_crossing, uncrossed};
use crate::table::{GeometryRef, PartKind};

/// What can be measured of a feature.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// The length of its lines, metres; none without lines.
    pub length: Option<f64>,
    /// The area of its polygons without their holes, square metres; of one that crosses itself what is
    /// filled of it. None without polygons.
    pub area: Option<f64>,
    /// The length of its polygons' edges, holes included, metres; none without polygons.
    pub perimeter: Option<f64>,
}

/// The length of a line, metres. Corners are longitude and latitude in WGS 84, degrees.
pub fn length(line: &[[f64; 2]]) -> f64 {
    Geodesic.length(&line_string(line))
}

/// The area inside a ring, square metres, whichever way it turns; closed or not. Corners are
/// longitude and latitude in WGS 84, degrees.
pub fn area(ring: &[[f64; 2]]) -> f64 {
    // The unsigned area of the library is that of a ring turning left; a ring turning right gives
    // the rest of the earth.
    geo::Polygon::new(line_string(ring), Vec::new()).geodesic_area_signed().abs()
}

/// The area of all that a ring goes around, square metres, also where it crosses itself. Corners as in
/// [`area`].
pub fn area_around(ring: &[[f64; 2]]) -> f64 {
    let areas = if is_crossing(&[ring]) { inside(&[ring], InsideRule::NonZero) } else { None };
    areas.map_or_else(|| area(ring), |areas| areas.iter().map(|rings| area_of(rings)).sum())
}

/// The area of a polygon: its outer ring without its holes. Corners as in [`area`].
fn area_of(rings: &[Vec<[f64; 2]>]) -> f64 {
    let mut areas = rings.iter().map(|ring| area(ring));
    let outer = areas.next().unwrap_or_default();
    outer - areas.sum::<f64>()
}

fn slices(area: &Area) -> Vec<&[[f64; 2]]> {
    area.iter().map(Vec::as_slice).collect()
}

/// The length of a ring, its closing edge included, metres. Corners as in [`area`].
pub fn perimeter(ring: &[[f64; 2]]) -> f64 {
    let mut closed = ring.to_vec();
    if ring.first() != ring.last() {
        closed.extend(ring.first());
    }
    length(&closed)
}

/// Measures a feature with coordinates in a CRS; nothing of it where a coordinate is no number or
/// has no place on earth.
///
/// # Errors
/// When PROJ has no way from the CRS to WGS 84.
pub fn feature(geometry: GeometryRef<'_>, crs: &LayerCrs) -> Result<Measures, CrsError> {
    let transformer = crs.transformer_to(&Crs::wgs84())?;
    let mut measures = Measures::default();
    let mut add = |to: fn(&mut Measures) -> &mut Option<f64>, value: f64| {
        let sum = to(&mut measures).get_or_insert(0.0);
        *sum += value;
    };
    let on_earth = |rings: &[&[[f64; 2]]]| -> Vec<Vec<[f64; 2]>> {
        let mut rings: Vec<_> = rings.iter().map(|ring| ring.to_vec()).collect();
        for ring in &mut rings {
            // A place that there is not becomes no number, and so does what is measured.
            transformer.transform(ring);
        }
        rings
    };
    for part in geometry.parts() {
        let rings: Vec<&[[f64; 2]]> = part.rings().map(|ring| ring.xy()).collect();
        match part.kind() {
            PartKind::Point => {}
            PartKind::Line => {
                on_earth(&rings).iter().for_each(|line| add(|m| &mut m.length, length(line)));
            }
            PartKind::Polygon => {
                let placed = on_earth(&rings);
                placed.iter().for_each(|ring| add(|m| &mut m.perimeter, perimeter(ring)));
                // Where rings cross, the area of what is filled.
                let area = match uncrossed(&rings) {
                    Some(areas) => areas.iter().map(|area| area_of(&on_earth(&slices(area)))).sum(),
                    None => area_of(&placed),
                };
                add(|m| &mut m.area, area);
            }
        }
    }
    let known = |value: Option<f64>| value.filter(|value| value.is_finite());
    Ok(Measures {
        length: known(measures.length),
        area: known(measures.area).map(|area| area.max(0.0)),
        perimeter: known(measures.perimeter),
    })
}

fn line_string(places: &[[f64; 2]]) -> LineString<f64> {
    LineString(places.iter().map(|[x, y]| geo::Coord { x: *x, y: *y }).collect())
}

/// The unit lengths are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LengthUnit {
    /// Metres or kilometres, whichever fits.
    #[default]
    Automatic,
    /// Metres.
    Metres,
    /// Kilometres.
    Kilometres,
}

/// The unit areas are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaUnit {
    /// Square metres, hectares or square kilometres, whichever fits.
    #[default]
    Automatic,
    /// Square metres.
    SquareMetres,
    /// Hectares.
    Hectares,
    /// Square kilometres.
    SquareKilometres,
}

/// The units measures are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Units {
    /// Of lengths.
    pub length: LengthUnit,
    /// Of areas.
    pub area: AreaUnit,
}

impl Units {
    /// A length in a language: `85,2 m`, `1,234 km`. A fixed unit has decimals down to a
    /// decimetre or a metre.
    pub fn format_length(self, language: Language, metres: f64) -> String {
        let (value, decimals, unit) = match (self.length, metres.abs()) {
            (LengthUnit::Automatic, m) if m >= 99_999.5 => (metres / 1e3, 1, "km"),
            (LengthUnit::Automatic, m) if m >= 999.95 => (metres / 1e3, 3, "km"),
            (LengthUnit::Automatic | LengthUnit::Metres, _) => (metres, 1, "m"),
            (LengthUnit::Kilometres, _) => (metres / 1e3, 3, "km"),
        };
        format!("{}\u{a0}{unit}", format_number(language, value, decimals))
    }

    /// An area in a language: `85,2 m²`, `1,23 ha`. A fixed unit has decimals down to a square
    /// metre or less.
    pub fn format_area(self, language: Language, square_metres: f64) -> String {
        let (value, decimals, unit) = match (self.area, square_metres.abs()) {
            (AreaUnit::Automatic, a) if a >= 999_950.0 => (square_metres / 1e6, 3, "km²"),
            (AreaUnit::Automatic, a) if a >= 9_999.95 => (square_metres / 1e4, 2, "ha"),
            (AreaUnit::Automatic | AreaUnit::SquareMetres, _) => (square_metres, 1, "m²"),
            (AreaUnit::Hectares, _) => (square_metres / 1e4, 4, "ha"),
            (AreaUnit::SquareKilometres, _) => (square_metres / 1e6, 6, "km²"),
        };
        format!("{}\u{a0}{unit}", format_number(language, value, decimals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::HowFound;
    use crate::table::{GeometryBuilder, GeometryKind};

    const RING: [[f64; 2]; 5] =
        [[3.70, 51.04], [3.75, 51.04], [3.76, 51.07], [3.72, 51.06], [3.70, 51.07]];
    const HOLE: [[f64; 2]; 4] = [[3.72, 51.045], [3.73, 51.045], [3.73, 51.05], [3.72, 51.05]];

    fn near(found: f64, wanted: f64) {
        assert!((found / wanted - 1.0).abs() < 1e-9, "{found} for {wanted}");
    }

    /// Numbers of GeographicLib through pyproj 3.7, `Geod(ellps="WGS84")`: `line_length`,
    /// `polygon_area_perimeter`.
    #[test]
    fn lengths_and_areas_are_geographiclibs() {
        near(length(&RING), 11_723.568_603_401_156);
        near(area(&RING), 10_530_354.219_045_639);
        near(perimeter(&RING), 15_061.048_499_920_213);
        let mut turned = RING;
        turned.reverse();
        near(area(&turned), 10_530_354.219_045_639);
        // Nearly half around the earth, and across the antimeridian.
        near(length(&[[0.0, 0.0], [179.5, 0.5]]), 19_936_288.578_965_314);
        near(length(&[[-178.0, 10.0], [178.0, 10.0]]), 438_554.769_466_575_9);
        assert_eq!((length(&[]), length(&[[3.0, 51.0]]), area(&[])), (0.0, 0.0, 0.0));
    }

    fn push(builder: &mut GeometryBuilder, kind: PartKind, rings: &[&[[f64; 2]]]) {
        builder.begin_part(kind);
        for ring in rings {
            builder.begin_ring();
            ring.iter().for_each(|xy| builder.coord(*xy, None, None));
        }
    }

    #[test]
    fn a_features_holes_are_taken_off_and_its_lines_added() -> Result<(), CrsError> {
        let mut builder = GeometryBuilder::new();
        builder.begin_row(GeometryKind::Polygon);
        push(&mut builder, PartKind::Polygon, &[&RING, &HOLE]);
        builder.end_row();
        builder.begin_row(GeometryKind::MultiLineString);
        push(&mut builder, PartKind::Line, &[&RING]);
        push(&mut builder, PartKind::Line, &[&RING]);
        builder.end_row();
        builder.push_point([3.7, 51.0]);
        builder.begin_row(GeometryKind::LineString);
        push(&mut builder, PartKind::Line, &[&[[f64::NAN, 51.0], [3.0, 51.0]]]);
        builder.end_row();
        let column = builder.finish().unwrap_or_default();
        let crs = LayerCrs { crs: Crs::wgs84(), how: HowFound::Chosen, swapped: false };
        let polygon = feature(column.row(0), &crs)?;
        // The hole: 390072.90129470825 m², its edge 2515.011430131178 m.
        near(polygon.area.unwrap_or(0.0), 10_530_354.219_045_639 - 390_072.901_294_708_25);
        near(polygon.perimeter.unwrap_or(0.0), 15_061.048_499_920_213 + 2_515.011_430_131_178);
        assert_eq!(polygon.length, None);
        near(feature(column.row(1), &crs)?.length.unwrap_or(0.0), 2.0 * 11_723.568_603_401_156);
        assert_eq!(feature(column.row(2), &crs)?, Measures::default());
        assert_eq!(feature(column.row(3), &crs)?, Measures::default());
        // A bow tie is two triangles, also where they turn the other way and would cancel out.
        let corners = [[3.70, 51.04], [3.74, 51.06], [3.74, 51.04], [3.70, 51.06]];
        let middle = [3.72, 51.05];
        let halves =
            area(&[corners[0], middle, corners[3]]) + area(&[corners[1], middle, corners[2]]);
        let mut builder = GeometryBuilder::new();
        builder.begin_row(GeometryKind::Polygon);
        push(&mut builder, PartKind::Polygon, &[&corners]);
        builder.end_row();
        let column = builder.finish().unwrap_or_default();
        near(feature(column.row(0), &crs)?.area.unwrap_or(0.0), halves);
        near(area_around(&corners), halves);
        near(area_around(&RING), area(&RING));
        Ok(())
    }

    /// A square kilometre of Lambert 72: pyproj 3.7 has 1000027.39 m² on the ellipsoid.
    #[test]
    fn a_square_in_lambert_is_measured_on_the_ellipsoid() -> Result<(), CrsError> {
        let square =
            [[104e3, 193e3], [105e3, 193e3], [105e3, 194e3], [104e3, 194e3], [104e3, 193e3]];
        let mut builder = GeometryBuilder::new();
        builder.begin_row(GeometryKind::Polygon);
        push(&mut builder, PartKind::Polygon, &[&square]);
        builder.end_row();
        let column = builder.finish().unwrap_or_default();
        let crs = LayerCrs { crs: Crs::lambert72(), how: HowFound::Chosen, swapped: false };
        let found = feature(column.row(0), &crs)?;
        // Two PROJ versions may choose operations a few parts in 10^7 apart.
        assert!((found.area.unwrap_or(0.0) / 1_000_027.39 - 1.0).abs() < 3e-6, "{found:?}");
        Ok(())
    }

    #[test]
    fn measures_are_written_in_units_that_fit() {
        let length = |metres| Units::default().format_length(Language::Dutch, metres);
        assert_eq!(length(85.27), "85,3\u{a0}m");
        assert_eq!(length(999.96), "1\u{a0}km");
        assert_eq!(length(1234.56), "1,235\u{a0}km");
        assert_eq!(length(123_456.0), "123,5\u{a0}km");
        let area = |metres| Units::default().format_area(Language::English, metres);
        assert_eq!(area(85.2), "85.2\u{a0}m²");
        assert_eq!(area(12_345.0), "1.23\u{a0}ha");
        assert_eq!(area(1_234_567.0), "1.235\u{a0}km²");
    }
    #[test]
    fn a_fixed_unit_is_kept_at_every_size() {
        let metres = Units { length: LengthUnit::Metres, area: AreaUnit::SquareMetres };
        assert_eq!(metres.format_length(Language::Dutch, 12_345.67), "12.345,7\u{a0}m");
        assert_eq!(metres.format_area(Language::Dutch, 1_234_567.0), "1.234.567\u{a0}m²");
        let kilometres = Units { length: LengthUnit::Kilometres, area: AreaUnit::SquareKilometres };
        assert_eq!(kilometres.format_length(Language::English, 85.2), "0.085\u{a0}km");
        assert_eq!(kilometres.format_area(Language::English, 85.0), "0.000085\u{a0}km²");
        let hectares = Units { area: AreaUnit::Hectares, ..Units::default() };
        assert_eq!(hectares.format_area(Language::Dutch, 500.0), "0,05\u{a0}ha");
    }
}

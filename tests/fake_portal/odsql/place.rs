//! Conditions on where something is.

use geo::{Contains as _, Distance as _, Geometry, Haversine, Intersects as _, Point, Rect, coord};
use wkt::Wkt;

use crate::fake_portal::error::ApiError;
use crate::fake_portal::value::Value;

/// A question about a cell's place; a cell without place fulfils none.
#[derive(Clone, Debug)]
pub enum PlaceTest {
    InBox(Rect<f64>),
    Intersects(Geometry<f64>),
    Within(Geometry<f64>),
    Disjoint(Geometry<f64>),
    /// In metres along the great circle, of points.
    Near(Point<f64>, f64),
}

impl PlaceTest {
    /// In the order of `in_bbox`: south, west, north, east.
    pub fn in_box(south: f64, west: f64, north: f64, east: f64) -> PlaceTest {
        PlaceTest::InBox(Rect::new(coord! { x: west, y: south }, coord! { x: east, y: north }))
    }

    pub fn holds(&self, cell: &Value) -> bool {
        let place: Geometry<f64> = match cell {
            Value::Point { lon, lat } => Point::new(*lon, *lat).into(),
            Value::Shape(shape) => shape.to_geo(),
            _ => return false,
        };
        match self {
            PlaceTest::InBox(area) => area.intersects(&place),
            PlaceTest::Intersects(area) => area.intersects(&place),
            PlaceTest::Within(area) => area.contains(&place),
            PlaceTest::Disjoint(area) => !area.intersects(&place),
            PlaceTest::Near(from, metres) => match place {
                Geometry::Point(point) => Haversine.distance(*from, point) <= *metres,
                _ => false,
            },
        }
    }
}

/// The geometry of `geom'…'`: WKT or GeoJSON.
pub fn geometry(clause: &str, text: &str) -> Result<Geometry<f64>, ApiError> {
    let read = if text.trim_start().starts_with('{') {
        from_geojson(text)
    } else {
        text.parse().ok().and_then(|wkt| from_wkt(&wkt))
    };
    read.ok_or_else(|| ApiError::odsql(clause, "A geometry cannot be read."))
}

fn from_wkt(wkt: &Wkt<f64>) -> Option<Geometry<f64>> {
    let line = |line: &wkt::types::LineString<f64>| {
        line.coords().iter().map(|at| (at.x, at.y)).collect::<geo::LineString<f64>>()
    };
    let polygon = |polygon: &wkt::types::Polygon<f64>| {
        let mut rings = polygon.rings().iter().map(line);
        Some(geo::Polygon::new(rings.next()?, rings.collect()))
    };
    match wkt {
        Wkt::Point(point) => point.coord().map(|at| Point::new(at.x, at.y).into()),
        Wkt::LineString(one) => Some(line(one).into()),
        Wkt::Polygon(one) => Some(polygon(one)?.into()),
        Wkt::MultiPolygon(many) => {
            let polygons = many.polygons().iter().map(polygon).collect::<Option<Vec<_>>>()?;
            Some(geo::MultiPolygon::new(polygons).into())
        }
        _ => None,
    }
}

fn from_geojson(text: &str) -> Option<Geometry<f64>> {
    let read: serde_json::Value = serde_json::from_str(text).ok()?;
    let at = &read["coordinates"];
    let line = |ring: &serde_json::Value| -> Option<geo::LineString<f64>> {
        let places = ring.as_array()?.iter();
        places.map(|place| Some((place[0].as_f64()?, place[1].as_f64()?))).collect()
    };
    let polygon = |rings: &serde_json::Value| -> Option<geo::Polygon<f64>> {
        let mut rings = rings.as_array()?.iter().map(line).collect::<Option<Vec<_>>>()?.into_iter();
        Some(geo::Polygon::new(rings.next()?, rings.collect()))
    };
    match read["type"].as_str()? {
        "Point" => Some(Point::new(at[0].as_f64()?, at[1].as_f64()?).into()),
        "LineString" => Some(line(at)?.into()),
        "Polygon" => Some(polygon(at)?.into()),
        "MultiPolygon" => {
            let polygons = at.as_array()?.iter().map(polygon).collect::<Option<Vec<_>>>()?;
            Some(geo::MultiPolygon::new(polygons).into())
        }
        _ => None,
    }
}

//! The map: scenes, picking, the widget, and what the GPU draws.

mod detail;
mod drawing;
mod scenes;
mod together;
mod widget;

use std::str::FromStr as _;
use std::sync::Arc;

use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::jobs::Watch;
use belfort::map::LayerScene;
use belfort::style::{Color, PointShape, Symbol};
use belfort::table::{GeometryBuilder, Table};

/// A table of WKT rows without attributes; an empty text is a row without geometry.
fn table(crs: Option<Crs>, rows: &[&str]) -> Table {
    let mut builder = GeometryBuilder::new();
    for row in rows {
        if row.is_empty() {
            builder.push_null();
        } else {
            builder.push_geo(&geometry(&wkt::Wkt::<f64>::from_str(row).unwrap()));
        }
    }
    let geometry = builder.finish().unwrap();
    let mut table = Table::new("test", rows.len(), vec![], vec![], Some(geometry)).unwrap();
    table.crs = crs.map(|crs| LayerCrs::new(crs, HowFound::Chosen));
    table
}

fn geometry(wkt: &wkt::Wkt<f64>) -> geo::Geometry<f64> {
    let coord = |at: &wkt::types::Coord<f64>| geo::Coord { x: at.x, y: at.y };
    let line = |line: &wkt::types::LineString<f64>| {
        geo::LineString(line.coords().iter().map(coord).collect())
    };
    let polygon = |polygon: &wkt::types::Polygon<f64>| {
        let mut rings = polygon.rings().iter().map(line);
        geo::Polygon::new(rings.next().unwrap(), rings.collect())
    };
    match wkt {
        wkt::Wkt::Point(point) => geo::Point(coord(point.coord().unwrap())).into(),
        wkt::Wkt::LineString(one) => line(one).into(),
        wkt::Wkt::Polygon(one) => polygon(one).into(),
        wkt::Wkt::MultiPolygon(all) => {
            geo::MultiPolygon(all.polygons().iter().map(polygon).collect()).into()
        }
        wkt::Wkt::GeometryCollection(all) => {
            geo::Geometry::GeometryCollection(all.geometries().iter().map(geometry).collect())
        }
        other => panic!("not in these tests: {other}"),
    }
}

fn scene(crs: Crs, rows: &[&str]) -> Arc<LayerScene> {
    Arc::new(LayerScene::build(&table(Some(crs), rows), &Watch::unwatched()).unwrap())
}

fn symbol() -> Symbol {
    Symbol {
        fill: Color::rgb(0x00ff00),
        stroke: Color::rgb(0x0000ff),
        stroke_width: 4.0,
        point_size: 20.0,
        shape: PointShape::Circle,
        ..Symbol::default()
    }
}

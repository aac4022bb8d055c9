//! Files made on the spot, for the benches of reading and writing.

#![allow(dead_code, reason = "not every bench uses all of it")]

use std::fmt::Write;

/// Small polygons of twelve corners with six attributes: what parcels and buildings look like.
pub fn geojson(features: u32) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for row in 0..features {
        let (x, y) = (3.6 + f64::from(row % 1000) * 1e-4, 51.0 + f64::from(row / 1000) * 1e-4);
        let comma = if row == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"id\":{row},\"naam\":\"Perceel {row}\",\
             \"oppervlakte\":{},\"bewoond\":{},\"datum\":\"20{:02}-0{}-1{}\",\"wijk\":null}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[",
            f64::from(row) * 0.37,
            row % 3 == 0,
            row % 24,
            row % 9 + 1,
            row % 9
        );
        for corner in 0..=12_u32 {
            let angle = f64::from(corner % 12) * std::f64::consts::TAU / 12.0;
            let comma = if corner == 0 { "" } else { "," };
            let (dx, dy) = (4e-5 * angle.cos(), 3e-5 * angle.sin());
            let _ = write!(text, "{comma}[{},{}]", x + dx, y + dy);
        }
        text.push_str("]]}}");
    }
    text.push_str("\n]}\n");
    text
}

/// Stops with a place in two columns and as one text.
pub fn csv(rows: u32) -> String {
    let mut text = String::from("nummer;naam;gemeente;latitude;longitude;capaciteit;sinds;link\n");
    for row in 0..rows {
        let (x, y) = (3.6 + f64::from(row % 1000) * 1e-4, 51.0 + f64::from(row / 1000) * 1e-5);
        let _ = writeln!(
            text,
            "{row};\"Halte; nummer {row}\";Gent;{y};{x};{},{};20{:02}-01-15;https://example.org/{row}",
            row % 90,
            row % 10,
            row % 24
        );
    }
    text
}

/// Trees: points with four attributes.
pub fn points(features: u32) -> String {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for row in 0..features {
        let (x, y) = (3.6 + f64::from(row % 997) * 1e-4, 51.0 + f64::from(row % 1009) * 1e-4);
        let comma = if row == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"id\":{row},\"soort\":\"Boom {}\",\
             \"omtrek\":{},\"geplant\":\"19{:02}-0{}-1{}\"}},\"geometry\":{{\"type\":\"Point\",\
             \"coordinates\":[{x:.8},{y:.8}]}}}}",
            row % 40,
            f64::from(row % 3000) * 0.1,
            row % 100,
            row % 9 + 1,
            row % 9
        );
    }
    text.push_str("\n]}\n");
    text
}

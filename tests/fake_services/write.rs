//! Rows as GeoJSON and as GML.

use serde_json::{Value, json};

use super::city::{Place, Row};
use super::lie::{Lie, Lies};

/// In which numbers places are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    pub degrees: bool,
    /// y before x.
    pub turned: bool,
}

impl Numbers {
    pub fn lied(self, lies: &Lies) -> Numbers {
        Numbers {
            degrees: self.degrees || lies.has(&Lie::Degrees),
            turned: self.turned != lies.has(&Lie::Swapped),
        }
    }

    fn of(self, degrees: [f64; 2], lambert: [f64; 2]) -> [f64; 2] {
        let [x, y] = if self.degrees { degrees } else { lambert };
        if self.turned { [y, x] } else { [x, y] }
    }
}

pub fn id(row: &Row, lies: &Lies) -> Option<String> {
    if lies.has(&Lie::NoIds) {
        None
    } else if lies.has(&Lie::SameIds) {
        Some("bomen.x".to_owned())
    } else {
        Some(row.id.clone())
    }
}

pub fn feature(row: &Row, numbers: Numbers, lies: &Lies) -> Value {
    let geometry = match &row.place {
        Place::Point(degrees, lambert) => {
            json!({"type": "Point", "coordinates": numbers.of(*degrees, *lambert)})
        }
        Place::Area(degrees, lambert) => {
            let ring: Vec<_> =
                degrees.iter().zip(lambert).map(|(a, b)| numbers.of(*a, *b)).collect();
            json!({"type": "Polygon", "coordinates": [ring]})
        }
        Place::None => Value::Null,
    };
    let mut feature = json!({
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            "nr": row.number, "soort": row.kind, "code": row.code, "hoogte": row.height,
            "geplant": row.planted,
        },
    });
    if let Some(id) = id(row, lies) {
        feature["id"] = json!(id);
    }
    feature
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A feature of GML 3.2 (or 3.1, whose identifiers and rings look the same here).
pub fn gml(row: &Row, name: &str, srs: &str, numbers: Numbers, lies: &Lies) -> String {
    let id = id(row, lies).map(|id| format!(" gml:id=\"{id}\"")).unwrap_or_default();
    let place = |points: Vec<[f64; 2]>| {
        let texts: Vec<String> = points.iter().map(|[x, y]| format!("{x} {y}")).collect();
        texts.join(" ")
    };
    let key = format!("{name}.{}", row.number);
    let geometry = match &row.place {
        Place::Point(degrees, lambert) => format!(
            "<stad:geom><gml:Point gml:id=\"{key}.g\" srsName=\"{srs}\" srsDimension=\"2\"><gml:pos>{}</gml:pos></gml:Point></stad:geom>",
            place(vec![numbers.of(*degrees, *lambert)])
        ),
        Place::Area(degrees, lambert) => format!(
            "<stad:geom><gml:Polygon gml:id=\"{key}.g\" srsName=\"{srs}\" srsDimension=\"2\"><gml:exterior><gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></stad:geom>",
            place(degrees.iter().zip(lambert).map(|(a, b)| numbers.of(*a, *b)).collect())
        ),
        Place::None => String::new(),
    };
    let height =
        row.height.map(|it| format!("<stad:hoogte>{it}</stad:hoogte>")).unwrap_or_default();
    format!(
        "<stad:{name}{id}><stad:nr>{}</stad:nr><stad:soort>{}</stad:soort><stad:code>{}</stad:code>{height}<stad:geplant>{}</stad:geplant>{geometry}</stad:{name}>",
        row.number,
        escaped(row.kind),
        row.code,
        row.planted
    )
}

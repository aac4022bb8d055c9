//! What the services hold: a made-up city, row by row the same in every run.

use std::sync::LazyLock;

use belfort::crs::{Crs, Transformer};

/// Where a row is, in both systems.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Longitude, latitude; x, y in Lambert 72.
    Point([f64; 2], [f64; 2]),
    /// A ring, closed, in both.
    Area(Vec<[f64; 2]>, Vec<[f64; 2]>),
    None,
}

/// A row of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: String,
    pub number: u32,
    pub kind: &'static str,
    /// With leading zeros: a text, not a number.
    pub code: String,
    pub height: Option<f64>,
    pub planted: String,
    pub place: Place,
}

/// A layer.
#[derive(Clone, Debug)]
pub struct Layer {
    pub name: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    /// Whether it is kept in degrees; else in Lambert 72.
    pub degrees: bool,
    pub rows: Vec<Row>,
}

const KINDS: [&str; 4] = ["Tilia × europaea", "Quercus robur", "Acer <campestre> & co", "Plataan"];

/// A number between 0 and 1 that looks random.
fn dice(seed: u32) -> f64 {
    let mixed = seed.wrapping_mul(0x9E37_79B9) ^ (seed >> 7).wrapping_mul(0x85EB_CA6B);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0xC2B2_AE35);
    f64::from(mixed ^ (mixed >> 13)) / f64::from(u32::MAX)
}

/// Places in a box around Ghent, in both systems; Lambert rounded to millimetres, as it is kept.
fn both(lon_lat: Vec<[f64; 2]>) -> (Vec<[f64; 2]>, Vec<[f64; 2]>) {
    let way = Transformer::new(&Crs::wgs84(), &Crs::lambert72()).unwrap();
    let mut lambert = lon_lat.clone();
    assert_eq!(way.transform(&mut lambert), 0);
    for [x, y] in &mut lambert {
        (*x, *y) = ((*x * 1000.0).round() / 1000.0, (*y * 1000.0).round() / 1000.0);
    }
    (lon_lat, lambert)
}

fn rows(name: &'static str, count: u32, area: bool) -> Vec<Row> {
    let make = |number: u32| {
        let seed = number.wrapping_mul(31).wrapping_add(u32::try_from(name.len()).unwrap());
        let rounded = |at: f64| (at * 1e7).round() / 1e7;
        let lon = rounded(3.62 + dice(seed) * 0.2);
        let lat = rounded(51.0 + dice(seed ^ 0xFFFF) * 0.12);
        let place = if area {
            let side = 0.004;
            let ring = [
                [lon, lat],
                [lon + side, lat],
                [lon + side, lat + side],
                [lon, lat + side],
                [lon, lat],
            ];
            let (degrees, lambert) =
                both(ring.iter().map(|[x, y]| [rounded(*x), rounded(*y)]).collect());
            Place::Area(degrees, lambert)
        } else if number % 97 == 96 {
            Place::None
        } else {
            let (degrees, lambert) = both(vec![[lon, lat]]);
            Place::Point(degrees[0], lambert[0])
        };
        let height = (number % 5 != 4).then(|| f64::from(number % 300) / 10.0);
        Row {
            id: format!("{name}.{}", number + 1),
            number: number + 1,
            kind: KINDS[usize::try_from(number).unwrap() % KINDS.len()],
            code: format!("0{:03}", number % 1000),
            height,
            planted: format!(
                "{:04}-{:02}-{:02}",
                1950 + number % 70,
                number % 12 + 1,
                number % 28 + 1
            ),
            place,
        }
    };
    (0..count).map(make).collect()
}

static CITY: LazyLock<Vec<Layer>> = LazyLock::new(|| {
    let layer = |name, title, about, degrees, rows| Layer { name, title, about, degrees, rows };
    vec![
        layer(
            "bomen",
            "Bomen in het straatbeeld",
            "Alle bomen van de stad.",
            false,
            rows("bomen", 2345, false),
        ),
        layer("wijken", "Wijken", "De vijfentwintig wijken.", false, rows("wijken", 25, true)),
        layer("palen", "Laadpalen", "Waar je kunt laden.", true, rows("palen", 300, false)),
        layer("leeg", "Nog niets", "", false, Vec::new()),
    ]
});

/// The layers.
pub fn city() -> &'static [Layer] {
    &CITY
}

impl Layer {
    /// West, south, east and north of its rows, degrees.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let points = self.rows.iter().flat_map(|row| match &row.place {
            Place::Point(degrees, _) => vec![*degrees],
            Place::Area(degrees, _) => degrees.clone(),
            Place::None => Vec::new(),
        });
        points
            .map(|[x, y]| [x, y, x, y])
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }
}

impl Row {
    /// Whether it shares a point with a rectangle, in degrees or in Lambert 72.
    pub fn is_in(&self, [west, south, east, north]: [f64; 4], degrees: bool) -> bool {
        let (mine, lambert) = match &self.place {
            Place::Point(mine, lambert) => (vec![*mine], vec![*lambert]),
            Place::Area(mine, lambert) => (mine.clone(), lambert.clone()),
            Place::None => return false,
        };
        let points = if degrees { mine } else { lambert };
        let bounds = points.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |a, [x, y]| {
            [a[0].min(*x), a[1].min(*y), a[2].max(*x), a[3].max(*y)]
        });
        bounds[0] <= east && west <= bounds[2] && bounds[1] <= north && south <= bounds[3]
    }
}

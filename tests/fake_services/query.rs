//! Which rows of a layer a request is about.

use super::city::{Layer, Place, Row};
use super::lie::{Lie, Lies};

/// A page of a layer.
pub struct Chosen<'a> {
    pub rows: Vec<&'a Row>,
    /// How many there are in all, as it is told.
    pub matched: Option<usize>,
    /// The number of the first row of the next page, if there is one.
    pub next: Option<usize>,
}

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// West, south, east, north, and whether in degrees.
    pub bbox: Option<([f64; 4], bool)>,
    pub start: usize,
    pub count: usize,
}

/// The rows that are asked for. `extra` stands in front of a layer that has grown.
pub fn choose<'a>(
    layer: &'a Layer,
    extra: Option<&'a Row>,
    asked: Asked,
    lies: &Lies,
) -> Chosen<'a> {
    let bbox = asked.bbox.map(|([a, b, c, d], degrees)| {
        let turned = lies.has(&Lie::RectangleSwapped);
        (if turned { [b, a, d, c] } else { [a, b, c, d] }, degrees)
    });
    let fits = |row: &&Row| bbox.is_none_or(|(bbox, degrees)| row.is_in(bbox, degrees));
    let mut all: Vec<&Row> = extra.into_iter().chain(&layer.rows).filter(fits).collect();
    if lies.has(&Lie::Shuffles) {
        // Another beginning for each page: what a database does that is not told an order.
        let by = (asked.start / 7) % all.len().max(1);
        all.rotate_left(by);
    }
    let total = all.len();
    let start = if lies.has(&Lie::IgnoresStart) { 0 } else { asked.start.min(total) };
    let cap = lies.find(|lie| match lie {
        Lie::Cap(most) => Some(*most),
        _ => None,
    });
    let count = asked.count.min(cap.unwrap_or(usize::MAX));
    let rows: Vec<&Row> = all.into_iter().skip(start).take(count).collect();
    let end = start + rows.len();
    let off = lies.find(|lie| match lie {
        Lie::CountOff(off) => Some(*off),
        _ => None,
    });
    let told = usize::try_from(i64::try_from(total).unwrap() + off.unwrap_or(0)).unwrap();
    Chosen {
        rows,
        matched: (!lies.has(&Lie::NoCount)).then_some(told),
        next: (end < total || lies.has(&Lie::NeverEnds)).then_some(end),
    }
}

/// A row that was not there before.
pub fn newcomer() -> Row {
    Row {
        id: "bomen.0".to_owned(),
        number: 0,
        kind: "Nieuw",
        code: "0000".to_owned(),
        height: None,
        planted: "2026-01-31".to_owned(),
        place: Place::None,
    }
}

/// Four numbers with commas between.
pub fn box_of(text: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> =
        text.split(',').take(4).map_while(|it| it.trim().parse().ok()).collect();
    numbers.try_into().ok()
}

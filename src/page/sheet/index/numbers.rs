//! What has a number on the map: the features of a layer in an order, and the person's own places.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::entries::{along, apart, bounds, each_row, field_of, name_of, together};
use super::{Entry, Lists, Mark};
use crate::i18n::{Arg, Language, format_short_date, sort_key};
use crate::jobs::{Cancelled, Watch};
use crate::label::inner_point;
use crate::page::clip::{clip_line, clip_ring};
use crate::page::content::FigureLayer;
use crate::page::frame::Frame;
use crate::page::sheet::SheetSpec;
use crate::page::sheet::room::Room;
use crate::project::{NumberOrder, SheetIndex};
use crate::table::{PartKind, Value};

/// More numbers than that are on no map.
const MOST: usize = 2000;

/// Points nearer to each other on the page than this lie at one place, units.
pub(super) const SAME_PLACE: f64 = 0.5;

/// How far apart places along a line are looked at, units.
const STEP: f64 = 6.0;

/// A place on the map with a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::page::sheet) struct Numbered {
    pub number: usize,
    /// Where it is on the page.
    pub at: [f64; 2],
    /// Whether the person put it there.
    pub is_own: bool,
}

/// A feature on the map: its name, where its number stands, and how much of it is there.
struct Found {
    row: usize,
    name: String,
    at: [f64; 2],
    size: f64,
    bounds: [f64; 4],
}

/// The person's own places on the map, as lines of a list. Those beyond the map are told of a sheet
/// by itself: of an atlas each page shows those that lie on it.
pub(super) fn own(frame: Frame, spec: &SheetSpec<'_>, to: &mut Lists) -> Vec<Entry> {
    let [left, top, right, bottom] = frame.rect(0.0).map(f64::from);
    let mut entries = Vec::new();
    let mut outside = 0;
    for (number, point) in (1..).zip(&spec.sheet.points) {
        let at = frame.plane.of_lon_lat(point.place).map(|place| frame.to_page(place));
        let on_map =
            |at: &[f64; 2]| (left..=right).contains(&at[0]) && (top..=bottom).contains(&at[1]);
        let Some(at) = at.filter(on_map) else {
            outside += 1;
            continue;
        };
        to.points.push(Numbered { number, at, is_own: true });
        let name = point.text.trim();
        if !name.is_empty() {
            entries.push(Entry { name: name.to_owned(), mark: Mark::Own(number) });
        }
    }
    if spec.number.is_none() {
        to.problems.add("problem-sheet-points-outside", outside);
    }
    entries
}

/// The features of a layer on a map in an order, with the values they are ordered by; each row of
/// points for itself, as many things happen at one place.
///
/// # Errors
/// When the person cancelled.
pub(super) fn plain(
    (frame, layer, room): (Frame, &FigureLayer<'_>, &Room),
    (index, order): (&SheetIndex, &NumberOrder),
    language: Language,
    to: &mut Lists,
    watch: &Watch,
) -> Result<Vec<Entry>, Cancelled> {
    let found = found((frame, layer, room), (index, order), false, to, watch)?;
    let field = match order {
        NumberOrder::Field(field) => layer.table.field_index(field),
        NumberOrder::Name | NumberOrder::Table => None,
    };
    let entry = |Found { row, name, .. }| {
        let value = field.map(|field| value_words(&layer.table.value(row, field), language));
        Entry { name, mark: Mark::Value(value.unwrap_or_default()) }
    };
    Ok(found.into_iter().map(entry).collect())
}

/// A value as it stands beside a name: short.
fn value_words(value: &Value<'_>, language: Language) -> String {
    match value {
        Value::Date(day) => format_short_date(language, *day),
        Value::DateTime(at, _) => format_short_date(language, at.date()),
        other => other.shortened(24).0.to_data_text(),
    }
}

/// The features of a layer on a map with their numbers, which go on after those of the person's own
/// places; streets and areas of one name near each other are one.
///
/// # Errors
/// When the person cancelled.
pub(super) fn entries(
    (frame, layer, room): (Frame, &FigureLayer<'_>, &Room),
    (index, order): (&SheetIndex, &NumberOrder),
    after: usize,
    to: &mut Lists,
    watch: &Watch,
) -> Result<Vec<Entry>, Cancelled> {
    let found = found((frame, layer, room), (index, order), true, to, watch)?;
    let numbered = (after + 1..).zip(found);
    let entries = numbered.map(|(number, Found { name, at, .. })| {
        to.points.push(Numbered { number, at, is_own: false });
        Entry { name, mark: Mark::Number(number) }
    });
    Ok(entries.collect())
}

/// The features of a layer on a map, in an order; what has one name and one place is one thing where
/// that is wanted.
fn found(
    (frame, layer, room): (Frame, &FigureLayer<'_>, &Room),
    (index, order): (&SheetIndex, &NumberOrder),
    without_doubles: bool,
    to: &mut Lists,
    watch: &Watch,
) -> Result<Vec<Found>, Cancelled> {
    let Some(field) = field_of(layer, index) else { return Ok(Vec::new()) };
    let rect = frame.rect(0.0).map(f64::from);
    let is_listed = |place: &[f64; 2]| index.with_surroundings || room.is_in_subject(*place);
    let mut unnamed = 0;
    let mut points: Vec<Found> = Vec::new();
    let mut by_name: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    each_row(frame, layer, watch, |row, parts| {
        let anchors = parts.iter().filter_map(|(kind, rings)| {
            let (at, size) = anchor(*kind, rings, rect, &is_listed)?;
            Some((*kind, at, size))
        });
        let Some((kind, at, size)) = anchors.max_by(|a, b| a.2.total_cmp(&b.2)) else { return };
        let Some(name) = name_of(layer, row, field) else {
            unnamed += 1;
            return;
        };
        let bounds = bounds(parts.iter().flat_map(|(_, rings)| rings.iter().flatten()));
        let found = Found { row, name, at, size, bounds };
        if kind == PartKind::Point {
            points.push(found);
        } else {
            by_name.entry(found.name.clone()).or_default().push(found);
        }
    })?;
    let mut found = if without_doubles { one_of_each(points) } else { points };
    for pieces in by_name.into_values() {
        for street in together(pieces, |piece| piece.bounds, apart(frame)) {
            let first = street.iter().map(|piece| piece.row).min();
            let largest = street.into_iter().max_by(|a, b| a.size.total_cmp(&b.size));
            found.extend(largest.zip(first).map(|(piece, row)| Found { row, ..piece }));
        }
    }
    let about = || vec![("layer", Arg::Text(layer.layer.name.clone()))];
    to.problems.report("problem-sheet-unnamed", unnamed, about(), None);
    sort(&mut found, layer, order, to);
    let too_many = found.len().saturating_sub(MOST) as u64;
    to.problems.report("problem-sheet-too-many-numbers", too_many, about(), None);
    found.truncate(MOST);
    Ok(found)
}

/// Where the number of a part stands, and how large the part is; none where nothing of it is to be
/// listed.
fn anchor(
    kind: PartKind,
    rings: &[Vec<[f64; 2]>],
    rect: [f64; 4],
    is_listed: &impl Fn(&[f64; 2]) -> bool,
) -> Option<([f64; 2], f64)> {
    let [left, top, right, bottom] = rect;
    let on_map =
        |at: &&[f64; 2]| (left..=right).contains(&at[0]) && (top..=bottom).contains(&at[1]);
    match kind {
        PartKind::Point => {
            let mut places = rings.iter().flatten();
            places.find(|at| on_map(at) && is_listed(at)).map(|at| (*at, 0.0))
        }
        PartKind::Line => {
            let pieces = rings.iter().flat_map(|ring| clip_line(ring, rect));
            let listed = pieces.map(|piece| {
                let mut places = along(&piece, STEP);
                places.retain(is_listed);
                places
            });
            let longest = listed.max_by_key(Vec::len)?;
            #[expect(clippy::cast_precision_loss, reason = "a length")]
            let size = longest.len() as f64;
            longest.get(longest.len() / 2).map(|at| (*at, size))
        }
        PartKind::Polygon => {
            let clipped: Vec<Vec<[f64; 2]>> =
                rings.iter().map(|ring| clip_ring(ring, rect)).filter(|r| r.len() > 2).collect();
            let rings: Vec<&[[f64; 2]]> = clipped.iter().map(Vec::as_slice).collect();
            let inner = inner_point(&rings)?;
            is_listed(&inner.at).then_some((inner.at, inner.distance))
        }
    }
}

/// Points of one name at one place are one.
fn one_of_each(points: Vec<Found>) -> Vec<Found> {
    let mut seen: BTreeMap<String, Vec<[f64; 2]>> = BTreeMap::new();
    let is_new = |point: &Found| {
        let known = seen.entry(point.name.clone()).or_default();
        let is_same = |at: &[f64; 2]| (at[0] - point.at[0]).hypot(at[1] - point.at[1]) < SAME_PLACE;
        let is_new = !known.iter().any(is_same);
        known.push(point.at);
        is_new
    };
    let mut is_new = is_new;
    points.into_iter().filter(|point| is_new(point)).collect()
}

/// What features are ordered by: numbers, then texts; those without a value last.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Number(f64),
    Text(String),
    None,
}

impl Key {
    fn of(value: &Value<'_>) -> Key {
        match value {
            Value::Null => Key::None,
            #[expect(clippy::cast_precision_loss, reason = "an order of few")]
            Value::Integer(number) => Key::Number(*number as f64),
            Value::Number(number) => Key::Number(*number),
            Value::Date(_) | Value::DateTime(..) => Key::Text(value.to_data_text()),
            other => Key::Text(sort_key(&other.to_data_text())),
        }
    }

    fn compare(&self, other: &Key) -> Ordering {
        let rank = |key: &Key| match key {
            Key::Number(_) => 0,
            Key::Text(_) => 1,
            Key::None => 2,
        };
        match (self, other) {
            (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            _ => rank(self).cmp(&rank(other)),
        }
    }
}

fn sort(found: &mut Vec<Found>, layer: &FigureLayer<'_>, order: &NumberOrder, to: &mut Lists) {
    let by_name = |found: &mut Vec<Found>| {
        found.sort_by_cached_key(|feature| (sort_key(&feature.name), feature.row));
    };
    match order {
        NumberOrder::Name => by_name(found),
        NumberOrder::Table => found.sort_by_key(|feature| feature.row),
        NumberOrder::Field(name) => {
            let Some(field) = layer.table.field_index(name) else {
                let about = vec![
                    ("field", Arg::Text(name.clone())),
                    ("layer", Arg::Text(layer.layer.name.clone())),
                ];
                to.problems.report("problem-sheet-no-order-field", 1, about, None);
                return by_name(found);
            };
            let keyed = found
                .drain(..)
                .map(|feature| (Key::of(&layer.table.value(feature.row, field)), feature));
            let mut keyed: Vec<(Key, Found)> = keyed.collect();
            keyed.sort_by(|a, b| a.0.compare(&b.0).then(a.1.row.cmp(&b.1.row)));
            found.extend(keyed.into_iter().map(|(_, feature)| feature));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_in_the_order_of_its_numbers_and_dates() {
        let mut keys = [
            Key::of(&Value::Null),
            Key::of(&Value::Text("10 b")),
            Key::of(&Value::Integer(10)),
            Key::of(&Value::Number(9.5)),
            Key::of(&Value::Text("9 a")),
        ];
        keys.sort_by(Key::compare);
        assert_eq!(keys[..2], [Key::Number(9.5), Key::Number(10.0)]);
        assert_eq!(keys[2], Key::Text(sort_key("9 a")));
        assert_eq!(keys[4], Key::None);
    }

    #[test]
    fn the_number_of_a_line_stands_on_it_and_that_of_an_area_inside() {
        let rect = [0.0, 0.0, 100.0, 100.0];
        let line = vec![vec![[-50.0, 50.0], [50.0, 50.0]]];
        let (at, _) = anchor(PartKind::Line, &line, rect, &|_| true).unwrap();
        assert!((at[0] - 25.0).abs() < 4.0 && (at[1] - 50.0).abs() < 1e-9, "{at:?}");
        let horseshoe = vec![vec![
            [0.0, 0.0],
            [90.0, 0.0],
            [90.0, 20.0],
            [20.0, 20.0],
            [20.0, 70.0],
            [90.0, 70.0],
            [90.0, 90.0],
            [0.0, 90.0],
            [0.0, 0.0],
        ]];
        let (at, _) = anchor(PartKind::Polygon, &horseshoe, rect, &|_| true).unwrap();
        assert!(at[0] < 20.0 || at[1] < 20.0 || at[1] > 70.0, "{at:?}");
        assert!(anchor(PartKind::Point, &[vec![[-1.0, 5.0]]], rect, &|_| true).is_none());
        assert!(anchor(PartKind::Point, &[vec![[1.0, 5.0]]], rect, &|_| false).is_none());
    }
}

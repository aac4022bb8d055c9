//! Where the rows of a table of text or numbers are: found by the names of columns and by their
//! values. For CSV and for spreadsheets, which do not say it.

pub(super) mod columns;
mod names;
mod numbers;

use std::borrow::Cow;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, StringArray};

use crate::crs::{Crs, HowFound, LayerCrs, guess};
use crate::formats::geojson::{GeometryOutcome, read_geometry};
use crate::formats::json::{Scalar, Scanner};
use crate::formats::pieces::all_runs;
use crate::formats::{wkb, wkt};
use crate::i18n::{Arg, Message};
use crate::problem::{FileError, Place as FilePlace, Problems};
use crate::table::{Extent, Field, FieldKind, GeometryBuilder, GeometryColumn};
use names::{Axis, axis_of, code_of, is_point_text, longitude_first, stem};

/// How many values are looked at to judge a column.
const LOOKED_AT: usize = 200;

/// Where the place of a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// Well-known text.
    Wkt(usize),
    /// Well-known binary in hexadecimal.
    Wkb(usize),
    /// A GeoJSON geometry as text.
    GeoJson(usize),
    /// Two columns of numbers, x first.
    Pair { x: usize, y: usize, degrees: bool },
    /// `{"lon":…,"lat":…}`.
    Object(usize),
    /// `51.05, 3.72`.
    Text { column: usize, longitude_first: bool },
}

/// A layer's columns.
struct Columns<'a> {
    fields: &'a [Field],
    arrays: &'a [ArrayRef],
}

impl Columns<'_> {
    fn texts(&self, at: usize) -> Option<&StringArray> {
        self.arrays.get(at)?.as_string_opt::<i32>()
    }

    fn number(&self, at: usize, row: usize) -> Option<f64> {
        let array = self.arrays.get(at)?;
        if row >= array.len() || array.is_null(row) {
            return None;
        }
        if let Some(numbers) = array.as_primitive_opt::<Float64Type>() {
            return Some(numbers.value(row));
        }
        if let Some(texts) = array.as_string_opt::<i32>() {
            return numbers::of_text(texts.value(row));
        }
        #[expect(clippy::cast_precision_loss, reason = "coordinates are far below 2^53")]
        array.as_primitive_opt::<Int64Type>().map(|numbers| numbers.value(row) as f64)
    }

    fn has_value(&self, at: usize, row: usize) -> bool {
        self.arrays.get(at).is_some_and(|array| row < array.len() && array.is_valid(row))
    }

    /// Whether a column holds numbers, or texts that are mostly numbers: a footnote below a table
    /// or a question mark in it makes a column text, and its rows are somewhere all the same.
    fn is_numeric(&self, at: usize) -> bool {
        match self.fields.get(at).map(|field| field.kind) {
            Some(FieldKind::Number | FieldKind::Integer) => true,
            Some(FieldKind::Text) => self.mostly(at, |text| numbers::of_text(text).is_some()),
            _ => false,
        }
    }

    /// The numbers of a column that has one in every row.
    fn numbers(&self, at: usize) -> Option<Cow<'_, [f64]>> {
        let array = self.arrays.get(at).filter(|array| array.null_count() == 0)?;
        if let Some(numbers) = array.as_primitive_opt::<Float64Type>() {
            return Some(Cow::Borrowed(numbers.values()));
        }
        let numbers = array.as_primitive_opt::<Int64Type>()?.values().iter();
        #[expect(clippy::cast_precision_loss, reason = "coordinates are far below 2^53")]
        Some(numbers.map(|number| *number as f64).collect())
    }

    fn name(&self, at: usize) -> &str {
        self.fields.get(at).map_or("", |field| &field.name)
    }

    /// Whether most of the first values of a text column pass.
    fn mostly(&self, at: usize, passes: impl Fn(&str) -> bool) -> bool {
        let Some(texts) = self.texts(at) else { return false };
        let values: Vec<&str> = texts.iter().flatten().take(LOOKED_AT).collect();
        let passed = values.iter().filter(|value| passes(value)).count();
        !values.is_empty() && passed * 10 >= values.len() * 8
    }
}

/// Finds where the place of the rows is; none when there is none.
fn find(columns: &Columns<'_>) -> Option<Source> {
    let of_kind = |kinds: &'static [FieldKind]| {
        columns
            .fields
            .iter()
            .enumerate()
            .filter(move |(_, field)| kinds.contains(&field.kind))
            .map(|(at, _)| at)
    };
    let is_wkt = |at: &usize| columns.mostly(*at, wkt::looks_like);
    if let Some(at) = of_kind(&[FieldKind::Text]).find(is_wkt) {
        return Some(Source::Wkt(at));
    }
    let is_wkb = |at: &usize| columns.mostly(*at, wkb::hex::looks_like);
    if let Some(at) = of_kind(&[FieldKind::Text]).find(is_wkb) {
        return Some(Source::Wkb(at));
    }
    let is_geometry = |text: &str| {
        text.contains("\"type\"")
            && (text.contains("\"coordinates\"") || text.contains("\"geometries\""))
    };
    if let Some(at) = of_kind(&[FieldKind::Json, FieldKind::Text])
        .find(|at| columns.mostly(*at, |text| text.starts_with('{') && is_geometry(text)))
    {
        return Some(Source::GeoJson(at));
    }
    if let Some(pair) = find_pair(columns) {
        return Some(pair);
    }
    if let Some(at) = of_kind(&[FieldKind::Json, FieldKind::Text])
        .find(|at| columns.mostly(*at, |text| point_of_object(text).is_some()))
    {
        return Some(Source::Object(at));
    }
    let mut texts: Vec<usize> = of_kind(&[FieldKind::Text])
        .filter(|at| columns.mostly(*at, |text| two_numbers(text).is_some()))
        .collect();
    texts.sort_by_key(|at| !is_point_text(columns.name(*at)));
    let at = texts.first().copied()?;
    text_point(columns, at)
}

/// The best pair of numeric columns by name, if its values can be coordinates.
fn find_pair(columns: &Columns<'_>) -> Option<Source> {
    let named: Vec<(usize, Axis, u8)> = columns
        .fields
        .iter()
        .enumerate()
        .filter_map(|(at, field)| axis_of(&field.name).map(|(axis, rank)| (at, axis, rank)))
        .filter(|(at, ..)| columns.is_numeric(*at))
        .collect();
    let mut best: Option<((u8, bool, std::cmp::Reverse<usize>), Source)> = None;
    for (x, x_axis, x_rank) in &named {
        for (y, y_axis, y_rank) in &named {
            let degrees = match (x_axis, y_axis) {
                (Axis::Longitude, Axis::Latitude) => true,
                (Axis::X, Axis::Y) => false,
                _ => continue,
            };
            let (x, y) = (*x, *y);
            if !plausible(columns, x, y, degrees) {
                continue;
            }
            let related = stem(columns.name(x)) == stem(columns.name(y));
            // Exact names first, degrees before metres: they need no guess.
            let score = (*x_rank.min(y_rank) * 2 + u8::from(degrees), related);
            let score = (score.0, score.1, std::cmp::Reverse(x));
            if best.as_ref().is_none_or(|(known, _)| score > *known) {
                best = Some((score, Source::Pair { x, y, degrees }));
            }
        }
    }
    best.map(|(_, source)| source)
}

/// Whether two columns can be coordinates: for degrees within the world (in any order), for
/// metres not a handful of small whole numbers.
fn plausible(columns: &Columns<'_>, x: usize, y: usize, degrees: bool) -> bool {
    let rows = columns.arrays.get(x).map_or(0, Array::len);
    let pairs: Vec<[f64; 2]> = (0..rows)
        .filter_map(|row| Some([columns.number(x, row)?, columns.number(y, row)?]))
        .take(LOOKED_AT)
        .collect();
    let Some(extent) = Extent::of_points(&pairs) else { return false };
    let in_world = extent.min_x >= -180.0
        && extent.max_x <= 360.0
        && extent.min_y >= -180.0
        && extent.max_y <= 180.0;
    if degrees && in_world {
        return true;
    }
    guess(&pairs).is_some() || (!degrees && (in_world || extent.max_x.abs() > 1000.0))
}

fn text_point(columns: &Columns<'_>, at: usize) -> Option<Source> {
    let texts = columns.texts(at)?;
    let points: Vec<[f64; 2]> =
        texts.iter().flatten().filter_map(two_numbers).take(LOOKED_AT).collect();
    let extent = Extent::of_points(&points)?;
    let named = is_point_text(columns.name(at));
    let degrees = |min: f64, max: f64, limit: f64| min >= -limit && max <= limit;
    let latitude_fits = degrees(extent.min_x, extent.max_x, 90.0);
    let second_fits = degrees(extent.min_y, extent.max_y, 180.0);
    // Two numbers in a text of another name are a place only where they lie near.
    let near = |x: f64, y: f64| (2.0..7.0).contains(&x) && (49.0..52.0).contains(&y);
    let [first, second] = extent.center();
    if near(second, first) || near(first, second) {
        return Some(Source::Text { column: at, longitude_first: near(first, second) });
    }
    if !named || !latitude_fits && !degrees(extent.min_x, extent.max_x, 180.0) || !second_fits {
        return None;
    }
    let longitude_first = longitude_first(columns.name(at)) || !latitude_fits;
    Some(Source::Text { column: at, longitude_first })
}

/// Two numbers with a comma, a semicolon or white space between.
pub(in crate::formats) fn two_numbers(text: &str) -> Option<[f64; 2]> {
    let text = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    let mut parts = text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let point = [parts.next()?.parse().ok()?, parts.next()?.parse().ok()?];
    let whole = parts.next().is_none() && point.iter().all(|value: &f64| value.is_finite());
    (whole && text.contains('.')).then_some(point)
}

/// Longitude and latitude of a JSON object that has them, as numbers or as texts of numbers.
fn point_of_object(text: &str) -> Option<[f64; 2]> {
    let mut scanner = Scanner::new(text);
    if !scanner.takes(b'{').ok()? {
        return None;
    }
    let (mut x, mut y, mut first) = (None, None, true);
    while let Some(key) = scanner.next_key(&mut first).ok()? {
        if let b'{' | b'[' = scanner.peek().ok()? {
            scanner.skip().ok()?;
            continue;
        }
        let value = match scanner.scalar().ok()? {
            Scalar::Number(number) => Some(number.value()),
            Scalar::Text(text) => text.trim().parse().ok().filter(|value: &f64| value.is_finite()),
            _ => None,
        };
        match axis_of(&key).map(|(axis, _)| axis) {
            Some(Axis::Longitude | Axis::X) => x = value,
            Some(Axis::Latitude | Axis::Y) => y = value,
            None => {}
        }
    }
    Some([x?, y?])
}

/// Where the rows of a table are; none of both where nothing says it.
pub(super) type Taken = (Option<GeometryColumn>, Option<LayerCrs>);

/// Finds and reads the place of all rows, in the CRS chosen or one that is found. A column of
/// geometry as text is taken out when it is read to the last value: kept beside the geometry, it
/// would be there twice.
///
/// # Errors
/// When there are more coordinates than can be counted.
pub(super) fn take(
    path: &Path,
    fields: &mut Vec<Field>,
    arrays: &mut Vec<ArrayRef>,
    rows: usize,
    chosen: Option<&LayerCrs>,
    problems: &mut Problems,
) -> Result<Taken, FileError> {
    let columns = Columns { fields, arrays };
    let Some(source) = find(&columns) else { return Ok((None, None)) };
    let Some(placed) = read(source, &columns, rows, chosen, problems) else {
        let error = FileError::new(path, Message::new("error-too-many-coordinates"));
        return Err(error.remedy(Message::new("remedy-smaller-parts")));
    };
    if let (Source::Wkt(at) | Source::Wkb(at) | Source::GeoJson(at), true) =
        (source, placed.complete)
    {
        fields.remove(at);
        arrays.remove(at);
    }
    Ok((Some(placed.geometry), placed.crs))
}

/// The geometry of a layer, and what reading it found.
struct Placed {
    geometry: GeometryColumn,
    crs: Option<LayerCrs>,
    /// Whether every value of the place's column became geometry, so that it needs not be kept.
    complete: bool,
}

/// Reads the places of all rows. None when there are more coordinates than can be counted.
fn read(
    source: Source,
    columns: &Columns<'_>,
    rows: usize,
    chosen: Option<&LayerCrs>,
    problems: &mut Problems,
) -> Option<Placed> {
    let mut bad = 0_u64;
    let geometry = if let Some(points) = whole_pair(source, columns) {
        GeometryBuilder::points(points).ok()?
    } else {
        let mut builder = GeometryBuilder::new();
        let read = |rows| Run::read(source, columns, rows);
        all_runs(rows, read, |run| {
            builder.append(run.builder);
            bad += run.bad;
            problems.extend(run.problems);
        });
        builder.finish().ok()?
    };
    let crs = match chosen {
        Some(chosen) => Some(chosen.clone()),
        None => crs_of(source, columns, &geometry, problems),
    };
    if matches!(source, Source::Pair { .. }) {
        let zero = geometry.xy().iter().filter(|[x, y]| *x == 0.0 && *y == 0.0).count();
        problems.add("problem-zero-position", u64::try_from(zero).unwrap_or(u64::MAX));
    }
    Some(Placed { geometry, crs, complete: bad == 0 })
}

/// The places of all rows, where they are two columns without a gap: as the rows one by one.
fn whole_pair(source: Source, columns: &Columns<'_>) -> Option<Vec<[f64; 2]>> {
    let Source::Pair { x, y, .. } = source else { return None };
    let (x, y) = (columns.numbers(x)?, columns.numbers(y)?);
    Some(x.iter().zip(y.iter()).map(|(x, y)| [*x, *y]).collect())
}

/// Some rows one after another.
struct Run {
    builder: GeometryBuilder,
    bad: u64,
    problems: Problems,
}

impl Run {
    fn read(source: Source, columns: &Columns<'_>, rows: std::ops::Range<usize>) -> Run {
        let builder = GeometryBuilder::with_capacity(rows.len(), rows.len());
        let mut run = Run { builder, bad: 0, problems: Problems::new() };
        for row in rows {
            let place = || FilePlace::Row(u64::try_from(row + 1).unwrap_or(u64::MAX));
            match read_row(source, columns, row, &mut run.builder) {
                RowPlace::Read => {}
                RowPlace::Odd(oddities) => oddities.report(&mut run.problems, place),
                RowPlace::Missing => {
                    run.builder.push_null();
                    run.problems.at("problem-no-geometry", place());
                }
                RowPlace::Bad => {
                    run.bad += 1;
                    run.problems.at("problem-bad-coordinates", place());
                }
            }
        }
        run
    }
}

enum RowPlace {
    Read,
    /// Read, but not held quite as it was.
    Odd(wkb::Oddities),
    Missing,
    Bad,
}

/// Adds one row for a place that is read or bad, none for one that is missing.
fn read_row(
    source: Source,
    columns: &Columns<'_>,
    row: usize,
    builder: &mut GeometryBuilder,
) -> RowPlace {
    let text_of = |at: usize| {
        let texts = columns.texts(at)?;
        (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row))
    };
    let point = match source {
        Source::Pair { x, y, .. } => match (columns.number(x, row), columns.number(y, row)) {
            (Some(x), Some(y)) => Some([x, y]),
            _ if columns.has_value(x, row) && columns.has_value(y, row) => None,
            _ => return RowPlace::Missing,
        },
        Source::Wkt(at) => {
            let Some(text) = text_of(at) else { return RowPlace::Missing };
            return if wkt::read(text, builder) { RowPlace::Read } else { RowPlace::Bad };
        }
        Source::Wkb(at) => {
            let Some(text) = text_of(at) else { return RowPlace::Missing };
            let bytes = wkb::hex::bytes_of(text).unwrap_or_default();
            return wkb::read(&bytes, builder).map_or(RowPlace::Bad, RowPlace::Odd);
        }
        Source::GeoJson(at) => {
            let Some(text) = text_of(at) else { return RowPlace::Missing };
            let before = builder.len();
            return match read_geometry(text, builder) {
                Some(GeometryOutcome::Read) => RowPlace::Read,
                Some(_) => RowPlace::Bad,
                None => {
                    builder.cancel_row();
                    if builder.len() == before {
                        builder.push_null();
                    }
                    RowPlace::Bad
                }
            };
        }
        Source::Object(at) => match text_of(at) {
            Some(text) => point_of_object(text),
            None => return RowPlace::Missing,
        },
        Source::Text { column, longitude_first } => match text_of(column) {
            Some(text) => two_numbers(text).map(|[first, second]| {
                if longitude_first { [first, second] } else { [second, first] }
            }),
            None => return RowPlace::Missing,
        },
    };
    if let Some(point) = point {
        builder.push_point(point);
        RowPlace::Read
    } else {
        builder.push_null();
        RowPlace::Bad
    }
}

fn crs_of(
    source: Source,
    columns: &Columns<'_>,
    geometry: &GeometryColumn,
    problems: &mut Problems,
) -> Option<LayerCrs> {
    let named =
        |code: &str| Crs::from_code(code).ok().map(|crs| LayerCrs::new(crs, HowFound::Named));
    let of_names = |at: &[usize]| at.iter().find_map(|at| code_of(columns.name(*at)));
    let extent = geometry.extent();
    let in_world = extent.is_none_or(|extent| {
        extent.min_x >= -360.0
            && extent.max_x <= 360.0
            && extent.min_y.abs().max(extent.max_y) <= 90.0
    });
    let guessed = guess(geometry.xy());
    if let Some(swapped) = guessed.clone().filter(|guess| guess.swapped) {
        problems.add("problem-crs-swapped", 1);
        return Some(swapped);
    }
    let told = match source {
        Source::Wkt(at) => columns.texts(at).and_then(|texts| {
            let code = texts.iter().flatten().find_map(|text| wkt::srid(text).0);
            named(&format!("EPSG:{}", code?))
        }),
        Source::Wkb(at) => columns.texts(at).and_then(|texts| {
            let code = texts.iter().flatten().find_map(wkb::hex::srid);
            named(&format!("EPSG:{}", code?))
        }),
        Source::Pair { x, y, degrees: false } => of_names(&[x, y]).and_then(named),
        Source::GeoJson(_) if in_world => Some(LayerCrs::new(Crs::wgs84(), HowFound::Format)),
        Source::Pair { degrees: true, .. } | Source::Text { .. } | Source::Object(_)
            if in_world =>
        {
            Some(LayerCrs::new(Crs::wgs84(), HowFound::Named))
        }
        _ => None,
    };
    if told.is_some() {
        return told;
    }
    let guessed =
        guessed.or_else(|| in_world.then(|| LayerCrs::new(Crs::wgs84(), HowFound::Guess)));
    match &guessed {
        Some(found) => {
            let label = vec![("crs", Arg::Text(found.crs.label()))];
            problems.report("problem-crs-guessed", 1, label, None);
        }
        None => problems.add("problem-crs-unknown", 1),
    }
    guessed
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Float64Array, Int64Array};

    use super::*;

    #[test]
    fn a_pair_of_columns_at_once_is_the_same_as_row_by_row() {
        let fields = ["lon", "lat"].map(|name| Field::new(name, FieldKind::Number));
        let whole: ArrayRef = Arc::new(Int64Array::from(vec![3, 4, -5]));
        let numbers: ArrayRef = Arc::new(Float64Array::from(vec![51.0, 50.5, 0.0]));
        let gap: ArrayRef = Arc::new(Float64Array::from(vec![Some(51.0), None, Some(0.0)]));
        let source = Source::Pair { x: 0, y: 1, degrees: true };
        for (y, missing) in [(numbers, 0), (gap, 1)] {
            let arrays = [whole.clone(), y];
            let columns = Columns { fields: &fields, arrays: &arrays };
            let run = Run::read(source, &columns, 0..3);
            let placed = read(source, &columns, 3, None, &mut Problems::new());
            let Some(placed) = placed else { panic!("few coordinates") };
            assert_eq!(Ok(placed.geometry), run.builder.finish());
            assert_eq!(whole_pair(source, &columns).is_none(), missing > 0);
        }
    }

    #[test]
    fn points_are_found_in_texts() {
        assert_eq!(two_numbers("51.069376, 3.653602"), Some([51.069376, 3.653602]));
        assert_eq!(two_numbers("[3.7;51.05]"), Some([3.7, 51.05]));
        assert_eq!(two_numbers("51 3"), None);
        assert_eq!(two_numbers("1.5, 2.5, 3.5"), None);
        let object = "{\"latitude\": 51.069376, \"longitude\": \"3.653602\", \"id\": []}";
        assert_eq!(point_of_object(object), Some([3.653602, 51.069376]));
        assert_eq!(point_of_object("{\"lat\": 51.0}"), None);
        assert_eq!(point_of_object("[1]"), None);
    }
}

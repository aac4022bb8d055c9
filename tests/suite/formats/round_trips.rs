//! From one format to another and back: whatever comes back different was named in a report.

use arrow_array::Array as _;
use belfort::formats::{Export, ExportReport, FORMATS, Format, WriteOptions, export};
use belfort::i18n::Arg;
use belfort::jobs::Watch;
use belfort::problem::Problems;
use belfort::table::{GeometryKind, GeometryRef, PartKind, Table};

use super::read;
use crate::generated::{Chance, Wish, table};

/// What a report may name to account for geometry that is different.
const OF_GEOMETRY: &[&str] = &[
    "geometry",
    "position",
    "height",
    "measure",
    "place",
    "ring",
    "collection",
    "split",
    "points",
    "parts",
    "multi",
    "curve",
    "order",
    "dimension",
    "transformed",
];

/// Writes a table and reads what was written. None where the format holds no such table, and says
/// so with an error.
fn there_and_back(table: &Table, format: &'static Format) -> Option<(Vec<Table>, ExportReport)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("gemaakt.{}", format.extensions[0]));
    let job = Export {
        table,
        name: None,
        rows: None,
        columns: None,
        crs: None,
        format,
        options: WriteOptions::default(),
    };
    let report = export(&job, &path, &Watch::unwatched()).ok()?;
    let mut tables = Vec::new();
    for output in &report.outputs {
        tables.extend(read(output).unwrap_or_else(|error| {
            let of: Vec<_> = table.fields.iter().map(|field| &field.name).collect();
            panic!("{} of {} rows, {of:?}: {error}", format.id, table.rows())
        }));
    }
    Some((tables, report))
}

fn names(problems: &Problems, words: &[&str]) -> bool {
    problems.iter().any(|problem| words.iter().any(|word| problem.id.contains(word)))
}

fn names_field(problems: &Problems, field: &str) -> bool {
    problems.iter().any(|problem| {
        problem.args.iter().any(|(_, arg)| matches!(arg, Arg::Text(text) if text.contains(field)))
    })
}

/// The geometry as a person would write it down: what is the same reads the same. In which
/// direction a ring runs is the format's to say.
fn geometry_text(row: GeometryRef<'_>) -> String {
    if row.kind() == GeometryKind::Null {
        return String::new();
    }
    let mut text = row.kind().name().to_owned();
    for part in row.parts() {
        for ring in part.rings() {
            let at = |values: &[f64], at: usize| values.get(at).copied().filter(|it| !it.is_nan());
            let all = ring.xy().iter().enumerate();
            let all = all.map(|(index, [x, y])| (*x, *y, at(ring.z(), index), at(ring.m(), index)));
            let mut all: Vec<_> = all.collect();
            let doubled: f64 =
                ring.xy().windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
            if part.kind() == PartKind::Polygon && doubled < 0.0 {
                all.reverse();
            }
            text.push_str(&format!(" {all:?}"));
        }
    }
    text
}

/// The rows of the second table in the order of those of the first that they are most like.
fn paired(before: &Table, after: &Table) -> Table {
    let text = |table: &Table, row: usize, field: &str| {
        table.field_index(field).map(|at| table.value(row, at).to_data_text())
    };
    let place = |table: &Table, row: usize| {
        table.geometry.as_ref().map(|geometry| geometry_text(geometry.row(row)))
    };
    let mut left: Vec<usize> = (0..after.rows()).collect();
    let rows = (0..before.rows()).map(|row| {
        let likeness = |other: &usize| {
            let names = before.fields.iter().map(|field| field.name.as_str());
            let same = names.filter(|name| text(before, row, name) == text(after, *other, name));
            same.count() + usize::from(place(before, row) == place(after, *other))
        };
        let best = (0..left.len()).max_by_key(|at| likeness(&left[*at])).unwrap();
        left.remove(best)
    });
    let rows: Vec<usize> = rows.collect();
    after.take_rows(&rows).unwrap()
}

/// A table without rows and columns, of which not every format makes a file that can be read: what
/// is left where a format dropped all rows.
fn is_nothing(table: &Table) -> bool {
    table.rows() == 0 && table.fields.is_empty()
}

/// What is different between two tables and not named.
fn unnamed(before: &Table, after: &[Table], problems: &Problems) -> Vec<String> {
    let mut found = Vec::new();
    let [after] = after else {
        if !names(problems, &["split", "sheets", "layers"]) {
            found.push(format!("{} tables", after.len()));
        }
        return found;
    };
    if before.rows() != after.rows() {
        if !names(problems, &["rows-not-written", "split"]) {
            found.push(format!("{} rows became {}", before.rows(), after.rows()));
        }
        return found;
    }
    let paired = if names(problems, &["order"]) { Some(paired(before, after)) } else { None };
    let after = paired.as_ref().unwrap_or(after);
    for (at, field) in before.fields.iter().enumerate() {
        let Some(there) = after.field_index(&field.name) else {
            // A column without a value is no column in some formats.
            let has_value = before.columns[at].null_count() < before.rows();
            if has_value && !names_field(problems, &field.name) {
                found.push(format!("field {} is gone", field.name));
            }
            continue;
        };
        for row in 0..before.rows() {
            let (was, is) =
                (before.value(row, at).to_data_text(), after.value(row, there).to_data_text());
            // A workbook keeps the moment, not the letter between day and time.
            let (was, is) = (was.replace('T', " "), is.replace('T', " "));
            if was != is && !names_field(problems, &field.name) {
                found.push(format!("{} of row {row}: {was:?} became {is:?}", field.name));
            }
        }
    }
    let text = |table: &Table, row: usize| {
        let geometry = table.geometry.as_ref();
        geometry.map(|geometry| geometry_text(geometry.row(row))).unwrap_or_default()
    };
    for row in 0..before.rows() {
        let (was, is) = (text(before, row), text(after, row));
        if was != is && !names(problems, OF_GEOMETRY) {
            found.push(format!("row {row}: {was} became {is}"));
        }
    }
    let code = |table: &Table| {
        let crs = table.crs.as_ref()?;
        Some(crs.crs.code.clone().unwrap_or_else(|| crs.crs.name.clone()))
    };
    let has_place = before.geometry.as_ref().is_some_and(|it| it.missing() < it.len());
    if has_place && code(before) != code(after) && !names(problems, &["crs", "split"]) {
        found.push(format!("CRS {:?} became {:?}", code(before), code(after)));
    }
    found.truncate(3);
    found
}

#[test]
fn what_comes_back_different_was_named() {
    let writable = || FORMATS.iter().copied().filter(|format| format.write.is_some());
    let mut tried = 0;
    for number in 0..24 {
        let mut chance = Chance::new(number);
        let wish = Wish::by_chance(&mut chance);
        let made = table(&mut chance, &wish, 8);
        for first in writable() {
            let Some((tables, report)) = there_and_back(&made, first) else { continue };
            let found = unnamed(&made, &tables, &report.problems);
            assert!(
                found.is_empty(),
                "{} of number {number} ({wish:?}): {found:#?}\nnamed: {:#?}",
                first.id,
                report.problems
            );
            let [once] = tables.as_slice() else { continue };
            if is_nothing(once) {
                continue;
            }
            // Every pair comes up in the end, with one table or another.
            let all: Vec<_> = writable().collect();
            for second in [*chance.of(&all), *chance.of(&all)] {
                let Some((tables, there)) = there_and_back(once, second) else { continue };
                let [twice] = tables.as_slice() else { continue };
                if is_nothing(twice) {
                    let found = unnamed(once, &tables, &there.problems);
                    assert!(found.is_empty(), "{} → {}: {found:#?}", first.id, second.id);
                    continue;
                }
                let Some((back, home)) = there_and_back(twice, first) else { continue };
                let mut problems = there.problems;
                problems.extend(twice.origin.problems.clone());
                problems.extend(home.problems);
                let found = unnamed(once, &back, &problems);
                let (a, b) = (first.id, second.id);
                assert!(
                    found.is_empty(),
                    "{a} → {b} → {a} of number {number} ({wish:?}): {found:#?}\nnamed: {problems:#?}"
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 24, "{tried} pairs");
}

//! Against plain lists of what was shown when.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, StringArray, TimestampMillisecondArray};

use super::*;
use crate::table::{DateTimeForm, Field, FieldKind, GeometryBuilder, Offset, Value};

/// No limit.
const ALL: u64 = u64::MAX;

fn garages(rows: &[(&str, Option<i64>)]) -> Table {
    let names: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let free: Vec<Option<i64>> = rows.iter().map(|row| row.1).collect();
    let form = DateTimeForm { separator: 'T', fraction: Some(0), offset: Offset::Zulu };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(names)),
        Arc::new(Int64Array::from(free)),
        Arc::new(TimestampMillisecondArray::from(vec![0; rows.len()])),
    ];
    let fields = vec![
        Field::new("naam", FieldKind::Text),
        Field::new("vrij", FieldKind::Integer),
        Field::new("op", FieldKind::DateTime(form)),
    ];
    Table::new("t", rows.len(), fields, columns, None).unwrap()
}

fn minute(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + 60 * minute, 0).unwrap()
}

fn record(recordings: &Recordings, table: &Table, at: i64, limit: u64) -> u64 {
    recordings.record("portal:gent/g", table, minute(at), limit, &Watch::unwatched()).unwrap()
}

#[test]
fn only_what_is_other_is_written_and_all_can_be_told_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/live.sqlite");
    let recordings = Recordings::new(path.clone());
    assert_eq!(recordings.moments("portal:gent/g"), Ok(Vec::new()));
    assert!(!path.exists(), "reading makes no file");
    let shown: [&[(&str, Option<i64>)]; 4] = [
        &[("Reep", Some(5)), ("Ramen", Some(80))],
        // Another order, one number more.
        &[("Ramen", Some(80)), ("Reep", Some(6))],
        &[("Ramen", None), ("Reep", Some(6)), ("Dok", Some(1))],
        // One is gone.
        &[("Reep", Some(4)), ("Dok", Some(1))],
    ];
    let written: Vec<u64> =
        (0..).zip(shown).map(|(at, rows)| record(&recordings, &garages(rows), at, ALL)).collect();
    assert_eq!(written, [2, 1, 2, 1], "Ramen has no number already when it is gone");
    assert_eq!(record(&recordings, &garages(shown[3]), 3, ALL), 0, "the same moment again");
    assert_eq!(record(&recordings, &garages(shown[0]), -9, ALL), 0, "from before all others");

    let again = Recordings::new(path);
    let moments = again.moments("portal:gent/g").unwrap();
    assert_eq!(moments, [0, 1, 2, 3].map(minute));
    let now = garages(shown[3]);
    let history = again.history("portal:gent/g", &now, 0).unwrap().unwrap();
    assert_eq!(history.span, (minute(0), minute(3)));
    let readings = [(minute(0), Some(5.0)), (minute(1), Some(6.0)), (minute(3), Some(4.0))];
    assert_eq!(history.series, [Series { field: "vrij".into(), readings: readings.to_vec() }]);
    assert_eq!(again.history("portal:gent/other", &now, 0), Ok(None));

    // Every moment against what was shown then.
    for (at, rows) in (0..).zip(shown) {
        let all = garages(&[("Reep", None), ("Ramen", None), ("Dok", None), ("Nieuw", None)]);
        let then = again.as_of("portal:gent/g", &all, minute(at)).unwrap().unwrap();
        for row in 0..4 {
            let Value::Text(name) = then.value(row, 0) else { panic!("a name") };
            let expected = rows.iter().find(|(known, _)| *known == name).and_then(|it| it.1);
            let expected = expected.map_or(Value::Null, Value::Integer);
            assert_eq!(then.value(row, 1), expected, "{name} at {at}");
            assert_eq!(then.value(row, 2), Value::Null, "times are not recorded");
        }
    }
    assert!(again.size() > 0);
    again.clear().unwrap();
    assert_eq!((again.size(), again.moments("portal:gent/g")), (0, Ok(Vec::new())));
    assert_eq!(record(&again, &now, 9, ALL), 2, "and it goes on");
}

#[test]
fn the_oldest_goes_when_the_file_is_full_and_numbers_that_hold_stay() {
    let folder = tempfile::tempdir().unwrap();
    let recordings = Recordings::new(folder.path().join("live.sqlite"));
    let names: Vec<String> = (0..60).map(|row| format!("G{row}")).collect();
    let limit = 60_000;
    for at in 0..90 {
        // The first never changes.
        let row = |(row, name): (i64, &'_ String)| {
            (name.clone(), Some(if row == 0 { 7 } else { at * row % 97 }))
        };
        let rows: Vec<(String, Option<i64>)> = (0..).zip(&names).map(row).collect();
        let rows: Vec<(&str, Option<i64>)> =
            rows.iter().map(|(name, free)| (name.as_str(), *free)).collect();
        record(&recordings, &garages(&rows), at, limit);
    }
    let moments = recordings.moments("portal:gent/g").unwrap();
    assert!(moments.len() < 90 && moments.len() > 5, "{}", moments.len());
    assert_eq!(moments.last(), Some(&minute(89)));
    assert!(recordings.size() <= limit + 20_000, "{}", recordings.size());
    let table = garages(&[("G0", None), ("G5", None)]);
    let first = moments[0];
    let then = recordings.as_of("portal:gent/g", &table, first).unwrap().unwrap();
    let at = (first - minute(0)).num_minutes();
    assert_eq!(
        (then.value(0, 1), then.value(1, 1)),
        (Value::Integer(7), Value::Integer(at * 5 % 97))
    );
    let history = recordings.history("portal:gent/g", &table, 0).unwrap().unwrap();
    assert_eq!(history.series[0].readings, [(first, Some(7.0))], "it held since before");
}

#[test]
fn times_when_nobody_looked_are_told() {
    let at =
        |minutes: &[i64]| -> Vec<DateTime<Utc>> { minutes.iter().map(|it| minute(*it)).collect() };
    assert_eq!(unseen(&at(&[0, 1, 2, 3, 25, 26])), [(minute(3), minute(25))]);
    assert_eq!(unseen(&at(&[0, 1, 2, 8, 9])), [], "not so long");
    assert_eq!(unseen(&at(&[0, 60, 120, 240])), [], "not so much longer than others");
    assert_eq!(unseen(&at(&[5])), []);
}

#[test]
fn rows_are_known_by_identifier_name_or_place_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let recordings = Recordings::new(folder.path().join("live.sqlite"));
    let make = |places: &[f64]| {
        let mut builder = GeometryBuilder::new();
        places.iter().for_each(|x| builder.push_point([*x, 51.0]));
        let free: ArrayRef = Arc::new(Int64Array::from(vec![1; places.len()]));
        let fields = vec![Field::new("vrij", FieldKind::Integer)];
        Table::new("t", places.len(), fields, vec![free], builder.finish().ok()).unwrap()
    };
    assert_eq!(record(&recordings, &make(&[3.1, 3.2]), 0, ALL), 2);
    assert_eq!(record(&recordings, &make(&[3.2, 3.1]), 1, ALL), 0);
    assert_eq!(record(&recordings, &make(&[3.1, 3.1]), 2, ALL), 0, "two at one place");
    let mut with_ids = make(&[3.1, 3.1]);
    with_ids.ids = Some(Arc::new(Int64Array::from(vec![8, 9])));
    assert_eq!(record(&recordings, &with_ids, 3, ALL), 4, "two come and two go");
}

#[test]
fn a_file_that_is_none_is_said_and_can_be_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("live.sqlite");
    std::fs::write(&path, vec![b'x'; 5000]).unwrap();
    let recordings = Recordings::new(path);
    let table = garages(&[("Reep", Some(5))]);
    let failed = recordings.record("portal:gent/g", &table, minute(0), ALL, &Watch::unwatched());
    assert_eq!(failed.unwrap_err().what.id, "portal-error-recordings");
    recordings.clear().unwrap();
    assert_eq!(record(&recordings, &table, 0, ALL), 1);
}

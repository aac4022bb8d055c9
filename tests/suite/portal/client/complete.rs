//! Every dataset comes whole: all rows, all values, of the kinds that the portal tells.

use belfort::portal::{Freshness, Wanted};

use super::rows::{is_of_kind, made, place_of, told};
use super::world::World;
use crate::fake_portal::{Clock, Dataset, Field, Kind, Row, Value, beginning, data};

/// More rows than a test that is not optimised reads in a moment.
const MANY: usize = 100_000;

#[track_caller]
fn comes_whole(world: &World, dataset: &Dataset) {
    let id = dataset.id.as_str();
    let rows = world.portal.rows(id);
    let (table, from) = world.good(id, Wanted::Newest);
    let receipt = &from.receipt;
    assert_eq!(table.rows(), world.portal.count(id), "{id}");
    assert_eq!(receipt.records_written, rows.len() as u64, "{id}");
    assert_eq!(receipt.records_portal, Some(rows.len() as u64), "{id}");
    let place = place_of(&dataset.fields);
    let without = place.map(|at| rows.iter().filter(|row| row[at].is_null()).count() as u64);
    assert_eq!(receipt.without_geometry, without, "{id}");
    for field in dataset.fields.iter().filter(|field| field.kind != Kind::GeoShape) {
        let found = table.field_index(&field.name).map(|at| &table.fields[at]);
        // Of a dataset that holds nothing yet the place is not known to be a property.
        let Some(found) = found else {
            assert!(rows.is_empty() && field.kind == Kind::GeoPoint, "{id}: no {}", field.name);
            continue;
        };
        assert!(is_of_kind(field, found.kind), "{id}: {field:?} is {:?}", found.kind);
        let label = Some(field.label.as_str()).filter(|label| *label != field.name);
        assert_eq!(found.label.as_deref(), label, "{id}: {}", field.name);
    }
    let (ours, theirs) = (told(&table), made(dataset, &rows));
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs, "{id}");
    }
    assert_eq!(ours.len(), theirs.len());
    // Offline the same comes from the copy, with the same kinds.
    let (again, from) = world.good(id, Wanted::Kept);
    assert_eq!(from.freshness, Freshness::Kept);
    assert_eq!(again.fields, table.fields, "{id}");
    assert_eq!(told(&again), ours, "{id}");
}

#[test]
fn every_dataset_of_the_city() {
    let world = World::new();
    // What is live stands still, so that it can be compared.
    world.portal.set_clock(Clock::At(beginning()));
    let ids = world.portal.ids();
    let all = data::city();
    let mut seen = 0;
    for dataset in all.iter().filter(|dataset| ids.contains(&dataset.id)) {
        if world.portal.count(&dataset.id) <= MANY {
            comes_whole(&world, dataset);
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
}

/// What looks like another kind than it is told to be, or like nothing at all.
#[test]
fn values_that_look_like_another_kind() {
    let fields = [
        Field::new("code", Kind::Text),
        Field::new("maat", Kind::Text),
        Field::new("dag_als_tekst", Kind::Text),
        Field::new("vlag_als_tekst", Kind::Text),
        Field::new("prijs", Kind::Double),
        Field::new("aantal", Kind::Int),
        Field::new("leeg_getal", Kind::Double),
        Field::new("leeg_geheel", Kind::Int),
        Field::new("leeg_moment", Kind::DateTime),
        Field::new("leeg_dag", Kind::Date),
        Field::new("leeg_vlag", Kind::Boolean),
        Field::new("leeg_tekst", Kind::Text),
        Field::new("dag", Kind::Date),
        Field::new("open", Kind::Boolean),
        Field::new("punt", Kind::GeoPoint),
    ];
    let row = |row: usize| -> Row {
        let texts = |texts: [&'static str; 3]| Value::from(texts[row % 3]);
        vec![
            texts(["007", "12", "0"]),
            texts(["3.740194000000", "1e5", "-0"]),
            texts(["2026-01-31", "2025-12-01", "1999-02-28"]),
            texts(["true", "false", "true"]),
            f64::from([3_i32, 40, -7][row % 3]).into(),
            [9_007_199_254_740_993_i64, 0, -5][row % 3].into(),
            Value::Null,
            Value::Null,
            Value::Null,
            Value::Null,
            Value::Null,
            Value::Null,
            chrono::NaiveDate::from_ymd_opt(2026, 3, 29).unwrap().into(),
            if row == 1 { Value::Null } else { true.into() },
            if row == 2 { Value::Null } else { [3.72, 51.05].into() },
        ]
    };
    let world = World::new();
    for (id, count, with_place) in
        [("lastig", 7, true), ("leeg", 0, true), ("tabel", 7, false), ("lege-tabel", 0, false)]
    {
        let make = || {
            let last = fields.len() - usize::from(!with_place);
            let rows = move |at: usize, _: &_| row(at).into_iter().take(last).collect();
            let mut dataset = Dataset::new(id, "Lastig", count, rows);
            dataset.fields = fields[..last].to_vec();
            dataset
        };
        world.portal.add(make());
        comes_whole(&world, &make());
    }
}

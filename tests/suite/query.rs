//! Conditions on values against SQLite, errors that point at the word, and conditions on place.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray,
};
use belfort::crs::{Crs, HowFound, LayerCrs, Transformer};
use belfort::formats::{ReadOptions, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::query::{Condition, Features, OnPlace, QueryError, Relation, SelectError, select};
use belfort::table::{
    DateTimeForm, Field, FieldKind, GeometryBuilder, GeometryKind, Offset, PartKind, Table,
};

use crate::support::shared_data;

fn days(date: &str) -> i32 {
    let date: chrono::NaiveDate = date.parse().unwrap();
    i32::try_from((date - chrono::NaiveDate::default()).num_days()).unwrap()
}

/// Eight rows with nulls in every column but the first.
fn places() -> Table {
    let dates = [
        Some("2024-01-01"),
        Some("2023-12-31"),
        None,
        Some("2024-02-29"),
        Some("2020-06-15"),
        Some("2024-01-01"),
        Some("1999-12-31"),
        Some("2024-12-31"),
    ];
    let wijk = vec![
        Some("Ledeberg"),
        Some("Gentbrugge"),
        Some("ledeberg"),
        None,
        Some("Sint-Amandsberg"),
        Some("100%"),
        Some("'t Zuid"),
        Some(""),
    ];
    let cap = vec![Some(50), None, Some(51), Some(0), Some(-7), Some(200), Some(9), Some(50)];
    let opp = vec![
        Some(1.5),
        Some(2.25),
        None,
        Some(-3.0),
        Some(-0.0),
        Some(100.0),
        Some(9.0),
        Some(50.5),
    ];
    let actief =
        vec![Some(true), Some(false), None, Some(true), Some(false), Some(true), None, Some(false)];
    let form = DateTimeForm {
        separator: 'T',
        fraction: Some(0),
        offset: Offset::Minutes { minutes: 60, colon: true },
    };
    // 23:30 UTC on the day before: half past midnight on the clock of the data.
    let moments = dates.map(|date| date.map(|date| i64::from(days(date)) * 86_400_000 - 1_800_000));
    let columns: Vec<(&str, FieldKind, ArrayRef)> = vec![
        ("id", FieldKind::Integer, Arc::new(Int64Array::from_iter_values(1..=8))),
        ("wijk", FieldKind::Text, Arc::new(StringArray::from(wijk))),
        ("cap", FieldKind::Integer, Arc::new(Int64Array::from(cap))),
        ("opp", FieldKind::Number, Arc::new(Float64Array::from(opp))),
        ("actief", FieldKind::Boolean, Arc::new(BooleanArray::from(actief))),
        (
            "datum",
            FieldKind::Date,
            Arc::new(Date32Array::from_iter(dates.map(|date| date.map(days)))),
        ),
        (
            "Begin uur",
            FieldKind::DateTime(form),
            Arc::new(TimestampMillisecondArray::from_iter(moments)),
        ),
    ];
    let fields = columns.iter().map(|(name, kind, _)| Field::new(*name, *kind)).collect();
    let columns = columns.into_iter().map(|(_, _, column)| column).collect();
    Table::new("plaatsen", 8, fields, columns, None).unwrap()
}

fn rows(table: &Table, condition: &str) -> String {
    let mask = Condition::parse(condition).and_then(|parsed| parsed.evaluate(table));
    let mask = mask.unwrap_or_else(|error| panic!("{condition}: {error}"));
    assert_eq!(arrow_array::Array::null_count(&mask), 0);
    mask.values().iter().map(|bit| if bit { '1' } else { '0' }).collect()
}

fn error(table: &Table, condition: &str) -> QueryError {
    let result = Condition::parse(condition).and_then(|parsed| parsed.evaluate(table));
    match result {
        Err(error) => error,
        Ok(mask) => panic!("{condition} gave {mask:?}"),
    }
}

/// Expected masks computed by SQLite 3.40 (Python's `sqlite3`, `case_sensitive_like` on) on the
/// same eight rows, dates as ISO text.
const SQLITE: &[(&str, &str)] = &[
    ("wijk = 'Ledeberg'", "10000000"),
    ("wijk <> 'Ledeberg'", "01101111"),
    ("wijk = 'Ledeberg' AND cap > 10", "10000000"),
    ("wijk = 'Ledeberg' OR cap > 10", "10100101"),
    ("NOT (wijk = 'Ledeberg' OR cap > 10)", "00001010"),
    ("NOT cap > 10", "00011010"),
    ("NOT (cap > 10 AND opp > 1)", "00011010"),
    ("cap > 10 AND NULL", "00000000"),
    ("cap > 10 OR NULL", "10100101"),
    ("NOT (cap > 10 OR NULL)", "00000000"),
    ("cap = NULL", "00000000"),
    ("cap IS NULL", "01000000"),
    ("cap IS NOT NULL", "10111111"),
    ("cap IS NULL OR opp IS NULL", "01100000"),
    ("(cap > 10) IS NULL", "01000000"),
    ("(cap > 10) IS TRUE", "10100101"),
    ("(cap > 10) IS NOT TRUE", "01011010"),
    ("(cap > 10) IS FALSE", "00011010"),
    ("(cap > 10) IS NOT FALSE", "11100101"),
    ("cap IN (50, 51)", "10100001"),
    ("cap IN (50, NULL)", "10000001"),
    ("cap NOT IN (50, 51)", "00011110"),
    ("cap NOT IN (50, NULL)", "00000000"),
    ("wijk IN ('Ledeberg', 'Gentbrugge')", "11000000"),
    ("wijk NOT IN ('Ledeberg', 'Gentbrugge')", "00101111"),
    ("wijk NOT IN ('Ledeberg', NULL)", "00000000"),
    ("cap IN (opp, 50)", "10000011"),
    ("cap BETWEEN 9 AND 50", "10000011"),
    ("cap NOT BETWEEN 9 AND 50", "00111100"),
    ("opp BETWEEN cap AND 1000", "00001011"),
    ("opp BETWEEN NULL AND 2", "00000000"),
    ("opp NOT BETWEEN NULL AND 2", "01000111"),
    ("wijk LIKE 'L%'", "10000000"),
    ("wijk LIKE '%berg'", "10101000"),
    ("wijk LIKE '_edeberg'", "10100000"),
    ("wijk NOT LIKE '%e%'", "00000111"),
    ("wijk LIKE '100!%' ESCAPE '!'", "00000100"),
    ("wijk LIKE '%!%%' ESCAPE '!'", "00000100"),
    ("wijk LIKE ''", "00000001"),
    ("wijk = '''t Zuid'", "00000010"),
    ("cap + opp > 50", "10000101"),
    ("cap - 50 = 0", "10000001"),
    ("cap * 2 >= 100", "10100101"),
    ("cap * 1.0 / 4 > 10", "10100101"),
    ("cap / 0 IS NULL", "11111111"),
    ("cap % 7 = 1", "10000001"),
    ("-cap > 0", "00001000"),
    ("cap - -1 = 51", "10000001"),
    ("opp = 0", "00001000"),
    ("opp < 0 OR opp >= 100", "00010100"),
    ("cap = opp", "00000010"),
    ("cap < opp", "00001001"),
    ("wijk || '-' || cap = 'Ledeberg-50'", "10000000"),
    ("wijk || NULL IS NULL", "11111111"),
    (
        "CASE WHEN cap > 50 THEN 'groot' WHEN cap > 0 THEN 'klein' ELSE 'geen' END = 'klein'",
        "10000011",
    ),
    ("CASE cap WHEN 50 THEN 1 WHEN 51 THEN 2 END = 1", "10000001"),
    ("CASE WHEN cap > 50 THEN opp END IS NULL", "11111011"),
    ("CAST(opp AS INTEGER) = 2", "01000000"),
    ("CAST(cap AS TEXT) = '50'", "10000001"),
    ("CAST('50' AS INTEGER) = cap", "10000001"),
    ("coalesce(cap, 0) = 0", "01010000"),
    ("coalesce(wijk, 'onbekend') LIKE 'onb%'", "00010000"),
    ("nullif(cap, 50) IS NULL", "11000001"),
    ("abs(cap) = 7", "00001000"),
    ("round(opp) = 2", "11000000"),
    ("round(opp, 1) = 2.3", "01000000"),
    ("length(wijk) = 8", "10100000"),
    ("lower(wijk) = 'ledeberg'", "10100000"),
    ("upper(wijk) = 'GENTBRUGGE'", "01000000"),
    ("substr(wijk, 1, 4) = 'Sint'", "00001000"),
    ("substr(wijk, 5) = 'berg'", "10100000"),
    ("trim('  a ') = 'a'", "11111111"),
    ("replace(wijk, 'berg', 'dal') = 'Lededal'", "10000000"),
    ("instr(wijk, 'berg') = 5", "10100000"),
    ("actief", "10010100"),
    ("NOT actief", "01001001"),
    ("actief = 1 AND cap > 10", "10000100"),
    ("actief = 0 OR cap IS NULL", "01001001"),
    ("datum > '2023-12-31'", "10010101"),
    ("datum = '2024-01-01'", "10000100"),
    ("datum BETWEEN '2024-01-01' AND '2024-06-30'", "10010100"),
    ("datum IS NULL OR datum < '2000-01-01'", "00100010"),
    ("cap IS NOT DISTINCT FROM NULL", "01000000"),
    ("cap IS DISTINCT FROM 50", "01111110"),
    ("wijk IS DISTINCT FROM 'Ledeberg'", "01111111"),
    ("1 = 1", "11111111"),
    ("1 = 0", "00000000"),
    ("NULL", "00000000"),
    ("1 = 0 OR wijk IS NULL", "00010000"),
    ("wijk > 'M'", "00101000"),
    ("wijk <= 'Ledeberg'", "11000111"),
    ("cap > 1 AND cap > 2 AND cap > 3 OR wijk IS NULL AND NOT cap > 1", "10110111"),
];

#[test]
fn conditions_select_the_rows_that_sqlite_selects() {
    let table = places();
    let wrong: Vec<_> = SQLITE
        .iter()
        .filter(|(condition, expected)| rows(&table, condition) != *expected)
        .map(|(condition, expected)| (condition, expected, rows(&table, condition)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(SQLITE.len() > 80);
}

#[test]
fn people_may_mix_kinds_and_cases() {
    let table = places();
    for (condition, same) in [
        ("", "1 = 1"),
        ("  \n", "TRUE"),
        ("WHERE cap > 10;", "cap > 10"),
        ("CAP > 10", "cap > 10"),
        ("\"Cap\" > 10", "cap > 10"),
        ("plaatsen.cap > 10", "cap > 10"),
        ("cap > '10'", "cap > 10"),
        ("cap > 10.0", "cap > 10"),
        ("cap > '10.5'", "cap > 10"),
        ("10 < cap", "cap > 10"),
        ("cap == 50", "cap = 50"),
        ("cap != 50", "cap <> 50"),
        ("cap::text = '50'", "cap = 50"),
        ("cap LIKE '5%'", "cap IN (50, 51)"),
        ("actief = 'ja'", "actief"),
        ("actief IS TRUE", "actief"),
        ("actief = true", "actief"),
        ("datum = date '2024-01-01'", "datum = '01/01/2024'"),
        ("year(datum) = 2024", "datum >= '2024-01-01'"),
        ("extract(year from datum) = 2024", "datum >= '2024-01-01'"),
        ("datum - date '2024-01-01' BETWEEN 0 AND 59", "month(datum) <= 2 AND year(datum) = 2024"),
        ("datum + 1 = '2024-01-01'", "datum = '2023-12-31'"),
        ("datum < current_date AND now() > \"Begin uur\"", "datum IS NOT NULL"),
        ("date(\"Begin uur\") = datum", "datum IS NOT NULL"),
        ("hour(\"begin uur\") = 0", "datum IS NOT NULL"),
        ("\"Begin uur\" > datum", "datum IS NOT NULL"),
        ("\"Begin uur\" = '2023-12-31T23:30:00Z'", "datum = '2024-01-01'"),
        ("\"Begin uur\" = timestamp '2024-01-01 00:30:00'", "datum = '2024-01-01'"),
        ("date_trunc('year', datum) = '2024-01-01'", "year(datum) = 2024"),
        ("wijk ILIKE 'LEDEBERG'", "lower(wijk) = 'ledeberg'"),
        ("wijk ~ '^L.*g$'", "wijk = 'Ledeberg'"),
        ("wijk ~* '^l.*g$'", "lower(wijk) = 'ledeberg'"),
        ("regexp_like(wijk, 'berg')", "contains(wijk, 'berg')"),
        ("starts_with(wijk, 'Lede')", "wijk LIKE 'Lede%'"),
        ("ends_with(wijk, 'berg')", "right(wijk, 4) = 'berg'"),
        ("left(wijk, 4) = 'Sint'", "substring(wijk from 1 for 4) = 'Sint'"),
        ("position('berg' in wijk) > 0", "strpos(wijk, 'berg') > 0"),
        ("greatest(cap, opp, 60) > 60", "cap > 60 OR opp > 60"),
        ("least(cap, opp) < 0", "cap < 0 OR opp < 0"),
        ("mod(cap, 7) = 1", "cap % 7 = 1"),
        ("cap / 100 = 0.5", "cap = 50"),
        ("sqrt(opp) = 3", "opp = 9"),
        ("power(opp, 2) = 81", "opp = 9"),
        ("floor(opp) = 50 AND ceil(opp) = 51", "opp = 50.5"),
        ("concat(wijk, '!', NULL) = '!'", "wijk IS NULL OR wijk = ''"),
        ("cap <=> NULL", "cap IS NULL"),
        // What has no answer is null, for its row alone.
        ("cap + 9223372036854775800 IS NULL", "cap > 7 OR cap IS NULL"),
        ("cap % 0 IS NULL AND opp / 0 IS NULL", "TRUE"),
        ("abs(-9223372036854775807 - 1) IS NULL", "TRUE"),
        ("sqrt(opp) IS NULL", "opp < 0 OR opp IS NULL"),
        ("CAST(wijk AS INTEGER) IS NULL", "TRUE"),
    ] {
        assert_eq!(rows(&table, condition), rows(&table, same), "{condition}");
    }
    assert_eq!(rows(&table, "cap > 10"), "10100101");
    assert_eq!(rows(&table, "year(datum) = 2024"), "10010101");
}

#[test]
fn errors_point_at_the_word_and_propose_what_was_meant() {
    let table = places();
    for (condition, word, meant) in [
        ("wjik = 'Ledeberg'", "wjik", Some("wijk")),
        ("cap > 1 AND\n  wijken = 'é' AND wijk = 'x'", "wijken", Some("wijk")),
        ("lower('é') = 'é' AND beginuur IS NULL", "beginuur", Some("\"Begin uur\"")),
        ("wijk = \"Sint-Pieters\"", "\"Sint-Pieters\"", Some("'Sint-Pieters'")),
        ("wijk = Sint Pieters", "Sint Pieters", Some("'Sint Pieters'")),
        ("wijk = 'Ledeberg", "'Ledeberg", None),
        ("cap > 'veel'", "'veel'", None),
        ("datum > 'morgen'", "'morgen'", None),
        ("cap => 3", "=>", Some(">=")),
        ("cap =< 3", "=<", Some("<=")),
        ("cap > 3 && opp > 3", "&&", Some("AND")),
        ("cap > 3,5", "3,5", Some("3.5")),
        ("cap > 3 en opp > 3", "en", Some("AND")),
        ("cap > 3 adn opp > 3", "adn", Some("AND")),
        ("wijk = ‘Ledeberg’", "‘", Some("'")),
        ("lowr(wijk) = 'x'", "lowr", Some("lower")),
        ("round(opp, 1, 2) = 1", "round", None),
        ("sum(cap) > 5", "sum", None),
        ("count(*) > 5", "count", None),
        ("row_number() over () = 1", "row_number", None),
        ("SELECT * FROM t WHERE cap > 1", "SELECT", None),
        ("datum > 5", "datum > 5", None),
        ("wijk", "wijk", None),
        ("cap > 1 AND opp", "opp", None),
        ("wijk + 'x' = 'y'", "wijk + 'x'", None),
        ("wijk ~ '('", "'('", None),
        ("cap > 1)", ")", None),
        ("NOT", "NOT", None),
    ] {
        let error = error(&table, condition);
        assert_eq!(condition.get(error.span.clone()), Some(word), "{condition}: {error:?}");
        assert_eq!(error.suggestion.as_deref(), meant, "{condition}: {error:?}");
        for language in Language::ALL {
            let text = error.message.in_language(language);
            assert!(!text.contains("query-"), "{text}");
        }
    }
    // What was proposed is right.
    let error = error(&table, "wjik = 'Ledeberg'");
    let corrected = error.corrected("wjik = 'Ledeberg'").unwrap();
    assert_eq!(rows(&table, &corrected), "10000000");
}

#[test]
fn what_is_missing_is_missed_at_the_end() {
    for condition in ["cap >", "cap > 1 AND", "(cap > 1", "cap BETWEEN 1", "cap IN (1,"] {
        let error = Condition::parse(condition).unwrap_err();
        assert_eq!(error.span, condition.len()..condition.len(), "{condition}: {error:?}");
    }
}

/// Anything may be typed: an answer or an error inside the text, never a panic.
#[test]
fn nothing_typed_brings_the_program_down() {
    let table = places();
    let words = [
        "cap", "wijk", "\"", "'", "(", ")", "and", "or", "not", "is", "null", "in", "between",
        "like", "=", "<", ">", "-", "+", "*", "/", "%", "||", "::", "int", "date", "é", "€", "1",
        "1e400", "2.5", ",", "case", "when", "then", "end", "cast", "as", "select", "exists",
        "interval", "'1 day'", "[", "]", "{", "}", "$1", "?", "@", "#", ":", ".", "~", "!", "\\",
        "--", "/*", "extract", "from", "year", "lower", "substr", "escape", "''", "x'00'", "\n",
        "array", "at", "over",
    ];
    let mut state = 42_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..8 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let at = usize::try_from(state >> 33).unwrap() % words.len();
            text.push_str(words[at]);
            if !(state >> 40).is_multiple_of(4) {
                text.push(' ');
            }
        }
        if let Err(error) = Condition::parse(&text).and_then(|parsed| parsed.evaluate(&table)) {
            assert!(text.get(error.span.clone()).is_some(), "{text:?}: {error:?}");
            assert!(!error.message.in_language(Language::Dutch).contains("query-"));
        }
    }
    let deep = format!("{}cap{}", "(".repeat(10_000), ")".repeat(10_000));
    let chain = vec!["cap = 1"; 1000].join(" or ");
    let sum = vec!["cap"; 1900].join(" + ") + " > 1";
    let list = format!("cap in ({})", vec!["50"; 50_000].join(","));
    assert!(Condition::parse(&deep).is_err());
    assert!(Condition::parse(&sum).is_err());
    assert_eq!(rows(&table, &chain), "00000000");
    assert_eq!(rows(&table, &list), "10000001");
}

#[test]
fn a_condition_tells_its_fields() {
    let condition = Condition::parse("wijk = 'x' AND lower(wijk) = \"Begin uur\"").unwrap();
    assert_eq!(condition.fields(), ["wijk", "Begin uur"]);
    assert_eq!(Condition::written_name("Begin uur"), "\"Begin uur\"");
    assert_eq!(Condition::written_name("wijk"), "wijk");
    assert_eq!(Condition::written_text("'t Zuid"), "'''t Zuid'");
}

fn lambert() -> LayerCrs {
    LayerCrs::new(Crs::lambert72(), HowFound::Chosen)
}

fn layer(name: &str, crs: LayerCrs, build: impl FnOnce(&mut GeometryBuilder)) -> Table {
    let mut builder = GeometryBuilder::new();
    build(&mut builder);
    let geometry = builder.finish().unwrap();
    let numbers = Int64Array::from_iter_values(1..=i64::try_from(geometry.len()).unwrap());
    let fields = vec![Field::new("nr", FieldKind::Integer)];
    let rows = geometry.len();
    let mut table =
        Table::new(name, rows, fields, vec![Arc::new(numbers)], Some(geometry)).unwrap();
    table.crs = Some(crs);
    table
}

fn shape(
    builder: &mut GeometryBuilder,
    kind: GeometryKind,
    part: PartKind,
    parts: &[&[&[[f64; 2]]]],
) {
    builder.begin_row(kind);
    for rings in parts {
        builder.begin_part(part);
        for ring in *rings {
            builder.begin_ring();
            ring.iter().for_each(|position| builder.coord(*position, None, None));
        }
    }
    builder.end_row();
}

fn square(x: f64, y: f64, side: f64) -> [[f64; 2]; 5] {
    [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
}

/// Area 1: a square of 10 with a hole from 4 to 6. Area 2: two squares. Area 3: no place.
fn areas() -> Table {
    layer("gebieden", lambert(), |builder| {
        let (outer, hole) = (square(0.0, 0.0, 10.0), square(4.0, 4.0, 2.0));
        shape(builder, GeometryKind::Polygon, PartKind::Polygon, &[&[&outer, &hole]]);
        let (one, other) = (square(20.0, 0.0, 5.0), square(20.0, 10.0, 5.0));
        shape(builder, GeometryKind::MultiPolygon, PartKind::Polygon, &[&[&one], &[&other]]);
        builder.push_null();
    })
}

fn within(rows: &Table, areas: &Table, sql: &str, relation: Relation) -> Vec<usize> {
    let place = OnPlace { relation, of: Features::Where { table: areas, sql } };
    let selected = select(rows, "", &[place], &Watch::unwatched()).unwrap();
    selected.rows.values().set_indices().map(|row| row + 1).collect()
}

#[test]
fn points_lie_in_areas_with_holes_and_parts_edges_included() {
    let points = layer("punten", lambert(), |builder| {
        for position in [
            [1.0, 1.0],       // 1 inside
            [5.0, 5.0],       // 2 in the hole
            [4.0, 5.0],       // 3 on the edge of the hole
            [10.0, 3.0],      // 4 on the outer edge
            [0.0, 0.0],       // 5 on a corner
            [10.000001, 3.0], // 6 just outside
            [22.0, 12.0],     // 7 in the second part of area 2
            [22.0, 7.0],      // 8 between the parts
            [f64::NAN, 1.0],  // 9 nowhere
            [-1.0, 10.0],     // 10 at the height of an edge, outside
        ] {
            builder.push_point(position);
        }
        builder.push_null();
        shape(
            builder,
            GeometryKind::MultiPoint,
            PartKind::Point,
            &[&[&[[1.0, 1.0]]], &[&[[22.0, 2.0]]]],
        );
    });
    let areas = areas();
    assert_eq!(within(&points, &areas, "", Relation::Intersects), [1, 3, 4, 5, 7, 12]);
    // A row lies within when one area holds all of it.
    assert_eq!(within(&points, &areas, "", Relation::Within), [1, 3, 4, 5, 7]);
    assert_eq!(within(&points, &areas, "nr = 2", Relation::Intersects), [7, 12]);
    // What has no place is not disjoint either.
    assert_eq!(within(&points, &areas, "", Relation::Disjoint), [2, 6, 8, 10]);
    assert_eq!(within(&points, &areas, "nr = 3", Relation::Intersects), [0_usize; 0]);
    let of = Features::Where { table: &areas, sql: "" };
    let both = [OnPlace { relation: Relation::Intersects, of }];
    let found = select(&points, "nr > 4", &both, &Watch::unwatched()).unwrap();
    assert_eq!(found.rows.values().set_indices().collect::<Vec<_>>(), [4, 6, 11]);
    assert!(found.problems.is_empty());
}

#[test]
fn lines_and_polygons_lie_in_areas() {
    let rows = layer("vormen", lambert(), |builder| {
        let line = |builder: &mut GeometryBuilder, positions: &[[f64; 2]]| {
            shape(builder, GeometryKind::LineString, PartKind::Line, &[&[positions]]);
        };
        line(builder, &[[1.0, 1.0], [9.0, 1.0]]); // 1 inside
        line(builder, &[[1.0, 5.0], [9.0, 5.0]]); // 2 through the hole
        line(builder, &[[-5.0, 5.0], [15.0, 5.0]]); // 3 through the area, ends outside
        line(builder, &[[4.5, 4.5], [5.5, 5.5]]); // 4 inside the hole
        line(builder, &[[10.0, 0.0], [10.0, 10.0]]); // 5 along the edge
        let polygon = |builder: &mut GeometryBuilder, ring: &[[f64; 2]]| {
            shape(builder, GeometryKind::Polygon, PartKind::Polygon, &[&[ring]]);
        };
        polygon(builder, &square(1.0, 1.0, 2.0)); // 6 inside
        polygon(builder, &square(3.0, 3.0, 4.0)); // 7 around the hole
        polygon(builder, &square(-1.0, -1.0, 40.0)); // 8 around everything
        polygon(builder, &square(10.0, 10.0, 1.0)); // 9 touches a corner
        polygon(builder, &square(50.0, 50.0, 1.0)); // 10 far
        polygon(builder, &[[0.0, 0.0], [3.0, 3.0], [3.0, 0.0], [0.0, 3.0], [0.0, 0.0]]); // 11 a bow tie
        polygon(builder, &[[2.0, 2.0]]); // 12 no polygon at all
        line(builder, &[]); // 13 nothing
    });
    let areas = areas();
    let found = within(&rows, &areas, "nr = 1", Relation::Intersects);
    assert_eq!(
        found.iter().filter(|row| **row < 11).copied().collect::<Vec<_>>(),
        [1, 2, 3, 5, 6, 7, 8, 9]
    );
    let found = within(&rows, &areas, "nr = 1", Relation::Within);
    assert_eq!(found.iter().filter(|row| **row < 11).copied().collect::<Vec<_>>(), [1, 5, 6]);
    let apart = within(&rows, &areas, "nr = 1", Relation::Disjoint);
    assert_eq!(apart.iter().filter(|row| **row < 11).copied().collect::<Vec<_>>(), [4, 10]);
}

#[test]
fn what_has_no_place_or_is_cancelled_is_an_error() {
    let (areas, table) = (areas(), places());
    let of =
        |sql| [OnPlace { relation: Relation::Within, of: Features::Where { table: &areas, sql } }];
    let watch = Watch::unwatched();
    let error = select(&table, "", &of(""), &watch).unwrap_err();
    assert_eq!(error, SelectError::NoPlace { layer: "plaatsen".into() });
    assert!(matches!(select(&areas, "x = 1", &of(""), &watch), Err(SelectError::Condition(_))));
    let wrong = select(&areas, "", &of("x = 1"), &watch).unwrap_err();
    assert!(matches!(wrong, SelectError::PlaceCondition { place: 0, .. }));
    assert!(wrong.message().in_language(Language::Dutch).contains("gebieden"));
    watch.cancel();
    assert!(matches!(select(&areas, "", &of(""), &watch), Err(SelectError::Cancelled(_))));
}

fn read(name: &str) -> Option<Table> {
    let path = shared_data(name)?;
    let tables = open(&path, &ReadOptions::default(), &Watch::unwatched()).unwrap();
    tables.into_iter().next()
}

/// Counts by GDAL 3.6 (`ogrinfo -dialect sqlite`, `ST_Intersects`) on the same files in WGS 84.
#[test]
fn sheep_are_found_in_their_neighbourhoods_whatever_the_systems() {
    let (Some(sheep), Some(wijken)) = (
        read("real/schapen/sheep_whereabouts.csv"),
        read("real/wijken/stadswijken-gent-2026.geojson"),
    ) else {
        return;
    };
    let with = |table: &Table, crs: LayerCrs, change: &dyn Fn(&mut [[f64; 2]])| {
        let mut moved = table.with_geometry(table.geometry.as_ref().map(|g| g.map_xy(change)));
        moved.crs = Some(crs);
        moved
    };
    let to_lambert = Transformer::new(&Crs::wgs84(), &Crs::lambert72()).unwrap();
    let swap = |xy: &mut [[f64; 2]]| xy.iter_mut().for_each(|position| position.reverse());
    let swapped = LayerCrs { swapped: true, ..LayerCrs::new(Crs::wgs84(), HowFound::Guess) };
    let in_lambert = |xy: &mut [[f64; 2]]| assert_eq!(to_lambert.transform(xy), 0);
    let sheep = [with(&sheep, lambert(), &in_lambert), with(&sheep, swapped.clone(), &swap), sheep];
    let wijken = [with(&wijken, lambert(), &in_lambert), with(&wijken, swapped, &swap), wijken];
    for (sheep, wijken) in sheep.iter().flat_map(|sheep| wijken.iter().map(move |w| (sheep, w))) {
        assert_eq!(sheep.rows(), 342);
        for (wijk, expected) in [
            ("Watersportbaan - Ekkergem", 268),
            ("Brugse Poort - Rooigem", 41),
            ("Stationsbuurt-Zuid", 21),
            ("Rabot - Blaisantvest", 1),
            ("Gentbrugge", 0),
        ] {
            let sql = format!("wijk = '{wijk}'");
            assert_eq!(within(sheep, wijken, &sql, Relation::Within).len(), expected, "{wijk}");
        }
        assert_eq!(within(sheep, wijken, "", Relation::Disjoint).len(), 0);
    }
}

/// Row numbers by GDAL 3.6 with SpatiaLite (`ST_Intersects`, `ST_CoveredBy`): how many sectors,
/// and the sum of their numbers in the file. The river basins are in Lambert 72, the points in
/// WGS 84; the oracle transformed the points with `ogr2ogr -t_srs`. The nearest point is 74 m from
/// an edge.
#[test]
fn sectors_and_points_lie_in_areas_as_gdal_finds() {
    if let (Some(sectors), Some(wijken)) = (
        read("real/statsectoren/gent-sectors-2026.geojson"),
        read("real/wijken/stadswijken-gent-2026.geojson"),
    ) {
        for (wijk, relation, count, sum) in [
            ("Gentbrugge", Relation::Intersects, 16, 1983),
            ("Ledeberg", Relation::Intersects, 17, 1911),
            ("Binnenstad", Relation::Intersects, 27, 2809),
            ("Gentbrugge", Relation::Within, 3, 402),
            ("Ledeberg", Relation::Within, 0, 0),
            ("Binnenstad", Relation::Within, 1, 172),
        ] {
            let found = within(&sectors, &wijken, &format!("wijk = '{wijk}'"), relation);
            assert_eq!((found.len(), found.iter().sum()), (count, sum), "{wijk} {relation:?}");
        }
        assert_eq!(within(&sectors, &wijken, "", Relation::Within).len(), 55);
    }
    if let (Some(points), Some(basins)) = (
        read("real/shapefiles-vlaanderen/points_in_zwalm.shp"),
        read("real/shapefiles-vlaanderen/Riparias_BV_region.shp"),
    ) {
        assert_eq!(within(&points, &basins, "beknaam LIKE 'Mark%'", Relation::Within).len(), 1);
        assert_eq!(within(&points, &basins, "beknaam LIKE 'Zenne%'", Relation::Within).len(), 0);
        assert_eq!(within(&points, &basins, "", Relation::Disjoint).len(), 493);
    }
}

//! Conditions: what each finds is counted here by hand from the rows themselves.

use super::raw::{get, number};
use crate::fake_portal::{FakePortal, Row, Value};

fn count(portal: &FakePortal, id: &str, condition: &str) -> usize {
    let path = format!("/catalog/datasets/{id}/records?limit=1&where={condition}");
    number(&get(portal, &path).ok()["total_count"])
}

#[test]
fn conditions_find_what_counting_finds() {
    let portal = FakePortal::start();
    let id = "fietsenstallingen-gent";
    let rows = portal.rows(id);
    let by = |keep: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| keep(row)).count();
    let number = |row: &Row| if let Value::Int(number) = row[4] { Some(number) } else { None };
    let text = |row: &Row, column: usize| match &row[column] {
        Value::Text(text) => text.to_string(),
        _ => String::new(),
    };
    let point =
        |row: &Row| if let Value::Point { lon, lat } = row[0] { Some((lon, lat)) } else { None };
    let inside = |row: &Row| {
        point(row).is_some_and(|(lon, lat)| {
            (51.05..=51.06).contains(&lat) && (3.70..=3.73).contains(&lon)
        })
    };
    let cases: [(&str, usize); 16] = [
        ("capaciteit > 30", by(&|row| number(row).is_some_and(|n| n > 30))),
        ("capaciteit<=-1", 0),
        ("capaciteit = \"12\"", by(&|row| number(row) == Some(12))),
        ("capaciteit != 12", by(&|row| number(row) != Some(12))),
        ("capaciteit IS NULL", by(&|row| number(row).is_none())),
        ("capaciteit is not null", by(&|row| number(row).is_some())),
        (
            "capaciteit in [10 .. 20]",
            by(&|row| number(row).is_some_and(|n| (10..=20).contains(&n))),
        ),
        ("type IN (\"nietje\", 'rek')", by(&|row| ["nietje", "rek"].contains(&&*text(row, 3)))),
        (
            "NOT type = 'rek' AND (overdekt='True' OR capaciteit < 5)",
            by(&|row| {
                text(row, 3) != "rek"
                    && (text(row, 5) == "True" || number(row).is_some_and(|n| n < 5))
            }),
        ),
        ("straat like '%kaai'", by(&|row| text(row, 2).ends_with("kaai"))),
        (
            "straat like 'OUDE%laan'",
            by(&|row| text(row, 2).starts_with("Oude") && text(row, 2).ends_with("laan")),
        ),
        ("search(straat, \"lange linden\")", by(&|row| text(row, 2).starts_with("Lange Linden"))),
        ("startswith(straat, 'Molen')", by(&|row| text(row, 2).starts_with("Molen"))),
        ("in_bbox(geo_point_2d, 51.05, 3.70, 51.06, 3.73)", by(&|row| inside(row))),
        (
            "intersects(geo_point_2d, geom'POLYGON((3.70 51.05, 3.73 51.05, 3.73 51.06, 3.70 51.06, 3.70 51.05))')",
            by(&|row| inside(row)),
        ),
        ("`type` = 'nergens' or true", rows.len()),
    ];
    for (condition, expected) in cases {
        assert_eq!(count(&portal, id, condition), expected, "{condition}");
        assert!(expected < rows.len() || condition.ends_with("true"), "{condition} tells nothing");
    }
    let near = count(&portal, id, "within_distance(geo_point_2d, geom'POINT(3.72 51.06)', 0.5km)");
    let far = count(&portal, id, "within_distance(geo_point_2d, geom'POINT(3.72 51.06)', 900m)");
    assert!(0 < near && near < far && far < rows.len(), "{near} {far}");
}

#[test]
fn times_are_compared_as_times() {
    let portal = FakePortal::start();
    let id = "vastgesteld-bouwkundig-erfgoed-gent";
    let before = count(&portal, id, "vastgesteld_op < date'2015-01-01'");
    let after = count(&portal, id, "vastgesteld_op >= date'2015'");
    let none = count(&portal, id, "vastgesteld_op is null");
    assert_eq!(before + after + none, portal.count(id));
    assert!(before > 0 && after > 0 && none > 0);
    let path = format!("/catalog/datasets/{id}/records?refine=vastgesteld_op:2015&limit=0");
    let year = number(&get(&portal, &path).ok()["total_count"]);
    let between = "vastgesteld_op in [date'2015-01-01' .. date'2015-12-31']";
    assert_eq!(year, count(&portal, id, between));
}

#[test]
fn what_cannot_be_read_is_refused_in_the_platforms_shape() {
    let portal = FakePortal::start();
    for (condition, word) in [
        ("wijk > 'B'", "no order"),
        ("wijknr = 'een'", "cannot be compared"),
        ("wijk = ", "too early"),
        ("(wijknr = 1", "Expected )"),
        ("wijk = \"open", "quote"),
        ("wijknr ~ 1", "Unexpected character"),
        ("nonsense(wijk)", "nonsense()"),
        ("in_bbox(wijk, 1, 2, 3, 4)", "not a place"),
        ("intersects(geometry, geom'BLOB(1)')", "geometry cannot be read"),
    ] {
        let path = format!("/catalog/datasets/stadswijken-gent/records?where={condition}");
        let message = get(&portal, &path).refused(400);
        assert!(message.contains(word), "{condition}: {message}");
        assert!(message.starts_with("ODSQL query is malformed: "), "{message}");
        assert!(message.ends_with("Clause(s) containing the error(s): where."), "{message}");
    }
    let deep = format!("{}wijknr=1{}", "(".repeat(5000), ")".repeat(5000));
    let path = format!("/catalog/datasets/stadswijken-gent/records?where={deep}");
    assert!(get(&portal, &path).refused(400).contains("too deeply"));
}

#[test]
fn an_area_is_in_a_box_as_soon_as_it_touches_it() {
    let portal = FakePortal::start();
    let all = count(&portal, "stadswijken-gent", "in_bbox(geometry, 50.9, 3.5, 51.2, 4)");
    assert_eq!(all, 25);
    let middle =
        count(&portal, "stadswijken-gent", "in_bbox(geometry, 51.059, 3.719, 51.061, 3.721)");
    assert_eq!(middle, 1);
    let name = get(
        &portal,
        "/catalog/datasets/stadswijken-gent/records?where=in_bbox(geometry, 51.059, 3.719, 51.061, 3.721)",
    );
    assert_eq!(name.ok()["results"][0]["wijk"], "Binnenstad");
}

use std::io::{Read as _, Write as _};

use serde_json::Value as Json;

use super::raw::get;
use crate::fake_portal::{Change, FakePortal, Value, data};

fn records(portal: &FakePortal, id: &str, query: &str) -> Json {
    get(portal, &format!("/catalog/datasets/{id}/records?{query}")).ok()
}

fn export(portal: &FakePortal, id: &str, format: &str) -> super::raw::Reply {
    let reply = get(portal, &format!("/catalog/datasets/{id}/exports/{format}"));
    assert!(reply.whole);
    reply
}

#[test]
fn every_dataset_is_exported_completely_in_every_format_it_lists() {
    let portal = FakePortal::start();
    for id in portal.ids() {
        // Of the many tables alike, one year's; of the largest, the tests of limits say enough.
        let alike = id.contains("-per-wijk-gent-") && !id.ends_with("-2014");
        if alike || portal.count(&id) > 10_000 {
            continue;
        }
        let links = get(&portal, &format!("/catalog/datasets/{id}/exports")).ok();
        let links = links["links"].as_array().unwrap().clone();
        for format in links.iter().filter_map(|link| link["rel"].as_str()) {
            if format == "self" {
                continue;
            }
            let reply = export(&portal, &id, format);
            // A live dataset is of the moment of the last request.
            let expected = portal.count(&id);
            let found = match format {
                "geojson" => reply.json()["features"].as_array().unwrap().len(),
                "json" => reply.json().as_array().unwrap().len(),
                "jsonl" => {
                    let text = reply.text();
                    text.lines().for_each(|line| drop(serde_json::from_str::<Json>(line).unwrap()));
                    text.lines().count()
                }
                "csv" => {
                    let text = reply.text();
                    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
                    let mut reader = csv::ReaderBuilder::new();
                    let mut reader = reader.delimiter(b';').from_reader(text.as_bytes());
                    reader.records().map(Result::unwrap).count()
                }
                other => panic!("{other}"),
            };
            assert_eq!(found, expected, "{id} as {format}");
        }
    }
}

#[test]
fn a_row_is_written_as_each_format_writes_it() {
    let portal = FakePortal::start();
    let id = "stadswijken-gent";
    let row = records(&portal, id, "where=wijknr=1")["results"][0].clone();
    let (lon, lat) = (&row["geo_point_2d"]["lon"], &row["geo_point_2d"]["lat"]);
    assert_eq!(row["geometry"]["type"], "Feature");
    assert_eq!(row["geometry"]["geometry"]["type"], "Polygon");
    let whole = export(&portal, id, "geojson").json();
    let features = whole["features"].as_array().unwrap();
    let one = features.iter().find(|one| one["properties"]["wijknr"] == 1).unwrap();
    assert_eq!(one["geometry"], row["geometry"]["geometry"]);
    assert_eq!(one["properties"]["geo_point_2d"], row["geo_point_2d"]);
    assert!(one["properties"].get("geometry").is_none());
    let text = get(
        &portal,
        &format!("/catalog/datasets/{id}/exports/csv?select=naam,geo_point_2d&where=wijknr=1"),
    );
    assert_eq!(text.text(), format!("\u{feff}naam;geo_point_2d\r\nBinnenstad;{lat}, {lon}\r\n"));
    let labels = get(
        &portal,
        "/catalog/datasets/stadswijken-gent/exports/csv?use_labels=true&with_bom=false&limit=0",
    );
    assert_eq!(labels.text(), "Geo Point;Geo Shape;wijk;wijknr;naam;wijziging\r\n");
    let packed = get(&portal, &format!("/catalog/datasets/{id}/exports/json?compressed=true"));
    assert_eq!(packed.body[..2], [0x1f, 0x8b], "the file itself is gzip");
    let refused = get(&portal, &format!("/catalog/datasets/{id}/exports/shp")).refused(400);
    assert!(refused.contains("geojson"), "{refused}");
    let tableless = "/catalog/datasets/bevolkingsaantal-per-wijk-per-jaar-gent/exports/geojson";
    get(&portal, tableless).refused(400);
}

#[test]
fn rows_are_chosen_ordered_paged_and_grouped() {
    let portal = FakePortal::start();
    let id = "bevolkingsaantal-per-wijk-per-jaar-gent";
    let latest = records(
        &portal,
        id,
        "refine=jaar:2025&order_by=inwoners desc, wijk&limit=100&select=wijk, inwoners as mensen",
    );
    let latest = latest["results"].as_array().unwrap().clone();
    assert_eq!(latest.len(), 26);
    let people: Vec<i64> = latest.iter().map(|row| row["mensen"].as_i64().unwrap()).collect();
    assert!(people.is_sorted_by(|a, b| a >= b), "{people:?}");
    let groups = records(
        &portal,
        id,
        "group_by=jaar&select=count(*) as rijen, sum(inwoners) as som&order_by=jaar desc&limit=30",
    );
    assert_eq!(groups["total_count"], 27);
    assert_eq!(groups["results"][0]["jaar"], 2025);
    assert_eq!(groups["results"][0]["rijen"], 26);
    assert_eq!(
        groups["results"][0]["som"].to_string(),
        format!("{}.0", people.iter().sum::<i64>())
    );
    let counted = records(&portal, id, "select=count(*) as n");
    assert_eq!(counted["results"][0]["n"], 27 * 26);
    let mut paged = Vec::new();
    for offset in (0..702).step_by(100) {
        let page = records(&portal, id, &format!("limit=100&offset={offset}"));
        assert_eq!(page["total_count"], 702);
        paged.extend(page["results"].as_array().unwrap().clone());
    }
    let mut exported = export(&portal, id, "json").json().as_array().unwrap().clone();
    assert_ne!(paged, exported, "the order of a download is its own");
    paged.sort_by_key(Json::to_string);
    exported.sort_by_key(Json::to_string);
    assert_eq!(paged, exported, "the rows are the same");
}

#[test]
fn two_downloads_come_in_two_orders() {
    let portal = FakePortal::start();
    let names = || {
        let rows = export(&portal, "speelterreinen-gent", "json").json();
        rows.as_array().unwrap().iter().map(Json::to_string).collect::<Vec<_>>()
    };
    let (mut first, mut second) = (names(), names());
    assert_ne!(first, second);
    first.sort();
    second.sort();
    assert_eq!(first, second);
}

#[test]
fn live_data_move_and_one_answer_is_of_one_moment() {
    let portal = FakePortal::start();
    let id = "bezetting-parkeergarages-real-time";
    let processed = || {
        let about = get(&portal, &format!("/catalog/datasets/{id}")).ok();
        about["metas"]["default"]["data_processed"].as_str().unwrap().to_owned()
    };
    let (before, first) = (processed(), records(&portal, id, "limit=20"));
    let (after, second) = (processed(), records(&portal, id, "limit=20"));
    assert_ne!(first, second);
    assert!(before < after);
    portal.set_clock(crate::fake_portal::Clock::At(crate::fake_portal::beginning()));
    assert_eq!(records(&portal, id, "limit=20"), records(&portal, id, "limit=20"));
    let still = "stadswijken-gent";
    assert_eq!(records(&portal, still, "limit=100"), records(&portal, still, "limit=100"));
}

#[test]
fn what_a_test_changes_is_changed_and_moves_the_time_of_processing() {
    let portal = FakePortal::start();
    let id = "bloklocaties-gent";
    let processed = || {
        let about = get(&portal, &format!("/catalog/datasets/{id}")).ok();
        (
            about["metas"]["default"]["data_processed"].as_str().unwrap().to_owned(),
            about["metas"]["default"]["records_count"].as_u64().unwrap(),
        )
    };
    let (before, count) = processed();
    assert_eq!(count, 48);
    portal.change(id, Change::set(0, "titel", "Een andere naam"));
    portal.change(id, Change::Remove { row: 3 });
    portal.change(id, Change::Remove { row: 4 });
    let mut added = portal.rows(id)[7].clone();
    added[1] = Value::from("Een nieuwe plek");
    portal.change(id, Change::Add { row: added });
    let (after, count) = processed();
    assert!(after > before);
    assert_eq!(count, 47);
    let rows = export(&portal, id, "json").json();
    let titles: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["titel"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), 47);
    assert!(titles.contains(&"Een andere naam") && titles.contains(&"Een nieuwe plek"));
}

#[test]
fn a_million_rows_stream_and_the_first_come_at_once() {
    let portal = FakePortal::start();
    let id = data::MILLION;
    let page = records(&portal, id, "limit=2");
    assert_eq!(page["total_count"], 1_000_000);
    let some = get(&portal, &format!("/catalog/datasets/{id}/exports/jsonl?limit=3")).text();
    assert_eq!(some.lines().count(), 3);
    // All of it, as far as a client listens that hangs up after one read.
    let mut stream =
        std::net::TcpStream::connect(portal.address().strip_prefix("http://").unwrap()).unwrap();
    let path = format!("{}/catalog/datasets/{id}/exports/geojson", crate::fake_portal::BASE);
    write!(stream, "GET {path} HTTP/1.1\r\n\r\n").unwrap();
    let mut start = [0_u8; 4000];
    stream.read_exact(&mut start).unwrap();
    assert!(String::from_utf8_lossy(&start).contains("FeatureCollection"));
}

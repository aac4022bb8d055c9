//! GPX: made by hand, real and odd files, and against GDAL.

use std::path::Path;

use belfort::formats::{ReadOptions, WriteOptions, export_changes, format_by_id, layers_in, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::table::{FieldKind, GeometryKind, Table, Value};

use super::{
    assert_same_places, assert_same_values, gdal, read, read_one, read_text, table_of, whole, write,
};
use crate::support::{has_gdal, shared_data};

fn names(table: &Table) -> Vec<&str> {
    table.fields.iter().map(|field| field.name.as_str()).collect()
}

fn value<'t>(table: &'t Table, row: usize, field: &str) -> Value<'t> {
    table.value(row, table.field_index(field).unwrap_or_else(|| panic!("no {field}")))
}

fn layer<'t>(tables: &'t [Table], name: &str) -> &'t Table {
    let found = tables.iter().find(|table| table.origin.layer.as_deref() == Some(name));
    found.unwrap_or_else(|| panic!("no {name}"))
}

const RIDE: &str = r#"<?xml version="1.0"?>
<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>Rit</name><desc>Een proefrit</desc><time>2026-05-01T07:59:00Z</time></metadata>
<wpt lat="51.05" lon="3.72"><ele>9.5</ele><time>2026-05-01T08:00:00Z</time><name>007</name><sat>7</sat><link href="https://stad.gent"><text>Stad</text></link><link href="https://b.be"/><sym>Flag</sym></wpt>
<wpt lat="51.06" lon="3.73"><name>B</name></wpt>
<rte><name>Route</name><number>3</number><rtept lat="51" lon="3"><name>start</name></rtept><rtept lat="51.5" lon="3.5"/></rte>
<trk><name>Spoor</name><type>fiets</type>
<extensions><g:TrackExtension xmlns:g="urn:g"><g:DisplayColor>Red</g:DisplayColor><g:deep><g:deeper note="n">x</g:deeper></g:deep></g:TrackExtension></extensions>
<trkseg><trkpt lat="51" lon="3"><ele>1</ele><time>2026-05-01T08:00:00Z</time><extensions><g:hr>92</g:hr></extensions></trkpt>
<trkpt lat="51.1" lon="3.1"><ele>2</ele><time>2026-05-01T08:00:10Z</time><extensions><g:hr>95</g:hr><g:hr>96</g:hr></extensions></trkpt></trkseg>
<trkseg><trkpt lat="51.2" lon="3.2"><time>2026-05-01T08:01:00Z</time></trkpt><trkpt lat="x" lon="3"/></trkseg></trk>
<trk><trkseg/></trk></gpx>"#;

#[test]
fn way_points_routes_and_tracks_are_layers() {
    let tables = read_text("rit.gpx", RIDE).unwrap();
    let told: Vec<_> = tables.iter().map(|table| (table.name.as_str(), table.rows())).collect();
    assert_eq!(
        told,
        [
            ("rit waypoints", 2),
            ("rit routes", 1),
            ("rit tracks", 2),
            ("rit route_points", 2),
            ("rit track_points", 4)
        ]
    );
    let points = layer(&tables, "waypoints");
    assert_eq!(
        names(points),
        ["ele", "time", "name", "sat", "link1_href", "link1_text", "link2_href", "sym"]
    );
    assert_eq!(value(points, 0, "name"), Value::Text("007"));
    assert_eq!(
        (value(points, 0, "ele"), value(points, 0, "sat")),
        (Value::Number(9.5), Value::Integer(7))
    );
    assert_eq!(value(points, 0, "time").to_data_text(), "2026-05-01T08:00:00Z");
    let place = points.geometry.as_ref().unwrap().row(0);
    assert_eq!(gdal::numbers_of(place), [3.72, 51.05, 9.5]);
    assert_eq!(points.origin.note.as_deref(), Some("Een proefrit"));
    assert_eq!(points.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:4326"));

    let routes = layer(&tables, "routes");
    assert_eq!(value(routes, 0, "number"), Value::Integer(3));
    assert_eq!(routes.geometry.as_ref().unwrap().kinds(), [GeometryKind::LineString]);

    let tracks = layer(&tables, "tracks");
    assert_eq!(
        names(tracks),
        ["name", "type", "DisplayColor", "deeper", "deeper_note", "begin", "end"]
    );
    assert_eq!(value(tracks, 0, "DisplayColor"), Value::Text("Red"));
    assert_eq!(value(tracks, 0, "end").to_data_text(), "2026-05-01T08:01:00Z");
    let geometry = tracks.geometry.as_ref().unwrap();
    assert_eq!(geometry.kinds(), [GeometryKind::MultiLineString; 2]);
    let segments: Vec<_> =
        geometry.row(0).parts().map(|part| part.first_ring().xy().len()).collect();
    assert_eq!(segments, [2, 1]);
    assert_eq!(tracks.origin.problems.count("problem-gpx-bad-point"), 1);

    let positions = layer(&tables, "track_points");
    assert_eq!(
        names(positions),
        ["track_fid", "track_seg_id", "track_seg_point_id", "ele", "time", "hr"]
    );
    assert_eq!(value(positions, 1, "hr"), Value::Text("95; 96"));
    assert_eq!(value(positions, 2, "track_seg_id"), Value::Integer(1));
    assert_eq!(positions.origin.problems.count("problem-xml-joined"), 1);
    assert_eq!(positions.origin.problems.count("problem-bad-coordinates"), 1);
    assert_eq!(layer(&tables, "route_points").rows(), 2);
}

#[test]
fn layers_are_listed_and_chosen_by_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rit.gpx");
    std::fs::write(&path, RIDE).unwrap();
    let listed = layers_in(&path, &Watch::unwatched()).unwrap();
    let listed: Vec<_> = listed.iter().map(|it| (it.name.as_str(), it.rows.unwrap())).collect();
    let expected =
        [("waypoints", 2), ("routes", 1), ("tracks", 2), ("route_points", 2), ("track_points", 4)];
    assert_eq!(listed, expected);
    let whole = read(&path).unwrap();
    for (name, rows) in expected {
        let options = ReadOptions { layer: Some(name.to_owned()), ..ReadOptions::default() };
        let tables = open(&path, &options, &Watch::unwatched()).unwrap();
        assert_eq!((tables.len(), tables[0].rows() as u64), (1, rows));
        assert_same_values(&tables[0], layer(&whole, name));
    }
    // Positions with no more than a place and a height make no layer.
    let plain = r#"<gpx><trk><trkseg><trkpt lat="51" lon="3"><ele>1</ele></trkpt><trkpt lat="52" lon="3"/></trkseg></trk></gpx>"#;
    std::fs::write(&path, plain).unwrap();
    assert_eq!(layers_in(&path, &Watch::unwatched()).unwrap().len(), 1);
    let table = read_one(&path);
    assert_eq!((table.name.as_str(), table.rows(), table.fields.len()), ("rit", 1, 0));
}

#[test]
fn a_track_that_breaks_off_keeps_its_positions() {
    let cut = &RIDE[..RIDE.find("<trkpt lat=\"51.2\"").unwrap() + 30];
    let tables = read_text("rit.gpx", cut).unwrap();
    let tracks = layer(&tables, "tracks");
    assert_eq!(tracks.geometry.as_ref().unwrap().row(0).xy(), [[3.0, 51.0], [3.1, 51.1]]);
    assert_eq!(layer(&tables, "track_points").rows(), 2);
    assert_eq!(tables[0].origin.problems.count("problem-xml-cut-off"), 1);
    for (text, id) in
        [("<html/>", "error-not-gpx"), ("", "error-not-gpx"), ("<gpx><wpt", "error-xml")]
    {
        let error = read_text("a.gpx", text).unwrap_err();
        assert_eq!(error.what.id, id, "{text}");
    }
    assert_eq!(read_text("a.gpx", "<gpx></gpx>").unwrap()[0].rows(), 0);
}

/// File and rows by layer.
const ODD: &[(&str, &[(&str, usize)])] = &[
    ("blue_hills", &[("waypoints", 46), ("tracks", 3), ("track_points", 1243)]),
    ("multitrackgpx", &[("tracks", 3), ("track_points", 117)]),
    ("test_gpx", &[("tracks", 1), ("track_points", 19)]),
    ("unique_trkpt", &[("tracks", 1), ("track_points", 1)]),
];

#[test]
fn odd_files_open_with_their_layers() {
    for (name, expected) in ODD {
        let Some(path) = shared_data(&format!("odd/kml-gpx/{name}.gpx")) else { return };
        let tables = read(&path).unwrap();
        let told: Vec<_> = tables
            .iter()
            .map(|table| (table.origin.layer.as_deref().unwrap(), table.rows()))
            .collect();
        assert_eq!(told, *expected, "{name}");
        for problem in tables.iter().flat_map(|table| &table.origin.problems) {
            for language in Language::ALL {
                assert!(!problem.text(language).contains("problem-"), "{problem:?}");
            }
        }
    }
}

/// GDAL reads the same places and values; its heights are a column, and moments it writes in a
/// form of its own.
#[test]
fn gdal_reads_the_same() {
    if !has_gdal() {
        return;
    }
    for (name, layers) in ODD {
        let Some(path) = shared_data(&format!("odd/kml-gpx/{name}.gpx")) else { return };
        let tables = read(&path).unwrap();
        for (layer_name, _) in *layers {
            let table = layer(&tables, layer_name);
            let what = format!("{name} {layer_name}");
            // Heights in the geometry only when asked for, as a setting.
            let options = ["--config", "GPX_ELE_AS_25D", "YES"];
            let features = gdal::features(&path, Some(layer_name), &options);
            assert_eq!(features.len(), table.rows(), "{what}");
            for (row, feature) in features.iter().enumerate() {
                let mut theirs = Vec::new();
                gdal::numbers(&feature["geometry"], &mut theirs);
                let place = table.geometry.as_ref().unwrap().row(row);
                let mut ours = gdal::numbers_of(place);
                if place.kind() != GeometryKind::Point {
                    // In a line GDAL has no height as 0.
                    ours.clear();
                    for ring in place.parts().map(|part| part.first_ring()) {
                        for (at, [x, y]) in ring.xy().iter().enumerate() {
                            let z = ring.z().get(at).copied().filter(|z| z.is_finite());
                            ours.extend([*x, *y, z.unwrap_or(0.0)]);
                        }
                    }
                }
                assert_eq!(theirs, ours, "{what}, row {row}");
                let properties = feature["properties"].as_object().unwrap();
                for (field, theirs) in properties {
                    let Some(at) = table.field_index(field) else {
                        assert!(
                            theirs.is_null() || field.contains('_'),
                            "{what}: {field} {theirs}"
                        );
                        continue;
                    };
                    if field == "time" {
                        continue;
                    }
                    let ours = table.value(row, at);
                    match theirs {
                        serde_json::Value::Null => {
                            assert!(ours.is_null(), "{what}: {field} {ours:?}");
                        }
                        serde_json::Value::Number(number) => {
                            assert_eq!(
                                Some(number.as_f64().unwrap()),
                                ours.to_data_text().parse().ok()
                            );
                        }
                        theirs => assert_eq!(
                            theirs.as_str(),
                            Some(&*ours.to_data_text()),
                            "{what}: {field}"
                        ),
                    }
                }
            }
        }
    }
}

fn points() -> Table {
    table_of(
        "punten.geojson",
        r#"[{"type":"Feature","id":1,"properties":{"naam":"A & B","n":1,"d":2.5,"b":true,"dag":"2026-01-31","time":"2026-01-31T10:00:00Z","j":{"a":1},"Straat naam":"","code":"12","sat":5},
            "geometry":{"type":"Point","coordinates":[3.7,51.05,9.5]}},
            {"type":"Feature","id":2,"properties":{"naam":"C","n":-1,"d":1e-7,"b":false,"dag":null,"time":null,"j":null,"Straat naam":" x ","code":"7","sat":null},
            "geometry":{"type":"Point","coordinates":[3.8,51.06]}}]"#,
    )
}

fn lines() -> Table {
    table_of(
        "lijnen.geojson",
        r#"[{"type":"Feature","properties":{"name":"L","number":4},"geometry":{"type":"MultiLineString","coordinates":[[[3,51,1],[3.1,51.1,2]],[[4,52,3],[4.1,52.1,4]]]}}]"#,
    )
}

fn assert_holds_values(a: &Table, b: &Table) {
    let columns: Vec<usize> = a
        .fields
        .iter()
        .map(|field| b.field_index(&field.name).unwrap_or_else(|| panic!("{}", field.name)))
        .collect();
    assert_same_values(a, &b.select_columns(&columns));
}

#[test]
fn written_files_read_back() {
    let folder = tempfile::tempdir().unwrap();
    for table in [points(), lines()] {
        let path = folder.path().join("uit.gpx");
        write(&table, &path);
        let back = read_one(&path);
        assert_holds_values(&table, &back);
        assert_same_places(&table, &back);
        for field in &table.fields {
            let found = &back.fields[back.field_index(&field.name).unwrap()];
            assert_eq!(found.kind, field.kind, "{}", field.name);
        }
    }
    let told = export_changes(&whole(&points(), Path::new("uit.gpx")));
    let kinds: Vec<_> = told.iter().map(belfort::problem::Problem::kind).collect();
    assert_eq!(kinds, ["ids-dropped"]);
}

#[test]
fn what_gpx_does_not_know_is_told() {
    let odd = table_of(
        "a.geojson",
        r#"[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
            {"type":"Feature","properties":{},"geometry":{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}},
            {"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]}},
            {"type":"Feature","properties":{},"geometry":null}]"#,
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("uit.gpx");
    let report = write(&odd, &path);
    for id in ["gpx-rings", "gpx-points", "gpx-collection-split", "rows-not-written"] {
        assert_eq!(report.problems.count(&format!("problem-{id}")), 1, "{id}");
    }
    assert_eq!((report.read, report.written, report.dropped), (4, 3, 1));
    let tables = read(&path).unwrap();
    let told: Vec<_> = tables.iter().map(Table::rows).collect();
    assert_eq!(told, [3, 2]);
}

/// Tracks read with their positions are written with the moments of these.
#[test]
fn tracks_keep_the_moments_of_their_positions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rit.gpx");
    std::fs::write(&path, RIDE).unwrap();
    let tables = read(&path).unwrap();
    let out = folder.path().join("uit.gpx");
    let write = format_by_id("gpx").unwrap().write_several.unwrap();
    let all: Vec<&Table> =
        tables.iter().filter(|it| it.origin.layer.as_deref() != Some("route_points")).collect();
    write(&all, &out, &WriteOptions::default(), &Watch::unwatched()).unwrap();
    let again = read(&out).unwrap();
    for name in ["waypoints", "routes"] {
        assert_holds_values(layer(&tables, name), layer(&again, name));
    }
    // The track without a position is not written.
    let (before, after) = (layer(&tables, "tracks"), layer(&again, "tracks"));
    assert_eq!((before.rows(), after.rows()), (2, 1));
    for field in names(before) {
        assert_eq!(value(before, 0, field), value(after, 0, field), "{field}");
    }
    let (before, after) = (layer(&tables, "track_points"), layer(&again, "track_points"));
    // The position without a place is not written.
    assert_eq!((before.rows(), after.rows()), (4, 3));
    for field in ["time", "hr", "track_fid", "track_seg_id", "ele"] {
        for row in 0..3 {
            assert_eq!(value(before, row, field), value(after, row, field), "{field}");
        }
    }
    // By themselves they make tracks as well.
    write(&[before], &out, &WriteOptions::default(), &Watch::unwatched()).unwrap();
    let alone = read(&out).unwrap();
    assert_eq!(layer(&alone, "tracks").geometry.as_ref().unwrap().row(0).parts().len(), 2);
    assert!(matches!(layer(&alone, "track_points").fields[3].kind, FieldKind::Number));
    let path = Path::new("x.gpx");
    assert_eq!(export_changes(&whole(before, path)).count("problem-gpx-track-points"), 4);
}

/// GDAL reads what Belfort wrote.
#[test]
fn gdal_reads_what_is_written() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("uit.gpx");
    let write = format_by_id("gpx").unwrap().write_several.unwrap();
    write(&[&lines(), &points()], &path, &WriteOptions::default(), &Watch::unwatched()).unwrap();
    let options = ["--config", "GPX_ELE_AS_25D", "YES"];
    let found = gdal::features(&path, Some("waypoints"), &options);
    let properties = &found[0]["properties"];
    assert_eq!((&properties["name"], &properties["sat"]), (&"A & B".into(), &5.into()));
    assert_eq!(
        (&properties["belfort_n"], &properties["belfort_naam"]),
        (&1.into(), &"A & B".into())
    );
    assert_eq!(found[1]["geometry"]["coordinates"][1], 51.06);
    let found = gdal::features(&path, Some("tracks"), &options);
    gdal::assert_same_places("tracks", &found, &lines());
    assert_eq!(found[0]["properties"]["number"], 4);
}

//! TopoJSON: made by hand, and the real file in Lambert 2008 against GDAL.

use belfort::formats::{ReadOptions, format_of, layers_in, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::table::{GeometryKind, Table, Value};

use super::{gdal, read, read_one, read_text, table_of};
use crate::support::{has_gdal, shared_data};

/// Two squares that share a side, and a point, in tenths from 3, 51.
const SQUARES: &str = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[3,51]},
  "objects":{"vlakken":{"type":"GeometryCollection","geometries":[
    {"type":"Polygon","arcs":[[0,1]],"id":"a","properties":{"naam":"links","n":1}},
    {"type":"Polygon","arcs":[[-1,2]],"properties":{"naam":"rechts"}},
    {"type":"Polygon","arcs":[[9]],"properties":{"naam":"nergens"}},
    {"type":null,"properties":{"naam":"leeg"}},
    {"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","arcs":[1]}]}]},
   "punt":{"type":"Point","coordinates":[5,5]}},
  "arcs":[[[1,0],[0,1]],[[1,1],[-1,0],[0,-1],[1,0]],[[1,0],[1,0],[0,1],[-1,0]]]}"#;

fn near(xy: &[[f64; 2]], expected: &[[f64; 2]]) {
    assert_eq!(xy.len(), expected.len());
    for ([x, y], [a, b]) in xy.iter().zip(expected) {
        assert!((x - a).abs() < 1e-9 && (y - b).abs() < 1e-9, "{xy:?}");
    }
}

#[test]
fn objects_are_layers_of_arcs_joined_and_turned() {
    let tables = read_text("a.topojson", SQUARES).unwrap();
    let told: Vec<_> = tables.iter().map(|table| (table.name.as_str(), table.rows())).collect();
    assert_eq!(told, [("vlakken", 5), ("punt", 1)]);
    let table = &tables[0];
    assert_eq!((table.origin.format, table.origin.layer.as_deref()), ("topojson", Some("vlakken")));
    let geometry = table.geometry.as_ref().unwrap();
    let kinds = [
        GeometryKind::Polygon,
        GeometryKind::Polygon,
        GeometryKind::Null,
        GeometryKind::Null,
        GeometryKind::GeometryCollection,
    ];
    assert_eq!(geometry.kinds(), kinds);
    near(geometry.row(0).xy(), &[[3.1, 51.0], [3.1, 51.1], [3.0, 51.1], [3.0, 51.0], [3.1, 51.0]]);
    near(geometry.row(1).xy(), &[[3.1, 51.1], [3.1, 51.0], [3.2, 51.0], [3.2, 51.1], [3.1, 51.1]]);
    assert_eq!(geometry.row(4).members().count(), 2);
    near(tables[1].geometry.as_ref().unwrap().row(0).xy(), &[[3.5, 51.5]]);
    assert_eq!((table.value(0, 0), table.value(1, 1)), (Value::Text("links"), Value::Null));
    assert!(table.ids.is_some());
    assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:4326"));
    let problems = &table.origin.problems;
    assert_eq!(problems.count("problem-bad-coordinates"), 1);
    assert_eq!(problems.count("problem-no-geometry"), 1);
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn layers_are_listed_and_chosen() {
    let folder = tempfile::tempdir().unwrap();
    // Recognised by what it is, whatever it is called.
    let path = folder.path().join("a.json");
    std::fs::write(&path, SQUARES).unwrap();
    assert_eq!(format_of(&path).unwrap().id, "topojson");
    let listed = layers_in(&path, &Watch::unwatched()).unwrap();
    let listed: Vec<_> = listed.iter().map(|it| (it.name.as_str(), it.rows)).collect();
    assert_eq!(listed, [("vlakken", Some(5)), ("punt", Some(1))]);
    let options = ReadOptions { layer: Some("punt".to_owned()), ..ReadOptions::default() };
    let one = open(&path, &options, &Watch::unwatched()).unwrap();
    assert_eq!((one.len(), one[0].name.as_str()), (1, "punt"));
}

#[test]
fn without_transform_arcs_are_as_they_stand() {
    let text = r#"{"type":"Topology","arcs":[[[104700,193800,5],[104800,193900,6]]],
        "objects":{"l":{"type":"MultiLineString","arcs":[[0],[-1]]}}}"#;
    let table = table_of("a.topojson", text);
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!(geometry.row(0).xy()[0], [104_700.0, 193_800.0]);
    assert_eq!(geometry.row(0).xy()[2], [104_800.0, 193_900.0]);
    assert_eq!(geometry.row(0).parts().next().unwrap().first_ring().z(), [5.0, 6.0]);
    let crs = table.crs.as_ref().unwrap();
    assert_eq!((crs.crs.code.as_deref(), crs.how.code()), (Some("EPSG:31370"), "guess"));
    assert_eq!((table.name.as_str(), table.origin.layer.as_deref()), ("l", None));
}

#[test]
fn what_is_no_topology_fails_by_name() {
    for (text, id) in [
        (r#"{"type":"Topology"}"#, "error-not-topojson"),
        (r#"{"type":"FeatureCollection","objects":{"a":{}}}"#, "error-not-topojson"),
        (
            r#"{"type":"Topology","transform":{"scale":1},"objects":{"a":{}}}"#,
            "error-topojson-transform",
        ),
        (r#"{"type":"Topology","arcs":[[[0,0]"#, "error-bad-json"),
        ("", "error-file-empty"),
    ] {
        let error = read_text("a.topojson", text).unwrap_err();
        assert_eq!(error.what.id, id, "{text}");
        for language in Language::ALL {
            let told = error.text(language);
            assert!(!told.contains("error-") && !told.contains("remedy-"), "{told}");
        }
    }
    // A topology that says so at its very end.
    let late = format!(r#"{{"objects":{{}},"x":"{}","type":"Topology"}}"#, "x".repeat(5000));
    assert_eq!(read_text("a.json", late).unwrap_err().what.id, "error-topojson-by-name");
}

/// A file of some kilobytes whose shapes would fill the memory.
#[test]
fn one_arc_used_without_end_is_refused() {
    let arc = "[0,0],".repeat(5_000);
    let uses = "0,".repeat(5_000);
    let row = format!(r#"{{"type":"LineString","arcs":[{uses}0]}}"#);
    let text = format!(
        r#"{{"type":"Topology","arcs":[[{arc}[1,1]]],"objects":{{"l":{{"type":"GeometryCollection","geometries":[{row},{row}]}}}}}}"#
    );
    let error = read_text("a.topojson", text).unwrap_err();
    assert_eq!(error.what.id, "error-topojson-arcs");
}

/// Provinces of Belgium in Lambert 2008: GDAL reads the same coordinates, and they lie in Belgium.
#[test]
fn the_provinces_land_in_belgium() {
    let Some(path) = shared_data("odd/geojson-edge/lambert2008.topojson") else { return };
    let table: Table = read_one(&path);
    assert_eq!((table.rows(), table.name.as_str()), (11, "layer"));
    let crs = table.crs.as_ref().unwrap();
    assert_eq!((crs.crs.code.as_deref(), crs.how.code()), (Some("EPSG:3812"), "guess"));
    let extent = table.extent().unwrap();
    assert!(extent.min_x > 475_000.0 && extent.max_y < 810_000.0, "{extent:?}");
    assert_eq!(table.origin.problems.count("problem-crs-guessed"), 1);
    let name = table.field_index("NameDUT").unwrap();
    assert_eq!(table.value(0, name), Value::Text("Brussels Hoofdstedelijk Gewest"));
    assert_eq!(read(&path).unwrap().len(), 1);
    if has_gdal() {
        let features = gdal::features(&path, None, &[]);
        gdal::assert_same_places("provinces", &features, &table);
        for (row, feature) in features.iter().enumerate() {
            assert_eq!(feature["properties"]["NameDUT"], table.value(row, name).to_data_text());
        }
    }
}

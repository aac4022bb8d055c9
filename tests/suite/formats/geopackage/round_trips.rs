//! What is written is read again, and what is not is told.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, Date32Array, Float64Array, Int64Array, StringArray, TimestampMillisecondArray,
};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::formats::{Export, WriteOptions, export_several, format_by_id, layers_in, wkt};
use belfort::jobs::Watch;
use belfort::table::{DateTimeForm, Field, FieldKind, Offset, Table, Value};
use rusqlite::Connection;

use super::made::{Dice, GEOMETRIES, geometries, points, table};
use super::{ids, read, read_layer, read_one, write};
use crate::formats::{assert_same_values, whole};

fn texts(table: &Table) -> Vec<String> {
    table.geometry.as_ref().unwrap().iter().map(wkt::text).collect()
}

fn numbers_of(table: &Table) -> Vec<i64> {
    let ids = table.ids.as_ref().unwrap();
    ids.as_any().downcast_ref::<Int64Array>().unwrap().values().to_vec()
}

/// SQLite finds nothing wrong with a file, nor with its index.
fn assert_sound(path: &Path, index: Option<&str>) {
    let connection = Connection::open(path).unwrap();
    let ask = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(ask("PRAGMA integrity_check"), "ok");
    let wrong = connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap();
    assert!(!wrong);
    if let Some(index) = index {
        assert_eq!(ask(&format!("SELECT rtreecheck('main', '{index}')")), "ok");
    }
}

#[test]
fn any_table_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alles.gpkg");
    for (seed, rows) in [(1, 0), (2, 1), (3, 40), (4, 60), (5, 300), (6, 9_000)] {
        let source = table(&mut Dice(seed), rows);
        let report = write(&source, &path);
        assert!(report.problems.is_empty(), "{:?}", report.problems);
        assert_eq!(report.outputs, std::slice::from_ref(&path));
        assert_sound(&path, Some("rtree_alles_geom"));
        let back = read_one(&path);
        // Every moment needs milliseconds or none does: a form for the column all the same.
        let moment = source.field_index("moment").unwrap();
        for (at, (a, b)) in source.fields.iter().zip(&back.fields).enumerate() {
            assert_eq!(a.name, b.name);
            assert!(a.kind == b.kind || at == moment, "{a:?} {b:?}");
        }
        for row in 0..rows {
            for at in 0..source.fields.len() {
                match (source.value(row, at), back.value(row, at)) {
                    (Value::DateTime(a, _), Value::DateTime(b, _)) => assert_eq!(a, b),
                    (a, b) => assert_eq!(a, b, "row {row}, {}", source.fields[at].name),
                }
            }
        }
        assert_eq!(texts(&source), texts(&back));
        assert_eq!(numbers_of(&back), (1..=i64::try_from(rows).unwrap()).collect::<Vec<_>>());
        let crs = back.crs.as_ref();
        assert_eq!(crs.map(|crs| crs.how), Some(HowFound::File));
        assert_eq!(crs.and_then(|crs| crs.crs.code.as_deref()), Some("EPSG:31370"));
        let placeless = source.geometry.as_ref().unwrap().missing() as u64;
        assert_eq!(back.origin.problems.count("problem-no-geometry"), placeless);
        assert_eq!(back.origin.problems.len(), usize::from(placeless > 0));
        // And once more, now with numbers of its own.
        let report = write(&back, &path);
        assert!(report.problems.is_empty(), "{:?}", report.problems);
        let again = read_one(&path);
        assert_same_values(&back, &again);
        assert_eq!(
            format!("{:?}{:?}", back.ids, back.crs),
            format!("{:?}{:?}", again.ids, again.crs)
        );
    }
}

/// One type of geometry a layer: it is declared as that type, with its dimensions.
#[test]
fn types_of_geometry_are_declared() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let declared = |texts: &[&str]| {
        let geometry = geometries(texts.iter().copied());
        let made = Table::new("a", texts.len(), vec![], vec![], Some(geometry)).unwrap();
        write(&made, &path);
        let connection = Connection::open(&path).unwrap();
        let sql = "SELECT geometry_type_name, z, m FROM gpkg_geometry_columns";
        connection
            .query_row(sql, [], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
            })
            .unwrap()
    };
    for text in GEOMETRIES {
        let name = text.split([' ', '(']).next().unwrap();
        let (found, z, m) = declared(&[text]);
        let word = text.split(' ').nth(1).unwrap();
        assert_eq!(
            (found.as_str(), z, m),
            (name, i64::from(word.starts_with('Z')), i64::from(word.ends_with('M')))
        );
    }
    assert_eq!(declared(&["POINT Z (1 2 3)", "POINT (1 2)", ""]), ("POINT".to_owned(), 2, 0));
    assert_eq!(declared(&["POINT (1 2)", "MULTIPOINT ((1 2))"]), ("GEOMETRY".to_owned(), 0, 0));
    assert_eq!(declared(&["", ""]), ("GEOMETRY".to_owned(), 0, 0));
}

#[test]
fn several_layers_in_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stad.gpkg");
    let mut first = points("bomen", 5000);
    first.origin.note = Some("Voorbeelddata, niet officieel".to_owned());
    let mut second = points("Bomen", 3);
    second.crs = Some(LayerCrs::new(Crs::wgs84(), HowFound::Chosen));
    let names: ArrayRef = Arc::new(StringArray::from(vec!["Brugge", "Gent"]));
    let third =
        Table::new("steden", 2, vec![Field::new("naam", FieldKind::Text)], vec![names], None);
    let third = third.unwrap();
    let tables = [&first, &second, &third];
    let exports: Vec<Export<'_>> = tables.iter().map(|table| whole(table, &path)).collect();
    let reports = export_several(&exports, &path, &Watch::unwatched()).unwrap();
    assert_eq!(reports.iter().map(|report| report.written).collect::<Vec<_>>(), [5000, 3, 2]);
    assert_eq!(reports[1].problems.count("problem-layer-renamed"), 1);
    assert_sound(&path, Some("rtree_bomen_geom"));

    let listed = layers_in(&path, &Watch::unwatched()).unwrap();
    let found: Vec<_> =
        listed.iter().map(|layer| (layer.name.as_str(), layer.rows, layer.has_place)).collect();
    let second_name = found[1].0;
    assert_eq!(found[0], ("bomen", Some(5000), Some(true)));
    assert_eq!(found[1], (second_name, Some(3), Some(true)));
    assert_eq!(found[2], ("steden", Some(2), Some(false)));

    let back = read(&path).unwrap();
    assert_eq!(back.len(), 3);
    for (source, back) in tables.iter().zip(&back) {
        assert_same_values(source, back);
        assert_eq!(source.geometry, back.geometry);
        assert_eq!(back.origin.format, "geopackage");
    }
    assert_eq!(back[0].origin.note, first.origin.note);
    assert_eq!(back[1].crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:4326"));
    assert!(back[2].crs.is_none() && back[2].geometry.is_none());

    let one = read_layer(&path, "steden").unwrap();
    assert_eq!((one.rows(), one.origin.layer.as_deref()), (2, Some("steden")));
    let error = read_layer(&path, "straten").unwrap_err();
    assert_eq!(error.what.id, "error-no-layer");
    assert!(error.to_string().contains("bomen, "), "{error}");
}

#[test]
fn labels_and_descriptions_of_fields_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let mut source = points("a", 2);
    source.fields[0].label = Some("Nummer van de boom".to_owned());
    source.fields[0].description = Some("Zoals op het plaatje".to_owned());
    write(&source, &path);
    let back = read_one(&path);
    assert_eq!(back.fields, source.fields);
}

#[test]
fn what_changes_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let form =
        |offset| FieldKind::DateTime(DateTimeForm { separator: ' ', fraction: None, offset });
    let moments: ArrayRef =
        Arc::new(TimestampMillisecondArray::from(vec![Some(1_646_128_800_000), None]));
    let brussels = Offset::Minutes { minutes: 60, colon: true };
    let columns: Vec<(&str, FieldKind, ArrayRef)> = vec![
        ("naam", FieldKind::Text, Arc::new(StringArray::from(vec!["a\0b", "c"]))),
        ("NAAM", FieldKind::Text, Arc::new(StringArray::from(vec!["d", "e"]))),
        ("", FieldKind::Number, Arc::new(Float64Array::from(vec![f64::NAN, 2.0]))),
        ("dag", FieldKind::Date, Arc::new(Date32Array::from(vec![3_000_000, 0]))),
        ("lokaal", form(Offset::None), Arc::clone(&moments)),
        ("brussel", form(brussels), moments),
        ("fid", FieldKind::Integer, Arc::new(Int64Array::from(vec![7, 7]))),
        ("geom", FieldKind::Integer, Arc::new(Int64Array::from(vec![8, 8]))),
    ];
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) =
        columns.into_iter().map(|(name, kind, array)| (Field::new(name, kind), array)).unzip();
    let mut geometry = geometries(["POLYGON ((0 0, 4 0, 4 4))", "POINT (1 2)"]);
    geometry = geometry.map_xy(|xy| xy[3] = [f64::INFINITY, 2.0]);
    let mut source = Table::new("gpkg_x", 2, fields, arrays, Some(geometry)).unwrap();
    source.ids = Some(Arc::new(StringArray::from(vec!["b", "a"])));
    let report = write(&source, &path);
    let told: BTreeSet<&str> = ids(&report.problems).into_iter().collect();
    let expected = [
        "problem-layer-renamed",
        "problem-geopackage-field-name",
        "problem-geopackage-nul",
        "problem-geopackage-nan",
        "problem-geopackage-bad-date",
        "problem-geopackage-as-utc",
        "problem-geopackage-to-utc",
        "problem-geopackage-ids",
        "problem-geopackage-no-crs",
        "problem-ring-closed",
        "problem-position-not-finite",
    ];
    assert_eq!(told, expected.into_iter().collect());

    let back = read_one(&path);
    assert_eq!(back.name, "layer_gpkg_x");
    let names: Vec<&str> = back.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(
        names,
        ["id", "naam", "NAAM_2", "field_3", "dag", "lokaal", "brussel", "fid", "geom"]
    );
    let row = |row: usize| (0..9).map(|at| back.value(row, at).to_data_text()).collect::<Vec<_>>();
    let lokaal = "2022-03-01T10:00:00Z";
    assert_eq!(row(0), ["b", "a\0b", "d", "", "", lokaal, lokaal, "7", "8"]);
    assert_eq!(row(1), ["a", "c", "e", "2", "1970-01-01", "", "", "7", "8"]);
    assert_eq!(numbers_of(&back), [1, 2]);
    assert_eq!(texts(&back), ["POLYGON ((0 0, 4 0, 4 4, 0 0))", ""]);
    assert!(back.crs.is_none());
}

/// Numbers that go up are the rows' own; others would put the rows in another order.
#[test]
fn the_order_of_rows_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let mut source = points("a", 3);
    source.ids = Some(Arc::new(Int64Array::from(vec![-5, 7, 1 << 50])));
    assert!(write(&source, &path).problems.is_empty());
    assert_eq!(numbers_of(&read_one(&path)), [-5, 7, 1 << 50]);
    assert_sound(&path, Some("rtree_a_geom"));
    source.ids = Some(Arc::new(Int64Array::from(vec![9, 7, 8])));
    assert_eq!(write(&source, &path).problems.count("problem-geopackage-ids"), 3);
    let back = read_one(&path);
    assert_eq!(numbers_of(&back), [1, 2, 3]);
    assert_eq!(back.value(0, 0), Value::Integer(9));
    assert_eq!(back.geometry, source.geometry);
}

/// Systems with and without a number of their own.
#[test]
fn any_reference_system_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let own = Crs::from_wkt(
        r#"PROJCS["Eigen raster",GEOGCS["BD72",DATUM["Reseau_National_Belge_1972",SPHEROID["International 1924",6378388,297]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",51],PARAMETER["central_meridian",3.7],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]"#,
    );
    let own = own.unwrap();
    assert_eq!(own.code, None);
    let from = |code: &str| Crs::from_code(code).unwrap();
    for crs in [own, from("EPSG:25831"), from("ESRI:102110"), from("EPSG:5516"), from("OGC:CRS84")]
    {
        let mut source = points("a", 3);
        source.crs = Some(LayerCrs::new(crs.clone(), HowFound::Chosen));
        assert!(write(&source, &path).problems.is_empty());
        let back = read_one(&path);
        let found = &back.crs.as_ref().unwrap().crs;
        assert_eq!((&found.code, &found.name), (&crs.code, &crs.name));
        assert_eq!(back.geometry, source.geometry);
    }
}

#[test]
fn an_older_file_and_what_stood_beside_it_make_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    std::fs::write(&path, "old").unwrap();
    std::fs::write(folder.path().join("a.gpkg-wal"), "old").unwrap();
    let watch = Watch::default();
    watch.cancel();
    let source = points("a", 10_000);
    let error = belfort::formats::export(&whole(&source, &path), &path, &watch).unwrap_err();
    assert!(error.is_cancelled());
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    write(&source, &path);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(read_one(&path).rows(), 10_000);
}

#[test]
fn too_many_fields_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let count = 2000;
    let fields = (0..count).map(|at| Field::new(format!("f{at}"), FieldKind::Integer)).collect();
    let column: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let wide = Table::new("a", 1, fields, vec![column; count], None).unwrap();
    let format = format_by_id("geopackage").unwrap();
    let write = format.write.unwrap();
    let error = write(&wide, &path, &WriteOptions::default(), &Watch::unwatched()).unwrap_err();
    assert_eq!(error.what.id, "geopackage-error-too-many-fields");
    assert!(!path.exists());
}

/// The command line goes by the extension, and asks for a layer by its name.
#[test]
fn the_command_line_converts() {
    let folder = crate::cli::folder_with_places();
    let document = |arguments: &[&str]| crate::cli::document(folder.path(), arguments);
    let done = document(&[
        "convert",
        "plaatsen.geojson",
        "plaatsen.gpkg",
        "--crs",
        "EPSG:31370",
        "--json",
    ]);
    assert_eq!(done["written"], 3, "{done}");
    let found = document(&["info", "plaatsen.gpkg", "--json"]);
    let layer = &found["layers"][0];
    assert_eq!(layer["format"], "geopackage");
    assert_eq!(layer["features"], 3, "{layer}");
    assert_eq!(layer["crs"]["code"], "EPSG:31370", "{layer}");
    let path = folder.path().join("twee.gpkg");
    let tables = [points("een", 4), points("twee", 7)];
    let exports: Vec<Export<'_>> = tables.iter().map(|table| whole(table, &path)).collect();
    export_several(&exports, &path, &Watch::unwatched()).unwrap();
    let found = document(&["info", "twee.gpkg", "--json"]);
    assert_eq!(found["layers"].as_array().unwrap().len(), 2);
    let done = document(&["convert", "twee.gpkg", "twee.geojson", "--layer", "twee", "--json"]);
    assert_eq!(done["written"], 7, "{done}");
}

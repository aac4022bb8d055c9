//! GeoParquet: files of others, round trips, and pyarrow, shapely and geopandas as oracles.

use std::path::Path;
use std::time::Instant;

use belfort::formats::{ReadOptions, Within, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::table::{Extent, FieldKind, GeometryBuilder, GeometryKind, PartKind, Table, Value};

use super::columnar::{DIMENSIONS, Dice, KINDS, made, python};
use super::{read, read_one, whole, write};
use crate::support::shared_data;

fn texts(table: &Table, field: &str) -> Vec<String> {
    let at = table.field_index(field).unwrap_or_else(|| panic!("no field {field}"));
    (0..table.rows()).map(|row| table.value(row, at).to_data_text()).collect()
}

fn kind(table: &Table, field: &str) -> FieldKind {
    table.fields[table.field_index(field).unwrap()].kind
}

fn problem_ids(table: &Table) -> Vec<&'static str> {
    table.origin.problems.iter().map(|problem| problem.id).collect()
}

#[test]
fn native_points_and_nested_values_of_odd_files() {
    let Some(path) = shared_data("odd/gpkg-parquet/data-point-encoding_native.parquet") else {
        return;
    };
    let table = read_one(&path);
    // As pyarrow 15, which wrote it, shows them: a point, one of NaN, none, and another.
    let geometry = table.geometry.as_ref().unwrap();
    let kinds = [GeometryKind::Point, GeometryKind::Point, GeometryKind::Null, GeometryKind::Point];
    assert_eq!(geometry.kinds(), kinds);
    assert_eq!((geometry.row(0).xy(), geometry.row(1).xy()), (&[[30.0, 10.0]][..], &[][..]));
    assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:4326"));
    assert_eq!(texts(&table, "col"), ["0", "1", "2", "3"]);

    let lists = read_one(&shared_data("odd/gpkg-parquet/list_field_values_file.parquet").unwrap());
    assert_eq!(lists.geometry.as_ref().unwrap().row(0).xy(), [[1.0, 1.0]]);
    assert_eq!(kind(&lists, "list_string_with_null"), FieldKind::Json);
    let json = texts(&lists, "list_string_with_null");
    assert_eq!(&json[..3], ["[\"string1\",null]", "[\"string3\",\"string4\",\"\"]", "[]"]);
    let records =
        read_one(&shared_data("odd/gpkg-parquet/list_nested_struct_file.parquet").unwrap());
    assert_eq!(texts(&records, "col_struct")[0], "{\"a\":1,\"b\":2}");
    assert_eq!(texts(&records, "col_nested")[0], "[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2}]");
}

/// Everything comes back as it was, in the same order, and nothing is told.
#[test]
fn a_round_trip_keeps_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gemaakt.parquet");
    for (seed, kinds) in (31..).zip(KINDS) {
        for dimensions in DIMENSIONS {
            for gaps in [false, true] {
                let table = made(kinds, dimensions, 40, gaps, seed);
                let report = write(&table, &path);
                assert!(report.problems.is_empty(), "{:?}", report.problems);
                let back = read_one(&path);
                let missing = table.geometry.as_ref().unwrap().missing() as u64;
                assert_eq!(back.origin.problems.count("problem-no-geometry"), missing);
                assert_eq!(back.origin.problems.len(), usize::from(missing > 0));
                assert_eq!(back.fields, table.fields);
                assert_eq!(back.crs, table.crs);
                assert_eq!(back.name, "gemaakt");
                assert_eq!(format!("{:?}", back.columns), format!("{:?}", table.columns));
                // NaN is not equal to itself; its text is.
                let places = |table: &Table| format!("{:?}", table.geometry);
                assert_eq!(places(&back), places(&table), "{kinds:?} {dimensions:?}");
            }
        }
    }
}

#[test]
fn empty_places_names_notes_and_no_places_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let mut builder = GeometryBuilder::new();
    for kind in [GeometryKind::Point, GeometryKind::Polygon, GeometryKind::GeometryCollection] {
        builder.begin_row(kind);
        builder.end_row();
    }
    builder.push_null();
    let table = made(KINDS[0], (false, false), 4, false, 1);
    let table = table.with_geometry(Some(builder.finish().unwrap()));
    let mut job = whole(&table, &path);
    job.options.note = Some("Voorbeelddata, niet officieel".to_owned());
    belfort::formats::export(&job, &path, &Watch::unwatched()).unwrap();
    let back = read_one(&path);
    assert_eq!(back.geometry.as_ref().unwrap().kinds(), table.geometry.as_ref().unwrap().kinds());
    assert_eq!(back.origin.note.as_deref(), Some("Voorbeelddata, niet officieel"));

    for rows in [0, 3] {
        let plain = made(&[], (false, false), rows, true, 6);
        write(&plain, &path);
        let back = read_one(&path);
        assert!(back.geometry.is_none() && back.origin.problems.is_empty());
        assert_eq!((back.rows(), &back.fields), (rows, &plain.fields));
        let none = made(KINDS[0], (false, false), rows, false, 6);
        write(&none, &path);
        let back = read_one(&path);
        assert_eq!((back.rows(), &back.fields), (rows, &none.fields));
        assert!(back.geometry.is_some());
    }

    // A field that is called as the column of places would be.
    let mut named = made(KINDS[0], (false, false), 3, false, 6);
    named.fields[4].name = "geometry".to_owned();
    named.crs = None;
    let report = write(&named, &path);
    assert_eq!(report.problems.count("problem-columnar-no-crs"), 1);
    let back = read_one(&path);
    assert_eq!((&back.fields, back.geometry.as_ref()), (&named.fields, named.geometry.as_ref()));
    // Lambert 72 by its numbers.
    assert_eq!(back.crs.as_ref().unwrap().how.code(), "guess");
}

/// Many rows are several row groups; places of many positions fewer rows each.
#[test]
fn rows_beyond_one_group_come_back_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let table = made(KINDS[0], (false, false), 140_000, true, 8);
    write(&table, &path);
    let back = read_one(&path);
    assert_eq!(back.geometry, table.geometry);
    assert!(texts(&back, "nr").iter().zip(0..).all(|(text, nr)| *text == nr.to_string()));
    let problem = back.origin.problems.iter().find(|p| p.id == "problem-no-geometry").unwrap();
    assert_eq!(problem.count, table.geometry.as_ref().unwrap().missing() as u64);

    let mut builder = GeometryBuilder::new();
    for row in 0..9_u32 {
        builder.begin_row(GeometryKind::LineString);
        builder.begin_part(PartKind::Line);
        builder.begin_ring();
        for at in 0..1_000_000_u32 {
            builder.coord([f64::from(row), f64::from(at)], None, None);
        }
        builder.end_row();
    }
    let long = made(KINDS[0], (false, false), 9, false, 8);
    let long = long.with_geometry(Some(builder.finish().unwrap()));
    write(&long, &path);
    assert_eq!(read_one(&path).geometry, long.geometry);
}

/// Numbers, texts, dates, moments with their zones, and the metadata, as pyarrow reads them.
#[test]
fn pyarrow_reads_the_same_values() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let table = made(KINDS[8], (true, false), 60, true, 41);
    write(&table, &path);
    let script = "
import sys, json, pyarrow.parquet as pq
file = pq.ParquetFile(sys.argv[1])
table = file.read()
text = lambda v: v.isoformat() if hasattr(v, 'isoformat') else v.hex() if isinstance(v, bytes) else v
print(json.dumps([{k: text(v) for k, v in row.items()} for row in table.to_pylist()]))
print(json.dumps([[f.name, str(f.type)] for f in table.schema]))
print(file.metadata.metadata[b'geo'].decode())
";
    let Some(out) = python(&["pyarrow"], script, &[&path]) else { return };
    let lines: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [rows, schema, geo] = lines.as_slice() else { panic!("{out}") };
    let types = schema.as_array().unwrap().iter().map(|field| field[1].as_str().unwrap());
    let (zoned, utc) = ("timestamp[ms, tz=+01:00]", "timestamp[ms, tz=UTC]");
    assert_eq!(
        // Newer versions have a type of their own for JSON.
        types.map(|name| name.replace("extension<arrow.json>", "string")).collect::<Vec<_>>(),
        [
            "int64",
            "bool",
            "int64",
            "double",
            "string",
            "string",
            "date32[day]",
            zoned,
            "timestamp[ms]",
            utc,
            "double",
            "binary"
        ]
    );
    for (row, theirs) in rows.as_array().unwrap().iter().enumerate() {
        for (at, field) in table.fields.iter().enumerate() {
            let other = &theirs[&field.name];
            let same = match table.value(row, at) {
                Value::Null => other.is_null(),
                Value::Boolean(value) => other.as_bool() == Some(value),
                Value::Integer(value) => other.as_i64() == Some(value),
                Value::Number(value) => other.as_f64() == Some(value),
                Value::Text(text) | Value::Json(text) => other.as_str() == Some(text),
                Value::Date(date) => other.as_str() == Some(&date.to_string()),
                Value::DateTime(moment, form) => other.as_str().is_some_and(|text| {
                    let local = form.local(moment).format("%Y-%m-%dT%H:%M:%S").to_string();
                    text.starts_with(&local)
                }),
            };
            assert!(same, "row {row}, {}: {:?} {other}", field.name, table.value(row, at));
        }
        assert_eq!(
            theirs["geometry"].is_null(),
            table.geometry.as_ref().unwrap().row(row).is_empty()
        );
    }
    let column = &geo["columns"]["geometry"];
    assert_eq!(
        (geo["version"].as_str(), column["encoding"].as_str()),
        (Some("1.1.0"), Some("WKB"))
    );
    assert_eq!(column["crs"]["id"]["code"].as_i64(), Some(31370));
    let names: Vec<&str> =
        column["geometry_types"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
    assert_eq!(names.len(), 7);
    assert!(names.iter().all(|name| name.ends_with(" Z")), "{names:?}");
    assert_eq!(column["bbox"].as_array().unwrap().len(), 6);
}

/// Places, CRS and rows as geopandas and shapely read them.
#[test]
fn geopandas_reads_the_same_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let csv = folder.path().join("a.csv");
    let script = "
import sys, geopandas, shapely
frame = geopandas.read_parquet(sys.argv[1])
assert frame.crs.to_epsg() == 31370, frame.crs
with open(sys.argv[2], 'w') as out:
    out.write('nr,wkt\\n')
    for nr, place in zip(frame['nr'], frame.geometry):
        out.write(f'{nr},\"{\"\" if place is None else shapely.to_wkt(place, rounding_precision=-1)}\"\\n')
";
    for kinds in KINDS {
        for dimensions in [(false, false), (true, false)] {
            let table = made(kinds, dimensions, 30, true, 17);
            write(&table, &path);
            if python(&["geopandas", "shapely"], script, &[&path, &csv]).is_none() {
                return;
            }
            let theirs = read_one(&csv);
            let places = |table: &Table| {
                let geometry = table.geometry.as_ref().unwrap();
                let row = |row: belfort::table::GeometryRef<'_>| {
                    let rings = row.parts().flat_map(|part| part.rings());
                    let rings: Vec<_> = rings.map(|ring| (ring.xy(), ring.z())).collect();
                    format!("{:?} {rings:?}", row.kind())
                };
                geometry.iter().map(row).collect::<Vec<_>>()
            };
            assert_eq!(places(&table), places(&theirs), "{kinds:?} {dimensions:?}");
        }
    }
}

/// Columns of every type, as pyarrow writes them: what becomes of each.
#[test]
fn every_type_of_arrow_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let script = "
import sys, decimal, datetime as d, pyarrow as pa, pyarrow.parquet as pq
D = decimal.Decimal
point = bytes.fromhex('0101000000000000000000F03F0000000000000040')
columns = {
  'int8': pa.array([1, None, -3], pa.int8()), 'uint16': pa.array([1, None, 65535], pa.uint16()),
  'uint64': pa.array([1, None, 3], pa.uint64()), 'huge': pa.array([1, None, 2**64 - 1], pa.uint64()),
  'half': pa.array([0.5, None, -2], pa.float16()), 'single': pa.array([0.25, None, 1e30], pa.float32()),
  'bool': pa.array([True, None, False]),
  'large': pa.array(['a', None, 'é'], pa.large_string()), 'view': pa.array(['a', None, 'a text of more than twelve'], pa.string_view()),
  'dictionary': pa.array(['x', None, 'x']).dictionary_encode(),
  'numbers': pa.array([5, None, 5], pa.int32()).dictionary_encode(),
  'whole': pa.array([D(12), None, D(-7)], pa.decimal128(9, 0)), 'money': pa.array([D('12.30'), None, D('-0.05')], pa.decimal128(12, 2)),
  'long': pa.array([D('12345678901234567890.123'), None, D('1.000')], pa.decimal128(30, 3)),
  'day': pa.array([d.date(2026, 3, 14), None, d.date(1900, 1, 1)], pa.date32()), 'day64': pa.array([d.date(2026, 3, 14), None, d.date(1900, 1, 1)], pa.date64()),
  'seconds': pa.array([0, None, -1], pa.timestamp('s')), 'millis': pa.array([1500, None, -500], pa.timestamp('ms')),
  'micros': pa.array([1500000, None, -1], pa.timestamp('us', tz='UTC')), 'nanos': pa.array([1, None, 10**18], pa.timestamp('ns')),
  'zoned': pa.array([0, None, 3600000], pa.timestamp('ms', tz='+02:00')), 'brussels': pa.array([0, None, 3600000], pa.timestamp('ms', tz='Europe/Brussels')),
  'clock': pa.array([d.time(12, 34, 56), None, d.time(0, 0)], pa.time32('s')), 'clock64': pa.array([d.time(12, 34, 56, 789), None, d.time(0, 0)], pa.time64('us')),
  'duration': pa.array([90, None, 0], pa.duration('s')),
  'bytes': pa.array([b'a', None, b'bc'], pa.binary()), 'fixed': pa.array([b'ab', None, b'cd'], pa.binary(2)),
  'nothing': pa.nulls(3),
  'list': pa.array([[1, None], None, []], pa.list_(pa.int64())), 'record': pa.array([{'a': 1, 'b': 'x'}, None, {'a': None, 'b': ''}]),
  'map': pa.array([[('k', 1)], None, []], pa.map_(pa.string(), pa.int64())),
  'deep': pa.array([[{'a': [d.date(2020, 1, 1)]}], None, []]),
  'geometry': pa.array([point, None, point], pa.binary()), 'entrance': pa.array([None, point, point], pa.large_binary()),
}
table = pa.table(columns)
geo = '{\"version\":\"1.0.0\",\"primary_column\":\"geometry\",\"columns\":{\"entrance\":{\"encoding\":\"WKB\",\"geometry_types\":[]},\"geometry\":{\"encoding\":\"WKB\",\"geometry_types\":[],\"crs\":null,\"edges\":\"spherical\",\"epoch\":2021.5},\"gone\":{\"encoding\":\"WKB\",\"geometry_types\":[]}}}'
table = table.replace_schema_metadata({'geo': geo})
pq.write_table(table, sys.argv[1], row_group_size=2)
";
    if python(&["pyarrow"], script, &[&path]).is_none() {
        return;
    }
    let table = read_one(&path);
    for (field, kind_code, first, last) in [
        ("int8", "integer", "1", "-3"),
        ("uint16", "integer", "1", "65535"),
        ("uint64", "integer", "1", "3"),
        ("huge", "text", "1", "18446744073709551615"),
        ("half", "number", "0.5", "-2"),
        ("single", "number", "0.25", "1000000015047466200000000000000"),
        ("bool", "boolean", "true", "false"),
        ("large", "text", "a", "é"),
        ("view", "text", "a", "a text of more than twelve"),
        ("dictionary", "text", "x", "x"),
        ("numbers", "integer", "5", "5"),
        ("whole", "integer", "12", "-7"),
        ("money", "number", "12.3", "-0.05"),
        ("long", "text", "12345678901234567890.123", "1.000"),
        ("day", "date", "2026-03-14", "1900-01-01"),
        ("day64", "date", "2026-03-14", "1900-01-01"),
        ("seconds", "datetime", "1970-01-01T00:00:00", "1969-12-31T23:59:59"),
        ("millis", "datetime", "1970-01-01T00:00:01.500", "1969-12-31T23:59:59.500"),
        ("micros", "datetime", "1970-01-01T00:00:01.500Z", "1969-12-31T23:59:59.999Z"),
        ("nanos", "datetime", "1970-01-01T00:00:00", "2001-09-09T01:46:40"),
        ("zoned", "datetime", "1970-01-01T02:00:00+02:00", "1970-01-01T03:00:00+02:00"),
        ("brussels", "datetime", "1970-01-01T00:00:00Z", "1970-01-01T01:00:00Z"),
        ("clock", "text", "12:34:56", "00:00:00"),
        ("clock64", "text", "12:34:56.000789", "00:00:00"),
        ("duration", "text", "PT90S", "P0D"),
        ("nothing", "text", "", ""),
        ("list", "json", "[1,null]", "[]"),
        ("record", "json", "{\"a\":1,\"b\":\"x\"}", "{\"a\":null,\"b\":\"\"}"),
        ("map", "json", "{\"k\":1}", "{}"),
        ("deep", "json", "[{\"a\":[\"2020-01-01\"]}]", "[]"),
        ("entrance", "text", "", "POINT (1 2)"),
    ] {
        let found = texts(&table, field);
        assert_eq!(
            (kind(&table, field).code(), found[0].as_str(), found[2].as_str()),
            (kind_code, first, last),
            "{field}"
        );
        let at = table.field_index(field).unwrap();
        assert!(field == "entrance" || table.value(1, at).is_null(), "{field}");
    }
    assert!(table.field_index("bytes").is_none() && table.field_index("fixed").is_none());
    assert_eq!(table.geometry.as_ref().unwrap().row(2).xy(), [[1.0, 2.0]]);
    assert_eq!(table.geometry.as_ref().unwrap().kinds()[1], GeometryKind::Null);
    assert_eq!(
        problem_ids(&table),
        [
            "problem-geoparquet-column-not-understood",
            "problem-geoparquet-other-place",
            "problem-geoparquet-spherical",
            "problem-geoparquet-epoch",
            "problem-long-integer",
            "problem-geoparquet-finer",
            "problem-geoparquet-finer",
            "problem-geoparquet-zone",
            "problem-columnar-binary",
            "problem-columnar-binary",
            "problem-no-geometry",
            "problem-crs-guessed",
        ]
    );
    for problem in &table.origin.problems {
        for language in Language::ALL {
            let text = problem.text(language);
            assert!(!text.contains("problem-") && !text.contains('{'), "{text}");
        }
    }
}

/// Packed in every way, with pages of both versions, in row groups of any size.
#[test]
fn every_compression_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let table = made(KINDS[0], (false, false), 500, true, 3);
    write(&table, &path);
    let script = "
import sys, pyarrow.parquet as pq
table = pq.read_table(sys.argv[1])
for codec in ['none', 'snappy', 'gzip', 'brotli', 'lz4', 'zstd']:
    for version in ['1.0', '2.0']:
        for dictionary in [True, False]:
            name = f'{sys.argv[2]}/{codec}-{version}-{dictionary}.parquet'
            pq.write_table(table, name, compression=codec, data_page_version=version, use_dictionary=dictionary, row_group_size=130)
";
    if python(&["pyarrow"], script, &[&path, folder.path()]).is_none() {
        return;
    }
    let files = super::files_in(folder.path());
    assert_eq!(files.len(), 25);
    for file in files {
        let back = read_one(&file);
        assert_eq!(back.fields, table.fields, "{}", file.display());
        assert_eq!(format!("{:?}", back.columns), format!("{:?}", table.columns));
        assert_eq!(back.geometry, table.geometry);
    }
}

/// Both encodings of geopandas, with boxes beside the places; only what a view needs is read.
#[test]
fn files_of_geopandas_are_read_and_views_need_few_row_groups() {
    let folder = tempfile::tempdir().unwrap();
    let script = "
import sys, geopandas, shapely
places = [shapely.Point(100000 + 10 * n, 190000 + n % 7) for n in range(1000)]
points = geopandas.GeoDataFrame({'nr': range(1000)}, geometry=places, crs='EPSG:31370')
lines = geopandas.GeoDataFrame({'nr': range(1000)}, geometry=points.buffer(3).boundary, crs='EPSG:31370')
areas = geopandas.GeoDataFrame({'nr': range(1000)}, geometry=points.buffer(3), crs='EPSG:31370')
for name, frame in [('points', points), ('lines', lines), ('areas', areas)]:
    for encoding in ['WKB', 'geoarrow']:
        frame.to_parquet(f'{sys.argv[1]}/{name}-{encoding}.parquet', geometry_encoding=encoding, write_covering_bbox=True, row_group_size=100, schema_version='1.1.0')
print(len(areas.geometry.iloc[0].exterior.coords))
";
    let Some(out) = python(&["geopandas", "shapely"], script, &[folder.path()]) else { return };
    let corners: usize = out.trim().parse().unwrap();
    for (name, kind, positions) in [
        ("points", GeometryKind::Point, 1),
        ("lines", GeometryKind::LineString, corners),
        ("areas", GeometryKind::Polygon, corners),
    ] {
        let mut both = Vec::new();
        for encoding in ["WKB", "geoarrow"] {
            let path = folder.path().join(format!("{name}-{encoding}.parquet"));
            let table = read_one(&path);
            let geometry = table.geometry.as_ref().unwrap();
            assert_eq!(geometry.types(), [kind]);
            assert_eq!((table.rows(), geometry.xy().len()), (1000, 1000 * positions));
            assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:31370"));
            assert_eq!(problem_ids(&table), ["problem-geoparquet-covering"]);
            assert_eq!(table.fields.len(), 1);
            both.push(geometry.as_ref().clone());

            let view = Extent { min_x: 103_505.0, min_y: 0.0, max_x: 103_545.0, max_y: 1e6 };
            let options = ReadOptions { extent: Some(Within::Own(view)), ..ReadOptions::default() };
            let watch = Watch::unwatched();
            let part = open(&path, &options, &watch).unwrap().remove(0);
            let meets = geometry.iter().filter(|r| r.extent().unwrap().intersects(&view)).count();
            assert_eq!(part.rows(), meets);
            assert!(meets > 3 && meets < 7);
        }
        assert_eq!(both[0], both[1], "{name}");
    }
}

/// Places and CRS without the metadata `geo`: in Arrow's own words, and by the bytes alone.
#[test]
fn places_without_metadata_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let script = "
import sys, pyarrow as pa, pyarrow.parquet as pq
point = lambda x, y: bytes.fromhex('0101000000') + __import__('struct').pack('<dd', x, y)
places = [point(104700, 193800), None, point(104800, 193900)]
plain = pa.table({'n': [1, 2, 3], 'other': pa.array([b'x', b'y', None]), 'geom': pa.array(places)})
pq.write_table(plain, sys.argv[1] + '/plain.parquet')
field = pa.field('places', pa.binary(), metadata={'ARROW:extension:name': 'geoarrow.wkb', 'ARROW:extension:metadata': '{\"crs\":\"EPSG:31370\"}'})
named = pa.table([pa.array([1, 2, 3]), pa.array(places)], schema=pa.schema([pa.field('n', pa.int64()), field]))
pq.write_table(named, sys.argv[1] + '/named.parquet')
broken = plain.replace_schema_metadata({'geo': '{broken'})
pq.write_table(broken, sys.argv[1] + '/broken.parquet')
unknown = plain.replace_schema_metadata({'geo': '{\"version\":\"1.1.0\",\"primary_column\":\"geom\",\"columns\":{\"geom\":{\"encoding\":\"WKB\",\"geometry_types\":[],\"crs\":{\"type\":\"NoSuchCRS\"}}}}'})
pq.write_table(unknown, sys.argv[1] + '/unknown.parquet')
wrong = plain.replace_schema_metadata({'geo': '{\"version\":\"1.1.0\",\"primary_column\":\"n\",\"columns\":{\"n\":{\"encoding\":\"WKB\",\"geometry_types\":[]}}}'})
pq.write_table(wrong, sys.argv[1] + '/wrong.parquet')
";
    if python(&["pyarrow"], script, &[folder.path()]).is_none() {
        return;
    }
    let table = |name: &str| read_one(&folder.path().join(name));
    for (name, how, problem) in [
        ("plain.parquet", "guess", "problem-crs-guessed"),
        ("named.parquet", "file", "problem-no-geometry"),
        ("broken.parquet", "guess", "problem-geoparquet-bad-metadata"),
        ("unknown.parquet", "guess", "problem-crs-not-understood"),
    ] {
        let table = table(name);
        let crs = table.crs.as_ref().unwrap();
        assert_eq!((crs.crs.code.as_deref(), crs.how.code()), (Some("EPSG:31370"), how), "{name}");
        assert_eq!(table.geometry.as_ref().unwrap().row(2).xy(), [[104_800.0, 193_900.0]]);
        assert!(problem_ids(&table).contains(&problem), "{name}: {:?}", table.origin.problems);
        assert!(table.field_index("n").is_some());
    }
    let error = read(&folder.path().join("wrong.parquet")).unwrap_err();
    assert_eq!(error.what.id, "geoparquet-error-encoding", "{error}");
}

/// Places in columns of numbers and of text, as in a CSV file.
#[test]
fn plain_columns_can_be_places() {
    let folder = tempfile::tempdir().unwrap();
    let script = "
import sys, pyarrow as pa, pyarrow.parquet as pq
n = pa.array([1, 2], pa.int32())
pq.write_table(pa.table({'n': n, 'lon': pa.array([3.72, 3.73], pa.float32()), 'lat': [51.05, 51.06]}), sys.argv[1] + '/pair.parquet')
pq.write_table(pa.table({'n': n, 'wkt': ['POINT (3.75 51)', 'LINESTRING (3 51, 4 51)']}), sys.argv[1] + '/text.parquet')
pq.write_table(pa.table({'n': n, 'place': [{'lon': 3.75, 'lat': 51.0}, {'lon': 3.5, 'lat': 51.25}]}), sys.argv[1] + '/record.parquet')
pq.write_table(pa.table({'n': n, 'other': ['a', 'b']}), sys.argv[1] + '/none.parquet')
";
    if python(&["pyarrow"], script, &[folder.path()]).is_none() {
        return;
    }
    for (name, first, fields) in [
        ("pair", Some([f64::from(3.72_f32), 51.05]), 3),
        ("text", Some([3.75, 51.0]), 1),
        ("record", Some([3.75, 51.0]), 2),
        ("none", None, 2),
    ] {
        let table = read_one(&folder.path().join(format!("{name}.parquet")));
        let found = table.geometry.as_ref().map(|geometry| geometry.row(0).xy()[0]);
        assert_eq!((found, table.fields.len()), (first, fields), "{name}");
        let code = table.crs.as_ref().and_then(|crs| crs.crs.code.as_deref());
        assert_eq!(code, first.map(|_| "EPSG:4326"), "{name}");
    }
}

/// Settles what a reader says of a file: its problems and errors are texts in both languages.
fn settle(path: &Path) -> Result<Vec<Table>, FileError> {
    let read = read(path);
    match &read {
        Ok(tables) => {
            for problem in tables.iter().flat_map(|table| &table.origin.problems) {
                assert!(!problem.text(Language::Dutch).contains("problem-"), "{problem:?}");
            }
        }
        Err(error) => {
            assert!(!error.to_string().contains("error-"), "{error}");
            assert_eq!(error.path, path);
        }
    }
    read
}

fn small() -> Table {
    made(KINDS[8], (true, false), 6, true, 9).select_columns(&[0, 4, 8])
}

/// Cut at every byte a file fails by name; with bytes changed it opens or fails.
#[test]
fn damaged_files_open_or_fail() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let mut table = small();
    table.crs = None;
    write(&table, &path);
    let sound = std::fs::read(&path).unwrap();
    for end in 0..sound.len() {
        std::fs::write(&path, &sound[..end]).unwrap();
        let error = settle(&path).unwrap_err();
        assert!(error.remedy.is_some(), "{error}");
    }
    let (mut opened, mut failed) = (0, 0);
    for at in 0..sound.len() {
        for value in [0, 0x7f, sound[at] ^ 0x81] {
            let mut bytes = sound.clone();
            bytes[at] = value;
            std::fs::write(&path, &bytes).unwrap();
            match settle(&path) {
                Ok(_) => opened += 1,
                Err(_) => failed += 1,
            }
        }
    }
    assert!(opened > sound.len() && failed > sound.len() / 4, "{opened} {failed}");
}

#[test]
fn heavily_damaged_files_open_or_fail() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    write(&small(), &path);
    let sound = std::fs::read(&path).unwrap();
    let mut dice = Dice(5);
    for _ in 0..800 {
        let mut bytes = sound.clone();
        for _ in 0..=dice.below(5) {
            // The end says where all is: it stays, mostly.
            let at = dice.below(bytes.len() - 8);
            match dice.below(3) {
                0 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
                1 => bytes.insert(at, 0xff),
                _ => {
                    bytes.remove(at);
                }
            }
        }
        std::fs::write(&path, &bytes).unwrap();
        let _ = settle(&path);
    }
}

/// Files that claim or unpack to far more than they are, made with pyarrow, and by hand.
#[test]
fn absurd_claims_are_refused_quickly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    write(&small(), &path);
    let sound = std::fs::read(&path).unwrap();
    // The list of row groups claims to have two thousand million.
    let footer =
        usize::try_from(u32::from_le_bytes(sound[sound.len() - 8..][..4].try_into().unwrap()))
            .unwrap();
    let start = sound.len() - 8 - footer;
    let list = (start..sound.len() - 9).filter(|at| sound[*at..].starts_with(&[0x19, 0x1c, 0x19]));
    let mut found = 0;
    for at in list {
        let mut bytes = sound[..at].to_vec();
        bytes.extend([0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07]);
        bytes.extend(&sound[at + 2..sound.len() - 8]);
        bytes.extend(u32::try_from(footer + 5).unwrap().to_le_bytes());
        bytes.extend(b"PAR1");
        std::fs::write(&path, &bytes).unwrap();
        let error = settle(&path).unwrap_err();
        found += usize::from(error.what.id == "geoparquet-error-footer");
    }
    assert!(found > 0);

    let script = "
import sys, pyarrow as pa, pyarrow.parquet as pq
folder = sys.argv[1]
pq.write_table(pa.table({'a': pa.array([None], pa.int8()).take(pa.array([0] * 60000000, pa.int32()))}), folder + '/rows.parquet', compression='zstd')
long = pa.array(['x' * 1000000]).dictionary_encode()
pq.write_table(pa.table({'a': pa.chunked_array([long.take(pa.array([0] * 100000))])}), folder + '/texts.parquet')
pq.write_table(pa.table({'a': ['x' * 400000000]}), folder + '/page.parquet', compression='zstd')
pq.write_table(pa.table({'a': pa.array([[0] * 40000000], pa.list_(pa.int8()))}), folder + '/list.parquet', compression='zstd')
";
    if python(&["pyarrow"], script, &[folder.path()]).is_none() {
        return;
    }
    for (name, what) in [
        ("rows", "geoparquet-error-rows"),
        ("texts", "error-too-much-text"),
        ("page", "geoparquet-error-too-big"),
        ("list", "geoparquet-error-too-big"),
    ] {
        let path = folder.path().join(format!("{name}.parquet"));
        let size = std::fs::metadata(&path).unwrap().len();
        assert!(size < 1 << 20, "{name}: {size}");
        let start = Instant::now();
        assert_eq!(settle(&path).unwrap_err().what.id, what, "{name}");
        assert!(start.elapsed().as_secs() < 20, "{name}");
    }
}

#[test]
fn what_is_no_parquet_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    for (bytes, what) in [
        (&b""[..], "geoparquet-error-magic"),
        (b"PAR", "geoparquet-error-magic"),
        (b"{\"type\":1}", "geoparquet-error-magic"),
        (b"PAR1", "geoparquet-error-cut-off"),
        (b"PAR1\xff\xff\xff\xffPAR1", "geoparquet-error-cut-off"),
        (b"PAR1\x00\x00\x00\x00PARE", "geoparquet-error-encrypted"),
        (b"PAR1\x00\x00\x00\x00PAR1", "geoparquet-error-footer"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(settle(&path).unwrap_err().what.id, what, "{bytes:?}");
    }
    // By its first bytes, whatever its name.
    let other = folder.path().join("a.dat");
    write(&small(), &path);
    std::fs::rename(&path, &other).unwrap();
    assert_eq!(read_one(&other).rows(), 6);
}

//! Damaged files: cut, with bytes changed, doubled and left out. They open or fail; they do not
//! panic. The damage follows a fixed sequence, so that a failure can be repeated.

use belfort::problem::FileError;
use belfort::table::Table;

use super::read;

const SEEDS: &[(&str, &str)] = &[
    (
        "a.geojson",
        r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:31370"}},"features":[
{"type":"Feature","id":1,"properties":{"a":1,"b":"x\u00e9","c":[1,{"d":null}],"e":1.5e3,"f":true},"geometry":{"type":"Point","coordinates":[104700.5,193800,3]}},
{"type":"Feature","id":"z","properties":{"a":-12345678901234567890,"b":"2026-01-31"},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}]}},
{"type":"Feature","properties":null,"geometry":{"coordinates":[[[1,2],[3,4]]],"type":"MultiLineString"}}]}"#,
    ),
    (
        "a.csv",
        "\u{FEFF}naam;x;y;wkt;geo;dag\n\"A;\"\"b\"\"\";104700,5;193800;POLYGON ((0 0, 1 0, 1 1, 0 0));\"{\"\"lon\"\":3.7,\"\"lat\"\":51}\";2026-01-31T10:00:00+0100\nb;1.234,5;;SRID=31370;MULTIPOINT Z ((1 2 3));\"51.05, 3.72\";2026-02-30\n",
    ),
];

/// Text, place and remedy of an error are made too: they look into the damaged text.
fn settle(result: Result<Vec<Table>, FileError>) -> bool {
    match result {
        Ok(tables) => tables.iter().any(|table| table.rows() > 0),
        Err(error) => !error.to_string().is_empty() && error.path.as_os_str().is_empty(),
    }
}

#[test]
fn damaged_files_open_or_fail() {
    let folder = tempfile::tempdir().unwrap();
    let mut state = 42_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let marks = b"{}[]\",:;-.eE0 \n\\u\xFF\x00(";
    let mut opened = 0;
    for (name, seed) in SEEDS {
        let path = folder.path().join(name);
        for _ in 0..800 {
            let mut bytes = seed.as_bytes().to_vec();
            for _ in 0..=random(3) {
                let at = random(bytes.len());
                match random(5) {
                    0 => bytes.truncate(at.max(1)),
                    1 => bytes[at] = marks[random(marks.len())],
                    2 => bytes.insert(at, marks[random(marks.len())]),
                    3 => {
                        bytes.remove(at);
                    }
                    _ => {
                        let end = (at + random(60)).min(bytes.len());
                        let piece = bytes[at..end].to_vec();
                        bytes.splice(at..at, piece);
                    }
                }
                if bytes.is_empty() {
                    bytes.push(b'{');
                }
            }
            std::fs::write(&path, &bytes).unwrap();
            opened += usize::from(settle(read(&path)));
        }
    }
    assert!(opened > 200, "the damage is not so heavy that nothing opens: {opened}");
}

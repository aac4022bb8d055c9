//! KML, GPX, GML and TopoJSON cut at every byte, and with every byte changed: they open or fail,
//! and do not panic.

use super::read;
use crate::fuzzing::seeds;

/// Of each byte so many damages still open.
fn try_all(format: &str, most: usize) {
    let seeds = seeds();
    let seed = seeds.iter().find(|seed| seed.format == format).unwrap();
    let (extension, seed) = &seed.files[0];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a").with_extension(extension);
    let mut opened = 0;
    let mut open = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        match read(&path) {
            Ok(tables) => opened += usize::from(tables.iter().any(|table| table.rows() > 0)),
            Err(error) => assert_eq!(error.path, path, "{error}"),
        }
    };
    open(seed);
    for at in 0..seed.len() {
        open(&seed[..at]);
        for mark in MARKS {
            let mut bytes = seed.clone();
            bytes[at] = *mark;
            open(&bytes);
        }
    }
    assert!(opened > seed.len() * most, "{opened} of {}", seed.len() * (1 + MARKS.len()));
}

const MARKS: &[u8] = b"<&\"\0\xFF";

#[test]
fn damaged_kml_opens_or_fails() {
    try_all("kml", 3);
}

#[test]
fn damaged_gpx_opens_or_fails() {
    try_all("gpx", 3);
}

#[test]
fn damaged_gml_opens_or_fails() {
    try_all("gml", 3);
}

/// JSON cannot be read on where it is damaged.
#[test]
fn damaged_topojson_opens_or_fails() {
    try_all("topojson", 0);
}

/// Deeper than anything is nested, and entities that would grow without end.
#[test]
fn bombs_are_refused_or_stay_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for (name, root) in [("a.kml", "kml"), ("a.gpx", "gpx"), ("a.gml", "FeatureCollection")] {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("<{root}>{}", "<a>".repeat(100_000))).unwrap();
        assert_eq!(read(&path).unwrap_err().what.id, "error-xml", "{name}");
    }
    let mut entities = "<!DOCTYPE kml [<!ENTITY l0 \"lol\">".to_owned();
    for level in 1..10 {
        let inner = format!("&l{};", level - 1).repeat(10);
        entities += &format!("<!ENTITY l{level} \"{inner}\">");
    }
    let path = folder.path().join("b.kml");
    let text = format!("{entities}]><kml><Placemark><name>&l9;</name></Placemark></kml>");
    std::fs::write(&path, text).unwrap();
    let table = read(&path).unwrap().remove(0);
    assert_eq!(table.value(0, 0), belfort::table::Value::Text("&l9;"));
    assert_eq!(table.origin.problems.count("problem-xml-entity"), 1);
}

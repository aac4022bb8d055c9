//! KML, GPX, GML and TopoJSON cut at every byte, and with every byte changed: they open or fail,
//! and do not panic.

use super::read;

pub const KML: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns:gx="x"><Document><name>D</name><Style id="s"><LineStyle><color>ff0000ff</color></LineStyle></Style>
<Schema id="c"><SimpleField name="n" type="int"/></Schema><Folder><name>é</name><Placemark id="1"><name>a&amp;b</name>
<styleUrl>#s</styleUrl><TimeSpan><begin>2026</begin></TimeSpan><ExtendedData><SchemaData schemaUrl="#c"><SimpleData name="n">7</SimpleData>
</SchemaData><Data name="d"><value>x</value></Data></ExtendedData><MultiGeometry><Point><coordinates>1,2,3</coordinates></Point>
<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark>
<Placemark><gx:Track><when>2026-01-01T00:00:00Z</when><gx:coord>1 2 3</gx:coord></gx:Track></Placemark></Folder></Document></kml>"##;

pub const GPX: &str = r#"<?xml version="1.0"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><desc>d</desc></metadata>
<wpt lat="51.05" lon="3.72"><ele>9</ele><time>2026-01-01T00:00:00Z</time><name>é &lt;</name><link href="x"><text>t</text></link></wpt>
<rte><name>r</name><rtept lat="51" lon="3"><name>a</name></rtept><rtept lat="52" lon="4"/></rte>
<trk><name>t</name><extensions><a:b><a:c d="e">f</a:c></a:b></extensions><trkseg><trkpt lat="51" lon="3"><ele>1</ele><time>2026-01-01T00:00:00Z</time></trkpt>
<trkpt lat="52" lon="4"/></trkseg><trkseg/></trk></gpx>"#;

/// How many of the damaged files still opened.
fn opened(name: &str, seed: &str, marks: &[u8]) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut opened = 0;
    let mut open = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        match read(&path) {
            Ok(tables) => opened += usize::from(tables.iter().any(|table| table.rows() > 0)),
            Err(error) => assert_eq!(error.path, path, "{error}"),
        }
    };
    let seed = seed.as_bytes();
    open(seed);
    for at in 0..seed.len() {
        open(&seed[..at]);
        for mark in marks {
            let mut bytes = seed.to_vec();
            bytes[at] = *mark;
            open(&bytes);
        }
    }
    opened
}

const MARKS: &[u8] = b"<>&\"/ \0\xFF9";

#[test]
fn damaged_kml_opens_or_fails() {
    let opened = opened("a.kml", KML, MARKS);
    assert!(opened > KML.len() * 5, "{opened}");
}

#[test]
fn damaged_gpx_opens_or_fails() {
    let opened = opened("a.gpx", GPX, MARKS);
    assert!(opened > GPX.len() * 5, "{opened}");
}

/// Deeper than anything is nested, and entities that would grow without end.
#[test]
fn bombs_are_refused_or_stay_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for (name, root) in [("a.kml", "kml"), ("a.gpx", "gpx")] {
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

//! KML and KMZ: made by hand, real and odd files, and against GDAL (its LIBKML driver).

use std::io::Write;
use std::path::Path;

use belfort::crs::Crs;
use belfort::formats::{
    ListedLayer, ReadOptions, WriteOptions, export, export_changes, format_by_id, format_of,
    layers_in, open,
};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::table::{FieldKind, GeometryKind, Look, Table, Value};

use super::{
    assert_same_places, assert_same_values, gdal, read, read_one, read_text, table_of, whole, write,
};
use crate::support::{has_gdal, shared_data};

/// A document of these elements.
fn document(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\" \
         xmlns:gx=\"http://www.google.com/kml/ext/2.2\"><Document><name>Wijken</name>{inside}</Document></kml>"
    )
}

fn names(table: &Table) -> Vec<&str> {
    table.fields.iter().map(|field| field.name.as_str()).collect()
}

fn value<'t>(table: &'t Table, row: usize, field: &str) -> Value<'t> {
    table.value(row, table.field_index(field).unwrap_or_else(|| panic!("no {field}")))
}

fn count(table: &Table, problem: &str) -> u64 {
    table.origin.problems.count(problem)
}

#[test]
fn what_a_placemark_says_becomes_a_row() {
    let table = table_of(
        "a.kml",
        document(
            "<Placemark id='p1'><name>Muide &amp; Meulestede</name>
               <description><![CDATA[<b>vet</b>]]></description><visibility>0</visibility>
               <address>Voorhavenlaan 1</address><phoneNumber>09 210 10 10</phoneNumber><Snippet maxLines='2'>kort</Snippet>
               <TimeStamp><when>2026-03-01</when></TimeStamp>
               <atom:link href='https://stad.gent'/>
               <ExtendedData><Data name='inwoners'><displayName>Aantal inwoners</displayName><value>6012</value></Data>
                 <Data name='nis'><value>0441</value></Data></ExtendedData>
               <Point><altitudeMode>absolute</altitudeMode><coordinates>3.7305,51.0782,12.5</coordinates></Point></Placemark>
             <Placemark id='p2'><name>Ledeberg</name><description>Een <i>schuin</i> woord<br></description>
               <ExtendedData><Data name='inwoners'><value>9500</value></Data></ExtendedData>
               <TimeStamp><when>2026-03-02</when></TimeStamp>
               <LineString><tessellate>1</tessellate><extrude>1</extrude><coordinates>3.74,51.03 3.75,51.04</coordinates></LineString></Placemark>",
        ),
    );
    assert_eq!(table.name, "Wijken");
    assert_eq!((table.rows(), table.crs.as_ref().unwrap().how.code()), (2, "format"));
    assert_eq!(
        names(&table),
        [
            "name",
            "description",
            "visibility",
            "address",
            "phoneNumber",
            "snippet",
            "timestamp",
            "link",
            "inwoners",
            "nis",
            "altitudeMode",
            "extrude"
        ]
    );
    assert_eq!(value(&table, 0, "name"), Value::Text("Muide & Meulestede"));
    assert_eq!(value(&table, 0, "description"), Value::Text("<b>vet</b>"));
    assert_eq!(value(&table, 1, "description"), Value::Text("Een <i>schuin</i> woord<br>"));
    assert_eq!(value(&table, 0, "visibility"), Value::Boolean(false));
    assert_eq!(value(&table, 0, "inwoners"), Value::Integer(6012));
    assert_eq!(value(&table, 0, "nis"), Value::Text("0441"));
    assert_eq!(value(&table, 0, "link"), Value::Text("https://stad.gent"));
    assert_eq!(value(&table, 0, "altitudeMode"), Value::Text("absolute"));
    assert_eq!(value(&table, 1, "extrude"), Value::Boolean(true));
    assert_eq!(value(&table, 1, "timestamp").to_data_text(), "2026-03-02");
    let inwoners = &table.fields[table.field_index("inwoners").unwrap()];
    assert_eq!(inwoners.title(), "Aantal inwoners");
    let geometry = table.geometry.as_ref().unwrap();
    assert_eq!(geometry.kinds(), [GeometryKind::Point, GeometryKind::LineString]);
    assert_eq!(geometry.row(0).parts().next().unwrap().first_ring().z(), [12.5]);
    assert_eq!(count(&table, "problem-xml-not-kept"), 1, "{:?}", table.origin.problems);
    assert_eq!(count(&table, "problem-xml-not-closed"), 1);
    assert!(format!("{:?}", table.ids).contains("p2"));
}

#[test]
fn schemas_tell_what_values_are() {
    let table = table_of(
        "a.kml",
        document(
            "<Schema name='s' id='s'><SimpleField name='nr' type='int'><displayName>Nummer</displayName></SimpleField>
               <SimpleField name='deel' type='double'/><SimpleField name='open' type='bool'/>
               <SimpleField name='code' type='string'/><SimpleField name='dag' type='string'/>
               <SimpleField name='fout' type='int'/><SimpleField name='niets' type='float'/></Schema>
             <Placemark><ExtendedData><SchemaData schemaUrl='#s'><SimpleData name='nr'>007</SimpleData>
               <SimpleData name='deel'>1</SimpleData><SimpleData name='open'>1</SimpleData><SimpleData name='code'>12</SimpleData>
               <SimpleData name='dag'>2026-01-31</SimpleData><SimpleData name='fout'>een</SimpleData>
               <SimpleData name='los'>3.5</SimpleData></SchemaData></ExtendedData></Placemark>
             <Placemark><ExtendedData><SchemaData schemaUrl='x.kml#s'><SimpleData name='code'></SimpleData>
               <SimpleData name='nr'/></SchemaData></ExtendedData></Placemark>",
        ),
    );
    let kinds: Vec<_> =
        table.fields.iter().map(|field| (&*field.name, field.kind.code())).collect();
    assert_eq!(
        kinds,
        [
            ("nr", "integer"),
            ("deel", "number"),
            ("open", "boolean"),
            ("code", "text"),
            ("dag", "date"),
            ("fout", "text"),
            ("niets", "number"),
            ("los", "number"),
        ]
    );
    assert_eq!(value(&table, 0, "nr"), Value::Integer(7));
    assert_eq!((value(&table, 1, "nr"), value(&table, 1, "code")), (Value::Null, Value::Text("")));
    assert_eq!(table.fields[0].title(), "Nummer");
    assert_eq!(count(&table, "problem-xml-other-kind"), 1);
    assert!(table.geometry.is_none());
}

/// Extended data that is named as an element of the placemark keeps its value.
#[test]
fn names_that_meet_get_a_number() {
    let data = |name: &str| {
        format!("<ExtendedData><Data name='name'><value>{name}</value></Data></ExtendedData>")
    };
    let both =
        table_of("a.kml", document(&format!("<Placemark><name>A</name>{}</Placemark>", data("B"))));
    assert_eq!(names(&both), ["name", "name_2"]);
    assert_eq!(value(&both, 0, "name_2"), Value::Text("B"));
    let one = table_of("a.kml", document(&format!("<Placemark>{}</Placemark>", data("B"))));
    assert_eq!((names(&one), value(&one, 0, "name")), (vec!["name"], Value::Text("B")));
}

#[test]
fn geometries_of_every_kind() {
    let ring = "<LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing>";
    let hole = "<LinearRing><coordinates>1,1 2,1 2,2 1,1</coordinates></LinearRing>";
    let polygon = format!(
        "<Polygon><innerBoundaryIs>{hole}{hole}</innerBoundaryIs><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon>"
    );
    let point = "<Point><coordinates>3,51</coordinates></Point>";
    let multi = |inside: &str| format!("<MultiGeometry>{inside}</MultiGeometry>");
    for (text, kind, parts, positions) in [
        (point.to_owned(), GeometryKind::Point, 1, 1),
        (ring.to_owned(), GeometryKind::LineString, 1, 4),
        (polygon.clone(), GeometryKind::Polygon, 1, 12),
        (multi(&polygon), GeometryKind::MultiPolygon, 1, 12),
        (multi(&format!("{point}{point}")), GeometryKind::MultiPoint, 2, 2),
        (multi(&format!("{point}{ring}")), GeometryKind::GeometryCollection, 2, 5),
        (multi(&multi(&format!("{point}{polygon}"))), GeometryKind::GeometryCollection, 2, 13),
        (multi(""), GeometryKind::GeometryCollection, 0, 0),
        ("<Point><coordinates/></Point>".to_owned(), GeometryKind::Point, 0, 0),
    ] {
        let table = table_of("a.kml", document(&format!("<Placemark>{text}</Placemark>")));
        let row = table.geometry.as_ref().unwrap().row(0);
        assert_eq!(
            (row.kind(), row.parts().len(), row.xy().len()),
            (kind, parts, positions),
            "{text}"
        );
    }
    let bad = "<Point><coordinates>3,x</coordinates></Point>";
    let inner = format!("<Polygon><innerBoundaryIs>{ring}</innerBoundaryIs></Polygon>");
    let deep = format!("{}{point}{}", "<MultiGeometry>".repeat(30), "</MultiGeometry>".repeat(30));
    for text in [bad, &inner, &multi(&format!("{point}{bad}")), &deep] {
        let table = table_of(
            "a.kml",
            document(&format!("<Placemark>{text}</Placemark><Placemark>{point}</Placemark>")),
        );
        let kinds = table.geometry.as_ref().unwrap().kinds().to_vec();
        assert_eq!(kinds, [GeometryKind::Null, GeometryKind::Point], "{text}");
        assert_eq!(count(&table, "problem-bad-coordinates"), 1);
    }
}

fn listed(name: &str, rows: u64) -> ListedLayer {
    ListedLayer {
        name: name.to_owned(),
        rows: Some(rows),
        has_place: Some(true),
        ..ListedLayer::default()
    }
}

const FOLDERS: &str = "<Placemark><name>los</name></Placemark>
    <Folder><name>Parken</name><description>van de stad</description><Placemark><name>a</name><Point><coordinates>3,51</coordinates></Point></Placemark>
      <Folder><name>Bomen</name><Placemark><name>b</name><LineString><coordinates>3,51 4,52</coordinates></LineString></Placemark>
        <Placemark><name>c</name><Point><coordinates>3,51</coordinates></Point></Placemark></Folder></Folder>
    <Folder><name>leeg</name></Folder>";

#[test]
fn folders_are_layers_that_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.kml");
    std::fs::write(&path, document(FOLDERS)).unwrap();
    let expected = [listed("Wijken", 1), listed("Parken", 1), listed("Parken / Bomen", 2)];
    assert_eq!(layers_in(&path, &Watch::unwatched()).unwrap(), expected);
    let tables = read(&path).unwrap();
    let told: Vec<_> = tables.iter().map(|table| (table.name.as_str(), table.rows())).collect();
    assert_eq!(told, [("Wijken", 1), ("Parken", 1), ("Parken / Bomen", 2)]);
    assert_eq!(tables[1].origin.note.as_deref(), Some("van de stad"));
    assert_eq!(tables[2].origin.layer.as_deref(), Some("Parken / Bomen"));
    let options =
        ReadOptions { layer: Some("Parken / Bomen".to_owned()), ..ReadOptions::default() };
    let one = open(&path, &options, &Watch::unwatched()).unwrap();
    assert_eq!((one.len(), one[0].rows()), (1, 2));
    assert_same_values(&one[0], &tables[2]);
    let options = ReadOptions { layer: Some("leeg".to_owned()), ..ReadOptions::default() };
    assert_eq!(open(&path, &options, &Watch::unwatched()).unwrap_err().what.id, "error-no-layer");
}

#[test]
fn tracks_are_lines_with_a_layer_of_their_positions() {
    let track = "<gx:Track><when>2026-05-28T02:02:09Z</when><when>2026-05-28T02:02:35Z</when>
        <gx:coord>3.7 51.1 156</gx:coord><gx:coord>3.8 51.2 152.5</gx:coord>
        <ExtendedData><SchemaData schemaUrl='#s'><gx:SimpleArrayData name='hartslag'><gx:value>86</gx:value><gx:value>103</gx:value></gx:SimpleArrayData></SchemaData></ExtendedData></gx:Track>";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.kml");
    let text = document(&format!(
        "<Placemark><name>Rit</name>{track}</Placemark>
         <Placemark><name>Twee</name><gx:MultiTrack>{track}{track}</gx:MultiTrack></Placemark>"
    ));
    std::fs::write(&path, text).unwrap();
    let expected = [listed("Wijken", 2), listed("Wijken track_points", 6)];
    assert_eq!(layers_in(&path, &Watch::unwatched()).unwrap(), expected);
    let tables = read(&path).unwrap();
    let [lines, points] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    assert_eq!(names(lines), ["name", "begin", "end"]);
    assert_eq!(value(lines, 1, "end").to_data_text(), "2026-05-28T02:02:35Z");
    assert_eq!(
        lines.geometry.as_ref().unwrap().kinds(),
        [GeometryKind::LineString, GeometryKind::MultiLineString]
    );
    assert_eq!(
        lines.geometry.as_ref().unwrap().row(0).parts().next().unwrap().first_ring().z(),
        [156.0, 152.5]
    );
    assert_eq!((points.rows(), points.name.as_str()), (6, "Wijken track_points"));
    assert_eq!(names(points), ["name", "placemark", "segment", "point", "when", "hartslag"]);
    assert_eq!(value(points, 5, "hartslag"), Value::Integer(103));
    assert_eq!(value(points, 5, "placemark"), Value::Integer(2));
    assert!(matches!(points.fields[4].kind, FieldKind::DateTime(_)));
    for name in ["Wijken", "Wijken track_points"] {
        let options = ReadOptions { layer: Some(name.to_owned()), ..ReadOptions::default() };
        let one = open(&path, &options, &Watch::unwatched()).unwrap();
        assert_eq!((one.len(), one[0].name.as_str()), (1, name));
        assert_same_values(&one[0], tables.iter().find(|table| table.name == name).unwrap());
    }
}

#[test]
fn colours_that_all_share_are_the_look_of_the_layer() {
    let style = "<Style id='s'><LineStyle><color>ff0000ff</color><width>3</width></LineStyle><PolyStyle><color>7f00ff00</color></PolyStyle></Style>";
    let polygon = "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon>";
    let shared = format!("<Placemark><styleUrl>#s</styleUrl>{polygon}</Placemark>");
    let table = table_of("a.kml", document(&format!("{style}{shared}{shared}")));
    let look = Look {
        fill: Some([0, 255, 0, 127]),
        stroke: Some([255, 0, 0, 255]),
        stroke_width: Some(3.0),
        point_scale: None,
    };
    assert_eq!(table.origin.look, Some(look));
    assert!(table.fields.is_empty());
    // Differing ones are columns, also where the style comes after the placemarks.
    let own = format!(
        "<Placemark><styleUrl>#s</styleUrl><Style><PolyStyle><color>ffff0000</color></PolyStyle></Style>{polygon}</Placemark>"
    );
    let none = format!("<Placemark>{polygon}</Placemark>");
    let away = format!("<Placemark><styleUrl>http://x.be/a.kml#s</styleUrl>{polygon}</Placemark>");
    let point = "<Placemark><Style><IconStyle><color>ff00ffff</color><scale>1.5</scale><Icon><href>a.png</href></Icon></IconStyle></Style><Point><coordinates>3,51</coordinates></Point></Placemark>";
    let text = document(&format!("{shared}{own}{none}{away}{point}{style}"));
    let table = table_of("a.kml", text);
    assert_eq!(table.origin.look, None);
    assert_eq!(
        names(&table),
        ["stroke", "fill", "fill-opacity", "marker-color", "stroke-width", "icon", "icon-scale"]
    );
    let column =
        |name: &str| (0..5).map(|row| value(&table, row, name).to_data_text()).collect::<Vec<_>>();
    assert_eq!(column("stroke"), ["#ff0000", "#ff0000", "", "", ""]);
    assert_eq!(column("fill"), ["#00ff00", "#0000ff", "", "", ""]);
    assert_eq!(column("marker-color"), ["", "", "", "", "#ffff00"]);
    assert_eq!(column("stroke-width"), ["3", "3", "", "", ""]);
    assert_eq!(column("icon"), ["", "", "", "", "a.png"]);
    assert!((0.497..0.499).contains(&column("fill-opacity")[0].parse::<f64>().unwrap()));
    assert_eq!(count(&table, "problem-kml-style-elsewhere"), 1);
}

#[test]
fn what_is_not_read_is_told() {
    let table = table_of(
        "a.kml",
        document(
            "<LookAt><longitude>3</longitude></LookAt><NetworkLink><Link><href>x.kml</href></Link></NetworkLink>
             <GroundOverlay><Icon><href>x.png</href></Icon></GroundOverlay>
             <Placemark><Model><Link/></Model></Placemark><Placemark><Region/><Point><coordinates>1,2</coordinates></Point></Placemark>",
        ),
    );
    assert_eq!(table.rows(), 2);
    for problem in ["links", "overlays", "models"] {
        assert_eq!(count(&table, &format!("problem-kml-{problem}")), 1, "{problem}");
    }
    assert_eq!(count(&table, "problem-xml-not-kept"), 2);
    assert_eq!(count(&table, "problem-no-geometry"), 1);
    let only_link = table_of("a.kml", document("<NetworkLink/>"));
    assert_eq!((only_link.rows(), count(&only_link, "problem-kml-links")), (0, 1));
}

#[test]
fn files_that_are_no_kml_fail_by_name() {
    for (text, id) in [
        ("<html><body>404</body></html>", "error-not-kml"),
        ("", "error-not-kml"),
        ("niets", "error-not-kml"),
        ("<kml><Document><Placemark>", "error-xml"),
    ] {
        let error = read_text("a.kml", text).unwrap_err();
        assert_eq!(error.what.id, id, "{text}");
        for language in Language::ALL {
            let told = error.text(language);
            assert!(!told.contains("error-") && !told.contains("remedy-"), "{told}");
        }
    }
}

#[test]
fn a_file_that_breaks_off_keeps_what_was_read() {
    let text = document(FOLDERS);
    let cut = &text[..text.find("<name>c</name>").unwrap()];
    let tables = read_text("a.kml", cut).unwrap();
    assert_eq!(tables.iter().map(Table::rows).collect::<Vec<_>>(), [1, 1, 1]);
    let problem = tables[0].origin.problems.iter().find(|it| it.id == "problem-xml-cut-off");
    let told = problem.unwrap().text(Language::Dutch);
    assert!(told.contains("houdt halverwege op") && told.contains("regel 5"), "{told}");
}

#[test]
fn encodings_are_those_of_the_declaration() {
    let text = document("<Placemark><name>Café</name></Placemark>").replace("UTF-8", "ISO-8859-1");
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    let table = table_of("a.kml", latin);
    assert_eq!(value(&table, 0, "name"), Value::Text("Café"));
    assert_eq!(table.origin.encoding.as_deref(), Some("windows-1252"));
}

fn kmz(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn kmz_files_are_read_by_the_file_that_counts() {
    let doc = document("<Placemark><name>goed</name></Placemark>");
    let other = document("<Placemark><name>fout</name></Placemark>");
    let members =
        [("a/b.kml", &*other), ("a.kml", &other), ("files/x.png", "png"), ("doc.kml", &doc)];
    let table = table_of("a.kmz", kmz(&members));
    assert_eq!(value(&table, 0, "name"), Value::Text("goed"));
    assert_eq!((table.origin.format, count(&table, "problem-kmz-other-kml")), ("kml", 2));
    assert_eq!(count(&table, "problem-kmz-other-files"), 1);
    // Without that name: the first, those in folders last.
    let members = [("a/b.kml", &*other), ("z.kml", &doc)];
    assert_eq!(value(&table_of("a.kmz", kmz(&members)), 0, "name"), Value::Text("goed"));
    let error = read_text("a.kmz", kmz(&[("x.png", "png")])).unwrap_err();
    assert_eq!(error.what.id, "error-kmz-without-kml");
    // A plain archive holds files of any kind.
    assert_eq!(read_text("a.zip", kmz(&members)).unwrap().len(), 2);
}

#[test]
fn a_kmz_that_grows_without_bounds_is_refused() {
    let spaces = " ".repeat(300 << 20);
    let bytes = kmz(&[("doc.kml", &spaces)]);
    assert!(bytes.len() < 1 << 20);
    assert_eq!(read_text("a.kmz", bytes).unwrap_err().what.id, "error-archive-too-big");
}

/// File, layers with rows, geometry types, of the odd files.
const ODD: &[(&str, &[(&str, usize)])] = &[
    ("extended_data", &[("extended_data", 1)]),
    ("gxmultitrack", &[("12/04/2014 11:24 AM", 3), ("12/04/2014 11:24 AM track_points", 26)]),
    ("gxtrack", &[("gxtrack", 1), ("gxtrack track_points", 7)]),
    ("multigeometry", &[("Polygon.kml", 1)]),
    ("multigeometry_discrete", &[("Polygon.kml", 1)]),
    ("nogeomplacemark", &[("Inline style test", 1)]),
    ("point_id", &[("point_id", 1)]),
    ("polygon", &[("Polygon.kml", 1)]),
    ("style_url", &[("style_url", 1)]),
    ("styles", &[("Project 2", 2)]),
    ("twopoints", &[("twopoints", 2)]),
];

#[test]
fn odd_files_open_with_their_layers() {
    for (name, expected) in ODD {
        let Some(path) = shared_data(&format!("odd/kml-gpx/{name}.kml")) else { return };
        let tables = read(&path).unwrap();
        let told: Vec<_> = tables.iter().map(|table| (table.name.as_str(), table.rows())).collect();
        assert_eq!(told, *expected, "{name}");
        let listed = layers_in(&path, &Watch::unwatched()).unwrap();
        let listed: Vec<_> = listed
            .iter()
            .map(|it| (it.name.as_str(), usize::try_from(it.rows.unwrap()).unwrap()))
            .collect();
        assert_eq!(listed, *expected, "{name}");
        for problem in tables.iter().flat_map(|table| &table.origin.problems) {
            for language in Language::ALL {
                assert!(!problem.text(language).contains("problem-"), "{problem:?}");
            }
        }
    }
}

/// GDAL reads the same places from the odd files. Two differences: GDAL stops after the first
/// placemark that stands right in `kml` (twopoints), and has no layer of the positions of tracks.
#[test]
fn gdal_reads_the_same_places() {
    if !has_gdal() {
        return;
    }
    for (name, _) in ODD.iter().filter(|(name, _)| *name != "twopoints") {
        let Some(path) = shared_data(&format!("odd/kml-gpx/{name}.kml")) else { return };
        let table = read(&path).unwrap().remove(0);
        // It has an empty folder as well.
        let layer = (*name == "styles").then_some("Project 2");
        let features = gdal::features(&path, layer, &[]);
        gdal::assert_same_places(name, &features, &table);
        for (row, feature) in features.iter().enumerate() {
            for (theirs, ours) in [("Name", "name"), ("description", "description"), ("foo", "foo")]
            {
                let Some(at) = table.field_index(ours) else { continue };
                let found = table.value(row, at).to_data_text();
                let expected = feature["properties"][theirs].as_str().unwrap_or_default();
                assert_eq!(found.trim(), expected.trim(), "{name}, row {row}");
            }
        }
    }
}

/// A table with a bit of everything.
fn mixed() -> Table {
    table_of(
        "a.geojson",
        r#"{"type":"FeatureCollection","name":"Mix & match","features":[
        {"type":"Feature","id":7,"properties":{"naam":"Café <1>","n":1,"big":123456789012,"d":2.5,"b":true,"dag":"2026-01-31","at":"2026-01-31T10:00:00Z","j":{"a":[1,"x"]},"leeg":"","tekst":" \n rand\r\n "},
         "geometry":{"type":"Point","coordinates":[3.7,51.05,9.5]}},
        {"type":"Feature","id":8,"properties":{"naam":null,"n":-2,"big":1,"d":1e-7,"b":false,"dag":null,"at":null,"j":null,"leeg":"x","tekst":null},
         "geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,2],[2,1],[1,1]]],[[[9,9],[10,9],[10,10],[9,9]]]]}},
        {"type":"Feature","properties":{"naam":"z"},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]}},
        {"type":"Feature","properties":{"naam":"w"},"geometry":null}]}"#,
    )
}

fn written(table: &Table, name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    write(table, &path);
    (folder, path)
}

/// The values of the fields of `a` in `b`, which may have more.
fn assert_holds_values(a: &Table, b: &Table) {
    let columns: Vec<usize> =
        a.fields.iter().map(|field| b.field_index(&field.name).unwrap()).collect();
    assert_same_values(a, &b.select_columns(&columns));
}

#[test]
fn written_files_read_back() {
    let table = mixed();
    for name in ["out.kml", "out.kmz"] {
        let (_folder, path) = written(&table, name);
        let back = read_one(&path);
        assert_eq!((back.name.as_str(), format_of(&path).unwrap().id), ("Mix & match", "kml"));
        assert_holds_values(&table, &back);
        assert_same_places(&table, &back);
        assert_eq!(value(&back, 0, "name"), Value::Text("Café <1>"));
        let kinds = |table: &Table| {
            let field = |name: &str| table.fields[table.field_index(name).unwrap()].kind;
            table.fields.iter().map(|it| field(&it.name).code()).collect::<Vec<_>>()
        };
        let columns: Vec<usize> =
            table.fields.iter().map(|field| back.field_index(&field.name).unwrap()).collect();
        assert_eq!(kinds(&table), kinds(&back.select_columns(&columns)));
        assert_eq!(format!("{:?}", table.ids), format!("{:?}", back.ids));
        // And once more, now that the file has its own elements.
        let (_folder, again) = written(&back, name);
        let again = read_one(&again);
        assert_same_values(&back, &again);
        assert_same_places(&back, &again);
    }
}

#[test]
fn what_writing_changes_is_told() {
    let table = mixed();
    let path = Path::new("out.kml");
    let told = export_changes(&whole(&table, path));
    let kinds: Vec<_> = told.iter().map(belfort::problem::Problem::kind).collect();
    assert_eq!(kinds, ["kml-long-integer", "xml-as-text", "xml-as-text"]);
    let odd = table_of(
        "a.geojson",
        r#"[{"type":"Feature","properties":{"name":"","t":"a\u0001b"},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}},
            {"type":"Feature","properties":{"name":"x","t":"c"},"geometry":{"type":"Polygon","coordinates":[[[0,0,1,5],[1,0,1,5],[1,1,1,5]]]}},
            {"type":"Feature","properties":{"name":"y","t":"d"},"geometry":{"type":"LineString","coordinates":[]}}]"#,
    );
    let told = export_changes(&whole(&odd, path));
    for id in [
        "problem-xml-characters",
        "problem-xml-empty-text",
        "problem-xml-empty-geometry",
        "problem-kml-collection",
        "problem-ring-closed",
        "problem-xml-measures-dropped",
    ] {
        assert_eq!(told.count(id), 1, "{id}: {told:?}");
    }
}

/// Colours of rows come back as colours of rows, and those of a layer as its look.
#[test]
fn colours_are_written_and_read_back() {
    let styled = table_of(
        "a.geojson",
        r##"[{"type":"Feature","properties":{"stroke":"#ff0000","stroke-width":2.5,"fill":"#00ff00","fill-opacity":0.5,"marker-color":null},
              "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
             {"type":"Feature","properties":{"stroke":null,"stroke-width":null,"fill":null,"fill-opacity":null,"marker-color":"#123456"},
              "geometry":{"type":"Point","coordinates":[3,51]}}]"##,
    );
    let (_folder, path) = written(&styled, "out.kml");
    let back = read_one(&path);
    for name in ["stroke", "stroke-width", "fill", "marker-color"] {
        for row in 0..2 {
            assert_eq!(value(&styled, row, name), value(&back, row, name), "{name}");
        }
    }
    let Value::Number(opacity) = value(&back, 0, "fill-opacity") else { panic!("no number") };
    assert!((opacity - 0.5).abs() <= 0.5 / 255.0);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("<color>8000ff00</color>"), "{text}");

    let look = Look {
        fill: Some([1, 2, 3, 200]),
        stroke: Some([4, 5, 6, 255]),
        stroke_width: Some(1.5),
        point_scale: None,
    };
    let plain =
        table_of("a.geojson", r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.kml");
    let mut job = whole(&plain, &path);
    job.options.looks = vec![look];
    export(&job, &path, &Watch::unwatched()).unwrap();
    assert_eq!(read_one(&path).origin.look, Some(look));
    // A colour that is none is a value like any other.
    let named = table_of(
        "a.geojson",
        r#"{"type":"Feature","properties":{"fill":"red"},"geometry":{"type":"Point","coordinates":[3,51]}}"#,
    );
    let (_folder, path) = written(&named, "out.kml");
    assert_eq!(value(&read_one(&path), 0, "fill"), Value::Text("red"));
}

#[test]
fn several_tables_are_folders_of_one_file() {
    let (a, b) = (
        mixed(),
        table_of(
            "b.geojson",
            r#"{"type":"Feature","properties":{"x":1},"geometry":{"type":"Point","coordinates":[3,51]}}"#,
        ),
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("samen.kmz");
    let write = format_by_id("kml").unwrap().write_several.unwrap();
    let options =
        WriteOptions { note: Some("Voorbeelddata".to_owned()), ..WriteOptions::default() };
    write(&[&a, &b], &path, &options, &Watch::unwatched()).unwrap();
    let tables = read(&path).unwrap();
    let told: Vec<_> = tables.iter().map(|table| (table.name.as_str(), table.rows())).collect();
    assert_eq!(told, [("Mix & match", 4), ("b", 1)]);
    assert_holds_values(&a, &tables[0]);
    assert_holds_values(&b, &tables[1]);
    assert_eq!(tables[1].origin.note.as_deref(), Some("Voorbeelddata"));
    // Only WGS 84 is written, also here.
    let lambert = table_of("l.geojson", r#"{"type":"Point","coordinates":[104700,193800]}"#);
    let error = write(&[&lambert], &path, &options, &Watch::unwatched()).unwrap_err();
    assert_eq!(error.what.id, "error-export-only-wgs84");
    assert_eq!(read(&path).unwrap().len(), 2);
}

#[test]
fn another_crs_is_transformed_and_told() {
    let lambert = table_of("a.geojson", r#"{"type":"Point","coordinates":[104700,193800]}"#);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.kml");
    let mut job = whole(&lambert, &path);
    assert_eq!(export_changes(&job).count("problem-export-crs-transformed"), 1);
    let report = export(&job, &path, &Watch::unwatched()).unwrap();
    assert_eq!(report.problems.count("problem-export-crs-transformed"), 1);
    assert_eq!(report.crs, Some(Crs::wgs84()));
    // cs2cs (PROJ 9.1) from EPSG:31370.
    let [x, y] = read_one(&path).geometry.unwrap().row(0).xy()[0];
    assert!((x - 3.722_687_5).abs() < 1e-5 && (y - 51.052_587_5).abs() < 1e-5, "{x} {y}");
    job.crs = Some(Crs::wgs84());
    assert_eq!(export_changes(&job).count("problem-export-crs-transformed"), 0);
    // Without a known CRS it cannot be.
    let mut unknown = table_of("a.geojson", r#"{"type":"Point","coordinates":[104700,193800]}"#);
    unknown.crs = None;
    let error = export(&whole(&unknown, &path), &path, &Watch::unwatched()).unwrap_err();
    assert_eq!(error.what.id, "error-export-without-crs");
}

/// GDAL reads from what Belfort wrote every place and every value.
#[test]
fn gdal_reads_what_is_written() {
    if !has_gdal() {
        return;
    }
    let table = mixed();
    for name in ["out.kml", "out.kmz"] {
        let (_folder, path) = written(&table, name);
        let features = gdal::features(&path, None, &[]);
        gdal::assert_same_places(name, &features, &table);
        let first = &features[0]["properties"];
        assert_eq!(first["Name"], "Café <1>");
        assert_eq!(
            (&first["n"], &first["d"], &first["dag"]),
            (&1.into(), &2.5.into(), &"2026-01-31".into())
        );
        assert_eq!(first["b"], 1);
    }
    let Some(path) = shared_data("real/wijken/stadswijken-gent-2026.geojson") else { return };
    let source = read_one(&path);
    let (_folder, path) = written(&source, "wijken.kml");
    gdal::assert_same_places("wijken", &gdal::features(&path, None, &[]), &source);
    let back = read_one(&path);
    assert_holds_values(&source, &back);
    assert_same_places(&source, &back);
}

//! Answers of a WFS in the forms that the programs behind it write.

use belfort::formats::{ReadOptions, format_of, layers_in, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::table::{FieldKind, GeometryKind, Value};

use super::super::{read, read_text, table_of};
use super::{collection, names, placed, value};

/// GeoServer, WFS 2.0, GML 3.2.
const GEOSERVER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
 xmlns:stad="http://stad.example.be" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" numberMatched="3" numberReturned="3" timeStamp="2026-03-01T10:00:00.000Z"
 xsi:schemaLocation="http://www.opengis.net/wfs/2.0 http://schemas.opengis.net/wfs/2.0/wfs.xsd">
<wfs:boundedBy><gml:Envelope srsDimension="2" srsName="urn:ogc:def:crs:EPSG::31370"><gml:lowerCorner>104700 193800</gml:lowerCorner><gml:upperCorner>104900 193900</gml:upperCorner></gml:Envelope></wfs:boundedBy>
<wfs:member><stad:bomen gml:id="bomen.1"><gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::31370" srsDimension="2"><gml:lowerCorner>104700 193800</gml:lowerCorner><gml:upperCorner>104700 193800</gml:upperCorner></gml:Envelope></gml:boundedBy>
<stad:the_geom><gml:Point srsName="urn:ogc:def:crs:EPSG::31370" srsDimension="2" gml:id="bomen.1.the_geom"><gml:pos>104700.5 193800</gml:pos></gml:Point></stad:the_geom>
<stad:nr>1</stad:nr><stad:soort>Linde &amp; zo</stad:soort><stad:code>0012</stad:code><stad:hoogte uom="m">12.5</stad:hoogte><stad:geplant>1999-03-01Z</stad:geplant><stad:gewijzigd>2026-02-01T08:00:00.000Z</stad:gewijzigd><stad:oud>true</stad:oud></stad:bomen></wfs:member>
<wfs:member><stad:bomen gml:id="bomen.2"><stad:nr>2</stad:nr><stad:soort/><stad:code>0013</stad:code><stad:hoogte xsi:nil="true" nilReason="unknown"/><stad:oud>false</stad:oud></stad:bomen></wfs:member>
<wfs:member><stad:bomen gml:id="bomen.3"><stad:the_geom><gml:Point srsName="urn:ogc:def:crs:EPSG::31370" srsDimension="2"><gml:pos>104900 193900</gml:pos></gml:Point></stad:the_geom><stad:nr>3</stad:nr></stad:bomen></wfs:member>
</wfs:FeatureCollection>"#;

#[test]
fn geoserver_s_answer_is_a_table() {
    for name in ["a.gml", "antwoord.xml", "download"] {
        let table = table_of(name, GEOSERVER);
        assert_eq!((table.rows(), &*table.name, table.origin.format), (3, "bomen", "gml"));
        assert_eq!(
            names(&table),
            [
                "nr",
                "soort",
                "code",
                "hoogte_uom",
                "hoogte",
                "geplant",
                "gewijzigd",
                "oud",
                "hoogte_nilReason"
            ]
        );
        assert_eq!(value(&table, 0, "nr"), Value::Integer(1));
        assert_eq!(value(&table, 0, "soort"), Value::Text("Linde & zo"));
        assert_eq!(value(&table, 1, "soort"), Value::Null);
        assert_eq!(value(&table, 1, "code"), Value::Text("0013"), "leading zeros stay");
        assert_eq!(
            (value(&table, 0, "hoogte"), value(&table, 1, "hoogte")),
            (Value::Number(12.5), Value::Null)
        );
        assert_eq!(value(&table, 1, "oud"), Value::Boolean(false));
        assert!(matches!(value(&table, 0, "gewijzigd"), Value::DateTime(..)));
        let geometry = table.geometry.as_ref().unwrap();
        assert_eq!(
            geometry.kinds(),
            [GeometryKind::Point, GeometryKind::Null, GeometryKind::Point]
        );
        assert_eq!(geometry.row(0).xy(), [[104_700.5, 193_800.0]]);
        assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:31370"));
        assert!(table.ids.is_some());
        let problems = &table.origin.problems;
        assert_eq!(problems.count("problem-no-geometry"), 1);
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
}

/// MapServer, WFS 1.0, GML 2: the features right in `gml:featureMember`, `fid`, and a line of
/// layout around every value.
const MAPSERVER: &str = r#"<?xml version='1.0' encoding="ISO-8859-1" ?>
<wfs:FeatureCollection xmlns:ms="http://mapserver.gis.umn.edu/mapserver" xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" xmlns:ogc="http://www.opengis.net/ogc">
      <gml:boundedBy>
        <gml:Box srsName="EPSG:4326"><gml:coordinates>3.600000,51.000000 3.800000,51.100000</gml:coordinates></gml:Box>
      </gml:boundedBy>
    <gml:featureMember>
      <ms:wijken fid="wijken.7">
        <gml:boundedBy><gml:Box srsName="EPSG:4326"><gml:coordinates>3.6,51 3.8,51.1</gml:coordinates></gml:Box></gml:boundedBy>
        <ms:msGeometry>
        <gml:Polygon srsName="EPSG:4326"><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>3.600000,51.000000 3.800000,51.000000 3.800000,51.100000 3.600000,51.000000 </gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>
        </ms:msGeometry>
        <ms:naam>Caf\u{e9} Muide</ms:naam>
        <ms:inwoners>12000</ms:inwoners>
      </ms:wijken>
    </gml:featureMember>
</wfs:FeatureCollection>"#;

#[test]
fn mapserver_s_answer_of_gml_2_is_a_table() {
    let bytes: Vec<u8> = MAPSERVER
        .replace("\\u{e9}", "é")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let table = table_of("a.gml", bytes);
    assert_eq!((table.rows(), &*table.name), (1, "wijken"));
    assert_eq!(names(&table), ["naam", "inwoners"]);
    assert_eq!(value(&table, 0, "naam"), Value::Text("Café Muide"));
    assert_eq!(value(&table, 0, "inwoners"), Value::Integer(12_000));
    let expected = [[3.6, 51.0], [3.8, 51.0], [3.8, 51.1], [3.6, 51.0]];
    assert_eq!(table.geometry.as_ref().unwrap().row(0).xy(), expected);
    assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
}

/// deegree, GML 3.2: `gml:featureMembers`, GML's own prefix chosen freely, properties in objects.
const DEEGREE: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="WFS_RESPONSE"><gml:featureMembers>
<ns1:Adres xmlns:ns1="urn:adres" gml:id="ADRES_1"><ns1:straat codeSpace="urn:namen">Korenmarkt</ns1:straat>
<ns1:bus>a</ns1:bus><ns1:bus>b</ns1:bus><ns1:ligt><ns1:Ligging><ns1:hoe>ingang</ns1:hoe><ns1:waar><ns2:Point xmlns:ns2="http://www.opengis.net/gml/3.2" ns2:id="G1" srsName="EPSG:31370">
<ns2:pos>104700 193800</ns2:pos></ns2:Point></ns1:waar></ns1:Ligging></ns1:ligt><ns1:gebouw xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#GEBOUW_9" xlink:type="simple"/></ns1:Adres>
<ns1:Gebouw xmlns:ns1="urn:adres" gml:id="GEBOUW_9"><ns1:verdiepingen>3</ns1:verdiepingen></ns1:Gebouw>
</gml:featureMembers></gml:FeatureCollection>"##;

#[test]
fn deegree_s_answer_of_two_types_is_two_tables() {
    let tables = read_text("a.gml", DEEGREE).unwrap();
    let told: Vec<_> =
        tables.iter().map(|it| (&*it.name, it.origin.layer.as_deref(), it.rows())).collect();
    assert_eq!(told, [("Adres", Some("Adres"), 1), ("Gebouw", Some("Gebouw"), 1)]);
    let address = &tables[0];
    assert_eq!(
        names(address),
        ["straat_codeSpace", "straat", "bus", "ligt.Ligging.hoe", "gebouw_href"]
    );
    assert_eq!(value(address, 0, "bus"), Value::Text("a; b"));
    assert_eq!(address.origin.problems.count("problem-xml-joined"), 1);
    assert_eq!(value(address, 0, "gebouw_href"), Value::Text("#GEBOUW_9"));
    assert_eq!(address.geometry.as_ref().unwrap().xy(), [[104_700.0, 193_800.0]]);
    assert!(tables[1].geometry.is_none());
}

/// A question about two types gives a collection of collections; QGIS Server puts a rectangle at
/// the head of every feature.
#[test]
fn collections_in_collections_are_read() {
    let member = |name: &str, n: u32| {
        format!("<wfs:member><s:{name} xmlns:s=\"u\"><s:n>{n}</s:n></s:{name}></wfs:member>")
    };
    let inner = |name: &str, first: u32| {
        format!(
            "<wfs:member><wfs:FeatureCollection>{}{}</wfs:FeatureCollection></wfs:member>",
            member(name, first),
            member(name, first + 1)
        )
    };
    let text = format!(
        "<wfs:FeatureCollection xmlns:wfs=\"http://www.opengis.net/wfs/2.0\" numberMatched=\"unknown\">{}{}</wfs:FeatureCollection>",
        inner("a", 1),
        inner("b", 5)
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gml");
    std::fs::write(&path, text).unwrap();
    let tables = read(&path).unwrap();
    assert_eq!(tables.len(), 2);
    assert_eq!(value(&tables[1], 1, "n"), Value::Integer(6));
    let listed = layers_in(&path, &Watch::unwatched()).unwrap();
    let listed: Vec<_> = listed.iter().map(|it| (&*it.name, it.rows)).collect();
    assert_eq!(listed, [("a", Some(2)), ("b", Some(2))]);
    let options = ReadOptions { layer: Some("b".to_owned()), ..ReadOptions::default() };
    let one = open(&path, &options, &Watch::unwatched()).unwrap();
    assert_eq!((one.len(), &*one[0].name, one[0].rows()), (1, "b", 2));
    let none = ReadOptions { layer: Some("c".to_owned()), ..ReadOptions::default() };
    assert_eq!(open(&path, &none, &Watch::unwatched()).unwrap_err().what.id, "error-no-layer");
}

/// An answer to `GetFeatureById` is the feature itself.
#[test]
fn a_feature_alone_is_a_row() {
    let text = r#"<s:boom xmlns:s="u" xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="boom.1"><s:nr>7</s:nr><s:g><gml:Point srsName="EPSG:31370"><gml:pos>1 2</gml:pos></gml:Point></s:g></s:boom>"#;
    let table = table_of("a.gml", text);
    assert_eq!((table.rows(), &*table.name), (1, "boom"));
    assert_eq!(value(&table, 0, "nr"), Value::Integer(7));
    assert!(table.ids.is_some());
}

#[test]
fn an_answer_without_features_is_a_layer_without_rows() {
    let table = table_of("leeg.gml", collection(&[]));
    assert_eq!((table.rows(), table.fields.len(), &*table.name), (0, 0, "leeg"));
}

/// The server had more than it gave.
#[test]
fn an_answer_that_is_not_whole_says_so() {
    let text = GEOSERVER.replace("numberMatched=\"3\"", "numberMatched=\"12\"");
    assert_eq!(table_of("a.gml", text).origin.problems.count("problem-gml-incomplete"), 1);
}

/// A schema beside the file says what the values are, whatever they look like.
#[test]
fn a_schema_beside_the_file_says_what_values_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gml");
    std::fs::write(&path, collection(&["<s:n>1</s:n><s:t>1</s:t>", "<s:n>2</s:n><s:x>5</s:x>"]))
        .unwrap();
    let kinds = |table: &belfort::table::Table| {
        table.fields.iter().map(|it| (it.name.clone(), it.kind)).collect::<Vec<_>>()
    };
    let of = |name: &str, kind| (name.to_owned(), kind);
    let integer = FieldKind::Integer;
    let bare = read(&path).unwrap().remove(0);
    assert_eq!(kinds(&bare), [of("n", integer), of("t", integer), of("x", integer)]);
    let schema = r#"<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="f" type="s:f_Type"/>
        <complexType name="f_Type"><complexContent><extension base="gml:AbstractFeatureType"><sequence><element name="leeg" type="date"/>
        <element name="t" type="string"/><element name="n" type="double"/></sequence></extension></complexContent></complexType></schema>"#;
    std::fs::write(folder.path().join("a.xsd"), schema).unwrap();
    let told = read(&path).unwrap().remove(0);
    let expected = [
        of("leeg", FieldKind::Text),
        of("t", FieldKind::Text),
        of("n", FieldKind::Number),
        of("x", integer),
    ];
    assert_eq!(kinds(&told), expected);
}

#[test]
fn what_is_no_gml_fails_by_name() {
    let report = "<ows:ExceptionReport xmlns:ows=\"http://www.opengis.net/ows/1.1\" version=\"2.0.0\"><ows:Exception \
        exceptionCode=\"InvalidParameterValue\"><ows:ExceptionText>Feature type x unknown</ows:ExceptionText></ows:Exception></ows:ExceptionReport>";
    for (name, text, id) in [
        ("a.gml", report, "error-gml-exception"),
        ("a.xml", report, "error-gml-exception"),
        ("a.gml", "<html><body/></html>", "error-not-gml"),
        ("a.gml", "naam;x", "error-not-gml"),
        ("a.gml", "", "error-not-gml"),
        ("a.gml", "<wfs:FeatureCollection><wfs:member><s:a", "error-xml"),
        ("a.xml", "<project/>", "error-unknown-format"),
    ] {
        let error = read_text(name, text).unwrap_err();
        assert_eq!(error.what.id, id, "{name} {text}");
        for language in Language::ALL {
            let told = error.text(language);
            assert!(!told.contains("error-") && !told.contains("remedy-"), "{told}");
            assert!(
                id != "error-gml-exception" || told.contains("Feature type x unknown"),
                "{told}"
            );
        }
    }
}

/// What is read of a file that breaks off is kept, and told with its place.
#[test]
fn what_stands_before_the_break_is_kept() {
    let end = GEOSERVER.find("<wfs:member><stad:bomen gml:id=\"bomen.3\">").unwrap();
    let table = table_of("a.gml", &GEOSERVER[..end + 60]);
    assert_eq!((table.rows(), table.origin.problems.count("problem-xml-cut-off")), (2, 1));
}

#[test]
fn other_xml_is_left_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xml");
    for (text, id) in [
        (&*collection(&[&placed("")]), Some("gml")),
        ("<kml xmlns=\"http://www.opengis.net/kml/2.2\"/>", Some("kml")),
        ("<gpx version=\"1.1\"/>", Some("gpx")),
        ("<wfs:WFS_Capabilities xmlns:wfs=\"http://www.opengis.net/wfs/2.0\"/>", None),
    ] {
        std::fs::write(&path, text).unwrap();
        assert_eq!(format_of(&path).ok().map(|format| format.id), id, "{text}");
    }
}

//! Geometries in all their forms, and the systems they are in.

use std::path::Path;

use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;
use belfort::table::{GeometryColumn, GeometryKind, Table, Value};

use super::super::{gdal, read, table_of};
use super::{collection, placed, value};
use crate::support::has_gdal;

/// In Lambert 72, so that no numbers change places.
const SRS: &str = "srsName=\"urn:ogc:def:crs:EPSG::31370\"";

/// Geometries that GDAL makes the very same of, and what they are.
const SAME: &[(&str, GeometryKind)] = &[
    ("<gml:Point SRS><gml:pos>1 2</gml:pos></gml:Point>", GeometryKind::Point),
    ("<gml:Point SRS><gml:pos srsDimension=\"3\">1 2 3</gml:pos></gml:Point>", GeometryKind::Point),
    ("<gml:Point SRS><gml:coordinates>1,2</gml:coordinates></gml:Point>", GeometryKind::Point),
    (
        "<gml:Point SRS><gml:coordinates decimal=\",\" cs=\";\" ts=\" \">1,5;2,25</gml:coordinates></gml:Point>",
        GeometryKind::Point,
    ),
    (
        "<gml:Point SRS><gml:coord><gml:X>1</gml:X><gml:Y>2</gml:Y></gml:coord></gml:Point>",
        GeometryKind::Point,
    ),
    (
        "<gml:LineString SRS><gml:posList>1 2 3 4\n 5.5 6e1</gml:posList></gml:LineString>",
        GeometryKind::LineString,
    ),
    (
        "<gml:LineString SRS srsDimension=\"3\"><gml:posList>1 2 3 4 5 6</gml:posList></gml:LineString>",
        GeometryKind::LineString,
    ),
    (
        "<gml:LineString SRS><gml:pos>1 2</gml:pos><gml:pos>3 4</gml:pos></gml:LineString>",
        GeometryKind::LineString,
    ),
    (
        "<gml:LineString SRS><gml:coordinates>1,2,3 4,5,6</gml:coordinates></gml:LineString>",
        GeometryKind::LineString,
    ),
    (
        "<gml:Curve SRS><gml:segments><gml:LineStringSegment><gml:posList>1 2 3 4</gml:posList></gml:LineStringSegment>\
         <gml:LineStringSegment><gml:posList>3 4 5 6</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>",
        GeometryKind::LineString,
    ),
    (
        "<gml:CompositeCurve SRS><gml:curveMember><gml:LineString><gml:posList>1 2 3 4</gml:posList></gml:LineString></gml:curveMember>\
         <gml:curveMember><gml:LineString><gml:posList>3 4 5 6</gml:posList></gml:LineString></gml:curveMember></gml:CompositeCurve>",
        GeometryKind::LineString,
    ),
    (
        "<gml:Polygon SRS><gml:exterior><gml:LinearRing><gml:posList>0 0 9 0 9 9 0 0</gml:posList></gml:LinearRing></gml:exterior>\
         <gml:interior><gml:LinearRing><gml:posList>4 2 5 2 5 3 4 2</gml:posList></gml:LinearRing></gml:interior></gml:Polygon>",
        GeometryKind::Polygon,
    ),
    (
        "<gml:Polygon SRS><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 9,0 9,9 0,0</gml:coordinates></gml:LinearRing>\
         </gml:outerBoundaryIs></gml:Polygon>",
        GeometryKind::Polygon,
    ),
    (
        "<gml:Surface SRS><gml:patches><gml:PolygonPatch><gml:exterior><gml:LinearRing><gml:posList>0 0 9 0 9 9 0 0</gml:posList>\
         </gml:LinearRing></gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>",
        GeometryKind::Polygon,
    ),
    (
        "<gml:MultiPoint SRS><gml:pointMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:pointMember>\
         <gml:pointMember><gml:Point><gml:pos>3 4</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint>",
        GeometryKind::MultiPoint,
    ),
    (
        "<gml:MultiPoint SRS><gml:pointMembers><gml:Point><gml:pos>1 2</gml:pos></gml:Point><gml:Point><gml:pos>3 4</gml:pos></gml:Point>\
         </gml:pointMembers></gml:MultiPoint>",
        GeometryKind::MultiPoint,
    ),
    (
        "<gml:MultiCurve SRS><gml:curveMember><gml:LineString><gml:posList>1 2 3 4</gml:posList></gml:LineString></gml:curveMember>\
         <gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment><gml:posList>5 6 7 8</gml:posList></gml:LineStringSegment>\
         </gml:segments></gml:Curve></gml:curveMember></gml:MultiCurve>",
        GeometryKind::MultiLineString,
    ),
    (
        "<gml:MultiLineString SRS><gml:lineStringMember><gml:LineString><gml:coordinates>1,2 3,4</gml:coordinates></gml:LineString>\
         </gml:lineStringMember></gml:MultiLineString>",
        GeometryKind::MultiLineString,
    ),
    (
        "<gml:MultiSurface SRS><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 9 0 9 9 0 0</gml:posList>\
         </gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>",
        GeometryKind::MultiPolygon,
    ),
    (
        "<gml:MultiPolygon SRS><gml:polygonMember><gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 9,0 9,9 0,0\
         </gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon></gml:polygonMember></gml:MultiPolygon>",
        GeometryKind::MultiPolygon,
    ),
    (
        "<gml:CompositeSurface SRS><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 9 0 9 9 0 0</gml:posList>\
         </gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>\
         <gml:posList>0 0 9 9 0 9 0 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:CompositeSurface>",
        GeometryKind::MultiPolygon,
    ),
    (
        "<gml:MultiGeometry SRS><gml:geometryMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:geometryMember><gml:geometryMember>\
         <gml:LineString><gml:posList>1 2 3 4</gml:posList></gml:LineString></gml:geometryMember></gml:MultiGeometry>",
        GeometryKind::GeometryCollection,
    ),
    (
        "<gml:MultiGeometry SRS><gml:geometryMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:geometryMember></gml:MultiGeometry>",
        GeometryKind::GeometryCollection,
    ),
];

/// Curves: GDAL's lines have as many positions, within rounding.
const CURVED: &[&str] = &[
    "<gml:Curve SRS><gml:segments><gml:Arc><gml:posList>0 0 1 1 2 0</gml:posList></gml:Arc></gml:segments></gml:Curve>",
    "<gml:Curve SRS><gml:segments><gml:ArcString><gml:posList>0 0 1 1 2 0 3 -1 4 0</gml:posList></gml:ArcString></gml:segments></gml:Curve>",
    "<gml:Curve SRS><gml:segments><gml:LineStringSegment><gml:posList>-5 0 0 0</gml:posList></gml:LineStringSegment>\
     <gml:Arc><gml:pos>0 0</gml:pos><gml:pos>1 1</gml:pos><gml:pos>2 0</gml:pos></gml:Arc></gml:segments></gml:Curve>",
    "<gml:Curve SRS><gml:segments><gml:ArcByCenterPoint numArc=\"1\"><gml:pos>10 20</gml:pos><gml:radius uom=\"m\">5</gml:radius>\
     <gml:startAngle uom=\"deg\">0</gml:startAngle><gml:endAngle uom=\"deg\">90</gml:endAngle></gml:ArcByCenterPoint></gml:segments></gml:Curve>",
    "<gml:Polygon SRS><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Arc><gml:posList>0 0 1 1 2 0</gml:posList></gml:Arc>\
     <gml:LineStringSegment><gml:posList>2 0 0 0</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring>\
     </gml:exterior></gml:Polygon>",
];

fn with_srs(geometry: &str) -> String {
    placed(&geometry.replace("SRS", SRS))
}

fn geometry(table: &Table) -> &GeometryColumn {
    table.geometry.as_ref().unwrap()
}

#[test]
fn geometries_are_what_gdal_makes_of_them() {
    let features: Vec<String> = SAME.iter().map(|(geometry, _)| with_srs(geometry)).collect();
    let features: Vec<&str> = features.iter().map(String::as_str).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gml");
    std::fs::write(&path, collection(&features)).unwrap();
    let table = read(&path).unwrap().remove(0);
    for (row, (text, kind)) in SAME.iter().enumerate() {
        assert_eq!(geometry(&table).kinds()[row], *kind, "{text}");
    }
    assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
    assert_eq!(table.fields.len(), 0);
    if has_gdal() {
        gdal::assert_same_places("gml", &gdal::features(&path, None, &[]), &table);
    }
}

#[test]
fn curves_become_lines_as_gdal_makes_them() {
    let features: Vec<String> = CURVED.iter().map(|geometry| with_srs(geometry)).collect();
    let features: Vec<&str> = features.iter().map(String::as_str).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gml");
    std::fs::write(&path, collection(&features)).unwrap();
    let table = read(&path).unwrap().remove(0);
    let problems = &table.origin.problems;
    assert_eq!(problems.count("problem-curve-as-lines"), CURVED.len() as u64, "{problems:?}");
    let arc = geometry(&table).row(0);
    assert!(arc.xy().iter().all(|[x, y]| ((x - 1.0).hypot(*y) - 1.0).abs() < 1e-12));
    if has_gdal() {
        for (row, feature) in gdal::features(&path, None, &[]).iter().enumerate() {
            let mut theirs = Vec::new();
            gdal::numbers(&feature["geometry"], &mut theirs);
            let ours = gdal::numbers_of(geometry(&table).row(row));
            assert_eq!(ours.len(), theirs.len(), "{}", CURVED[row]);
            let near = ours.iter().zip(&theirs).all(|(a, b)| (a - b).abs() < 1e-9);
            assert!(near, "{}\n{ours:?}\n{theirs:?}", CURVED[row]);
        }
    }
}

/// GDAL sees attributes in these.
#[test]
fn rectangles_are_areas() {
    for text in [
        "<gml:Envelope SRS><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 4</gml:upperCorner></gml:Envelope>",
        "<gml:Box SRS><gml:coordinates>1,2 3,4</gml:coordinates></gml:Box>",
        "<gml:Box SRS><gml:coord><gml:X>1</gml:X><gml:Y>2</gml:Y></gml:coord><gml:coord><gml:X>3</gml:X><gml:Y>4</gml:Y></gml:coord></gml:Box>",
    ] {
        let table = table_of("a.gml", collection(&[&with_srs(text)]));
        assert_eq!(geometry(&table).kinds(), [GeometryKind::Polygon]);
        let ring = [[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0], [1.0, 2.0]];
        assert_eq!(geometry(&table).row(0).xy(), ring, "{text}");
    }
}

/// GDAL 3.6 knows neither.
#[test]
fn turned_curves_and_solids_are_read() {
    let curve = with_srs(
        "<gml:OrientableCurve SRS orientation=\"-\"><gml:baseCurve><gml:LineString><gml:posList>5 6 3 4</gml:posList></gml:LineString>\
         </gml:baseCurve></gml:OrientableCurve>",
    );
    let face = "<gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 1 9 0 1 9 9 1 0 0 1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>";
    let solid = with_srs(&format!(
        "<gml:Solid SRS srsDimension=\"3\"><gml:exterior><gml:CompositeSurface>{face}{face}</gml:CompositeSurface></gml:exterior></gml:Solid>"
    ));
    let table = table_of("a.gml", collection(&[&curve, &solid]));
    assert_eq!(geometry(&table).kinds(), [GeometryKind::LineString, GeometryKind::MultiPolygon]);
    assert_eq!(geometry(&table).row(0).xy(), [[3.0, 4.0], [5.0, 6.0]]);
    assert_eq!(geometry(&table).row(1).parts().len(), 2);
    assert_eq!(table.origin.problems.count("problem-faces-as-polygons"), 1);
}

/// A circle through three positions goes all the way round; heights run along.
#[test]
fn circles_go_round() {
    let feature = with_srs(
        "<gml:Curve SRS srsDimension=\"3\"><gml:segments><gml:Circle><gml:posList>0 0 1 1 1 1 2 0 1</gml:posList></gml:Circle>\
         </gml:segments></gml:Curve>",
    );
    let table = table_of("a.gml", collection(&[&feature]));
    let row = geometry(&table).row(0);
    let xy = row.xy();
    assert!(xy.iter().all(|[x, y]| ((x - 1.0).hypot(*y) - 1.0).abs() < 1e-9), "{xy:?}");
    assert_eq!(xy.first(), xy.last());
    let turn: f64 = xy
        .windows(2)
        .map(|pair| {
            let angle = |[x, y]: [f64; 2]| y.atan2(x - 1.0);
            let turn = angle(pair[1]) - angle(pair[0]);
            (turn + std::f64::consts::PI).rem_euclid(std::f64::consts::TAU) - std::f64::consts::PI
        })
        .sum();
    assert!((turn.abs() - std::f64::consts::TAU).abs() < 1e-9, "{turn}");
    assert!(row.parts().all(|part| part.first_ring().z().iter().all(|z| (z - 1.0).abs() < 1e-9)));
}

#[test]
fn what_cannot_be_read_leaves_its_row_without_place() {
    for (geometry_text, problem) in [
        ("<gml:Point SRS><gml:pos>1</gml:pos></gml:Point>", "problem-bad-coordinates"),
        ("<gml:Point SRS><gml:pos>1 x</gml:pos></gml:Point>", "problem-bad-coordinates"),
        ("<gml:Point SRS><gml:pos>1 NaN</gml:pos></gml:Point>", "problem-bad-coordinates"),
        (
            "<gml:LineString SRS><gml:posList>1 2 3 4 5</gml:posList></gml:LineString>",
            "problem-bad-coordinates",
        ),
        (
            "<gml:Curve SRS><gml:segments><gml:BSpline><gml:posList>1 2 3 4</gml:posList></gml:BSpline></gml:segments></gml:Curve>",
            "problem-gml-shape",
        ),
        (
            "<gml:Polygon SRS><gml:interior><gml:LinearRing><gml:posList>0 0 1 0 1 1 0 0</gml:posList></gml:LinearRing></gml:interior></gml:Polygon>",
            "problem-bad-coordinates",
        ),
    ] {
        let good = with_srs("<gml:Point SRS><gml:pos>1 2</gml:pos></gml:Point>");
        let table = table_of("a.gml", collection(&[&with_srs(geometry_text), &good]));
        assert_eq!(geometry(&table).missing(), 1, "{geometry_text}");
        assert_eq!(table.origin.problems.count(problem), 1, "{geometry_text}");
    }
    let nested = "<gml:MultiGeometry><gml:geometryMember>".repeat(60)
        + &"</gml:geometryMember></gml:MultiGeometry>".repeat(60);
    let table = table_of("a.gml", collection(&[&placed(&nested)]));
    assert_eq!(geometry(&table).missing(), 1);
}

fn point(srs: &str, position: &str) -> String {
    placed(&format!("<gml:Point srsName=\"{srs}\"><gml:pos>{position}</gml:pos></gml:Point>"))
}

/// GDAL takes the order of the numbers from the notation in the same way.
#[test]
fn the_order_of_numbers_follows_the_notation_of_the_system() {
    let folder = tempfile::tempdir().unwrap();
    for (number, (srs, position, expected, code)) in [
        ("EPSG:4326", "3.7 51", [3.7, 51.0], "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::4326", "51 3.7", [3.7, 51.0], "EPSG:4326"),
        ("urn:x-ogc:def:crs:EPSG:6.9:4326", "51 3.7", [3.7, 51.0], "EPSG:4326"),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "51 3.7", [3.7, 51.0], "EPSG:4326"),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", "3.7 51", [3.7, 51.0], "EPSG:4326"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "3.7 51", [3.7, 51.0], "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::4258", "51 3.7", [3.7, 51.0], "EPSG:4258"),
        ("EPSG:31370", "104700 193800", [104_700.0, 193_800.0], "EPSG:31370"),
        ("urn:ogc:def:crs:EPSG::31370", "104700 193800", [104_700.0, 193_800.0], "EPSG:31370"),
        (
            "http://www.opengis.net/def/crs/EPSG/0/3812",
            "604700 693800",
            [604_700.0, 693_800.0],
            "EPSG:3812",
        ),
        ("urn:ogc:def:crs:EPSG::25831", "550000 5650000", [550_000.0, 5_650_000.0], "EPSG:25831"),
        // A system that has the north first without being one of degrees.
        ("urn:ogc:def:crs:EPSG::3035", "3128000 3800000", [3_800_000.0, 3_128_000.0], "EPSG:3035"),
        ("EPSG:3035", "3800000 3128000", [3_800_000.0, 3_128_000.0], "EPSG:3035"),
    ]
    .into_iter()
    .enumerate()
    {
        let path = folder.path().join(format!("{number}.gml"));
        std::fs::write(&path, collection(&[&point(srs, position)])).unwrap();
        let table = read(&path).unwrap().remove(0);
        assert_eq!(geometry(&table).xy(), [expected], "{srs}");
        let crs = table.crs.clone().unwrap();
        assert_eq!((crs.crs.code.as_deref(), crs.how.code()), (Some(code), "file"), "{srs}");
        assert!(!crs.swapped && table.origin.problems.is_empty());
        if has_gdal() {
            gdal::assert_same_places(srs, &gdal::features(&path, None, &[]), &table);
        }
    }
}

/// The system of the rectangle around all, or around a feature, holds where a geometry says none.
#[test]
fn the_system_is_taken_from_around_the_geometry() {
    let bare = "<s:geom><gml:Point><gml:pos>51 3.7</gml:pos></gml:Point></s:geom>";
    let bounds = |place: &str| {
        format!(
            "<{place}><gml:Envelope srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:lowerCorner>50 3</gml:lowerCorner>\
             <gml:upperCorner>52 4</gml:upperCorner></gml:Envelope></{place}>"
        )
    };
    let of_feature = collection(&[&format!("{}{bare}", bounds("gml:boundedBy"))]);
    let all = collection(&[bare]);
    let of_all = all.replacen(
        "<gml:featureMember>",
        &format!("{}<gml:featureMember>", bounds("gml:boundedBy")),
        1,
    );
    for text in [of_feature, of_all] {
        let table = table_of("a.gml", &text);
        assert_eq!(geometry(&table).xy(), [[3.7, 51.0]], "{text}");
        assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:4326"));
        assert_eq!(table.fields.len(), 0);
    }
    // Nobody says it: a guess by the numbers, told as one.
    let table = table_of("a.gml", &all);
    let crs = table.crs.as_ref().unwrap();
    assert_eq!((crs.how.code(), crs.swapped), ("guess", true));
    assert_eq!(table.origin.problems.count("problem-crs-guessed"), 1);
}

/// Several systems in a layer: what GDAL's transformation gives, within a millimetre.
#[test]
fn a_layer_has_one_system_and_what_is_in_another_is_transformed() {
    let text = collection(&[
        &point("urn:ogc:def:crs:EPSG::31370", "104700 193800"),
        &point("urn:ogc:def:crs:EPSG::4326", "51.05 3.72"),
        &point("EPSG:4326", "3.72 51.05"),
        &point("EPSG:9999999", "1 2"),
    ]);
    let table = table_of("a.gml", &text);
    let problems = &table.origin.problems;
    assert_eq!(problems.count("problem-gml-transformed"), 2);
    assert_eq!(problems.count("problem-gml-system-unknown"), 1);
    assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:31370"));
    let xy = geometry(&table).xy();
    assert_eq!(xy[1], xy[2]);
    // echo "51.05 3.72" | cs2cs EPSG:4326 EPSG:31370
    assert!(
        (xy[1][0] - 104_560.0).abs() < 1_000.0 && (xy[1][1] - 193_900.0).abs() < 1_000.0,
        "{xy:?}"
    );
    assert_eq!(xy[3], [1.0, 2.0]);
}

/// Some servers write heights and do not say so.
#[test]
fn heights_are_found_where_nobody_says_that_they_are_there() {
    let ring = "<gml:Polygon SRS><gml:exterior><gml:LinearRing><gml:posList>0 0 5 9 0 6 9 9 7 0 0 5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>";
    let table = table_of("a.gml", collection(&[&with_srs(ring)]));
    let row = geometry(&table).row(0);
    assert_eq!(row.xy(), [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0]]);
    assert_eq!(row.parts().next().unwrap().first_ring().z(), [5.0, 6.0, 7.0, 5.0]);
}

/// Names of GML's own that stand for something else in the namespace of the city.
#[test]
fn attributes_called_like_geometry_are_attributes() {
    let feature = format!(
        "<s:Surface>12.5</s:Surface><s:Point><s:Curve>a</s:Curve></s:Point><s:name>x</s:name><gml:name>y</gml:name>{}",
        with_srs("<gml:Point SRS><gml:pos>1 2</gml:pos></gml:Point>")
    );
    let table = table_of("a.gml", collection(&[&feature]));
    assert_eq!(super::names(&table), ["Surface", "Point.Curve", "name", "name_2"]);
    assert_eq!(value(&table, 0, "Surface"), Value::Number(12.5));
    assert_eq!(value(&table, 0, "name_2"), Value::Text("y"));
    // And GML's own under another prefix, or none.
    let text = collection(&[&feature]).replace("gml:", "g:").replace("xmlns:gml", "xmlns:g");
    assert_eq!(geometry(&table_of("a.gml", text)).kinds(), [GeometryKind::Point]);
    let text = collection(&[
        "<s:geom><Point xmlns=\"http://www.opengis.net/gml\"><pos>1 2</pos></Point></s:geom>",
    ]);
    assert_eq!(geometry(&table_of("a.gml", text)).kinds(), [GeometryKind::Point]);
}

#[test]
fn more_geometries_of_a_row_are_kept_as_text() {
    let feature = |first: &str| {
        format!(
            "{first}<s:vak><gml:Envelope {SRS}><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 4</gml:upperCorner></gml:Envelope></s:vak>"
        )
    };
    let with = feature("<s:punt><gml:Point><gml:pos>1 2</gml:pos></gml:Point></s:punt>");
    let table = table_of("a.gml", collection(&[&with, &feature("<s:punt/>")]));
    assert_eq!(super::names(&table), ["vak"]);
    assert_eq!(value(&table, 0, "vak"), Value::Text("POLYGON ((1 2, 3 2, 3 4, 1 4, 1 2))"));
    assert_eq!(table.origin.problems.count("problem-gml-more-geometry"), 1);
    assert_eq!(geometry(&table).kinds(), [GeometryKind::Point, GeometryKind::Polygon]);
    let chosen = ReadOptions { layer: Some("f".to_owned()), ..ReadOptions::default() };
    assert!(open(Path::new("/nowhere/a.gml"), &chosen, &Watch::unwatched()).is_err());
}

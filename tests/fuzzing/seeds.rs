//! Whole files to begin with: written by Belfort's own writers where there are any, and by hand.

use std::io::{Cursor, Read as _, Write as _};
use std::sync::OnceLock;

use belfort::formats::{Export, FORMATS, WriteOptions, export};
use belfort::jobs::Watch;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::generated::{ANYTHING, AREAS, Chance, LINES, POINTS, Wish, table};

/// Names and contents of what is in an archive.
pub type Members = Vec<(String, Vec<u8>)>;

/// A file with what belongs to it, by extension; the one to open first.
#[derive(Clone)]
pub struct Seed {
    /// The format's stable name.
    pub format: &'static str,
    /// Extensions and contents.
    pub files: Vec<(String, Vec<u8>)>,
    members: OnceLock<Option<Members>>,
}

impl Seed {
    /// A seed of a format, of extensions and contents.
    pub fn new(format: &'static str, files: Vec<(String, Vec<u8>)>) -> Self {
        Self { format, files, members: OnceLock::new() }
    }

    /// What is in the first file, where that is an archive: unpacked once, however often it is damaged.
    pub fn members(&self) -> Option<&Members> {
        self.members.get_or_init(|| unpacked(&self.files.first()?.1)).as_ref()
    }
}

fn unpacked(bytes: &[u8]) -> Option<Members> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut members = Members::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).ok()?;
        let mut content = Vec::new();
        member.read_to_end(&mut content).ok()?;
        members.push((member.name().ok()?.into_owned(), content));
    }
    (!members.is_empty()).then_some(members)
}

/// Seeds of all formats.
pub fn seeds() -> Vec<Seed> {
    let mut all: Vec<Seed> = by_hand();
    let packed: Vec<Seed> = all.iter().filter(|seed| seed.format == "kml").map(kmz).collect();
    all.extend(packed);
    let sheets = super::sheets::small().into_iter();
    all.extend(
        sheets.map(|(format, extension, bytes)| {
            Seed::new(format, vec![(extension.to_owned(), bytes)])
        }),
    );
    let mut chance = Chance::new(7);
    let folder = tempfile::tempdir().unwrap();
    for format in FORMATS.iter().filter(|format| format.write.is_some()) {
        for kinds in [POINTS, LINES, AREAS, ANYTHING, &[]] {
            let wish = Wish { heights: true, gaps: true, ..Wish::of(kinds) };
            let table = table(&mut chance, &wish, 6);
            let extension = format.extensions[0];
            let path = folder.path().join(format!("{}.{extension}", format.id));
            let job = Export {
                table: &table,
                name: None,
                rows: None,
                columns: None,
                crs: None,
                format,
                options: WriteOptions::default(),
            };
            // A format may refuse a table without geometry.
            let Ok(report) = export(&job, &path, &Watch::unwatched()) else { continue };
            let main = &report.outputs[0];
            let stem = main.file_stem().unwrap().to_owned();
            let mut files = Vec::new();
            for path in &report.outputs {
                if path.file_stem() == Some(&stem) {
                    let extension = path.extension().unwrap().to_string_lossy().into_owned();
                    files.push((extension, std::fs::read(path).unwrap()));
                }
            }
            all.push(Seed::new(format.id, files));
        }
    }
    all
}

/// A KML file as a KMZ.
fn kmz(seed: &Seed) -> Seed {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("doc.kml", SimpleFileOptions::default()).unwrap();
    writer.write_all(&seed.files[0].1).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    Seed::new(seed.format, vec![("kmz".to_owned(), bytes)])
}

fn by_hand() -> Vec<Seed> {
    let text = |format, extension: &str, text: &str| {
        Seed::new(format, vec![(extension.to_owned(), text.as_bytes().to_vec())])
    };
    vec![
        text(
            "geojson",
            "geojson",
            r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:31370"}},"features":[
{"type":"Feature","id":1,"properties":{"a":1,"b":"x\u00e9","c":[1,{"d":null}],"e":1.5e3,"f":true},"geometry":{"type":"Point","coordinates":[104700.5,193800,3]}},
{"type":"Feature","id":"z","properties":{"a":-12345678901234567890,"b":"2026-01-31"},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}]}},
{"type":"Feature","properties":null,"geometry":{"coordinates":[[[1,2],[3,4]]],"type":"MultiLineString"}}]}"#,
        ),
        text(
            "csv",
            "csv",
            "\u{FEFF}naam;x;y;wkt;geo;dag\n\"A;\"\"b\"\"\";104700,5;193800;POLYGON ((0 0, 1 0, 1 1, 0 0));\"{\"\"lon\"\":3.7,\"\"lat\"\":51}\";2026-01-31T10:00:00+0100\nb;1.234,5;;SRID=31370;MULTIPOINT Z ((1 2 3));\"51.05, 3.72\";2026-02-30\n",
        ),
        text(
            "csv",
            "csv",
            "id,geom\n1,01010000208A7A00000000000008\n2,0101000000000000000000F03F0000000000000040\n",
        ),
        text(
            "json",
            "jsonl",
            "{\"naam\":\"a\",\"lat\":51.05,\"lon\":3.7}\n{\"naam\":null,\"x\":[1]}\n",
        ),
        text(
            "kml",
            "kml",
            r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns:gx="x"><Document><name>D</name><Style id="s"><LineStyle><color>ff0000ff</color></LineStyle></Style>
<Schema id="c"><SimpleField name="n" type="int"/></Schema><Folder><name>é</name><Placemark id="1"><name>a&amp;b</name>
<styleUrl>#s</styleUrl><TimeSpan><begin>2026</begin></TimeSpan><ExtendedData><SchemaData schemaUrl="#c"><SimpleData name="n">7</SimpleData>
</SchemaData><Data name="d"><value>x</value></Data></ExtendedData><MultiGeometry><Point><coordinates>1,2,3</coordinates></Point>
<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark>
<Placemark><gx:Track><when>2026-01-01T00:00:00Z</when><gx:coord>1 2 3</gx:coord></gx:Track></Placemark></Folder></Document></kml>"##,
        ),
        text(
            "gpx",
            "gpx",
            r#"<?xml version="1.0"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><desc>d</desc></metadata>
<wpt lat="51.05" lon="3.72"><ele>9</ele><time>2026-01-01T00:00:00Z</time><name>é &lt;</name><link href="x"><text>t</text></link></wpt>
<rte><name>r</name><rtept lat="51" lon="3"><name>a</name></rtept><rtept lat="52" lon="4"/></rte>
<trk><name>t</name><extensions><a:b><a:c d="e">f</a:c></a:b></extensions><trkseg><trkpt lat="51" lon="3"><ele>1</ele><time>2026-01-01T00:00:00Z</time></trkpt>
<trkpt lat="52" lon="4"/></trkseg><trkseg/></trk></gpx>"#,
        ),
        text(
            "topojson",
            "topojson",
            r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[3,51]},"arcs":[[[0,0],[1,0],[0,1],[-1,-1]],[[5,5],[1,2]],[[6,7],[1,1]]],
"objects":{"é":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]],"id":1,"properties":{"a":1,"b":"x"}},{"type":"LineString","arcs":[1,-3]},
{"type":"MultiPoint","coordinates":[[1,2],[3,4]]},{"type":null,"properties":{}},{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2,3]}]}]},"b":{"type":"MultiPolygon","arcs":[[[0]]]}}}"#,
        ),
        text(
            "gml",
            "gml",
            r#"<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:s="u" numberMatched="9" numberReturned="4">
<wfs:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326"><gml:lowerCorner>50 3</gml:lowerCorner><gml:upperCorner>51 4</gml:upperCorner></gml:Envelope></wfs:boundedBy>
<wfs:member><s:boom gml:id="b.1"><gml:name>é&amp;</gml:name><s:n uom="m">7</s:n><s:a><s:b>x</s:b><s:b>y</s:b></s:a><s:leeg xsi:nil="true"/>
<s:geom><gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>51.05 3.72 9</gml:pos></gml:Point></s:geom></s:boom></wfs:member>
<wfs:member><s:boom><s:n>8</s:n><s:geom><gml:MultiSurface srsName="EPSG:31370"><gml:surfaceMember><gml:Surface><gml:patches><gml:PolygonPatch><gml:exterior><gml:Ring>
<gml:curveMember><gml:Curve><gml:segments><gml:Arc><gml:posList>0 0 1 1 2 0</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList srsDimension="2">2 0 0 0</gml:posList></gml:LineStringSegment>
</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface></gml:surfaceMember></gml:MultiSurface></s:geom></s:boom></wfs:member>
<wfs:member><wfs:FeatureCollection><wfs:member><s:pad><s:as><gml:MultiGeometry><gml:geometryMember><gml:LineString><gml:coordinates>1,2,3 4,5,6</gml:coordinates></gml:LineString></gml:geometryMember>
<gml:geometryMember><gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coord><gml:X>1</gml:X><gml:Y>2</gml:Y></gml:coord></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon></gml:geometryMember></gml:MultiGeometry></s:as>
<s:vak><gml:Envelope><gml:lowerCorner>0 0</gml:lowerCorner><gml:upperCorner>1 1</gml:upperCorner></gml:Envelope></s:vak></s:pad></wfs:member></wfs:FeatureCollection></wfs:member></wfs:FeatureCollection>"#,
        ),
        text(
            "geojsonl",
            "geojsons",
            "\u{1e}{\"type\":\"Feature\",\"id\":1,\"properties\":{\"a\":1},\"geometry\":{\"type\":\"Point\",\"coordinates\":[3.7,51]}}\n\
             \u{1e}{\"geometry\":null,\"properties\":{\"a\":\"x\"},\"type\":\"Feature\"}\n\u{1e}{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"}]}\n\
             \u{1e}{\"type\":\"Point\",\"coordinates\":[1,2,3]}\n{\"b\":2}\n",
        ),
    ]
}

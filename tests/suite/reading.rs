//! How files are read where they say too little or the wrong thing: what `info` tells of encoding
//! and place, and the outlines and towns by which places are shown and named.

use std::collections::HashMap;
use std::path::Path;

use belfort::crs::{Crs, HowFound, LayerCrs, Outline, landings, outlines, towns};
use belfort::formats::{ReadOptions, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::table::{Table, Value};
use geo::{Contains, Point};
use serde_json::{Value as Json, json};

use super::cli::{document, run, stderr, stdout};
use super::support::shared_data;

fn read(path: &Path) -> Table {
    open(path, &ReadOptions::default(), &Watch::unwatched()).unwrap().swap_remove(0)
}

fn layer(name: &str) -> Option<Json> {
    let path = shared_data(name)?;
    let found = document(path.parent().unwrap(), &["info", path.to_str()?, "--json"]);
    Some(found["layers"][0].clone())
}

/// Who speaks for which encoding, the one used first.
fn said(layer: &Json) -> Vec<(String, Json)> {
    let candidates = layer["texts"]["candidates"].as_array().unwrap().iter();
    let said =
        candidates.map(|it| (it["encoding"].as_str().unwrap().to_owned(), it["said_by"].clone()));
    said.collect()
}

/// The values as `iconv` has them: the .cpg or the detector's guess, checked by eye.
#[test]
fn real_files_tell_their_encoding_and_who_says_so() {
    let cases = [
        ("odd/dbf/big5.dbf", "Big5", json!(["letters"]), "繁體國語"),
        ("odd/dbf/gbk.dbf", "GBK", json!(["letters"]), "简体国语"),
        ("odd/dbf-cpg/big5.shp", "Big5", json!(["cpg", "letters"]), "國語"),
        ("odd/shp/file_cp936.shp", "GBK", json!(["cpg", "letters"]), "测试中文"),
        ("odd/shp/latin1-property.shp", "windows-1252", json!(["letters"]), "México"),
        ("real/gemeenten/REFNIS_2019.csv", "windows-1252", json!(["letters"]), "Biévène"),
    ];
    for (name, encoding, by, value) in cases {
        let Some(layer) = layer(name) else { return };
        assert_eq!(layer["encoding"], encoding, "{name}");
        assert_eq!(said(&layer)[0], (encoding.to_owned(), by), "{name}");
        assert_eq!(layer["texts"]["in_doubt"], false, "{name}");
        assert_eq!(layer["texts"]["candidates"][0]["values"][0], value, "{name}");
    }
}

#[test]
fn a_table_that_contradicts_its_label_is_told_in_words_and_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let latin = b"naam;aantal\nBr\xfbl\xe9;1\nLi\xe8ge;2\nSint-\xc9loi;3\nGent;4\n";
    let json = br#"[{"naam": "Br"#;
    let json = [json, &b"\xfbl\xe9\"}, {\"naam\": \"Li\xe8ge\"}]"[..]].concat();
    std::fs::write(folder.path().join("a.csv"), latin).unwrap();
    std::fs::write(folder.path().join("b.json"), json).unwrap();
    // Nothing contradicts the guess.
    let found = document(folder.path(), &["info", "a.csv", "--json"]);
    let texts = &found["layers"][0]["texts"];
    assert_eq!((&texts["in_doubt"], &texts["not_ascii"]), (&json!(false), &json!(3)));
    // JSON is UTF-8 by its standard (RFC 8259, section 8.1).
    let found = document(folder.path(), &["info", "b.json", "--json"]);
    let layer = &found["layers"][0];
    assert_eq!(layer["texts"]["in_doubt"], true);
    assert_eq!(
        said(layer),
        [("windows-1252".to_owned(), json!(["letters"])), ("UTF-8".to_owned(), json!(["format"]))]
    );
    assert_eq!(layer["texts"]["candidates"][1]["damaged"], true);
    let told = stdout(&run(folder.path(), &["info", "b.json", "--lang", "nl"]));
    assert!(told.contains("Niet alles zegt hetzelfde; kies zelf met --encoding"), "{told}");
    assert!(told.contains("volgens de letters die de bytes vormen: Brûlé · Liège"), "{told}");
    // And chosen: as GDAL would read it with an encoding given.
    let told = document(folder.path(), &["info", "b.json", "--encoding", "latin1", "--json"]);
    assert_eq!(told["layers"][0]["texts"]["in_doubt"], false);
    let wrong = run(folder.path(), &["info", "b.json", "--encoding", "klingon", "--lang", "en"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("‘klingon’ is unknown; some are: UTF-8, windows-1252"));
}

const WGS84: &str = "urn:ogc:def:crs:OGC:1.3:CRS84";

#[test]
fn a_layer_that_would_lie_in_belgium_in_another_reading_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, crs: &str, at: [f64; 2]| {
        let crs = json!({"type": "name", "properties": {"name": crs}});
        let point = json!({"type": "Point", "coordinates": at});
        let feature = json!({"type": "Feature", "properties": {}, "geometry": point});
        let all = json!({"type": "FeatureCollection", "crs": crs, "features": [feature]});
        std::fs::write(folder.path().join(name), all.to_string()).unwrap();
    };
    // The belfry of Ghent, 3.72476 E 51.05366 N, by cs2cs of PROJ 9.1.1.
    file("lambert.geojson", WGS84, [104_846.34, 193_918.05]);
    file("lambert2008.geojson", "EPSG:31370", [604_843.54, 693_912.89]);
    file("mercator.geojson", "EPSG:3812", [414_638.39, 6_630_791.05]);
    file("omgekeerd.geojson", WGS84, [51.053_66, 3.724_76]);
    file("goed.geojson", WGS84, [3.724_76, 51.053_66]);
    file("new-york.geojson", WGS84, [-73.98, 40.75]);
    let cases = [
        ("lambert.geojson", "EPSG:31370", false),
        ("lambert2008.geojson", "EPSG:3812", false),
        ("mercator.geojson", "EPSG:3857", false),
        ("omgekeerd.geojson", "EPSG:4326", true),
    ];
    for (name, code, swapped) in cases {
        let found = document(folder.path(), &["info", name, "--json", "--lang", "nl"]);
        let doubt = &found["layers"][0]["place_doubt"];
        assert_eq!(
            doubt["in_belgium_as"],
            json!([{"crs": code, "swapped": swapped, "in_belgium": 1.0, "place": "bij Gent"}]),
            "{name}"
        );
        assert_eq!(doubt["in_belgium"], 0.0, "{name}");
    }
    let told = stdout(&run(folder.path(), &["info", "lambert.geojson", "--lang", "en"]));
    let expected = "not in Belgium, but would lie in Belgium when read as EPSG:31370: near Ghent";
    assert!(told.contains(expected), "{told}");
    // Somebody who has said how it is to be read is not asked.
    let said = ["info", "lambert.geojson", "--source-crs", "EPSG:4326", "--json"];
    for arguments in
        [&["info", "goed.geojson", "--json"], &["info", "new-york.geojson", "--json"], &said[..]]
    {
        let found = document(folder.path(), arguments);
        assert_eq!(found["layers"][0].get("place_doubt"), None, "{arguments:?}");
    }
}

/// Real files lie where they belong, or elsewhere in every reading.
#[test]
fn no_real_file_is_doubted_without_reason() {
    for name in [
        "real/gemeenten/be-municip-lamberts.geo.json",
        "real/gemeenten/Belgium.provinces.WGS84.geojson",
        "real/shapefiles-vlaanderen/oversteekplaatsen.shp",
        "real/grb-lambert72/reference.geojson",
        "odd/shp/e_merc.shp",
        "odd/shp/three_points.shp",
        "odd/shp/c_utm.shp",
        "odd/shp/max_callstack_error.shp",
    ] {
        let Some(layer) = layer(name) else { return };
        assert_eq!(layer.get("place_doubt"), None, "{name}");
    }
}

/// Lambert 2008 is 500 km from Lambert 72: municipalities in the one read as the other.
#[test]
fn municipalities_in_the_wrong_lambert_are_told_apart() {
    let Some(path) = shared_data("real/gemeenten/be-municip-lamberts.geo.json") else { return };
    let table = read(&path);
    let xy = table.geometry.as_ref().unwrap().xy();
    let reading = |crs| LayerCrs::new(crs, HowFound::Chosen);
    let made = landings(xy, &[reading(Crs::lambert72()), reading(Crs::lambert2008())]);
    assert!((made[0].share() - 1.0).abs() < 1e-9 && made[1].inside == 0);
    let doubt = belfort::crs::place_doubt(xy, Some(&reading(Crs::lambert2008()))).unwrap();
    assert_eq!(doubt.offers[0].crs.crs.code.as_deref(), Some("EPSG:31370"));
    let place = doubt.offers[0].whereabouts().message(Language::Dutch);
    let place = place.in_language(Language::Dutch);
    assert!(place.starts_with("van ") && place.contains(" tot "), "{place}");
}

fn polygon(outline: &Outline) -> geo::Polygon {
    let ring: geo::LineString = outline.iter().map(|[x, y]| (*x, *y)).collect();
    geo::Polygon::new(ring, Vec::new())
}

/// The outline against the borders of the provinces: along a border of 1,400 km around 30,500 km²,
/// an error of a kilometre is one part in twenty.
#[test]
fn the_outline_of_belgium_is_that_of_its_provinces() {
    let Some(path) = shared_data("real/gemeenten/Belgium.provinces.WGS84.geojson") else { return };
    let table = read(&path);
    let geometry = table.geometry.as_ref().unwrap();
    let provinces: Vec<geo::Geometry> =
        (0..table.rows()).filter_map(|row| geometry.row(row).to_geo()).collect();
    let outline = polygon(&outlines().belgium[0]);
    let (mut both, mut one) = (0, 0);
    for x in 0..200 {
        for y in 0..110 {
            let at = Point::new(2.5 + f64::from(x) * 0.02, 49.45 + f64::from(y) * 0.02);
            match (outline.contains(&at), provinces.iter().any(|it| it.contains(&at))) {
                (true, true) => both += 1,
                (false, false) => {}
                _ => one += 1,
            }
        }
    }
    assert!(both > 5000 && one * 20 < both, "{one} of {both}");
}

/// Every town lies in the municipality of its name (Statbel's register of 2019 and borders).
#[test]
fn towns_lie_in_the_municipality_of_their_name() {
    let Some(path) = shared_data("real/gemeenten/REFNIS_2019.csv") else { return };
    let register = read(&path);
    let column = |name: &str| register.field_index(name).unwrap();
    let (code, name) = (column("Code NIS"), column("Administratieve eenheden"));
    let text = |row, at| register.value(row, at).to_data_text();
    let codes: HashMap<String, String> =
        (0..register.rows()).map(|row| (text(row, name), text(row, code))).collect();
    let borders = read(&shared_data("real/gemeenten/be-municip-lamberts.geo.json").unwrap());
    let geometry = borders.geometry.as_ref().unwrap();
    let nis = borders.field_index("NIS5").unwrap();
    let row_of: HashMap<String, usize> =
        (0..borders.rows()).map(|row| (borders.value(row, nis).to_data_text(), row)).collect();
    let wgs84 = LayerCrs::new(Crs::wgs84(), HowFound::Chosen);
    let to_lambert = wgs84.transformer_to(&Crs::lambert72()).unwrap();
    let (mut wrong, mut merged) = (Vec::new(), Vec::new());
    for town in towns() {
        let name = town.name(Language::Dutch);
        let mut at = [town.at];
        to_lambert.transform(&mut at);
        let Some(row) = codes.get(name).and_then(|code| row_of.get(code)) else {
            merged.push(name);
            continue;
        };
        let shape = geometry.row(*row).to_geo().unwrap();
        if !shape.contains(&Point::from(at[0])) {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    // The borders are those before 2019, when these got other codes.
    assert_eq!(merged, ["Deinze", "Moeskroen", "La Louvière"]);
    assert!(matches!(register.value(0, name), Value::Text(_)));
}

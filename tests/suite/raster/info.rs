//! `belfort info` of images.

use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use super::make::{coloured, waves};
use crate::cli::{run, stderr, stdout};
use crate::support::has_gdal;

/// What is said on stdout and stderr, and the exit status.
fn belfort(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = run(Path::new("."), arguments);
    (stdout(&output), stderr(&output), output.status.code())
}

#[test]
fn an_image_is_described_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let image = coloured(&waves(40, 30)).in_lambert72([104_600.0, 194_000.0], 2.5);
    let path = image.write(folder.path(), "luchtfoto.tif");
    let (told, _, status) = belfort(&["info", "--lang", "nl", &path.to_string_lossy()]);
    assert_eq!(status, Some(0));
    for words in [
        "luchtfoto (GeoTIFF)",
        "40 × 30 pixels",
        "kleuren, 3 banden, 8 bits",
        "EPSG:31370",
        "zoals het bestand zegt",
        "2,5 × 2,5 m",
        "104.600",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // It is no table: said, with what to do.
    let out = folder.path().join("x.csv");
    let arguments = ["convert", "--lang", "en", &path.to_string_lossy(), &out.to_string_lossy()];
    let (_, said, status) = belfort(&arguments);
    assert_eq!(status, Some(1));
    assert!(said.contains("This is an image") && said.contains("backdrop"), "{said}");
    std::fs::write(folder.path().join("leeg.tif"), b"II\x2a\0\x08\0\0\0").unwrap();
    let empty = folder.path().join("leeg.tif");
    let (_, said, status) = belfort(&["info", "--lang", "nl", &empty.to_string_lossy()]);
    assert_eq!(status, Some(1));
    assert!(said.contains("leeg.tif") && said.contains("te vroeg"), "{said}");
}

/// `gdalinfo` as the oracle, also for an image that a project lays elsewhere.
#[test]
fn the_document_says_what_gdal_says() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let image = coloured(&waves(40, 30)).in_lambert72([104_600.0, 194_000.0], 2.5);
    let path = image.write(folder.path(), "luchtfoto.tif");
    let project = folder.path().join("kaart.belfort.json");
    let text = r#"{"belfort": 5, "basemap": "none", "backdrops":
        [{"id": 1, "name": "Elders", "path": "luchtfoto.tif", "crs": "EPSG:3812"}]}"#;
    std::fs::write(&project, text).unwrap();
    let arguments = ["info", "--json", &path.to_string_lossy(), &project.to_string_lossy()];
    let (told, said, status) = belfort(&arguments);
    assert_eq!(status, Some(0), "{said}");
    let told: Json = serde_json::from_str(&told).unwrap();
    let gdal = Command::new("gdalinfo").arg("-json").arg(&path).output().unwrap();
    let gdal: Json = serde_json::from_slice(&gdal.stdout).unwrap();
    let [alone, laid] = told["rasters"].as_array().unwrap().as_slice() else { panic!("{told}") };
    assert_eq!(alone["size"], gdal["size"]);
    let numbers = |list: &Json| -> Vec<f64> {
        list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
    };
    assert_eq!(numbers(&alone["geotransform"]), numbers(&gdal["geoTransform"]));
    let corner = |name: &str| numbers(&gdal["cornerCoordinates"][name]);
    let [low, high] = [corner("lowerLeft"), corner("upperRight")];
    assert_eq!(numbers(&alone["extent"]), [low[0], low[1], high[0], high[1]]);
    let ring = gdal["wgs84Extent"]["coordinates"][0].as_array().unwrap();
    let ours = numbers(&alone["extent_wgs84"]);
    for place in ring.iter().map(&numbers) {
        let inside = ours[0] - 1e-6 <= place[0] && place[0] <= ours[2] + 1e-6;
        assert!(inside && ours[1] - 1e-6 <= place[1] && place[1] <= ours[3] + 1e-6, "{place:?}");
    }
    assert_eq!(alone["crs"]["code"], "EPSG:31370");
    assert_eq!(
        (&laid["crs"]["code"], &laid["crs"]["how"]),
        (&"EPSG:3812".into(), &"chosen".into())
    );
    assert_eq!(laid["name"], "Elders");
    assert!(Path::new(laid["path"].as_str().unwrap()).ends_with("luchtfoto.tif"));
}

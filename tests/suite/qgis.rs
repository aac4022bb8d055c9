//! Files written by Belfort, opened by QGIS: layers, rows, places, fields, values and CRS are the
//! same. What is different stands in a list with its reason, and the list holds nothing that is
//! not different.

use std::collections::BTreeSet;

use belfort::formats::{Export, FORMATS, ReadOptions, WriteOptions, export, open};
use belfort::jobs::Watch;
use belfort::table::Table;
use serde_json::Value as Json;

use crate::generated::{Chance, Wish, table};
use crate::oracle::{ask, compare};

/// Where the two differ: the format, what is different, and why.
const DIFFERENT: &[(&str, &str, &str)] = &[
    ("csv", "CRS \"\"", "QGIS finds WKT in CSV, but no CRS"),
    ("csv", "field WKT is not ours", "GDAL keeps the text beside the place made of it"),
    ("csv", "values of naam", "what a spreadsheet would run has an apostrophe in front"),
    ("gpx", "values of aantal", "GDAL takes whole numbers in extensions for short ones"),
    ("gpx", "values of naam", "GDAL leaves out ends of lines in extensions"),
    ("kml", "field name is not theirs", "GDAL writes Name"),
    ("kml", "field extrude is not ours", "a column only where one is extruded"),
    ("kml", "field tessellate is not ours", "told as not kept"),
    ("kml", "field visibility is not ours", "a column only where it is said"),
    ("shapefile", "values of open", "GDAL 3.6 takes a yes or no that is not known for the text ?"),
    ("xlsx", "CRS \"\"", "a sheet is a table to QGIS"),
    ("xlsx", "field WKT is not ours", "a sheet is a table to QGIS"),
    ("xlsx", "places", "a sheet is a table to QGIS"),
];

/// Tables tried with each format.
const TABLES: u64 = 12;

fn same_crs(table: &Table, theirs: &Json) -> bool {
    let ours = table.crs.as_ref().and_then(|crs| crs.crs.code.clone()).unwrap_or_default();
    let theirs = theirs["crs"].as_str().unwrap_or_default();
    let is_wgs84 = |code: &str| matches!(code, "EPSG:4326" | "OGC:CRS84");
    ours == theirs || (is_wgs84(&ours) && is_wgs84(theirs))
}

/// A layer's answer without what GDAL puts before the names of our fields in GPX.
fn with_own_names(format: &str, layer: &Json) -> Json {
    let mut layer = layer.clone();
    if let (true, Some(fields)) = (format == "gpx", layer["fields"].as_object_mut()) {
        let renamed = std::mem::take(fields).into_iter();
        let bare = |name: &str| name.strip_prefix("belfort_").unwrap_or(name).to_owned();
        fields.extend(renamed.map(|(name, values)| (bare(&name), values)));
    }
    layer
}

#[test]
fn qgis_finds_in_files_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut written = Vec::new();
    // Not every GDAL has Parquet; geopandas reads it in tests of its own.
    let writable = FORMATS.iter().filter(|it| it.write.is_some() && it.id != "geoparquet");
    for format in writable.copied() {
        for number in 0..TABLES {
            let mut chance = Chance::new(number);
            let wish = Wish::by_chance(&mut chance);
            let made = table(&mut chance, &wish, 8);
            let path =
                folder.path().join(format!("{number}-{}.{}", format.id, format.extensions[0]));
            let job = Export {
                table: &made,
                name: None,
                rows: None,
                columns: None,
                crs: None,
                format,
                options: WriteOptions::default(),
            };
            // Some formats hold no such table, and say so.
            let Ok(report) = export(&job, &path, &Watch::unwatched()) else { continue };
            written.extend(report.outputs.into_iter().map(|output| (format.id, output)));
        }
    }
    let paths: Vec<_> = written.iter().map(|(_, path)| path.clone()).collect();
    let Some(answers) = ask("pyqgis.py", "qgis.core", &paths) else { return };
    assert_eq!(answers.len(), paths.len());
    let (mut unexplained, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for ((format, path), answer) in written.iter().zip(&answers) {
        let tables = open(path, &ReadOptions::default(), &Watch::unwatched()).unwrap();
        let mut found = BTreeSet::new();
        match answer["layers"].as_array() {
            None => drop(found.insert(format!("not opened: {}", answer["error"]))),
            Some(layers) => {
                for table in &tables {
                    let name = table.origin.layer.as_ref().unwrap_or(&table.name);
                    let named = layers.iter().find(|it| it["name"] == name.as_str());
                    let one = layers.first().filter(|_| layers.len() == 1);
                    let Some(layer) = named.or(one) else {
                        found.insert(format!("layer {} is not theirs", table.name));
                        continue;
                    };
                    found.extend(compare(table, &with_own_names(format, layer)));
                    if table.geometry.is_some() && !same_crs(table, layer) {
                        found.insert(format!("CRS {}", layer["crs"]));
                    }
                }
            }
        }
        for difference in found {
            let known = DIFFERENT.iter().position(|(id, what, _)| {
                let matches = what
                    .strip_suffix('*')
                    .map_or_else(|| difference == *what, |start| difference.starts_with(start));
                id == format && matches
            });
            match known {
                Some(at) => drop(seen.insert(at)),
                None => drop(unexplained.insert(format!(
                    "(\"{format}\", \"{difference}\", \"\"), // {}",
                    path.file_name().unwrap().display()
                ))),
            }
        }
    }
    let unexplained: Vec<_> = unexplained.into_iter().collect();
    assert!(unexplained.is_empty(), "different:\n{}", unexplained.join("\n"));
    let stale = DIFFERENT.iter().enumerate().filter(|(at, _)| !seen.contains(at));
    let stale: Vec<_> = stale.map(|(_, known)| known).collect();
    assert!(stale.is_empty(), "no longer different: {stale:#?}");
}

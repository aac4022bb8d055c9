//! Every file of the collection of real and odd data against what GDAL finds in it (through
//! pyogrio): layers, rows, rows with a place, extents, fields, values. What is different stands in
//! a list with its reason, and the list holds nothing that is not different.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use belfort::formats::{FORMATS, ReadOptions, open};
use belfort::jobs::Watch;
use belfort::table::{GeometryColumn, Table};
use serde_json::Value as Json;

use crate::support::shared_data;

/// Where the two differ: the end of the file's path, what is different, and why.
const DIFFERENT: &[(&str, &str, &str)] = &[
    ("csv/REFNIS_2019-latin1.csv", "only Belfort reads it", "it is in windows-1252"),
    ("gemeenten/REFNIS_2019.csv", "only Belfort reads it", "it is in windows-1252"),
    ("dbf/big5.dbf", "values of NAME", "its characters are found by looking: Big5"),
    ("dbf/gbk.dbf", "values of NAME", "its characters are found by looking: GBK"),
    ("comma_separated.dbf", "values of AUGSTUMS", "decimal commas are read, not cut off"),
    ("duplicate_fields.dbf", "field *", "the second field of a name gets a number"),
    ("duplicate_fields.dbf", "values of *", "GDAL gives the second field of a name for the first"),
    ("bad-duplicate-properties.geojson", "rows", "of two types of the root the first counts"),
    ("multiple_problems.geojson", "rows", "features of a wrong type are rows, told"),
    ("multipoint-multidimension.geojson", "only Belfort reads it", "a row without place, told"),
    ("multipoint-nondimension.geojson", "only Belfort reads it", "a row without place, told"),
    ("nofeaturetype.geojson", "rows", "an object with geometry is a row all the same"),
    ("point-toofew.geojson", "only Belfort reads it", "a row without place, told"),
    ("badfeatureid.geojson", "field id is not ours", "an object names no feature, told"),
    ("openring.json", "only Belfort reads it", "the ring is drawn as it is, and told"),
    ("REL.zip", "only Belfort reads it", "the shapefile lies in a folder of the archive"),
    ("number-null-property.shp", "only Belfort reads it", "its index is not needed"),
    ("polygonz.shp", "only Belfort reads it", "its index is not needed"),
    ("singleton.shp", "only Belfort reads it", "its index is not needed"),
    ("bushaltes-gent.csv", "places", "GDAL finds no place in a CSV file by itself"),
    ("stops_data.csv", "places", "GDAL finds no place in a CSV file by itself"),
    ("sheep_whereabouts.csv", "places", "GDAL finds no place in a CSV file by itself"),
    ("stations.csv", "places", "GDAL finds no place in a CSV file by itself"),
    ("DERIVED-10-members.json", "only Belfort reads it", "plain JSON objects are rows"),
    (".kml", "field name is not theirs", "GDAL writes Name"),
    (".kml", "field extrude is not ours", "a column only where one is extruded"),
    (".kml", "field tessellate is not ours", "told as not kept"),
    (".kml", "field visibility is not ours", "a column only where it is said"),
    ("gxmultitrack.kml", "2 layers, 1 of GDAL", "the moments of tracks are a layer"),
    ("gxtrack.kml", "2 layers, 1 of GDAL", "the moments of tracks are a layer"),
    ("styles.kml", "1 layers, 2 of GDAL", "a folder without placemarks is no layer"),
    ("twopoints.kml", "rows", "GDAL stops after the first placemark right in `kml`"),
    ("alldatatypes.fgb", "field binary is not ours", "values of bytes are left out, told"),
    (".topojson", "field id is not ours", "identifiers of objects, of which there are none"),
    ("blue_hills.gpx", "only Belfort reads it", "shapely refuses lines of one position"),
    ("unique_trkpt.gpx", "only Belfort reads it", "shapely refuses lines of one position"),
    (".gpx", "field begin is not theirs", "the first moment of a track"),
    (".gpx", "field end is not theirs", "the last moment of a track"),
    ("multitrackgpx.gpx", "field DisplayColor is not theirs", "what stands inside an extension"),
    ("multitrackgpx.gpx", "field gpxx_TrackExtension is not ours", "its XML is not kept as text"),
    ("test_gpx.gpx", "field time is not theirs", "GPX has no time of a track, but here is one"),
];

/// What one side found that the other did not.
pub type Differences = BTreeSet<String>;

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// What an oracle says of files, in their order: a script in `tests/oracle` that needs modules of
/// Python. None, saying so, where they are not there.
pub fn ask(script: &str, modules: &str, paths: &[PathBuf]) -> Option<Vec<Json>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle").join(script);
    let probe = |python: &&str| {
        let probe = Command::new(python).args(["-c", &format!("import {modules}")]).output();
        probe.is_ok_and(|output| output.status.success())
    };
    // QGIS comes with the system's.
    let Some(python) = ["python3", "/usr/bin/python3"].into_iter().find(probe) else {
        eprintln!("skipped: python3 with {modules} is not there");
        return None;
    };
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let names: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
    let mut input = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || input.write_all(names.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    Some(answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Numbers as numbers, moments by their digits, text without the blanks that formats pad with.
fn is_same_value(ours: &str, theirs: &str) -> bool {
    let (ours, theirs) = (ours.trim(), theirs.trim());
    if ours == theirs {
        return true;
    }
    if let (Ok(a), Ok(b)) = (ours.parse::<f64>(), theirs.parse::<f64>()) {
        return (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    }
    let json = |text: &str| serde_json::from_str::<Json>(text).ok();
    if let (true, Some(a), Some(b)) = (ours.starts_with(['{', '[']), json(ours), json(theirs)) {
        return is_same_json(&a, &b);
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_moment = |text: &str| {
        let bytes = text.as_bytes();
        bytes.len() >= 10 && matches!(bytes[4], b'-' | b'/') && bytes[7] == bytes[4]
    };
    if is_moment(ours) && is_moment(theirs) {
        let (a, b) = (digits(ours), digits(theirs));
        let length = a.len().min(b.len()).min(14);
        return length >= 8 && a[..length] == b[..length];
    }
    let truth = |text: &str| match text.to_lowercase().as_str() {
        "true" | "t" | "1" | "1.0" => Some(true),
        "false" | "f" | "0" | "0.0" => Some(false),
        _ => None,
    };
    truth(ours).is_some() && truth(ours) == truth(theirs)
}

fn is_same_json(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same_json(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            let same = |(key, a): (&String, &Json)| b.get(key).is_some_and(|b| is_same_json(a, b));
            a.len() == b.len() && a.iter().all(same)
        }
        _ => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
            _ => a == b,
        },
    }
}

fn is_xml(table: &Table) -> bool {
    matches!(table.origin.format, "kml" | "gpx" | "gml")
}

/// What is different between a table and a layer of an oracle's answer.
pub fn compare(table: &Table, theirs: &Json) -> Differences {
    let mut found = Differences::new();
    let number = |name: &str| usize::try_from(theirs[name].as_u64().unwrap()).unwrap();
    if table.rows() != number("rows") {
        found.insert("rows".to_owned());
        return found;
    }
    let missing = table.geometry.as_deref().map_or(table.rows(), GeometryColumn::missing);
    if table.rows() - missing != number("placed") {
        found.insert("places".to_owned());
    } else if let (Some(ours), Some(known)) = (table.extent(), theirs["extent"].as_array()) {
        let ours = [ours.min_x, ours.min_y, ours.max_x, ours.max_y];
        let known = known.iter().map(|value| value.as_f64().unwrap());
        if ours.iter().zip(known).any(|(a, b)| (a - b).abs() > 1e-9 * a.abs().max(1.0)) {
            found.insert("extent".to_owned());
        }
    }
    let fields: &serde_json::Map<String, Json> = theirs["fields"].as_object().unwrap();
    for (name, values) in fields {
        // Identifiers of features are kept apart from the attributes.
        if matches!(name.as_str(), "id" | "gml_id" | "fid") && table.ids.is_some() {
            continue;
        }
        // Of KML and GPX GDAL makes all columns that there may be.
        if is_xml(table) && values.as_array().unwrap().iter().all(|value| value == "") {
            continue;
        }
        if table.field_index(name).is_none() {
            found.insert(format!("field {name} is not ours"));
        }
    }
    for (at, field) in table.fields.iter().enumerate() {
        let Some(known) = fields.get(&field.name) else {
            found.insert(format!("field {} is not theirs", field.name));
            continue;
        };
        let known = known.as_array().unwrap();
        let differs = |(row, theirs): (usize, &Json)| {
            // Lists and the like come in forms of their own.
            let theirs = theirs.as_str()?;
            let ours = table.value(row, at).to_data_text();
            (!is_same_value(&ours, theirs)).then(|| format!("{ours:?} is {theirs:?}"))
        };
        if let Some(example) = known.iter().enumerate().find_map(differs) {
            eprintln!("{}: {example}", field.name);
            found.insert(format!("values of {}", field.name));
        }
    }
    found
}

fn differences(path: &Path, answer: &Json) -> Differences {
    let ours = open(path, &ReadOptions::default(), &Watch::unwatched());
    let (tables, theirs) = match (ours, answer["layers"].as_array()) {
        (Ok(tables), Some(theirs)) => (tables, theirs.clone()),
        (Err(_), None) => return Differences::new(),
        (Ok(_), None) => return ["only Belfort reads it".to_owned()].into(),
        (Err(error), Some(_)) => {
            assert!(!error.to_string().is_empty());
            return ["only GDAL reads it".to_owned()].into();
        }
    };
    // GDAL lists layers that hold nothing.
    let theirs: Vec<Json> =
        theirs.into_iter().filter(|layer| tables.len() == 1 || layer["rows"] != 0).collect();
    if tables.len() != theirs.len() {
        return [format!("{} layers, {} of GDAL", tables.len(), theirs.len())].into();
    }
    let by_name: BTreeMap<&str, &Json> =
        theirs.iter().map(|layer| (layer["name"].as_str().unwrap(), layer)).collect();
    let pairs = tables.iter().zip(&theirs).map(|(table, same_place)| {
        compare(table, by_name.get(table.name.as_str()).copied().unwrap_or(same_place))
    });
    pairs.flatten().collect()
}

#[test]
fn files_hold_what_gdal_finds_in_them() {
    let mut paths = Vec::new();
    for folder in ["real", "odd"] {
        let Some(folder) = shared_data(folder) else { return };
        files_below(&folder, &mut paths);
    }
    paths.sort();
    // A table beside a .shp is opened with it; parquet is not in every GDAL.
    let of_interest = |path: &PathBuf| {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let is_read = FORMATS.iter().any(|it| it.extensions.contains(&extension.as_str()));
        let beside = extension == "dbf" && path.with_extension("shp").exists();
        (is_read || extension == "zip") && extension != "parquet" && !beside
    };
    paths.retain(of_interest);
    let Some(answers) = ask("layers.py", "pyogrio, shapely", &paths) else { return };
    assert_eq!(answers.len(), paths.len());
    let mut unexplained = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, answer) in paths.iter().zip(&answers) {
        let name = path.to_string_lossy().replace('\\', "/");
        for difference in differences(path, answer) {
            let known = DIFFERENT.iter().position(|(file, what, _)| {
                let matches = what
                    .strip_suffix('*')
                    .map_or_else(|| difference == *what, |start| difference.starts_with(start));
                name.ends_with(file) && matches
            });
            match known {
                Some(at) => drop(seen.insert(at)),
                None => unexplained.push(format!("(\"{name}\", \"{difference}\", \"\"),")),
            }
        }
    }
    assert!(unexplained.is_empty(), "different:\n{}", unexplained.join("\n"));
    let stale = DIFFERENT.iter().enumerate().filter(|(at, _)| !seen.contains(at));
    let stale: Vec<_> = stale.map(|(_, known)| known).collect();
    assert!(stale.is_empty(), "no longer different: {stale:#?}");
}

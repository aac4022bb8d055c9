//! The check of geometry and its repair, against GEOS through shapely; and both on the command
//! line.

mod command;
mod repair;
mod shapely;
mod shapes;
mod validity;

use std::path::{Path, PathBuf};

use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;
use belfort::table::{Field, GeometryBuilder, GeometryKind, PartKind, Table};

use self::shapes::Polygon;
use super::support::shared_data;

/// How many shapes are made by chance.
fn count() -> usize {
    std::env::var("BELFORT_SHAPES").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000)
}

/// A table of features without attributes.
fn table(features: &[Vec<Polygon>]) -> Table {
    let mut builder = GeometryBuilder::new();
    for polygons in features {
        let is_one = polygons.len() == 1;
        builder.begin_row(if is_one { GeometryKind::Polygon } else { GeometryKind::MultiPolygon });
        for polygon in polygons {
            builder.begin_part(PartKind::Polygon);
            for ring in polygon {
                builder.begin_ring();
                ring.iter().for_each(|position| builder.coord(*position, None, None));
            }
        }
        builder.end_row();
    }
    let geometry = builder.finish().unwrap();
    let fields: Vec<Field> = Vec::new();
    Table::new("t", features.len(), fields, Vec::new(), Some(geometry)).unwrap()
}

/// Each row in well-known text; nothing for rows without place.
fn texts(table: &Table) -> Vec<String> {
    let geometry = table.geometry.as_ref().unwrap();
    geometry.iter().map(belfort::formats::wkt::text).collect()
}

/// All tables with lines or polygons of the shared test data, by the path of their file.
fn real_tables() -> Vec<(String, Table)> {
    let mut found = Vec::new();
    for folder in ["real", "odd"] {
        let Some(folder) = shared_data(folder) else { continue };
        let mut files = files(&folder);
        files.sort();
        for path in files {
            let Ok(tables) = open(&path, &ReadOptions::default(), &Watch::unwatched()) else {
                continue;
            };
            let name = path.strip_prefix(folder.parent().unwrap()).unwrap();
            let name = name.to_string_lossy().into_owned();
            let with_place = tables.into_iter().filter(|table| table.geometry.is_some());
            found.extend(with_place.map(|table| (name.clone(), table)));
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) =
        entries.partition(|path| path.is_dir());
    for folder in folders {
        files.extend(self::files(&folder));
    }
    // The files beside a .shp are read with it.
    let beside = |path: &PathBuf| {
        let extension =
            path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        extension
            .is_some_and(|e| matches!(e.as_str(), "shx" | "dbf" | "prj" | "cpg" | "sbn" | "sbx"))
    };
    files.retain(|path| !beside(path));
    files
}

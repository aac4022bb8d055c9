//! GeoPackage: round trips, odd and damaged files, and what other programs read.

mod damaged;
mod made;
mod odd;
mod others;
mod round_trips;
mod shared;
mod styles;
mod told;

use std::path::Path;

use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;
use belfort::problem::{FileError, Problems};
use belfort::table::Table;
use rusqlite::Connection;

use super::{read, read_one, write};

/// One layer of a file.
fn read_layer(path: &Path, layer: &str) -> Result<Table, FileError> {
    let options = ReadOptions { layer: Some(layer.to_owned()), ..ReadOptions::default() };
    open(path, &options, &Watch::unwatched()).map(|mut tables| tables.remove(0))
}

/// The least that a GeoPackage must say about itself, and no more; in small pages.
const LEAST: &str = "
    PRAGMA page_size = 512;
    PRAGMA application_id = 0x47504B47;
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
        organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'undefined'),
        ('Lambert', 31370, 'epsg', 31370, 'undefined'), ('none', -1, 'NONE', -1, 'undefined');
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
        description TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT PRIMARY KEY, column_name TEXT,
        geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);";

/// `POINT (x y)` as GeoPackage keeps it.
fn point(srs: i32, x: f64, y: f64) -> Vec<u8> {
    let mut blob = b"GP\0\x01".to_vec();
    blob.extend(srs.to_le_bytes());
    blob.extend([1, 1, 0, 0, 0]);
    blob.extend(x.to_le_bytes());
    blob.extend(y.to_le_bytes());
    blob
}

/// A file with the tables that the statements make.
fn file_of(path: &Path, sql: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(LEAST).unwrap();
    connection.execute_batch(sql).unwrap();
    connection
}

/// A layer `punten` of three points: fid 1, 2 and 5.
fn file_with_points(path: &Path) -> Connection {
    let connection = file_of(
        path,
        "CREATE TABLE punten (fid INTEGER PRIMARY KEY, geom POINT, naam TEXT, aantal INTEGER);
         INSERT INTO gpkg_contents VALUES ('punten', 'features', 'Punten van Gent', 'niet officieel', 4326);
         INSERT INTO gpkg_geometry_columns VALUES ('punten', 'geom', 'POINT', 4326, 0, 0);",
    );
    for (fid, x, name) in [(1, 3.70, "een"), (2, 3.71, "twee"), (5, 3.72, "vijf")] {
        let row = rusqlite::params![fid, point(4326, x, 51.0), name, fid * 10];
        connection.execute("INSERT INTO punten VALUES (?1, ?2, ?3, ?4)", row).unwrap();
    }
    connection
}

fn ids(problems: &Problems) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.id).collect()
}

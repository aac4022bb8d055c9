//! Makes a made-up city of any size, to measure with.
//!
//! `cargo run --release --example make_city -- FOLDER 1000000` writes so many trees (points), a
//! quarter as many buildings (polygons, some with a hole) and 6 % as many streets (lines) as
//! GeoJSON in WGS 84, and the trees as CSV too. The same numbers give the same bytes.

mod city;
mod dice;
mod layers;
mod words;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use city::City;

const USAGE: &str = "usage: make_city FOLDER POINTS";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or(USAGE)?);
    let points: usize = arguments.next().ok_or(USAGE)?.to_str().ok_or(USAGE)?.parse()?;
    std::fs::create_dir_all(&folder)?;
    let city = City::new(points * 6 / 100);
    let file = |name: &str| create(&folder, name);
    let (mut trees, mut csv) = (file("trees.geojson")?, file("trees.csv")?);
    layers::trees(&city, points, &mut trees, &mut csv)?;
    let (mut buildings, mut streets) = (file("buildings.geojson")?, file("streets.geojson")?);
    layers::buildings(&city, points / 4, &mut buildings)?;
    layers::streets(&city, &mut streets)?;
    for mut file in [trees, csv, buildings, streets] {
        file.flush()?;
    }
    Ok(())
}

fn create(folder: &Path, name: &str) -> std::io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 20, File::create(folder.join(name))?))
}

//! A small Ghent that nobody should mistake for official data.

mod city;
mod layers;
mod plane;
mod streets;

use std::path::Path;

use belfort::formats::{CsvOptions, PlaceAs, WriteOptions, format_by_id};
use belfort::i18n::{Language, Message};
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::project::{Attribution, Document, Layer, LayerId, LayerSource, View, save_project};
use belfort::style::{Color, PointShape, Symbol};
use belfort::table::Table;

/// What every file and the project say about themselves.
pub const NOTICE: &str = "Voorbeelddata, niet officieel";

const README: &str = "\
# Voorbeelddata, niet officieel / sample data, not official

A small, made-up Ghent to try Belfort with. **None of it is official data, and none of it was traced or copied from
official data.** Only the names and numbers of the 25 neighbourhoods are real. Their places were typed by hand, rounded to
about 400 metres; their borders are what lies nearest to each of those places, with bent edges. Streets, study places, car
parks, bike stations, sheep and the numbers of inhabitants are invented. Do not find your way, or decide anything, with it.

| file | what | form |
|---|---|---|
| `wijken.geojson` | 25 neighbourhoods | GeoJSON |
| `straten.shp` | streets | shapefile in Belgian Lambert 72 |
| `hoofdwegen.geojson`, `water.geojson`, `parken.geojson` | main roads, waters, parks | GeoJSON |
| `schapen.geojson` | sheep | GeoJSON |
| `bloklocaties.csv` | study places; one has no place | CSV with semicolons, the place as \"lat, lon\" |
| `parkings.geojson` | car parks with occupancy | GeoJSON |
| `deelfietsen.csv` | shared-bike stations | CSV with semicolons and decimal commas |
| `bevolking.csv` | inhabitants of each neighbourhood, 2018 to 2025 | CSV, a table without geometry |
| `gent.belfort.json` | the project that shows them | |

Made by `cargo run --release --example make_sample_data`, which gives the same files every time. Licence: CC0 1.0.
";

/// Writes all files of the sample into a folder.
///
/// # Errors
/// When a file cannot be written.
pub fn write_all(folder: &Path) -> Result<(), FileError> {
    let failed = |error: Box<dyn std::error::Error>| {
        FileError::new(folder, Message::new("error-defect").text("detail", error.to_string()))
    };
    let (plain, columns) = (PlaceAs::None, PlaceAs::Columns);
    for (file, format, place, made) in [
        ("wijken.geojson", "geojson", plain, layers::wijken()),
        ("straten.shp", "shapefile", plain, layers::straten()),
        ("hoofdwegen.geojson", "geojson", plain, layers::hoofdwegen()),
        ("water.geojson", "geojson", plain, layers::water()),
        ("parken.geojson", "geojson", plain, layers::parken()),
        ("schapen.geojson", "geojson", plain, layers::schapen()),
        ("bloklocaties.csv", "csv", plain, layers::bloklocaties()),
        ("parkings.geojson", "geojson", plain, layers::parkings()),
        ("deelfietsen.csv", "csv", columns, layers::deelfietsen()),
        ("bevolking.csv", "csv", plain, layers::bevolking()),
    ] {
        write(&made.map_err(failed)?, &folder.join(file), format, place)?;
    }
    undate(&folder.join("straten.dbf"))?;
    let readme = folder.join("README.md");
    std::fs::write(&readme, README).map_err(|error| FileError::io(&readme, &error))?;
    save_project(&document(), &folder.join("gent.belfort.json"))
}

fn write(table: &Table, path: &Path, format: &str, place: PlaceAs) -> Result<(), FileError> {
    let unknown = || FileError::new(path, Message::new("error-unknown-format"));
    let write = format_by_id(format).and_then(|format| format.write).ok_or_else(unknown)?;
    let csv = CsvOptions { excel: Some(Language::Dutch) };
    let options =
        WriteOptions { place, csv, note: Some(NOTICE.to_owned()), ..WriteOptions::default() };
    write(table, path, &options, &Watch::unwatched()).map(|_| ())
}

/// A .dbf keeps the day it was written; the sample is the same on every day.
fn undate(path: &Path) -> Result<(), FileError> {
    let failed = |error: std::io::Error| FileError::io(path, &error);
    let mut bytes = std::fs::read(path).map_err(failed)?;
    if let Some(date) = bytes.get_mut(1..4) {
        date.copy_from_slice(&[126, 1, 1]);
    }
    std::fs::write(path, bytes).map_err(failed)
}

fn point(fill: u32, shape: PointShape, point_size: f32) -> Symbol {
    let stroke = Color::rgb(0xff_ff_ff);
    Symbol {
        fill: Color::rgb(fill),
        stroke,
        stroke_width: 1.25,
        point_size,
        shape,
        ..Symbol::default()
    }
}

fn line(color: u32, stroke_width: f32) -> Symbol {
    let color = Color::rgb(color);
    Symbol { fill: color, stroke: color, stroke_width, ..Symbol::default() }
}

fn area(fill: u32, stroke: u32, stroke_width: f32) -> Symbol {
    let (fill, stroke) = (Color::rgb(fill), Color::rgb(stroke));
    Symbol { fill, stroke, stroke_width, ..Symbol::default() }
}

/// The project: points on top, then lines, then areas; the table last.
fn document() -> Document {
    let layers = [
        ("Schapen", "schapen.geojson", point(0x8a_4f_9e, PointShape::Diamond, 12.0)),
        ("Bloklocaties", "bloklocaties.csv", point(0xc8_44_2f, PointShape::Triangle, 11.0)),
        ("Parkings", "parkings.geojson", point(0x1f_5f_a8, PointShape::Square, 10.0)),
        ("Deelfietsen", "deelfietsen.csv", point(0x1b_8a_6b, PointShape::Circle, 7.0)),
        ("Hoofdwegen", "hoofdwegen.geojson", line(0xe0_9f_52, 2.5)),
        ("Straten", "straten.shp", line(0xb5_a9_97, 1.0)),
        ("Water", "water.geojson", line(0x86_b7_d6, 4.0)),
        ("Parken", "parken.geojson", area(0xc7_dd_b0, 0x9d_bd_80, 1.0)),
        ("Wijken", "wijken.geojson", area(0xf5_ee_dd, 0xa8_96_78, 1.25)),
        ("Bevolking", "bevolking.csv", Symbol::default()),
    ];
    let layers = (1..).zip(layers).map(|(id, (name, path, style))| Layer {
        id: LayerId(id),
        style: Some(style.into()),
        attribution: Attribution {
            publisher: "Belfort (voorbeelddata)".to_owned(),
            licence: "CC0".to_owned(),
            url: String::new(),
            accessed: "2026-11-24".to_owned(),
        },
        description: format!(
            "{NOTICE}: deze laag is verzonnen om Belfort te proberen. Alleen de namen en nummers \
             van de wijken bestaan echt."
        ),
        ..Layer::new(name, LayerSource { path: path.to_owned(), ..LayerSource::default() })
    });
    let layers: Vec<Layer> = layers.collect();
    let next_layer = layers.len() as u64 + 1;
    Document {
        title: "Gent, voorbeeldkaart".to_owned(),
        notice: NOTICE.to_owned(),
        layers,
        basemap: "none".to_owned(),
        view: Some(View { lon: 3.722, lat: 51.05, zoom: 12.6 }),
        next_layer,
        ..Document::default()
    }
}

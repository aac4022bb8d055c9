//! A picture of the map for each kind of style, beside those kept: the city's quarters with made-up
//! numbers, car parks and shared bikes, without a basemap, with the legend.

use std::path::{Path, PathBuf};

use belfort::app::{Settings, ThemeChoice};
use belfort::i18n::Language;
use belfort::project::{Document, Layer, LayerId, LayerSource, View, save_project};
use belfort::style::{
    By, Categories, Change, Clusters, Color, Crossed, Graduated, Heat, Hexagons, NumberOf, Per,
    RampChoice, Rule, Rules, SizeBy, Steps, Style, Symbol, Together, default_symbol,
    symbol_for_classes,
};
use belfort::table::PartKind;
use serde_json::{Value, json};

use super::harness::write;
use super::snapshots::shown;
use crate::offscreen::Picture;
use crate::pictures::compare;

/// The window, and what of it is the map without what stands around and over it.
const SIZE: [u32; 2] = [640, 512];
const CORNER: [u32; 2] = [56, 40];
const MAP: [u32; 2] = [584, 440];

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

/// The quarters of the sample, with two numbers that grow across the city and a kind. Two quarters
/// lack a number.
fn quarters(folder: &Path) -> PathBuf {
    let text = std::fs::read_to_string(sample("wijken.geojson")).unwrap();
    let mut all: Value = serde_json::from_str(&text).unwrap();
    for (at, feature) in all["features"].as_array_mut().unwrap().iter_mut().enumerate() {
        let ring = feature["geometry"].pointer("/coordinates/0").unwrap();
        let first = ring.pointer("/0").unwrap();
        let [lon, lat] = [0, 1].map(|part| first[part].as_f64().unwrap());
        let far = ((lon - 3.725) * 70.0).hypot((lat - 51.053) * 111.0);
        let people = (9000.0 * (-far / 4.0).exp()).round();
        let green = if at % 13 == 5 { Value::Null } else { json!((far * 9.0 + lon * 7.0).round()) };
        let kind = ["kern", "rand", "haven"][usize::from(far > 2.5) + usize::from(lat > 51.09)];
        let properties = feature["properties"].as_object_mut().unwrap();
        properties.insert("dichtheid".to_owned(), json!(people));
        properties.insert("groen".to_owned(), green);
        properties.insert("soort".to_owned(), json!(kind));
    }
    write(folder, "wijken.geojson", &all.to_string())
}

fn layer(name: &str, path: &Path, style: Style) -> Layer {
    let path = path.to_string_lossy().into_owned();
    let source = LayerSource { path, ..LayerSource::default() };
    Layer { style: Some(style), ..Layer::new(name.to_owned(), source) }
}

/// Draws layers, the topmost first, and compares the picture with the one kept.
fn check(name: &str, folder: &Path, layers: Vec<Layer>) {
    let mut document = Document {
        view: Some(View { lon: 3.748, lat: 51.093, zoom: 10.75 }),
        basemap: "none".to_owned(),
        ..Document::default()
    };
    document.layers = layers;
    for (layer, id) in document.layers.iter_mut().zip(1..) {
        layer.id = LayerId(id);
    }
    let path = folder.join("kaart.belfort.json");
    save_project(&document, &path).unwrap();
    let settings = Settings {
        language: Some(Language::Dutch),
        theme: ThemeChoice::Light,
        work_offline: true,
        first_minute_seen: true,
        show_layers: false,
        show_details: false,
        show_graticule: false,
        ..Settings::default()
    };
    if let Some(picture) = shown(SIZE, settings, &[path], &[]) {
        compare(&format!("style-{name}"), MAP, &map_of(&picture));
    }
}

/// The pixels of the map.
fn map_of(picture: &Picture) -> Vec<u8> {
    let ([left, top], [width, height]) = (CORNER, MAP);
    let line = |y: u32| {
        let begin = ((y * picture.width + left) * 4) as usize;
        &picture.rgba[begin..begin + (width * 4) as usize]
    };
    (top..top + height).flat_map(line).copied().collect()
}

/// The quarters by what tells them apart.
fn classed(by: By) -> Style {
    let kind = Some(PartKind::Polygon);
    let symbol = symbol_for_classes(default_symbol(kind, 0), kind, &by);
    Style { symbol, by, ..Style::default() }
}

fn check_quarters(name: &str, by: By) {
    let folder = tempfile::tempdir().unwrap();
    let path = quarters(folder.path());
    check(name, folder.path(), vec![layer("Wijken", &path, classed(by))]);
}

/// Quarters that step back, under what the picture is of.
fn ground(folder: &Path) -> Layer {
    let pale = Symbol {
        fill: Color::rgb(0xef_ec_e4),
        stroke: Color::rgb(0xb9_b2_a3),
        stroke_width: 1.0,
        ..default_symbol(Some(PartKind::Polygon), 0)
    };
    layer("Wijken", &quarters(folder), pale.into())
}

fn check_points(name: &str, layer_name: &str, file: &str, style: Style) {
    let folder = tempfile::tempdir().unwrap();
    let layers = vec![layer(layer_name, &sample(file), style), ground(folder.path())];
    check(name, folder.path(), layers);
}

fn point(number: usize) -> Style {
    default_symbol(Some(PartKind::Point), number).into()
}

fn number(field: &str) -> NumberOf {
    NumberOf { field: field.to_owned(), per: Per::Nothing }
}

#[test]
fn one_symbol() {
    let folder = tempfile::tempdir().unwrap();
    let areas = default_symbol(Some(PartKind::Polygon), 0);
    let lines = default_symbol(Some(PartKind::Line), 4);
    check(
        "single",
        folder.path(),
        vec![
            layer("Parkings", &sample("parkings.geojson"), point(5)),
            layer("Hoofdwegen", &sample("hoofdwegen.geojson"), lines.into()),
            layer("Wijken", &quarters(folder.path()), areas.into()),
        ],
    );
}

#[test]
fn by_value() {
    let by = Categories { field: "soort".to_owned(), ..Categories::default() };
    check_quarters("value", By::Value(by));
}

#[test]
fn by_number() {
    let by = Graduated { of: number("groen"), hatched: true, ..Graduated::default() };
    check_quarters("number", By::Number(by));
}

#[test]
fn by_two_numbers() {
    let steps = |field: &str| Steps { of: number(field), ..Steps::default() };
    let crossed = Crossed { across: steps("dichtheid"), up: steps("groen"), ..Crossed::default() };
    check_quarters("crossed", By::Crossed(Box::new(crossed)));
}

#[test]
fn by_rules() {
    let rule = |sql: &str, label: &str, number: usize| Rule {
        sql: sql.to_owned(),
        label: label.to_owned(),
        symbol: default_symbol(Some(PartKind::Polygon), number),
        ..Rule::default()
    };
    let rules = vec![
        rule("dichtheid > 3000 AND groen < 60", "Druk en weinig groen", 1),
        rule("groen IS NULL", "Niet geteld", 3),
        rule("dichtheid < 800", "Rustig", 2),
    ];
    check_quarters("rules", By::Rules(Rules { rules, other: Change::default() }));
}

#[test]
fn sizes_by_number() {
    let size = SizeBy { of: number("capaciteit"), ..SizeBy::default() };
    let style = Style { size: Some(size), ..point(0) };
    check_points("size", "Parkings", "parkings.geojson", style);
}

#[test]
fn a_heat_map() {
    let heat = Heat { radius: 900.0, ..Heat::default() };
    let style = Style { together: Together::Heat(Box::new(heat)), ..point(0) };
    check_points("heat", "Deelfietsen", "deelfietsen.csv", style);
}

#[test]
fn clusters() {
    let style = Style { together: Together::Clusters(Clusters::default()), ..point(0) };
    check_points("clusters", "Deelfietsen", "deelfietsen.csv", style);
}

#[test]
fn hexagons() {
    let mut hexagons = Hexagons { size: 1000.0, ..Hexagons::default() };
    hexagons.classes.ramp = RampChoice::new("YlGnBu");
    hexagons.classes.count = 3;
    let style = Style { together: Together::Hexagons(Box::new(hexagons)), ..point(0) };
    check_points("hexagons", "Deelfietsen", "deelfietsen.csv", style);
}

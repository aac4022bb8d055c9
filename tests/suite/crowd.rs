//! Points shown together, against what another program finds.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array};
use belfort::crowd::{Crowd, Lattice, density};
use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::page::{
    DisplayList, Figure, FigureLayer, FigureSpec, Furniture, Item, draw_figure, figure_page,
};
use belfort::problem::Problems;
use belfort::project::{Document, Layer, LayerId, LayerSource, View};
use belfort::style::{
    Clusters, Heat, NumberOf, Per, SizeBy, Style, Together, default_symbol, partition,
};
use belfort::table::{Field, FieldKind, GeometryBuilder, PartKind, Table};
use chrono::NaiveDate;
use serde_json::Value as Json;

/// What QGIS makes of a hundred points; the file says how.
fn oracle() -> Json {
    serde_json::from_str(include_str!("../data/density.json")).unwrap()
}

fn numbers(of: &Json) -> Vec<[f64; 3]> {
    let row = |row: &Json| [0, 1, 2].map(|at: usize| row[at].as_f64().unwrap());
    of.as_array().unwrap().iter().map(row).collect()
}

/// QGIS gives the bare sums of (1 − d²/r²)²; a density per km² is 3/π r² times that. Points are in
/// the middle of pixels, where QGIS puts them; some it puts into the pixel beside, which its own sums
/// show (0.4 % of the greatest). At the equator a metre of Web Mercator is one on the
/// ground.
#[test]
fn the_density_is_the_one_that_qgis_finds() {
    let oracle = oracle();
    let radius = oracle["radius"].as_f64().unwrap();
    let points = numbers(&oracle["points"]);
    let per_sum = 3.0 / (std::f64::consts::PI * (radius / 1000.0).powi(2));
    for (name, is_weighted) in [("plain", false), ("weighted", true)] {
        let theirs = numbers(&oracle[name]);
        // All moved a little, so that the middles of their pixels are those of our cells.
        let by = [0, 1].map(|axis: usize| 5.0 - theirs[0][axis].rem_euclid(10.0));
        let places = points.iter().map(|[x, y, _]| [x + by[0], y + by[1]]);
        let mut crowd = Crowd::of_places(places.collect());
        if is_weighted {
            #[expect(clippy::cast_possible_truncation, reason = "1 to 9")]
            crowd.weights.extend(points.iter().map(|[_, _, weight]| *weight as f32));
        }
        let lattice = Lattice { cell: 10.0, column: -120, row: -120, columns: 240, rows: 240 };
        let found = density(&crowd, radius, lattice, &Watch::unwatched()).unwrap();
        let most = theirs.iter().map(|[_, _, sum]| *sum).fold(0.0, f64::max);
        assert!(most > 10.0 && theirs.len() > 150);
        let mut compared = 0;
        for [x, y, sum] in theirs {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small lattice"
            )]
            let cell = [x + by[0], y + by[1]].map(|at| ((at / 10.0).floor() + 120.0) as usize);
            let ours = f64::from(found.at(cell[0], cell[1]).unwrap()) / per_sum;
            assert!((ours - sum).abs() < most * 0.005, "{name} at {x}, {y}: {ours}, QGIS {sum}");
            compared += usize::from(sum > most / 20.0);
        }
        assert!(compared > 40, "{compared}");
    }
}

const GHENT: View = View { lon: 3.7253, lat: 51.05, zoom: 13.0 };

/// Points in degrees with a number each.
fn table(places: &[[f64; 2]]) -> Table {
    let geometry = GeometryBuilder::points(places.to_vec()).unwrap();
    let counts: ArrayRef = Arc::new(Int64Array::from_iter_values((1_i64..).take(places.len())));
    let fields = vec![Field::new("n", FieldKind::Integer)];
    let mut table = Table::new("p", places.len(), fields, vec![counts], Some(geometry)).unwrap();
    table.crs = Some(LayerCrs::new(Crs::wgs84(), HowFound::Format));
    table
}

/// Thirty points within a few metres in the middle, and one far from them to the east.
fn places() -> Vec<[f64; 2]> {
    let near = (0..30_u8).map(|at| {
        let turn = f64::from(at);
        [GHENT.lon + 0.0001 * turn.cos(), GHENT.lat + 0.0001 * turn.sin()]
    });
    near.chain([[GHENT.lon + 0.03, GHENT.lat]]).collect()
}

fn figure(table: &Table, style: &Style) -> (DisplayList, Figure) {
    let document = Document::default();
    let layer = Layer { id: LayerId(1), ..Layer::new("Bomen", LayerSource::default()) };
    let kind = Some(PartKind::Point);
    let layers = [FigureLayer { layer: &layer, table, style, partition: None, kind, mask: None }];
    let spec = FigureSpec {
        is_coarse: false,
        document: &document,
        view: GHENT,
        size: (600, 400),
        scale: 1.0,
        layers: &layers,
        backdrops: &[],
        basemap: None,
        language: Language::Dutch,
        today: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        furniture: Furniture::All,
    };
    let page = figure_page(&spec, &Watch::unwatched(), &mut Problems::new()).unwrap();
    let figure = draw_figure(&spec, &Watch::unwatched()).unwrap();
    assert!(figure.problems.is_empty(), "{:?}", figure.problems);
    (page, figure)
}

/// The middle of the map on a figure.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
fn middle(page: &DisplayList, by: [f32; 2]) -> (u32, u32) {
    let clip = page.groups.iter().find_map(|group| group.clip).unwrap();
    let at = [f32::midpoint(clip[0], clip[2]) + by[0], f32::midpoint(clip[1], clip[3]) + by[1]];
    (at[0] as u32, at[1] as u32)
}

fn style(together: Together) -> Style {
    Style { together, ..default_symbol(Some(PartKind::Point), 0).into() }
}

#[test]
fn a_figure_shows_a_heat_map_with_its_bar() {
    let heat = Heat { radius: 400.0, ..Heat::default() };
    let style = style(Together::Heat(Box::new(heat.clone())));
    let (page, figure) = figure(&table(&places()), &style);
    let at = middle(&page, [0.0, 0.0]);
    let [r, g, b, _] = figure.pixels.at(at.0, at.1).unwrap();
    let ends = heat.shades()[255];
    // The darkest red of YlOrRd over white.
    assert!(r > 100 && g < 90 && b < 90, "{r} {g} {b}, the last shade is {ends}");
    let at = middle(&page, [150.0, 120.0]);
    assert_eq!(figure.pixels.at(at.0, at.1), Some([255, 255, 255, 255]), "nothing is not seen");
    let texts: Vec<&str> = page.texts().collect();
    assert!(texts.iter().any(|text| text.contains("Punten per km²")), "{texts:?}");
    // Thirty points in one place: 30 · 3 / (π · 0.4²) = 179 per km², which a round number ends.
    assert!(texts.contains(&"200") && texts.contains(&"0") && texts.contains(&"100"), "{texts:?}");
}

#[test]
fn a_figure_shows_clusters_with_their_numbers() {
    let style = style(Together::Clusters(Clusters::default()));
    let (page, figure) = figure(&table(&places()), &style);
    let texts: Vec<&str> = page.texts().collect();
    assert!(texts.contains(&"30"), "{texts:?}");
    assert!(texts.contains(&"30 punten") && texts.contains(&"1 punt"), "{texts:?}");
    let fill = style.cluster_symbol().fill;
    let at = middle(&page, [0.0, 18.0]);
    let [r, g, b, _] = figure.pixels.at(at.0, at.1).unwrap();
    let near = |ours: u8, wanted: u8| ours.abs_diff(wanted) < 40;
    assert!(near(r, fill.r) && near(g, fill.g) && near(b, fill.b), "{r} {g} {b} for {fill}");
}

#[test]
fn a_figure_shows_hexagons_with_their_classes() {
    let style = style(Together::Hexagons(Box::default()));
    let (page, _) = figure(&table(&places()), &style);
    let texts: Vec<&str> = page.texts().collect();
    assert!(texts.iter().any(|text| text.contains("Punten per zeshoek")), "{texts:?}");
    let group = page.groups.iter().find(|group| group.name == "Bomen").unwrap();
    assert!(group.items.len() >= 2, "{}", group.items.len());
}

/// A large symbol hides no small one, whichever row comes first.
#[test]
fn small_symbols_lie_over_large_ones_on_a_figure() {
    let places: Vec<[f64; 2]> = vec![[GHENT.lon, GHENT.lat]; 4];
    let table = table(&places);
    let of = NumberOf { field: "n".to_owned(), per: Per::Nothing };
    let size = SizeBy { of, largest: 60.0, at: None };
    let style = Style { size: Some(size), ..default_symbol(None, 0).into() };
    let grouping = style.grouping().unwrap();
    let partition = partition(&table, &grouping, None, &Watch::unwatched()).unwrap();
    let document = Document::default();
    let layer = Layer { id: LayerId(1), ..Layer::new("Bomen", LayerSource::default()) };
    let layers = [FigureLayer {
        layer: &layer,
        table: &table,
        style: &style,
        partition: Some(&partition),
        kind: Some(PartKind::Point),
        mask: None,
    }];
    let spec = FigureSpec {
        is_coarse: false,
        document: &document,
        view: GHENT,
        size: (600, 400),
        scale: 1.0,
        layers: &layers,
        backdrops: &[],
        basemap: None,
        language: Language::Dutch,
        today: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        furniture: Furniture::Nothing,
    };
    let page = figure_page(&spec, &Watch::unwatched(), &mut Problems::new()).unwrap();
    let group = page.groups.iter().find(|group| group.name == "Bomen").unwrap();
    let widths: Vec<f32> = group
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Shape(shape) => {
                let [left, _, right, _] = shape.outline.bounds()?;
                Some(right - left)
            }
            _ => None,
        })
        .collect();
    assert_eq!(widths.len(), 4);
    assert!(widths.windows(2).all(|pair| pair[0] > pair[1]), "{widths:?}");
    assert!((widths[0] - 60.0).abs() < 0.5, "{widths:?}");
}

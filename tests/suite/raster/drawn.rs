//! Images on the screen and on a figure.

use std::sync::Arc;
use std::time::{Duration, Instant};

use belfort::crs::{Crs, HowFound, LayerCrs, mercator_from_lon_lat};
use belfort::formats::{self, ReadOptions};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::map::{MapBackdrop, MapView};
use belfort::page::{FigureBackdrop, FigureLayer, FigureSpec, Furniture, draw_figure};
use belfort::project::{Attribution, Backdrop, Document, Layer, LayerSource, View};
use belfort::raster::PlacedRaster;
use belfort::style::default_symbol;
use belfort::table::PartKind;
use belfort::tiles::{LocalTiles, TileId, TileLimits, TileState, TileStore};

use super::make::{Tiff, coloured, open, placed, placed_in, waves};
use crate::offscreen::Screen;
use crate::pictures::compare;

const VIEW: View = View { lon: 3.7253, lat: 51.0536, zoom: 17.0 };

/// Four colours that meet in the middle of a view, in Web Mercator: red and green above blue and
/// half transparent black.
fn quarters(folder: &std::path::Path, name: &str, level: u8) -> PlacedRaster {
    let side = 64;
    let mut data = Vec::new();
    for y in 0..side {
        for x in 0..side {
            data.extend_from_slice(&match (x < side / 2, y < side / 2) {
                (true, true) => [level, 0, 0, 255],
                (false, true) => [0, level, 0, 255],
                (true, false) => [0, 0, level, 255],
                (false, false) => [0, 0, 0, 128],
            });
        }
    }
    let [x, y] = mercator_from_lon_lat([VIEW.lon, VIEW.lat]);
    let half = f64::from(side) / 2.0 * 2.0;
    let tiff = Tiff::grey(side, side, data)
        .tag(258, super::make::Value::Shorts(vec![8; 4]))
        .short(277, 4)
        .short(262, 2)
        .short(338, 2)
        .in_lambert72([x - half, y + half], 2.0);
    let raster = open(&tiff.write(folder, name)).unwrap();
    placed_in(raster, LayerCrs::new(Crs::web_mercator(), HowFound::Chosen))
}

/// Like `placed_in`, with a word of its own.
fn named(placed: &PlacedRaster, key: &str) -> PlacedRaster {
    let crs = placed.crs().clone();
    PlacedRaster::new(Arc::clone(placed.raster()), crs, key.to_owned()).unwrap()
}

#[test]
fn the_store_makes_tiles_of_an_image_on_its_workers() {
    let folder = tempfile::tempdir().unwrap();
    let placed = Arc::new(quarters(folder.path(), "a.tif", 255));
    let limits = TileLimits { offline: true, ..TileLimits::default() };
    let store = TileStore::with_limits(folder.path().to_owned(), Arc::new(|| {}), limits);
    let tiles: Arc<dyn LocalTiles> = placed.clone();
    let tile = TileId::at([VIEW.lon, VIEW.lat], 17);
    let far = TileId::at([4.4, 51.2], 17);
    let get = |tile| store.get(belfort::tiles::TileSource::Local(&tiles), tile);
    // What is elsewhere needs no worker.
    assert!(matches!(get(far), TileState::Missing(_)));
    assert_eq!(get(tile), TileState::Loading);
    let begin = Instant::now();
    let image = loop {
        match get(tile) {
            TileState::Ready(image) => break image,
            TileState::Loading => std::thread::sleep(Duration::from_millis(2)),
            TileState::Missing(why) => panic!("{why:?}"),
        }
        assert!(begin.elapsed() < Duration::from_mins(1));
    };
    assert_eq!((image.width, image.height), (256, 256));
    // A pixel of 2 m is some tiles' pixels wide at that level: deeper ones show nothing more.
    assert!((17..=18).contains(&placed.max_zoom()), "{}", placed.max_zoom());
    assert_eq!(store.activity().loading, 0);
}

#[test]
fn backdrops_are_drawn_over_each_other_under_the_layers() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut screen) = Screen::new([256, 192], 1.0) else { return };
    let limits = TileLimits { offline: true, ..TileLimits::default() };
    let store = TileStore::with_limits(folder.path().to_owned(), Arc::new(|| {}), limits);
    let mut map = MapView::new(Some(screen.state.clone()), Arc::new(store));
    map.set_view(VIEW);
    let top = named(&quarters(folder.path(), "top.tif", 255), "top");
    let below = named(&quarters(folder.path(), "below.tif", 100), "below");
    let backdrop = |placed, opacity| MapBackdrop { tiles: Arc::new(placed), opacity };
    map.set_backdrops(vec![backdrop(top, 0.5), backdrop(below, 1.0)]);
    let begin = Instant::now();
    let mut picture = screen.frame(Vec::new(), |ui| {
        map.show(ui, Language::Dutch, None, &[]);
    });
    // Red over dark red, half of each; the ground is seen through the last quarter.
    while picture.at(100, 70)[0] < 150 || picture.at(100, 70)[1] > 20 {
        assert!(begin.elapsed() < Duration::from_mins(1), "never drawn: {:?}", picture.at(100, 70));
        std::thread::sleep(Duration::from_millis(5));
        picture = screen.frame(Vec::new(), |ui| {
            map.show(ui, Language::Dutch, None, &[]);
        });
    }
    picture.assert_near((100, 70), [178, 0, 0]);
    picture.assert_near((150, 70), [0, 178, 0]);
    picture.assert_near((100, 120), [0, 0, 178]);
    // Three eighths of a ground that is dark in this window.
    let [red, green, blue] = picture.at(150, 120);
    assert!(
        red.abs_diff(green) < 12 && green.abs_diff(blue) < 12 && red > 9,
        "{red} {green} {blue}"
    );
}

#[test]
fn a_figure_shows_backdrops_and_names_their_source() {
    let folder = tempfile::tempdir().unwrap();
    let raster = quarters(folder.path(), "a.tif", 255);
    let attribution = Attribution {
        publisher: "Digitaal Vlaanderen".to_owned(),
        accessed: "2026-11-20".to_owned(),
        ..Attribution::default()
    };
    let backdrop = Backdrop { attribution, opacity: 0.5, ..Backdrop::new("Luchtfoto", "a.tif") };
    let hidden = Backdrop { visible: false, ..Backdrop::new("Weg", "a.tif") };
    let document = Document::default();
    let backdrops = [
        FigureBackdrop { backdrop: &hidden, raster: &raster },
        FigureBackdrop { backdrop: &backdrop, raster: &raster },
    ];
    let spec = FigureSpec {
        document: &document,
        view: VIEW,
        size: (200, 160),
        scale: 2.0,
        layers: &[],
        backdrops: &backdrops,
        basemap: None,
        language: Language::Dutch,
        today: chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        furniture: Furniture::Nothing,
        is_coarse: false,
    };
    let figure = draw_figure(&spec, &Watch::unwatched()).unwrap();
    let at = |x, y| figure.pixels.at(x, y).unwrap();
    // Half of each over white paper.
    for ((x, y), wanted) in [
        ((150, 120), [255, 128, 128, 255]),
        ((250, 120), [128, 255, 128, 255]),
        ((150, 200), [128, 128, 255, 255]),
        ((250, 200), [191, 191, 191, 255]),
        ((5, 5), [255, 255, 255, 255]),
    ] {
        let found: [u8; 4] = at(x, y);
        let near = found.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= 2);
        assert!(near, "{x} {y}: {found:?}, not {wanted:?}");
    }
    // The edge between two quarters is as sharp as the image at this scale: two pixels of the
    // image are eight of the picture.
    assert!(at(192, 120)[1] < 140 && at(208, 120)[0] < 140);
    let whole = FigureSpec { furniture: Furniture::All, ..spec };
    let mut problems = belfort::problem::Problems::new();
    let page = belfort::page::figure_page(&whole, &Watch::unwatched(), &mut problems).unwrap();
    let texts: Vec<&str> = page.texts().collect();
    let texts = texts.join(" ");
    assert!(
        texts.contains("Digitaal Vlaanderen, ‘Luchtfoto’") && !texts.contains("Weg"),
        "{texts}"
    );
    assert!(problems.is_empty(), "{problems:?}");
}

/// Streets over an image in Lambert 72 that is turned against the map by its projection.
#[test]
fn a_figure_with_streets_over_an_image() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/straten.shp");
    let watch = Watch::unwatched();
    let table = formats::open(&sample, &ReadOptions::default(), &watch).unwrap().swap_remove(0);
    let folder = tempfile::tempdir().unwrap();
    let picture = coloured(&waves(400, 300)).in_lambert72([103_800.0, 194_500.0], 5.0);
    let raster = placed(&picture.write(folder.path(), "a.tif"));
    let backdrop = Backdrop { opacity: 0.6, ..Backdrop::new("Golven", "a.tif") };
    let layer = Layer::new("Straten", LayerSource::default());
    let style = default_symbol(Some(PartKind::Line), 1).into();
    let layers = [FigureLayer {
        layer: &layer,
        table: &table,
        style: &style,
        partition: None,
        kind: Some(PartKind::Line),
        mask: None,
    }];
    let document = Document::default();
    let spec = FigureSpec {
        document: &document,
        view: View { zoom: 14.0, ..VIEW },
        size: (640, 440),
        scale: 1.0,
        layers: &layers,
        backdrops: &[FigureBackdrop { backdrop: &backdrop, raster: &raster }],
        basemap: None,
        language: Language::Dutch,
        today: chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        furniture: Furniture::All,
        is_coarse: false,
    };
    let figure = draw_figure(&spec, &watch).unwrap();
    let size = [figure.pixels.width, figure.pixels.height];
    compare("figure-over-image", size, &figure.pixels.rgba);
}

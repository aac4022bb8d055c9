//! Vector tiles: their classes, on the screen and on paper.

use std::collections::BTreeSet;
use std::sync::Arc;

use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::page::{
    CityLook, CityTiles, FigureBasemap, FigureCity, FigureSpec, Furniture, Item, figure_page,
};
use belfort::problem::Problems;
use belfort::project::{Document, View};
use belfort::tiles::archive::Archive;
use belfort::tiles::vector::{CityClass, CityTile, Green, PlaceRank, RoadRank};
use belfort::tiles::{BasemapLook, LocalTiles, TileId};

use super::make::{GHENT, SCHEMAS, city, city_tile, vector_tile};

#[test]
fn the_three_schemas_say_the_same() {
    for schema in SCHEMAS {
        let tile = CityTile::read(&city_tile(schema), Language::English).unwrap();
        assert!(!tile.is_foreign);
        let classes: BTreeSet<CityClass> = tile.features.iter().map(|it| it.class).collect();
        for class in [
            CityClass::Water,
            CityClass::Green(Green::Park),
            CityClass::Building,
            CityClass::Rail(false),
            CityClass::StreetName(RoadRank::Primary),
            CityClass::StreetName(RoadRank::Street),
            CityClass::Place(PlaceRank::Town),
        ] {
            assert!(classes.contains(&class), "{schema}: {class:?} is not in {classes:?}");
        }
        let ranks: Vec<RoadRank> = tile
            .features
            .iter()
            .filter_map(|it| match it.class {
                CityClass::Road(road) => Some(road.rank),
                _ => None,
            })
            .collect();
        assert_eq!(ranks, [RoadRank::Street, RoadRank::Primary], "{schema}");
        let names = |language| -> Vec<String> {
            let tile = CityTile::read(&city_tile(schema), language).unwrap();
            tile.features.iter().filter_map(|it| Some(it.name.as_deref()?.to_owned())).collect()
        };
        assert!(names(Language::English).contains(&"Ghent".to_owned()), "{schema}");
        assert!(names(Language::Dutch).contains(&"Gent".to_owned()), "{schema}");
    }
}

#[test]
fn a_map_of_unknown_layers_is_drawn_all_the_same() {
    let feature =
        super::make::Feature { kind: 2, tags: &[], parts: vec![vec![[0, 0], [4096, 4096]]] };
    let tile = vector_tile(&[("grachten_van_1850", vec![feature])]);
    let read = CityTile::read(&tile, Language::Dutch).unwrap();
    assert!(read.is_foreign);
    assert_eq!(read.features[0].class, CityClass::Unknown);
}

fn tiles(schema: &str, look: CityLook, density: f32) -> CityTiles {
    let folder = tempfile::tempdir().unwrap();
    let archive = Arc::new(Archive::open(&city(folder.path(), schema)).unwrap());
    // The file is open: its folder may go.
    CityTiles::new(archive, look, Language::Dutch, density, "stad".to_owned())
}

#[test]
fn tiles_of_the_screen_are_sharp_beyond_the_deepest_level_and_meet_at_their_edges() {
    let made = tiles("openmaptiles", CityLook::Light, 1.5);
    let deep = TileId::at(GHENT.center(), 18);
    assert!(made.has(deep) && made.max_zoom() >= 20);
    let image = made.make(deep).unwrap();
    assert_eq!((image.width, image.height), (384, 384));
    // The same pixels on both sides of an edge, but for what antialiasing makes of them.
    let z = 15;
    let mut apart = 0_u32;
    let mut seen = 0_u32;
    let first = TileId::at(GHENT.center(), z);
    for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (3, 3)] {
        let tile = TileId { z, x: first.x + dx, y: first.y + dy };
        let [left, right] =
            [tile, TileId { x: tile.x + 1, ..tile }].map(|it| made.make(it).unwrap());
        for y in 0..left.height {
            let pixel = |image: &belfort::tiles::TileImage, x: u32| {
                let at = ((y * image.width + x) * 4) as usize;
                [image.rgba[at], image.rgba[at + 1], image.rgba[at + 2]]
            };
            let (a, b) = (pixel(&left, left.width - 1), pixel(&right, 0));
            let difference = a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b))).max().unwrap();
            apart += u32::from(difference > 90);
            seen += 1;
        }
    }
    assert!(apart * 100 < seen, "{apart} of {seen} pixels jump at an edge");
}

#[test]
fn the_styles_differ_and_the_same_tile_is_always_the_same() {
    let tile = TileId::at(GHENT.center(), 15);
    let pictures: Vec<Vec<u8>> = [CityLook::Light, CityLook::Dark, CityLook::Grey]
        .map(|look| {
            let made = tiles("protomaps", look, 1.0);
            let first = made.make(tile).unwrap();
            // Whatever was asked for before.
            let _ = made.make(TileId { x: tile.x + 1, ..tile });
            assert_eq!(made.make(tile).unwrap(), first);
            assert_eq!(tiles("protomaps", look, 1.0).make(tile).unwrap(), first);
            first.rgba
        })
        .into();
    assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2] && pictures[0] != pictures[2]);
    let light = |rgba: &[u8]| rgba.chunks(4).map(|it| u64::from(it[1])).sum::<u64>();
    assert!(light(&pictures[0]) > 2 * light(&pictures[1]));
    assert!(pictures[2].chunks(4).all(|it| it[0].abs_diff(it[2]) < 16), "grey");
}

#[test]
fn on_a_page_it_is_paths_and_texts() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Arc::new(Archive::open(&city(folder.path(), "shortbread")).unwrap());
    let document = Document::default();
    let look = BasemapLook { opacity: 0.5, ..BasemapLook::default() };
    let basemap = |look| FigureBasemap {
        attribution: "© Wij",
        look,
        city: Some(FigureCity {
            archive: &archive,
            look: CityLook::of(look),
            language: Language::Dutch,
            letters: 1.0,
        }),
        level: 0,
        tile: &|_| panic!("no picture is asked for"),
    };
    let [lon, lat] = GHENT.center();
    let spec = FigureSpec {
        is_coarse: false,
        document: &document,
        view: View { lon, lat, zoom: 14.9 },
        size: (600, 400),
        scale: 1.0,
        layers: &[],
        backdrops: &[],
        basemap: Some(basemap(BasemapLook::default())),
        language: Language::Dutch,
        today: chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        furniture: Furniture::All,
    };
    let mut problems = Problems::new();
    let page = figure_page(&spec, &Watch::unwatched(), &mut problems).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let group = page.groups.iter().find(|group| group.name == "Achtergrondkaart").unwrap();
    assert!(group.items.iter().all(|item| !matches!(item, Item::Image(_))));
    let texts: BTreeSet<&str> = page.texts().collect();
    for text in ["Gent", "Coupure Rechts", "Sint-Pietersnieuwstraat"] {
        assert!(texts.contains(text), "{text} is not in {texts:?}");
    }
    assert!(texts.iter().any(|text| text.contains("© Wij")), "{texts:?}");
    // Weaker is lighter, not see-through: paths that overlap would show.
    let weak = FigureSpec { basemap: Some(basemap(look)), ..spec };
    let weak = figure_page(&weak, &Watch::unwatched(), &mut problems).unwrap();
    let fills = |page: &belfort::page::DisplayList| -> Vec<belfort::style::Color> {
        let group = page.groups.iter().find(|group| group.name == "Achtergrondkaart").unwrap();
        let fills = group.items.iter().filter_map(|item| match item {
            Item::Shape(shape) => shape.fill,
            _ => None,
        });
        fills.collect()
    };
    let (strong, weak) = (fills(&page), fills(&weak));
    assert_eq!(strong.len(), weak.len());
    for (strong, weak) in strong.into_iter().zip(weak) {
        assert!(weak.a == 255 && weak.g >= strong.g, "{weak} of {strong}");
    }
}

#[test]
fn a_damaged_tile_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stuk.pmtiles");
    let tiles = super::make::tiles_of(&GHENT, 12..=14);
    super::make::archive(&path, belfort::tiles::archive::TileForm::Vector, &tiles, |_| {
        super::make::gzip(&[0x1a, 200, 1, 2])
    });
    let archive = Arc::new(Archive::open(&path).unwrap());
    let made = CityTiles::new(archive, CityLook::Dark, Language::Dutch, 1.0, "stuk".to_owned());
    let why = made.make(TileId::at(GHENT.center(), 15)).unwrap_err();
    let told = why.message().in_language(Language::English);
    assert!(told.contains("stuk.pmtiles") && told.contains("14/"), "{told}");
}

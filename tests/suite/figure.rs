//! The figure: the map with title, legend, scale bar, notice and sources, as pixels.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    reason = "pixels of small pictures"
)]

use std::sync::Arc;

use arrow_array::BooleanArray;
use belfort::crs::{Crs, HowFound, LayerCrs, mercator_from_lon_lat};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::page::{
    DisplayList, Figure, FigureBasemap, FigureError, FigureLayer, FigureSpec, Furniture, Item,
    Sourced, draw_figure, encode_png, figure_page, source_line, tile_level, tiles_in_view,
};
use belfort::problem::Problems;
use belfort::project::{Attribution, Document, Layer, LayerId, LayerSource, View};
use belfort::style::{Color, Dash, Hatch, Join, PointShape, Style, Symbol, default_symbol};
use belfort::table::{GeometryBuilder, GeometryKind, PartKind, Table};
use belfort::tiles::{BasemapLook, TileId, TileImage};
use chrono::NaiveDate;

const GHENT: View = View { lon: 3.7253, lat: 51.05, zoom: 13.0 };

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn layer(id: u64, name: &str) -> Layer {
    let attribution = Attribution {
        publisher: "Stad Gent".to_owned(),
        licence: "Modellicentie Gratis Hergebruik".to_owned(),
        url: String::new(),
        accessed: "2026-11-20".to_owned(),
    };
    Layer { id: LayerId(id), attribution, ..Layer::new(name, LayerSource::default()) }
}

fn table(name: &str, crs: Crs, build: impl FnOnce(&mut GeometryBuilder)) -> Table {
    let mut builder = GeometryBuilder::new();
    build(&mut builder);
    let geometry = builder.finish().unwrap();
    let rows = geometry.len();
    let mut table = Table::new(name, rows, Vec::new(), Vec::new(), Some(geometry)).unwrap();
    table.crs = Some(LayerCrs::new(crs, HowFound::Format));
    table
}

fn push(builder: &mut GeometryBuilder, kind: PartKind, rings: &[Vec<[f64; 2]>]) {
    builder.begin_row(match kind {
        PartKind::Point => GeometryKind::Point,
        PartKind::Line => GeometryKind::LineString,
        PartKind::Polygon => GeometryKind::Polygon,
    });
    builder.begin_part(kind);
    for ring in rings {
        builder.begin_ring();
        ring.iter().for_each(|xy| builder.coord(*xy, None, None));
    }
    builder.end_row();
}

fn square([x, y]: [f64; 2], half: f64) -> Vec<[f64; 2]> {
    [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0]]
        .map(|[dx, dy]| [x + dx * half, y + dy * half])
        .to_vec()
}

fn document() -> Document {
    Document {
        title: "Schapen en wijken".to_owned(),
        notice: "Voorbeelddata, niet officieel".to_owned(),
        ..Document::default()
    }
}

fn spec<'a>(document: &'a Document, layers: &'a [FigureLayer<'a>]) -> FigureSpec<'a> {
    FigureSpec {
        is_coarse: false,
        document,
        view: GHENT,
        size: (600, 400),
        scale: 1.0,
        layers,
        backdrops: &[],
        basemap: None,
        language: Language::Dutch,
        today: today(),
        furniture: Furniture::All,
    }
}

fn page(spec: &FigureSpec<'_>) -> (DisplayList, Problems) {
    let mut problems = Problems::new();
    let page = figure_page(spec, &Watch::unwatched(), &mut problems).unwrap();
    (page, problems)
}

fn draw(spec: &FigureSpec<'_>) -> Figure {
    draw_figure(spec, &Watch::unwatched()).unwrap()
}

/// The corner of the map on a figure: that of the clip of its layers.
fn corner(spec: &FigureSpec<'_>) -> [f32; 2] {
    let (page, _) = page(spec);
    let clip = page.groups.iter().find_map(|group| group.clip).unwrap();
    [clip[0], clip[1]]
}

/// Where a place lies on a figure, pixels: spherical Mercator in closed form (OpenStreetMap wiki,
/// "Slippy map tilenames"), independent of the code under test.
fn pixel_of(spec: &FigureSpec<'_>, lon: f64, lat: f64) -> [f64; 2] {
    let world = 256.0 * 2_f64.powf(spec.view.zoom);
    let place = |lon: f64, lat: f64| {
        let y = lat.to_radians().tan().asinh();
        [(lon + 180.0) / 360.0 * world, (1.0 - y / std::f64::consts::PI) / 2.0 * world]
    };
    let ([x, y], [center_x, center_y]) = (place(lon, lat), place(spec.view.lon, spec.view.lat));
    let [left, top] = corner(spec).map(f64::from);
    let (width, height) = (f64::from(spec.size.0), f64::from(spec.size.1));
    let scale = f64::from(spec.scale);
    [(left + width / 2.0 + x - center_x) * scale, (top + height / 2.0 + y - center_y) * scale]
}

fn rgb(figure: &Figure, [x, y]: [f64; 2]) -> [u8; 3] {
    let [r, g, b, a] = figure.pixels.at(x.round() as u32, y.round() as u32).unwrap();
    assert_eq!(a, 255, "a figure is opaque");
    [r, g, b]
}

const RED: Symbol = Symbol {
    fill: Color::rgb(0xcc0000),
    stroke: Color::rgb(0xcc0000),
    stroke_width: 1.0,
    point_size: 10.0,
    shape: PointShape::Circle,
    dash: Dash::Solid,
    join: Join::Round,
    heads: belfort::style::Heads::None,
    hatch: Hatch::None,
    icon: None,
    rotation: 0.0,
};

/// All of a layer with one symbol.
fn figure_layer<'a>(layer: &'a Layer, table: &'a Table, symbol: Symbol) -> FigureLayer<'a> {
    let style: &'static Style = Box::leak(Box::new(symbol.into()));
    FigureLayer { layer, table, style, partition: None, kind: None, mask: None }
}

#[test]
fn polygons_are_filled_and_their_holes_show_what_lies_below() {
    let document = document();
    let areas = table("areas", Crs::wgs84(), |builder| {
        let outer = square([GHENT.lon, GHENT.lat], 0.01);
        push(builder, PartKind::Polygon, &[outer, square([GHENT.lon, GHENT.lat], 0.004)]);
    });
    let below = table("below", Crs::web_mercator(), |builder| {
        let middle = mercator_from_lon_lat([GHENT.lon, GHENT.lat]);
        push(builder, PartKind::Polygon, &[square(middle, 150.0)]);
    });
    let (top, bottom) = (layer(2, "Wijken"), layer(1, "Onder"));
    let blue = Symbol { fill: Color::rgb(0x0000cc), ..RED };
    let layers = [figure_layer(&top, &areas, RED), figure_layer(&bottom, &below, blue)];
    for scale in [1.0, 2.0, 1.5] {
        let spec = FigureSpec { scale, ..spec(&document, &layers) };
        let figure = draw(&spec);
        let at =
            |lon: f64, lat: f64| rgb(&figure, pixel_of(&spec, GHENT.lon + lon, GHENT.lat + lat));
        assert_eq!(at(0.007, 0.0), [0xcc, 0, 0], "inside the ring");
        assert_eq!(at(0.0, 0.007), [0xcc, 0, 0], "inside the ring");
        assert_eq!(at(0.003, 0.0), [255, 255, 255], "in the hole");
        assert_eq!(at(0.0, 0.0), [0, 0, 0xcc], "the layer below shows in the hole");
        assert_eq!(at(0.014, 0.0), [255, 255, 255], "outside");
        assert!(figure.problems.is_empty(), "{:?}", figure.problems);
    }
}

/// The middle of what is not white within 20 pixels of a place, and how many pixels it covers.
fn ink_around(figure: &Figure, [x, y]: [f64; 2]) -> ([f64; 2], f64) {
    let (mut sum, mut sum_x, mut sum_y) = (0.0, 0.0, 0.0);
    for py in (y as u32 - 20)..(y as u32 + 20) {
        for px in (x as u32 - 20)..(x as u32 + 20) {
            let [_, green, _, _] = figure.pixels.at(px, py).unwrap();
            let ink = f64::from(255 - green) / 255.0;
            sum += ink;
            sum_x += ink * (f64::from(px) + 0.5);
            sum_y += ink * (f64::from(py) + 0.5);
        }
    }
    ([sum_x / sum, sum_y / sum], sum)
}

#[test]
fn a_point_lies_at_its_place_within_a_pixel() {
    let document = document();
    let places = [[3.7253, 51.05], [3.7405, 51.0571], [3.7101, 51.0444]];
    let points = table("points", Crs::wgs84(), |builder| {
        places.iter().for_each(|place| builder.push_point(*place));
    });
    let layer = layer(1, "Schapen");
    for shape in [PointShape::Circle, PointShape::Square, PointShape::Triangle, PointShape::Diamond]
    {
        let symbol = Symbol { shape, ..RED };
        let layers = [figure_layer(&layer, &points, symbol)];
        let spec = FigureSpec { scale: 2.0, ..spec(&document, &layers) };
        let figure = draw(&spec);
        for [lon, lat] in places {
            let [x, y] = pixel_of(&spec, lon, lat);
            let ([mean_x, mean_y], area) = ink_around(&figure, [x, y]);
            assert!((mean_x - x).abs() < 0.5, "{shape:?}: {mean_x} and {x}");
            assert!((mean_y - y).abs() < 0.5, "{shape:?}: {mean_y} and {y}");
            // A disc of 10 points and its outline of 1 point: a diameter of 22 pixels.
            let disc = std::f64::consts::PI * 11.0 * 11.0;
            assert!((area / disc - 1.0).abs() < 0.06, "{shape:?}: {area} and {disc}");
        }
    }
}

/// EPSG:31370 (104700, 193800) is 3.722687541° E, 51.052587503° N by PROJ 9.6
/// (`cs2cs EPSG:31370 EPSG:4326`, Position Vector, about 1 m): a metre is a tenth of a pixel here.
#[test]
fn a_layer_in_lambert_72_lies_on_the_map_within_a_pixel() {
    let document = document();
    let points = table("points", Crs::lambert72(), |builder| {
        builder.push_point([0.0, 0.0]);
        builder.push_point([104_700.0, 193_800.0]);
    });
    let layer = layer(1, "Lambert");
    let layers = [figure_layer(&layer, &points, RED)];
    let spec = spec(&document, &layers);
    let figure = draw(&spec);
    let [x, y] = pixel_of(&spec, 3.722_687_541, 51.052_587_503);
    let ([mean_x, mean_y], _) = ink_around(&figure, [x, y]);
    assert!((mean_x - x).abs() < 0.25 && (mean_y - y).abs() < 0.25, "{mean_x}, {mean_y}; {x}, {y}");
}

#[test]
fn filters_opacity_visibility_and_swapped_axes_are_respected() {
    let document = document();
    let mut points = table("points", Crs::wgs84(), |builder| {
        builder.push_point([GHENT.lat, GHENT.lon]);
        builder.push_point([GHENT.lat + 0.01, GHENT.lon]);
    });
    points.crs = Some(LayerCrs { swapped: true, ..LayerCrs::new(Crs::wgs84(), HowFound::Guess) });
    let mask = BooleanArray::from(vec![Some(true), None]);
    let half = Layer { opacity: 0.5, ..layer(1, "Half") };
    let symbol = Symbol { fill: Color::rgb(0x000000), stroke_width: 0.0, ..RED };
    let shown = [FigureLayer { mask: Some(&mask), ..figure_layer(&half, &points, symbol) }];
    let shown = spec(&document, &shown);
    let figure = draw(&shown);
    let [x, y] = pixel_of(&shown, GHENT.lon, GHENT.lat);
    let [grey, ..] = rgb(&figure, [x, y]);
    assert!((127..=128).contains(&grey), "half of black on white, not {grey}");
    let masked = pixel_of(&shown, GHENT.lon, GHENT.lat + 0.01);
    assert_eq!(rgb(&figure, masked), [255, 255, 255]);

    let hidden = Layer { visible: false, ..layer(1, "Verborgen") };
    let layers = [figure_layer(&hidden, &points, symbol)];
    let hidden = spec(&document, &layers);
    assert_eq!(rgb(&draw(&hidden), [x, y]), [255, 255, 255]);
    let (page, _) = page(&hidden);
    assert!(!page.texts().any(|text| text.contains("Verborgen") || text.contains("Legende")));
}

/// 500 m west and east of 51.05° N, 3.7253° E on WGS 84 by PROJ's `geod` (Karney's geodesics):
/// `echo "51.05 3.7253 90 500" | geod +ellps=WGS84 -f "%.12f"` and the same with 270 end
/// 0.007130409048 degrees from the middle.
#[test]
fn the_scale_bar_is_as_long_as_its_distance_on_the_map() {
    let document = document();
    let spec = spec(&document, &[]);
    let (page, _) = page(&spec);
    assert!(page.texts().any(|text| text == "1\u{a0}km"), "{:?}", page.texts().collect::<Vec<_>>());
    let degrees = 2.0 * (3.725_3 - 3.718_169_590_890);
    let kilometre = degrees / 360.0 * 256.0 * 2_f64.powf(GHENT.zoom);
    let dark = Some(Color::rgb(0x1f2328));
    let bars = page.groups.iter().flat_map(|group| &group.items).filter_map(|item| match item {
        Item::Shape(shape) if shape.fill.is_none() && shape.stroke.map(|s| s.color) == dark => {
            shape.outline.bounds()
        }
        _ => None,
    });
    let bars: Vec<_> = bars.collect();
    let [[left, _, right, _]] = bars.as_slice() else { panic!("one bar, not {bars:?}") };
    let length = f64::from(right - left);
    assert!((length - kilometre).abs() < 0.01, "{length} and {kilometre}");
}

#[test]
fn title_notice_legend_sources_and_date_are_on_the_figure() {
    let document = document();
    let areas = table("areas", Crs::wgs84(), |builder| {
        push(builder, PartKind::Polygon, &[square([GHENT.lon, GHENT.lat], 0.01)]);
    });
    let (wards, grid) =
        (layer(1, "Wijken"), Layer { attribution: Attribution::default(), ..layer(2, "Raster") });
    let layers = [&wards, &grid].map(|layer| figure_layer(layer, &areas, RED));
    let basemap = FigureBasemap {
        attribution: "© OpenStreetMap-bijdragers",
        look: BasemapLook::default(),
        city: None,
        level: 13,
        tile: &|_| None,
    };
    for (language, expected) in [
        (
            Language::Dutch,
            [
                "Legende",
                "Bron: Stad Gent, ‘Wijken’, Modellicentie Gratis Hergebruik, geraadpleegd op \
                 20 november 2026; bron niet vermeld voor ‘Raster’; \
                 achtergrond: © OpenStreetMap-bijdragers",
                "Kaart gemaakt met Belfort op 24 november 2026",
            ],
        ),
        (
            Language::English,
            [
                "Legend",
                "Source: Stad Gent, ‘Wijken’, Modellicentie Gratis Hergebruik, accessed on \
                 20 November 2026; no source given for ‘Raster’; \
                 background: © OpenStreetMap-bijdragers",
                "Map made with Belfort on 24 November 2026",
            ],
        ),
    ] {
        let spec = FigureSpec { basemap: Some(basemap), language, ..spec(&document, &layers) };
        let (page, problems) = page(&spec);
        let texts: Vec<_> = page.texts().collect();
        let text = texts.join(" ");
        for expected in expected {
            assert!(text.contains(expected), "{expected:?} in {texts:?}");
        }
        for expected in ["Schapen en wijken", "Voorbeelddata, niet officieel", "Wijken", "Raster"] {
            assert!(texts.contains(&expected), "{expected:?} in {texts:?}");
        }
        assert!(problems.count("problem-figure-tiles-missing") > 0);
        assert_eq!(problems.count("problem-figure-text-cut"), 0);
        let names: Vec<_> = page.groups.iter().map(|group| group.name.as_str()).collect();
        let basemap = match language {
            Language::Dutch => "Achtergrondkaart",
            Language::English => "Basemap",
        };
        assert_eq!(names, ["page", basemap, "Raster", "Wijken", "furniture"]);
    }
}

#[test]
fn the_source_line_names_everyone_once() {
    let document = document();
    let today = today();
    let (wards, sheep) = (layer(1, "Wijken"), layer(2, "Schapen"));
    let streets = Layer {
        attribution: Attribution {
            publisher: "Digitaal Vlaanderen".to_owned(),
            url: "https://www.vlaanderen.be".to_owned(),
            ..Attribution::default()
        },
        ..layer(3, "Straten")
    };
    let page = "https://data.stad.gent/a";
    let paged = |layer: &Layer, url: &str| Layer {
        attribution: Attribution { url: url.to_owned(), ..layer.attribution.clone() },
        ..layer.clone()
    };
    assert_eq!(
        source_line(
            &Document::default(),
            &[
                (&paged(&wards, page)).into(),
                (&paged(&sheep, page)).into(),
                (&paged(&wards, "https://b")).into()
            ],
            None,
            Language::English,
            today
        ),
        "Source: Stad Gent, ‘Wijken’, ‘Schapen’ (https://data.stad.gent/a), ‘Wijken’ (https://b), \
         Modellicentie Gratis Hergebruik, accessed on 20 November 2026"
    );
    let layers = [&wards, &streets, &sheep].map(Sourced::from);
    assert_eq!(
        source_line(&document, &layers, Some("© OSM"), Language::Dutch, today),
        "Bronnen: Stad Gent, ‘Wijken’, ‘Schapen’, Modellicentie Gratis Hergebruik, geraadpleegd op \
         20 november 2026; Digitaal Vlaanderen, ‘Straten’ (https://www.vlaanderen.be), \
         geraadpleegd op 24 november 2026; achtergrond: © OSM. Voorbeelddata, niet officieel"
    );
    assert_eq!(
        source_line(&Document::default(), &[(&wards).into()], None, Language::English, today),
        "Source: Stad Gent, ‘Wijken’, Modellicentie Gratis Hergebruik, accessed on 20 November 2026"
    );
    assert_eq!(
        source_line(&Document::default(), &[], Some("© OSM"), Language::Dutch, today),
        "Achtergrond: © OSM"
    );
    assert_eq!(source_line(&Document::default(), &[], None, Language::Dutch, today), "");
}

/// A tile of one colour, told from its place.
fn tile(id: TileId) -> Arc<TileImage> {
    let pixel = [(id.x % 7 * 30) as u8, (id.y % 7 * 30) as u8, 200, 255];
    Arc::new(TileImage { width: 256, height: 256, rgba: pixel.repeat(256 * 256) })
}

#[test]
fn tiles_lie_at_their_places_and_coarser_ones_stand_in_for_those_missing() {
    let document = document();
    let view = View { zoom: 12.7, ..GHENT };
    let level = tile_level(view, 19);
    assert_eq!(level, 13);
    let middle = TileId::at([view.lon, view.lat], level);
    let parents = std::iter::successors(Some(middle), |tile| tile.parent());
    let grandparent = parents.clone().nth(2).unwrap();
    let basemap =
        |id: TileId| (id != middle && id.z >= 11 && Some(id) != middle.parent()).then(|| tile(id));
    let basemap = FigureBasemap {
        attribution: "",
        look: BasemapLook::default(),
        city: None,
        level,
        tile: &basemap,
    };
    let spec = FigureSpec { view, basemap: Some(basemap), ..spec(&document, &[]) };
    let figure = draw(&spec);
    assert_eq!(figure.problems.count("problem-figure-tiles-coarse"), 1);
    assert_eq!(figure.problems.count("problem-figure-tiles-missing"), 0);
    let needed = tiles_in_view(view, spec.size, level);
    assert!(needed.len() >= 6 && needed.contains(&middle), "{needed:?}");
    let [left, top] = corner(&spec).map(f64::from);
    let mut seen = 0;
    for id in needed {
        let extent = id.extent_lon_lat();
        let [west, north] = pixel_of(&spec, extent.min_x, extent.max_y);
        let [east, south] = pixel_of(&spec, extent.max_x, extent.min_y);
        // A few pixels inside each corner of the tile, where the map shows it and nothing is on it.
        for [x, y] in
            [[west + 3.0, north + 3.0], [east - 3.0, south - 3.0], [east - 3.0, north + 3.0]]
        {
            if x < left + 3.0 || x > left + 597.0 || y < top + 70.0 || y > top + 330.0 {
                continue;
            }
            let expected = tile(if id == middle { grandparent } else { id });
            assert_eq!(&rgb(&figure, [x, y])[..], &expected.rgba[..3], "{id:?} at {x}, {y}");
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen} corners seen");
}

#[test]
fn a_long_legend_moves_out_of_the_map_and_nothing_is_clipped() {
    let document = document();
    let areas = table("areas", Crs::wgs84(), |builder| {
        push(builder, PartKind::Polygon, &[square([GHENT.lon, GHENT.lat], 0.01)]);
    });
    for (count, size) in
        [(1, (900, 600)), (14, (900, 600)), (14, (500, 240)), (40, (700, 500)), (3, (100, 100))]
    {
        let all: Vec<Layer> = (0..count)
            .map(|n| {
                layer(n, &format!("Laag {n} met een tamelijk lange naam over Sint-Denijs-Westrem"))
            })
            .collect();
        let layers: Vec<_> = all
            .iter()
            .zip(0..)
            .map(|(layer, n)| {
                let symbol = default_symbol(Some(PartKind::Polygon), n);
                figure_layer(layer, &areas, symbol)
            })
            .collect();
        let spec = FigureSpec { size, ..spec(&document, &layers) };
        let (page, problems) = page(&spec);
        let text = page.texts().collect::<Vec<_>>().join(" ");
        for n in 0..count {
            assert!(text.contains(&format!("Laag {n} ")), "{n} of {count} in {size:?}: {text}");
        }
        if size.0 > 400 {
            assert_eq!(problems.count("problem-figure-text-cut"), 0, "{count} in {size:?}");
        }
        for item in page.groups.iter().flat_map(|group| &group.items) {
            if let Item::Text(item) = item {
                let [x, y] = item.at;
                let inside = x >= 0.0
                    && x + item.line.width <= page.width
                    && y > 5.0
                    && y < page.height - 5.0;
                assert!(
                    inside,
                    "{:?} at {x}, {y} of {} × {}",
                    item.line.text, page.width, page.height
                );
            }
        }
    }
}

#[test]
fn features_far_larger_than_the_view_and_far_away_are_drawn_right() {
    let document = document();
    let areas = table("areas", Crs::wgs84(), |builder| {
        let ring = vec![[-170.0, -80.0], [170.0, -80.0], [170.0, 80.0], [-170.0, 80.0]];
        push(builder, PartKind::Polygon, &[ring]);
        push(builder, PartKind::Line, &[vec![[-170.0, GHENT.lat], [170.0, GHENT.lat]]]);
        builder.push_point([120.0, -30.0]);
        builder.push_point([f64::NAN, 51.0]);
        builder.push_null();
    });
    let layer = layer(1, "Wereld");
    let symbol = Symbol { fill: Color::rgb(0x00aa00), stroke_width: 6.0, ..RED };
    let layers = [figure_layer(&layer, &areas, symbol)];
    for zoom in [1.0, 13.0, 22.0] {
        let spec = FigureSpec { view: View { zoom, ..GHENT }, ..spec(&document, &layers) };
        let figure = draw(&spec);
        let [x, y] = pixel_of(&spec, GHENT.lon, GHENT.lat);
        assert_eq!(rgb(&figure, [x + 40.0, y]), [0xcc, 0, 0], "the line at zoom {zoom}");
        assert_eq!(rgb(&figure, [x + 40.0, y + 40.0]), [0, 0xaa, 0], "the area at zoom {zoom}");
    }
}

#[test]
fn what_cannot_be_drawn_is_an_error_or_a_problem_never_a_panic() {
    let document = Document { title: "漢".to_owned(), ..document() };
    let mut points = table("points", Crs::wgs84(), |builder| builder.push_point([3.7, 51.0]));
    points.crs = None;
    let layer = layer(1, "Zonder stelsel");
    let layers = [figure_layer(&layer, &points, RED)];
    let fine = spec(&document, &layers);
    let (page, problems) = page(&fine);
    assert_eq!(problems.count("problem-figure-no-crs"), 1);
    assert_eq!(problems.count("problem-figure-glyphs"), 1);
    assert!(!page.texts().any(|text| text == "Zonder stelsel"), "not drawn, not in the legend");
    let text = problems.iter().map(|problem| problem.text(Language::Dutch)).collect::<String>();
    assert!(text.contains("‘Zonder stelsel’"), "{text}");

    let fails = |spec: FigureSpec<'_>| draw_figure(&spec, &Watch::unwatched()).unwrap_err();
    let nowhere = View { lon: f64::NAN, ..GHENT };
    assert_eq!(fails(FigureSpec { view: nowhere, ..fine }), FigureError::NoView);
    assert!(matches!(fails(FigureSpec { size: (0, 300), ..fine }), FigureError::TooSmall { .. }));
    assert!(matches!(
        fails(FigureSpec { size: (9000, 9000), scale: 4.0, ..fine }),
        FigureError::TooLarge { .. }
    ));
    assert!(matches!(
        fails(FigureSpec { size: (u32::MAX, 300), ..fine }),
        FigureError::TooLarge { .. }
    ));
    assert!(matches!(fails(FigureSpec { scale: f32::NAN, ..fine }), FigureError::TooSmall { .. }));
    let cancelled = Watch::unwatched();
    cancelled.cancel();
    assert_eq!(draw_figure(&fine, &cancelled).unwrap_err(), FigureError::Cancelled);
}

#[test]
fn the_png_has_the_pixels_and_the_size_meant() {
    let document = document();
    let points = table("points", Crs::wgs84(), |builder| builder.push_point([3.7253, 51.05]));
    let layer = layer(1, "Schapen");
    let layers = [figure_layer(&layer, &points, RED)];
    let figure = draw(&FigureSpec { scale: 2.0, ..spec(&document, &layers) });
    let file = encode_png(&figure).unwrap();
    let read = image::load_from_memory_with_format(&file, image::ImageFormat::Png).unwrap();
    assert_eq!((read.width(), read.height()), (figure.pixels.width, figure.pixels.height));
    assert_eq!(read.to_rgba8().into_raw(), figure.pixels.rgba);
    let at = file.windows(4).position(|four| four == b"pHYs").unwrap();
    // 192 dots an inch are 7559 dots a metre.
    assert_eq!(file[at + 4..at + 13], [0, 0, 0x1d, 0x87, 0, 0, 0x1d, 0x87, 1]);
}

/// Red is as light as the grey #7f7f7f (WCAG 2.2, relative luminance 0.2126); half of it on white
/// paper is the middle between the two.
#[test]
fn the_basemap_has_the_look_of_the_document() {
    let document = document();
    let red = |_: TileId| {
        let rgba = [255, 0, 0, 255].repeat(256 * 256);
        Some(Arc::new(TileImage { width: 256, height: 256, rgba }))
    };
    let at_middle = |look: BasemapLook| {
        let basemap = FigureBasemap { attribution: "", look, city: None, level: 13, tile: &red };
        let spec = FigureSpec { basemap: Some(basemap), ..spec(&document, &[]) };
        rgb(&draw(&spec), pixel_of(&spec, GHENT.lon, GHENT.lat))
    };
    let plain = BasemapLook::default();
    assert_eq!(at_middle(plain), [255, 0, 0]);
    assert_eq!(at_middle(BasemapLook { grey: true, ..plain }), [127; 3]);
    let weak = at_middle(BasemapLook { grey: true, opacity: 0.5, ..plain });
    assert!(weak.iter().all(|value| value.abs_diff(191) <= 1), "{weak:?}");
}

#[test]
fn the_map_alone_fills_its_picture_and_names_its_sources() {
    let document = document();
    let green = |_: TileId| {
        let rgba = [0, 120, 0, 255].repeat(256 * 256);
        Some(Arc::new(TileImage { width: 256, height: 256, rgba }))
    };
    let look = BasemapLook::default();
    let basemap =
        FigureBasemap {
            attribution: "© OpenStreetMap", look, city: None, level: 13, tile: &green
        };
    for scale in [1_u8, 2] {
        let basemap = Some(basemap);
        let scale = f32::from(scale);
        let spec =
            FigureSpec { basemap, scale, furniture: Furniture::Sources, ..spec(&document, &[]) };
        let figure = draw(&spec);
        let expected = ((600.0 * scale) as u32, (400.0 * scale) as u32);
        assert_eq!((figure.pixels.width, figure.pixels.height), expected);
        for at in [[0.0, 0.0], [599.0, 0.0], [0.0, 399.0], [300.0, 200.0]] {
            assert_eq!(rgb(&figure, at.map(|at| at * f64::from(scale))), [0, 120, 0], "{at:?}");
        }
        let (page, problems) = page(&spec);
        let texts: Vec<&str> = page.texts().collect();
        // The sources and the notice, and nothing else.
        assert_eq!(texts, ["Achtergrond: © OpenStreetMap. Voorbeelddata, niet officieel"]);
        assert!(problems.is_empty());
    }
}

/// A coarse picture against the exact one: as full of colour everywhere, from far fewer shapes.
#[test]
fn a_coarse_picture_of_many_points_looks_the_same_and_costs_little() {
    let mut state = 12345_u32;
    let mut share = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24)
    };
    let places: Vec<[f64; 2]> =
        (0..100_000).map(|_| [3.68 + 0.09 * share() * share(), 51.03 + 0.04 * share()]).collect();
    let points = table("punten", Crs::wgs84(), |builder| {
        places.iter().for_each(|place| builder.push_point(*place));
    });
    let large = table("vlak", Crs::wgs84(), |builder| {
        push(builder, PartKind::Polygon, &[square([3.73, 51.05], 0.01)]);
    });
    let symbol = Symbol {
        fill: Color::rgb(0x00_00_80),
        stroke: Color::rgb(0x00_00_80),
        ..default_symbol(None, 0)
    };
    let (one, other) = (layer(1, "punten"), layer(2, "vlak"));
    let drawn = |layer, table| figure_layer(layer, table, symbol);
    let layers = [drawn(&one, &points), drawn(&other, &large)];
    let document = document();
    let exact = FigureSpec { furniture: Furniture::Nothing, ..spec(&document, &layers) };
    let coarse = FigureSpec { is_coarse: true, ..exact };
    let shapes = |spec: &FigureSpec<'_>| -> Vec<usize> {
        page(spec).0.groups.iter().map(|group| group.items.len()).collect()
    };
    let (all, few) = (shapes(&exact), shapes(&coarse));
    let most = |counts: &[usize]| counts.iter().copied().max().unwrap();
    assert_eq!(most(&all), 100_000);
    // One a cell of two points, and what lies in the margin.
    assert!(most(&few) <= (600 / 2 + 20) * (400 / 2 + 20), "{few:?}");
    assert!(most(&few) < most(&all) / 3, "{few:?}");
    let (exact, coarse) = (draw(&exact), draw(&coarse));
    let differs = exact
        .pixels
        .rgba
        .chunks_exact(4)
        .zip(coarse.pixels.rgba.chunks_exact(4))
        .filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 60))
        .count();
    assert!(differs * 50 < 600 * 400, "{differs} pixels differ");
}

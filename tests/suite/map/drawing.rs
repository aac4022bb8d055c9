//! What the GPU draws, read back from a texture. Needs an adapter (a software one will do:
//! Debian's mesa-vulkan-drivers); says so where there is none.

use std::sync::Arc;

use arrow_array::BooleanArray;
use belfort::crs::Crs;
use belfort::formats::{self, ReadOptions};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::map::{DrawnLayer, LayerScene, MapView};
use belfort::project::View;
use belfort::style::{Color, Dash, Hatch, Heads, Join, PointShape, Symbol, default_symbol};
use belfort::table::{Extent, PartKind, RowSet};
use belfort::tiles::TileStore;

use super::{scene, symbol};
use crate::offscreen::{Picture, Screen};
use crate::support::shared_data;

/// A map drawn into a texture, in as many frames as it takes.
pub(super) struct Stage {
    screen: Screen,
    pub map: MapView,
}

impl Stage {
    pub fn new(size: [u32; 2], pixels_per_point: f32) -> Option<Stage> {
        let screen = Screen::new(size, pixels_per_point)?;
        let tiles = Arc::new(TileStore::new(std::env::temp_dir(), Arc::new(|| {})));
        let mut map = MapView::new(Some(screen.state.clone()), tiles);
        // Its lines would be among what is looked for.
        map.set_graticule(false);
        Some(Stage { screen, map })
    }

    /// In as many frames as it takes until all is there; two at least, as in the first egui learns
    /// the size of things.
    pub fn draw(&mut self, layers: &[DrawnLayer<'_>]) -> Picture {
        self.frame(layers);
        for _ in 0..10_000 {
            let picture = self.frame(layers);
            if !self.map.is_filling() {
                return picture;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        panic!("the map is never ready");
    }

    fn frame(&mut self, layers: &[DrawnLayer<'_>]) -> Picture {
        let map = &mut self.map;
        self.screen.frame(Vec::new(), |ui| {
            map.show(ui, Language::Dutch, None, layers);
        })
    }

    pub fn context(&self) -> &egui::Context {
        &self.screen.context
    }

    /// Takes the GPU away, as an unplugged one is, and shows the map all the same.
    pub fn lose_gpu(&mut self) {
        self.screen.state.device.destroy();
        let _ = self.screen.state.device.poll(wgpu::PollType::Poll);
        let mut output = self.screen.context.run_ui(egui::RawInput::default(), |ui| {
            self.map.show(ui, Language::Dutch, None, &[]);
        });
        output.textures_delta.clear();
    }

    /// One point of the screen is a metre of Web Mercator, the middle of the map at 0, 0.
    pub fn metre_scale(&mut self) {
        let zoom = (std::f64::consts::TAU * 6_378_137.0 / 256.0).log2();
        self.map.set_view(View { lon: 0.0, lat: 0.0, zoom });
    }
}

pub(super) fn layer(scene: &Arc<LayerScene>, symbol: Symbol) -> DrawnLayer<'_> {
    DrawnLayer {
        key: 1,
        scene,
        symbol,
        classes: None,
        opacity: 1.0,
        mask: None,
        selected: None,
        hovered: None,
        can_be_picked: true,
    }
}

const GREEN: [u8; 3] = [0, 255, 0];
const BLUE: [u8; 3] = [0, 0, 255];
pub(super) const PAPER: [u8; 3] = [0x24, 0x27, 0x2b];

/// A horseshoe open to the right, with a hole in its back.
const HORSESHOE: &str = "POLYGON((-100 -80, 100 -80, 100 -40, 0 -40, 0 40, 100 40, 100 80, \
    -100 80, -100 -80), (-80 -20, -40 -20, -40 20, -80 20, -80 -20))";

#[test]
fn a_concave_polygon_with_a_hole() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    stage.metre_scale();
    let scene = scene(Crs::web_mercator(), &[HORSESHOE]);
    let picture = stage.draw(&[layer(&scene, symbol())]);
    for inside in [(346, 252), (346, 132), (166, 192), (230, 192), (196, 252)] {
        picture.assert_near(inside, GREEN);
    }
    for outside in [(306, 192), (196, 192), (140, 192), (256, 290)] {
        picture.assert_near(outside, PAPER);
    }
    for edge in [(156, 192), (256, 272), (300, 232), (176, 192), (256, 112)] {
        picture.assert_near(edge, BLUE);
    }
}

#[test]
fn sharp_on_a_screen_of_two_pixels_per_point() {
    let Some(mut stage) = Stage::new([1024, 768], 2.0) else { return };
    stage.metre_scale();
    let scene = scene(Crs::web_mercator(), &[HORSESHOE]);
    let picture = stage.draw(&[layer(&scene, symbol())]);
    picture.assert_near((692, 504), GREEN);
    picture.assert_near((612, 384), PAPER);
    picture.assert_near((312, 381), BLUE);
    // The outline is 4 points, 8 pixels wide.
    let blue = (290..340).filter(|x| picture.at(*x, 384) == BLUE).count();
    assert!((7..=8).contains(&blue), "{blue}");
}

#[test]
fn filter_opacity_and_order_of_layers() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    stage.metre_scale();
    let squares = [
        "POLYGON((-100 -50, -20 -50, -20 50, -100 50, -100 -50))",
        "POLYGON((20 -50, 100 -50, 100 50, 20 50, 20 -50))",
    ];
    let below = scene(Crs::web_mercator(), &squares);
    let above = scene(Crs::web_mercator(), &["POLYGON((-60 -20, 60 -20, 60 20, -60 20, -60 -20))"]);
    let mask = Arc::new(BooleanArray::from(vec![true, false]));
    let red = Symbol { fill: Color::rgb(0xff0000), stroke: Color::rgb(0xff0000), ..symbol() };
    let layers = [
        DrawnLayer { key: 7, opacity: 0.5, ..layer(&above, red) },
        DrawnLayer { mask: Some(&mask), ..layer(&below, symbol()) },
    ];
    let picture = stage.draw(&layers);
    picture.assert_near((176, 230), GREEN);
    // The row the filter hides.
    picture.assert_near((336, 230), PAPER);
    // Half red over green, half red over paper.
    picture.assert_near((216, 192), [128, 128, 0]);
    picture.assert_near((256, 192), [146, 20, 22]);
    // The same scene with another filter and symbol.
    let mask = Arc::new(BooleanArray::from(vec![false, true]));
    let changed = [DrawnLayer { mask: Some(&mask), ..layer(&below, red) }];
    let picture = stage.draw(&changed);
    picture.assert_near((176, 230), PAPER);
    picture.assert_near((336, 230), [255, 0, 0]);
}

#[test]
fn a_see_through_line_has_no_dots_at_its_joints() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    stage.metre_scale();
    let bent = "LINESTRING(-150 -60, -50 60, 0 -60, 20 60, 60 60, 150 -100)";
    let scene = scene(Crs::web_mercator(), &[bent]);
    let stroke = Color::rgb(0xffffff).with_alpha(128);
    let wide = Symbol { stroke, stroke_width: 16.0, ..symbol() };
    let picture = stage.draw(&[layer(&scene, wide)]);
    let once = picture.at(276, 132)[0];
    let brightest = picture.rgba.chunks_exact(4).enumerate().filter(|(at, pixel)| {
        // Pixels the line covers twice would be brighter; the overlays lie at the edges.
        let (x, y) = (at % 512, at / 512);
        (60..450).contains(&x) && (40..350).contains(&y) && pixel[0] > once + 8
    });
    let brightest = brightest.count();
    assert!(brightest < 12, "{brightest} pixels are covered twice");
}

#[test]
fn every_point_symbol_and_the_halo_of_a_selected_one() {
    let Some(mut stage) = Stage::new([640, 384], 1.0) else { return };
    stage.metre_scale();
    let shapes = PointShape::ALL;
    let scenes: Vec<_> = (0..shapes.len())
        .map(|at| {
            let x = at as f64 * 80.0 - 200.0;
            scene(Crs::web_mercator(), &[&format!("POINT({x} 0)"), &format!("POINT({x} -60)")])
        })
        .collect();
    let second = RowSet::of(2, [1]);
    let layers: Vec<_> = (0_u64..)
        .zip(shapes.iter().zip(&scenes))
        .map(|(key, (shape, scene))| DrawnLayer {
            key,
            selected: Some(&second),
            ..layer(
                scene,
                Symbol { shape: *shape, point_size: 40.0, stroke_width: 1.0, ..symbol() },
            )
        })
        .collect();
    let picture = stage.draw(&layers);
    let area = |left: u32, y: u32| {
        let covered = |x: &u32| (y - 36..y + 24).filter(|y| picture.at(*x, *y) != PAPER).count();
        (left..left + 80).map(|x| covered(&x)).sum::<usize>()
    };
    let disc = area(80, 192);
    for left in [80, 160, 240, 320, 400, 480] {
        picture.assert_near((left + 40, 192), GREEN);
        // All symbols cover about the same area; π 20.5² with the outline.
        let covered = area(left, 192);
        assert!(covered.abs_diff(disc) < disc / 12, "{covered} against {disc}");
    }
    assert!(disc.abs_diff(1320) < 90, "{disc}");
    // The halo: bright beside the outline.
    assert!(picture.at(120 + 21, 252)[0] > 200, "{:?}", picture.at(120 + 21, 252));
}

#[test]
fn a_square_turned_an_eighth_is_a_diamond_and_a_turn_goes_clockwise() {
    let Some(mut stage) = Stage::new([256, 256], 1.0) else { return };
    stage.metre_scale();
    let point = scene(Crs::web_mercator(), &["POINT(0 0)"]);
    let of = |shape, rotation| {
        let symbol = Symbol { shape, rotation, point_size: 60.0, stroke_width: 2.0, ..symbol() };
        layer(&point, symbol)
    };
    let diamond = stage.draw(&[of(PointShape::Diamond, 0.0)]);
    let turned = stage.draw(&[of(PointShape::Square, 45.0)]);
    let places = (0..256).flat_map(|y| (0..256).map(move |x| (x, y)));
    let differ = places.filter(|(x, y)| {
        let (a, b) = (diamond.at(*x, *y), turned.at(*x, *y));
        a.iter().zip(b).any(|(a, b)| a.abs_diff(b) > 60)
    });
    let differ = differ.count();
    assert!(differ < 40, "{differ} pixels");
    // A triangle turned a quarter clockwise points to the right.
    let triangle = stage.draw(&[of(PointShape::Triangle, 90.0)]);
    triangle.assert_near((128 + 36, 128), GREEN);
    assert_eq!(triangle.at(128 - 36, 128), PAPER);
}

#[test]
fn a_large_polygon_does_not_tremble_at_the_deepest_zoom() {
    let Some(mut stage) = Stage::new([256, 192], 1.0) else { return };
    // A street corner in Ghent inside a polygon 300 km wide.
    let corner = [414_700.125, 6_633_300.25];
    let ring = format!(
        "POLYGON(({x} {y}, {far} {y}, {far} {south}, {x} {south}, {x} {y}))",
        x = corner[0],
        y = corner[1],
        far = corner[0] + 300_000.0,
        south = corner[1] - 300_000.0
    );
    let scene = scene(Crs::web_mercator(), &[&ring]);
    let thin = Symbol { stroke_width: 0.0, ..symbol() };
    let [lon, lat] = belfort::crs::lon_lat_from_mercator(corner);
    let metres = belfort::crs::mercator_metres_per_point(22.0);
    for pan in 0..6_u32 {
        let shifted = [corner[0] + (f64::from(pan) + 0.25) * metres, corner[1]];
        let [lon_shifted, _] = belfort::crs::lon_lat_from_mercator(shifted);
        stage.map.set_view(View { lon: lon_shifted, lat, zoom: 22.0 });
        let picture = stage.draw(&[layer(&scene, thin)]);
        let first = (0..256).find(|x| picture.at(*x, 130) == GREEN);
        assert_eq!(first, Some(128 - pan), "panned by {pan} pixels from {lon}");
    }
}

#[test]
fn zoom_to_shows_the_whole_layer() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    let scene =
        scene(Crs::wgs84(), &["POLYGON((3.6 51.0, 3.8 51.0, 3.8 51.1, 3.6 51.1, 3.6 51.0))"]);
    stage.map.zoom_to(scene.extent_lon_lat().unwrap());
    let picture = stage.draw(&[layer(&scene, symbol())]);
    picture.assert_near((256, 192), GREEN);
    let green = (0..512).filter(|x| picture.at(*x, 192) == GREEN).count();
    assert!((400..500).contains(&green), "{green}");
    stage.map.zoom_to(Extent { min_x: 4.0, min_y: 51.0, max_x: 4.2, max_y: 51.1 });
    let picture = stage.draw(&[layer(&scene, symbol())]);
    picture.assert_near((256, 192), PAPER);
}

/// Real layers above each other, as a person opens them: every layer leaves its colour.
#[test]
fn real_layers_are_drawn_above_each_other() {
    let names = ["real/wijken/stadswijken-gent-2023.geojson", "real/bushaltes/bushaltes-gent.csv"];
    let Some(paths) = names.into_iter().map(shared_data).collect::<Option<Vec<_>>>() else {
        return;
    };
    let Some(mut stage) = Stage::new([1280, 832], 1.0) else { return };
    stage.screen.context.set_theme(egui::Theme::Light);
    let watch = Watch::unwatched();
    let scenes: Vec<_> = paths
        .iter()
        .map(|path| {
            let tables = formats::open(path, &ReadOptions::default(), &watch).unwrap();
            Arc::new(LayerScene::build(&tables[0], &watch).unwrap())
        })
        .collect();
    assert_eq!(scenes[0].main_kind(), Some(PartKind::Polygon));
    let fourth = RowSet::of(4, [3]);
    let mut layers: Vec<_> = (0_u64..)
        .zip(&scenes)
        .map(|(key, scene)| {
            let number = usize::try_from(key).unwrap();
            let symbol = default_symbol(scene.main_kind(), number);
            let selected = (key == 0).then_some(&fourth);
            DrawnLayer { key, selected, ..layer(scene, symbol) }
        })
        .collect();
    layers.reverse();
    stage.map.zoom_to(scenes[0].extent_lon_lat().unwrap());
    let picture = stage.draw(&layers);
    for drawn in &layers {
        let Color { r, g, b, .. } = drawn.symbol.fill.with_alpha(255);
        let pixels = picture.rgba.chunks_exact(4);
        let found = pixels.filter(|pixel| pixel[..3] == [r, g, b]).count();
        assert!(found > 20, "layer {}: {found}", drawn.key);
    }
}

#[test]
fn hatched_areas_have_lines_in_the_colour_of_the_outline() {
    let Some(mut stage) = Stage::new([256, 256], 1.0) else { return };
    stage.metre_scale();
    let square = scene(Crs::web_mercator(), &["POLYGON((-90 -90,90 -90,90 90,-90 90,-90 -90))"]);
    let shares: Vec<f64> = Hatch::ALL
        .into_iter()
        .map(|hatch| {
            let picture = stage.draw(&[layer(&square, Symbol { hatch, ..symbol() })]);
            let inside = (50..200).flat_map(|y| (50..200).map(move |x| (x, y)));
            let blue: f64 = inside.map(|(x, y)| f64::from(picture.at(x, y)[2]) / 255.0).sum();
            blue / (150.0 * 150.0)
        })
        .collect();
    // A line of a point every seven, two of them share a place; a dot of radius 1.1 (and half a pixel of soft edge) every 49.
    let wanted = [0.0, 1.0 / 7.0, 1.0 / 7.0, 1.0 / 7.0, 1.0 / 7.0, 13.0 / 49.0, 13.0 / 49.0, 0.08];
    for (hatch, (share, wanted)) in Hatch::ALL.iter().zip(shares.iter().zip(wanted)) {
        let near: f64 = if wanted > 0.2 { 0.04 } else { 0.03 };
        assert!((share - wanted).abs() < near, "{hatch:?}: {share} for {wanted}");
    }
}

#[test]
fn dashes_are_as_long_as_their_pattern_asks_for_and_go_on_around_corners() {
    let Some(mut stage) = Stage::new([512, 256], 1.0) else { return };
    stage.metre_scale();
    // The same line in one segment and in many: the dashes lie in the same places.
    let straight = scene(Crs::web_mercator(), &["LINESTRING(-224 40, 224 40)"]);
    let many: Vec<String> = (0..=64).map(|at| format!("{} -40", at * 7 - 224)).collect();
    let many = scene(Crs::web_mercator(), &[&format!("LINESTRING({})", many.join(","))]);
    for (dash, share) in [
        (Dash::Solid, 1.0),
        (Dash::Dashed, 4.0 / 7.0),
        (Dash::Long, 8.0 / 12.0),
        (Dash::Dotted, 1.0 / 3.0),
        (Dash::DashDot, 6.0 / 10.0),
    ] {
        let symbol = Symbol { dash, stroke_width: 4.0, ..symbol() };
        let picture = stage.draw(&[layer(&straight, symbol)]);
        let blue = |picture: &Picture, x: u32, y: u32| {
            let [_, _, paper] = PAPER.map(f64::from);
            (f64::from(picture.at(x, y)[2]) - paper) / (255.0 - paper)
        };
        let along: Vec<f64> = (40..460).map(|x| blue(&picture, x, 128 - 40)).collect();
        let drawn = along.iter().sum::<f64>() / 420.0;
        assert!((drawn - share).abs() < 0.05, "{dash:?}: {drawn} for {share}");
        let picture = stage.draw(&[DrawnLayer { key: 2, ..layer(&many, symbol) }]);
        let pieces: Vec<f64> = (40..460).map(|x| blue(&picture, x, 128 + 40)).collect();
        let differ = along.iter().zip(&pieces).filter(|(a, b)| (*a - *b).abs() > 0.3).count();
        assert!(differ < 12, "{dash:?}: {differ} of 420 pixels");
    }
}

#[test]
fn an_arrow_has_a_head_where_its_line_ends_and_its_line_ends_inside_it() {
    let Some(mut stage) = Stage::new([512, 256], 1.0) else { return };
    stage.metre_scale();
    // Many short pieces: the head reaches over the last ones.
    let pieces: Vec<String> = (0..=50).map(|at| format!("{} -60", at * 4 - 100)).collect();
    let pieces = format!("LINESTRING({})", pieces.join(","));
    let arrows = scene(Crs::web_mercator(), &["LINESTRING(-100 60, 100 60)", &pieces]);
    for dash in [Dash::Solid, Dash::Dashed] {
        for (heads, start, end) in [
            (Heads::None, false, false),
            (Heads::End, false, true),
            (Heads::Start, true, false),
            (Heads::Both, true, true),
        ] {
            // A head is 16 long and 6.8 to each side.
            let symbol = Symbol { heads, dash, stroke_width: 4.0, ..symbol() };
            let picture = stage.draw(&[layer(&arrows, symbol)]);
            for y in [128 - 60, 128 + 60] {
                for (has, inward, tip) in [(start, 1, 256 - 100), (end, -1, 256 + 100)] {
                    let at = |away: i32, aside: i32| {
                        let x = u32::try_from(tip + inward * away).unwrap_or_default();
                        picture.at(x, u32::try_from(y + aside).unwrap_or_default())
                    };
                    let what = format!("{dash:?} {heads:?} at {tip}, {y}");
                    for aside in [-5, 4] {
                        let wide = if has { BLUE } else { PAPER };
                        assert_eq!(at(14, aside), wide, "{what}");
                    }
                    assert_eq!(at(18, 5), PAPER, "{what}");
                    if has {
                        assert_eq!(at(2, 2), PAPER, "the line does not reach past the tip: {what}");
                        assert_eq!(at(12, 0), BLUE, "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn corners_are_round_pointed_or_cut_off() {
    let Some(mut stage) = Stage::new([256, 256], 1.0) else { return };
    stage.metre_scale();
    let corner = scene(Crs::web_mercator(), &["LINESTRING(-80 -40, 40 -40, 40 80)"]);
    // The outer corner of a line 40 wide lies at 60, -60 of the map: 188, 188 of the picture.
    let at = |join: Join, stage: &mut Stage, place: (u32, u32)| {
        let symbol = Symbol { join, stroke_width: 40.0, ..symbol() };
        stage.draw(&[layer(&corner, symbol)]).at(place.0, place.1) != PAPER
    };
    let (tip, round, inside) = ((186, 186), (181, 181), (176, 176));
    for (join, expected) in [
        (Join::Miter, [true, true, true]),
        (Join::Round, [false, true, true]),
        (Join::Bevel, [false, false, true]),
    ] {
        let seen = [tip, round, inside].map(|place| at(join, &mut stage, place));
        assert_eq!(seen, expected, "{join:?}");
    }
    // A corner too sharp for a mitre is cut off.
    let sharp = scene(Crs::web_mercator(), &["LINESTRING(-80 0, 40 0, -80 6)"]);
    let symbol = Symbol { join: Join::Miter, stroke_width: 16.0, ..symbol() };
    let picture = stage.draw(&[DrawnLayer { key: 3, ..layer(&sharp, symbol) }]);
    let beyond = (182..256).filter(|x| picture.at(*x, 128) != PAPER).count();
    assert_eq!(beyond, 0);
}

//! Zoomed out, the picture with simplified and left-out geometry against the full one.

use std::sync::Arc;

use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::jobs::Watch;
use belfort::map::{Classes, DrawnLayer, LayerScene, Trouble};
use belfort::project::View;
use belfort::style::{Color, PointShape, Symbol, default_symbol};
use belfort::table::{GeometryBuilder, GeometryKind, PartKind, Table};

use super::drawing::{Stage, layer};
use crate::offscreen::Picture;

struct Dice(u64);

impl Dice {
    #[expect(clippy::cast_precision_loss, reason = "32 bits fit")]
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 32) as f64 / f64::from(u32::MAX)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        (high - low).mul_add(self.roll(), low)
    }
}

fn scene(builder: GeometryBuilder) -> Arc<LayerScene> {
    let rows = builder.len();
    let geometry = builder.finish().unwrap();
    let mut table = Table::new("test", rows, vec![], vec![], Some(geometry)).unwrap();
    table.crs = Some(LayerCrs::new(Crs::web_mercator(), HowFound::Chosen));
    Arc::new(LayerScene::build(&table, &Watch::unwatched()).unwrap())
}

fn ring(builder: &mut GeometryBuilder, ring: &[[f64; 2]]) {
    builder.begin_ring();
    ring.iter().chain(ring.first()).for_each(|at| builder.coord(*at, None, None));
}

/// Turned houses from 6 to 24 m, some with an annex, some with a courtyard, in 4 by 3 km.
fn houses(count: usize) -> Arc<LayerScene> {
    let mut dice = Dice(5);
    let mut builder = GeometryBuilder::new();
    for row in 0..count {
        let (x, y) = (dice.between(-2000.0, 2000.0), dice.between(-1500.0, 1500.0));
        let (sin, cos) = dice.between(0.0, 1.5).sin_cos();
        let at = |[u, v]: [f64; 2]| [x + u * cos - v * sin, y + u * sin + v * cos];
        let (wide, deep) = (dice.between(6.0, 14.0), dice.between(9.0, 24.0));
        builder.begin_row(GeometryKind::Polygon);
        builder.begin_part(PartKind::Polygon);
        if row % 5 == 0 {
            let half = wide / 2.0;
            let annex = [
                [0., 0.],
                [wide, 0.],
                [wide, deep / 2.],
                [half, deep / 2.],
                [half, deep],
                [0., deep],
            ];
            ring(&mut builder, &annex.map(at));
        } else {
            ring(&mut builder, &[[0., 0.], [wide, 0.], [wide, deep], [0., deep]].map(at));
        }
        if row % 7 == 1 {
            let (a, b) = (wide / 4.0, deep / 4.0);
            let court = [[a, b], [a, deep - b], [wide - a, deep - b], [wide - a, b]];
            ring(&mut builder, &court.map(at));
        }
        builder.end_row();
    }
    scene(builder)
}

fn trees(count: usize) -> Arc<LayerScene> {
    let mut dice = Dice(6);
    let mut builder = GeometryBuilder::new();
    for _ in 0..count {
        let [x, y] = [dice.between(-1.0, 1.0), dice.between(-1.0, 1.0)];
        builder.push_point([x * x.abs() * 2000.0, y * y.abs() * 1500.0]);
    }
    scene(builder)
}

fn streets(count: usize) -> Arc<LayerScene> {
    let mut dice = Dice(8);
    let mut builder = GeometryBuilder::new();
    for _ in 0..count {
        let (mut x, mut y) = (dice.between(-2000.0, 2000.0), dice.between(-1500.0, 1500.0));
        let mut angle: f64 = dice.between(0.0, 6.3);
        builder.begin_row(GeometryKind::LineString);
        builder.begin_part(PartKind::Line);
        builder.begin_ring();
        for _ in 0..30 {
            builder.coord([x, y], None, None);
            angle += dice.between(-0.3, 0.3);
            x += angle.cos() * 7.0;
            y += angle.sin() * 7.0;
        }
        builder.end_row();
    }
    scene(builder)
}

/// `pixel` metres a pixel, the middle of the map at 0, 0.
fn scale(stage: &mut Stage, pixel: f64) {
    let zoom = (std::f64::consts::TAU * 6_378_137.0 / 256.0 / pixel).log2();
    stage.map.set_view(View { lon: 0.0, lat: 0.0, zoom });
}

/// The picture as drawn, and in full detail.
fn both(stage: &mut Stage, layers: &[DrawnLayer<'_>]) -> [Picture; 2] {
    stage.map.set_full_detail(false);
    let drawn = stage.draw(layers);
    stage.map.set_full_detail(true);
    let full = stage.draw(layers);
    stage.map.set_full_detail(false);
    [drawn, full]
}

/// How much two pictures differ: the mean over all pixels and colours, the mean over squares of
/// 16 pixels where it is largest, and the share of pixels that differ by more than 48.
fn difference([a, b]: &[Picture; 2]) -> (f64, f64, f64) {
    let width = a.width as usize;
    let mut squares = std::collections::HashMap::<(usize, usize), ([f64; 3], [f64; 3])>::new();
    let (mut sum, mut far) = (0.0, 0_usize);
    for (at, (p, q)) in a.rgba.chunks_exact(4).zip(b.rgba.chunks_exact(4)).enumerate() {
        let square = squares.entry((at % width / 16, at / width / 16)).or_default();
        let mut most = 0;
        for colour in 0..3 {
            square.0[colour] += f64::from(p[colour]) / 256.0;
            square.1[colour] += f64::from(q[colour]) / 256.0;
            let apart = p[colour].abs_diff(q[colour]);
            most = most.max(apart);
            sum += f64::from(apart);
        }
        far += usize::from(most > 48);
    }
    let pixels = a.rgba.len() / 4;
    let apart = |(a, b): &([f64; 3], [f64; 3])| {
        (0..3).map(|colour| (a[colour] - b[colour]).abs()).fold(0.0, f64::max)
    };
    let worst = squares.values().map(apart).fold(0.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "pixels")]
    let (pixels, far) = (pixels as f64, far as f64);
    (sum / pixels / 3.0, worst, far / pixels)
}

#[test]
fn points_zoomed_out_give_the_picture_of_all_of_them() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    let scene = trees(60_000);
    for shape in [PointShape::Circle, PointShape::Square, PointShape::Triangle, PointShape::Diamond]
    {
        let symbol = Symbol { shape, ..default_symbol(Some(PartKind::Point), 0) };
        for pixel in [24.0, 9.0, 5.0] {
            scale(&mut stage, pixel);
            let (mean, worst, far) = difference(&both(&mut stage, &[layer(&scene, symbol)]));
            assert!(
                mean < 0.3 && worst < 6.0 && far < 0.004,
                "{shape:?} {pixel}: {mean} {worst} {far}"
            );
        }
    }
    // Seen through: the density shows as before.
    let symbol = default_symbol(Some(PartKind::Point), 0);
    let symbol = Symbol { fill: symbol.fill.with_alpha(90), stroke_width: 0.0, ..symbol };
    scale(&mut stage, 9.0);
    let (mean, worst, far) = difference(&both(&mut stage, &[layer(&scene, symbol)]));
    assert!(mean < 0.3 && worst < 6.0 && far < 0.004, "seen through: {mean} {worst} {far}");
}

#[test]
fn points_of_a_filter_are_all_there_zoomed_out() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    let scene = trees(60_000);
    let symbol = default_symbol(Some(PartKind::Point), 0);
    scale(&mut stage, 9.0);
    stage.draw(&[layer(&scene, symbol)]);
    // One in three hundred: most of them lie below others that the filter hides.
    let mask = Arc::new((0..60_000).map(|row| Some(row % 300 == 0)).collect());
    let masked = DrawnLayer { mask: Some(&mask), ..layer(&scene, symbol) };
    let (mean, worst, far) = difference(&both(&mut stage, &[masked]));
    assert!(mean < 0.1 && worst < 3.0 && far < 0.001, "{mean} {worst} {far}");
}

#[test]
fn buildings_zoomed_out_cover_what_they_covered() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    let scene = houses(12_000);
    let outlined = default_symbol(Some(PartKind::Polygon), 0);
    let plain = Symbol { stroke_width: 0.0, fill: outlined.fill.with_alpha(255), ..outlined };
    for pixel in [40.0, 16.0, 7.9, 4.0, 1.3] {
        scale(&mut stage, pixel);
        let (mean, worst, far) = difference(&both(&mut stage, &[layer(&scene, outlined)]));
        assert!(mean < 3.0 && worst < 12.0 && far < 0.02, "outlined {pixel}: {mean} {worst} {far}");
        // Without outline the full picture has hard pixels; only means can be the same.
        let (_, worst, _) = difference(&both(&mut stage, &[layer(&scene, plain)]));
        assert!(worst < 16.0, "plain {pixel}: {worst}");
    }
}

#[test]
fn streets_zoomed_out_look_the_same() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    let scene = streets(3000);
    let symbol = default_symbol(Some(PartKind::Line), 1);
    for pixel in [40.0, 15.9, 8.0, 2.0] {
        scale(&mut stage, pixel);
        let (mean, worst, far) = difference(&both(&mut stage, &[layer(&scene, symbol)]));
        assert!(mean < 2.5 && worst < 9.0 && far < 0.02, "{pixel}: {mean} {worst} {far}");
    }
}

#[test]
fn rows_in_classes_have_the_looks_of_their_class() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    scale(&mut stage, 1.0);
    let squares = [-180.0, -60.0, 60.0, 180.0].map(|x: f64| {
        format!("POLYGON(({a} -40, {b} -40, {b} 40, {a} 40, {a} -40))", a = x - 40.0, b = x + 40.0)
    });
    let rows: Vec<&str> = squares.iter().map(String::as_str).collect();
    let scene = super::scene(Crs::web_mercator(), &rows);
    let of = |hex| Symbol { fill: Color::rgb(hex), stroke: Color::rgb(hex), ..super::symbol() };
    let classes = Arc::new(Classes::new(
        Arc::new(vec![1, 0, 7, 1]),
        vec![Some(of(0xff0000)), Some(of(0x0000ff))],
    ));
    let classed = DrawnLayer { classes: Some(&classes), ..layer(&scene, super::symbol()) };
    let picture = stage.draw(&[classed]);
    picture.assert_near((76, 192), [0, 0, 255]);
    picture.assert_near((196, 192), [255, 0, 0]);
    picture.assert_near((316, 192), super::drawing::PAPER);
    picture.assert_near((436, 192), [0, 0, 255]);
    // Other classes and a filter; the geometry stays on the GPU as it was.
    let bytes = stage.map.gpu_bytes();
    let classes = Arc::new(Classes::new(
        Arc::new(vec![0, 0, 1, 1]),
        vec![Some(of(0xff0000)), Some(of(0x00ff00))],
    ));
    let mask = Arc::new(vec![true, true, true, false].into());
    let changed = DrawnLayer { classes: Some(&classes), mask: Some(&mask), ..classed };
    let picture = stage.draw(&[changed]);
    picture.assert_near((76, 192), [255, 0, 0]);
    picture.assert_near((316, 192), [0, 255, 0]);
    picture.assert_near((436, 192), super::drawing::PAPER);
    assert_eq!(stage.map.gpu_bytes(), bytes);
}

/// A coast of very many vertices: drawn whole from afar, in its true outline from near.
#[test]
fn a_ring_of_very_many_vertices_is_drawn_at_every_scale() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    let mut builder = GeometryBuilder::new();
    builder.begin_row(GeometryKind::Polygon);
    builder.begin_part(PartKind::Polygon);
    let coast: Vec<[f64; 2]> = (0..400_000)
        .map(|at| {
            let angle = f64::from(at) / 400_000.0 * std::f64::consts::TAU;
            let radius = 10_000.0 + 40.0 * (angle * 5000.0).sin();
            [radius * angle.cos(), radius * angle.sin()]
        })
        .collect();
    ring(&mut builder, &coast);
    builder.end_row();
    let scene = scene(builder);
    let symbol = Symbol { stroke_width: 2.0, ..super::symbol() };
    scale(&mut stage, 60.0);
    let picture = stage.draw(&[layer(&scene, symbol)]);
    picture.assert_near((256, 192), [0, 255, 0]);
    picture.assert_near((256 - 160, 192), [0, 255, 0]);
    picture.assert_near((256 - 180, 192), super::drawing::PAPER);
    let far = stage.map.gpu_bytes();
    assert!(far < 2 << 20, "{far} bytes for what is 1000 pixels long");
    // At the edge, a quarter of a metre a pixel: a tooth is 12 m long.
    let [lon, lat] = belfort::crs::lon_lat_from_mercator([10_000.0, 0.0]);
    let zoom = (std::f64::consts::TAU * 6_378_137.0 / 256.0 / 0.25).log2();
    stage.map.set_view(View { lon, lat, zoom });
    let picture = stage.draw(&[layer(&scene, symbol)]);
    let green = (0..384).map(|y| (0..512).filter(|x| picture.at(*x, y) == [0, 255, 0]).count());
    let rows: Vec<usize> = green.collect();
    let (least, most) = (rows.iter().min().unwrap(), rows.iter().max().unwrap());
    assert!(most - least > 200, "the teeth show: {least} to {most}");
    assert!(stage.map.gpu_bytes() < far + (2 << 20));
}

#[test]
fn what_has_no_room_is_told() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    let scene = houses(3000);
    scale(&mut stage, 4.0);
    stage.map.set_gpu_budget(1000);
    let symbol = default_symbol(Some(PartKind::Polygon), 0);
    stage.draw(&[layer(&scene, symbol)]);
    assert_eq!(stage.map.trouble(), Some(Trouble::NoRoom));
    stage.map.set_gpu_budget(64 << 20);
    stage.draw(&[layer(&scene, symbol)]);
    assert_eq!(stage.map.trouble(), None);
}

#[test]
fn a_lost_gpu_is_told_and_does_not_end_the_program() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    let scene = houses(500);
    scale(&mut stage, 4.0);
    let symbol = default_symbol(Some(PartKind::Polygon), 0);
    stage.draw(&[layer(&scene, symbol)]);
    assert_eq!(stage.map.trouble(), None);
    stage.lose_gpu();
    assert_eq!(stage.map.trouble(), Some(Trouble::GpuLost));
    let Some(mut again) = Stage::new([512, 384], 1.0) else { return };
    scale(&mut again, 4.0);
    again.draw(&[layer(&scene, symbol)]);
    assert_eq!(again.map.trouble(), None);
}

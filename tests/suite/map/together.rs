//! Points shown together among other layers, and the order of points of different sizes.

use std::collections::HashMap;
use std::sync::Arc;

use belfort::crs::Crs;
use belfort::map::{Classes, DrawnLayer, MapCrowd, MapHeat};
use belfort::style::{Color, Symbol};
use belfort::table::Extent;

use super::drawing::{PAPER, Stage, layer};
use super::{scene, symbol};

const SQUARE: &str = "POLYGON((-60 -60, 60 -60, 60 60, -60 60, -60 -60))";

fn filled(color: u32) -> Symbol {
    Symbol { fill: Color::rgb(color), stroke: Color::rgb(color), stroke_width: 0.0, ..symbol() }
}

/// A picture lies over the layers below its own and under those above.
#[test]
fn a_heat_map_lies_among_the_layers() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    stage.metre_scale();
    let points = scene(Crs::web_mercator(), &["POINT(500 500)"]);
    let below = scene(Crs::web_mercator(), &[SQUARE]);
    let above = scene(Crs::web_mercator(), &["POLYGON((0 -20, 60 -20, 60 20, 0 20, 0 -20))"]);
    let red = egui::Color32::from_rgb(255, 0, 0);
    let image = Arc::new(egui::ColorImage::filled([4, 4], red));
    let extent = Extent { min_x: -40.0, min_y: -40.0, max_x: 100.0, max_y: 40.0 };
    let heat = MapCrowd::Heat(MapHeat { image, extent });
    let context = stage.context().clone();
    stage.map.set_crowds(HashMap::from([(5, heat)]), &context);
    let layers = [
        DrawnLayer { key: 6, ..layer(&above, filled(0x00_00_ff)) },
        DrawnLayer { key: 5, ..layer(&points, filled(0)) },
        DrawnLayer { key: 4, ..layer(&below, filled(0x00_ff_00)) },
    ];
    let picture = stage.draw(&layers);
    picture.assert_near((256 - 50, 192), [0, 255, 0]);
    picture.assert_near((256 - 20, 192), [255, 0, 0]);
    picture.assert_near((256 + 30, 192), [0, 0, 255]);
    picture.assert_near((256 + 80, 192), [255, 0, 0]);
    picture.assert_near((256 + 120, 192), PAPER);
    // Without it all is as before.
    stage.map.set_crowds(HashMap::new(), &context);
    let picture = stage.draw(&layers);
    picture.assert_near((256 - 20, 192), [0, 255, 0]);
    picture.assert_near((256 + 30, 192), [0, 0, 255]);
    picture.assert_near((256 + 80, 192), PAPER);
}

/// The row of the large symbol comes last, and lies below all the same.
#[test]
fn small_symbols_lie_over_large_ones() {
    let Some(mut stage) = Stage::new([512, 384], 1.0) else { return };
    stage.metre_scale();
    let points = ["POINT(20 0)", "POINT(0 0)", "POINT(0 40)"];
    let points = scene(Crs::web_mercator(), &points);
    let of = |color: u32, size: f32| Some(Symbol { point_size: size, ..filled(color) });
    let symbols = vec![of(0x00_ff_00, 16.0), of(0xff_00_00, 100.0), of(0x00_00_ff, 50.0)];
    let classes = Arc::new(Classes::new(Arc::new(vec![0, 1, 2]), symbols.clone()));
    let layers = [DrawnLayer { classes: Some(&classes), ..layer(&points, symbol()) }];
    let picture = stage.draw(&layers);
    picture.assert_near((276, 192), [0, 255, 0]);
    picture.assert_near((240, 200), [255, 0, 0]);
    picture.assert_near((256, 152), [0, 0, 255]);
    // As large the other way around: the order follows.
    let turned: Vec<_> = symbols
        .iter()
        .zip([100.0, 16.0, 50.0])
        .map(|(symbol, size)| symbol.map(|symbol| Symbol { point_size: size, ..symbol }))
        .collect();
    let classes = Arc::new(Classes::new(Arc::new(vec![0, 1, 2]), turned));
    let layers = [DrawnLayer { classes: Some(&classes), ..layer(&points, symbol()) }];
    let picture = stage.draw(&layers);
    picture.assert_near((256, 192), [255, 0, 0]);
    picture.assert_near((290, 200), [0, 255, 0]);
}

//! How long a frame of the map takes with a whole city on it, apart for what the window's thread
//! does and what the rasteriser does, against the empty map.
//!
//! `cargo run --release --example measure_frames [fly] [stand] [pick] [change]` measures what is
//! named: flying through the city, standing still at zoom levels, picking, changing what is shown;
//! all of it unless told otherwise. With `BELFORT_PICTURES=FOLDER` it leaves pictures there.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a measuring program")]

mod city;
mod stage;

use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow_array::BooleanArray;
use belfort::jobs::Watch;
use belfort::map::{Classes, DrawnLayer, LayerScene};
use belfort::project::View;
use belfort::style::{Symbol, default_symbol};
use belfort::table::{PartKind, Table};
use egui::pos2;
use stage::{Stage, Times};

const SIZE: [u32; 2] = [1280, 800];

const POINTS: usize = 1_000_000;
const BUILDINGS: usize = 250_000;
const STREETS: usize = 60_000;

/// Frames of the scripted path.
const FRAMES: u16 = 60;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let is_asked = |what: &str| asked.is_empty() || asked.iter().any(|asked| asked == what);
    let mut stage = Stage::new(SIZE)?;
    println!("{POINTS} points, {BUILDINGS} buildings, {STREETS} streets; {SIZE:?} pixels");
    let scenes = [
        build(&city::points(POINTS))?,
        build(&city::streets(STREETS))?,
        build(&city::buildings(BUILDINGS))?,
    ];
    println!("memory after building: {}", memory());

    let mut key = 0;
    let all = scenes.each_ref().map(|scene| {
        let number = usize::try_from(key).unwrap_or(0);
        key += 1;
        DrawnLayer { key, ..layer(scene, default_symbol(scene.main_kind(), number)) }
    });
    if is_asked("fly") {
        fly_all(&mut stage, &all);
    }
    if is_asked("stand") {
        stand(&mut stage, &all)?;
    }
    if is_asked("pick") {
        pick_all(&mut stage, &all);
    }
    if is_asked("change") {
        change(&mut stage, &all, POINTS)?;
    }
    Ok(())
}

fn fly_all(stage: &mut Stage, all: &[DrawnLayer<'_>; 3]) {
    println!("\n{:30} {:>17} {:>40} {:>17}", "", "window's thread", "of which", "whole frame");
    println!(
        "{:30} {:>8} {:>8} {:>9} {:>9} {:>9} {:>9}  {:>8} {:>8}",
        "ms", "median", "p99", "widget", "prepare", "encode", "submit", "median", "p99"
    );
    fly(stage, "empty map", &[]);
    fly(stage, "all three, first time", all);
    fly(stage, "all three, again", all);
    println!("memory after drawing: {}, {} MB for the GPU", memory(), stage.map.gpu_bytes() >> 20);
}

fn stand(stage: &mut Stage, all: &[DrawnLayer<'_>; 3]) -> Result<(), Failure> {
    println!("\nstanding still, ms a frame (and until all is there, from nothing near):");
    println!("zoom {:>16} {:>16} {:>16} {:>16}", "points", "streets", "buildings", "all three");
    for zoom in [9.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0] {
        let mut line = format!("{zoom:4}");
        for layers in [&all[0..1], &all[1..2], &all[2..3], &all[..]] {
            stage.map.set_view(view(zoom));
            let (settled, _) = settle(stage, layers);
            let times: Vec<Times> = (0..3).map(|_| stage.frame(layers).0).collect();
            line += &format!(" {:8.1} ({:5.0})", median(&times, Times::wall), ms(settled));
        }
        println!("{line}");
        picture(stage, &format!("zoom-{zoom}"))?;
    }

    println!("memory: {}, {} MB for the GPU", memory(), stage.map.gpu_bytes() >> 20);
    Ok(())
}

fn pick_all(stage: &mut Stage, all: &[DrawnLayer<'_>; 3]) {
    println!(
        "\npicking (the widget's part of a frame with the pointer on the map, and of a click):"
    );
    for zoom in [9.0, 12.0, 14.0, 17.0] {
        pick(stage, zoom, all);
    }
}

fn build(table: &Table) -> Result<Arc<LayerScene>, Failure> {
    let start = Instant::now();
    let scene = Arc::new(LayerScene::build(table, &Watch::unwatched())?);
    println!("{:10} made ready in {:7.1} ms", table.name, start.elapsed().as_secs_f64() * 1e3);
    Ok(scene)
}

fn layer(scene: &Arc<LayerScene>, symbol: Symbol) -> DrawnLayer<'_> {
    DrawnLayer {
        key: 0,
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

fn view(zoom: f64) -> View {
    View { lon: city::MIDDLE[0], lat: city::MIDDLE[1], zoom }
}

/// From the whole city down into a street, and back, turning around the middle.
fn fly(stage: &mut Stage, name: &str, layers: &[DrawnLayer<'_>]) {
    stage.pointer = Some(pos2(640.0, 400.0));
    stage.map.set_view(view(11.0));
    stage.frame(layers);
    stage.frame(layers);
    let mut all = Vec::new();
    for step in 0..FRAMES {
        let share = f64::from(step) / f64::from(FRAMES);
        let turn = share * std::f64::consts::TAU;
        let zoom = 14.25 - 3.25 * turn.cos();
        let reach = 0.1 * (1.0 - (zoom - 11.0) / 7.0);
        let (lon, lat) = (turn * 3.0).sin_cos();
        stage.map.set_view(View {
            lon: city::MIDDLE[0] + lon * reach * 0.5,
            lat: city::MIDDLE[1] + lat * reach * 0.2,
            zoom,
        });
        stage.pointer = Some(pos2(400.0 + f32::from(step) * 4.0, 400.0));
        all.push(stage.frame(layers).0);
    }
    println!(
        "{name:30} {:8.2} {:8.2} {:9.2} {:9.2} {:9.2} {:9.2}  {:8.1} {:8.1}",
        median(&all, Times::ui_thread),
        high(&all, Times::ui_thread),
        median(&all, |times| times.widget),
        median(&all, |times| times.prepare),
        median(&all, |times| times.encode),
        median(&all, |times| times.submit),
        median(&all, Times::wall),
        high(&all, Times::wall),
    );
}

/// Draws until all is there: how long that took, and how many frames.
fn settle(stage: &mut Stage, layers: &[DrawnLayer<'_>]) -> (Duration, u32) {
    let start = Instant::now();
    stage.pointer = None;
    for frames in 1.. {
        stage.frame(layers);
        if !stage.map.is_filling() || start.elapsed() > Duration::from_secs(20) {
            return (start.elapsed(), frames);
        }
    }
    (start.elapsed(), 0)
}

fn pick(stage: &mut Stage, zoom: f64, layers: &[DrawnLayer<'_>]) {
    stage.map.set_view(view(zoom));
    settle(stage, layers);
    let mut hovers = Vec::new();
    let mut clicks = Vec::new();
    for step in 0..12_u16 {
        let place = pos2(500.0 + f32::from(step) * 23.0, 300.0 + f32::from(step) * 11.0);
        stage.pointer = Some(place);
        hovers.push(stage.frame(layers).0);
        for pressed in [true, false] {
            stage.events.push(egui::Event::PointerButton {
                pos: place,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: egui::Modifiers::NONE,
            });
            let (times, response) = stage.frame(layers);
            if response.clicked.is_some() {
                clicks.push(times);
            }
        }
        // Two clicks in a row are none.
        std::thread::sleep(Duration::from_millis(350));
    }
    println!(
        "zoom {zoom:4}: hovering {:6.3} ms, at most {:6.3}; clicking {:6.3} ms, at most {:6.3}",
        median(&hovers, |times| times.widget),
        high(&hovers, |times| times.widget),
        median(&clicks, |times| times.widget),
        high(&clicks, |times| times.widget),
    );
}

/// Another choice of rows and another symbol among the points.
fn change(stage: &mut Stage, layers: &[DrawnLayer<'_>; 3], rows: usize) -> Result<(), Failure> {
    stage.map.set_view(view(12.0));
    settle(stage, layers);
    println!("\nchanges at zoom 12, all three layers:");
    let masks: Vec<_> =
        (2..6).map(|n| Arc::new((0..rows).map(|row| Some(row % n == 0)).collect())).collect();
    for mask in &masks {
        let mask: &Arc<BooleanArray> = mask;
        let changed = [DrawnLayer { mask: Some(mask), ..layers[0] }, layers[1], layers[2]];
        let (times, _) = stage.frame(&changed);
        let (settled, frames) = settle(stage, &changed);
        report("condition on the points", times, settled, frames);
    }
    picture(stage, "condition")?;
    let red = Symbol { fill: belfort::style::Color::rgb(0xcc0000), ..layers[2].symbol };
    let changed = [layers[0], layers[1], DrawnLayer { symbol: red, ..layers[2] }];
    let (times, _) = stage.frame(&changed);
    let (settled, frames) = settle(stage, &changed);
    report("colour of the buildings", times, settled, frames);
    for classes in 2..5_usize {
        // Only the colour differs, as a map coloured by a field has it.
        let fill = |n| default_symbol(Some(PartKind::Point), n).fill;
        let symbol = |n| Some(Symbol { fill: fill(n), ..layers[0].symbol });
        let symbols = (0..classes).map(symbol).collect();
        let of_rows = (0..rows).map(|row| u16::try_from(row % classes).unwrap_or(0)).collect();
        let classes = Arc::new(Classes::new(Arc::new(of_rows), symbols));
        let changed = [DrawnLayer { classes: Some(&classes), ..layers[0] }, layers[1], layers[2]];
        let (times, _) = stage.frame(&changed);
        let (settled, frames) = settle(stage, &changed);
        report("colour of the points by a field", times, settled, frames);
    }
    picture(stage, "classes")?;
    Ok(())
}

fn report(what: &str, first: Times, settled: Duration, frames: u32) {
    println!(
        "{what:30} window's thread {:6.2} ms in the first frame; all there after {:6.1} ms, {frames} frames",
        ms(first.ui_thread()),
        ms(settled),
    );
}

fn picture(stage: &Stage, name: &str) -> Result<(), Failure> {
    let Some(folder) = std::env::var_os("BELFORT_PICTURES") else { return Ok(()) };
    stage.save(&std::path::Path::new(&folder).join(format!("{name}.png")))
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn sorted(times: &[Times], of: impl Fn(&Times) -> Duration) -> Vec<f64> {
    let mut all: Vec<f64> = times.iter().map(|times| ms(of(times))).collect();
    all.sort_by(f64::total_cmp);
    all
}

fn median(times: &[Times], of: impl Fn(&Times) -> Duration) -> f64 {
    let all = sorted(times, of);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// The 99th percentile.
fn high(times: &[Times], of: impl Fn(&Times) -> Duration) -> f64 {
    let all = sorted(times, of);
    all.get(all.len() * 99 / 100).or(all.last()).copied().unwrap_or_default()
}

/// What this program takes now and took at most (Linux only).
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name));
        let text = line.and_then(|line| line.split_whitespace().nth(1));
        text.and_then(|text| text.parse::<u64>().ok()).unwrap_or_default() / 1024
    };
    format!("{} MB now, {} MB at most", of("VmRSS:"), of("VmHWM:"))
}

//! How long the window's thread works on a frame: panels, table and map, from the input to the
//! triangles, without the drawing. With an empty project and with the sample (or the files named),
//! while the pointer wanders over the window and drags the map.
//!
//! `cargo run --release --example measure_window [FILE…]`
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a program that measures"
)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use belfort::app::{BelfortApp, Settings};
use belfort::i18n::Language;
use egui::{Event, PointerButton, Pos2, RawInput, Rect, pos2, vec2};

const SIZE: [f32; 2] = [1280.0, 800.0];
const FRAMES: usize = 600;

struct Stage {
    ctx: egui::Context,
    app: Option<BelfortApp>,
    now: f64,
}

impl Stage {
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.now += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(SIZE[0], SIZE[1]))),
            time: Some(self.now),
            events,
            ..RawInput::default()
        };
        let app = self.app.as_mut().unwrap();
        let begin = Instant::now();
        let output = self.ctx.run_ui(input, |ui| app.ui(ui));
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let elapsed = begin.elapsed();
        drop(triangles);
        elapsed
    }
}

fn settings() -> Settings {
    let language = Some(Language::Dutch);
    Settings { language, work_offline: true, show_table: true, ..Settings::default() }
}

fn measure(name: &str, make: impl FnOnce(&egui::Context) -> BelfortApp) {
    let ctx = egui::Context::default();
    let app = Some(make(&ctx));
    let mut stage = Stage { ctx, app, now: 0.0 };
    let begin = Instant::now();
    let mut calm = 0;
    while calm < 30 && begin.elapsed() < Duration::from_mins(1) {
        stage.frame(Vec::new());
        calm = if stage.app.as_ref().unwrap().is_idle() { calm + 1 } else { 0 };
        std::thread::sleep(Duration::from_millis(2));
    }
    let mut times = Vec::with_capacity(FRAMES);
    for at in 0..FRAMES {
        let turn = at as f32 / 97.0 * std::f32::consts::TAU;
        let place = pos2(SIZE[0] * (0.5 + 0.48 * turn.cos()), SIZE[1] * (0.45 + 0.4 * turn.sin()));
        let mut events = vec![Event::PointerMoved(place)];
        let button = |pressed| Event::PointerButton {
            pos: place,
            button: PointerButton::Middle,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        match at % 60 {
            20 => events.push(button(true)),
            50 => events.push(button(false)),
            _ => {}
        }
        times.push(stage.frame(events));
    }
    times.sort_unstable();
    let milliseconds = |at: usize| times[at].as_secs_f64() * 1e3;
    println!(
        "{name}: median {:.2} ms, 99 of 100 {:.2} ms, longest {:.2} ms",
        milliseconds(FRAMES / 2),
        milliseconds(FRAMES * 99 / 100),
        milliseconds(FRAMES - 1)
    );
}

fn main() {
    let files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let cache = std::env::temp_dir().join("belfort-measure-tiles");
    let empty = cache.clone();
    measure("empty window", move |ctx| BelfortApp::empty(ctx, None, settings(), empty));
    let name = if files.is_empty() { "sample project" } else { "the files" };
    measure(name, move |ctx| BelfortApp::new(ctx, None, settings(), cache, &files));
}

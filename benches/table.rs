//! The attribute table on many rows, through the window without a screen: what a frame costs
//! while it scrolls, and how long sorting and looking something up take from the click to the
//! rows. `cargo bench --bench table [-- ROWS]`; prints milliseconds.
//!
//! Not by criterion: a frame is measured as it comes, and what counts is the slow ones too.

#![allow(clippy::print_stdout, reason = "a program")]
#![allow(clippy::expect_used, reason = "a bench may fail")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use belfort::app::{BelfortApp, Settings};
use belfort::i18n::Language;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

type Window = Harness<'static, Option<BelfortApp>>;

/// Trees without a place, so that the map has nothing to draw.
fn trees(rows: u32) -> String {
    let mut text = String::from("id;soort;adres;omtrek;hoogte;geplant;monumentaal\n");
    for row in 0..rows {
        let mixed = row.wrapping_mul(2_654_435_761);
        let _ = writeln!(
            text,
            "{row};Één soort {};Korte Meer {};{},{};{};19{:02}-0{}-1{};{}",
            mixed % 28,
            mixed >> 4,
            mixed % 300,
            mixed % 7,
            mixed % 31,
            mixed % 100,
            mixed % 9 + 1,
            mixed % 9,
            row % 33 == 0
        );
    }
    text
}

fn is_idle(window: &Window) -> bool {
    window.state().as_ref().is_some_and(BelfortApp::is_idle)
}

/// Steps until all work is done; how long that took.
fn settle(window: &mut Window) -> Duration {
    let start = Instant::now();
    window.step();
    let mut done = start.elapsed();
    let mut calm = 0;
    while calm < 4 {
        if is_idle(window) {
            calm += 1;
        } else {
            calm = 0;
            std::thread::sleep(Duration::from_millis(1));
        }
        window.step();
        if calm == 0 {
            done = start.elapsed();
        }
    }
    done
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn main() {
    let rows = std::env::args().find_map(|argument| argument.parse().ok());
    let rows: u32 = rows.unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bomen.csv");
    std::fs::write(&path, trees(rows)).expect("a file");
    let settings =
        Settings { language: Some(Language::Dutch), work_offline: true, ..Settings::default() };
    let cache = folder.path().join("tiles");
    let show = move |ui: &mut egui::Ui, app: &mut Option<BelfortApp>| {
        let app = app.get_or_insert_with(|| {
            BelfortApp::new(
                ui.ctx(),
                None,
                settings.clone(),
                cache.clone(),
                std::slice::from_ref(&path),
            )
        });
        app.ui(ui);
    };
    let builder = Harness::builder().with_size([1280.0, 820.0]).with_max_steps(20);
    let mut window = builder.build_ui_state(show, None);
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut window);
    println!("{rows} rows");

    let mut frames = Vec::new();
    let middle = window.get_by_label("Sorteren op soort").rect().center() + vec2(0.0, 80.0);
    for frame in 0..400 {
        window.event(Event::PointerMoved(middle));
        window.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, if frame % 40 < 30 { -400.0 } else { 900.0 }),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        let start = Instant::now();
        window.step();
        frames.push(milliseconds(start.elapsed()));
    }
    frames.sort_by(f64::total_cmp);
    let at = |share: usize| frames.get(frames.len() * share / 100).copied().unwrap_or_default();
    println!("a frame while scrolling: median {:.2} ms, 99 % {:.2} ms", at(50), at(99));

    for column in ["soort", "adres", "omtrek"] {
        window.get_by_label(&format!("Sorteren op {column}")).click();
        println!("sort by {column}: {:.0} ms", milliseconds(settle(&mut window)));
    }
    for text in ["soort 27", "1.234", "nergens"] {
        let label = "Zoeken in de tabel";
        window.get_by_label(label).click();
        window.step();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.step();
        window.get_by_label(label).type_text(text);
        println!("look up “{text}”: {:.0} ms", milliseconds(settle(&mut window)));
    }
}

//! A window for tests, and what tests do with it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use belfort::app::{BelfortApp, Settings};
use belfort::i18n::Language;
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

/// How long work may take before a test gives up.
const PATIENCE: Duration = Duration::from_mins(1);

pub type Window = Harness<'static, Option<BelfortApp>>;

/// A window in a language on files; without any, on an empty project.
pub fn window(language: Language, paths: Vec<PathBuf>) -> Window {
    let cache = std::env::temp_dir().join("belfort-test-tiles");
    // Tests never touch the network.
    let settings = Settings { language: Some(language), work_offline: true, ..Settings::default() };
    window_with(settings, cache, paths)
}

/// A window with settings and a folder for tiles.
pub fn window_with(settings: Settings, cache: PathBuf, paths: Vec<PathBuf>) -> Window {
    let builder = Harness::builder().with_size([1280.0, 820.0]).with_max_steps(20);
    // Made in the first frame, when the context of the window is there.
    let show = move |ui: &mut egui::Ui, app: &mut Option<BelfortApp>| {
        let made = app.get_or_insert_with(|| {
            let (settings, cache) = (settings.clone(), cache.clone());
            if paths.is_empty() {
                BelfortApp::empty(ui.ctx(), None, settings, cache)
            } else {
                BelfortApp::new(ui.ctx(), None, settings, cache, &paths)
            }
        });
        made.ui(ui);
    };
    let mut harness = builder.build_ui_state(show, None);
    settle(&mut harness);
    harness
}

pub fn app(harness: &Window) -> &BelfortApp {
    harness.state().as_ref().unwrap()
}

/// Runs frames until nothing is being read, computed or written.
pub fn settle(harness: &mut Window) {
    let begin = Instant::now();
    // A pause in typing and the frames after a job's end.
    let mut calm = 0;
    while calm < 8 {
        harness.step();
        if app(harness).is_idle() {
            calm += 1;
        } else {
            calm = 0;
            std::thread::sleep(Duration::from_millis(2));
        }
        assert!(begin.elapsed() < PATIENCE, "the work never ended");
    }
    harness.check_accessibility();
}

pub fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Three car parks and an area around two of them.
pub fn parks(folder: &Path) -> PathBuf {
    let park = |name: &str, places: u32, lon: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"naam":"{name}","plaatsen":{places},"url":"https://example.org/{places}"}},"geometry":{{"type":"Point","coordinates":[{lon},51.05]}}}}"#
        )
    };
    let features =
        [park("Reep", 449, 3.73), park("Vrijdagmarkt", 648, 3.72), park("Ramen", 281, 3.60)];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    write(folder, "parkings.geojson", &text)
}

pub fn names(harness: &Window) -> Vec<String> {
    app(harness).document().layers.iter().map(|layer| layer.name.clone()).collect()
}

pub fn click(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    settle(harness);
}

/// Puts text in a field in place of what is there.
pub fn fill(harness: &mut Window, label: &str, text: &str) {
    harness.get_by_label(label).click();
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.get_by_label(label).type_text(text);
    settle(harness);
}

/// Clicks at a place of the window.
pub fn click_at(harness: &mut Window, at: Pos2, modifiers: Modifiers) {
    press(harness, at, modifiers, true);
    press(harness, at, modifiers, false);
    settle(harness);
}

fn press(harness: &mut Window, at: Pos2, modifiers: Modifiers, pressed: bool) {
    harness.input_mut().events.push(Event::ModifiersChanged(modifiers));
    harness.input_mut().events.push(Event::PointerMoved(at));
    let button = PointerButton::Primary;
    harness.input_mut().events.push(Event::PointerButton { pos: at, button, pressed, modifiers });
    harness.step();
    if !pressed {
        harness.input_mut().events.push(Event::ModifiersChanged(Modifiers::NONE));
    }
}

/// Drags along a path, its first place included.
pub fn drag(harness: &mut Window, path: &[Pos2], modifiers: Modifiers) {
    press(harness, path[0], modifiers, true);
    for at in path {
        harness.input_mut().events.push(Event::PointerMoved(*at));
        harness.step();
    }
    press(harness, path[path.len() - 1], modifiers, false);
    settle(harness);
}

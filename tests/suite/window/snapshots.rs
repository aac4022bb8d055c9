//! Pictures of the whole window, beside those kept: in both languages, light and dark.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use belfort::app::{BelfortApp, Settings, ThemeChoice};
use belfort::i18n::Language;
use egui::{Event, Key, Modifiers};

use crate::offscreen::{Picture, Screen};
use crate::pictures::{FEW, compare, differing};

const SIZE: [u32; 2] = [1024, 704];

/// The window with the sample project after some keys, once all is there.
fn window(language: Language, theme: ThemeChoice, keys: &[(Modifiers, Key)]) -> Option<Picture> {
    let settings = Settings {
        language: Some(language),
        theme,
        work_offline: true,
        show_table: true,
        first_minute_seen: true,
        ..Settings::default()
    };
    shown(SIZE, settings, &[], keys)
}

/// A window of a size on files, after some keys, once all is there; without files on the sample
/// project. None without an adapter.
pub(super) fn shown(
    size: [u32; 2],
    settings: Settings,
    paths: &[PathBuf],
    keys: &[(Modifiers, Key)],
) -> Option<Picture> {
    let mut screen = Screen::new(size, 1.0)?;
    let cache = std::env::temp_dir().join("belfort-test-tiles");
    let state = Some(screen.state.clone());
    let mut app = BelfortApp::new(&screen.context, state, settings, cache, paths);
    let mut keys = keys.iter();
    let begin = Instant::now();
    let mut calm = 0;
    loop {
        let mut events = Vec::new();
        if calm >= 12 {
            let Some((modifiers, key)) = keys.next() else { break };
            calm = 0;
            events.push(Event::ModifiersChanged(*modifiers));
            for pressed in [true, false] {
                events.push(Event::Key {
                    key: *key,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers: *modifiers,
                });
            }
            events.push(Event::ModifiersChanged(Modifiers::NONE));
        }
        screen.frame(events, |ui| app.ui(ui));
        calm = if app.is_idle() { calm + 1 } else { 0 };
        std::thread::sleep(Duration::from_millis(5));
        assert!(begin.elapsed() < Duration::from_mins(1), "the window never comes to rest");
    }
    Some(screen.frame(Vec::new(), |ui| app.ui(ui)))
}

fn check(name: &str, language: Language, theme: ThemeChoice, keys: &[(Modifiers, Key)]) {
    if let Some(picture) = window(language, theme, keys) {
        compare(name, SIZE, &picture.rgba);
    }
}

#[test]
fn the_sample_project_in_dutch_by_day() {
    check("sample-nl-light", Language::Dutch, ThemeChoice::Light, &[]);
}

#[test]
fn the_sample_project_in_english_by_night() {
    check("sample-en-dark", Language::English, ThemeChoice::Dark, &[]);
}

#[test]
fn the_filter_in_dutch_by_night() {
    let keys = [(Modifiers::COMMAND, Key::F)];
    check("filter-nl-dark", Language::Dutch, ThemeChoice::Dark, &keys);
}

#[test]
fn the_find_window_in_english_by_day() {
    let keys = [(Modifiers::COMMAND, Key::K)];
    check("find-en-light", Language::English, ThemeChoice::Light, &keys);
}

#[test]
fn a_moved_thing_is_noticed() {
    let Some(picture) = window(Language::Dutch, ThemeChoice::Light, &[]) else { return };
    let width = picture.width as usize;
    let mut moved = picture.rgba.clone();
    // The layers panel is 300 points wide: eight pixels further.
    moved.rotate_right(8 * 4);
    let (differing, all) = differing(width, &picture.rgba, &moved);
    assert!(differing * 1000 > all * FEW * 4);
}

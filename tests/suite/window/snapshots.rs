//! Pictures of the whole window, beside those in `tests/snapshots`: in both languages, light and
//! dark. A little may differ (other graphics drivers), a moved or missing thing may not.
//!
//! After a change that is meant: `BELFORT_UPDATE_SNAPSHOTS=1 ./test.sh snapshots`, and look at what
//! came out.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use belfort::app::{BelfortApp, Settings, ThemeChoice};
use belfort::i18n::Language;
use egui::{Event, Key, Modifiers};

use crate::offscreen::{Picture, Screen};

const SIZE: [u32; 2] = [1024, 704];

/// The side of the squares whose mean colours are compared, pixels.
const BLOCK: usize = 8;

/// How much a mean may differ, of 255.
const DEPTH: u32 = 20;

/// How many squares of a thousand may differ more.
const FEW: usize = 6;

/// The window with the sample project after some keys, once all is there.
fn window(language: Language, theme: ThemeChoice, keys: &[(Modifiers, Key)]) -> Option<Picture> {
    let mut screen = Screen::new(SIZE, 1.0)?;
    let settings = Settings {
        language: Some(language),
        theme,
        work_offline: true,
        show_table: true,
        first_minute_seen: true,
        ..Settings::default()
    };
    let cache = std::env::temp_dir().join("belfort-test-tiles");
    let state = Some(screen.state.clone());
    let mut app = BelfortApp::new(&screen.context, state, settings, cache, Vec::new());
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

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// The mean colours of the squares.
fn means(width: usize, rgba: &[u8]) -> Vec<[u32; 3]> {
    let rows = rgba.len() / 4 / width;
    let mut means = Vec::new();
    for top in (0..rows).step_by(BLOCK) {
        for left in (0..width).step_by(BLOCK) {
            let mut sum = [0; 3];
            for y in top..top + BLOCK {
                for x in left..left + BLOCK {
                    let at = (y * width + x) * 4;
                    for (sum, channel) in sum.iter_mut().zip(&rgba[at..at + 3]) {
                        *sum += u32::from(*channel);
                    }
                }
            }
            means.push(sum.map(|sum| sum / u32::try_from(BLOCK * BLOCK).unwrap()));
        }
    }
    means
}

fn compare(name: &str, picture: &Picture) {
    let path = folder().join(format!("{name}.png"));
    if std::env::var_os("BELFORT_UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(folder()).unwrap();
        let [width, height] = SIZE;
        let rgba = &picture.rgba;
        image::save_buffer(&path, rgba, width, height, image::ColorType::Rgba8).unwrap();
        return;
    }
    let wanted = image::open(&path).unwrap().into_rgba8();
    let width = picture.width as usize;
    let (found, wanted) = (means(width, &picture.rgba), means(width, wanted.as_raw()));
    assert_eq!(found.len(), wanted.len());
    let differs =
        |(a, b): (&[u32; 3], &[u32; 3])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > DEPTH);
    let count = found.iter().zip(&wanted).filter(|pair| differs(*pair)).count();
    if count * 1000 > found.len() * FEW {
        let seen = std::env::temp_dir().join(format!("belfort-{name}.png"));
        let [width, height] = SIZE;
        let rgba = &picture.rgba;
        image::save_buffer(&seen, rgba, width, height, image::ColorType::Rgba8).unwrap();
        panic!("{name}: {count} of {} squares differ; see {}", found.len(), seen.display());
    }
}

fn check(name: &str, language: Language, theme: ThemeChoice, keys: &[(Modifiers, Key)]) {
    if let Some(picture) = window(language, theme, keys) {
        compare(name, &picture);
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
    let (a, b) = (means(width, &picture.rgba), means(width, &moved));
    let count =
        a.iter().zip(&b).filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > DEPTH));
    assert!(count.count() * 1000 > a.len() * FEW * 4);
}

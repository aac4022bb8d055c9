//! Tests of the window, through what a screen reader sees: no display and no GPU needed.

mod about;
mod areas;
mod basemap;
mod charts;
mod check;
mod filter;
mod find;
mod first_minute;
mod focus;
mod groups;
pub mod harness;
mod heat;
mod joining;
mod keyboard;
mod kinds;
mod labels;
mod layers;
mod linked;
mod live;
mod looks;
mod main_job;
mod naming;
mod notes;
mod notices;
mod parts;
mod pasting;
mod portal;
mod printing;
mod qml;
mod raster;
mod reading;
mod selecting;
mod services;
mod settings;
mod several_layers;
mod sheets;
mod snapshots;
mod story;
mod style;
mod unfinished;
mod web_file;
mod web_map;

use std::path::{Path, PathBuf};

use belfort::i18n::{Language, has_message};

/// All source files under a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_message_of_the_window_exists() {
    let named = regex::Regex::new(r#""(app-[a-z0-9-]+)""#).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
    let mut found = 0;
    for file in rust_files(&folder) {
        let code = std::fs::read_to_string(file).unwrap();
        for capture in named.captures_iter(&code) {
            found += 1;
            for language in Language::ALL {
                assert!(has_message(language, &capture[1]), "{language:?}: {}", &capture[1]);
            }
        }
    }
    assert!(found > 150, "the pattern finds the messages");
}

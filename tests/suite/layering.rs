//! The rules of the house, read from the code itself.

use std::path::{Path, PathBuf};

/// The rooms from the ground floor up. A room names only rooms before it.
const ROOMS: &[&str] = &[
    "memory",
    "i18n",
    "problem",
    "jobs",
    "network",
    "crs",
    "table",
    "plane",
    "measure",
    "check",
    "names",
    "text",
    "formats",
    "linked",
    "query",
    "find",
    "style",
    "label",
    "gazetteer",
    "crowd",
    "tiles",
    "raster",
    "portal",
    "project",
    "map",
    "page",
    "app",
    "cli",
];

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let code = std::fs::read_to_string(&path).unwrap();
                found.push((path, code));
            }
        }
    }
    assert!(found.len() > 20);
    found
}

fn room_of(path: &Path) -> String {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = path.strip_prefix(src).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn without_comments(code: &str) -> String {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn only_app_and_map_name_egui() {
    for (path, code) in sources() {
        let room = room_of(&path);
        if matches!(room.as_str(), "app" | "map" | "main") {
            continue;
        }
        let code = without_comments(&code);
        for word in ["egui", "eframe", "walkers", "wgpu", "rfd"] {
            let named =
                code.contains(&format!("{word}::")) || code.contains(&format!("use {word}"));
            assert!(!named, "{} names {word}", path.display());
        }
    }
}

#[test]
fn no_room_calls_one_above_it() {
    for (path, code) in sources() {
        let room = room_of(&path);
        let Some(floor) = ROOMS.iter().position(|name| *name == room) else {
            assert!(matches!(room.as_str(), "lib" | "main"), "{room} is no room of the list");
            continue;
        };
        let code = without_comments(&code);
        for above in &ROOMS[floor + 1..] {
            assert!(
                !code.contains(&format!("crate::{above}::")),
                "{room} calls {above}: {}",
                path.display()
            );
        }
    }
}

//! Printing in the window: from a neighbourhood to a sheet in a file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::project::{Orientation, Paper, Sheet, SheetPart, SheetSubject};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, drag, fill, settle, window, window_with, write};

/// Two neighbourhoods beside each other, with a street in each.
fn wards(folder: &Path) -> Vec<PathBuf> {
    let ward = |name: &str, west: f64| {
        let (east, south, north) = (west + 0.02, 51.02, 51.04);
        format!(
            r#"{{"type":"Feature","properties":{{"naam":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        )
    };
    let street = |name: &str, west: f64| {
        let east = west + 0.012;
        format!(
            r#"{{"type":"Feature","properties":{{"straatnaam":"{name}"}},"geometry":{{"type":"LineString","coordinates":[[{west},51.03],[{east},51.031]]}}}}"#
        )
    };
    let all = |features: [String; 2]| {
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    };
    let wards = all([ward("Ledeberg", 3.72), ward("Gentbrugge", 3.74)]);
    let streets = all([street("Hundelgemsesteenweg", 3.723), street("Brusselsesteenweg", 3.743)]);
    vec![write(folder, "wijken.geojson", &wards), write(folder, "straten.geojson", &streets)]
}

fn sheet(harness: &Window) -> Sheet {
    app(harness).document().sheets.first().cloned().expect("a sheet")
}

/// The print window on one of the neighbourhoods, chosen from the list.
fn printing(folder: &Path, name: &str) -> Window {
    let mut harness = window(Language::Dutch, wards(folder));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut harness);
    click(&mut harness, "Wat");
    click(&mut harness, "Eén uit ‘wijken’");
    click(&mut harness, "Welke");
    click(&mut harness, name);
    harness
}

/// Whether something in the window says so.
fn says(harness: &Window, words: &str) {
    assert!(harness.query_all_by_label_contains(words).count() > 0, "{words}");
}

#[test]
fn a_neighbourhood_becomes_a_sheet_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path(), "Ledeberg");
    let SheetSubject::Features { rows, .. } = sheet(&harness).subject else {
        panic!("{:?}", sheet(&harness))
    };
    assert_eq!(rows.len(), 1);
    // The page tells what it is, and the largest round scale at which it fits.
    harness.get_by_label(
        "Blad: Ledeberg, 1:10.000 is de grootste ronde schaal waarop Ledeberg op A4 past",
    );
    let path = folder.path().join("Ledeberg.pdf");
    fill(&mut harness, "Pad van het bestand", path.to_str().unwrap());
    click(&mut harness, "Opslaan");
    let file = std::fs::read(&path).unwrap();
    assert!(file.starts_with(b"%PDF-1.7"));
    assert!(harness.query_by_label("Afdrukken").is_none(), "the window is done");
    harness.get_by_label_contains("Blad opgeslagen");
    // What was set is kept with the project.
    let SheetSubject::Features { rows: kept, .. } = sheet(&harness).subject else { panic!() };
    assert_eq!(kept, rows);
}

#[test]
fn what_is_selected_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, wards(folder.path()));
    // Found by its name, it is selected.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut harness);
    harness.event(Event::Text("Gentbrugge".to_owned()));
    settle(&mut harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut harness);
    harness.get_by_label_contains("Blad: Gentbrugge");
}

#[test]
fn paper_scale_and_parts_follow_what_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path(), "Ledeberg");
    click(&mut harness, "Papier");
    click(&mut harness, "A3 (297 × 420 mm)");
    assert_eq!(sheet(&harness).paper, Paper::A3);
    says(&harness, "waarop Ledeberg op A3 past");
    click(&mut harness, "Liggend");
    assert_eq!(sheet(&harness).orientation, Orientation::Landscape);
    // A larger scale than fits is taken, and said.
    fill(&mut harness, "Schaal", "1:5000");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(sheet(&harness).scale, Some(5000));
    says(&harness, "past Ledeberg niet helemaal op A3; op A1 wel");
    click(&mut harness, "Volgende kleinere schaal");
    assert_eq!(sheet(&harness).scale, Some(7500));
    click(&mut harness, "Grootste");
    assert_eq!(sheet(&harness).scale, None);
    fill(&mut harness, "Titel", "Kermis");
    says(&harness, "Blad: Kermis");
    // By keyboard: what has the focus comes into view.
    harness.get_by_label("Wat er op het blad staat").focus();
    settle(&mut harness);
    harness.key_press(Key::Space);
    settle(&mut harness);
    harness.get_by_label("Noordpijl").focus();
    settle(&mut harness);
    harness.key_press(Key::Space);
    settle(&mut harness);
    assert!(sheet(&harness).without.contains(&SheetPart::North));
}

#[test]
fn dragging_the_page_moves_the_map_and_keys_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path(), "Ledeberg");
    let page = harness.get_by_label_contains("Blad: Ledeberg").rect();
    let middle = page.center();
    drag(&mut harness, &[middle, middle + egui::vec2(30.0, 0.0)], Modifiers::NONE);
    let [right, up] = sheet(&harness).shift;
    assert!(right < -100.0 && up.abs() < 1e-6, "the map goes along: {right} {up}");
    // One drag is one step back.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(sheet(&harness).shift[0].abs() < 1e-9);
    harness.get_by_label_contains("Blad: Ledeberg").click();
    settle(&mut harness);
    harness.key_press(Key::ArrowUp);
    settle(&mut harness);
    let [right, up] = sheet(&harness).shift;
    assert!(right.abs() < 1e-6 && up > 0.0, "{right} {up}");
    harness.key_press(Key::Minus);
    settle(&mut harness);
    assert_eq!(sheet(&harness).scale, Some(12_500));
}

#[test]
fn a_folder_that_is_not_there_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path(), "Ledeberg");
    let path = folder.path().join("nergens/blad.png");
    fill(&mut harness, "Pad van het bestand", path.to_str().unwrap());
    click(&mut harness, "Opslaan");
    harness.get_by_label_contains("blad.png");
    harness.get_by_label("Afdrukken");
}

#[test]
fn an_index_and_an_atlas_are_chosen_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path(), "Ledeberg");
    // By keyboard: what has the focus comes into view.
    harness.get_by_label("Register").focus();
    settle(&mut harness);
    harness.key_press(Key::Space);
    settle(&mut harness);
    harness.query_all_by_label("straten").last().unwrap().click();
    settle(&mut harness);
    assert!(sheet(&harness).index.is_some());
    harness.get_by_label("Atlas").focus();
    settle(&mut harness);
    harness.key_press(Key::Space);
    settle(&mut harness);
    harness.query_all_by_label("wijken").last().unwrap().click();
    settle(&mut harness);
    assert!(sheet(&harness).atlas.is_some(), "{:?}", sheet(&harness));
    click(&mut harness, "Met een overzicht vooraan");
    let path = folder.path().join("atlas.svg");
    fill(&mut harness, "Pad van het bestand", path.to_str().unwrap());
    click(&mut harness, "Opslaan");
    // Gentbrugge comes before Ledeberg; each names the street that lies in it.
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let (first, second) = (read("atlas.svg"), read("atlas-2.svg"));
    assert!(
        first.contains("<title>Gentbrugge</title>") && second.contains("<title>Ledeberg</title>")
    );
    assert!(!folder.path().join("atlas-3.svg").exists());
    says(&harness, "2 bladen opgeslagen");
}

#[test]
fn a_frame_drawn_on_the_map_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, wards(folder.path()));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut harness);
    click(&mut harness, "Wat");
    click(&mut harness, "Kader tekenen op de kaart…");
    assert!(harness.query_by_label("Papier").is_none(), "the map is free");
    harness.get_by_label_contains("Sleep een rechthoek rond wat je wilt afdrukken");
    let map = harness.get_by_label("Kaart").rect();
    let (from, to) = (map.center() - map.size() * 0.2, map.center() + map.size() * 0.1);
    drag(&mut harness, &[from, map.center(), to], Modifiers::NONE);
    let SheetSubject::Area(frame) = sheet(&harness).subject else { panic!() };
    let [width, height] = [frame.extent().width(), frame.extent().height()];
    // Three tenths of the map, which shows a little more than the 0.04 × 0.02 degrees of the areas.
    assert!((0.010..0.025).contains(&width), "{width}");
    assert!((0.004..0.015).contains(&height), "{height}");
    harness.get_by_label("Papier");
    says(&harness, "op A4 past");
    // What is in view is another choice, and the frame is gone with it.
    click(&mut harness, "Wat");
    harness.get_by_label("Een kader op de kaart");
    click(&mut harness, "Wat nu te zien is");
    assert_ne!(sheet(&harness).subject, SheetSubject::Area(frame));
}

#[test]
fn a_sheet_is_opened_in_the_program_that_prints_it() {
    let folder = tempfile::tempdir().unwrap();
    let seen: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let settings = Settings {
        language: Some(Language::Dutch),
        work_offline: true,
        cache_folder: Some(folder.path().join("bewaard")),
        ..Settings::default()
    };
    let mut harness = window_with(settings, folder.path().join("cache"), wards(folder.path()));
    let opened = Arc::clone(&seen);
    harness.state_mut().as_mut().unwrap().set_viewer(Arc::new(move |path| {
        opened.lock().unwrap().push(path.to_owned());
        if opened.lock().unwrap().len() > 1 {
            Err(std::io::ErrorKind::NotFound.into())
        } else {
            Ok(())
        }
    }));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut harness);
    click(&mut harness, "Openen als pdf");
    harness.get_by_label_contains("Blad geopend in je pdf-lezer");
    let first = seen.lock().unwrap()[0].clone();
    assert!(first.starts_with(folder.path()), "{}", first.display());
    let file = std::fs::read(&first).unwrap();
    assert!(file.starts_with(b"%PDF-1.7"));
    // Printers' windows begin with the true size.
    assert!(memchr::memmem::find(&file, b"/PrintScaling /None").is_some());
    // Where nothing opens it, that is said, and what to do.
    click(&mut harness, "Openen als pdf");
    says(&harness, "geen programma opent dit bestand");
    says(&harness, "Sla het blad op");
    assert_ne!(seen.lock().unwrap()[1], first, "what may be open elsewhere is left alone");
}

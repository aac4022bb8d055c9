//! Layers of portals kept up to date, against the fake portal.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::project::{LayerId, PlaceColumns, Refresh, save_project};
use belfort::query::per_area::{ByPlace, NumberColumn, Numbers, What};
use chrono::{TimeDelta, Utc};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::super::fake_portal::{Change, Clock, FakePortal};
use super::harness::{Window, app, click, names, settle, window_with};

const GARAGES: &str = "bezetting-parkeergarages-real-time";
const AREAS: &str = "stadswijken-gent";
const PLACES: &str = "bloklocaties-gent";

/// A part of each pause: half a minute becomes a tenth of a second.
const HURRY: f64 = 1.0 / 300.0;

fn online(cache: &Path, paths: Vec<PathBuf>) -> Window {
    let settings = Settings { language: Some(Language::Dutch), ..Settings::default() };
    window_with(settings, cache.to_owned(), paths)
}

fn address(portal: &FakePortal, dataset: &str) -> PathBuf {
    PathBuf::from(format!("portal:{}/{dataset}", portal.address()))
}

fn is_shown(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label_contains(text).count() >= 1
}

/// Runs frames until something is so.
fn until(harness: &mut Window, what: &str, is_so: impl Fn(&Window) -> bool) {
    let begin = Instant::now();
    while !is_so(harness) {
        harness.step();
        std::thread::sleep(Duration::from_millis(5));
        assert!(begin.elapsed() < Duration::from_secs(30), "{what} never came");
    }
}

fn exports(portal: &FakePortal, dataset: &str) -> usize {
    let path = format!("/{dataset}/exports");
    portal.requests().iter().filter(|request| request.path.contains(&path)).count()
}

fn update_all(harness: &mut Window) {
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    harness.step();
    settle(harness);
}

fn layer(harness: &Window, name: &str) -> LayerId {
    let layers = &app(harness).document().layers;
    layers.iter().find(|layer| layer.name.contains(name)).unwrap().id
}

#[test]
fn all_layers_are_asked_what_changed_is_fetched_and_the_rows_selected_stay_so() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let paths = [AREAS, PLACES].map(|dataset| address(&portal, dataset)).to_vec();
    let mut harness = online(cache.path(), paths);
    assert_eq!(names(&harness).len(), 2);
    let areas = layer(&harness, "wijken");

    portal.change(AREAS, Change::set(3, "naam", "Nieuwe naam"));
    portal.change(AREAS, Change::Remove { row: 5 });
    portal.forget_requests();
    update_all(&mut harness);
    assert_eq!((exports(&portal, AREAS), exports(&portal, PLACES)), (1, 0));
    assert!(is_shown(&harness, "1 van 2 lagen bijgewerkt"));
    assert!(is_shown(&harness, "1 rij gewijzigd, 1 rij verdwenen"));
    assert!(is_shown(&harness, "Niets veranderd"));
    click(&mut harness, "Selecteer 1 rij");
    assert_eq!(app(&harness).selected_rows(areas).len(), 1);

    // Once more: nothing is fetched, and the selection stays.
    portal.forget_requests();
    update_all(&mut harness);
    assert_eq!(exports(&portal, AREAS), 0);
    assert!(is_shown(&harness, "Alle 2 lagen zijn nog actueel"));
    click(&mut harness, "Sluiten");
    let before = app(&harness).selected_rows(areas);

    // A row before it goes: the row selected is found again by what it is.
    portal.change(AREAS, Change::Remove { row: 0 });
    portal.change(AREAS, Change::Remove { row: 1 });
    update_all(&mut harness);
    assert!(is_shown(&harness, "2 rijen verdwenen"));
    click(&mut harness, "Sluiten");
    assert_eq!((before.len(), app(&harness).selected_rows(areas).len()), (1, 1));
    // What the last update changed can be read again.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.step();
    harness.get_by_role(egui::accesskit::Role::TextInput).type_text("Wat er bijgewerkt");
    settle(&mut harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert!(is_shown(&harness, "2 rijen verdwenen"));
}

#[test]
fn what_cannot_be_updated_stays_and_the_report_says_why_and_of_when_it_is() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let paths = [AREAS, PLACES].map(|dataset| address(&portal, dataset)).to_vec();
    let mut harness = online(cache.path(), paths);
    portal.change(AREAS, Change::set(3, "naam", "Nieuwe naam"));
    portal.take_away(PLACES);
    update_all(&mut harness);
    assert!(is_shown(&harness, "1 van 2 lagen kon niet bijgewerkt worden"));
    assert!(is_shown(&harness, "heeft geen dataset “bloklocaties-gent” (meer). De gegevens van"));
    assert!(is_shown(&harness, "1 rij gewijzigd"));
    click(&mut harness, "Sluiten");
    assert_eq!(names(&harness).len(), 2);
    assert!(is_shown(&harness, "Geen nieuwere gegevens sinds"));
    portal.bring_back(PLACES);
    click(&mut harness, "Bijwerken");
    assert!(!is_shown(&harness, "Geen nieuwere gegevens sinds"));
}

#[test]
fn a_live_layer_follows_its_portal_and_keeps_the_last_good_data() {
    let portal = FakePortal::start();
    let now = Utc::now();
    portal.set_clock(Clock::At(now));
    let cache = tempfile::tempdir().unwrap();
    let mut harness = online(cache.path(), vec![address(&portal, GARAGES)]);
    let garages = layer(&harness, "garages");
    assert!(is_shown(&harness, "Live, elke minuut"));
    assert!(is_shown(&harness, "oudste meting 9 uur geleden"));
    // Of garage 8, which was not measured for nine hours.
    click(&mut harness, "1 verouderde rij");
    assert_eq!(app(&harness).selected_rows(garages).len(), 1);

    portal.set_clock(Clock::At(now + TimeDelta::minutes(1)));
    portal.forget_requests();
    harness.state_mut().as_mut().unwrap().hurry(HURRY);
    until(&mut harness, "the next reading", |_| exports(&portal, GARAGES) >= 1);
    settle(&mut harness);
    // Asked again and again, fetched once: the portal's time stands still.
    let asked = |portal: &FakePortal| portal.requests().len();
    let so_far = asked(&portal);
    until(&mut harness, "another question", |_| asked(&portal) >= so_far + 2);
    assert_eq!(exports(&portal, GARAGES), 1);
    assert_eq!(app(&harness).selected_rows(garages).len(), 1, "rows are known by their name");

    portal.take_away(GARAGES);
    until(&mut harness, "the failure", |it| is_shown(it, "Geen nieuwere gegevens sinds"));
    assert!(is_shown(&harness, "13 punten"));
    portal.bring_back(GARAGES);
    until(&mut harness, "the portal", |it| !is_shown(it, "Geen nieuwere gegevens sinds"));
}

#[test]
fn how_often_a_layer_is_refreshed_is_chosen_undone_and_kept() {
    let portal = FakePortal::start();
    portal.set_clock(Clock::At(Utc::now()));
    let cache = tempfile::tempdir().unwrap();
    let mut harness = online(cache.path(), vec![address(&portal, GARAGES)]);
    click(&mut harness, "Live, elke minuut");
    click(&mut harness, "elke 15 minuten");
    let refresh = |harness: &Window| app(harness).document().layers[0].refresh;
    assert_eq!(refresh(&harness), Refresh::Every(900));
    assert!(is_shown(&harness, "Live, elke 15 minuten"));
    click(&mut harness, "Live, elke 15 minuten");
    click(&mut harness, "Niet");
    assert!(is_shown(&harness, "Live, niet vanzelf"));
    portal.forget_requests();
    harness.state_mut().as_mut().unwrap().hurry(0.0);
    for _ in 0..40 {
        harness.step();
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(portal.requests().is_empty());
    harness.state_mut().as_mut().unwrap().hurry(1.0);
    let path = cache.path().join("kaart.belfort.json");
    save_project(app(&harness).document(), &path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(r#""refresh": "off""#), "{text}");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(refresh(&harness), Refresh::Every(900));
}

#[test]
fn a_project_opens_with_the_copies_kept_and_tells_what_is_newer() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let paths = [AREAS, PLACES].map(|dataset| address(&portal, dataset)).to_vec();
    let harness = online(cache.path(), paths);
    let project = cache.path().join("kaart.belfort.json");
    save_project(app(&harness).document(), &project).unwrap();
    drop(harness);
    portal.change(AREAS, Change::set(3, "naam", "Nieuwe naam"));
    portal.forget_requests();

    // Asked within a day: what changes once a year is not asked for again.
    let harness = online(cache.path(), vec![project.clone()]);
    assert!(portal.requests().is_empty());
    drop(harness);

    // As if it were longer ago.
    std::fs::remove_file(cache.path().join("portals/asked.json")).unwrap();
    let mut harness = online(cache.path(), vec![project.clone()]);
    assert!(is_shown(&harness, "Er zijn nieuwere gegevens voor"));
    assert_eq!((exports(&portal, AREAS), exports(&portal, PLACES)), (0, 0));
    assert!(is_shown(&harness, "Het portaal heeft nieuwere gegevens"));
    harness.get_all_by_label("Bijwerken").last().unwrap().click();
    settle(&mut harness);
    assert_eq!((exports(&portal, AREAS), exports(&portal, PLACES)), (1, 0));
    assert!(!is_shown(&harness, "Het portaal heeft nieuwere gegevens"));
    drop(harness);

    // Offline the project opens as ever, and says nothing.
    portal.forget_requests();
    std::fs::remove_file(cache.path().join("portals/asked.json")).unwrap();
    let language = Some(Language::Dutch);
    let settings = Settings { language, work_offline: true, ..Settings::default() };
    let harness = window_with(settings, cache.path().to_owned(), vec![project]);
    assert!(portal.requests().is_empty());
    assert_eq!(names(&harness).len(), 2);
    assert!(!is_shown(&harness, "nieuwere gegevens"));
}

#[test]
fn a_filtered_layer_stays_filtered_through_an_update() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = online(cache.path(), vec![address(&portal, AREAS)]);
    let id = layer(&harness, "wijken");
    {
        let mut document = (**app(&harness).document()).clone();
        document.layers[0].filter.sql = "wijknr > 20".to_owned();
        let project = cache.path().join("gefilterd.belfort.json");
        save_project(&document, &project).unwrap();
        drop(harness);
        harness = online(cache.path(), vec![project]);
    }
    assert!(is_shown(&harness, "5 van 25 vlakken"));
    portal.change(AREAS, Change::set(3, "naam", "Nieuwe naam"));
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    let begin = Instant::now();
    // In no frame are there other rows than the filter's.
    loop {
        harness.step();
        assert!(is_shown(&harness, "5 van 25 vlakken"));
        if is_shown(&harness, "1 rij gewijzigd") {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
        assert!(begin.elapsed() < Duration::from_secs(30), "the update never came");
    }
    assert_eq!(layer(&harness, "wijken"), id);
}

/// The filter is on a column that is counted anew after each update: until it is known which of the
/// newer rows it shows, the map keeps what it showed.
#[test]
fn a_layer_filtered_by_a_column_by_place_does_not_blink_at_an_update() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let paths = [AREAS, PLACES].map(|dataset| address(&portal, dataset)).to_vec();
    let harness = online(cache.path(), paths);
    let mut document = (**app(&harness).document()).clone();
    let [areas, places] = ["wijken", "Bloklocaties"].map(|name| layer(&harness, name));
    let column =
        NumberColumn { what: What::Count, field: String::new(), name: "blokplekken".to_owned() };
    let by = ByPlace::Numbers(Numbers { columns: vec![column], ..Numbers::default() });
    let filtered = document.layers.iter_mut().find(|layer| layer.id == areas).unwrap();
    filtered.by_place.push(PlaceColumns { layer: places, only_shown: false, by });
    filtered.filter.sql = "blokplekken > 1".to_owned();
    let project = cache.path().join("geteld.belfort.json");
    save_project(&document, &project).unwrap();
    drop(harness);
    let mut harness = online(cache.path(), vec![project]);
    let areas = layer(&harness, "wijken");
    assert!(app(&harness).drawn_layers().contains(&areas));
    portal.change(AREAS, Change::set(3, "naam", "Nieuwe naam"));
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    let begin = Instant::now();
    loop {
        harness.step();
        assert!(app(&harness).drawn_layers().contains(&areas), "it blinked");
        if is_shown(&harness, "1 rij gewijzigd") {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
        assert!(begin.elapsed() < Duration::from_secs(30), "the update never came");
    }
    settle(&mut harness);
    assert!(app(&harness).drawn_layers().contains(&areas));
}

/// A window on the garages, recorded at five minutes, with one of them selected.
fn recorded(portal: &FakePortal, cache: &Path) -> Window {
    let now = Utc::now();
    portal.set_clock(Clock::At(now));
    let mut harness = online(cache, vec![address(portal, GARAGES)]);
    for minute in 1..5 {
        portal.set_clock(Clock::At(now + TimeDelta::minutes(minute)));
        harness.key_press(Key::F5);
        harness.step();
        settle(&mut harness);
    }
    harness
}

#[test]
fn what_a_live_layer_showed_is_recorded_charted_and_looked_back_to() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = recorded(&portal, cache.path());
    assert!(cache.path().join("live.sqlite").is_file());
    click(&mut harness, "1 verouderde rij");
    assert!(is_shown(&harness, "Verloop"));
    // The field that changed most often; said in words for who does not see the chart.
    assert!(is_shown(&harness, "hoogste"));
    assert!(!is_shown(&harness, "Zoals om"));

    let value = |harness: &Window| {
        let slider = harness.get_by_label("Terug in de tijd");
        slider.accesskit_node().numeric_value()
    };
    assert_eq!(value(&harness), Some(4.0));
    harness.get_by_label("Terug in de tijd").focus();
    harness.step();
    for expected in [3.0, 2.0] {
        harness.key_press(Key::ArrowLeft);
        settle(&mut harness);
        assert_eq!(value(&harness), Some(expected));
    }
    assert!(is_shown(&harness, "Zoals om"));
    click(&mut harness, "Terug naar nu");
    assert!(!is_shown(&harness, "Zoals om"));
    assert_eq!(value(&harness), Some(4.0));

    // The history outlives the window.
    drop(harness);
    let mut harness = online(cache.path(), vec![address(&portal, GARAGES)]);
    click(&mut harness, "1 verouderde rij");
    assert!(is_shown(&harness, "hoogste"));
}

#[test]
fn recording_is_switched_off_and_thrown_away_in_the_settings() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let file = cache.path().join("live.sqlite");
    let language = Some(Language::Dutch);
    let settings = Settings { language, record_live: false, ..Settings::default() };
    let paths = vec![address(&portal, GARAGES)];
    let mut harness = window_with(settings, cache.path().to_owned(), paths);
    assert!(!file.exists());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    settle(&mut harness);
    harness.get_all_by_label("Stadsportaal").last().unwrap().click();
    settle(&mut harness);
    harness.get_by_label("Live lagen opnemen").scroll_to_me();
    settle(&mut harness);
    click(&mut harness, "Live lagen opnemen");
    assert!(app(&harness).settings().record_live && file.is_file());
    drop(harness);

    let mut harness = recorded(&portal, cache.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    settle(&mut harness);
    harness.get_all_by_label("Stadsportaal").last().unwrap().click();
    settle(&mut harness);
    harness.get_by_label("Alle opnames wissen").scroll_to_me();
    settle(&mut harness);
    click(&mut harness, "Alle opnames wissen");
    assert!(!file.exists());
}

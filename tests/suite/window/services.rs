//! Services by address in the window: from the address to layers on the map, in part, offline again.

use std::path::Path;

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::network::Proxy;
use belfort::project::save_project;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::super::fake_portal::{ALWAYS, Fault};
use super::super::fake_services::{FakeServices, Lie};
use super::harness::{Window, app, click, fill, names, settle, window_with};

fn settings() -> Settings {
    Settings { language: Some(Language::Dutch), proxy: Proxy::None, ..Settings::default() }
}

fn opened(cache: &Path) -> Window {
    window_with(settings(), cache.to_owned(), Vec::new())
}

fn shows(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label_contains(text).count() > 0
}

fn press(harness: &mut Window, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// Opens the dialog of the menu and asks for an address in it.
fn ask(harness: &mut Window, address: &str) {
    click(harness, "Bestand");
    click(harness, "Dienst openen…");
    fill(harness, "Adres", address);
    click(harness, "Kijken wat er is");
}

#[test]
fn from_the_address_to_a_layer_with_its_receipt_and_offline_again() {
    let services = FakeServices::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path());
    ask(&mut harness, &services.at("/geo/wfs"));
    assert!(
        shows(&harness, "Lagen van Geodata van de stad")
            || shows(&harness, "Lagen in Geodata van de stad")
    );
    assert!(shows(&harness, "WFS 2.0.0 · Stad Voorbeeld"));
    // Nothing is counted before somebody wants it, nor fetched.
    assert!(services.targets().iter().all(|it| !it.contains("GetFeature")));
    click(&mut harness, "Laadpalen");
    click(&mut harness, "Bomen in het straatbeeld");
    assert!(shows(&harness, "2.345 objecten") && shows(&harness, "2.645 objecten"));
    click(&mut harness, "Laadpalen");
    click(&mut harness, "1 laag ophalen");
    assert_eq!(names(&harness), ["Bomen in het straatbeeld"]);
    let document = app(&harness).document();
    let layer = &document.layers[0];
    let address = format!("wfs:{}?typeNames=stad%3Abomen", services.at("/geo/wfs"));
    assert_eq!(layer.source.path, address);
    assert_eq!(layer.attribution.licence, "Modellicentie Gratis Hergebruik");
    assert_eq!(layer.attribution.publisher, "Stad Voorbeeld");

    let project = cache.path().join("kaart.belfort.json");
    save_project(document, &project).unwrap();
    click(&mut harness, "Laag");
    click(&mut harness, "Ontvangstbewijs van de download…");
    assert!(shows(&harness, "2.345 van 2.345 records, 24 zonder plaats, opgehaald op"));
    assert!(shows(&harness, "WFS 2.0.0 · GeoJSON · 3 pagina’s"));
    assert!(shows(&harness, "stad:bomen"));
    click(&mut harness, "Sluiten");

    services.go_offline();
    let offline = Settings { work_offline: true, ..settings() };
    let again = window_with(offline, cache.path().to_owned(), vec![project]);
    assert_eq!(names(&again), ["Bomen in het straatbeeld"]);
    assert!(shows(&again, "opgehaald"));
    assert!(!shows(&again, "Je werkt offline, dus"), "nothing is missing");
}

#[test]
fn an_address_pasted_or_typed_where_files_are_opened_is_looked_at_too() {
    let services = FakeServices::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path());
    // An address names its layer.
    let items = services.at("/api/collections/palen/items?f=html&limit=10");
    harness.event(Event::Paste(items));
    settle(&mut harness);
    assert!(shows(&harness, "Lagen in API van de stad"));
    assert!(shows(&harness, "300 objecten"));
    click(&mut harness, "1 laag ophalen");
    assert_eq!(names(&harness), ["Laadpalen"]);
    // A layer's whole address opens it straight.
    let whole = format!("wfs:{}?typeNames=stad:wijken", services.at("/geo/wfs"));
    harness.event(Event::Paste(whole));
    settle(&mut harness);
    let mut there = names(&harness);
    there.sort();
    assert_eq!(there, ["Laadpalen", "Wijken"]);

    press(&mut harness, Modifiers::COMMAND, Key::O);
    fill(&mut harness, "Pad van het bestand of de map", &services.at("/files/wijken.csv"));
    click(&mut harness, "Openen");
    assert_eq!(names(&harness).len(), 3);
    let document = app(&harness).document();
    let file = document.layers.iter().find(|layer| layer.name == "wijken").unwrap();
    assert_eq!(file.source.path, services.at("/files/wijken.csv"));
}

#[test]
fn only_what_is_in_view_is_counted_and_fetched() {
    let services = FakeServices::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path());
    // The districts first: they bring the map to the city.
    harness.event(Event::Paste(format!("{}/collections/wijken/items", services.at("/api"))));
    settle(&mut harness);
    click(&mut harness, "1 laag ophalen");
    for _ in 0..3 {
        press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    services.forget_requests();
    ask(&mut harness, &services.at("/geo/wfs"));
    click(&mut harness, "Bomen in het straatbeeld");
    click(&mut harness, "Alleen wat je nu op de kaart ziet");
    click(&mut harness, "1 laag ophalen");
    let document = app(&harness).document();
    let part = document.layers.iter().find(|layer| layer.name.starts_with("Bomen")).unwrap();
    assert!(part.source.path.contains("&bbox="), "{}", part.source.path);
    click(&mut harness, "Laag");
    click(&mut harness, "Ontvangstbewijs van de download…");
    assert!(shows(&harness, "2.345 records"), "the whole layer is told");
    assert!(!shows(&harness, "2.345 van 2.345"));
    // Asked in Lambert 72, with the count first.
    let asked = services.targets();
    let hits = asked.iter().position(|it| it.contains("resultType=hits") && it.contains("bbox="));
    let page = asked.iter().position(|it| it.contains("outputFormat") && it.contains("31370"));
    assert!(hits.unwrap() < page.unwrap(), "{asked:?}");
}

#[test]
fn what_is_no_service_is_said_where_the_address_was_typed() {
    let services = FakeServices::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path());
    ask(&mut harness, &services.at("/geo/wms"));
    assert!(shows(&harness, "Daar antwoordt een WMS: die tekent kaartbeelden"));
    assert!(shows(
        &harness,
        "Veel servers hebben de objecten zelf op een adres dat op /wfs eindigt"
    ));
    fill(&mut harness, "Adres", &services.at("/pagina"));
    assert!(!shows(&harness, "Daar antwoordt een WMS"), "another address, another question");
    click(&mut harness, "Kijken wat er is");
    assert!(shows(&harness, "Op dat adres staat een webpagina"));
    // Corrected at the same place.
    fill(&mut harness, "Adres", &services.at("/api"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(shows(&harness, "Lagen in API van de stad"));
    click(&mut harness, "Annuleren");
    assert!(names(&harness).is_empty());
    // What was used stands in the list, by its title.
    click(&mut harness, "Bestand");
    click(&mut harness, "Dienst openen…");
    harness.get_by_label_contains("API van de stad – 127.0.0.1").click();
    settle(&mut harness);
    assert!(shows(&harness, "Welke wil je op de kaart?"));
}

#[test]
fn a_service_that_lies_or_falls_silent_is_told() {
    let services = FakeServices::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path());
    services.lie("request=GetFeature", Lie::IgnoresStart);
    harness.event(Event::Paste(format!("wfs:{}?typeNames=stad:bomen", services.at("/geo/wfs"))));
    settle(&mut harness);
    assert_eq!(names(&harness).len(), 1);
    click(&mut harness, "Laag");
    click(&mut harness, "Ontvangstbewijs van de download…");
    assert!(shows(&harness, "1.000 van 2.345 records"));
    assert!(shows(&harness, "De dienst telt 2.345 objecten, er kwamen er 1.000"));
    assert!(shows(&harness, "De dienst geeft altijd dezelfde pagina"));
    click(&mut harness, "Sluiten");
    // Updating asks anew.
    services.behave();
    press(&mut harness, Modifiers::NONE, Key::F5);
    click(&mut harness, "Laag");
    click(&mut harness, "Ontvangstbewijs van de download…");
    assert!(shows(&harness, "2.345 van 2.345 records"));
    click(&mut harness, "Sluiten");
    // What is shown stays when the service is gone.
    services.fault("/", Fault::Status(404), ALWAYS);
    press(&mut harness, Modifiers::NONE, Key::F5);
    assert_eq!(names(&harness).len(), 1);
    assert!(shows(&harness, "opgehaald"));
}

//! The city's portal in the window, against the fake portal: from searching to going offline.

use std::collections::BTreeMap;
use std::path::Path;

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::project::save_project;
use belfort::style::By;
use egui_kittest::kittest::Queryable;

use super::super::fake_portal::{FakePortal, Fault};
use super::harness::{Window, app, click, fill, names, settle, window_with};

/// Settings for the portal of Ghent at the fake one's address, in view.
fn settings(portal: &FakePortal) -> Settings {
    Settings {
        language: Some(Language::Dutch),
        on_portal: true,
        portal_addresses: BTreeMap::from([("gent".to_owned(), portal.address().to_owned())]),
        ..Settings::default()
    }
}

fn opened(portal: &FakePortal, cache: &Path) -> Window {
    window_with(settings(portal), cache.to_owned(), Vec::new())
}

fn click_part(harness: &mut Window, label: &str) {
    harness.get_by_label_contains(label).click();
    settle(harness);
}

fn shows(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label_contains(text).count() > 0
}

#[test]
fn what_stands_on_the_shelf_comes_dressed_and_with_its_receipt() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(&portal, cache.path());
    click_part(&mut harness, "Wijken, De 25 wijken");
    click_part(&mut harness, "Deelfietsen, Stations");
    let mut there = names(&harness);
    there.sort();
    let bikes = ["Bolt: losse fietsen", "Donkey Republic: stations", "Dott: losse fietsen"];
    assert_eq!(there, [&bikes[..], &["Wijken"]].concat());
    let document = app(&harness).document();
    let areas = document.layers.iter().find(|layer| layer.name == "Wijken").unwrap();
    assert_eq!(areas.source.path, "portal:gent/stadswijken-gent");
    assert!(areas.style.is_some() && areas.columns.hidden.contains(&"geo_point_2d".to_owned()));
    assert!(areas.attribution.licence.contains("Modellicentie"), "{:?}", areas.attribution);
    assert!(shows(&harness, "Wijken, Staat al op de kaart"));
    // No catalogue was asked for: nobody looked at it.
    assert!(portal.requests().iter().all(|it| !it.path.ends_with("/catalog/datasets")));

    click(&mut harness, "Lagen");
    // The newest layer is on top; areas lie at the bottom.
    let links: Vec<_> = harness.query_all_by_label_contains("opgehaald").collect();
    links.last().unwrap().click();
    settle(&mut harness);
    assert!(shows(&harness, "Ontvangstbewijs: Wijken"));
    assert!(shows(&harness, "25 van 25 records, opgehaald op"));
    click(&mut harness, "Sluiten");
}

#[test]
fn a_dataset_that_is_gone_is_told_and_the_rest_works() {
    let portal = FakePortal::start();
    portal.take_away("bolt-deelfietsen-gent");
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(&portal, cache.path());
    click_part(&mut harness, "Deelfietsen, Stations");
    assert_eq!(names(&harness).len(), 2, "{:?}", names(&harness));
    assert!(shows(&harness, "heeft geen dataset “bolt-deelfietsen-gent” (meer)"));
}

#[test]
fn from_the_search_to_a_part_on_the_map_and_offline_again() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(&portal, cache.path());
    click(&mut harness, "Alle datasets");
    fill(&mut harness, "Zoeken in de catalogus", "bloklocaties");
    assert!(shows(&harness, "1 van 269 datasets"));
    click_part(&mut harness, "Bloklocaties Gent, Punten");
    assert!(shows(&harness, "Modellicentie Gratis Hergebruik"));
    assert!(shows(&harness, "elke 15 minuten"));

    // The first rows are asked for when they are looked at.
    portal.forget_requests();
    click(&mut harness, "Eerste rijen");
    let asked = portal.requests();
    assert!(asked.iter().any(|it| it.path.ends_with("/bloklocaties-gent/records")), "{asked:?}");

    click(&mut harness, "Alleen een deel ophalen");
    fill(&mut harness, "Voorwaarde (SQL)", "totale_capaciteit > 100 AND titel LIKE '%a%'");
    assert!(shows(&harness, "1 regel kun je niet aan het portaal vragen"));
    let all = portal.rows("bloklocaties-gent");
    portal.forget_requests();
    click(&mut harness, "Op de kaart zetten");
    let exported = portal.requests();
    let exported = exported.iter().find(|it| it.path.contains("/exports/")).unwrap();
    let condition = exported.query.iter().find(|(name, _)| name == "where");
    assert_eq!(condition.map(|(_, text)| text.as_str()), Some("totale_capaciteit > 100"));
    let document = app(&harness).document();
    let layer = &document.layers[0];
    assert!(layer.filter.sql.contains("LIKE '%a%'"), "{}", layer.filter.sql);
    // It stands on the shelf too, and looks as it would from there.
    assert!(matches!(layer.style.as_ref().map(|style| &style.by), Some(By::Rules(_))));
    assert!(!all.is_empty());

    // Kept, and read again without a network.
    let project = cache.path().join("kaart.belfort.json");
    save_project(document, &project).unwrap();
    portal.go_offline();
    let offline = Settings { work_offline: true, on_portal: false, ..settings(&portal) };
    let again = window_with(offline.clone(), cache.path().to_owned(), vec![project]);
    assert_eq!(names(&again).len(), 1);
    assert!(shows(&again, "opgehaald"));
    assert!(!shows(&again, "offline, dus"), "nothing is missing");
    // The catalogue seen before is there too.
    let offline = Settings { on_portal: true, ..offline };
    let mut again = window_with(offline, cache.path().to_owned(), Vec::new());
    click(&mut again, "Alle datasets");
    fill(&mut again, "Zoeken in de catalogus", "bomen");
    assert!(shows(&again, "Locaties bomen"));
}

#[test]
fn a_portal_that_moved_or_asks_for_a_key_says_so_and_is_given_it() {
    let portal = FakePortal::start();
    portal.accept_key("geheim");
    portal.need_key();
    let cache = tempfile::tempdir().unwrap();
    let file = cache.path().join("settings.json");
    let mut settings = settings(&portal);
    settings.file = Some(file.clone());
    let mut harness = window_with(settings, cache.path().to_owned(), Vec::new());
    click(&mut harness, "Alle datasets");
    assert!(shows(&harness, "vraagt een sleutel"));
    fill(&mut harness, "Sleutel (API-sleutel)", "fout");
    click(&mut harness, "Deze sleutel gebruiken");
    assert!(shows(&harness, "vraagt een sleutel"));
    fill(&mut harness, "Sleutel (API-sleutel)", "geheim");
    click(&mut harness, "Deze sleutel gebruiken");
    assert!(shows(&harness, "269 van 269 datasets"));
    // The key is written nowhere.
    let mut folders = vec![cache.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read(&path).unwrap();
                let found = text.windows(6).any(|part| part == b"geheim");
                assert!(!found, "{}", path.display());
            }
        }
    }
}

/// The garages as they are now: classes by how full, told by shape and number too, named in the
/// person's language; and without all that where the portal calls its fields otherwise.
#[test]
fn garages_tell_how_full_they_are_while_their_fields_are_there() {
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(&portal, cache.path());
    click_part(&mut harness, "Vrije plaatsen in parkeergarages, ");
    let style = app(&harness).document().layers[0].style.clone().unwrap();
    let By::Rules(by) = &style.by else { panic!("{:?}", style.by) };
    let named: Vec<&str> = by.rules.iter().map(|rule| rule.label.as_str()).collect();
    assert_eq!(named[1..3], ["Minder dan een vierde vrij", "Minder dan de helft vrij"]);
    assert!(style.labels.is_some_and(|labels| labels.what.contains("' vrij'")));
    // The legend has the classes there are: one garage has more places free than it has.
    assert!(shows(&harness, "De helft of meer vrij"));
    assert!(shows(&harness, "Meting die niet kan"));
    assert!(!shows(&harness, "mist"));

    let other = FakePortal::start();
    let renamed = Fault::Renamed(vec![("availablecapacity", "vrij")]);
    other.fault("/catalog/datasets/bezetting-parkeergarages-real-time", renamed, usize::MAX);
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(&other, cache.path());
    click_part(&mut harness, "Vrije plaatsen in parkeergarages, ");
    let layer = &app(&harness).document().layers[0];
    let style = layer.style.clone().unwrap();
    assert!(style.by.is_nothing() && style.labels.is_none(), "{style:?}");
    click(&mut harness, "Lagen");
    click_part(&mut harness, "met ‘Vrije plaatsen in parkeergarages’");
    assert!(shows(&harness, "De dataset mist een veld dat verwacht werd"));
}

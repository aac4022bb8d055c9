//! Linked data in the window: a question to an endpoint, kept and asked again; a stream.

use std::collections::BTreeMap;
use std::path::Path;

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::network::Proxy;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::super::fake_portal::FakePortal;
use super::super::fake_services::sparql::OF_GREEN;
use super::super::fake_services::stream::member;
use super::super::fake_services::{FakeServices, Lie, Stream};
use super::harness::{Window, app, click, fill, names, settle, window_with};

fn opened(cache: &Path, language: Language) -> Window {
    let settings = Settings { language: Some(language), proxy: Proxy::None, ..Settings::default() };
    window_with(settings, cache.to_owned(), Vec::new())
}

/// A window that finds the city's portal at a fake one.
fn beside(portal: &FakePortal, cache: &Path, language: Language) -> Window {
    let settings = Settings {
        language: Some(language),
        proxy: Proxy::None,
        on_portal: true,
        portal_addresses: BTreeMap::from([("gent".to_owned(), portal.address().to_owned())]),
        ..Settings::default()
    };
    window_with(settings, cache.to_owned(), Vec::new())
}

fn shows(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label_contains(text).count() > 0
}

const QUESTION: &str = "SELECT ?naam ?waar WHERE { ?x a <https://x.example/plaatsen> . FILTER(CONTAINS(?naam, \"{word}\")) }";

#[test]
fn a_question_becomes_a_layer_and_is_kept() {
    let services = FakeServices::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path(), Language::Dutch);
    click(&mut harness, "Bestand");
    click(&mut harness, "Gelinkte data…");
    assert!(shows(&harness, "(nog niet nagekeken)"));
    // Days that are none are told, and nothing can be asked.
    fill(&mut harness, "Van", "gisteren");
    assert!(shows(&harness, "Een dag ziet eruit als 2024-03-01"));
    let ask = harness.get_by_label("Vragen");
    assert!(egui_kittest::kittest::NodeT::accesskit_node(&ask).is_disabled());
    fill(&mut harness, "Eindpunt", &services.at("/sparql"));
    click(&mut harness, "De vraag zelf");
    fill(&mut harness, "Tekst van de vraag", QUESTION);
    fill(&mut harness, "Naam", "Plaatsen in de stad");
    fill(&mut harness, "Woord in de titel", "Plaats \"1\"");
    click(&mut harness, "Bewaren");
    click(&mut harness, "Vragen");
    assert_eq!(names(&harness), ["Plaatsen in de stad"]);
    let asked = services.targets();
    assert!(
        asked.iter().any(|it| it.contains("CONTAINS(?naam, \"plaats \\\"1\\\"\")")),
        "{asked:?}"
    );
    let source = &app(&harness).document().layers[0].source.path;
    assert!(source.starts_with("sparql:http://127.0.0.1"), "{source}");
    // It is offered the next time.
    click(&mut harness, "Bestand");
    click(&mut harness, "Gelinkte data…");
    click(&mut harness, "Vraag");
    // In the list, and among the layers.
    assert_eq!(harness.query_all_by_label("Plaatsen in de stad").count(), 2);
}

#[test]
fn what_an_endpoint_refuses_is_said() {
    let services = FakeServices::start();
    services.lie("/sparql", Lie::Refusal("Virtuoso 37000 Error SP030: syntax error at 'x'"));
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path(), Language::English);
    click(&mut harness, "File");
    click(&mut harness, "Linked data…");
    fill(&mut harness, "Endpoint", &services.at("/sparql"));
    click(&mut harness, "Ask");
    assert!(shows(&harness, "syntax error at 'x'"));
    assert!(names(&harness).is_empty());
}

#[test]
fn a_stream_becomes_a_layer() {
    let services = FakeServices::start();
    let path = "/opendata/adlib2eventstream/v1/stam/objecten";
    let mut members: Vec<(String, String)> =
        (0..12).map(|number| member(number, number % 3, &format!("Kaart {number}"))).collect();
    members.sort();
    services.stream(Stream { path: path.into(), members });
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path(), Language::Dutch);
    click(&mut harness, "Bestand");
    click(&mut harness, "Gelinkte data…");
    click(&mut harness, "Stream (LDES)");
    assert!(shows(&harness, "Objecten van Design Museum Gent"));
    fill(&mut harness, "Of het adres van een andere", &services.at(path));
    fill(&mut harness, "Alleen met dit woord", "kaart 1");
    click(&mut harness, "Ophalen");
    assert_eq!(names(&harness), ["Objecten van STAM Gent"]);
    let layer = &app(&harness).document().layers[0];
    assert!(
        layer.attribution.publisher.contains("Collectie van de Gentenaar"),
        "{:?}",
        layer.attribution
    );
    assert!(shows(&harness, "Plaatsen op naam…") || !shows(&harness, "Op naam geplaatst"));
}

/// One click on the shelf, one in the dialog: the neighbourhoods are fetched, the decisions are put there
/// by name and counted, and what names no neighbourhood stays in the table.
#[test]
fn decisions_are_counted_per_neighbourhood() {
    let services = FakeServices::start();
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = beside(&portal, cache.path(), Language::Dutch);
    // It stands on the shelf, below what fits here.
    assert!(shows(&harness, "Besluiten per wijk, Wat de stad besliste"));
    click(&mut harness, "Bestand");
    click(&mut harness, "Gelinkte data…");
    assert!(shows(&harness, "Per wijk tellen en op de kaart kleuren"));
    fill(&mut harness, "Eindpunt", &services.at("/sparql"));
    click(&mut harness, "Vragen");
    let document = app(&harness).document().clone();
    let layer =
        |name: &str| document.layers.iter().find(|layer| layer.name.contains(name)).unwrap();
    let (areas, answer) = (layer("Wijken"), layer("Besluiten"));
    let by = &areas.style.as_ref().unwrap().by;
    assert_eq!(by.field(), Some("besluiten"), "{by:?}");
    assert_eq!(areas.by_place[0].layer, answer.id);
    assert!(!answer.visible && answer.place_names.is_some());
    // The fields of the answer and where each row was put are in the table.
    assert!(shows(&harness, "https://x.example/besluit/1"));
    // Of 60 decisions every fourth is about Ledeberg, but two of those name none. The place tells them.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut harness);
    harness.event(egui::Event::Text("Ledeberg".to_owned()));
    settle(&mut harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert!(shows(&harness, "13 van Besluiten van de stad Gent"));
}

/// The endpoint says which themes there are; the one that is chosen is a part of the question.
#[test]
fn decisions_are_asked_about_one_theme() {
    let services = FakeServices::start();
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = beside(&portal, cache.path(), Language::Dutch);
    click(&mut harness, "Bestand");
    click(&mut harness, "Gelinkte data…");
    fill(&mut harness, "Eindpunt", &services.at("/sparql"));
    click(&mut harness, "Thema");
    // In the order of a dictionary, with how many decisions each has; one without a name by its address.
    for theme in ["Cafés en terrassen (7)", "Groen en milieu (1.204)", "zonder-naam (2)"] {
        assert!(shows(&harness, theme), "{theme}");
    }
    fill(&mut harness, "Zoek een thema", "MILIEU");
    assert!(!shows(&harness, "Mobiliteit"));
    click(&mut harness, "Groen en milieu (1.204)");
    click(&mut harness, "Vragen");
    let document = app(&harness).document().clone();
    let layer = document.layers.iter().find(|layer| layer.name.contains("Besluiten")).unwrap();
    assert_eq!(layer.name, "Besluiten van de stad Gent: Groen en milieu");
    let about = "oa:hasBody <https://x.example/thema/groen>";
    assert!(services.targets().iter().any(|it| it.contains(about)), "{:?}", services.targets());
    // Twelve rows have come, and no more.
    assert!(shows(&harness, &format!("{OF_GREEN} punten")));
}

/// An endpoint that refuses to list its themes says why, and decisions can be asked all the same.
#[test]
fn themes_that_are_refused_are_told() {
    let services = FakeServices::start();
    services.lie("/sparql", Lie::Refusal("Virtuoso 42000 Error: SAMPLE is not supported"));
    let cache = tempfile::tempdir().unwrap();
    let mut harness = opened(cache.path(), Language::English);
    click(&mut harness, "File");
    click(&mut harness, "Linked data…");
    fill(&mut harness, "Endpoint", &services.at("/sparql"));
    click(&mut harness, "Theme");
    assert!(shows(&harness, "SAMPLE is not supported"));
    assert!(shows(&harness, "Try again"));
}

/// Both have to come: what is refused leaves the other as it is.
#[test]
fn an_answer_that_never_comes_leaves_the_neighbourhoods_alone() {
    let services = FakeServices::start();
    services.lie("/sparql", Lie::Refusal("Virtuoso 37000 Error SP030: syntax error at 'x'"));
    let portal = FakePortal::start();
    let cache = tempfile::tempdir().unwrap();
    let mut harness = beside(&portal, cache.path(), Language::English);
    click(&mut harness, "File");
    click(&mut harness, "Linked data…");
    fill(&mut harness, "Endpoint", &services.at("/sparql"));
    click(&mut harness, "Ask");
    assert!(shows(&harness, "syntax error at 'x'"));
    let document = app(&harness).document();
    assert_eq!(document.layers.len(), 1);
    assert!(document.layers[0].by_place.is_empty());
}

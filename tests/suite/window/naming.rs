//! Rows put where their names are, in the window.

use std::path::Path;

use belfort::i18n::Language;
use belfort::project::{PlaceNames, open_project, save_project};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, settle, window, write};

/// Streets, neighbourhoods, and a table of what is said about them; the table on top and active.
fn with_objects(folder: &Path, language: Language) -> Window {
    let line = |name: &str, x: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"straat":"{name}"}},"geometry":{{"type":"LineString","coordinates":[[{x},51.05],[{},51.05]]}}}}"#,
            x + 0.002
        )
    };
    let area = |name: &str, x: f64| {
        let (e, s, n) = (x + 0.01, 51.04, 51.06);
        format!(
            r#"{{"type":"Feature","properties":{{"wijk":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{s}],[{e},{s}],[{e},{n}],[{x},{n}],[{x},{s}]]]}}}}"#
        )
    };
    let collection = |features: &[String]| {
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    };
    let streets = [
        line("Veldstraat", 3.720),
        line("Kouter", 3.725),
        line("Kerkstraat (Noord)", 3.73),
        line("Kerkstraat (Zuid)", 3.74),
    ];
    let areas = [area("Binnenstad", 3.72), area("Muide - Meulestede", 3.73)];
    let streets = write(folder, "straten.geojson", &collection(&streets));
    let areas = write(folder, "wijken.geojson", &collection(&areas));
    let rows = "titel;jaar\nGent: Veldstraat, bouwaanvraag;1721\nhuis aan de Kouter;1747\n\
        Kerkstraat 12;1766\nMeulestede;1800\nBinnenstad;1850\nSchotel;1900\n";
    let rows = write(folder, "objecten.csv", rows);
    window(language, vec![streets, areas, rows])
}

fn names(harness: &Window) -> Option<PlaceNames> {
    let document = app(harness).document();
    document.layers.iter().find(|it| it.name == "objecten").unwrap().place_names.clone()
}

fn is_shown(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label_contains(text).count() >= 1
}

/// A table without a place offers it in the layers panel.
fn open(harness: &mut Window) {
    click(harness, "Plaatsen op naam…");
}

#[test]
fn objects_lie_at_the_streets_they_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_objects(folder.path(), Language::Dutch);
    open(&mut harness);
    assert!(is_shown(&harness, "3 van 6 rijen geplaatst"));
    assert!(is_shown(&harness, "1 met meer dan één plaats"));
    assert!(is_shown(&harness, "1 lijkt op een naam"));
    assert!(is_shown(&harness, "1 niet gevonden"));
    // What is unsure is listed; a person decides.
    click(&mut harness, "Plaats van ‘Kerkstraat 12’");
    let choice = "Kerkstraat (Zuid) (straten) · anders geschreven · 0,98";
    click(&mut harness, choice);
    assert!(is_shown(&harness, "4 van 6 rijen geplaatst"));
    click(&mut harness, "Ook plaatsen wat op een naam lijkt");
    assert!(is_shown(&harness, "5 van 6 rijen geplaatst"));
    click(&mut harness, "Plaatsen");
    let made = names(&harness).unwrap();
    assert_eq!(
        (made.fields, made.layers.len(), made.with_near),
        (vec!["titel".to_owned()], 2, true)
    );
    assert_eq!(
        (&*made.decisions[0].text, &*made.decisions[0].name),
        ("Kerkstraat 12", "Kerkstraat (Zuid)")
    );
    // The layer has points now, columns that say why, and a line in the panel that leads back.
    assert!(is_shown(&harness, "Op naam geplaatst: straten, wijken"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut harness);
    assert!(is_shown(&harness, "plaats_gevonden"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(names(&harness), None);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    settle(&mut harness);
    assert!(names(&harness).is_some());
    // A place tells what was put there.
    click(&mut harness, "wijken");
    click(&mut harness, "Muide - Meulestede");
    assert!(is_shown(&harness, "1 van objecten"));
    click(&mut harness, "Meulestede");
    assert!(is_shown(&harness, "lijkt erop"));
    // It stands in the project.
    let path = folder.path().join("kaart.belfort.json");
    save_project(app(&harness).document(), &path).unwrap();
    assert_eq!(open_project(&path).unwrap(), **app(&harness).document());
    let mut again = window(Language::Dutch, vec![path]);
    assert!(is_shown(&again, "Op naam geplaatst"));
    click(&mut again, "Op naam geplaatst: straten, wijken");
    assert!(is_shown(&again, "5 van 6 rijen geplaatst"));
    click(&mut again, "Weghalen");
    assert_eq!(names(&again), None);
}

#[test]
fn without_a_layer_that_knows_names_nothing_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let rows = write(folder.path(), "objecten.csv", "titel\nVeldstraat\n");
    let mut harness = window(Language::English, vec![rows]);
    click(&mut harness, "Layer");
    let node = harness.get_by_label("Place by name…");
    assert!(egui_kittest::kittest::NodeT::accesskit_node(&node).is_disabled());
}

//! Tables without place, joined to layers.

use std::path::Path;

use belfort::i18n::Language;
use belfort::project::{Join, save_project};
use belfort::query::join::{Confirmed, JoinBy, JoinColumn, Rule};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::super::support::shared_data;
use super::harness::{Window, app, click, fill, names, settle, window, write};

fn area(name: &str, west: f64) -> String {
    let (east, south, north) = (west + 0.01, 51.0, 51.01);
    format!(
        r#"{{"type":"Feature","properties":{{"wijk":"{name}","nr":"{west}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
    )
}

const POPULATION: &str = "naam;jaar;inwoners\n\
    Muide;2022;6000\nMuide;2023;6100\n\
    Stationsbuurt Noord;2022;7000\nStationsbuurt Noord;2023;7100\n\
    Sluizeken;2022;8000\nSluizeken;2023;8200\n\
    Elders;2023;5\n";

/// Three areas and a table of people, as two layers; the table on top and active.
fn with_population(folder: &Path) -> Window {
    let areas = [area("Muide", 3.70), area("Stationsbuurt-Noord", 3.72), area("Sluizeken", 3.74)];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, areas.join(","));
    let areas = write(folder, "wijken.geojson", &text);
    let people = write(folder, "bevolking.csv", POPULATION);
    window(Language::Dutch, vec![areas, people])
}

fn joins(harness: &Window) -> Vec<Join> {
    let document = app(harness).document();
    let layer = document.layers.iter().find(|layer| layer.name == "wijken").unwrap();
    layer.joins.clone()
}

fn is_shown(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label_contains(text).count() >= 1
}

fn activate(harness: &mut Window, name: &str) {
    let layer = harness.get_all_by_label(name).next().unwrap();
    layer.click();
    settle(harness);
}

#[test]
fn a_table_is_joined_by_its_best_key_for_one_year_and_a_near_match_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_population(folder.path());
    activate(&mut harness, "bevolking");
    assert!(is_shown(&harness, "Een tabel zonder plaats op de kaart"));
    assert!(harness.query_by_label("Laag ‘bevolking’ verbergen").is_none());
    click(&mut harness, "Aan een laag koppelen…");
    // The table was asked about: it is the layer that gets columns.
    assert!(is_shown(&harness, "Een tabel koppelen aan ‘wijken’"));
    assert!(is_shown(
        &harness,
        "2 van 3 waarden komen precies overeen, 1 voorstel, 0 zonder partner"
    ));
    assert!(is_shown(&harness, "heeft ‘bevolking’ meerdere rijen (Muide: 2"));
    // Nothing is chosen silently.
    assert!(is_shown(&harness, "Kies eerst welke van meerdere rijen telt"));
    assert!(harness.get_by_label("Koppelen").accesskit_node().is_disabled());
    click(&mut harness, "Eén jaar kiezen…");
    click(&mut harness, "jaar = 2023 (3 keer gevonden)");
    assert!(harness.query_by_label_contains("meerdere rijen").is_none());
    assert!(is_shown(&harness, "1 rij van ‘bevolking’ wordt niet gebruikt"));
    assert!(is_shown(&harness, "koppeltekens, spaties of andere tekens verschillen"));
    click(&mut harness, "Stationsbuurt-Noord = Stationsbuurt Noord");
    assert!(is_shown(&harness, "2 van 3 waarden komen precies overeen, 1 bevestigd, 0 zonder"));
    click(&mut harness, "jaar");
    fill(&mut harness, "Naam van inwoners in de laag", "mensen");
    click(&mut harness, "Koppelen");
    let column = JoinColumn { field: "inwoners".into(), name: "mensen".into(), rule: None };
    let expected = JoinBy {
        key: "wijk".into(),
        their_key: "naam".into(),
        condition: "jaar = 2023".into(),
        columns: vec![column],
        pairs: vec![Confirmed {
            ours: "Stationsbuurt-Noord".into(),
            theirs: "Stationsbuurt Noord".into(),
        }],
    };
    assert_eq!(joins(&harness)[0].by, expected);

    // The joined column filters like any other, in the layer that is now the active one.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    click(&mut harness, "Voorwaarde toevoegen");
    click(&mut harness, "Veld van voorwaarde 1");
    click(&mut harness, "mensen");
    fill(&mut harness, "Van, voorwaarde 1", "7000");
    assert!(is_shown(&harness, "2 van 3 vlakken getoond"));

    // Saved, opened again: the same join and the same filter.
    let path = folder.path().join("kaart.belfort.json");
    save_project(app(&harness).document(), &path).unwrap();
    let mut again = window(Language::Dutch, vec![path]);
    assert_eq!(joins(&again)[0].by, expected);
    assert!(is_shown(&again, "2 van 3 vlakken getoond"));

    // Undo takes the filter and the join back.
    click(&mut harness, "Filter wissen");
    let mut steps = 0;
    while !joins(&harness).is_empty() && steps < 9 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut harness);
        steps += 1;
    }
    assert!((3..9).contains(&steps), "{steps}");
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    settle(&mut harness);
    assert_eq!(joins(&harness)[0].by, expected);

    // Without the table the join goes too.
    activate(&mut again, "bevolking");
    click(&mut again, "Laag verwijderen");
    assert_eq!(names(&again), ["wijken"]);
    assert_eq!(joins(&again), []);
    again.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut again);
    assert_eq!(joins(&again).len(), 1);
}

#[test]
fn several_rows_are_combined_by_a_rule_for_each_column() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_population(folder.path());
    activate(&mut harness, "wijken");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::J);
    settle(&mut harness);
    click(&mut harness, "Samenvoegen, kolom per kolom");
    click(&mut harness, "Wat meerdere rijen van jaar worden");
    click(&mut harness, "de kleinste");
    click(&mut harness, "Koppelen");
    let rules: Vec<_> = joins(&harness)[0].by.columns.iter().map(|c| c.rule).collect();
    assert_eq!(rules, [Some(Rule::Min), Some(Rule::Sum)]);
    // What found no partner is a problem of the layer; its near match was not confirmed.
    click(&mut harness, "1 probleem met ‘wijken’");
    assert!(is_shown(&harness, "1 rij vond geen partner in ‘bevolking’"));
    click(&mut harness, "Naar rij 2");
    let wijken = app(&harness).document().layers.iter().find(|l| l.name == "wijken").unwrap().id;
    assert_eq!(app(&harness).selected_row(), Some((wijken, 1)));

    // Changed: the join that is there comes up, and can be ended.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::J);
    settle(&mut harness);
    assert!(is_shown(&harness, "bevolking (naam)"));
    click(&mut harness, "Koppeling opheffen");
    assert_eq!(joins(&harness), []);
    assert!(harness.query_by_label("1 probleem met ‘wijken’").is_none());
}

#[test]
fn a_partner_is_picked_for_a_value_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        area("Muide", 3.70),
        area("Heel anders", 3.72)
    );
    let areas = write(folder.path(), "wijken.geojson", &text);
    let people =
        write(folder.path(), "bevolking.csv", "naam;inwoners\nMuide;1\nBinnenstad;2\nRabot;3\n");
    let mut harness = window(Language::Dutch, vec![areas, people]);
    activate(&mut harness, "wijken");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::J);
    settle(&mut harness);
    assert!(is_shown(&harness, "1 van 2 waarden komen precies overeen, 1 zonder partner"));
    click(&mut harness, "Kies een partner voor Heel anders");
    fill(&mut harness, "Zoek in de ongebruikte waarden", "binn");
    assert!(harness.query_by_label("Rabot").is_none());
    click(&mut harness, "Binnenstad");
    assert!(is_shown(&harness, "Heel anders = Binnenstad"));
    click(&mut harness, "Toon Heel anders op de kaart");
    assert_eq!(app(&harness).selected_row().map(|(_, row)| row), Some(1));
    click(&mut harness, "Koppelen");
    let pair = Confirmed { ours: "Heel anders".into(), theirs: "Binnenstad".into() };
    assert_eq!(joins(&harness)[0].by.pairs, [pair]);
    assert!(harness.query_by_label_contains("probleem met ‘wijken’").is_none());
}

#[test]
fn a_join_that_cannot_be_made_is_a_problem_and_the_rest_works() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, area("Muide", 3.70));
    write(folder.path(), "wijken.geojson", &text);
    let project = r#"{"belfort": 4, "basemap": "none", "layers": [
        {"id": 1, "name": "wijken", "source": {"path": "wijken.geojson"}, "joins": [
            {"layer": 2, "key": "wijk", "theirKey": "naam", "columns": [{"field": "n", "name": "n"}]},
            {"layer": 9, "key": "wijk", "theirKey": "naam", "columns": [{"field": "n", "name": "n"}]}]},
        {"id": 2, "name": "bevolking", "source": {"path": "weg.csv"}}]}"#;
    let project = write(folder.path(), "kaart.belfort.json", project);
    let mut harness = window(Language::Dutch, vec![project]);
    assert!(is_shown(&harness, "1 vlak"));
    click(&mut harness, "2 problemen met ‘wijken’");
    assert!(is_shown(&harness, "De koppeling met ‘bevolking’ werkt niet"));
    assert!(is_shown(&harness, "haar tabel staat niet meer op deze kaart"));
}

#[test]
fn geojson_without_any_place_is_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"naam":"Muide","n":1},"geometry":null},{"type":"Feature","properties":{"naam":"Rabot","n":2},"geometry":null}]}"#;
    let path = write(folder.path(), "tellingen.geojson", text);
    let harness = window(Language::English, vec![path]);
    assert!(is_shown(&harness, "A table without place on the map"));
    assert!(is_shown(&harness, "2 rows"));
    // Nothing to join it with.
    assert!(harness.query_by_label("Join to a layer…").is_none());
}

/// The city's own neighbourhoods of 2025 with made-up people, in the two years of the table, with
/// the dashes of most names written as the city writes them elsewhere.
#[test]
fn real_neighbourhoods_are_joined() {
    let Some(path) = shared_data("real/wijken/stadswijken-gent-2025.geojson") else { return };
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let city: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut people = String::from("wijknaam,jaar,inwoners\n");
    let mut dashed = 0;
    for (at, feature) in city["features"].as_array().unwrap().iter().enumerate() {
        let name = feature["properties"]["wijk"].as_str().unwrap();
        let written = name.replace(" - ", "-");
        dashed += usize::from(written != name);
        for year in [2023, 2024] {
            people.push_str(&format!("\"{written}\",{year},{}\n", at * 1000 + year));
        }
    }
    assert!(dashed > 5 && dashed < 25);
    let people = write(folder.path(), "bevolking.csv", &people);
    let mut harness = window(Language::Dutch, vec![path, people]);
    activate(&mut harness, "bevolking");
    click(&mut harness, "Aan een laag koppelen…");
    let exact = 25 - dashed;
    assert!(is_shown(
        &harness,
        &format!(
            "{exact} van 25 waarden komen precies overeen, {dashed} voorstellen, 0 zonder partner"
        )
    ));
    click(&mut harness, "Eén jaar kiezen…");
    click(&mut harness, "jaar = 2024 (25 keer gevonden)");
    click(&mut harness, "Alles bevestigen");
    assert!(is_shown(&harness, &format!("{dashed} bevestigd, 0 zonder partner")));
    click(&mut harness, "Koppelen");
    let document = app(&harness).document();
    let join = document.layers.iter().find_map(|layer| layer.joins.first()).unwrap();
    assert_eq!((join.by.key.as_str(), join.by.their_key.as_str()), ("wijk", "wijknaam"));
    assert_eq!((join.by.condition.as_str(), join.by.pairs.len()), ("jaar = 2024", dashed));
    assert!(harness.query_by_label_contains("rij vond geen partner").is_none());
}

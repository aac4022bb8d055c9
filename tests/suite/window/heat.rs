//! Points shown together: heat map, clusters, hexagons, chosen in the panel and seen on the map.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use belfort::project::{open_project, save_project};
use belfort::style::{HexagonNumber, Style, Together};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::harness::{Window, app, click, fill, settle, window, write};

/// Forty trees in two groups of twenty, of which the second is higher, and one far from them.
fn trees(folder: &Path) -> PathBuf {
    let tree = |at: u32, lon: f64, lat: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"nr":{at},"hoogte":{}}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#,
            at / 20 + 1
        )
    };
    let group = |at: u32| {
        let [lon, lat] = [3.70 + 0.05 * f64::from(at / 20), 51.05];
        let step = f64::from(at % 20);
        tree(at, lon + 0.0002 * (step % 5.0), lat + 0.0002 * (step / 5.0).floor())
    };
    let all: Vec<String> = (0..40).map(group).chain([tree(40, 3.725, 51.08)]).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","));
    write(folder, "bomen.geojson", &text)
}

fn style(harness: &Window) -> Style {
    app(harness).document().layers[0].style.clone().expect("a style was chosen")
}

fn open(harness: &mut Window) {
    click(harness, "Stijl van ‘bomen’");
}

fn press(harness: &mut Window, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    settle(harness);
}

/// Types a number in a field that can also be dragged.
fn set_number(harness: &mut Window, label: &str, number: &str) {
    press(harness, Role::SpinButton, label);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.input_mut().events.push(Event::Text(number.to_owned()));
    harness.step();
    harness.key_press(Key::Enter);
    settle(harness);
}

/// The labels of the circles on the map.
fn circles(harness: &Window) -> Vec<String> {
    let all = harness.query_all_by_label_contains("Cluster van");
    let mut found: Vec<String> = all.filter_map(|node| node.accesskit_node().label()).collect();
    found.sort();
    found
}

#[test]
fn a_heat_map_has_a_radius_a_weight_and_a_legend() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![trees(folder.path())]);
    open(&mut harness);
    click(&mut harness, "Warmtekaart");
    let heat = style(&harness).heat().cloned().expect("a heat map");
    assert!((50.0..500.0).contains(&heat.radius), "{}", heat.radius);
    assert!(harness.query_all_by_label_contains("Punten per km²").count() >= 1);
    // The legend stands by itself, with the ends of the bar.
    harness.get_by_label("Legende inklappen");
    let bar = |harness: &Window| {
        let mut bars = harness.query_all_by_label_contains("0 – ");
        bars.find_map(|node| node.accesskit_node().label()).expect("a bar")
    };
    let before = bar(&harness);
    set_number(&mut harness, "Straal", "400");
    let heat = style(&harness).heat().cloned().expect("a heat map");
    assert!((heat.radius - 400.0).abs() < 1e-9);
    assert_ne!(bar(&harness), before, "less dense within a larger radius");
    harness.get_by_label_contains("straal 400");
    // Each tree counts for its height.
    press(&mut harness, Role::ComboBox, "Telt voor");
    click(&mut harness, "hoogte");
    assert_eq!(style(&harness).heat().unwrap().weight.as_deref(), Some("hoogte"));
    harness.get_by_label_contains("hoogte per km²");
    // A scale that stays, whatever the filter.
    click(&mut harness, "Vaste schaal");
    let top = style(&harness).heat().unwrap().top.expect("fixed");
    assert!(top > 0.0);
    let path = folder.path().join("kaart.belfort.json");
    save_project(app(&harness).document(), &path).unwrap();
    let read = open_project(&path).unwrap();
    assert_eq!(read.layers[0].style.as_ref(), Some(&style(&harness)));
    // Each change is a step of undo; and back to points.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(style(&harness).heat().unwrap().top, None);
    click(&mut harness, "Elk apart");
    assert_eq!(style(&harness).together, Together::Nothing);
}

#[test]
fn clusters_count_what_the_filter_shows_and_split_on_a_click() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![trees(folder.path())]);
    open(&mut harness);
    click(&mut harness, "Clusters");
    assert_eq!(circles(&harness), ["Cluster van 20 punten", "Cluster van 20 punten"]);
    assert!(harness.query_all_by_label("20 punten").count() >= 1, "in the legend");
    // Hidden rows do not count.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Voorwaarde (SQL)", "nr >= 5");
    assert_eq!(circles(&harness), ["Cluster van 15 punten", "Cluster van 20 punten"]);
    // With the key for selecting: its points.
    let layer = app(&harness).document().layers[0].id;
    harness.get_by_label("Cluster van 15 punten").click_modifiers(Modifiers::COMMAND);
    settle(&mut harness);
    assert_eq!(app(&harness).selected_rows(layer), (5..20).collect::<Vec<_>>());
    harness.get_by_label("Cluster van 15 punten, 15 ervan geselecteerd");
    harness.input_mut().events.push(Event::ModifiersChanged(Modifiers::NONE));
    harness.step();
    // A click: the map shows its points, apart.
    let before = app(&harness).document().view.unwrap().zoom;
    click(&mut harness, "Cluster van 15 punten, 15 ervan geselecteerd");
    assert!(app(&harness).document().view.unwrap().zoom > before + 1.5);
    assert!(!circles(&harness).iter().any(|name| name.contains("15 punten")));
}

#[test]
fn a_cluster_is_opened_by_keyboard_and_is_the_same_however_one_came() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![trees(folder.path())]);
    open(&mut harness);
    click(&mut harness, "Clusters");
    let before = circles(&harness);
    let zoom = app(&harness).document().view.unwrap().zoom;
    let all = harness.query_all_by_label("Cluster van 20 punten");
    all.into_iter().next().expect("two circles").focus();
    harness.step();
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert!(app(&harness).document().view.unwrap().zoom > zoom + 1.5);
    assert_ne!(circles(&harness), before);
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    settle(&mut harness);
    assert!((app(&harness).document().view.unwrap().zoom - zoom).abs() < 1e-6);
    assert_eq!(circles(&harness), before);
}

#[test]
fn hexagons_have_classes_of_what_is_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![trees(folder.path())]);
    open(&mut harness);
    click(&mut harness, "Zeshoeken");
    let hexagons = style(&harness).hexagons().cloned().expect("hexagons");
    assert_eq!(hexagons.of, HexagonNumber::Count);
    assert!(harness.query_all_by_label_contains("Punten per zeshoek").count() >= 1);
    press(&mut harness, Role::ComboBox, "Toont");
    click(&mut harness, "Gemiddelde van een veld");
    let hexagons = style(&harness).hexagons().cloned().expect("hexagons");
    assert_eq!(hexagons.of, HexagonNumber::Mean("hoogte".to_owned()));
    // Trees of one and of two: two classes, and the lone one of three.
    assert!(harness.query_all_by_label_contains("Gemiddelde van hoogte").count() >= 1);
    for class in ["1", "2", "3"] {
        assert!(harness.query_all_by_label(class).count() >= 1, "{class}");
    }
}

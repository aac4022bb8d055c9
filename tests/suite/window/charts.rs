//! Charts and numbers of a field: what they say, and what is selected in them.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::harness::{Window, app, click, drag, fill, settle, window, write};

/// Ten schools in two wards, one without a number of pupils.
fn schools(folder: &Path) -> PathBuf {
    let pupils = [12, 25, 31, 38, 40, 41, 55, 77, 99];
    let school = |at: usize| {
        let count = pupils.get(at).map_or("null".to_owned(), ToString::to_string);
        let ward = if at.is_multiple_of(3) { "Muide" } else { "Sluizeken" };
        let lon = 3.70 + at as f64 * 0.004;
        format!(
            r#"{{"type":"Feature","properties":{{"wijk":"{ward}","leerlingen":{count},"toiletten":{at}}},"geometry":{{"type":"Point","coordinates":[{lon},51.05]}}}}"#
        )
    };
    let features: Vec<String> = (0..10).map(school).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    write(folder, "scholen.geojson", &text)
}

fn open(folder: &Path) -> Window {
    let mut harness = window(Language::Dutch, vec![schools(folder)]);
    harness.key_press(Key::G);
    settle(&mut harness);
    harness
}

/// The rows selected of the only layer.
fn selected(harness: &Window) -> Vec<usize> {
    let layer = app(harness).document().layers[0].id;
    app(harness).selected_rows(layer)
}

/// The bars as a screen reader reads them.
fn bars(harness: &Window) -> Vec<String> {
    let all = harness.query_all_by_label_contains(" rij");
    let names = all.filter_map(|node| node.accesskit_node().label());
    names.filter(|name| name.contains(": ")).collect()
}

#[test]
fn the_numbers_of_a_field_are_those_of_numpy() {
    let folder = tempfile::tempdir().unwrap();
    let harness = open(folder.path());
    // NumPy 2.4.6 on the nine numbers: np.sum, np.mean, np.quantile (type 7), np.std.
    harness.get_by_label("Cijfers van leerlingen");
    for figure in ["418", "46,4444", "31", "40", "55", "25,3776"] {
        assert!(harness.query_all_by_label(figure).count() >= 1, "{figure}");
    }
}

#[test]
fn bars_select_their_rows_and_show_what_is_selected() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let all = bars(&harness);
    let rows: u64 = all
        .iter()
        .filter_map(|bar| bar.split(": ").nth(1)?.split(' ').next()?.parse::<u64>().ok())
        .sum();
    assert_eq!(rows, 9, "each number stands in one bar: {all:?}");
    click(&mut harness, "40 – 44: 2 rijen");
    assert_eq!(selected(&harness), [4, 5]);
    harness.get_by_label("40 – 44: 2 rijen, 2 geselecteerd");
    // The numbers of those selected stand beside the others.
    assert!(harness.query_all_by_label("40,5").count() >= 1);
    // By keyboard, with Shift: they are added.
    harness.get_by_label("95 – 99: 1 rij").focus();
    harness.step();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    settle(&mut harness);
    assert_eq!(selected(&harness), [4, 5, 8]);
}

#[test]
fn dragging_over_bars_selects_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let from = harness.get_by_label("25 – 29: 1 rij").rect().center();
    let to = harness.get_by_label("40 – 44: 2 rijen").rect().center();
    let path: Vec<_> = (0..=6).map(|step| from.lerp(to, step as f32 / 6.0)).collect();
    drag(&mut harness, &path, Modifiers::NONE);
    assert_eq!(selected(&harness), [1, 2, 3, 4, 5]);
    // The bar itself, and what is said of it where the pointer rests.
    let bars: Vec<_> = harness.query_all_by_label("40 – 44: 2 rijen, 2 geselecteerd").collect();
    let places: Vec<_> = bars.iter().map(|bar| bar.rect().center()).collect();
    assert!(places.contains(&to), "nothing moves under the pointer: {places:?}");
    drop(bars);
    // The other way, and taken out again.
    let back: Vec<_> = path.into_iter().rev().take(3).collect();
    drag(&mut harness, &back, Modifiers::COMMAND);
    assert_eq!(selected(&harness), [1, 2]);
}

#[test]
fn a_number_is_added_up_per_value() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    click(&mut harness, "Per waarde");
    // Rows 0, 3, 6 and 9, which has none: 12 + 38 + 55.
    assert_eq!(
        bars(&harness),
        [
            "Sluizeken: Som leerlingen 313, 6 rijen".to_owned(),
            "Muide: Som leerlingen 105, 4 rijen".to_owned()
        ]
    );
    click(&mut harness, "Muide: Som leerlingen 105, 4 rijen");
    assert_eq!(selected(&harness), [0, 3, 6, 9]);
    harness.get_by_label("Muide: Som leerlingen 105, 4 rijen, 4 geselecteerd");
}

#[test]
fn a_chart_follows_the_filter_and_the_view() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    fill(&mut harness, "Voorwaarde (SQL)", "leerlingen < 40");
    click(&mut harness, "Grafiek");
    // 12 + 25 + 31 + 38.
    assert!(harness.query_all_by_label("106").count() >= 1);
    click(&mut harness, "Alleen wat in beeld is");
    assert!(harness.query_all_by_label("106").count() >= 1, "all are in view");
}

#[test]
fn two_numbers_are_selected_by_a_rectangle() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    click(&mut harness, "Twee getallen");
    let chart = "leerlingen bij toiletten: 9 rijen, 0 geselecteerd";
    let rect = harness.get_by_label(chart).rect();
    // The left half: toilets 0 to 3 of 0 to 8, whatever the pupils.
    let from = rect.left_top() + egui::vec2(2.0, 2.0);
    let to = egui::pos2(rect.left() + rect.width() * 0.45, rect.bottom() - 2.0);
    let path: Vec<_> = (0..=6).map(|step| from.lerp(to, step as f32 / 6.0)).collect();
    drag(&mut harness, &path, Modifiers::NONE);
    assert_eq!(selected(&harness), [0, 1, 2, 3]);
    harness.get_by_label("leerlingen bij toiletten: 9 rijen, 4 geselecteerd");
}

#[test]
fn a_chart_is_saved_as_a_picture_a_drawing_and_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    click(&mut harness, "Per waarde");
    click(&mut harness, "Muide: Som leerlingen 105, 4 rijen");
    for (button, name) in [
        ("Grafiek opslaan als PNG…", "grafiek.png"),
        ("Grafiek opslaan als SVG…", "grafiek.svg"),
        ("Balken opslaan als CSV…", "balken.csv"),
        ("Cijfers opslaan als CSV…", "cijfers.csv"),
    ] {
        click(&mut harness, "Grafiek: meer");
        click(&mut harness, button);
        let path = folder.path().join(name);
        fill(&mut harness, "Pad van het bestand", path.to_str().unwrap());
        click(&mut harness, "Opslaan");
        assert!(path.exists(), "{name}");
    }
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(
        read("balken.csv").lines().collect::<Vec<_>>(),
        ["wijk,Aantal rijen,Geselecteerd,Som leerlingen", "Sluizeken,6,0,313", "Muide,4,4,105"]
    );
    let figures = read("cijfers.csv");
    assert!(figures.starts_with("leerlingen,Alle,Geselecteerd\nRijen,10,4\n"), "{figures}");
    // NumPy 2.4.6: np.std, with every digit.
    assert!(figures.contains("Standaardafwijking,25.377641564141154,"), "{figures}");
    let drawing = read("grafiek.svg");
    assert!(
        drawing.contains("aria-label=\"Muide\"") && drawing.contains("Som leerlingen per wijk")
    );
    let picture = image::open(folder.path().join("grafiek.png")).unwrap();
    assert_eq!(picture.width(), 1440);
}

/// Readings of two car parks, three of each.
fn readings(folder: &Path) -> PathBuf {
    let text = "naam,tijd,vrij\n\
        Savaan,2026-03-01T08:00:00Z,40\nRamen,2026-03-01T08:00:00Z,120\n\
        Savaan,2026-03-01T09:00:00Z,25\nRamen,2026-03-01T09:00:00Z,80\n\
        Savaan,2026-03-01T10:00:00Z,5\nRamen,2026-03-01T10:00:00Z,60\n";
    write(folder, "metingen.csv", text)
}

#[test]
fn a_number_in_the_course_of_time_has_a_line_for_each_thing() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![readings(folder.path())]);
    harness.key_press(Key::G);
    settle(&mut harness);
    click(&mut harness, "In de tijd");
    let chart = harness.get_by_label("vrij in de tijd: 6 rijen, 2 lijnen").rect();
    harness.get_by_label("Savaan: laatst 5, 3 rijen");
    click(&mut harness, "Ramen: laatst 60, 3 rijen");
    assert_eq!(selected(&harness), [1, 3, 5]);
    harness.get_by_label("Ramen: laatst 60, 3 rijen, geselecteerd");
    // By keyboard: the other is added.
    harness.get_by_label("Savaan: laatst 5, 3 rijen").focus();
    harness.step();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    settle(&mut harness);
    assert_eq!(selected(&harness), [0, 1, 2, 3, 4, 5]);
    // The last half hour and more: readings of ten.
    let right = egui::pos2(chart.right() - 2.0, chart.center().y);
    let from = egui::pos2(chart.left() + chart.width() * 0.7, chart.center().y);
    let path: Vec<_> = (0..=6).map(|step| from.lerp(right, step as f32 / 6.0)).collect();
    drag(&mut harness, &path, Modifiers::NONE);
    assert_eq!(selected(&harness), [4, 5]);
    for (button, name) in
        [("Metingen opslaan als CSV…", "metingen-uit.csv"), ("Grafiek opslaan als SVG…", "g.svg")]
    {
        click(&mut harness, "Grafiek: meer");
        click(&mut harness, button);
        let path = folder.path().join(name);
        fill(&mut harness, "Pad van het bestand", path.to_str().unwrap());
        click(&mut harness, "Opslaan");
    }
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let saved = read("metingen-uit.csv");
    let lines: Vec<&str> = saved.lines().collect();
    assert_eq!((lines.len(), lines[0]), (7, "naam,tijd,vrij"));
    assert!(lines[1].starts_with("Savaan,") && lines[1].ends_with(",40"), "{saved}");
    let drawing = read("g.svg");
    assert!(drawing.contains("vrij in de tijd") && drawing.contains("aria-label=\"Ramen\""));
}

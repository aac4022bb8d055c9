//! A planner's quarter of an hour on real data: the stops of a part of the city, handed over.

use belfort::i18n::Language;
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click_at, names, settle, window};
use crate::support::shared_data;

/// A person at the window, whose clicks are counted.
struct Person {
    window: Window,
    clicks: usize,
}

impl Person {
    fn click(&mut self, label: &str) {
        self.click_with(label, egui::Modifiers::NONE);
    }

    fn click_with(&mut self, label: &str, modifiers: egui::Modifiers) {
        self.clicks += 1;
        self.window.get_by_label(label).click_modifiers(modifiers);
        settle(&mut self.window);
    }

    /// Types into a field that has the focus already.
    fn write(&mut self, label: &str, text: &str) {
        self.window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        self.window.step();
        self.window.get_by_label(label).type_text(text);
        settle(&mut self.window);
    }

    /// Clicks a row of the table, counted from its top.
    fn click_row(&mut self, at: usize, modifiers: egui::Modifiers) {
        self.clicks += 1;
        let cells = self.window.query_all_by_label_contains("Gentbrugge ");
        let mut rows: Vec<f32> = cells.map(|cell| cell.rect().center().y).collect();
        rows.retain(|y| *y > 560.0);
        rows.sort_by(f32::total_cmp);
        rows.dedup_by(|a, b| (*a - *b).abs() < 4.0);
        // The names may lie beyond the panel's edge: the row's number never does.
        click_at(&mut self.window, egui::pos2(330.0, rows[at]), modifiers);
    }

    fn open(&mut self, path: &std::path::Path) {
        self.click("Toevoegen…");
        self.write("Pad van het bestand of de map", &path.to_string_lossy());
        self.click("Openen");
    }
}

#[test]
fn the_stops_of_gentbrugge_are_handed_over_in_fewer_than_fifteen_clicks() {
    let shape = shared_data("real/shapefiles-vlaanderen/Riparias_BV_region.shp");
    let Some((shape, stops)) = shape.zip(shared_data("real/bushaltes/bushaltes-gent.csv")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut person = Person { window: window(Language::Dutch, Vec::new()), clicks: 0 };
    person.open(&shape);
    person.open(&stops);
    assert_eq!(names(&person.window), ["bushaltes-gent", "Riparias_BV_region"]);
    person.window.get_by_label("Lambert 72");

    person.click("Filter");
    person.click("Voorwaarde (SQL)");
    person.write("Voorwaarde (SQL)", "omschrijvinglang LIKE 'Gentbrugge %'");
    // As many as Python's csv module finds in the file.
    assert!(person.window.query_all_by_label("90 van 1.452 punten getoond").count() > 0);

    person.window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::T);
    settle(&mut person.window);
    person.click("Sorteren op omschrijving");
    person.click_row(0, egui::Modifiers::NONE);
    person.click_row(2, egui::Modifiers::SHIFT);
    let layer = app(&person.window).document().layers[0].id;
    assert_eq!(app(&person.window).selected_rows(layer).len(), 3);

    person.click("Exporteren…");
    let target = folder.path().join("haltes.geojson");
    person.click("Pad van het bestand");
    person.write("Pad van het bestand", &target.to_string_lossy());
    person.click("Exporteren");
    person.window.get_by_label("3 van 1.452 rijen geschreven");
    let text = std::fs::read_to_string(&target).unwrap();
    let written: serde_json::Value = serde_json::from_str(&text).unwrap();
    let features = written["features"].as_array().unwrap();
    assert_eq!(features.len(), 3);
    for feature in features {
        let name = feature["properties"]["omschrijvinglang"].as_str().unwrap();
        assert!(name.starts_with("Gentbrugge "), "{name}");
    }
    assert!(person.clicks < 15, "{} clicks", person.clicks);
}

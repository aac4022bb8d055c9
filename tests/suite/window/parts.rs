//! A part of a file: only what is in view is read, which the layer says, and the rest on asking.

use belfort::i18n::Language;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, settle, window, write};
use super::keyboard::press;

const FAR_APART: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"naam":"Gent"},"geometry":{"type":"Point","coordinates":[3.72,51.05]}},
{"type":"Feature","properties":{"naam":"Ledeberg"},"geometry":{"type":"Point","coordinates":[3.74,51.04]}},
{"type":"Feature","properties":{"naam":"Brugge"},"geometry":{"type":"Point","coordinates":[3.22,51.21]}}]}"#;

#[test]
fn a_layer_is_read_as_far_as_it_is_in_view_and_whole_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "plaatsen.geojson", FAR_APART);
    let mut harness = window(Language::English, vec![path]);
    settle(&mut harness);
    let rows = |harness: &Window| {
        let document = app(harness).document();
        (document.layers.len(), document.layers[0].source.bbox.is_some())
    };
    harness.get_by_label("3 points");
    // Closer to the middle of the three: Bruges lies outside then.
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.event(Event::Text("51.045 3.73".to_owned()));
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    settle(&mut harness);
    click(&mut harness, "Layer");
    click(&mut harness, "Read only what is in view");
    settle(&mut harness);
    assert_eq!(rows(&harness), (1, true));
    assert!(harness.query_by_label("3 points").is_none());
    click(&mut harness, "part of the file");
    settle(&mut harness);
    harness.get_by_label("3 points");
    assert_eq!(rows(&harness), (1, false));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(rows(&harness), (1, true), "a step that can be undone");
}

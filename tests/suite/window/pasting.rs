//! Data on the clipboard become a layer.

use std::path::Path;

use belfort::i18n::Language;
use egui::Event;
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, settle, window};

fn paste(harness: &mut Window, text: &str) {
    harness.event(Event::Paste(text.to_owned()));
    settle(harness);
}

#[test]
fn pasted_data_become_a_layer_and_other_text_does_not() {
    let mut harness = window(Language::English, Vec::new());
    paste(&mut harness, "naam\tlon\tlat\nSint-Pietersstation\t3.7105\t51.0359\n");
    let layers = &app(&harness).document().layers;
    assert_eq!(layers.len(), 1);
    assert!(layers[0].name.starts_with("Pasted "), "{}", layers[0].name);
    let path = Path::new(&layers[0].source.path);
    assert!(path.extension().is_some_and(|it| it == "tsv"), "{}", path.display());
    paste(&mut harness, "{\"type\":\"Point\",\"coordinates\":[3.7252,51.0536]}");
    assert_eq!(app(&harness).document().layers.len(), 2);
    paste(&mut harness, "Dag Jan, tot morgen");
    harness.get_by_label_contains("nothing in the pasted text");
    assert_eq!(app(&harness).document().layers.len(), 2);
    for layer in &app(&harness).document().layers {
        std::fs::remove_file(&layer.source.path).unwrap();
    }
}

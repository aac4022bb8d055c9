//! What the program tells of itself.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use belfort::app::Settings;
use belfort::i18n::Language;
use egui_kittest::kittest::Queryable;

use super::harness::{app, click, settle, window_with};

#[test]
fn it_tells_what_it_is_made_of_and_where_it_keeps_things() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("bewaard");
    let settings = Settings {
        language: Some(Language::Dutch),
        work_offline: true,
        cache_folder: Some(cache.clone()),
        ..Settings::default()
    };
    let mut harness = window_with(settings, folder.path().join("cache"), Vec::new());
    let opened: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let told = Arc::clone(&opened);
    harness.state_mut().as_mut().unwrap().set_viewer(Arc::new(move |path| {
        told.lock().unwrap().push(path.to_owned());
        Ok(())
    }));
    click(&mut harness, "Help");
    click(&mut harness, "Over Belfort");
    settle(&mut harness);
    assert!(app(&harness).is_idle());
    // PROJ's register comes along with the program.
    harness.get_by_label_contains("EPSG v");
    click(&mut harness, "Map openen: Wat opnieuw te halen is");
    click(&mut harness, "Teksten van de licenties openen");
    let opened = opened.lock().unwrap().clone();
    assert_eq!(opened[0], cache);
    let text = std::fs::read_to_string(&opened[1]).unwrap();
    assert!(text.starts_with("Cargo.lock ") && text.contains("SIL OPEN FONT LICENSE"));
    harness.get_by_label_contains("bibliotheken en hun licenties");
    click(&mut harness, "Sluiten");
    assert!(harness.query_by_label_contains("EPSG v").is_none());
}

//! A large file on the web in the window: what is in view comes without the rest.

use std::path::Path;
use std::sync::atomic::Ordering;

use belfort::app::Settings;
use belfort::formats::{Export, ReadOptions, WriteOptions, export, format_by_extension, open};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::network::Proxy;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::super::archives::served::{Served, part, serve};
use super::harness::{Window, app, click, names, parks, settle, window_with};

/// Trees all over Belgium as FlatGeobuf, one with so long a remark that the file is large.
fn trees(folder: &Path) -> Vec<u8> {
    let tree = |number: u32, remark: &str| {
        let (lon, lat) =
            (2.6 + f64::from(number % 100) * 0.03, 50.6 + f64::from(number / 100) * 0.02);
        format!(
            r#"{{"type":"Feature","properties":{{"nr":{number},"nota":"{remark}"}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
        )
    };
    let remark = "een lange nota ".repeat(40 << 16);
    let features: Vec<String> =
        (0..4_000).map(|number| tree(number, if number == 0 { &remark } else { "" })).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let (from, to) = (folder.join("bomen.geojson"), folder.join("bomen.fgb"));
    std::fs::write(&from, text).unwrap();
    let watch = Watch::unwatched();
    let table = open(&from, &ReadOptions::default(), &watch).unwrap().remove(0);
    let job = Export {
        table: &table,
        name: None,
        rows: None,
        columns: None,
        crs: None,
        format: format_by_extension(&to).unwrap(),
        options: WriteOptions::default(),
    };
    export(&job, &to, &watch).unwrap();
    std::fs::read(to).unwrap()
}

/// How many trees the layers panel tells; there are more of them than car parks.
fn trees_told(harness: &Window) -> usize {
    let told = harness.query_all_by_label_contains(" punten");
    let told = told.filter_map(|node| node.value().or_else(|| node.accesskit_node().label()));
    let told = told.filter_map(|text| text.strip_suffix(" punten")?.replace('.', "").parse().ok());
    told.max().unwrap()
}

fn sent(server: &Served) -> u64 {
    server.bytes.load(Ordering::Relaxed)
}

#[test]
fn what_is_in_view_of_a_large_file_on_the_web_comes_without_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let file = trees(folder.path());
    let size = file.len() as u64;
    assert!(size > 36 << 20, "{size}");
    let server = serve(move |_, range| part(&file, range));
    let settings =
        Settings { language: Some(Language::Dutch), proxy: Proxy::None, ..Settings::default() };
    let paths = vec![parks(folder.path())];
    let mut harness = window_with(settings, folder.path().join("cache"), paths);
    // The car parks brought the map to Ghent.
    let address = format!("{}/data/bomen.fgb", server.address);
    harness.event(Event::Paste(address.clone()));
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Het bestand is 39").is_some(), "39 MB");
    assert!(sent(&server) < 1 << 20, "only the beginning was fetched: {}", sent(&server));
    click(&mut harness, "Alleen wat je nu op de kaart ziet");
    click(&mut harness, "1 laag toevoegen");
    assert_eq!(names(&harness).len(), 2);
    let some = trees_told(&harness);
    assert!((5..1_000).contains(&some), "{some}");
    assert!(sent(&server) < 1 << 20, "{} of {size}", sent(&server));
    let layer = &app(&harness).document().layers[0];
    assert_eq!((&layer.source.path, &layer.attribution.url), (&address, &address));
    assert!(layer.source.bbox.is_some(), "the project knows which part it is");

    // Further out, the new view is read as simply.
    for _ in 0..2 {
        harness.key_press_modifiers(Modifiers::NONE, Key::Minus);
        settle(&mut harness);
    }
    click(&mut harness, "Laag");
    click(&mut harness, "Alleen lezen wat in beeld is");
    let more = trees_told(&harness);
    assert!(more > some && more < 4_000, "{more} after {some}");
    assert!(sent(&server) < 2 << 20, "{} of {size}", sent(&server));

    // And all of it.
    click(&mut harness, "Laag");
    click(&mut harness, "Het hele bestand lezen");
    assert_eq!(trees_told(&harness), 4_000);
    assert!(sent(&server) >= size);
}

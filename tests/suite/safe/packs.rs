//! Packs: made on the command line, opened in the window, printed from.

use std::path::Path;
use std::process::{Command, Output};

use belfort::i18n::Language;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::window::harness::{app, click, fill, names, parks, settle, window};

fn belfort(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfort"));
    // Where packs are unpacked.
    command.env("HOME", home).env("XDG_CACHE_HOME", home).args(arguments);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn a_pack_prints_the_same_page_on_another_path() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = root.join("sample-data/gent.belfort.json").to_string_lossy().into_owned();
    let pack = at("gent.zip");
    let told = belfort(folder.path(), &["pack", &sample, "--out", &pack, "--json", "--lang", "nl"]);
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    // Ten layers, one of them a shapefile with five files beside it.
    assert_eq!(told["files"], 15, "{told}");
    assert_eq!(told["problems"], serde_json::json!([]));
    // Unpacked by hand, its project opens as well.
    let by_hand = folder.path().join("by hand");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&pack).unwrap()).unwrap();
    zip.extract(&by_hand).unwrap();
    let project = by_hand.join("gent.belfort.json").to_string_lossy().into_owned();
    let print = |from: &str, to: &str| {
        let how = ["--offline", "--paper", "a4", "--lang", "nl"];
        belfort(folder.path(), &[&["print", from, "--out", to], how.as_slice()].concat());
        std::fs::read(to).unwrap()
    };
    let original = print(&sample, &at("1.svg"));
    assert!(original.len() > 10_000);
    assert!(original == print(&pack, &at("2.svg")), "from the pack");
    assert!(original == print(&project, &at("3.svg")), "unpacked by hand");

    // What is in it is told without unpacking: as of the project, as members of the pack.
    let info = |path: &str| {
        let told = belfort(folder.path(), &["info", "--json", path]);
        serde_json::from_slice::<serde_json::Value>(&told.stdout).unwrap()
    };
    let (of_pack, of_project) = (info(&pack), info(&project));
    let layers = |document: &serde_json::Value, key: &str| -> Vec<serde_json::Value> {
        let layers = document["layers"].as_array().unwrap();
        layers.iter().map(|layer| layer[key].clone()).collect()
    };
    assert!(layers(&of_pack, "name").len() > 5);
    for key in ["name", "features", "extent_wgs84", "fields"] {
        assert_eq!(layers(&of_pack, key), layers(&of_project, key), "{key}");
    }
    assert_eq!(of_pack["projects"][0]["title"], of_project["projects"][0]["title"]);
    let told = of_pack["projects"][0]["path"].as_str().unwrap();
    assert!(told.starts_with(&pack) && told.ends_with(".belfort.json"), "{told}");
    let source = layers(&of_pack, "path");
    assert!(source.iter().all(|path| path.as_str().unwrap().starts_with(&pack)), "{source:?}");
}

#[test]
fn a_project_is_packed_in_the_window_and_opens_as_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    click(&mut harness, "Laag ‘parkings’ verbergen");
    harness.get_by_label("Bestand").click();
    harness.run_ok();
    click(&mut harness, "Inpakken…");
    let pack = folder.path().join("kaart.zip");
    fill(&mut harness, "Pad van het bestand", &pack.to_string_lossy());
    click(&mut harness, "Opslaan");
    assert!(harness.query_by_label_contains("Ingepakt in").is_some());
    drop(harness);
    std::fs::remove_file(folder.path().join("parkings.geojson")).unwrap();

    let mut again = window(Language::Dutch, vec![pack]);
    assert_eq!(names(&again), ["parkings"]);
    assert!(!app(&again).document().layers[0].visible);
    again.get_by_label("3 punten");
    assert!(again.query_by_label_contains("Dit is een pakket").is_some());
    // It is nobody's file: saving asks where.
    again.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut again);
    again.get_by_label("Project opslaan");
}

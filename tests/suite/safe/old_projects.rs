//! Projects of every version so far, newer ones, and damaged ones.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use belfort::project::{
    Document, FORMAT_VERSION, PlaceOf, open_project, read_project, save_over, save_project,
};
use belfort::query::Relation;
use belfort::style::{By, Heads};
use serde_json::{Value, json};

use crate::window::harness::{app, names, window};

fn old(version: u32) -> PathBuf {
    let projects = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects");
    projects.join(format!("v{version}.belfort.json"))
}

#[test]
fn every_version_opens_whole_and_means_what_it_meant() {
    for version in 1..FORMAT_VERSION {
        let opened = read_project(&old(version)).unwrap();
        assert!(opened.problems.is_empty(), "{version}: {:?}", opened.problems);
        assert!(!opened.is_guarded());
        assert_eq!(opened.version, version);
        let named = |name: &str| {
            let layers = &opened.document.layers;
            layers.iter().find(|layer| layer.name == name).unwrap().clone()
        };
        assert_eq!(opened.document.title, "Gent, voorbeeldkaart");
        assert!(Path::new(&named("Wijken").source.path).is_file(), "{version}");
        let parkings = named("Parkings");
        match version {
            1 => {
                let place = &parkings.filter.places[0];
                let binnenstad = "wijk = 'Binnenstad'".to_owned();
                let of = PlaceOf::Where { layer: named("Wijken").id, sql: binnenstad };
                assert_eq!((place.relation, &place.of), (Relation::Intersects, &of));
            }
            2 => {
                assert_eq!(parkings.filter.places.len(), 3);
                assert_eq!(parkings.filter.places[1].relation, Relation::Near { metres: 500.0 });
            }
            3 => {
                assert!(opened.document.basemap_look.grey);
                assert_eq!(opened.document.group_of(&parkings).unwrap().name, "Mobiliteit");
            }
            4 => assert_eq!(named("Wijken").joins[0].by.columns[0].name, "inwoners"),
            5 => assert_eq!(opened.document.backdrops[0].crs.as_deref(), Some("EPSG:31370")),
            6 => assert_eq!(named("Bevolking").source.fields.len(), 2),
            7 => {
                let wijken = named("Wijken");
                assert_eq!(wijken.style.unwrap().by.field(), Some("bomen"));
                assert_eq!(wijken.by_place[0].names(), ["fietsen"]);
                assert_eq!(parkings.style.unwrap().labels.unwrap().what, "naam");
            }
            8 => {
                assert!(named("Deelfietsen").style.unwrap().together.hides_all());
                assert_eq!(opened.document.sheets[0].scale, Some(25_000));
            }
            9 => {
                assert_eq!(opened.document.about.author, "Stadsatlas");
                assert_eq!(opened.document.sheets[1].points[0].text, "Belfort");
                assert_eq!(opened.document.bookmarks[0].name, "Korenmarkt");
                assert!(opened.document.notes.is_empty());
            }
            11 => {
                let by = named("Wijken").style.unwrap().by;
                let By::Crossed(crossed) = by else { panic!("{by:?}") };
                assert_eq!((crossed.across.count, crossed.up.of.field.as_str()), (3, "bomen"));
            }
            _ => {
                assert_eq!(opened.document.notes[0].notes.iter().count(), 1);
                assert_eq!(named("Wijken").style.unwrap().symbol.heads, Heads::End);
                assert!(named("Bevolking").place_names.is_some());
                assert_eq!(opened.document.basemaps[0].name, "Luchtfoto");
            }
        }
        // Saved now and opened again it is the same.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaart.belfort.json");
        save_project(&opened.document, &path).unwrap();
        let again = read_project(&path).unwrap();
        assert_eq!(again.version, FORMAT_VERSION);
        assert_eq!(with_plain_paths(again.document), with_plain_paths(opened.document));
    }
}

/// Paths are kept from the project's folder, and may go through it when they are read: one file has
/// many.
fn with_plain_paths(mut document: Document) -> Document {
    let plain = |path: &mut String| {
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            let goes_back = part == ".." && parts.last().is_some_and(|last| *last != "..");
            if goes_back {
                parts.pop();
            } else {
                parts.push(part);
            }
        }
        *path = parts.join("/");
    };
    document.layers.iter_mut().for_each(|layer| plain(&mut layer.source.path));
    document.backdrops.iter_mut().for_each(|backdrop| plain(&mut backdrop.path));
    document
}

#[test]
fn every_version_opens_in_the_window() {
    for version in 1..FORMAT_VERSION {
        let harness = window(Language::Dutch, vec![old(version)]);
        assert_eq!(names(&harness)[..4], ["Parkings", "Deelfietsen", "Wijken", "Bevolking"]);
        assert_eq!(app(&harness).document().title, "Gent, voorbeeldkaart", "{version}");
    }
}

#[test]
fn unknown_members_survive_a_save() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    let text = json!({
        "belfort": 8, "hologram": {"depth": 3},
        "groups": [{"id": 1, "name": "g", "mood": "calm"}],
        "backdrops": [{"id": 1, "name": "b", "path": "b.tif", "sharpen": 2}],
        "sheets": [{"fold": "z"}],
        "layers": [{"id": 1, "name": "a", "group": 1, "shadow": true,
            "source": {"path": "a.csv", "password": null},
            "style": {"fill": "#ff0000", "glow": [1, 2]}}],
    });
    std::fs::write(&path, text.to_string()).unwrap();
    let document = open_project(&path).unwrap();
    save_project(&document, &path).unwrap();
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    for pointer in [
        "/hologram",
        "/groups/0/mood",
        "/backdrops/0/sharpen",
        "/sheets/0/fold",
        "/layers/0/shadow",
        "/layers/0/source/password",
        "/layers/0/style/glow",
    ] {
        assert_eq!(written.pointer(pointer), text.pointer(pointer), "{pointer}");
    }
    assert_eq!(open_project(&path).unwrap(), document);
    // Changes elsewhere leave them, and so does undo.
    assert_eq!(written["layers"][0]["style"]["fill"], "#ff0000");
}

#[test]
fn of_a_newer_project_what_is_known_is_read_and_it_is_guarded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    let text = json!({
        "belfort": FORMAT_VERSION + 1, "title": "Morgen", "basemapLook": "as dreamt",
        "layers": [
            {"id": 1, "name": "a", "source": {"path": "a.csv"}, "style": {"by": {"kind": "mood"}}},
            {"id": 2, "name": "b", "source": 7},
        ],
    });
    std::fs::write(&path, text.to_string()).unwrap();
    let opened = read_project(&path).unwrap();
    assert!(opened.is_guarded());
    assert_eq!(opened.document.title, "Morgen");
    assert_eq!(opened.document.layers.len(), 1);
    assert_eq!(opened.document.layers[0].style, None);
    let told: Vec<String> = opened.problems.iter().map(|it| it.text(Language::English)).collect();
    let told = told.join("\n");
    for part in ["a newer Belfort", "“a”", "style", "Layer “b”", "basemapLook"] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn of_a_project_cut_anywhere_the_layers_before_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    let whole = std::fs::read_to_string(old(8)).unwrap();
    let all = open_project(&old(8)).unwrap();
    let mut most = 0;
    for cut in (30..whole.len() - 3).step_by(37) {
        let Some(text) = whole.get(..cut) else { continue };
        std::fs::write(&path, text).unwrap();
        let opened = read_project(&path).unwrap();
        assert!(opened.is_guarded(), "{cut}");
        assert_eq!(opened.problems.count("problem-project-cut"), 1, "{cut}");
        let layers = &opened.document.layers;
        // Whole layers are whole; the one that was cut may lack parts.
        for (layer, before) in layers.iter().rev().skip(1).rev().zip(&all.layers) {
            assert_eq!((&layer.name, &layer.style), (&before.name, &before.style), "{cut}");
        }
        assert!(layers.len() >= most, "{cut}");
        most = most.max(layers.len());
    }
    assert_eq!(most, all.layers.len());
}

#[test]
fn bytes_changed_by_chance_never_bring_the_reader_down() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    let whole = std::fs::read(old(7)).unwrap();
    let mut chance = super::edits::Chance::of(7);
    let mut read = 0;
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..=chance.below(4) {
            let at = usize::try_from(chance.below(bytes.len() as u64)).unwrap();
            bytes[at] = u8::try_from(chance.below(256)).unwrap();
        }
        std::fs::write(&path, &bytes).unwrap();
        read += u32::from(read_project(&path).is_ok());
    }
    assert!(read > 300, "{read}");
}

#[test]
fn a_save_keeps_the_version_before_and_notices_another_hand() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    let backup = folder.path().join("kaart.backup.belfort.json");
    let mut document = open_project(&old(8)).unwrap();
    let first = save_over(&document, &[], &path, None).unwrap();
    assert!(!backup.exists());
    document.title = "twee".to_owned();
    let second = save_over(&document, &[], &path, Some(&first.stamp)).unwrap();
    assert_eq!(open_project(&backup).unwrap().title, "Gent, voorbeeldkaart");
    // The same again: no backup of what is there anyway.
    save_over(&document, &[], &path, Some(&second.stamp)).unwrap();
    assert_eq!(open_project(&backup).unwrap().title, "Gent, voorbeeldkaart");
    // A touched file is the same file.
    let text = std::fs::read(&path).unwrap();
    std::fs::write(&path, &text).unwrap();
    document.title = "drie".to_owned();
    let third = save_over(&document, &[], &path, Some(&second.stamp)).unwrap();
    // Another hand.
    std::fs::write(&path, String::from_utf8(text).unwrap().replace("twee", "anders")).unwrap();
    let other = std::fs::read(&path).unwrap();
    document.title = "vier".to_owned();
    assert!(save_over(&document, &[], &path, Some(&third.stamp)).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), other);
    save_over(&document, &[], &path, None).unwrap();
    assert_eq!(std::fs::read(&backup).unwrap(), other);
    assert_eq!(open_project(&path).unwrap().title, "vier");
}

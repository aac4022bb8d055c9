//! Looking before believing: what may be read wrongly is asked where the layer stands, shown in
//! every reading, and put right with a click or two; the choice is remembered for the file.

use std::path::{Path, PathBuf};

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::table::Extent;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, settle, window, window_with, write};
use super::keyboard::{focused, press};
use crate::support::shared_data;

/// A table in windows-1252 whose .cpg says UTF-8. Written byte by byte as in the dBASE III
/// specification: header, one field, records.
fn mislabelled(folder: &Path) -> PathBuf {
    let names = [&b"Br\xfbl\xe9"[..], b"Li\xe8ge", b"Sint-\xc9loi", b"Gent"];
    let mut bytes = vec![3, 126, 1, 1];
    bytes.extend(u32::try_from(names.len()).unwrap().to_le_bytes());
    bytes.extend(65_u16.to_le_bytes());
    bytes.extend(13_u16.to_le_bytes());
    bytes.resize(32, 0);
    bytes.extend(b"NAAM\0\0\0\0\0\0\0C\0\0\0\0\x0c\0");
    bytes.resize(64, 0);
    bytes.push(0x0d);
    for name in names {
        bytes.push(b' ');
        bytes.extend(name);
        bytes.extend(std::iter::repeat_n(b' ', 12 - name.len()));
    }
    let path = folder.join("haltes.dbf");
    std::fs::write(&path, bytes).unwrap();
    write(folder, "haltes.cpg", "UTF-8");
    path
}

/// Points in Ghent under a `crs` member that says WGS 84, as `position` writes them.
fn misplaced(folder: &Path, position: impl Fn(f64, f64) -> [f64; 2]) -> PathBuf {
    let features = [(3.725, 51.054), (3.721, 51.057), (3.730, 51.048)].map(|(lon, lat)| {
        let [x, y] = position(lon, lat);
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}"#
        )
    });
    let crs = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#;
    let text = format!(
        r#"{{"type":"FeatureCollection","crs":{crs},"features":[{}]}}"#,
        features.join(",")
    );
    write(folder, "palen.geojson", &text)
}

/// What the attribute table shows of the first rows.
fn open_table(harness: &mut Window) {
    press(harness, Modifiers::COMMAND, Key::T);
}

fn choose_radio(harness: &mut Window, name: &str) {
    harness.get_by_role_and_label(Role::RadioButton, name).click();
    settle(harness);
}

fn source(harness: &Window) -> belfort::project::LayerSource {
    app(harness).document().layers[0].source.clone()
}

/// Whether the map shows Ghent, and not half the world.
fn shows_ghent(harness: &Window) {
    let view = app(harness).document().view.unwrap();
    let ghent = Extent { min_x: 3.6, min_y: 51.0, max_x: 3.8, max_y: 51.1 };
    assert!(ghent.contains([view.lon, view.lat]) && view.zoom > 9.0, "{view:?}");
}

#[test]
fn a_wrong_cpg_is_asked_about_shown_in_both_readings_and_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![mislabelled(folder.path())]);
    harness.get_by_label("De tekens van deze laag kunnen op twee manieren gelezen worden");
    harness.get_by_label("windows-1252 (geraden)");
    // The most telling value, in the reading used and in the other one.
    harness.get_by_label("Brûlé");
    harness.get_by_label("Br?l?");
    click(&mut harness, "Vergelijken…");
    harness.get_by_label("volgens het .cpg-bestand");
    harness.get_by_label("volgens de letters die de bytes vormen");
    harness.get_by_label("sommige waarden passen hier niet bij");
    harness.get_by_label("Sint-Éloi");
    harness.get_by_label("Li?ge");
    choose_radio(&mut harness, "UTF-8");
    click(&mut harness, "Lezen als UTF-8");
    assert_eq!(source(&harness).encoding.as_deref(), Some("UTF-8"));
    assert!(harness.query_by_label("Vergelijken…").is_none(), "the person has spoken");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(source(&harness).encoding, None);
    open_table(&mut harness);
    harness.get_by_label("Liège");
    harness.get_by_label("Vergelijken…");
}

#[test]
fn any_other_encoding_is_tried_on_the_telling_values_before_it_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plaatsen.csv");
    // Code page 850: è is 0x8A, û 0x96, é 0x82.
    std::fs::write(&path, b"naam,x\nLi\x8age,1\nBr\x96l\x82,2\n\x82\x82n,3\n").unwrap();
    let mut harness = window(Language::English, vec![path]);
    // The letters told already; nothing else speaks, so that nothing is asked.
    harness.get_by_label("IBM850 (guessed)");
    assert!(harness.query_by_label("Compare…").is_none());
    click(&mut harness, "Layer");
    click(&mut harness, "Characters…");
    harness.get_by_role_and_label(Role::ComboBox, "Another encoding").click();
    settle(&mut harness);
    click(&mut harness, "macintosh (old Mac)");
    // Python: b"Br\x96l\x82".decode("mac_roman") is "BrñlÇ".
    harness.get_by_label("BrñlÇ");
    click(&mut harness, "Read as macintosh (old Mac)");
    assert_eq!(source(&harness).encoding.as_deref(), Some("macintosh"));
    harness.get_by_label("macintosh");
    // The way back is in the same place.
    click(&mut harness, "macintosh");
    click(&mut harness, "As Belfort found it");
    assert_eq!(source(&harness).encoding, None);
    harness.get_by_label("IBM850 (guessed)");
}

#[test]
fn what_is_well_as_it_is_is_left_with_one_click() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![mislabelled(folder.path())]);
    click(&mut harness, "Zo laten: het is goed gelezen");
    assert_eq!(source(&harness).encoding.as_deref(), Some("windows-1252"));
    assert!(harness.query_by_label("Vergelijken…").is_none());
    open_table(&mut harness);
    harness.get_by_label("Liège");
}

#[test]
fn a_text_encoded_twice_is_repaired() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "steden.csv", "naam,x\nBrÃ¼gge,1\nGent,2\nLiÃ¨ge,3\n");
    let mut harness = window(Language::Dutch, vec![path]);
    harness.get_by_label("De tekens van deze laag kunnen op twee manieren gelezen worden");
    click(&mut harness, "Vergelijken…");
    choose_radio(&mut harness, "UTF-8, twee keer gecodeerd");
    click(&mut harness, "Lezen als UTF-8, twee keer gecodeerd");
    open_table(&mut harness);
    for name in ["Brügge", "Gent", "Liège"] {
        harness.get_by_label(name);
    }
}

#[test]
fn a_choice_is_remembered_for_the_file_and_forgotten_when_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = mislabelled(folder.path());
    let settings =
        Settings { language: Some(Language::Dutch), work_offline: true, ..Settings::default() };
    let cache = folder.path().join("cache");
    let mut first = window_with(settings.clone(), cache.clone(), vec![path.clone()]);
    click(&mut first, "Vergelijken…");
    choose_radio(&mut first, "UTF-8");
    click(&mut first, "Lezen als UTF-8");
    let kept = app(&first).settings().readings.clone();
    assert_eq!(kept.len(), 1);
    // In another map, with the settings of before.
    let again = Settings { readings: kept, ..settings };
    let mut second = window_with(again.clone(), cache.clone(), vec![path.clone()]);
    assert_eq!(source(&second).encoding.as_deref(), Some("UTF-8"));
    second.get_by_label("‘haltes’ is gelezen zoals je eerder koos: UTF-8");
    assert!(second.query_by_label("Vergelijken…").is_none());
    click(&mut second, "UTF-8");
    click(&mut second, "Zoals Belfort het vond");
    assert!(app(&second).settings().readings.is_empty());
    second.get_by_label("windows-1252 (geraden)");
    // Or all are forgotten at once.
    let mut third = window_with(again, cache, Vec::new());
    press(&mut third, Modifiers::COMMAND, Key::Comma);
    click(&mut third, "Achtergrondkaart en geheugen");
    third.get_by_label("voor 1 laag");
    click(&mut third, "Vergeten");
    assert!(app(&third).settings().readings.is_empty());
}

#[test]
fn exchanged_axes_are_put_right_with_one_click() {
    let folder = tempfile::tempdir().unwrap();
    let path = misplaced(folder.path(), |lon, lat| [lat, lon]);
    let mut harness = window(Language::Dutch, vec![path]);
    let asked =
        "Deze laag ligt niet in België, maar gelezen als WGS 84, breedte eerst wel: bij Gent";
    harness.get_by_label(asked);
    let seen = "Gelezen als WGS 84, breedte eerst: bij Gent";
    harness.get_by_role_and_label(Role::Image, seen);
    click(&mut harness, "Lezen als WGS 84, breedte eerst");
    assert_eq!(
        (source(&harness).crs.as_deref(), source(&harness).swapped),
        (Some("EPSG:4326"), true)
    );
    shows_ghent(&harness);
    assert!(harness.query_by_label(asked).is_none());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!((source(&harness).crs, source(&harness).swapped), (None, false));
    harness.get_by_label(asked);
}

/// By keyboard alone, through the window that shows every reading.
#[test]
fn lambert_numbers_called_wgs84_are_put_right_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    // cs2cs of PROJ 9.1.1: 3.72476 E, 51.05366 N is 104846.34, 193918.05 in EPSG:31370.
    let path = misplaced(folder.path(), |lon, lat| {
        [104_846.34 + (lon - 3.724_76) * 70_000.0, 193_918.05 + (lat - 51.053_66) * 111_000.0]
    });
    let mut harness = window(Language::English, vec![path]);
    harness.get_by_label("This layer is not in Belgium, but read as Lambert 72 it is: near Ghent");
    harness.get_by_label("Compare…").focus();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    for seen in [
        "Read as Lambert 2008: about 720 km from Brussels",
        "Read as WGS 84: nowhere on Earth",
        "Read as Web Mercator: about 5,500 km from Brussels",
    ] {
        harness.get_by_role_and_label(Role::Image, seen);
    }
    let wanted = harness.get_by_role_and_label(Role::RadioButton, "Lambert 72");
    wanted.focus();
    settle(&mut harness);
    assert_eq!(focused(&harness).as_deref(), Some("Lambert 72"));
    press(&mut harness, Modifiers::NONE, Key::Space);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(source(&harness).crs.as_deref(), Some("EPSG:31370"));
    shows_ghent(&harness);
}

#[test]
fn what_lies_where_it_belongs_is_not_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let here = misplaced(folder.path(), |lon, lat| [lon, lat]);
    let far = folder.path().join("ver");
    std::fs::create_dir(&far).unwrap();
    let elsewhere = misplaced(&far, |lon, lat| [lon - 77.0, lat - 10.0]);
    let mut harness = window(Language::Dutch, vec![here, elsewhere]);
    assert!(harness.query_by_label_contains("ligt niet in België").is_none());
    // The command in the find window is not possible either.
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_role(Role::TextInput).type_text("Lezen zoals voorgesteld");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(app(&harness).document().layers.iter().all(|layer| layer.source.crs.is_none()));
}

#[test]
fn real_files_are_asked_about_only_where_there_is_something_to_ask() {
    // Chinese with a right .cpg and a header of an American program; Latin-1 without anything; a
    // Belgian table in windows-1252; municipalities in Lambert 72 that do not say so.
    for (name, fact) in [
        ("odd/shp/file_cp936.shp", "GBK"),
        ("odd/shp/latin1-property.shp", "windows-1252 (geraden)"),
        ("real/gemeenten/REFNIS_2019.csv", "windows-1252 (geraden)"),
        ("odd/dbf-cpg/big5.dbf", "Big5"),
        ("odd/dbf/big5.dbf", "Big5 (geraden)"),
        ("real/gemeenten/be-municip-lamberts.geo.json", "Lambert 72 (geraden)"),
    ] {
        let Some(path) = shared_data(name) else { return };
        let harness = window(Language::Dutch, vec![path]);
        harness.get_by_label(fact);
        assert!(harness.query_by_label("Vergelijken…").is_none(), "{name}");
    }
}

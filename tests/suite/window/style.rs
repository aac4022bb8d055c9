//! How a layer looks, changed in the panel: by value, by number, by rule; and the legend on the map.

use std::path::{Path, PathBuf};

use belfort::i18n::Language;
use belfort::project::{open_project, save_project};
use belfort::style::{By, CategoryValue, Dash, Hatch, Style};
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT, Queryable};

use super::harness::{Window, app, click, drag, fill, parks, settle, window, write};

/// Six areas with a number, of which one has none, and a kind.
fn wards(folder: &Path) -> PathBuf {
    let ward = |at: u32, count: Option<u32>, kind: &str| {
        let west = 3.70 + f64::from(at) * 0.01;
        let east = west + 0.01;
        let count = count.map_or("null".to_owned(), |count| count.to_string());
        format!(
            r#"{{"type":"Feature","properties":{{"wijk":"W{at}","inwoners":{count},"soort":"{kind}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},51.04],[{east},51.04],[{east},51.05],[{west},51.05],[{west},51.04]]]}}}}"#
        )
    };
    let features = [
        ward(0, Some(10), "rand"),
        ward(1, Some(20), "rand"),
        ward(2, Some(30), "kern"),
        ward(3, Some(40), "rand"),
        ward(4, Some(1000), "kern"),
        ward(5, None, "haven"),
    ];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    write(folder, "wijken.geojson", &text)
}

fn style(harness: &Window) -> Style {
    app(harness).document().layers[0].style.clone().expect("a style was chosen")
}

fn open_panel(harness: &mut Window, name: &str) {
    click(harness, &format!("Stijl van ‘{name}’"));
}

/// Clicks what may lie out of sight.
fn click_below(harness: &mut Window, label: &str) {
    harness.get_by_label(label).scroll_to_me();
    settle(harness);
    click(harness, label);
}

/// The labels of the classes, as their fields are called.
fn classes(harness: &Window) -> Vec<String> {
    let named = |text: &str| {
        let rest = text.strip_prefix("Naam van ‘")?;
        Some(rest.strip_suffix("’ in de legende")?.to_owned())
    };
    let all = harness.query_all_by_label_contains("in de legende");
    all.filter_map(|node| named(&node.accesskit_node().label()?)).collect()
}

#[test]
fn a_number_makes_classes_that_are_told_in_the_legend() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![wards(folder.path())]);
    open_panel(&mut harness, "wijken");
    click(&mut harness, "Getal");
    let By::Number(by) = style(&harness).by else { panic!("by a number") };
    assert_eq!(by.of.field, "inwoners");
    // Filled so that the colours can be compared.
    assert!(style(&harness).symbol.fill.a > 200);
    // Natural breaks of five numbers in five classes: one each; the sixth ward has no data.
    let names = ["10", "11 – 20", "21 – 30", "31 – 40", "41 – 1000", "Geen gegevens"];
    assert_eq!(classes(&harness), names);
    // The legend stands on the map by itself, with the same names.
    harness.get_by_label("Legende inklappen");
    for name in names {
        assert!(harness.query_all_by_label(name).count() >= 1, "{name}");
    }
    // Hiding a class is one step of undo.
    click(&mut harness, "‘41 – 1000’ verbergen");
    let By::Number(by) = style(&harness).by else { panic!("by a number") };
    assert!(by.changes[4].hidden && !by.changes[3].hidden);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    let By::Number(by) = style(&harness).by else { panic!("by a number") };
    assert!(by.changes.is_empty());
    // Back to one symbol: as it was before.
    click(&mut harness, "Eén stijl");
    assert_eq!(style(&harness).by, By::Nothing);
    assert!(style(&harness).symbol.fill.a < 100, "not filled any more");
    assert!(harness.query_by_label("Legende inklappen").is_none());
}

#[test]
fn classes_follow_the_filter_unless_they_are_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![wards(folder.path())]);
    open_panel(&mut harness, "wijken");
    click(&mut harness, "Getal");
    click_below(&mut harness, "Grenzen vastzetten");
    let By::Number(by) = style(&harness).by else { panic!("by a number") };
    assert_eq!(by.breaks.as_deref(), Some(&[10.0, 20.0, 30.0, 40.0, 1000.0][..]));
    // A break that is typed.
    harness.get_by_label("Bovengrens van ‘11 – 20’").scroll_to_me();
    settle(&mut harness);
    fill(&mut harness, "Bovengrens van ‘11 – 20’", "25");
    harness.key_press(Key::Enter);
    settle(&mut harness);
    let By::Number(by) = style(&harness).by else { panic!("by a number") };
    assert_eq!(by.breaks.as_deref(), Some(&[10.0, 25.0, 30.0, 40.0, 1000.0][..]));
    assert_eq!(classes(&harness)[1], "11 – 25");
    click_below(&mut harness, "Opnieuw berekenen");
    let By::Number(by) = style(&harness).by else { panic!("by a number") };
    assert_eq!(by.breaks, None);
}

#[test]
fn a_break_is_dragged_on_the_histogram() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![wards(folder.path())]);
    open_panel(&mut harness, "wijken");
    click(&mut harness, "Getal");
    let place = harness.get_by_label("Grens 4: sleep om ze te verplaatsen").rect().center();
    let to = Pos2::new(place.x + 120.0, place.y);
    let path: Vec<Pos2> = (0..=6).map(|step| place.lerp(to, step as f32 / 6.0)).collect();
    drag(&mut harness, &path, Modifiers::NONE);
    let By::Number(by) = style(&harness).by else { panic!("by a number") };
    let breaks = by.breaks.expect("set by hand");
    assert!(breaks[3] > 100.0 && breaks[3] < 1000.0, "{breaks:?}");
    assert_eq!((breaks[0], breaks[4]), (10.0, 1000.0));
    // The whole drag is one step.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    let By::Number(by) = style(&harness).by else { panic!("by a number") };
    assert_eq!(by.breaks, None);
}

/// Nine areas with two numbers, one for each pair of low, middle and high; one lacks a number.
fn sectors(folder: &Path) -> PathBuf {
    let sector = |at: u32| {
        let (x, y) = (at % 3, at / 3);
        let west = 3.70 + f64::from(x) * 0.01;
        let south = 51.04 + f64::from(y) * 0.01;
        let (east, north) = (west + 0.01, south + 0.01);
        let trees = if at == 9 { "null".to_owned() } else { (10 + y * 10).to_string() };
        format!(
            r#"{{"type":"Feature","properties":{{"inwoners":{},"bomen":{trees}}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#,
            100 + x * 100
        )
    };
    let features: Vec<String> = (0..10).map(sector).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    write(folder, "sectoren.geojson", &text)
}

#[test]
fn two_numbers_are_crossed_and_told_by_a_square() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![sectors(folder.path())]);
    open_panel(&mut harness, "sectoren");
    click(&mut harness, "Twee getallen");
    let crossed = |harness: &Window| {
        let By::Crossed(by) = style(harness).by else { panic!("by two numbers") };
        by
    };
    let by = crossed(&harness);
    assert_eq!((by.across.of.field.as_str(), by.up.of.field.as_str()), ("inwoners", "bomen"));
    assert!(style(&harness).symbol.fill.a > 200, "filled so that the colours can be compared");
    // The square stands on the map at once: each class has its name in words, and a row.
    for across in ["laag", "gemiddeld", "hoog"] {
        for up in ["laag", "gemiddeld", "hoog"] {
            harness.get_by_label(&format!("inwoners {across}, bomen {up}"));
        }
    }
    assert!(harness.query_all_by_label("Geen gegevens").count() >= 1);
    harness.get_by_label("10 · 16 · 23 · 30");
    // Other colours, turned.
    click(&mut harness, "Kleuren van de twee getallen: BuPu");
    click(&mut harness, "Kleuren van de twee getallen wisselen");
    let by = crossed(&harness);
    assert_eq!((by.ramp.id.as_str(), by.ramp.reversed), ("BuPu", true));
    // Classes are named, and hidden in one step.
    click_below(&mut harness, "Namen en kleuren van de klassen");
    let name = "Naam van ‘inwoners hoog, bomen laag’ in de legende";
    harness.get_by_label(name).scroll_to_me();
    settle(&mut harness);
    fill(&mut harness, name, "Druk en kaal");
    harness.get_by_label("‘Druk en kaal’ verbergen");
    assert!(harness.query_all_by_label("Druk en kaal").count() >= 2, "in the square and below it");
    click_below(&mut harness, "‘inwoners laag, bomen laag’ verbergen");
    assert!(crossed(&harness).change(0, 0).unwrap().hidden);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(crossed(&harness).change(0, 0).is_none_or(|change| !change.hidden));
    // Breaks that are kept.
    click_below(&mut harness, "Klassen van ‘bomen’");
    click_below(&mut harness, "Grenzen vastzetten");
    let breaks = crossed(&harness).up.breaks.expect("kept");
    assert_eq!(breaks.iter().map(|at| at.floor()).collect::<Vec<_>>(), [16.0, 23.0, 30.0]);
    // The project keeps it all.
    let path = folder.path().join("kaart.belfort.json");
    save_project(app(&harness).document(), &path).unwrap();
    let read = open_project(&path).unwrap();
    assert_eq!(read.layers[0].style.as_ref(), Some(&style(&harness)));
    // Back to one symbol.
    click_below(&mut harness, "Eén stijl");
    assert_eq!(style(&harness).by, By::Nothing);
}

#[test]
fn values_are_counted_renamed_and_put_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![wards(folder.path())]);
    open_panel(&mut harness, "wijken");
    click(&mut harness, "Waarde");
    let By::Value(by) = style(&harness).by else { panic!("by value") };
    assert_eq!((by.field.as_str(), by.listed.len()), ("soort", 0), "the most frequent first");
    assert_eq!(classes(&harness), ["rand", "kern", "haven"]);
    fill(&mut harness, "Naam van ‘kern’ in de legende", "Binnenstad");
    let By::Value(by) = style(&harness).by else { panic!("by value") };
    assert_eq!(by.listed[1].change.label.as_deref(), Some("Binnenstad"));
    assert_eq!(classes(&harness), ["rand", "Binnenstad", "haven"]);
    // With the keys, and with their colours.
    harness.get_by_label("‘haven’ verplaatsen: slepen, of Alt met een pijl").focus();
    harness.step();
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    settle(&mut harness);
    assert_eq!(classes(&harness), ["rand", "haven", "Binnenstad"]);
    let By::Value(by) = style(&harness).by else { panic!("by value") };
    assert_eq!(by.listed[1].value, CategoryValue::Text("haven".to_owned()));
    let third = belfort::style::ramp::ramp_by_id("Dark2").unwrap().colors(3, false)[2];
    assert_eq!(by.listed[1].change.color, Some(third));
}

#[test]
fn rules_count_what_they_hold_and_say_what_is_wrong_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![parks(folder.path())]);
    open_panel(&mut harness, "parkings");
    click(&mut harness, "Regels");
    fill(&mut harness, "Voorwaarde van regel 1", "plaatsen > 400");
    click(&mut harness, "Regel toevoegen");
    fill(&mut harness, "Voorwaarde van regel 2", "plaatsen > 600");
    fill(&mut harness, "Naam van regel 2 in de legende", "Groot");
    // Both car parks above 400 meet the first.
    assert!(harness.query_all_by_label("2").count() >= 1);
    click(&mut harness, "Regel 2 omhoog");
    let By::Rules(by) = style(&harness).by else { panic!("by rules") };
    assert_eq!(by.rules[0].label, "Groot");
    fill(&mut harness, "Voorwaarde van regel 1", "plaats > 1");
    harness.get_by_label_contains("Regel 1:");
}

#[test]
fn details_of_a_symbol_are_kept_in_the_project() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![wards(folder.path())]);
    open_panel(&mut harness, "wijken");
    click(&mut harness, "Gearceerd");
    assert_eq!(style(&harness).symbol.hatch, Hatch::Rising);
    click(&mut harness, "Raster");
    click(&mut harness, "Spits");
    let chosen = style(&harness);
    assert_eq!(chosen.symbol.hatch, Hatch::Grid);
    let path = folder.path().join("kaart.belfort.json");
    save_project(app(&harness).document(), &path).unwrap();
    let read = open_project(&path).unwrap();
    assert_eq!(read.layers[0].style.as_ref(), Some(&chosen));
    click(&mut harness, "Grenslijn");
    assert_eq!(style(&harness).symbol.dash, Dash::DashDot);
}

#[test]
fn a_style_is_copied_to_another_layer() {
    let folder = tempfile::tempdir().unwrap();
    let paths = vec![wards(folder.path()), parks(folder.path())];
    let mut harness = window(Language::Dutch, paths);
    let names = super::harness::names(&harness);
    open_panel(&mut harness, &names[0]);
    click(&mut harness, "Stijl: meer");
    click(&mut harness, "Stijl kopiëren");
    open_panel(&mut harness, &names[1]);
    click(&mut harness, "Stijl: meer");
    click(&mut harness, "Stijl plakken");
    let styles: Vec<_> = app(&harness).document().layers.iter().map(|l| l.style.clone()).collect();
    assert!(styles[1].is_some() && styles[0].is_none());
}

#[test]
fn the_legend_is_named_and_put_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![wards(folder.path())]);
    open_panel(&mut harness, "wijken");
    click(&mut harness, "Getal");
    click(&mut harness, "Legende: meer");
    fill(&mut harness, "Titel van de legende", "Inwoners in 2026");
    assert_eq!(app(&harness).document().legend.title, "Inwoners in 2026");
    click(&mut harness, "Alleen klassen in beeld");
    assert!(app(&harness).document().legend.only_in_view);
    click(&mut harness, "Legende verbergen");
    assert_eq!(app(&harness).document().legend.shown, Some(false));
    assert!(harness.query_by_label("Legende inklappen").is_none());
}

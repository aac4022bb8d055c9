//! Sheets in the print window: several of them, numbers and places on the map, parts that are moved,
//! smaller paper.

use belfort::i18n::Language;
use belfort::project::{IndexBy, MovablePart, NumberOrder, Paper, Sheet};
use egui::{Event, Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, click_at, drag, fill, parks, settle, window};

fn sheets(harness: &Window) -> Vec<Sheet> {
    app(harness).document().sheets.clone()
}

fn sheet(harness: &Window) -> Sheet {
    sheets(harness).first().cloned().expect("a sheet")
}

fn printing(folder: &std::path::Path) -> Window {
    let mut harness = window(Language::Dutch, vec![parks(folder)]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut harness);
    harness
}

fn page(harness: &Window) -> egui::Rect {
    harness.get_by_label_contains("Blad: ").rect()
}

/// By keyboard: what has the focus comes into view.
fn open(harness: &mut Window, label: &str) {
    harness.get_by_label(label).focus();
    settle(harness);
    harness.key_press(Key::Space);
    settle(harness);
}

fn says(harness: &Window, words: &str) {
    assert!(harness.query_all_by_label_contains(words).count() > 0, "{words}");
}

#[test]
fn looking_at_a_sheet_changes_no_project() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path());
    assert!(sheets(&harness).is_empty());
    let path = folder.path().join("blad.pdf");
    fill(&mut harness, "Pad van het bestand", path.to_str().unwrap());
    click(&mut harness, "Opslaan");
    assert!(path.is_file() && sheets(&harness).is_empty(), "nor does printing it");
}

#[test]
fn sheets_are_added_copied_named_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path());
    fill(&mut harness, "Titel", "Kermis");
    click(&mut harness, "Blad kopiëren");
    let names = |harness: &Window| -> Vec<String> {
        sheets(harness).iter().map(|sheet| sheet.name.clone()).collect()
    };
    assert_eq!(names(&harness), ["", "Kopie van Kermis"]);
    click(&mut harness, "Blad een naam geven");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.event(Event::Text("Voor aan het raam".to_owned()));
    settle(&mut harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert_eq!(names(&harness), ["", "Voor aan het raam"]);
    click(&mut harness, "Nieuw blad");
    assert_eq!(names(&harness).len(), 3);
    // What is set is set for the sheet that is shown.
    click(&mut harness, "Liggend");
    let ways: Vec<_> = sheets(&harness).iter().map(|sheet| sheet.orientation).collect();
    assert_ne!(ways[2], ways[0]);
    click(&mut harness, "Blad verwijderen");
    assert_eq!(names(&harness).len(), 2);
    click(&mut harness, "Blad");
    click(&mut harness, "1. Kermis");
    says(&harness, "Blad: Kermis");
    // The window opens again on the sheet that was looked at last.
    click(&mut harness, "Sluiten");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut harness);
    says(&harness, "Blad: Kermis");
}

#[test]
fn points_get_numbers_in_an_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path());
    open(&mut harness, "Register");
    harness.query_all_by_label("parkings").last().unwrap().click();
    settle(&mut harness);
    open(&mut harness, "Gezocht met");
    click(&mut harness, "Nummers op de kaart");
    let by = |harness: &Window| sheet(harness).index.unwrap().by;
    assert_eq!(by(&harness), IndexBy::Numbers(NumberOrder::Name));
    open(&mut harness, "Volgorde");
    click(&mut harness, "Volgens ‘plaatsen’");
    assert_eq!(by(&harness), IndexBy::Numbers(NumberOrder::Field("plaatsen".to_owned())));
    // Another list of the same layer, which needs neither squares nor numbers.
    open(&mut harness, "Nog een lijst");
    harness.query_all_by_label("parkings").last().unwrap().click();
    settle(&mut harness);
    let more = sheet(&harness).more_lists;
    assert_eq!((more.len(), &more[0].by), (1, &IndexBy::Plain(NumberOrder::Name)));
    open(&mut harness, "Lijst");
    click(&mut harness, "Naast de kaart");
    let path = folder.path().join("blad.svg");
    fill(&mut harness, "Pad van het bestand", path.to_str().unwrap());
    click(&mut harness, "Opslaan");
    let svg = std::fs::read_to_string(&path).unwrap();
    for name in ["Reep", "Vrijdagmarkt"] {
        assert!(svg.contains(name), "{name}");
    }
}

#[test]
fn places_are_put_with_a_click_named_moved_by_keys_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path());
    open(&mut harness, "Eigen punten");
    open(&mut harness, "Punt plaatsen");
    let at = page(&harness).center() + egui::vec2(12.0, -9.0);
    click_at(&mut harness, at, Modifiers::NONE);
    assert_eq!(sheet(&harness).points.len(), 1);
    // It lies where the click was; its list will make the map smaller.
    let on_page = harness.get_by_label("Punt 1 op de kaart").rect().center();
    assert!(on_page.distance(at) < 1.5, "{on_page} {at}");
    // Its name is asked for at once.
    harness.event(Event::Text("Verzamelplaats".to_owned()));
    settle(&mut harness);
    assert_eq!(sheet(&harness).points[0].text, "Verzamelplaats");
    says(&harness, "Punt 1 op de kaart: Verzamelplaats");
    // By keyboard: in the middle of the map, then with the arrows.
    open(&mut harness, "Midden op de kaart");
    let before = sheet(&harness).points[1].place;
    harness.get_by_label("Punt 2 op de kaart").focus();
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    settle(&mut harness);
    harness.key_press(Key::ArrowUp);
    settle(&mut harness);
    let after = sheet(&harness).points[1].place;
    assert!(after[0] > before[0] && after[1] > before[1], "{before:?} {after:?}");
    // Dragged.
    let from = harness.get_by_label("Punt 1 op de kaart: Verzamelplaats").rect().center();
    let to = from + egui::vec2(30.0, 20.0);
    drag(&mut harness, &[from, from + egui::vec2(9.0, 9.0), to], Modifiers::NONE);
    let moved = harness.get_by_label("Punt 1 op de kaart: Verzamelplaats").rect().center();
    assert!(moved.distance(to) < 2.0, "{moved} {to}");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    let back = harness.get_by_label("Punt 1 op de kaart: Verzamelplaats").rect().center();
    assert!(back.distance(from) < 2.0, "one drag is one step");
    open(&mut harness, "Punt 1 verwijderen");
    assert_eq!(sheet(&harness).points.len(), 1);
}

#[test]
fn parts_are_dragged_moved_by_keys_widened_and_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path());
    let grab = |harness: &Window| harness.get_by_label("Legende op het blad").rect();
    let from = grab(&harness).center();
    let to = Pos2::new(page(&harness).center().x + 3.0, from.y + 60.0);
    drag(&mut harness, &[from, from + egui::vec2(5.0, 5.0), to], Modifiers::NONE);
    assert!(sheet(&harness).moved.contains_key(&MovablePart::Legend));
    // It snapped to the middle.
    let middle = grab(&harness).center().x;
    assert!((middle - page(&harness).center().x).abs() < 1.5, "{middle} {}", page(&harness));
    harness.get_by_label("Legende op het blad").focus();
    settle(&mut harness);
    let before = grab(&harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    settle(&mut harness);
    let per_step = grab(&harness).center().y - before.center().y;
    harness.key_press(Key::ArrowDown);
    settle(&mut harness);
    let small = grab(&harness).center().y - before.center().y - per_step;
    assert!(per_step > 0.0 && (per_step / small - 10.0).abs() < 3.0, "{per_step} {small}");
    harness.key_press(Key::Plus);
    settle(&mut harness);
    assert!(sheet(&harness).moved[&MovablePart::Legend].width.is_some());
    harness.key_press(Key::Delete);
    settle(&mut harness);
    assert!(sheet(&harness).moved.is_empty(), "it finds its place again");
    harness.get_by_label("Noordpijl op het blad").focus();
    settle(&mut harness);
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    assert_eq!(sheet(&harness).moved.len(), 1);
    harness.get_by_label("1 onderdeel verplaatst").focus();
    settle(&mut harness);
    harness.key_press(Key::Space);
    settle(&mut harness);
    harness.get_by_label("Noordpijl terugzetten").focus();
    settle(&mut harness);
    harness.key_press(Key::Space);
    settle(&mut harness);
    assert!(sheet(&harness).moved.is_empty());
}

#[test]
fn blocks_of_text_and_a_logo_stand_on_the_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let logo = folder.path().join("logo.png");
    image::RgbImage::from_pixel(60, 30, image::Rgb([200, 0, 0])).save(&logo).unwrap();
    let mut harness = printing(folder.path());
    open(&mut harness, "Tekstblokken");
    open(&mut harness, "Tekstblok toevoegen");
    assert_eq!(sheet(&harness).blocks.len(), 1);
    says(&harness, "Tekstblok 1 op het blad");
    open(&mut harness, "Logo");
    harness.get_by_label("Bestand van het logo (PNG, JPEG of SVG)").focus();
    settle(&mut harness);
    harness.event(Event::Text(logo.to_string_lossy().into_owned()));
    settle(&mut harness);
    harness.key_press(Key::Enter);
    settle(&mut harness);
    says(&harness, "Logo op het blad");
    let rect = harness.get_by_label("Logo op het blad").rect();
    assert!((rect.width() / rect.height() - 2.0).abs() < 0.2, "{rect}");
}

#[test]
fn a_sheet_goes_over_smaller_paper() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = printing(folder.path());
    click(&mut harness, "Papier");
    click(&mut harness, "A2 (420 × 594 mm)");
    click(&mut harness, "Op kleiner papier");
    click(&mut harness, "A4");
    assert_eq!(sheet(&harness).over.map(|tiles| tiles.paper), Some(Paper::A4));
    says(&harness, "8 A4-bladen (2 × 4)");
    let path = folder.path().join("affiche.pdf");
    fill(&mut harness, "Pad van het bestand", path.to_str().unwrap());
    click(&mut harness, "Opslaan");
    let file = std::fs::read(&path).unwrap();
    let pdf = crate::pdf::reader::Pdf::read(&file);
    assert_eq!(pdf.pages().len(), 9, "an overview and eight sheets");
}

/// Areas beside each other.
fn wards(folder: &std::path::Path, count: usize) -> std::path::PathBuf {
    let ward = |at: usize| {
        let (west, south) = (3.6 + at as f64 * 0.01, 51.02);
        let (east, north) = (west + 0.009, south + 0.02);
        format!(
            r#"{{"type":"Feature","properties":{{"naam":"Wijk {at}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        )
    };
    let all: Vec<String> = (0..count).map(ward).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","));
    super::harness::write(folder, "wijken.geojson", &text)
}

#[test]
fn an_atlas_that_was_cancelled_goes_on_where_it_was() {
    const WARDS: usize = 12;
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![wards(folder.path(), WARDS)]);
    let target = folder.path().join("atlas.svg");
    std::fs::write(&target, "oud").unwrap();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    settle(&mut harness);
    open(&mut harness, "Atlas");
    harness.query_all_by_label("wijken").last().unwrap().click();
    settle(&mut harness);
    fill(&mut harness, "Pad van het bestand", target.to_str().unwrap());
    let waiting = || {
        let files = std::fs::read_dir(folder.path()).unwrap().filter_map(Result::ok);
        files.filter(|file| file.file_name().to_string_lossy().ends_with(".tmp")).count()
    };
    harness.get_by_label("Vervangen").click();
    while waiting() < 3 {
        harness.step();
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    click(&mut harness, "Annuleren");
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "oud", "what was there is whole");
    let kept = waiting();
    assert!((2..=WARDS).contains(&kept), "{kept}");
    says(&harness, "bladen van de atlas staan klaar");
    let first = |harness: &Window| {
        harness.query_all_by_label_contains(&format!("{kept} bladen van de atlas")).count()
    };
    assert_eq!(first(&harness), 1, "{kept}");
    click(&mut harness, "Vervangen");
    says(&harness, &format!("{} bladen opgeslagen", WARDS + 1));
    assert_eq!(waiting(), 0);
    for at in 2..=WARDS + 1 {
        assert!(folder.path().join(format!("atlas-{at}.svg")).is_file(), "{at}");
    }
    let last = std::fs::read_to_string(folder.path().join("atlas-13.svg")).unwrap();
    assert!(last.contains("<title>Wijk 11</title>"));
}

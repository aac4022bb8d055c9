//! Text that could be numbers or dates is offered as such where the layer and the column stand; the
//! choice is undone, remembered for the file, and kept in the project.

use std::path::{Path, PathBuf};

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::project::{LayerSource, open_project};
use belfort::table::ReadAs;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::harness::{Window, app, click, settle, window, window_with, write};
use super::keyboard::press;

/// Works with days, amounts and postcodes as people type them.
fn works(folder: &Path) -> PathBuf {
    let mut text = "naam;start;kost;post\n".to_owned();
    for at in 1..=39 {
        text.push_str(
            &format!("werf {at};{at}/03/2025;1.{at:03},50;9{at:03}\n")
                .replace(&format!("{at}/03"), &format!("{}/03", at % 28 + 1)),
        );
    }
    text.push_str("werf 40;later;n.b.;09000\n");
    write(folder, "werven.csv", &text)
}

fn source(harness: &Window) -> LayerSource {
    app(harness).document().layers[0].source.clone()
}

fn read_as(harness: &Window, field: &str) -> Option<ReadAs> {
    source(harness).fields.get(field).copied()
}

fn choose_radio(harness: &mut Window, name: &str) {
    harness.get_by_role_and_label(Role::RadioButton, name).click();
    settle(harness);
}

fn open_table(harness: &mut Window) {
    press(harness, Modifiers::COMMAND, Key::T);
}

const SIGN: &str = "‘start’ is tekst, maar kan gelezen worden als datums, dag eerst (31/12/2024): 39 van 40 waarden passen";

#[test]
fn a_column_of_days_is_offered_read_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![works(folder.path())]);
    harness.get_by_label("‘start’ kan meer zijn dan tekst");
    open_table(&mut harness);
    harness.get_by_label("2/03/2025");
    click(&mut harness, SIGN);
    harness.get_by_label("39 van 40 waarden passen");
    harness.get_by_label("1 wordt leeg: “later” (rij 40)");
    harness.get_by_label_contains("2/03/2025 wordt 2 maart 2025");
    choose_radio(&mut harness, "Datums, dag eerst (31/12/2024)");
    click(&mut harness, "Zo lezen");
    assert_eq!(read_as(&harness, "start"), Some(ReadAs::DateDmy));
    assert!(harness.query_by_label(SIGN).is_none());
    assert!(harness.query_by_label("‘start’ kan meer zijn dan tekst").is_none());
    harness.get_by_label("2 maart 2025");
    assert!(harness.query_by_label("2/03/2025").is_none());
    // What became empty stays told.
    click(&mut harness, "Laag");
    click(&mut harness, "Problemen…");
    harness.get_by_label_contains("Veld ‘start’: 1 waarde is geen datum en is nu leeg: “later”");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(read_as(&harness, "start"), None);
    harness.get_by_label("2/03/2025");
    harness.get_by_label(SIGN);
}

#[test]
fn a_text_that_is_well_as_it_is_is_asked_about_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::English, vec![works(folder.path())]);
    click(&mut harness, "‘start’ could be more than text");
    choose_radio(&mut harness, "Text");
    click(&mut harness, "Read it so");
    assert_eq!(read_as(&harness, "start"), Some(ReadAs::Text));
    assert!(harness.query_by_label("‘start’ could be more than text").is_none());
    open_table(&mut harness);
    harness.get_by_label("2/03/2025");
}

/// By keyboard alone: from the menu of the layer to another field, and back as it was found.
#[test]
fn a_number_is_made_text_with_its_own_spelling_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "prijzen.csv", "zaak;prijs\na;1,50\nb;2,00\nc;12,25\n");
    let mut harness = window(Language::English, vec![path]);
    open_table(&mut harness);
    harness.get_by_label("1.5");
    assert!(harness.query_by_label_contains("could be more").is_none());
    harness.get_by_label("Column ‘prijs’").focus();
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label("Read as…").focus();
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_role_and_label(Role::RadioButton, "As Belfort found it: Number");
    harness.get_by_role_and_label(Role::RadioButton, "Text").focus();
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Space);
    harness.get_by_label("Read it so").focus();
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(read_as(&harness, "prijs"), Some(ReadAs::Text));
    harness.get_by_label("1,50");
    harness.get_by_label("2,00");
    click(&mut harness, "Column ‘prijs’");
    click(&mut harness, "Read as…");
    click(&mut harness, "As Belfort found it");
    assert_eq!(read_as(&harness, "prijs"), None);
    harness.get_by_label("1.5");
}

#[test]
fn codes_are_not_offered_and_tell_what_they_would_lose() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Language::Dutch, vec![works(folder.path())]);
    click(&mut harness, "Laag");
    click(&mut harness, "Velden lezen als…");
    harness.get_by_role_and_label(Role::ComboBox, "Veld").click();
    settle(&mut harness);
    harness.get_by_label("start · kan meer zijn dan tekst");
    click(&mut harness, "post");
    harness.get_by_label("1 waarde verliest haar nullen vooraan");
    choose_radio(&mut harness, "Gehele getallen");
    click(&mut harness, "Zo lezen");
    assert_eq!(read_as(&harness, "post"), Some(ReadAs::NumberPoint));
    click(&mut harness, "Laag");
    click(&mut harness, "Problemen…");
    harness.get_by_label_contains("Veld ‘post’: 1 getal had nullen vooraan, die zijn weg");
}

#[test]
fn all_suggestions_are_followed_in_one_step_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let text = "dag,open\n31/12/2024,ja\n1/1/2025,nee\n";
    let path = write(folder.path(), "uren.csv", text);
    let settings =
        Settings { language: Some(Language::Dutch), work_offline: true, ..Settings::default() };
    let cache = folder.path().join("cache");
    let mut first = window_with(settings.clone(), cache.clone(), vec![path.clone()]);
    click(&mut first, "2 velden kunnen meer zijn dan tekst");
    click(&mut first, "Beide voorstellen volgen");
    let expected = [("dag", ReadAs::DateDmy), ("open", ReadAs::Boolean)];
    let expected = expected.map(|(name, read_as)| (name.to_owned(), read_as)).into();
    assert_eq!(source(&first).fields, expected);
    let kept = app(&first).settings().readings.clone();
    let again = Settings { readings: kept, ..settings };
    let second = window_with(again, cache, vec![path]);
    assert_eq!(source(&second).fields, expected);
    second.get_by_label(
        "‘uren’ is gelezen zoals je eerder koos: velden dag, open met een eigen soort",
    );
    press(&mut first, Modifiers::COMMAND, Key::Z);
    assert!(source(&first).fields.is_empty());
    assert!(app(&first).settings().readings.is_empty());
}

#[test]
fn the_choice_is_kept_in_the_project() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "uren.csv", "dag,open\n31/12/2024,ja\n1/1/2025,nee\n");
    let project = write(
        folder.path(),
        "kaart.belfort.json",
        r#"{"belfort":1,"title":"Uren","layers":[{"id":1,"name":"uren",
            "source":{"path":"uren.csv","fields":{"dag":"date","open":"boolean"}},
            "filter":{"sql":"dag > DATE '2024-12-31'"}}],"nextLayer":2}"#,
    );
    let document = open_project(&project).unwrap();
    assert_eq!(document.layers[0].source.fields.get("dag"), Some(&ReadAs::Date));
    let harness = window(Language::Dutch, vec![project]);
    harness.get_by_label("1 van 2 rijen getoond");
}

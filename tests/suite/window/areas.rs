//! Numbers per area, and the area of each row.

use std::path::Path;

use belfort::i18n::Language;
use belfort::project::{Command, Document, PlaceColumns, apply, open_project, save_project};
use belfort::query::per_area::{AreaColumn, AreaOf, ByPlace, NumberColumn, Numbers, What};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use super::harness::{Window, app, click, fill, settle, window, write};

fn area(name: &str, west: f64) -> String {
    let (east, south, north) = (west + 0.01, 51.0, 51.01);
    format!(
        r#"{{"type":"Feature","properties":{{"wijk":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
    )
}

/// Three areas beside each other and five trees, of which one in none of them and one on the
/// border of two, as two layers; the trees on top and active.
fn with_trees(folder: &Path, language: Language) -> Window {
    let areas = [area("Muide", 3.70), area("Rabot", 3.71), area("Sluizeken", 3.72)];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, areas.join(","));
    let areas = write(folder, "wijken.geojson", &text);
    let trees = "soort;hoogte;lon;lat\nlinde;10;3.701;51.001\nlinde;20;3.702;51.001\n\
        eik;30;3.71;51.005\neik;40;3.729;51.009\nbeuk;50;3.8;51.0\n";
    let trees = write(folder, "bomen.csv", trees);
    window(language, vec![areas, trees])
}

fn columns(harness: &Window, layer: &str) -> Vec<PlaceColumns> {
    let document = app(harness).document();
    document.layers.iter().find(|it| it.name == layer).unwrap().by_place.clone()
}

fn is_shown(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label_contains(text).count() >= 1
}

/// Through the menu of the active layer.
fn command(harness: &mut Window, name: &str) {
    click(harness, "Laag");
    click(harness, &format!("{name}…"));
}

#[test]
fn trees_are_counted_in_neighbourhoods() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_trees(folder.path(), Language::Dutch);
    command(&mut harness, "Cijfers per gebied");
    // The trees were asked about: the areas get columns.
    assert!(is_shown(&harness, "De laag ‘wijken’ krijgt nieuwe kolommen"));
    assert!(is_shown(&harness, "4 van 5 punten liggen in een gebied, 1 in geen enkel"));
    assert!(is_shown(&harness, "1 ligt in meer dan één gebied en telt in elk daarvan mee"));
    assert!(is_shown(&harness, "aantal_bomen"));
    click(&mut harness, "Elke rij maar één keer meetellen");
    assert!(is_shown(&harness, "het grootste deel telt"));
    click(&mut harness, "Nog een cijfer");
    click(&mut harness, "Cijfer 2");
    click(&mut harness, "gemiddelde");
    assert!(is_shown(&harness, "gemiddelde_hoogte"));
    fill(&mut harness, "Naam van kolom 2", "hoog");
    fill(&mut harness, "Alleen rijen van ‘bomen’ waarvoor geldt", "hoogte > 10");
    assert!(is_shown(&harness, "3 van 4 punten liggen in een gebied, 1 in geen enkel"));
    click(&mut harness, "Kolom maken");
    let column = |what, field: &str, name: &str| NumberColumn {
        what,
        field: field.to_owned(),
        name: name.to_owned(),
    };
    let expected = ByPlace::Numbers(Numbers {
        condition: "hoogte > 10".to_owned(),
        once: true,
        columns: vec![
            column(What::Count, "", "aantal_bomen"),
            column(What::Mean, "hoogte", "hoog"),
        ],
    });
    assert_eq!(columns(&harness, "wijken")[0].by, expected);
    assert!(is_shown(&harness, "‘aantal_bomen’ is nu een kolom van ‘wijken’"));

    // The column filters like any other.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    click(&mut harness, "Voorwaarde toevoegen");
    click(&mut harness, "Veld van voorwaarde 1");
    click(&mut harness, "aantal_bomen");
    fill(&mut harness, "Van, voorwaarde 1", "1");
    assert!(is_shown(&harness, "2 van 3 vlakken getoond"));
    fill(&mut harness, "Van, voorwaarde 1", "2");
    assert!(is_shown(&harness, "1 van 3 vlakken getoond"));

    // Saved and opened again: the same columns and the same filter.
    let path = folder.path().join("kaart.belfort.json");
    save_project(app(&harness).document(), &path).unwrap();
    let again = window(Language::Dutch, vec![path]);
    assert_eq!(columns(&again, "wijken")[0].by, expected);
    assert!(is_shown(&again, "1 van 3 vlakken getoond"));

    // Undo takes the filter and the columns back.
    click(&mut harness, "Filter wissen");
    let mut steps = 0;
    while !columns(&harness, "wijken").is_empty() && steps < 9 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut harness);
        steps += 1;
    }
    assert!((2..9).contains(&steps), "{steps}");
}

#[test]
fn columns_are_changed_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_trees(folder.path(), Language::Dutch);
    command(&mut harness, "Cijfers per gebied");
    click(&mut harness, "Kolom maken");
    click(&mut harness, "cijfers of gebied uit bomen");
    assert!(is_shown(&harness, "4 van 5 punten liggen in een gebied"));
    click(&mut harness, "Cijfer 1");
    click(&mut harness, "aantal per km²");
    click(&mut harness, "Wijzigen");
    let ByPlace::Numbers(by) = &columns(&harness, "wijken")[0].by else { panic!() };
    // Its name was given, and stays.
    assert_eq!(by.columns[0].what, What::CountPerKm2);
    assert_eq!(by.columns[0].name, "aantal_bomen");
    click(&mut harness, "cijfers of gebied uit bomen");
    click(&mut harness, "Kolommen weghalen");
    assert_eq!(columns(&harness, "wijken"), []);
}

#[test]
fn each_tree_gets_its_neighbourhood() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_trees(folder.path(), Language::Dutch);
    command(&mut harness, "Gebied van elke rij");
    assert!(is_shown(&harness, "De laag ‘bomen’ krijgt nieuwe kolommen"));
    click(&mut harness, "Kolom maken");
    let column = AreaColumn { field: "wijk".to_owned(), name: "wijk".to_owned() };
    let expected = ByPlace::AreaOf(AreaOf { condition: String::new(), columns: vec![column] });
    assert_eq!(columns(&harness, "bomen")[0].by, expected);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    click(&mut harness, "Voorwaarde toevoegen");
    click(&mut harness, "Veld van voorwaarde 1");
    click(&mut harness, "wijk");
    click(&mut harness, "Waarden van voorwaarde 1");
    // That on the border has the first of the two.
    for value in ["Muide (3)", "Sluizeken (1)"] {
        assert!(is_shown(&harness, value), "{value}");
    }
    harness.key_press(Key::Escape);
    settle(&mut harness);

    // And the trees are counted in turn: neither waits for the other.
    harness.get_all_by_label("wijken").next().unwrap().click();
    settle(&mut harness);
    command(&mut harness, "Cijfers per gebied");
    assert!(is_shown(&harness, "4 van 5 punten liggen in een gebied"));
    click(&mut harness, "Kolom maken");
    assert_eq!(columns(&harness, "wijken").len(), 1);
    assert!(is_shown(&harness, "cijfers of gebied uit wijken"));
    assert!(is_shown(&harness, "cijfers of gebied uit bomen"));
}

#[test]
fn a_wrong_condition_is_told_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_trees(folder.path(), Language::Dutch);
    command(&mut harness, "Cijfers per gebied");
    fill(&mut harness, "Alleen rijen van ‘bomen’ waarvoor geldt", "dikte > 10");
    assert!(is_shown(&harness, "Er is geen veld ‘dikte’"));
    assert!(harness.get_by_label("Kolom maken").accesskit_node().is_disabled());
    click(&mut harness, "Annuleren");
    assert_eq!(columns(&harness, "wijken"), []);
}

/// Layers that count each other's rows, by filters that name each other, are shown all the same.
#[test]
fn rings_of_layers_do_not_hang() {
    let folder = tempfile::tempdir().unwrap();
    let harness = with_trees(folder.path(), Language::Dutch);
    let mut document = Document::clone(app(&harness).document());
    drop(harness);
    let ids: Vec<_> = document.layers.iter().map(|layer| layer.id).collect();
    let [trees, areas] = ids[..] else { panic!("{ids:?}") };
    let count = |of, only_shown| {
        let column = NumberColumn { what: What::Count, field: String::new(), name: "n".to_owned() };
        let by = ByPlace::Numbers(Numbers { columns: vec![column], ..Numbers::default() });
        PlaceColumns { layer: of, only_shown, by }
    };
    let column = AreaColumn { field: "wijk".to_owned(), name: "wijk".to_owned() };
    let by = ByPlace::AreaOf(AreaOf { columns: vec![column], ..AreaOf::default() });
    let area_of = PlaceColumns { layer: areas, only_shown: true, by };
    let mut filter = belfort::project::Filter::default();
    filter.places.push(belfort::project::PlaceFilter::features(areas, "wijk <> 'Muide'"));
    for command in [
        Command::SetPlaceColumns(trees, vec![area_of]),
        Command::SetPlaceColumns(areas, vec![count(trees, true), count(areas, false)]),
        Command::SetFilter(trees, filter),
    ] {
        apply(&mut document, &command).unwrap();
    }
    let path = folder.path().join("kaart.belfort.json");
    save_project(&document, &path).unwrap();
    assert_eq!(open_project(&path).unwrap().layers[1].by_place.len(), 2);
    let harness = window(Language::Dutch, vec![path]);
    assert!(is_shown(&harness, "2 van 5 punten getoond"));
    assert!(is_shown(&harness, "3 vlakken"));
}

//! Styles in a GeoPackage: QGIS shows a layer in the one that Belfort put there, and Belfort reads the
//! one that QGIS put there.

use std::path::PathBuf;

use belfort::formats::{Export, QgisStyle, WriteOptions, export, export_changes, geopackage};
use belfort::i18n::{Language, Message};
use belfort::jobs::Watch;
use belfort::problem::Problems;
use belfort::style::qml::{Dress, read as read_style, write as write_style};
use belfort::style::{By, Categories, Color, LabelStyle, Style, default_symbol, partition};
use belfort::table::{PartKind, Table};

use super::made::points;
use super::{read, read_layer};
use crate::formats::whole;
use crate::oracle::ask;

/// Points by their number, with labels.
fn style() -> Style {
    let by = Categories { field: "nummer".to_owned(), most: 4, ..Categories::default() };
    let labels = LabelStyle { what: "nummer".to_owned(), ..LabelStyle::default() };
    Style {
        by: By::Value(by),
        labels: Some(labels),
        ..default_symbol(Some(PartKind::Point), 2).into()
    }
}

fn qml_of(table: &Table) -> String {
    let style = style();
    let classes = partition(table, &style.grouping().unwrap(), None, &Watch::unwatched()).unwrap();
    let field = table.fields[table.field_index("nummer").unwrap()].kind;
    let dress = Dress {
        style: &style,
        partition: Some(&classes),
        field: Some(field),
        kind: Some(PartKind::Point),
        opacity: 0.75,
        farthest: None,
        nearest: None,
    };
    write_style(&dress, Language::Dutch).text
}

#[test]
fn a_style_goes_along_and_comes_back_and_what_it_does_not_say_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["a.gpkg", "b.gpkg"].map(|name| folder.path().join(name));
    let table = points("punten", 40);
    let text = qml_of(&table);
    let mut problems = Problems::new();
    problems.add("problem-qml-heads", 1);
    let styles = vec![Some(QgisStyle { text: text.as_str().into(), problems })];
    let made = whole(&table, &first);
    let made = Export { options: WriteOptions { styles, ..WriteOptions::default() }, ..made };
    assert_eq!(made.format.id, geopackage::FORMAT.id);
    assert_eq!(export_changes(&made).count("problem-qml-heads"), 1);
    let report = export(&made, &first, &Watch::unwatched()).unwrap();
    assert_eq!(report.problems.count("problem-qml-heads"), 1);
    // The table of styles is no layer; the style is that of its layer.
    let tables = read(&first).unwrap();
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].origin.style.as_deref(), Some(text.as_str()));
    assert_eq!(tables[0].origin.problems.count("problem-geopackage-styles"), 0);
    // Copied from file to file it is kept, untouched.
    export(&whole(&tables[0], &second), &second, &Watch::unwatched()).unwrap();
    assert_eq!(read(&second).unwrap()[0].origin.style.as_deref(), Some(text.as_str()));
    // None is written where none is known.
    let plain = folder.path().join("c.gpkg");
    export(&whole(&table, &plain), &plain, &Watch::unwatched()).unwrap();
    assert_eq!(read(&plain).unwrap()[0].origin.style, None);
    let bare = rusqlite::Connection::open(&plain).unwrap();
    let count = "SELECT count(*) FROM sqlite_schema WHERE name = 'layer_styles'";
    assert_eq!(bare.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[test]
fn qgis_shows_the_style_and_keeps_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let [file, style] = ["a.gpkg", "a.qml"].map(|name| folder.path().join(name));
    let table = points("punten", 40);
    let text = qml_of(&table);
    std::fs::write(&style, &text).unwrap();
    let kept = QgisStyle { text: text.as_str().into(), problems: Problems::new() };
    let made = whole(&table, &file);
    let options = WriteOptions { styles: vec![Some(kept)], ..WriteOptions::default() };
    export(&Export { options, ..made }, &file, &Watch::unwatched()).unwrap();
    let line = PathBuf::from(format!("{}\tpunten\t{}", file.display(), style.display()));
    let Some(answers) = ask("geopackage_style.py", "qgis.core", &[line]) else { return };
    let answer = &answers[0];
    assert_eq!(answer["found"], true, "{answer}");
    assert!(answer["same"] == true && answer["plain"] == false, "{answer}");
    assert!(answer["labels"] == true && answer["opacity"] == 0.75, "{answer}");
    // QGIS' own is the default one now: red symbols.
    let tables = read(&file).unwrap();
    assert_eq!(tables.len(), 1);
    let found = read_layer(&file, "punten").unwrap();
    assert_eq!(found.origin.problems.count("problem-geopackage-styles"), 1);
    let opened = read_style(found.origin.style.as_deref().unwrap(), &found.fields);
    let opened =
        opened.unwrap_or_else(|what: Message| panic!("{}", what.in_language(Language::English)));
    assert!(opened.style.by.is_nothing());
    assert_eq!(opened.style.symbol.fill, Color::rgb(0xff_00_00));
}

//! The list of commands against everything that must be in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use egui::{Key, KeyboardShortcut};

use super::{CHOICES, COMMANDS, Menu, entry};
use crate::app::actions::Action;
use crate::app::session::Session;
use crate::app::settings::Settings;
use crate::app::store::prepare;
use crate::formats::{ReadOptions, open};
use crate::i18n::{Language, has_message};
use crate::jobs::Watch;
use crate::portal::Opened;
use crate::project::{
    About, Backdrop, BackdropId, Bookmark, Command, Filter, GroupId, Layer, LayerId, LayerSource,
    NoteSet, NotesChange, NotesId, OwnBasemap, Refresh, Replaced, ScaleRange, TableColumns, View,
};
use crate::style::{LegendChoice, default_symbol};
use crate::tiles::BasemapLook;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A session with three loaded layers, the one in the middle active.
fn session() -> Result<Session, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("parken.geojson");
    std::fs::write(
        &path,
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"naam":"Reep"},"geometry":{"type":"Point","coordinates":[3.73,51.05]}}]}"#,
    )?;
    let watch = Watch::unwatched();
    let table = open(&path, &ReadOptions::default(), &watch)?.swap_remove(0);
    let loaded = prepare(Opened { table, from_portal: None }, &watch)?;
    let settings = Settings { recent: vec![path.clone()], ..Settings::default() };
    let mut session = Session::of_test(settings);
    let source =
        LayerSource { path: path.to_string_lossy().into_owned(), ..LayerSource::default() };
    session.store.put(source.clone(), loaded);
    let layers = ["a", "b", "c"].map(|name| layer(name, &source)).to_vec();
    session.history.run(Command::AddLayers { layers, at: 0 })?;
    let grouped = LayerId(3);
    session
        .history
        .run(Command::GroupLayers { layers: vec![grouped, LayerId(2)], name: "g".into() })?;
    let backdrops = ["x", "y"].map(|name| Backdrop::new(name, "nowhere.tif")).to_vec();
    session.history.run(Command::AddBackdrops { backdrops, at: 0 })?;
    session.backdrop = session.document().backdrops.first().map(|backdrop| backdrop.id);
    session.active = session.document().layers.get(1).map(|layer| layer.id);
    Ok(session)
}

fn layer(name: &str, source: &LayerSource) -> Layer {
    Layer::new(name, source.clone())
}

/// Where a person reaches a change of the document.
enum Place {
    /// An entry of the list.
    Entry(&'static str),
    /// A list to choose from.
    Choice(&'static str),
    /// A panel or dialog (its file), opened by an entry or always there.
    Panel(&'static str),
    /// Opening a file, or dropping it on the window.
    Opening(&'static str),
}

/// A new command does not compile without a place.
fn place(command: &Command) -> Place {
    match command {
        Command::AddLayers { .. } | Command::AddBackdrops { .. } | Command::AddBasemap(_) => {
            Place::Opening("app-open")
        }
        Command::RemoveLayers(_) => Place::Entry("app-layer-remove"),
        Command::MoveLayer { .. } => Place::Entry("app-layer-up"),
        Command::GroupLayers { .. } => Place::Entry("app-layer-group"),
        Command::MoveGroup { .. } => Place::Entry("app-group-down"),
        Command::SetGroupVisible(..) => Place::Entry("app-group-visible"),
        Command::SetGroupOpen(..) => Place::Entry("app-group-open"),
        Command::Dissolve(_) => Place::Entry("app-group-dissolve"),
        Command::SetVisible(..) => Place::Entry("app-layer-visible"),
        Command::SetOpacity(..)
        | Command::Rename(..)
        | Command::RenameGroup(..)
        | Command::SetBackdropOpacity(..)
        | Command::RenameBackdrop(..) => Place::Panel("layers_panel"),
        Command::SetStyle(..) => Place::Panel("style_panel"),
        Command::Dress { .. } => Place::Panel("styles"),
        Command::SetFilter(..) => Place::Panel("filter"),
        Command::SetSource(..) => Place::Panel("reading"),
        Command::Duplicate(_) => Place::Entry("app-layer-duplicate"),
        Command::ShowOnly(_) => Place::Entry("app-layer-only"),
        Command::SetScales(..) => Place::Panel("scale_dialog"),
        Command::SetColumns(..) => Place::Panel("table"),
        Command::SetJoins(..) => Place::Panel("join_dialog"),
        Command::SetPlaceColumns(..) => Place::Panel("areas_dialog"),
        Command::SetPlaceNames(..) => Place::Panel("names_dialog"),
        Command::SetRefresh(..) => Place::Panel("live"),
        Command::AddNotes { .. } => Place::Entry("app-note-layer"),
        Command::ChangeNotes(..) => Place::Panel("notes"),
        Command::RemoveBackdrop(_) => Place::Entry("app-backdrop-remove"),
        Command::MoveBackdrop { .. } => Place::Entry("app-backdrop-down"),
        Command::SetBackdropVisible(..) => Place::Entry("app-backdrop-visible"),
        Command::SetBackdropCrs(..) => Place::Panel("backdrop_window"),
        Command::SetBasemapLook(_) => Place::Entry("app-basemap-grey"),
        Command::SetBasemap(_) => Place::Choice("app-basemap"),
        Command::ChangeBasemap(_) => Place::Panel("web_map_dialog"),
        Command::RemoveBasemap(_) => Place::Panel("own_basemap_card"),
        Command::SetLegend(_) => Place::Entry("app-legend"),
        Command::SetTitle(_) => Place::Panel("title_dialog"),
        Command::AddSheet(..) | Command::SetSheet(..) | Command::RemoveSheet(_) => {
            Place::Panel("print")
        }
        Command::SetAbout(_)
        | Command::AddBookmark(_)
        | Command::RenameBookmark(..)
        | Command::RemoveBookmark(_)
        | Command::MoveFiles(_)
        | Command::Replace { .. } => Place::Panel("safekeeping"),
        Command::SetView(_) => Place::Panel("frame"),
    }
}

/// One of each.
fn samples() -> Vec<Command> {
    let id = LayerId(2);
    let view = View { lon: 0.0, lat: 0.0, zoom: 0.0 };
    vec![
        Command::AddLayers { layers: Vec::new(), at: 0 },
        Command::RemoveLayers(vec![id]),
        Command::MoveLayer { layer: id, to: 0, group: None },
        Command::GroupLayers { layers: vec![id], name: String::new() },
        Command::MoveGroup { group: GroupId(1), to: 0 },
        Command::RenameGroup(GroupId(1), String::new()),
        Command::SetGroupVisible(GroupId(1), false),
        Command::SetGroupOpen(GroupId(1), false),
        Command::Dissolve(GroupId(1)),
        Command::SetVisible(vec![id], false),
        Command::SetOpacity(id, 0.5),
        Command::Rename(id, String::new()),
        Command::SetStyle(id, default_symbol(None, 0).into()),
        Command::Dress {
            layer: id,
            style: Box::new(default_symbol(None, 0).into()),
            opacity: 1.0,
            scales: ScaleRange::default(),
        },
        Command::SetFilter(id, Filter::default()),
        Command::SetSource(id, LayerSource::default()),
        Command::Duplicate(id),
        Command::ShowOnly(id),
        Command::SetScales(id, ScaleRange::default()),
        Command::SetColumns(id, TableColumns::default()),
        Command::SetJoins(id, Vec::new()),
        Command::SetPlaceColumns(id, Vec::new()),
        Command::SetPlaceNames(id, None),
        Command::SetRefresh(id, Refresh::Off),
        Command::AddNotes {
            layer: Box::new(Layer::new("", LayerSource::default())),
            notes: NoteSet::new(Language::Dutch),
            at: 0,
        },
        Command::ChangeNotes(NotesId(1), NotesChange::Remove(Vec::new())),
        Command::AddBackdrops { backdrops: Vec::new(), at: 0 },
        Command::RemoveBackdrop(BackdropId(1)),
        Command::MoveBackdrop { backdrop: BackdropId(1), to: 1 },
        Command::SetBackdropVisible(BackdropId(1), false),
        Command::SetBackdropOpacity(BackdropId(1), 0.5),
        Command::RenameBackdrop(BackdropId(1), String::new()),
        Command::SetBackdropCrs(BackdropId(1), None),
        Command::SetBasemap(String::new()),
        Command::AddBasemap(OwnBasemap::of_archive("x", "nowhere.pmtiles")),
        Command::ChangeBasemap(OwnBasemap::of_archive("x", "nowhere.pmtiles")),
        Command::RemoveBasemap(String::new()),
        Command::SetBasemapLook(BasemapLook::default()),
        Command::SetLegend(LegendChoice::default()),
        Command::SetTitle(String::new()),
        Command::AddSheet(0, Box::default()),
        Command::SetSheet(0, Box::default()),
        Command::RemoveSheet(0),
        Command::SetAbout(About::default()),
        Command::AddBookmark(Bookmark { name: String::new(), view }),
        Command::RenameBookmark(String::new(), String::new()),
        Command::RemoveBookmark(String::new()),
        Command::MoveFiles(Vec::new()),
        Command::Replace { document: Box::default(), why: Replaced::Reloaded },
        Command::SetView(view),
    ]
}

/// The name of a variant, from how it is written for debugging.
fn variant(command: &Command) -> String {
    let text = format!("{command:?}");
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

fn source_of(file: &str) -> std::io::Result<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file))
}

/// The source of a panel: a file, or all files of its folder.
fn panel_source(name: &str) -> std::io::Result<String> {
    let file = source_of(&format!("app/{name}.rs"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app").join(name);
    if !folder.is_dir() {
        return file;
    }
    let mut text = file.unwrap_or_default();
    for inside in std::fs::read_dir(folder)? {
        text.push_str(&std::fs::read_to_string(inside?.path())?);
    }
    Ok(text)
}

#[test]
fn every_change_of_the_document_is_reached() -> Outcome {
    let session = session()?;
    let changes = |action: &Action, name: &str| matches!(action, Action::Run(command) if variant(command) == name);
    let declared = source_of("project/command.rs")?;
    let declared = declared.split("pub enum Command {").nth(1).unwrap_or_default();
    let declared = declared.split("\n}").next().unwrap_or_default();
    let pattern = regex::Regex::new(r"(?m)^    ([A-Z][A-Za-z]+)")?;
    let declared: BTreeSet<_> = pattern.captures_iter(declared).map(|c| c[1].to_owned()).collect();
    let sampled: BTreeSet<_> = samples().iter().map(variant).collect();
    assert_eq!(declared, sampled, "one of each");
    for command in samples() {
        let name = variant(&command);
        let is_reached = match place(&command) {
            Place::Entry(label) => {
                let actions = entry(label)
                    .and_then(|entry| entry.actions_on(&session, session.active_layer()));
                actions.is_some_and(|actions| actions.iter().any(|action| changes(action, &name)))
            }
            Place::Choice(label) => CHOICES
                .iter()
                .filter(|choices| choices.label == label)
                .flat_map(|choices| (choices.list)(&session, session.active_layer()))
                .any(|choice| changes(&choice.action, &name)),
            Place::Panel(file) => panel_source(file)?.contains(&format!("Command::{name}")),
            Place::Opening(label) => {
                entry(label).is_some()
                    && source_of("app/documents.rs")?.contains(&format!("Command::{name}"))
            }
        };
        assert!(is_reached, "{name} is not where this test says");
    }
    Ok(())
}

#[test]
fn no_two_commands_have_the_same_keys_or_label() {
    let mut keys: BTreeMap<String, &str> = BTreeMap::new();
    let mut labels = BTreeSet::new();
    for entry in COMMANDS {
        assert!(labels.insert(entry.label), "{} twice", entry.label);
        for key in entry.keys().filter(|key| key.logical_key != Key::Escape) {
            let clash = keys.insert(format!("{key:?}"), entry.label);
            assert_eq!(clash, None, "{key:?}: {}", entry.label);
        }
    }
    let escapes = COMMANDS.iter().flat_map(super::Entry::keys);
    let is_bare = |key: KeyboardShortcut| key.modifiers.is_none();
    assert!(escapes.filter(|key| key.logical_key == Key::Escape).all(is_bare));
}

#[test]
fn keys_that_write_do_nothing_while_a_text_is_typed() {
    for entry in COMMANDS.iter().filter(|entry| entry.works_in_text) {
        for key in entry.keys() {
            let is_function =
                format!("{:?}", key.logical_key).starts_with('F') && key.logical_key != Key::F;
            assert!(key.modifiers.command || is_function, "{}: {key:?}", entry.label);
        }
    }
}

#[test]
fn every_command_has_its_words_and_stands_in_a_menu() {
    let labels = COMMANDS.iter().map(|entry| entry.label);
    for label in labels.chain(CHOICES.iter().map(|choices| choices.label)) {
        for language in Language::ALL {
            assert!(has_message(language, label), "{language:?}: {label}");
        }
    }
    for menu in Menu::ALL {
        assert!(COMMANDS.iter().any(|entry| entry.part_of(menu).is_some()), "{menu:?} is empty");
    }
}

#[test]
fn commands_follow_what_is_there() -> Outcome {
    let mut session = session()?;
    let active = session.active.ok_or("a layer is active")?;
    let entry = |label| entry(label).ok_or("the entry is there");
    let actions = |session: &Session, label| -> Result<_, &str> {
        Ok(entry(label)?.actions_on(session, session.active_layer()))
    };
    assert_eq!(
        actions(&session, "app-layer-zoom")?,
        Some(vec![Action::Activate(active), Action::ZoomToLayer(active)])
    );
    assert!(actions(&session, "app-undo")?.is_some());
    assert_eq!(actions(&session, "app-redo")?, None);
    assert_eq!(actions(&session, "app-clear-selection")?, None);
    while session.history.undo() {}
    session.tidy();
    assert!(actions(&session, "app-redo")?.is_some());
    for label in ["app-undo", "app-layer-zoom", "app-export", "app-zoom-all", "app-figure"] {
        assert_eq!(actions(&session, label)?, None, "{label} without layers");
    }
    Ok(())
}

//! The list of commands.

use std::path::Path;

use egui::{Key, Modifiers};

use super::choices::changed;
use super::{Entry, Menu, Now};
use crate::app::actions::{Action, DetailsTab, Panel};
use crate::app::areas_dialog::{self, Asked};
use crate::app::copying::{Copied, RowsCopied};
use crate::app::crs_words::crs_label;
use crate::app::derived::MaskState;
use crate::app::icons::Icon;
use crate::app::join_dialog;
use crate::app::legend;
use crate::app::linked::LinkedPart;
use crate::app::names_dialog;
use crate::app::portal_panel::rounded_out;
use crate::app::reading;
use crate::app::session::Session;
use crate::app::store::RowKind;
use crate::app::tools::Tool;
use crate::formats::is_address;
use crate::i18n::Message;
use crate::map::SketchKind;
use crate::project::{Backdrop, Command, Layer, LayerGroup, NoteKind, Rectangle, Way};
use crate::style::LegendChoice;
use crate::tiles::BasemapLook;

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const ALT_SHIFT: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);
const BARE: Modifiers = Modifiers::NONE;

/// All commands, in the order of menus and help. Only Escape stands for several: for the first
/// that is possible.
pub(in crate::app) static COMMANDS: &[Entry] = &[
    Entry::window("app-new", Menu::File, 1, |_| Now::does(Action::New)).key(CTRL, Key::N).in_text(),
    Entry::window("app-new-from-this", Menu::File, 1, |s| {
        Now::possible(has_something(s), Action::NewFromThis)
    }),
    Entry::window("app-open", Menu::File, 1, |_| Now::does(Action::ShowOpen))
        .key(CTRL, Key::O)
        .in_text(),
    Entry::window("app-service-show", Menu::File, 1, |_| Now::does(Action::ShowService)),
    Entry::window("app-linked-show", Menu::File, 1, |_| {
        Now::does(Action::ShowLinked(LinkedPart::Question))
    }),
    Entry::window("app-web-map", Menu::File, 1, |_| Now::does(Action::ShowWebMap(None))),
    Entry::window("app-portal-show", Menu::File, 1, |_| Now::does(Action::ShowPortal(true)))
        .key(CTRL_SHIFT, Key::O)
        .in_text(),
    Entry::window("app-update-all", Menu::File, 1, |s| {
        let is_possible = s.live.has_layers() && !s.live.is_updating();
        Now::possible(is_possible, Action::UpdateAll)
    })
    .key(BARE, Key::F5),
    Entry::window("app-updates-show", Menu::File, 1, |s| {
        Now::possible(s.live.report().is_some(), Action::ShowUpdates)
    }),
    Entry::window("app-save", Menu::File, 2, |_| Now::does(Action::Save))
        .key(CTRL, Key::S)
        .in_text(),
    Entry::window("app-save-as", Menu::File, 2, |_| Now::does(Action::ShowSaveAs))
        .key(CTRL_SHIFT, Key::S)
        .in_text(),
    Entry::window("app-missing", Menu::File, 1, |s| {
        let files = s.document().layers.iter().any(|layer| layer.source.is_file());
        Now::possible(files || !s.document().backdrops.is_empty(), Action::FindFiles)
    }),
    Entry::window("app-properties", Menu::File, 2, |_| Now::does(Action::ShowProperties)),
    Entry::window("app-recovery", Menu::File, 2, |_| Now::does(Action::SearchWork)),
    Entry::window("app-pack", Menu::File, 3, |s| Now::possible(has_something(s), Action::ShowPack)),
    Entry::window("app-print", Menu::File, 4, |s| {
        Now::possible(has_something(s), Action::ShowPrint)
    })
    .key(CTRL, Key::P)
    .in_text(),
    Entry::window("app-print-draw", Menu::File, 4, |s| {
        Now::possible(has_something(s), Action::SetTool(Tool::PrintArea))
    }),
    Entry::window("app-figure", Menu::File, 4, |s| {
        Now::possible(has_something(s), Action::ShowFigure)
    })
    .key(CTRL_SHIFT, Key::P)
    .in_text(),
    Entry::window("app-view-save", Menu::File, 4, |s| {
        Now::possible(has_something(s), Action::ShowSaveView(1))
    }),
    Entry::window("app-view-save-2", Menu::File, 4, |s| {
        Now::possible(has_something(s), Action::ShowSaveView(2))
    }),
    Entry::window("app-quit", Menu::File, 5, |_| Now::does(Action::Quit))
        .key(CTRL, Key::Q)
        .in_text(),
    // Edit
    Entry::window("app-undo", Menu::Edit, 1, |s| Now::about(s.history.undo_label(), Action::Undo))
        .key(CTRL, Key::Z),
    Entry::window("app-redo", Menu::Edit, 1, |s| Now::about(s.history.redo_label(), Action::Redo))
        .key(CTRL_SHIFT, Key::Z)
        .key(CTRL, Key::Y),
    Entry::window("app-steps", Menu::Edit, 1, |s| {
        Now::possible(!s.history.steps().0.is_empty(), Action::ShowHistory)
    })
    .key(CTRL, Key::H),
    // The system makes another event of these keys: see `pasting`.
    Entry::window("app-paste", Menu::Edit, 1, |_| Now::does(Action::RequestPaste))
        .key(CTRL, Key::V),
    Entry::window("app-title", Menu::Edit, 2, |_| Now::does(Action::ShowTitle)),
    Entry::window("app-figure-copy", Menu::Edit, 3, |s| {
        Now::possible(has_something(s), Action::CopyFigure)
    }),
    Entry::window("app-view-copy", Menu::Edit, 3, |s| {
        Now::possible(has_something(s), Action::CopyView(1))
    })
    .key(CTRL_SHIFT, Key::C),
    Entry::window("app-view-copy-2", Menu::Edit, 3, |s| {
        Now::possible(has_something(s), Action::CopyView(2))
    }),
    Entry::window("app-sources-copy", Menu::Edit, 3, |_| Now::does(Action::CopySources)),
    Entry::window("app-find", Menu::Edit, 4, |_| Now::does(Action::ShowFind))
        .key(CTRL, Key::K)
        .key(CTRL_SHIFT, Key::F)
        .in_text(),
    Entry::window("app-clear-marker", Menu::Edit, 4, |s| {
        Now::possible(s.marker.is_some(), Action::ClearMarker)
    })
    .key(BARE, Key::Escape),
    Entry::window("app-cache", Menu::Edit, 5, |_| Now::does(Action::ShowCache)),
    Entry::window("app-settings", Menu::Edit, 5, |_| Now::does(Action::ShowSettings))
        .key(CTRL, Key::Comma)
        .in_text(),
    // Selection
    tool("app-tool-browse", Tool::Browse, Key::B),
    tool("app-tool-rectangle", Tool::Select(SketchKind::Rectangle), Key::R),
    tool("app-tool-polygon", Tool::Select(SketchKind::Polygon), Key::P),
    tool("app-tool-lasso", Tool::Select(SketchKind::Lasso), Key::L),
    Entry::window("app-select-all", Menu::Select, 2, |s| {
        Now::possible(s.active.is_some(), Action::SelectAll)
    })
    .key(CTRL, Key::A),
    Entry::window("app-select-invert", Menu::Select, 2, |s| {
        Now::possible(s.active.is_some(), Action::InvertSelection)
    })
    .key(CTRL_SHIFT, Key::I),
    Entry::layer("app-filter-select", 4, |s, layer| {
        let is_possible = matches!(s.derived.mask(layer), MaskState::Some(mask) if mask.shown > 0);
        Now::possible(is_possible, Action::SelectInstead(layer.id))
    })
    .only_in(Menu::Select, 2),
    Entry::window("app-tool-stop", Menu::Select, 2, |s| {
        Now::possible(s.tool != Tool::Browse, Action::StepBack)
    })
    .key(BARE, Key::Escape),
    Entry::window("app-clear-selection", Menu::Select, 2, |s| {
        Now::possible(!s.selection.is_empty(), Action::Select(None))
    })
    .key(BARE, Key::Escape),
    Entry::window("app-zoom-selection", Menu::Select, 3, |s| {
        Now::possible(s.selection.total() > 0, Action::ZoomToSelection)
    })
    .key(BARE, Key::Z),
    Entry::layer("app-copy-rows", 4, |s, layer| copy_rows(s, layer, true)).only_in(Menu::Select, 3),
    Entry::layer("app-copy-rows-csv", 4, |s, layer| copy_rows(s, layer, false))
        .only_in(Menu::Select, 3),
    Entry::layer("app-export-selection", 4, |s, layer| {
        Now::possible(s.selection.count(layer.id) > 0, Action::ExportSelection)
    })
    .only_in(Menu::Select, 3),
    // Notes
    note("app-tool-note-point", NoteKind::Point, Key::P),
    note("app-tool-note-line", NoteKind::Line, Key::L),
    note("app-tool-note-polygon", NoteKind::Polygon, Key::O),
    note("app-tool-note-arrow", NoteKind::Arrow, Key::A),
    note("app-tool-note-text", NoteKind::Text, Key::T),
    Entry::tool_for_map("app-tool-note-edit", Menu::Draw, 2, Tool::EditNotes).key(BARE, Key::N),
    Entry::window("app-note-delete", Menu::Draw, 2, |s| {
        Now::possible(!s.selected_notes().is_empty(), Action::RemoveNotes)
    })
    .key(BARE, Key::Delete),
    Entry::window("app-note-layer", Menu::Draw, 3, |s| Now::does(Action::Run(s.new_notes(None)))),
    Entry::window("app-full-screen", Menu::View, 1, |s| {
        Now::switch(s.is_full_screen, Action::ToggleFullScreen)
    })
    .key(BARE, Key::F11)
    .in_text(),
    tool("app-tool-length", Tool::MeasureLength, Key::M).only_in(Menu::View, 3),
    tool("app-tool-area", Tool::MeasureArea, Key::O).only_in(Menu::View, 3),
    // View
    Entry::window("app-toggle-layers", Menu::View, 1, |s| panel(s, Panel::Layers))
        .key(CTRL, Key::L)
        .in_text(),
    Entry::window("app-toggle-details", Menu::View, 1, |s| panel(s, Panel::Details))
        .key(CTRL, Key::I)
        .in_text(),
    Entry::window("app-toggle-table", Menu::View, 1, |s| panel(s, Panel::Table))
        .key(CTRL, Key::T)
        .in_text(),
    Entry::window("app-overview", Menu::View, 1, |s| panel(s, Panel::Overview)),
    Entry::window("app-graticule", Menu::View, 1, |s| panel(s, Panel::Graticule)),
    Entry::window("app-legend", Menu::View, 1, |s| {
        let (document, is_shown) = (s.document(), legend::is_shown(s));
        let legend = LegendChoice { shown: Some(!is_shown), ..document.legend.clone() };
        Now::switch(is_shown, Action::Run(Command::SetLegend(legend)))
    }),
    Entry::window("app-zoom-all", Menu::View, 2, |s| {
        Now::possible(has_something(s), Action::ZoomToAll)
    })
    .key(BARE, Key::Home),
    Entry::window("app-view-back", Menu::View, 2, |s| {
        Now::possible(s.views.has_back(), Action::ViewBack)
    })
    .key(Modifiers::ALT, Key::ArrowLeft),
    Entry::window("app-view-forward", Menu::View, 2, |s| {
        Now::possible(s.views.has_forward(), Action::ViewForward)
    })
    .key(Modifiers::ALT, Key::ArrowRight),
    Entry::window("app-bookmarks-show", Menu::View, 2, |_| Now::does(Action::ShowBookmarks))
        .key(CTRL, Key::B),
    Entry::window("app-zoom-in", Menu::View, 2, |_| Now::does(Action::ZoomBy(1.0)))
        .key(BARE, Key::Plus),
    Entry::window("app-zoom-out", Menu::View, 2, |_| Now::does(Action::ZoomBy(-1.0)))
        .key(BARE, Key::Minus),
    Entry::window("app-basemap-grey", Menu::View, 6, |s| {
        let look = s.document().basemap_look;
        let change = Command::SetBasemapLook(BasemapLook { grey: !look.grey, ..look });
        Now::switch(look.grey, Action::Run(change))
    })
    .in_no_menu(),
    Entry::window("app-tiles-retry", Menu::View, 6, |s| {
        Now::possible(s.basemap_shown().is_some(), Action::RetryTiles)
    })
    .in_no_menu(),
    Entry::window("app-text-larger", Menu::View, 4, |s| text_size(s, s.settings.stepped(true)))
        .key(CTRL, Key::Plus)
        .key(CTRL, Key::Equals)
        .in_text(),
    Entry::window("app-text-smaller", Menu::View, 4, |s| text_size(s, s.settings.stepped(false)))
        .key(CTRL, Key::Minus)
        .in_text(),
    Entry::window("app-text-normal", Menu::View, 4, |s| text_size(s, 100))
        .key(CTRL, Key::Num0)
        .in_text(),
    Entry::window("app-take-along", Menu::View, 5, |_| Now::does(Action::ShowTake)),
    Entry::window("app-work-offline", Menu::View, 5, |s| {
        let is_on = s.settings.work_offline;
        Now::switch(is_on, changed(s, |settings| settings.work_offline = !is_on))
    }),
    // Layer
    Entry::layer("app-layer-zoom", 1, |s, layer| {
        Now::possible(has_place(s, layer), Action::ZoomToLayer(layer.id))
    })
    .tool(Icon::ZoomTo),
    Entry::layer("app-layer-table", 1, |s, layer| {
        let is_open = s.settings.show_table && s.active == Some(layer.id);
        Now::switch(is_open, Action::SetPanel(Panel::Table, !is_open))
    })
    .tool(Icon::Table),
    Entry::layer("app-layer-filter", 1, |_, _| Now::does(Action::ShowTab(DetailsTab::Filter)))
        .key(CTRL, Key::F)
        .in_text()
        .tool(Icon::Filter),
    Entry::layer("app-layer-style-show", 1, |s, layer| {
        Now::possible(has_place(s, layer), Action::ShowStyle(layer.id))
    })
    .key(BARE, Key::S),
    Entry::layer("app-layer-style-read", 1, |s, layer| {
        Now::possible(has_place(s, layer), Action::ShowReadStyle(layer.id))
    }),
    Entry::layer("app-layer-style-save", 1, |s, layer| {
        Now::possible(has_place(s, layer), Action::ShowSaveStyle(layer.id))
    }),
    Entry::layer("app-layer-chart-show", 1, |s, layer| {
        Now::possible(s.loaded(layer).is_some(), Action::ShowChart(layer.id))
    })
    .key(BARE, Key::G),
    Entry::layer("app-export", 1, |s, layer| {
        Now::possible(s.loaded(layer).is_some(), Action::ShowExport(layer.id))
    })
    .also_in(Menu::File, 3)
    .key(CTRL, Key::E)
    .in_text()
    .tool(Icon::Export),
    Entry::layer("app-layer-join", 1, |s, layer| {
        Now::possible(join_dialog::is_possible(s, layer), Action::ShowJoin(layer.id))
    })
    .key(CTRL, Key::J),
    Entry::layer("app-layer-areas", 1, |s, layer| {
        let is_possible = areas_dialog::is_possible(s, layer, Asked::Numbers);
        Now::possible(is_possible, Action::ShowAreas(layer.id, Asked::Numbers))
    }),
    Entry::layer("app-layer-area-of", 1, |s, layer| {
        let is_possible = areas_dialog::is_possible(s, layer, Asked::AreaOf);
        Now::possible(is_possible, Action::ShowAreas(layer.id, Asked::AreaOf))
    }),
    Entry::layer("app-layer-names", 1, |s, layer| {
        Now::possible(names_dialog::is_possible(s, layer), Action::ShowNames(layer.id))
    }),
    Entry::layer("app-layer-visible", 2, |s, layer| {
        let change = Command::SetVisible(s.with_chosen(layer), !layer.visible);
        Now::switch(layer.visible, Action::Run(change)).of_several(s, layer)
    }),
    Entry::layer("app-layer-only", 2, |s, layer| {
        let mut others = s.document().layers.iter().filter(|other| other.id != layer.id);
        let is_alone = layer.visible && others.all(|other| !other.visible);
        Now::possible(!is_alone, Action::Run(Command::ShowOnly(layer.id)))
    }),
    Entry::layer("app-layer-scales", 2, |_, layer| Now::does(Action::ShowScales(layer.id))),
    Entry::layer("app-layer-duplicate", 2, |_, layer| {
        Now::does(Action::Run(Command::Duplicate(layer.id)))
    })
    .key(CTRL, Key::D),
    Entry::layer("app-layer-rename", 2, |_, layer| Now::does(Action::StartRename(layer.id)))
        .key(BARE, Key::F2),
    Entry::layer("app-layer-crs", 2, |s, layer| {
        Now::possible(has_place(s, layer), Action::ShowCrs(layer.id))
    }),
    Entry::layer("app-place-take", 2, |s, layer| match reading::take_offer(s, layer) {
        Some((crs, action)) => {
            let name = Message::new("app-named").text("name", crs_label(&crs, s.language));
            Now { about: Some(name), ..Now::does(action) }
        }
        None => Now::NEVER,
    })
    .in_no_menu(),
    Entry::layer("app-layer-encoding", 2, |s, layer| {
        Now::possible(reading::can_choose_encoding(s, layer), Action::ShowEncoding(layer.id))
    }),
    Entry::layer("app-layer-kinds", 2, |s, layer| {
        Now::possible(reading::can_choose_kinds(s, layer), Action::ShowKinds(layer.id, None))
    }),
    Entry::layer("app-layer-problems-show", 2, |s, layer| {
        Now::possible(s.loaded(layer).is_some(), Action::ShowProblems(layer.id))
    }),
    Entry::layer("app-check", 2, |s, layer| {
        Now::possible(has_place(s, layer), Action::ShowCheck(layer.id))
    }),
    Entry::layer("app-receipt", 2, |s, layer| {
        let is_of_portal = s.loaded(layer).is_some_and(|loaded| loaded.from_portal.is_some());
        Now::possible(is_of_portal, Action::ShowReceipt(layer.id))
    })
    .rare(),
    Entry::layer("app-layer-read-view", 2, |s, layer| {
        let view = s.in_view.map(rounded_out).and_then(Rectangle::of);
        let source = &layer.source;
        let is_divisible = source.is_file() || is_address(Path::new(&source.path));
        let view = view.filter(|_| has_place(s, layer) && is_divisible);
        match view.filter(|view| layer.source.bbox != Some(*view)) {
            Some(view) => Now::does(Action::read_part(layer, Some(view))),
            None => Now::NEVER,
        }
    })
    .rare(),
    Entry::layer("app-layer-read-whole", 2, |_, layer| {
        Now::possible(layer.source.bbox.is_some(), Action::read_part(layer, None))
    })
    .rare(),
    Entry::layer("app-layer-reload", 2, |_, layer| {
        Now::possible(layer.source.notes().is_none(), Action::Reload(layer.id))
    }),
    Entry::layer("app-layer-update", 2, |s, layer| {
        let is_possible = s.live.is_of_portal(layer) && !s.live.is_updating();
        Now::possible(is_possible, Action::UpdateLayer(layer.id))
    })
    .rare(),
    Entry::layer("app-layer-up", 3, |s, layer| run(s.document().step(layer.id, Way::Up)))
        .key(Modifiers::ALT, Key::ArrowUp)
        .tool(Icon::Up),
    Entry::layer("app-layer-down", 3, |s, layer| run(s.document().step(layer.id, Way::Down)))
        .key(Modifiers::ALT, Key::ArrowDown)
        .tool(Icon::Down),
    Entry::layer("app-layer-group", 3, |s, layer| {
        let number = s.document().next_group;
        let name = s.say(&Message::new("app-group-new").count("number", number));
        let layers = s.with_chosen(layer);
        Now::does(Action::Run(Command::GroupLayers { layers, name })).of_several(s, layer)
    })
    .key(CTRL, Key::G),
    Entry::window("app-layers-choose-all", Menu::Layer, 3, |s| {
        let all = s.document().layers.len();
        Now::possible(all > 1 && s.chosen_layers().len() < all, Action::ChooseAllLayers)
    })
    .key(CTRL_SHIFT, Key::A),
    // Groups
    group("app-group-visible", 1, |_, group| {
        let change = Command::SetGroupVisible(group.id, !group.visible);
        Now::switch(group.visible, Action::Run(change))
    }),
    group("app-group-open", 1, |_, group| {
        let change = Command::SetGroupOpen(group.id, !group.is_open);
        Now::switch(group.is_open, Action::Run(change))
    }),
    group("app-group-rename", 1, |_, group| Now::does(Action::StartRenameGroup(group.id))),
    group("app-group-up", 2, |s, group| run(s.document().step_group(group.id, Way::Up)))
        .key(ALT_SHIFT, Key::ArrowUp),
    group("app-group-down", 2, |s, group| run(s.document().step_group(group.id, Way::Down)))
        .key(ALT_SHIFT, Key::ArrowDown),
    group("app-group-dissolve", 2, |_, group| Now::does(Action::Run(Command::Dissolve(group.id))))
        .key(CTRL_SHIFT, Key::G),
    Entry::layer("app-layer-remove", 3, |s, layer| {
        Now::does(Action::Run(Command::RemoveLayers(s.with_chosen(layer)))).of_several(s, layer)
    })
    .tool(Icon::Trash),
    // Images under the layers
    backdrop("app-backdrop-zoom", 1, |s, backdrop| {
        let is_possible = matches!(s.backdrops.laid(backdrop), Some(Ok(_)));
        Now::possible(is_possible, Action::ZoomToBackdrop(backdrop.id))
    }),
    backdrop("app-backdrop-visible", 1, |_, backdrop| {
        let change = Command::SetBackdropVisible(backdrop.id, !backdrop.visible);
        Now::switch(backdrop.visible, Action::Run(change))
    }),
    backdrop("app-backdrop-crs", 2, |s, backdrop| {
        let is_read = s.backdrops.raster(backdrop).is_some();
        Now::possible(is_read, Action::ShowBackdropCrs(backdrop.id))
    }),
    backdrop("app-backdrop-about", 2, |s, backdrop| {
        let is_read = s.backdrops.raster(backdrop).is_some();
        Now::possible(is_read, Action::ShowBackdropProblems(backdrop.id))
    }),
    backdrop("app-backdrop-rename", 2, |_, backdrop| {
        Now::does(Action::StartRenameBackdrop(backdrop.id))
    }),
    backdrop("app-backdrop-reload", 2, |_, backdrop| {
        Now::does(Action::ReloadBackdrop(backdrop.id))
    }),
    backdrop("app-backdrop-up", 3, |s, backdrop| {
        run(s.document().step_backdrop(backdrop.id, Way::Up))
    }),
    backdrop("app-backdrop-down", 3, |s, backdrop| {
        run(s.document().step_backdrop(backdrop.id, Way::Down))
    }),
    backdrop("app-backdrop-remove", 3, |_, backdrop| {
        Now::does(Action::Run(Command::RemoveBackdrop(backdrop.id)))
    }),
    // Help
    Entry::window("app-menu-open", Menu::Help, 2, |_| Now::does(Action::OpenMenu(Menu::File)))
        .key(BARE, Key::F10)
        .in_text(),
    Entry::window("app-next-part", Menu::Help, 2, |_| {
        Now::does(Action::FocusPart { forward: true })
    })
    .key(BARE, Key::F6)
    .in_text(),
    Entry::window("app-previous-part", Menu::Help, 2, |_| {
        Now::does(Action::FocusPart { forward: false })
    })
    .key(Modifiers::SHIFT, Key::F6)
    .in_text(),
    Entry::window("app-help-shortcuts", Menu::Help, 1, |_| Now::does(Action::ShowHelp))
        .key(BARE, Key::F1)
        .in_text(),
    Entry::window("app-first-steps", Menu::Help, 3, |_| Now::does(Action::ShowFirstMinute)),
    Entry::window("app-open-sample", Menu::Help, 3, |_| Now::does(Action::OpenSample)),
    Entry::window("app-about", Menu::Help, 3, |_| Now::does(Action::ShowAbout)),
];

/// A tool for the map, with a key of its own.
const fn tool(label: &'static str, tool: Tool, key: Key) -> Entry {
    Entry::tool_for_map(label, Menu::Select, 1, tool).key(BARE, key)
}

/// A tool that draws notes, with Shift and a key of its own.
const fn note(label: &'static str, kind: NoteKind, key: Key) -> Entry {
    Entry::tool_for_map(label, Menu::Draw, 1, Tool::Note(kind)).key(Modifiers::SHIFT, key)
}

fn copy_rows(session: &Session, layer: &Layer, is_tabbed: bool) -> Now {
    let rows = RowsCopied::Selected;
    let copied = Copied::Rows { layer: layer.id, rows, is_tabbed };
    Now::possible(session.selection.count(layer.id) > 0, Action::Copy(copied))
}

fn text_size(session: &Session, size: u16) -> Now {
    let change = changed(session, |settings| settings.text_size = size);
    Now::possible(session.settings.text_size != size, change)
}

/// Whether there is something of the person's own on the map.
fn has_something(session: &Session) -> bool {
    let document = session.document();
    !(document.layers.is_empty() && document.backdrops.is_empty())
}

fn has_place(session: &Session, layer: &Layer) -> bool {
    session.loaded(layer).is_some_and(|loaded| loaded.kind != RowKind::Rows)
}

fn panel(session: &Session, panel: Panel) -> Now {
    let settings = &session.settings;
    let is_open = match panel {
        Panel::Layers => settings.show_layers,
        Panel::Details => settings.show_details,
        Panel::Table => settings.show_table,
        Panel::Overview => settings.show_overview,
        Panel::OverviewFold => settings.fold_overview,
        Panel::Graticule => settings.show_graticule,
    };
    Now::switch(is_open, Action::Toggle(panel))
}

/// A command about an image under the layers, in its menu: there about that image, elsewhere about
/// the active one.
const fn backdrop(label: &'static str, part: u8, now: fn(&Session, &Backdrop) -> Now) -> Entry {
    Entry::backdrop(label, part, now)
}

/// A change that is possible or not.
fn run(command: Option<Command>) -> Now {
    command.map_or(Now::NEVER, |command| Now::does(Action::Run(command)))
}

/// A command about a group, in the group's menu: there about that group, elsewhere about the
/// group of the active layer.
const fn group(label: &'static str, part: u8, now: fn(&Session, &LayerGroup) -> Now) -> Entry {
    Entry::group(label, part, now)
}

//! What the window does about the selection and the tools that make it.

use egui::Modifiers;

use super::actions::{Action, Actions, DetailsTab, RowRef};
use super::copying::{self, Copied, CopyFailure, RowsCopied};
use super::derived::MaskState;
use super::export_dialog::ExportDialog;
use super::select_area::Selecting;
use super::selection::Choose;
use super::session::Notice;
use super::tools::Tool;
use super::{BelfortApp, Dialog, labels, row_extent};
use crate::crs::lon_lat_from_mercator;
use crate::i18n::Message;
use crate::jobs::Poll;
use crate::map::{ClusterHit, Hit, SketchKind, Sketched};
use crate::project::{Command, Filter, LayerId, Rectangle, SheetSubject};
use crate::query::{DrawnShape, SelectError};
use crate::table::{Extent, RowSet};

impl BelfortApp {
    /// Does what concerns the selection; gives back what does not.
    pub(super) fn apply_to_selection(&mut self, action: Action) -> Option<Action> {
        match action {
            Action::Select(row) => self.select(row),
            Action::Choose { layer, rows, how } => {
                self.session.selection.choose(layer, &rows, how);
                self.session.active = Some(layer);
                self.session.hits.clear();
            }
            Action::ListRows(layer, rows) => {
                self.apply(Action::Choose { layer, rows, how: Choose::Instead });
                self.session.settings.show_table = true;
                self.table_panel.list_selected();
            }
            Action::ArrangeLabels(layer) => self.session.labels.arranged = layer,
            Action::UnpinLabel(row) => labels::unpin(&mut self.session, row),
            Action::LookAt(row) => self.look_at(row),
            Action::ShowHit(at) => {
                if let Some(hit) = self.session.hits.get(at).copied() {
                    self.choose_one(hit, Choose::Instead);
                }
            }
            Action::SelectAll => self.choose_shown(|shown, _| shown.clone()),
            Action::InvertSelection => self.choose_shown(RowSet::without),
            Action::SelectInstead(layer) => {
                self.session.active = Some(layer);
                self.choose_shown(|shown, _| shown.clone());
                self.apply(Action::Run(Command::SetFilter(layer, Filter::default())));
                self.session.history.close_step();
            }
            Action::ZoomToSelection => self.zoom_to_selection(),
            Action::ExportSelection => {
                let layer = self.session.active_layer().cloned();
                let made = layer.and_then(|layer| ExportDialog::new(&self.session, &layer));
                if let Some(made) = made {
                    self.dialog = Some(Dialog::Export(Box::new(made.only_selected())));
                }
            }
            Action::SetTool(tool) => self.set_tool(tool),
            Action::RemoveNotes => self.remove_corner_or_notes(),
            Action::KeepNoteText => self.end_writing(),
            Action::StepBack => {
                let is_editing = self.session.tool == Tool::EditNotes;
                if self.session.notes.stop_writing() || (is_editing && self.map.leave_corner()) {
                    // The rest stays as it is.
                } else if is_editing && !self.session.selection.is_empty() {
                    self.select(None);
                } else if self.map.clear_sketch() {
                    self.measured = None;
                } else if self.session.tool == Tool::Browse {
                    self.select(None);
                } else {
                    self.set_tool(Tool::Browse);
                }
            }
            Action::CancelSelecting => {
                if let Some(selecting) = self.session.selecting.take() {
                    selecting.job.cancel();
                }
            }
            Action::Copy(copied) => self.copy(copied),
            other => return Some(other),
        }
        None
    }

    /// A cluster was clicked: the map zooms in on its points; those at one place, or with a key for
    /// selecting, are selected instead.
    pub(super) fn cluster_clicked(&mut self, hit: ClusterHit, out: &mut Actions) {
        let layer = LayerId(hit.key);
        let Some(level) = self.session.crowds.level(layer).cloned() else { return };
        let Some(cluster) = level.clusters.get(hit.cluster) else { return };
        let adds = hit.modifiers.command || hit.modifiers.shift;
        if adds || cluster.is_one_place() {
            let rows = level.rows_of(cluster).iter().map(|row| *row as usize);
            let rows = RowSet::of(self.rows_of(layer), rows);
            let how = if adds { Choose::Also } else { Choose::Instead };
            out.push(Action::Choose { layer, rows, how });
            return;
        }
        let Extent { min_x, min_y, max_x, max_y } = cluster.extent;
        let [west, south] = lon_lat_from_mercator([min_x, min_y]);
        let [east, north] = lon_lat_from_mercator([max_x, max_y]);
        let extent = Extent { min_x: west, min_y: south, max_x: east, max_y: north };
        out.push(Action::ZoomToExtent(extent));
    }

    /// How many rows a layer has; 0 while it is not loaded.
    fn rows_of(&self, layer: LayerId) -> usize {
        let layer = self.session.document().layer(layer);
        let loaded = layer.and_then(|layer| self.session.loaded(layer));
        loaded.map_or(0, |loaded| loaded.table.rows())
    }

    /// Chooses one row; its layer becomes the active one.
    fn choose_one(&mut self, row: RowRef, how: Choose) {
        let rows = RowSet::of(self.rows_of(row.layer), [row.row]);
        self.session.selection.choose(row.layer, &rows, how);
        self.session.active = Some(row.layer);
    }

    fn select(&mut self, row: Option<RowRef>) {
        self.session.selection.clear();
        self.session.hits = row.into_iter().collect();
        if let Some(row) = row {
            self.choose_one(row, Choose::Instead);
            self.tab = DetailsTab::Feature;
        }
    }

    fn look_at(&mut self, row: RowRef) {
        let rows = self.rows_of(row.layer);
        if row.row < rows {
            self.session.selection.look_at(row, rows);
            self.session.active = Some(row.layer);
        }
    }

    /// Selects in the active layer what follows from the rows shown and those selected.
    fn choose_shown(&mut self, choose: impl Fn(&RowSet, &RowSet) -> RowSet) {
        let Some(layer) = self.session.active_layer() else { return };
        let Some(loaded) = self.session.loaded(layer) else { return };
        let rows = loaded.table.rows();
        let shown = match self.session.derived.mask(layer) {
            MaskState::Some(mask) => RowSet::of_mask(&mask.rows.0),
            MaskState::All | MaskState::Failed(_) => RowSet::all(rows),
            MaskState::Pending => return,
        };
        let layer = layer.id;
        let none = RowSet::none(rows);
        let before = self.session.selection.of(layer).unwrap_or(&none);
        let chosen = choose(&shown, before);
        self.session.selection.choose(layer, &chosen, Choose::Instead);
        self.session.hits.clear();
    }

    fn zoom_to_selection(&mut self) {
        let mut parts = Vec::new();
        for (id, rows) in self.session.selection.layers() {
            let layer = self.session.document().layer(id);
            if let Some(loaded) = layer.and_then(|layer| self.session.loaded(layer)) {
                parts.push((loaded.table.clone(), rows.clone()));
            }
        }
        if !parts.is_empty() {
            self.row_aim = Some(row_extent::start(parts, &self.session.wake));
        }
    }

    /// Draws the area that is taken along; the dialog comes back with it.
    pub(super) fn draw_take_area(&mut self) {
        if let Some(Dialog::Take(dialog)) = self.dialog.take() {
            self.take_aside = Some(dialog);
            self.set_tool(Tool::TakeArea);
        }
    }

    fn set_tool(&mut self, tool: Tool) {
        self.end_writing();
        if self.session.tool == Tool::TakeArea
            && let Some(dialog) = self.take_aside.take().filter(|_| tool == Tool::Browse)
        {
            // With what was drawn, else with the area as it was.
            self.dialog = Some(Dialog::Take(dialog));
        }
        if self.session.tool != tool {
            self.map.clear_sketch();
        }
        self.session.tool = tool;
        self.measured = None;
        self.map.set_sketch(tool.sketch());
    }

    /// A click on the map: with Shift the feature is selected too, with Ctrl it is selected or
    /// not any more.
    pub(super) fn clicked(&mut self, hits: &[Hit], modifiers: Modifiers) {
        let hits = hits.iter().map(|hit| RowRef { layer: LayerId(hit.key), row: hit.row });
        let is_editing = self.session.tool == Tool::EditNotes;
        let is_meant = |hit: &RowRef| !is_editing || self.session.note_of(*hit).is_some();
        let hits: Vec<RowRef> = hits.filter(is_meant).collect();
        let how = match (modifiers.command, modifiers.shift) {
            (true, _) => Choose::Toggle,
            (false, true) => Choose::Also,
            (false, false) => Choose::Instead,
        };
        match hits.first().copied() {
            Some(first) => {
                self.choose_one(first, how);
                self.session.settings.show_details = true;
                self.tab = DetailsTab::Feature;
            }
            None if how == Choose::Instead => self.session.selection.clear(),
            // A click that missed does not end a selection with care.
            None => return,
        }
        self.session.hits = if how == Choose::Instead { hits } else { Vec::new() };
    }

    /// Something is being drawn on the map.
    pub(super) fn sketched(&mut self, sketched: &Sketched, modifiers: Modifiers) {
        match self.session.tool {
            Tool::Browse | Tool::EditNotes => {}
            Tool::Note(kind) => self.note_sketched(kind, sketched),
            Tool::FilterArea(layer, kind) => {
                if sketched.is_done {
                    let corners = &sketched.corners;
                    let shape = match (kind, Extent::of_points(corners)) {
                        (SketchKind::Rectangle, Some(extent)) => {
                            let Extent { min_x, min_y, max_x, max_y } = extent;
                            Some(DrawnShape::rectangle([[min_x, min_y], [max_x, max_y]]))
                        }
                        _ => DrawnShape::polygon(corners.as_slice()),
                    };
                    self.set_tool(Tool::Browse);
                    if let Some(shape) = shape {
                        self.filter_by_shape(layer, shape);
                    }
                }
            }
            Tool::PrintArea => {
                if sketched.is_done {
                    let drawn = Extent::of_points(&sketched.corners).and_then(Rectangle::of);
                    self.set_tool(Tool::Browse);
                    if let Some(drawn) = drawn {
                        self.show_print(Some(SheetSubject::Area(drawn)));
                    }
                }
            }
            Tool::TakeArea => {
                if sketched.is_done {
                    let drawn = Extent::of_points(&sketched.corners);
                    if let (Some(dialog), Some(drawn)) = (&mut self.take_aside, drawn) {
                        dialog.set_drawn(drawn);
                    }
                    self.set_tool(Tool::Browse);
                }
            }
            Tool::Select(_) => {
                if sketched.is_done {
                    self.map.clear_sketch();
                    self.select_inside(sketched.corners.clone(), modifiers);
                }
            }
            Tool::MeasureLength | Tool::MeasureArea => self.measured = Some(sketched.clone()),
        }
    }

    fn select_inside(&mut self, ring: Vec<[f64; 2]>, modifiers: Modifiers) {
        let how = match (modifiers.command, modifiers.shift) {
            (true, _) => Choose::Not,
            (false, true) => Choose::Also,
            (false, false) => Choose::Instead,
        };
        let document = self.session.document();
        let active = self.session.active_layer().filter(|layer| document.is_shown(layer));
        let top = || document.layers.iter().find(|layer| document.is_shown(layer));
        let Some(layer) = active.or_else(top) else {
            self.session.notice(Notice::Trouble(Message::new("app-select-no-layer")));
            return;
        };
        let Some(loaded) = self.session.loaded(layer) else { return };
        let (id, table) = (layer.id, loaded.table.clone());
        let wake = self.session.wake.clone();
        if let Some(before) = self.session.selecting.take() {
            before.job.cancel();
        }
        self.session.selecting = Some(Selecting::start(id, table, ring, how, &wake));
    }

    /// Takes what jobs of this file have done.
    pub(super) fn take_selecting(&mut self) {
        if let Some(selecting) = self.session.selecting.take() {
            match selecting.job.poll() {
                Poll::Running => self.session.selecting = Some(selecting),
                Poll::Lost | Poll::Done(Err(SelectError::Cancelled(_))) => {}
                Poll::Done(Ok(rows)) => {
                    let rows = self.shown_only(selecting.layer, rows);
                    self.session.hits.clear();
                    self.session.selection.choose(selecting.layer, &rows, selecting.how);
                    self.session.active = Some(selecting.layer);
                }
                Poll::Done(Err(error)) => {
                    self.session.notice(Notice::Trouble(super::derived::select_message(&error)));
                }
            }
        }
        let Some(copying) = self.session.copying.take() else { return };
        match copying.poll() {
            Poll::Running => self.session.copying = Some(copying),
            Poll::Done(Ok(made)) => {
                self.ctx.copy_text(made.text);
                self.session.notice(Notice::Done(made.said));
            }
            Poll::Done(Err(CopyFailure::Message(message))) => {
                self.session.notice(Notice::Trouble(message));
            }
            Poll::Done(Err(CopyFailure::Cancelled(_))) | Poll::Lost => {}
        }
    }

    /// What is drawn around selects only what is seen.
    fn shown_only(&self, layer: LayerId, rows: RowSet) -> RowSet {
        match self.session.derived.mask_of(layer) {
            Some(mask) => rows.and(&RowSet::of_mask(&mask.0)),
            None => rows,
        }
    }

    fn copy(&mut self, copied: Copied) {
        let wake = self.session.wake.clone();
        let table_of = |layer: LayerId| {
            let layer = self.session.document().layer(layer)?;
            Some(self.session.loaded(layer)?.table.clone())
        };
        let job = match copied {
            Copied::Text(text) => {
                self.ctx.copy_text(text);
                self.session.notice(Notice::Done(Message::new("app-copied")));
                return;
            }
            Copied::Rows { layer, rows, is_tabbed } => table_of(layer).and_then(|table| {
                let order = self.session.derived.order(layer).cloned();
                let set = match rows {
                    RowsCopied::One(row) => RowSet::of(table.rows(), [row]),
                    RowsCopied::Selected => self.session.selection.of(layer)?.clone(),
                };
                let described = self.session.document().layer(layer)?;
                let columns = super::table::shown_columns(described, &table.fields);
                let language = self.session.language;
                Some(copying::rows(table, order, set, columns, is_tabbed, language, &wake))
            }),
            Copied::Wkt(row) => {
                table_of(row.layer).map(|table| copying::geometry(table, row.row, false, &wake))
            }
            Copied::GeoJson(row) => {
                table_of(row.layer).map(|table| copying::geometry(table, row.row, true, &wake))
            }
        };
        if let Some(job) = job {
            self.session.copying = Some(job);
        }
    }
}

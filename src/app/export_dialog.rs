//! Handing a layer over as a file: the form, what the format will change, the work, the receipt.

use std::path::{Path, PathBuf};

use egui::{Grid, RichText, ScrollArea, TextEdit, Ui};

use super::Wake;
use super::actions::Actions;
use super::chosen;
use super::crs_words::offered;
use super::derived::{MaskState, Same};
use super::dialog::{self, BrowseFor, PathField};
use super::file_dialogs::{documents, file_name};
use super::icons;
use super::keyed::Keyed;
use super::layers_panel::progress;
use super::live;
use super::session::Session;
use super::store::{Loaded, lost};
use crate::crs::{Crs, CrsError};
use crate::formats::{
    CsvOptions, CsvPlace, Export, ExportReport, FORMATS, Format, WriteOptions, export,
    export_changes,
};
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::page::source_line;
use crate::problem::{FileError, Problem, Problems};
use crate::project::{Layer, LayerId};
use crate::table::{Look, RowSet, Table};

/// The dialog.
pub(super) struct ExportDialog {
    layer: LayerId,
    form: Form,
    field: PathField,
    code: String,
    changes: Keyed<Key, Result<Problems, CrsError>>,
    work: Option<Job<Result<ExportReport, FileError>>>,
    outcome: Option<Result<ExportReport, FileError>>,
    exists: Option<(PathBuf, bool)>,
}

/// Which CRS the file gets.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    Source,
    Known(Crs),
    /// The code typed.
    Code(String),
}

/// Which rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    All,
    /// Those that the filter shows.
    Shown,
    /// Those selected, of the rows shown.
    Selected,
}

#[derive(Clone, Debug, PartialEq)]
struct Form {
    format: &'static str,
    rows: Rows,
    columns: Vec<bool>,
    target: Target,
    csv: CsvOptions,
}

/// What an export follows from: everything the job needs.
#[derive(Clone, PartialEq)]
struct Key {
    form: Form,
    table: Same<Table>,
    rows: Option<RowSet>,
    note: Option<String>,
    look: Look,
}

impl Key {
    /// Runs something with the export described.
    fn with<T>(&self, run: impl FnOnce(&Export<'_>) -> T) -> Result<T, CrsError> {
        let crs = match &self.form.target {
            Target::Source => None,
            Target::Known(crs) => Some(crs.clone()),
            Target::Code(code) => Some(Crs::from_code(code.trim())?),
        };
        let mask = self.rows.as_ref().map(RowSet::to_mask);
        let all = self.form.columns.iter().all(|chosen| *chosen);
        let chosen = self.form.columns.iter().enumerate();
        let chosen = chosen.filter_map(|(at, chosen)| chosen.then_some(at)).collect();
        let format = format_of(self.form.format);
        Ok(run(&Export {
            table: &self.table.0,
            rows: mask.as_ref(),
            columns: (!all).then_some(chosen),
            crs,
            format,
            options: WriteOptions {
                csv: self.form.csv,
                note: self.note.clone(),
                looks: vec![self.look],
            },
        }))
    }
}

/// A format by its name; the first that writes where the name is unknown.
fn format_of(id: &str) -> &'static Format {
    let known = FORMATS.iter().find(|format| format.id == id);
    known.copied().unwrap_or(&crate::formats::geojson::FORMAT)
}

impl ExportDialog {
    pub fn new(session: &Session, layer: &Layer) -> Option<ExportDialog> {
        let loaded = session.loaded(layer)?;
        let form = Form {
            format: crate::formats::geojson::FORMAT.id,
            rows: if layer.filter.is_empty() { Rows::All } else { Rows::Shown },
            columns: vec![true; loaded.table.fields.len()],
            target: match session.settings.export_crs.crs() {
                Some(crs) if loaded.table.geometry.is_some() && loaded.table.crs.is_some() => {
                    Target::Known(crs)
                }
                _ => Target::Source,
            },
            csv: CsvOptions { place: CsvPlace::Wkt, excel: Some(session.language) },
        };
        let format = format_of(form.format);
        let name = format!("{}.{}", file_name(&layer.name), extension(format));
        let beside = Path::new(&layer.source.path).parent().map(Path::to_path_buf);
        let is_sample = beside.as_ref().is_some_and(|folder| folder.ends_with("sample-data"));
        let folder = beside.filter(|folder| folder.is_dir() && !is_sample);
        Some(ExportDialog {
            layer: layer.id,
            form,
            field: PathField::of(&folder.unwrap_or_else(documents).join(name)),
            code: String::new(),
            changes: Keyed::default(),
            work: None,
            outcome: None,
            exists: None,
        })
    }

    /// Whether files are being written.
    pub fn is_working(&self) -> bool {
        self.work.is_some()
    }

    fn key(&self, session: &Session) -> Option<Key> {
        let layer = session.document().layer(self.layer)?;
        let loaded = session.loaded(layer)?;
        let rows = match (self.form.rows, session.derived.mask(layer)) {
            (Rows::All, _) => None,
            // Not known yet: wait rather than write everything.
            (_, MaskState::Pending) => return None,
            (Rows::Selected, _) => Some(session.selection.of(layer.id)?.clone()),
            (Rows::Shown, MaskState::Some(mask)) => Some(RowSet::of_mask(&mask.rows.0)),
            (Rows::Shown, _) => None,
        };
        let note = note_of(session, layer);
        let look = session.style_of(layer).as_look();
        let table = Same(loaded.table.clone());
        Some(Key { form: self.form.clone(), table, rows, note, look })
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, _out: &mut Actions) -> bool {
        self.poll(session);
        let Some(layer) = session.document().layer(self.layer) else { return true };
        let title = session.say(&Message::new("app-export-title").text("name", &layer.name));
        let shown = dialog::show(ctx, "export", &title, 640.0, |ui| {
            if let Some(Ok(report)) = &self.outcome {
                return receipt(ui, session, report);
            }
            if let Some(job) = &self.work {
                progress(ui, job.fraction(), &session.tr("app-export-working"));
                return dialog::buttons(ui, |ui| {
                    if ui.button(session.tr("app-cancel")).clicked() {
                        job.cancel();
                    }
                    false
                });
            }
            self.form(ui, session, layer)
        });
        shown.inner || (shown.is_escaped && !self.is_working())
    }

    fn poll(&mut self, session: &Session) {
        if let Some(key) = self.key(session) {
            let wake: Wake = session.wake.clone();
            self.changes.want(key, |key| {
                let key = key.clone();
                Job::start("export report", move || wake(), move |_| key.with(export_changes))
            });
        }
        let Some(job) = &self.work else { return };
        match job.poll() {
            Poll::Running => return,
            Poll::Done(Err(error)) if error.is_cancelled() => self.outcome = None,
            Poll::Done(outcome) => self.outcome = Some(outcome),
            Poll::Lost => self.outcome = Some(Err(lost(Path::new(&self.field.text)))),
        }
        self.work = None;
        self.exists = None;
    }

    fn form(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) -> bool {
        let Some(loaded) = session.loaded(layer) else { return true };
        let before = self.form.format;
        Grid::new("export").num_columns(2).spacing([16.0, 10.0]).show(ui, |ui| {
            ui.label(session.tr("app-export-format"));
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                for format in FORMATS.iter().filter(|format| format.write.is_some()) {
                    ui.radio_value(&mut self.form.format, format.id, format.name);
                }
            });
            ui.end_row();
            if self.form.format == crate::formats::csv::FORMAT.id {
                self.csv_rows(ui, session, loaded.table.geometry.is_some());
            }
            self.rows(ui, session, layer, loaded);
            if loaded.table.geometry.is_some() {
                ui.label(session.tr("app-export-crs"));
                self.crs(ui, session, loaded.table.crs.as_ref().map(|crs| &crs.crs));
                ui.end_row();
            }
        });
        self.columns(ui, session, &loaded.table);
        if self.form.format != before {
            self.rename_for_format();
        }
        let browse = BrowseFor::SaveFile(extension(format_of(self.form.format)));
        let picked = self.field.show(ui, session, "app-save-path", &[browse]);
        self.warnings(ui, session);
        let path = self.path();
        let exists = path.as_ref().is_some_and(|path| self.exists(path));
        if exists && picked.paths.is_empty() {
            let text = RichText::new(session.tr("app-save-exists"));
            ui.label(text.color(ui.visuals().warn_fg_color));
        }
        let key = self.key(session);
        let is_ready = key.is_some() && path.is_some();
        let mut is_wanted = picked.is_entered && !exists;
        let mut is_done = false;
        dialog::buttons(ui, |ui| {
            let id = if exists { "app-save-replace" } else { "app-export-do" };
            is_wanted |= dialog::main_button(ui, is_ready, &session.say(&Message::new(id)));
            is_done = ui.button(session.tr("app-cancel")).clicked();
        });
        if let (Some(key), Some(path), true) = (key, path, is_wanted) {
            let wake: Wake = session.wake.clone();
            let work = move |watch: &crate::jobs::Watch| {
                let done = key.with(|made| export(made, &path, watch));
                done.unwrap_or_else(|error| Err(FileError::new(&path, error.message())))
            };
            self.outcome = None;
            self.work = Some(Job::start("export", move || wake(), work));
        }
        is_done
    }

    /// Which rows, where there is a choice.
    fn rows(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, loaded: &Loaded) {
        let selected = session.selection.count(layer.id);
        let is_filtered = !layer.filter.is_empty();
        if self.form.rows == Rows::Selected && selected == 0 {
            self.form.rows = if is_filtered { Rows::Shown } else { Rows::All };
        }
        if !is_filtered && selected == 0 {
            return;
        }
        ui.label(session.tr("app-export-rows"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let mut choice = |ui: &mut Ui, rows: Rows, text: Message| {
                ui.radio_value(&mut self.form.rows, rows, session.say(&text));
            };
            let all = loaded.kind.count(loaded.table.rows() as u64);
            choice(ui, Rows::All, Message::new("app-export-all").message("all", all));
            if is_filtered {
                let filtered = match session.derived.mask(layer) {
                    MaskState::Some(mask) => Message::new("app-export-filtered")
                        .message("shown", loaded.kind.count(mask.shown)),
                    _ => Message::new("app-export-filtered-unknown"),
                };
                choice(ui, Rows::Shown, filtered);
            }
            if selected > 0 {
                let chosen = loaded.kind.count(selected as u64);
                let chosen = Message::new("app-export-selected").message("selected", chosen);
                choice(ui, Rows::Selected, chosen);
            }
        });
        ui.end_row();
    }

    /// Writes only the rows selected.
    pub fn only_selected(mut self) -> ExportDialog {
        self.form.rows = Rows::Selected;
        self
    }

    fn csv_rows(&mut self, ui: &mut Ui, session: &Session, has_place: bool) {
        if has_place {
            ui.label(session.tr("app-csv-place"));
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                for (place, id) in [
                    (CsvPlace::Wkt, "app-csv-place-wkt"),
                    (CsvPlace::Columns, "app-csv-place-columns"),
                    (CsvPlace::None, "app-csv-place-none"),
                ] {
                    let text = session.say(&Message::new(id));
                    ui.radio_value(&mut self.form.csv.place, place, text);
                }
            });
            ui.end_row();
        }
        ui.label(session.tr("app-csv-for"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let excel = Some(session.language);
            let text = session.tr("app-csv-excel");
            ui.radio_value(&mut self.form.csv.excel, excel, text);
            ui.radio_value(&mut self.form.csv.excel, None, session.tr("app-csv-programs"));
        });
        ui.end_row();
    }

    fn crs(&mut self, ui: &mut Ui, session: &Session, source: Option<&Crs>) {
        let source_name = source.map_or_else(String::new, super::crs_words::short_name);
        let as_source = Message::new("app-export-crs-source").text("name", source_name);
        let as_source = session.say(&as_source);
        let other = session.tr("app-crs-other");
        let shown = match &self.form.target {
            Target::Source => as_source.clone(),
            Target::Known(crs) => super::crs_words::short_name(crs),
            Target::Code(_) => other.clone(),
        };
        ui.horizontal(|ui| {
            let combo = icons::combo_box("export-crs").selected_text(shown).width(230.0);
            let combo = combo.show_ui(ui, |ui| {
                chosen::value(ui, &mut self.form.target, Target::Source, as_source);
                for (crs, name) in offered() {
                    chosen::value(ui, &mut self.form.target, Target::Known(crs), name);
                }
                let code = Target::Code(self.code.clone());
                chosen::value(ui, &mut self.form.target, code, other);
            });
            combo.response.accessible_name(session.tr("app-export-crs"));
            if matches!(self.form.target, Target::Code(_)) {
                let field = TextEdit::singleline(&mut self.code).hint_text("EPSG:…");
                let field = ui.add(field.desired_width(110.0));
                if field.accessible_name(session.tr("app-crs-code")).changed() {
                    self.form.target = Target::Code(self.code.clone());
                }
            }
        });
    }

    fn columns(&mut self, ui: &mut Ui, session: &Session, table: &Table) {
        if self.form.columns.len() != table.fields.len() {
            self.form.columns = vec![true; table.fields.len()];
        }
        let chosen = self.form.columns.iter().filter(|chosen| **chosen).count();
        let title = Message::new("app-export-columns")
            .count("chosen", chosen as u64)
            .count("all", table.fields.len() as u64);
        let header = icons::fold(session.say(&title)).id_salt("columns");
        header.show(ui, |ui| {
            ui.horizontal(|ui| {
                if ui.small_button(session.tr("app-export-columns-all")).clicked() {
                    self.form.columns.fill(true);
                }
                if ui.small_button(session.tr("app-export-columns-none")).clicked() {
                    self.form.columns.fill(false);
                }
            });
            ScrollArea::vertical().max_height(140.0).auto_shrink([false, true]).show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    for (field, chosen) in table.fields.iter().zip(&mut self.form.columns) {
                        ui.checkbox(chosen, field.title()).on_hover_text(&field.name);
                    }
                });
            });
        });
    }

    fn warnings(&self, ui: &mut Ui, session: &Session) {
        if let Some(Err(error)) = &self.outcome {
            let text = RichText::new(error.text(session.language));
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        match self.changes.latest() {
            None => {}
            Some(Err(error)) => {
                let text = RichText::new(session.say(&error.message()));
                ui.label(text.color(ui.visuals().error_fg_color));
            }
            Some(Ok(changes)) if changes.is_empty() => {
                ui.label(RichText::new(session.tr("app-export-no-changes")).weak());
            }
            Some(Ok(changes)) => {
                ui.label(RichText::new(session.tr("app-export-changes")).strong());
                problem_list(ui, session, changes);
            }
        }
    }

    /// The file's extension follows the format.
    fn rename_for_format(&mut self) {
        let Some(path) = self.field.path() else { return };
        let path = path.with_extension(extension(format_of(self.form.format)));
        self.field.text = path.to_string_lossy().into_owned();
    }

    fn path(&self) -> Option<PathBuf> {
        let path = self.field.path()?;
        path.file_name()?;
        if path.extension().is_some() {
            return Some(path);
        }
        Some(path.with_extension(extension(format_of(self.form.format))))
    }

    fn exists(&mut self, path: &Path) -> bool {
        match &self.exists {
            Some((known, exists)) if known == path => *exists,
            _ => {
                let exists = path.exists();
                self.exists = Some((path.to_owned(), exists));
                exists
            }
        }
    }
}

fn extension(format: &Format) -> &'static str {
    format.extensions.first().copied().unwrap_or("dat")
}

/// What goes with the data: the project's notice and who made them.
fn note_of(session: &Session, layer: &Layer) -> Option<String> {
    let today = chrono::Local::now().date_naive();
    let layer = live::with_day(session, layer);
    let line = source_line(session.document(), &[&layer], None, session.language, today);
    let note = session.with_notice(&line);
    (!note.is_empty()).then_some(note)
}

/// Problems as a list.
pub(super) fn problem_list(ui: &mut Ui, session: &Session, problems: &Problems) {
    ScrollArea::vertical().id_salt("problems").max_height(180.0).auto_shrink([false, true]).show(
        ui,
        |ui| {
            for problem in problems {
                problem_line(ui, session, problem);
            }
        },
    );
}

/// A problem with its sign.
pub(super) fn problem_line(ui: &mut Ui, session: &Session, problem: &Problem) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 18.0), egui::Sense::hover());
        let color = ui.visuals().warn_fg_color;
        icons::paint(ui.painter(), icons::Icon::Warning, rect.center(), color);
        ui.add(egui::Label::new(problem.text(session.language)).wrap());
    });
}

fn receipt(ui: &mut Ui, session: &Session, report: &ExportReport) -> bool {
    let done =
        Message::new("app-export-done").count("written", report.written).count("read", report.read);
    ui.strong(session.say(&done));
    if report.dropped > 0 {
        let text = session.say(&Message::new("app-export-dropped").count("count", report.dropped));
        ui.label(RichText::new(text).color(ui.visuals().error_fg_color));
    }
    ui.add_space(4.0);
    ui.weak(session.tr("app-export-files"));
    for path in &report.outputs {
        ui.label(path.display().to_string());
    }
    if !report.problems.is_empty() {
        ui.add_space(4.0);
        ui.weak(session.tr("app-export-changed"));
        problem_list(ui, session, &report.problems);
    }
    dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
}

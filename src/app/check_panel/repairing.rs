//! A repaired copy of a layer: what changes, and where the new file goes. The layer's own file
//! stays as it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Grid, RichText, ScrollArea, Ui};

use super::super::actions::{Action, Actions};
use super::super::derived::Same;
use super::super::dialog::{self, BrowseFor, Existing, PathField};
use super::super::export_dialog::{note_of, problem_line};
use super::super::file_dialogs::{documents, file_name};
use super::super::keyed::Keyed;
use super::super::layers_panel::progress;
use super::super::session::Session;
use super::super::store::lost;
use crate::check::{RepairOptions, Repaired, Winding, repair};
use crate::formats::{
    CsvOptions, Export, ExportReport, FORMATS, Format, PlaceAs, WriteOptions, export, format_by_id,
};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Job, Poll};
use crate::problem::{FileError, Problems};
use crate::project::{Layer, LayerId};
use crate::table::Table;

/// The dialog.
pub(in crate::app) struct RepairDialog {
    layer: LayerId,
    options: RepairOptions,
    format: &'static str,
    field: PathField,
    made: Keyed<Key, Result<Arc<Repaired>, Cancelled>>,
    work: Option<Job<Result<ExportReport, FileError>>>,
    failed: Option<FileError>,
    done: Option<Done>,
    exists: Existing,
}

/// What a copy follows from.
#[derive(Clone, PartialEq)]
struct Key {
    table: Same<Table>,
    options: RepairOptions,
}

/// What was written.
struct Done {
    path: PathBuf,
    rows_changed: u64,
    changes: Problems,
    /// What the format changed.
    lost: Problems,
}

impl RepairDialog {
    pub fn new(session: &Session, layer: &Layer) -> Option<RepairDialog> {
        let loaded = session.loaded(layer)?;
        let own = format_by_id(loaded.table.origin.format).filter(|format| format.write.is_some());
        let format = own.unwrap_or(&crate::formats::geojson::FORMAT);
        let name = Message::new("app-check-copy-name").text("name", layer.name.as_str());
        let name = format!("{}.{}", file_name(&session.say(&name)), extension(format));
        let beside = Path::new(&layer.source.path).parent().map(Path::to_path_buf);
        let is_sample = beside.as_ref().is_some_and(|folder| folder.ends_with("sample-data"));
        let folder = beside.filter(|folder| folder.is_dir() && !is_sample);
        Some(RepairDialog {
            layer: layer.id,
            options: RepairOptions::default(),
            format: format.id,
            field: PathField::of(&folder.unwrap_or_else(documents).join(name)).waiting(),
            made: Keyed::default(),
            work: None,
            failed: None,
            done: None,
            exists: Existing::default(),
        })
    }

    /// Whether something is being computed or written.
    pub fn is_busy(&self) -> bool {
        self.made.job().is_some() || self.work.is_some()
    }

    fn format(&self) -> &'static Format {
        format_by_id(self.format).unwrap_or(&crate::formats::geojson::FORMAT)
    }

    fn key(&self, session: &Session, layer: &Layer) -> Option<Key> {
        let table = Same(session.loaded(layer)?.table.clone());
        Some(Key { table, options: self.options })
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer) else { return true };
        self.options.winding = Winding::of_format(self.format).unwrap_or_default();
        let key = self.key(session, layer);
        if let Some(key) = key.clone().filter(|_| self.done.is_none()) {
            let wake = session.wake.clone();
            self.made.want(key, |key| {
                let key = key.clone();
                Job::start(
                    "repair",
                    move || wake(),
                    move |watch| repair(&key.table.0, &key.options, watch).map(Arc::new),
                )
            });
        }
        self.take_written(out);
        let title = Message::new("app-check-repair-title").text("name", layer.name.as_str());
        let shown = dialog::show(ctx, "repair", &session.say(&title), 620.0, |ui| {
            if let Some(done) = &self.done {
                return receipt(ui, session, done);
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
            self.form(ui, session, layer, key.as_ref())
        });
        shown.inner || (shown.is_escaped && self.work.is_none())
    }

    fn take_written(&mut self, out: &mut Actions) {
        let Some(job) = &self.work else { return };
        let outcome = match job.poll() {
            Poll::Running => return,
            Poll::Done(outcome) => outcome,
            Poll::Lost => Err(lost(Path::new(&self.field.text))),
        };
        self.work = None;
        self.exists.forget();
        match outcome {
            Ok(report) => {
                let Some(Ok(made)) = self.made.latest() else { return };
                let Some(path) = report.outputs.first() else { return };
                out.push(Action::Open(vec![path.clone()]));
                self.done = Some(Done {
                    path: path.clone(),
                    rows_changed: made.rows_changed,
                    changes: made.changes.clone(),
                    lost: report.problems,
                });
            }
            Err(error) if error.is_cancelled() => {}
            Err(error) => self.failed = Some(error),
        }
    }

    fn form(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, key: Option<&Key>) -> bool {
        ui.label(session.tr("app-check-repair-about"));
        ui.add_space(6.0);
        ui.checkbox(&mut self.options.keep_collapsed, session.tr("app-check-keep-collapsed"));
        ui.checkbox(&mut self.options.drop_duplicates, session.tr("app-check-drop-duplicates"));
        ui.add_space(6.0);
        self.changes(ui, session, key);
        ui.add_space(6.0);
        let before = self.format;
        Grid::new("repair").num_columns(2).spacing([16.0, 10.0]).show(ui, |ui| {
            ui.label(session.tr("app-export-format"));
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                for format in FORMATS.iter().filter(|format| format.write.is_some()) {
                    ui.radio_value(&mut self.format, format.id, format.name);
                }
            });
            ui.end_row();
        });
        if self.format != before
            && let Some(path) = self.field.path()
        {
            let path = path.with_extension(extension(self.format()));
            self.field.text = path.to_string_lossy().into_owned();
        }
        let browse = BrowseFor::SaveFile(extension(self.format()));
        let picked = self.field.show(ui, session, "app-save-path", &[browse]);
        if let Some(error) = &self.failed {
            let text = RichText::new(error.text(session.language));
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        let path = self.path();
        let is_own = path.as_ref().is_some_and(|path| is_source(path, layer));
        let exists = path.as_ref().is_some_and(|path| self.exists.is(path));
        if is_own {
            let text = RichText::new(session.tr("app-check-own-file"));
            ui.label(text.color(ui.visuals().error_fg_color));
        } else if exists && picked.paths.is_empty() {
            let text = RichText::new(session.tr("app-save-exists"));
            ui.label(text.color(ui.visuals().warn_fg_color));
        }
        let made = key.and_then(|key| self.made.of(key));
        let made = made.and_then(|made| made.as_ref().ok()).cloned();
        let is_ready = made.is_some() && path.is_some() && !is_own;
        let mut is_wanted = picked.is_entered && !exists;
        let mut is_done = false;
        dialog::buttons(ui, |ui| {
            let id = if exists { "app-save-replace" } else { "app-check-repair-do" };
            is_wanted |= dialog::main_button(ui, is_ready, &session.say(&Message::new(id)));
            is_done = ui.button(session.tr("app-cancel")).clicked();
        });
        if let (Some(made), Some(path), true) = (made, path, is_wanted && is_ready) {
            self.write(session, layer, made, path);
        }
        is_done
    }

    /// What will change, or how far finding out is.
    fn changes(&mut self, ui: &mut Ui, session: &Session, key: Option<&Key>) {
        if let Some(job) = self.made.job() {
            ui.horizontal(|ui| {
                progress(ui, job.fraction(), &session.tr("app-check-repair-working"));
            });
            return;
        }
        let Some(Ok(made)) = key.and_then(|key| self.made.of(key)) else { return };
        let text = Message::new("app-check-repair-changes").count("count", made.rows_changed);
        ui.label(RichText::new(session.say(&text)).strong());
        list(ui, session, "changes", &made.changes);
    }

    fn write(&mut self, session: &Session, layer: &Layer, made: Arc<Repaired>, path: PathBuf) {
        let wake = session.wake.clone();
        let format = self.format();
        let csv = CsvOptions { excel: Some(session.language) };
        let note = note_of(session, layer);
        let looks = vec![session.symbol_of(layer).as_look()];
        let options =
            WriteOptions { place: PlaceAs::Wkt, csv, note, looks, ..WriteOptions::default() };
        self.failed = None;
        self.work = Some(Job::start(
            "repair export",
            move || wake(),
            move |watch| {
                let kept = made.left_out.inverted().to_mask();
                // The layer that it becomes is called as its file.
                let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                let job = Export {
                    table: &made.table,
                    name,
                    rows: (!made.left_out.is_empty()).then_some(&kept),
                    columns: None,
                    crs: None,
                    format,
                    options,
                };
                export(&job, &path, watch)
            },
        ));
    }

    fn path(&self) -> Option<PathBuf> {
        let path = self.field.path()?;
        path.file_name()?;
        if path.extension().is_some() {
            return Some(path);
        }
        Some(path.with_extension(extension(self.format())))
    }
}

fn extension(format: &Format) -> &'static str {
    format.extensions.first().copied().unwrap_or("dat")
}

/// Whether a path is the layer's own file, or one of the files of the same shapefile.
fn is_source(path: &Path, layer: &Layer) -> bool {
    let source = Path::new(&layer.source.path);
    let lower =
        |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().to_lowercase());
    let is_shapefile = |path: &Path| {
        let extension = lower(path.extension());
        extension.is_some_and(|ext| matches!(ext.as_str(), "shp" | "shx" | "dbf" | "prj" | "cpg"))
    };
    path.parent() == source.parent()
        && lower(path.file_stem()) == lower(source.file_stem())
        && (lower(path.extension()) == lower(source.extension())
            || (is_shapefile(path) && is_shapefile(source)))
}

fn list(ui: &mut Ui, session: &Session, name: &str, problems: &Problems) {
    let area = ScrollArea::vertical().id_salt(name).max_height(160.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for problem in problems {
            problem_line(ui, session, problem);
        }
    });
}

fn receipt(ui: &mut Ui, session: &Session, done: &Done) -> bool {
    let text = Message::new("app-check-repair-done").count("count", done.rows_changed);
    ui.strong(session.say(&text));
    ui.label(done.path.display().to_string());
    ui.add_space(4.0);
    list(ui, session, "changes", &done.changes);
    if !done.lost.is_empty() {
        ui.add_space(4.0);
        ui.weak(session.tr("app-export-changed"));
        list(ui, session, "lost", &done.lost);
    }
    dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
}

//! Handing layers over as a file: the form, what the format will change, the work, the receipt.

mod choices;
mod report;
mod wanted;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use egui::{Grid, RichText, Ui};

pub(super) use self::report::problem_line;
use self::report::{Changes, changes, receipt};
use self::wanted::{Form, Key, Rows, Target, extension, format_of};
use super::Wake;
use super::actions::Actions;
use super::dialog::{self, BrowseFor, Existing, PathField};
use super::file_dialogs::{documents, file_name};
use super::keyed::Keyed;
use super::layers_panel::progress;
use super::live;
use super::session::Session;
use super::store::lost;
use crate::crs::CrsError;
use crate::formats::{CsvOptions, Export, ExportReport, FORMATS, PlaceAs, export, export_several};
use crate::i18n::Message;
use crate::jobs::{Job, Poll, Watch};
use crate::page::source_line;
use crate::problem::FileError;
use crate::project::{Layer, LayerId};

/// What was written: each layer's name and report.
type Written = Result<Vec<(String, ExportReport)>, FileError>;

/// The dialog.
pub(super) struct ExportDialog {
    layer: LayerId,
    form: Form,
    field: PathField,
    changes: Keyed<Key, Result<Changes, CrsError>>,
    work: Option<Job<Written>>,
    outcome: Option<Written>,
    exists: Existing,
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
            code: String::new(),
            place: PlaceAs::Wkt,
            csv: CsvOptions { excel: Some(session.language) },
            also: BTreeSet::new(),
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
            changes: Keyed::default(),
            work: None,
            outcome: None,
            exists: Existing::default(),
        })
    }

    /// Whether files are being written.
    pub fn is_working(&self) -> bool {
        self.work.is_some()
    }

    fn key(&self, session: &Session) -> Option<Key> {
        Key::of(session, self.layer, &self.form)
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, _out: &mut Actions) -> bool {
        self.poll(session);
        let Some(layer) = session.document().layer(self.layer) else { return true };
        let title = session.say(&Message::new("app-export-title").text("name", &layer.name));
        let shown = dialog::show(ctx, "export", &title, 640.0, |ui| {
            if let Some(Ok(reports)) = &self.outcome {
                return receipt(ui, session, reports);
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
                let work =
                    move |watch: &Watch| key.with(|exports| Changes::of(exports, watch), watch);
                Job::start("export report", move || wake(), work)
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
        self.exists.forget();
    }

    fn form(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) -> bool {
        let Some(loaded) = session.loaded(layer) else { return true };
        let before = self.form.format;
        Grid::new("export").num_columns(2).spacing([16.0, 10.0]).show(ui, |ui| {
            ui.label(session.tr("app-export-format"));
            ui.horizontal_wrapped(|ui| {
                ui.set_max_width(480.0);
                ui.spacing_mut().item_spacing.x = 16.0;
                for format in FORMATS.iter().filter(|format| format.write.is_some()) {
                    ui.radio_value(&mut self.form.format, format.id, format.name);
                }
            });
            ui.end_row();
            if loaded.table.geometry.is_some() && format_of(self.form.format).has_place_in_columns()
            {
                self.form.place_line(ui, session);
            }
            if self.form.format == crate::formats::csv::FORMAT.id {
                self.form.csv_line(ui, session);
            }
            self.form.rows_line(ui, session, layer, loaded);
            if loaded.table.geometry.is_some() {
                ui.label(session.tr("app-export-crs"));
                self.form.crs_line(ui, session, loaded.table.crs.as_ref().map(|crs| &crs.crs));
                ui.end_row();
            }
        });
        self.form.columns_fold(ui, session, &loaded.table);
        if self.form.holds_several() {
            self.form.other_layers(ui, session, layer);
        }
        let browse = BrowseFor::SaveFile(extension(format_of(self.form.format)));
        let picked = self.field.show(ui, session, "app-save-path", &[browse]);
        if let Some(Err(error)) = &self.outcome {
            let text = RichText::new(error.text(session.language));
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        if let Some(found) = self.changes.latest() {
            changes(ui, session, found, &mut self.form);
        }
        if self.form.format != before {
            self.rename_for_format();
        }
        let path = self.path();
        let exists = path.as_ref().is_some_and(|path| self.exists.is(path));
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
            let work = move |watch: &Watch| {
                let done = key.with(|exports| write(exports, &path, watch), watch);
                done.unwrap_or_else(|error| Err(FileError::new(&path, error.message())))
            };
            self.outcome = None;
            self.work = Some(Job::start("export", move || wake(), work));
        }
        is_done
    }

    /// Writes only the rows selected.
    pub fn only_selected(mut self) -> ExportDialog {
        self.form.rows = Rows::Selected;
        self
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
}

fn write(exports: &[Export<'_>], path: &Path, watch: &Watch) -> Written {
    let reports = match exports {
        [one] => vec![export(one, path, watch)?],
        several => export_several(several, path, watch)?,
    };
    let names = exports.iter().map(|export| export.name.clone().unwrap_or_default());
    Ok(names.zip(reports).collect())
}

/// What goes with the data: the project's notice and who made them.
pub(super) fn note_of(session: &Session, layer: &Layer) -> Option<String> {
    let today = chrono::Local::now().date_naive();
    let layer = live::with_day(session, layer);
    let line = source_line(session.document(), &[(&layer).into()], None, session.language, today);
    let note = session.with_notice(&line);
    (!note.is_empty()).then_some(note)
}

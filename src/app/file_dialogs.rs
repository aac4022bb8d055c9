//! The dialogs about files: open, save as, save the picture, and "save changes?".

use std::path::{Path, PathBuf};

use egui::{RichText, ScrollArea};

use super::actions::{Action, Actions};
use super::chart_panel::ChartForm;
use super::dialog::{self, BrowseFor, Existing, PathField};
use super::session::Session;
use super::thumbnails::Thumbnails;
use crate::i18n::Message;
use crate::portal::Address;
use crate::problem::FileError;

/// Choosing what to open.
#[derive(Default)]
pub(super) struct OpenDialog {
    field: PathField,
    error: Option<FileError>,
    thumbnails: Thumbnails,
}

impl OpenDialog {
    /// Whether the system's own dialog may still answer, or pictures are being read.
    pub fn is_browsing(&self) -> bool {
        self.field.is_browsing() || self.thumbnails.is_busy()
    }

    /// A dialog that asks the system at once; it stays open for typing where that has none.
    pub fn asking(session: &Session) -> OpenDialog {
        let mut made = OpenDialog::default();
        made.field.browse(BrowseFor::Open, session.tr("app-open-title"), session);
        made
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let title = session.tr("app-open-title");
        self.thumbnails.want(ctx, session);
        let shown = dialog::show(ctx, "open", &title, 620.0, |ui| {
            ui.weak(session.tr("app-open-what"));
            ui.add_space(6.0);
            let browse = [BrowseFor::Open, BrowseFor::Folder];
            let picked = self.field.show(ui, session, "app-open-path", &browse);
            ui.label(RichText::new(session.tr("app-service-open-hint")).small().weak());
            if !picked.paths.is_empty() {
                out.push(Action::Open(picked.paths));
                return true;
            }
            if let Some(error) = &self.error {
                let text = RichText::new(error.text(session.language));
                ui.label(text.color(ui.visuals().error_fg_color));
            }
            if let Some(recent) = recent_list(ui, session, &self.thumbnails) {
                out.push(Action::Open(vec![recent]));
                return true;
            }
            let path = self.field.path();
            let is_ready = path.is_some();
            let mut is_done = false;
            let mut is_wanted = picked.is_entered;
            dialog::buttons(ui, |ui| {
                is_wanted |= dialog::main_button(ui, is_ready, &session.tr("app-open-do"));
                is_done |= ui.button(session.tr("app-cancel")).clicked();
            });
            if let Some(path) = path.filter(|_| is_wanted) {
                // The place of a typing mistake is here, not in a list of errors.
                let is_there = if Address::is_meant(&path) {
                    Address::read(&path.to_string_lossy()).map(|_| ())
                } else {
                    let found = std::fs::metadata(&path).map(|_| ());
                    found.map_err(|error| FileError::io(&path, &error))
                };
                match is_there {
                    Ok(()) => {
                        out.push(Action::Open(vec![path]));
                        is_done = true;
                    }
                    Err(error) => self.error = Some(error),
                }
            }
            is_done
        });
        shown.inner || shown.is_escaped
    }
}

fn recent_list(ui: &mut egui::Ui, session: &Session, thumbnails: &Thumbnails) -> Option<PathBuf> {
    if session.settings.recent.is_empty() {
        return None;
    }
    ui.add_space(8.0);
    let title = RichText::new(session.tr("app-open-recent")).small().weak();
    ui.label(title);
    let mut chosen = None;
    ScrollArea::vertical().max_height(260.0).auto_shrink([false, true]).show(ui, |ui| {
        for path in &session.settings.recent {
            let text = shortened(path);
            ui.horizontal(|ui| {
                thumbnails.show(ui, path);
                let button = egui::Button::new(&text).frame(false).truncate();
                if ui.add(button).on_hover_text(path.to_string_lossy()).clicked() {
                    chosen = Some(path.clone());
                }
            });
        }
    });
    chosen
}

/// `name – folder`.
pub(super) fn shortened(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => format!("{name} – {}", folder.display()),
        _ => name.into_owned(),
    }
}

/// Choosing where something goes.
pub(super) struct SaveDialog {
    field: PathField,
    title: &'static str,
    /// With the dot.
    extension: &'static str,
    browse: BrowseFor,
    then: fn(PathBuf) -> Action,
    exists: Existing,
}

impl SaveDialog {
    /// Whether the system's own dialog may still answer.
    pub fn is_browsing(&self) -> bool {
        self.field.is_browsing()
    }

    /// For the project; `then` is what is done with the path.
    pub fn project(session: &Session) -> SaveDialog {
        let path = session.path.clone().unwrap_or_else(|| {
            documents().join(format!("{}.belfort.json", file_name(&session.project_name())))
        });
        SaveDialog {
            field: PathField::of(&path),
            title: "app-save-title",
            extension: ".belfort.json",
            browse: BrowseFor::SaveProject,
            then: Action::SaveTo,
            exists: Existing::default(),
        }
    }

    /// For the project with all that it needs.
    pub fn pack(session: &Session) -> SaveDialog {
        let name = format!("{}.zip", file_name(&session.project_name()));
        let folder = session.path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        SaveDialog {
            field: PathField::of(&folder.unwrap_or_else(documents).join(name)),
            title: "app-pack-title",
            extension: ".zip",
            browse: BrowseFor::SaveFile("zip"),
            then: Action::Pack,
            exists: Existing::default(),
        }
    }

    /// For the map as a picture.
    pub fn figure(session: &Session) -> SaveDialog {
        let name = format!("{}.png", file_name(&session.project_name()));
        let folder = session.path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        SaveDialog {
            field: PathField::of(&folder.unwrap_or_else(documents).join(name)),
            title: "app-figure-save-title",
            extension: ".png",
            browse: BrowseFor::SaveFile("png"),
            then: Action::SaveFigure,
            exists: Existing::default(),
        }
    }

    /// For the map as seen, at one or two pixels per point.
    pub fn view(session: &Session, scale: u8) -> SaveDialog {
        let then: fn(PathBuf) -> Action = match scale {
            1 => |path| Action::SaveView(path, 1),
            _ => |path| Action::SaveView(path, 2),
        };
        SaveDialog { title: "app-view-save-title", then, ..SaveDialog::figure(session) }
    }

    /// For a chart of the active layer, or its numbers.
    pub fn chart(session: &Session, form: ChartForm) -> SaveDialog {
        let layer = session.active_layer();
        let name = layer.map_or_else(|| session.project_name(), |layer| layer.name.clone());
        let folder = session.path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let (extension, then): (_, fn(PathBuf) -> Action) = match form {
            ChartForm::Png => (".png", |path| Action::SaveChart(path, ChartForm::Png)),
            ChartForm::Svg => (".svg", |path| Action::SaveChart(path, ChartForm::Svg)),
            ChartForm::Bars => (".csv", |path| Action::SaveChart(path, ChartForm::Bars)),
            ChartForm::Figures => (".csv", |path| Action::SaveChart(path, ChartForm::Figures)),
        };
        let name = format!("{}{extension}", file_name(&name));
        SaveDialog {
            field: PathField::of(&folder.unwrap_or_else(documents).join(name)),
            title: "app-chart-save-title",
            extension,
            browse: BrowseFor::SaveFile(form.extension()),
            then,
            exists: Existing::default(),
        }
    }

    /// For the style of the active layer, as QGIS reads it: beside its file, where QGIS finds it.
    pub fn style(session: &Session) -> SaveDialog {
        let layer = session.active_layer();
        let name = layer.map_or_else(|| session.project_name(), |layer| layer.name.clone());
        let file =
            layer.map(|layer| Path::new(&layer.source.path)).filter(|path| path.is_absolute());
        let folder = session.path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let usual = || folder.unwrap_or_else(documents).join(format!("{}.qml", file_name(&name)));
        SaveDialog {
            field: PathField::of(&file.map_or_else(usual, |path| path.with_extension("qml"))),
            title: "app-qml-save-title",
            extension: ".qml",
            browse: BrowseFor::SaveFile("qml"),
            then: Action::SaveStyle,
            exists: Existing::default(),
        }
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let title = session.say(&Message::new(self.title));
        let shown = dialog::show(ctx, "save", &title, 620.0, |ui| {
            let picked = self.field.show(ui, session, "app-save-path", &[self.browse]);
            let path = self.path();
            let exists = path.as_ref().is_some_and(|path| self.exists.is(path));
            if exists {
                let text = RichText::new(session.tr("app-save-exists"));
                ui.label(text.color(ui.visuals().warn_fg_color));
            }
            let mut is_done = false;
            // The system's dialog has asked already whether to replace.
            let mut is_wanted = (picked.is_entered && !exists) || !picked.paths.is_empty();
            dialog::buttons(ui, |ui| {
                let id = if exists { "app-save-replace" } else { "app-save-do" };
                let text = session.say(&Message::new(id));
                is_wanted |= dialog::main_button(ui, path.is_some(), &text);
                is_done |= ui.button(session.tr("app-cancel")).clicked();
            });
            if let Some(path) = path.filter(|_| is_wanted) {
                out.push((self.then)(path));
                is_done = true;
            }
            is_done
        });
        shown.inner || shown.is_escaped
    }

    fn path(&self) -> Option<PathBuf> {
        let path = self.field.path()?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        // A project may also be called just `x.json`.
        let last = self.extension.rsplit('.').next().unwrap_or_default();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(last)) {
            return Some(path);
        }
        Some(path.with_file_name(format!("{name}{}", self.extension)))
    }
}

/// The folder new files are offered in.
pub(super) fn documents() -> PathBuf {
    let user = directories::UserDirs::new();
    let documents = user.as_ref().and_then(|user| user.document_dir().map(Path::to_path_buf));
    let home = || user.as_ref().map(|user| user.home_dir().to_owned());
    documents.filter(|folder| folder.is_dir()).or_else(home).unwrap_or_default()
}

/// A text as a file's name: without the characters that file systems refuse.
pub(super) fn file_name(text: &str) -> String {
    let kept = text.chars().map(|c| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
        c if c.is_control() => '-',
        c => c,
    });
    let name: String = kept.collect();
    let name = name.trim().trim_matches('.').to_owned();
    if name.is_empty() { "belfort".to_owned() } else { name }
}

/// "Save changes?" before something that would lose them. Answers whether the dialog is done.
pub(super) fn unsaved(
    ctx: &egui::Context,
    session: &Session,
    then: &Action,
    out: &mut Actions,
) -> Unsaved {
    let title = session.tr("app-unsaved-title");
    let shown = dialog::show(ctx, "unsaved", &title, 440.0, |ui| {
        let text = Message::new("app-unsaved-text").text("name", session.project_name());
        ui.label(session.say(&text));
        dialog::buttons(ui, |ui| {
            if dialog::main_button(ui, true, &session.tr("app-save")) {
                return Unsaved::Save;
            }
            if ui.button(session.tr("app-unsaved-discard")).clicked() {
                out.push(Action::Regardless(Box::new(then.clone())));
                return Unsaved::Done;
            }
            if ui.button(session.tr("app-cancel")).clicked() {
                return Unsaved::Done;
            }
            Unsaved::Open
        })
    });
    if shown.is_escaped { Unsaved::Done } else { shown.inner }
}

/// How the question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsaved {
    Open,
    /// Save first, then go on.
    Save,
    Done,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_fit_for_files() {
        assert_eq!(file_name("Wijken: deel 1/2?"), "Wijken- deel 1-2-");
        assert_eq!(file_name(" .. "), "belfort");
    }
}

//! The print window: the page as it will be, what may be said about it, and where it goes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, RichText, ScrollArea, Ui, vec2};

use super::form::Choices;
use super::lines;
use super::output::{OutputError, OutputKind, Written};
use super::parts::{Fineness, SheetParts, TILES_OF_FILE};
use super::preview::{Preview, Shown, color_image};
use super::selected::find_selected;
use super::sheets::Current;
use super::told::told;
use super::viewed::view;
use super::writing::{Stopped, Unfinished, write};
use crate::app::actions::{Action, Actions};
use crate::app::dialog::{self, BrowseFor, Existing, PathField};
use crate::app::file_dialogs::{documents, file_name};
use crate::app::layers_panel::progress;
use crate::app::session::{Notice, Session};
use crate::app::tools::Tool;
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::page::render;
use crate::project::{Rectangle, Sheet, SheetSubject};
use crate::tiles::TileStore;

/// The width of the column of choices, points.
const CHOICES: f32 = 330.0;

/// Dots per inch of a copy for the clipboard.
const COPY: f64 = 150.0;

/// What a file is made of: the same makes the same pages.
type Wanted = (Shown, PathBuf, u16);

/// What is being made of the sheet.
enum Work {
    File(PathBuf, Job<Result<Written, Stopped>>),
    View(Job<Result<Written, OutputError>>),
    Copy(Job<Result<egui::ColorImage, OutputError>>),
}

/// The window.
pub(in crate::app) struct PrintDialog {
    /// The selection being looked up.
    finding: Option<Job<Option<SheetSubject>>>,
    /// What the window was opened for.
    asked: Option<SheetSubject>,
    /// What is selected on the map.
    selection: Option<SheetSubject>,
    /// The sheet that is shown.
    current: Current,
    preview: Preview,
    choices: Choices,
    kind: OutputKind,
    dots_per_inch: u16,
    field: PathField,
    /// Whether the person named the file: then it no longer follows the title.
    is_named: bool,
    /// Where sheets lie that are opened in another program.
    viewed: PathBuf,
    work: Option<Work>,
    /// An atlas that was cancelled halfway, and what it was made of.
    unfinished: Option<(Wanted, Unfinished)>,
    /// What is being written is made of.
    wanted: Option<Wanted>,
    failure: Option<String>,
    exists: Existing,
}

impl PrintDialog {
    /// A window for a subject; without one for what is selected, else for the project's sheet, else
    /// for what is in view.
    pub fn new(session: &Session, subject: Option<SheetSubject>, cache: &Path) -> PrintDialog {
        let finding = if subject.is_some() { None } else { find_selected(session) };
        PrintDialog {
            finding,
            asked: subject,
            selection: None,
            current: Current::new(),
            preview: Preview::default(),
            choices: Choices::new(session),
            kind: OutputKind::Pdf,
            dots_per_inch: 300,
            field: PathField::default().waiting(),
            is_named: false,
            viewed: session.settings.viewed_folder(cache),
            work: None,
            unfinished: None,
            wanted: None,
            failure: None,
            exists: Existing::default(),
        }
    }

    /// Takes the selection once it was looked up, as the subject of the sheet.
    fn take_selection(&mut self, session: &Session) {
        let Some(job) = &self.finding else { return };
        let found = match job.poll() {
            Poll::Running => return,
            Poll::Done(found) => found,
            Poll::Lost => None,
        };
        self.finding = None;
        if let Some(subject) = &found {
            self.current.propose(session, subject.clone());
        }
        self.selection = found;
    }

    /// Whether the page is being drawn or written.
    pub fn is_busy(&self) -> bool {
        self.preview.is_busy() || self.work.is_some() || self.finding.is_some()
    }

    /// Answers whether the window is done.
    pub fn show(
        &mut self,
        ctx: &egui::Context,
        session: &Session,
        tiles: &Arc<TileStore>,
        out: &mut Actions,
    ) -> bool {
        if self.poll(ctx, out) {
            return true;
        }
        self.current.follow(ctx, session);
        if let Some(subject) = self.asked.take() {
            let sheet = about(self.current.sheet(session), subject);
            out.push(Action::Run(self.current.set(sheet)));
            out.push(Action::CloseStep);
        }
        self.take_selection(session);
        take_back(ctx, out);
        // What a press of the pointer begins is a step of its own, whatever was typed or moved before.
        if ctx.input(|input| input.pointer.any_pressed()) {
            out.push(Action::CloseStep);
        }
        let screen = ctx.content_rect().size();
        let title = session.tr("app-print-title");
        let shown = dialog::show(ctx, "print", &title, screen.x, |ui| {
            let height = screen.y - 150.0;
            ui.horizontal_top(|ui| {
                let width = (ui.available_width() - CHOICES - 16.0).max(200.0);
                let is_known = self.finding.is_none();
                let room = vec2(width, height);
                let sheet = self.current.sheet(session);
                let changed = self.preview.show(ui, session, tiles, (room, is_known), &sheet);
                self.change(changed, ui, out);
                ui.add_space(8.0);
                ui.vertical(|ui| {
                    ui.set_width(CHOICES);
                    self.column(ui, session, tiles, height, out)
                })
                .inner
            })
            .inner
        });
        if self.choices.draws_frame {
            out.push(Action::SetTool(Tool::PrintArea));
            return true;
        }
        shown.inner || (shown.is_escaped && self.work.is_none())
    }

    /// The choices, and below them what becomes of the page.
    fn column(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        tiles: &Arc<TileStore>,
        height: f32,
        out: &mut Actions,
    ) -> bool {
        const BELOW: f32 = 248.0;
        if self.current.line(ui, session, out) {
            self.preview.begin_anew();
            self.is_named = false;
        }
        ui.add_space(4.0);
        let sheet = self.current.sheet(session);
        let area = ScrollArea::vertical().max_height((height - BELOW).max(120.0));
        area.auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(CHOICES - 14.0);
            let mut hands = std::mem::take(&mut self.preview.hands);
            let made = self.preview.made().and_then(Result::ok);
            let shown = (&sheet, self.selection.as_ref());
            let changed = self.choices.show(ui, session, shown, (made, &mut hands));
            self.preview.hands = hands;
            self.change(changed, ui, out);
        });
        ui.separator();
        told(ui, session, self.preview.made());
        self.output(ui, session, tiles, out)
    }

    fn change(&mut self, changed: Option<Sheet>, ui: &Ui, out: &mut Actions) {
        if let Some(sheet) = changed {
            self.preview.begin_anew();
            self.failure = None;
            out.push(Action::Run(self.current.set(sheet)));
            if !ui.input(|input| input.pointer.any_down()) && !ui.ctx().egui_wants_keyboard_input()
            {
                out.push(Action::CloseStep);
            }
        }
    }

    fn output(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        tiles: &Arc<TileStore>,
        out: &mut Actions,
    ) -> bool {
        if let Some(work) = &self.work {
            let (label, fraction) = match work {
                Work::File(_, job) => ("app-print-writing", job.fraction()),
                Work::View(job) => ("app-print-opening", job.fraction()),
                Work::Copy(job) => ("app-print-copying", job.fraction()),
            };
            progress(ui, fraction, &session.tr(label));
            return dialog::buttons(ui, |ui| {
                if ui.button(session.tr("app-cancel")).clicked() {
                    match work {
                        Work::File(_, job) => job.cancel(),
                        Work::View(job) => job.cancel(),
                        Work::Copy(job) => job.cancel(),
                    }
                }
                false
            });
        }
        self.propose_name(session);
        lines::kind_line(ui, session, &mut self.kind, &mut self.dots_per_inch);
        let before = self.field.text.clone();
        let browse = BrowseFor::SaveFile(self.kind.extension());
        let picked = self.field.show(ui, session, "app-save-path", &[browse]);
        self.is_named |= self.field.text != before || !picked.paths.is_empty();
        if let Some(kind) = self.field.path().as_deref().and_then(OutputKind::of)
            && self.field.text != before
        {
            self.kind = kind;
        }
        if let Some((_, unfinished)) = &self.unfinished {
            let kept = Message::new("app-print-kept").count("count", unfinished.len() as u64);
            ui.label(session.say(&kept));
        }
        if let Some(failure) = &self.failure {
            ui.label(RichText::new(failure).color(ui.visuals().error_fg_color));
        }
        let path = self.path();
        let exists = path.as_ref().is_some_and(|path| self.exists.is(path));
        if exists && picked.paths.is_empty() {
            let text = RichText::new(session.tr("app-save-exists"));
            ui.label(text.color(ui.visuals().warn_fg_color));
        }
        let is_ready = matches!(self.preview.made(), Some(Ok(_))) && path.is_some();
        let mut is_wanted = picked.is_entered && !exists;
        let (mut is_viewed, mut is_copied, mut is_done) = (false, false, false);
        dialog::buttons(ui, |ui| {
            let id = if exists { "app-save-replace" } else { "app-print-do" };
            is_wanted |= dialog::main_button(ui, is_ready, &session.tr(id));
            let view = egui::Button::new(session.tr("app-print-view"));
            let hint = session.tr("app-print-view-hint");
            is_viewed = ui.add_enabled(is_ready, view).on_hover_text(hint).clicked();
            let copy = egui::Button::new(session.tr("app-print-copy"));
            is_copied = ui.add_enabled(is_ready, copy).clicked();
            is_done = ui.button(session.tr("app-close")).clicked();
        });
        if is_wanted && let Some(path) = path.filter(|_| is_ready) {
            out.push(Action::CloseStep);
            self.write(session, tiles, path);
        } else if is_viewed {
            out.push(Action::CloseStep);
            self.view(session, tiles);
        } else if is_copied {
            self.copy(session, tiles);
        }
        is_done
    }

    /// The file is called after the sheet's title until the person calls it otherwise.
    fn propose_name(&mut self, session: &Session) {
        if self.is_named {
            if let Some(path) = self.field.path()
                && OutputKind::of(&path).is_some_and(|kind| kind != self.kind)
            {
                let path = path.with_extension(self.kind.extension());
                self.field.text = path.to_string_lossy().into_owned();
            }
            return;
        }
        let Some(Ok(made)) = self.preview.made() else { return };
        let beside = session.path.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        let folder = beside.filter(|folder| folder.is_dir()).unwrap_or_else(documents);
        let name = format!("{}.{}", file_name(&made.title), self.kind.extension());
        let text = folder.join(name).to_string_lossy().into_owned();
        if self.field.text != text {
            self.field.text = text;
        }
    }

    fn path(&self) -> Option<PathBuf> {
        let path = self.field.path()?;
        path.file_name()?;
        if OutputKind::of(&path).is_some() {
            return Some(path);
        }
        let mut name = path.into_os_string();
        name.push(".");
        name.push(self.kind.extension());
        Some(PathBuf::from(name))
    }

    fn write(&mut self, session: &Session, tiles: &Arc<TileStore>, path: PathBuf) {
        let parts = SheetParts::of(session, self.current.sheet(session));
        let (tiles, wake) = (Arc::clone(tiles), session.wake.clone());
        let (to, dots) = (path.clone(), f64::from(self.dots_per_inch));
        self.failure = None;
        let shown = Shown::of(session, self.current.sheet(session));
        let wanted = (shown, path.clone(), self.dots_per_inch);
        let before = self.unfinished.take().filter(|(of, _)| *of == wanted);
        let before = before.map(|(_, unfinished)| unfinished);
        self.wanted = Some(wanted);
        let job = Job::start(
            "print",
            move || wake(),
            move |watch| write(&parts, &tiles, &to, (dots, TILES_OF_FILE), before, watch),
        );
        self.work = Some(Work::File(path, job));
    }

    fn view(&mut self, session: &Session, tiles: &Arc<TileStore>) {
        let Some(Ok(made)) = self.preview.made() else { return };
        let (title, folder) = (made.title.clone(), self.viewed.clone());
        let parts = SheetParts::of(session, self.current.sheet(session));
        let (tiles, wake) = (Arc::clone(tiles), session.wake.clone());
        let viewer = Arc::clone(&session.viewer);
        self.failure = None;
        let job = Job::start(
            "print",
            move || wake(),
            move |watch| view((&parts, &tiles), (&folder, &title), &viewer, watch),
        );
        self.work = Some(Work::View(job));
    }

    fn copy(&mut self, session: &Session, tiles: &Arc<TileStore>) {
        let parts = SheetParts::of(session, self.current.sheet(session));
        let (tiles, wake) = (Arc::clone(tiles), session.wake.clone());
        self.failure = None;
        let job = Job::start(
            "print",
            move || wake(),
            move |watch| {
                let made = parts.make(&tiles, Fineness::Dots(COPY), TILES_OF_FILE, watch)?;
                let page = &made.page.page;
                let per_unit = COPY / 25.4 * f64::from(page.millimetres_per_unit);
                #[expect(clippy::cast_possible_truncation, reason = "pixels per unit")]
                let pixels = render(page, per_unit as f32, watch)?;
                Ok(color_image(&pixels))
            },
        );
        self.work = Some(Work::Copy(job));
    }

    /// Takes what the work has done; answers whether the window is done with it.
    fn poll(&mut self, ctx: &egui::Context, out: &mut Actions) -> bool {
        let (failed, is_done) = match &self.work {
            None => return false,
            Some(Work::File(path, job)) => match job.poll() {
                Poll::Running => return false,
                Poll::Done(Ok(written)) => {
                    let path = path.display().to_string();
                    let done = Message::new("app-print-done")
                        .text("path", path)
                        .count("files", written.files.len() as u64);
                    out.push(Action::Tell(Box::new(Notice::Done(done))));
                    (None, true)
                }
                Poll::Done(Err(Stopped { error, unfinished })) => {
                    self.unfinished = self.wanted.take().zip(unfinished);
                    (Some(error), false)
                }
                Poll::Lost => (Some(lost()), false),
            },
            Some(Work::View(job)) => match job.poll() {
                Poll::Running => return false,
                Poll::Done(Ok(_)) => {
                    let done = Message::new("app-print-opened");
                    out.push(Action::Tell(Box::new(Notice::Done(done))));
                    (None, false)
                }
                Poll::Done(Err(error)) => (Some(error), false),
                Poll::Lost => (Some(lost()), false),
            },
            Some(Work::Copy(job)) => match job.poll() {
                Poll::Running => return false,
                Poll::Done(Ok(image)) => {
                    ctx.copy_image(image);
                    let done = Message::new("app-print-copied");
                    out.push(Action::Tell(Box::new(Notice::Done(done))));
                    (None, false)
                }
                Poll::Done(Err(error)) => (Some(error), false),
                Poll::Lost => (Some(lost()), false),
            },
        };
        self.work = None;
        self.exists.forget();
        self.failure = failed.and_then(|error| match error {
            OutputError::Cancelled => None,
            OutputError::Other(message) => Some(message.in_language(self.choices.language)),
            OutputError::File(error) => Some(error.text(self.choices.language)),
        });
        is_done
    }
}

/// What was set is taken back, and done again, with the usual keys.
fn take_back(ctx: &egui::Context, out: &mut Actions) {
    // Not while a text has the focus, which takes back its own letters.
    if ctx.text_edit_focused() {
        return;
    }
    let shift = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    for (modifiers, key, action) in [
        (shift, Key::Z, Action::Redo),
        (Modifiers::COMMAND, Key::Z, Action::Undo),
        (Modifiers::COMMAND, Key::Y, Action::Redo),
    ] {
        if ctx.input_mut(|input| input.consume_key(modifiers, key)) {
            out.push(action);
        }
    }
}

fn lost() -> OutputError {
    OutputError::Other(Message::new("app-print-lost"))
}

/// A sheet made for another subject: what was set for the one before does not hold for it.
pub(super) fn about(sheet: Sheet, subject: SheetSubject) -> Sheet {
    Sheet { subject, scale: None, shift: [0.0; 2], title: None, subtitle: None, ..sheet }
}

/// What is in view, as the subject of a sheet.
pub(super) fn in_view(session: &Session) -> SheetSubject {
    let rectangle = session.in_view.and_then(Rectangle::of);
    rectangle.map_or(SheetSubject::All, SheetSubject::Area)
}

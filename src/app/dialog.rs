//! The frame of dialogs, and the field for a path with its button for browsing.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::{Align, Key, Layout, Modal, Modifiers, Popup, RichText, TextEdit, Ui};

use super::session::Session;
use crate::formats::{FORMATS, IMAGE_EXTENSIONS};
use crate::jobs::{Job, Poll};

/// What a dialog's frame tells.
pub(super) struct Shown<T> {
    pub inner: T,
    /// Escape was pressed.
    pub is_escaped: bool,
}

/// A dialog over the window, with a title.
pub(super) fn show<T>(
    ctx: &egui::Context,
    name: &str,
    title: &str,
    width: f32,
    content: impl FnOnce(&mut Ui) -> T,
) -> Shown<T> {
    let screen = ctx.content_rect().size();
    let modal = Modal::new(egui::Id::unique(("dialog", name)));
    let frame = egui::Frame::window(&ctx.global_style()).inner_margin(18.0);
    let shown = modal.frame(frame).show(ctx, |ui| {
        ui.set_width(width.min(screen.x - 60.0));
        ui.set_max_height(screen.y - 90.0);
        ui.heading(title);
        ui.add_space(6.0);
        content(ui)
    });
    let has_popup = shown.any_popup_open;
    if has_popup {
        raise_popups(ctx);
    }
    let is_escaped = shown.is_top_modal
        && !has_popup
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    Shown { inner: shown.inner, is_escaped }
}

/// Puts what is open above the dialog. A press and a release that come in one frame (a touchpad, a slow
/// frame) move the dialog to the top together with the list that they open, which then stays under it.
fn raise_popups(ctx: &egui::Context) {
    let layers = ctx.memory(|memory| memory.areas().visible_layer_ids());
    for popup in layers.into_iter().filter(|layer| Popup::is_id_open(ctx, layer.id)) {
        ctx.move_to_top(popup);
    }
}

/// The place of a name where a row of a grid has none: an empty text is one more thing that a
/// screen reader stops at.
pub(super) fn no_name(ui: &mut Ui) {
    ui.allocate_exact_size(egui::Vec2::splat(1.0), egui::Sense::hover());
}

/// The row of buttons under a dialog, from right to left.
pub(super) fn buttons<T>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> T) -> T {
    ui.add_space(10.0);
    let room = egui::vec2(ui.available_width(), ui.spacing().interact_size.y + 4.0);
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), add).inner
}

/// A button for what the dialog is about.
pub(super) fn main_button(ui: &mut Ui, is_enabled: bool, text: &str) -> bool {
    main_response(ui, is_enabled, text).clicked()
}

/// The same, for what else may be asked of it.
pub(super) fn main_response(ui: &mut Ui, is_enabled: bool, text: &str) -> egui::Response {
    let selection = ui.visuals().selection;
    let text = RichText::new(text).strong().color(selection.stroke.color);
    let button = egui::Button::new(text).fill(selection.bg_fill);
    ui.add_enabled(is_enabled, button)
}

/// What browsing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BrowseFor {
    Open,
    /// One file of a kind, by its extension.
    OpenFile(&'static str),
    /// A picture or a drawing.
    Picture,
    Folder,
    SaveProject,
    SaveFile(&'static str),
}

/// The system's answer comes so fast only when it has no dialog to show.
const NOBODY_CANCELS_THIS_FAST: Duration = Duration::from_millis(400);

/// A path typed or found by browsing.
#[derive(Default)]
pub(super) struct PathField {
    pub text: String,
    browsing: Option<(Instant, Job<Option<Vec<PathBuf>>>)>,
    has_no_dialog: bool,
    had_focus: bool,
}

/// Whether a file is there already; looked at once for each path that is typed.
#[derive(Default)]
pub(super) struct Existing(Option<(PathBuf, bool)>);

impl Existing {
    /// Whether a file is there.
    pub fn is(&mut self, path: &Path) -> bool {
        match &self.0 {
            Some((known, exists)) if known == path => *exists,
            _ => {
                let exists = path.exists();
                self.0 = Some((path.to_owned(), exists));
                exists
            }
        }
    }

    /// It is to be looked at anew.
    pub fn forget(&mut self) {
        self.0 = None;
    }
}

/// What happened in the field.
#[derive(Default)]
pub(super) struct Picked {
    /// Paths found by browsing.
    pub paths: Vec<PathBuf>,
    /// Enter was pressed in the field.
    pub is_entered: bool,
}

impl PathField {
    pub fn of(path: &Path) -> PathField {
        PathField { text: path.to_string_lossy().into_owned(), ..PathField::default() }
    }

    /// Does not take the keyboard when it appears.
    pub fn waiting(mut self) -> PathField {
        self.had_focus = true;
        self
    }

    /// The path typed, without the quotation marks file managers put around copied ones; a leading
    /// `~` is the home folder.
    pub fn path(&self) -> Option<PathBuf> {
        let text = self.text.trim().trim_matches(['"', '\'']);
        let text = text.strip_prefix("file://").unwrap_or(text);
        if text.is_empty() {
            return None;
        }
        if let Some(rest) = text.strip_prefix("~/")
            && let Some(home) = directories::BaseDirs::new()
        {
            return Some(home.home_dir().join(rest));
        }
        Some(PathBuf::from(text))
    }

    /// Whether the system was asked for a dialog and has not answered.
    pub fn is_browsing(&self) -> bool {
        self.browsing.is_some()
    }

    /// Asks the system for a dialog, on a thread of its own.
    pub fn browse(&mut self, what: BrowseFor, title: String, session: &Session) {
        let start = self.path();
        let wake = session.wake.clone();
        let job = Job::start(
            "browse",
            move || wake(),
            move |_| ask_system(what, &title, start.as_deref()),
        );
        self.has_no_dialog = false;
        self.browsing = Some((Instant::now(), job));
    }

    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        label: &'static str,
        what: &[BrowseFor],
    ) -> Picked {
        let mut picked = Picked { paths: self.poll(), is_entered: false };
        let name = session.say(&crate::i18n::Message::new(label));
        let label = ui.label(RichText::new(&name).small().weak());
        ui.horizontal(|ui| {
            let room: f32 = 110.0 * f32::from(u8::try_from(what.len()).unwrap_or(1));
            let field = TextEdit::singleline(&mut self.text)
                .desired_width((ui.available_width() - room).max(160.0));
            let field = ui.add(field).labelled_by(label.id);
            if !self.had_focus {
                self.had_focus = true;
                field.request_focus();
            }
            let is_entered = ui.input(|input| input.key_pressed(Key::Enter));
            picked.is_entered = field.lost_focus() && is_entered;
            for what in what {
                let id =
                    if *what == BrowseFor::Folder { "app-browse-folder" } else { "app-browse" };
                let is_free = self.browsing.is_none();
                let text = session.say(&crate::i18n::Message::new(id));
                if ui.add_enabled(is_free, egui::Button::new(text)).clicked() {
                    self.browse(*what, name.clone(), session);
                }
            }
            if self.browsing.is_some() {
                ui.spinner();
            }
        });
        if self.has_no_dialog {
            ui.label(RichText::new(session.tr("app-browse-none")).small().weak());
        }
        picked
    }

    fn poll(&mut self) -> Vec<PathBuf> {
        let Some((since, job)) = &self.browsing else { return Vec::new() };
        let found = match job.poll() {
            Poll::Running => return Vec::new(),
            Poll::Done(found) => found,
            Poll::Lost => None,
        };
        self.has_no_dialog = found.is_none() && since.elapsed() < NOBODY_CANCELS_THIS_FAST;
        self.browsing = None;
        let paths = found.unwrap_or_default();
        if let Some(first) = paths.first() {
            self.text = first.to_string_lossy().into_owned();
        }
        paths
    }
}

fn ask_system(what: BrowseFor, title: &str, start: Option<&Path>) -> Option<Vec<PathBuf>> {
    let mut dialog = rfd::FileDialog::new().set_title(title);
    if let Some(start) = start {
        let folder = if start.is_dir() { Some(start) } else { start.parent() };
        if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
            dialog = dialog.set_directory(folder);
        }
        if !start.is_dir() {
            let name = start.file_name().map(|name| name.to_string_lossy().into_owned());
            dialog = dialog.set_file_name(name.unwrap_or_default());
        }
    }
    match what {
        BrowseFor::Open => {
            let mut extensions: Vec<&str> =
                FORMATS.iter().flat_map(|format| format.extensions.iter().copied()).collect();
            extensions.extend(["zip", "json", "pmtiles", "mbtiles"]);
            extensions.extend(IMAGE_EXTENSIONS);
            dialog.add_filter("Belfort", &extensions).add_filter("*", &["*"]).pick_files()
        }
        BrowseFor::OpenFile(extension) => {
            let dialog = dialog.add_filter(extension, &[extension]).add_filter("*", &["*"]);
            dialog.pick_file().map(|path| vec![path])
        }
        BrowseFor::Picture => {
            let dialog = dialog.add_filter("PNG, JPEG, SVG", &["png", "jpg", "jpeg", "svg"]);
            dialog.pick_file().map(|path| vec![path])
        }
        BrowseFor::Folder => dialog.pick_folder().map(|folder| vec![folder]),
        BrowseFor::SaveProject => {
            dialog.add_filter("Belfort", &["belfort.json"]).save_file().map(|path| vec![path])
        }
        BrowseFor::SaveFile(extension) => {
            dialog.add_filter(extension, &[extension]).save_file().map(|path| vec![path])
        }
    }
}

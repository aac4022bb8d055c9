//! Places with a name: add the one in view, go to one, rename and remove.

use egui::{Align, Key, Layout, RichText, ScrollArea, TextEdit, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::commands::Choice;
use crate::app::dialog;
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{Bookmark, Command, Layer, View};

/// The dialog.
pub(in crate::app) struct BookmarksDialog {
    /// What is in view.
    view: View,
    name: String,
    /// The bookmark being renamed: what it is called and what it will be.
    renamed: Option<(String, String)>,
    had_focus: bool,
}

/// The bookmarks as a list to choose from.
pub(in crate::app) fn bookmark_choices(session: &Session, _: Option<&Layer>) -> Vec<Choice> {
    let choice = |bookmark: &Bookmark| Choice {
        name: bookmark.name.clone(),
        hint: String::new(),
        is_on: false,
        action: Action::GoToView(bookmark.view),
    };
    session.document().bookmarks.iter().map(choice).collect()
}

impl BookmarksDialog {
    pub fn new(session: &Session, view: View) -> BookmarksDialog {
        let number = session.document().bookmarks.len() as u64 + 1;
        let name = session.say(&Message::new("app-bookmark-name").count("number", number));
        BookmarksDialog { view, name, renamed: None, had_focus: false }
    }

    /// Answers whether the dialog is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let title = session.tr("app-bookmarks-title");
        let shown = dialog::show(ctx, "bookmarks", &title, 480.0, |ui| {
            self.add_line(ui, session, out);
            ui.add_space(8.0);
            let mut is_gone_to = false;
            if session.document().bookmarks.is_empty() {
                ui.weak(session.tr("app-bookmarks-none"));
            }
            let room = (ui.ctx().content_rect().height() - 280.0).max(120.0);
            let list = ScrollArea::vertical().max_height(room).auto_shrink([false, true]);
            list.show(ui, |ui| {
                for bookmark in &session.document().bookmarks {
                    ui.push_id(&bookmark.name, |ui| {
                        is_gone_to |= self.line(ui, session, bookmark, out);
                    });
                }
            });
            let is_closed = dialog::buttons(ui, |ui| ui.button(session.tr("app-close")).clicked());
            is_closed || is_gone_to
        });
        shown.inner || shown.is_escaped
    }

    /// The line for a new one.
    fn add_line(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let label = ui.label(session.tr("app-bookmark-new"));
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 130.0).max(160.0);
            let field = ui.add(TextEdit::singleline(&mut self.name).desired_width(width));
            let field = field.labelled_by(label.id);
            if !self.had_focus {
                self.had_focus = true;
                field.request_focus();
            }
            let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let is_named = !self.name.trim().is_empty();
            let text = session.tr("app-bookmark-add");
            let is_wanted = dialog::main_button(ui, is_named, &text) || (is_entered && is_named);
            if is_wanted {
                let bookmark = Bookmark { name: self.name.clone(), view: self.view };
                out.push(Action::Run(Command::AddBookmark(bookmark)));
                out.push(Action::CloseStep);
                let number = session.document().bookmarks.len() as u64 + 2;
                self.name = session.say(&Message::new("app-bookmark-name").count("number", number));
            }
        });
    }

    /// One bookmark; answers whether the map goes there.
    fn line(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        bookmark: &Bookmark,
        out: &mut Actions,
    ) -> bool {
        let named =
            |id: &'static str| session.say(&Message::new(id).text("name", bookmark.name.as_str()));
        let mut is_gone_to = false;
        ui.horizontal(|ui| {
            if let Some((_, name)) =
                self.renamed.as_mut().filter(|(from, _)| *from == bookmark.name)
            {
                let field = TextEdit::singleline(name).desired_width(280.0);
                let field = ui.add(field).accessible_name(named("app-bookmark-rename"));
                if field.lost_focus() {
                    let is_kept = !ui.input(|input| input.key_pressed(Key::Escape));
                    let (from, to) = self.renamed.take().unwrap_or_default();
                    if is_kept && !to.trim().is_empty() && to.trim() != from {
                        out.push(Action::Run(Command::RenameBookmark(from, to)));
                        out.push(Action::CloseStep);
                    }
                } else if !field.has_focus() {
                    field.request_focus();
                }
                return;
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icons::button(ui, Icon::Trash, &named("app-bookmark-remove")).clicked() {
                    out.push(Action::Run(Command::RemoveBookmark(bookmark.name.clone())));
                    out.push(Action::CloseStep);
                }
                if ui.button(session.tr("app-bookmark-rename-do")).clicked() {
                    self.renamed = Some((bookmark.name.clone(), bookmark.name.clone()));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(&bookmark.name);
                    let go = egui::Button::new(text).truncate();
                    if ui.add(go).on_hover_text(named("app-bookmark-go")).clicked() {
                        out.push(Action::GoToView(bookmark.view));
                        is_gone_to = true;
                    }
                });
            });
        });
        is_gone_to
    }
}

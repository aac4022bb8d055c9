//! The sheets of a project, of which the window shows one.

use egui::{Context, Id, TextEdit, Ui};

use super::dialog::{about, in_view};
use crate::app::actions::{Action, Actions};
use crate::app::chosen;
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{Command, Document, Sheet, SheetSubject};

/// The sheet that the window shows.
pub(super) struct Current {
    at: usize,
    /// What is proposed instead of what is kept, until the person changes something: looking at a
    /// sheet changes no project.
    draft: Option<Sheet>,
    /// Its name as it is typed.
    naming: Option<String>,
    /// Whether the one looked at last was looked for.
    is_begun: bool,
}

impl Current {
    /// The first sheet, until [`Self::follow`] knows which was looked at last.
    pub fn new() -> Current {
        Current { at: 0, draft: None, naming: None, is_begun: false }
    }

    /// The sheet as it is shown.
    pub fn sheet(&self, session: &Session) -> Sheet {
        self.draft.clone().unwrap_or_else(|| session.document().sheet(self.at))
    }

    /// Proposes another subject for the sheet that is shown.
    pub fn propose(&mut self, session: &Session, subject: SheetSubject) {
        let sheet = self.sheet(session);
        if sheet.subject != subject {
            self.draft = Some(about(sheet, subject));
        }
    }

    /// The command that makes the sheet another.
    pub fn set(&mut self, sheet: Sheet) -> Command {
        self.draft = None;
        Command::SetSheet(self.at, Box::new(sheet))
    }

    /// Begins with the sheet looked at last. After something was taken back there may be fewer.
    pub fn follow(&mut self, ctx: &Context, session: &Session) {
        let count = session.document().sheets.len();
        if !self.is_begun {
            self.is_begun = true;
            let last = ctx.data(|data| data.get_temp(id()));
            self.at = last.filter(|at| *at < count).unwrap_or(0);
        }
        if self.at >= count.max(1) {
            (self.at, self.draft) = (count.saturating_sub(1), None);
        }
        if count == 0 && self.draft.is_none() {
            self.draft = Some(about(Sheet::default(), in_view(session)));
        }
    }

    fn go_to(&mut self, ctx: &Context, at: usize) {
        (self.at, self.draft, self.naming) = (at, None, None);
        ctx.data_mut(|data| data.insert_temp(id(), at));
    }

    /// The line with all sheets, and what can be done with them. Answers whether another is shown.
    pub fn line(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) -> bool {
        let document = session.document();
        let count = document.sheets.len();
        let before = self.at;
        let mut run = |command| {
            out.push(Action::Run(command));
            out.push(Action::CloseStep);
        };
        ui.horizontal(|ui| {
            let label = ui.label(session.tr("app-print-sheet"));
            if let Some(mut name) = self.naming.clone() {
                let field = TextEdit::singleline(&mut name).desired_width(150.0);
                let hint = name_of(session, &self.sheet(session));
                let response = ui.add(field.hint_text(hint)).labelled_by(label.id);
                if response.lost_focus() {
                    self.naming = None;
                    let sheet = Sheet { name: name.trim().to_owned(), ..self.sheet(session) };
                    if sheet != self.sheet(session) {
                        run(self.set(sheet));
                    }
                } else {
                    if !response.has_focus() {
                        response.request_focus();
                    }
                    self.naming = Some(name);
                }
            } else {
                let shown = self.sheet(session);
                let mut chosen_at = self.at;
                let combo = icons::combo_box("print sheet").width(150.0);
                let combo =
                    combo.selected_text(numbered(session, self.at, &shown)).show_ui(ui, |ui| {
                        for (at, sheet) in document.sheets.iter().enumerate() {
                            let name = numbered(session, at, sheet);
                            chosen::value(ui, &mut chosen_at, at, name);
                        }
                    });
                combo.response.labelled_by(label.id);
                if chosen_at != self.at {
                    self.go_to(ui.ctx(), chosen_at);
                }
            }
            if icons::small_button(ui, Icon::Plus, &session.tr("app-print-sheet-add")).clicked() {
                if count == 0 {
                    // What was looked at is the first.
                    let first = self.sheet(session);
                    run(self.set(first));
                }
                let sheet = about(Sheet::default(), in_view(session));
                run(Command::AddSheet(count.max(1), Box::new(sheet)));
                self.go_to(ui.ctx(), count.max(1));
            }
            if icons::small_button(ui, Icon::Copy, &session.tr("app-print-sheet-copy")).clicked() {
                let shown = self.sheet(session);
                if count == 0 {
                    run(self.set(shown.clone()));
                }
                let copied = copy_of(session, document, shown);
                run(Command::AddSheet(self.at + 1, Box::new(copied)));
                self.go_to(ui.ctx(), self.at + 1);
            }
            if icons::small_button(ui, Icon::Pencil, &session.tr("app-print-sheet-name")).clicked()
            {
                self.naming = Some(self.sheet(session).name);
            }
            ui.add_enabled_ui(count > 1, |ui| {
                let label = session.tr("app-print-sheet-remove");
                if icons::small_button(ui, Icon::Trash, &label).clicked() {
                    run(Command::RemoveSheet(self.at));
                    self.go_to(ui.ctx(), self.at.min(count.saturating_sub(2)));
                }
            });
        });
        self.at != before
    }
}

fn id() -> Id {
    Id::unique("print sheet at")
}

/// A sheet with its number: two may have the same name.
fn numbered(session: &Session, at: usize, sheet: &Sheet) -> String {
    format!("{}. {}", at + 1, name_of(session, sheet))
}

/// What a sheet is called: its own name, its title, or what it shows.
fn name_of(session: &Session, sheet: &Sheet) -> String {
    let named = [Some(sheet.name.as_str()), sheet.title.as_deref()];
    if let Some(name) = named.into_iter().flatten().map(str::trim).find(|name| !name.is_empty()) {
        return name.to_owned();
    }
    match &sheet.subject {
        SheetSubject::Features { layer, rows } => {
            let layer = session.document().layer(*layer).map(|layer| layer.name.clone());
            let layer = layer.unwrap_or_default();
            let message = Message::new("app-print-sheet-of").text("layer", layer);
            session.say(&message.count("count", rows.len() as u64))
        }
        area @ SheetSubject::Area(_) if *area == in_view(session) => {
            session.tr("app-print-what-view")
        }
        SheetSubject::Area(_) => session.tr("app-print-what-frame"),
        SheetSubject::All => session.tr("app-print-what-all"),
    }
}

/// A copy of a sheet; of one with a name under a name that is free.
fn copy_of(session: &Session, document: &Document, sheet: Sheet) -> Sheet {
    let own = name_of(session, &sheet);
    let named = |number: usize| {
        let message = Message::new("app-print-sheet-copy-of").text("name", own.clone());
        let name = session.say(&message);
        if number < 2 { name } else { format!("{name} ({number})") }
    };
    let is_free = |name: &String| !document.sheets.iter().any(|sheet| sheet.name == *name);
    let name = (1..1000).map(named).find(is_free).unwrap_or(own.clone());
    Sheet { name, ..sheet }
}

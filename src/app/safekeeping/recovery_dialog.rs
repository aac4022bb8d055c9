//! Unsaved work of a program that ended too early: take it back up, throw it away, decide later.

use egui::{Frame, Label, Margin, RichText, ScrollArea, Ui};

use crate::app::dialog;
use crate::app::safekeeping::moment;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::Leftover;

/// What was found.
pub(in crate::app) struct RecoveryDialog {
    left: Vec<Leftover>,
    /// The one that the person is asked about whether it is really to be thrown away.
    asked: Option<usize>,
}

/// What the person decided.
pub(in crate::app) enum Decided {
    /// To go on with one; so many others stay for later.
    Restore {
        chosen: Box<Leftover>,
        others: u64,
    },
    Discard(Box<Leftover>),
}

/// What a row of the list wants.
#[derive(Clone, Copy)]
enum Wish {
    Restore,
    Ask,
    Keep,
    Discard,
}

impl RecoveryDialog {
    pub fn new(left: Vec<Leftover>) -> RecoveryDialog {
        RecoveryDialog { left, asked: None }
    }

    /// Answers whether the dialog is done, and what was decided. Closed otherwise it decides
    /// nothing: the work stays.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session) -> (bool, Option<Decided>) {
        let title = session.tr("app-recovery-title");
        let mut wish = None;
        let shown = dialog::show(ctx, "recovery", &title, 560.0, |ui| {
            ui.add(Label::new(session.tr("app-recovery-text")).wrap());
            ui.add_space(8.0);
            let room = (ui.ctx().content_rect().height() - 260.0).max(120.0);
            ScrollArea::vertical().max_height(room).show(ui, |ui| {
                for (at, leftover) in self.left.iter().enumerate() {
                    let asked = self.asked == Some(at);
                    let wanted = ui.push_id(at, |ui| item(ui, session, leftover, asked)).inner;
                    wish = wish.or(wanted.map(|wanted| (at, wanted)));
                    ui.add_space(6.0);
                }
            });
            dialog::buttons(ui, |ui| ui.button(session.tr("app-recovery-later")).clicked())
        });
        let is_left = shown.inner || shown.is_escaped;
        match wish {
            Some((at, Wish::Ask)) => self.asked = Some(at),
            Some((_, Wish::Keep)) => self.asked = None,
            Some((at, Wish::Restore)) => {
                let chosen = Box::new(self.left.remove(at));
                let others = self.left.len() as u64;
                return (true, Some(Decided::Restore { chosen, others }));
            }
            Some((at, Wish::Discard)) => {
                self.asked = None;
                let gone = Box::new(self.left.remove(at));
                return (self.left.is_empty(), Some(Decided::Discard(gone)));
            }
            None => {}
        }
        (is_left, None)
    }
}

fn item(ui: &mut Ui, session: &Session, leftover: &Leftover, is_asked: bool) -> Option<Wish> {
    let frame = Frame::new()
        .stroke(ui.visuals().widgets.noninteractive.bg_stroke)
        .corner_radius(6.0)
        .inner_margin(Margin::symmetric(12, 8));
    let mut wish = None;
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(RichText::new(&leftover.name).strong()).truncate());
        let when = moment(session, leftover.at);
        let text =
            Message::new("app-recovery-what").count("count", leftover.changes).text("when", when);
        ui.add(Label::new(session.say(&text)).wrap());
        let place = match &leftover.path {
            Some(path) => path.to_string_lossy().into_owned(),
            None => session.tr("app-recovery-never-saved"),
        };
        ui.add(Label::new(RichText::new(&place).small().weak()).truncate()).on_hover_text(place);
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            let named = |id: &'static str| {
                session.say(&Message::new(id).text("name", leftover.name.as_str()))
            };
            if is_asked {
                ui.label(session.tr("app-recovery-sure"));
                let keep = ui.button(session.tr("app-recovery-keep"));
                if keep.clicked() {
                    wish = Some(Wish::Keep);
                }
                let color = ui.visuals().error_fg_color;
                let text = RichText::new(session.tr("app-recovery-discard-sure")).color(color);
                if ui.button(text).clicked() {
                    wish = Some(Wish::Discard);
                }
            } else {
                let restore = dialog::main_response(ui, true, &session.tr("app-recovery-restore"));
                let restore = restore.on_hover_text(named("app-recovery-restore-hint"));
                if restore.clicked() {
                    wish = Some(Wish::Restore);
                }
                let discard = ui.button(session.tr("app-recovery-discard"));
                if discard.on_hover_text(named("app-recovery-discard-hint")).clicked() {
                    wish = Some(Wish::Ask);
                }
            }
        });
    });
    wish
}

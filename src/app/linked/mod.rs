//! Linked data in the window: asking an endpoint a question, and following a stream.

mod per_area;
mod question;
mod stream;
mod themes;

pub(super) use per_area::CountedAnswer;

use egui::{RichText, ScrollArea, TextEdit, Ui};

use self::question::QuestionPart;
use self::stream::StreamPart;
use super::actions::Actions;
use super::session::Session;
use super::{chosen, dialog};

/// What the dialog is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LinkedPart {
    /// A question to an endpoint.
    #[default]
    Question,
    /// A stream of events.
    Stream,
}

/// A question or a stream being chosen.
pub(super) struct LinkedDialog {
    part: LinkedPart,
    question: QuestionPart,
    stream: StreamPart,
}

impl LinkedDialog {
    /// About one of the two first.
    pub fn new(session: &Session, part: LinkedPart) -> LinkedDialog {
        LinkedDialog { part, question: QuestionPart::new(session), stream: StreamPart::default() }
    }

    /// Whether a server is being asked for what can be chosen.
    pub fn is_busy(&self) -> bool {
        self.question.is_busy()
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let title = session.tr("app-linked-title");
        let shown = dialog::show(ctx, "linked", &title, 760.0, |ui| {
            self.parts(ui, session);
            let most = (ctx.content_rect().height() - 210.0).clamp(160.0, 620.0);
            let scroll = ScrollArea::vertical().id_salt("linked").max_height(most);
            let least = most.min(330.0);
            scroll.min_scrolled_height(least).auto_shrink([false, true]).show(ui, |ui| {
                ui.set_min_height(least);
                // The bar of what scrolls lies over what is below it.
                ui.set_max_width(ui.available_width() - ui.spacing().scroll.bar_width - 4.0);
                match self.part {
                    LinkedPart::Question => self.question.body(ui, session, out),
                    LinkedPart::Stream => self.stream.body(ui, session),
                }
            });
            dialog::buttons(ui, |ui| {
                let is_done = match self.part {
                    LinkedPart::Question => self.question.button(ui, session, out),
                    LinkedPart::Stream => self.stream.button(ui, session, out),
                };
                is_done | ui.button(session.tr("app-cancel")).clicked()
            })
        });
        shown.inner || shown.is_escaped
    }

    fn parts(&mut self, ui: &mut Ui, session: &Session) {
        ui.horizontal(|ui| {
            for (part, id) in [
                (LinkedPart::Question, "app-linked-question"),
                (LinkedPart::Stream, "app-linked-stream"),
            ] {
                chosen::tab_value(ui, &mut self.part, part, session.tr(id));
            }
        });
        ui.separator();
    }
}

/// A field to fill in, with its name above.
fn line(
    ui: &mut Ui,
    session: &Session,
    id: &'static str,
    (value, width): (&mut String, f32),
    hint: &str,
) {
    ui.vertical(|ui| {
        let label = ui.label(RichText::new(session.tr(id)).small().weak());
        let field = TextEdit::singleline(value).desired_width(width).hint_text(hint);
        ui.add(field).labelled_by(label.id);
    });
}

//! The head of a group of layers.

use egui::{Align, Button, Layout, RichText, Sense, Ui, UiBuilder};

use super::dragging::{self, Dragged, Row};
use super::{LayersPanel, Renamed};
use crate::app::actions::{Action, Actions};
use crate::app::icons::{self, Icon};
use crate::app::menu::group_menu;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{Command, LayerGroup};

impl LayersPanel {
    /// The line above the layers of a group.
    pub(super) fn group_head(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        group: &LayerGroup,
        out: &mut Actions,
    ) {
        let builder = UiBuilder::new().id_salt(("group", group.id)).sense(Sense::click());
        let shown = ui.scope_builder(builder, |ui| {
            ui.set_min_width(ui.available_width());
            ui.horizontal(|ui| self.group_line(ui, session, group, out));
        });
        if shown.response.clicked() {
            out.push(Action::Run(Command::SetGroupOpen(group.id, !group.is_open)));
        }
        shown.response.context_menu(|ui| group_menu(ui, session, group, out));
        dragging::drop_target(ui, session, Row::Group(group.id), &shown.response, out);
    }

    fn group_line(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        group: &LayerGroup,
        out: &mut Actions,
    ) {
        ui.spacing_mut().item_spacing.x = 3.0;
        let named = |id| session.say(&Message::new(id).text("name", group.name.as_str()));
        dragging::grip(ui, Dragged::Group(group.id), session.tr("app-group-drag"));
        let (icon, label) = if group.is_open {
            (Icon::Down, named("app-group-fold"))
        } else {
            (Icon::Right, named("app-group-unfold"))
        };
        if icons::small_button(ui, icon, &label).clicked() {
            out.push(Action::Run(Command::SetGroupOpen(group.id, !group.is_open)));
        }
        let (icon, label) = if group.visible {
            (Icon::Eye, named("app-group-hide"))
        } else {
            (Icon::EyeClosed, named("app-group-show"))
        };
        if icons::button(ui, icon, &label).clicked() {
            out.push(Action::Run(Command::SetGroupVisible(group.id, !group.visible)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let more = icons::button(ui, Icon::More, &named("app-group-more"));
            egui::Popup::menu(&more).show(|ui| group_menu(ui, session, group, out));
            let members = session.document().members(group.id).len();
            let count = Message::new("app-group-count").count("count", members as u64);
            ui.label(RichText::new(session.say(&count)).small().weak());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if self.name_field(ui, session, Renamed::Group(group.id), &group.name, out) {
                    return;
                }
                let mut text = RichText::new(&group.name).strong();
                if !group.visible {
                    text = text.weak();
                }
                let name = ui.add(Button::new(text).frame(false).truncate());
                let name = name.on_hover_text(&group.name);
                if name.double_clicked() {
                    out.push(Action::StartRenameGroup(group.id));
                } else if name.clicked() {
                    out.push(Action::Run(Command::SetGroupOpen(group.id, !group.is_open)));
                }
            });
        });
    }
}

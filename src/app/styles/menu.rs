//! What is done with the style of a layer as a whole, besides copying.

use egui::{Button, Ui};

use super::kept::travelling;
use crate::app::actions::{Action, Actions};
use crate::app::chosen;
use crate::app::commands;
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{Command, Layer};

/// The entries of the menu: styles under names, for the dataset, and as files.
pub(in crate::app) fn entries(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    if ui.add(Button::new(session.tr("app-style-name"))).clicked() {
        out.push(Action::ShowNameStyle(layer.id));
    }
    let named = &session.settings.styles;
    ui.add_enabled_ui(!named.is_empty(), |ui| {
        ui.menu_button(session.tr("app-style-named"), |ui| {
            for kept in named {
                one(ui, session, layer, kept, out);
            }
        });
    });
    // Notes are no dataset: other projects have others.
    let is_dataset = layer.source.notes().is_none();
    let of_dataset = session.settings.style_for(&layer.source);
    let style = travelling(&session.style_of(layer));
    let is_used = of_dataset == Some(&style);
    let name = session.tr("app-style-for-data");
    let switch = ui.add_enabled_ui(is_dataset, |ui| chosen::item(ui, is_used, name)).inner;
    if switch.on_hover_text(session.tr("app-style-for-data-about")).clicked() {
        let mut settings = session.settings.clone();
        settings.use_style_for(&layer.source, (!is_used).then_some(&style));
        out.push(Action::ChangeSettings(Box::new(settings)));
    }
    ui.separator();
    for label in ["app-layer-style-read", "app-layer-style-save"] {
        let actions = commands::entry(label).and_then(|it| it.actions_on(session, Some(layer)));
        let button = Button::new(session.tr(label));
        if ui.add_enabled(actions.is_some(), button).clicked() {
            out.extend(actions.unwrap_or_default());
        }
    }
}

/// A style under a name: used, or forgotten.
fn one(ui: &mut Ui, session: &Session, layer: &Layer, kept: &super::NamedStyle, out: &mut Actions) {
    ui.horizontal(|ui| {
        let use_it = Message::new("app-style-named-use").text("name", kept.name.as_str());
        let button = ui.add(Button::new(&kept.name).truncate());
        if button.accessible_name(session.say(&use_it)).clicked() {
            let style = kept.style.clone().fit_for(session.main_kind(layer));
            out.push(Action::Run(Command::SetStyle(layer.id, style)));
            out.push(Action::CloseStep);
            ui.close();
        }
        let forget = Message::new("app-style-named-forget").text("name", kept.name.as_str());
        if icons::small_button(ui, Icon::Trash, &session.say(&forget)).clicked() {
            let mut settings = session.settings.clone();
            settings.forget_style(&kept.name);
            out.push(Action::ChangeSettings(Box::new(settings)));
        }
    });
}

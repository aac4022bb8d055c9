//! Whether and how the servers of basemaps are reached.

use egui::{RichText, TextEdit, Ui};

use super::super::dialog::no_name;
use super::super::session::Session;
use super::super::settings::Settings;
use super::{choose, grid, heading, note, switch};
use crate::network::Proxy;

/// Which proxy is chosen: an address may still be half typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    System,
    None,
    Address,
}

/// A proxy being chosen.
pub(super) struct ProxyField {
    kind: Kind,
    address: String,
}

impl ProxyField {
    pub fn new(proxy: &Proxy) -> ProxyField {
        match proxy {
            Proxy::System => ProxyField { kind: Kind::System, address: String::new() },
            Proxy::None => ProxyField { kind: Kind::None, address: String::new() },
            Proxy::Address(address) => ProxyField { kind: Kind::Address, address: address.clone() },
        }
    }
}

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    settings: &mut Settings,
    field: &mut ProxyField,
) {
    heading(ui, session, "app-settings-network");
    grid(ui, "network", |ui| {
        switch(ui, session, "app-work-offline", &mut settings.work_offline);
        note(ui, session, "app-settings-offline-note");
        let kinds = [
            (Kind::System, session.tr("app-settings-proxy-system")),
            (Kind::None, session.tr("app-settings-proxy-none")),
            (Kind::Address, session.tr("app-settings-proxy-address")),
        ];
        let before = field.kind;
        choose(ui, session, "app-settings-proxy", &mut field.kind, &kinds);
        ui.end_row();
        match field.kind {
            Kind::System => settings.proxy = Proxy::System,
            Kind::None => settings.proxy = Proxy::None,
            Kind::Address => address(ui, session, settings, field, before != Kind::Address),
        }
    });
}

fn address(
    ui: &mut Ui,
    session: &Session,
    settings: &mut Settings,
    field: &mut ProxyField,
    is_new: bool,
) {
    let label = ui.label(session.tr("app-settings-proxy-at"));
    let width = (ui.available_width() - 12.0).clamp(90.0, 300.0);
    let edit = TextEdit::singleline(&mut field.address).hint_text("http://proxy:8080");
    let edit = ui.add(edit.desired_width(width)).labelled_by(label.id);
    if is_new {
        edit.request_focus();
    }
    ui.end_row();
    let address = field.address.trim();
    let is_good = Proxy::is_address(address);
    // In force when it is whole, not at every letter.
    if is_good && !edit.has_focus() {
        settings.proxy = Proxy::Address(address.to_owned());
    }
    if !is_good && !address.is_empty() {
        no_name(ui);
        let text = RichText::new(session.tr("app-settings-proxy-wrong")).small();
        ui.label(text.color(ui.visuals().error_fg_color));
        ui.end_row();
    }
}

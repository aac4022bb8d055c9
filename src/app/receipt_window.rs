//! Where a layer's data come from: the receipt of the download.

use egui::{Grid, RichText, Ui};

use super::dialog;
use super::portal_panel::rhythm;
use super::session::Session;
use crate::i18n::{Message, format_bytes, format_date_time};
use crate::portal::{Freshness, FromPortal, Receipt, is_web};
use crate::project::LayerId;

/// The dialog; answers whether it is done.
pub(super) fn show(ctx: &egui::Context, session: &Session, layer: LayerId) -> bool {
    let Some(layer) = session.document().layer(layer) else { return true };
    let from = session.loaded(layer).and_then(|loaded| loaded.from_portal.as_deref());
    let Some(from) = from else { return true };
    let title = session.say(&Message::new("app-receipt-title").text("name", &layer.name));
    let shown = dialog::show(ctx, "receipt", &title, 560.0, |ui| {
        content(ui, session, from);
        dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
    });
    shown.inner || shown.is_escaped
}

fn content(ui: &mut Ui, session: &Session, FromPortal { receipt, freshness }: &FromPortal) {
    let summary = receipt.summary(session.language);
    if receipt.is_complete() {
        ui.label(RichText::new(summary).strong());
    } else {
        ui.label(RichText::new(summary).strong().color(ui.visuals().warn_fg_color));
        for problem in &receipt.problems() {
            let text = RichText::new(problem.text(session.language));
            ui.add(egui::Label::new(text.color(ui.visuals().warn_fg_color)).wrap());
        }
    }
    if let Freshness::OutOfReach(error) = freshness {
        let id = match receipt.service {
            Some(_) => "app-service-out-of-reach",
            None => "app-receipt-out-of-reach",
        };
        let text = Message::new(id).message("what", error.what());
        ui.add(egui::Label::new(RichText::new(session.say(&text)).weak()).wrap());
    }
    ui.add_space(6.0);
    let widest = (ui.available_width() - 150.0).max(120.0);
    let grid = Grid::new("receipt").num_columns(2).spacing([12.0, 4.0]).max_col_width(widest);
    grid.show(ui, |ui| {
        // A long address must not make the dialog wider than the window.
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
        rows(ui, session, receipt);
    });
}

fn rows(ui: &mut Ui, session: &Session, receipt: &Receipt) {
    let moment = |at: chrono::DateTime<chrono::FixedOffset>| {
        format_date_time(session.language, at.with_timezone(&chrono::Local).naive_local())
    };
    let whole = receipt
        .records_whole
        .map(|count| session.say(&Message::new("app-portal-records").count("count", count)));
    let how = receipt.service.as_ref().map(|notes| {
        let pages = Message::new("app-service-pages").count("count", notes.pages);
        let parts = [notes.protocol.clone(), notes.output.clone(), session.say(&pages)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    let dataset =
        if receipt.service.is_some() { "app-service-layer" } else { "app-receipt-dataset" };
    for (id, value) in [
        (dataset, Some(receipt.title.clone())),
        ("app-service-name", receipt.service.as_ref().map(|_| receipt.dataset.clone())),
        ("app-service-how", how),
        ("app-receipt-whole", whole),
        ("app-portal-fact-source", Some(receipt.attribution.clone())),
        ("app-portal-fact-modified", receipt.modified.map(moment)),
        ("app-portal-fact-processed", receipt.data_processed.map(moment)),
        ("app-portal-fact-frequency", Some(rhythm::said(session, &receipt.update_frequency))),
        ("app-receipt-size", Some(format_bytes(session.language, receipt.bytes))),
        ("app-receipt-address", Some(receipt.address.clone())),
    ] {
        let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
        ui.label(RichText::new(session.say(&Message::new(id))).weak());
        ui.add(egui::Label::new(value).wrap());
        ui.end_row();
    }
    if !receipt.licence.is_empty() {
        link(ui, session, "app-portal-fact-licence", &receipt.licence, &receipt.licence_url);
    }
    link(ui, session, "app-receipt-url", &receipt.url, &receipt.url);
}

/// A row that leads to a web page, where the address is one.
fn link(ui: &mut Ui, session: &Session, id: &'static str, text: &str, address: &str) {
    ui.label(RichText::new(session.say(&Message::new(id))).weak());
    if is_web(address) {
        let link = egui::Hyperlink::from_label_and_url(text, address).open_in_new_tab(true);
        ui.add(link);
    } else {
        ui.add(egui::Label::new(text).wrap());
    }
    ui.end_row();
}

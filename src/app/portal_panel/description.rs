//! A description with its paragraphs and links.

use egui::{RichText, Ui};

use crate::portal::{Block, Span};

pub(super) fn show(ui: &mut Ui, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(spans) => line(ui, spans, false),
            Block::Heading(spans) => line(ui, spans, true),
            Block::Item(spans) => {
                ui.horizontal_top(|ui| {
                    ui.label("•");
                    ui.vertical(|ui| line(ui, spans, false));
                });
            }
        }
        ui.add_space(3.0);
    }
}

fn line(ui: &mut Ui, spans: &[Span], is_heading: bool) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for span in spans {
            let mut text = RichText::new(&span.text);
            if span.strong || is_heading {
                text = text.strong();
            }
            match &span.link {
                Some(link) => {
                    let link = egui::Hyperlink::from_label_and_url(text, link);
                    ui.add(link.open_in_new_tab(true));
                }
                None => {
                    ui.label(text);
                }
            }
        }
    });
}

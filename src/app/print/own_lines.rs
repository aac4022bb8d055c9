//! The part of the form about what the person puts on a sheet: blocks of words, a logo, and parts that
//! were moved.

use std::path::Path;

use egui::{DragValue, TextEdit, Ui};

use super::things::part_name;
use crate::app::dialog::{BrowseFor, PathField};
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{FromEdge, PartPlace, Sheet, SheetLogo, TextBlock};

/// The letters of a new block, points, and where it and a new logo stand, millimetres from the edge.
const LETTERS: f32 = 12.0;
const FROM_EDGE: f32 = 14.0;

/// What the person puts on a sheet.
#[derive(Default)]
pub(super) struct OwnLines {
    /// The file of a logo, being chosen.
    logo: Option<PathField>,
}

impl OwnLines {
    /// Blocks of words, each with the size of its letters.
    pub fn blocks(ui: &mut Ui, session: &Session, next: &mut Sheet) {
        let title = Message::new("app-print-blocks").count("count", next.blocks.len() as u64);
        icons::fold(session.say(&title)).id_salt("print blocks").show(ui, |ui| {
            let mut gone = None;
            for (at, block) in next.blocks.iter_mut().enumerate() {
                ui.horizontal(|ui| {
                    let name = Message::new("app-print-block").count("number", at as u64 + 1);
                    let name = session.say(&name);
                    let field = TextEdit::multiline(&mut block.text);
                    let field = field.desired_rows(1).desired_width(170.0);
                    let hint = session.tr("app-print-block-hint");
                    ui.add(field.hint_text(hint)).accessible_name(&name);
                    let (least, most) = TextBlock::SIZES;
                    let drag = DragValue::new(&mut block.size).range(least..=most);
                    let size = Message::new("app-print-block-size").count("number", at as u64 + 1);
                    let drag = ui.add(drag.suffix(" pt").max_decimals(1).speed(0.2));
                    let size = session.say(&size);
                    drag.on_hover_text(&size).accessible_name(&size);
                    let remove =
                        Message::new("app-print-block-remove").count("number", at as u64 + 1);
                    if icons::small_button(ui, Icon::Trash, &session.say(&remove)).clicked() {
                        gone = Some(at);
                    }
                });
            }
            if let Some(at) = gone.filter(|at| *at < next.blocks.len()) {
                next.blocks.remove(at);
            }
            let add = ui.button(session.tr("app-print-block-add"));
            if add.on_hover_text(session.tr("app-print-block-add-hint")).clicked() {
                let text = session.tr("app-print-block-first");
                // Below the one before.
                #[expect(clippy::cast_precision_loss, reason = "a few")]
                let down = FROM_EDGE + 12.0 * next.blocks.len() as f32;
                let place = PartPlace {
                    across: FromEdge::Start(FROM_EDGE),
                    down: FromEdge::End(60.0 + down),
                    width: None,
                };
                next.blocks.push(TextBlock { text, size: LETTERS, place });
            }
        });
    }

    /// The logo, out of a file.
    pub fn logo(&mut self, ui: &mut Ui, session: &Session, next: &mut Sheet) {
        icons::fold(session.tr("app-print-logo")).id_salt("print logo").show(ui, |ui| {
            if let Some(logo) = &next.logo {
                let name = Path::new(&logo.path).file_name().unwrap_or_default();
                let name = name.to_string_lossy().into_owned();
                let is_gone = ui
                    .horizontal(|ui| {
                        ui.label(name).on_hover_text(&logo.path);
                        let label = session.tr("app-print-logo-remove");
                        icons::small_button(ui, Icon::Trash, &label).clicked()
                    })
                    .inner;
                if is_gone {
                    next.logo = None;
                }
                return;
            }
            let field = self.logo.get_or_insert_with(|| PathField::default().waiting());
            let picked = field.show(ui, session, "app-print-logo-path", &[BrowseFor::Picture]);
            let chosen = picked.paths.first().cloned();
            let entered = field.path().filter(|_| picked.is_entered);
            if let Some(path) = chosen.or(entered) {
                let place = PartPlace {
                    across: FromEdge::End(FROM_EDGE),
                    down: FromEdge::Start(FROM_EDGE),
                    width: None,
                };
                let path = std::path::absolute(&path).unwrap_or(path);
                let path = path.to_string_lossy().into_owned();
                next.logo = Some(SheetLogo { path, place });
                self.logo = None;
            }
        });
    }

    /// The parts that were moved, each with a button that puts it back.
    pub fn moved(ui: &mut Ui, session: &Session, next: &mut Sheet) {
        if next.moved.is_empty() {
            return;
        }
        let title = Message::new("app-print-moved").count("count", next.moved.len() as u64);
        icons::fold(session.say(&title)).id_salt("print moved").show(ui, |ui| {
            let parts: Vec<_> = next.moved.keys().copied().collect();
            for part in &parts {
                let name = session.tr(part_name(*part));
                let label = Message::new("app-print-put-back").text("name", name);
                if ui.button(session.say(&label)).clicked() {
                    next.moved.remove(part);
                }
            }
            if parts.len() > 1 && ui.button(session.tr("app-print-put-all-back")).clicked() {
                next.moved.clear();
            }
        });
    }
}

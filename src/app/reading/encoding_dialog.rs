//! The encoding of a layer's texts: who says what, the values that tell most in each reading, and
//! the choice.

use egui::{Grid, Label, RichText, ScrollArea, Ui};

use super::texts;
use crate::app::actions::{Action, Actions};
use crate::app::session::Session;
use crate::app::{chosen, dialog, icons};
use crate::formats::{encoding_name, encoding_words, offered_encodings, read_in_encoding};
use crate::i18n::Message;
use crate::project::{Command, Layer, LayerId, LayerSource};
use crate::table::{EncodingSource, TextEvidence};

/// How wide a value may be, points.
const VALUE: f32 = 138.0;

/// How wide the names of the encodings are, points.
const NAME: f32 = 230.0;

/// The dialog.
pub(in crate::app) struct EncodingDialog {
    layer: LayerId,
    /// The encoding chosen so far; none before the person did.
    picked: Option<&'static str>,
    /// The one tried from the list of all.
    other: Option<&'static str>,
}

/// A way to read the texts, as it is shown.
struct Row {
    encoding: &'static str,
    by: Vec<EncodingSource>,
    values: Vec<String>,
    is_damaged: bool,
}

impl EncodingDialog {
    pub fn new(layer: LayerId) -> EncodingDialog {
        EncodingDialog { layer, picked: None, other: None }
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer) else { return true };
        let title = Message::new("app-encoding-title").text("name", &layer.name);
        let shown = dialog::show(ctx, "encoding", &session.say(&title), 700.0, |ui| {
            let loaded = session.loaded(layer);
            let Some(loaded) = loaded.filter(|loaded| loaded.table.origin.texts.is_some()) else {
                ui.spinner();
                return dialog::buttons(ui, |ui| ui.button(session.tr("app-cancel")).clicked());
            };
            let evidence = loaded.table.origin.texts.as_deref();
            let used = loaded.table.origin.encoding.as_deref().and_then(encoding_name);
            self.content(ui, session, layer, (evidence.unwrap_or(&NOTHING), used), out)
        });
        shown.inner || shown.is_escaped
    }

    fn content(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        (evidence, used): (&TextEvidence, Option<&'static str>),
        out: &mut Actions,
    ) -> bool {
        let explained = if evidence.samples.is_empty() {
            "app-encoding-all-ascii"
        } else if texts::in_doubt(session, layer).is_some() {
            "app-encoding-explain-doubt"
        } else {
            "app-encoding-explain"
        };
        let explained = session.say(&Message::new(explained));
        ui.add(Label::new(RichText::new(explained).weak()).wrap());
        ui.add_space(6.0);
        let most = (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 460.0);
        let area = ScrollArea::vertical().id_salt("readings").max_height(most);
        area.auto_shrink([false, true]).show(ui, |ui| {
            Grid::new("readings").num_columns(4).spacing([14.0, 10.0]).striped(true).show(
                ui,
                |ui| {
                    for row in self.rows(evidence) {
                        self.row(ui, session, &row, used);
                    }
                },
            );
        });
        ui.add_space(4.0);
        self.others(ui, session, evidence);
        ui.add_space(4.0);
        ui.weak(session.tr("app-encoding-note"));
        self.buttons(ui, session, layer, used, out)
    }

    /// The ways that somebody speaks for, and the one tried from the list.
    fn rows(&self, evidence: &TextEvidence) -> Vec<Row> {
        let mut rows: Vec<Row> = evidence
            .candidates
            .iter()
            .map(|candidate| Row {
                encoding: candidate.encoding,
                by: candidate.said_by.clone(),
                values: candidate.values.clone(),
                is_damaged: candidate.is_damaged,
            })
            .collect();
        let is_new = |name: &&str| !rows.iter().any(|row| row.encoding == *name);
        if let Some(encoding) = self.other.filter(is_new) {
            let read = |bytes: &Vec<u8>| read_in_encoding(encoding, bytes).unwrap_or_default();
            let values: Vec<(String, bool)> = evidence.samples.iter().map(read).collect();
            let is_damaged = values.iter().any(|(_, is_damaged)| *is_damaged);
            let values = values.into_iter().map(|(text, _)| text).collect();
            rows.push(Row { encoding, by: Vec::new(), values, is_damaged });
        }
        rows
    }

    fn row(&mut self, ui: &mut Ui, session: &Session, row: &Row, used: Option<&'static str>) {
        let picked = self.picked.or(used);
        ui.vertical(|ui| {
            ui.set_width(NAME);
            ui.spacing_mut().item_spacing.y = 1.0;
            let name = session.say(&encoding_words(row.encoding));
            if ui.radio(picked == Some(row.encoding), name).clicked() {
                self.picked = Some(row.encoding);
            }
            let mut said: Vec<String> =
                row.by.iter().map(|by| session.say(&by.message())).collect();
            if used == Some(row.encoding) {
                said.insert(0, session.tr("app-encoding-now"));
            }
            if row.is_damaged {
                said.push(session.tr("app-encoding-damaged"));
            }
            ui.indent("said by", |ui| {
                for said in said {
                    ui.add(Label::new(RichText::new(said).small().weak()).wrap());
                }
            });
        });
        for value in &row.values {
            ui.horizontal(|ui| {
                ui.set_width(VALUE);
                let text = texts::marked(ui, value);
                ui.add(Label::new(text).truncate()).on_hover_text(value);
            });
        }
        for _ in row.values.len()..3 {
            dialog::no_name(ui);
        }
        ui.end_row();
    }

    /// The list of all other encodings.
    fn others(&mut self, ui: &mut Ui, session: &Session, evidence: &TextEvidence) {
        ui.horizontal(|ui| {
            let label = ui.label(session.tr("app-encoding-other"));
            let tried = self.other.map(|name| session.say(&encoding_words(name)));
            let combo = icons::combo_box("another encoding")
                .selected_text(tried.unwrap_or_else(|| session.tr("app-encoding-other-none")))
                .width(260.0);
            let shown = combo.show_ui(ui, |ui| {
                let is_said = |name: &str| evidence.candidates.iter().any(|it| it.encoding == name);
                for name in offered_encodings().filter(|name| !is_said(name)) {
                    let words = session.say(&encoding_words(name));
                    if chosen::item(ui, self.other == Some(name), words).clicked() {
                        self.other = Some(name);
                        self.picked = Some(name);
                    }
                }
            });
            shown.response.labelled_by(label.id);
        });
    }

    fn buttons(
        &self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        used: Option<&'static str>,
        out: &mut Actions,
    ) -> bool {
        let change = |encoding: Option<&str>| {
            let encoding = encoding.map(str::to_owned);
            let source = LayerSource { encoding, ..layer.source.clone() };
            Action::Run(Command::SetSource(layer.id, source))
        };
        let picked = self.picked.or(used);
        dialog::buttons(ui, |ui| {
            let name = picked.map(|name| session.say(&encoding_words(name)));
            let text = Message::new("app-encoding-do").text("name", name.unwrap_or_default());
            // What is doubted may be confirmed too.
            let is_new = picked != used || texts::in_doubt(session, layer).is_some();
            if dialog::main_button(ui, is_new && picked.is_some(), &session.say(&text)) {
                out.push(change(picked));
                return true;
            }
            let is_chosen = layer.source.encoding.is_some();
            if is_chosen && ui.button(session.tr("app-crs-as-found")).clicked() {
                out.push(change(None));
                return true;
            }
            ui.button(session.tr("app-cancel")).clicked()
        })
    }
}

static NOTHING: TextEvidence =
    TextEvidence { candidates: Vec::new(), samples: Vec::new(), texts: 0, is_in_doubt: false };

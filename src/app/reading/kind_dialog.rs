//! What a field is read as: the kinds that its values fit, each with how many and some of them, as
//! they would be read and as they would not.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};

use super::kinds::fit_words;
use crate::app::actions::{Action, Actions};
use crate::app::derived::Same;
use crate::app::filter::kind_word;
use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::app::store::Loaded;
use crate::app::{chosen, dialog, icons};
use crate::i18n::Message;
use crate::jobs::{Job, Watch};
use crate::portal::{Portals, Wanted};
use crate::problem::FileError;
use crate::project::{Command, Layer, LayerId, LayerSource};
use crate::table::{Examples, Field, FieldKind, ReadAs, Table, examples, fits, texts_of};

/// The forms that a person may choose, in the order of kinds.
const FORMS: [ReadAs; 6] = [
    ReadAs::NumberPoint,
    ReadAs::NumberComma,
    ReadAs::DateDmy,
    ReadAs::DateYmd,
    ReadAs::DateMdy,
    ReadAs::Boolean,
];

/// What the values of a field could be.
struct Seen {
    /// Nearly all values are of these, by the best form.
    fitting: Vec<Examples>,
    /// Some are of these.
    others: Vec<Examples>,
}

/// What was looked at: the values of a field of a table.
#[derive(Clone, PartialEq)]
struct Key {
    table: Same<Table>,
    field: String,
}

/// The dialog.
pub(in crate::app) struct KindDialog {
    layer: LayerId,
    field: Option<String>,
    /// What was chosen so far; none before the person did.
    picked: Option<ReadAs>,
    seen: Keyed<Key, Result<Seen, FileError>>,
}

impl KindDialog {
    /// Of a field by name, or of the first that could be another kind.
    pub fn new(layer: LayerId, field: Option<String>) -> KindDialog {
        KindDialog { layer, field, picked: None, seen: Keyed::default() }
    }

    /// Whether values are being looked at.
    pub fn is_busy(&self) -> bool {
        self.seen.job().is_some()
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer) else { return true };
        let title = Message::new("app-kind-title").text("name", &layer.name);
        let shown = dialog::show(ctx, "kinds", &session.say(&title), 620.0, |ui| {
            let Some(loaded) = session.store.present(&layer.source) else {
                ui.spinner();
                return dialog::buttons(ui, |ui| ui.button(session.tr("app-cancel")).clicked());
            };
            self.content(ui, session, layer, loaded, out)
        });
        shown.inner || shown.is_escaped
    }

    fn content(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        loaded: &Loaded,
        out: &mut Actions,
    ) -> bool {
        let offered: Vec<(String, ReadAs)> = session
            .derived
            .kinds
            .of(layer, loaded)
            .filter_map(|(name, offer)| Some((name.to_owned(), offer.best()?.fit.read_as)))
            .collect();
        let first = || offered.first().map(|(name, _)| name.clone());
        let any = || loaded.table.fields.first().map(|field| field.name.clone());
        let is_there = |name: &String| loaded.table.field_index(name).is_some();
        let name = self.field.clone().filter(is_there).or_else(first).or_else(any);
        let field = name.and_then(|name| loaded.table.fields.iter().find(|it| it.name == name));
        let Some(field) = field.cloned() else { return true };
        self.field = Some(field.name.clone());
        self.fields(ui, session, loaded, &offered);
        ui.add_space(4.0);
        self.look(session, layer, loaded, &field);
        let told = layer.source.fields.get(&field.name).copied();
        let is_new = match self.seen.latest() {
            Some(Ok(_)) if !self.is_busy() => {
                let best = offered.iter().find(|(name, _)| *name == field.name);
                self.readings(ui, session, &field, (told, best.map(|(_, best)| *best)))
            }
            Some(Err(error)) if !self.is_busy() => {
                let text = RichText::new(error.text(session.language));
                ui.label(text.color(ui.visuals().error_fg_color));
                false
            }
            _ => {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.weak(session.tr("app-kind-looking"));
                });
                false
            }
        };
        ui.add_space(4.0);
        ui.add(Label::new(RichText::new(session.tr("app-kind-note")).weak()).wrap());
        self.buttons(ui, session, layer, (&field, told, is_new), &offered, out)
    }

    /// The field that it is about.
    fn fields(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        loaded: &Loaded,
        offered: &[(String, ReadAs)],
    ) {
        let now = self.field.clone().unwrap_or_default();
        let title = |name: &str| {
            let field = loaded.table.fields.iter().find(|field| field.name == name);
            field.map_or(name, Field::title).to_owned()
        };
        ui.horizontal(|ui| {
            let label = ui.label(session.tr("app-kind-field"));
            let combo = icons::combo_box("field").selected_text(title(&now)).width(260.0);
            let shown = combo.show_ui(ui, |ui| {
                for field in &loaded.table.fields {
                    let is_offered = offered.iter().any(|(name, _)| *name == field.name);
                    let id = if is_offered { "app-kind-field-offered" } else { "app-named" };
                    let words = session.say(&Message::new(id).text("name", field.title()));
                    if chosen::item(ui, field.name == now, words).clicked() {
                        self.field = Some(field.name.clone());
                        self.picked = None;
                    }
                }
            });
            shown.response.labelled_by(label.id);
        });
    }

    /// Looks at the values of the field, on a thread.
    fn look(&mut self, session: &Session, layer: &Layer, loaded: &Loaded, field: &Field) {
        let key = Key { table: Same(loaded.table.clone()), field: field.name.clone() };
        // The file may say more than the values that were made of it: zeros in front, words.
        let is_told = layer.source.fields.contains_key(&field.name);
        let is_written = field.kind == FieldKind::Text && !is_told;
        let has_texts = loaded.table.origin.encoding.is_some();
        let again = (!is_written && (is_told || has_texts)).then(|| {
            let fields = [(field.name.clone(), ReadAs::Text)].into_iter().collect();
            LayerSource { fields, ..layer.source.clone() }
        });
        self.seen.want(key, |key| {
            let (key, wake) = (key.clone(), session.wake.clone());
            let portals = Arc::clone(&session.portals);
            Job::start("kinds", move || wake(), move |watch| seen(&key, again, &portals, watch))
        });
    }

    /// The ways to read the field; answers whether another than the one in force is chosen.
    fn readings(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        field: &Field,
        (told, best): (Option<ReadAs>, Option<ReadAs>),
    ) -> bool {
        let Some(Ok(seen)) = self.seen.latest() else { return false };
        // Text that is found as such is text.
        let now = told.or((field.kind == FieldKind::Text).then_some(ReadAs::Text));
        let mut picked = self.picked.or(best).or(now);
        let most = (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 460.0);
        let area = ScrollArea::vertical().id_salt("readings").max_height(most);
        area.auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if now.is_none() {
                let kind = session.tr(kind_word(field.kind));
                let text = Message::new("app-kind-as-found").text("kind", kind);
                if ui.radio(picked.is_none(), session.say(&text)).clicked() {
                    picked = None;
                }
                ui.add_space(6.0);
            }
            for reading in &seen.fitting {
                row(ui, session, reading, now, &mut picked);
            }
            let text = session.tr("app-kind-as-text");
            if ui.radio(picked == Some(ReadAs::Text), text).clicked() {
                picked = Some(ReadAs::Text);
            }
            let text = session.tr("app-kind-as-text-note");
            note(ui, &with_now(session, text, now == Some(ReadAs::Text)));
            ui.add_space(6.0);
            for reading in &seen.others {
                row(ui, session, reading, now, &mut picked);
            }
            if seen.fitting.is_empty() && seen.others.is_empty() {
                note(ui, &session.tr("app-kind-none"));
            }
        });
        self.picked = picked;
        // That text is text is worth saying where it could be something else.
        let is_change = told.is_some() || picked != now || !seen.fitting.is_empty();
        picked.is_some() && picked != told && is_change
    }

    fn buttons(
        &self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        (field, told, is_new): (&Field, Option<ReadAs>, bool),
        offered: &[(String, ReadAs)],
        out: &mut Actions,
    ) -> bool {
        let change = |change: &dyn Fn(&mut LayerSource)| {
            let mut source = layer.source.clone();
            change(&mut source);
            Action::Run(Command::SetSource(layer.id, source))
        };
        dialog::buttons(ui, |ui| {
            let text = session.tr("app-kind-do");
            if dialog::main_button(ui, is_new, &text)
                && let Some(picked) = self.picked
            {
                out.push(change(&|source| {
                    source.fields.insert(field.name.clone(), picked);
                }));
                out.push(Action::CloseStep);
                return true;
            }
            if offered.len() > 1 {
                let count = u64::try_from(offered.len()).unwrap_or(u64::MAX);
                let text = Message::new("app-kind-do-all").count("count", count);
                let names: Vec<&str> = offered.iter().map(|(name, _)| name.as_str()).collect();
                let all = ui.button(session.say(&text)).on_hover_text(names.join(", "));
                if all.clicked() {
                    out.push(change(&|source| source.fields.extend(offered.iter().cloned())));
                    out.push(Action::CloseStep);
                    return true;
                }
            }
            if told.is_some() && ui.button(session.tr("app-crs-as-found")).clicked() {
                out.push(change(&|source| {
                    source.fields.remove(&field.name);
                }));
                out.push(Action::CloseStep);
                return true;
            }
            ui.button(session.tr("app-cancel")).clicked()
        })
    }
}

/// Looks at the values of a field; of a source that is read again where one is given.
fn seen(
    key: &Key,
    again: Option<LayerSource>,
    portals: &Portals,
    watch: &Watch,
) -> Result<Seen, FileError> {
    let Some(source) = again else { return seen_of(&key.table.0, &key.field, watch) };
    let path = PathBuf::from(&source.path);
    let options = source.read_options().map_err(|error| FileError::new(&path, error.message()))?;
    let opened = portals.open(&path, Wanted::Kept, &options, watch)?;
    match opened.into_iter().next() {
        Some(opened) => seen_of(&opened.table, &key.field, watch),
        None => seen_of(&key.table.0, &key.field, watch),
    }
}

fn seen_of(table: &Table, field: &str, watch: &Watch) -> Result<Seen, FileError> {
    let cancelled = |_| FileError::cancelled(&table.origin.path);
    let mut seen = Seen { fitting: Vec::new(), others: Vec::new() };
    let Some(column) = table.field_index(field) else { return Ok(seen) };
    let texts = texts_of(table, column).map_err(|_| {
        let what = Message::new("error-too-much-text");
        FileError::new(&table.origin.path, what)
    })?;
    let best = fits(&texts, watch).map_err(cancelled)?;
    for fit in &best {
        seen.fitting.extend(examples(&texts, fit.read_as));
    }
    for form in FORMS {
        watch.check().map_err(cancelled)?;
        if best.iter().any(|fit| fit.read_as == form) {
            continue;
        }
        let Some(reading) = examples(&texts, form) else { continue };
        // Where a form of the same kind reads as much or more, this one says nothing new.
        let is_better = |other: &Examples| {
            let is_kind = other.fit.read_as.without_form() == form.without_form();
            is_kind && other.fit.fits >= reading.fit.fits
        };
        let known = || seen.fitting.iter().chain(&seen.others);
        let is_number = form.without_form() == ReadAs::Number;
        let is_same = is_number && known().any(is_better);
        let is_of_one = form.without_form() == ReadAs::Date && reading.fit.misfits > 0;
        if reading.fit.fits > 0 && !is_same && !(is_of_one && known().any(is_better)) {
            seen.others.push(reading);
        }
    }
    Ok(seen)
}

/// A way to read the field, with values.
fn row(
    ui: &mut Ui,
    session: &Session,
    reading: &Examples,
    now: Option<ReadAs>,
    picked: &mut Option<ReadAs>,
) {
    let read_as = reading.fit.read_as;
    let name = capitalised(&session.say(&read_as.message(reading.kind)));
    if ui.radio(*picked == Some(read_as), name).clicked() {
        *picked = Some(read_as);
    }
    let fit = fit_words(session, reading);
    note(ui, &with_now(session, fit, now == Some(read_as)));
    let values = reading.texts.iter().zip(reading.values()).map(|(text, value)| {
        let value = value.in_language(session.language);
        let message = Message::new("app-kind-example").text("text", text).text("value", value);
        session.say(&message)
    });
    let values: Vec<String> = values.collect();
    if !values.is_empty() {
        note(ui, &values.join(" · "));
    }
    if reading.zeros > 0 {
        warning(ui, &session.say(&Message::new("app-kind-zeros").count("count", reading.zeros)));
    }
    if !reading.misfits.is_empty() {
        let misfits = reading.misfits.iter().map(|misfit| {
            let message = Message::new("app-kind-misfit").text("text", &misfit.text);
            session.say(&message.count("row", misfit.row))
        });
        let misfits = misfits.collect::<Vec<_>>().join(", ");
        let message = Message::new("app-kind-misfits").count("count", reading.fit.misfits);
        warning(ui, &session.say(&message.text("values", misfits)));
    }
    ui.add_space(6.0);
}

/// A note on the reading in force says so.
fn with_now(session: &Session, note: String, is_now: bool) -> String {
    if is_now { session.say(&Message::new("app-kind-now").text("fit", note)) } else { note }
}

fn note(ui: &mut Ui, text: &str) {
    ui.indent(text, |ui| {
        ui.add(Label::new(RichText::new(text).small().weak()).wrap());
    });
}

fn warning(ui: &mut Ui, text: &str) {
    let color = ui.visuals().warn_fg_color;
    ui.indent(text, |ui| {
        ui.add(Label::new(RichText::new(text).small().color(color)).wrap());
    });
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

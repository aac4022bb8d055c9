//! What is known of the encoding of a layer's texts, and where the person may change it.

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, RichText, Stroke, TextStyle, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::session::Session;
use crate::app::store::Loaded;
use crate::app::theme;
use crate::formats::encoding_words;
use crate::i18n::Message;
use crate::project::Layer;
use crate::table::TextEvidence;

/// Whether a layer's file has an encoding to choose: it is a file of text.
pub(in crate::app) fn can_choose_encoding(session: &Session, layer: &Layer) -> bool {
    let evidence = session.loaded(layer).and_then(|loaded| loaded.table.origin.texts.as_ref());
    evidence.is_some() && layer.source.is_file()
}

/// What those who speak say, where they disagree and the person has not chosen.
pub(super) fn in_doubt<'a>(session: &'a Session, layer: &Layer) -> Option<&'a TextEvidence> {
    let loaded = session.loaded(layer).filter(|_| layer.source.encoding.is_none())?;
    let evidence = loaded.table.origin.texts.as_deref()?;
    (evidence.is_in_doubt && layer.source.is_file()).then_some(evidence)
}

/// The encoding among the facts of a layer, where it is not the usual one; leads to the choice.
pub(in crate::app) fn encoding_link(
    ui: &mut Ui,
    session: &Session,
    layer: &Layer,
    loaded: &Loaded,
    out: &mut Actions,
) {
    let origin = &loaded.table.origin;
    let (Some(name), Some(evidence)) = (&origin.encoding, &origin.texts) else { return };
    let is_usual = name == "UTF-8" && layer.source.encoding.is_none();
    if (is_usual || evidence.texts == 0) && in_doubt(session, layer).is_none() {
        return;
    }
    let is_guess = layer.source.encoding.is_none() && is_only_guessed(evidence);
    let named = match name.as_str() {
        "UTF-8-twice" => session.say(&encoding_words(name)),
        name => name.to_owned(),
    };
    let (text, color) = if is_guess {
        let text = Message::new("app-encoding-guessed").text("name", named);
        (session.say(&text), ui.visuals().warn_fg_color)
    } else {
        (named, theme::accent(ui))
    };
    let link = Button::new(RichText::new(text).small().color(color)).frame(false);
    if ui.add(link).on_hover_text(session.tr("app-encoding-hint")).clicked() {
        out.push(Action::ShowEncoding(layer.id));
    }
}

/// Whether nothing but the look of the letters speaks for the encoding used.
fn is_only_guessed(evidence: &TextEvidence) -> bool {
    let used = evidence.candidates.first();
    used.is_some_and(|used| {
        used.said_by.iter().all(|by| *by == crate::table::EncodingSource::Letters)
    })
}

/// A value with a line under what is not ASCII, which is where readings differ; what could not be
/// read is a question mark in the colour of warnings.
pub(super) fn marked(ui: &Ui, value: &str) -> LayoutJob {
    let font = TextStyle::Body.resolve(ui.style());
    let plain = TextFormat::simple(font, ui.visuals().text_color());
    let lined = |color| TextFormat { color, underline: Stroke::new(1.2, color), ..plain.clone() };
    let telling = lined(theme::accent(ui));
    let bad = lined(ui.visuals().warn_fg_color);
    let kind = |c: char| (c.is_ascii(), c == char::REPLACEMENT_CHARACTER);
    let mut job = LayoutJob::default();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match kind(first) {
            (true, _) => job.append(run, 0.0, plain.clone()),
            (_, true) => job.append(&"?".repeat(run.chars().count()), 0.0, bad.clone()),
            _ => job.append(run, 0.0, telling.clone()),
        }
        rest = after;
    }
    job
}

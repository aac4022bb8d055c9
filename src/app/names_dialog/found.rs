//! What was found for each text, and what a person makes of it.

use egui::{RichText, ScrollArea, TextEdit, Ui};

use crate::app::session::Session;
use crate::app::{chosen, icons};
use crate::gazetteer::Placed;
use crate::i18n::{Message, fold, format_number};
use crate::names::{Found, How, Outcome};
use crate::project::{NameDecision, PlaceNames};

/// Which texts are shown.
#[derive(Default)]
pub(super) struct Shown {
    only: Only,
    wanted: String,
}

/// Which texts are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Only {
    /// Those that a person may have to look at.
    #[default]
    Unsure,
    All,
    Decided,
}

/// The most texts drawn; the rest is found by the word above the list.
const MOST: usize = 2_000;

impl Shown {
    /// The list of texts.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        placed: Option<&Placed>,
        names: &mut PlaceNames,
    ) {
        let Some(placed) = placed else { return };
        ui.separator();
        ui.horizontal_wrapped(|ui| {
            for (only, id) in [
                (Only::Unsure, "app-names-list-unsure"),
                (Only::All, "app-names-list-all"),
                (Only::Decided, "app-names-list-decided"),
            ] {
                if chosen::tab(ui, self.only == only, session.tr(id)).clicked() {
                    self.only = only;
                }
            }
            let field = TextEdit::singleline(&mut self.wanted)
                .desired_width(180.0)
                .hint_text(session.tr("app-names-list-find"));
            let field = ui.add(field);
            field.accessible_name(session.tr("app-names-list-find"));
        });
        let wanted = fold(self.wanted.trim());
        let is_decided = |text: &str| names.decisions.iter().any(|known| known.text == text);
        let is_shown = |(text, found): &&(String, Found)| {
            let fits = match self.only {
                Only::All => true,
                Only::Decided => is_decided(text),
                Only::Unsure => {
                    !matches!(found.outcome, Outcome::Matched | Outcome::NoName) || is_decided(text)
                }
            };
            fits && (wanted.is_empty() || fold(text).contains(&wanted))
        };
        let list: Vec<&(String, Found)> = placed.found.iter().filter(is_shown).take(MOST).collect();
        if list.is_empty() {
            ui.weak(session.tr("app-names-list-empty"));
            return;
        }
        let height = ui.spacing().interact_size.y + ui.spacing().item_spacing.y;
        ScrollArea::vertical().id_salt("names found").max_height(height * 9.0).show_rows(
            ui,
            ui.spacing().interact_size.y,
            list.len(),
            |ui, range| {
                for (text, found) in range.filter_map(|at| list.get(at)) {
                    one(ui, session, text, found, names);
                }
            },
        );
    }
}

/// A text, and a list of the places it may be about.
fn one(ui: &mut Ui, session: &Session, text: &str, found: &Found, names: &mut PlaceNames) {
    let decision = names.decisions.iter().find(|known| known.text == text).cloned();
    let layer_name = |number: usize| {
        let layer = names.layers.get(number).map(|named| named.layer);
        let layer = layer.and_then(|id| session.document().layer(id));
        layer.map_or("…", |layer| layer.name.as_str())
    };
    let mut wanted: Option<Option<NameDecision>> = None;
    ui.horizontal(|ui| {
        let width = (ui.available_width() * 0.46).max(120.0);
        let height = ui.spacing().interact_size.y;
        ui.allocate_ui_with_layout(
            egui::vec2(width, height),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_min_width(width);
                ui.add(egui::Label::new(text).truncate()).on_hover_text(text);
            },
        );
        let now = match &decision {
            Some(NameDecision { layer: None, .. }) => session.tr("app-names-nowhere"),
            Some(decision) => decision.name.clone(),
            None => match (found.outcome, found.candidates.first()) {
                (Outcome::Matched, Some(best)) => best.name.clone(),
                (Outcome::Near, Some(best)) if names.with_near => best.name.clone(),
                (Outcome::Near, Some(best)) => {
                    session.say(&Message::new("app-names-perhaps").text("name", best.name.as_str()))
                }
                (Outcome::Ambiguous, _) => session.tr("names-how-ambiguous"),
                _ => session.tr("names-how-unmatched"),
            },
        };
        let is_sure = decision.is_some() || found.outcome == Outcome::Matched;
        let now = if is_sure { RichText::new(now) } else { RichText::new(now).weak().italics() };
        let combo = icons::combo_box(("names found", text)).width(ui.available_width() - 8.0);
        let shown = combo.truncate().selected_text(now).show_ui(ui, |ui| {
            if chosen::item(ui, decision.is_none(), session.tr("app-names-automatic")).clicked() {
                wanted = Some(None);
            }
            for candidate in &found.candidates {
                let is_this = decision.as_ref().is_some_and(|known| {
                    known.name == candidate.name
                        && known.layer == names.layers.get(candidate.layer).map(|it| it.layer)
                });
                let text = Message::new("app-names-candidate")
                    .text("name", candidate.name.as_str())
                    .text("layer", layer_name(candidate.layer))
                    .text("how", session.tr(how(candidate.how)))
                    .text("score", format_number(session.language, candidate.score, 2));
                if chosen::item(ui, is_this, session.say(&text)).clicked() {
                    wanted = Some(names.layers.get(candidate.layer).map(|named| NameDecision {
                        text: String::new(),
                        layer: Some(named.layer),
                        name: candidate.name.clone(),
                    }));
                }
            }
            let is_nowhere = decision.as_ref().is_some_and(|known| known.layer.is_none());
            if chosen::item(ui, is_nowhere, session.tr("app-names-nowhere")).clicked() {
                let nowhere =
                    NameDecision { text: String::new(), layer: None, name: String::new() };
                wanted = Some(Some(nowhere));
            }
        });
        let label = Message::new("app-names-place-of").text("text", text);
        shown.response.accessible_name(session.say(&label));
    });
    if let Some(decision) = wanted {
        let decision = decision.map(|decision| NameDecision { text: text.to_owned(), ..decision });
        names.decide(text, decision);
    }
}

fn how(how: How) -> &'static str {
    match how {
        How::Exact => "names-how-exact",
        How::Normalised => "names-how-normalised",
        How::Near => "names-how-near",
    }
}

//! The theme that a question is asked about: all, or one of those that its endpoint lists.

use std::sync::Arc;

use egui::PopupCloseBehavior::CloseOnClickOutside;
use egui::{RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::app::{chosen, icons};
use crate::i18n::{Message, fold, format_integer};
use crate::jobs::Job;
use crate::portal::{LinkedAddress, QuestionThemes, Theme};
use crate::problem::FileError;

/// How many themes are listed at most; a word brings up the others.
const MOST_LISTED: usize = 200;

/// How high their list is, points.
const LIST: f32 = 190.0;

/// What is asked for, and how.
type Asked = (String, QuestionThemes);

/// The theme being chosen.
#[derive(Default)]
pub(super) struct ThemePart {
    chosen: Option<Theme>,
    search: String,
    themes: Keyed<Asked, Result<Vec<Theme>, FileError>>,
}

impl ThemePart {
    /// The address of the theme that is chosen.
    pub fn iri(&self) -> Option<String> {
        self.chosen.as_ref().map(|theme| theme.iri.clone())
    }

    /// The name of the theme that is chosen.
    pub fn name(&self) -> Option<&str> {
        self.chosen.as_ref().map(|theme| theme.name.as_str())
    }

    /// All themes again: another question is asked.
    pub fn forget(&mut self) {
        *self = ThemePart::default();
    }

    pub fn is_busy(&self) -> bool {
        self.themes.job().is_some()
    }

    /// The field; the endpoint is asked when the list is opened.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, endpoint: &str, of: &QuestionThemes) {
        let all = session.tr("app-linked-all-themes");
        ui.vertical(|ui| {
            let label = ui.label(RichText::new(session.tr("app-linked-theme")).small().weak());
            let shown = self.chosen.as_ref().map_or(all.as_str(), |theme| theme.name.as_str());
            let combo = icons::combo_box("linked theme").width(220.0).height(LIST + 100.0);
            // A click into the field for searching must not close it.
            let combo = combo
                .truncate()
                .close_behavior(CloseOnClickOutside)
                .selected_text(shown.to_owned());
            let shown = combo.show_ui(ui, |ui| {
                // As high as the list will be: what comes later does not make it grow.
                ui.set_min_size(vec2(320.0, LIST + 80.0));
                if chosen::item(ui, self.chosen.is_none(), all.as_str()).clicked() {
                    self.chosen = None;
                    ui.close();
                }
                self.list(ui, session, endpoint, of);
            });
            shown.response.labelled_by(label.id);
        });
    }

    fn list(&mut self, ui: &mut Ui, session: &Session, endpoint: &str, of: &QuestionThemes) {
        let Some(base) = LinkedAddress::base_of(endpoint) else { return };
        let name = session.tr("app-linked-theme");
        let address = LinkedAddress { name, ..LinkedAddress::sparql(base, of.text.trim()) };
        let key = (address.base.to_string(), of.clone());
        let (portals, ctx) = (Arc::clone(&session.portals), ui.ctx().clone());
        let host = address.host();
        self.themes.want(key.clone(), |_| {
            let of = of.clone();
            let wake = move || ctx.request_repaint();
            Job::start("themes", wake, move |watch| portals.themes(&address, &of, watch))
        });
        match self.themes.of(&key) {
            None => {
                ui.horizontal(|ui| {
                    ui.spinner();
                    let text = Message::new("app-linked-themes-coming").text("host", host);
                    ui.weak(session.say(&text));
                });
            }
            Some(Err(error)) => {
                let text = RichText::new(error.text(session.language)).small();
                let text = text.color(ui.visuals().error_fg_color);
                ui.add(egui::Label::new(text).wrap());
                if ui.button(session.tr("app-portal-again")).clicked() {
                    self.themes.forget();
                }
            }
            Some(Ok(themes)) if themes.is_empty() => {
                ui.weak(session.tr("app-linked-no-themes"));
            }
            Some(Ok(themes)) => {
                let field = TextEdit::singleline(&mut self.search).desired_width(f32::INFINITY);
                let hint = session.tr("app-linked-theme-search");
                ui.add(field.hint_text(hint.as_str())).accessible_name(hint);
                let wanted = fold(self.search.trim());
                let fits = themes.iter().filter(|theme| theme.folded.contains(&wanted));
                let mut picked = None;
                ScrollArea::vertical().max_height(LIST).auto_shrink(false).show(ui, |ui| {
                    let mut listed = 0;
                    for theme in fits.take(MOST_LISTED) {
                        listed += 1;
                        let count = theme.count.and_then(|count| i64::try_from(count).ok());
                        let count = count.map(|count| format_integer(session.language, count));
                        let text = match count {
                            Some(count) => format!("{} ({count})", theme.name),
                            None => theme.name.clone(),
                        };
                        let is_on = self.chosen.as_ref().is_some_and(|it| it.iri == theme.iri);
                        if chosen::item(ui, is_on, text).on_hover_text(&theme.iri).clicked() {
                            picked = Some(theme.clone());
                        }
                    }
                    if listed == MOST_LISTED {
                        ui.small(session.tr("app-join-search-more"));
                    }
                });
                if picked.is_some() {
                    self.chosen = picked;
                    self.search.clear();
                    ui.close();
                }
            }
        }
    }
}

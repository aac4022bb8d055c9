//! A question in SPARQL: one that is offered or kept, what is filled in, and its text.

use std::path::PathBuf;

use chrono::{Datelike as _, NaiveDate};
use egui::{FontId, RichText, TextEdit, Ui};

use super::line;
use super::themes::ThemePart;
use crate::app::actions::{Action, Actions};
use crate::app::session::Session;
use crate::app::settings::KeptQuestion;
use crate::app::{chosen, dialog, icons};
use crate::i18n::Message;
use crate::linked::Question;
use crate::portal::{
    Filling, KnownQuestion, LinkedAddress, Places, QuestionThemes, known_questions,
};

/// The question being asked.
pub(super) struct QuestionPart {
    name: String,
    endpoint: String,
    text: String,
    from: String,
    to: String,
    word: String,
    theme: ThemePart,
    /// What a parser says of the text; found out when the text changes.
    doubt: Option<String>,
    looked_at: String,
    is_open: bool,
    /// Whether the answers are counted in the areas that they name.
    in_areas: bool,
}

impl QuestionPart {
    pub fn new(session: &Session) -> QuestionPart {
        let today = chrono::Local::now().date_naive();
        let start = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        let mut part = QuestionPart {
            name: String::new(),
            endpoint: String::new(),
            text: String::new(),
            from: start.to_string(),
            to: today.to_string(),
            word: String::new(),
            theme: ThemePart::default(),
            doubt: None,
            looked_at: String::new(),
            is_open: false,
            in_areas: true,
        };
        if let Some(known) = known_questions().first() {
            part.name = known.name.get(session.language).to_owned();
            part.endpoint.clone_from(&known.endpoint);
            part.text = known.text.trim().to_owned();
        }
        part
    }

    fn filling(&self) -> Option<Filling> {
        let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
        let (from, to) = (day(&self.from)?, day(&self.to)?);
        (from <= to).then(|| self.with_days(from, to))
    }

    fn with_days(&self, from: NaiveDate, to: NaiveDate) -> Filling {
        Filling { from, to, word: self.word.clone(), theme: self.theme.iri() }
    }

    /// The question as it is asked; none where a day that it needs is none.
    fn filled(&self) -> Option<String> {
        let today = chrono::Local::now().date_naive();
        let has_days = Places::of(&self.text).days;
        let filling = if has_days { self.filling()? } else { self.with_days(today, today) };
        Some(filling.fill(&self.text))
    }

    /// Whether the endpoint is being asked for its themes.
    pub fn is_busy(&self) -> bool {
        self.theme.is_busy()
    }

    pub fn body(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        ui.add(
            egui::Label::new(RichText::new(session.tr("app-linked-question-what")).weak()).wrap(),
        );
        ui.add_space(6.0);
        self.choose(ui, session, out);
        let label = ui.label(RichText::new(session.tr("app-linked-endpoint")).small().weak());
        let field = TextEdit::singleline(&mut self.endpoint).desired_width(f32::INFINITY);
        ui.add(field.hint_text("https://…/sparql")).labelled_by(label.id);
        self.fill_in(ui, session);
        if self.known(session).is_some_and(|known| known.areas.is_some()) {
            ui.add_space(6.0);
            ui.checkbox(&mut self.in_areas, session.tr("app-linked-in-areas"))
                .on_hover_text(session.tr("app-linked-in-areas-hint"));
        }
        ui.add_space(6.0);
        self.editor(ui, session);
    }

    /// The questions that are offered, and those that the person kept.
    fn choose(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let label = ui.label(RichText::new(session.tr("app-linked-questions")).small().weak());
        ui.horizontal(|ui| {
            let combo = icons::combo_box("linked questions").width(420.0).truncate();
            let shown = combo.selected_text(self.name.clone()).show_ui(ui, |ui| {
                for known in known_questions() {
                    let name = known.name.get(session.language);
                    let about = known.about.get(session.language);
                    let item = chosen::item(ui, self.name == name, name).on_hover_text(about);
                    if item.clicked() {
                        self.take(name, &known.endpoint, known.text.trim());
                    }
                }
                for kept in &session.settings.questions {
                    let item = chosen::item(ui, self.name == kept.name, kept.name.as_str());
                    if item.on_hover_text(&kept.endpoint).clicked() {
                        self.take(&kept.name, &kept.endpoint, &kept.text);
                    }
                }
            });
            shown.response.labelled_by(label.id);
            let is_own = session.settings.questions.iter().any(|kept| kept.name == self.name);
            if is_own {
                let away = icons::button(ui, icons::Icon::Trash, &session.tr("app-linked-forget"));
                if away.clicked() {
                    out.push(Action::ForgetQuestion(self.name.clone()));
                }
            }
        });
        if let Some(about) = self.known(session) {
            ui.horizontal_wrapped(|ui| {
                ui.weak(about.about.get(session.language));
                if !about.verified {
                    ui.weak(session.tr("app-linked-not-verified"))
                        .on_hover_text(session.tr("app-linked-not-verified-hint"));
                }
            });
        }
        ui.add_space(4.0);
    }

    /// The question that is offered under its name.
    fn known(&self, session: &Session) -> Option<&'static KnownQuestion> {
        known_questions().iter().find(|known| known.name.get(session.language) == self.name)
    }

    fn take(&mut self, name: &str, endpoint: &str, text: &str) {
        (self.name, self.endpoint, self.text) = (name.into(), endpoint.into(), text.into());
        self.theme.forget();
    }

    /// How the endpoint is asked for the themes of this question, also of an own version of it.
    fn themes(&self) -> Option<&'static QuestionThemes> {
        if !Places::of(&self.text).theme {
            return None;
        }
        let with_themes = |known: &'static KnownQuestion| known.themes.as_ref();
        let own = known_questions().iter().find(|known| known.text.trim() == self.text);
        own.and_then(with_themes).or_else(|| known_questions().iter().find_map(with_themes))
    }

    /// The days, the word and the theme that the question asks for.
    fn fill_in(&mut self, ui: &mut Ui, session: &Session) {
        let places = Places::of(&self.text);
        if places == Places::default() {
            return;
        }
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if places.days {
                line(ui, session, "app-linked-from", (&mut self.from, 110.0), "2024-01-01");
                line(ui, session, "app-linked-to", (&mut self.to, 110.0), "2024-06-30");
            }
            if let Some(themes) = self.themes() {
                self.theme.show(ui, session, &self.endpoint, themes);
            }
            if places.word {
                let hint = session.tr("app-linked-word-hint");
                line(ui, session, "app-linked-word", (&mut self.word, 200.0), &hint);
            }
        });
        if places.days && self.filling().is_none() {
            let text = RichText::new(session.tr("app-linked-bad-days")).small();
            ui.label(text.color(ui.visuals().error_fg_color));
        }
    }

    /// The text, which most people never need to see.
    fn editor(&mut self, ui: &mut Ui, session: &Session) {
        let title = session.tr("app-linked-text");
        let fold = icons::fold(title).id_salt("linked text").default_open(self.is_open);
        fold.show(ui, |ui| {
            let field = TextEdit::multiline(&mut self.text)
                .font(FontId::monospace(12.5))
                .desired_rows(14)
                .desired_width(f32::INFINITY)
                .lock_focus(true);
            let field = ui.add(field).accessible_name(session.tr("app-linked-editor"));
            if field.changed() && self.known(session).is_some() {
                // It is the person's own from now on.
                let text = Message::new("app-linked-own").text("name", self.name.as_str());
                self.name = session.say(&text);
            }
            ui.horizontal(|ui| {
                let label = ui.label(session.tr("app-linked-name"));
                let field = TextEdit::singleline(&mut self.name).desired_width(240.0);
                ui.add(field).labelled_by(label.id);
            });
        });
        if self.looked_at != self.text {
            self.looked_at.clone_from(&self.text);
            self.doubt = self.filled().and_then(|text| Question::read(&text).ok()?.doubt());
        }
        if let Some(doubt) = &self.doubt {
            let text = Message::new("app-linked-doubt").text("detail", doubt.as_str());
            let text = RichText::new(session.say(&text)).small();
            ui.add(egui::Label::new(text.color(ui.visuals().warn_fg_color)).wrap());
        }
    }

    /// Answers whether the question was asked.
    pub fn button(&self, ui: &mut Ui, session: &Session, out: &mut Actions) -> bool {
        let base = LinkedAddress::base_of(&self.endpoint);
        let text = self.filled().filter(|text| Question::read(text).is_ok());
        let is_ready = base.is_some() && text.is_some();
        let is_wanted = dialog::main_button(ui, is_ready, &session.tr("app-linked-ask"));
        let can_keep = is_ready
            && !self.name.trim().is_empty()
            && known_questions().iter().all(|known| known.name.get(session.language) != self.name);
        if ui
            .add_enabled(can_keep, egui::Button::new(session.tr("app-linked-keep")))
            .on_hover_text(session.tr("app-linked-keep-hint"))
            .clicked()
        {
            out.push(Action::KeepQuestion(KeptQuestion {
                name: self.name.trim().to_owned(),
                endpoint: self.endpoint.trim().to_owned(),
                text: self.text.clone(),
            }));
        }
        if let Some((base, text)) = base.zip(text).filter(|_| is_wanted) {
            // Two themes of one question are two layers, and say which is which.
            let name = match self.theme.name() {
                Some(theme) => format!("{}: {theme}", self.name.trim()),
                None => self.name.trim().to_owned(),
            };
            let address = LinkedAddress { name, ..LinkedAddress::sparql(base, text) };
            let known = self.known(session).filter(|_| self.in_areas);
            let areas = known.and_then(|known| Some((known, known.areas.clone()?)));
            out.push(match areas {
                Some((known, areas)) => {
                    Action::AskPerArea(address.to_string(), known.portal.clone(), Box::new(areas))
                }
                None => Action::Open(vec![PathBuf::from(address.to_string())]),
            });
        }
        is_wanted
    }
}

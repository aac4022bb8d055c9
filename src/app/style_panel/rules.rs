//! Looks by condition.

use egui::{Button, RichText, TextEdit, Ui};

use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::symbol::{self, Details};
use super::values::Look;
use crate::i18n::{Message, format_integer};
use crate::style::{Class, Rule, Rules, Style};

/// The rules, the first of which that holds counts.
pub(super) fn show(ui: &mut Ui, look: &Look<'_>, by: &mut Rules, style: &Style) {
    let session = look.session;
    ui.weak(session.tr("app-rules-about"));
    let count_of = |at: usize| {
        let classes = look.partition.map(|partition| partition.classes.iter());
        let mut classes = classes.into_iter().flatten();
        classes.find(|(class, _)| *class == Class::Rule(at)).map(|(_, count)| *count)
    };
    let (mut gone, mut moved) = (None, None);
    let last = by.rules.len().saturating_sub(1);
    for (at, rule) in by.rules.iter_mut().enumerate() {
        let number = format!("{}", at + 1);
        ui.push_id(("rule", at), |ui| {
            ui.separator();
            head(ui, session, rule, (at, last), count_of(at), (&mut gone, &mut moved));
            condition(ui, session, rule, &number);
            let title = session.say(&Message::new("app-rule-look").text("number", number.as_str()));
            icons::fold(title).id_salt(("rule-look", at)).show(ui, |ui| {
                let kind = rule.shown_as.or(look.kind);
                let details = Details { kind, is_classed: false, is_sized: style.size.is_some() };
                symbol::show(ui, session, &number, &mut rule.symbol, details);
            });
        });
    }
    if let Some(at) = gone {
        by.rules.remove(at);
    }
    if let Some(at) = moved
        && at + 1 < by.rules.len()
    {
        by.rules.swap(at, at + 1);
    }
    ui.separator();
    ui.horizontal(|ui| {
        if ui.add(Button::new(session.tr("app-rule-add"))).clicked() {
            by.rules.push(Rule { symbol: style.symbol, ..Rule::default() });
        }
        let label = session.tr("app-rule-others");
        let mut is_shown = !by.other.hidden;
        if ui.checkbox(&mut is_shown, label).changed() {
            by.other.hidden = !is_shown;
        }
    });
}

fn head(
    ui: &mut Ui,
    session: &Session,
    rule: &mut Rule,
    (at, last): (usize, usize),
    count: Option<u64>,
    (gone, moved): (&mut Option<usize>, &mut Option<usize>),
) {
    let number = at as u64 + 1;
    let say = |id: &'static str| session.say(&Message::new(id).count("number", number));
    ui.horizontal(|ui| {
        let (icon, id) = if rule.hidden {
            (Icon::EyeClosed, "app-rule-show")
        } else {
            (Icon::Eye, "app-rule-hide")
        };
        if icons::small_button(ui, icon, &say(id)).clicked() {
            rule.hidden = !rule.hidden;
        }
        let field = TextEdit::singleline(&mut rule.label)
            .hint_text(session.tr("app-rule-label-hint"))
            .desired_width((ui.available_width() - 130.0).max(60.0));
        ui.add(field).accessible_name(say("app-rule-label"));
        let count = count.and_then(|count| i64::try_from(count).ok());
        let count = count.map_or("–".to_owned(), |count| format_integer(session.language, count));
        ui.label(RichText::new(count).weak());
        ui.add_enabled_ui(at > 0, |ui| {
            if icons::small_button(ui, Icon::Up, &say("app-rule-up")).clicked() {
                *moved = at.checked_sub(1);
            }
        });
        ui.add_enabled_ui(at < last, |ui| {
            if icons::small_button(ui, Icon::Down, &say("app-rule-down")).clicked() {
                *moved = Some(at);
            }
        });
        if icons::small_button(ui, Icon::Trash, &say("app-rule-remove")).clicked() {
            *gone = Some(at);
        }
    });
}

fn condition(ui: &mut Ui, session: &Session, rule: &mut Rule, number: &str) {
    let label = Message::new("app-rule-condition").text("number", number);
    let field = TextEdit::singleline(&mut rule.sql)
        .hint_text(session.tr("app-rule-condition-hint"))
        .code_editor()
        .desired_width(f32::INFINITY);
    ui.add(field).accessible_name(session.say(&label));
}

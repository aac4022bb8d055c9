//! What went wrong and what was done, over the map: it covers a corner and moves nothing. What
//! went wrong stays until dismissed; what was done goes by itself.

use std::time::Duration;

use egui::{
    Align, Align2, Area, Context, Frame, Id, Label, Layout, Margin, Order, Rect, RichText,
    ScrollArea, Stroke, Ui, vec2,
};

use super::actions::{Action, Actions};
use super::copying::Copied;
use super::icons::{self, Icon};
use super::session::{Notice, Session};
use super::{services, theme};
use crate::i18n::Message;
use crate::problem::FileError;

/// How long what was done stays, seconds, unless the pointer is on it.
const DONE_STAYS: f64 = 8.0;

/// How far the list stays from the map's edges, points: the right end of the line with the
/// basemap's source stays free.
const EDGE: f32 = 10.0;
const ABOVE_SOURCES: f32 = 34.0;

/// A notice on the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    pub notice: Notice,
    /// Its number: buttons stay the same ones when notices come and go above them.
    number: u64,
    /// Whether all that is known about it is shown.
    pub is_open: bool,
    /// Seconds until it goes; none for what stays.
    left: Option<f64>,
}

impl Kept {
    pub fn new(number: u64, notice: Notice) -> Kept {
        let left = matches!(notice, Notice::Done(_)).then_some(DONE_STAYS);
        Kept { notice, number, is_open: false, left }
    }
}

/// Lets time pass over what goes by itself; not while the pointer or the keyboard is there.
pub(super) fn pass_time(ctx: &Context, session: &mut Session) {
    let now = ctx.input(|input| input.time);
    let since = session.notices_at.replace(now).map_or(0.0, |before| now - before);
    let area = ctx.memory(|memory| memory.area_rect(area_id()));
    let pointer = ctx.pointer_hover_pos();
    let is_held = area.zip(pointer).is_some_and(|(area, pointer)| area.contains(pointer));
    for kept in &mut session.notices {
        if let Some(left) = kept.left.as_mut().filter(|_| !is_held) {
            *left -= since;
        }
    }
    session.notices.retain(|kept| kept.left.is_none_or(|left| left > 0.0));
    let next = session.notices.iter().filter_map(|kept| kept.left).reduce(f64::min);
    if let Some(next) = next.filter(|_| !is_held) {
        ctx.request_repaint_after(Duration::from_secs_f64(next.clamp(0.02, DONE_STAYS)));
    }
}

fn area_id() -> Id {
    Id::unique("notices")
}

/// Shows the list over the map; nothing when there is none.
pub(super) fn show(ctx: &Context, map: Rect, session: &Session, out: &mut Actions) {
    if session.notices.is_empty() {
        return;
    }
    let corner = map.right_bottom() - vec2(EDGE, ABOVE_SOURCES);
    let area = Area::new(area_id()).order(Order::Middle).constrain_to(map);
    area.pivot(Align2::RIGHT_BOTTOM).fixed_pos(corner).show(ctx, |ui| {
        let width = (map.width() - 80.0).clamp(200.0, 440.0);
        ui.set_width(width);
        if session.notices.len() > 1 {
            // One line high: a layout from the right alone would take all the height there is.
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button(session.tr("app-notices-dismiss")).clicked() {
                        out.push(Action::DismissNotices);
                    }
                });
            });
        }
        let most = (map.height() - 180.0).clamp(90.0, 520.0);
        let list = ScrollArea::vertical().id_salt("notices").max_height(most);
        // Without it the list keeps the height of the frame before.
        list.min_scrolled_height(most).show(ui, |ui| {
            for (at, kept) in session.notices.iter().enumerate() {
                ui.push_id(kept.number, |ui| card(ui, session, at, kept, out));
            }
        });
    });
}

fn card(ui: &mut Ui, session: &Session, at: usize, kept: &Kept, out: &mut Actions) {
    let is_bad = !matches!(kept.notice, Notice::Done(_) | Notice::Offer { .. });
    let color = if is_bad { ui.visuals().error_fg_color } else { theme::accent(ui) };
    let frame = Frame::new()
        .fill(ui.visuals().window_fill)
        .stroke(Stroke::new(1.0, color))
        .corner_radius(6.0)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(10, 6));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            if is_bad {
                let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), egui::Sense::hover());
                icons::paint(ui.painter(), Icon::Warning, rect.center(), color);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let label = session.tr("app-notice-dismiss");
                if icons::button(ui, Icon::Close, &label).clicked() {
                    out.push(Action::DismissNotice(at));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(short(session, &kept.notice)).wrap());
                });
            });
        });
        if is_bad {
            more(ui, session, at, kept, out);
        }
        if let Notice::Offer { button, action, .. } = &kept.notice
            && ui.button(session.say(button)).clicked()
        {
            out.push(Action::DismissNotice(at));
            out.push(Action::clone(action));
        }
    });
}

/// The details and the buttons for them.
fn more(ui: &mut Ui, session: &Session, at: usize, kept: &Kept, out: &mut Actions) {
    let details = details(session, &kept.notice);
    if kept.is_open {
        for (name, value) in &details {
            ui.label(RichText::new(session.say(&Message::new(name))).small().weak());
            ui.add(Label::new(RichText::new(value).small()).wrap());
        }
    }
    ui.horizontal(|ui| {
        if !details.is_empty() {
            let id = if kept.is_open { "app-notice-less" } else { "app-notice-more" };
            if ui.button(session.say(&Message::new(id))).clicked() {
                out.push(Action::NoticeDetails(at));
            }
        }
        if ui.button(session.tr("app-notice-copy")).clicked() {
            out.push(Action::Copy(Copied::Text(whole(session, &kept.notice))));
        }
    });
}

/// What happened, in one sentence: a file by its name alone, a question by what it is called.
fn short(session: &Session, notice: &Notice) -> String {
    match notice {
        Notice::Failed(error) => {
            let path = services::name_of(&error.path).into();
            FileError { path, remedy: None, ..error.clone() }.text(session.language)
        }
        other => other.text(session.language),
    }
}

/// All that is known: the name of each thing and what it is.
fn details(session: &Session, notice: &Notice) -> Vec<(&'static str, String)> {
    match notice {
        Notice::Failed(error) => {
            let mut lines = vec![("app-notice-file", error.path.to_string_lossy().into_owned())];
            if let Some(place) = &error.place {
                lines.push(("app-notice-place", session.say(&place.message())));
            }
            lines.push(("app-notice-what", session.say(&error.what)));
            if let Some(remedy) = &error.remedy {
                lines.push(("app-notice-remedy", session.say(remedy)));
            }
            lines
        }
        Notice::Problem(problem) => {
            let places = problem.places.iter();
            let places: Vec<String> = places.map(|place| session.say(&place.message())).collect();
            if places.is_empty() {
                return Vec::new();
            }
            vec![("app-notice-place", places.join(", "))]
        }
        Notice::Trouble(_) | Notice::Done(_) | Notice::Offer { .. } => Vec::new(),
    }
}

/// Everything as text, with the version of the program: for a letter to whoever can help.
fn whole(session: &Session, notice: &Notice) -> String {
    let mut lines = vec![short(session, notice)];
    for (name, value) in details(session, notice) {
        lines.push(format!("{}: {value}", session.say(&Message::new(name))));
    }
    lines.push(format!("Belfort {}", env!("CARGO_PKG_VERSION")));
    lines.join("\n")
}

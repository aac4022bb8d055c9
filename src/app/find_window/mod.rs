//! The find window: one field for names, coordinates, layers and commands. Enter goes there.

mod line;
mod names;
mod offers;

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, Context, Frame, Id, Key, Modal, Modifiers, Rect, RichText, ScrollArea};
use egui::{TextEdit, Ui, vec2};

use self::names::Finder;
use self::offers::{Offer, Section, Then, offers};
use super::actions::{Action, Actions};
use super::icons::{self, Icon};
use super::session::Session;
use crate::i18n::Message;
use crate::project::LayerId;

/// The width of the window, points, where there is room.
const WIDTH: f32 = 580.0;

/// How far below the top of the map it hangs, points.
const TOP: f32 = 14.0;

/// How far Page up and Page down go, lines.
const PAGE: usize = 8;

/// The window's own state.
#[derive(Default)]
pub(super) struct FindWindow {
    text: String,
    is_open: bool,
    /// Just opened: the text is to be selected.
    is_new: bool,
    /// Which of the offers that are possible Enter takes.
    chosen: usize,
    more_of: Option<LayerId>,
    /// Enter was pressed before the answer was there: it is taken as soon as it is.
    is_entered: bool,
    finder: Finder,
}

/// What was done in a frame.
#[derive(Default)]
struct Done {
    close: bool,
    /// The keys moved the choice: it is to be scrolled to.
    has_moved: bool,
    then: Option<Then>,
}

impl FindWindow {
    /// Opens it, with the text of the last time selected.
    pub fn open(&mut self) {
        self.is_open = true;
        self.is_new = true;
        self.chosen = 0;
        self.more_of = None;
        self.is_entered = false;
    }

    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether something is being looked up.
    pub fn is_busy(&self) -> bool {
        self.is_open && (self.finder.is_searching() || self.finder.is_collecting())
    }

    /// Takes what jobs have found and starts new ones. Called before [`Self::show`], every frame.
    pub fn update(&mut self, session: &Session) {
        if self.is_open {
            self.finder.update(session, &self.text, self.more_of);
        } else {
            self.finder.rest(session);
        }
    }

    /// Shows the window over the map.
    pub fn show(&mut self, ctx: &Context, session: &Session, map: Rect, out: &mut Actions) {
        if !self.is_open {
            return;
        }
        let screen = ctx.content_rect();
        let width = WIDTH.min(screen.width() - 40.0);
        // Over the middle of the map, but never beyond the window.
        let free = ((screen.width() - width) / 2.0 - 12.0).max(0.0);
        let across = (map.center().x - screen.center().x).clamp(-free, free);
        let id = Id::unique("find");
        let area = Modal::default_area(id)
            .anchor(Align2::CENTER_TOP, vec2(across, map.top() - screen.top() + TOP));
        let frame = Frame::window(&ctx.global_style()).inner_margin(10.0);
        let modal = Modal::new(id).area(area).frame(frame);
        let modal = modal.backdrop_color(egui::Color32::from_black_alpha(24));
        // Beside the results there are the field, a few hints and the foot.
        let room = (screen.bottom() - map.top() - TOP - 240.0).clamp(120.0, 440.0);
        let shown = modal.show(ctx, |ui| {
            ui.set_width(width);
            self.content(ui, session, room)
        });
        let mut done = shown.inner;
        done.close |= shown.backdrop_response.clicked();
        if let Some(then) = done.then {
            match then {
                Then::Do(actions) => out.extend(actions),
                Then::GoTo(layer, index, name) => {
                    out.push(Action::GoToRows(layer, index.rows(name).to_vec()));
                }
                Then::More(layer) => {
                    self.more_of = Some(layer);
                    return;
                }
                Then::Nothing => return,
            }
            done.close = true;
        }
        if done.close {
            self.is_open = false;
        }
    }

    fn content(&mut self, ui: &mut Ui, session: &Session, room: f32) -> Done {
        let mut done = Done::default();
        let answers = self.finder.answers().cloned();
        let sections = offers(ui.ctx(), session, &self.text, answers.as_deref());
        let possible: Vec<&Offer> = sections
            .iter()
            .flat_map(|section| &section.offers)
            .filter(|offer| offer.is_possible())
            .collect();
        self.chosen = self.chosen.min(possible.len().saturating_sub(1));
        let offered_for = self.text.clone();
        self.is_entered |= self.field(ui, session, possible.len(), &mut done);
        // Who types fast must not go where the letters before led.
        if self.is_entered && self.text == offered_for && self.finder.has_answered(&self.text) {
            self.is_entered = false;
            done.then = possible.get(self.chosen).map(|offer| offer.then.clone());
        }
        ui.add_space(4.0);
        if self.text.trim().is_empty() {
            hints(ui, session);
        }
        self.list(ui, session, &sections, room, &mut done);
        self.foot(ui, session, &sections);
        done
    }

    /// The field with its keys; answers whether Enter was pressed. The keys are taken before the
    /// field sees them: up and down would move the cursor, Ctrl+K would cut the text.
    fn field(&mut self, ui: &mut Ui, session: &Session, count: usize, done: &mut Done) -> bool {
        let id = Id::unique("find text");
        let has_focus = self.is_new || ui.memory(|memory| memory.has_focus(id));
        let mut is_entered = false;
        ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            let last = count.saturating_sub(1);
            let before = self.chosen;
            if pressed(Key::Escape) {
                done.close = true;
            }
            if has_focus {
                is_entered = pressed(Key::Enter);
                if pressed(Key::ArrowDown) {
                    self.chosen = if self.chosen >= last { 0 } else { self.chosen + 1 };
                }
                if pressed(Key::ArrowUp) {
                    self.chosen = self.chosen.checked_sub(1).unwrap_or(last);
                }
                if pressed(Key::PageDown) {
                    self.chosen = (self.chosen + PAGE).min(last);
                }
                if pressed(Key::PageUp) {
                    self.chosen = self.chosen.saturating_sub(PAGE);
                }
            }
            done.has_moved = self.chosen != before;
            if input.consume_key(Modifiers::COMMAND, Key::K) {
                self.is_new = true;
            }
        });
        let label = session.tr("app-find-what");
        let response = ui
            .horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                let (space, _) = ui.allocate_exact_size(vec2(18.0, 30.0), egui::Sense::hover());
                let color = ui.visuals().weak_text_color();
                icons::paint(ui.painter(), Icon::Search, space.center(), color);
                let text = TextEdit::singleline(&mut self.text)
                    .id(id)
                    .hint_text(&label)
                    .font(egui::FontId::proportional(17.0))
                    .margin(vec2(8.0, 6.0))
                    .desired_width(f32::INFINITY);
                ui.add(text).accessible_name(&label)
            })
            .inner;
        if response.changed() {
            self.chosen = 0;
            self.more_of = None;
            // The next frame looks it up.
            ui.ctx().request_repaint();
        }
        if self.is_new {
            self.is_new = false;
            response.request_focus();
            let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
            let all = CCursorRange::two(CCursor::new(0), CCursor::new(self.text.chars().count()));
            state.cursor.set_char_range(Some(all));
            TextEdit::store_state(ui.ctx(), id, state);
        }
        is_entered
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        sections: &[Section],
        room: f32,
        done: &mut Done,
    ) {
        let mut number = 0;
        let scroll = ScrollArea::vertical().max_height(room).auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (at, section) in sections.iter().enumerate() {
                ui.add_space(if at == 0 { 2.0 } else { 8.0 });
                ui.label(RichText::new(&section.head).small().weak());
                for offer in &section.offers {
                    let is_chosen = offer.is_possible() && number == self.chosen;
                    let response = line::show(ui, offer, is_chosen);
                    if is_chosen && done.has_moved {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        done.then = Some(offer.then.clone());
                    }
                    number += usize::from(offer.is_possible());
                }
            }
            let is_waiting = self.finder.is_searching() || self.finder.is_collecting();
            if sections.is_empty() && !self.text.trim().is_empty() && !is_waiting {
                let nothing = Message::new("app-find-nothing").text("text", self.text.trim());
                ui.add_space(6.0);
                ui.label(session.say(&nothing));
                ui.weak(session.tr("app-find-nothing-do"));
            }
        });
    }

    /// The keys, and what is still being done.
    fn foot(&self, ui: &mut Ui, session: &Session, sections: &[Section]) {
        if sections.is_empty() && !self.is_busy() {
            return;
        }
        ui.add_space(4.0);
        ui.separator();
        ui.horizontal(|ui| {
            if !sections.is_empty() {
                ui.label(RichText::new(session.tr("app-find-keys")).small().weak());
            }
            if self.finder.is_collecting() {
                ui.spinner();
                ui.label(RichText::new(session.tr("app-find-collecting")).small().weak());
            } else if self.finder.is_searching() {
                ui.label(RichText::new(session.tr("app-find-searching")).small().weak());
            }
        });
    }
}

/// What can be typed.
fn hints(ui: &mut Ui, session: &Session) {
    ui.spacing_mut().item_spacing.y = 2.0;
    for (icon, id) in [
        (Icon::Pin, "app-find-hint-names"),
        (Icon::Pin, "app-find-hint-coordinates"),
        (Icon::Command, "app-find-hint-commands"),
    ] {
        ui.horizontal(|ui| {
            let (space, _) = ui.allocate_exact_size(vec2(22.0, 18.0), egui::Sense::hover());
            icons::paint(ui.painter(), icon, space.center(), ui.visuals().weak_text_color());
            ui.label(RichText::new(session.say(&Message::new(id))).weak());
        });
    }
    ui.add_space(4.0);
}

//! The parts of a sheet under the person's hand: dragged and made wider, with guides; moved by keys.

use egui::{
    Color32, CursorIcon, Key, Modifiers, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo,
    vec2,
};

use super::hands::{Hands, MARK, OnScreen, by_keys};
use super::parts::MadeSheet;
use super::snapping::Lines;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::page::{SheetThing, ThingPlace};
use crate::project::{MovablePart, PartPlace, Sheet};

/// How much wider a key makes a part, millimetres.
const WIDER: f64 = 5.0;

/// The side of the grip that makes a part wider, points of the screen.
const GRIP: f32 = 12.0;

/// What is called so for people.
pub(super) fn name_of(session: &Session, thing: SheetThing) -> String {
    match thing {
        SheetThing::Part(part) => session.tr(part_name(part)),
        SheetThing::Block(at) => {
            session.say(&Message::new("app-print-block").count("number", at as u64 + 1))
        }
        SheetThing::Logo => session.tr("app-print-logo"),
    }
}

/// The name of a part that can be moved.
pub(super) fn part_name(part: MovablePart) -> &'static str {
    match part {
        MovablePart::Title => "app-print-part-title",
        MovablePart::Legend => "app-print-part-legend",
        MovablePart::ScaleBar => "app-print-part-scale",
        MovablePart::North => "app-print-part-north",
        MovablePart::Locator => "app-print-part-locator",
        MovablePart::Statement => "app-print-part-statement",
        MovablePart::About => "app-print-part-about",
        MovablePart::CheckLine => "app-print-part-check",
    }
}

fn has_width(thing: SheetThing) -> bool {
    match thing {
        SheetThing::Part(part) => part.has_width(),
        SheetThing::Block(_) | SheetThing::Logo => true,
    }
}

/// The width that was set for a thing.
fn width_of(sheet: &Sheet, thing: SheetThing) -> Option<f32> {
    match thing {
        SheetThing::Part(part) => sheet.moved.get(&part)?.width,
        SheetThing::Block(at) => sheet.blocks.get(at)?.place.width,
        SheetThing::Logo => sheet.logo.as_ref()?.place.width,
    }
}

/// A sheet with a thing at a place.
fn with(sheet: &Sheet, thing: SheetThing, place: PartPlace) -> Sheet {
    let mut next = sheet.clone();
    match thing {
        SheetThing::Part(part) => {
            next.moved.insert(part, place);
        }
        SheetThing::Block(at) => {
            if let Some(block) = next.blocks.get_mut(at) {
                block.place = place;
            }
        }
        SheetThing::Logo => {
            if let Some(logo) = &mut next.logo {
                logo.place = place;
            }
        }
    }
    next
}

/// A sheet without what was put somewhere: a part goes back to where it finds its place, a block is
/// taken away.
fn without(sheet: &Sheet, thing: SheetThing) -> Sheet {
    let mut next = sheet.clone();
    match thing {
        SheetThing::Part(part) => {
            next.moved.remove(&part);
        }
        SheetThing::Block(at) if at < next.blocks.len() => {
            next.blocks.remove(at);
        }
        SheetThing::Block(_) => {}
        SheetThing::Logo => next.logo = None,
    }
    next
}

#[expect(clippy::cast_possible_truncation, reason = "millimetres on paper")]
fn narrow<const N: usize>(lengths: [f64; N]) -> [f32; N] {
    lengths.map(|length| length as f32)
}

impl Hands {
    /// The parts of the sheet; answers it as it is to become.
    pub(super) fn things(
        &mut self,
        ui: &Ui,
        session: &Session,
        (page, made): (&Response, &MadeSheet),
        screen: OnScreen,
        sheet: &Sheet,
    ) -> Option<Sheet> {
        if self.is_placing {
            return None;
        }
        let mut changed = None;
        for own in &made.page.places {
            let one = self.thing(ui, session, (page, made), screen, (sheet, own));
            changed = changed.or(one);
        }
        changed
    }

    fn thing(
        &mut self,
        ui: &Ui,
        session: &Session,
        (page, made): (&Response, &MadeSheet),
        screen: OnScreen,
        (sheet, own): (&Sheet, &ThingPlace),
    ) -> Option<Sheet> {
        let rect = on_screen(screen, own.rect);
        let id = page.id.with(("thing", own.thing));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let name = name_of(session, own.thing);
        let label = session.say(&Message::new("app-print-thing").text("name", name));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        if response.clicked() {
            response.request_focus();
        }
        let paper = made.plan.paper;
        let place = |rect: [f64; 4], width: Option<f32>| PartPlace {
            width,
            ..PartPlace::of(narrow(rect), narrow(paper))
        };
        let width = width_of(sheet, own.thing);
        let mut next = None;
        let lines = || Lines::of(&made.plan, &made.page.places, own);
        if response.dragged() {
            self.dragged += response.drag_delta();
        }
        let moved = |by: Vec2| {
            let [x, y] = screen.to_paper(screen.rect.min + by);
            let [left, top, right, bottom] = own.rect;
            within([left + x, top + y, right + x, bottom + y], paper)
        };
        if response.dragged() {
            let snapped = lines().snap(moved(self.dragged));
            guides(ui, screen, snapped.guides);
            outline(ui, on_screen(screen, snapped.rect), true);
        }
        if response.drag_stopped() {
            let snapped = lines().snap(moved(std::mem::take(&mut self.dragged)));
            next = Some(with(sheet, own.thing, place(within(snapped.rect, paper), width)));
        }
        if let Some([x, y]) = by_keys(ui, &response) {
            let [left, top, right, bottom] = own.rect;
            let rect = within([left + x, top + y, right + x, bottom + y], paper);
            next = Some(with(sheet, own.thing, place(rect, width)));
        }
        if response.hovered() || response.has_focus() || response.dragged() {
            outline(ui, rect, response.has_focus());
        }
        if has_width(own.thing)
            && self.is_widened(ui, (&response, rect), screen, own, &mut next, &|rect: [f64; 4]| {
                #[expect(clippy::cast_possible_truncation, reason = "millimetres on paper")]
                let width = (rect[2] - rect[0]) as f32;
                with(sheet, own.thing, place(rect, Some(width)))
            })
        {
            return next;
        }
        if response.has_focus() {
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if pressed(Key::Delete) || pressed(Key::Backspace) {
                next = Some(without(sheet, own.thing));
            }
        }
        let hint = match own.thing {
            SheetThing::Part(part) if sheet.moved.contains_key(&part) => "app-print-thing-moved",
            SheetThing::Part(_) => "app-print-thing-hint",
            SheetThing::Block(_) | SheetThing::Logo => "app-print-thing-own",
        };
        let response = response.on_hover_cursor(CursorIcon::Grab);
        response.on_hover_text(session.tr(hint));
        next
    }

    /// Whether a thing is being made wider: with the grip in its corner, or with plus and minus.
    fn is_widened(
        &mut self,
        ui: &Ui,
        (response, rect): (&Response, Rect),
        screen: OnScreen,
        own: &ThingPlace,
        next: &mut Option<Sheet>,
        made: &dyn Fn([f64; 4]) -> Sheet,
    ) -> bool {
        let [left, top, right, bottom] = own.rect;
        if response.has_focus() {
            let mut by = 0.0;
            ui.input_mut(|input| {
                for (key, step) in [(Key::Plus, WIDER), (Key::Equals, WIDER), (Key::Minus, -WIDER)]
                {
                    by += if input.consume_key(Modifiers::NONE, key) { step } else { 0.0 };
                }
            });
            let width = right - left + by;
            if by.abs() > 0.0 && width >= f64::from(PartPlace::LEAST) {
                *next = Some(made([left, top, left + width, bottom]));
                return true;
            }
        }
        let is_shown = response.hovered() || response.has_focus();
        let corner = Rect::from_center_size(rect.right_bottom(), Vec2::splat(GRIP));
        let grip = ui.interact(corner, response.id.with("grip"), Sense::drag());
        if is_shown || grip.hovered() || grip.dragged() {
            let square = Rect::from_center_size(corner.center(), Vec2::splat(GRIP * 0.7));
            ui.painter().rect_filled(square, 1.0, MARK);
            let edge = Stroke::new(1.0, Color32::WHITE);
            ui.painter().rect_stroke(square, 1.0, edge, egui::StrokeKind::Outside);
        }
        if grip.hovered() || grip.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
        }
        if grip.dragged() {
            self.dragged += grip.drag_delta();
            let wider = Rect::from_min_max(rect.min, rect.max + vec2(self.dragged.x, 0.0));
            outline(ui, wider, true);
        }
        if grip.drag_stopped() {
            let by = std::mem::take(&mut self.dragged);
            let [wider, _] = screen.to_paper(screen.rect.min + by);
            let width = (right - left + wider).max(f64::from(PartPlace::LEAST));
            *next = Some(made([left, top, left + width, bottom]));
            return true;
        }
        false
    }
}

/// A rectangle on paper, moved onto it.
fn within([left, top, right, bottom]: [f64; 4], paper: [f64; 2]) -> [f64; 4] {
    let by = |low: f64, high: f64, paper: f64| {
        if low < 0.0 { -low } else { (paper - high).min(0.0) }
    };
    let (x, y) = (by(left, right, paper[0]), by(top, bottom, paper[1]));
    [left + x, top + y, right + x, bottom + y]
}

fn on_screen(screen: OnScreen, [left, top, right, bottom]: [f64; 4]) -> Rect {
    Rect::from_min_max(screen.to_screen([left, top]), screen.to_screen([right, bottom]))
}

fn outline(ui: &Ui, rect: Rect, is_strong: bool) {
    let color = MARK;
    let stroke = Stroke::new(if is_strong { 2.0 } else { 1.0 }, color);
    ui.painter().rect_stroke(rect, 2.0, stroke, egui::StrokeKind::Outside);
}

/// The lines that a part comes to lie along.
fn guides(ui: &Ui, screen: OnScreen, [vertical, horizontal]: [Option<f64>; 2]) {
    let stroke = Stroke::new(1.0, MARK);
    if let Some(x) = vertical {
        let x = screen.to_screen([x, 0.0]).x;
        ui.painter().vline(x, screen.rect.y_range(), stroke);
    }
    if let Some(y) = horizontal {
        let y = screen.to_screen([0.0, y]).y;
        ui.painter().hline(screen.rect.x_range(), y, stroke);
    }
}

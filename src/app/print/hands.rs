//! What of the page in the window can be taken hold of: the person's own places, and the parts of
//! the sheet. Each is a thing of its own for the keyboard and for screen readers.

use egui::{
    Color32, CursorIcon, Event, EventFilter, Key, Pos2, Rect, Response, Role, Sense, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::parts::MadeSheet;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{Sheet, SheetPoint};

/// How far an arrow key moves a thing, millimetres on paper; with Shift farther.
const STEP: f64 = 1.0;
const FAR_STEP: f64 = 10.0;

/// What marks things on the page, which is white in every theme.
pub(super) const MARK: Color32 = Color32::from_rgb(0x15, 0x5a, 0xa8);

/// How large the place is at which a point is taken hold of, millimetres on paper around it.
const GRIP: f64 = 3.2;

/// What the person's hand does on the page.
#[derive(Default)]
pub(super) struct Hands {
    /// Whether the next click puts a place on the map.
    pub is_placing: bool,
    /// The place that is to be given a name.
    pub named: Option<usize>,
    /// The place that the arrow keys are to move.
    pub held: Option<usize>,
    /// How far what is dragged has come, points of the screen.
    pub(super) dragged: Vec2,
}

/// Where a page lies on the screen.
#[derive(Clone, Copy)]
pub(super) struct OnScreen {
    pub rect: Rect,
    /// The page's width, millimetres.
    pub width: f64,
}

impl OnScreen {
    /// Points of the screen in a millimetre of paper.
    fn per_millimetre(self) -> f64 {
        f64::from(self.rect.width()) / self.width.max(1.0)
    }

    #[expect(clippy::cast_possible_truncation, reason = "on the screen")]
    pub fn to_screen(self, [x, y]: [f64; 2]) -> Pos2 {
        let per = self.per_millimetre();
        self.rect.min + vec2((x * per) as f32, (y * per) as f32)
    }

    pub fn to_paper(self, at: Pos2) -> [f64; 2] {
        let by = at - self.rect.min;
        [f64::from(by.x), f64::from(by.y)].map(|points| points / self.per_millimetre())
    }
}

/// How far the arrow keys move what has the focus, millimetres to the right and down.
pub(super) fn by_keys(ui: &Ui, response: &Response) -> Option<[f64; 2]> {
    if !response.has_focus() {
        return None;
    }
    ui.memory_mut(|memory| {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        memory.set_focus_lock_filter(response.id, filter);
    });
    let mut by = [0.0; 2];
    ui.input(|input| {
        for event in &input.events {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { continue };
            let step = if modifiers.shift { FAR_STEP } else { STEP };
            match key {
                Key::ArrowRight => by[0] += step,
                Key::ArrowLeft => by[0] -= step,
                Key::ArrowDown => by[1] += step,
                Key::ArrowUp => by[1] -= step,
                _ => {}
            }
        }
    });
    by.iter().any(|length: &f64| length.abs() > 0.0).then_some(by)
}

impl Hands {
    /// Shows what can be taken hold of on a page; answers the sheet as it is to become.
    pub fn show(
        &mut self,
        ui: &Ui,
        session: &Session,
        (page, made): (&Response, &MadeSheet),
        screen: OnScreen,
        sheet: &Sheet,
    ) -> Option<Sheet> {
        let placed = self.place(ui, page, made, screen, sheet);
        let placed = placed.or_else(|| self.points(ui, session, (page, made), screen, sheet));
        placed.or_else(|| self.things(ui, session, (page, made), screen, sheet))
    }

    /// A click puts a place on the map while that is asked for.
    fn place(
        &mut self,
        ui: &Ui,
        page: &Response,
        made: &MadeSheet,
        screen: OnScreen,
        sheet: &Sheet,
    ) -> Option<Sheet> {
        if !self.is_placing {
            return None;
        }
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape)) {
            self.is_placing = false;
            return None;
        }
        if page.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        }
        let at = page.interact_pointer_pos().filter(|_| page.clicked())?;
        let place = made.plan.ground(screen.to_paper(at))?;
        self.is_placing = false;
        self.named = Some(sheet.points.len());
        let mut next = sheet.clone();
        next.points.push(SheetPoint { place, text: String::new() });
        Some(next)
    }

    /// The person's own places: dragged, moved by keys, taken away.
    fn points(
        &mut self,
        ui: &Ui,
        session: &Session,
        (page, made): (&Response, &MadeSheet),
        screen: OnScreen,
        sheet: &Sheet,
    ) -> Option<Sheet> {
        let mut changed = None;
        for (at, point) in sheet.points.iter().enumerate() {
            let Some(on_paper) = made.plan.on_paper(point.place) else { continue };
            let middle = screen.to_screen(on_paper);
            #[expect(clippy::cast_possible_truncation, reason = "on the screen")]
            let grip = (GRIP * screen.per_millimetre()).max(9.0) as f32;
            let rect = Rect::from_center_size(middle, Vec2::splat(2.0 * grip));
            let own = page.id.with(("point", at));
            let response = ui.interact(rect, own, Sense::click_and_drag());
            let text = point.text.trim();
            let id =
                if text.is_empty() { "app-print-point-unnamed" } else { "app-print-point-on-map" };
            let label = Message::new(id).count("number", at as u64 + 1).text("text", text);
            let label = session.say(&label);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
            if response.clicked() || self.held == Some(at) {
                response.request_focus();
                self.held = None;
            }
            let mut to = None;
            if response.dragged() {
                self.dragged += response.drag_delta();
                ghost(ui, rect.translate(self.dragged));
            }
            if response.drag_stopped() {
                to = Some(screen.to_paper(middle + self.dragged));
                self.dragged = Vec2::ZERO;
            }
            if let Some([x, y]) = by_keys(ui, &response) {
                to = Some([on_paper[0] + x, on_paper[1] + y]);
            }
            if response.has_focus() {
                let stroke = egui::Stroke::new(2.0, MARK);
                ui.painter().circle_stroke(middle, grip + 2.0, stroke);
                let is_gone =
                    |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
                if is_gone(Key::Delete) || is_gone(Key::Backspace) {
                    let mut next = sheet.clone();
                    next.points.remove(at);
                    changed = Some(next);
                }
            }
            let response = response.on_hover_cursor(CursorIcon::Grab);
            response.on_hover_text(session.tr("app-print-point-drag"));
            // Beyond the map nothing has a place.
            if let Some(place) = to.and_then(|to| made.plan.ground(to)) {
                let mut next = sheet.clone();
                if let Some(point) = next.points.get_mut(at) {
                    point.place = place;
                }
                changed = Some(next);
            }
        }
        changed
    }
}

/// Where what is dragged would come.
fn ghost(ui: &Ui, rect: Rect) {
    let stroke = egui::Stroke::new(1.5, MARK);
    ui.painter().rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    let middle = rect.center();
    let (left, right) = (pos2(rect.left() - 6.0, middle.y), pos2(rect.right() + 6.0, middle.y));
    let (top, bottom) = (pos2(middle.x, rect.top() - 6.0), pos2(middle.x, rect.bottom() + 6.0));
    ui.painter().line_segment([left, right], stroke);
    ui.painter().line_segment([top, bottom], stroke);
}

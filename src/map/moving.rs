//! Looking around with the wheel and the keyboard; dragging is walkers'.

use egui::{EventFilter, Key, Rect, Response, Ui, Vec2, vec2};

/// How far the wheel is turned for one zoom level, points: two notches of a usual mouse.
const WHEEL_POINTS_PER_LEVEL: f64 = 80.0;

/// How far an arrow key moves the map, points.
const ARROW_POINTS: f32 = 80.0;

/// How much farther with Shift.
const SHIFT_STEPS: f32 = 4.0;

/// How the wheel, a pinch, or the wheel with Ctrl zooms: the place that stays (points from the middle
/// of the map in `rect`), and by how many levels.
pub(super) fn turned(ui: &Ui, rect: Rect) -> Option<(Vec2, f64)> {
    if !ui.rect_contains_pointer(rect) {
        return None;
    }
    let (turned, pinch, pointer) = ui.input_mut(|input| {
        let turned = std::mem::take(&mut input.smooth_scroll_delta.y);
        (turned, input.zoom_delta(), input.pointer.hover_pos())
    });
    let levels = f64::from(turned) / WHEEL_POINTS_PER_LEVEL + f64::from(pinch).log2();
    pointer.filter(|_| levels.is_finite()).map(|pointer| (pointer - rect.center(), levels))
}

/// How the keys pressed move the map that has the focus, points, and by how many levels they zoom.
pub(super) fn pressed(ui: &Ui, response: &Response) -> (Vec2, f64) {
    let mut moved = Vec2::ZERO;
    let mut levels = 0.0;
    if !response.has_focus() {
        return (moved, levels);
    }
    let arrows =
        EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let is_step = |input: &egui::InputState| {
        let held = input.modifiers;
        !(held.alt || held.ctrl || held.command || held.mac_cmd)
    };
    let pressed = |key| ui.input(|input| is_step(input) && input.key_pressed(key));
    let steps = if ui.input(|input| input.modifiers.shift) { SHIFT_STEPS } else { 1.0 };
    let arrows = [
        (Key::ArrowLeft, vec2(-ARROW_POINTS, 0.0)),
        (Key::ArrowRight, vec2(ARROW_POINTS, 0.0)),
        (Key::ArrowUp, vec2(0.0, -ARROW_POINTS)),
        (Key::ArrowDown, vec2(0.0, ARROW_POINTS)),
    ];
    for (key, by) in arrows {
        if pressed(key) {
            moved += by * steps;
        }
    }
    // With and without Shift: where the sign is depends on the keyboard.
    let sign = |keys: &[Key]| {
        let plain = |input: &egui::InputState| !input.modifiers.command && !input.modifiers.alt;
        ui.input(|input| plain(input) && keys.iter().any(|key| input.key_pressed(*key)))
    };
    if sign(&[Key::Plus, Key::Equals]) {
        levels += 1.0;
    }
    if sign(&[Key::Minus]) {
        levels -= 1.0;
    }
    (moved, levels)
}

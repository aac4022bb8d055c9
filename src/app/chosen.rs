//! What is chosen among others: tabs, items of menus and lists, tools that are on. Beside the ground
//! of the selection each bears a bar in the accent's colour, 3 : 1 to all it lies on and beside: the
//! tint alone is too near the panel's to tell the two apart.

use egui::{Button, IntoAtoms, Rect, Response, RichText, Ui, WidgetText, pos2};

use super::theme;

/// How thick the bar is, points.
const THICK: f32 = 3.0;

/// Where the bar lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Before the name: of things under each other.
    Left,
    /// Under the name: of things beside each other.
    Foot,
}

/// A thing of a list or menu that is chosen or not.
pub(super) fn item<'a>(ui: &mut Ui, is_on: bool, name: impl IntoAtoms<'a>) -> Response {
    button(ui, Edge::Left, is_on, name, |button| button)
}

/// One of some that stand beside each other: the heads of pages, or what a switch can be.
pub(super) fn tab(ui: &mut Ui, is_on: bool, name: impl Into<RichText>) -> Response {
    button(ui, Edge::Foot, is_on, name.into(), |button| button)
}

/// A value out of some, under each other.
pub(super) fn value<T: PartialEq>(
    ui: &mut Ui,
    value: &mut T,
    this: T,
    name: impl Into<WidgetText>,
) -> Response {
    let mut response = item(ui, *value == this, name.into());
    take(&mut response, value, this);
    response
}

/// A value out of some that stand beside each other.
pub(super) fn tab_value<T: PartialEq>(
    ui: &mut Ui,
    value: &mut T,
    this: T,
    name: impl Into<RichText>,
) -> Response {
    let mut response = tab(ui, *value == this, name);
    take(&mut response, value, this);
    response
}

fn take<T: PartialEq>(response: &mut Response, value: &mut T, this: T) {
    if response.clicked() && *value != this {
        *value = this;
        response.mark_changed();
    }
}

/// Any button that is on or off; `dress` gives it what it has beside its name.
#[expect(clippy::disallowed_methods, reason = "the mark follows")]
pub(super) fn button<'a>(
    ui: &mut Ui,
    edge: Edge,
    is_on: bool,
    name: impl IntoAtoms<'a>,
    dress: impl FnOnce(Button<'a>) -> Button<'a>,
) -> Response {
    let response = ui.add(dress(Button::selectable(is_on, name)));
    mark(ui, response.rect, edge, is_on);
    response
}

/// Draws the bar of what is on at an edge of it.
pub(super) fn mark(ui: &Ui, around: Rect, edge: Edge, is_on: bool) {
    if is_on && ui.is_rect_visible(around) {
        let color =
            if ui.is_enabled() { theme::accent(ui) } else { ui.visuals().weak_text_color() };
        ui.painter().rect_filled(bar(around, edge), THICK / 2.0, color);
    }
}

fn bar(around: Rect, edge: Edge) -> Rect {
    let within = around.shrink(2.0);
    match edge {
        Edge::Left => Rect::from_min_max(within.min, pos2(within.min.x + THICK, within.max.y)),
        Edge::Foot => {
            let aside = (around.width() / 6.0).min(6.0);
            // A small one has hardly any room under its name.
            let thick = if around.height() < 22.0 { THICK - 1.0 } else { THICK };
            Rect::from_min_max(
                pos2(within.min.x + aside, around.max.y - thick),
                pos2(within.max.x - aside, around.max.y),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    #[test]
    fn the_bar_lies_within_and_leaves_the_name_free() {
        let around = Rect::from_min_size(pos2(10.0, 20.0), vec2(90.0, 26.0));
        for edge in [Edge::Left, Edge::Foot] {
            let bar = bar(around, edge);
            assert!(around.contains_rect(bar), "{bar:?}");
            assert!(bar.size().min_elem() >= THICK - 0.01 && bar.is_positive());
            // Names begin after the padding of buttons, 8 points beside and 4 above and below.
            assert!(!bar.intersects(around.shrink2(vec2(8.0, 4.0))), "{bar:?}");
        }
        assert!(
            bar(Rect::from_min_size(pos2(0.0, 0.0), vec2(12.0, 14.0)), Edge::Foot).is_positive()
        );
    }
}

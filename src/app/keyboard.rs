//! Getting around by keyboard: which part of the window has the focus, the next part with F6, and
//! a ring around whatever has the focus, where the keyboard brought it there.

use egui::accesskit::Role;
use egui::{Context, Id, Key, LayerId, Painter, Rect, Stroke, StrokeKind, Ui, WidgetRect};

use super::theme;
use super::window_place::Regions;

/// The parts that F6 goes through, from left to right and down.
fn parts(regions: &Regions) -> Vec<Rect> {
    let all = [regions.menu, regions.layers, regions.map, regions.details, regions.table];
    all.into_iter().flatten().collect()
}

/// Moves the focus to the first thing of the next part of the window, or of the one before.
pub(super) fn next_part(ctx: &Context, regions: &Regions, forward: bool) {
    let parts = parts(regions);
    let count = parts.len();
    let focused = focused(ctx).map(|widget| widget.rect.center());
    let at = focused.and_then(|place| parts.iter().position(|part| part.contains(place)));
    for step in 1..=count {
        let next = match (at, forward) {
            (Some(at), true) => (at + step) % count,
            (Some(at), false) => (at + count - step) % count,
            (None, true) => (step - 1) % count,
            (None, false) => (count - step) % count,
        };
        let first = parts.get(next).and_then(|part| first_in(ctx, LayerId::background(), *part));
        if let Some(id) = first {
            ctx.memory_mut(|memory| memory.request_focus(id));
            show_ring(ctx, true);
            ctx.request_repaint();
            return;
        }
    }
}

/// Edges between things are thinner than this, points.
const THIN: f32 = 10.0;

/// The first thing in a part that the keyboard can use; edges to drag are passed over.
pub(super) fn first_in(ctx: &Context, layer: LayerId, part: Rect) -> Option<Id> {
    let screen = ctx.content_rect();
    ctx.viewport(|viewport| {
        let widgets = &viewport.this_pass.widgets;
        let is_usable = |widget: &&WidgetRect| {
            widget.sense.is_focusable()
                && widget.enabled
                && !is_edge(widget)
                // What lies behind a dialog and takes clicks beside it.
                && widget.rect != screen
                && part.contains(widget.interact_rect.center())
        };
        widgets.get_layer(layer).find(is_usable).map(|widget| widget.id)
    })
}

fn is_edge(widget: &WidgetRect) -> bool {
    widget.sense.senses_drag() && widget.rect.size().min_elem() < THIN
}

/// Gives a name to the edges in a part of the window that have none: those between the columns of
/// a table, which are not made by this program.
pub(super) fn name_edges(ui: &Ui, part: Rect, name: &str) {
    let ctx = ui.ctx();
    let edges: Vec<Id> = ctx.viewport(|viewport| {
        let all = viewport.this_pass.widgets.get_layer(ui.layer_id());
        let inside = |widget: &&WidgetRect| part.contains(widget.rect.center()) && is_edge(widget);
        all.filter(inside).map(|widget| widget.id).collect()
    });
    for id in edges {
        ctx.accesskit_node_builder(id, |node| {
            node.set_role(Role::Splitter);
            node.set_label(name);
        });
    }
}

fn focused(ctx: &Context) -> Option<WidgetRect> {
    let id = ctx.memory(egui::Memory::focused)?;
    ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).copied())
}

fn ring_id() -> Id {
    Id::unique("focus ring")
}

pub(super) fn show_ring(ctx: &Context, is_shown: bool) {
    ctx.data_mut(|data| data.insert_temp(ring_id(), is_shown));
}

/// Draws the ring, over everything of this frame: after keys that move the focus, until the
/// pointer is used again.
pub(super) fn ring(ctx: &Context) {
    let moving =
        [Key::Tab, Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight, Key::F10];
    let (by_keys, by_pointer) = ctx.input(|input| {
        (moving.iter().any(|key| input.key_pressed(*key)), input.pointer.any_pressed())
    });
    if by_keys || by_pointer {
        show_ring(ctx, by_keys);
    }
    let is_shown = ctx.data(|data| data.get_temp(ring_id()).unwrap_or(false));
    let Some(widget) = focused(ctx).filter(|_| is_shown) else { return };
    let screen = ctx.content_rect();
    // Beside the thing where there is room, inside what fills its part: the map.
    let around = widget.interact_rect.expand(2.0);
    let inside = widget.interact_rect.shrink(2.0);
    let area = if widget.rect.area() > screen.area() / 8.0 { inside } else { around };
    let painter = Painter::new(ctx.clone(), widget.layer_id, screen);
    let color = theme::focus(ctx);
    painter.rect_stroke(area, 5.0, Stroke::new(2.0, color), StrokeKind::Middle);
}

//! Layers, groups and images under them dragged to another place of their list.

use egui::{Rangef, Response, Sense, Stroke, StrokeKind, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::app::theme;
use crate::project::{BackdropId, Command, Document, GroupId, LayerId};

/// How far the layers of a group are set in, points.
pub(super) const INDENT: f32 = 12.0;

/// What is being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dragged {
    Layer(LayerId),
    Group(GroupId),
    Backdrop(BackdropId),
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Layer(LayerId),
    /// The head of a group.
    Group(GroupId),
    /// An image under the layers.
    Backdrop(BackdropId),
}

/// Where a mark shows what would happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Above,
    Below,
    /// Below, set in: into the group that ends here or begins here.
    BelowInside,
    /// Around the row: into the group.
    Around,
}

/// The sign to take hold of.
pub(super) fn grip(ui: &mut Ui, dragged: Dragged, hint: String) {
    let size = egui::vec2(12.0, 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::drag());
    icons::paint(ui.painter(), Icon::Grip, rect.center(), ui.visuals().weak_text_color());
    response.dnd_set_drag_payload(dragged);
    response.on_hover_cursor(egui::CursorIcon::Grab).on_hover_text(hint);
}

/// Shows where what is dragged would go, and moves it there when it is let go.
pub(super) fn drop_target(
    ui: &Ui,
    session: &Session,
    row: Row,
    shown: &Response,
    out: &mut Actions,
) {
    let Some(dragged) = egui::DragAndDrop::payload::<Dragged>(ui.ctx()) else { return };
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    if !shown.rect.expand(2.0).contains(pointer) {
        return;
    }
    let share = (pointer.y - shown.rect.top()) / shown.rect.height().max(1.0);
    let Some((command, mark)) = drop_at(session.document(), *dragged, row, share) else { return };
    let rect = shown.rect;
    let stroke = Stroke::new(3.0, theme::GOLD);
    let line = |y, x: Rangef| ui.painter().hline(x, y, stroke);
    match mark {
        Mark::Above => line(rect.top() - 1.5, rect.x_range()),
        Mark::Below => {
            // Under a layer of a group: as wide as what stands outside.
            let inside = matches!(row, Row::Layer(id) if is_grouped(session.document(), id));
            let left = rect.left() - if inside { INDENT } else { 0.0 };
            line(rect.bottom() + 1.5, Rangef::new(left, rect.right()))
        }
        Mark::BelowInside => {
            let inset = if matches!(row, Row::Group(_)) { INDENT } else { 0.0 };
            line(rect.bottom() + 1.5, Rangef::new(rect.left() + inset, rect.right()))
        }
        Mark::Around => ui.painter().rect_stroke(rect, 6.0, stroke, StrokeKind::Inside),
    };
    if ui.input(|input| input.pointer.any_released()) {
        out.push(Action::Run(command));
    }
}

fn is_grouped(document: &Document, layer: LayerId) -> bool {
    document.layer(layer).is_some_and(|layer| layer.group.is_some())
}

/// What letting go over a row does, at a share of its height from the top; none where nothing.
fn drop_at(document: &Document, dragged: Dragged, row: Row, share: f32) -> Option<(Command, Mark)> {
    let position = |id| document.layers.iter().position(|layer| layer.id == id);
    match (dragged, row) {
        (Dragged::Backdrop(backdrop), Row::Backdrop(over)) => {
            let position = |id| document.backdrops.iter().position(|backdrop| backdrop.id == id);
            let (target, mark) = if share < 0.5 {
                (position(over)?, Mark::Above)
            } else {
                (position(over)? + 1, Mark::Below)
            };
            let to = without(target, &[position(backdrop)?]);
            Some((Command::MoveBackdrop { backdrop, to }, mark))
        }
        // Images stay under the layers.
        (Dragged::Backdrop(_), _) | (_, Row::Backdrop(_)) => None,
        (Dragged::Layer(layer), Row::Layer(over)) => {
            let at = position(over)?;
            let group = document.layers.get(at)?.group;
            let ends = group.is_some_and(|group| document.members(group).end == at + 1);
            let (target, group, mark) = match share {
                ..0.5 => (at, group, Mark::Above),
                // The lowest strip of a group's last layer lies outside.
                0.75.. if ends => (at + 1, None, Mark::Below),
                _ if group.is_some() => (at + 1, group, Mark::BelowInside),
                _ => (at + 1, group, Mark::Below),
            };
            let to = without(target, &[position(layer)?]);
            Some((Command::MoveLayer { layer, to, group }, mark))
        }
        (Dragged::Layer(layer), Row::Group(over)) => {
            let members = document.members(over);
            let is_open = document.group(over)?.is_open;
            let (target, group, mark) = match share {
                ..0.3 => (members.start, None, Mark::Above),
                0.75.. if !is_open => (members.end, None, Mark::Below),
                _ if is_open => (members.start, Some(over), Mark::BelowInside),
                _ => (members.start, Some(over), Mark::Around),
            };
            let to = without(target, &[position(layer)?]);
            Some((Command::MoveLayer { layer, to, group }, mark))
        }
        (Dragged::Group(group), row) => {
            let (over, is_member) = match row {
                Row::Group(over) => (document.members(over), false),
                Row::Backdrop(_) => return None,
                Row::Layer(over) => {
                    let at = position(over)?;
                    let inside = document.layers.get(at)?.group;
                    let range = inside.map_or(at..at + 1, |of| document.members(of));
                    (range, inside.is_some())
                }
            };
            let moved: Vec<usize> = document.members(group).collect();
            if moved.first() == Some(&over.start) {
                return None;
            }
            // Over the layers of another group: below them, where there is room for a mark.
            let is_last = matches!(row, Row::Layer(id) if position(id) == over.end.checked_sub(1));
            let is_below = if is_member { is_last } else { share >= 0.5 };
            if is_member && !is_last {
                return None;
            }
            let is_open_head = matches!(row, Row::Group(over) if document.group(over)?.is_open);
            let (target, mark) = if is_below && !is_open_head {
                (over.end, Mark::Below)
            } else {
                (over.start, Mark::Above)
            };
            Some((Command::MoveGroup { group, to: without(target, &moved) }, mark))
        }
    }
}

/// A position after what is at other positions was taken out.
fn without(target: usize, taken: &[usize]) -> usize {
    target - taken.iter().filter(|taken| **taken < target).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Layer, LayerSource, apply};

    /// a (b c) d e, as bits of one text.
    fn document() -> Document {
        let layers =
            ["a", "b", "c", "d"].map(|name| Layer::new(name, LayerSource::default())).to_vec();
        let mut document = Document::default();
        apply(&mut document, &Command::AddLayers { layers, at: 0 }).unwrap();
        let layers = vec![id(&document, "b"), id(&document, "c")];
        apply(&mut document, &Command::GroupLayers { layers, name: "g".to_owned() }).unwrap();
        document
    }

    fn id(document: &Document, name: &str) -> LayerId {
        document.layers.iter().find(|layer| layer.name == name).unwrap().id
    }

    fn after(dragged: &str, over: &str, share: f32, is_open: bool) -> String {
        let mut document = document();
        let group = GroupId(1);
        apply(&mut document, &Command::SetGroupOpen(group, is_open)).unwrap();
        let dragged = match dragged {
            "g" => Dragged::Group(group),
            name => Dragged::Layer(id(&document, name)),
        };
        let row = match over {
            "g" => Row::Group(group),
            name => Row::Layer(id(&document, name)),
        };
        let Some((command, _)) = drop_at(&document, dragged, row, share) else {
            return "nothing".to_owned();
        };
        apply(&mut document, &command).unwrap();
        let mut text = String::new();
        for layers in document.layers.chunk_by(|a, b| a.group == b.group) {
            let names: String = layers.iter().map(|layer| layer.name.as_str()).collect();
            text += &if layers[0].group.is_some() { format!("({names})") } else { names };
        }
        text
    }

    #[test]
    fn a_layer_goes_where_the_mark_is() {
        for (dragged, over, share, expected) in [
            ("d", "a", 0.2, "da(bc)"),
            ("d", "a", 0.8, "ad(bc)"),
            ("d", "g", 0.1, "ad(bc)"),
            ("d", "g", 0.9, "a(dbc)"),
            ("d", "b", 0.1, "a(dbc)"),
            ("d", "b", 0.9, "a(bdc)"),
            ("d", "c", 0.6, "a(bcd)"),
            ("a", "c", 0.9, "(bc)ad"),
            ("b", "c", 0.6, "a(cb)d"),
            ("b", "c", 0.9, "a(c)bd"),
            ("c", "a", 0.1, "ca(b)d"),
            ("c", "d", 0.9, "a(b)dc"),
        ] {
            assert_eq!(after(dragged, over, share, true), expected, "{dragged} on {over}");
        }
        assert_eq!(after("d", "g", 0.5, false), "a(dbc)");
        assert_eq!(after("a", "g", 0.9, false), "(bc)ad");
    }

    #[test]
    fn a_group_goes_as_a_whole() {
        assert_eq!(after("g", "a", 0.2, true), "(bc)ad");
        assert_eq!(after("g", "d", 0.8, true), "ad(bc)");
        assert_eq!(after("g", "c", 0.8, true), "nothing");
        assert_eq!(after("g", "g", 0.2, true), "nothing");
    }
}

//! Keeps the focus of the keyboard from being lost: when what has it goes away with its panel,
//! menu, field or dialog, it goes back to what had it before, or to the map. A dialog that takes it
//! nowhere gets it on its first thing.

use egui::{Context, Event, Id, LayerId, Rect};

use super::keyboard::{self, first_in};

/// How many of the things that had the focus are remembered.
const REMEMBERED: usize = 32;

/// How many frames after the focus was given up (Escape, Enter in a field) what had it may go away
/// and still count as closed by that; also how long a dialog has to take the focus itself.
const FRAMES: u8 = 4;

/// What had the focus, and what is still to be done about it.
#[derive(Default)]
pub(super) struct FocusKeeper {
    /// What had it, the last one at the end.
    trail: Vec<Id>,
    /// What had it in the frame before.
    last: Option<Id>,
    /// What gave it up a moment ago, and the frames that are left.
    given_up: Option<(Id, u8)>,
    /// The focus is to go somewhere, within so many frames.
    owed: u8,
    had_dialog: bool,
    /// Frames that a dialog that was just opened or closed has left to give the focus itself.
    changing: u8,
}

impl FocusKeeper {
    /// Looks after the focus, when all of a frame is shown.
    pub fn keep(&mut self, ctx: &Context, map: Rect, has_dialog: bool) {
        if std::mem::replace(&mut self.had_dialog, has_dialog) != has_dialog {
            self.changing = FRAMES;
            ctx.request_repaint();
        }
        let now = ctx.memory(egui::Memory::focused);
        let before = std::mem::replace(&mut self.last, now);
        match now {
            Some(id) if has_dialog && is_shown(ctx, id) && !is_usable(ctx, id) => {
                // It is behind the dialog.
                self.owed = FRAMES;
            }
            // What was asked to take it may be shown from the next frame on.
            Some(id) if is_shown(ctx, id) || before != now => {
                self.note(id);
                self.given_up = None;
                self.owed = 0;
            }
            Some(_) => self.owed = FRAMES,
            None => self.without(ctx, before),
        }
        self.changing = self.changing.saturating_sub(1);
        if self.owed > 0 {
            self.owed -= 1;
            self.pay(ctx, map, has_dialog);
            ctx.request_repaint();
        }
    }

    fn note(&mut self, id: Id) {
        if self.trail.last() != Some(&id) {
            self.trail.retain(|known| *known != id);
            self.trail.push(id);
            let many = self.trail.len().saturating_sub(REMEMBERED);
            self.trail.drain(..many);
        }
    }

    /// Nothing has the focus.
    fn without(&mut self, ctx: &Context, before: Option<Id>) {
        if let Some(before) = before {
            self.given_up = Some((before, FRAMES));
        }
        if self.changing > 0 {
            self.owed = FRAMES;
        }
        let Some((id, left)) = self.given_up else { return };
        if !is_shown(ctx, id) {
            self.given_up = None;
            self.owed = FRAMES;
        } else if left > 0 {
            self.given_up = Some((id, left - 1));
            ctx.request_repaint();
        } else {
            self.given_up = None;
            // It was given up on purpose: who goes on from there begins at the map.
            if self.owed == 0 && is_usable(ctx, id) {
                self.trail.clear();
            }
        }
    }

    /// Gives the focus back, once egui lets anything have it.
    fn pay(&mut self, ctx: &Context, map: Rect, has_dialog: bool) {
        let modal = ctx.memory(egui::Memory::top_modal_layer);
        if modal.is_some() != has_dialog {
            return;
        }
        let of_trail = self.trail.iter().rev().copied().find(|id| is_usable(ctx, *id));
        let found = of_trail.or_else(|| match modal {
            Some(layer) => first_in(ctx, layer, ctx.content_rect()),
            None => first_in(ctx, LayerId::background(), map),
        });
        if let Some(id) = found {
            ctx.memory_mut(|memory| memory.request_focus(id));
            let is_by_keys = ctx.input(|input| {
                !input.pointer.any_down()
                    && !input.pointer.any_released()
                    && input.events.iter().any(|event| matches!(event, Event::Key { .. }))
            });
            if is_by_keys {
                keyboard::show_ring(ctx, true);
            }
            self.owed = 0;
        }
    }
}

fn is_shown(ctx: &Context, id: Id) -> bool {
    ctx.viewport(|viewport| viewport.this_pass.widgets.contains(id))
}

fn is_usable(ctx: &Context, id: Id) -> bool {
    let widget = ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).copied());
    widget.is_some_and(|widget| {
        widget.enabled
            && widget.sense.is_focusable()
            && ctx.memory(|memory| memory.allows_interaction(widget.layer_id))
    })
}

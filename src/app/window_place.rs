//! Where the window is and how its panels lie, remembered for the next time.

use egui::{Context, Rect};

use super::actions::{DetailsTab, Panel, RowRef};
use super::settings::Settings;

/// Where the parts of the window are, from left to right and down; none for what is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Regions {
    pub menu: Option<Rect>,
    pub layers: Option<Rect>,
    pub map: Option<Rect>,
    pub details: Option<Rect>,
    pub table: Option<Rect>,
}

/// The widest window, points, in which the two panels at the sides take turns: together they would
/// leave the map hardly any room. So it is on a small screen, or with large text.
const NARROW: f32 = 770.0;

/// The least width of the panels and of the map between them, points.
pub(super) const LEAST: (f32, f32, f32) = (230.0, 240.0, 280.0);

/// What decides which panel is in front.
#[derive(Clone, Copy, PartialEq)]
struct Watched {
    tab: DetailsTab,
    lead: Option<RowRef>,
    details: bool,
    layers: bool,
}

/// Which of the panels at the sides is in front where there is room for one.
#[derive(Default)]
pub(super) struct Sides {
    is_narrow: bool,
    details_in_front: bool,
    before: Option<Watched>,
}

impl Sides {
    /// Answers whether the layers and the details are shown in a window so wide: both, or what the
    /// person last asked for.
    pub fn shown(
        &mut self,
        width: f32,
        settings: &Settings,
        tab: DetailsTab,
        lead: Option<RowRef>,
    ) -> (bool, bool) {
        let (layers, details) = (settings.show_layers, settings.show_details);
        let now = Watched { tab, lead, details, layers };
        if let Some(before) = self.before.replace(now) {
            let is_looked_at = lead.is_some() && lead != before.lead;
            if layers && !before.layers {
                self.details_in_front = false;
            } else if is_looked_at || tab != before.tab || (details && !before.details) {
                self.details_in_front = true;
            }
        }
        self.is_narrow = width < NARROW;
        let is_alone = self.is_narrow && layers && details;
        let front = self.details_in_front;
        (layers && !(is_alone && front), details && (!is_alone || front))
    }

    /// Brings a panel that is open behind the other one to the front; answers whether it was.
    pub fn bring(&mut self, panel: Panel, settings: &Settings) -> bool {
        let both = self.is_narrow && settings.show_layers && settings.show_details;
        let is_behind = match panel {
            Panel::Layers => self.details_in_front,
            Panel::Details => !self.details_in_front,
            Panel::Table | Panel::Overview | Panel::OverviewFold | Panel::Graticule => false,
        };
        if both && is_behind {
            self.details_in_front = panel == Panel::Details;
        }
        both && is_behind
    }
}

/// Notes how the window and its panels are now. Settings are written when the window closes.
pub(super) fn remember(ctx: &Context, regions: &Regions, settings: &mut Settings) {
    let zoom = ctx.zoom_factor();
    let window = ctx.input(|input| input.viewport().clone());
    settings.maximized = window.maximized.unwrap_or(settings.maximized);
    // A full or minimised window has no size of its own, nor one that is being made.
    let is_free = window.fullscreen != Some(true)
        && window.maximized != Some(true)
        && window.minimized != Some(true);
    let is_window = |rect: &Rect| rect.width() * zoom > 300.0 && rect.height() * zoom > 200.0;
    if let Some(inner) = window.inner_rect.filter(is_window).filter(|_| is_free) {
        settings.window = Some([inner.width() * zoom, inner.height() * zoom]);
        // Where the system does not tell (Wayland), it places windows itself.
        settings.window_place =
            window.outer_rect.map(|outer| [outer.min.x * zoom, outer.min.y * zoom]);
    }
    let panels = &mut settings.panels;
    panels.layers = regions.layers.map(|rect| rect.width()).or(panels.layers);
    panels.details = regions.details.map(|rect| rect.width()).or(panels.details);
    panels.table = regions.table.map(|rect| rect.height()).or(panels.table);
}

/// How much of the strip at a window's top must be on a screen, pixels: enough to take hold of it.
const SEEN: (f32, f32) = (120.0, 16.0);

/// How high that strip is, pixels.
const STRIP: f32 = 32.0;

/// Whether a window (its outer edges) can be seen and moved on the screens there are. All in pixels
/// of the desktop. The screen it was on the last time may be gone.
pub(super) fn is_in_sight(window: Rect, screens: &[Rect]) -> bool {
    let strip = Rect::from_min_size(window.min, egui::vec2(window.width(), STRIP));
    screens.iter().any(|screen| {
        let seen = strip.intersect(*screen);
        seen.width() >= SEEN.0.min(window.width()) && seen.height() >= SEEN.1
    })
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn panels_take_turns_where_there_is_room_for_one() {
        let settings = Settings::default();
        let mut sides = Sides::default();
        let tab = DetailsTab::Feature;
        assert_eq!(sides.shown(1280.0, &settings, tab, None), (true, true));
        assert_eq!(sides.shown(640.0, &settings, tab, None), (true, false));
        let row = Some(RowRef { layer: crate::project::LayerId(1), row: 3 });
        assert_eq!(sides.shown(640.0, &settings, tab, row), (false, true), "a feature was clicked");
        assert!(sides.bring(Panel::Layers, &settings));
        assert!(!sides.bring(Panel::Layers, &settings), "it is in front");
        assert_eq!(sides.shown(640.0, &settings, tab, row), (true, false));
        let alone = Settings { show_layers: false, ..settings };
        assert_eq!(sides.shown(640.0, &alone, tab, row), (false, true));
    }

    #[test]
    fn a_window_is_in_sight_on_any_screen_that_is_there() {
        let window = Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 600.0));
        let first = Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0));
        let second = Rect::from_min_size(pos2(1280.0, 0.0), vec2(1920.0, 1080.0));
        let moved = |x: f32, y: f32| window.translate(vec2(x, y));
        for (window, on_one, on_two) in [
            (window, true, true),
            (moved(1500.0, 0.0), false, true),
            // Half of it beside the screen.
            (moved(700.0, 0.0), true, true),
            (moved(1100.0, 0.0), false, true),
            (moved(0.0, 720.0), true, true),
            // Its top is below the screen, or above it.
            (moved(0.0, 760.0), false, false),
            (moved(0.0, -300.0), false, false),
            (moved(-3000.0, 0.0), false, false),
        ] {
            assert_eq!(is_in_sight(window, &[first]), on_one, "{window:?}");
            assert_eq!(is_in_sight(window, &[first, second]), on_two, "{window:?}");
        }
    }
}

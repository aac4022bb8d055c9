//! Where the window is and how its panels lie, remembered for the next time.

use egui::{Context, Rect};

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
        settings.window_place =
            window.outer_rect.and_then(|outer| place_on_screen(outer, window.monitor_size, zoom));
    }
    let panels = &mut settings.panels;
    panels.layers = regions.layers.map(|rect| rect.width()).or(panels.layers);
    panels.details = regions.details.map(|rect| rect.width()).or(panels.details);
    panels.table = regions.table.map(|rect| rect.height()).or(panels.table);
}

/// The place of a window that lies wholly on the main screen. Another screen may not be there the
/// next time, and a window out of sight is lost.
fn place_on_screen(outer: Rect, screen: Option<egui::Vec2>, zoom: f32) -> Option<[f32; 2]> {
    let screen = Rect::from_min_size(egui::Pos2::ZERO, screen?);
    let shown = screen.expand(8.0).contains_rect(outer);
    shown.then(|| [outer.min.x * zoom, outer.min.y * zoom])
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    #[test]
    fn only_a_place_that_will_be_there_is_remembered() {
        let window = Rect::from_min_size(pos2(100.0, 50.0), vec2(800.0, 600.0));
        let screen = Some(vec2(1280.0, 800.0));
        assert_eq!(place_on_screen(window, screen, 1.0), Some([100.0, 50.0]));
        assert_eq!(place_on_screen(window.translate(vec2(1280.0, 0.0)), screen, 1.0), None);
        assert_eq!(place_on_screen(window, None, 1.0), None);
        // At twice the text size a screen has half the points.
        let half = Rect::from_min_size(pos2(50.0, 25.0), vec2(400.0, 300.0));
        assert_eq!(place_on_screen(half, Some(vec2(640.0, 400.0)), 2.0), Some([100.0, 50.0]));
    }
}

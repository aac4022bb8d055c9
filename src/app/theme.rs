//! The look of the window: paper and ink by day, slate by night, with the blue of the belfry's
//! roof and the gold of its dragon as accents. Text keeps a contrast of at least 4.5 : 1 to its
//! ground (WCAG 2.2, success criterion 1.4.3), tested below.

use std::collections::BTreeMap;

use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme,
    ThemePreference, Vec2, Visuals,
    style::{NumberFormatter, ScrollAnimation, WidgetVisuals},
};

use super::icons;
use super::settings::ThemeChoice;
use crate::i18n::{Language, format_number};
use crate::style::Color;
use crate::style::ramp::luminance;

/// The colours of one theme.
struct Palette {
    /// Panels.
    ground: Color32,
    /// Windows, menus, cards.
    raised: Color32,
    /// Text fields.
    field: Color32,
    /// Buttons at rest.
    button: Color32,
    /// Buttons under the pointer.
    button_hovered: Color32,
    /// Buttons held down.
    button_active: Color32,
    /// Thin lines between things.
    line: Color32,
    /// Rims of things to act on: they stand out 3 : 1 (WCAG 2.2, success criterion 1.4.11).
    rim: Color32,
    /// Text.
    ink: Color32,
    /// Text that steps back.
    weak: Color32,
    /// The accent, as text or as thin lines.
    accent: Color32,
    /// Behind what is selected.
    selected: Color32,
    /// Text on that.
    on_selected: Color32,
    /// Every other row.
    faint: Color32,
    warning: Color32,
    error: Color32,
}

const DAY: Palette = Palette {
    ground: Color32::from_rgb(0xf6, 0xf5, 0xf2),
    raised: Color32::from_rgb(0xff, 0xff, 0xff),
    field: Color32::from_rgb(0xff, 0xff, 0xff),
    button: Color32::from_rgb(0xe9, 0xe8, 0xe4),
    button_hovered: Color32::from_rgb(0xdd, 0xe3, 0xea),
    button_active: Color32::from_rgb(0xc9, 0xd6, 0xe3),
    line: Color32::from_rgb(0xdc, 0xda, 0xd4),
    rim: Color32::from_rgb(0x82, 0x85, 0x8b),
    ink: Color32::from_rgb(0x20, 0x25, 0x2b),
    weak: Color32::from_rgb(0x5a, 0x62, 0x6c),
    accent: Color32::from_rgb(0x1c, 0x55, 0x8c),
    selected: Color32::from_rgb(0xcf, 0xe0, 0xf0),
    on_selected: Color32::from_rgb(0x10, 0x33, 0x56),
    faint: Color32::from_rgb(0xef, 0xee, 0xea),
    warning: Color32::from_rgb(0x8a, 0x55, 0x00),
    error: Color32::from_rgb(0xb0, 0x1e, 0x1e),
};

const NIGHT: Palette = Palette {
    ground: Color32::from_rgb(0x1d, 0x21, 0x26),
    raised: Color32::from_rgb(0x26, 0x2b, 0x32),
    field: Color32::from_rgb(0x15, 0x18, 0x1c),
    button: Color32::from_rgb(0x31, 0x37, 0x3f),
    button_hovered: Color32::from_rgb(0x3d, 0x46, 0x51),
    button_active: Color32::from_rgb(0x2b, 0x4a, 0x69),
    line: Color32::from_rgb(0x38, 0x3e, 0x46),
    rim: Color32::from_rgb(0x7c, 0x85, 0x90),
    ink: Color32::from_rgb(0xe6, 0xe8, 0xeb),
    weak: Color32::from_rgb(0xa6, 0xaf, 0xba),
    accent: Color32::from_rgb(0x86, 0xbb, 0xec),
    selected: Color32::from_rgb(0x25, 0x4a, 0x70),
    on_selected: Color32::from_rgb(0xe8, 0xf2, 0xfc),
    faint: Color32::from_rgb(0x22, 0x27, 0x2d),
    warning: Color32::from_rgb(0xe8, 0xb2, 0x4d),
    error: Color32::from_rgb(0xff, 0x8d, 0x85),
};

/// The gold of the belfry's dragon, for marks (never for text).
pub(super) const GOLD: Color32 = Color32::from_rgb(0xd9, 0xa0, 0x2b);

fn palette(theme: Theme) -> &'static Palette {
    match theme {
        Theme::Light => &DAY,
        Theme::Dark => &NIGHT,
    }
}

/// Gives a context both themes and the signs. Needed once.
pub(super) fn install(ctx: &egui::Context) {
    icons::install(ctx);
    // A map reads best on paper where the system has no wish.
    ctx.options_mut(|options| {
        options.fallback_theme = Theme::Light;
        // Those keys are commands of this program, whose outcome is remembered.
        options.zoom_with_keyboard = false;
    });
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| dress(style, theme));
    }
}

/// Writes the numbers of sliders in a language's form.
pub(super) fn speak(ctx: &egui::Context, language: Language) {
    ctx.all_styles_mut(|style| {
        style.number_formatter = NumberFormatter::new(move |value, decimals| {
            format_number(language, value, u8::try_from(*decimals.end()).unwrap_or(u8::MAX))
        });
    });
}

/// Lets nothing move by itself, or the usual.
pub(super) fn move_less(ctx: &egui::Context, is_reduced: bool) {
    let usual = Style::default();
    ctx.all_styles_mut(|style| {
        style.animation_time = if is_reduced { 0.0 } else { usual.animation_time };
        style.scroll_animation =
            if is_reduced { ScrollAnimation::none() } else { usual.scroll_animation };
    });
}

/// Whether nothing is to move by itself.
pub(super) fn moves_less(ctx: &egui::Context) -> bool {
    ctx.global_style().animation_time <= 0.0
}

/// Follows the person's choice.
pub(super) fn choose(ctx: &egui::Context, choice: ThemeChoice) {
    ctx.set_theme(match choice {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    });
}

/// The frame of a raised card on a panel.
pub(super) fn card(ui: &egui::Ui) -> egui::Frame {
    egui::Frame::new()
        .fill(ui.visuals().window_fill)
        .stroke(ui.visuals().widgets.noninteractive.bg_stroke)
        .corner_radius(6.0)
        .inner_margin(Margin::symmetric(8, 6))
}

/// The colour of the accent, for text and thin lines.
pub(super) fn accent(ui: &egui::Ui) -> Color32 {
    ui.visuals().hyperlink_color
}

/// Black or white: what stands out most on a colour.
pub(super) fn ink_on(ground: Color32) -> Color32 {
    // Luminance 0.18 has the same contrast to both (WCAG 2.2).
    if luminance(opaque(ground)) > 0.179 { Color32::BLACK } else { Color32::WHITE }
}

/// A colour without its opacity.
fn opaque(color: Color32) -> Color {
    Color { r: color.r(), g: color.g(), b: color.b(), a: 255 }
}

/// The colour of the mark around what has the focus.
pub(super) fn focus(ctx: &egui::Context) -> Color32 {
    palette(ctx.theme()).accent
}

fn dress(style: &mut Style, theme: Theme) {
    let palette = palette(theme);
    style.text_styles = text_styles();
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(8.0, 6.0);
    spacing.button_padding = Vec2::new(8.0, 4.0);
    spacing.interact_size = Vec2::new(28.0, 26.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(14);
    spacing.slider_width = 130.0;
    spacing.combo_width = 140.0;
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 11.0;
    spacing.icon_spacing = 6.0;
    spacing.tooltip_width = 420.0;
    spacing.menu_width = 420.0;
    style.interaction.tooltip_delay = 0.4;
    style.visuals = visuals(palette, theme);
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    let sized = |size| FontId::new(size, FontFamily::Proportional);
    [
        (TextStyle::Heading, sized(18.0)),
        (TextStyle::Body, sized(14.0)),
        (TextStyle::Button, sized(14.0)),
        (TextStyle::Small, sized(12.0)),
        (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
    ]
    .into()
}

fn visuals(palette: &Palette, theme: Theme) -> Visuals {
    let mut visuals = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    let radius = CornerRadius::same(5);
    let widget = |fill: Color32, rim: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, rim),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.2, ink),
        expansion: 0.0,
    };
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(palette.ground, palette.line, palette.ink);
    widgets.inactive = widget(palette.button, palette.rim, palette.ink);
    widgets.hovered = widget(palette.button_hovered, palette.accent, palette.ink);
    widgets.active = widget(palette.button_active, palette.accent, palette.ink);
    widgets.open = widget(palette.button_hovered, palette.rim, palette.ink);
    visuals.selection.bg_fill = palette.selected;
    visuals.selection.stroke = Stroke::new(1.0, palette.on_selected);
    visuals.weak_text_color = Some(palette.weak);
    visuals.hyperlink_color = palette.accent;
    visuals.faint_bg_color = palette.faint;
    visuals.extreme_bg_color = palette.field;
    visuals.code_bg_color = palette.button;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.error;
    visuals.window_fill = palette.raised;
    visuals.panel_fill = palette.ground;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(7);
    let shade = if theme == Theme::Light { 40 } else { 110 };
    let shadow = |blur: u8, drop: i8| Shadow {
        offset: [0, drop],
        blur,
        spread: 0,
        color: Color32::from_black_alpha(shade),
    };
    visuals.window_shadow = shadow(24, 8);
    visuals.popup_shadow = shadow(12, 4);
    visuals.slider_trailing_fill = true;
    visuals.indent_has_left_vline = false;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: Color32, b: Color32) -> f64 {
        crate::style::ramp::contrast(opaque(a), opaque(b))
    }

    #[test]
    fn every_text_stands_out_from_its_ground() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 1e-9);
        for (name, p) in [("day", &DAY), ("night", &NIGHT)] {
            let grounds = [p.ground, p.raised, p.field, p.faint];
            for ground in grounds {
                for ink in [p.ink, p.weak, p.accent, p.warning, p.error] {
                    let found = contrast(ink, ground);
                    assert!(found >= 4.5, "{name}: {ink:?} on {ground:?}: {found:.2}");
                }
            }
            for button in [p.button, p.button_hovered, p.button_active] {
                assert!(contrast(p.ink, button) >= 4.5, "{name}: ink on {button:?}");
            }
            assert!(contrast(p.on_selected, p.selected) >= 4.5, "{name}: selection");
        }
    }

    /// What shows where to act, where the keyboard is and what is selected: 3 : 1 to what lies
    /// beside it (WCAG 2.2, success criteria 1.4.11 and 2.4.13).
    #[test]
    fn rims_and_marks_stand_out_from_their_ground() {
        for (theme, name, p) in [(Theme::Light, "day", &DAY), (Theme::Dark, "night", &NIGHT)] {
            let visuals = visuals(p, theme);
            let grounds = [p.ground, p.raised, p.field, p.faint];
            let rims = [
                ("rim", visuals.widgets.inactive.bg_stroke.color),
                ("rim under the pointer", visuals.widgets.hovered.bg_stroke.color),
                ("rim of what is used", visuals.widgets.active.bg_stroke.color),
                ("rim of what is open", visuals.widgets.open.bg_stroke.color),
                ("rim of a field being typed in", visuals.selection.stroke.color),
                ("focus and mark of the selection", p.accent),
                ("sign", visuals.widgets.inactive.fg_stroke.color),
            ];
            for ground in grounds {
                for (what, rim) in rims {
                    let found = contrast(rim, ground);
                    assert!(found >= 3.0, "{name}: {what} on {ground:?}: {found:.2}");
                }
            }
        }
    }

    /// The bar of what is chosen (see `chosen`) against all it can lie on or beside, under the
    /// pointer and held down too, as egui dresses a chosen button.
    #[test]
    fn what_is_chosen_has_a_mark_that_stands_out() {
        for (theme, name) in [(Theme::Light, "day"), (Theme::Dark, "night")] {
            let context = egui::Context::default();
            install(&context);
            context.set_theme(theme);
            let visuals = context.style_of(theme).visuals.clone();
            let mark = visuals.hyperlink_color;
            let widgets = &visuals.widgets;
            let beside = [
                ("a panel", visuals.panel_fill),
                ("a menu or dialog", visuals.window_fill),
                ("a button at rest", widgets.inactive.weak_bg_fill),
                ("a button under the pointer", widgets.hovered.weak_bg_fill),
                ("a button held down", widgets.active.weak_bg_fill),
                ("every other row", visuals.faint_bg_color),
                ("what is chosen", visuals.selection.bg_fill),
            ];
            for (what, ground) in beside {
                let found = contrast(mark, ground);
                assert!(found >= 3.0, "{name}: the mark on {what}: {found:.2}");
            }
        }
    }

    #[test]
    fn a_sign_on_any_colour_can_be_seen() {
        for (red, green, blue) in [(0, 0, 0), (255, 255, 255), (120, 120, 120), (230, 40, 40)] {
            let ground = Color32::from_rgb(red, green, blue);
            assert!(contrast(ink_on(ground), ground) >= 4.5, "{ground:?}");
        }
        // No ground is worse than this.
        let grey = (0..=255).map(Color32::from_gray).map(|grey| contrast(ink_on(grey), grey));
        assert!(grey.fold(f64::INFINITY, f64::min) >= 4.5);
    }
}

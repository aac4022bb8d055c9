//! Signs and the buttons that carry them. The signs are those of Lucide, out of its font: one set,
//! one size, one weight of line.

use super::chosen::{self, Edge};
use egui::epaint::text::{FontData, FontInsert, FontPriority, InsertFontFamily};
use egui::{
    Align2, CollapsingHeader, Color32, ComboBox, FontFamily, FontId, Pos2, Response, RichText,
    Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetText, vec2,
};

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Icon {
    Eye,
    EyeClosed,
    ZoomTo,
    Table,
    Filter,
    Export,
    Up,
    Down,
    Trash,
    More,
    Warning,
    Close,
    Grip,
    Left,
    Right,
    Search,
    Pin,
    Layers,
    Command,
    Pointer,
    SelectRectangle,
    SelectPolygon,
    SelectLasso,
    Ruler,
    MeasureArea,
    Copy,
    Check,
    Plus,
    /// To be given another name.
    Pencil,
    /// Newer data.
    Renew,
    /// An image under the layers.
    Image,
    /// Worth knowing.
    Info,
    /// Something offered.
    Idea,
    Print,
    /// Notes of any kind.
    DrawNote,
    DrawPoint,
    DrawLine,
    DrawPolygon,
    DrawArrow,
    DrawText,
    EditNotes,
    /// What a council decided.
    Decisions,
    Museum,
}

/// The side of the square a sign is drawn in, points. Its lines are a twelfth of that thick.
const SIDE: f32 = 16.0;

/// The same before small text.
const SMALL_SIDE: f32 = 12.0;

/// A button with only a sign. The label is its tooltip and what a screen reader says.
pub(super) fn button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    sized_button(ui, icon, label, Vec2::splat(26.0), None)
}

/// As [`button`], for a line of text.
pub(super) fn small_button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    sized_button(ui, icon, label, Vec2::splat(20.0), None)
}

/// A button with a sign in a colour of its own.
pub(super) fn colored_button(ui: &mut Ui, icon: Icon, label: &str, color: Color32) -> Response {
    sized_button(ui, icon, label, Vec2::splat(26.0), Some(color))
}

fn sized_button(
    ui: &mut Ui,
    icon: Icon,
    label: &str,
    size: Vec2,
    color: Option<Color32>,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, label));
    if ui.is_rect_visible(rect) {
        let visuals = *ui.style().interact(&response);
        let painter = ui.painter();
        if response.hovered() || response.has_focus() || response.is_pointer_button_down_on() {
            painter.rect(
                rect.shrink(1.0),
                visuals.corner_radius,
                visuals.weak_bg_fill,
                if response.has_focus() { visuals.bg_stroke } else { Stroke::NONE },
                StrokeKind::Inside,
            );
        }
        let color = color.unwrap_or_else(|| visuals.text_color());
        let color = if enabled { color } else { ui.visuals().weak_text_color() };
        paint(painter, icon, rect.center(), color);
    }
    response.on_hover_text(label)
}

/// A button that stays pressed while what it stands for is on.
pub(super) fn toggle(ui: &mut Ui, icon: Icon, label: &str, is_on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(30.0), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, is_on, label));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, is_on);
        let painter = ui.painter();
        if is_on || response.hovered() || response.has_focus() {
            let rim = if response.has_focus() { visuals.bg_stroke } else { Stroke::NONE };
            let area = rect.shrink(1.0);
            let fill = visuals.weak_bg_fill;
            painter.rect(area, visuals.corner_radius, fill, rim, StrokeKind::Inside);
        }
        paint(painter, icon, rect.center(), visuals.text_color());
        chosen::mark(ui, rect.shrink(1.0), Edge::Left, is_on);
    }
    response.on_hover_text(label)
}

/// A box to choose from, with the sign of the set in place of egui's own.
#[expect(clippy::disallowed_methods, reason = "it gets the sign")]
pub(super) fn combo_box(salt: impl egui::AsIdSalt) -> ComboBox<'static> {
    ComboBox::from_id_salt(salt).icon(|ui, area, visuals, _| {
        paint(ui.painter(), Icon::Down, area.center(), visuals.text_color());
    })
}

/// Something that can be folded away under its title, with the signs of the set.
#[expect(clippy::disallowed_methods, reason = "it gets the sign")]
pub(super) fn fold(title: impl Into<WidgetText>) -> CollapsingHeader {
    CollapsingHeader::new(title).icon(|ui, openness, response| {
        let icon = if openness > 0.5 { Icon::Down } else { Icon::Right };
        let color = ui.style().interact(response).text_color();
        paint(ui.painter(), icon, response.rect.center(), color);
    })
}

/// A sign as text, to stand before a name.
pub(super) fn sign(icon: Icon) -> RichText {
    RichText::new(icon.letter()).font(FontId::new(SIDE, family()))
}

/// Draws a sign around a point.
pub(super) fn paint(painter: &egui::Painter, icon: Icon, center: Pos2, color: Color32) {
    paint_sized(painter, icon, center, SIDE, color);
}

/// Draws a sign around a point, to stand before small text.
pub(super) fn paint_small(painter: &egui::Painter, icon: Icon, center: Pos2, color: Color32) {
    paint_sized(painter, icon, center, SMALL_SIDE, color);
}

fn paint_sized(painter: &egui::Painter, icon: Icon, center: Pos2, side: f32, color: Color32) {
    let font = FontId::new(side, family());
    // In the frame in which the program starts its fonts are not there yet.
    if painter.ctx().fonts(|fonts| fonts.definitions().families.contains_key(&font.family)) {
        painter.text(center, Align2::CENTER_CENTER, icon.letter(), font, color);
    }
}

/// The name that the font of signs goes by.
pub(super) fn family() -> FontFamily {
    FontFamily::Name("signs".into())
}

/// Gives a context the font of signs.
pub(super) fn install(ctx: &egui::Context) {
    ctx.add_font(FontInsert::new(
        "lucide",
        FontData::from_static(lucide_icons::LUCIDE_FONT_BYTES),
        vec![InsertFontFamily { family: family(), priority: FontPriority::Highest }],
    ));
}

impl Icon {
    /// The letter of the font that shows it.
    fn letter(self) -> char {
        use lucide_icons::Icon as Sign;
        let sign = match self {
            Icon::Eye => Sign::Eye,
            Icon::EyeClosed => Sign::EyeOff,
            Icon::ZoomTo => Sign::Focus,
            Icon::Table => Sign::Table,
            Icon::Filter => Sign::Funnel,
            Icon::Export => Sign::Upload,
            Icon::Up => Sign::ChevronUp,
            Icon::Down => Sign::ChevronDown,
            Icon::Left => Sign::ChevronLeft,
            Icon::Right => Sign::ChevronRight,
            Icon::Trash => Sign::Trash2,
            Icon::More => Sign::Ellipsis,
            Icon::Warning => Sign::TriangleAlert,
            Icon::Close => Sign::X,
            Icon::Grip => Sign::GripVertical,
            Icon::Search => Sign::Search,
            Icon::Pin => Sign::MapPin,
            Icon::Layers => Sign::Layers,
            Icon::Command => Sign::Terminal,
            Icon::Pointer => Sign::MousePointer2,
            Icon::SelectRectangle => Sign::SquareDashed,
            Icon::SelectPolygon => Sign::Pentagon,
            Icon::SelectLasso => Sign::Lasso,
            Icon::Ruler => Sign::Ruler,
            Icon::MeasureArea => Sign::VectorSquare,
            Icon::Copy => Sign::Copy,
            Icon::Plus => Sign::Plus,
            Icon::Pencil => Sign::Pencil,
            Icon::Check => Sign::Check,
            Icon::Renew => Sign::RefreshCw,
            Icon::Image => Sign::Image,
            Icon::Info => Sign::Info,
            Icon::Idea => Sign::Lightbulb,
            Icon::Print => Sign::Printer,
            Icon::DrawNote => Sign::PencilLine,
            Icon::DrawPoint => Sign::MapPinPlus,
            Icon::DrawLine => Sign::Spline,
            Icon::DrawPolygon => Sign::Hexagon,
            Icon::DrawArrow => Sign::MoveUpRight,
            Icon::DrawText => Sign::Type,
            Icon::EditNotes => Sign::Waypoints,
            Icon::Decisions => Sign::Gavel,
            Icon::Museum => Sign::Landmark,
        };
        char::from(sign)
    }
}

/// The window's icon: a small belfry with its gold dragon, 64 pixels square.
pub(super) fn window_icon() -> egui::IconData {
    const SIZE: u8 = 64;
    let mut rgba = Vec::with_capacity(usize::from(SIZE) * usize::from(SIZE) * 4);
    for y in 0..SIZE {
        for x in 0..SIZE {
            rgba.extend(belfry_pixel(f32::from(x) + 0.5, f32::from(y) + 0.5));
        }
    }
    egui::IconData { rgba, width: u32::from(SIZE), height: u32::from(SIZE) }
}

/// The colour of the icon at a point of the 64 × 64 field.
fn belfry_pixel(x: f32, y: f32) -> [u8; 4] {
    const GROUND: [u8; 4] = [0x1c, 0x55, 0x8c, 255];
    const STONE: [u8; 4] = [0xf4, 0xee, 0xe0, 255];
    const GOLD: [u8; 4] = [0xd9, 0xa0, 0x2b, 255];
    let center = vec2(x - 32.0, y - 32.0);
    let corner = vec2((center.x.abs() - 22.0).max(0.0), (center.y.abs() - 22.0).max(0.0));
    if corner.length() > 9.0 {
        return [0, 0, 0, 0];
    }
    let half = center.x.abs();
    let is_dragon = y < 13.5 && (half - 1.0).max((y - 10.0).abs()) < 3.2;
    let is_spire = (13.0..28.0).contains(&y) && half < (y - 13.0) * 0.42 + 0.8;
    let is_gallery = (28.0..31.0).contains(&y) && half < 9.5;
    let is_tower = (31.0..56.0).contains(&y) && half < 7.5;
    let is_window = ((35.0..42.0).contains(&y) || (47.0..56.0).contains(&y)) && half < 2.3;
    let is_clock = (y - 44.5).hypot(center.x) < 2.0;
    if is_dragon || is_clock {
        GOLD
    } else if is_window {
        GROUND
    } else if is_spire || is_gallery || is_tower {
        STONE
    } else {
        GROUND
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Icon; 43] = [
        Icon::Eye,
        Icon::EyeClosed,
        Icon::ZoomTo,
        Icon::Table,
        Icon::Filter,
        Icon::Export,
        Icon::Up,
        Icon::Down,
        Icon::Trash,
        Icon::More,
        Icon::Warning,
        Icon::Close,
        Icon::Grip,
        Icon::Left,
        Icon::Right,
        Icon::Search,
        Icon::Pin,
        Icon::Layers,
        Icon::Command,
        Icon::Pointer,
        Icon::SelectRectangle,
        Icon::SelectPolygon,
        Icon::SelectLasso,
        Icon::Ruler,
        Icon::MeasureArea,
        Icon::Copy,
        Icon::Check,
        Icon::Plus,
        Icon::Pencil,
        Icon::Renew,
        Icon::Image,
        Icon::Info,
        Icon::Idea,
        Icon::Print,
        Icon::DrawNote,
        Icon::DrawPoint,
        Icon::DrawLine,
        Icon::DrawPolygon,
        Icon::DrawArrow,
        Icon::DrawText,
        Icon::EditNotes,
        Icon::Decisions,
        Icon::Museum,
    ];

    /// Each has a letter of its own that the font holds, as wide as the square it is drawn in.
    #[test]
    fn every_sign_is_in_the_font() {
        let ctx = egui::Context::default();
        install(&ctx);
        for _ in 0..2 {
            let _ = ctx.run_ui(egui::RawInput::default(), |_| {});
        }
        let font = FontId::new(SIDE, family());
        for (at, icon) in ALL.into_iter().enumerate() {
            assert_eq!(icon as usize, at, "none is left out");
            let letter = icon.letter();
            assert!(ALL.iter().take(at).all(|other| other.letter() != letter), "{icon:?}");
            let (is_there, width) = ctx.fonts_mut(|fonts| {
                (fonts.has_glyph(&font, letter), fonts.glyph_width(&font, letter))
            });
            assert!(is_there && (width - SIDE).abs() < 0.01, "{icon:?}: {width}");
        }
    }
}

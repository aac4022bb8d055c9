//! Symbols as QGIS has them: layers of simple fills, lines and markers.

use super::Writing;
use crate::style::qml::measures::{
    POINT, angles, dash_name, join_name, shape_name, theirs, written_color,
};
use crate::style::{Color, Dash, Hatch, Heads, Symbol};
use crate::table::PartKind;

/// How a symbol follows a number: the expressions of its size and of whether there is one, for a
/// shape whose size is so many diameters.
pub(super) type Sized = Box<dyn Fn(f64) -> [String; 2]>;

/// Lengths are in points there, too.
const UNIT: &str = "Point";

impl Writing<'_> {
    pub(super) fn symbol(&mut self, name: &str, symbol: &Symbol) {
        let kind = match self.dress.kind {
            Some(PartKind::Polygon) => "fill",
            Some(PartKind::Line) => "line",
            Some(PartKind::Point) | None => "marker",
        };
        let attributes = [
            ("type", kind),
            ("name", name),
            ("alpha", "1"),
            ("clip_to_extent", "1"),
            ("force_rhr", "0"),
        ];
        self.out.open("symbol", &attributes);
        if kind == "line" && symbol.heads != Heads::None {
            self.problems.add("problem-qml-heads", 1);
        }
        match kind {
            "fill" => self.fill(name, symbol),
            "line" => self.line(symbol.stroke, symbol.stroke_width, symbol),
            _ => self.marker(symbol),
        }
        self.out.close("symbol");
    }

    fn open_layer(&mut self, class: &str) {
        let attributes = [("class", class), ("enabled", "1"), ("locked", "0"), ("pass", "0")];
        self.out.open("layer", &attributes);
    }

    fn fill(&mut self, name: &str, symbol: &Symbol) {
        // Outlines in pieces are lines of their own: a fill there knows none of our patterns.
        let has_own_line = symbol.dash != Dash::Solid && symbol.stroke_width > 0.0;
        let is_outlined = symbol.stroke_width > 0.0 && !has_own_line;
        self.open_layer("SimpleFill");
        self.out.map(&[
            ("color", &written_color(symbol.fill)),
            ("style", "solid"),
            ("joinstyle", join_name(symbol.join)),
            ("outline_color", &written_color(symbol.stroke)),
            ("outline_style", if is_outlined { "solid" } else { "no" }),
            ("outline_width", &theirs(symbol.stroke_width)),
            ("outline_width_unit", UNIT),
        ]);
        self.out.close("layer");
        for (place, angle) in angles(symbol.hatch).iter().enumerate() {
            let (angle, step) = (angle.to_string(), theirs(Hatch::STEP));
            self.open_layer("LinePatternFill");
            self.out.map(&[
                ("angle", &angle),
                ("color", &written_color(symbol.stroke)),
                ("distance", &step),
                ("distance_unit", UNIT),
                ("line_width", &theirs(Hatch::WIDTH)),
                ("line_width_unit", UNIT),
            ]);
            self.open_inner(name, place + 1, "line");
            let plain = Symbol { dash: Dash::Solid, ..*symbol };
            self.line(symbol.stroke, Hatch::WIDTH, &plain);
            self.out.close("symbol");
            self.out.close("layer");
        }
        if symbol.hatch == Hatch::Dots {
            self.dots(name, symbol.stroke);
        }
        if has_own_line {
            self.line(symbol.stroke, symbol.stroke_width, symbol);
        }
    }

    fn open_inner(&mut self, name: &str, place: usize, kind: &str) {
        let name = format!("@{name}@{place}");
        self.out.open("symbol", &[("type", kind), ("name", &name), ("alpha", "1")]);
    }

    fn dots(&mut self, name: &str, color: Color) {
        let step = theirs(Hatch::STEP);
        self.open_layer("PointPatternFill");
        self.out.map(&[
            ("distance_x", &step),
            ("distance_x_unit", UNIT),
            ("distance_y", &step),
            ("distance_y_unit", UNIT),
            ("displacement_x", "0"),
            ("displacement_y", "0"),
        ]);
        self.open_inner(name, 1, "marker");
        self.open_layer("SimpleMarker");
        self.out.map(&[
            ("name", "circle"),
            ("color", &written_color(color)),
            ("outline_style", "no"),
            ("size", &theirs(2.2 * Hatch::WIDTH)),
            ("size_unit", UNIT),
        ]);
        self.out.close("layer");
        self.out.close("symbol");
        self.out.close("layer");
    }

    fn line(&mut self, color: Color, width: f32, symbol: &Symbol) {
        let pattern = symbol.dash.pattern().iter();
        let pattern: Vec<String> = pattern.map(|part| theirs(part * width)).collect();
        let is_dashed = !pattern.is_empty();
        self.open_layer("SimpleLine");
        self.out.map(&[
            ("line_color", &written_color(color)),
            ("line_style", if width > 0.0 { "solid" } else { "no" }),
            ("line_width", &theirs(width)),
            ("line_width_unit", UNIT),
            ("capstyle", if is_dashed { "flat" } else { "round" }),
            ("joinstyle", join_name(symbol.join)),
            ("use_custom_dash", if is_dashed { "1" } else { "0" }),
            ("customdash", &if is_dashed { pattern.join(";") } else { "5;2".to_owned() }),
            ("customdash_unit", UNIT),
        ]);
        self.out.close("layer");
    }

    fn marker(&mut self, symbol: &Symbol) {
        if symbol.icon.is_some() {
            self.problems.add("problem-qml-icon", 1);
        }
        if symbol.dash == Dash::Long {
            self.problems.add("problem-qml-dash", 1);
        }
        let (shape, factor) = shape_name(symbol.shape);
        let size = f64::from(symbol.point_size) / POINT * factor;
        let size = ((size * 1e9).round() / 1e9).to_string();
        let is_outlined = symbol.stroke_width > 0.0;
        self.open_layer("SimpleMarker");
        self.out.map(&[
            ("name", shape),
            ("size", &size),
            ("size_unit", UNIT),
            ("scale_method", "diameter"),
            ("angle", &symbol.rotation.to_string()),
            ("color", &written_color(symbol.fill)),
            ("joinstyle", join_name(symbol.join)),
            ("outline_color", &written_color(symbol.stroke)),
            ("outline_style", if is_outlined { dash_name(symbol.dash) } else { "no" }),
            ("outline_width", &theirs(symbol.stroke_width)),
            ("outline_width_unit", UNIT),
        ]);
        if let Some([size, condition]) = self.sized.as_ref().map(|sized| sized(factor)) {
            self.properties(&[("size", &size), ("enabled", &condition)]);
        }
        self.out.close("layer");
    }

    /// Properties that follow from a row.
    fn properties(&mut self, properties: &[(&str, &str)]) {
        self.out.open("data_defined_properties", &[]);
        self.out.open("Option", &[("type", "Map")]);
        self.out.option("name", "");
        self.out.open("Option", &[("type", "Map"), ("name", "properties")]);
        for (name, expression) in properties {
            self.out.open("Option", &[("type", "Map"), ("name", name)]);
            self.out.empty("Option", &[("type", "bool"), ("name", "active"), ("value", "true")]);
            self.out.option("expression", expression);
            self.out.empty("Option", &[("type", "int"), ("name", "type"), ("value", "3")]);
            self.out.close("Option");
        }
        self.out.close("Option");
        self.out.option("type", "collection");
        self.out.close("Option");
        self.out.close("data_defined_properties");
    }
}

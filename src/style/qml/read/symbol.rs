//! Symbols: layers of fills, lines and markers, of which we have one.

use super::Reading;
use crate::i18n::Arg;
use crate::style::qml::measures::{
    both, brush, color, dash, dash_of, hatch_at, join, ours, shape, unit,
};
use crate::style::qml::tree::{Element, is_yes, number};
use crate::style::{Color, Hatch, PointShape, Symbol};
use crate::table::PartKind;

/// What has been drawn of a symbol until now.
#[derive(Default)]
struct Parts {
    fill: bool,
    line: bool,
    marker: bool,
    /// The colour of a pattern.
    pattern: Option<Color>,
}

impl Reading<'_> {
    /// A symbol, with everything told that it loses.
    pub(super) fn symbol(&mut self, element: &Element<'_>) -> Symbol {
        let kind = match &*element.text_of("type") {
            "fill" => PartKind::Polygon,
            "line" => PartKind::Line,
            _ => PartKind::Point,
        };
        self.kind = self.kind.or(Some(kind));
        let mut symbol = Symbol::BARE;
        symbol.stroke_width = 0.0;
        symbol.stroke.a = 0;
        let mut parts = Parts::default();
        self.follows_rows(element, false);
        for layer in element.all("layer").filter(|layer| layer.is("enabled", true)) {
            self.layer(layer, kind, &mut symbol, &mut parts);
            if layer.child("effect").is_some_and(|effect| effect.is("enabled", false)) {
                self.left_out("effect");
            }
        }
        if let Some(pattern) = parts.pattern {
            if symbol.stroke_width <= 0.0 || symbol.stroke.a == 0 {
                symbol.stroke = pattern;
                symbol.stroke_width = 0.0;
            } else if symbol.stroke != pattern {
                self.problems.add("problem-qml-pattern-color", 1);
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
        let alpha = element.number("alpha").unwrap_or(1.0).clamp(0.0, 1.0) as f32;
        symbol.in_opacity(alpha)
    }

    fn layer(
        &mut self,
        layer: &Element<'_>,
        kind: PartKind,
        symbol: &mut Symbol,
        parts: &mut Parts,
    ) {
        let class = layer.text_of("class").into_owned();
        let follows = class == "SimpleMarker" && kind == PartKind::Point && !parts.marker;
        self.follows_rows(layer, follows);
        match (class.as_str(), kind) {
            ("SimpleFill", PartKind::Polygon) => {
                self.more_than_one(&mut parts.fill, &class);
                self.fill(layer, symbol, parts);
            }
            ("GradientFill" | "ShapeburstFill", PartKind::Polygon) => {
                // The first of its colours.
                self.left_out(&class);
                if let Some(color) = layer.property("color").and_then(|text| color(&text)) {
                    symbol.fill = color;
                }
            }
            ("SimpleLine", PartKind::Polygon | PartKind::Line) => {
                self.more_than_one(&mut parts.line, &class);
                self.line(layer, symbol);
            }
            ("LinePatternFill" | "PointPatternFill", PartKind::Polygon) => {
                self.pattern(layer, &class, symbol, parts);
            }
            ("SimpleMarker", PartKind::Point) => {
                if std::mem::replace(&mut parts.marker, true) {
                    // The one at the bottom is the largest as a rule.
                    return self.left_out(&class);
                }
                self.marker(layer, symbol);
            }
            ("SvgMarker" | "FontMarker" | "EllipseMarker" | "RasterMarker", PartKind::Point) => {
                self.left_out(&class);
                if !std::mem::replace(&mut parts.marker, true) {
                    self.marker(layer, symbol);
                    symbol.shape = PointShape::Circle;
                }
            }
            _ => self.left_out(&class),
        }
    }

    /// Of several layers of a kind the topmost is taken.
    fn more_than_one(&mut self, before: &mut bool, class: &str) {
        if std::mem::replace(before, true) {
            self.left_out(class);
        }
    }

    /// A length in our points; none where it is missing or in units of the map, which is told.
    fn length(&mut self, layer: &Element<'_>, values: &[&str], units: &[&str]) -> Option<f64> {
        let value = number(&layer.first_property(values)?)?.abs();
        let name = layer.first_property(units).unwrap_or_default();
        let Some(unit) = unit(&name) else {
            self.problems.add("problem-qml-map-units", 1);
            return None;
        };
        Some(value * unit)
    }

    /// The width of a line; 0 there is the thinnest line that can be drawn.
    fn width(&mut self, layer: &Element<'_>, values: &[&str], units: &[&str]) -> f32 {
        let width = self.length(layer, values, units);
        width.map_or(1.0, |width| if width > 0.0 { ours(width).min(64.0) } else { 0.75 })
    }

    fn fill(&mut self, layer: &Element<'_>, symbol: &mut Symbol, parts: &mut Parts) {
        let inside = layer.property("color").and_then(|text| color(&text));
        let style = layer.property("style").unwrap_or_default();
        if let Some(inside) = inside {
            symbol.fill = inside;
            if &*style == "no" {
                symbol.fill.a = 0;
            } else if let Some(hatch) = brush(&style) {
                symbol.fill.a = 0;
                symbol.hatch = hatch;
                parts.pattern = Some(inside);
            }
        }
        let names = ["outline_style", "style_border"];
        let style = layer.first_property(&names).unwrap_or_default();
        let edge = layer.first_property(&["outline_color", "color_border", "border_color"]);
        if let Some(edge) = edge.and_then(|text| color(&text)) {
            symbol.stroke = edge;
        }
        if let Some(name) = layer.property("joinstyle") {
            symbol.join = join(&name);
        }
        let Some((dash, is_exact)) = dash(&style) else {
            symbol.stroke_width = 0.0;
            return;
        };
        self.near_dash(is_exact);
        symbol.dash = dash;
        symbol.stroke_width = self.width(
            layer,
            &["outline_width", "width_border"],
            &["outline_width_unit", "border_width_unit"],
        );
    }

    fn near_dash(&mut self, is_exact: bool) {
        if !is_exact {
            self.problems.add("problem-qml-dash", 1);
        }
    }

    fn line(&mut self, layer: &Element<'_>, symbol: &mut Symbol) {
        let line = layer.first_property(&["line_color", "color"]);
        if let Some(line) = line.and_then(|text| color(&text)) {
            symbol.stroke = line;
        }
        if let Some(name) = layer.property("joinstyle") {
            symbol.join = join(&name);
        }
        let style = layer.first_property(&["line_style", "penstyle"]).unwrap_or_default();
        let Some((dash, is_exact)) = dash(&style) else {
            symbol.stroke_width = 0.0;
            return;
        };
        let width = self.width(layer, &["line_width", "width"], &["line_width_unit", "width_unit"]);
        symbol.stroke_width = width;
        if layer.property("use_custom_dash").is_some_and(|is| is_yes(&is)) {
            let unit = layer.property("customdash_unit").and_then(|name| unit(&name));
            let pattern = layer.property("customdash").unwrap_or_default();
            let widths = pattern.split(';').filter_map(number);
            let widths: Vec<f64> = widths
                .map(|part| part * unit.unwrap_or(1.0) / f64::from(width).max(1e-3))
                .collect();
            let (dash, is_exact) = dash_of(&widths);
            symbol.dash = dash;
            self.near_dash(is_exact);
        } else {
            symbol.dash = dash;
            self.near_dash(is_exact);
        }
        let offset = layer.property("offset").and_then(|offset| number(&offset));
        if offset.is_some_and(|offset| offset != 0.0) {
            self.left_out("offset");
        }
    }

    fn pattern(
        &mut self,
        layer: &Element<'_>,
        class: &str,
        symbol: &mut Symbol,
        parts: &mut Parts,
    ) {
        let (hatch, mut is_exact) = if class == "PointPatternFill" {
            (Hatch::Dots, true)
        } else {
            let angle = layer.first_property(&["angle", "lineangle"]);
            hatch_at(angle.and_then(|angle| number(&angle)).unwrap_or(0.0))
        };
        let Some(hatch) = both(symbol.hatch, hatch) else { return self.left_out(class) };
        symbol.hatch = hatch;
        let names = ["distance", "distance_x"];
        let step = self.length(layer, &names, &["distance_unit", "distance_x_unit"]);
        let apart = step.map_or(0.0, |step| (step - f64::from(Hatch::STEP)).abs());
        is_exact &= apart < 0.1;
        if !is_exact {
            self.problems.add("problem-qml-pattern", 1);
        }
        let inner = layer.child("symbol").and_then(|inner| inner.child("layer"));
        let names = ["line_color", "color"];
        let found = inner.and_then(|inner| inner.first_property(&names));
        let found = found.or_else(|| layer.property("color"));
        parts.pattern = found.and_then(|text| color(&text)).or(parts.pattern);
    }

    fn marker(&mut self, layer: &Element<'_>, symbol: &mut Symbol) {
        let name = layer.property("name").unwrap_or_default();
        let found = shape(&name);
        let is_simple = layer.text_of("class") == "SimpleMarker";
        if found.is_none() && is_simple {
            let args = vec![("shape", Arg::Text(name.clone().into_owned()))];
            self.tell("problem-qml-shape", args);
        }
        let (shape, factor) = found.filter(|_| is_simple).unwrap_or((PointShape::Circle, 1.0));
        symbol.shape = shape;
        if let Some(inside) = layer.property("color").and_then(|text| color(&text)) {
            symbol.fill = inside;
        }
        let edge = layer.first_property(&["outline_color", "color_border"]);
        if let Some(edge) = edge.and_then(|text| color(&text)) {
            symbol.stroke = edge;
        }
        if &*name == "cross" {
            // Two lines there.
            symbol.fill = symbol.stroke;
        }
        if let Some(name) = layer.property("joinstyle") {
            symbol.join = join(&name);
        }
        if let Some(size) = self.length(layer, &["size"], &["size_unit"]) {
            symbol.point_size = ours((size / factor).clamp(0.1, 400.0));
        }
        let angle = layer.property("angle").and_then(|angle| number(&angle));
        #[expect(clippy::cast_possible_truncation, reason = "degrees")]
        let angle = angle.unwrap_or(0.0).rem_euclid(360.0) as f32;
        symbol.rotation = angle;
        let style = layer.property("outline_style").unwrap_or_default();
        match dash(&style) {
            Some((dash, is_exact)) => {
                self.near_dash(is_exact);
                symbol.dash = dash;
                symbol.stroke_width =
                    self.width(layer, &["outline_width"], &["outline_width_unit"]);
            }
            None => symbol.stroke_width = 0.0,
        }
        let offset = layer.property("offset").unwrap_or_default();
        if offset.split(',').filter_map(number).any(|part| part != 0.0) {
            self.left_out("offset");
        }
        self.sized(layer, factor);
    }
}

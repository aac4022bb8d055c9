//! What of a symbol follows from the row: sizes, as far as we have them.

use super::Reading;
use crate::i18n::Arg;
use crate::style::qml::measures::{ours, unit};
use crate::style::qml::numbers;
use crate::style::qml::tree::{Element, is_yes, number};
use crate::style::{NumberOf, SizeBy};

/// Points are as large as a number: the diameter of QGIS' units that stands for a number.
struct Scaled {
    of: NumberOf,
    length: f64,
    at: f64,
    /// Whether their area is just in proportion to it.
    is_exact: bool,
}

/// The properties that follow from the row.
fn active<'e, 't>(element: &'e Element<'t>) -> impl Iterator<Item = &'e Element<'t>> {
    let map = element.child("data_defined_properties").and_then(|it| it.child("Option"));
    let properties = map.and_then(|map| map.option("properties"));
    let all = properties.into_iter().flat_map(|properties| properties.all("Option"));
    all.filter(|property| value(property, "active").is_some_and(|is| is_yes(&is)))
}

fn value(map: &Element<'_>, name: &str) -> Option<String> {
    Some(map.option(name)?.get("value")?.into_owned())
}

impl Reading<'_> {
    /// Tells what follows from the row and is not taken over: all but sizes, where `is_sized`.
    pub(super) fn follows_rows(&mut self, element: &Element<'_>, is_sized: bool) {
        for property in active(element) {
            let name = property.text_of("name").into_owned();
            if !(is_sized && matches!(name.as_str(), "size" | "enabled")) {
                self.tell("problem-qml-data-defined", vec![("property", Arg::Text(name))]);
            }
        }
    }

    /// The size of a point as it follows from the row; `factor` diameters of ours.
    pub(super) fn sized(&mut self, layer: &Element<'_>, factor: f64) {
        let all: Vec<&Element<'_>> = active(layer).collect();
        let named = |name: &str| all.iter().find(|property| property.text_of("name") == name);
        let Some(size) = named("size") else {
            if named("enabled").is_some() {
                let args = vec![("property", Arg::Text("enabled".to_owned()))];
                self.tell("problem-qml-data-defined", args);
            }
            return;
        };
        let unit = unit(&layer.property("size_unit").unwrap_or_default());
        let Some((scaled, unit)) = self.scaled(size).zip(unit) else {
            let args = vec![("property", Arg::Text("size".to_owned()))];
            return self.tell("problem-qml-data-defined", args);
        };
        if !scaled.is_exact {
            self.problems.add("problem-qml-size-near", 1);
        }
        let largest = ours((scaled.length * unit / factor).clamp(0.1, 400.0));
        self.size = Some(SizeBy { of: scaled.of, largest, at: Some(scaled.at) });
    }

    fn scaled(&self, property: &Element<'_>) -> Option<Scaled> {
        let expression = match value(property, "type")?.as_str() {
            "2" => numbers::name(&value(property, "field")?)
                .map_or_else(|| value(property, "field"), |(name, _)| Some(name))?,
            _ => value(property, "expression")?,
        };
        if let Some((of, length, at)) = numbers::size_read(&expression, self.fields) {
            return Some(Scaled { of, length, at, is_exact: true });
        }
        if let Some(transformer) = property.option("transformer").and_then(|it| it.option("d")) {
            let part = |name: &str| value(transformer, name).and_then(|value| number(&value));
            let of = numbers::read(&expression, self.fields)?;
            let exponent = match value(transformer, "scaleType").as_deref() {
                Some("0") => 1.0,
                Some("1") => 0.5,
                Some("2") => 0.57,
                _ => part("exponent")?,
            };
            let (low, high) = (part("minValue")?, part("maxValue")?);
            return proportional(of, [low, high], [part("minSize")?, part("maxSize")?], exponent);
        }
        // As the assistant of earlier versions wrote it: coalesce(scale_exp(n, …), 0).
        let inside = expression.strip_prefix("coalesce(").unwrap_or(&expression);
        let inside = inside.trim().strip_prefix("scale_exp(")?;
        let mut parts = inside.split(',');
        let of = numbers::read(parts.next()?, self.fields)?;
        let mut next = || number(parts.next()?.trim_end_matches([')', ' ']));
        let (values, lengths) = ([next()?, next()?], [next()?, next()?]);
        proportional(of, values, lengths, next()?)
    }
}

/// Sizes between two for numbers between two.
fn proportional(
    of: NumberOf,
    values: [f64; 2],
    lengths: [f64; 2],
    exponent: f64,
) -> Option<Scaled> {
    let ([low, at], [least, length]) = (values, lengths);
    let is_sound = at > 0.0 && length > 0.0;
    let is_exact = low == 0.0 && least == 0.0 && (exponent - 0.5).abs() < 1e-9;
    is_sound.then_some(Scaled { of, length, at, is_exact })
}

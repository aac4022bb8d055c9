//! Labels.

use super::{Reading, denominator};
use crate::i18n::Arg;
use crate::query::Condition;
use crate::query::qgis::from_qgis;
use crate::style::qml::measures::{color, ours, unit};
use crate::style::qml::numbers;
use crate::style::qml::tree::Element;
use crate::style::{LABEL_SIZES, LabelPriority, LabelStyle, WIDEST_HALO};

impl Reading<'_> {
    /// The labels; none where there are none.
    pub(super) fn labeling(&mut self, root: &Element<'_>) -> Option<LabelStyle> {
        let labeling = root.child("labeling")?;
        let settings = match labeling.child("settings") {
            Some(settings) => settings,
            None => self.of_rules(labeling)?,
        };
        let style = settings.child("text-style")?;
        let mut labels =
            LabelStyle { is_on: root.is("labelsEnabled", true), ..LabelStyle::default() };
        labels.what = self.what(style)?;
        if let Some(size) = self.measure(style, "fontSize", "fontSizeUnit") {
            labels.size = size.clamp(*LABEL_SIZES.start(), *LABEL_SIZES.end());
        }
        if let Some(letters) = style.get("textColor").and_then(|text| color(&text)) {
            labels.color = letters.with_alpha(faded(letters.a, style.number("textOpacity")));
        }
        if let Some(family) = style.get("fontFamily").filter(|family| !family.is_empty()) {
            self.tell("problem-qml-font", vec![("font", Arg::Text(family.into_owned()))]);
        }
        let buffer = style.child("text-buffer").or_else(|| settings.child("text-buffer"));
        labels.halo_width = 0.0;
        if let Some(buffer) = buffer {
            if let Some(halo) = buffer.get("bufferColor").and_then(|text| color(&text)) {
                labels.halo = halo.with_alpha(faded(halo.a, buffer.number("bufferOpacity")));
            }
            let width = self.measure(buffer, "bufferSize", "bufferSizeUnits");
            if let Some(width) = width.filter(|_| buffer.is("bufferDraw", true)) {
                labels.halo_width = width.clamp(0.0, WIDEST_HALO);
            }
        }
        self.extras(settings, style);
        if let Some(format) = settings.child("text-format") {
            let wrap = format.text_of("autoWrapLength").parse::<u16>();
            labels.wrap = wrap.unwrap_or(0);
        }
        let priority = settings.child("placement").and_then(|it| it.number("priority"));
        labels.priority = match priority.unwrap_or(5.0) {
            low if low < 4.0 => LabelPriority::Low,
            high if high > 6.0 => LabelPriority::High,
            _ => LabelPriority::Normal,
        };
        let rendering = settings.child("rendering");
        if let Some(rendering) = rendering.filter(|it| it.is("scaleVisibility", false)) {
            labels.farthest = rendering.number("scaleMax").and_then(denominator);
            labels.nearest = rendering.number("scaleMin").and_then(denominator);
        }
        Some(labels)
    }

    /// Of labels by rules the first is taken, and told where it is not for all rows.
    fn of_rules<'e, 't>(&mut self, labeling: &'e Element<'t>) -> Option<&'e Element<'t>> {
        let rules: Vec<_> = labeling.child("rules")?.all("rule").collect();
        let first = rules.iter().find_map(|rule| Some((rule, rule.child("settings")?)));
        let is_plain =
            rules.len() == 1 && first.is_some_and(|(rule, _)| rule.get("filter").is_none());
        if !is_plain {
            self.left_out("rule-based labeling");
        }
        first.map(|(_, settings)| settings)
    }

    fn what(&mut self, style: &Element<'_>) -> Option<String> {
        let what = style.text_of("fieldName").into_owned();
        if what.trim().is_empty() {
            return None;
        }
        if !style.is("isExpression", false) {
            return Some(Condition::written_name(&numbers::known(what, self.fields)));
        }
        match from_qgis(&what) {
            Ok(text) => Some(text),
            Err(part) => {
                let args = vec![("what", Arg::Text(what)), ("part", Arg::Text(part.0))];
                self.tell("problem-qml-labels-lost", args);
                None
            }
        }
    }

    fn measure(&mut self, element: &Element<'_>, value: &str, name: &str) -> Option<f32> {
        let value = element.number(value)?;
        let name = element.text_of(name);
        // Letters are measured in points where nothing is said.
        let is_old = name.is_empty() && value > 0.0 && element.name() == "text-style";
        let unit = unit(if is_old { "Point" } else { &name });
        self.problems.add("problem-qml-map-units", u64::from(unit.is_none()));
        unit.map(|unit| ours(value * unit))
    }

    /// What surrounds labels there and not here.
    fn extras(&mut self, settings: &Element<'_>, style: &Element<'_>) {
        for (element, attribute) in [("background", "shapeDraw"), ("shadow", "shadowDraw")] {
            let found = style.child(element).or_else(|| settings.child(element));
            if found.is_some_and(|it| it.is(attribute, false)) {
                self.left_out(element);
            }
        }
        let properties =
            style.child("dd_properties").into_iter().chain(settings.child("dd_properties"));
        for properties in properties {
            let map = properties.child("Option").and_then(|map| map.option("properties"));
            for property in map.into_iter().flat_map(|map| map.all("Option")) {
                let is_active = property.option("active").is_some_and(|it| it.is("value", false));
                if is_active {
                    let name = property.text_of("name").into_owned();
                    self.tell("problem-qml-data-defined", vec![("property", Arg::Text(name))]);
                }
            }
        }
    }
}

/// An opacity of 0 to 255 by a share.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
fn faded(alpha: u8, share: Option<f64>) -> u8 {
    (f64::from(alpha) * share.unwrap_or(1.0).clamp(0.0, 1.0)).round() as u8
}

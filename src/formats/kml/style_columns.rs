//! What the placemarks of a layer look like: all alike, the look of the layer; else columns by the
//! names of simplestyle (github.com/mapbox/simplestyle-spec), and what goes beyond it.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, StringArray};

use super::style::{Looks, Number, Rgba, RowStyle, Shown, Styles};
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::{Field, FieldKind, Look, Table};

/// A picture that shows a dot, as Belfort draws it: not to be told that it is not shown.
pub(super) const DOT: &str = "http://maps.google.com/mapfiles/kml/shapes/shaded_dot.png";

/// What of a style a row's geometry shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Drawn {
    stroke: Option<Rgba>,
    width: Option<Number>,
    fill: Option<Rgba>,
    marker: Option<Rgba>,
    icon: Option<String>,
    icon_scale: Option<Number>,
    label: Option<Rgba>,
    label_scale: Option<Number>,
}

impl Drawn {
    fn of(looks: &Looks, shown: Shown) -> Drawn {
        let mut drawn = Drawn::default();
        if shown.polygons {
            let hidden = |color: Option<Rgba>| {
                let [r, g, b, _] = color.unwrap_or([255; 4]);
                Some([r, g, b, 0])
            };
            drawn.fill = looks.inside;
            drawn.stroke = looks.line;
            drawn.width = looks.width;
            if looks.is_filled == Some(false) {
                drawn.fill = hidden(drawn.fill);
            }
            if looks.is_outlined == Some(false) && !shown.lines {
                drawn.stroke = hidden(drawn.stroke);
            }
        }
        if shown.lines {
            drawn.stroke = looks.line;
            drawn.width = looks.width;
        }
        if shown.points {
            drawn.marker = looks.icon_color;
            drawn.icon.clone_from(&looks.icon);
            drawn.icon_scale = looks.icon_scale;
            drawn.label = looks.label;
            drawn.label_scale = looks.label_scale;
        }
        drawn
    }

    /// As the look of a whole layer; none where that cannot say it.
    fn as_look(&self) -> Option<Look> {
        if self.fill.is_some() && self.marker.is_some() && self.fill != self.marker {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a width or a size on the screen")]
        let size = |number: Option<Number>| number.map(|number| number.value() as f32);
        Some(Look {
            fill: self.fill.or(self.marker),
            stroke: self.stroke,
            stroke_width: size(self.width),
            point_scale: size(self.icon_scale),
        })
    }
}

/// A column to be added.
pub(super) type StyleColumn = (&'static str, FieldKind, ArrayRef);

/// What the rows look like: what all share, and columns for what they do not.
pub(super) fn settle(
    styles: &Styles,
    rows: &[RowStyle],
    problems: &mut Problems,
) -> (Option<Look>, Vec<StyleColumn>) {
    let mut counts: HashMap<RowStyle, u64> = HashMap::new();
    for row in rows {
        *counts.entry(*row).or_default() += 1;
    }
    let mut found: Vec<(RowStyle, u64)> = counts.into_iter().collect();
    found.sort_by_key(|(row, _)| (row.url, row.inline));
    let mut drawn: HashMap<RowStyle, Drawn> = HashMap::new();
    for (row, count) in found {
        let looks = styles.of(row, count, problems);
        drawn.insert(row, Drawn::of(&looks, row.shown));
    }
    let shown = drawn.iter().filter(|(row, _)| row.shown != Shown::default());
    let mut different: Vec<&Drawn> = shown.map(|(_, drawn)| drawn).collect();
    different.dedup();
    let shared = match different.as_slice() {
        [] => return (None, Vec::new()),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Some(*first),
        _ => None,
    };
    if let Some(shared) = shared
        && let Some(look) = shared.as_look()
    {
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        if let Some(icon) = shared.icon.as_ref().filter(|icon| *icon != DOT) {
            let args = vec![("icon", Arg::Text(icon.chars().take(120).collect()))];
            problems.report("problem-kml-icon", count, args, None);
        }
        if shared.label.is_some() || shared.label_scale.is_some() {
            problems.add("problem-kml-labels", count);
        }
        return (Some(look).filter(|look| *look != Look::default()), Vec::new());
    }
    let of = |row: &RowStyle| drawn.get(row).filter(|_| row.shown != Shown::default());
    (None, columns(&rows.iter().map(of)))
}

/// The columns of which any row has a value.
fn columns<'d>(rows: &(impl Iterator<Item = Option<&'d Drawn>> + Clone)) -> Vec<StyleColumn> {
    let mut made: Vec<StyleColumn> = Vec::new();
    let hex = |color: Rgba| {
        let [r, g, b, _] = color;
        format!("#{r:02x}{g:02x}{b:02x}")
    };
    let opacity = |[.., a]: Rgba| f64::from(a) / 255.0;
    let texts = |of: &dyn Fn(&Drawn) -> Option<String>| -> ArrayRef {
        Arc::new(rows.clone().map(|row| of(row?)).collect::<StringArray>())
    };
    let numbers = |of: &dyn Fn(&Drawn) -> Option<f64>| -> ArrayRef {
        Arc::new(rows.clone().map(|row| of(row?)).collect::<Float64Array>())
    };
    let is_see_through = |of: &dyn Fn(&Drawn) -> Option<Rgba>| {
        rows.clone().flatten().filter_map(of).any(|[.., a]| a < 255)
    };
    let mut color = |name, opacity_name, of: &dyn Fn(&Drawn) -> Option<Rgba>| {
        made.push((name, FieldKind::Text, texts(&|drawn| of(drawn).map(hex))));
        if is_see_through(of) {
            let values = numbers(&|drawn| of(drawn).map(opacity));
            made.push((opacity_name, FieldKind::Number, values));
        }
    };
    color("stroke", "stroke-opacity", &|drawn| drawn.stroke);
    color("fill", "fill-opacity", &|drawn| drawn.fill);
    color("marker-color", "marker-opacity", &|drawn| drawn.marker);
    color("label-color", "label-opacity", &|drawn| drawn.label);
    let value = |number: Option<Number>| number.map(Number::value);
    made.push(("stroke-width", FieldKind::Number, numbers(&|drawn| value(drawn.width))));
    made.push(("icon", FieldKind::Text, texts(&|drawn| drawn.icon.clone())));
    made.push(("icon-scale", FieldKind::Number, numbers(&|drawn| value(drawn.icon_scale))));
    made.push(("label-scale", FieldKind::Number, numbers(&|drawn| value(drawn.label_scale))));
    made.retain(|(.., values)| values.null_count() < values.len());
    made
}

/// The table with its look and its columns of looks, which get a number where a field has their
/// name.
pub(super) fn add(mut table: Table, look: Option<Look>, columns: Vec<StyleColumn>) -> Table {
    table.origin.look = look;
    for (name, kind, values) in columns {
        let mut unique = name.to_owned();
        let mut number = 2_u32;
        while table.fields.iter().any(|field| field.name == unique) {
            unique = format!("{name}_{number}");
            number = number.saturating_add(1);
        }
        table.fields.push(Field::new(unique, kind));
        table.columns.push(values);
    }
    table
}

//! Where the fields of a table go in a KML file: elements of the placemark, parts of its style, or
//! extended data.

use super::style::Rgba;
use crate::formats::pieces::count_rows;
use crate::formats::xml::name_field;
use crate::table::{Field, FieldKind, Offset, Table, Value};

/// What KML knows for heights to be counted from.
const ALTITUDE_MODES: [&str; 5] =
    ["clampToGround", "relativeToGround", "absolute", "clampToSeaFloor", "relativeToSeaFloor"];

/// An element of a placemark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Name,
    Description,
    Snippet,
    Address,
    PhoneNumber,
    Visibility,
    Timestamp,
    Begin,
    End,
    AltitudeMode,
    Extrude,
}

/// The elements with the fields that become them.
const ELEMENTS: [(&str, Element); 11] = [
    ("name", Element::Name),
    ("description", Element::Description),
    ("snippet", Element::Snippet),
    ("address", Element::Address),
    ("phoneNumber", Element::PhoneNumber),
    ("visibility", Element::Visibility),
    ("timestamp", Element::Timestamp),
    ("begin", Element::Begin),
    ("end", Element::End),
    ("altitudeMode", Element::AltitudeMode),
    ("extrude", Element::Extrude),
];

/// Colours with the fields that hold them and their opacity, as reading makes them.
const COLORS: [(&str, &str); 4] = [
    ("stroke", "stroke-opacity"),
    ("fill", "fill-opacity"),
    ("marker-color", "marker-opacity"),
    ("label-color", "label-opacity"),
];

/// The field of a colour and that of its opacity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ColorFields {
    pub color: Option<usize>,
    pub opacity: Option<usize>,
}

/// Where the fields of a table go.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The field that stands in the name of the placemark, though it is extended data as well.
    pub name: Option<usize>,
    /// Fields that are elements of the placemark, in the order of KML's schema.
    pub elements: Vec<(Element, usize)>,
    /// Lines, insides, points and labels.
    pub colors: [ColorFields; 4],
    pub width: Option<usize>,
    pub icon: Option<usize>,
    pub icon_scale: Option<usize>,
    pub label_scale: Option<usize>,
    /// Fields that are extended data.
    pub data: Vec<usize>,
}

impl Plan {
    pub fn of(table: &Table) -> Plan {
        let mut plan = Plan::default();
        let field = |name: &str| table.fields.iter().position(|field| field.name == name);
        for (name, element) in ELEMENTS {
            if let Some(at) = field(name).filter(|at| fits(table, *at, element)) {
                plan.elements.push((element, at));
            }
        }
        let is_span = plan.of_element(Element::Begin).or(plan.of_element(Element::End)).is_some();
        if is_span {
            // A placemark has one time: a moment or a span.
            plan.elements.retain(|(element, _)| *element != Element::Timestamp);
        }
        for ((color, opacity), fields) in COLORS.into_iter().zip(&mut plan.colors) {
            fields.color = field(color).filter(|at| is_color(table, *at));
            let with_color = field(opacity).filter(|_| fields.color.is_some());
            fields.opacity = with_color.filter(|at| is_share(table, *at));
        }
        let number = |name: &str| field(name).filter(|at| is_size(table, *at));
        let [line, inside, marker, label] = plan.colors.map(|fields| fields.color.is_some());
        if line || inside {
            plan.width = number("stroke-width");
        }
        if marker || label {
            let text = |at: &usize| is_text(table, *at);
            plan.icon = field("icon").filter(text);
            plan.icon_scale = number("icon-scale");
            plan.label_scale = number("label-scale");
        }
        let used = plan.used();
        plan.data = (0..table.fields.len()).filter(|at| !used.contains(at)).collect();
        if plan.of_element(Element::Name).is_none() {
            plan.name = name_field(table, &plan.data);
        }
        plan
    }

    /// The field that becomes an element.
    pub fn of_element(&self, element: Element) -> Option<usize> {
        self.elements.iter().find(|(found, _)| *found == element).map(|(_, at)| *at)
    }

    /// Whether rows have looks of their own.
    pub fn has_looks(&self) -> bool {
        self.colors.iter().any(|fields| fields.color.is_some())
    }

    fn used(&self) -> Vec<usize> {
        let elements = self.elements.iter().map(|(_, at)| *at);
        let colors = self.colors.iter().flat_map(|fields| [fields.color, fields.opacity]);
        let others = [self.width, self.icon, self.icon_scale, self.label_scale];
        elements.chain(colors.chain(others).flatten()).collect()
    }
}

fn kind(table: &Table, at: usize) -> Option<FieldKind> {
    table.fields.get(at).map(|field: &Field| field.kind)
}

fn is_text(table: &Table, at: usize) -> bool {
    kind(table, at) == Some(FieldKind::Text)
}

/// Whether all values of a field can stand in an element.
fn fits(table: &Table, at: usize, element: Element) -> bool {
    match element {
        Element::Visibility | Element::Extrude => kind(table, at) == Some(FieldKind::Boolean),
        Element::Timestamp | Element::Begin | Element::End => match kind(table, at) {
            Some(FieldKind::Date) => true,
            // As XML Schema writes them.
            Some(FieldKind::DateTime(form)) => {
                let colon = !matches!(form.offset, Offset::Minutes { colon: false, .. });
                form.separator == 'T' && form.fraction.is_some() && colon
            }
            _ => false,
        },
        Element::AltitudeMode => {
            is_text(table, at)
                && all(table, |row| match table.value(row, at) {
                    Value::Text(mode) => ALTITUDE_MODES.contains(&mode),
                    _ => true,
                })
        }
        _ => is_text(table, at),
    }
}

fn all(table: &Table, fits: impl Fn(usize) -> bool + Sync) -> bool {
    count_rows(table.rows(), |row| u64::from(!fits(row))) == 0
}

fn is_color(table: &Table, at: usize) -> bool {
    let any = || (0..table.rows()).any(|row| !table.value(row, at).is_null());
    let fits = |row| match table.value(row, at) {
        Value::Text(text) => color_of(text).is_some(),
        _ => true,
    };
    is_text(table, at) && all(table, fits) && any()
}

/// Opacity from 0 to 1.
fn is_share(table: &Table, at: usize) -> bool {
    is_number(table, at, |number| (0.0..=1.0).contains(&number))
}

fn is_size(table: &Table, at: usize) -> bool {
    is_number(table, at, |number| number >= 0.0 && number.is_finite())
}

fn is_number(table: &Table, at: usize, fits: impl Fn(f64) -> bool + Sync) -> bool {
    matches!(kind(table, at), Some(FieldKind::Number | FieldKind::Integer))
        && all(table, |row| number_of(table.value(row, at)).is_none_or(&fits))
}

/// The number of a value.
#[expect(clippy::cast_precision_loss, reason = "a width or a size on the screen")]
pub(super) fn number_of(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) => Some(number),
        Value::Integer(number) => Some(number as f64),
        _ => None,
    }
}

/// An opaque colour from `#rrggbb`.
pub(super) fn color_of(text: &str) -> Option<Rgba> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([r, g, b, 255])
}

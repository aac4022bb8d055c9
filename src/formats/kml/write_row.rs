//! A row as a placemark.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;

use super::plan::{ColorFields, Element, Plan, color_of, number_of};
use super::style::Rgba;
use super::style_columns::DOT;
use super::write::push_element;
use crate::formats::digits::{push_short, push_whole};
use crate::formats::xml::{is_writable, push_attribute, push_escaped};
use crate::table::{GeometryKind, GeometryRef, PartKind, PartRef, RingRef, Table, Value};

/// A row to be written.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub table: &'a Table,
    pub plan: &'a Plan,
    /// The names of the extended data, as attributes.
    pub names: &'a [Vec<u8>],
    /// The number of the table in the file.
    pub number: usize,
    /// The number of the look that all rows share.
    pub look: Option<usize>,
    /// The number of the row in the table.
    pub at: usize,
}

/// The names of the extended data, each as an attribute.
pub(super) fn attribute_names(table: &Table, plan: &Plan) -> Vec<Vec<u8>> {
    let fields = plan.data.iter().filter_map(|at| table.fields.get(*at));
    fields
        .map(|field| {
            let mut name = Vec::new();
            push_attribute(&mut name, "name", &field.name);
            name
        })
        .collect()
}

fn put(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

impl Row<'_> {
    fn value(&self, at: usize) -> Value<'_> {
        self.table.value(self.at, at)
    }

    fn text(&self, element: Element) -> Option<String> {
        let value = self.value(self.plan.of_element(element)?);
        Some(value.to_data_text()).filter(|_| !value.is_null())
    }

    /// Adds the placemark, its parts in the order of KML's schema.
    pub fn push(self, out: &mut Vec<u8>) {
        put(out, "<Placemark");
        if let Some(id) = id_of(self.table, self.at) {
            push_attribute(out, "id", &id);
        }
        put(out, ">\n");
        let name = self.text(Element::Name).or_else(|| {
            let value = self.value(self.plan.name?);
            Some(value.to_data_text()).filter(|_| !value.is_null())
        });
        name.iter().for_each(|name| push_element(out, "name", name));
        for (name, element) in [
            ("visibility", Element::Visibility),
            ("address", Element::Address),
            ("phoneNumber", Element::PhoneNumber),
            ("Snippet", Element::Snippet),
            ("description", Element::Description),
        ] {
            let text = self.text(element);
            let text = text.as_deref().map(|text| match (element, text) {
                (Element::Visibility, "true") => "1",
                (Element::Visibility, _) => "0",
                (_, text) => text,
            });
            text.iter().for_each(|text| push_element(out, name, text));
        }
        self.push_time(out);
        if let Some(look) = self.look {
            push_element(out, "styleUrl", &format!("#look{look}"));
        }
        if self.plan.has_looks() {
            self.push_style(out);
        }
        self.push_data(out);
        if let Some(geometry) = self.table.geometry.as_ref().map(|all| all.row(self.at))
            && is_writable(geometry)
        {
            self.push_geometry(out, geometry);
        }
        put(out, "</Placemark>\n");
    }

    fn push_time(&self, out: &mut Vec<u8>) {
        if let Some(moment) = self.text(Element::Timestamp) {
            put(out, "<TimeStamp>");
            push_element(out, "when", &moment);
            put(out, "</TimeStamp>\n");
        }
        let (begin, end) = (self.text(Element::Begin), self.text(Element::End));
        if begin.is_some() || end.is_some() {
            put(out, "<TimeSpan>");
            begin.iter().for_each(|begin| push_element(out, "begin", begin));
            end.iter().for_each(|end| push_element(out, "end", end));
            put(out, "</TimeSpan>\n");
        }
    }

    fn color(&self, fields: ColorFields) -> Option<Rgba> {
        let Value::Text(text) = self.value(fields.color?) else { return None };
        let [r, g, b, a] = color_of(text)?;
        let share = fields.opacity.and_then(|at| number_of(self.value(at)));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 255"
        )]
        let opacity = share.map(|share| (share.clamp(0.0, 1.0) * 255.0).round() as u8);
        Some([r, g, b, opacity.unwrap_or(a)])
    }

    fn push_style(&self, out: &mut Vec<u8>) {
        let [line, inside, marker, label] = self.plan.colors.map(|fields| self.color(fields));
        let number = |at: Option<usize>| at.and_then(|at| number_of(self.value(at)));
        let icon = self.plan.icon.map(|at| self.value(at)).filter(|icon| !icon.is_null());
        let width = number(self.plan.width);
        let scales = [number(self.plan.icon_scale), number(self.plan.label_scale)];
        let parts = [
            ("IconStyle", marker, scales[0], "scale", icon),
            ("LabelStyle", label, scales[1], "scale", None),
            ("LineStyle", line, width, "width", None),
            ("PolyStyle", inside, None, "", None),
        ];
        let some = |color: Option<Rgba>, size: Option<f64>, icon: Option<Value<'_>>| {
            color.is_some() || size.is_some() || icon.is_some()
        };
        if !parts.iter().any(|(_, color, size, _, icon)| some(*color, *size, *icon)) {
            return;
        }
        put(out, "<Style>");
        for (part, color, size, size_name, icon) in parts {
            if !some(color, size, icon) {
                continue;
            }
            put(out, &format!("<{part}>"));
            color.iter().for_each(|color| push_kml_color(out, *color));
            if let Some(size) = size {
                put(out, &format!("<{size_name}>"));
                push_short(out, size);
                put(out, &format!("</{size_name}>"));
            }
            if part == "IconStyle" {
                put(out, "<Icon>");
                push_element(out, "href", &icon.map_or(DOT.to_owned(), |icon| icon.to_data_text()));
                put(out, "</Icon>");
            }
            put(out, &format!("</{part}>"));
        }
        put(out, "</Style>\n");
    }

    fn push_data(&self, out: &mut Vec<u8>) {
        let mut begun = false;
        for (at, name) in self.plan.data.iter().zip(self.names) {
            let value = self.value(*at);
            let is_number = |number: f64| number.is_finite();
            if value.is_null() || matches!(value, Value::Number(number) if !is_number(number)) {
                continue;
            }
            if !std::mem::replace(&mut begun, true) {
                put(out, "<ExtendedData><SchemaData schemaUrl=\"#schema");
                push_whole(out, i64::try_from(self.number).unwrap_or_default());
                put(out, "\">\n");
            }
            put(out, "<SimpleData");
            out.extend_from_slice(name);
            out.push(b'>');
            match value {
                Value::Text(text) | Value::Json(text) => push_escaped(out, text),
                Value::Boolean(is_so) => put(out, if is_so { "1" } else { "0" }),
                Value::Integer(number) => push_whole(out, number),
                Value::Number(number) => push_short(out, number),
                other => put(out, &other.to_data_text()),
            }
            put(out, "</SimpleData>\n");
        }
        if begun {
            put(out, "</SchemaData></ExtendedData>\n");
        }
    }

    fn push_geometry(&self, out: &mut Vec<u8>, geometry: GeometryRef<'_>) {
        if geometry.kind() == GeometryKind::GeometryCollection {
            put(out, "<MultiGeometry>");
            for (kind, parts) in geometry.members() {
                self.push_simple(out, kind, parts);
            }
            put(out, "</MultiGeometry>\n");
        } else {
            self.push_simple(out, geometry.kind(), geometry.parts());
        }
    }

    fn push_simple<'p>(
        &self,
        out: &mut Vec<u8>,
        kind: GeometryKind,
        parts: impl Iterator<Item = PartRef<'p>>,
    ) {
        if kind.is_multi() {
            put(out, "<MultiGeometry>");
        }
        parts.for_each(|part| self.push_part(out, part));
        if kind.is_multi() {
            put(out, "</MultiGeometry>\n");
        }
    }

    fn push_part(&self, out: &mut Vec<u8>, part: PartRef<'_>) {
        let name = match part.kind() {
            PartKind::Point => "Point",
            PartKind::Line => "LineString",
            PartKind::Polygon => "Polygon",
        };
        put(out, &format!("<{name}>"));
        if self.text(Element::Extrude).as_deref() == Some("true") {
            put(out, "<extrude>1</extrude>");
        }
        if let Some(mode) = self.text(Element::AltitudeMode) {
            push_element(out, "altitudeMode", &mode);
        }
        if part.kind() == PartKind::Polygon {
            for (at, ring) in part.rings().enumerate() {
                let boundary = if at == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
                put(out, &format!("<{boundary}><LinearRing>"));
                push_ring(out, ring, true);
                put(out, &format!("</LinearRing></{boundary}>"));
            }
        } else {
            push_ring(out, part.first_ring(), false);
        }
        put(out, &format!("</{name}>\n"));
    }
}

fn push_ring(out: &mut Vec<u8>, ring: RingRef<'_>, is_closed: bool) {
    put(out, "<coordinates>");
    let length = ring.xy().len();
    let closing = is_closed && ring.xy().first() != ring.xy().last();
    for (number, at) in (0..length).chain(closing.then_some(0)).enumerate() {
        let Some([x, y]) = ring.xy().get(at) else { continue };
        if number > 0 {
            out.push(b' ');
        }
        push_short(out, *x);
        out.push(b',');
        push_short(out, *y);
        if let Some(z) = ring.z().get(at).filter(|z| z.is_finite()) {
            out.push(b',');
            push_short(out, *z);
        }
    }
    put(out, "</coordinates>");
}

/// `<color>aabbggrr</color>`.
pub(super) fn push_kml_color(out: &mut Vec<u8>, [r, g, b, a]: Rgba) {
    put(out, &format!("<color>{a:02x}{b:02x}{g:02x}{r:02x}</color>"));
}

fn id_of(table: &Table, row: usize) -> Option<String> {
    let ids = table.ids.as_ref().filter(|ids| row < ids.len() && ids.is_valid(row))?;
    let number = ids.as_primitive_opt::<Int64Type>().map(|ids| ids.value(row).to_string());
    number.or_else(|| ids.as_string_opt::<i32>().map(|ids| ids.value(row).to_owned()))
}

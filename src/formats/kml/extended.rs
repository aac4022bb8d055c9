//! The extended data of placemarks, and the schemas that say what they are.

use std::collections::{HashMap, HashSet};

use super::placemark::OWN;
use crate::formats::xml::{GIVES_WAY, Repeats, Rows, Stop, Tag, Xml};
use crate::table::FieldKind;

/// The name of a value that has none.
const UNNAMED: &str = "Data";

/// The schemas of a file.
#[derive(Default)]
pub(super) struct Schemas {
    all: Vec<Schema>,
    by_id: HashMap<String, usize>,
    /// Schemas (second) whose fields a layer (first) has as columns.
    used: HashSet<(usize, usize)>,
}

struct Schema {
    fields: Vec<SchemaField>,
}

struct SchemaField {
    name: String,
    kind: Option<FieldKind>,
    label: Option<String>,
}

impl Schemas {
    /// Reads a schema whose start is taken.
    pub fn define(&mut self, xml: &mut Xml<'_>, tag: Tag<'_>) -> Result<(), Stop> {
        let id = tag.attribute("id").or_else(|| tag.attribute("name")).unwrap_or_default();
        let mut fields = Vec::new();
        while let Some(tag) = xml.child()? {
            if tag.local() != "SimpleField" {
                // Those of arrays say nothing about columns: what is in them tells.
                xml.skip()?;
                continue;
            }
            let name = tag.attribute("name").unwrap_or_default().into_owned();
            let kind = kind_of(&tag.attribute("type").unwrap_or_default());
            let mut label = None;
            while let Some(tag) = xml.child()? {
                if tag.local() == "displayName" {
                    label = Some(xml.text()?.into_owned());
                } else {
                    xml.skip()?;
                }
            }
            if !name.is_empty() {
                fields.push(SchemaField { name, kind, label });
            }
        }
        self.by_id.insert(id.into_owned(), self.all.len());
        self.all.push(Schema { fields });
        Ok(())
    }

    /// Makes columns of the fields of all schemas, for a layer without rows.
    pub fn fields_of_all(&self, rows: &mut Rows) {
        for field in self.all.iter().flat_map(|schema| &schema.fields) {
            let column = rows.column(&field.name, field.kind);
            if let (Some(at), Some(label)) = (column, &field.label) {
                rows.label(at, label);
            }
        }
    }

    /// Reads the `ExtendedData` of a placemark, whose start is taken.
    pub fn read(&mut self, xml: &mut Xml<'_>, rows: &mut Rows, layer: usize) -> Result<(), Stop> {
        while let Some(tag) = xml.child()? {
            match tag.local() {
                "Data" => data(xml, tag, rows)?,
                "SchemaData" => {
                    let url = tag.attribute("schemaUrl").unwrap_or_default();
                    let id = url.rsplit_once('#').map_or(&*url, |(_, id)| id);
                    let schema = self.by_id.get(id).copied();
                    if let Some(schema) = schema {
                        self.make_columns(schema, layer, rows);
                    }
                    simple_data(xml, rows)?;
                }
                // Elements of the program that made the file.
                name => {
                    let column = column_name(name);
                    set(rows, &column, None, &xml.text()?);
                }
            }
        }
        Ok(())
    }

    fn make_columns(&mut self, schema: usize, layer: usize, rows: &mut Rows) {
        if !self.used.insert((layer, schema)) {
            return;
        }
        for field in self.all.get(schema).iter().flat_map(|schema| &schema.fields) {
            let column = rows.column(&column_name(&field.name), field.kind);
            if let (Some(at), Some(label)) = (column, &field.label) {
                rows.label(at, label);
            }
        }
    }
}

/// An untyped value.
fn data(xml: &mut Xml<'_>, tag: Tag<'_>, rows: &mut Rows) -> Result<(), Stop> {
    let name = tag.attribute("name").unwrap_or_default();
    let (mut label, mut value) = (None, None);
    while let Some(tag) = xml.child()? {
        match tag.local() {
            "displayName" => label = Some(xml.text()?),
            "value" => value = Some(xml.text()?),
            name => {
                rows.not_kept(name);
                xml.skip()?;
            }
        }
    }
    let label = label.as_deref().map(str::trim).filter(|label| !label.is_empty());
    let name = if name.is_empty() { label.unwrap_or(UNNAMED) } else { &name };
    let Some(at) = rows.column(&column_name(name), None) else { return Ok(()) };
    if let Some(label) = label.filter(|label| *label != name) {
        rows.label(at, label);
    }
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        rows.set_at(at, &value, Repeats::Dropped);
    }
    Ok(())
}

/// The values of a schema's fields.
fn simple_data(xml: &mut Xml<'_>, rows: &mut Rows) -> Result<(), Stop> {
    while let Some(tag) = xml.child()? {
        if tag.local() != "SimpleData" {
            rows.not_kept(tag.local());
            xml.skip()?;
            continue;
        }
        let name = tag.attribute("name").unwrap_or_default();
        let name = column_name(if name.is_empty() { UNNAMED } else { &name });
        let value = xml.text()?;
        let Some(at) = rows.column(&name, None) else { continue };
        // That a text is there and empty was meant so by whoever said that it is a text.
        if !value.is_empty() || rows.told(at) == Some(FieldKind::Text) {
            rows.set_at(at, &value, Repeats::Dropped);
        }
    }
    Ok(())
}

fn set(rows: &mut Rows, name: &str, told: Option<FieldKind>, value: &str) {
    if !value.is_empty() {
        rows.set(name, told, value, Repeats::Dropped);
    }
}

/// The column of extended data: elements of the placemark go before.
fn column_name(name: &str) -> String {
    if OWN.contains(&name) { format!("{name}{GIVES_WAY}") } else { name.to_owned() }
}

fn kind_of(name: &str) -> Option<FieldKind> {
    let plain = name.rsplit_once(':').map_or(name, |(_, plain)| plain);
    match plain {
        "string" => Some(FieldKind::Text),
        "bool" | "boolean" => Some(FieldKind::Boolean),
        "int" | "uint" | "short" | "ushort" | "long" | "integer" => Some(FieldKind::Integer),
        "float" | "double" => Some(FieldKind::Number),
        _ => None,
    }
}

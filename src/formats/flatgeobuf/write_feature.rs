//! A row as a feature: a flatbuffer with its length before it.

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::{ColumnType, Feature, FeatureArgs, Geometry, GeometryArgs, GeometryType};

use crate::formats::digits::push_date;
use crate::table::{
    FieldKind, GeometryColumn, GeometryKind, GeometryRef, PartRef, RingRef, Table, Value,
};

/// The number of a geometry type in the file.
pub(super) fn type_of(kind: GeometryKind) -> GeometryType {
    match kind {
        GeometryKind::Null => GeometryType::Unknown,
        GeometryKind::Point => GeometryType::Point,
        GeometryKind::LineString => GeometryType::LineString,
        GeometryKind::Polygon => GeometryType::Polygon,
        GeometryKind::MultiPoint => GeometryType::MultiPoint,
        GeometryKind::MultiLineString => GeometryType::MultiLineString,
        GeometryKind::MultiPolygon => GeometryType::MultiPolygon,
        GeometryKind::GeometryCollection => GeometryType::GeometryCollection,
    }
}

/// The type of a column in the file. Dates and moments are texts of a type of their own.
pub(super) fn column_type(kind: FieldKind) -> ColumnType {
    match kind {
        FieldKind::Boolean => ColumnType::Bool,
        FieldKind::Integer => ColumnType::Long,
        FieldKind::Number => ColumnType::Double,
        FieldKind::Text => ColumnType::String,
        FieldKind::Json => ColumnType::Json,
        FieldKind::Date | FieldKind::DateTime(_) => ColumnType::DateTime,
    }
}

/// Makes features of the rows of a table, with room that is used again.
pub(super) struct Encoder<'t> {
    table: &'t Table,
    builder: FlatBufferBuilder<'static>,
    properties: Vec<u8>,
    ends: Vec<u32>,
    numbers: Vec<f64>,
    z: bool,
    m: bool,
}

impl<'t> Encoder<'t> {
    pub(super) fn new(table: &'t Table) -> Encoder<'t> {
        let has = |of: fn(&GeometryColumn) -> bool| table.geometry.as_deref().is_some_and(of);
        Encoder {
            table,
            builder: FlatBufferBuilder::new(),
            properties: Vec::new(),
            ends: Vec::new(),
            numbers: Vec::new(),
            z: has(GeometryColumn::has_z),
            m: has(GeometryColumn::has_m),
        }
    }

    /// Adds the feature of a row.
    pub(super) fn add(&mut self, row: usize, bytes: &mut Vec<u8>) {
        self.builder.reset();
        let geometry = self.table.geometry.as_deref().map(|geometry| geometry.row(row));
        let geometry = geometry.filter(|row| !row.is_empty()).map(|row| self.geometry(row));
        self.fill_properties(row);
        let properties =
            (!self.properties.is_empty()).then(|| self.builder.create_vector(&self.properties));
        let arguments = FeatureArgs { geometry, properties, columns: None };
        let feature = Feature::create(&mut self.builder, &arguments);
        self.builder.finish_size_prefixed(feature, None);
        bytes.extend_from_slice(self.builder.finished_data());
    }

    fn geometry(&mut self, row: GeometryRef<'_>) -> WIPOffset<Geometry<'static>> {
        if row.kind() != GeometryKind::GeometryCollection {
            return self.simple(row.kind(), row.parts());
        }
        let members: Vec<_> = row
            .members()
            .filter(|(_, parts)| parts.len() > 0)
            .map(|(kind, parts)| self.simple(kind, parts))
            .collect();
        self.with_parts(GeometryType::GeometryCollection, &members)
    }

    fn with_parts(
        &mut self,
        type_: GeometryType,
        parts: &[WIPOffset<Geometry<'static>>],
    ) -> WIPOffset<Geometry<'static>> {
        let parts = Some(self.builder.create_vector(parts));
        Geometry::create(
            &mut self.builder,
            &GeometryArgs { type_, parts, ..GeometryArgs::default() },
        )
    }

    fn simple<'a>(
        &mut self,
        kind: GeometryKind,
        parts: impl ExactSizeIterator<Item = PartRef<'a>>,
    ) -> WIPOffset<Geometry<'static>> {
        if kind == GeometryKind::MultiPolygon {
            let polygons: Vec<_> =
                parts.map(|part| self.of_rings(GeometryType::Polygon, part.rings())).collect();
            return self.with_parts(GeometryType::MultiPolygon, &polygons);
        }
        self.of_rings(type_of(kind), parts.flat_map(|part| part.rings()))
    }

    /// A geometry of rings one after another. Where each ends is told of several lines, even where
    /// there is only one, and of the rings of a polygon where there are holes.
    fn of_rings<'a>(
        &mut self,
        type_: GeometryType,
        rings: impl Iterator<Item = RingRef<'a>>,
    ) -> WIPOffset<Geometry<'static>> {
        let rings: Vec<RingRef<'a>> = rings.collect();
        let tells_ends = type_ == GeometryType::MultiLineString
            || type_ == GeometryType::Polygon && rings.len() > 1;
        self.ends.clear();
        if tells_ends {
            let mut end = 0_u32;
            self.ends.extend(rings.iter().map(|ring| {
                end = end.saturating_add(u32::try_from(ring.xy().len()).unwrap_or(u32::MAX));
                end
            }));
        }
        let xy = |ring: &RingRef<'a>| ring.xy().as_flattened().to_vec();
        let xy = Some(if let [ring] = rings.as_slice() {
            self.builder.create_vector(ring.xy().as_flattened())
        } else {
            self.numbers.clear();
            self.numbers.extend(rings.iter().flat_map(xy));
            self.builder.create_vector(&self.numbers)
        });
        // Readers expect as many as there are positions wherever the file has them at all.
        let mut optional = |there: bool, of: fn(&RingRef<'a>) -> &'a [f64]| {
            there.then(|| {
                self.numbers.clear();
                for ring in &rings {
                    let missing = ring.xy().len().saturating_sub(of(ring).len());
                    self.numbers.extend_from_slice(of(ring));
                    self.numbers.extend(std::iter::repeat_n(f64::NAN, missing));
                }
                self.builder.create_vector(&self.numbers)
            })
        };
        let (z, m) = (optional(self.z, RingRef::z), optional(self.m, RingRef::m));
        let ends = tells_ends.then(|| self.builder.create_vector(&self.ends));
        let arguments = GeometryArgs { ends, xy, z, m, type_, ..GeometryArgs::default() };
        Geometry::create(&mut self.builder, &arguments)
    }

    fn fill_properties(&mut self, row: usize) {
        let bytes = &mut self.properties;
        bytes.clear();
        for (at, number) in (0..self.table.fields.len()).zip(0_u16..) {
            let value = self.table.value(row, at);
            if value.is_null() {
                continue;
            }
            bytes.extend(number.to_le_bytes());
            match value {
                Value::Null => {}
                Value::Boolean(value) => bytes.push(u8::from(value)),
                Value::Integer(value) => bytes.extend(value.to_le_bytes()),
                Value::Number(value) => bytes.extend(value.to_le_bytes()),
                Value::Text(text) | Value::Json(text) => {
                    counted(bytes, |bytes| bytes.extend_from_slice(text.as_bytes()));
                }
                Value::Date(date) => counted(bytes, |bytes| push_date(bytes, date, "-")),
                Value::DateTime(at, form) => counted(bytes, |bytes| form.push(bytes, at)),
            }
        }
    }
}

/// Adds bytes with their number before them.
fn counted(bytes: &mut Vec<u8>, add: impl FnOnce(&mut Vec<u8>)) {
    let start = bytes.len();
    bytes.extend([0; 4]);
    add(bytes);
    // A column holds at most 2 GiB of text.
    let length = u32::try_from(bytes.len() - start - 4).unwrap_or(u32::MAX);
    if let Some(place) = bytes.get_mut(start..start + 4) {
        place.copy_from_slice(&length.to_le_bytes());
    }
}

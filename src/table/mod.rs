//! What a layer holds: rows of geometry and attributes, in columns, as read and never changed.
//!
//! A [`Table`] keeps the source's coordinates in the source's CRS. Attributes are Arrow arrays,
//! geometry is one flat [`GeometryColumn`]. Tables are shared as `Arc<Table>` and immutable.

mod bars;
mod columns;
mod compare;
mod dates;
mod extent;
mod field;
mod free_name;
mod geometry;
mod geometry_builder;
mod geometry_geo;
mod hilbert;
mod identity;
mod index;
mod look;
mod moment;
mod naming;
mod offsets;
mod row_set;
mod select;
mod statistics;
mod text_evidence;
mod typing;
mod value;

pub use bars::{
    Axis, BarOf, Bars, Course, CourseLine, MOST_POINTS, MOST_STEPS, Scatter, Tally, USUAL_BARS,
    share,
};
pub use columns::{ColumnBuilder, TooMuchText};
pub use compare::{Differences, PairedBy};
pub use dates::{as_dates, read_date, read_date_of};
pub use extent::Extent;
pub use field::{DateTimeForm, Field, FieldKind, Offset};
pub use free_name::free_name;
pub use geometry::{GeometryColumn, GeometryKind, GeometryRef, PartKind, PartRef, RingRef};
pub use geometry_builder::GeometryBuilder;
pub use identity::{Identity, RowKey};
pub use index::SpatialIndex;
pub use look::Look;
pub use moment::push_date;
pub use row_set::RowSet;
pub use statistics::{BINS, MOST_VALUES, Numbers, Statistics, ValueCount, value_holds};
pub use text_evidence::{EncodingSource, TextCandidate, TextEvidence};
pub use typing::{
    Examples, Fit, Misfit, Offer, ReadAs, Typed, examples, fits, is_no_value, offers, read_fields,
    texts_of, typed,
};
pub use value::Value;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use arrow_array::{Array, ArrayRef};

use crate::crs::{LayerCrs, lon_lat_bounds};
use crate::jobs::Watch;
use crate::problem::Problems;

/// Where a table came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The file; empty for a table made by the program.
    pub path: PathBuf,
    /// The [`crate::formats::Format::id`] it was read with.
    pub format: &'static str,
    /// The layer inside the file, where a file holds several.
    pub layer: Option<String>,
    /// The text encoding, where the format has a choice (`UTF-8`, `windows-1252`).
    pub encoding: Option<String>,
    /// What speaks for which encoding, where the bytes were looked at.
    pub texts: Option<Arc<TextEvidence>>,
    /// A line about the data that stands in the file itself ("sample data, not official").
    pub note: Option<String>,
    /// How all rows look alike, where the source says so.
    pub look: Option<Look>,
    /// How its rows look, where the source keeps a style of QGIS (QML) for them.
    pub style: Option<Arc<str>>,
    /// What was lost or changed while reading.
    pub problems: Problems,
}

/// Rows of geometry and attributes.
#[derive(Debug)]
pub struct Table {
    /// The layer's name as the source gives it, or the file's name without extension.
    pub name: String,
    /// The attributes' names and kinds, in the source's order.
    pub fields: Vec<Field>,
    /// One array per field, all of the same length.
    pub columns: Vec<ArrayRef>,
    /// The geometry, unless the source has none at all. Shared with tables that have the same rows.
    pub geometry: Option<Arc<GeometryColumn>>,
    /// The features' identifiers where the source has them apart from the attributes
    /// (GeoJSON `id`): an Int64 or Utf8 array.
    pub ids: Option<ArrayRef>,
    /// The CRS of the geometry; none when unknown.
    pub crs: Option<LayerCrs>,
    /// Where it came from.
    pub origin: Origin,
    rows: usize,
    /// The table whose rows these are, with columns added; its identities count, and its index
    /// where the rows lie as they do there.
    base: Option<Arc<Table>>,
    index: OnceLock<SpatialIndex>,
    /// The extent of all rows, as old as the index.
    whole: OnceLock<Option<Extent>>,
    identity: OnceLock<Identity>,
}

impl Table {
    /// Puts a table together.
    ///
    /// # Errors
    /// When fields and columns do not match, or a column or the geometry has another length than
    /// `rows`. Readers build all columns row by row, so this is a defect of the reader, not of the
    /// file.
    pub fn new(
        name: impl Into<String>,
        rows: usize,
        fields: Vec<Field>,
        columns: Vec<ArrayRef>,
        geometry: Option<GeometryColumn>,
    ) -> Result<Table, UnequalColumns> {
        let name = name.into();
        if fields.len() != columns.len() {
            return Err(UnequalColumns { table: name, rows, found: columns.len() });
        }
        let lengths = columns.iter().map(Array::len);
        let geometry_length = geometry.as_ref().map(GeometryColumn::len);
        let geometry = geometry.map(Arc::new);
        if let Some(found) = lengths.chain(geometry_length).find(|length| *length != rows) {
            return Err(UnequalColumns { table: name, rows, found });
        }
        Ok(Table {
            name,
            fields,
            columns,
            geometry,
            ids: None,
            crs: None,
            origin: Origin::default(),
            rows,
            base: None,
            index: OnceLock::new(),
            whole: OnceLock::new(),
            identity: OnceLock::new(),
        })
    }

    /// The number of rows (features).
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The position of a field by its exact name, or else by its name without regard to case.
    pub fn field_index(&self, name: &str) -> Option<usize> {
        let exact = self.fields.iter().position(|field| field.name == name);
        exact.or_else(|| {
            let wanted = name.to_lowercase();
            self.fields.iter().position(|field| field.name.to_lowercase() == wanted)
        })
    }

    /// A field by its exact name, or else by its name without regard to case.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.field_index(name).and_then(|at| self.fields.get(at))
    }

    /// A column by the name of its field.
    pub fn column(&self, name: &str) -> Option<&ArrayRef> {
        self.field_index(name).and_then(|at| self.columns.get(at))
    }

    /// The extent of all geometry in the source CRS; none when there is none.
    pub fn extent(&self) -> Option<Extent> {
        self.geometry.as_ref().and_then(|geometry| geometry.extent())
    }

    /// West, south, east and north of all geometry in degrees, WGS 84; none when nothing of it has a
    /// place, or the person cancelled. Goes through all positions: for a job.
    pub fn extent_wgs84(&self, watch: &Watch) -> Option<Extent> {
        let (geometry, crs) = (self.geometry.as_ref()?, self.crs.as_ref()?);
        let (found, _) = lon_lat_bounds(crs, geometry.xy(), &watch.unseen()).ok()?;
        found.map(|[min_x, min_y, max_x, max_y]| Extent { min_x, min_y, max_x, max_y })
    }

    /// The spatial index over the rows in source coordinates, built at the first call: call it
    /// from a job for large tables.
    pub fn index(&self) -> &SpatialIndex {
        if let Some(base) = self.base.as_ref().filter(|base| self.lies_as(base)) {
            return base.index();
        }
        let build = || SpatialIndex::of(self.geometry.as_deref(), &Watch::unwatched());
        // Nobody cancels.
        self.index.get_or_init(|| build().unwrap_or_default())
    }

    /// The rows whose extent meets a rectangle in source coordinates, and perhaps a few beside it, from
    /// the first to the last. Makes the spatial index where the rectangle does not have everything in
    /// it: call it from a job for large tables.
    pub fn rows_in(&self, rectangle: &Extent) -> Vec<usize> {
        if self.lies_in(rectangle) {
            return (0..self.rows()).filter(|row| self.has_place(*row)).collect();
        }
        self.index().search_in_order(rectangle, self.rows())
    }

    /// Whether a wanted row is among those of [`Self::rows_in`].
    pub fn has_row_in(&self, rectangle: &Extent, is_wanted: impl Fn(usize) -> bool) -> bool {
        if self.lies_in(rectangle) {
            return (0..self.rows()).any(|row| self.has_place(row) && is_wanted(row));
        }
        self.index().search(rectangle).into_iter().any(is_wanted)
    }

    /// Whether everything that has a place lies in a rectangle in source coordinates.
    fn lies_in(&self, rectangle: &Extent) -> bool {
        self.whole.get_or_init(|| self.extent()).is_none_or(|whole| rectangle.covers(&whole))
    }

    fn has_place(&self, row: usize) -> bool {
        let is_finite = |[x, y]: &[f64; 2]| x.is_finite() && y.is_finite();
        self.geometry.as_ref().is_some_and(|it| it.row(row).xy().iter().any(is_finite))
    }

    /// Whether the rows lie where those of another table do.
    fn lies_as(&self, other: &Table) -> bool {
        match (&self.geometry, &other.geometry) {
            (Some(ours), Some(theirs)) => Arc::ptr_eq(ours, theirs),
            (None, None) => true,
            _ => false,
        }
    }

    /// The rows' identity, computed at the first call: call it from a job for large tables.
    /// Columns added to a table do not change it.
    pub fn identity(&self) -> &Identity {
        if let Some(base) = &self.base {
            return base.identity();
        }
        self.identity.get_or_init(|| Identity::of(self))
    }

    /// Shares the table.
    pub fn shared(self) -> Arc<Table> {
        Arc::new(self)
    }
}

/// Columns of different length were put into one table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("table {table:?} has {rows} rows, but a column (or the list of columns) has {found}")]
pub struct UnequalColumns {
    /// The table's name.
    pub table: String,
    /// The rows it should have.
    pub rows: usize,
    /// What was found.
    pub found: usize,
}

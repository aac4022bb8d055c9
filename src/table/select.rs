//! Tables made from tables: some rows, some columns, other coordinates.

use arrow_array::{ArrayRef, BooleanArray, UInt64Array};
use arrow_schema::ArrowError;
use arrow_select::filter::filter;
use arrow_select::take::take;

use super::{GeometryBuilder, GeometryColumn, Table};

impl Table {
    /// The rows where `mask` is true, in the same order. Null counts as false.
    ///
    /// # Errors
    /// When the mask has another length than the table.
    pub fn filter_rows(&self, mask: &BooleanArray) -> Result<Table, ArrowError> {
        use arrow_array::Array;
        if mask.len() != self.rows() {
            return Err(ArrowError::InvalidArgumentError(format!(
                "a mask of {} for {} rows",
                mask.len(),
                self.rows()
            )));
        }
        let kept = (0..mask.len()).filter(|row| mask.is_valid(*row) && mask.value(*row));
        let kept: Vec<usize> = kept.collect();
        self.rebuild(&kept, |column| filter(column, mask))
    }

    /// The given rows in the given order.
    ///
    /// # Errors
    /// When a row does not exist.
    pub fn take_rows(&self, rows: &[usize]) -> Result<Table, ArrowError> {
        let indices = UInt64Array::from_iter_values(rows.iter().map(|row| *row as u64));
        self.rebuild(rows, |column| take(column, &indices, None))
    }

    fn rebuild(
        &self,
        rows: &[usize],
        pick: impl Fn(&dyn arrow_array::Array) -> Result<ArrayRef, ArrowError>,
    ) -> Result<Table, ArrowError> {
        let columns = self.columns.iter().map(|column| pick(column)).collect::<Result<_, _>>()?;
        let geometry = self.geometry.as_ref().map(|geometry| take_geometry(geometry, rows));
        let ids = self.ids.as_ref().map(|ids| pick(ids)).transpose()?;
        let made =
            Table::new(self.name.clone(), rows.len(), self.fields.clone(), columns, geometry);
        let mut made = made.map_err(|error| ArrowError::InvalidArgumentError(error.to_string()))?;
        made.ids = ids;
        made.crs = self.crs.clone();
        made.origin = self.origin.clone();
        Ok(made)
    }

    /// The given columns in the given order; positions that do not exist are left out.
    #[must_use]
    pub fn select_columns(&self, columns: &[usize]) -> Table {
        let picked =
            columns.iter().filter_map(|at| Some((self.fields.get(*at)?, self.columns.get(*at)?)));
        let (fields, columns) =
            picked.map(|(field, column)| (field.clone(), column.clone())).unzip();
        self.with_parts(fields, columns, self.geometry.clone())
    }

    /// The same rows with other geometry, of the same length.
    #[must_use]
    pub fn with_geometry(&self, geometry: Option<GeometryColumn>) -> Table {
        self.with_parts(self.fields.clone(), self.columns.clone(), geometry)
    }

    fn with_parts(
        &self,
        fields: Vec<super::Field>,
        columns: Vec<ArrayRef>,
        geometry: Option<GeometryColumn>,
    ) -> Table {
        debug_assert!(geometry.as_ref().is_none_or(|geometry| geometry.len() == self.rows));
        Table {
            name: self.name.clone(),
            fields,
            columns,
            geometry,
            ids: self.ids.clone(),
            crs: self.crs.clone(),
            origin: self.origin.clone(),
            rows: self.rows,
            index: std::sync::OnceLock::new(),
            identity: std::sync::OnceLock::new(),
        }
    }
}

fn take_geometry(geometry: &GeometryColumn, rows: &[usize]) -> GeometryColumn {
    let mut builder = GeometryBuilder::with_capacity(rows.len(), 0);
    rows.iter().for_each(|row| builder.copy_row(geometry.row(*row)));
    // A selection cannot have more coordinates than its source unless rows repeat; then it fails
    // only past four billion, where an empty column is not reached in memory.
    builder.finish().unwrap_or_default()
}

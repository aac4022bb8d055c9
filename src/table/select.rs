//! Tables made from tables: some rows, some columns, other coordinates.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BooleanArray, UInt64Array};
use arrow_schema::ArrowError;
use arrow_select::filter::filter;
use arrow_select::take::take;

use super::{Field, GeometryBuilder, GeometryColumn, Table, UnequalColumns};
use crate::crs::LayerCrs;

impl Table {
    /// The rows where `mask` is true, in the same order. Null counts as false.
    ///
    /// # Errors
    /// When the mask has another length than the table.
    pub fn filter_rows(&self, mask: &BooleanArray) -> Result<Table, ArrowError> {
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
        pick: impl Fn(&dyn Array) -> Result<ArrayRef, ArrowError>,
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
        self.with_parts(self.fields.clone(), self.columns.clone(), geometry.map(Arc::new))
    }

    /// The same table once more, sharing all that is large.
    #[must_use]
    pub fn shallow_copy(&self) -> Table {
        let mut copy =
            self.with_parts(self.fields.clone(), self.columns.clone(), self.geometry.clone());
        copy.base.clone_from(&self.base);
        copy
    }

    /// The same rows with columns added after the others. Nothing is copied; the rows keep their
    /// identity and their spatial index.
    ///
    /// # Errors
    /// When fields and columns do not match, or a column is longer or shorter than the table.
    pub fn with_columns_added(
        self: &Arc<Table>,
        fields: Vec<Field>,
        columns: Vec<ArrayRef>,
    ) -> Result<Table, UnequalColumns> {
        let wrong = |found| UnequalColumns { table: self.name.clone(), rows: self.rows, found };
        if fields.len() != columns.len() {
            return Err(wrong(columns.len()));
        }
        let lengths = columns.iter().map(Array::len);
        if let Some(found) = lengths.into_iter().find(|length| *length != self.rows) {
            return Err(wrong(found));
        }
        let fields = self.fields.iter().cloned().chain(fields).collect();
        let columns = self.columns.iter().cloned().chain(columns).collect();
        let mut made = self.with_parts(fields, columns, self.geometry.clone());
        made.base = Some(self.base.clone().unwrap_or_else(|| self.clone()));
        Ok(made)
    }

    /// The same rows elsewhere, with columns added; they keep their identity.
    ///
    /// # Errors
    /// As [`Self::with_columns_added`]; also when there are more or fewer places than rows.
    pub fn with_place(
        self: &Arc<Table>,
        geometry: GeometryColumn,
        crs: LayerCrs,
        (fields, columns): (Vec<Field>, Vec<ArrayRef>),
    ) -> Result<Table, UnequalColumns> {
        if geometry.len() != self.rows {
            let (table, rows) = (self.name.clone(), self.rows);
            return Err(UnequalColumns { table, rows, found: geometry.len() });
        }
        let mut made = self.with_columns_added(fields, columns)?;
        (made.geometry, made.crs) = (Some(Arc::new(geometry)), Some(crs));
        Ok(made)
    }

    /// The same rows with other values, of the same fields.
    ///
    /// # Errors
    /// When there are more or fewer columns than fields, or one is longer or shorter than the
    /// table.
    pub fn with_values(&self, columns: Vec<ArrayRef>) -> Result<Table, UnequalColumns> {
        let wrong = |found| UnequalColumns { table: self.name.clone(), rows: self.rows, found };
        if columns.len() != self.fields.len() {
            return Err(wrong(columns.len()));
        }
        if let Some(found) = columns.iter().map(Array::len).find(|length| *length != self.rows) {
            return Err(wrong(found));
        }
        Ok(self.with_parts(self.fields.clone(), columns, self.geometry.clone()))
    }

    /// How many of its columns were added to another table: the last ones.
    pub fn columns_added(&self) -> usize {
        let own = self.base.as_ref().map_or(self.fields.len(), |base| base.fields.len());
        self.fields.len().saturating_sub(own)
    }

    fn with_parts(
        &self,
        fields: Vec<Field>,
        columns: Vec<ArrayRef>,
        geometry: Option<Arc<GeometryColumn>>,
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
            base: None,
            index: std::sync::OnceLock::new(),
            whole: std::sync::OnceLock::new(),
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

#[cfg(test)]
mod tests {
    use arrow_array::Int64Array;

    use super::*;
    use crate::table::FieldKind;

    #[test]
    fn columns_added_leave_rows_their_identity_and_place() {
        let mut builder = GeometryBuilder::new();
        builder.push_point([3.7, 51.0]);
        builder.push_point([3.8, 51.1]);
        let column: ArrayRef = Arc::new(Int64Array::from(vec![7, 8]));
        let fields = vec![Field::new("a", FieldKind::Integer)];
        let columns = vec![column.clone()];
        let table = Table::new("t", 2, fields, columns, builder.finish().ok()).unwrap().shared();
        let added = |name: &str, table: &Arc<Table>| {
            let fields = vec![Field::new(name, FieldKind::Integer)];
            table.with_columns_added(fields, vec![column.clone()]).unwrap().shared()
        };
        let wider = added("b", &table);
        let widest = added("c", &wider);
        assert_eq!(widest.fields.len(), 3);
        assert_eq!([&table, &wider, &widest].map(|t| t.columns_added()), [0, 1, 2]);
        assert_eq!(widest.identity().key(1), table.identity().key(1));
        assert!(std::ptr::eq(widest.index(), table.index()));
        let shares = table.geometry.as_ref().zip(widest.geometry.as_ref());
        assert!(shares.is_some_and(|(a, b)| Arc::ptr_eq(a, b)));
        // Rows taken from it are rows of their own.
        let taken = widest.take_rows(&[1]).unwrap();
        assert_eq!((taken.rows(), taken.columns_added()), (1, 0));
        assert!(table.with_columns_added(Vec::new(), vec![column.clone()]).is_err());
        let short: ArrayRef = Arc::new(Int64Array::from(vec![7]));
        let field = vec![Field::new("b", FieldKind::Integer)];
        assert!(table.with_columns_added(field, vec![short]).is_err());
    }
}

//! What a function gets: its arguments as the kinds it wants, and a way to make its result.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::types::ArrowPrimitiveType;
use arrow_array::{Array, BooleanArray, Float64Array, Int64Array, PrimitiveArray, StringArray};
use chrono::NaiveDateTime;

use crate::i18n::Message;
use crate::query::QueryError;
use crate::query::compare::Placed;
use crate::query::operand::{Kind, Operand};
use crate::query::syntax::Node;

/// A call of a function.
pub(in crate::query) struct Call<'a> {
    /// The call in the condition.
    pub node: &'a Node,
    /// Its arguments in the condition.
    pub nodes: &'a [Node],
    /// Their values.
    pub operands: Vec<Operand>,
    /// The rows of the table.
    pub rows: usize,
    /// Now in UTC, and the minutes east of it.
    pub now: (NaiveDateTime, i16),
}

/// The values of an argument, row by row.
pub(in crate::query) struct Cells<T> {
    array: T,
    scalar: bool,
}

impl Cells<StringArray> {
    pub fn get(&self, row: usize) -> Option<&str> {
        let row = if self.scalar { 0 } else { row };
        (row < self.array.len() && self.array.is_valid(row)).then(|| self.array.value(row))
    }
}

impl<T: ArrowPrimitiveType> Cells<PrimitiveArray<T>> {
    pub fn get(&self, row: usize) -> Option<T::Native> {
        let row = if self.scalar { 0 } else { row };
        (row < self.array.len() && self.array.is_valid(row)).then(|| self.array.value(row))
    }
}

impl Call<'_> {
    /// An argument and its place; null beyond the last.
    pub fn argument(&self, at: usize) -> Option<Placed<'_>> {
        self.operands.get(at).zip(self.nodes.get(at))
    }

    /// An argument as a kind. Text that is no such value is null.
    pub fn cast(&self, at: usize, kind: Kind) -> Result<Operand, QueryError> {
        let Some((operand, node)) = self.argument(at) else {
            return Err(self.failed());
        };
        operand.cast(kind).ok_or_else(|| {
            let message = Message::new("query-cannot-convert")
                .message("from", operand.kind.message())
                .message("to", kind.message());
            QueryError::new(node.span.clone(), message)
        })
    }

    pub fn texts(&self, at: usize) -> Result<Cells<StringArray>, QueryError> {
        let operand = self.cast(at, Kind::Text)?;
        let array = operand.texts().cloned().ok_or_else(|| self.failed())?;
        Ok(Cells { array, scalar: operand.scalar })
    }

    pub fn integers(&self, at: usize) -> Result<Cells<Int64Array>, QueryError> {
        let operand = self.cast(at, Kind::Integer)?;
        let array = operand.integers().cloned().ok_or_else(|| self.failed())?;
        Ok(Cells { array, scalar: operand.scalar })
    }

    pub fn numbers(&self, at: usize) -> Result<Cells<Float64Array>, QueryError> {
        let operand = self.cast(at, Kind::Number)?;
        let array = operand.numbers().cloned().ok_or_else(|| self.failed())?;
        Ok(Cells { array, scalar: operand.scalar })
    }

    /// Whether every argument is one value, so that the result is too.
    fn scalar(&self) -> bool {
        self.operands.iter().all(|operand| operand.scalar)
    }

    fn result_rows(&self) -> usize {
        if self.scalar() { 1 } else { self.rows }
    }

    pub fn make_booleans(&self, value: impl Fn(usize) -> Option<bool>) -> Operand {
        let array: BooleanArray = (0..self.result_rows()).map(value).collect();
        Operand::boolean(array, self.scalar())
    }

    pub fn make<T: ArrowPrimitiveType>(
        &self,
        kind: Kind,
        value: impl Fn(usize) -> Option<T::Native>,
    ) -> Operand
    where
        PrimitiveArray<T>: FromIterator<Option<T::Native>>,
    {
        let array: PrimitiveArray<T> = (0..self.result_rows()).map(value).collect();
        Operand::new(Arc::new(array), self.scalar(), kind)
    }

    /// Texts.
    ///
    /// # Errors
    /// When they are more than 2 GiB together, which an Arrow column of texts cannot hold.
    pub fn make_texts<S: AsRef<str>>(
        &self,
        value: impl Fn(usize) -> Option<S>,
    ) -> Result<Operand, QueryError> {
        let rows = self.result_rows();
        let mut builder = StringBuilder::with_capacity(rows, rows.saturating_mul(8));
        let mut length = 0_usize;
        for row in 0..rows {
            let text = value(row);
            length += text.as_ref().map_or(0, |text| text.as_ref().len());
            if i32::try_from(length).is_err() {
                let message = Message::new("query-too-much-text");
                return Err(QueryError::new(self.node.span.clone(), message));
            }
            builder.append_option(text);
        }
        Ok(Operand::new(Arc::new(builder.finish()), self.scalar(), Kind::Text))
    }

    pub fn failed(&self) -> QueryError {
        let message = Message::new("query-failed").text("detail", "");
        QueryError::new(self.node.span.clone(), message)
    }
}

//! Values of one type as they come, some of them null.

use std::sync::Arc;

use arrow_array::types::ArrowPrimitiveType;
use arrow_array::{ArrayRef, BooleanArray, PrimitiveArray};
use arrow_buffer::{BooleanBufferBuilder, NullBufferBuilder};

/// A column of one type that is built value by value and joined with the rows that follow.
#[derive(Debug)]
pub(in crate::formats) struct Filled<T> {
    values: Vec<T>,
    valid: NullBufferBuilder,
}

impl<T> Default for Filled<T> {
    fn default() -> Self {
        Filled { values: Vec::new(), valid: NullBufferBuilder::new(0) }
    }
}

impl<T: Copy + Default> Filled<T> {
    pub(in crate::formats) fn len(&self) -> usize {
        self.values.len()
    }

    /// The values; any value stands for null.
    pub(in crate::formats) fn values(&self) -> &[T] {
        &self.values
    }

    /// The values with their nulls.
    pub(in crate::formats) fn iter(&self) -> impl Iterator<Item = Option<T>> {
        let valid = |row: usize| self.valid.is_valid(row);
        self.values.iter().enumerate().map(move |(row, value)| valid(row).then_some(*value))
    }

    #[inline]
    pub(in crate::formats) fn push(&mut self, value: Option<T>) {
        self.values.push(value.unwrap_or_default());
        self.valid.append(value.is_some());
    }

    /// Makes room for so many rows in all, if there is as much memory.
    pub(in crate::formats) fn reserve_for(&mut self, rows: usize) {
        // A guess: what is not there now may still be when it is needed.
        let _ = self.values.try_reserve_exact(rows.saturating_sub(self.values.len()));
    }

    #[inline]
    pub(in crate::formats) fn pad_to(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.values.len());
        if missing == 0 {
            return;
        }
        self.values.resize(self.values.len() + missing, T::default());
        self.valid.append_n_nulls(missing);
    }

    /// Adds the rows that follow.
    pub(in crate::formats) fn append(&mut self, mut other: Filled<T>) {
        self.values.extend_from_slice(&other.values);
        match other.valid.finish() {
            Some(valid) => self.valid.append_buffer(&valid),
            None => self.valid.append_n_non_nulls(other.values.len()),
        }
    }

    /// The same rows with other values.
    pub(in crate::formats) fn map<U>(self, change: impl Fn(T) -> U) -> Filled<U> {
        Filled { values: self.values.into_iter().map(change).collect(), valid: self.valid }
    }
}

/// A finished column of numbers, days or moments.
pub(in crate::formats) fn finish<A: ArrowPrimitiveType>(mut filled: Filled<A::Native>) -> ArrayRef {
    filled.values.shrink_to_fit();
    Arc::new(PrimitiveArray::<A>::new(filled.values.into(), filled.valid.finish()))
}

/// A finished column of true and false.
pub(in crate::formats) fn finish_boolean(mut filled: Filled<bool>) -> ArrayRef {
    let mut bits = BooleanBufferBuilder::new(filled.values.len());
    bits.append_slice(&filled.values);
    Arc::new(BooleanArray::new(bits.finish(), filled.valid.finish()))
}

//! A set of rows of a table: a bit a row, so that a million rows are joined, inverted and counted
//! within a frame.

use std::ops::Range;

use arrow_array::{Array, BooleanArray};
use arrow_buffer::{BooleanBuffer, BooleanBufferBuilder};

/// Rows of a table. Cheap to clone; sets of tables of different lengths have nothing in common
/// beyond the shorter one.
#[derive(Clone, Debug)]
pub struct RowSet {
    bits: BooleanBuffer,
    count: usize,
}

impl RowSet {
    /// No row of a table with so many.
    pub fn none(rows: usize) -> RowSet {
        RowSet { bits: BooleanBuffer::new_unset(rows), count: 0 }
    }

    /// Every row of a table with so many.
    pub fn all(rows: usize) -> RowSet {
        RowSet { bits: BooleanBuffer::new_set(rows), count: rows }
    }

    /// The given rows of a table with so many; those beyond its end are left out.
    pub fn of(rows: usize, chosen: impl IntoIterator<Item = usize>) -> RowSet {
        let mut bits = BooleanBufferBuilder::new(rows);
        bits.append_n(rows, false);
        for row in chosen {
            if row < rows {
                bits.set_bit(row, true);
            }
        }
        RowSet::from(bits.finish())
    }

    /// The rows where a mask is true.
    pub fn of_mask(mask: &BooleanArray) -> RowSet {
        match mask.nulls() {
            Some(nulls) => RowSet::from(mask.values() & nulls.inner()),
            None => RowSet::from(mask.values().clone()),
        }
    }

    /// The number of rows of the table.
    pub fn rows(&self) -> usize {
        self.bits.len()
    }

    /// The number of rows in the set.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether no row is in the set.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a row is in the set.
    pub fn contains(&self, row: usize) -> bool {
        row < self.bits.len() && self.bits.value(row)
    }

    /// The rows, in the table's order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.bits.set_indices()
    }

    /// How many rows of the set come before a row of the table.
    pub fn rank(&self, row: usize) -> usize {
        self.bits.slice(0, row.min(self.rows())).count_set_bits()
    }

    /// The rows of either set.
    #[must_use]
    pub fn or(&self, other: &RowSet) -> RowSet {
        self.with(other, |a, b| a | b)
    }

    /// The rows of both sets.
    #[must_use]
    pub fn and(&self, other: &RowSet) -> RowSet {
        self.with(other, |a, b| a & b)
    }

    /// The rows of this set that are not in the other.
    #[must_use]
    pub fn without(&self, other: &RowSet) -> RowSet {
        self.with(other, |a, b| a & &!b)
    }

    /// The rows that are in one of the sets, not in both.
    #[must_use]
    pub fn toggled(&self, other: &RowSet) -> RowSet {
        self.with(other, |a, b| a ^ b)
    }

    /// The rows of the table that are not in the set.
    #[must_use]
    pub fn inverted(&self) -> RowSet {
        RowSet { count: self.rows() - self.count, bits: !&self.bits }
    }

    /// Whether this is the same set in the same place of memory: quicker than comparing.
    pub fn is_same(&self, other: &RowSet) -> bool {
        self.bits.ptr_eq(&other.bits)
    }

    /// As a mask over the table's rows, without nulls.
    pub fn to_mask(&self) -> BooleanArray {
        BooleanArray::new(self.bits.clone(), None)
    }

    fn with(
        &self,
        other: &RowSet,
        join: impl Fn(&BooleanBuffer, &BooleanBuffer) -> BooleanBuffer,
    ) -> RowSet {
        if self.rows() == other.rows() {
            return RowSet::from(join(&self.bits, &other.bits));
        }
        let other = other.resized(self.rows());
        RowSet::from(join(&self.bits, &other.bits))
    }

    /// For a table of another length.
    fn resized(&self, rows: usize) -> RowSet {
        let kept: Range<usize> = 0..rows.min(self.rows());
        let mut bits = BooleanBufferBuilder::new(rows);
        bits.append_buffer(&self.bits.slice(0, kept.end));
        bits.append_n(rows - kept.end, false);
        RowSet::from(bits.finish())
    }
}

impl From<BooleanBuffer> for RowSet {
    fn from(bits: BooleanBuffer) -> RowSet {
        RowSet { count: bits.count_set_bits(), bits }
    }
}

impl PartialEq for RowSet {
    fn eq(&self, other: &RowSet) -> bool {
        self.is_same(other) || (self.count == other.count && self.bits == other.bits)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn rows(set: &RowSet) -> Vec<usize> {
        set.iter().collect()
    }

    #[test]
    fn sets_join_as_the_standard_librarys_do() {
        let of = |every: usize| -> BTreeSet<usize> { (0..1000).step_by(every).collect() };
        let (twos, threes) = (of(2), of(3));
        let [a, b] = [&twos, &threes].map(|set| RowSet::of(1000, set.iter().copied()));
        assert_eq!((a.count(), b.count()), (500, 334));
        assert_eq!(rows(&a.or(&b)), twos.union(&threes).copied().collect::<Vec<_>>());
        assert_eq!(rows(&a.and(&b)), twos.intersection(&threes).copied().collect::<Vec<_>>());
        assert_eq!(rows(&a.without(&b)), twos.difference(&threes).copied().collect::<Vec<_>>());
        assert_eq!([a.rank(0), a.rank(1), a.rank(501), a.rank(9999)], [0, 1, 251, 500]);
        let odd: Vec<usize> = twos.symmetric_difference(&threes).copied().collect();
        assert_eq!(rows(&a.toggled(&b)), odd);
        assert_eq!(rows(&a.inverted()), (1..1000).step_by(2).collect::<Vec<_>>());
        assert_eq!(a.inverted().or(&a), RowSet::all(1000));
        assert_eq!(a.and(&a.inverted()), RowSet::none(1000));
    }

    #[test]
    fn what_lies_beyond_the_table_is_in_no_set() {
        let set = RowSet::of(3, [2, 3, 900]);
        assert_eq!(
            (rows(&set), set.contains(3), set.contains(usize::MAX)),
            (vec![2], false, false)
        );
        let longer = RowSet::of(70, [0, 2, 69]);
        assert_eq!(rows(&set.or(&longer)), [0, 2]);
        assert_eq!(rows(&longer.or(&set)), [0, 2, 69]);
        assert!(set.is_same(&set.clone()) && !set.is_same(&RowSet::of(3, [2])));
    }

    #[test]
    fn nulls_of_a_mask_are_in_no_set() {
        let mask = BooleanArray::from(vec![Some(true), None, Some(false), Some(true)]);
        let set = RowSet::of_mask(&mask);
        assert_eq!(rows(&set), [0, 3]);
        assert_eq!(set.to_mask(), BooleanArray::from(vec![true, false, false, true]));
    }
}

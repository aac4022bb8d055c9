//! A packed R-tree over the extents of rows.

use geo_index::rtree::sort::HilbertSort;
use geo_index::rtree::{RTree, RTreeBuilder, RTreeIndex};

use super::{Extent, GeometryColumn};

/// Finds the rows whose extent meets a rectangle.
#[derive(Debug)]
pub struct SpatialIndex {
    tree: RTree<f64>,
    /// The row of each item in the tree: rows without geometry are not in it.
    rows: Vec<u32>,
}

impl SpatialIndex {
    /// Indexes a geometry column; empty without one.
    pub fn of(geometry: Option<&GeometryColumn>) -> SpatialIndex {
        let extents = geometry.into_iter().flat_map(GeometryColumn::iter).enumerate();
        let boxes = extents
            .filter_map(|(row, geometry)| Some((u32::try_from(row).ok()?, geometry.extent()?)));
        SpatialIndex::of_extents(boxes)
    }

    /// Indexes rows by their extents. Extents must be finite.
    pub fn of_extents(extents: impl IntoIterator<Item = (u32, Extent)>) -> SpatialIndex {
        let (rows, boxes): (Vec<u32>, Vec<Extent>) = extents.into_iter().unzip();
        let count = u32::try_from(boxes.len()).unwrap_or(u32::MAX);
        let mut builder = RTreeBuilder::<f64>::new(count);
        for Extent { min_x, min_y, max_x, max_y } in boxes {
            builder.add(min_x, min_y, max_x, max_y);
        }
        SpatialIndex { tree: builder.finish::<HilbertSort>(), rows }
    }

    /// The rows whose extent meets the rectangle, in no particular order.
    pub fn search(&self, extent: &Extent) -> Vec<usize> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let found = self.tree.search(extent.min_x, extent.min_y, extent.max_x, extent.max_y);
        let row = |item: u32| self.rows.get(item as usize).map(|row| *row as usize);
        found.into_iter().filter_map(row).collect()
    }

    /// The number of rows in the index.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row has geometry.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::GeometryBuilder;

    #[test]
    fn rows_without_geometry_do_not_shift_the_others() {
        let mut builder = GeometryBuilder::new();
        builder.push_null();
        builder.push_point([1.0, 1.0]);
        builder.push_null();
        builder.push_point([5.0, 5.0]);
        builder.push_point([f64::NAN, 1.0]);
        let column = builder.finish().unwrap_or_default();
        let index = SpatialIndex::of(Some(&column));
        assert_eq!(index.len(), 2);
        assert_eq!(index.search(&Extent { min_x: 4.0, min_y: 4.0, max_x: 6.0, max_y: 6.0 }), [3]);
        assert!(SpatialIndex::of(None).search(&Extent::of_point([0.0, 0.0])).is_empty());
    }
}

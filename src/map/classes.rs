//! Rows in classes, each with a symbol of its own.

use std::sync::Arc;

use crate::style::Symbol;

/// A class for each row, and a symbol for each class: how a layer is coloured by a field. Changing
/// it leaves the geometry alone; on the GPU it is two bytes a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    rows: Arc<Vec<u16>>,
    symbols: Vec<Option<Symbol>>,
}

impl Classes {
    /// The class of each row of the table, and the classes' symbols: [`u16::MAX`] at most, as
    /// further ones have no number. A row is not drawn when it has no class, or one without symbol.
    pub fn new(rows: Arc<Vec<u16>>, symbols: Vec<Option<Symbol>>) -> Classes {
        let mut symbols = symbols;
        symbols.truncate(usize::from(u16::MAX));
        Classes { rows, symbols }
    }

    /// The class of each row.
    pub fn rows(&self) -> &[u16] {
        &self.rows
    }

    /// The class of each row, to share.
    pub fn shared_rows(&self) -> &Arc<Vec<u16>> {
        &self.rows
    }

    /// The symbol of each class; none for those not drawn.
    pub fn symbols(&self) -> &[Option<Symbol>] {
        &self.symbols
    }

    /// In which order points are drawn where their symbols are of different sizes: large ones
    /// first, so that they do not hide small ones. None where all are of one size.
    pub(super) fn draw_order(&self) -> Option<DrawOrder> {
        let size = |symbol: &Option<Symbol>| symbol.as_ref().map_or(0.0, |of| of.point_size);
        let sizes: Vec<f32> = self.symbols.iter().map(size).collect();
        let first = self.symbols.iter().flatten().next()?.point_size;
        let of_first = first.to_bits();
        let mut all = self.symbols.iter().flatten();
        let differs = all.any(|of| of.point_size.to_bits() != of_first);
        differs.then(|| DrawOrder { rows: self.rows.clone(), sizes })
    }

    /// How a row looks; none when it is not drawn.
    pub fn symbol_of(&self, row: usize) -> Option<&Symbol> {
        self.symbols.get(usize::from(*self.rows.get(row)?))?.as_ref()
    }
}

/// The order in which points are drawn.
#[derive(Clone, Debug)]
pub(super) struct DrawOrder {
    rows: Arc<Vec<u16>>,
    /// The size of each class.
    sizes: Vec<f32>,
}

impl PartialEq for DrawOrder {
    /// The classes of rows are the same where they are the same list.
    fn eq(&self, other: &DrawOrder) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows) && self.sizes == other.sizes
    }
}

impl DrawOrder {
    /// The size of a row's symbol.
    pub fn size(&self, row: u32) -> f32 {
        let class = self.rows.get(row as usize).copied().unwrap_or(u16::MAX);
        self.sizes.get(usize::from(class)).copied().unwrap_or(0.0)
    }
}

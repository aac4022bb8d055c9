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

    /// How a row looks; none when it is not drawn.
    pub fn symbol_of(&self, row: usize) -> Option<&Symbol> {
        self.symbols.get(usize::from(*self.rows.get(row)?))?.as_ref()
    }
}

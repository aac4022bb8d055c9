//! Rows in classes, each with a style of its own.

use crate::style::Style;

/// A class for each row, and a style for each class: how a layer is coloured by a field. Changing
/// it leaves the geometry alone; on the GPU it is a byte a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    rows: Vec<u8>,
    styles: Vec<Style>,
}

impl Classes {
    /// The class of each row of the table, and the classes' styles: 255 at most, as further ones
    /// have no number. A row is not drawn when it has no class, or one without style.
    pub fn new(rows: Vec<u8>, styles: Vec<Style>) -> Classes {
        let mut styles = styles;
        styles.truncate(usize::from(u8::MAX));
        Classes { rows, styles }
    }

    /// The class of each row.
    pub fn rows(&self) -> &[u8] {
        &self.rows
    }

    /// The style of each class.
    pub fn styles(&self) -> &[Style] {
        &self.styles
    }

    /// How a row looks; none when it is not drawn.
    pub fn style_of(&self, row: usize) -> Option<&Style> {
        self.styles.get(usize::from(*self.rows.get(row)?))
    }
}

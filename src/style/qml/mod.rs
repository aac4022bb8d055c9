//! Styles of QGIS (`.qml`), read and written.
//!
//! What QGIS 3.22 writes, and what older versions wrote (`<prop k v>`), is read: one symbol,
//! categories, graduated classes, rules, simple labels. It has far more than we have; whatever has
//! no counterpart is told. Written is what QGIS 3.22 and later read, so that each row has the same
//! class and the same colours there. Three differences are made up for: QGIS draws all rules that
//! hold (ours: the first), has no class for rows without a number, and one class for rows without
//! a value and all others; see [`write`].
//!
//! Lengths are points of 1/96 inch here and points of 1/72 inch (or mm) there. Shapes of points
//! keep the area they cover ([`measures::SHAPES`]).

mod measures;
mod numbers;
mod read;
mod tree;
mod write;

pub use read::{Opened, read};
pub use write::{Dress, Written, write};

use crate::style::Change;

/// The number that stands for no number, where QGIS would leave rows out: the first that lies
/// below all numbers.
const NO_NUMBER: [f64; 3] = [-999_999_999.0, -999_999_999_999_999.0, -1e300];

/// Whether anything was changed about a class.
fn is_plain(change: &Change) -> bool {
    *change == Change::default()
}

#[cfg(test)]
mod tests;

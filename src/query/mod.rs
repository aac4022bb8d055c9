//! Which rows: conditions in SQL, and conditions on place.
//!
//! A condition is text; [`Condition::parse`] makes it a syntax tree with positions, and
//! [`Condition::evaluate`] a mask over the rows of a table. [`select`] does that for both
//! conditions of a layer.

mod condition;
mod error;
mod relation;
mod selection;

pub use condition::Condition;
pub use error::QueryError;
pub use relation::Relation;
pub use selection::{Areas, SelectError, select};

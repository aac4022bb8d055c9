//! Which rows: conditions in SQL, and conditions on place.
//!
//! A condition is text; [`Condition::parse`] makes it a syntax tree with positions, and
//! [`Condition::evaluate`] a mask over the rows of a table. [`select`] does that for both
//! conditions of a layer. [`find_rows`] looks a text up in all columns.
//!
//! The way of a condition: `parse` (text to sqlparser's tree, helpful errors), `lower` (to our own
//! tree, every node with its place), `evaluate` (to a mask, with Arrow's kernels).

mod arithmetic;
pub mod builder;
mod compare;
mod complete;
mod condition;
mod convert;
mod error;
mod evaluate;
mod features;
mod find;
mod functions;
pub mod join;
mod lower;
mod lying;
mod mask;
mod matching;
mod moved;
mod near;
mod operand;
mod parse;
pub mod per_area;
mod places;
mod point_in_area;
pub mod qgis;
mod relation;
mod selection;
mod sound;
mod suggest;
mod syntax;
mod texts;

pub use complete::{Expected, Expects, Suggestion, SuggestionKind, expected, suggestions};
pub use condition::Condition;
pub use convert::{read_date, read_date_time};
pub use error::QueryError;
pub use features::{ChosenRows, DrawnShape, Features, OnPlace};
pub use find::{Needle, find_rows};
pub use relation::Relation;
pub use selection::{SelectError, Selected, select};
pub use texts::TextExpression;

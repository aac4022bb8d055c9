//! The part of the platform's query language (ODSQL) that a client pushes down: conditions,
//! orderings, lists of fields, groups.

pub mod condition;
mod groups;
mod lex;
mod literal;
mod order;
mod parse;
mod place;
mod select;

pub use condition::Condition;
pub use groups::{Group, aggregates};
pub use order::Ordering;
pub use parse::condition;
pub use select::{Selection, column};

//! What the rows of a table are called, and which of them answer a query.

mod columns;
mod index;
mod near;
mod search;
mod vocabulary;

pub use columns::{Naming, SHARED, naming_columns};
pub use index::NameIndex;
pub use search::{Found, Matches};

#[cfg(test)]
mod tests;

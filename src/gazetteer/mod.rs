//! Rows put where the names in them are: a street, a neighbourhood, a municipality. What a person
//! decided goes before everything that [`crate::names`] finds.

mod placing;
mod spot;
mod table;

pub use placing::{Decision, Placed, PlacedRow, place_rows};
pub use table::{ByName, Names, table_by_name, word};

#[cfg(test)]
mod tests;

//! Places by their names: which street, neighbourhood or municipality a text is about.
//!
//! A [`Gazetteer`] knows the names of some layers, the finest first: streets, then neighbourhoods,
//! then municipalities. Asked for a text it answers with a [`Found`]: what it is sure of (the name
//! stands there, exactly or written otherwise), what it proposes (a typing error, a part of a
//! name), or that several places have that name. Nothing below [`SURE`] counts by itself: a person
//! decides, and what was decided goes before everything else.
//!
//! Names are compared without capitals, accents, hyphens and articles, with `St.` as `Sint` and
//! other words written out as the joining of tables does it, and with the spelling of before 1864
//! brought to that of today.

mod index;
mod near;
mod parts;
mod placing;
mod spelling;
mod spot;
mod table;

pub use index::{Candidate, Found, Gazetteer, How, Outcome, SURE};
pub use placing::{Decision, Placed, PlacedRow, place_rows};
pub use table::{ByName, Names, table_by_name, word};

#[cfg(test)]
mod tests;

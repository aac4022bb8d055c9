//! Names: which ways to write one are the same, and which of many names a text is about.
//!
//! [`Words`] is a text without capitals and accents, its abbreviations written out. A [`Gazetteer`]
//! knows the names of some layers, the finest first: streets, then neighbourhoods, then
//! municipalities. Asked for a text it answers with a [`Found`]: what it is sure of (the name stands
//! there, exactly or written otherwise), what it proposes (a typing error, a part of a name), or
//! that several places have that name. Nothing below [`SURE`] counts by itself: a person decides.
//!
//! Names are compared without capitals, accents, hyphens and articles, with `St.` as `Sint` and
//! other words written out, and with the spelling of before 1864 brought to that of today.

mod index;
mod near;
mod parts;
mod spelling;
mod words;

pub use index::{Candidate, Found, Gazetteer, How, Outcome, SURE};
pub(crate) use words::Words;

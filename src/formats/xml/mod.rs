//! What the formats written in XML (KML, GPX, GML) have in common: the text and its encoding, the
//! elements one after another, rows of values of which nobody said the kind, and writing.
//!
//! Entities are not expanded, but for the five that XML has and numbers of characters: a file
//! that defines more of its own ("billion laughs") keeps their names in its texts. Elements are
//! passed one by one, without recursion, and no deeper than [`pull::DEPTH`].

mod changes;
mod exception;
mod geometry;
mod load;
mod names;
mod numbers;
mod pull;
mod rows;
mod table;
mod tree;
mod write;

pub(super) use changes::{
    count_places, count_values, is_empty, is_writable, measures_dropped, tell, value_changes,
};
pub(super) use exception::exception;
pub(super) use geometry::{Position, Shape, ShapeFault};
pub(super) use load::{Encoding, Loaded, load, root_of};
pub(super) use names::{element_name, name_field};
pub(super) use numbers::{coordinates, number_of};
pub(crate) use pull::{Content, Fault, Stop, Tag, Xml};
pub(super) use rows::{GIVES_WAY, Repeats, Rows};
pub(super) use table::{Source, as_file_error, cut_off, finish, no_rows};
pub(crate) use tree::{Element, decoded, root_of as tree_root};
pub(crate) use write::{push_attribute, push_escaped};

//! Linked data without a network: RDF as a graph, what a page of a stream of events holds, a thing
//! of a graph as a row, questions in SPARQL cut into pages, and their answers as rows.
//!
//! RDF is read by the parsers of Oxigraph; what is here is what a map needs of it. Rows are written
//! as JSON, one object on a line, which the reader of JSON turns into a table: with its columns of
//! numbers, moments and texts, and with a place where a column holds one (WKT, or a latitude and a
//! longitude).

mod answer;
mod cell;
mod event;
mod graph;
mod names;
mod page;
mod question;
mod row;
mod shape;

pub use answer::{Answer, BadAnswer, RESULT_KINDS, read_answer};
pub use cell::{Cell, cell, write_row};
pub use event::{Event, event};
pub use graph::{Contexts, Graph, RDF_KINDS, Syntax, Unread};
pub use names::Names;
pub use page::{Bound, Link, StreamPage};
pub use question::{BadQuestion, Question};
pub use row::row;
pub(crate) use shape::Written as WrittenShape;
pub use shape::{BadShape, Shape};

//! Linked data over the network: endpoints that answer questions in SPARQL, and streams of events
//! (LDES). What is fetched is named by a [`LinkedAddress`], and kept with its receipt as the layers
//! of portals and services are.
//!
//! The answers of an endpoint come in pages, are counted, and compared with the number that the
//! endpoint says itself. A stream is followed from page to page until nothing is left; pages that
//! never change are asked for once, and a stream that was cut off goes on where it was.

mod address;
mod ask;
mod endpoint;
mod iiif;
mod known;
mod pages;
mod questions;
mod stream;
mod themes;

pub use address::{LinkedAddress, LinkedKind, Versions};
pub use iiif::{MuseumPicture, is_manifest};
pub use known::{KnownStream, known_stream, known_streams};
pub use questions::{
    Filling, KnownQuestion, Places, QuestionAreas, QuestionThemes, known_questions,
};
pub use themes::Theme;

pub(super) use pages::PageStore;

//! A fake city portal: an Opendatasoft Explore API v2.1 on the loopback, for tests and for a look
//! at the window (`cargo run --release --example fake_portal -- --port 8123`).
//!
//! It behaves by the vendor's OpenAPI document and by what was seen of real portals: the limits of
//! pages, complete exports, three shapes of errors, and data with the quirks of a real city's. All
//! data are made up, row by row when asked for, and the same in every run. Faults come on demand:
//!
//! ```ignore
//! let portal = FakePortal::start();
//! portal.fault("/catalog/datasets/stadswijken-gent/exports", Fault::Status(503), 2);
//! // … a client of `portal.address()` …
//! assert_eq!(portal.requests().len(), 3);
//! ```
#![allow(
    dead_code,
    unused_imports,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "support of tests, of which each uses a part"
)]

pub mod answer;
mod catalog;
mod clock;
mod csv_export;
pub mod data;
mod dataset;
mod dice;
mod edits;
mod error;
mod exports;
mod facets;
mod fault;
mod odsql;
mod openapi;
mod page;
mod query;
mod records;
mod request;
mod routes;
mod server;
mod state;
mod value;
mod view;
pub mod wire;
mod zone;

pub use clock::{Clock, at, beginning};
pub use dataset::{Dataset, Field, Kind};
pub use edits::Change;
pub use fault::{Fault, Framing, Manner, bomb};
pub use openapi::conforms;
pub use request::{BASE, Request};
pub use server::{ALWAYS, FakePortal};
pub use value::{Row, Shape, Value};

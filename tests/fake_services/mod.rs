//! Fake services on the loopback, for tests and for a look at the window
//! (`cargo run --release --example fake_services -- --port 8124`): WFS 2.0 and 1.1, OGC API
//! Features, files, and what is no service at all.
//!
//! They behave as the standards say and as GeoServer, QGIS Server, pygeoapi and pg_featureserv do;
//! GDAL's own clients read them in a test. All data are made up and the same in every run. Faults
//! (of [`crate::fake_portal`]) and lies come on demand, for requests whose target holds a text:
//!
//! ```ignore
//! let services = FakeServices::start();
//! services.lie("/api/collections/bomen/items", Lie::NextLoops);
//! services.fault("startIndex=1000", Fault::Status(503), 2);
//! ```
//!
//! | path | what |
//! |---|---|
//! | `/geo/wfs` | WFS 2.0 and 1.1, GeoJSON and GML, pages of 1000 at most |
//! | `/qgis?map=/stad.qgs` | WFS 1.1 alone, GeoJSON, wants its parameter with every question |
//! | `/gml/wfs` | WFS 2.0, GML alone |
//! | `/oud/wfs` | WFS 1.0 |
//! | `/geo/wms` | a WMS |
//! | `/api` | OGC API Features, Parts 1 and 2, with all links and counts |
//! | `/kaal` | OGC API Features that neither counts nor links |
//! | `/mensen` | OGC API Features whose pages are for people unless `f=json` is said |
//! | `/sparql` | an endpoint of linked data: `<https://x.example/besluiten>` and others |
//! | as a test says | streams of linked data, and pages that lie ready |
//! | `/files/…` | `bomen.geojson`, `wijken.csv`, `export?f=csv` |
//! | `/pagina` | a page for people |
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

mod api;
mod city;
mod files;
mod lie;
mod query;
mod server;
pub mod sparql;
pub mod stream;
mod wfs;
mod write;

pub use city::{Layer, Place, Row, city};
pub use lie::Lie;
pub use server::FakeServices;
pub use stream::Stream;

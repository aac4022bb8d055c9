//! All integration tests in one binary: it links once.
#![allow(missing_docs, reason = "tests")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

mod cli;
mod crs;
#[path = "../fake_portal/mod.rs"]
mod fake_portal;
#[path = "../fake_services/mod.rs"]
mod fake_services;
mod figure;
mod formats;
mod joined;
mod layering;
mod map;
mod offscreen;
mod place;
mod portal;
mod query;
mod sample;
mod services;
mod shapefile;
mod support;
mod tiles;
mod window;

//! All integration tests in one binary: it links once.
#![allow(missing_docs, reason = "tests")]
#![allow(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::float_cmp,
    clippy::format_collect,
    clippy::from_iter_instead_of_collect,
    clippy::indexing_slicing,
    clippy::needless_borrows_for_generic_args,
    clippy::panic,
    clippy::print_stderr,
    clippy::type_complexity,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

mod archives;
mod check;
mod cli;
mod crowd;
mod crs;
mod damaged;
#[path = "../fake_portal/mod.rs"]
mod fake_portal;
#[path = "../fake_services/mod.rs"]
mod fake_services;
mod figure;
mod formats;
#[path = "../fuzzing/mod.rs"]
mod fuzzing;
#[path = "../generated/mod.rs"]
mod generated;
mod golden;
mod joined;
mod labels;
mod layering;
mod linked;
mod map;
#[path = "../../benches/made/names.rs"]
mod names;
mod names_of_places;
mod offscreen;
mod oracle;
mod pdf;
mod per_area;
mod pictures;
mod place;
mod placed;
mod portal;
mod printing;
mod qgis;
mod qml;
mod query;
mod raster;
mod reading;
mod safe;
mod sample;
mod services;
mod shapefile;
mod sheet;
mod support;
mod svg;
mod tile_server;
mod tiles;
mod typing;
mod web_map;
mod window;

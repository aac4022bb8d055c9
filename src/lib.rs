//! Belfort: a native desktop viewer for city geodata.
//!
//! The rooms of the house, in the order of the main job (open → see → filter → style → hand over).
//! A room may call the rooms listed above it in this page, never those below:
//!
//! - [`memory`], [`i18n`], [`problem`], [`jobs`], [`network`]: the ground floor: how memory is
//!   given back, translated messages, what was lost or changed, background work with progress and
//!   cancel, how servers are asked.
//! - [`crs`]: coordinate reference systems: detect, transform, accuracy.
//! - [`table`]: what a layer holds: geometry, columns, extent, row identity.
//! - [`plane`]: rings and segments in a plane, exactly: where they meet, what they surround.
//! - [`measure`]: lengths and areas on the ellipsoid.
//! - [`check`]: whether geometry is valid, and a copy put right where it is not.
//! - [`text`]: text shaping and measuring for paper and figures.
//! - [`formats`]: one file per file format, reader and writer side by side.
//! - [`query`]: which rows: SQL conditions and spatial conditions.
//! - [`find`]: features by name, places by coordinates.
//! - [`style`]: how rows look: colours, symbols, legend.
//! - [`label`]: names on the map, placed so that none covers another.
//! - [`crowd`]: many points as one picture: heat maps, clusters, hexagons.
//! - [`tiles`]: basemaps without a screen: sources and their rules, download, cache.
//! - [`raster`]: images with a place, as backdrops: GeoTIFF, PNG and JPEG with a world file.
//! - [`portal`]: city portals: catalogue, complete download with a receipt, copies kept.
//! - [`project`]: the document, its commands, undo, saving and opening.
//! - [`map`]: the screen: GPU drawing and picking.
//! - [`page`]: figures and paper.
//! - [`app`] and [`cli`]: the window, and the same work without one.

#![warn(missing_docs)]

pub mod app;
pub mod check;
pub mod cli;
pub mod crowd;
pub mod crs;
pub mod find;
pub mod formats;
pub mod gazetteer;
pub mod i18n;
pub mod jobs;
pub mod label;
pub mod linked;
pub mod map;
pub mod measure;
pub mod memory;
pub mod names;
pub mod network;
pub mod page;
pub mod plane;
pub mod portal;
pub mod problem;
pub mod project;
pub mod query;
pub mod raster;
pub mod style;
pub mod table;
pub mod text;
pub mod tiles;

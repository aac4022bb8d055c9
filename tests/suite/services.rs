//! WFS, OGC API Features, and files on the web.

mod cli;
mod faults;
mod files;
mod gml;
mod lies;
mod looking;
mod oracle;
mod whole;
pub mod world;

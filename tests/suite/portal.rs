//! City portals.

mod cli;
mod client;
mod fake;

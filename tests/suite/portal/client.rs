//! The client of portals against the fake one: what a person gets, is told, and keeps.

mod asking;
mod cancel;
mod complete;
mod copies;
mod counts;
mod faults;
mod pushed;
mod rows;
mod world;

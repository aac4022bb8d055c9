//! Archives of tiles: read, damaged, drawn, written, taken along.
#![allow(clippy::cast_possible_truncation, reason = "tests may fail")]

mod city;
pub mod make;
mod read;
pub mod served;
mod take;

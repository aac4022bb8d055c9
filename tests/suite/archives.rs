//! Archives of tiles: read, damaged, drawn, written, taken along.

mod city;
pub mod make;
mod read;
mod served;
mod take;

//! Belfort's binary.

fn main() {}

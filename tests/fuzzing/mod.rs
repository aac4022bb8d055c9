//! Damaged files for every reader: made from seeds by changes that follow from a number, so that
//! each can be made again. The test suite tries some, `cargo run --release --example fuzz` as many
//! as one wants, and `fuzz/` lets libFuzzer look for them.

mod damage;
mod seeds;
#[allow(dead_code, reason = "tests of spreadsheets use more of it than seeds do")]
pub mod sheets;
mod trying;

pub use damage::damaged;
pub use seeds::{Seed, seeds};
#[allow(unused_imports, reason = "the test suite asks for everything")]
pub use trying::attempt_to_open;
pub use trying::{Outcome, attempt, write_seed};

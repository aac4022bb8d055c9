//! Makes `sample-data/`: a small, made-up Ghent to try the program with.
//!
//! `cargo run --release --example make_sample_data`. The same program gives the same bytes.

mod sample;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    std::fs::create_dir_all(&folder)?;
    Ok(sample::write_all(&folder)?)
}

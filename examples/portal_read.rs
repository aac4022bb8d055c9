//! How long a layer of a portal takes until it is a table, and how much memory:
//! `cargo run --release --example portal_read -- portal:http://127.0.0.1:8123/locaties-bomen-gent`.
//!
//! First from the portal, into copies of its own that are thrown away afterwards; then from the copy.
//! `benches/portal.sh` runs it against the made-up portal.
#![allow(clippy::print_stdout, reason = "a program")]

use std::time::Instant;

use belfort::formats::ReadOptions;
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::network::Network;
use belfort::portal::{PortalSettings, Portals, Wanted};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let address = std::env::args().nth(1).ok_or("usage: portal_read ADDRESS")?;
    let folder = tempfile::tempdir()?;
    let settings = PortalSettings::usual(Language::English);
    let portals = Portals::new(folder.path().to_owned(), Network::default(), settings);
    for (wanted, from) in [(Wanted::Newest, "portal"), (Wanted::Kept, "copy")] {
        let start = Instant::now();
        let opened =
            portals.read(&address, wanted, &ReadOptions::default(), &Watch::unwatched())?;
        let seconds = start.elapsed().as_secs_f64();
        let rows = opened.table.rows();
        let bytes = opened.from_portal.map_or(0, |from| from.receipt.bytes);
        println!("from the {from}: {rows} rows of {bytes} bytes in {seconds:.2} s; {}", peak());
    }
    Ok(())
}

/// The most memory the process ever had.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or_else(
        || "peak memory unknown".to_owned(),
        |kilobytes| format!("peak memory so far {} MiB", kilobytes / 1024),
    )
}

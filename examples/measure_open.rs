//! Opens a file as the window does, all caches off, and prints what it took as one line of JSON:
//! seconds, and resident memory at most and afterwards (from /proc, so on Linux only).
//!
//! `cargo run --release --example measure_open -- FILE [scene]`; with `scene` the layer is made
//! ready to draw too.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;
use belfort::map::LayerScene;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("which file?");
        return ExitCode::from(2);
    };
    let with_scene = arguments.next().as_deref() == Some("scene");
    belfort::memory::give_back_large_blocks();
    let before = memory("VmRSS:");
    let start = Instant::now();
    let watch = Watch::unwatched();
    let tables = match open(Path::new(&path), &ReadOptions::default(), &watch) {
        Ok(tables) => tables,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let read = start.elapsed().as_secs_f64();
    let rows: usize = tables.iter().map(|table| table.index().len()).sum();
    let extents: Vec<_> = tables.iter().filter_map(belfort::table::Table::extent).collect();
    let open = start.elapsed().as_secs_f64();
    let (peak, after) = (memory("VmHWM:"), memory("VmRSS:"));
    print!(
        "{{\"rows\":{rows},\"extents\":{},\"read_seconds\":{read:.3},\"open_seconds\":{open:.3},\
         \"start_bytes\":{before},\"peak_bytes\":{peak},\"after_bytes\":{after}",
        extents.len()
    );
    if with_scene {
        let scenes: Vec<_> =
            tables.iter().map(|table| LayerScene::build(table, &watch).ok()).collect();
        let scene = start.elapsed().as_secs_f64() - open;
        let drawn = scenes.iter().flatten().count();
        print!(
            ",\"scenes\":{drawn},\"scene_seconds\":{scene:.3},\"peak_with_scene_bytes\":{},\
             \"after_scene_bytes\":{}",
            memory("VmHWM:"),
            memory("VmRSS:")
        );
    }
    println!("}}");
    ExitCode::SUCCESS
}

/// A figure of this process, bytes; 0 where there is none.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or(0_u64) * 1024
}

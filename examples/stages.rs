//! Times single stages of opening a file, for `benches/compare.sh`. Each prints one JSON object.
//!
//! - `stages json FILE`: one pass of `serde_json` on one thread over bytes in memory, keeping
//!   nothing: the least that any JSON reader of that library could take.
//! - `stages open FILE`: the seconds of reading and of the spatial index, and the memory of this
//!   process (resident, kB): at its highest, and what stays while the table is held.
//! - `stages scene FILE`: the seconds until the layer is ready to draw after it was opened, and the
//!   memory as above with the table and the scene.
//! - `stages areas AREAS THINGS`: counts the things in each area. Prints the seconds, and then the
//!   counts, not as JSON.
//! - `stages cancel FILE`: opens the file and makes it ready to draw again and again, cancelled
//!   ever later, and tells the longest time from the cancel to the end of the work.
//! - `stages transform FILE OUT`: all positions to what is drawn (EPSG:3857), the first time and
//!   the fourth (transformers made before), and writes to OUT as little-endian doubles x, y of
//!   every position before, then of every position after.

#![allow(clippy::print_stdout, reason = "a program")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use belfort::crs::transform_for_map;
use belfort::formats::{ReadOptions, open};
use belfort::jobs::{Job, Poll, Watch};
use belfort::map::LayerScene;
use belfort::problem::FileError;
use belfort::query::per_area::{NumberColumn, Numbers, What, numbers};
use belfort::table::Table;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    belfort::memory::give_back_large_blocks();
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let made = match arguments.as_slice() {
        [stage, file] if stage.as_os_str() == "json" => json(file)?,
        [stage, file] if stage.as_os_str() == "open" => measured_open(file)?,
        [stage, file] if stage.as_os_str() == "scene" => scene(file)?,
        [stage, file] if stage.as_os_str() == "cancel" => cancel(file),
        [stage, areas, things] if stage.as_os_str() == "areas" => {
            println!("{}", counted(areas, things)?);
            return Ok(());
        }
        [stage, file, out] if stage.as_os_str() == "transform" => transform(file, out)?,
        _ => {
            return Err("usage: stages json|open|scene|cancel FILE, stages areas AREAS THINGS, \
                 stages transform FILE OUT"
                .into());
        }
    };
    println!("{made}");
    Ok(())
}

fn json(file: &Path) -> Result<serde_json::Value, Failure> {
    let bytes = std::fs::read(file)?;
    let start = Instant::now();
    serde_json::from_slice::<serde::de::IgnoredAny>(&bytes)?;
    Ok(serde_json::json!({ "seconds": start.elapsed().as_secs_f64() }))
}

fn read(file: &Path) -> Result<Table, Failure> {
    let tables = open(file, &ReadOptions::default(), &Watch::unwatched())?;
    tables.into_iter().next().ok_or_else(|| "no layer".into())
}

fn measured_open(file: &Path) -> Result<serde_json::Value, Failure> {
    let start = Instant::now();
    let table = read(file)?;
    let read = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let indexed = table.index().len();
    let index = start.elapsed().as_secs_f64();
    let (highest, stays) = (kilobytes("VmHWM:"), kilobytes("VmRSS:"));
    Ok(serde_json::json!({
        "rows": table.rows(), "indexed": indexed, "read": read, "index": index,
        "highest_kb": highest, "stays_kb": stays,
    }))
}

fn counted(areas: &Path, things: &Path) -> Result<String, Failure> {
    let (areas, things) = (read(areas)?, read(things)?);
    let column = NumberColumn { what: What::Count, field: String::new(), name: "count".to_owned() };
    let by = Numbers { columns: vec![column], ..Numbers::default() };
    let start = Instant::now();
    let made = numbers(&areas, &things, None, &by, &Watch::unwatched())?;
    let mut words = vec![start.elapsed().as_secs_f64().to_string()];
    let made = Table::new("counts", areas.rows(), made.fields, made.columns, None)?;
    words.extend((0..made.rows()).map(|row| made.value(row, 0).to_data_text()));
    Ok(words.join(" "))
}

fn scene(file: &Path) -> Result<serde_json::Value, Failure> {
    let table = read(file)?;
    let start = Instant::now();
    let scene = LayerScene::build(&table, &Watch::unwatched())?;
    let seconds = start.elapsed().as_secs_f64();
    let (highest, stays) = (kilobytes("VmHWM:"), kilobytes("VmRSS:"));
    Ok(serde_json::json!({
        "rows": table.rows(), "not_drawn": scene.not_drawn(), "seconds": seconds,
        "highest_kb": highest, "stays_kb": stays,
    }))
}

fn cancel(file: &Path) -> serde_json::Value {
    let mut longest = Duration::ZERO;
    let mut worst = Duration::ZERO;
    let mut after = Duration::from_millis(5);
    let mut times = 0;
    loop {
        let path = file.to_owned();
        let job = Job::start(
            "open",
            || {},
            move |watch| {
                let tables = open(&path, &ReadOptions::default(), watch)?;
                let made = tables.iter().map(|table| LayerScene::build(table, watch).is_ok());
                Ok::<usize, FileError>(made.filter(|made| *made).count())
            },
        );
        std::thread::sleep(after);
        if !matches!(job.poll(), Poll::Running) {
            break;
        }
        let start = Instant::now();
        job.cancel();
        job.wait();
        let took = start.elapsed();
        if took > longest {
            (longest, worst) = (took, after);
        }
        times += 1;
        after += (after / 6).max(Duration::from_millis(10));
    }
    serde_json::json!({
        "cancelled": times, "longest": longest.as_secs_f64(), "at": worst.as_secs_f64(),
    })
}

/// A figure about this process; none where the system has no such file.
fn kilobytes(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn transform(file: &Path, out: &Path) -> Result<serde_json::Value, Failure> {
    let table = read(file)?;
    let from = table.crs.as_ref().ok_or("no CRS")?;
    let before = table.geometry.as_ref().map_or(&[][..], |geometry| geometry.xy());
    let mut after = Vec::new();
    let mut seconds = Vec::new();
    for _ in 0..4 {
        after = before.to_vec();
        let start = Instant::now();
        transform_for_map(from, &mut after, &Watch::unwatched())?;
        seconds.push(start.elapsed().as_secs_f64());
    }
    let bytes = before.iter().chain(&after).flatten().flat_map(|number| number.to_le_bytes());
    std::fs::File::create(out)?.write_all(&bytes.collect::<Vec<u8>>())?;
    let (first, last) = (seconds.first(), seconds.last());
    Ok(serde_json::json!({
        "positions": before.len(), "crs": from.crs.code, "first": first, "seconds": last,
    }))
}

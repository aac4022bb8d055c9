//! Damages files and opens them, for as long as one wants:
//! `cargo run --release --example fuzz -- [FORMAT…] [--times N] [--from N]`. On one core (`taskset -c 0`)
//! readers start no threads, and small files are opened much sooner. With
//! `--seeds FOLDER [--extension EXTENSION]` it only writes the whole files it begins with.
//!
//! A file that brings a reader down, takes longer than a second of processor time or more than
//! 512 MB of memory is kept in `tests/fuzzing/found`, and the program ends with status 1.
#![allow(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for those who build Belfort"
)]

use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

#[path = "../tests/fuzzing/mod.rs"]
mod fuzzing;
#[path = "../tests/generated/mod.rs"]
mod generated;

use fuzzing::{Outcome, Seed, attempt, attempt_to_open, damaged, seeds, write_seed};
use generated::Chance;

/// The most memory one file may take, bytes.
const MEMORY: u64 = 512 << 20;
/// The most processor time one file may take, seconds.
const PATIENCE: f64 = 1.0;
/// How many files are opened between two looks at the memory.
const BATCH: usize = 64;

fn main() {
    let mut formats = Vec::new();
    let (mut folder_of_seeds, mut extension) = (None, None);
    let (mut times, mut from) = (10_000_u64, 0_u64);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seeds" => folder_of_seeds = arguments.next(),
            "--extension" => extension = arguments.next(),
            "--times" => times = number(arguments.next()),
            "--from" => from = number(arguments.next()),
            _ => formats.push(argument),
        }
    }
    if let Some(folder) = folder_of_seeds {
        return write_seeds(Path::new(&folder), extension.as_deref());
    }
    // What went wrong is told once, here.
    std::panic::set_hook(Box::new(|_| {}));
    let all: Vec<Seed> = seeds()
        .into_iter()
        .filter(|seed| formats.is_empty() || formats.iter().any(|it| it == seed.format))
        .collect();
    assert!(!all.is_empty(), "no format of that name has seeds");
    let folder = fast_folder();
    let (mut opened, mut refused, mut bad) = (0_u64, 0_u64, 0_u64);
    let begin = Instant::now();
    let numbers: Vec<u64> = (from..from + times).collect();
    for batch in numbers.chunks(BATCH) {
        forget_peak();
        let mut odd = Vec::new();
        for number in batch {
            let path = write_seed(&made(&all, *number), folder.path());
            let start = Instant::now();
            // The list of layers is made of every fourth.
            let outcome = if number % 4 == 0 { attempt(&path) } else { attempt_to_open(&path) };
            match outcome {
                Outcome::Panicked(text) => odd.push((*number, Some(text))),
                // All cores together cannot have worked longer than this.
                _ if start.elapsed().as_secs_f64() * *CORES > PATIENCE => odd.push((*number, None)),
                Outcome::Opened(_) => opened += 1,
                Outcome::Refused => refused += 1,
            }
        }
        // To ask the system after each file takes longer than most files do.
        if peak_memory() > MEMORY {
            let known: Vec<u64> = odd.iter().map(|(number, _)| *number).collect();
            let others = batch.iter().filter(|number| !known.contains(number));
            odd.extend(others.map(|number| (*number, None)));
        }
        for (number, panic) in odd {
            let made = made(&all, number);
            // What panicked once may not do so again.
            if let Some(wrong) = panic.or_else(|| fault(&made, folder.path())) {
                bad += 1;
                println!("{} {number}: {wrong}", made.format);
                keep(&made, number);
            }
        }
    }
    let rate = times as f64 / begin.elapsed().as_secs_f64();
    println!("{times} files, {opened} opened, {refused} refused, {bad} wrong, {rate:.0} a second");
    std::process::exit(i32::from(bad > 0));
}

/// The damaged file of a number.
fn made(all: &[Seed], number: u64) -> Seed {
    let mut chance = Chance::new(number);
    let seed = chance.of(all);
    damaged(seed, &mut chance)
}

/// What is wrong with the opening of a file, watched closely.
fn fault(made: &Seed, folder: &Path) -> Option<String> {
    let path = write_seed(made, folder);
    forget_peak();
    let before = processor_seconds();
    let outcome = attempt(&path);
    let seconds = processor_seconds() - before;
    let peak = peak_memory();
    match outcome {
        Outcome::Panicked(text) => Some(text),
        _ if seconds > PATIENCE => Some(format!("{seconds:.1} s")),
        _ if peak > MEMORY => Some(format!("{} MB", peak >> 20)),
        Outcome::Opened(_) | Outcome::Refused => None,
    }
}

/// Asking the system takes longer than some files do.
static CORES: LazyLock<f64> =
    LazyLock::new(|| std::thread::available_parallelism().map_or(1.0, |it| it.get() as f64));

fn number(argument: Option<String>) -> u64 {
    argument.and_then(|it| it.parse().ok()).expect("a number")
}

/// The seeds as files, for another program to damage.
fn write_seeds(folder: &Path, extension: Option<&str>) {
    for (number, seed) in seeds().iter().enumerate() {
        for (own, bytes) in &seed.files {
            if extension.is_none_or(|wanted| wanted == own) {
                std::fs::write(folder.join(format!("seed-{number}.{own}")), bytes).unwrap();
            }
        }
    }
}

/// A folder in memory where the system has one.
fn fast_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

fn keep(seed: &Seed, number: u64) {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzing/found");
    for (extension, bytes) in &seed.files {
        let name = format!("{}-{number}.{extension}", seed.format);
        std::fs::write(found.join(name), bytes).unwrap();
    }
}

/// User and system time of this process so far (Linux; elsewhere 0: time is not watched).
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let mut fields = after.split_whitespace().skip(11);
    let mut ticks = || fields.next().and_then(|it| it.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks() + ticks()) / 100.0
}

/// Lets the system count the peak from now on (Linux).
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory since then, bytes (Linux; elsewhere 0: memory is not watched).
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) << 10
}

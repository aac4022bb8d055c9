//! The program is killed while it exports, packs and prints: what was there before is whole, or
//! what was to come is. `BELFORT_KILLS` sets how often; a few times where it is not set.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;

use super::edits::Chance;

fn kills() -> u64 {
    std::env::var("BELFORT_KILLS").map_or(6, |text| text.parse().unwrap())
}

fn belfort(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfort"));
    command.env("HOME", folder).env("XDG_CACHE_HOME", folder.join("cache"));
    command.current_dir(folder).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Runs a command to its end once, then kills it at moments spread over as long as that took, and
/// a little more; `is_whole` is asked after each kill.
fn killed(folder: &Path, arguments: &[&str], is_whole: impl Fn(u64)) {
    let begin = Instant::now();
    assert!(belfort(folder, arguments).status().unwrap().success(), "{arguments:?}");
    let length = begin.elapsed();
    is_whole(0);
    let length = u64::try_from(length.as_millis()).unwrap();
    let mut chance = Chance::of(u64::from(std::process::id()) + length);
    let most = length.max(2) * 11 / 10;
    let mut ended = 0;
    for kill in 1..=kills() {
        let mut child = belfort(folder, arguments).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(chance.below(most)));
        child.kill().unwrap();
        ended += u64::from(child.wait().unwrap().success());
        is_whole(kill);
    }
    assert!(ended < kills() || kills() < 4, "no kill came while it worked");
}

/// The rows of a file.
fn rows(path: &Path) -> usize {
    let tables = open(path, &ReadOptions::default(), &Watch::unwatched());
    let tables = tables.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    tables.first().unwrap().rows()
}

/// Points enough that writing them takes a moment.
fn many(folder: &Path) -> PathBuf {
    let mut text = String::from("naam,lon,lat\n");
    for number in 0..20_000 {
        use std::fmt::Write as _;
        let _ = writeln!(text, "punt {number},3.{number:05},51.{number:05}");
    }
    let path = folder.join("veel.csv");
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn an_export_that_is_killed_leaves_a_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let source = many(folder.path());
    let source = source.to_string_lossy();
    for name in ["uit.geojson", "uit.gpkg", "uit.shp", "uit.fgb", "uit.csv"] {
        let out = folder.path().join(name);
        killed(folder.path(), &["convert", &source, name, "--crs", "EPSG:31370"], |kill| {
            assert_eq!(rows(&out), 20_000, "{name}: kill {kill}");
        });
    }
}

#[test]
fn a_pack_that_is_killed_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/gent.belfort.json");
    let sample = sample.to_string_lossy();
    let out = folder.path().join("uit.zip");
    killed(folder.path(), &["pack", &sample, "--out", "uit.zip"], |kill| {
        let file = std::fs::File::open(&out).unwrap();
        let mut zip = zip::ZipArchive::new(file).unwrap_or_else(|error| panic!("{kill}: {error}"));
        assert!(zip.len() > 10, "kill {kill}");
        for at in 0..zip.len() {
            let mut entry = zip.by_index(at).unwrap();
            // Read to its end, its sum is compared.
            std::io::copy(&mut entry, &mut std::io::sink()).unwrap();
        }
    });
}

#[test]
fn a_page_that_is_killed_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/gent.belfort.json");
    let sample = sample.to_string_lossy();
    for (name, end) in [("uit.pdf", &b"%%EOF"[..]), ("uit.svg", b"</svg>"), ("uit.png", b"IEND")] {
        let out = folder.path().join(name);
        let arguments = ["print", &sample, "--paper", "a5", "--offline", "--out", name];
        killed(folder.path(), &arguments, |kill| {
            let bytes = std::fs::read(&out).unwrap();
            let tail = &bytes[bytes.len().saturating_sub(20)..];
            assert!(tail.windows(end.len()).any(|part| part == end), "{name}: kill {kill}");
        });
    }
}

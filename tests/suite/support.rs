//! What several tests need.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the shared test data (`BELFORT_TEST_DATA`, or `../shared/data` beside the checkout);
/// none, saying so, where the data are absent.
#[allow(dead_code, reason = "not every build of the tests uses it")]
pub fn shared_data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BELFORT_TEST_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// Whether a program of GDAL (an outside oracle) can be run; says so where it cannot.
#[allow(dead_code, reason = "not every build of the tests uses it")]
pub fn has_gdal() -> bool {
    let found = Command::new("ogrinfo").arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: ogrinfo (gdal-bin) is not installed");
    }
    found
}

/// A Python that has a module (an outside oracle); none, saying so, where no Python has it.
#[allow(dead_code, reason = "not every build of the tests uses it")]
pub fn python_with(module: &str) -> Option<Command> {
    // The one that is found first need not be that of the system, which has what it packages.
    for python in ["python3", "/usr/bin/python3"] {
        let has_it = Command::new(python).args(["-c", &format!("import {module}")]).output();
        if has_it.is_ok_and(|found| found.status.success()) {
            return Some(Command::new(python));
        }
    }
    eprintln!("skipped: no Python has {module}");
    None
}

//! GEOS as an outside oracle, through shapely.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde::Deserialize;

/// What GEOS says of a geometry.
#[derive(Debug, Deserialize)]
pub struct Answer {
    /// None where it refuses to make it: a ring that is not closed or too short.
    pub valid: Option<bool>,
    pub reason: Option<String>,
    /// The area of what `make_valid` makes of it by structure; none where that fails.
    #[serde(default)]
    pub area: Option<f64>,
}

/// Whether shapely can be asked; says so where it cannot.
pub fn is_there() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let version = "import shapely; print(shapely.__version__, shapely.geos_version_string)";
        let asked = Command::new("python3").args(["-c", version]).output();
        let found = asked.is_ok_and(|asked| asked.status.success());
        if !found {
            eprintln!("skipped: shapely (pip install shapely) is not installed");
        }
        found
    })
}

/// Asks about geometries in well-known text.
pub fn ask(texts: &[String], repairs: bool) -> Vec<Answer> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/check/oracle.py");
    let mut command = Command::new("python3");
    command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped());
    if repairs {
        command.arg("--repair");
    }
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let text = texts.join("\n");
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    let answers = std::str::from_utf8(&output.stdout).unwrap().lines();
    let answers: Vec<Answer> = answers.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), texts.len());
    answers
}

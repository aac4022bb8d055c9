//! The lines of a journal: length, checksum, JSON.
//!
//! `1234 0123456789abcdef {…}` and an end of line. The length is that of the JSON in bytes, the
//! checksum the first eight bytes of its SHA-256. JSON written on one line has no end of line in it, so
//! whatever happens to one line, the next begins at one.

use std::path::PathBuf;

use chrono::Utc;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::file::members_of;
use super::super::stamp::{Stamp, hex};
use super::Unsaved;

/// What a line says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "camelCase")]
pub(super) enum Line {
    /// The project as it was opened or saved last; the first line.
    Saved {
        /// Its file.
        #[serde(default)]
        path: Option<PathBuf>,
        /// That file.
        #[serde(default)]
        stamp: Option<Stamp>,
        /// What the person calls it.
        name: String,
        /// The members of a project file, paths absolute.
        document: Value,
    },
    /// The document after a change.
    Work {
        /// When it was written, RFC 3339.
        at: String,
        /// How many changes there were.
        changes: u64,
        /// The members of a project file, paths absolute.
        document: Value,
    },
}

impl Line {
    /// The first line for unsaved work.
    pub(super) fn saved(unsaved: &Unsaved) -> Result<Line, serde_json::Error> {
        Ok(Line::Saved {
            path: unsaved.path.as_ref().map(|path| path.to_string_lossy().into_owned().into()),
            stamp: unsaved.stamp.clone(),
            name: unsaved.name.clone(),
            document: members_of(&unsaved.saved)?,
        })
    }

    /// A line for unsaved work.
    pub(super) fn work(unsaved: &Unsaved) -> Result<Line, serde_json::Error> {
        let document = members_of(&unsaved.document)?;
        Ok(Line::Work { at: Utc::now().to_rfc3339(), changes: unsaved.changes, document })
    }

    /// As it is written.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let json = serde_json::to_vec(self)?;
        let mut bytes = format!("{} {} ", json.len(), checksum(&json)).into_bytes();
        bytes.extend(json);
        bytes.push(b'\n');
        Ok(bytes)
    }
}

fn checksum(json: &[u8]) -> String {
    let digest = digest(&SHA256, json);
    hex(digest.as_ref().get(..8).unwrap_or_default())
}

/// The lines of a journal that are whole, and how many others there are.
pub(super) fn read(bytes: &[u8]) -> (Vec<Line>, usize) {
    let mut whole = Vec::new();
    let mut torn = 0;
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match line_of(line) {
            Some(line) => whole.push(line),
            None => torn += 1,
        }
    }
    (whole, torn)
}

fn line_of(line: &[u8]) -> Option<Line> {
    let mut parts = line.splitn(3, |byte| *byte == b' ');
    let length: usize = std::str::from_utf8(parts.next()?).ok()?.parse().ok()?;
    let sum = parts.next()?;
    let json = parts.next()?;
    if json.len() != length || checksum(json).as_bytes() != sum {
        return None;
    }
    serde_json::from_slice(json).ok()
}

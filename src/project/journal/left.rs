//! What programs left over that ended too early.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::super::document::Document;
use super::super::file::taken;
use super::super::stamp::Stamp;
use super::lines::{Line, read};
use super::place::{Claim, claim_all};
use crate::formats::sweep_unfinished;
use crate::i18n::Message;
use crate::problem::{FileError, Problems};

/// Unsaved work of a program that is gone. While it lives no other program is offered it; dropped,
/// it stays for the next start.
#[derive(Debug)]
pub struct Leftover {
    /// The document as it was last written down.
    pub document: Document,
    /// The document as it was opened or saved before.
    pub saved: Document,
    /// The project's file; none for one that was never saved.
    pub path: Option<PathBuf>,
    /// That file as it was opened or saved before.
    pub stamp: Option<Stamp>,
    /// What the person called the project.
    pub name: String,
    /// When it was last written down.
    pub at: DateTime<Utc>,
    /// How many changes there were.
    pub changes: u64,
    /// What of it could not be read.
    pub problems: Problems,
    claim: Claim,
}

impl Leftover {
    /// Throws the work away.
    ///
    /// # Errors
    /// When its file cannot be removed.
    pub fn discard(self) -> Result<(), FileError> {
        let path = self.claim.journal.clone();
        self.claim.remove().map_err(|error| FileError::io(path, &error))
    }

    pub(super) fn into_claim(self) -> Claim {
        self.claim
    }
}

/// The unsaved work that programs left in a folder, the newest first; and what of it could not be
/// read, each told once. Work of programs that are still running is not among it.
pub fn left_over(folder: &Path) -> (Vec<Leftover>, Vec<FileError>) {
    let mut found = Vec::new();
    let mut failed = Vec::new();
    for claim in claim_all(folder) {
        let path = claim.journal.clone();
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                failed.push(FileError::io(path, &error));
                continue;
            }
        };
        let outcome = match last_of(&bytes) {
            Some((saved, work)) => {
                found.push(leftover(saved, work, claim));
                Ok(())
            }
            None if bytes.is_empty() => claim.remove(),
            None => claim.put_aside().map(|aside| {
                failed.push(FileError::new(aside, Message::new("project-error-journal")));
            }),
        };
        if let Err(error) = outcome {
            failed.push(FileError::io(path, &error));
        }
    }
    // The program may have ended while it saved.
    let folders = found.iter().filter_map(|work| work.path.as_deref()?.parent());
    let folders: BTreeSet<&Path> = folders.chain([folder]).collect();
    folders.into_iter().for_each(sweep_unfinished);
    (found, failed)
}

/// The last lines of each kind that are whole; none without any work. Where the first line is
/// lost, the project counts as new.
fn last_of(bytes: &[u8]) -> Option<(Option<Line>, Line)> {
    let (mut saved, mut work) = (None, None);
    for line in read(bytes).0 {
        match line {
            Line::Saved { .. } => saved = Some(line),
            Line::Work { .. } => work = Some(line),
        }
    }
    work.map(|work| (saved, work))
}

fn leftover(saved: Option<Line>, work: Line, claim: Claim) -> Leftover {
    let mut problems = Problems::new();
    let mut read = |document: Value| match document {
        Value::Object(members) => taken(members, &mut problems).0,
        _ => Document::default(),
    };
    let (at, changes, document) = match work {
        Line::Work { at, changes, document } => {
            let at = DateTime::parse_from_rfc3339(&at).unwrap_or_default();
            (at.with_timezone(&Utc), changes, read(document))
        }
        Line::Saved { .. } => (DateTime::default(), 0, Document::default()),
    };
    let (path, stamp, name, saved) = match saved {
        Some(Line::Saved { path, stamp, name, document }) => (path, stamp, name, read(document)),
        _ => (None, None, document.title.clone(), Document::default()),
    };
    Leftover { document, saved, path, stamp, name, at, changes, problems, claim }
}

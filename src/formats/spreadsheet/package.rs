//! The parts of a zipped document, unpacked within limits.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::fault::{Ended, Fault};
use crate::jobs::Watch;

/// How many times larger than the file its parts may be together. Sheets of one repeated value
/// reach a hundred.
const GROWTH: u64 = 200;
/// What the parts of any file may come to, and what those of none may.
const ALWAYS_ALLOWED: u64 = 64 << 20;
const NEVER_ALLOWED: u64 = 16 << 30;
/// The most parts looked at.
const PARTS: usize = 20_000;

/// A zipped document.
pub(super) struct Package {
    archive: ZipArchive<BufReader<File>>,
    /// The parts by their names as the standards have them: slashes, and in lower case because
    /// some programs write others.
    parts: HashMap<String, usize>,
    pub(super) file_size: u64,
    limit: u64,
    left: u64,
}

impl Package {
    /// Opens the directory of a file.
    ///
    /// # Errors
    /// When it is no zip file, or cannot be read.
    pub(super) fn open(path: &Path) -> Result<Package, Fault> {
        let file = File::open(path).map_err(Fault::Io)?;
        let file_size = file.metadata().map_err(Fault::Io)?.len();
        let archive = ZipArchive::new(BufReader::new(file)).map_err(of_zip)?;
        let names = archive.file_names().take(PARTS).zip(0..);
        let parts = names.filter_map(|(name, at)| Some((plain(&name.ok()?), at))).collect();
        let limit = file_size.saturating_mul(GROWTH).clamp(ALWAYS_ALLOWED, NEVER_ALLOWED);
        Ok(Package { archive, parts, file_size, limit, left: limit })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&plain(name))
    }

    /// How large a part says it is; only for progress, because it may lie.
    pub(super) fn size_of(&mut self, name: &str) -> u64 {
        let at = self.parts.get(&plain(name)).copied();
        let part = at.and_then(|at| self.archive.by_index_raw(at).ok());
        part.map_or(0, |part| part.size())
    }

    /// A part to read; none where there is none. What is read counts for the limit of the file
    /// and for the watch.
    ///
    /// # Errors
    /// When it wants a password or is packed in an unknown way.
    pub(super) fn part<'a>(
        &'a mut self,
        name: &str,
        watch: &'a Watch,
    ) -> Result<Option<Part<'a>>, Fault> {
        let Some(at) = self.parts.get(&plain(name)).copied() else { return Ok(None) };
        let file = self.archive.by_index(at).map_err(of_zip)?;
        let part = Metered { file, left: &mut self.left, limit: self.limit, watch };
        Ok(Some(BufReader::with_capacity(1 << 16, part)))
    }

    /// The whole of a small part; empty where there is none.
    ///
    /// # Errors
    /// As [`Self::part`], or when it cannot be unpacked.
    pub(super) fn whole(&mut self, name: &str, watch: &Watch) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        if let Some(mut part) = self.part(name, watch)? {
            part.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

/// A part that is being read.
pub(super) type Part<'a> = BufReader<Metered<'a>>;

/// Counts what is read, and ends it at the limit or when the person cancelled.
pub(super) struct Metered<'a> {
    file: ZipFile<'a, BufReader<File>>,
    left: &'a mut u64,
    limit: u64,
    watch: &'a Watch,
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.watch.check().is_err() {
            return Err(Ended::Cancelled.into());
        }
        let read = self.file.read(into)?;
        let bytes = u64::try_from(read).unwrap_or(u64::MAX);
        self.watch.advance(bytes);
        *self.left = self.left.checked_sub(bytes).ok_or(Ended::Bomb(self.limit >> 20))?;
        Ok(read)
    }
}

/// A name as parts are found by.
fn plain(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

fn of_zip(error: ZipError) -> Fault {
    match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Fault::Locked
        }
        ZipError::Io(error) => error.into(),
        other => Fault::Damaged(other.to_string()),
    }
}

//! Archives of tiles: whole basemaps in one file, PMTiles (version 3) and MBTiles (version 1.3).
//!
//! - [`Archive::open`] reads what the file says of itself ([`ArchiveFacts`]) and no tile yet.
//! - [`Archive::tile`] gives the bytes of one tile, unpacked.
//! - [`RasterArchive`] makes pictures of it for the map; what is in vector tiles is drawn elsewhere.
//! - [`ArchiveWriter`] writes such a file.
//!
//! Nothing that a file claims reserves memory, sends the reader in circles or to bytes it has not:
//! every length is held against the file and against a limit, and directories are followed to a
//! depth.

mod bytes;
mod directory;
mod facts;
mod header;
mod mbtiles;
mod packed;
mod pmtiles;
mod raster;
mod writer;

pub use bytes::{Bytes, FileBytes};
pub use directory::{Entry, tile_id, tile_of_id};
pub use facts::{ArchiveFacts, ArchiveForm, TileForm};
pub use pmtiles::{Pmtiles, Span};
pub use raster::RasterArchive;
pub use writer::{ArchiveWriter, WriterFacts};

use std::io::Read as _;
use std::path::Path;

use mbtiles::Mbtiles;

use super::TileId;
use crate::i18n::Message;
use crate::problem::FileError;

/// An archive of tiles, open for reading.
pub struct Archive {
    facts: ArchiveFacts,
    reader: Reader,
}

enum Reader {
    Pmtiles(Box<Pmtiles>),
    Mbtiles(Box<Mbtiles>),
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Archive({})", self.facts.path.display())
    }
}

/// Whether a file is an archive of tiles: by its first bytes, else by its name, so that a damaged
/// one is told as such.
pub fn is_archive(path: &Path) -> bool {
    let named = path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("pmtiles") || extension.eq_ignore_ascii_case("mbtiles")
    });
    path.is_file() && (named || head_of(path).is_some_and(|head| form_of(&head).is_some()))
}

fn head_of(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    std::fs::File::open(path).ok()?.take(100).read_to_end(&mut head).ok()?;
    Some(head)
}

/// What the first bytes say. A database of SQLite is an MBTiles where it is marked as one ("MPBX",
/// the application's number in SQLite's list); unmarked ones are known by their name.
fn form_of(head: &[u8]) -> Option<ArchiveForm> {
    if head.starts_with(b"PMTiles") {
        return Some(ArchiveForm::Pmtiles);
    }
    let is_marked = head.starts_with(b"SQLite format 3\0") && head.get(68..72) == Some(b"MPBX");
    is_marked.then_some(ArchiveForm::Mbtiles)
}

impl Archive {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read, is no archive of tiles, or is damaged where it tells of itself.
    pub fn open(path: &Path) -> Result<Archive, FileError> {
        let path = &std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let head = FileBytes::open(path)?.read_up_to(0, 100)?;
        if head.is_empty() {
            return Err(FileError::new(path, Message::new("tiles-error-empty"))
                .remedy(Message::new("tiles-error-again")));
        }
        let is_named_mbtiles =
            path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mbtiles"));
        match form_of(&head) {
            Some(ArchiveForm::Pmtiles) => Archive::of_bytes(Box::new(FileBytes::open(path)?)),
            Some(ArchiveForm::Mbtiles) => Archive::of_mbtiles(path),
            None if head.starts_with(b"SQLite format 3\0") => Archive::of_mbtiles(path),
            None if is_named_mbtiles => {
                Err(FileError::new(path, Message::new("tiles-error-not-sqlite"))
                    .remedy(Message::new("tiles-error-again")))
            }
            None => Err(FileError::new(path, Message::new("tiles-error-not-pmtiles"))
                .remedy(Message::new("tiles-error-again"))),
        }
    }

    fn of_mbtiles(path: &Path) -> Result<Archive, FileError> {
        let (reader, facts) = Mbtiles::open(path)?;
        Ok(Archive { facts, reader: Reader::Mbtiles(Box::new(reader)) })
    }

    /// A PMTiles archive wherever its bytes are.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn of_bytes(bytes: Box<dyn Bytes>) -> Result<Archive, FileError> {
        let reader = Pmtiles::open(bytes)?;
        Ok(Archive { facts: reader.facts()?, reader: Reader::Pmtiles(Box::new(reader)) })
    }

    /// What it says of itself.
    pub fn facts(&self) -> &ArchiveFacts {
        &self.facts
    }

    /// Its directories, where it is a PMTiles archive.
    pub fn pmtiles(&self) -> Option<&Pmtiles> {
        match &self.reader {
            Reader::Pmtiles(reader) => Some(reader),
            Reader::Mbtiles(_) => None,
        }
    }

    /// Whether a tile lies in its zoom levels and bounds; it may still lack it. Costs nothing.
    pub fn may_have(&self, tile: TileId) -> bool {
        self.facts.may_have(tile)
    }

    /// The bytes of a tile as they are in the file, unpacked if they were packed; none where it has
    /// none. Nothing outside of its bounds is looked for. Reads the file: for jobs.
    ///
    /// # Errors
    /// When the file is damaged there, or cannot be read.
    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, FileError> {
        if !self.may_have(tile) {
            return Ok(None);
        }
        match &self.reader {
            Reader::Pmtiles(reader) => reader.tile(tile),
            Reader::Mbtiles(reader) => reader.tile(tile),
        }
    }
}

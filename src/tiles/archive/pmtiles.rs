//! Reading PMTiles (PMTiles Version 3 Specification, protomaps.com).

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::bytes::Bytes;
use super::directory::{Entry, find, parse, tile_id};
use super::facts::{ArchiveFacts, ArchiveForm, TileForm, sound_bounds};
use super::header::{Head, NoHead, Section};
use super::packed::{NotUnpacked, Packing, unpacked};
use crate::i18n::Message;
use crate::problem::{FileError, Place};
use crate::tiles::TileId;
use crate::tiles::disk::LARGEST_TILE;

/// The head and the root directory lie in the first so many bytes.
const FIRST: u64 = 16_384;

/// A directory that is longer than this, packed or not, is none: those of the whole planet have
/// some hundred kilobytes.
const LARGEST_DIRECTORY: usize = 8 << 20;

/// The same of the metadata.
const LARGEST_METADATA: usize = 8 << 20;

/// How many bytes a vector tile may become: the largest of real ones have one or two megabytes.
const LARGEST_UNPACKED: usize = 24 << 20;

/// How deep directories lead to others: the root, and three steps of leaves.
const DEEPEST: usize = 4;

/// How many entries of leaves stay in memory.
const ENTRIES_KEPT: usize = 1 << 20;

/// Where bytes of a tile are in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// From the start of the file.
    pub at: u64,
    /// How many.
    pub length: u32,
}

/// A PMTiles archive.
pub struct Pmtiles {
    bytes: Box<dyn Bytes>,
    head: Head,
    root: Vec<Entry>,
    leaves: Mutex<Leaves>,
}

/// Leaves read lately.
#[derive(Default)]
struct Leaves {
    kept: Vec<(u64, Arc<Vec<Entry>>)>,
    entries: usize,
}

impl Leaves {
    /// A leaf, which is now the one used last.
    fn get(&mut self, offset: u64) -> Option<Arc<Vec<Entry>>> {
        let at = self.kept.iter().position(|(known, _)| *known == offset)?;
        let found = self.kept.remove(at);
        let leaf = Arc::clone(&found.1);
        self.kept.push(found);
        Some(leaf)
    }

    fn put(&mut self, offset: u64, leaf: Arc<Vec<Entry>>) {
        if self.kept.iter().any(|(known, _)| *known == offset) {
            return;
        }
        self.entries += leaf.len();
        self.kept.push((offset, leaf));
        while self.entries > ENTRIES_KEPT && self.kept.len() > 1 {
            let (_, gone) = self.kept.remove(0);
            self.entries = self.entries.saturating_sub(gone.len());
        }
    }
}

impl Pmtiles {
    /// Reads head and root directory.
    pub(super) fn open(bytes: Box<dyn Bytes>) -> Result<Pmtiles, FileError> {
        let path = bytes.path().to_owned();
        let wrong =
            |what: Message| FileError::new(&path, what).remedy(Message::new("tiles-error-again"));
        let length = bytes.length();
        let first = usize::try_from(length.min(FIRST)).unwrap_or(0);
        let start = bytes.read(0, first)?;
        let head = Head::parse(&start).map_err(|no| match no {
            NoHead::NotPmtiles => wrong(Message::new("tiles-error-not-pmtiles")),
            NoHead::Version(version) => {
                let what = Message::new("tiles-error-version").text("version", version.to_string());
                FileError::new(&path, what).remedy(Message::new("tiles-error-version-do"))
            }
        })?;
        for section in [head.root, head.metadata, head.leaves, head.tiles] {
            if !section.is_within(length) {
                return Err(wrong(Message::new("tiles-error-cut")).at(Place::Byte(length)));
            }
        }
        let [least, most] = head.zooms;
        if least > most || most > 30 {
            let what = Message::new("tiles-error-zooms")
                .text("least", least.to_string())
                .text("most", most.to_string());
            return Err(wrong(what).at(Place::Byte(100)));
        }
        let mut archive =
            Pmtiles { bytes, head, root: Vec::new(), leaves: Mutex::new(Leaves::default()) };
        // The root usually came with the head: a server is not asked for it again.
        let at = usize::try_from(head.root.offset).unwrap_or(usize::MAX);
        let end = at.saturating_add(usize::try_from(head.root.length).unwrap_or(usize::MAX));
        archive.root = match start.get(at..end) {
            Some(packed) => archive.directory_of(packed.to_vec(), head.root.offset)?,
            None => archive.directory(head.root, 0, head.root.length)?,
        };
        Ok(archive)
    }

    /// The file, or the address.
    pub fn path(&self) -> &Path {
        self.bytes.path()
    }

    /// Where its bytes are.
    pub fn bytes(&self) -> &dyn Bytes {
        &*self.bytes
    }

    fn wrong(&self, what: Message, at: u64) -> FileError {
        FileError::new(self.path(), what)
            .at(Place::Byte(at))
            .remedy(Message::new("tiles-error-again"))
    }

    fn not_unpacked(&self, why: NotUnpacked, at: u64) -> FileError {
        match why {
            NotUnpacked::Damaged(detail) => {
                self.wrong(Message::new("tiles-error-unpack").text("detail", detail), at)
            }
            NotUnpacked::TooLarge => self.wrong(Message::new("tiles-error-bomb"), at),
            NotUnpacked::Unknown(name) => {
                let what = Message::new("tiles-error-packing").text("name", name);
                FileError::new(self.path(), what).remedy(Message::new("tiles-error-packing-do"))
            }
        }
    }

    /// A stretch of a section, no longer than a limit.
    fn piece(
        &self,
        section: Section,
        offset: u64,
        length: u64,
        most: usize,
    ) -> Result<(Vec<u8>, u64), FileError> {
        let Some(at) = section.piece(offset, length) else {
            let what = Message::new("tiles-error-outside").text("offset", offset.to_string());
            return Err(self.wrong(what, section.offset));
        };
        match usize::try_from(length).ok().filter(|length| *length <= most) {
            Some(length) => Ok((self.bytes.read(at, length)?, at)),
            None => Err(self.wrong(Message::new("tiles-error-bomb"), at)),
        }
    }

    fn directory(
        &self,
        section: Section,
        offset: u64,
        length: u64,
    ) -> Result<Vec<Entry>, FileError> {
        let (packed, at) = self.piece(section, offset, length, LARGEST_DIRECTORY)?;
        self.directory_of(packed, at)
    }

    fn directory_of(&self, packed: Vec<u8>, at: u64) -> Result<Vec<Entry>, FileError> {
        let plain = unpacked(packed, self.head.internal, LARGEST_DIRECTORY)
            .map_err(|why| self.not_unpacked(why, at))?;
        parse(&plain).map_err(|_| self.wrong(Message::new("tiles-error-directory"), at))
    }

    fn leaf(&self, entry: Entry) -> Result<Arc<Vec<Entry>>, FileError> {
        let lock = || self.leaves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(entry.offset) {
            return Ok(known);
        }
        let length = u64::from(entry.length);
        let leaf = Arc::new(self.directory(self.head.leaves, entry.offset, length)?);
        lock().put(entry.offset, Arc::clone(&leaf));
        Ok(leaf)
    }

    /// Where a tile's bytes are; none where it has none.
    ///
    /// # Errors
    /// When a directory is damaged, or cannot be read.
    pub fn locate(&self, tile: TileId) -> Result<Option<Span>, FileError> {
        let id = tile_id(tile);
        let mut found = find(&self.root, id);
        for _ in 0..DEEPEST {
            let Some(entry) = found else { return Ok(None) };
            if entry.run > 0 {
                let length = u64::from(entry.length);
                let Some(at) = self.head.tiles.piece(entry.offset, length) else {
                    let what = Message::new("tiles-error-outside")
                        .text("offset", entry.offset.to_string());
                    return Err(self.wrong(what, self.head.tiles.offset));
                };
                return Ok(Some(Span { at, length: entry.length }));
            }
            found = find(&self.leaf(entry)?, id);
        }
        Err(self.wrong(Message::new("tiles-error-loop"), self.head.leaves.offset))
    }

    /// The bytes of a tile as they are in the file, packed or not.
    ///
    /// # Errors
    /// When the file is damaged there, or cannot be read.
    pub fn packed_tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, FileError> {
        let Some(span) = self.locate(tile)? else { return Ok(None) };
        let length = usize::try_from(span.length).unwrap_or(usize::MAX);
        if u64::from(span.length) > LARGEST_TILE {
            return Err(self.wrong(Message::new("tiles-error-bomb"), span.at));
        }
        self.bytes.read(span.at, length).map(Some)
    }

    pub(super) fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, FileError> {
        let Some(packed) = self.packed_tile(tile)? else { return Ok(None) };
        let at = self.locate(tile)?.map_or(0, |span| span.at);
        let plain = unpacked(packed, self.head.of_tiles, LARGEST_UNPACKED)
            .map_err(|why| self.not_unpacked(why, at))?;
        Ok(Some(plain))
    }

    /// What it says of itself.
    pub(super) fn facts(&self) -> Result<ArchiveFacts, FileError> {
        let head = &self.head;
        let mut facts = ArchiveFacts {
            path: self.path().to_owned(),
            form: ArchiveForm::Pmtiles,
            tiles: TileForm::Other(""),
            min_zoom: head.zooms[0],
            max_zoom: head.zooms[1],
            bounds: sound_bounds(head.bounds),
            name: String::new(),
            attribution: String::new(),
            attribution_url: None,
            description: String::new(),
            layers: Vec::new(),
            bytes: self.bytes.length(),
        };
        if let Some(metadata) = self.metadata()? {
            facts.take_metadata(&metadata);
        }
        facts.tiles = match TileForm::of_code(head.tile_type) {
            Some(form) => form,
            None => self.form_of_first()?,
        };
        if let TileForm::Other(name) = facts.tiles {
            let what = Message::new("tiles-error-form").text("name", name);
            return Err(
                FileError::new(self.path(), what).remedy(Message::new("tiles-error-form-do"))
            );
        }
        if self.root.is_empty() {
            return Err(self.wrong(Message::new("tiles-error-no-tiles"), head.root.offset));
        }
        // What nobody can unpack is told now, not tile by tile.
        if let Packing::Other(name) = head.of_tiles {
            return Err(self.not_unpacked(NotUnpacked::Unknown(name), 98));
        }
        Ok(facts)
    }

    /// The metadata as they are; none where there are none.
    ///
    /// # Errors
    /// When they are damaged.
    pub fn metadata(&self) -> Result<Option<serde_json::Value>, FileError> {
        let section = self.head.metadata;
        if section.length == 0 {
            return Ok(None);
        }
        let (packed, at) = self.piece(section, 0, section.length, LARGEST_METADATA)?;
        let plain = unpacked(packed, self.head.internal, LARGEST_METADATA)
            .map_err(|why| self.not_unpacked(why, at))?;
        serde_json::from_slice(&plain).map(Some).map_err(|error| {
            let what = Message::new("tiles-error-metadata").text("detail", error.to_string());
            self.wrong(what, at)
        })
    }

    /// Whether its vector tiles are packed with gzip.
    pub fn has_gzip(&self) -> bool {
        self.head.of_tiles == Packing::Gzip
    }

    fn form_of_first(&self) -> Result<TileForm, FileError> {
        let first = self.root.iter().find(|entry| entry.run > 0);
        let Some(entry) = first else { return Ok(TileForm::Vector) };
        let length = u64::from(entry.length).min(64);
        let (start, _) = self.piece(self.head.tiles, entry.offset, length, 64)?;
        Ok(TileForm::of_bytes(&start).unwrap_or(TileForm::Other("")))
    }
}

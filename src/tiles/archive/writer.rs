//! Writing PMTiles: clustered, each content once, the root directory within the first 16 KiB.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::directory::{Entry, tile_id, written};
use super::facts::TileForm;
use super::header::{HEAD, Head, Section};
use super::packed::Packing;
use crate::formats::AtomicFile;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Extent;
use crate::tiles::TileId;

/// Head and root directory fit into so many bytes.
const FIRST: usize = 16_384;

/// How many entries a leaf has at first; more where the root would become too long.
const LEAF: usize = 4096;

/// How many bytes are copied at a time.
const COPIED: usize = 1 << 20;

/// What an archive is to say of itself.
#[derive(Clone, Debug)]
pub struct WriterFacts {
    /// What its tiles are.
    pub tiles: TileForm,
    /// Whether they are packed with gzip, as vector tiles usually are.
    pub is_gzip: bool,
    /// Where it has tiles, degrees, WGS 84.
    pub bounds: Extent,
    /// What it says in words: an object with `name`, `attribution` and the like.
    pub metadata: Value,
}

/// Writes a PMTiles archive. Nothing is at its place before [`ArchiveWriter::finish`].
pub struct ArchiveWriter {
    path: PathBuf,
    data: File,
    /// How many bytes of tiles there are.
    length: u64,
    entries: Vec<Entry>,
    /// Where each content is.
    known: HashMap<[u8; 32], (u64, u32)>,
    tiles: u64,
    zooms: Option<[u8; 2]>,
}

impl ArchiveWriter {
    /// Starts an archive. Tiles are gathered in a nameless file in the same folder.
    ///
    /// # Errors
    /// When that cannot be made.
    pub fn create(path: &Path) -> Result<ArchiveWriter, FileError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let data = tempfile::tempfile_in(folder.unwrap_or(Path::new(".")))
            .map_err(|error| FileError::io(path, &error))?;
        Ok(ArchiveWriter {
            path: path.to_owned(),
            data,
            length: 0,
            entries: Vec::new(),
            known: HashMap::new(),
            tiles: 0,
            zooms: None,
        })
    }

    /// Adds a tile, as it is to be in the file. Tiles come in the order of their numbers
    /// ([`tile_id`]), so that what lies together on the map lies together in the file.
    ///
    /// # Errors
    /// When it cannot be written, or comes out of order.
    pub fn push(&mut self, tile: TileId, bytes: &[u8]) -> Result<(), FileError> {
        let id = tile_id(tile);
        let is_next = self
            .entries
            .last()
            .is_none_or(|last| last.id.saturating_add(u64::from(last.run)) <= id);
        if !is_next || bytes.is_empty() {
            let what = Message::new("error-io").text("detail", "tiles out of order");
            return Err(FileError::new(&self.path, what));
        }
        let length = u32::try_from(bytes.len())
            .map_err(|_| FileError::new(&self.path, Message::new("tiles-error-bomb")))?;
        let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
        let digest: [u8; 32] = digest.as_ref().try_into().unwrap_or_default();
        let (offset, length) = if let Some(known) = self.known.get(&digest) {
            *known
        } else {
            let at = self.length;
            self.data.write_all(bytes).map_err(|error| FileError::io(&self.path, &error))?;
            self.length += u64::from(length);
            self.known.insert(digest, (at, length));
            (at, length)
        };
        match self.entries.last_mut() {
            Some(last) if last.offset == offset && last.id + u64::from(last.run) == id => {
                last.run += 1;
            }
            _ => self.entries.push(Entry { id, offset, length, run: 1 }),
        }
        self.tiles += 1;
        let [least, most] = self.zooms.unwrap_or([tile.z; 2]);
        self.zooms = Some([least.min(tile.z), most.max(tile.z)]);
        Ok(())
    }

    /// How many tiles there are.
    pub fn tiles(&self) -> u64 {
        self.tiles
    }

    /// Writes the file and puts it into its place; answers how many bytes it has.
    ///
    /// # Errors
    /// When it cannot be written, or the person cancelled; an older file then stays whole.
    pub fn finish(mut self, facts: &WriterFacts, watch: &Watch) -> Result<u64, FileError> {
        let path = self.path.clone();
        let io = |error: std::io::Error| FileError::io(&path, &error);
        let text = serde_json::to_vec(&facts.metadata)
            .map_err(|error| FileError::io(&path, &error.into()))?;
        let metadata = gzip(&text).map_err(io)?;
        let (root, leaves) = directories(&self.entries).map_err(io)?;
        let section =
            |offset: usize, length: usize| Section { offset: offset as u64, length: length as u64 };
        let at_leaves = HEAD + root.len() + metadata.len();
        let at_tiles = at_leaves + leaves.len();
        let zooms = self.zooms.unwrap_or_default();
        let head = Head {
            root: section(HEAD, root.len()),
            metadata: section(HEAD + root.len(), metadata.len()),
            leaves: section(at_leaves, leaves.len()),
            tiles: Section { offset: at_tiles as u64, length: self.length },
            counts: [self.tiles, self.entries.len() as u64, self.known.len() as u64],
            is_clustered: true,
            internal: Packing::Gzip,
            of_tiles: if facts.is_gzip { Packing::Gzip } else { Packing::None },
            tile_type: facts.tiles.code(),
            zooms,
            bounds: facts.bounds,
            center_zoom: u8::midpoint(zooms[0], zooms[1]),
            center: facts.bounds.center(),
        };
        let mut out = AtomicFile::create(&path)?;
        out.write_all(&head.written(if facts.is_gzip { 2 } else { 1 }))?;
        for part in [&root, &metadata, &leaves] {
            out.write_all(part)?;
        }
        self.data.seek(SeekFrom::Start(0)).map_err(io)?;
        let mut piece = vec![0; COPIED];
        loop {
            watch.check().map_err(|_| FileError::cancelled(&path))?;
            let read = self.data.read(&mut piece).map_err(io)?;
            if read == 0 {
                break;
            }
            out.write_all(piece.get(..read).unwrap_or_default())?;
        }
        out.commit()?;
        Ok((at_tiles as u64).saturating_add(self.length))
    }
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut pack = GzEncoder::new(Vec::new(), Compression::best());
    pack.write_all(bytes)?;
    pack.finish()
}

/// The root directory and the leaves it leads to, if all entries do not fit into it.
fn directories(entries: &[Entry]) -> std::io::Result<(Vec<u8>, Vec<u8>)> {
    let root = gzip(&written(entries))?;
    if root.len() <= FIRST - HEAD {
        return Ok((root, Vec::new()));
    }
    let mut size = LEAF;
    loop {
        let mut leaves = Vec::new();
        let mut tops = Vec::new();
        for part in entries.chunks(size) {
            let leaf = gzip(&written(part))?;
            let length = u32::try_from(leaf.len()).map_err(std::io::Error::other)?;
            let id = part.first().map_or(0, |first| first.id);
            tops.push(Entry { id, offset: leaves.len() as u64, length, run: 0 });
            leaves.extend(leaf);
        }
        let root = gzip(&written(&tops))?;
        if root.len() <= FIRST - HEAD {
            return Ok((root, leaves));
        }
        size *= 2;
    }
}

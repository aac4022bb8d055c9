//! An area of a basemap taken along: fetched politely into one file that works without a network.
//!
//! - [`Wanted`] is which tiles of which levels, counted before anything is asked for.
//! - [`TakeFrom`] is a server that allows it, or a PMTiles archive behind an address, of which only
//!   the bytes that are needed are asked for.
//! - [`take`] fetches into a file beside the target and goes on there after a cancel, a crash or a
//!   broken connection; in the end it becomes one PMTiles or MBTiles file.

mod fetching;
mod finish;
mod kept;
mod ranges;
mod remote;
mod room;
mod stage;

pub(super) use kept::take_kept;
pub use remote::open_remote;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::archive::{Archive, TileForm, tile_id};
use super::{Basemap, TileId, without_keys};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::network::{Line, Network, NoLine};
use crate::problem::FileError;
use crate::table::Extent;

/// No more tiles than this are taken from a server: a city at the depth of a street map has some
/// ten thousand.
pub const MOST_OF_SERVER: usize = 30_000;

/// The same from an archive, of which a request brings thousands.
pub const MOST_OF_ARCHIVE: usize = 400_000;

/// How large a picture of a map usually is, bytes: for an estimate.
const USUAL_TILE: u64 = 18_000;

/// How long a server may take for an answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where tiles are taken from.
#[derive(Clone)]
pub enum TakeFrom {
    /// A server of tiles.
    Server(Arc<Basemap>),
    /// A PMTiles archive, behind an address or in a file.
    Archive(Arc<Archive>),
}

impl TakeFrom {
    /// The deepest level there is.
    pub fn max_zoom(&self) -> u8 {
        match self {
            TakeFrom::Server(basemap) => basemap.max_zoom,
            TakeFrom::Archive(archive) => archive.facts().max_zoom,
        }
    }

    /// The word by which it is known whether a broken-off fetch was of the same source.
    fn word(&self) -> String {
        match self {
            // It is written into the file, and a key is written nowhere.
            TakeFrom::Server(basemap) => without_keys(&basemap.url),
            TakeFrom::Archive(archive) => {
                format!("{} {}", archive.facts().path.display(), archive.facts().bytes)
            }
        }
    }

    fn most(&self) -> usize {
        match self {
            TakeFrom::Server(_) => MOST_OF_SERVER,
            TakeFrom::Archive(_) => MOST_OF_ARCHIVE,
        }
    }

    /// Why nothing may be taken from it: its rule.
    ///
    /// # Errors
    /// The rule, where it forbids that.
    pub fn allowed(&self) -> Result<(), Message> {
        match self {
            TakeFrom::Server(basemap) if !basemap.offline => {
                Err(Message::new("take-error-forbidden")
                    .text("name", basemap.name.get(crate::i18n::Language::English))
                    .text("url", basemap.terms_url.as_str()))
            }
            TakeFrom::Server(_) | TakeFrom::Archive(_) => Ok(()),
        }
    }
}

/// Which tiles are wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Around all of them, degrees, WGS 84.
    pub bounds: Extent,
    /// The levels, the first and the deepest.
    pub levels: [u8; 2],
    /// The tiles, in the order they have in a file.
    pub tiles: Vec<TileId>,
}

impl Wanted {
    /// The tiles of a source that meet one of some rectangles (degrees, WGS 84), from the level on
    /// that shows all of them in a few tiles down to a depth.
    ///
    /// # Errors
    /// When there are no rectangles, the source has nothing there, or there would be too many.
    pub fn of(from: &TakeFrom, areas: &[Extent], depth: u8) -> Result<Wanted, Message> {
        let bounds = areas.iter().copied().reduce(Extent::union);
        let bounds = bounds.ok_or_else(|| Message::new("take-error-no-area"))?;
        let deepest = depth.min(from.max_zoom());
        let least = match from {
            TakeFrom::Archive(archive) => archive.facts().min_zoom,
            TakeFrom::Server(basemap) => {
                let shows = |z: &u8| TileId::covering(&bounds, *z, 2).is_some();
                let least = (0..=deepest).take_while(shows).last().unwrap_or(0).saturating_sub(1);
                least.max(basemap.min_zoom)
            }
        };
        let too_many = || Message::new("take-error-too-many").count("most", from.most() as u64);
        let mut tiles = Vec::new();
        for z in least.min(deepest)..=deepest {
            for area in areas {
                let found = TileId::covering(area, z, from.most()).ok_or_else(too_many)?;
                tiles.extend(found.into_iter().filter(|tile| match from {
                    TakeFrom::Archive(archive) => archive.may_have(*tile),
                    TakeFrom::Server(_) => true,
                }));
                if tiles.len() > from.most().saturating_mul(4) {
                    return Err(too_many());
                }
            }
        }
        tiles.sort_unstable_by_key(|tile| tile_id(*tile));
        tiles.dedup();
        if tiles.is_empty() {
            return Err(Message::new("take-error-nothing-there"));
        }
        if tiles.len() > from.most() {
            return Err(too_many());
        }
        Ok(Wanted { bounds, levels: [least.min(deepest), deepest], tiles })
    }

    /// How many bytes that will be, roughly; of an archive see [`needed`].
    pub fn estimate(&self) -> u64 {
        self.tiles.len() as u64 * USUAL_TILE
    }
}

/// How many bytes the wanted tiles of an archive have. Reads its directories: for a job.
///
/// # Errors
/// When they cannot be read, or the person cancelled.
pub fn needed(archive: &Archive, wanted: &Wanted, watch: &Watch) -> Result<u64, FileError> {
    let Some(pmtiles) = archive.pmtiles() else { return Ok(wanted.estimate()) };
    let spans = ranges::located(pmtiles, &wanted.tiles, watch)?;
    let mut all: Vec<_> = spans.into_iter().map(|(span, _)| span).collect();
    all.sort_unstable();
    all.dedup();
    Ok(all.iter().map(|span| u64::from(span.length)).sum())
}

/// What was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The file.
    pub path: PathBuf,
    /// How many tiles are in it.
    pub tiles: u64,
    /// How many of those wanted the source has not.
    pub absent: u64,
    /// How large the file is, bytes.
    pub bytes: u64,
}

/// Where what was fetched waits until all is there.
pub fn part_of(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(".belfort-part");
    target.with_file_name(name)
}

/// Fetches the wanted tiles into a file: PMTiles, or MBTiles where its name ends so. What a fetch
/// that broke off had brought is used. Progress is counted in tiles.
///
/// # Errors
/// When the source forbids it or fails again and again, the disk is full, or the person cancelled:
/// what was fetched stays beside the target, for the next time.
pub fn take(
    from: &TakeFrom,
    wanted: &Wanted,
    target: &Path,
    network: &Network,
    watch: &Watch,
) -> Result<Taken, FileError> {
    from.allowed().map_err(|why| FileError::new(target, why))?;
    let needed = match from {
        TakeFrom::Archive(archive) => needed(archive, wanted, watch)?,
        TakeFrom::Server(_) => wanted.estimate(),
    };
    // Once beside the target, once as the file itself.
    room::check(target, needed.saturating_mul(2))?;
    watch.set_total(wanted.tiles.len() as u64);
    watch.set_done(0);
    let mut stage = stage::Stage::open(&part_of(target), &from.word())?;
    match from {
        TakeFrom::Server(basemap) => {
            let line = Line::new(network.clone(), PATIENCE);
            fetching::fetch_all(basemap, &wanted.tiles, &mut stage, &line, watch)?;
        }
        TakeFrom::Archive(archive) => ranges::fetch_all(archive, &wanted.tiles, &mut stage, watch)?,
    }
    let taken = finish::finish(from, wanted, &|tile| stage.tile(tile), target, watch)?;
    stage.remove();
    Ok(taken)
}

/// What the tiles of a source are, as far as that is known before one is there.
fn form_of(from: &TakeFrom) -> Option<TileForm> {
    match from {
        TakeFrom::Archive(archive) => Some(archive.facts().tiles),
        TakeFrom::Server(_) => None,
    }
}

/// Why there is no connection.
fn no_line(path: &Path, why: NoLine) -> FileError {
    match why {
        NoLine::Offline => FileError::new(path, Message::new("tiles-missing-offline-now")),
        NoLine::Unusable(detail) => {
            FileError::new(path, Message::new("tiles-missing-unreachable").text("detail", detail))
        }
    }
}

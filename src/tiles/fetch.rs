//! One tile, from disk or from its server: the work of a worker.

use std::sync::Arc;
use std::time::Duration;

use super::decode::decode;
use super::disk::{Disk, Facts, now};
use super::download::{Answer, Downloader};
use super::tile::{address, is_passing};
use super::web_map::{is_page, shortened, without_keys};
use super::{Basemap, LocalTiles, Missing, TileId, TileImage};
use crate::formats::service_exception;
use crate::formats::xml::decoded;

/// What became of a tile.
pub(super) struct Outcome {
    pub result: Result<Arc<TileImage>, Missing>,
    /// How long the result holds; none when another try is due as after any failure.
    pub holds: Option<Duration>,
    /// How the server behaved, where it was asked.
    pub server: Option<Server>,
}

/// How a server behaved.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Server {
    /// It answered.
    Well,
    /// It did not answer, or asked to be left alone for a while: why, and for how long.
    Away(Missing, Option<Duration>),
}

/// How long "no such tile", "forbidden" and the like are believed.
const ABSENCE_HOLDS: Duration = Duration::from_mins(10);

/// How long a tile made here holds: its source has another word when it becomes another.
const MADE_HOLDS: Duration = Duration::from_hours(24 * 365);

/// Makes a tile.
pub(super) fn made_here(tiles: &dyn LocalTiles, tile: TileId) -> Outcome {
    let result = tiles.make(tile).map(Arc::new);
    // A file that could not be read may be there again: a medium that was out, a network drive.
    let holds = if matches!(result, Err(Missing::Damaged(_))) { ABSENCE_HOLDS } else { MADE_HOLDS };
    Outcome { result, holds: Some(holds), server: None }
}

/// A tile as the disk has it, however old.
pub(super) fn kept_on_disk(disk: &Disk, basemap: &Basemap, tile: TileId) -> Option<TileImage> {
    let (_, bytes) = disk.read(&basemap.id, tile, &without_keys(&address(basemap, tile)))?;
    decode(&bytes).ok()
}

/// What came instead of a picture.
fn instead(bytes: &[u8], why: String) -> Missing {
    if is_page("", bytes) {
        return Missing::Page;
    }
    match service_exception(&decoded(bytes)) {
        Some(said) => Missing::Told(shortened(&said)),
        None => Missing::NotAPicture(why),
    }
}

/// Gets a tile. When the server is known to be away it is not asked: what the disk has is used
/// even when it is stale, and the reason given is the one for everything missing.
pub(super) fn fetch(
    disk: &Disk,
    downloader: &Downloader,
    basemap: &Basemap,
    tile: TileId,
    away: Option<Missing>,
) -> Outcome {
    let url = address(basemap, tile);
    // A key is written nowhere, and another one brings the same tiles.
    let known_by = without_keys(&url);
    let kept = disk.read(&basemap.id, tile, &known_by).and_then(|(facts, bytes)| {
        if let Ok(image) = decode(&bytes) {
            return Some((facts, bytes, Arc::new(image)));
        }
        disk.remove(&basemap.id, tile);
        None
    });
    if let Some((facts, _, image)) = &kept
        && facts.is_fresh()
    {
        let holds = Duration::from_secs(facts.fresh_until.saturating_sub(now()));
        return Outcome { result: Ok(Arc::clone(image)), holds: Some(holds), server: None };
    }
    let failed = |why: Missing, server: Option<Server>| Outcome {
        // A stale tile is better than none.
        result: kept.as_ref().map(|(_, _, image)| Arc::clone(image)).ok_or(why),
        holds: None,
        server,
    };
    if let Some(why) = away {
        return failed(why, None);
    }
    let well = Some(Server::Well);
    match downloader.ask(&url, kept.as_ref().map(|(facts, _, _)| facts)) {
        Answer::Tile { bytes, freshness, etag, last_modified } => match decode(&bytes) {
            Ok(image) => {
                let fresh_until = now().saturating_add(freshness.fresh_for.as_secs());
                let facts = Facts { url: known_by, fresh_until, etag, last_modified };
                if freshness.store {
                    disk.write(&basemap.id, tile, &facts, &bytes);
                } else if kept.is_some() {
                    disk.remove(&basemap.id, tile);
                }
                Outcome {
                    result: Ok(Arc::new(image)),
                    holds: Some(freshness.fresh_for),
                    server: well,
                }
            }
            Err(why) => failed(instead(&bytes, why), well),
        },
        Answer::Unchanged(freshness) => match &kept {
            Some((facts, bytes, image)) => {
                let fresh_until = now().saturating_add(freshness.fresh_for.as_secs());
                let facts = Facts { fresh_until, ..facts.clone() };
                disk.write(&basemap.id, tile, &facts, bytes);
                let holds = Some(freshness.fresh_for);
                Outcome { result: Ok(Arc::clone(image)), holds, server: well }
            }
            // Nothing was asked that 304 could answer.
            None => failed(Missing::Refused(304), well),
        },
        Answer::NoSuchTile => {
            Outcome { result: Err(Missing::NoSuchTile), holds: Some(ABSENCE_HOLDS), server: well }
        }
        Answer::Refused(status, after) if after.is_some() || matches!(status, 429 | 503) => {
            let why = Missing::Refused(status);
            failed(why.clone(), Some(Server::Away(why, after)))
        }
        Answer::Refused(status, _) if is_passing(status) => failed(Missing::Refused(status), well),
        // "Forbidden" and the like stay so: asking on is what gets a program blocked.
        Answer::Refused(status, _) => Outcome {
            holds: kept.is_none().then_some(ABSENCE_HOLDS),
            ..failed(Missing::Refused(status), well)
        },
        Answer::Offline => Outcome {
            holds: kept.is_none().then_some(ABSENCE_HOLDS),
            ..failed(Missing::Offline, None)
        },
        Answer::Unreachable(detail) => {
            let why = Missing::Unreachable(detail);
            failed(why.clone(), Some(Server::Away(why, None)))
        }
    }
}

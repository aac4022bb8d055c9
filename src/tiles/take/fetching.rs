//! Tiles from a server, a few at once, with pauses when it asks for them.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::no_line;
use super::stage::Stage;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::network::Line;
use crate::problem::FileError;
use crate::tiles::archive::TileForm;
use crate::tiles::download::{Answer, ask};
use crate::tiles::tile::address;
use crate::tiles::{Basemap, TileId, without_keys};

/// How many are asked for at the same time: as browsers of old did, and no more.
const AT_ONCE: usize = 2;

/// How often a tile is asked for that does not come, with ever longer pauses.
const TRIES: u32 = 6;

/// The first pause after a failure; it doubles.
const PAUSE: Duration = Duration::from_millis(500);

/// The longest that a server may ask to be left alone.
const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// How many are kept together.
const TOGETHER: usize = 32;

/// How often a pause looks whether the person cancelled.
const LOOK: Duration = Duration::from_millis(50);

type Came = Result<(TileId, Option<Vec<u8>>), FileError>;

/// Fetches what is not there yet.
pub(super) fn fetch_all(
    basemap: &Basemap,
    tiles: &[TileId],
    stage: &mut Stage,
    line: &Line,
    watch: &Watch,
) -> Result<(), FileError> {
    let mut missing = Vec::new();
    for tile in tiles {
        if stage.has(*tile)? {
            watch.advance(1);
        } else {
            missing.push(*tile);
        }
    }
    let next = AtomicUsize::new(0);
    let is_over = AtomicBool::new(false);
    // Until when the server is left alone.
    let quiet = Mutex::new(None::<Instant>);
    let outcome = std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Came>(TOGETHER);
        for _ in 0..AT_ONCE {
            let (sender, missing, next, is_over, quiet) =
                (sender.clone(), &missing, &next, &is_over, &quiet);
            scope.spawn(move || {
                while let Some(tile) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if is_over.load(Ordering::Relaxed) || watch.check().is_err() {
                        return;
                    }
                    if !send(&sender, fetch(basemap, *tile, line, quiet, watch)) {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting: Vec<(TileId, Option<Vec<u8>>)> = Vec::new();
        let mut outcome = Ok(());
        for came in &receiver {
            match came {
                Ok(tile) => waiting.push(tile),
                Err(error) => {
                    is_over.store(true, Ordering::Relaxed);
                    outcome = outcome.and(Err(error));
                    continue;
                }
            }
            if waiting.len() >= TOGETHER
                && let Err(error) = keep(stage, &mut waiting, watch)
            {
                is_over.store(true, Ordering::Relaxed);
                outcome = outcome.and(Err(error));
            }
        }
        keep(stage, &mut waiting, watch).and(outcome)
    });
    outcome?;
    watch.check().map_err(|_| FileError::cancelled(without_keys(&basemap.url)))
}

fn send(sender: &SyncSender<Came>, came: Came) -> bool {
    sender.send(came).is_ok()
}

fn keep(
    stage: &mut Stage,
    waiting: &mut Vec<(TileId, Option<Vec<u8>>)>,
    watch: &Watch,
) -> Result<(), FileError> {
    let tiles: Vec<(TileId, Option<&[u8]>)> =
        waiting.iter().map(|(tile, bytes)| (*tile, bytes.as_deref())).collect();
    stage.put(&tiles)?;
    watch.advance(waiting.len() as u64);
    waiting.clear();
    Ok(())
}

/// One tile; tried again where that makes sense.
fn fetch(
    basemap: &Basemap,
    tile: TileId,
    line: &Line,
    quiet: &Mutex<Option<Instant>>,
    watch: &Watch,
) -> Came {
    let url = address(basemap, tile);
    let shown = without_keys(&url);
    let path = Path::new(&shown);
    let cancelled = || FileError::cancelled(path);
    let mut last = Message::new("error-cancelled");
    for attempt in 0..TRIES {
        let until = *quiet.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(until) = until {
            sleep_until(until, watch).map_err(|()| cancelled())?;
        }
        watch.check().map_err(|_| cancelled())?;
        let client = line.client().map_err(|why| no_line(path, why))?;
        let pause = PAUSE.saturating_mul(1 << attempt.min(8));
        let pause = match ask(&client, &url, None) {
            Answer::Tile { bytes, .. } => {
                return if TileForm::of_bytes(&bytes).is_some() {
                    Ok((tile, Some(bytes)))
                } else {
                    let what = Message::new("take-error-no-tile");
                    Err(FileError::new(path, what).remedy(Message::new("take-error-no-tile-do")))
                };
            }
            Answer::NoSuchTile => return Ok((tile, None)),
            Answer::Refused(status, after) if crate::tiles::tile::is_passing(status) => {
                last = Message::new("tiles-missing-refused").text("status", status.to_string());
                after.unwrap_or(pause).max(pause).min(LONGEST_PAUSE)
            }
            Answer::Refused(status, _) => {
                let what = Message::new("tiles-missing-refused").text("status", status.to_string());
                return Err(FileError::new(path, what));
            }
            Answer::Unreachable(detail) => {
                last = Message::new("tiles-missing-unreachable").text("detail", detail);
                pause
            }
            Answer::Unchanged(_) | Answer::Offline => pause,
        };
        let until = Instant::now() + pause;
        let mut quiet = quiet.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *quiet = Some(quiet.map_or(until, |known| known.max(until)));
    }
    Err(FileError::new(path, last).remedy(Message::new("take-error-go-on")))
}

fn sleep_until(until: Instant, watch: &Watch) -> Result<(), ()> {
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        watch.check().map_err(|_| ())?;
        std::thread::sleep(left.min(LOOK));
    }
}

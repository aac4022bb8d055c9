//! Tiles from memory, disk and network, without waiting.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::disk::{CachedSource, Disk};
use super::download::Downloader;
use super::fetch::{Outcome, fetch, kept_on_disk, made_here};
use super::source::KeptSource;
use super::state::{Key, State};
use super::take::{Taken, take_kept};
use super::{Basemap, Missing, TileId, TileImage, TileSource, TileState};
use crate::jobs::{Cancelled, Watch};
use crate::network::Network;
use crate::problem::FileError;
use crate::table::Extent;

/// How long a worker without work stays.
const IDLE: Duration = Duration::from_secs(20);

/// How often a wait looks whether it was cancelled.
const LOOK: Duration = Duration::from_millis(40);

/// What the store is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Tiles asked for and not here yet.
    pub loading: usize,
}

/// The limits of a [`TileStore`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileLimits {
    /// Bytes of decoded tiles kept in memory.
    pub memory: u64,
    /// Bytes kept on disk.
    pub disk: u64,
    /// Downloads at the same time.
    pub downloads: usize,
    /// How long after a failure the next try comes; it doubles with every failure.
    pub first_retry: Duration,
    /// The longest time between two tries.
    pub last_retry: Duration,
    /// Whether only what memory and disk hold is given, and no server is asked.
    pub offline: bool,
}

impl Default for TileLimits {
    fn default() -> TileLimits {
        TileLimits {
            memory: 160 << 20,
            disk: 500 << 20,
            downloads: 6,
            first_retry: Duration::from_secs(2),
            last_retry: Duration::from_mins(1),
            offline: false,
        }
    }
}

/// Gives tiles; shared by the window and by figures.
pub struct TileStore {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// Something was queued, or the store is going.
    work: Condvar,
    /// A tile was finished.
    done: Condvar,
    disk: Disk,
    downloader: Downloader,
    wake: Arc<dyn Fn() + Send + Sync>,
    downloads: usize,
    is_resting: AtomicBool,
}

impl TileStore {
    /// A store that keeps tiles under a folder (made when first needed) and calls `wake` whenever
    /// a tile's state changed.
    pub fn new(cache_dir: PathBuf, wake: Arc<dyn Fn() + Send + Sync>) -> TileStore {
        TileStore::with_limits(cache_dir, wake, TileLimits::default())
    }

    /// A store with other limits.
    pub fn with_limits(
        cache_dir: PathBuf,
        wake: Arc<dyn Fn() + Send + Sync>,
        limits: TileLimits,
    ) -> TileStore {
        let shared = Shared {
            state: Mutex::new(State::new(limits)),
            work: Condvar::new(),
            done: Condvar::new(),
            disk: Disk::new(cache_dir, limits.disk),
            downloader: Downloader::new(limits.offline),
            wake,
            downloads: limits.downloads.max(1),
            is_resting: AtomicBool::new(false),
        };
        TileStore { shared: Arc::new(shared) }
    }

    /// How a tile stands. Never blocks: a tile that is not in memory is queued.
    pub fn get<'a>(&self, source: impl Into<TileSource<'a>>, tile: TileId) -> TileState {
        if self.shared.is_resting.load(Ordering::Relaxed) {
            return TileState::Missing(Missing::Offline);
        }
        let mut state = self.shared.lock();
        let answer = state.ask(source.into(), tile, Instant::now());
        if state.has_work() {
            self.shared.work.notify_one();
            if state.idle == 0 && state.workers < self.shared.downloads {
                state.workers += 1;
                drop(state);
                self.start_worker();
            }
        }
        answer
    }

    fn start_worker(&self) {
        let shared = Arc::clone(&self.shared);
        let started = std::thread::Builder::new()
            .name("tiles".to_owned())
            .spawn(move || shared.work_until_idle());
        if let Err(error) = started {
            log::error!("no thread for tiles: {error}");
            self.shared.lock().workers -= 1;
        }
    }

    /// Waits until each tile is here or cannot be had, or the time is up (then some may still be
    /// [`TileState::Loading`]). One state for each tile asked for, in order. A tile that fails is
    /// not tried again while waiting.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn wait<'a>(
        &self,
        source: impl Into<TileSource<'a>>,
        tiles: &[TileId],
        at_most: Duration,
        watch: &Watch,
    ) -> Result<Vec<TileState>, Cancelled> {
        let source = source.into();
        let end = Instant::now() + at_most;
        let mut states = vec![TileState::Loading; tiles.len()];
        loop {
            watch.check()?;
            for (state, tile) in states.iter_mut().zip(tiles) {
                if *state == TileState::Loading {
                    *state = self.get(source, *tile);
                }
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || !states.contains(&TileState::Loading) {
                return Ok(states);
            }
            let state = self.shared.lock();
            // Whether woken or not, the tiles are looked at again.
            let _ = self.shared.done.wait_timeout(state, left.min(LOOK));
        }
    }

    /// Tries at once what failed, as it is asked for; a server that asked to be left alone for a
    /// while is left alone.
    pub fn try_again(&self) {
        self.shared.lock().try_again(Instant::now());
        self.shared.work.notify_all();
        (self.shared.wake)();
    }

    /// A tile as memory or disk has it, however old; no server is asked. Reads the disk: call it
    /// from a job.
    pub fn kept(&self, basemap: &Basemap, tile: TileId) -> Option<Arc<TileImage>> {
        let in_memory = self.shared.lock().kept(basemap, tile);
        in_memory.or_else(|| kept_on_disk(&self.shared.disk, basemap, tile).map(Arc::new))
    }

    /// Gives no tile any more and looks for none: for a window that nobody sees.
    pub fn rest(&self) {
        self.shared.is_resting.store(true, Ordering::Relaxed);
    }

    /// Uses the network otherwise from now on; what failed is tried again at once.
    pub fn set_network(&self, network: Network) {
        if self.shared.downloader.set(network) {
            self.shared.lock().use_other_network(Instant::now());
            self.shared.work.notify_all();
            (self.shared.wake)();
        }
    }

    /// Keeps tiles on disk in another folder (made when first needed), or more or fewer bytes of
    /// them. The folder must be the store's own: what was not used for longest is removed from it.
    pub fn set_cache(&self, folder: PathBuf, bytes: u64) {
        self.shared.disk.set(folder, bytes);
    }

    /// How many bytes of tiles are on disk. Reads the whole folder: for a job.
    pub fn cache_size(&self) -> u64 {
        self.shared.disk.size()
    }

    /// Removes all tiles from the disk and answers how many bytes that were. For a job.
    ///
    /// # Errors
    /// When the person cancelled; some tiles are gone then.
    pub fn empty_cache(&self, watch: &Watch) -> Result<u64, Cancelled> {
        self.shared.disk.empty(None, watch)
    }

    /// What is on disk of each source, the largest first. Reads the whole folder: for a job.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn cached_sources(&self, watch: &Watch) -> Result<Vec<CachedSource>, Cancelled> {
        self.shared.disk.sources(watch)
    }

    /// Removes the tiles of one source from the disk, by its name there; answers how many bytes that
    /// were. For a job.
    ///
    /// # Errors
    /// When the person cancelled; some tiles are gone then.
    pub fn empty_source(&self, name: &str, watch: &Watch) -> Result<u64, Cancelled> {
        self.shared.disk.empty(Some(name), watch)
    }

    /// Writes what is on disk of a server's tiles in some rectangles (degrees, WGS 84) into one file;
    /// none where there is nothing. No server is asked. For a job.
    ///
    /// # Errors
    /// When the source forbids taking it along, the file cannot be written, or the person cancelled.
    pub fn take_kept(
        &self,
        basemap: &Basemap,
        areas: &[Extent],
        target: &Path,
        watch: &Watch,
    ) -> Result<Option<Taken>, FileError> {
        take_kept(&self.shared.disk, basemap, areas, target, watch)
    }

    /// The folder for tiles where the person chose none; none where the system has no such folder.
    pub fn usual_folder() -> Option<PathBuf> {
        let folders = directories::ProjectDirs::from("", "", "belfort")?;
        Some(folders.cache_dir().join("tiles"))
    }

    /// What the store is doing.
    pub fn activity(&self) -> Activity {
        self.shared.lock().activity()
    }
}

impl Drop for TileStore {
    fn drop(&mut self) {
        self.shared.lock().closing = true;
        self.shared.work.notify_all();
    }
}

impl Shared {
    /// A worker that panicked leaves the state whole: it holds the lock only for bookkeeping.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work_until_idle(&self) {
        let mut state = self.lock();
        let mut idle_since = Instant::now();
        while !state.closing {
            let now = Instant::now();
            if let Some((key, source, away)) = state.take(now) {
                drop(state);
                let outcome = self.fetch(&key, &source, away);
                state = self.finish(&key, &source, outcome);
                idle_since = Instant::now();
                continue;
            }
            let wait = match state.next_try() {
                Some(at) => at.saturating_duration_since(now),
                None if now.duration_since(idle_since) >= IDLE => break,
                None => IDLE,
            };
            state.idle += 1;
            let waited = self.work.wait_timeout(state, wait.clamp(LOOK / 8, IDLE));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.idle -= 1;
        }
        state.workers -= 1;
    }

    fn fetch(&self, key: &Key, source: &KeptSource, away: Option<Missing>) -> Outcome {
        let work = || match source {
            KeptSource::Server(basemap) => {
                fetch(&self.disk, &self.downloader, basemap, key.tile, away)
            }
            KeptSource::Local(tiles) => made_here(&**tiles, key.tile),
        };
        // A defect of a decoder must not take the worker along.
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|_| {
            let why = Missing::NotAPicture("defect".to_owned());
            Outcome { result: Err(why), holds: None, server: None }
        })
    }

    fn finish(&self, key: &Key, source: &KeptSource, outcome: Outcome) -> MutexGuard<'_, State> {
        self.lock().record(key, source, outcome, Instant::now());
        self.done.notify_all();
        (self.wake)();
        self.lock()
    }
}

//! Tiles on disk: one file each, a line of facts and then what the server sent.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::TileId;
use crate::jobs::{Cancelled, Watch};

/// No tile is larger; a file that is was not written by this program.
pub(super) const LARGEST_TILE: u64 = 8 << 20;

/// A file's time of last use is renewed when it is older than this.
const USE_STEP: Duration = Duration::from_hours(12);

/// What is known about a tile on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Facts {
    /// Where it came from: a tile of another address is none of ours.
    pub url: String,
    /// Seconds since 1970 until which it is fresh.
    pub fresh_until: u64,
    /// The server's `ETag`.
    pub etag: Option<String>,
    /// The server's `Last-Modified`.
    pub last_modified: Option<String>,
}

impl Facts {
    pub fn is_fresh(&self) -> bool {
        self.fresh_until > now()
    }
}

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The folder with tiles.
pub(super) struct Disk {
    folder: RwLock<PathBuf>,
    limit: AtomicU64,
    /// Bytes on disk; counted when something is first written.
    used: AtomicU64,
    counted: AtomicBool,
}

impl Disk {
    pub fn new(folder: PathBuf, limit: u64) -> Disk {
        Disk {
            folder: RwLock::new(folder),
            limit: AtomicU64::new(limit),
            used: AtomicU64::new(0),
            counted: AtomicBool::new(false),
        }
    }

    /// Keeps tiles elsewhere, or more or fewer of them. What lies in the folder before stays there.
    pub fn set(&self, folder: PathBuf, limit: u64) {
        *self.folder.write().unwrap_or_else(PoisonError::into_inner) = folder;
        self.limit.store(limit, Ordering::Relaxed);
        self.counted.store(false, Ordering::Relaxed);
    }

    /// Counts the bytes on disk, after throwing away what is over the limit. Reads the whole
    /// folder.
    pub fn size(&self) -> u64 {
        self.count();
        self.used.load(Ordering::Relaxed)
    }

    /// Removes all tiles; answers how many bytes went.
    pub fn empty(&self, watch: &Watch) -> Result<u64, Cancelled> {
        let files = files_under(&self.folder());
        watch.set_total(files.len() as u64);
        let mut gone = 0;
        for file in files {
            watch.check()?;
            watch.advance(1);
            match fs::remove_file(&file.path) {
                Ok(()) => gone += file.bytes,
                Err(error) => log::warn!("{}: {error}", file.path.display()),
            }
        }
        self.count();
        Ok(gone)
    }

    fn folder(&self) -> PathBuf {
        self.folder.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn path(&self, basemap: &str, tile: TileId) -> PathBuf {
        // The word of a basemap may come from a file: keep it inside the folder.
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
        let name: String = basemap.chars().map(safe).collect();
        self.folder()
            .join(name)
            .join(tile.z.to_string())
            .join(tile.x.to_string())
            .join(tile.y.to_string())
    }

    /// A tile and what is known about it, if it came from this address.
    pub fn read(&self, basemap: &str, tile: TileId, url: &str) -> Option<(Facts, Vec<u8>)> {
        let path = self.path(basemap, tile);
        let file = fs::File::open(&path).ok()?;
        let modified = file.metadata().and_then(|facts| facts.modified()).ok();
        if modified.and_then(|at| at.elapsed().ok()).is_some_and(|since| since > USE_STEP) {
            // Only for choosing what to throw away: no harm if it fails.
            let _ = fs::File::options()
                .append(true)
                .open(&path)
                .and_then(|file| file.set_modified(SystemTime::now()));
        }
        let mut reader = BufReader::new(file.take(LARGEST_TILE + 4096));
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        let facts: Facts = serde_json::from_slice(&line).ok()?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).ok()?;
        (facts.url == url).then_some((facts, bytes))
    }

    /// Writes a tile. A disk that cannot be written costs only the cache.
    pub fn write(&self, basemap: &str, tile: TileId, facts: &Facts, bytes: &[u8]) {
        let path = self.path(basemap, tile);
        let before = fs::metadata(&path).map_or(0, |facts| facts.len());
        match write_file(&path, facts, bytes) {
            Ok(after) => self.account(before, after),
            Err(error) => log::warn!("{}: {error}", path.display()),
        }
    }

    /// Removes a tile that turned out unreadable.
    pub fn remove(&self, basemap: &str, tile: TileId) {
        let _ = fs::remove_file(self.path(basemap, tile));
    }

    fn account(&self, before: u64, after: u64) {
        if !self.counted.swap(true, Ordering::Relaxed) {
            return self.count();
        }
        if after >= before {
            self.used.fetch_add(after - before, Ordering::Relaxed);
        } else {
            self.used.fetch_sub(before - after, Ordering::Relaxed);
        }
        self.keep_limit();
    }

    fn count(&self) {
        self.counted.store(true, Ordering::Relaxed);
        let files = files_under(&self.folder());
        self.used.store(files.iter().map(|file| file.bytes).sum(), Ordering::Relaxed);
        self.keep_limit();
    }

    fn keep_limit(&self) {
        if self.used.load(Ordering::Relaxed) > self.limit.load(Ordering::Relaxed) {
            self.throw_away();
        }
    }

    /// Removes what was not used for longest until a tenth of the room is free.
    fn throw_away(&self) {
        let mut files = files_under(&self.folder());
        let limit = self.limit.load(Ordering::Relaxed);
        files.sort_by_key(|file| file.used);
        let mut left: u64 = files.iter().map(|file| file.bytes).sum();
        for file in files {
            if left <= limit / 10 * 9 {
                break;
            }
            if fs::remove_file(&file.path).is_ok() {
                left = left.saturating_sub(file.bytes);
            }
        }
        self.used.store(left, Ordering::Relaxed);
    }
}

fn write_file(path: &Path, facts: &Facts, bytes: &[u8]) -> std::io::Result<u64> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer(&mut file, facts)?;
    file.write_all(b"\n")?;
    file.write_all(bytes)?;
    let length = file.as_file().metadata()?.len();
    file.persist(path)?;
    Ok(length)
}

struct CachedFile {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

fn files_under(folder: &Path) -> Vec<CachedFile> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(facts) = entry.metadata() else { continue };
            if facts.is_dir() {
                folders.push(entry.path());
            } else {
                let used = facts.modified().unwrap_or(UNIX_EPOCH);
                found.push(CachedFile { path: entry.path(), bytes: facts.len(), used });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILE: TileId = TileId { z: 3, x: 4, y: 5 };

    #[test]
    fn a_tile_survives_the_disk_and_stays_inside_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().join("tiles"), 1 << 20);
        let facts = Facts { url: "u".into(), etag: Some("\"e\"".into()), ..Facts::default() };
        disk.write("../osm", TILE, &facts, b"\nbody\n");
        assert_eq!(disk.read("../osm", TILE, "u"), Some((facts, b"\nbody\n".to_vec())));
        assert_eq!(disk.read("../osm", TILE, "another address"), None);
        assert!(folder.path().join("tiles/___osm/3/4/5").is_file());
        fs::write(folder.path().join("tiles/___osm/3/4/5"), b"not ours").unwrap();
        assert_eq!(disk.read("../osm", TILE, "u"), None);
    }

    #[test]
    fn the_longest_unused_tiles_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().to_owned(), 10_000);
        let facts = Facts { url: "u".into(), ..Facts::default() };
        for y in 0..8 {
            let tile = TileId { y, ..TILE };
            disk.write("osm", tile, &facts, &[0; 900]);
            let used = UNIX_EPOCH + Duration::from_secs(1_000_000 + u64::from((y * 5) % 8));
            let file = fs::File::options().append(true).open(disk.path("osm", tile)).unwrap();
            file.set_modified(used).unwrap();
        }
        disk.write("osm", TileId { y: 8, ..TILE }, &facts, &[0; 4000]);
        let kept: Vec<u32> =
            (0..9).filter(|y| disk.path("osm", TileId { y: *y, ..TILE }).exists()).collect();
        let bytes: u64 = files_under(folder.path()).iter().map(|file| file.bytes).sum();
        assert!(bytes <= 9_000, "{bytes}");
        assert!(kept.contains(&8), "the newest stays");
        // y = 0 was used first of all, then 5, 2, 7, 4, 1, 6 and last 3.
        assert!(!kept.contains(&0) && !kept.contains(&5) && kept.contains(&3), "{kept:?}");
    }
    #[test]
    fn the_cache_moves_shrinks_and_is_emptied() {
        let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let disk = Disk::new(old.path().to_owned(), 1 << 20);
        let facts = Facts { url: "u".into(), ..Facts::default() };
        disk.write("osm", TILE, &facts, &[0; 900]);
        disk.set(new.path().to_owned(), 1 << 20);
        assert_eq!(disk.size(), 0);
        for y in 0..5 {
            disk.write("osm", TileId { y, ..TILE }, &facts, &[0; 900]);
        }
        assert!(disk.size() > 4_500);
        disk.set(new.path().to_owned(), 2_000);
        assert!((1..=2_000).contains(&disk.size()), "the new limit is kept at once");
        let size = disk.size();
        assert_eq!(disk.empty(&Watch::unwatched()), Ok(size));
        assert_eq!(disk.size(), 0);
        assert!(files_under(old.path()).len() == 1, "the folder before is left alone");
    }
}

//! Tiles on disk: one file each, a line of facts and then what the server sent.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::TileId;
use super::catalogue::host_of;
use crate::jobs::{Cancelled, Watch};

/// No tile is larger; a file that is was not written by this program.
pub(super) const LARGEST_TILE: u64 = 8 << 20;

/// A file's time of last use is renewed when it is older than this.
const USE_STEP: Duration = Duration::from_secs(30);

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

/// What is kept of a source on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedSource {
    /// Its folder's name; of a basemap [`CachedSource::name_of`] its word.
    pub name: String,
    /// How many tiles.
    pub tiles: u64,
    /// How many bytes.
    pub bytes: u64,
    /// When the tile was last used that was not used for longest.
    pub first_used: SystemTime,
    /// When a tile was last used.
    pub last_used: SystemTime,
    /// The server it came from; empty where that is not known.
    pub server: String,
}

impl CachedSource {
    /// The name of the source with a word.
    pub fn name_of(basemap: &str) -> String {
        folder_of(basemap.strip_suffix("@2x").unwrap_or(basemap))
    }
}

/// The name of a basemap's folder. Its word may come from a file: it stays inside the cache.
fn folder_of(basemap: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    basemap.chars().map(safe).collect()
}

/// The source a file of the cache belongs to: tiles of twice the size lie beside the others. None
/// for what is not in a source's folder.
fn source_of(root: &Path, file: &Path) -> Option<String> {
    let mut parts = file.strip_prefix(root).ok()?.components();
    let first = parts.next()?.as_os_str().to_string_lossy().into_owned();
    parts.next()?;
    Some(first.strip_suffix("_2x").map(str::to_owned).unwrap_or(first))
}

/// What a tile's file says of it.
fn facts_of(path: &Path) -> Option<Facts> {
    let file = fs::File::open(path).ok()?;
    let mut line = Vec::new();
    BufReader::new(file.take(4096)).read_until(b'\n', &mut line).ok()?;
    serde_json::from_slice(&line).ok()
}

/// Removes folders in which nothing is left.
fn remove_empty_folders(folder: &Path, depth: usize) {
    // A source, a level, a column.
    const DEEPEST: usize = 3;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if depth < DEEPEST && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty_folders(&entry.path(), depth + 1);
            // Fails where something is in it, which is what is wanted.
            let _ = fs::remove_dir(entry.path());
        }
    }
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

    /// What there is of each source, the largest first. Reads the whole folder, and one tile of each
    /// source.
    pub fn sources(&self, watch: &Watch) -> Result<Vec<CachedSource>, Cancelled> {
        let root = self.folder();
        let mut found: BTreeMap<String, (CachedSource, PathBuf)> = BTreeMap::new();
        for file in files_under(&root) {
            watch.check()?;
            let Some(name) = source_of(&root, &file.path) else { continue };
            let CachedFile { path, bytes, used } = file;
            let (source, _) = found.entry(name.clone()).or_insert_with(|| {
                let new = CachedSource {
                    name,
                    tiles: 0,
                    bytes: 0,
                    first_used: used,
                    last_used: used,
                    server: String::new(),
                };
                (new, path)
            });
            source.tiles += 1;
            source.bytes += bytes;
            source.first_used = source.first_used.min(used);
            source.last_used = source.last_used.max(used);
        }
        let named = found.into_values().map(|(source, path)| {
            let facts = facts_of(&path);
            let server = facts.map(|facts| host_of(&facts.url).to_owned()).unwrap_or_default();
            CachedSource { server, ..source }
        });
        let mut all: Vec<CachedSource> = named.collect();
        all.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        Ok(all)
    }

    /// Removes all tiles, or those of one source by its name; answers how many bytes went.
    pub fn empty(&self, only: Option<&str>, watch: &Watch) -> Result<u64, Cancelled> {
        let root = self.folder();
        let mut files = files_under(&root);
        if let Some(only) = only {
            files.retain(|file| source_of(&root, &file.path).is_some_and(|name| name == only));
        }
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
        remove_empty_folders(&root, 0);
        self.count();
        Ok(gone)
    }

    fn folder(&self) -> PathBuf {
        self.folder.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The tiles there are of a source, in no order. Reads its folder.
    pub fn tiles(&self, basemap: &str) -> Vec<TileId> {
        let root = self.folder().join(folder_of(basemap));
        let tile = |file: CachedFile| {
            let inside = file.path.strip_prefix(&root).ok()?;
            let mut names = inside.iter().map(|name| name.to_str());
            let mut number = || names.next()??.parse::<u32>().ok();
            let (z, x, y) = (number()?, number()?, number()?);
            let tile = TileId { z: u8::try_from(z).ok()?, x, y };
            tile.exists().then_some(tile)
        };
        files_under(&root).into_iter().filter_map(tile).collect()
    }

    fn path(&self, basemap: &str, tile: TileId) -> PathBuf {
        self.folder()
            .join(folder_of(basemap))
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
        assert_eq!(disk.empty(None, &Watch::unwatched()), Ok(size));
        assert_eq!(disk.size(), 0);
        assert_eq!(fs::read_dir(new.path()).unwrap().count(), 0, "no empty folders stay");
        assert!(files_under(old.path()).len() == 1, "the folder before is left alone");
    }

    #[test]
    fn a_tile_that_is_looked_at_again_outlives_those_fetched_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().to_owned(), 10_000);
        let facts = Facts { url: "u".into(), ..Facts::default() };
        let hour = Duration::from_hours(1);
        for y in 0..8_u32 {
            let tile = TileId { y, ..TILE };
            disk.write("osm", tile, &facts, &[0; 900]);
            // The first was fetched eight hours ago, the last an hour ago.
            let file = fs::File::options().append(true).open(disk.path("osm", tile)).unwrap();
            file.set_modified(SystemTime::now() - hour * (8 - y)).unwrap();
        }
        assert!(disk.read("osm", TileId { y: 0, ..TILE }, "u").is_some(), "looked at now");
        disk.write("osm", TileId { y: 8, ..TILE }, &facts, &[0; 3500]);
        let kept: Vec<u32> =
            (0..9).filter(|y| disk.path("osm", TileId { y: *y, ..TILE }).exists()).collect();
        assert!(kept.contains(&0) && kept.contains(&8), "{kept:?}");
        // What is left is the youngest, without a gap.
        let others: Vec<u32> = kept.iter().copied().filter(|y| *y != 0 && *y != 8).collect();
        assert!(!others.contains(&1) && others.last() == Some(&7), "{kept:?}");
        assert!(others.windows(2).all(|pair| pair[1] == pair[0] + 1), "{kept:?}");
    }

    #[test]
    fn each_source_is_counted_and_emptied_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().to_owned(), 1 << 20);
        let facts = |url: &str| Facts { url: url.into(), ..Facts::default() };
        for (source, y, size) in
            [("osm", 0, 500), ("osm", 1, 500), ("osm@2x", 0, 900), ("web-1", 0, 300)]
        {
            let tile = TileId { y, ..TILE };
            disk.write(source, tile, &facts("https://{s}.a.be/3/4/5"), &vec![0; size]);
        }
        fs::write(folder.path().join("letter.txt"), "not a tile").unwrap();
        let watch = Watch::unwatched();
        let found = disk.sources(&watch).unwrap();
        let told: Vec<(&str, u64)> =
            found.iter().map(|source| (source.name.as_str(), source.tiles)).collect();
        assert_eq!(told, [("osm", 3), ("web-1", 1)]);
        assert_eq!(CachedSource::name_of("osm@2x"), "osm");
        let sum: u64 = found.iter().map(|source| source.bytes).sum();
        let letter = 10;
        assert_eq!(sum + letter, disk.size());
        assert_eq!(found[0].server, "{s}.a.be");
        assert!(found[0].first_used <= found[0].last_used);
        let gone = disk.empty(Some("osm"), &watch).unwrap();
        assert_eq!(gone, found[0].bytes);
        let left = disk.sources(&watch).unwrap();
        assert_eq!(left, found[1..]);
        watch.cancel();
        assert_eq!(disk.sources(&watch), Err(Cancelled));
    }
}

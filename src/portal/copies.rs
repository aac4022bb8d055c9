//! Copies of what was fetched, kept on disk: to go on without a network, and not to fetch what has
//! not changed.
//!
//! Data lie under the SHA-256 of their bytes, so that what was fetched twice lies there once, and a
//! file that was damaged is found out. Beside them stands a receipt for each layer.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::Sink;
use super::receipt::Receipt;
use super::remote::Address;
use crate::formats::AtomicFile;
use crate::jobs::Watch;
use crate::problem::FileError;

/// A file without a receipt that is older than this belongs to no download under way.
const FORGOTTEN: Duration = Duration::from_hours(24);

/// The folder of copies.
#[derive(Debug)]
pub struct Copies {
    folder: RwLock<PathBuf>,
}

/// A receipt as it is kept, with the data it is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    /// The SHA-256 of the data, in hexadecimal.
    object: String,
    extension: String,
    receipt: Receipt,
}

/// A copy, for a list of them.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyInfo {
    /// Its receipt.
    pub receipt: Receipt,
    /// Bytes on disk.
    pub size: u64,
    /// When it was last used.
    pub used_at: DateTime<Utc>,
    entry: PathBuf,
}

/// A copy that can be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    pub path: PathBuf,
    pub receipt: Receipt,
}

/// A copy being written.
pub(super) struct NewCopy {
    folder: PathBuf,
    file: NamedTempFile,
    context: Context,
}

impl Copies {
    /// The copies in a folder.
    pub fn new(folder: PathBuf) -> Copies {
        Copies { folder: RwLock::new(folder) }
    }

    /// Keeps copies in another folder from now on; those in the old one stay there.
    pub fn set_folder(&self, folder: PathBuf) {
        *self.folder.write().unwrap_or_else(PoisonError::into_inner) = folder;
    }

    /// Where they lie.
    pub fn folder(&self) -> PathBuf {
        self.folder.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn object(&self, hash: &str, extension: &str) -> PathBuf {
        let start = hash.get(..2).unwrap_or("00");
        self.folder().join("data").join(start).join(format!("{hash}.{extension}"))
    }

    fn entry(&self, address: &Address) -> PathBuf {
        let (folder, name) = address.entry();
        self.folder().join("receipts").join(folder).join(format!("{name}.json"))
    }

    /// The copy of a layer, if there is one.
    pub(super) fn find(&self, address: &Address) -> Option<Kept> {
        let path = self.entry(address);
        let entry = read_entry(&path)?;
        let object = self.object(&entry.object, &entry.extension);
        if !object.is_file() {
            return None;
        }
        touch(&path);
        Some(Kept { path: object, receipt: entry.receipt })
    }

    /// The file that is kept of a layer and its receipt, if there is one.
    pub fn kept_file(&self, address: &Address) -> Option<(PathBuf, Receipt)> {
        self.find(address).map(|kept| (kept.path, kept.receipt))
    }

    /// The file that is kept of what has an address as it is written in a project.
    pub fn file_of(&self, address: &str) -> Option<PathBuf> {
        self.kept_file(&Address::read(address).ok()?).map(|(file, _)| file)
    }

    /// The receipt of the copy of a layer, if there is one.
    pub fn receipt(&self, address: &Address) -> Option<Receipt> {
        self.find(address).map(|kept| kept.receipt)
    }

    /// Begins a copy.
    pub(super) fn begin(&self) -> Result<NewCopy, FileError> {
        let folder = self.folder().join("data");
        fs::create_dir_all(&folder).map_err(|error| FileError::io(&folder, &error))?;
        NewCopy::begin(folder)
    }

    /// Keeps a copy as the one of its layer, in place of an older one.
    pub(super) fn keep(
        &self,
        copy: NewCopy,
        extension: &str,
        address: &Address,
        receipt: &Receipt,
    ) -> Result<PathBuf, FileError> {
        let hash = hex(copy.context.finish().as_ref());
        let object = self.object(&hash, extension);
        let failed = |error| FileError::io(&object, &error);
        if let Some(folder) = object.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        copy.file.as_file().sync_data().map_err(failed)?;
        copy.file.persist(&object).map_err(|error| failed(error.error))?;
        let path = self.entry(address);
        let before = read_entry(&path);
        let entry =
            Entry { object: hash, extension: extension.to_owned(), receipt: receipt.clone() };
        Self::write_entry(&path, &entry)?;
        if let Some(before) = before.filter(|before| before.object != entry.object) {
            self.drop_object(&before);
        }
        Ok(object)
    }

    fn write_entry(path: &Path, entry: &Entry) -> Result<(), FileError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| FileError::io(folder, &error))?;
        }
        let text = serde_json::to_string_pretty(entry)
            .map_err(|error| FileError::io(path, &std::io::Error::other(error.to_string())))?;
        let mut out = AtomicFile::create(path)?;
        out.write_all(text.as_bytes())?;
        out.commit()
    }

    /// All receipts that can be read, with their files.
    fn entries(&self) -> impl Iterator<Item = (fs::DirEntry, Entry)> {
        let files = inside(self.folder().join("receipts")).flat_map(|it| inside(it.path()));
        files.filter_map(|file| {
            let entry = read_entry(&file.path())?;
            Some((file, entry))
        })
    }

    /// All copies, those used last first.
    pub fn list(&self) -> Vec<CopyInfo> {
        let info = |(file, entry): (fs::DirEntry, Entry)| {
            let size = fs::metadata(self.object(&entry.object, &entry.extension)).ok()?.len();
            let used_at = file.metadata().and_then(|it| it.modified());
            let used_at = used_at.unwrap_or(SystemTime::UNIX_EPOCH).into();
            Some(CopyInfo { receipt: entry.receipt, size, used_at, entry: file.path() })
        };
        let mut list: Vec<CopyInfo> = self.entries().filter_map(info).collect();
        list.sort_by_key(|info| std::cmp::Reverse(info.used_at));
        list
    }

    /// Throws a copy away.
    ///
    /// # Errors
    /// When its receipt cannot be removed.
    pub fn remove(&self, copy: &CopyInfo) -> Result<(), FileError> {
        let entry = read_entry(&copy.entry);
        fs::remove_file(&copy.entry).map_err(|error| FileError::io(&copy.entry, &error))?;
        if let Some(entry) = entry {
            self.drop_object(&entry);
        }
        Ok(())
    }

    /// Throws away the copies that were not used for longest, until the rest takes no more room
    /// than this; those of these addresses stay. Answers how many went. What a download that was
    /// ended by force left behind goes too.
    pub fn trim(&self, limit: u64, in_use: &BTreeSet<String>) -> usize {
        self.sweep();
        let mut size = 0_u64;
        let mut gone = 0;
        for copy in self.list() {
            size = size.saturating_add(copy.size);
            if size > limit && !in_use.contains(&copy.receipt.address) && self.remove(&copy).is_ok()
            {
                size = size.saturating_sub(copy.size);
                gone += 1;
            }
        }
        gone
    }

    /// Removes data of long ago that no receipt names, and downloads that never came to their end.
    fn sweep(&self) {
        let data = self.folder().join("data");
        let named: HashSet<String> = self.entries().map(|(_, entry)| entry.object).collect();
        for file in inside(data.clone()).chain(inside(data).flat_map(|it| inside(it.path()))) {
            let path = file.path();
            let is_named =
                path.file_stem().is_some_and(|stem| named.contains(&*stem.to_string_lossy()));
            let age = file.metadata().ok().filter(fs::Metadata::is_file);
            let age = age.and_then(|it| it.modified().ok()?.elapsed().ok());
            if !is_named
                && age.is_some_and(|age| age > FORGOTTEN)
                && let Err(error) = fs::remove_file(&path)
            {
                log::warn!("{}: {error}", path.display());
            }
        }
    }

    /// Removes data that no receipt names any more.
    fn drop_object(&self, entry: &Entry) {
        let is_needed = self.entries().any(|(_, other)| other.object == entry.object);
        if !is_needed {
            let object = self.object(&entry.object, &entry.extension);
            if let Err(error) = fs::remove_file(&object) {
                log::warn!("{}: {error}", object.display());
            }
        }
    }

    /// Whether the data of a copy are those that were written.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn is_whole(kept: &Kept, watch: &Watch) -> Result<bool, FileError> {
        let failed = |error| FileError::io(&kept.path, &error);
        let mut file = fs::File::open(&kept.path).map_err(failed)?;
        let mut context = Context::new(&SHA256);
        let mut block = vec![0; 1 << 18];
        loop {
            watch.check().map_err(|_| FileError::cancelled(&kept.path))?;
            let read = file.read(&mut block).map_err(failed)?;
            if read == 0 {
                break;
            }
            context.update(block.get(..read).unwrap_or_default());
        }
        let name = kept.path.file_stem().unwrap_or_default().to_string_lossy();
        Ok(hex(context.finish().as_ref()) == name)
    }
}

impl Sink for NewCopy {
    fn restart(&mut self) -> Result<(), FileError> {
        *self = NewCopy::begin(std::mem::take(&mut self.folder))?;
        Ok(())
    }

    fn write(&mut self, part: &[u8]) -> Result<(), FileError> {
        self.context.update(part);
        self.file.write_all(part).map_err(|error| FileError::io(&self.folder, &error))
    }
}

impl NewCopy {
    /// A copy that lies in a folder until it is kept.
    fn begin(folder: PathBuf) -> Result<NewCopy, FileError> {
        let file = tempfile::Builder::new().prefix(".coming-").tempfile_in(&folder);
        let file = file.map_err(|error| FileError::io(&folder, &error))?;
        Ok(NewCopy { folder, file, context: Context::new(&SHA256) })
    }

    /// The same with an extension, for formats that look at the name.
    pub fn named(self, extension: &str) -> Result<NewCopy, FileError> {
        let NewCopy { folder, file, context } = self;
        let (file, path) = file.into_parts();
        let named = path.with_extension(extension);
        path.persist(&named).map_err(|error| FileError::io(&named, &error.error))?;
        let path = tempfile::TempPath::try_from_path(named);
        let path = path.map_err(|error| FileError::io(&folder, &error))?;
        Ok(NewCopy { folder, file: NamedTempFile::from_parts(file, path), context })
    }

    /// Where it lies until it is kept.
    pub fn path(&self) -> &Path {
        self.file.path()
    }
}

/// What is in a folder; nothing where there is none.
fn inside(folder: PathBuf) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

fn read_entry(path: &Path) -> Option<Entry> {
    let text = fs::read_to_string(path).ok()?;
    match serde_json::from_str(&text) {
        Ok(entry) => Some(entry),
        Err(error) => {
            log::warn!("{}: {error}", path.display());
            None
        }
    }
}

/// Remembers that a copy was used now.
fn touch(path: &Path) {
    let touched = fs::File::options()
        .append(true)
        .open(path)
        .and_then(|file| file.set_modified(SystemTime::now()));
    if let Err(error) = touched {
        log::debug!("{}: {error}", path.display());
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A server's name as part of the name of a file.
pub(super) fn file_name(host: &str) -> String {
    let letter = |letter: char| {
        if letter.is_alphanumeric() || matches!(letter, '.' | '-') { letter } else { '_' }
    };
    host.chars().map(letter).collect()
}

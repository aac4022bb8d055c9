//! Files that are either whole or not there.

use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::faults::{self, Sink};
use crate::problem::FileError;

/// What files are called until they are whole.
const PREFIX: &str = ".belfort-";
const SUFFIX: &str = ".tmp";

/// A file written beside its target and put in its place at the end. Dropped before
/// [`Self::commit`], it leaves the old file as it was.
///
/// What it promises, also when the power goes: the target is at every moment the old file or the
/// new one, whole. The new one is flushed to the disk before it takes the old one's place, and the
/// folder after that, where the system lets a folder be flushed (Unix; NTFS keeps its own journal).
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    writer: BufWriter<Sink<NamedTempFile>>,
}

impl AtomicFile {
    /// Starts writing a file. Where the target is a link to a file, that file is the one replaced.
    ///
    /// # Errors
    /// When nothing can be written in the target's folder.
    pub fn create(target: &Path) -> Result<AtomicFile, FileError> {
        let target = behind_link(target);
        let file = beside(&target).map_err(|error| FileError::writing(&target, &error))?;
        let file = Sink::new(file, &target);
        Ok(AtomicFile { target, writer: BufWriter::with_capacity(1 << 16, file) })
    }

    /// The file that will be there in the end.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Where it is until then, for libraries that write files by themselves.
    pub fn path(&self) -> &Path {
        self.writer.get_ref().inner().path()
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub fn write_all(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.writer.write_all(bytes).map_err(|error| FileError::writing(&self.target, &error))
    }

    /// Goes to a place, from the start of the file, to write on from there: for formats that have
    /// first what is known last.
    ///
    /// # Errors
    /// When what was written so far cannot be flushed.
    pub fn go_to(&mut self, place: u64) -> Result<(), FileError> {
        let moved = self.writer.seek(SeekFrom::Start(place));
        moved.map(|_| ()).map_err(|error| FileError::writing(&self.target, &error))
    }

    /// For writers that want [`Write`]; turn their errors into [`FileError::io`] of the target.
    pub fn as_write(&mut self) -> &mut (impl Write + Seek + Send) {
        &mut self.writer
    }

    /// Puts the file in its place. It gets the permissions a new file has, or those of the file
    /// it takes the place of.
    ///
    /// # Errors
    /// When it cannot be flushed or put in place.
    pub fn commit(self) -> Result<(), FileError> {
        self.finish()?.put_in_place()
    }

    /// Makes sure that all is on the disk; what is left to do hardly fails. For several files that
    /// belong together.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn finish(self) -> Result<FinishedFile, FileError> {
        let AtomicFile { target, writer } = self;
        let failed = |error: &std::io::Error| FileError::writing(&target, error);
        let file = writer.into_inner().map_err(|error| failed(error.error()))?.into_inner();
        faults::before_sync(&target).map_err(|error| failed(&error))?;
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        set_permissions(&file, &target);
        Ok(FinishedFile { target, file })
    }
}

/// A file that is whole, beside its target. Dropped, it leaves the old file as it was.
#[derive(Debug)]
pub struct FinishedFile {
    target: PathBuf,
    file: NamedTempFile,
}

impl FinishedFile {
    /// Puts the file in its place.
    ///
    /// # Errors
    /// When it cannot take the place of the old one.
    pub fn put_in_place(self) -> Result<(), FileError> {
        let FinishedFile { target, file } = self;
        faults::before_rename(&target).map_err(|error| FileError::writing(&target, &error))?;
        file.persist(&target).map_err(|error| FileError::writing(&target, &error.error))?;
        sync_folder(&target);
        Ok(())
    }

    /// Puts the file in its place and keeps the one that was there under another name. The old
    /// file is there under both names for a moment, and under its own at every moment; a backup of
    /// before is replaced whole or stays. Answers why the old file could not be kept, where that
    /// is so: that is no reason not to write the new one.
    ///
    /// # Errors
    /// When it cannot take the place of the old one.
    pub fn put_in_place_keeping(self, backup: &Path) -> Result<Option<FileError>, FileError> {
        let kept = keep(&self.target, backup);
        self.put_in_place()?;
        Ok(kept.err().map(|error| FileError::writing(backup, &error)))
    }
}

/// Gives a file a second name, in place of what has it: by a link, which takes no room on the disk
/// and no time, or by a copy where the disk knows no links.
fn keep(file: &Path, backup: &Path) -> std::io::Result<()> {
    if !file.exists() {
        return Ok(());
    }
    faults::before_rename(backup)?;
    let place = beside(backup)?.into_temp_path();
    std::fs::remove_file(&place)?;
    if std::fs::hard_link(file, &place).is_err() {
        std::fs::copy(file, &place)?;
        std::fs::File::open(&place)?.sync_all()?;
    }
    let name = place.to_path_buf();
    place.persist(backup).map_err(|error| error.error)?;
    // Where the backup was this very file already (the save before failed at its last step), Unix
    // leaves both names.
    if name.exists() { std::fs::remove_file(&name) } else { Ok(()) }
}

/// A new file of a name of its own, in the folder of another.
fn beside(target: &Path) -> std::io::Result<NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)
}

/// Sweeps away what a program left in a folder that ended while it wrote: files of this module that
/// are an hour old. Reads the folder: for a job.
pub(crate) fn sweep_unfinished(folder: &Path) {
    const OLD: std::time::Duration = std::time::Duration::from_hours(1);
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        let age = || file.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_ours && age().is_some_and(|age| age >= OLD) {
            log::info!("{}: left unfinished, removed", file.path().display());
            let _ = std::fs::remove_file(file.path());
        }
    }
}

/// The file a link leads to: replacing the link itself would leave the file as it was.
fn behind_link(target: &Path) -> PathBuf {
    let is_link = std::fs::symlink_metadata(target).is_ok_and(|it| it.file_type().is_symlink());
    let file = is_link.then(|| std::fs::canonicalize(target).ok()).flatten();
    file.unwrap_or_else(|| target.to_owned())
}

/// Makes sure that the folder knows of a file that took its place. A failure is no failure of
/// writing: the file is there, and some network drives refuse to flush folders.
#[cfg(unix)]
fn sync_folder(target: &Path) {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if let Err(error) = std::fs::File::open(folder).and_then(|folder| folder.sync_all()) {
        log::debug!("{}: not flushed: {error}", folder.display());
    }
}

#[cfg(not(unix))]
fn sync_folder(_target: &Path) {}

/// Temporary files are private; what the user asked for is not. Failing here only leaves the
/// file more private than it could be.
#[cfg(unix)]
fn set_permissions(file: &NamedTempFile, target: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(target).map_or(0o644, |old| old.permissions().mode());
    let changed = file.as_file().set_permissions(std::fs::Permissions::from_mode(mode));
    if let Err(error) = changed {
        log::warn!("{}: permissions not set: {error}", target.display());
    }
}

#[cfg(not(unix))]
fn set_permissions(_file: &NamedTempFile, _target: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::faults::{Fault, inject};

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let mut file = AtomicFile::create(path)?;
        file.write_all(bytes)?;
        file.commit()
    }

    #[test]
    fn a_file_not_committed_leaves_the_old_one_whole() -> Outcome {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("x.txt");
        write(&path, b"old")?;
        let mut second = AtomicFile::create(&path)?;
        second.write_all(b"new, but the power went out")?;
        drop(second);
        assert_eq!(std::fs::read(&path)?, b"old");
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_failing_disk_leaves_the_old_file_whole_and_nothing_beside_it() -> Outcome {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("x.txt");
        let long = vec![b'n'; 200_000];
        write(&path, b"old")?;
        let full = [0, 1, 65_535, 65_536, 65_537, 199_999].map(Fault::FullAfter);
        for fault in full.into_iter().chain([Fault::Flush, Fault::Rename]) {
            inject(folder.path(), Some(fault));
            let error = write(&path, &long).err();
            let what = error.map(|error| error.what.id);
            let expected =
                if matches!(fault, Fault::FullAfter(_)) { "error-disk-full" } else { "error-io" };
            assert_eq!(what, Some(expected), "{fault:?}");
            assert_eq!(std::fs::read(&path)?, b"old", "{fault:?}");
            assert_eq!(std::fs::read_dir(folder.path())?.count(), 1, "{fault:?}");
        }
        inject(folder.path(), Some(Fault::FullAfter(200_000)));
        write(&path, &long)?;
        inject(folder.path(), None);
        assert_eq!(std::fs::read(&path)?, long);
        Ok(())
    }

    #[test]
    fn the_version_before_is_kept_under_another_name() -> Outcome {
        let folder = tempfile::tempdir()?;
        let (path, backup) = (folder.path().join("x.txt"), folder.path().join("x.backup.txt"));
        for (text, before) in [("one", None), ("two", Some("one")), ("three", Some("two"))] {
            let mut file = AtomicFile::create(&path)?;
            file.write_all(text.as_bytes())?;
            assert_eq!(file.finish()?.put_in_place_keeping(&backup)?, None);
            assert_eq!(std::fs::read_to_string(&path)?, text);
            assert_eq!(std::fs::read_to_string(&backup).ok().as_deref(), before);
        }
        // A folder in the way of the backup: said, and the file is written all the same.
        std::fs::remove_file(&backup)?;
        std::fs::create_dir(&backup)?;
        let mut file = AtomicFile::create(&path)?;
        file.write_all(b"four")?;
        assert!(file.finish()?.put_in_place_keeping(&backup)?.is_some());
        assert_eq!(std::fs::read(&path)?, b"four");
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 2);
        Ok(())
    }

    #[test]
    fn what_was_left_unfinished_long_ago_is_swept_away() -> Outcome {
        let folder = tempfile::tempdir()?;
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
        for (name, is_old) in [
            (".belfort-abc.tmp", true),
            (".belfort-def.tmp", false),
            (".other-abc.tmp", true),
            ("belfort.tmp", true),
        ] {
            let file = std::fs::File::create(folder.path().join(name))?;
            if is_old {
                file.set_modified(long_ago)?;
            }
        }
        sweep_unfinished(folder.path());
        assert!(!folder.path().join(".belfort-abc.tmp").exists());
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 3);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_the_file_behind_it_is_replaced() -> Outcome {
        let folder = tempfile::tempdir()?;
        let (file, link) = (folder.path().join("true.txt"), folder.path().join("link.txt"));
        write(&file, b"old")?;
        std::os::unix::fs::symlink(&file, &link)?;
        write(&link, b"new")?;
        assert_eq!(std::fs::read(&file)?, b"new");
        assert!(std::fs::symlink_metadata(&link)?.file_type().is_symlink());
        Ok(())
    }
}

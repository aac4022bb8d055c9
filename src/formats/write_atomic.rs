//! Files that are either whole or not there.

use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::problem::FileError;

/// A file written beside its target and put in its place at the end. Dropped before
/// [`Self::commit`], it leaves the old file as it was.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    writer: BufWriter<NamedTempFile>,
}

impl AtomicFile {
    /// Starts writing a file.
    ///
    /// # Errors
    /// When nothing can be written in the target's folder.
    pub fn create(target: &Path) -> Result<AtomicFile, FileError> {
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let file = tempfile::Builder::new().prefix(".belfort-").suffix(".tmp").tempfile_in(folder);
        let file = file.map_err(|error| FileError::io(target, &error))?;
        Ok(AtomicFile {
            target: target.to_owned(),
            writer: BufWriter::with_capacity(1 << 16, file),
        })
    }

    /// The file that will be there in the end.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Where it is until then, for libraries that write files by themselves.
    pub fn path(&self) -> &Path {
        self.writer.get_ref().path()
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub fn write_all(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.writer.write_all(bytes).map_err(|error| FileError::io(&self.target, &error))
    }

    /// Goes to a place, from the start of the file, to write on from there: for formats that have
    /// first what is known last.
    ///
    /// # Errors
    /// When what was written so far cannot be flushed.
    pub fn go_to(&mut self, place: u64) -> Result<(), FileError> {
        let moved = self.writer.seek(SeekFrom::Start(place));
        moved.map(|_| ()).map_err(|error| FileError::io(&self.target, &error))
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
        let failed = |error: &std::io::Error| FileError::io(&target, error);
        let file = writer.into_inner().map_err(|error| failed(error.error()))?;
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
        file.persist(&target).map_err(|error| FileError::io(&target, &error.error))?;
        Ok(())
    }
}

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

    #[test]
    fn a_file_not_committed_leaves_the_old_one_whole() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("x.txt");
        let mut first = AtomicFile::create(&path)?;
        first.write_all(b"old")?;
        first.commit()?;
        let mut second = AtomicFile::create(&path)?;
        second.write_all(b"new, but the power went out")?;
        drop(second);
        assert_eq!(std::fs::read(&path)?, b"old");
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }
}

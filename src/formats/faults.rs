//! The seam between what writes files and the disk, where tests let the disk fail.
//!
//! Outside the unit tests all of this is nothing: [`Sink`] hands on what it gets, and the checks are
//! empty. In unit tests a folder can be given a [`Fault`], which then holds for every file written
//! below it, whichever thread writes: tests in one process do not disturb each other.

use std::io::{Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A file being written, as the disk sees it.
#[derive(Debug)]
pub(crate) struct Sink<W> {
    inner: W,
    /// The file it will be in the end.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests ask whether it is to fail"))]
    target: PathBuf,
}

impl<W> Sink<W> {
    pub(crate) fn new(inner: W, target: &Path) -> Sink<W> {
        Sink { inner, target: target.to_owned() }
    }

    pub(crate) fn inner(&self) -> &W {
        &self.inner
    }

    pub(crate) fn into_inner(self) -> W {
        self.inner
    }
}

impl<W: Write> Write for Sink<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        #[cfg(test)]
        let bytes = injected::room_for(&self.target, bytes)?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}

impl<W: Seek> Seek for Sink<W> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.inner.seek(to)
    }
}

/// Asked before a file is flushed to the disk.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "tests let it fail")]
pub(crate) fn before_sync(_target: &Path) -> Result<()> {
    Ok(())
}

/// Asked before a file takes its place.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "tests let it fail")]
pub(crate) fn before_rename(_target: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
pub(crate) use injected::{Fault, before_rename, before_sync, inject};

#[cfg(test)]
mod injected {
    use std::io::{Error, ErrorKind, Result};
    use std::path::{Path, PathBuf};
    use std::sync::{Mutex, PoisonError};

    /// How the disk fails.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Fault {
        /// It takes so many bytes in all, the last write being a short one, and is full then.
        FullAfter(u64),
        /// It reports an error when what was written is to be flushed.
        Flush,
        /// It reports an error when a file is to take its place.
        Rename,
    }

    /// The folders whose disk fails.
    static FAULTS: Mutex<Vec<(PathBuf, Fault)>> = Mutex::new(Vec::new());

    /// Lets the disk fail below a folder; none makes it whole again.
    pub(crate) fn inject(folder: &Path, fault: Option<Fault>) {
        let mut faults = FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
        faults.retain(|(known, _)| known != folder);
        faults.extend(fault.map(|fault| (folder.to_owned(), fault)));
    }

    /// What of some bytes the disk takes.
    pub(super) fn room_for<'a>(target: &Path, bytes: &'a [u8]) -> Result<&'a [u8]> {
        let mut faults = FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, fault) in faults.iter_mut().filter(|(folder, _)| target.starts_with(folder)) {
            if let Fault::FullAfter(left) = fault {
                let room = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                if room == 0 && !bytes.is_empty() {
                    return Err(Error::from(ErrorKind::StorageFull));
                }
                *left -= room as u64;
                return Ok(&bytes[..room]);
            }
        }
        Ok(bytes)
    }

    fn failing(target: &Path, with: Fault) -> Result<()> {
        let faults = FAULTS.lock().unwrap_or_else(PoisonError::into_inner);
        let fails =
            faults.iter().any(|(folder, fault)| target.starts_with(folder) && *fault == with);
        // EIO, as a disk that is dying reports it.
        if fails { Err(Error::from_raw_os_error(5)) } else { Ok(()) }
    }

    pub(crate) fn before_sync(target: &Path) -> Result<()> {
        failing(target, Fault::Flush)
    }

    pub(crate) fn before_rename(target: &Path) -> Result<()> {
        failing(target, Fault::Rename)
    }
}

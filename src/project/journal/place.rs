//! Where a journal lies, and whose it is.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::Utc;

/// The endings of the two files of a journal.
const JOURNAL: &str = "journal";
const LOCK: &str = "lock";
/// A lock file that is not locked yet.
const NEW_LOCK: &str = "new-lock";
/// A journal in which no line is whole: kept, and not looked at again.
const UNREADABLE: &str = "unreadable";

/// The right to a journal: while it lives no other program takes it.
#[derive(Debug)]
pub(super) struct Claim {
    /// The journal itself; there only while there is unsaved work.
    pub journal: PathBuf,
    lock: PathBuf,
    /// Locked for as long as it is open.
    _file: File,
}

/// Makes names different within one program.
static MADE: AtomicU64 = AtomicU64::new(0);

impl Claim {
    /// A new journal's place. The lock gets its name when it is locked, so that no other program
    /// finds it free.
    pub(super) fn new(folder: &Path) -> std::io::Result<Claim> {
        std::fs::create_dir_all(folder)?;
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let start = Utc::now().format("%Y%m%d-%H%M%S%3f");
        let name = format!("{start}-{}-{number}", std::process::id());
        let [journal, lock, new] =
            [JOURNAL, LOCK, NEW_LOCK].map(|ending| folder.join(format!("{name}.{ending}")));
        let file = File::create_new(&new)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(std::io::ErrorKind::WouldBlock.into()),
            // The work is written all the same: see the module's words.
            Err(TryLockError::Error(error)) => {
                log::warn!("{}: no locks here: {error}", new.display());
            }
        }
        std::fs::rename(&new, &lock)?;
        Ok(Claim { journal, lock, _file: file })
    }

    /// Claims a journal that nobody holds; none where somebody does.
    fn of(journal: &Path) -> Option<Claim> {
        let lock = journal.with_extension(LOCK);
        // A journal without its lock (somebody tidied up) is as free as one with an open lock.
        let file = File::options().create(true).truncate(false).write(true).open(&lock).ok()?;
        match file.try_lock() {
            Ok(()) => Some(Claim { journal: journal.to_owned(), lock, _file: file }),
            Err(TryLockError::WouldBlock) => None,
            Err(TryLockError::Error(error)) => {
                log::warn!("{}: {error}", lock.display());
                None
            }
        }
    }

    /// Whether the lock is still there to be seen by others.
    pub(super) fn is_held(&self) -> bool {
        self.lock.exists()
    }

    /// Takes the journal and its lock away.
    pub(super) fn remove(self) -> std::io::Result<()> {
        let gone = |path: &Path| match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        // The journal first: should the program end in between, a lock alone is nothing.
        gone(&self.journal)?;
        gone(&self.lock)
    }

    /// Puts a journal aside that cannot be read; answers where.
    pub(super) fn put_aside(self) -> std::io::Result<PathBuf> {
        let aside = self.journal.with_extension(UNREADABLE);
        std::fs::rename(&self.journal, &aside)?;
        self.remove()?;
        Ok(aside)
    }
}

/// Claims all journals of a folder that nobody holds, the newest first. Locks without a journal are
/// swept away.
pub(super) fn claim_all(folder: &Path) -> Vec<Claim> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    let of_kind = |ending: &str| {
        let paths = paths.iter().filter(|path| path.extension().is_some_and(|it| it == ending));
        paths.cloned().collect::<Vec<PathBuf>>()
    };
    for lock in of_kind(LOCK).into_iter().chain(of_kind(NEW_LOCK)) {
        let journal = lock.with_extension(JOURNAL);
        let is_old = || {
            let made = std::fs::metadata(&lock).and_then(|lock| lock.modified());
            made.ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age.as_secs() > 60)
        };
        if !journal.exists() && is_old() && lock.extension().is_some_and(|it| it == LOCK) {
            // One that is held has a window without unsaved work.
            if let Some(claim) = Claim::of(&journal)
                && let Err(error) = claim.remove()
            {
                log::warn!("{}: {error}", lock.display());
            }
        } else if lock.extension().is_some_and(|it| it == NEW_LOCK) && is_old() {
            let _ = std::fs::remove_file(&lock);
        }
    }
    let mut journals = of_kind(JOURNAL);
    journals.sort_unstable();
    journals.iter().rev().filter_map(|journal| Claim::of(journal)).collect()
}

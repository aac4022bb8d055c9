//! The thread that writes a journal.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::lines::Line;
use super::place::Claim;
use super::{Claims, News, Shared, Unsaved};
use crate::formats::AtomicFile;
use crate::formats::faults::{self, Sink};
use crate::problem::FileError;

/// What a journal is asked for.
pub(super) enum Order {
    Keep(Box<Unsaved>),
    Nothing,
    /// The journal of another program is no longer needed once this one is written.
    TakeOver(Claim),
}

/// Changes that come within this time of each other are written once.
const PAUSE: Duration = Duration::from_millis(250);

/// How long it is waited before a failure is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// A journal longer than this, and than this many of its last line, is written anew.
const LONG: u64 = 4 << 20;
const LINES: u64 = 4;

/// The journal's file.
struct Pages<'a> {
    folder: &'a Path,
    /// None before there was something to write.
    claim: Option<Claim>,
    /// How far the file is whole; 0 where there is none.
    length: u64,
    /// The saved document that the first line is about, by its place in memory.
    saved: Option<Unsaved>,
}

/// Does what is asked for until there are no more orders.
pub(super) fn work(folder: &Path, orders: &Receiver<Order>, shared: &Shared, wake: &dyn Fn()) {
    let mut pages = Pages { folder, claim: None, length: 0, saved: None };
    let mut pending: Option<Unsaved> = None;
    let mut claims = Claims::new();
    // When what is pending is to be written.
    let mut due = Instant::now();
    let mut has_failed = false;
    let mut taken = 0;
    loop {
        let left = due.saturating_duration_since(Instant::now());
        let order = match &pending {
            // Not even when there are more orders: a window in which something always moves must
            // not put off the writing for ever.
            Some(_) if left.is_zero() => Err(RecvTimeoutError::Timeout),
            Some(_) => orders.recv_timeout(left),
            None => orders.recv().map_err(RecvTimeoutError::from),
        };
        let is_end = matches!(order, Err(RecvTimeoutError::Disconnected));
        match order {
            Ok(order) => {
                taken += 1;
                match order {
                    Order::Keep(unsaved) => {
                        let soon = Instant::now() + PAUSE;
                        due = if pending.is_some() { due.min(soon) } else { soon };
                        pending = Some(*unsaved);
                        continue;
                    }
                    Order::TakeOver(claim) => {
                        claims.push(claim);
                        if pending.is_some() {
                            // At once: until then the work lies under another's name.
                            due = Instant::now();
                            continue;
                        }
                        if pages.length > 0 {
                            remove(&mut claims);
                        }
                    }
                    Order::Nothing => {
                        pending = None;
                        remove(&mut claims);
                        if let Err(error) = pages.clear() {
                            log::warn!("{}: {error}", folder.display());
                        }
                        has_failed = false;
                    }
                }
            }
            Err(_) => {
                if let Some(unsaved) = &pending {
                    match pages.write(unsaved) {
                        Ok(()) => {
                            pending = None;
                            remove(&mut claims);
                            if has_failed {
                                has_failed = false;
                                tell(shared, wake, News::WrittenAgain);
                            }
                        }
                        Err(error) => {
                            due = Instant::now() + TRY_AGAIN;
                            if !has_failed {
                                has_failed = true;
                                tell(shared, wake, News::Failed(error));
                            }
                        }
                    }
                }
            }
        }
        let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting = state.waiting.saturating_sub(std::mem::take(&mut taken));
        drop(state);
        if is_end {
            pages.end();
            return;
        }
    }
}

/// The work of others that is written here now.
fn remove(claims: &mut Claims) {
    for claim in claims.drain(..) {
        let path = claim.journal.clone();
        if let Err(error) = claim.remove() {
            log::warn!("{}: {error}", path.display());
        }
    }
}

fn tell(shared: &Shared, wake: &dyn Fn(), news: News) {
    shared.lock().unwrap_or_else(PoisonError::into_inner).news.push(news);
    wake();
}

impl Pages<'_> {
    /// Writes work down and makes sure that it is on the disk.
    fn write(&mut self, unsaved: &Unsaved) -> Result<(), FileError> {
        if self.claim.as_ref().is_some_and(|claim| !claim.is_held()) {
            // Somebody removed the folder.
            self.claim = None;
            self.length = 0;
        }
        let claim = match &mut self.claim {
            Some(claim) => claim,
            none => {
                let made = Claim::new(self.folder);
                none.insert(made.map_err(|error| FileError::writing(self.folder, &error))?)
            }
        };
        let path = claim.journal.clone();
        let failed = |error: serde_json::Error| FileError::writing(&path, &error.into());
        let line = Line::work(unsaved).and_then(|line| line.to_bytes()).map_err(failed)?;
        let is_long = self.length > LONG.max(LINES * line.len() as u64);
        let is_about = |before: &Unsaved| {
            before.path == unsaved.path
                && before.stamp == unsaved.stamp
                && before.name == unsaved.name
                && *before.saved == *unsaved.saved
        };
        if self.length == 0 || is_long || !self.saved.as_ref().is_some_and(is_about) {
            let first = Line::saved(unsaved).and_then(|line| line.to_bytes()).map_err(failed)?;
            let mut file = AtomicFile::create(&path)?;
            file.write_all(&first)?;
            file.write_all(&line)?;
            file.commit()?;
            self.length = (first.len() + line.len()) as u64;
            self.saved = Some(unsaved.clone());
            return Ok(());
        }
        let appended = self.append(&path, &line);
        if appended.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            self.length = 0;
            return self.write(unsaved);
        }
        appended.map_err(|error| FileError::writing(&path, &error))
    }

    fn append(&mut self, path: &Path, line: &[u8]) -> std::io::Result<()> {
        let file = File::options().append(true).open(path)?;
        // What a failure before left behind is no line.
        if file.metadata()?.len() > self.length {
            file.set_len(self.length)?;
        }
        let mut file = Sink::new(file, path);
        file.write_all(line)?;
        faults::before_sync(path)?;
        file.inner().sync_data()?;
        self.length += line.len() as u64;
        Ok(())
    }

    /// There is nothing to keep.
    fn clear(&mut self) -> std::io::Result<()> {
        self.length = 0;
        self.saved = None;
        match &self.claim {
            Some(claim) => match std::fs::remove_file(&claim.journal) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// The end: a lock without a journal is of no use.
    fn end(&mut self) {
        if let Some(claim) = self.claim.take()
            && !claim.journal.exists()
            && let Err(error) = claim.remove()
        {
            log::warn!("{}: {error}", self.folder.display());
        }
    }
}

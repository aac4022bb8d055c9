//! The journal: unsaved work on disk, within a second of each change.
//!
//! A window has a journal in the person's data folder, for as long as it has unsaved work. After a
//! crash, a power cut or a full disk the next start finds the journals of programs that are gone
//! ([`left_over`]) and offers what is in them.
//!
//! What is written is the whole document after a change, not the command that made it. A document
//! is small (a few kilobytes to some hundreds: it holds no data); reading it back needs none of the code
//! that commands run, of which one may be the very reason for the crash; what an older program wrote is
//! read like an older project; and a line that is lost costs the change it holds, not all that follow.
//! Commands would have to be replayed from a base by a program that may apply them differently. So
//! of changes that follow each other within a quarter of a second (a slider being dragged) the last is
//! written.
//!
//! A journal is a file of lines, each with its length and checksum ([`lines`]): a last line that
//! was torn by a power cut is recognised, and the one before counts. Lines are appended and flushed to
//! the disk; when the file is large it is written anew, atomically. Beside it lies a file that the
//! program holds locked: the system takes the lock away when the program ends in whatever way, so a
//! locked journal belongs to a window that is alive, and is never offered. On a drive that knows no locks
//! nothing is offered, and the log says so.
//!
//! All of it happens on a thread of its own. Where writing fails (a full disk) the person is told
//! once, and it is tried again at the next change and every few seconds.

mod left;
mod lines;
mod place;
#[cfg(test)]
mod tests;
mod work;

pub use left::{Leftover, left_over};

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use self::place::Claim;
use self::work::{Order, work};
use super::document::Document;
use super::stamp::Stamp;
use crate::problem::FileError;

/// Unsaved work of a window.
#[derive(Clone, Debug)]
pub struct Unsaved {
    /// The document as it is.
    pub document: Arc<Document>,
    /// The document as it was opened or saved last.
    pub saved: Arc<Document>,
    /// The project's file; none for one that was never saved.
    pub path: Option<PathBuf>,
    /// That file as it was opened or saved last.
    pub stamp: Option<Stamp>,
    /// What the person calls the project.
    pub name: String,
    /// How many changes were made.
    pub changes: u64,
}

/// What the person should know of the journal.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Unsaved work could not be written; it goes on being tried.
    Failed(FileError),
    /// It is written again.
    WrittenAgain,
}

/// How far the work is.
#[derive(Debug, Default)]
struct State {
    /// What was asked for and is not done.
    waiting: u64,
    news: Vec<News>,
}

type Shared = Arc<Mutex<State>>;

/// The longest that the end of the program waits for the disk.
const LONGEST_END: Duration = Duration::from_secs(3);

/// The journal of a window.
#[derive(Debug)]
pub struct Journal {
    orders: Sender<Order>,
    state: Shared,
    ended: Receiver<()>,
    worker: Option<JoinHandle<()>>,
}

impl Journal {
    /// A journal in a folder, which is made when there is something to write. `wake` is called when
    /// there is [`News`].
    pub fn start(folder: PathBuf, wake: impl Fn() + Send + 'static) -> Journal {
        let (orders, theirs) = channel();
        let (end, ended) = channel();
        let state = Shared::default();
        let shared = Arc::clone(&state);
        let worker = std::thread::Builder::new().name("journal".to_owned()).spawn(move || {
            work(&folder, &theirs, &shared, &wake);
            // Nobody listens where the end was not waited for.
            let _ = end.send(());
        });
        let worker = worker.inspect_err(|error| log::error!("no thread for the journal: {error}"));
        Journal { orders, state, ended, worker: worker.ok() }
    }

    /// Writes unsaved work down, within a second.
    pub fn keep(&self, unsaved: Unsaved) {
        self.order(Order::Keep(Box::new(unsaved)));
    }

    /// There is no unsaved work: it was saved, taken back or thrown away.
    pub fn nothing(&self) {
        self.order(Order::Nothing);
    }

    /// What was left over of another program is the work of this window now: it is thrown away
    /// there as soon as it is written here.
    pub fn takes_over(&self, leftover: Leftover) {
        self.order(Order::TakeOver(leftover.into_claim()));
    }

    fn order(&self, order: Order) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waiting += 1;
        if self.orders.send(order).is_err() {
            log::error!("the journal has ended");
        }
    }

    /// What the person should know, the oldest first; each once.
    pub fn news(&self) -> Vec<News> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut state.news)
    }

    /// Whether all that was asked for is on the disk, or failed.
    pub fn is_settled(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waiting == 0
    }

    /// The window closes: what is not written yet is written, and nothing is left where `is_clean`.
    /// Dropped without this, a journal leaves its work to the next start.
    pub fn end(mut self, is_clean: bool) {
        if is_clean {
            self.order(Order::Nothing);
        }
        self.close();
    }

    fn close(&mut self) {
        let Some(worker) = self.worker.take() else { return };
        let (nowhere, _) = channel();
        // The end of the orders ends the work.
        drop(std::mem::replace(&mut self.orders, nowhere));
        let begin = Instant::now();
        if self.ended.recv_timeout(LONGEST_END).is_ok() {
            let _ = worker.join();
        } else {
            log::warn!("the journal is still at work after {:?}", begin.elapsed());
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.close();
    }
}

/// The claims on journals of other programs, to be thrown away.
type Claims = Vec<Claim>;

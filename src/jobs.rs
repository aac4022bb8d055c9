//! Background work: a thread per job, with progress and cancel.
//!
//! Work receives a [`Watch`], reports how far it is and asks now and then whether it should stop.
//! The window keeps the [`Job`] and polls it; the command line uses [`Watch::unwatched`].

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The person cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

#[derive(Default)]
struct Shared {
    cancelled: Arc<AtomicBool>,
    done: AtomicU64,
    total: AtomicU64,
}

/// The working side: report progress, learn of a cancel. Cheap to clone and to ask.
#[derive(Clone, Default)]
pub struct Watch(Arc<Shared>);

impl Watch {
    /// For work nobody watches.
    pub fn unwatched() -> Watch {
        Watch::default()
    }

    /// For a part of the work that is cancelled with it, and whose own progress nobody sees.
    #[must_use]
    pub fn unseen(&self) -> Watch {
        let cancelled = Arc::clone(&self.0.cancelled);
        Watch(Arc::new(Shared { cancelled, ..Shared::default() }))
    }

    /// Ends the work early once the person cancelled. Ask at least every few thousand rows.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.0.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// Sets how much work there is, in any unit (bytes, rows).
    pub fn set_total(&self, total: u64) {
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Sets how much of it is done.
    pub fn set_done(&self, done: u64) {
        self.0.done.store(done, Ordering::Relaxed);
    }

    /// Adds to what is done.
    pub fn advance(&self, by: u64) {
        self.0.done.fetch_add(by, Ordering::Relaxed);
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// How much is done and how much there is; 0 while unknown.
    pub fn counts(&self) -> (u64, u64) {
        (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed))
    }

    /// The share done, 0 to 1; none while the total is unknown.
    #[expect(clippy::cast_precision_loss, reason = "a share for a progress bar")]
    pub fn fraction(&self) -> Option<f32> {
        let (done, total) = self.counts();
        (total > 0).then(|| (done.min(total) as f32) / (total as f32))
    }
}

/// How a job stands.
#[derive(Debug, PartialEq)]
pub enum Poll<T> {
    /// Still working.
    Running,
    /// Finished with its result. Comes once.
    Done(T),
    /// The work panicked (a defect) or its result was already taken.
    Lost,
}

/// Work on its own thread.
pub struct Job<T> {
    watch: Watch,
    started: Instant,
    result: Receiver<T>,
}

impl<T: Send + 'static> Job<T> {
    /// Starts work on a new thread. `wake` is called when it ends, to ask for a new frame.
    pub fn start(
        name: &str,
        wake: impl FnOnce() + Send + 'static,
        work: impl FnOnce(&Watch) -> T + Send + 'static,
    ) -> Job<T> {
        let watch = Watch::default();
        let (sender, result) = channel();
        let theirs = watch.clone();
        let at_work = AtWork::begin();
        let started = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&theirs)));
            if let Ok(value) = outcome {
                // The receiver is gone when the job was dropped: nobody wants the result.
                let _ = sender.send(value);
            }
            drop(sender);
            wake();
            drop(at_work);
        });
        if let Err(error) = started {
            log::error!("no thread for {name}: {error}");
        }
        Job { watch, started: Instant::now(), result }
    }

    /// The result, if it is there.
    pub fn poll(&self) -> Poll<T> {
        match self.result.try_recv() {
            Ok(value) => Poll::Done(value),
            Err(TryRecvError::Empty) => Poll::Running,
            Err(TryRecvError::Disconnected) => Poll::Lost,
        }
    }

    /// Waits for the result; for tests and the command line.
    pub fn wait(self) -> Option<T> {
        self.result.recv().ok()
    }
}

/// A job nobody waits for any more need not be done.
impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.watch.cancel();
    }
}

/// How many jobs are at work, and the bell that rings when one ends.
static AT_WORK: (Mutex<usize>, Condvar) = (Mutex::new(0), Condvar::new());

/// A job at work, for as long as this lives.
struct AtWork;

impl AtWork {
    fn begin() -> AtWork {
        *AT_WORK.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        AtWork
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        *AT_WORK.0.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        AT_WORK.1.notify_all();
    }
}

/// Waits until no job of the process is at work, but no longer than this; answers whether all have
/// ended. For the end of the program: libraries written in C clear up when it exits, and a thread
/// that is inside them then brings it down.
pub fn wait_for_all(limit: Duration) -> bool {
    let count = AT_WORK.0.lock().unwrap_or_else(PoisonError::into_inner);
    let waited = AT_WORK.1.wait_timeout_while(count, limit, |count| *count > 0);
    let (count, _) = waited.unwrap_or_else(PoisonError::into_inner);
    *count == 0
}

impl<T> Job<T> {
    /// Asks the work to stop; it ends at its next check.
    pub fn cancel(&self) {
        self.watch.cancel();
    }

    /// The share done, 0 to 1; none while unknown.
    pub fn fraction(&self) -> Option<f32> {
        self.watch.fraction()
    }

    /// How much is done and how much there is, in the work's own unit (bytes, rows); 0 while unknown.
    pub fn counts(&self) -> (u64, u64) {
        self.watch.counts()
    }

    /// How long ago it was started.
    pub fn age(&self) -> Duration {
        self.started.elapsed()
    }
}

/// How many threads work at the same time.
pub fn cores() -> usize {
    // Asking costs some 50 µs: the limits of control groups stand in files.
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// Frees something large on a thread of its own: who is done with it goes on, or ends, at once.
pub fn drop_elsewhere(large: impl Send + 'static) {
    // Without a thread it is dropped here.
    let _ = std::thread::Builder::new().name("free".to_owned()).spawn(move || drop(large));
}

/// Does the same with each of several things on all cores, the calling thread among them; the
/// results come in the order of the things.
pub fn in_parallel<T: Send, R: Send>(
    things: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator + Send>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let things = things.into_iter();
    let threads = cores().min(things.len());
    if threads <= 1 {
        return things.map(work).collect();
    }
    let waiting = Mutex::new(things.enumerate());
    let run = || {
        let mut done = Vec::new();
        loop {
            // Nothing panics while the lock is held but the iterator itself.
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((number, thing)) = next else { return done };
            done.push((number, work(thing)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for other in others {
            match other.join() {
                Ok(mut theirs) => done.append(&mut theirs),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_reports_progress_and_stops_when_cancelled() {
        let (woken, wake) = channel();
        let job = Job::start(
            "test",
            move || woken.send(()).unwrap_or_default(),
            |watch| {
                watch.set_total(4);
                watch.advance(1);
                while watch.check().is_ok() {
                    std::thread::yield_now();
                }
                "stopped"
            },
        );
        while job.fraction() != Some(0.25) {
            std::thread::yield_now();
        }
        assert_eq!(job.poll(), Poll::Running);
        job.cancel();
        assert!(wake.recv().is_ok());
        assert_eq!(job.poll(), Poll::Done("stopped"));
    }

    #[test]
    fn results_come_in_the_order_of_the_things() {
        let squares = in_parallel(0..1000_usize, |number| {
            if number % 7 == 0 {
                std::thread::yield_now();
            }
            number * number
        });
        assert!(squares.iter().zip(0..).all(|(square, number)| *square == number * number));
        assert_eq!(squares.len(), 1000);
        assert!(in_parallel(Vec::<u8>::new(), |number| number).is_empty());
    }

    #[test]
    fn a_panic_in_a_job_does_not_take_the_window_along() {
        let (woken, wake) = channel();
        let job: Job<()> = Job::start(
            "test",
            move || woken.send(()).unwrap_or_default(),
            |_| panic!("a defect, on purpose"),
        );
        assert!(wake.recv().is_ok());
        assert_eq!(job.poll(), Poll::Lost);
    }
}

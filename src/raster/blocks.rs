//! Blocks of images that were unpacked lately, of all images together.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::pixels::Pixels;

/// How many bytes of blocks are kept unless told otherwise.
const KEPT: usize = 256 << 20;

/// A block: the image it is of, which one in that file, and its column and row.
pub(super) type Key = (u64, usize, [u32; 2]);

enum Entry {
    /// A thread is at it.
    Making,
    Here {
        pixels: Arc<Pixels>,
        used: u64,
    },
}

#[derive(Default)]
struct State {
    entries: HashMap<Key, Entry>,
    bytes: usize,
    clock: u64,
    next: u64,
}

/// Unpacked blocks, kept within a budget. What was not used for longest leaves first; what is in
/// use stays in memory as long as somebody holds it.
pub struct Blocks {
    state: Mutex<State>,
    /// A block was made, or given up.
    done: Condvar,
    budget: usize,
}

impl Default for Blocks {
    fn default() -> Blocks {
        Blocks::new(KEPT)
    }
}

impl Blocks {
    /// A store that keeps so many bytes.
    pub fn new(budget: usize) -> Blocks {
        Blocks { state: Mutex::default(), done: Condvar::new(), budget }
    }

    /// How many bytes are kept now.
    pub fn bytes(&self) -> usize {
        self.lock().bytes
    }

    /// A number for an image, used for no other.
    pub(super) fn number(&self) -> u64 {
        let mut state = self.lock();
        state.next += 1;
        state.next
    }

    /// A block; made by one thread, for which others wait that want it too. One that nothing is
    /// kept of (an error, say) is made again at the next call.
    pub(super) fn get(
        &self,
        key: Key,
        make: impl FnOnce() -> Option<Pixels>,
    ) -> Option<Arc<Pixels>> {
        let mut state = self.lock();
        loop {
            state.clock += 1;
            let clock = state.clock;
            match state.entries.get_mut(&key) {
                Some(Entry::Here { pixels, used }) => {
                    *used = clock;
                    return Some(Arc::clone(pixels));
                }
                Some(Entry::Making) => {
                    state = self.done.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                None => break,
            }
        }
        state.entries.insert(key, Entry::Making);
        drop(state);
        // Whatever happens while it is made, nobody waits for ever.
        let mut making = Making { blocks: self, key, pixels: None };
        making.pixels = make().map(Arc::new);
        making.pixels.clone()
    }

    /// Forgets all blocks of an image.
    pub(super) fn forget(&self, image: u64) {
        let mut state = self.lock();
        let mut freed = 0;
        state.entries.retain(|(of, ..), entry| match entry {
            Entry::Here { pixels, .. } if *of == image => {
                freed += pixels.bytes();
                false
            }
            _ => true,
        });
        state.bytes = state.bytes.saturating_sub(freed);
    }

    /// Whoever panicked held the lock only for bookkeeping.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(&self, key: Key, made: Option<Arc<Pixels>>) {
        let mut state = self.lock();
        state.entries.remove(&key);
        if let Some(pixels) = made {
            state.clock += 1;
            let used = state.clock;
            state.bytes = state.bytes.saturating_add(pixels.bytes());
            state.entries.insert(key, Entry::Here { pixels, used });
            state.make_room(self.budget, used);
        }
        drop(state);
        self.done.notify_all();
    }
}

impl State {
    /// Forgets the longest unused blocks beyond the budget, but not the newest.
    fn make_room(&mut self, budget: usize, newest: u64) {
        if self.bytes <= budget {
            return;
        }
        let here = self.entries.iter().filter_map(|(key, entry)| match entry {
            Entry::Here { pixels, used } if *used != newest => Some((*used, pixels.bytes(), *key)),
            _ => None,
        });
        let mut oldest: Vec<(u64, usize, Key)> = here.collect();
        oldest.sort_unstable_by_key(|(used, ..)| *used);
        for (_, bytes, key) in oldest {
            // A little more than needed, so that not every block begins a search.
            if self.bytes <= budget - budget / 16 {
                break;
            }
            self.entries.remove(&key);
            self.bytes = self.bytes.saturating_sub(bytes);
        }
    }
}

struct Making<'a> {
    blocks: &'a Blocks,
    key: Key,
    pixels: Option<Arc<Pixels>>,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.blocks.finish(self.key, self.pixels.take());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn pixels(side: u32) -> Pixels {
        Pixels { width: side, height: side, channels: 1, data: vec![7; (side * side) as usize] }
    }

    #[test]
    fn a_block_is_made_once_and_the_oldest_leave() {
        let blocks = Blocks::new(3500);
        let made = AtomicUsize::new(0);
        let get = |column: u32| {
            blocks.get((1, 0, [column, 0]), || {
                made.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(std::time::Duration::from_millis(2));
                Some(pixels(20))
            })
        };
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..4).for_each(|column| assert!(get(column).is_some())));
            }
        });
        assert_eq!((made.load(Ordering::Relaxed), blocks.bytes()), (4, 2624));
        (4..9).for_each(|column| assert!(get(column).is_some()));
        assert!(blocks.bytes() <= 3500);
        get(8);
        assert_eq!(made.load(Ordering::Relaxed), 9);
        get(0);
        assert_eq!(made.load(Ordering::Relaxed), 10);
        // One larger than all that is kept is there for who asked.
        assert!(blocks.get((2, 0, [0, 0]), || Some(pixels(60))).is_some());
        blocks.forget(2);
        blocks.forget(1);
        assert_eq!(blocks.bytes(), 0);
    }

    #[test]
    fn nobody_waits_for_one_that_failed() {
        let blocks = Blocks::default();
        assert!(blocks.get((1, 0, [0, 0]), || None).is_none());
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            blocks.get((1, 0, [0, 0]), || panic!("a defect, on purpose"))
        }));
        assert!(caught.is_err());
        assert!(blocks.get((1, 0, [0, 0]), || Some(pixels(1))).is_some());
    }
}

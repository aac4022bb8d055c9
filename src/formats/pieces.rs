//! Work cut into pieces that all cores make and one thread takes, in order.

use std::fs::File;
use std::io;
use std::sync::mpsc::sync_channel;

use crate::jobs::cores;

/// How many finished pieces of one thread may wait to be taken: what is made ahead is memory.
const AHEAD: usize = 2;

/// On how many threads, and how large the pieces are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// At least 1.
    pub threads: usize,
    /// Bytes of the file, about.
    pub bytes: usize,
}

impl Default for Cut {
    /// All cores, and pieces that a core's cache holds.
    fn default() -> Cut {
        Cut { threads: cores(), bytes: 1 << 20 }
    }
}

impl Cut {
    /// How many items of so many bytes make a piece.
    pub fn items(&self, bytes_each: usize) -> usize {
        (self.bytes / bytes_each.max(1)).max(1)
    }

    /// Makes `count` pieces on all threads and takes each on this one, in order. The first error
    /// ends the work.
    ///
    /// # Errors
    /// The error of the first piece, in order, that could not be made or taken.
    pub fn in_order<T: Send, E: Send>(
        &self,
        count: usize,
        make: impl Fn(usize) -> Result<T, E> + Sync,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let threads = self.threads.clamp(1, count.max(1));
        if threads == 1 {
            return (0..count).try_for_each(|piece| take(make(piece)?));
        }
        let make = &make;
        std::thread::scope(|scope| {
            let lines: Vec<_> = (0..threads)
                .map(|first| {
                    let (sender, line) = sync_channel(AHEAD);
                    scope.spawn(move || {
                        for piece in (first..count).step_by(threads) {
                            let made = make(piece);
                            let failed = made.is_err();
                            // Nobody takes it any more after an error elsewhere.
                            if sender.send(made).is_err() || failed {
                                return;
                            }
                        }
                    });
                    line
                })
                .collect();
            // A thread that panicked has no more pieces; the scope passes its panic on.
            let made = lines.iter().cycle().take(count).map_while(|line| line.recv().ok());
            made.into_iter().try_for_each(|piece| take(piece?))
        })
    }
}

/// Fills `into` from a place in a file that other threads read as well.
///
/// # Errors
/// When the file ends before, or cannot be read.
#[cfg(unix)]
pub(super) fn read_at(file: &File, into: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, offset)
}

/// Fills `into` from a place in a file that other threads read as well.
///
/// # Errors
/// When the file ends before, or cannot be read.
#[cfg(windows)]
pub(super) fn read_at(file: &File, mut into: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !into.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, into, offset) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                into = into.get_mut(read..).unwrap_or_default();
                offset += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_and_the_first_error_ends_the_work() {
        for threads in [1, 2, 3, 8] {
            let cut = Cut { threads, bytes: 1 };
            let mut taken = Vec::new();
            let slow_first = |piece: usize| {
                if piece == 0 {
                    std::thread::yield_now();
                }
                Ok::<usize, &str>(piece)
            };
            let all = cut.in_order(100, slow_first, |piece| {
                taken.push(piece);
                Ok(())
            });
            assert_eq!((all, taken), (Ok(()), (0..100).collect()));
            let mut taken = 0;
            let make = |piece| if piece >= 7 { Err(piece) } else { Ok(piece) };
            let failed = cut.in_order(100, make, |_| {
                taken += 1;
                Ok(())
            });
            assert_eq!((failed, taken), (Err(7), 7));
            let refused =
                cut.in_order(100, Ok, |piece| if piece == 5 { Err("full") } else { Ok(()) });
            assert_eq!(refused, Err("full"));
            assert_eq!(cut.in_order(0, Err::<(), _>, |()| Ok(())), Ok(()));
        }
    }
}

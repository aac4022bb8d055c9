//! Work cut into pieces that all cores make and one thread takes, in order.

use std::convert::Infallible;
use std::fs::File;
use std::io;
use std::ops::Range;
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
        Cut { threads: cores(), bytes: 1 << 19 }
    }
}

impl Cut {
    /// How many items of so many bytes make a piece.
    pub fn items(&self, bytes_each: usize) -> usize {
        (self.bytes / bytes_each.max(1)).max(1)
    }

    /// Makes `count` pieces on all threads and takes each on this one, in order. The first error
    /// ends the work. `make` also gets a buffer that its thread keeps: new memory costs time.
    ///
    /// # Errors
    /// The error of the first piece, in order, that could not be made or taken.
    pub fn in_order<T: Send, E: Send>(
        &self,
        count: usize,
        make: impl Fn(usize, &mut Vec<u8>) -> Result<T, E> + Sync,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let threads = self.threads.clamp(1, count.max(1));
        if threads == 1 {
            let mut buffer = Vec::new();
            return (0..count).try_for_each(|piece| take(make(piece, &mut buffer)?));
        }
        let make = &make;
        std::thread::scope(|scope| {
            let lines: Vec<_> = (0..threads)
                .map(|first| {
                    let (sender, line) = sync_channel(AHEAD);
                    scope.spawn(move || {
                        let mut buffer = Vec::new();
                        for piece in (first..count).step_by(threads) {
                            let made = make(piece, &mut buffer);
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

/// How many rows are written in one go.
const RUN: usize = 1 << 12;

/// Rows in runs of a few thousand, for writers: made on all cores, taken in order.
///
/// # Errors
/// As [`Cut::in_order`].
pub(super) fn each_run<T: Send, E: Send>(
    rows: usize,
    make: impl Fn(Range<usize>) -> Result<T, E> + Sync,
    take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let run = |at: usize, _: &mut Vec<u8>| make(at * RUN..rows.min((at + 1) * RUN));
    Cut::default().in_order(rows.div_ceil(RUN), run, take)
}

/// As [`each_run`], for what cannot fail.
pub(super) fn all_runs<T: Send>(
    rows: usize,
    make: impl Fn(Range<usize>) -> T + Sync,
    mut take: impl FnMut(T),
) {
    let Ok(()) = each_run(
        rows,
        |run| Ok::<T, Infallible>(make(run)),
        |made| {
            take(made);
            Ok(())
        },
    );
}

/// The sum of what is counted in each row.
pub(super) fn count_rows(rows: usize, of: impl Fn(usize) -> u64 + Sync) -> u64 {
    let mut sum = 0;
    all_runs(rows, |run| run.map(&of).sum::<u64>(), |some| sum += some);
    sum
}

/// Fills a buffer with so many bytes from a place in a file that other threads read as well.
///
/// # Errors
/// When the file ends before, or cannot be read.
pub(super) fn read_into<'b>(
    file: &File,
    buffer: &'b mut Vec<u8>,
    length: usize,
    offset: u64,
) -> io::Result<&'b [u8]> {
    buffer.resize(length, 0);
    read_at(file, buffer, offset)?;
    Ok(buffer)
}

#[cfg(unix)]
pub(super) fn read_at(file: &File, into: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, offset)
}

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
            let slow_first = |piece: usize, _: &mut Vec<u8>| {
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
            let make = |piece, _: &mut Vec<u8>| if piece >= 7 { Err(piece) } else { Ok(piece) };
            let failed = cut.in_order(100, make, |_| {
                taken += 1;
                Ok(())
            });
            assert_eq!((failed, taken), (Err(7), 7));
            let refused = cut.in_order(
                100,
                |piece, _| Ok(piece),
                |piece| if piece == 5 { Err("full") } else { Ok(()) },
            );
            assert_eq!(refused, Err("full"));
            assert_eq!(cut.in_order(0, |piece, _| Err::<(), _>(piece), |()| Ok(())), Ok(()));
        }
    }
}

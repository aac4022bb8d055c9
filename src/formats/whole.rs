//! Reading a file that has to be in memory as a whole.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::jobs::Watch;
use crate::problem::FileError;

/// How much of a file is read between two looks at the watch.
const BLOCK: usize = 1 << 20;

/// After so much of a file it is looked whether it is of its kind, before all of it is read: a
/// little for what is quite something else, more for damage farther in.
const LOOKS: [usize; 2] = [BLOCK, 32 * BLOCK];

/// The bytes of a file. `look` gets what was read of a large one so far and may end the reading.
///
/// # Errors
/// When the file cannot be read, the person cancelled, or `look` says so.
pub(super) fn read_whole(
    path: &Path,
    watch: &Watch,
    look: impl Fn(&[u8]) -> Result<(), FileError>,
) -> Result<Vec<u8>, FileError> {
    let failed = |error: std::io::Error| FileError::io(path, &error);
    let mut file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(BLOCK).unwrap_or(u64::MAX);
    loop {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        if (&mut file).take(limit).read_to_end(&mut bytes).map_err(failed)? < BLOCK {
            return Ok(bytes);
        }
        if LOOKS.contains(&bytes.len()) {
            look(&bytes)?;
        }
    }
}

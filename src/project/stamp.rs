//! What tells whether a file is still the one that was read or written.

use std::fs::{File, Metadata};
use std::io::{Read, Result, Seek, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

/// Files up to this size are hashed whole: some tenths of a second.
const WHOLE: u64 = 64 << 20;

/// How much is hashed at the start, in the middle and at the end of larger ones.
const PART: u64 = 4 << 20;

/// A file's size, time and content, as it was once.
///
/// The hash is `sha256:` and the SHA-256 of all bytes for files up to 64 MiB. Hashing a file of
/// gigabytes at each save would make saving slow, so larger ones have `sha256-parts:` and the
/// SHA-256 of their first, middle and last 4 MiB: together with the size that tells apart what people
/// have, but a change of a few bytes elsewhere, size and all else equal, is told by the time alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// When it was last changed, UTC, RFC 3339 with milliseconds; none where the system does not
    /// say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// What is in it: see above.
    pub hash: String,
}

impl Stamp {
    /// Looks at a file and reads what is hashed of it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(path: &Path) -> Result<Stamp> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let size = metadata.len();
        let mut context = Context::new(&SHA256);
        let kind = if size <= WHOLE {
            digest(&mut file, u64::MAX, &mut context)?;
            "sha256"
        } else {
            for from in [0, size / 2, size - PART] {
                file.seek(SeekFrom::Start(from))?;
                digest(&mut file, PART, &mut context)?;
            }
            "sha256-parts"
        };
        let hash = hash_text(kind, context);
        Ok(Stamp { size, modified: modified(&metadata), hash })
    }

    /// The stamp of bytes that are a file, or will be one.
    pub fn of_bytes(bytes: &[u8], path: &Path) -> Stamp {
        let mut context = Context::new(&SHA256);
        context.update(bytes);
        let metadata = std::fs::metadata(path).ok();
        let modified = metadata.as_ref().and_then(modified);
        Stamp { size: bytes.len() as u64, modified, hash: hash_text("sha256", context) }
    }

    /// Whether two stamps are of the same content, whenever it was written.
    pub fn is_same_content(&self, other: &Stamp) -> bool {
        self.size == other.size && self.hash == other.hash
    }

    /// Whether a file looks untouched: its size and time are as they were. Reads nothing.
    pub fn looks_untouched(&self, metadata: &Metadata) -> bool {
        self.size == metadata.len()
            && self.modified.is_some()
            && self.modified == modified(metadata)
    }

    /// When the file was last changed.
    pub fn when(&self) -> Option<DateTime<Utc>> {
        let time = DateTime::parse_from_rfc3339(self.modified.as_deref()?);
        time.ok().map(|time| time.with_timezone(&Utc))
    }
}

fn digest(file: &mut File, most: u64, context: &mut Context) -> Result<()> {
    let mut block = vec![0; 1 << 18];
    let mut left = most;
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
        let read = file.read(block.get_mut(..wanted).unwrap_or_default())?;
        if read == 0 {
            break;
        }
        context.update(block.get(..read).unwrap_or_default());
        left -= read as u64;
    }
    Ok(())
}

fn hash_text(kind: &str, context: Context) -> String {
    let digest = context.finish();
    format!("{kind}:{}", hex(digest.as_ref()))
}

/// Bytes as digits of base 16.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing into a text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn modified(metadata: &Metadata) -> Option<String> {
    let time: SystemTime = metadata.modified().ok()?;
    Some(DateTime::<Utc>::from(time).to_rfc3339_opts(SecondsFormat::Millis, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_tells_content_from_time() -> std::result::Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("x.csv");
        std::fs::write(&path, "abc")?;
        let first = Stamp::of(&path)?;
        // NIST's example for "abc" (FIPS 180-2, appendix B.1).
        let nist = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((first.size, first.hash.as_str()), (3, nist));
        assert_eq!(Stamp::of_bytes(b"abc", &path), first);
        assert!(first.looks_untouched(&std::fs::metadata(&path)?));
        let later = SystemTime::now() + std::time::Duration::from_hours(1);
        File::options().append(true).open(&path)?.set_modified(later)?;
        let second = Stamp::of(&path)?;
        assert!(second.is_same_content(&first) && second != first);
        assert!(!first.looks_untouched(&std::fs::metadata(&path)?));
        std::fs::write(&path, "abd")?;
        assert!(!Stamp::of(&path)?.is_same_content(&first));
        Ok(())
    }

    #[test]
    fn of_a_large_file_the_ends_and_the_middle_count() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("large.bin");
        let size = WHOLE + 1;
        // A file with a hole: no room is taken.
        let mut file = File::options().create_new(true).write(true).open(&path)?;
        file.set_len(size)?;
        let first = Stamp::of(&path)?;
        assert!(first.hash.starts_with("sha256-parts:"));
        for place in [0, size / 2, size - 1] {
            file.seek(SeekFrom::Start(place))?;
            std::io::Write::write_all(&mut file, b"x")?;
            assert_ne!(Stamp::of(&path)?.hash, first.hash, "{place}");
        }
        Ok(())
    }
}

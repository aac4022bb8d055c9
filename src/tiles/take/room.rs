//! Whether there is room on the disk.

use std::path::Path;

use crate::i18n::Message;
use crate::problem::FileError;

/// How much is left free for everything else, bytes.
const LEFT: u64 = 64 << 20;

/// Whether so many bytes fit beside a file that is to be; where that cannot be told, they do.
pub(super) fn check(target: &Path, bytes: u64) -> Result<(), FileError> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    match free(folder.unwrap_or(Path::new("."))) {
        Some(free) if free < bytes.saturating_add(LEFT) => {
            #[expect(clippy::cast_precision_loss, reason = "a size in words")]
            let mb = |bytes: u64| (bytes as f64 / 1e6).ceil();
            let what = Message::new("take-error-room")
                .number("needed", mb(bytes.saturating_add(LEFT)), 0)
                .number("free", mb(free), 0);
            Err(FileError::new(target, what).remedy(Message::new("take-error-room-do")))
        }
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

//! The system's program for a file.

use std::io;
use std::path::Path;
use std::sync::Arc;

/// Opens a file with the program that the person has for its kind. Called from jobs: it may take a moment.
pub type Viewer = Arc<dyn Fn(&Path) -> io::Result<()> + Send + Sync>;

/// That of the system.
pub(super) fn of_system() -> Viewer {
    Arc::new(|path| open::that_detached(path))
}

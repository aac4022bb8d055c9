//! A note about the data in `x.shp.xml`, in the form ESRI's programs keep beside a shapefile.

use std::path::Path;

const BEFORE: &str = "<idAbs>";
const AFTER: &str = "</idAbs>";

/// Longer abstracts are descriptions, not notes.
const LONGEST: usize = 500;

/// Files beyond this size hold other things than a note.
const LARGEST: u64 = 1 << 20;

/// The file's text.
pub(super) fn write(note: &str) -> String {
    let escaped = note.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metadata><dataIdInfo>{BEFORE}{escaped}{AFTER}\
         </dataIdInfo></metadata>\n"
    )
}

/// The note in a file, where it has a short one in plain text.
pub(super) fn read(path: &Path) -> Option<String> {
    if std::fs::metadata(path).ok()?.len() > LARGEST {
        return None;
    }
    let text = std::fs::read_to_string(path).ok()?;
    let (_, rest) = text.split_once(BEFORE)?;
    let (note, _) = rest.split_once(AFTER)?;
    let note = note.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let is_note = !note.trim().is_empty() && note.len() <= LONGEST && !note.contains('<');
    is_note.then_some(note)
}

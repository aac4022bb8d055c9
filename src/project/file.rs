//! Project files: JSON, readable by a person, paths relative to the file.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::own_basemap::OwnBasemap;
use crate::formats::AtomicFile;
use crate::i18n::Message;
use crate::problem::{FileError, Place};

/// The version of the project file's form this program writes. It reads this one and older ones.
///
/// 2: several conditions on place, on drawn shapes, chosen features and distances.
/// 3: groups of layers, the look of the basemap.
/// 4: layers joined with the tables of others.
/// 5: images as backdrops.
/// 6: fields read as another kind.
/// 7: styles by value, by number and by rule; patterns, dashes and more shapes; labels; numbers per
/// area, and areas of rows.
/// 8: sheets of paper; points shown together: heat maps, clusters, hexagons.
/// 9: basemaps of the project's own; several sheets, with numbered points and places, over smaller
/// paper, their parts moved.
pub const FORMAT_VERSION: u32 = 9;

#[derive(Serialize, Deserialize)]
struct ProjectFile {
    /// Marks the file as a project of this program.
    belfort: u32,
    #[serde(flatten)]
    document: Document,
}

/// Reads a project. Paths of sources become absolute.
///
/// # Errors
/// When the file cannot be read, is no project, or was written by a newer program.
pub fn open_project(path: &Path) -> Result<Document, FileError> {
    let text = std::fs::read_to_string(path).map_err(|error| FileError::io(path, &error))?;
    let bad = |error: serde_json::Error| {
        FileError::new(
            path,
            Message::new("project-error-not-a-project").text("detail", error.to_string()),
        )
        .at(Place::Line { line: error.line() as u64, column: error.column() as u64 })
    };
    let version: VersionOnly = serde_json::from_str(&text).map_err(bad)?;
    if version.belfort > FORMAT_VERSION {
        let what = Message::new("project-error-newer").count("version", u64::from(version.belfort));
        return Err(FileError::new(path, what).remedy(Message::new("project-error-newer-remedy")));
    }
    let file: ProjectFile = serde_json::from_str(&text).map_err(bad)?;
    let mut document = file.document;
    let folder = folder_of(path);
    for layer in &mut document.layers {
        if !layer.source.path.is_empty() && !layer.source.is_fetched() {
            layer.source.path = folder.join(&layer.source.path).to_string_lossy().into_owned();
        }
    }
    for logo in document.sheets.iter_mut().filter_map(|sheet| sheet.logo.as_mut()) {
        logo.path = folder.join(&logo.path).to_string_lossy().into_owned();
    }
    for backdrop in &mut document.backdrops {
        backdrop.path = folder.join(&backdrop.path).to_string_lossy().into_owned();
        let opacity = backdrop.opacity;
        backdrop.opacity = if opacity.is_finite() { opacity.clamp(0.0, 1.0) } else { 1.0 };
    }
    for path in document.basemaps.iter_mut().map(OwnBasemap::path_mut) {
        *path = folder.join(&*path).to_string_lossy().into_owned();
    }
    let highest = document.backdrops.iter().map(|backdrop| backdrop.id.0).max().unwrap_or(0);
    document.next_backdrop = document.next_backdrop.max(highest.saturating_add(1));
    let highest = document.layers.iter().map(|layer| layer.id.0).max().unwrap_or(0);
    document.next_layer = document.next_layer.max(highest.saturating_add(1));
    let highest = document.groups.iter().map(|group| group.id.0).max().unwrap_or(0);
    document.next_group = document.next_group.max(highest.saturating_add(1));
    document.gather();
    let opacity = document.basemap_look.opacity;
    document.basemap_look.opacity = if opacity.is_finite() { opacity.clamp(0.0, 1.0) } else { 1.0 };
    Ok(document)
}

#[derive(Deserialize)]
struct VersionOnly {
    belfort: u32,
}

/// Writes a project, atomically. Paths of sources become relative to the file where both are
/// under one root.
///
/// # Errors
/// When the file cannot be written; an older file then stays whole.
pub fn save_project(document: &Document, path: &Path) -> Result<(), FileError> {
    let folder = folder_of(path);
    let mut document = document.clone();
    for layer in &mut document.layers {
        if !layer.source.is_fetched() {
            layer.source.path = relative(Path::new(&layer.source.path), &folder);
        }
    }
    for logo in document.sheets.iter_mut().filter_map(|sheet| sheet.logo.as_mut()) {
        logo.path = relative(Path::new(&logo.path), &folder);
    }
    for backdrop in &mut document.backdrops {
        backdrop.path = relative(Path::new(&backdrop.path), &folder);
    }
    for path in document.basemaps.iter_mut().map(OwnBasemap::path_mut) {
        *path = relative(Path::new(path), &folder);
    }
    let file = ProjectFile { belfort: FORMAT_VERSION, document };
    let mut text = serde_json::to_string_pretty(&file).map_err(|error| {
        FileError::new(path, Message::new("error-io").text("detail", error.to_string()))
    })?;
    text.push('\n');
    let mut out = AtomicFile::create(path)?;
    out.write_all(text.as_bytes())?;
    out.commit()
}

/// The absolute folder a project file lies in.
fn folder_of(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// A path as seen from a folder, with `/`; absolute where they share no root.
fn relative(path: &Path, folder: &Path) -> String {
    if path.as_os_str().is_empty() || path.is_relative() {
        return path.to_string_lossy().replace('\\', "/");
    }
    let mine: Vec<_> = path.components().collect();
    let theirs: Vec<_> = folder.components().collect();
    let shared = mine.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    // Two paths that share only the root have nothing to do with each other: moving both along is
    // not what a relative path would promise.
    if shared <= 1 {
        return path.to_string_lossy().into_owned();
    }
    let up = std::iter::repeat_n("..".to_owned(), theirs.len() - shared);
    let down = mine.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Command, Join, LayerId, apply};
    use crate::query::join::{Confirmed, JoinBy, JoinColumn, Rule};

    #[test]
    fn joins_are_saved_and_older_files_have_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaart.belfort.json");
        let older = r#"{"belfort": 3, "layers": [{"id": 1, "name": "a", "source": {"path": "a.csv"}},
            {"id": 2, "name": "b", "source": {"path": "b.csv"}}]}"#;
        std::fs::write(&path, older).unwrap();
        let mut document = open_project(&path).unwrap();
        assert!(document.layers.iter().all(|layer| layer.joins.is_empty()));
        let by = JoinBy {
            key: "wijk".to_owned(),
            their_key: "naam".to_owned(),
            condition: "jaar = 2023".to_owned(),
            columns: vec![JoinColumn {
                field: "n".to_owned(),
                name: "mensen".to_owned(),
                rule: Some(Rule::Mean),
            }],
            pairs: vec![Confirmed { ours: "St.-Jan".to_owned(), theirs: "Sint-Jan".to_owned() }],
        };
        let joins = vec![Join { layer: LayerId(2), by }];
        let set = Command::SetJoins(LayerId(1), joins.clone());
        apply(&mut document, &set).unwrap();
        save_project(&document, &path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(&format!("{{\n  \"belfort\": {FORMAT_VERSION},")), "{text}");
        let mut again = open_project(&path).unwrap();
        assert_eq!(again, document);
        // A copy keeps them; without the other layer they go.
        apply(&mut again, &Command::Duplicate(LayerId(1))).unwrap();
        let of = |document: &Document| -> Vec<_> {
            document.layers.iter().map(|layer| layer.joins.clone()).collect()
        };
        assert_eq!(of(&again), [joins.clone(), joins, Vec::new()]);
        apply(&mut again, &Command::RemoveLayers(vec![LayerId(2)])).unwrap();
        assert_eq!(of(&again), [Vec::new(), Vec::new()]);
        assert!(apply(&mut again, &Command::SetJoins(LayerId(9), Vec::new())).is_err());
    }

    #[test]
    fn paths_are_relative_to_the_project() {
        let folder = Path::new("/home/an/kaart");
        assert_eq!(relative(Path::new("/home/an/kaart/data/x.csv"), folder), "data/x.csv");
        assert_eq!(relative(Path::new("/home/an/x.csv"), folder), "../x.csv");
        assert_eq!(relative(Path::new("/mnt/usb/x.csv"), folder), "/mnt/usb/x.csv");
    }
}

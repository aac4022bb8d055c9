//! Project files: JSON, readable by a person, paths relative to the file.
//!
//! The form is published as a JSON schema (`docs/project.schema.json`). Saving is atomic, keeps the
//! version before beside it ([`backup_of`]), and first looks whether the file is still the one that
//! was opened: see [`save_over`]. Members that this program does not know are kept.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use super::document::Document;
use super::files::FileSeen;
use super::notes;
use super::own_basemap::OwnBasemap;
use super::pack::project_stem;
use super::salvage;
use super::stamp::Stamp;
use crate::formats::AtomicFile;
use crate::i18n::Message;
use crate::portal::Address;
use crate::problem::{FileError, Place, Problems};

/// The version of the project file's form this program writes. It reads this one and older ones,
/// and of newer ones what it understands.
///
/// 2: several conditions on place, on drawn shapes, chosen features and distances.
/// 3: groups of layers, the look of the basemap.
/// 4: layers joined with the tables of others.
/// 5: images as backdrops.
/// 6: fields read as another kind.
/// 7: styles by value, by number and by rule; patterns, dashes and more shapes; labels; numbers per
/// area, and areas of rows.
/// 8: sheets of paper; points shown together: heat maps, clusters, hexagons.
/// 9: several sheets, with numbered points and places, over smaller paper, their parts moved; basemaps
/// of the project's own; size, time, hash and fields of the files that layers are read from; who made
/// the project; places with a name.
/// 10: notes; arrow heads; rows put where their names are; basemaps at addresses.
/// 11: styles by two numbers.
/// 12: lists of a sheet beside its index, and lists without squares or numbers.
pub const FORMAT_VERSION: u32 = 12;

/// What is written, in this order.
#[derive(Serialize)]
struct ProjectFile<'a> {
    /// Marks the file as a project of this program.
    belfort: u32,
    #[serde(flatten)]
    document: &'a Document,
    #[serde(skip_serializing_if = "<[FileSeen]>::is_empty")]
    files: &'a [FileSeen],
}

/// A project that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedProject {
    /// What the person made. Paths of sources are absolute.
    pub document: Document,
    /// The file as it was read.
    pub stamp: Stamp,
    /// The version of its form.
    pub version: u32,
    /// The files its layers were read from when it was saved, with absolute paths.
    pub files: Vec<FileSeen>,
    /// What could not be read.
    pub problems: Problems,
}

impl OpenedProject {
    /// Whether saving over the file would lose something of it.
    pub fn is_guarded(&self) -> bool {
        self.version > FORMAT_VERSION || !self.problems.is_empty()
    }
}

/// Reads a project's document; see [`read_project`].
///
/// # Errors
/// When the file cannot be read or is no project.
pub fn open_project(path: &Path) -> Result<Document, FileError> {
    read_project(path).map(|opened| opened.document)
}

/// Reads a project. Of one that is damaged or was made by a newer program what is understood is
/// read, and the rest told as problems.
///
/// # Errors
/// When the file cannot be read or is no project.
pub fn read_project(path: &Path) -> Result<OpenedProject, FileError> {
    let bytes = std::fs::read(path).map_err(|error| FileError::io(path, &error))?;
    let stamp = Stamp::of_bytes(&bytes, path);
    let mut problems = Problems::new();
    let text = String::from_utf8_lossy(&bytes);
    if let Err(error) = std::str::from_utf8(&bytes) {
        problems.at("problem-project-not-utf8", Place::Byte(error.valid_up_to() as u64));
    }
    let not_a_project = |detail: &str| {
        FileError::new(path, Message::new("project-error-not-a-project").text("detail", detail))
    };
    let members = match salvage::parse(&text, &mut problems) {
        Some(Value::Object(members)) => members,
        Some(_) => return Err(not_a_project("no object")),
        None => {
            let error = serde_json::from_str::<Value>(&text).err();
            let Some(error) = error else { return Err(not_a_project("")) };
            let (line, column) = (error.line() as u64, error.column() as u64);
            return Err(not_a_project(&error.to_string()).at(Place::Line { line, column }));
        }
    };
    let version = members.get("belfort").and_then(Value::as_u64);
    let version = version.ok_or_else(|| not_a_project("missing field `belfort`"))?;
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    if version > FORMAT_VERSION {
        problems.add("problem-project-newer", 1);
    }
    let (mut document, mut files) = taken(members, &mut problems);
    let folder = folder_of(path);
    for layer in &mut document.layers {
        if !layer.source.path.is_empty() && layer.source.is_file() {
            layer.source.path = folder.join(&layer.source.path).to_string_lossy().into_owned();
        }
    }
    for logo in document.sheets.iter_mut().filter_map(|sheet| sheet.logo.as_mut()) {
        logo.path = folder.join(&logo.path).to_string_lossy().into_owned();
    }
    for backdrop in &mut document.backdrops {
        backdrop.path = folder.join(&backdrop.path).to_string_lossy().into_owned();
    }
    for path in document.basemaps.iter_mut().filter_map(OwnBasemap::path_mut) {
        *path = folder.join(&*path).to_string_lossy().into_owned();
    }
    for file in files.iter_mut().filter(|file| !Address::is_meant(Path::new(&file.path))) {
        file.path = folder.join(&file.path).to_string_lossy().into_owned();
    }
    Ok(OpenedProject { document, stamp, version, files, problems })
}

/// The document of a project's members, with everything in it as it must be, and the files it was
/// made of.
pub(super) fn taken(
    mut members: Map<String, Value>,
    problems: &mut Problems,
) -> (Document, Vec<FileSeen>) {
    let files = members.remove("files").map(serde_json::from_value::<Vec<FileSeen>>);
    let files = match files {
        None => Vec::new(),
        Some(Ok(files)) => files,
        Some(Err(_)) => {
            problems.add("problem-project-files-lost", 1);
            Vec::new()
        }
    };
    let mut document = salvage::document(members, problems);
    for backdrop in &mut document.backdrops {
        let opacity = backdrop.opacity;
        backdrop.opacity = if opacity.is_finite() { opacity.clamp(0.0, 1.0) } else { 1.0 };
    }
    let highest = document.backdrops.iter().map(|backdrop| backdrop.id.0).max().unwrap_or(0);
    document.next_backdrop = document.next_backdrop.max(highest.saturating_add(1));
    let highest = document.layers.iter().map(|layer| layer.id.0).max().unwrap_or(0);
    document.next_layer = document.next_layer.max(highest.saturating_add(1));
    let highest = document.groups.iter().map(|group| group.id.0).max().unwrap_or(0);
    document.next_group = document.next_group.max(highest.saturating_add(1));
    notes::settle(&mut document, problems);
    document.gather();
    let opacity = document.basemap_look.opacity;
    document.basemap_look.opacity = if opacity.is_finite() { opacity.clamp(0.0, 1.0) } else { 1.0 };
    (document, files)
}

/// A document as the members of a project file, its paths as they are.
pub(super) fn members_of(document: &Document) -> Result<Value, serde_json::Error> {
    serde_json::to_value(ProjectFile { belfort: FORMAT_VERSION, document, files: &[] })
}

/// Writes a project, whatever is there; see [`save_over`].
///
/// # Errors
/// When the file cannot be written; an older file then stays whole.
pub fn save_project(document: &Document, path: &Path) -> Result<(), FileError> {
    match save_over(document, &[], path, None) {
        // That somebody else changed it is not asked without a stamp.
        Ok(_) | Err(SaveError::Changed { .. }) => Ok(()),
        Err(SaveError::File(error)) => Err(error),
    }
}

/// What was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The file as it is now.
    pub stamp: Stamp,
    /// Why the version before could not be kept, where that is so.
    pub not_kept: Option<FileError>,
}

/// Why a project was not saved.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveError {
    /// The file could not be written.
    File(FileError),
    /// Somebody else changed the file.
    Changed {
        /// When, as far as the system knows.
        when: Option<DateTime<Utc>>,
    },
}

impl From<FileError> for SaveError {
    fn from(error: FileError) -> Self {
        SaveError::File(error)
    }
}

/// Writes a project, atomically: the file is at every moment the old one or the new one, whole.
/// Paths of sources become relative to the file where both are under one root. The version before
/// is kept ([`backup_of`]), unless it says the same.
///
/// With the stamp of the file as it was opened or saved last, it is first looked at whether the
/// file still has that content. Between looking and replacing pass some thousandths of a second;
/// should another Belfort save just then, its version is the one kept as the backup.
///
/// # Errors
/// When the file was changed by another program, or cannot be written; an older file then stays
/// whole.
pub fn save_over(
    document: &Document,
    files: &[FileSeen],
    path: &Path,
    known: Option<&Stamp>,
) -> Result<Saved, SaveError> {
    let folder = folder_of(path);
    let mut document = document.clone();
    for layer in &mut document.layers {
        if layer.source.is_file() {
            layer.source.path = relative(Path::new(&layer.source.path), &folder);
        }
    }
    for logo in document.sheets.iter_mut().filter_map(|sheet| sheet.logo.as_mut()) {
        logo.path = relative(Path::new(&logo.path), &folder);
    }
    for backdrop in &mut document.backdrops {
        backdrop.path = relative(Path::new(&backdrop.path), &folder);
    }
    for path in document.basemaps.iter_mut().filter_map(OwnBasemap::path_mut) {
        *path = relative(Path::new(path), &folder);
    }
    let seen = |file: &FileSeen| match Path::new(&file.path) {
        address if Address::is_meant(address) => file.clone(),
        path => FileSeen { path: relative(path, &folder), ..file.clone() },
    };
    let files: Vec<FileSeen> = files.iter().map(seen).collect();
    let file = ProjectFile { belfort: FORMAT_VERSION, document: &document, files: &files };
    let mut text = serde_json::to_string_pretty(&file).map_err(|error| {
        FileError::new(path, Message::new("error-io").text("detail", error.to_string()))
    })?;
    text.push('\n');
    let stamp = Stamp::of_bytes(text.as_bytes(), path);
    let before = Stamp::of(path).ok();
    if let (Some(known), Some(before)) = (known, &before)
        && !known.is_same_content(before)
        && !stamp.is_same_content(before)
    {
        return Err(SaveError::Changed { when: before.when() });
    }
    // Replacing it would be possible where the folder allows it; who protects a file means it.
    if std::fs::metadata(path).is_ok_and(|old| old.permissions().readonly()) {
        let what = Message::new("project-error-protected");
        let remedy = Message::new("project-error-protected-remedy");
        return Err(FileError::new(path, what).remedy(remedy).into());
    }
    let mut out = AtomicFile::create(path)?;
    out.write_all(text.as_bytes())?;
    let out = out.finish()?;
    let is_new = before.is_some_and(|before| !before.is_same_content(&stamp));
    let not_kept = if is_new {
        out.put_in_place_keeping(&backup_of(path))?
    } else {
        out.put_in_place()?;
        None
    };
    Ok(Saved { stamp: Stamp::of_bytes(text.as_bytes(), path), not_kept })
}

/// Where the version before is kept when a project is saved: `map.belfort.json` has
/// `map.backup.belfort.json` beside it. So it lies next to its project in every file manager, and
/// opens like any project; a name with `~` at its end is hidden on some systems and opens with
/// nothing on Windows.
pub fn backup_of(path: &Path) -> PathBuf {
    path.with_file_name(format!("{}.backup.belfort.json", project_stem(path)))
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
    fn a_disk_that_fails_at_any_place_leaves_a_whole_project_and_a_whole_backup() {
        use crate::formats::faults::{Fault, inject};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaart.belfort.json");
        let titled = |title: &str| Document { title: title.to_owned(), ..Document::default() };
        let mut stamp = save_over(&titled("0"), &[], &path, None).unwrap().stamp;
        let size = std::fs::metadata(&path).unwrap().len();
        let full = (0..=size).step_by(17).map(Fault::FullAfter);
        let mut saves = 0;
        for fault in full.chain([Fault::Flush, Fault::Rename]) {
            inject(folder.path(), Some(fault));
            let next = titled(&format!("{}", saves + 1));
            let outcome = save_over(&next, &[], &path, Some(&stamp));
            inject(folder.path(), None);
            let opened = read_project(&path).unwrap();
            assert!(opened.problems.is_empty(), "{fault:?}");
            if let Ok(saved) = outcome {
                saves += 1;
                stamp = saved.stamp;
            }
            assert_eq!(opened.document.title, saves.to_string(), "{fault:?}");
            if let Ok(kept) = read_project(&backup_of(&path)) {
                assert!(kept.problems.is_empty(), "{fault:?}");
            }
            let left = std::fs::read_dir(folder.path()).unwrap().count();
            assert!(left <= 2, "{fault:?}: {left}");
        }
        assert!(saves <= 1);
        save_over(&titled("end"), &[], &path, Some(&stamp)).unwrap();
        assert_eq!(open_project(&backup_of(&path)).unwrap().title, saves.to_string());
    }

    #[test]
    fn the_backup_is_named_after_its_project() {
        let named = |name: &str| {
            let backup = backup_of(Path::new(name));
            backup.file_name().unwrap().to_string_lossy().into_owned()
        };
        assert_eq!(named("/a/kaart.belfort.json"), "kaart.backup.belfort.json");
        assert_eq!(named("Kaart.Belfort.JSON"), "Kaart.backup.belfort.json");
        assert_eq!(named("x.json"), "x.backup.belfort.json");
        assert_eq!(named("naïef"), "naïef.backup.belfort.json");
    }

    #[test]
    fn paths_are_relative_to_the_project() {
        let folder = Path::new("/home/an/kaart");
        assert_eq!(relative(Path::new("/home/an/kaart/data/x.csv"), folder), "data/x.csv");
        assert_eq!(relative(Path::new("/home/an/x.csv"), folder), "../x.csv");
        assert_eq!(relative(Path::new("/mnt/usb/x.csv"), folder), "/mnt/usb/x.csv");
    }
}

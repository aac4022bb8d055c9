//! Files of a project that are not where they were, looked for nearby; and those that changed.
//!
//! A folder that was moved or renamed, a drive with another letter, a project that was sent without
//! its path: the files are mostly not far. It is looked beside the project, beside the folder of the
//! project and in folders inside those, within a budget. A file of the same content (size and hash) is
//! the same file; one of the same name may be another. Both are only proposed.

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use super::document::Document;
use super::files::FileSeen;
use super::stamp::Stamp;
use crate::jobs::{Cancelled, Watch};

/// How deep it is looked in folders.
const DEPTH: usize = 5;

/// How many files and folders are looked at in all.
const BUDGET: usize = 30_000;

/// How many files of the right size are read for their hash, for each file that is missing.
const HASHED: usize = 20;

/// A file that is not where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFile {
    /// Where it was.
    pub path: String,
    /// Where it could be now, the likeliest first.
    pub found: Vec<FoundFile>,
}

/// A file that could be one that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// It has the content that the missing one had; otherwise it only has its name.
    pub is_same: bool,
}

/// How the files of a project are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesNow {
    /// Those that are not where they were.
    pub missing: Vec<MissingFile>,
    /// Those whose content changed since the project was saved.
    pub changed: Vec<String>,
    /// It was not looked everywhere nearby: there are too many files.
    pub is_cut: bool,
}

/// Looks at the files of a document's layers and images, and for those that are missing. `folder`
/// is that of the project, `kept` finds copies of what was fetched by their address. Reads files and
/// folders: for a job.
///
/// # Errors
/// When the person cancelled.
pub fn files_now(
    document: &Document,
    seen: &[FileSeen],
    folder: Option<&Path>,
    kept: impl Fn(&str) -> Option<PathBuf>,
    watch: &Watch,
) -> Result<FilesNow, Cancelled> {
    let layers = document.layers.iter().filter(|layer| layer.source.is_file());
    let paths = layers.map(|layer| layer.source.path.as_str());
    let paths: BTreeSet<&str> = paths
        .chain(document.backdrops.iter().map(|backdrop| backdrop.path.as_str()))
        .filter(|path| !path.is_empty())
        .collect();
    let mut now = FilesNow::default();
    for path in paths {
        watch.check()?;
        let before = seen.iter().find(|file| file.path == path);
        match (std::fs::metadata(path), before) {
            (Err(_), _) => {
                now.missing.push(MissingFile { path: path.to_owned(), found: Vec::new() });
            }
            (Ok(_), Some(before)) if before.is_changed(Path::new(path)) => {
                now.changed.push(path.to_owned());
            }
            (Ok(_), _) => {}
        }
    }
    // What is fetched is never missing: it is fetched again.
    let fetched = document.layers.iter().filter(|layer| layer.source.is_fetched());
    let fetched: BTreeSet<&str> = fetched.map(|layer| layer.source.path.as_str()).collect();
    for address in fetched {
        watch.check()?;
        let before = seen.iter().find(|file| file.path == address);
        if let (Some(before), Some(copy)) = (before, kept(address))
            && before.is_changed(&copy)
        {
            now.changed.push(address.to_owned());
        }
    }
    let Some(folder) = folder.filter(|_| !now.missing.is_empty()) else { return Ok(now) };
    let (files, is_cut) = nearby(folder, watch)?;
    now.is_cut = is_cut;
    for missing in &mut now.missing {
        let before = seen.iter().find(|file| file.path == missing.path);
        missing.found = candidates(&missing.path, before, (folder, &files), watch)?;
    }
    Ok(now)
}

/// All files near a folder, those nearest first, and whether there were too many.
fn nearby(folder: &Path, watch: &Watch) -> Result<(Vec<(PathBuf, u64)>, bool), Cancelled> {
    let mut files = Vec::new();
    let mut seen = BTreeSet::new();
    let mut left = BUDGET;
    let above = folder.parent().filter(|above| above.parent().is_some());
    let mut waiting: VecDeque<(PathBuf, usize)> =
        [Some(folder), above].into_iter().flatten().map(|folder| (folder.to_owned(), 0)).collect();
    while let Some((folder, depth)) = waiting.pop_front() {
        watch.check()?;
        if !seen.insert(folder.clone()) {
            continue;
        }
        let Ok(inside) = std::fs::read_dir(&folder) else { continue };
        for entry in inside.flatten() {
            if left == 0 {
                return Ok((files, true));
            }
            left -= 1;
            // Links are not followed: they may lead anywhere, also in a circle.
            let Ok(kind) = entry.file_type() else { continue };
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && depth < DEPTH && !is_hidden {
                waiting.push_back((entry.path(), depth + 1));
            } else if kind.is_file()
                && let Ok(metadata) = entry.metadata()
            {
                files.push((entry.path(), metadata.len()));
            }
        }
    }
    Ok((files, false))
}

fn candidates(
    path: &str,
    before: Option<&FileSeen>,
    (folder, files): (&Path, &[(PathBuf, u64)]),
    watch: &Watch,
) -> Result<Vec<FoundFile>, Cancelled> {
    // The path may have been written on another system.
    let name_of = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
    let name = name_of(path);
    let has_name = |file: &Path| name_of(&file.to_string_lossy()) == name;
    let mut found = Vec::new();
    if let Some(before) = before {
        let mut of_size: Vec<&PathBuf> =
            files.iter().filter(|(_, size)| *size == before.stamp.size).map(|it| &it.0).collect();
        // What lies with the project comes before a copy elsewhere, whatever its name.
        of_size.sort_by_key(|file| (!file.starts_with(folder), !has_name(file)));
        for file in of_size.into_iter().take(HASHED) {
            watch.check()?;
            if Stamp::of(file).is_ok_and(|stamp| stamp.is_same_content(&before.stamp)) {
                found.push(FoundFile { path: file.clone(), is_same: true });
            }
        }
    }
    for (file, _) in files.iter().filter(|(file, _)| has_name(file)) {
        if !found.iter().any(|known| known.path == *file) {
            found.push(FoundFile { path: file.clone(), is_same: false });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Layer, LayerSource, open_project, save_over, seen_now};

    #[test]
    fn a_renamed_folder_is_found_by_what_is_in_it() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("werk");
        let (map, data) = (root.join("kaart"), root.join("data"));
        std::fs::create_dir_all(&map)?;
        std::fs::create_dir_all(&data)?;
        let layer = |name: &str| {
            let path = data.join(name).to_string_lossy().into_owned();
            Layer::new(name, LayerSource { path, ..LayerSource::default() })
        };
        let names = ["wijken.csv", "straten.csv", "bomen.csv"];
        for name in names {
            std::fs::write(data.join(name), format!("naam\n{name}\n"))?;
        }
        let document =
            Document { layers: names.map(layer).to_vec(), next_layer: 4, ..Document::default() };
        let files = seen_now(&document, &[], &[], |_| None);
        assert_eq!(files.len(), 3);
        let project = map.join("x.belfort.json");
        save_over(&document, &files, &project, None).map_err(|error| format!("{error:?}"))?;

        // The folder is renamed, a file in it too, another is changed, the third is gone.
        let moved = root.join("gegevens 2026");
        std::fs::rename(&data, &moved)?;
        std::fs::rename(moved.join("wijken.csv"), moved.join("wijken oud.csv"))?;
        std::fs::write(moved.join("straten.csv"), "naam\nanders\n")?;
        std::fs::remove_file(moved.join("bomen.csv"))?;
        let opened = crate::project::read_project(&project)?;
        assert_eq!(opened.document.layers.len(), open_project(&project)?.layers.len());
        let watch = Watch::unwatched();
        let now = files_now(&opened.document, &opened.files, Some(&map), |_| None, &watch)?;
        let found = |name: &str| {
            let missing = now.missing.iter().find(|missing| missing.path.ends_with(name));
            missing.map(|missing| missing.found.clone()).unwrap_or_default()
        };
        let same = FoundFile { path: moved.join("wijken oud.csv"), is_same: true };
        assert_eq!(found("wijken.csv"), [same]);
        let named = FoundFile { path: moved.join("straten.csv"), is_same: false };
        assert_eq!(found("straten.csv"), [named]);
        assert_eq!(found("bomen.csv"), []);
        assert_eq!((now.missing.len(), now.is_cut), (3, false));

        // Back again, and changed.
        std::fs::rename(&moved, &data)?;
        let now = files_now(&opened.document, &opened.files, Some(&map), |_| None, &watch)?;
        assert!(now.changed.iter().all(|path| path.ends_with("straten.csv")));
        assert_eq!(now.changed.len(), 1);
        Ok(())
    }

    #[test]
    fn what_lies_beside_a_shapefile_and_copies_of_what_was_fetched_are_seen_too()
    -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let file = |name: &str| folder.path().join(name);
        for name in ["straten.shp", "Straten.DBF", "straten.prj", "straten.qix", "copy.geojson"] {
            std::fs::write(file(name), name)?;
        }
        let address = "portal:gent/stadswijken-gent";
        let layer = |path: &str| {
            Layer::new("x", LayerSource { path: path.to_owned(), ..LayerSource::default() })
        };
        let streets = file("straten.shp").to_string_lossy().into_owned();
        let layers = vec![layer(&streets), layer(address)];
        let document = Document { layers, next_layer: 3, ..Document::default() };
        let copy = file("copy.geojson");
        let kept = |wanted: &str| (wanted == address).then(|| copy.clone());
        let files = seen_now(&document, &[], &[], kept);
        let beside = |path: &str| {
            let seen = files.iter().find(|file| file.path == path).unwrap();
            seen.beside.iter().map(|it| it.ending.as_str()).collect::<Vec<_>>()
        };
        assert_eq!((beside(&streets), beside(address)), (vec!["dbf", "prj"], vec![]));
        let project = file("kaart.belfort.json");
        save_over(&document, &files, &project, None).map_err(|error| format!("{error:?}"))?;
        let text = std::fs::read_to_string(&project)?;
        assert!(text.contains(&format!("\"path\": \"{address}\"")), "{text}");
        let opened = crate::project::read_project(&project)?;
        assert_eq!(opened.files, files);

        let watch = Watch::unwatched();
        let changed = |kept: &dyn Fn(&str) -> Option<PathBuf>| {
            files_now(&document, &opened.files, None, kept, &watch).map(|now| now.changed)
        };
        assert_eq!(changed(&kept)?, Vec::<String>::new());
        std::fs::write(file("straten.qix"), "an index of another program")?;
        assert_eq!(changed(&kept)?, Vec::<String>::new());
        std::fs::write(file("Straten.DBF"), "another")?;
        std::fs::write(&copy, "fetched again")?;
        assert_eq!(changed(&kept)?, [streets.clone(), address.to_owned()]);
        // Without a copy there is nothing to compare, and nothing is missing.
        assert_eq!(changed(&|_| None)?, std::slice::from_ref(&streets));
        std::fs::write(file("Straten.DBF"), "Straten.DBF")?;
        std::fs::write(file("straten.cpg"), "UTF-8")?;
        assert_eq!(
            changed(&|_| None)?,
            std::slice::from_ref(&streets),
            "another encoding is another file"
        );
        std::fs::remove_file(file("straten.cpg"))?;
        std::fs::remove_file(file("straten.prj"))?;
        assert_eq!(changed(&|_| None)?, [streets]);
        Ok(())
    }
}

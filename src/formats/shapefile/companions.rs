//! The files that belong together: `x.shp` with `x.DBF`, `X.prj` and so on.

use std::path::{Path, PathBuf};

/// The files beside a .shp or .dbf with the same name, whatever their letters' case.
#[derive(Debug, Default)]
pub(super) struct Companions {
    pub(super) shp: Option<PathBuf>,
    pub(super) shx: Option<PathBuf>,
    pub(super) dbf: Option<PathBuf>,
    pub(super) prj: Option<PathBuf>,
    pub(super) cpg: Option<PathBuf>,
    /// `x.shp.xml`.
    pub(super) metadata: Option<PathBuf>,
}

impl Companions {
    /// Looks in the folder of `path`. Where several files fit (`x.dbf` and `X.DBF`), the one
    /// written like `path` comes first.
    pub(super) fn of(path: &Path) -> Companions {
        let mut found = Companions::default();
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { return found };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let Ok(entries) = std::fs::read_dir(folder) else { return found };
        let wanted = stem.to_lowercase();
        let mut candidates: Vec<(bool, PathBuf)> = entries
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let theirs = path.file_stem()?.to_str()?;
                (theirs.to_lowercase() == wanted).then(|| (theirs != stem, path.clone()))
            })
            .collect();
        candidates.sort();
        for (_, candidate) in candidates {
            let extension = candidate.extension().and_then(|extension| extension.to_str());
            let place = match extension.map(str::to_ascii_lowercase).as_deref() {
                Some("shp") => &mut found.shp,
                Some("shx") => &mut found.shx,
                Some("dbf") => &mut found.dbf,
                Some("prj") => &mut found.prj,
                Some("cpg") => &mut found.cpg,
                _ => continue,
            };
            place.get_or_insert(candidate);
        }
        let metadata = folder.join(format!("{stem}.shp.xml"));
        found.metadata = metadata.is_file().then_some(metadata);
        found
    }
}

/// Whether a path ends in `.extension`, whatever its letters' case.
pub(super) fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|theirs| theirs.eq_ignore_ascii_case(extension))
}

//! Telling projects from data, and finding the sample project.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::document::LayerSource;
use crate::crs::{Crs, CrsError, HowFound, LayerCrs};
use crate::formats::{ReadOptions, Within};
use crate::portal::Address;

/// The sample project, as seen from the root of the source or of an unpacked release.
const SAMPLE: &str = "sample-data/gent.belfort.json";

/// How much of a file is looked at.
const HEAD: u64 = 256;

/// Whether a file is a project: by its name, or a .json that says so first.
pub fn is_project(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let name = name.unwrap_or_default();
    if name.ends_with(".belfort.json") {
        return true;
    }
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("json")) {
        return false;
    }
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head);
    let inside = head.trim_start_matches(['\u{feff}', '{', ' ', '\t', '\r', '\n']);
    read.is_ok() && inside.starts_with("\"belfort\"")
}

/// Where the sample project lies: beside the program or in a folder above it, in what a system keeps
/// for the program (`share/belfort`, as seen from a folder above it), in the current folder, or where
/// the program was built.
pub fn sample_project() -> Option<PathBuf> {
    let program = std::env::current_exe().unwrap_or_default();
    let above = program.ancestors().skip(1);
    let above = above.flat_map(|folder| [folder.to_path_buf(), folder.join("share/belfort")]);
    let here = std::env::current_dir().ok();
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut places = above.chain(here).chain([built]).map(|folder| folder.join(SAMPLE));
    places.find(|path| path.is_file())
}

impl LayerSource {
    /// Whether the data are fetched (from a portal, a service, the web) and not in a file.
    pub fn is_fetched(&self) -> bool {
        Address::is_meant(Path::new(&self.path))
    }

    /// How the layer's file is to be read.
    ///
    /// # Errors
    /// When PROJ does not know the CRS chosen for it.
    pub fn read_options(&self) -> Result<ReadOptions, CrsError> {
        let chosen = self.crs.as_deref().map(|text| {
            // Codes have no brackets, WKT always has.
            let crs = if text.contains('[') { Crs::from_wkt(text) } else { Crs::from_code(text) };
            Ok(LayerCrs { crs: crs?, how: HowFound::Chosen, swapped: self.swapped })
        });
        Ok(ReadOptions {
            layer: self.layer.clone(),
            encoding: self.encoding.clone(),
            crs: chosen.transpose()?,
            extent: self.bbox.map(|bbox| Within::Degrees(bbox.extent())),
            fields: self.fields.clone(),
            ..ReadOptions::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_are_told_from_data() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let write = |name: &str, text: &str| -> std::io::Result<PathBuf> {
            let path = folder.path().join(name);
            std::fs::write(&path, text)?;
            Ok(path)
        };
        assert!(is_project(Path::new("nowhere/x.belfort.json")));
        assert!(is_project(&write("map.json", "{\n  \"belfort\": 1,\n")?));
        assert!(!is_project(&write("data.json", "{\"type\": \"FeatureCollection\"}")?));
        assert!(!is_project(&write("belfort.csv", "\"belfort\";1")?));
        Ok(())
    }
}

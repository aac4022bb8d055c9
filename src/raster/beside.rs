//! Files that stand beside an image and tell more about it.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::formats::IMAGE_EXTENSIONS;
use crate::problem::FileError;

/// A file of the same name with another extension, in small or large letters, or as the image's.
pub(super) fn beside(image: &Path, extension: &str) -> Option<PathBuf> {
    let capital = {
        let mut letters = extension.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    let names = [Some(extension.to_owned()), Some(extension.to_uppercase()), capital];
    names.into_iter().flatten().map(|name| image.with_extension(name)).find(|path| path.is_file())
}

/// A file named as the image with something behind: `photo.tif.aux.xml`.
pub(super) fn behind(image: &Path, ending: &str) -> Option<PathBuf> {
    let mut name = image.as_os_str().to_owned();
    name.push(ending);
    Some(PathBuf::from(name)).filter(|path| path.is_file())
}

/// Whether a file tells more about an image and is nothing by itself, by its name: a world file, a
/// .prj, .aux.xml, .ovr or .msk file.
pub fn belongs_to(path: &Path, image: &Path) -> bool {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let (Some(mine), Some(theirs)) = (name(path), name(image)) else { return false };
    let Some((stem, extension)) = theirs.rsplit_once('.') else { return false };
    let is_image = IMAGE_EXTENSIONS.contains(&extension);
    let mut endings = super::world_file::extensions(extension);
    endings.extend(["prj", "aux.xml"].map(str::to_owned));
    let is_beside = || endings.iter().any(|ending| mine == format!("{stem}.{ending}"));
    let is_behind =
        || [".aux.xml", ".ovr", ".msk"].iter().any(|end| mine == format!("{theirs}{end}"));
    is_image && path.parent() == image.parent() && (is_beside() || is_behind())
}

/// The text of a small file, whatever its letters are; what is beyond `most` bytes is not read.
///
/// # Errors
/// When it cannot be read.
pub(super) fn text_of(path: &Path, most: u64) -> Result<String, FileError> {
    let failed = |error: std::io::Error| FileError::io(path, &error);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok(crate::formats::decode(&bytes, None).text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_an_image() {
        let belongs = |path: &str, image: &str| belongs_to(Path::new(path), Path::new(image));
        for path in ["a/b.tfw", "a/B.TIFW", "a/b.wld", "a/b.prj", "a/b.tif.aux.xml", "a/b.tif.ovr"]
        {
            assert!(belongs(path, "a/b.tif"), "{path}");
        }
        for path in ["a/b.tif", "a/c.tfw", "b.tfw", "a/b.csv", "a/b.pgw", "a/b"] {
            assert!(!belongs(path, "a/b.tif"), "{path}");
        }
        assert!(!belongs("a/b.prj", "a/b.shp"));
    }
}

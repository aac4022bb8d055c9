//! KMZ: a .zip archive with one KML file that counts, and what that refers to.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::formats::whole::read_whole;
use crate::formats::xml::{Loaded, load};
use crate::formats::{archive, open};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};

/// The most bytes that the KML file of an archive may unpack to: it is read in memory.
const UNPACKED: u64 = 2 << 30;

/// The text of a KML file, or of the one that counts in a KMZ.
///
/// # Errors
/// When it cannot be read, or the archive holds none.
pub(super) fn load_file(
    path: &Path,
    encoding: Option<&str>,
    watch: &Watch,
) -> Result<Loaded, FileError> {
    let head = open::head_of(path)?;
    if !archive::is_zip(&head) {
        return Ok(load(read_whole(path, watch, |_| Ok(()))?, encoding));
    }
    let mut zip = archive::archive_of(path)?;
    let (at, problems) = choose(&mut zip).ok_or_else(|| {
        FileError::new(path, Message::new("error-kmz-without-kml"))
            .remedy(Message::new("remedy-get-again"))
    })?;
    let bytes = unpack(path, &mut zip, at, watch)?;
    let mut loaded = load(bytes, encoding);
    loaded.problems.extend(problems);
    Ok(loaded)
}

/// The member that counts: `doc.kml`, or else the first KML file, before those in folders. The
/// others are told.
fn choose(zip: &mut ZipArchive<BufReader<File>>) -> Option<(usize, Problems)> {
    let (mut found, mut kmls, mut others) = (Vec::new(), 0, 0);
    for at in 0..zip.len() {
        let Ok(member) = zip.by_index_raw(at) else { continue };
        let Ok(name) = member.name().map(|name| name.to_lowercase()) else { continue };
        if !member.is_file() || name.starts_with("__macosx/") {
            continue;
        }
        if open::extension_of(Path::new(&name)) == "kml" {
            found.push((name != "doc.kml", name.contains('/'), at));
            kmls += 1;
        } else {
            others += 1;
        }
    }
    let (.., at) = found.into_iter().min()?;
    let mut problems = Problems::new();
    problems.add("problem-kmz-other-kml", kmls - 1);
    problems.add("problem-kmz-other-files", others);
    Some((at, problems))
}

fn unpack(
    path: &Path,
    zip: &mut ZipArchive<BufReader<File>>,
    at: usize,
    watch: &Watch,
) -> Result<Vec<u8>, FileError> {
    let limit = archive::limit_of(path).min(UNPACKED);
    let broken = |detail: String| {
        let what = Message::new("error-bad-archive").text("detail", detail);
        FileError::new(path, what).remedy(Message::new("remedy-get-again"))
    };
    let mut member = zip.by_index(at).map_err(|error| broken(error.to_string()))?;
    let mut bytes = Vec::new();
    loop {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let read = (&mut member).take(1 << 20).read_to_end(&mut bytes);
        let read = read.map_err(|error| broken(error.to_string()))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
            let what = Message::new("error-archive-too-big").count("limit", limit >> 20);
            return Err(FileError::new(path, what).remedy(Message::new("remedy-unpack")));
        }
        if read == 0 {
            return Ok(bytes);
        }
    }
}

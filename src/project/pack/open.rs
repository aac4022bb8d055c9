//! Opening a pack that anybody may have made.

use std::fs::File;
use std::io::BufReader;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use zip::ZipArchive;

use super::super::stamp::Stamp;
use super::MARK;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Place};

/// The most members.
const MEMBERS: usize = 10_000;
/// The most bytes, all members together.
const UNPACKED: u64 = 16 << 30;
/// How much a pack may grow, unless it is small.
const GROWTH: u64 = 200;
/// What any pack may unpack to.
const ALWAYS_ALLOWED: u64 = 256 << 20;
/// The most bytes of the mark.
const MARK_SIZE: u64 = 1 << 16;

/// What a pack says of itself.
#[derive(Deserialize)]
struct Mark {
    project: String,
}

/// Whether a file is a pack: a .zip whose first member says so. Reads its beginning alone.
pub fn is_pack(path: &Path) -> bool {
    let mut head = [0; 30 + MARK.len()];
    let read = File::open(path).and_then(|mut file| {
        std::io::Read::read_exact(&mut file, &mut head)?;
        Ok(())
    });
    // A local header: its signature, and the name of the member 30 bytes on (APPNOTE 4.3.7).
    read.is_ok() && head.starts_with(b"PK\x03\x04") && head.ends_with(MARK.as_bytes())
}

/// Unpacks a pack into a folder of its own below `root`, named after what is in it, and answers
/// where its project is. One that was unpacked before is not unpacked again.
///
/// Nothing is written anywhere else: a member with a path that leads out of the pack, that is
/// absolute, has a drive or a name that Windows takes for something else, or is a link, ends the
/// opening; so do too many members, and more bytes than a pack of that size can honestly hold.
///
/// # Errors
/// When it is no pack, is damaged or hostile, or cannot be written; nothing is left behind then.
pub fn unpack(path: &Path, root: &Path, watch: &Watch) -> Result<PathBuf, FileError> {
    let failed = |error: &std::io::Error| FileError::io(path, error);
    let stamp = Stamp::of(path).map_err(|error| failed(&error))?;
    let hash = stamp.hash.rsplit(':').next().unwrap_or_default();
    let folder = root.join(hash.get(..24).unwrap_or(hash));
    let file = File::open(path).map_err(|error| failed(&error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| bad(path, &error))?;
    if archive.len() > MEMBERS {
        let limit = MEMBERS as u64;
        let what = Message::new("error-archive-members").count("limit", limit);
        return Err(FileError::new(path, what));
    }
    let mark = mark(path, &mut archive)?;
    let project = safe_name(&mark.project).filter(|name| name.components().count() == 1);
    let project = project.ok_or_else(|| unsafe_name(path, &mark.project))?;
    if folder.join(&project).is_file() {
        return Ok(folder.join(project));
    }
    let writing = |error: &std::io::Error| FileError::writing(&folder, error);
    std::fs::create_dir_all(root).map_err(|error| writing(&error))?;
    // Unpacked beside its place: what is there is whole.
    let coming = tempfile::Builder::new().prefix(".coming-").tempdir_in(root);
    let coming = coming.map_err(|error| writing(&error))?;
    let limit = stamp.size.saturating_mul(GROWTH).clamp(ALWAYS_ALLOWED, UNPACKED);
    let mut left = limit;
    watch.set_total(archive.len() as u64);
    for at in 0..archive.len() {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let member = archive.by_index(at).map_err(|error| bad(path, &error))?;
        let written = member.name().map(std::borrow::Cow::into_owned);
        let written = written.map_err(|_| unsafe_name(path, "?"))?;
        let name = safe_name(&written).filter(|_| !member.is_symlink());
        let name = name.ok_or_else(|| unsafe_name(path, &written))?;
        let target = coming.path().join(&name);
        if member.is_dir() {
            std::fs::create_dir_all(&target).map_err(|error| writing(&error))?;
            continue;
        }
        if let Some(above) = target.parent() {
            std::fs::create_dir_all(above).map_err(|error| writing(&error))?;
        }
        // Two members of one name: which is meant nobody knows.
        let mut file = File::create_new(&target).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => unsafe_name(path, &written),
            _ => writing(&error),
        })?;
        let mut member = std::io::Read::take(member, left.saturating_add(1));
        let size = copy(&mut member, &mut file, watch).map_err(|error| match error.kind() {
            std::io::ErrorKind::Interrupted => FileError::cancelled(path),
            std::io::ErrorKind::StorageFull => writing(&error),
            _ => failed(&error).at(Place::Member(written.clone())),
        })?;
        if size > left {
            let what = Message::new("error-archive-too-big").count("limit", limit >> 20);
            return Err(FileError::new(path, what).at(Place::Member(written)));
        }
        left -= size;
        watch.set_done(at as u64 + 1);
    }
    if !coming.path().join(&project).is_file() {
        return Err(FileError::new(path, Message::new("pack-error-no-project")));
    }
    let coming = coming.keep();
    if let Err(error) = std::fs::rename(&coming, &folder) {
        let _ = std::fs::remove_dir_all(&coming);
        // Another window was quicker.
        if !folder.join(&project).is_file() {
            return Err(writing(&error));
        }
    }
    Ok(folder.join(project))
}

/// Copies in blocks, so that a cancel is heard; told as an interruption.
fn copy(from: &mut impl std::io::Read, to: &mut File, watch: &Watch) -> std::io::Result<u64> {
    let mut block = vec![0; 1 << 18];
    let mut size = 0;
    loop {
        if watch.check().is_err() {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        let read = from.read(&mut block)?;
        if read == 0 {
            return Ok(size);
        }
        std::io::Write::write_all(to, block.get(..read).unwrap_or_default())?;
        size += read as u64;
    }
}

fn mark(path: &Path, archive: &mut ZipArchive<BufReader<File>>) -> Result<Mark, FileError> {
    let member = archive.by_name(MARK).map_err(|_| no_pack(path))?;
    let text = std::io::read_to_string(std::io::Read::take(member, MARK_SIZE));
    let text = text.map_err(|error| FileError::io(path, &error))?;
    serde_json::from_str(&text).map_err(|_| no_pack(path))
}

/// Whether a letter cannot be in the name of a file everywhere.
fn is_forbidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Whether a file cannot have such a name everywhere: Windows takes it for a device, or drops its
/// end.
fn is_odd(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let is_port = |kind: &str| {
        let number = stem.strip_prefix(kind).unwrap_or_default();
        number.len() == 1 && number.chars().all(|c| c.is_ascii_digit())
    };
    let is_device = ["con", "prn", "aux", "nul"].contains(&stem.as_str());
    name.ends_with(['.', ' ']) || is_device || is_port("com") || is_port("lpt")
}

/// The name of a file as it can be everywhere.
pub(super) fn fit_name(name: &str) -> String {
    let kept: String = name.chars().map(|c| if is_forbidden(c) { '-' } else { c }).collect();
    let kept = kept.trim_end_matches(['.', ' ']);
    if is_odd(kept) || kept.is_empty() { format!("-{kept}") } else { kept.to_owned() }
}

/// A member's name as a path that stays inside on every system; none where it does not.
fn safe_name(name: &str) -> Option<PathBuf> {
    if name.is_empty() || name.len() > 1000 || name.contains(is_forbidden) {
        return None;
    }
    let path = PathBuf::from(name);
    let is_inside = path.components().all(|part| match part {
        Component::Normal(part) => !is_odd(&part.to_string_lossy()),
        _ => false,
    });
    is_inside.then_some(path)
}

fn bad(path: &Path, error: &zip::result::ZipError) -> FileError {
    let what = Message::new("error-bad-archive").text("detail", error.to_string());
    FileError::new(path, what).remedy(Message::new("remedy-get-again"))
}

fn no_pack(path: &Path) -> FileError {
    FileError::new(path, Message::new("pack-error-no-pack"))
}

fn unsafe_name(path: &Path, name: &str) -> FileError {
    let short: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    let what = Message::new("pack-error-name").text("name", short);
    FileError::new(path, what).remedy(Message::new("pack-error-name-remedy"))
}

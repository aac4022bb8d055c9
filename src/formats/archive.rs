//! Data files inside a .zip archive: unpacked to a temporary folder, within limits, and read.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Component, Path, PathBuf};

use zip::ZipArchive;

use super::open::{
    HEAD, is_companion, known_extensions, may_be_data, read_several, recognise, sure_files,
};
use super::{Confidence, Format, ReadOptions};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::Table;

/// The most members looked at.
const MEMBERS: usize = 10_000;
/// The most bytes unpacked, all members together.
const UNPACKED: u64 = 8 << 30;
/// The most an archive may grow, unless it is small: deflate reaches 1032 at its very best.
const GROWTH: u64 = 200;
/// What any archive may unpack to.
const ALWAYS_ALLOWED: u64 = 256 << 20;

/// Whether a file is a .zip archive, by its first bytes (also an empty one).
pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// The format of the first data file in an archive.
pub(super) fn first_format(path: &Path) -> Result<&'static Format, FileError> {
    let mut archive = archive_of(path)?;
    let members = members_of(path, &mut archive)?;
    let names: Vec<PathBuf> = members.iter().map(|(_, name)| name.clone()).collect();
    for (at, name) in members.iter().filter(|(_, name)| !is_companion(name, &names)) {
        let Ok(member) = archive.by_index(*at) else { continue };
        let mut head = Vec::with_capacity(HEAD);
        let limit = u64::try_from(HEAD).unwrap_or(u64::MAX);
        if member.take(limit).read_to_end(&mut head).is_err() {
            continue;
        }
        if let Some((format, Confidence::Sure)) = recognise(name, &head) {
            return Ok(format);
        }
    }
    Err(without_data(path))
}

/// Reads every data file in an archive. The tables come from the archive (`origin.path`) and its
/// member (`origin.layer`).
pub(super) fn open(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let mut archive = archive_of(path)?;
    let members = members_of(path, &mut archive)?;
    let folder = tempfile::tempdir().map_err(|error| FileError::io(path, &error))?;
    let mut problems = Problems::new();
    let unpacked = unpack(path, &mut archive, members, folder.path(), &mut problems, watch)?;
    let files = sure_files(&unpacked);
    if files.is_empty() {
        return Err(without_data(path));
    }
    let tables = read_several(files, options, watch, |table, file| {
        let member = member_name(folder.path(), file);
        table.origin.path = path.to_owned();
        table.origin.layer = Some(match table.origin.layer.take() {
            Some(layer) => format!("{member}/{layer}"),
            None => member,
        });
    });
    let mut tables = tables.map_err(|error| of_member(path, folder.path(), error))?;
    if let Some(first) = tables.first_mut() {
        first.origin.problems.extend(problems);
    }
    Ok(tables)
}

pub(super) fn archive_of(path: &Path) -> Result<ZipArchive<BufReader<File>>, FileError> {
    let file = File::open(path).map_err(|error| FileError::io(path, &error))?;
    ZipArchive::new(BufReader::new(file)).map_err(|error| {
        let what = Message::new("error-bad-archive").text("detail", error.to_string());
        FileError::new(path, what).remedy(Message::new("remedy-get-again"))
    })
}

/// The members that may be data, with their names as safe relative paths, in order of name.
fn members_of(
    path: &Path,
    archive: &mut ZipArchive<BufReader<File>>,
) -> Result<Vec<(usize, PathBuf)>, FileError> {
    if archive.len() > MEMBERS {
        let limit = u64::try_from(MEMBERS).unwrap_or(u64::MAX);
        return Err(FileError::new(
            path,
            Message::new("error-archive-members").count("limit", limit),
        )
        .remedy(Message::new("remedy-unpack")));
    }
    let mut members = Vec::new();
    for at in 0..archive.len() {
        // A member that cannot even be named cannot be asked for either.
        let Ok(member) = archive.by_index_raw(at) else { continue };
        let Some(name) = member.enclosed_name().filter(|_| member.is_file()) else { continue };
        let hidden = name.components().any(|part| match part {
            Component::Normal(part) => {
                let part = part.to_string_lossy();
                part.starts_with("._") || part == "__MACOSX"
            }
            _ => true,
        });
        if !hidden && may_be_data(&name) {
            members.push((at, name));
        }
    }
    members.sort_by(|a, b| a.1.cmp(&b.1));
    members.dedup_by(|a, b| a.1 == b.1);
    Ok(members)
}

/// How many bytes an archive may unpack to, its size being what it is.
pub(super) fn limit_of(path: &Path) -> u64 {
    let packed = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    packed.saturating_mul(GROWTH).clamp(ALWAYS_ALLOWED, UNPACKED)
}

fn unpack(
    path: &Path,
    archive: &mut ZipArchive<BufReader<File>>,
    members: Vec<(usize, PathBuf)>,
    folder: &Path,
    problems: &mut Problems,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    let limit = limit_of(path);
    let mut left = limit;
    let mut unpacked = Vec::new();
    for (at, name) in members {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let target = folder.join(&name);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|error| FileError::io(path, &error))?;
        }
        let place = || Place::Member(name.to_string_lossy().into_owned());
        let Ok(member) = archive.by_index(at) else {
            problems.at("problem-member-not-unpacked", place());
            continue;
        };
        let mut file = File::create(&target).map_err(|error| FileError::io(path, &error))?;
        // One byte more than allowed tells a member that is just right from one that is too big.
        match std::io::copy(&mut member.take(left.saturating_add(1)), &mut file) {
            Ok(written) if written > left => {
                let what = Message::new("error-archive-too-big").count("limit", limit >> 20);
                let error = FileError::new(path, what).at(place());
                return Err(error.remedy(Message::new("remedy-unpack")));
            }
            Ok(written) => {
                left -= written;
                unpacked.push(target);
            }
            Err(_) => {
                problems.at("problem-member-not-unpacked", place());
                // What came out is not the whole file: it must not pass for it.
                std::fs::remove_file(&target).map_err(|error| FileError::io(path, &error))?;
            }
        }
    }
    Ok(unpacked)
}

fn member_name(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).unwrap_or(file).to_string_lossy().into_owned()
}

/// An error about a temporary file, told about the archive.
fn of_member(path: &Path, folder: &Path, error: FileError) -> FileError {
    if error.is_cancelled() {
        return FileError::cancelled(path);
    }
    let member = member_name(folder, &error.path);
    let mut told = error;
    told.path = path.join(member);
    told
}

fn without_data(path: &Path) -> FileError {
    FileError::new(path, Message::new("error-archive-without-data")).remedy(known_extensions())
}

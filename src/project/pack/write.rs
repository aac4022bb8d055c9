//! Making a pack.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::document::{Document, LayerSource};
use super::super::file::members_of;
use super::super::own_basemap::OwnBasemap;
use super::super::stamp::Stamp;
use super::basemap::{self, KeptBasemap};
use super::open::fit_name;
use super::{MARK, Packed};
use crate::formats::AtomicFile;
use crate::i18n::{Arg, Language, Message, format_bytes, tr};
use crate::jobs::Watch;
use crate::portal::{Address, Copies};
use crate::problem::{FileError, Problems};
use crate::raster::belongs_to;
use crate::tiles::key_in;

/// What is kept of a layer that was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedCopy {
    /// The address of the layer.
    pub address: String,
    /// The file that is kept.
    pub path: PathBuf,
    /// The day it was fetched, ISO 8601.
    pub fetched: String,
}

/// What is kept here of what a project has from elsewhere.
#[derive(Debug, Default)]
pub struct Kept {
    /// Of layers that were fetched.
    pub copies: Vec<PackedCopy>,
    /// Of the basemap that is chosen.
    pub basemap: KeptBasemap,
}

/// The endings of files that belong to one of the same name.
const BESIDE: [&str; 15] = [
    "shx", "dbf", "prj", "cpg", "qpj", "qix", "sbn", "sbx", "shp.xml", "csvt", "qml", "wld",
    "aux.xml", "dbt", "fpt",
];

/// A file that comes into the pack.
struct Member {
    from: PathBuf,
    name: String,
}

/// Packs a document with its files into a .zip; `name` is the name of its project file without
/// ending, `kept` what there is of layers and a basemap that come from elsewhere. Files that are not
/// there are told as problems, and the layers stay in the project.
///
/// # Errors
/// When a file cannot be read or the pack cannot be written, or the person cancelled; an older pack
/// of that name then stays whole.
pub fn pack(
    document: &Document,
    name: &str,
    kept: &Kept,
    out: &Path,
    language: Language,
    watch: &Watch,
) -> Result<Packed, FileError> {
    let copies = kept.copies.as_slice();
    let mut problems = Problems::new();
    let mut packed = document.clone();
    let mut members = Vec::new();
    let mut folders = Folders::default();
    for layer in &mut packed.layers {
        let source = &mut layer.source;
        if source.path.is_empty() || source.notes().is_some() {
            continue;
        }
        let is_fetched = source.is_fetched();
        let file = if is_fetched {
            let copy = copies.iter().find(|copy| copy.address == source.path);
            copy.map(|copy| copy.path.clone())
        } else {
            Some(PathBuf::from(&source.path))
        };
        let Some(file) = file.filter(|file| file.is_file()) else {
            problems.report("problem-pack-missing", 1, vec![("name", text(&layer.name))], None);
            continue;
        };
        let inside = folders.place(&file, is_fetched.then_some(layer.name.as_str()), &mut members);
        if is_fetched {
            layer.others.insert("fetchedFrom".to_owned(), Value::from(source.path.clone()));
            let fields = std::mem::take(&mut source.fields);
            *source = LayerSource { fields, ..LayerSource::default() };
        }
        source.path = inside;
    }
    for backdrop in &mut packed.backdrops {
        let file = PathBuf::from(&backdrop.path);
        if file.is_file() {
            backdrop.path = folders.place(&file, None, &mut members);
        } else {
            let name = vec![("name", text(&backdrop.name))];
            problems.report("problem-pack-missing", 1, name, None);
        }
    }
    for own in &packed.basemaps {
        if own.web().is_some_and(|map| key_in(&map.url).is_some()) {
            problems.report("problem-pack-key", 1, vec![("name", text(&own.name))], None);
        }
    }
    let others = packed.basemaps.iter_mut().filter_map(|own| {
        let name = own.name.clone();
        Some((name, own.path_mut()?))
    });
    let logos = packed.sheets.iter_mut().filter_map(|sheet| sheet.logo.as_mut());
    for (name, path) in others.chain(logos.map(|logo| (logo.path.clone(), &mut logo.path))) {
        let file = PathBuf::from(path.as_str());
        if file.is_file() {
            *path = folders.place(&file, None, &mut members);
        } else {
            problems.report("problem-pack-missing", 1, vec![("name", text(&name))], None);
        }
    }
    kept.basemap.report(&mut problems);
    if let KeptBasemap::Tiles(tiles) = &kept.basemap {
        let place = folders.free("tiles", &format!("{}.pmtiles", plain(&tiles.name)));
        let from = tiles.folder.path().join(basemap::FILE);
        members.push(Member { from, name: place.clone() });
        packed.add_basemap(&OwnBasemap::of_archive(tiles.name.clone(), place));
    }
    let sizes = members.iter().map(|member| std::fs::metadata(&member.from).map_or(0, |m| m.len()));
    let sizes: Vec<u64> = sizes.collect();
    watch.set_total(sizes.iter().sum());
    let mut file = AtomicFile::create(out)?;
    let failed = |error: &std::io::Error| FileError::writing(out, error);
    let of_zip = |error: zip::result::ZipError| failed(&error.into());
    let project = format!("{name}.belfort.json");
    let mut zip = ZipWriter::new(file.as_write());
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mark = format!("{{\"belfortPack\": 1, \"project\": {}}}\n", Value::from(project.as_str()));
    let json = members_of(&packed).and_then(|members| serde_json::to_string_pretty(&members));
    let json = json.map_err(|error| failed(&error.into()))? + "\n";
    let index = index(&packed, document, kept, &members, language);
    for (name, text) in
        [(MARK, mark), (project.as_str(), json), (tr(language, "pack-index-name").as_str(), index)]
    {
        zip.start_file(name, options).map_err(of_zip)?;
        zip.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
    }
    for (member, size) in members.iter().zip(&sizes) {
        let options = options.large_file(*size >= u64::from(u32::MAX) - (1 << 20));
        zip.start_file(&member.name, options).map_err(of_zip)?;
        copy(&member.from, &mut zip, out, watch)?;
    }
    zip.finish().map_err(of_zip)?;
    let bytes = sizes.iter().sum();
    file.commit()?;
    Ok(Packed { path: out.to_owned(), files: members.len() as u64, bytes, problems })
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}

fn copy(from: &Path, to: &mut impl Write, out: &Path, watch: &Watch) -> Result<(), FileError> {
    let mut file = File::open(from).map_err(|error| FileError::io(from, &error))?;
    let mut block = vec![0; 1 << 18];
    loop {
        watch.check().map_err(|_| FileError::cancelled(out))?;
        let read = file.read(&mut block).map_err(|error| FileError::io(from, &error))?;
        if read == 0 {
            return Ok(());
        }
        let part = block.get(..read).unwrap_or_default();
        to.write_all(part).map_err(|error| FileError::writing(out, &error))?;
        watch.advance(read as u64);
    }
}

/// Where files come in the pack: those of one folder stay together, so that what lies beside a
/// file is found there.
#[derive(Default)]
struct Folders {
    known: BTreeMap<PathBuf, String>,
    placed: BTreeMap<PathBuf, String>,
    taken: BTreeSet<String>,
}

impl Folders {
    /// The place of a file, which comes into the members with what belongs to it; `named` for one
    /// that has no telling name of its own.
    fn place(&mut self, file: &Path, named: Option<&str>, members: &mut Vec<Member>) -> String {
        if let Some(place) = self.placed.get(file) {
            return place.clone();
        }
        let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
        let number = self.known.len() + 1;
        let inside = match named {
            Some(_) => "portal".to_owned(),
            None => self
                .known
                .entry(folder.clone())
                .or_insert_with(|| {
                    if number == 1 { "data".to_owned() } else { format!("data/{number}") }
                })
                .clone(),
        };
        let own = fit_name(&file.file_name().unwrap_or_default().to_string_lossy());
        let wanted = match named {
            Some(name) => {
                let extension = file.extension().map(|it| it.to_string_lossy().into_owned());
                format!("{}.{}", plain(name), extension.unwrap_or_default())
            }
            None => own,
        };
        let place = self.free(&inside, &wanted);
        members.push(Member { from: file.to_owned(), name: place.clone() });
        if named.is_none() {
            for beside in beside(file) {
                let name = beside.file_name().unwrap_or_default().to_string_lossy();
                let name = format!("{inside}/{}", fit_name(&name));
                if self.taken.insert(name.to_lowercase()) {
                    members.push(Member { from: beside, name });
                }
            }
        }
        self.placed.insert(file.to_owned(), place.clone());
        place
    }

    /// A name that no other member has, on systems that do not tell letters by their case either.
    fn free(&mut self, folder: &str, name: &str) -> String {
        let mut place = format!("{folder}/{name}");
        let mut number = 1;
        while !self.taken.insert(place.to_lowercase()) {
            number += 1;
            place = format!("{folder}/{number}-{name}");
        }
        place
    }
}

/// A layer's name as the name of a file on any system.
fn plain(name: &str) -> String {
    let kept = name.chars().map(|c| if c.is_alphanumeric() || c == ' ' { c } else { '-' });
    let name: String = kept.take(60).collect();
    let name = name.trim().to_owned();
    if name.is_empty() { "laag".to_owned() } else { name }
}

/// The files that belong to one, in order of name.
fn beside(file: &Path) -> Vec<PathBuf> {
    let Some(folder) = file.parent() else { return Vec::new() };
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let own = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let belongs = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let of_stem = BESIDE.iter().any(|ending| name == format!("{stem}.{ending}"));
        name != own && (of_stem || belongs_to(path, file))
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let mut found: Vec<PathBuf> = files.filter(|path| path.is_file() && belongs(path)).collect();
    found.sort();
    found
}

/// What is in the pack, for people.
fn index(
    packed: &Document,
    document: &Document,
    kept: &Kept,
    members: &[Member],
    language: Language,
) -> String {
    let say = |message: Message| message.in_language(language);
    let mut lines = vec![say(Message::new("pack-index-title").text("title", &document.title))];
    let about = &document.about;
    for (id, value) in [
        ("pack-index-author", &about.author),
        ("pack-index-description", &about.description),
        ("pack-index-licence", &about.licence),
        ("pack-index-notice", &document.notice),
    ] {
        if !value.trim().is_empty() {
            lines.push(say(Message::new(id).text("value", value.trim())));
        }
    }
    lines.extend([String::new(), tr(language, "pack-index-how"), String::new()]);
    lines.push(tr(language, "pack-index-layers"));
    for (layer, before) in packed.layers.iter().zip(&document.layers) {
        let attribution = &layer.attribution;
        let by = [&attribution.publisher, &attribution.licence, &attribution.accessed];
        let by: Vec<&str> =
            by.into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        let place = match layer.source.notes() {
            Some(_) => tr(language, "pack-index-notes"),
            None => layer.source.path.clone(),
        };
        lines.push(format!("- {} ({place})", layer.name));
        if !by.is_empty() {
            lines.push(format!("  {}", by.join(", ")));
        }
        if before.source.is_fetched() {
            let copy = kept.copies.iter().find(|copy| copy.address == before.source.path);
            let fetched = copy.map_or("", |copy| copy.fetched.as_str());
            let from = Message::new("pack-index-fetched").text("address", &before.source.path);
            lines.push(format!("  {}", say(from.text("when", fetched))));
        }
    }
    if let Some(line) = kept.basemap.line(language) {
        lines.extend([String::new(), line]);
    }
    lines.extend([String::new(), tr(language, "pack-index-files")]);
    for member in members {
        if let Ok(stamp) = Stamp::of(&member.from) {
            let size = format_bytes(language, stamp.size);
            lines.push(format!("- {} ({size}, {})", member.name, stamp.hash));
        }
    }
    lines.push(String::new());
    // As text files are on Windows: everything else reads them as well.
    lines.join("\r\n")
}

/// What is kept of the layers of a document that were fetched.
pub fn copies_of(document: &Document, copies: &Copies) -> Vec<PackedCopy> {
    let fetched = document.layers.iter().filter(|layer| layer.source.is_fetched());
    let copy = |address: &str| {
        let (path, receipt) = copies.kept_file(&Address::read(address).ok()?)?;
        let fetched = receipt.fetched_on().to_string();
        Some(PackedCopy { address: address.to_owned(), path, fetched })
    };
    fetched.filter_map(|layer| copy(&layer.source.path)).collect()
}

/// The name of a project's file without its ending.
pub fn project_stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lower = name.to_lowercase();
    let ending = [".belfort.json", ".json"].into_iter().find(|ending| lower.ends_with(ending));
    let stem = name.get(..name.len() - ending.map_or(0, str::len)).unwrap_or(&name);
    if stem.is_empty() { "kaart".to_owned() } else { stem.to_owned() }
}

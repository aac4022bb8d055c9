//! `belfort pack`: a project with all that it needs, in one file.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::arguments::{language, shown, word};
use super::info::project_table;
use super::json::{ProblemEntry, problems, text};
use super::report::problem_lines;
use super::{Failure, complain, portal};
use crate::i18n::{Language, Message, format_bytes, tr};
use crate::jobs::Watch;
use crate::project::{
    Kept, KeptBasemap, copies_of, pack, project_stem, read_project, sample_project,
};
use crate::tiles::TileStore;

/// `belfort pack`.
#[derive(Args, Clone, Debug)]
pub struct Pack {
    /// The project; none: the sample project.
    #[arg(
        value_name = word(tr(language(), "cli-value-path")),
        help = tr(language(), "cli-help-pack-path"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub project: Option<PathBuf>,
    /// The file to write.
    #[arg(
        short, long,
        value_name = word(tr(language(), "cli-value-file")),
        help = tr(language(), "cli-help-pack-out"),
    )]
    pub out: PathBuf,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
}

/// `pack --json`.
#[derive(Serialize)]
struct PackDocument {
    output: String,
    files: u64,
    bytes: u64,
    problems: Vec<ProblemEntry>,
}

pub(super) fn run(arguments: &Pack, language: Language) -> Result<String, Failure> {
    let path = arguments.project.clone().or_else(sample_project);
    let path = path.ok_or_else(|| Failure::Failed(tr(language, "app-error-no-sample")))?;
    let failed = |error| Failure::file(&error, language);
    let opened = read_project(&path).map_err(failed)?;
    let portals = portal::all(language, true);
    let copies = copies_of(&opened.document, portals.copies());
    let name = project_stem(&path);
    let watch = Watch::unwatched();
    let folder = TileStore::usual_folder();
    let folder = folder.unwrap_or_else(|| std::env::temp_dir().join("belfort-tiles"));
    let tiles = TileStore::new(folder, Arc::new(|| {}));
    let areas = || {
        let tables = opened.document.layers.iter();
        let tables = tables.filter_map(|l| project_table(&opened.document, l, language).ok());
        tables.filter_map(|table| table.extent_wgs84(&watch)).collect()
    };
    let basemap = KeptBasemap::gather(&opened.document, &tiles, areas, language, &watch);
    let kept = Kept { copies, basemap: basemap.map_err(failed)? };
    let packed = pack(&opened.document, &name, &kept, &arguments.out, language, &watch);
    let packed = packed.map_err(failed)?;
    let mut told = opened.problems;
    told.extend(packed.problems);
    let output = shown(arguments.out.as_os_str());
    if arguments.json {
        let (files, bytes) = (packed.files, packed.bytes);
        let problems = problems(&told, language);
        return Ok(text(&PackDocument { output, files, bytes, problems }));
    }
    if !told.is_empty() {
        problem_lines(&told, language).iter().for_each(|line| complain(line));
    }
    let said = Message::new("cli-pack-written")
        .text("output", output)
        .count("files", packed.files)
        .text("size", format_bytes(language, packed.bytes));
    Ok(said.in_language(language))
}

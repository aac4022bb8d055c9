//! Handing a table over as a file: choose rows and columns, transform, write, and say what changed.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use arrow_array::BooleanArray;

use super::{FORMATS, Format, WriteOptions};
use crate::crs::{Crs, HowFound, LayerCrs, TransformError, transform_parallel};
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{GeometryBuilder, GeometryColumn, Table};

/// What is handed over.
#[derive(Clone, Debug)]
pub struct Export<'a> {
    /// The source.
    pub table: &'a Table,
    /// What the layer is called in the file, where the format has a name for it; none for the
    /// table's own.
    pub name: Option<String>,
    /// Only the rows where this is true; none for all.
    pub rows: Option<&'a BooleanArray>,
    /// Only these columns, in this order; none for all.
    pub columns: Option<Vec<usize>>,
    /// The CRS of the file; none for the source's own, with the very numbers of the source. Some
    /// formats know only one: see [`Format::only_in`].
    pub crs: Option<Crs>,
    /// The format.
    pub format: &'static Format,
    /// How it is written.
    pub options: WriteOptions,
}

impl Export<'_> {
    /// The options with the note that goes along: the one given, or else the source's own.
    fn noted(&self) -> WriteOptions {
        let note = self.options.note.clone().or_else(|| self.table.origin.note.clone());
        WriteOptions { note, ..self.options.clone() }
    }

    /// The CRS that the source is transformed to; none where it stays as it is. Tells where the
    /// format decides it.
    fn target(&self, problems: &mut Problems) -> Option<Crs> {
        let source = self.table.crs.as_ref().filter(|_| self.table.geometry.is_some());
        let usual = || self.format.usual_crs().filter(|_| self.crs.is_none() && source.is_some());
        let Some(only) = self.format.only_in.map(|crs| crs()).or_else(usual) else {
            return self.crs.clone();
        };
        let wanted = self.crs.as_ref().or(source.map(|source| &source.crs));
        let is_swapped = self.crs.is_none() && source.is_some_and(|source| source.swapped);
        if wanted.is_some_and(|wanted| is_swapped || !wanted.same_as(&only)) {
            let args = vec![
                ("crs", Arg::Text(only.label())),
                ("format", Arg::Text(self.format.name.to_owned())),
            ];
            problems.report("problem-export-crs-transformed", 1, args, None);
        }
        Some(only)
    }
}

/// For writers of formats that know only WGS 84: refuses a table in another CRS.
pub(super) fn expect_wgs84(table: &Table, path: &Path) -> Result<(), FileError> {
    let is_it = |crs: &LayerCrs| crs.crs.same_as(&Crs::wgs84()) && !crs.swapped;
    if table.geometry.is_none() || table.crs.as_ref().is_some_and(is_it) {
        return Ok(());
    }
    let error = FileError::new(path, Message::new("error-export-only-wgs84"));
    Err(error.remedy(Message::new("remedy-choose-wgs84")))
}

/// What was handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportReport {
    /// Rows of the source.
    pub read: u64,
    /// Rows written.
    pub written: u64,
    /// Rows chosen but not written: those the format reports as `problem-rows-not-written`.
    pub dropped: u64,
    /// What was lost or changed on the way.
    pub problems: Problems,
    /// The CRS of the file; none where it is not known, or nothing has a place.
    pub crs: Option<Crs>,
    /// The files made, the one to open first.
    pub outputs: Vec<PathBuf>,
}

/// What [`export`] would drop or change, without writing. What a transformation loses is known
/// only after it: that is in the report of [`export`].
pub fn export_changes(export: &Export<'_>) -> Problems {
    let Ok(chosen) = choose(export) else { return Problems::new() };
    let mut problems = order_kept(export);
    let chosen = match export.target(&mut problems) {
        // Formats judge by the CRS the file will have, not by the numbers.
        Some(crs) if chosen.geometry.is_some() => {
            let mut labelled = chosen.shallow_copy();
            labelled.crs = Some(LayerCrs::new(crs, HowFound::Chosen));
            labelled.into()
        }
        _ => chosen,
    };
    problems.extend((export.format.changes)(&chosen, &export.noted()));
    problems
}

/// Writes a file (or several, where the format needs them).
///
/// # Errors
/// When the table cannot be transformed or the files cannot be written; older files stay whole.
pub fn export(export: &Export<'_>, path: &Path, watch: &Watch) -> Result<ExportReport, FileError> {
    let Some(write) = export.format.write else {
        return Err(FileError::new(path, cannot_write(export.format)));
    };
    let ready = Ready::of(export, path, watch)?;
    let outputs = write(&ready.table, path, &ready.options, watch)?;
    Ok(ready.report(export, outputs))
}

/// Writes several tables as the layers of one file, each by its name; a name that was there before
/// gets a number. The format is that of the first; the note of the file, too.
///
/// # Errors
/// When the format holds one layer a file, a table cannot be transformed or the file cannot be
/// written; an older file stays whole.
pub fn export_several(
    exports: &[Export<'_>],
    path: &Path,
    watch: &Watch,
) -> Result<Vec<ExportReport>, FileError> {
    let Some(first) = exports.first() else { return Ok(Vec::new()) };
    let Some(write) = first.format.write_several else {
        return Err(FileError::new(path, cannot_write_several(first.format)));
    };
    let mut names = BTreeSet::new();
    let mut ready = Vec::with_capacity(exports.len());
    for export in exports {
        let mut made = Ready::of(export, path, watch)?;
        let wanted = made.table.name.clone();
        let name = unique(&wanted, &mut names);
        if name != wanted {
            let args = vec![("from", Arg::Text(wanted)), ("to", Arg::Text(name.clone()))];
            made.problems.report("problem-layer-renamed", 1, args, None);
            made.rename(name);
        }
        ready.push(made);
    }
    let tables: Vec<&Table> = ready.iter().map(|ready| &*ready.table).collect();
    let mut options = ready.first().map(|ready| ready.options.clone()).unwrap_or_default();
    let looks = exports.iter().map(|export| export.options.look_of(0, export.table));
    options.looks = looks.map(Option::unwrap_or_default).collect();
    let styles = exports.iter().map(|export| export.options.style_of(0, export.table));
    options.styles = styles.collect();
    let outputs = write(&tables, path, &options, watch)?;
    let reports = exports.iter().zip(ready);
    Ok(reports.map(|(export, ready)| ready.report(export, outputs.clone())).collect())
}

/// The formats that write and change less of this export than its own, those that change nothing
/// first. Empty where its own changes nothing. Work for a job: every format looks at the rows.
pub fn better_formats(export: &Export<'_>, watch: &Watch) -> Vec<&'static Format> {
    let weight = |format: &'static Format| {
        let problems = export_changes(&Export { format, ..export.clone() });
        problems.iter().map(|problem| problem.count).fold(0, u64::saturating_add)
    };
    let own = weight(export.format);
    if own == 0 {
        return Vec::new();
    }
    let others = FORMATS.iter().copied().filter(|format| format.write.is_some());
    let others = others.filter(|format| format.id != export.format.id);
    let mut better: Vec<(u64, &'static Format)> = others
        .take_while(|_| watch.check().is_ok())
        .map(|format| (weight(format), format))
        .filter(|(weight, _)| *weight < own)
        .collect();
    better.sort_by_key(|(weight, _)| *weight);
    better.into_iter().map(|(_, format)| format).collect()
}

/// A table ready to be written.
struct Ready<'a> {
    table: Chosen<'a>,
    options: WriteOptions,
    problems: Problems,
}

impl<'a> Ready<'a> {
    fn of(export: &Export<'a>, path: &Path, watch: &Watch) -> Result<Ready<'a>, FileError> {
        let chosen = choose(export).map_err(|error| {
            let what = Message::new("error-rows-do-not-fit").text("detail", error.to_string());
            FileError::new(path, what)
        })?;
        let mut problems = order_kept(export);
        let table = match export.target(&mut problems) {
            Some(crs) => transform(chosen, &crs, path, &mut problems, watch)?,
            None => chosen,
        };
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let options = export.noted();
        problems.extend((export.format.changes)(&table, &options));
        Ok(Ready { table, options, problems })
    }

    fn rename(&mut self, name: String) {
        let mut renamed = self.table.shallow_copy();
        renamed.name = name;
        self.table = renamed.into();
    }

    fn report(self, export: &Export<'_>, outputs: Vec<PathBuf>) -> ExportReport {
        let chosen = as_count(self.table.rows());
        let dropped = self.problems.count("problem-rows-not-written").min(chosen);
        let crs = self.table.crs.as_ref().filter(|_| self.table.geometry.is_some());
        let crs = crs.map(|layer| layer.crs.clone());
        ExportReport {
            read: as_count(export.table.rows()),
            written: chosen - dropped,
            dropped,
            problems: self.problems,
            crs,
            outputs,
        }
    }
}

/// A name that no layer before has, case aside.
fn unique(wanted: &str, names: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2_u32;
    while !names.insert(name.to_lowercase()) {
        name = format!("{wanted} ({number})");
        number = number.saturating_add(1);
    }
    name
}

fn cannot_write(format: &Format) -> Message {
    Message::new("error-cannot-write").text("format", format.name)
}

fn cannot_write_several(format: &Format) -> Message {
    Message::new("error-one-layer-a-file").text("format", format.name)
}

fn as_count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

/// The source itself where nothing is left out, else a table made from it.
enum Chosen<'a> {
    Source(&'a Table),
    Made(Box<Table>),
}

impl Deref for Chosen<'_> {
    type Target = Table;
    fn deref(&self) -> &Table {
        match self {
            Chosen::Source(table) => table,
            Chosen::Made(table) => table,
        }
    }
}

impl From<Table> for Chosen<'_> {
    fn from(table: Table) -> Self {
        Chosen::Made(Box::new(table))
    }
}

fn choose<'a>(export: &Export<'a>) -> Result<Chosen<'a>, arrow_schema::ArrowError> {
    let mut chosen = Chosen::Source(export.table);
    if let Some(name) = export.name.as_ref().filter(|name| **name != export.table.name) {
        let mut named = export.table.shallow_copy();
        named.name.clone_from(name);
        chosen = named.into();
    }
    if let Some(mask) = export.rows {
        chosen = chosen.filter_rows(mask)?.into();
    }
    if let Some(columns) = &export.columns {
        chosen = chosen.select_columns(columns).into();
    }
    Ok(chosen)
}

/// A source with latitude first that is written as it is.
fn order_kept(export: &Export<'_>) -> Problems {
    let mut problems = Problems::new();
    let swapped = export.table.crs.as_ref().is_some_and(|crs| crs.swapped);
    if swapped && export.crs.is_none() && export.format.only_in.is_none() {
        problems.add("problem-export-order-kept", 1);
    }
    problems
}

fn transform<'a>(
    table: Chosen<'a>,
    target: &Crs,
    path: &Path,
    problems: &mut Problems,
    watch: &Watch,
) -> Result<Chosen<'a>, FileError> {
    let Some(geometry) = &table.geometry else { return Ok(table) };
    let Some(source) = &table.crs else {
        let error = FileError::new(path, Message::new("error-export-without-crs"));
        return Err(error.remedy(Message::new("remedy-choose-crs")));
    };
    if source.crs.same_as(target) && !source.swapped {
        return Ok(table);
    }
    watch.set_total(as_count(geometry.xy().len()));
    let mut outcome = Ok(0);
    let changed = geometry.map_xy(|xy| outcome = transform_parallel(source, target, xy, watch));
    watch.set_done(0);
    let failed = outcome.map_err(|error| match error {
        TransformError::Cancelled(_) => FileError::cancelled(path),
        TransformError::Crs(error) => FileError::new(path, error.message()),
    })?;
    let changed =
        if failed > 0 { without_failed(geometry, &changed, failed, problems) } else { changed };
    let mut made = table.with_geometry(Some(changed));
    made.crs = Some(LayerCrs::new(target.clone(), HowFound::Chosen));
    Ok(made.into())
}

/// Rows of which a position could not be transformed lose their place, not their attributes.
fn without_failed(
    source: &GeometryColumn,
    changed: &GeometryColumn,
    failed: usize,
    problems: &mut Problems,
) -> GeometryColumn {
    let is_finite = |[x, y]: &[f64; 2]| x.is_finite() && y.is_finite();
    let mut builder = GeometryBuilder::with_capacity(changed.len(), changed.xy().len());
    for (row, (before, after)) in source.iter().zip(changed.iter()).enumerate() {
        let lost = before.xy().iter().zip(after.xy()).any(|(b, a)| is_finite(b) && !is_finite(a));
        if lost {
            builder.push_null();
            let args = vec![("positions", Arg::Count(as_count(failed)))];
            let place = Place::Row(as_count(row + 1));
            problems.report("problem-not-transformed", 1, args, Some(place));
        } else {
            builder.copy_row(after);
        }
    }
    // Fewer coordinates than the source, which fitted.
    builder.finish().unwrap_or_default()
}

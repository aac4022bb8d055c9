//! Handing a table over as a file: choose rows and columns, transform, write, and say what changed.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use arrow_array::BooleanArray;

use super::{Format, WriteOptions};
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
        let Some(only) = self.format.only_in.map(|crs| crs()) else { return self.crs.clone() };
        let source = self.table.crs.as_ref().filter(|_| self.table.geometry.is_some());
        let wanted = self.crs.as_ref().or(source.map(|source| &source.crs));
        let is_swapped = self.crs.is_none() && source.is_some_and(|source| source.swapped);
        if wanted.is_some_and(|wanted| is_swapped || !wanted.same_as(&only)) {
            let args = vec![
                ("crs", Arg::Text(only.label())),
                ("format", Arg::Text(self.format.name.to_owned())),
            ];
            problems.report("problem-export-only-in", 1, args, None);
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
        let what = Message::new("error-cannot-write").text("format", export.format.name);
        return Err(FileError::new(path, what));
    };
    let chosen = choose(export).map_err(|error| {
        let what = Message::new("error-rows-do-not-fit").text("detail", error.to_string());
        FileError::new(path, what)
    })?;
    let mut problems = order_kept(export);
    let ready = match export.target(&mut problems) {
        Some(crs) => transform(chosen, &crs, path, &mut problems, watch)?,
        None => chosen,
    };
    watch.check().map_err(|_| FileError::cancelled(path))?;
    let options = export.noted();
    problems.extend((export.format.changes)(&ready, &options));
    let outputs = write(&ready, path, &options, watch)?;
    let chosen = as_count(ready.rows());
    let dropped = problems.count("problem-rows-not-written").min(chosen);
    let crs = ready.crs.as_ref().filter(|_| ready.geometry.is_some());
    let crs = crs.map(|layer| layer.crs.clone());
    Ok(ExportReport {
        read: as_count(export.table.rows()),
        written: chosen - dropped,
        dropped,
        problems,
        crs,
        outputs,
    })
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

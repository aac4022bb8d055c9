//! Shapefiles (.shp with its companions) and dBASE tables (.dbf) on their own.
//!
//! Sources: "ESRI Shapefile Technical Description" (ESRI, July 1998); for .cpg and the language
//! byte, what ESRI's programs and GDAL write.

mod companions;
mod dbf;
mod dbf_column;
mod dbf_text;
mod dbf_values;
mod metadata;
mod patch;
#[cfg(test)]
mod pieces_test;
mod rings;
mod shape;
mod shp;
mod write;
mod write_dbf;
mod write_plan;
mod write_shp;

use std::path::Path;
use std::sync::mpsc::channel;

use arrow_array::{ArrayRef, new_null_array};
use arrow_select::concat::concat;

use super::guessed_crs::guessed;
use super::pieces::Cut;
use super::{Confidence, Format, ReadOptions};
use crate::crs::{Crs, CrsError, HowFound, LayerCrs};
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::{GeometryColumn, Origin, Table};
use companions::{Companions, has_extension};
use dbf::Attributes;
use shp::Shapes;

/// Shapefile: .shp, .shx, .dbf, .prj, .cpg.
pub static FORMAT: Format = Format {
    id: "shapefile",
    name: "Shapefile",
    extensions: &["shp", "dbf"],
    recognise,
    read,
    write: Some(write::write),
    write_several: None,
    only_in: None,
    changes: write::changes,
    list: None,
};

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    if has_extension(path, "shp") {
        return if head.starts_with(&shp::MAGIC) { Confidence::Sure } else { Confidence::Maybe };
    }
    if has_extension(path, "dbf") {
        // The attributes of a shapefile are a table of their own only for who asks for it.
        let alone = Companions::of(path).shp.is_none();
        let sure = alone && dbf::looks_like_dbf(head);
        return if sure { Confidence::Sure } else { Confidence::Maybe };
    }
    Confidence::No
}

/// Reads a shapefile, or a .dbf as a table without geometry.
fn read(path: &Path, options: &ReadOptions, watch: &Watch) -> Result<Vec<Table>, FileError> {
    read_cut(path, options, Cut::default(), watch)
}

fn read_cut(
    path: &Path,
    options: &ReadOptions,
    cut: Cut,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let companions = Companions::of(path);
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
    let encoding = options.encoding.as_deref();
    let mut problems = Problems::new();
    if has_extension(path, "dbf") {
        watch.set_total(size(path));
        let attributes =
            dbf::read(path, companions.cpg.as_deref(), encoding, cut, watch, &mut problems)?;
        problems.add("problem-dbf-deleted", deleted(&attributes));
        return finish(path, attributes, None, None, problems);
    }
    watch.set_total(size(path) + companions.dbf.as_deref().map_or(0, size));
    std::thread::scope(|scope| {
        // PROJ takes some time on one core, which the files on the others need not wait for. On this
        // thread: who asks next where the layer lies finds the operation made.
        let (tell, told) = channel();
        let companions = &companions;
        let prj = move || told.recv().ok().flatten();
        let reading = scope.spawn(move || read_shapes(path, companions, options, cut, watch, prj));
        let found = if options.crs.is_some() { None } else { read_prj(companions) };
        let crs = match (&options.crs, &found) {
            (Some(chosen), _) => Some(chosen.clone()),
            (None, Some(Ok(crs))) => Some(LayerCrs::new(crs.clone(), HowFound::Prj)),
            (None, _) => None,
        };
        // Nobody waits any more where reading failed.
        let _ = tell.send(found);
        if let Some(crs) = crs {
            crs.get_ready();
        }
        reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Reads shapes and attributes; `prj` gives what the .prj says.
fn read_shapes(
    path: &Path,
    companions: &Companions,
    options: &ReadOptions,
    cut: Cut,
    watch: &Watch,
    prj: impl FnOnce() -> Option<Result<Crs, CrsError>>,
) -> Result<Vec<Table>, FileError> {
    let encoding = options.encoding.as_deref();
    let mut problems = Problems::new();
    let shapes = Shapes::open(path, companions.shx.as_deref(), watch, &mut problems)?;
    let attributes = read_attributes(companions, encoding, cut, watch, &mut problems)?;
    let has_attributes = attributes.is_some();
    let attributes = attributes.unwrap_or_default();
    if has_attributes {
        let (shapes, records) = (shapes.len() as u64, attributes.deleted.len() as u64);
        problems.add("problem-shapefile-no-shape", records.saturating_sub(shapes));
        problems.add("problem-shapefile-no-attributes", shapes.saturating_sub(records));
    }
    problems.add("problem-dbf-deleted", deleted(&attributes));
    let geometry = shapes.read(&attributes.deleted, attributes.rows, cut, watch, &mut problems)?;
    problems.add("problem-no-geometry", geometry.missing() as u64);
    let crs = find_crs(prj(), &geometry, options, &mut problems);
    let mut tables = finish(path, attributes, Some(geometry), crs, problems)?;
    for table in &mut tables {
        table.origin.note = companions.metadata.as_deref().and_then(metadata::read);
    }
    Ok(tables)
}

fn deleted(attributes: &Attributes) -> u64 {
    attributes.deleted.iter().filter(|deleted| **deleted).count() as u64
}

/// The attributes; none where there is no .dbf or it cannot be read: then the shapes come alone.
fn read_attributes(
    companions: &Companions,
    encoding: Option<&str>,
    cut: Cut,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Option<Attributes>, FileError> {
    let Some(path) = &companions.dbf else {
        problems.add("problem-shapefile-no-dbf", 1);
        return Ok(None);
    };
    match dbf::read(path, companions.cpg.as_deref(), encoding, cut, watch, problems) {
        Ok(attributes) => Ok(Some(attributes)),
        Err(error) if error.is_cancelled() => Err(error),
        Err(error) => {
            let args = vec![("detail", Arg::Message(Box::new(error.what)))];
            problems.report("problem-shapefile-bad-dbf", 1, args, error.place);
            Ok(None)
        }
    }
}

/// What the .prj says; none where there is none or it is empty.
fn read_prj(companions: &Companions) -> Option<Result<Crs, CrsError>> {
    let bytes = std::fs::read(companions.prj.as_ref()?).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}').trim_matches(['\0', ' ', '\r', '\n', '\t']);
    (!text.is_empty()).then(|| Crs::from_wkt(text))
}

/// The CRS: the person's choice, else what the .prj says, else a guess from the numbers.
fn find_crs(
    prj: Option<Result<Crs, CrsError>>,
    geometry: &GeometryColumn,
    options: &ReadOptions,
    problems: &mut Problems,
) -> Option<LayerCrs> {
    if let Some(chosen) = &options.crs {
        return Some(chosen.clone());
    }
    match prj {
        Some(Ok(crs)) => return Some(LayerCrs::new(crs, HowFound::Prj)),
        Some(Err(error)) => {
            let args = vec![("detail", Arg::Message(Box::new(error.message())))];
            problems.report("problem-shapefile-bad-prj", 1, args, None);
        }
        None => {}
    }
    guessed(geometry.xy(), problems)
}

/// Puts the table together; attributes that lack rows are filled with nulls.
fn finish(
    path: &Path,
    attributes: Attributes,
    geometry: Option<GeometryColumn>,
    crs: Option<LayerCrs>,
    problems: Problems,
) -> Result<Vec<Table>, FileError> {
    let rows = geometry.as_ref().map_or(attributes.rows, GeometryColumn::len);
    let missing = rows.saturating_sub(attributes.rows);
    let fill = |column: ArrayRef| {
        if missing == 0 {
            return Ok(column);
        }
        let nulls = new_null_array(column.data_type(), missing);
        concat(&[&column, &nulls])
    };
    // Both cannot happen but by a defect: rows are counted together, types are equal.
    let defect = |error: &dyn std::error::Error| {
        FileError::new(path, Message::new("error-io").text("detail", error.to_string()))
    };
    let columns = attributes.columns.into_iter().map(fill).collect::<Result<_, _>>();
    let columns: Vec<ArrayRef> = columns.map_err(|error| defect(&error))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let table = Table::new(name, rows, attributes.fields, columns, geometry);
    let mut table = table.map_err(|error| defect(&error))?;
    table.crs = crs;
    table.origin = Origin {
        path: path.to_owned(),
        format: FORMAT.id,
        encoding: attributes.encoding.map(str::to_owned),
        texts: attributes.texts,
        problems,
        ..Origin::default()
    };
    Ok(vec![table])
}

//! Writes shapefiles: .shp, .shx, .dbf, .prj and .cpg, each atomically.

use std::path::{Path, PathBuf};

use super::companions::Companions;
use super::write_plan::{FilePlan, Plan};
use super::{metadata, write_dbf, write_shp};
use crate::formats::{AtomicFile, FinishedFile, WriteOptions};
use crate::i18n::Message;
use crate::jobs::{Watch, in_parallel};
use crate::problem::{FileError, Problems};
use crate::table::{GeometryColumn, Table};

/// The format counts in 32 bits with sign.
const LARGEST: u64 = i32::MAX as u64;

/// What a shapefile would drop or change.
pub(super) fn changes(table: &Table, _options: &WriteOptions) -> Problems {
    Plan::of(table).problems
}

/// Writes a table: one shapefile for each geometry type, or a .dbf where there is no geometry.
pub(super) fn write(
    table: &Table,
    path: &Path,
    options: &WriteOptions,
    watch: &Watch,
) -> Result<Vec<PathBuf>, FileError> {
    let plan = Plan::of(table);
    check_fields(&plan, path)?;
    let mut pending = Pending::default();
    match &table.geometry {
        None => {
            let target = path.with_extension("dbf");
            if Companions::of(&target).shp.is_some() {
                let what = Message::new("shapefile-error-table-beside-shapes");
                let remedy = Message::new("shapefile-error-table-beside-shapes-remedy");
                return Err(FileError::new(path, what).remedy(remedy));
            }
            watch.set_total(table.rows() as u64);
            check_table_size(&plan, table.rows(), &target)?;
            pending.outputs.push(target.clone());
            pending.add_attributes(&plan, table, None, &target, watch)?;
        }
        Some(geometry) => {
            let rows: usize = plan.files.iter().map(|file| file.rows.len()).sum();
            watch.set_total(2 * rows as u64);
            for file in &plan.files {
                let target = target_of(path, file, plan.files.len() > 1);
                check_table_size(&plan, file.rows.len(), &target)?;
                pending.add_shapefile(&plan, file, table, geometry, &target, watch)?;
                if let Some(note) = &options.note {
                    pending
                        .add(&target.with_extension("shp.xml"), metadata::write(note).as_bytes())?;
                }
                pending.outputs.push(target);
            }
        }
    }
    pending.commit()
}

/// `x.shp`, or `x_lines.shp` where there are several.
fn target_of(path: &Path, file: &FilePlan, several: bool) -> PathBuf {
    if !several {
        return path.with_extension("shp");
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}{}.shp", file.suffix()))
}

fn check_fields(plan: &Plan, path: &Path) -> Result<(), FileError> {
    let remedy = Message::new("shapefile-error-fields-remedy");
    let count = |id, number: usize| Message::new(id).count("count", number as u64);
    if write_dbf::header_length(&plan.fields) > usize::from(u16::MAX) {
        let what = count("shapefile-error-too-many-fields", plan.fields.len());
        return Err(FileError::new(path, what).remedy(remedy));
    }
    let length = write_dbf::record_length(&plan.fields);
    if length > usize::from(u16::MAX) {
        let what = count("shapefile-error-record-too-long", length);
        return Err(FileError::new(path, what).remedy(remedy));
    }
    Ok(())
}

fn check_table_size(plan: &Plan, rows: usize, target: &Path) -> Result<(), FileError> {
    let record = write_dbf::record_length(&plan.fields) as u64;
    let header = write_dbf::header_length(&plan.fields) as u64;
    check_size("dbf", target, header + record * rows as u64 + 1)
}

fn check_size(extension: &str, target: &Path, size: u64) -> Result<(), FileError> {
    if size <= LARGEST {
        return Ok(());
    }
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let gigabytes = size as f64 / 1e9;
    let what = Message::new("shapefile-error-too-big")
        .text("file", format!(".{extension}"))
        .number("size", gigabytes, 1);
    let remedy = Message::new("shapefile-error-too-big-remedy");
    Err(FileError::new(target, what).remedy(remedy))
}

/// Files written but not yet in their places, and files that would no longer be true.
#[derive(Default)]
struct Pending {
    files: Vec<AtomicFile>,
    stale: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
}

impl Pending {
    fn add(&mut self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let mut file = AtomicFile::create(path)?;
        file.write_all(bytes)?;
        self.files.push(file);
        Ok(())
    }

    fn add_attributes(
        &mut self,
        plan: &Plan,
        table: &Table,
        rows: Option<&[usize]>,
        target: &Path,
        watch: &Watch,
    ) -> Result<(), FileError> {
        let mut dbf = AtomicFile::create(&target.with_extension("dbf"))?;
        write_dbf::write(table, &plan.fields, rows, &mut dbf, watch)?;
        self.files.push(dbf);
        self.add(&target.with_extension("cpg"), b"UTF-8")
    }

    fn add_shapefile(
        &mut self,
        plan: &Plan,
        file: &FilePlan,
        table: &Table,
        geometry: &GeometryColumn,
        target: &Path,
        watch: &Watch,
    ) -> Result<(), FileError> {
        let length = write_shp::body_length(file, geometry);
        check_size("shp", target, 100 + length)?;
        self.add_attributes(plan, table, Some(&file.rows), target, watch)?;
        match &table.crs {
            Some(found) => {
                let text = found.crs.to_esri_wkt();
                let text = text.map_err(|error| FileError::new(target, error.message()))?;
                self.add(&target.with_extension("prj"), text.as_bytes())?;
            }
            None => self.stale.push(target.with_extension("prj")),
        }
        let mut shx = AtomicFile::create(&target.with_extension("shx"))?;
        let mut shp = AtomicFile::create(target)?;
        write_shp::write(file, geometry, length, &mut shp, &mut shx, watch)?;
        self.files.extend([shx, shp]);
        // Indexes of the file whose place this one takes would lead programs astray.
        let indexes = ["sbn", "sbx", "qix", "idm", "ind"];
        self.stale.extend(indexes.iter().map(|extension| target.with_extension(extension)));
        Ok(())
    }

    /// Puts everything in place, the .shp last. All is on the disk before the first file is: what
    /// can fail for want of room fails before.
    fn commit(self) -> Result<Vec<PathBuf>, FileError> {
        let finished = in_parallel(self.files, AtomicFile::finish);
        let finished = finished.into_iter().collect::<Result<Vec<_>, FileError>>()?;
        for stale in self.stale.iter().filter(|stale| stale.exists()) {
            std::fs::remove_file(stale).map_err(|error| FileError::io(stale, &error))?;
        }
        finished.into_iter().try_for_each(FinishedFile::put_in_place)?;
        Ok(self.outputs)
    }
}

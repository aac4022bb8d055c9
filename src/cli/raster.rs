//! `belfort info` of images: what they are and where they lie.

use std::path::Path;

use serde::Serialize;

use super::arguments::shown;
use super::info::{crs_text, extent_text};
use super::json::{CrsEntry, ProblemEntry, problems};
use super::report::{Rows, problem_lines};
use crate::crs::{Crs, LayerCrs, Operation, describe};
use crate::i18n::{Language, Message, format_number, tr};
use crate::problem::FileError;
use crate::project::Backdrop;
use crate::raster::RasterFile;
use crate::table::Extent;

/// An image and what was found out about it.
pub(super) struct RasterInfo {
    name: String,
    project: Option<String>,
    file: RasterFile,
    /// The CRS chosen in a project, else the one found.
    crs: Option<LayerCrs>,
    operation: Option<Operation>,
    extent_wgs84: Option<Extent>,
}

/// Why an image is not read as a table.
pub(super) fn no_table(path: &Path) -> FileError {
    let error = FileError::new(path, Message::new("raster-error-no-table"));
    error.remedy(Message::new("raster-remedy-window"))
}

/// One image in `info --json`.
#[derive(Serialize)]
pub(super) struct RasterEntry {
    name: String,
    path: String,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    size: [u32; 2],
    bands: u16,
    bits: u16,
    compression: Option<String>,
    overviews: usize,
    nodata: Option<f64>,
    /// As GDAL has it: x of the corner, x a column, x a row, and the same of y.
    geotransform: [f64; 6],
    resolution: [f64; 2],
    crs: Option<CrsEntry>,
    extent_wgs84: Option<[f64; 4]>,
    extent: Option<[f64; 4]>,
    problems: Vec<ProblemEntry>,
}

impl RasterInfo {
    /// Why it is not read as a table; nothing for the image of a project, which has others too.
    pub(super) fn no_table(&self) -> Option<FileError> {
        self.project.is_none().then(|| no_table(&self.file.path))
    }

    /// Looks at an image, perhaps one of a project.
    pub(super) fn of(path: &Path, of: Option<(&str, &Backdrop)>) -> Result<RasterInfo, FileError> {
        let file = RasterFile::open(path)?;
        let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let chosen = match of {
            Some((_, backdrop)) => backdrop.chosen_crs(),
            None => Ok(None),
        };
        let chosen = chosen.map_err(|error| FileError::new(path, error.message()))?;
        let crs = chosen.or_else(|| file.crs.clone());
        let operation = crs.as_ref().and_then(|crs| describe(&crs.crs, &Crs::wgs84()).ok());
        Ok(RasterInfo {
            name: of.map_or(stem, |(_, backdrop)| backdrop.name.clone()),
            project: of.map(|(project, _)| project.to_owned()),
            extent_wgs84: crs.as_ref().and_then(|crs| file.extent_wgs84(crs)),
            operation,
            crs,
            file,
        })
    }

    pub(super) fn entry(&self, language: Language) -> RasterEntry {
        let (facts, affine) = (&self.file.facts, self.file.affine);
        RasterEntry {
            name: self.name.clone(),
            path: shown(self.file.path.as_os_str()),
            format: facts.format,
            project: self.project.clone(),
            size: facts.size,
            bands: facts.bands,
            bits: facts.bits,
            compression: facts.compression.clone(),
            overviews: facts.overviews,
            nodata: facts.nodata,
            geotransform: [
                affine.origin[0],
                affine.column[0],
                affine.row[0],
                affine.origin[1],
                affine.column[1],
                affine.row[1],
            ],
            resolution: self.file.resolution(),
            crs: self.crs.as_ref().map(|crs| CrsEntry::of(crs, self.operation.as_ref())),
            extent_wgs84: self.extent_wgs84.map(|extent| extent.as_array()),
            extent: self.file.extent().map(|extent| extent.as_array()),
            problems: problems(&self.file.problems, language),
        }
    }

    pub(super) fn text(&self, language: Language) -> String {
        let facts = &self.file.facts;
        let is_degrees = self.crs.as_ref().is_some_and(|crs| crs.crs.is_geographic());
        let mut rows = Rows::default();
        rows.add(tr(language, "cli-file"), shown(self.file.path.as_os_str()));
        let [width, height] = facts.size.map(u64::from);
        let size = Message::new("raster-size").count("width", width).count("height", height);
        rows.add(tr(language, "raster-size-label"), size.in_language(language));
        let bits = if facts.is_float { "raster-bits-float" } else { "raster-bits" };
        let samples = [
            facts.kind.clone(),
            Message::new("raster-bands").count("count", u64::from(facts.bands)),
            Message::new(bits).count("bits", u64::from(facts.bits)),
        ];
        let samples = samples.map(|message| message.in_language(language)).join(", ");
        rows.add(tr(language, "raster-samples-label"), samples);
        rows.add(
            tr(language, "raster-compression-label"),
            facts.compression.clone().unwrap_or_default(),
        );
        if facts.overviews > 0 {
            let overviews = Message::new("raster-overviews").count("count", facts.overviews as u64);
            rows.add(tr(language, "raster-overviews-label"), overviews.in_language(language));
        }
        if let Some(nodata) = facts.nodata {
            rows.add(tr(language, "raster-nodata-label"), format_number(language, nodata, 6));
        }
        rows.add(tr(language, "cli-crs"), crs_text(self.crs.as_ref(), language));
        if let Some(operation) = self.operation.as_ref().filter(|found| !found.name.is_empty()) {
            rows.add(tr(language, "cli-to-wgs84"), operation.message().in_language(language));
        }
        let decimals = if is_degrees { 8 } else { 3 };
        let [across, down] =
            self.file.resolution().map(|size| format_number(language, size, decimals));
        let unit = if is_degrees { "raster-pixel-degrees" } else { "raster-pixel" };
        let mut pixel =
            Message::new(unit).text("width", across).text("height", down).in_language(language);
        if self.file.affine.is_rotated() {
            pixel.push_str(&format!(", {}", tr(language, "raster-rotated")));
        }
        rows.add(tr(language, "raster-pixel-label"), pixel);
        rows.add(tr(language, "raster-place-label"), facts.place_from.clone().unwrap_or_default());
        let is_wgs84 = self.crs.as_ref().is_some_and(|crs| crs.crs == Crs::wgs84());
        if let Some(extent) = self.file.extent().filter(|_| !is_wgs84) {
            let decimals = if is_degrees { 6 } else { 2 };
            rows.add(tr(language, "cli-extent"), extent_text(extent, decimals, language));
        }
        if let Some(extent) = self.extent_wgs84 {
            rows.add(tr(language, "cli-extent-wgs84"), extent_text(extent, 6, language));
        }
        rows.add_lines(tr(language, "cli-problems"), problem_lines(&self.file.problems, language));
        format!("{} ({})\n{}", self.name, facts.format, rows.text(2))
    }
}

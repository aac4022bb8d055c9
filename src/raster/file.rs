//! An image and the files beside it, of which only the heads were read: what it is, where it is
//! and in which CRS.

use std::path::{Path, PathBuf};

use super::affine::Affine;
use super::beside::{beside, text_of};
use super::pam::{self, Pam};
use super::picture::Picture;
use super::samples::Look;
use super::tiff::{self, GeoCrs, Kind, Tiff, Where};
use super::{RasterKind, raster_kind, world_file};
use crate::crs::{Crs, HowFound, LayerCrs, guess};
use crate::i18n::{Arg, Message};
use crate::problem::{FileError, Problems};
use crate::table::Extent;

/// A .prj file is hardly longer than this.
const MOST_PRJ: u64 = 64 << 10;

/// What the pixels of an image come from.
#[derive(Debug)]
pub(super) enum Source {
    Tiff(Box<Tiff>),
    Picture(Picture),
}

/// An image with a place, of which no pixels were read yet.
#[derive(Debug)]
pub struct RasterFile {
    /// The file.
    pub path: PathBuf,
    /// What a person is told of it.
    pub facts: RasterFacts,
    /// Where its pixels are.
    pub affine: Affine,
    /// The CRS of that place and how it was found; none where nothing tells.
    pub crs: Option<LayerCrs>,
    /// What was found to be wrong or missing.
    pub problems: Problems,
    pub(super) source: Source,
    /// The value that stands for nothing.
    pub(super) nodata: Option<f64>,
}

/// What a person is told of an image.
#[derive(Clone, Debug, PartialEq)]
pub struct RasterFacts {
    /// `GeoTIFF`, `PNG` or `JPEG`.
    pub format: &'static str,
    /// Width and height, pixels.
    pub size: [u32; 2],
    /// Samples of a pixel.
    pub bands: u16,
    /// Bits of a sample.
    pub bits: u16,
    /// Whether samples are numbers with decimals.
    pub is_float: bool,
    /// What the samples are shown as.
    pub kind: Message,
    /// How the file is packed, where that is told.
    pub compression: Option<String>,
    /// How many smaller copies the file holds.
    pub overviews: usize,
    /// The value that stands for nothing.
    pub nodata: Option<f64>,
    /// Whose it is, as the file says.
    pub copyright: Option<String>,
    /// What said where it is: a file beside the image, by its name; none for the image itself.
    pub place_from: Option<String>,
}

impl RasterFile {
    /// Reads the heads of an image and of what lies beside it.
    ///
    /// # Errors
    /// When it is no image that can be shown, or nothing says where it is.
    pub fn open(path: &Path) -> Result<RasterFile, FileError> {
        let pam = pam::read_beside(path);
        let (pam_path, pam) = pam.map_or((None, Pam::default()), |(at, pam)| (Some(at), pam));
        let (source, facts, inside, crs_inside, mut problems) = match raster_kind(path)? {
            RasterKind::Tiff => tiff_parts(path, pam.nodata)?,
            RasterKind::Picture => picture_parts(path)?,
        };
        let (affine, from) = if let Some(affine) = pam.affine {
            (affine, pam_path.clone())
        } else if let Where::Here(affine) = inside {
            (affine, None)
        } else if let Some((at, affine)) = world_file::read_beside(path)? {
            (affine, Some(at))
        } else {
            return Err(nowhere(path, &inside));
        };
        let size = facts.size.map(f64::from);
        let crs = found_crs(path, &pam, &crs_inside, affine, size, &mut problems);
        let nodata = facts.nodata;
        let place_from = from.as_deref().and_then(Path::file_name);
        let place_from = place_from.map(|name| name.to_string_lossy().into_owned());
        let facts = RasterFacts { place_from, ..facts };
        Ok(RasterFile { path: path.to_owned(), facts, affine, crs, problems, source, nodata })
    }

    /// The width and height of a pixel in the units of the CRS.
    pub fn resolution(&self) -> [f64; 2] {
        self.affine.pixel()
    }

    /// The smallest rectangle around the image in its CRS.
    pub fn extent(&self) -> Option<Extent> {
        Extent::of_points(&corners(self.affine, self.facts.size.map(f64::from)))
    }

    /// The smallest rectangle around the image in WGS 84, degrees, where its numbers are those of
    /// a CRS; none where it has no place on Earth then.
    pub fn extent_wgs84(&self, crs: &LayerCrs) -> Option<Extent> {
        super::placed::lon_lat_extent(self.affine, self.facts.size, crs).ok()?
    }
}

/// Source, facts, place and CRS in the file, and problems.
type Parts = (Source, RasterFacts, Where, GeoCrs, Problems);

fn tiff_parts(path: &Path, pam_nodata: Option<f64>) -> Result<Parts, FileError> {
    let mut tiff = Tiff::open(path)?;
    let nodata = pam_nodata.or(tiff.nodata);
    let no_image = || FileError::new(path, Message::new("raster-error-not-tiff"));
    let image = tiff.image(0).ok_or_else(no_image)?;
    let look = Look::new(image, nodata);
    let facts = RasterFacts {
        format: "GeoTIFF",
        size: image.grid.size,
        bands: image.samples,
        bits: image.bits,
        is_float: image.kind == Kind::Float,
        kind: Message::new(look.word()),
        compression: Some(tiff::compression(image.compression)),
        overviews: tiff.levels.len().saturating_sub(1),
        nodata,
        copyright: tiff.copyright.take(),
        place_from: None,
    };
    let place = std::mem::replace(&mut tiff.place, Where::Nowhere);
    let crs = std::mem::replace(&mut tiff.crs, GeoCrs::Silent);
    let problems = std::mem::take(&mut tiff.problems);
    Ok((Source::Tiff(Box::new(tiff)), facts, place, crs, problems))
}

fn picture_parts(path: &Path) -> Result<Parts, FileError> {
    let picture = Picture::open(path)?;
    let kind = match picture.channels {
        1 => "raster-kind-grey",
        2 => "raster-kind-grey-alpha",
        3 => "raster-kind-colours",
        _ => "raster-kind-colours-alpha",
    };
    let facts = RasterFacts {
        format: picture.format_name(),
        size: picture.size,
        bands: u16::from(picture.channels),
        bits: u16::from(picture.bits),
        is_float: false,
        kind: Message::new(kind),
        compression: None,
        overviews: 0,
        nodata: None,
        copyright: None,
        place_from: None,
    };
    Ok((Source::Picture(picture), facts, Where::Nowhere, GeoCrs::Silent, Problems::new()))
}

/// Nothing says where an image is: which file could.
fn nowhere(path: &Path, inside: &Where) -> FileError {
    if let Where::Points(count) = inside {
        let what = Message::new("raster-error-points").count("count", *count);
        return FileError::new(path, what).remedy(Message::new("raster-remedy-warp"));
    }
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let names = world_file::extensions(&extension.unwrap_or_default());
    let names: Vec<String> = names.into_iter().map(|name| format!(".{name}")).collect();
    let remedy = Message::new("raster-remedy-place").text("names", names.join(", "));
    FileError::new(path, Message::new("raster-error-nowhere")).remedy(remedy)
}

fn corners(affine: Affine, [width, height]: [f64; 2]) -> [[f64; 2]; 4] {
    [[0.0, 0.0], [width, 0.0], [0.0, height], [width, height]].map(|corner| affine.apply(corner))
}

/// The CRS that says most surely what the numbers are: beside the image, in it, in a .prj file; a
/// guess from the numbers only where nothing is said at all.
fn found_crs(
    path: &Path,
    pam: &Pam,
    inside: &GeoCrs,
    affine: Affine,
    size: [f64; 2],
    problems: &mut Problems,
) -> Option<LayerCrs> {
    if let Some(text) = &pam.crs {
        let read = if text.contains('[') { Crs::from_wkt(text) } else { Crs::from_code(text) };
        match read {
            Ok(crs) => return Some(LayerCrs::new(crs, HowFound::File)),
            Err(error) => unreadable(problems, error.message()),
        }
    }
    if let GeoCrs::Known(crs) = inside {
        return Some(LayerCrs::new(crs.clone(), HowFound::File));
    }
    if let Some(prj) = beside(path, "prj") {
        let read = text_of(&prj, MOST_PRJ).map_err(|error| error.what);
        match read.and_then(|text| Crs::from_wkt(&text).map_err(|error| error.message())) {
            Ok(crs) => return Some(LayerCrs::new(crs, HowFound::Prj)),
            Err(what) => unreadable(problems, what),
        }
    }
    if let GeoCrs::Unknown(name) = inside {
        let args = vec![("name", Arg::Text(name.clone()))];
        problems.report("problem-raster-crs", 1, args, None);
        return None;
    }
    guess(&corners(affine, size))
}

fn unreadable(problems: &mut Problems, what: Message) {
    let args = vec![("what", Arg::Message(Box::new(what)))];
    problems.report("problem-raster-crs-text", 1, args, None);
}

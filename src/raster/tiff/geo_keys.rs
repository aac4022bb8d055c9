//! What a GeoTIFF says about its place and CRS.
//!
//! OGC 19-008r4, "OGC GeoTIFF Standard 1.1": the tags of annex B, the keys of section 7.

use super::directory::Directory;
use crate::crs::{Crs, CrsError};
use crate::problem::FileError;
use crate::raster::affine::Affine;
use crate::raster::bytes::Bytes;

/// The tags.
mod tag {
    pub const PIXEL_SCALE: u16 = 33_550;
    pub const TIE_POINTS: u16 = 33_922;
    pub const TRANSFORMATION: u16 = 34_264;
    pub const KEYS: u16 = 34_735;
    pub const TEXTS: u16 = 34_737;
}

/// The keys.
mod key {
    pub const MODEL: u16 = 1024;
    pub const RASTER: u16 = 1025;
    pub const CITATION: u16 = 1026;
    pub const GEODETIC: u16 = 2048;
    pub const GEODETIC_CITATION: u16 = 2049;
    pub const PROJECTED: u16 = 3072;
    pub const PROJECTED_CITATION: u16 = 3073;
}

/// A value that says: defined in the file itself.
const USER_DEFINED: u64 = 32_767;

/// The most numbers of keys, and bytes of their texts.
const MOST: usize = 16_384;

/// The most places that are known of an image.
const MOST_TIES: usize = 6 * 4096;

/// What a file says about its CRS.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::raster) enum GeoCrs {
    /// Nothing.
    Silent,
    /// This one.
    Known(Crs),
    /// One that is defined in the file with this name, or a code nobody knows.
    Unknown(String),
}

/// Where an image is.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::raster) enum Where {
    /// The file does not say.
    Nowhere,
    /// Here.
    Here(Affine),
    /// Only some places in it are known, and no plane fits them within half a pixel: so many.
    Points(u64),
}

/// Where an image is and in which CRS.
///
/// # Errors
/// When the file ends before its tags.
pub(in crate::raster) fn read(
    directory: &Directory,
    bytes: &Bytes,
) -> Result<(Where, GeoCrs), FileError> {
    let keys = Keys::read(directory, bytes)?;
    let mut place = place(directory, bytes)?;
    // The places of a raster of points are the middles of its pixels (section 7.1, RasterPixelIsPoint).
    if keys.number(key::RASTER) == Some(2)
        && let Where::Here(affine) = &mut place
    {
        *affine = affine.from_middle();
    }
    Ok((place, keys.crs()))
}

fn place(directory: &Directory, bytes: &Bytes) -> Result<Where, FileError> {
    let matrix = directory.doubles(bytes, tag::TRANSFORMATION, 16)?;
    if let [a, b, _, c, d, e, _, f, ..] = *matrix.as_slice()
        && let Some(affine) = (Affine { origin: [c, f], column: [a, d], row: [b, e] }).checked()
    {
        return Ok(Where::Here(affine));
    }
    let ties = directory.doubles(bytes, tag::TIE_POINTS, MOST_TIES)?;
    let scale = directory.doubles(bytes, tag::PIXEL_SCALE, 3)?;
    if let ([i, j, _, x, y, ..], [across, down, ..]) = (ties.as_slice(), scale.as_slice()) {
        let affine = Affine {
            origin: [x - i * across, y + j * down],
            column: [*across, 0.0],
            row: [0.0, -down],
        };
        return Ok(affine.checked().map_or(Where::Nowhere, Where::Here));
    }
    let ties = ties.as_chunks::<6>().0;
    let ties: Vec<([f64; 2], [f64; 2])> =
        ties.iter().map(|[i, j, _, x, y, _]| ([*i, *j], [*x, *y])).collect();
    if ties.is_empty() {
        return Ok(Where::Nowhere);
    }
    let fitted = fit(&ties).and_then(Affine::checked).filter(|affine| {
        let [width, height] = affine.pixel();
        let limit = width.max(height) / 2.0;
        ties.iter().all(|(pixel, [x, y])| {
            let found = affine.apply(*pixel);
            (found[0] - x).hypot(found[1] - y) <= limit
        })
    });
    Ok(fitted.map_or(Where::Points(ties.len() as u64), Where::Here))
}

/// The plane nearest to places of an image, by least squares; none where they lie on one line.
fn fit(ties: &[([f64; 2], [f64; 2])]) -> Option<Affine> {
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let count = ties.len() as f64;
    let mean = |part: fn(&([f64; 2], [f64; 2])) -> f64| ties.iter().map(part).sum::<f64>() / count;
    let middle = [mean(|tie| tie.0[0]), mean(|tie| tie.0[1])];
    let target = [mean(|tie| tie.1[0]), mean(|tie| tie.1[1])];
    let (mut uu, mut uv, mut vv) = (0.0, 0.0, 0.0);
    let mut sums = [[0.0; 2]; 2];
    for (pixel, place) in ties {
        let [u, v] = [pixel[0] - middle[0], pixel[1] - middle[1]];
        uu += u * u;
        uv += u * v;
        vv += v * v;
        for ([su, sv], (at, mean)) in sums.iter_mut().zip(place.iter().zip(&target)) {
            *su += u * (at - mean);
            *sv += v * (at - mean);
        }
    }
    let determinant = uu * vv - uv * uv;
    if determinant.abs() <= 1e-9 * uu * vv {
        return None;
    }
    let solved =
        sums.map(|[su, sv]| [(su * vv - sv * uv) / determinant, (sv * uu - su * uv) / determinant]);
    let [[x_column, x_row], [y_column, y_row]] = solved;
    let affine = Affine { origin: [0.0; 2], column: [x_column, y_column], row: [x_row, y_row] };
    let moved = affine.apply(middle);
    Some(Affine { origin: [target[0] - moved[0], target[1] - moved[1]], ..affine })
}

/// The keys of a file.
#[derive(Default)]
struct Keys {
    /// Key, place of its value (0: the value itself), count, value or index.
    entries: Vec<[u64; 4]>,
    texts: String,
}

impl Keys {
    fn read(directory: &Directory, bytes: &Bytes) -> Result<Keys, FileError> {
        let numbers = directory.numbers(bytes, tag::KEYS, MOST)?;
        let count = numbers.get(3).copied().unwrap_or(0);
        let entries = numbers.get(4..).unwrap_or_default().as_chunks::<4>().0;
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(entries.len());
        Ok(Keys {
            entries: entries.get(..count).unwrap_or_default().to_vec(),
            texts: directory.text(bytes, tag::TEXTS, MOST)?.unwrap_or_default(),
        })
    }

    fn entry(&self, key: u16) -> Option<&[u64; 4]> {
        self.entries.iter().find(|[found, ..]| *found == u64::from(key))
    }

    fn number(&self, key: u16) -> Option<u64> {
        self.entry(key).filter(|[_, place, ..]| *place == 0).map(|[.., value]| *value)
    }

    /// Texts end with a bar (section 7.1.4 of the standard's predecessor).
    fn text(&self, key: u16) -> Option<&str> {
        let [_, place, count, index] = self.entry(key)?;
        if *place != u64::from(tag::TEXTS) {
            return None;
        }
        let begin = usize::try_from(*index).ok()?;
        let end = begin.checked_add(usize::try_from(*count).ok()?)?.min(self.texts.len());
        let text = self.texts.get(begin..end)?.trim_matches(['|', '\0', ' ']);
        Some(text).filter(|text| !text.is_empty())
    }

    fn crs(&self) -> GeoCrs {
        if self.entries.is_empty() {
            return GeoCrs::Silent;
        }
        let projected = self.number(key::PROJECTED).filter(|code| *code != 0);
        let geodetic = self.number(key::GEODETIC).filter(|code| *code != 0);
        // 1 projected, 2 longitude and latitude.
        let is_projected = match self.number(key::MODEL) {
            Some(1) => true,
            Some(2) => false,
            _ => projected.is_some(),
        };
        let code = if is_projected { projected } else { geodetic };
        if let Some(code) = code.filter(|code| *code != USER_DEFINED) {
            let name = format!("EPSG:{code}");
            return match Crs::from_code(&name) {
                Ok(crs) => GeoCrs::Known(crs),
                Err(_) => GeoCrs::Unknown(name),
            };
        }
        let citations = [key::PROJECTED_CITATION, key::CITATION, key::GEODETIC_CITATION];
        let citations = citations.into_iter().filter_map(|key| self.text(key));
        // Esri's programs write the whole definition where others have a name.
        for text in citations.clone() {
            if let Some(Ok(crs)) = esri_definition(text) {
                return GeoCrs::Known(crs);
            }
        }
        let mut names = citations.filter(|_| is_projected || code.is_some());
        match names.next() {
            Some(name) => GeoCrs::Unknown(name.to_owned()),
            None if code.is_some() => GeoCrs::Unknown("?".to_owned()),
            None => GeoCrs::Silent,
        }
    }
}

fn esri_definition(text: &str) -> Option<Result<Crs, CrsError>> {
    let (_, definition) = text.split_once("ESRI PE String = ")?;
    Some(Crs::from_wkt(definition.split('|').next().unwrap_or(definition)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_through_known_places() {
        let affine = Affine { origin: [1e5, 2e5], column: [0.25, 0.02], row: [0.02, -0.25] };
        let pixels = [[0.0, 0.0], [1000.0, 0.0], [0.0, 800.0], [1000.0, 800.0]];
        let ties: Vec<_> = pixels.map(|pixel| (pixel, affine.apply(pixel))).to_vec();
        let found = fit(&ties).unwrap();
        let [x, y] = found.apply([333.0, 444.0]);
        let expected = affine.apply([333.0, 444.0]);
        assert!((x - expected[0]).abs() < 1e-6 && (y - expected[1]).abs() < 1e-6, "{found:?}");
        let line: Vec<_> = ties.iter().take(2).copied().collect();
        assert_eq!(fit(&line), None);
    }

    fn keys(entries: &[[u64; 4]], texts: &str) -> GeoCrs {
        Keys { entries: entries.to_vec(), texts: texts.to_owned() }.crs()
    }

    #[test]
    fn codes_citations_and_definitions() {
        let code = |crs: GeoCrs| match crs {
            GeoCrs::Known(crs) => crs.code.unwrap_or_default(),
            GeoCrs::Unknown(name) => format!("? {name}"),
            GeoCrs::Silent => String::new(),
        };
        assert_eq!(code(keys(&[[1024, 0, 1, 1], [3072, 0, 1, 31370]], "")), "EPSG:31370");
        assert_eq!(code(keys(&[[1024, 0, 1, 2], [2048, 0, 1, 4258]], "")), "EPSG:4258");
        assert_eq!(code(keys(&[[1024, 0, 1, 1], [3072, 0, 1, 29999]], "")), "? EPSG:29999");
        let user = [[1024, 0, 1, 1], [1026, 34737, 9, 0], [3072, 0, 1, 32767]];
        assert_eq!(code(keys(&user, "Stadsnet|")), "? Stadsnet");
        let wkt = Crs::lambert72().to_esri_wkt().unwrap();
        let text = format!("ESRI PE String = {wkt}|");
        let user = [[1024, 0, 1, 1], [3072, 0, 1, 32767], [3073, 34737, text.len() as u64, 0]];
        assert_eq!(code(keys(&user, &text)), "EPSG:31370");
        // A pointer beyond the texts is no reason to fail.
        assert_eq!(code(keys(&[[1026, 34737, u64::MAX, 7], [3072, 0, 1, 32767]], "x")), "? ?");
        assert_eq!(code(keys(&[], "")), "");
        assert_eq!(code(keys(&[[1025, 0, 1, 1]], "")), "");
    }
}

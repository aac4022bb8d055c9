//! What GDAL, QGIS and ArcGIS keep beside an image: `photo.png.aux.xml`.
//!
//! Read are the CRS (`SRS` of GDAL, `SpatialReference` of Esri), the place (`GeoTransform`) and the
//! value of the first band that stands for nothing (GDAL, "Persistent Auxiliary Metadata").

use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::affine::Affine;
use super::beside::{behind, beside, text_of};

/// More than this of a file is not read: statistics may fill the rest.
const MOST: u64 = 4 << 20;

/// How deep elements are looked into.
const DEEPEST: usize = 64;

/// What such a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pam {
    /// The CRS, as WKT or a code.
    pub crs: Option<String>,
    pub affine: Option<Affine>,
    pub nodata: Option<f64>,
}

/// The file beside an image, if it has one, and what it says. One that cannot be read says nothing.
pub(super) fn read_beside(image: &Path) -> Option<(PathBuf, Pam)> {
    let path = behind(image, ".aux.xml").or_else(|| beside(image, "aux.xml"))?;
    let text = text_of(&path, MOST).ok()?;
    Some((path, parse(&text)))
}

fn parse(text: &str) -> Pam {
    let mut pam = Pam::default();
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    let mut inside = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if open.len() < DEEPEST => {
                inside.clear();
                open.push(start.local_name().as_ref().to_owned());
            }
            Ok(Event::Text(text)) => inside.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) => inside.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) => {
                if let Ok(Some(letter)) = name.resolve_char_ref() {
                    inside.push(letter);
                } else if let Some(text) =
                    quick_xml::escape::resolve_predefined_entity(&name.xml10_content())
                {
                    inside.push_str(text);
                }
            }
            Ok(Event::End(_)) => {
                pam.take(&open, inside.trim());
                inside.clear();
                if open.pop().is_none() {
                    return pam;
                }
            }
            // What was read of a broken file counts.
            Ok(Event::Start(_) | Event::Eof) | Err(_) => return pam,
            Ok(_) => {}
        }
    }
}

impl Pam {
    fn take(&mut self, open: &[String], text: &str) {
        let names: Vec<&str> = open.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["PAMDataset", "SRS"] | [.., "SpatialReference", "WKT"] if !text.is_empty() => {
                self.crs.get_or_insert_with(|| text.to_owned());
            }
            ["PAMDataset", "GeoTransform"] => self.affine = geotransform(text),
            ["PAMDataset", "PAMRasterBand", "NoDataValue"] => {
                self.nodata = self.nodata.or_else(|| text.parse().ok());
            }
            _ => {}
        }
    }
}

/// Six numbers: x of the corner, x a column, x a row, and the same of y.
fn geotransform(text: &str) -> Option<Affine> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    let [x, x_column, x_row, y, y_column, y_row] = <[f64; 6]>::try_from(numbers?).ok()?;
    Affine { origin: [x, y], column: [x_column, y_column], row: [x_row, y_row] }.checked()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by GDAL 3.6 (`gdal_translate -of PNG`), shortened.
    const OF_GDAL: &str = r#"<PAMDataset>
  <SRS dataAxisToSRSAxisMapping="1,2">PROJCS[&quot;Belge 1972 / Belgian Lambert 72&quot;,AUTHORITY[&#34;EPSG&#34;,&quot;31370&quot;]]</SRS>
  <GeoTransform>  1.0470000000000000e+05,  2.5000000000000000e-01,  0.0,  1.938e+05,  0.0, -2.5e-01</GeoTransform>
  <PAMRasterBand band="1"><NoDataValue>2.55E+02</NoDataValue>
    <Metadata><MDI key="STATISTICS_MAXIMUM">254</MDI></Metadata></PAMRasterBand>
</PAMDataset>"#;

    #[test]
    #[expect(clippy::float_cmp, reason = "the very same numbers")]
    fn what_gdal_writes_is_read() {
        let pam = parse(OF_GDAL);
        let crs = pam.crs.as_deref().unwrap();
        assert!(
            crs.starts_with("PROJCS[\"Belge") && crs.ends_with("\"EPSG\",\"31370\"]]"),
            "{crs}"
        );
        let affine = pam.affine.unwrap();
        assert_eq!(affine.apply([4.0, 4.0]), [104_701.0, 193_799.0]);
        assert_eq!(pam.nodata, Some(255.0));
        // Cut anywhere, what is there counts.
        for end in (0..OF_GDAL.len()).filter(|end| OF_GDAL.is_char_boundary(*end)) {
            parse(&OF_GDAL[..end]);
        }
    }

    #[test]
    fn what_arcgis_writes_is_read() {
        let text = r"<PAMDataset><GeodataXform><SpatialReference><WKT>GEOGCS[]</WKT></SpatialReference></GeodataXform></PAMDataset>";
        assert_eq!(parse(text).crs.as_deref(), Some("GEOGCS[]"));
        assert_eq!(
            parse("<PAMDataset><GeoTransform>1,2,x</GeoTransform></PAMDataset>").affine,
            None
        );
        assert_eq!(parse(&"<a>".repeat(1000)), Pam::default());
    }
}

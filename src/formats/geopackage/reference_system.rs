//! Which coordinate reference system the number of one means in this file.

use rusqlite::types::Value;

use super::database::Database;
use super::listing::{self, number, text};
use crate::crs::{self, Crs, HowFound, LayerCrs};
use crate::i18n::Arg;
use crate::problem::{FileError, Problems};

/// What a file says about the numbers of a layer.
pub(super) enum Stated {
    Known(Crs),
    /// Nothing, but whether they are degrees: -1 and 0 of GeoPackage.
    Undefined {
        is_geographic: Option<bool>,
    },
}

/// The system that a number stands for: by the code of an organisation, or else by its definition.
///
/// # Errors
/// When the list of systems cannot be read.
pub(super) fn stated(
    database: &Database,
    srs: Option<i64>,
    problems: &mut Problems,
) -> Result<Stated, FileError> {
    match srs {
        Some(0) => return Ok(Stated::Undefined { is_geographic: Some(true) }),
        Some(-1) => return Ok(Stated::Undefined { is_geographic: Some(false) }),
        _ => {}
    }
    let wanted = [
        "srs_id",
        "srs_name",
        "organization",
        "organization_coordsys_id",
        "definition_12_063",
        "definition",
    ];
    let rows = listing::rows(&database.connection, "gpkg_spatial_ref_sys", wanted);
    let rows = rows.map_err(|error| database.error(&error))?;
    let row = rows.iter().find(|[id, ..]| srs.is_some() && number(id) == srs);
    let Some([_, name, organization, code, newer, older]) = row else {
        if let Some(srs) = srs {
            let args = vec![("number", Arg::Text(srs.to_string()))];
            problems.report("problem-geopackage-srs-missing", 1, args, None);
        }
        return Ok(Stated::Undefined { is_geographic: None });
    };
    // GDAL gives it a number of its own when even that is not known.
    if text(name).is_some_and(|name| name.to_ascii_lowercase().starts_with("undefined")) {
        return Ok(Stated::Undefined { is_geographic: None });
    }
    if let Some(crs) = registered(organization, code) {
        return Ok(Stated::Known(crs));
    }
    let mut not_understood = None;
    for definition in [newer, older] {
        let Some(definition) = text(definition).filter(|text| *text != "undefined") else {
            continue;
        };
        match Crs::from_wkt(definition) {
            Ok(crs) => return Ok(Stated::Known(crs)),
            Err(_) => not_understood = Some(definition.to_owned()),
        }
    }
    if let Some(text) = not_understood {
        let args = vec![("text", Arg::Text(text))];
        problems.report("problem-crs-not-understood", 1, args, None);
    }
    Ok(Stated::Undefined { is_geographic: None })
}

/// The system of a code, if the register has it.
fn registered(organization: &Value, code: &Value) -> Option<Crs> {
    let organization = text(organization)?.trim();
    let code = number(code).filter(|code| *code > 0)?;
    if organization.eq_ignore_ascii_case("NONE") {
        return None;
    }
    Crs::from_code(&format!("{organization}:{code}")).ok()
}

/// The CRS of a layer: as stated, or else a guess from its coordinates that does not contradict
/// the little that was stated.
pub(super) fn of_layer(
    stated: Stated,
    xy: &[[f64; 2]],
    problems: &mut Problems,
) -> Option<LayerCrs> {
    let is_geographic = match stated {
        Stated::Known(crs) => return Some(LayerCrs::new(crs, HowFound::File)),
        Stated::Undefined { is_geographic } => is_geographic,
    };
    let fits = |found: &LayerCrs| is_geographic.is_none_or(|is| is == found.crs.is_geographic());
    let guessed = crs::guess(xy).filter(fits);
    match &guessed {
        Some(found) => {
            let args = vec![("crs", Arg::Text(found.crs.label()))];
            problems.report("problem-crs-guessed", 1, args, None);
        }
        None => problems.add("problem-crs-unknown", 1),
    }
    guessed
}

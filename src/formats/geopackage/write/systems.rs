//! The coordinate reference systems of a file, numbered as GeoPackage numbers them.

use rusqlite::{Connection, params};

use crate::crs::{Crs, LayerCrs};

/// The number of the undefined system of a plane.
const UNDEFINED: i32 = -1;

/// Systems without a number in the EPSG register get numbers from here on, as GDAL gives them.
const OWN: i32 = 100_000;

const NO_DEFINITION: &str = "undefined";

/// A row of `gpkg_spatial_ref_sys`.
struct System {
    number: i32,
    name: String,
    organization: String,
    code: i32,
    /// In the OGC's first form; none for systems newer than that.
    older: Option<String>,
    /// In ISO's form.
    newer: Option<String>,
    /// What it was made from; none for those that every file has.
    crs: Option<Crs>,
}

/// All systems of a file.
pub(super) struct Systems(Vec<System>);

impl Systems {
    /// Those that every file must have (requirement 11).
    pub(super) fn new() -> Systems {
        let undefined = |number, name: &str| System {
            number,
            name: name.to_owned(),
            organization: "NONE".to_owned(),
            code: number,
            older: None,
            newer: None,
            crs: None,
        };
        let mut systems = Systems(vec![
            undefined(UNDEFINED, "Undefined Cartesian SRS"),
            undefined(0, "Undefined geographic SRS"),
        ]);
        systems.number_of(Some(&Crs::wgs84()));
        systems
    }

    /// The number of a layer's system.
    pub(super) fn of_layer(&mut self, crs: Option<&LayerCrs>) -> i32 {
        self.number_of(crs.map(|layer| &layer.crs))
    }

    fn number_of(&mut self, crs: Option<&Crs>) -> i32 {
        let Some(crs) = crs else { return UNDEFINED };
        let is_known = |system: &&System| system.crs.as_ref().is_some_and(|k| k.same_as(crs));
        if let Some(system) = self.0.iter().find(is_known) {
            return system.number;
        }
        let code = crs.code.as_deref().and_then(|code| code.split_once(':'));
        let code = code.and_then(|(organization, code)| Some((organization, code.parse().ok()?)));
        let number = if let Some(("EPSG", number)) = code {
            number
        } else {
            let used = self.0.iter().map(|system| system.number);
            used.filter(|number| *number >= OWN).max().map_or(OWN, |last| last + 1)
        };
        let (organization, code) = code.unwrap_or(("NONE", number));
        self.0.push(System {
            number,
            name: crs.name.clone(),
            organization: organization.to_owned(),
            code,
            older: crs.to_ogc_wkt().ok(),
            newer: crs.to_iso_wkt().ok(),
            crs: Some(crs.clone()),
        });
        number
    }

    /// Whether a system has no definition in the older form, so that the newer is needed.
    pub(super) fn need_newer(&self) -> bool {
        self.0.iter().any(|system| system.older.is_none() && system.newer.is_some())
    }

    /// Writes the rows into the table made for them.
    pub(super) fn write(&self, connection: &Connection) -> Result<(), rusqlite::Error> {
        let has_newer = self.need_newer();
        let newer = if has_newer { ", definition_12_063" } else { "" };
        let value = if has_newer { ", ?6" } else { "" };
        let sql = format!(
            "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, \
             organization_coordsys_id, definition{newer}) VALUES (?1, ?2, ?3, ?4, ?5{value})"
        );
        let mut statement = connection.prepare(&sql)?;
        for system in &self.0 {
            let System { number, name, organization, code, .. } = system;
            let older = system.older.as_deref().unwrap_or(NO_DEFINITION);
            let newer = system.newer.as_deref().unwrap_or(NO_DEFINITION);
            let common = params![name, number, organization, code, older];
            let all = params![name, number, organization, code, older, newer];
            statement.execute(if has_newer { all } else { common })?;
        }
        Ok(())
    }
}

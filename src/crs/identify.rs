//! Reading and writing the names of a CRS: codes, URNs and WKT.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::proj::{Kind, Object};
use super::{Crs, CrsError};

/// Systems that files about Belgium come in, looked at when PROJ cannot put a name to a text.
const BELGIAN: [&str; 8] = ["31370", "3812", "4326", "4258", "25831", "32631", "4313", "3447"];

/// Two definitions whose positions differ by no more than this are one system, metres. Programs
/// round the parameters of Lambert 72 differently: by 0.5 mm.
const SAME_METRES: f64 = 0.005;

/// As [`SAME_METRES`], for degrees.
const SAME_DEGREES: f64 = 5e-8;

impl Crs {
    /// Looks up an authority code (`EPSG:31370`, `31370`, `urn:ogc:def:crs:EPSG::31370`,
    /// `urn:ogc:def:crs:OGC:1.3:CRS84`, `http://www.opengis.net/def/crs/EPSG/0/31370`) in PROJ's
    /// register.
    ///
    /// # Errors
    /// When PROJ does not know the code.
    pub fn from_code(code: &str) -> Result<Crs, CrsError> {
        let unknown = || CrsError::UnknownCode { code: code.trim().to_owned() };
        let (authority, number) = split_code(code).ok_or_else(unknown)?;
        match (authority.as_str(), number.as_str()) {
            ("OGC" | "CRS", "CRS84" | "84") | ("EPSG", "4326") => return Ok(Crs::wgs84()),
            // What web maps were called before the register knew them.
            ("EPSG", "3857" | "900913") | ("ESRI", "102100" | "102113") => {
                return Ok(Crs::web_mercator());
            }
            ("EPSG", "31370") => return Ok(Crs::lambert72()),
            ("EPSG", "3812") => return Ok(Crs::lambert2008()),
            _ => {}
        }
        let object = Object::from_register(&authority, &number).ok_or_else(unknown)?;
        Ok(registered(&authority, &number, &object))
    }

    /// Reads WKT, ESRI's form or OGC's, and recognises the register's code where it can.
    ///
    /// # Errors
    /// When PROJ cannot read the text.
    pub fn from_wkt(wkt: &str) -> Result<Crs, CrsError> {
        let text = wkt.trim_start_matches('\u{feff}').trim_matches(['\0', ' ', '\r', '\n', '\t']);
        let object = Object::from_wkt(text).map_err(|detail| CrsError::BadWkt { detail })?;
        recognised(object, |_| Some(text.to_owned()))
    }

    /// Reads PROJJSON, and recognises the register's code where it can.
    ///
    /// # Errors
    /// When PROJ cannot read the text, or it is no CRS.
    pub fn from_projjson(json: &str) -> Result<Crs, CrsError> {
        let object = Object::from_projjson(json).map_err(|detail| CrsError::BadWkt { detail })?;
        recognised(object, Object::iso_wkt)
    }

    /// WKT of ISO 19162:2019, which tells all there is to tell.
    ///
    /// # Errors
    /// When PROJ does not know the system.
    pub fn to_iso_wkt(&self) -> Result<String, CrsError> {
        self.object()?.iso_wkt().ok_or_else(|| CrsError::BadWkt { detail: self.label() })
    }

    /// PROJJSON (<https://proj.org/specifications/projjson.html>), on one line.
    ///
    /// # Errors
    /// When PROJ does not know the system.
    pub fn to_projjson(&self) -> Result<String, CrsError> {
        self.object()?.projjson().ok_or_else(|| CrsError::BadWkt { detail: self.label() })
    }

    /// West, south, east and north of the area the system is made for (its area of use in the
    /// register), degrees; west is greater than east where it lies across the antimeridian. None
    /// where that is not known.
    pub fn area_of_use(&self) -> Option<[f64; 4]> {
        self.object().ok()?.area_of_use()
    }

    /// The text of a .prj file, in the WKT of ESRI.
    ///
    /// # Errors
    /// When PROJ does not know the system or cannot write it in that form.
    pub fn to_esri_wkt(&self) -> Result<String, CrsError> {
        self.object()?.esri_wkt().ok_or_else(|| CrsError::BadWkt { detail: self.label() })
    }

    /// WKT in the OGC's first form (01-009), which GeoPackage keeps.
    ///
    /// # Errors
    /// When PROJ does not know the system or cannot write it in that form, which is older than
    /// some systems.
    pub fn to_ogc_wkt(&self) -> Result<String, CrsError> {
        self.object()?.ogc_wkt().ok_or_else(|| CrsError::BadWkt { detail: self.label() })
    }

    /// The URN for the `crs` member of GeoJSON (2008): `urn:ogc:def:crs:EPSG::31370`, and for
    /// WGS 84 `urn:ogc:def:crs:OGC:1.3:CRS84`, which has longitude first as GeoJSON has. None
    /// without a code.
    pub fn to_urn(&self) -> Option<String> {
        let (authority, number) = self.code.as_deref()?.split_once(':')?;
        Some(if (authority, number) == ("EPSG", "4326") {
            "urn:ogc:def:crs:OGC:1.3:CRS84".to_owned()
        } else {
            format!("urn:ogc:def:crs:{authority}::{number}")
        })
    }

    /// Whether coordinates are degrees of longitude and latitude.
    pub fn is_geographic(&self) -> bool {
        static KNOWN: LazyLock<Mutex<HashMap<Arc<str>, bool>>> = LazyLock::new(Mutex::default);
        match self.code.as_deref() {
            Some("EPSG:4326") => return true,
            Some("EPSG:31370" | "EPSG:3812" | "EPSG:3857") => return false,
            _ => {}
        }
        // The lock guards a map that is whole at every moment, so poison does not matter.
        let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(&self.definition) {
            return *known;
        }
        let found = self.object().is_ok_and(|object| object.kind() == Kind::Geographic);
        known().insert(Arc::clone(&self.definition), found);
        found
    }

    /// Whether the definition names the north before the east, as EPSG:4326 does (latitude first).
    /// The numbers of a table are never in that order; those on a wire may be.
    pub fn is_north_first(&self) -> bool {
        match self.code.as_deref() {
            Some("EPSG:4326" | "EPSG:4258") => return true,
            Some("EPSG:31370" | "EPSG:3812" | "EPSG:3857") => return false,
            _ => {}
        }
        let axis = self.object().ok().and_then(|object| object.first_axis());
        axis.is_some_and(|axis| axis.eq_ignore_ascii_case("north"))
    }

    /// Whether numbers that go with this system, named so, have the north first: the short notation
    /// (`EPSG:4326`) and that of GML 2 (`http://www.opengis.net/gml/srs/epsg.xml#4326`) have the
    /// east first with every server there is, the long ones (`urn:ogc:def:crs:EPSG::4326`,
    /// `http://www.opengis.net/def/crs/EPSG/0/4326`) what the register says.
    pub fn is_north_first_as(&self, name: &str) -> bool {
        let lower = name.trim().to_ascii_lowercase();
        let is_long = lower.starts_with("urn:") || lower.contains("/def/crs/");
        is_long && !lower.contains("crs84") && self.is_north_first()
    }

    /// Systems worth offering for data about Belgian cities, the likeliest first.
    pub fn offered() -> Vec<Crs> {
        let mut offered =
            vec![Crs::wgs84(), Crs::lambert72(), Crs::lambert2008(), Crs::web_mercator()];
        let others = ["EPSG:4258", "EPSG:25831", "EPSG:32631"];
        offered.extend(others.into_iter().filter_map(|code| Crs::from_code(code).ok()));
        offered
    }

    /// PROJ's object, without heights and bound transformations.
    pub(super) fn object(&self) -> Result<Object, CrsError> {
        let object = match split_code(&self.definition) {
            Some((authority, number)) => Object::from_register(&authority, &number)
                .ok_or_else(|| CrsError::UnknownCode { code: self.definition.to_string() }),
            None => {
                Object::from_wkt(&self.definition).map_err(|detail| CrsError::BadWkt { detail })
            }
        };
        object.map(Object::bare)
    }
}

/// The CRS that an object is: by its code where the register has it, else by its definition.
fn recognised(
    object: Object,
    definition: impl Fn(&Object) -> Option<String>,
) -> Result<Crs, CrsError> {
    let object = object.bare();
    if !matches!(object.kind(), Kind::Geographic | Kind::Projected | Kind::OtherCrs) {
        return Err(CrsError::BadWkt { detail: object.name() });
    }
    let unnamed = || {
        let text = definition(&object)?;
        Some(Crs { definition: text.into(), code: None, name: object.name() })
    };
    let found = identify(&object).or_else(unnamed);
    found.ok_or_else(|| CrsError::BadWkt { detail: object.name() })
}

/// The CRS of WKT text, if it is in the register.
pub fn identify_wkt(wkt: &str) -> Option<Crs> {
    Crs::from_wkt(wkt).ok().filter(|crs| crs.code.is_some())
}

fn registered(authority: &str, number: &str, object: &Object) -> Crs {
    let code = format!("{authority}:{number}");
    Crs { definition: code.as_str().into(), code: Some(code), name: object.name() }
}

/// Authority and number of a code in any notation; none when it is none.
fn split_code(code: &str) -> Option<(String, String)> {
    let code = code.trim();
    let lower = code.to_ascii_lowercase();
    let (authority, number) = if lower.starts_with("urn:") {
        // urn:ogc:def:crs:AUTHORITY:VERSION:CODE, the version mostly empty; `urn:x-ogc:…` too.
        // Of urn:ogc:def:crs,crs:A:V:C,crs:A:V:C the first, the second being for heights.
        let (list, before) = match code.split(',').nth(1) {
            Some(first) => (first, 0),
            None => (code, 3),
        };
        let mut parts = list.split(':').skip(before);
        let is_crs = parts.next()?.eq_ignore_ascii_case("crs");
        (is_crs.then(|| parts.next())??, parts.last()?)
    } else if lower.starts_with("http://") || lower.starts_with("https://") {
        // …/def/crs/AUTHORITY/VERSION/CODE, or the older …/gml/srs/epsg.xml#CODE.
        if let Some((_, number)) = lower.split_once("epsg.xml#") {
            ("EPSG", code.get(code.len() - number.len()..)?)
        } else {
            let at = lower.find("/def/crs/")?;
            let mut parts = code.get(at + "/def/crs/".len()..)?.trim_end_matches('/').split('/');
            (parts.next()?, parts.next_back()?)
        }
    } else if let Some((authority, number)) = code.split_once(':') {
        (authority, number)
    } else if code.eq_ignore_ascii_case("CRS84") {
        ("OGC", code)
    } else {
        ("EPSG", code)
    };
    // EPSG:31370+5710: the second is for heights.
    let number = number.split('+').next().unwrap_or(number);
    let plain = |text: &str| {
        !text.is_empty()
            && text.len() <= 32
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let is_number = number.chars().all(|c| c.is_ascii_digit());
    let fits = authority != "EPSG" || is_number;
    (plain(authority) && plain(number) && fits)
        .then(|| (authority.to_ascii_uppercase(), number.to_ascii_uppercase()))
}

/// The register's entry for a CRS read from text.
fn identify(object: &Object) -> Option<Crs> {
    if let Some((authority, number)) = object.id() {
        // A text may claim a code and define something else; then it is not believed.
        let claimed = Object::from_register(&authority, &number);
        if let Some(claimed) = claimed.filter(|claimed| same_system(object, claimed)) {
            return Some(entry(&authority, &number, &claimed));
        }
    }
    let found = object.identify();
    let numbered = |entry: &Object| entry.id().filter(|(authority, _)| authority == "EPSG");
    // WGS 84 goes before its equals: among those of the same definition it is what people mean.
    let sure = found.iter().filter(|(_, confidence)| *confidence >= 70);
    let best = sure.max_by_key(|(entry, confidence)| {
        let known = numbered(entry).map_or(0, |(_, number)| {
            BELGIAN.iter().position(|known| *known == number).map_or(1, |at| 100 - at)
        });
        (*confidence, known)
    });
    if let Some((best, _)) = best
        && let Some((authority, number)) = numbered(best)
    {
        return Some(entry(&authority, &number, best));
    }
    let hunches = found.into_iter().map(|(entry, _)| entry);
    let usual = BELGIAN.iter().filter_map(|number| Object::from_register("EPSG", number));
    hunches.chain(usual).find_map(|candidate| {
        let (authority, number) = numbered(&candidate)?;
        same_system(object, &candidate).then(|| entry(&authority, &number, &candidate))
    })
}

/// As [`Crs::from_code`] names it, so that one system has one name.
fn entry(authority: &str, number: &str, object: &Object) -> Crs {
    Crs::from_code(&format!("{authority}:{number}"))
        .unwrap_or_else(|_| registered(authority, number, object))
}

/// Whether two systems give every place the same numbers: the same kind, no change of datum
/// between them, and equal positions all over the second one's area, up to rounded parameters.
fn same_system(object: &Object, known: &Object) -> bool {
    if object.is_equivalent_to(known) {
        return true;
    }
    if object.kind() != known.kind() {
        return false;
    }
    let Some([west, south, east, north]) = known.area_of_use().filter(|area| area[0] <= area[2])
    else {
        return false;
    };
    let Ok(there) = known.operation_to(object) else { return false };
    // Only computing steps: a change of datum, or a guess that there is none, is a difference.
    // PROJ tells once the operation has run.
    there.run(&mut [[0.0, 0.0]]);
    let exact = there.last_used().is_some_and(|used| {
        let steps = used.steps();
        let steps = if steps.is_empty() { std::slice::from_ref(&used) } else { &steps };
        steps.iter().all(|step| step.kind() == Kind::Conversion)
    });
    if !exact {
        return false;
    }
    let Some(wgs84) = Object::from_register("EPSG", "4326") else { return false };
    let Ok(place) = wgs84.operation_to(known) else { return false };
    let shares = [0.1, 0.3, 0.5, 0.7, 0.9];
    let grid = shares.iter().flat_map(|x| shares.map(|y| [*x, y]));
    let mut theirs: Vec<[f64; 2]> =
        grid.map(|[x, y]| [west + (east - west) * x, south + (north - south) * y]).collect();
    place.run(&mut theirs);
    let mut ours = theirs.clone();
    there.run(&mut ours);
    let tolerance = if known.kind() == Kind::Geographic { SAME_DEGREES } else { SAME_METRES };
    let near = |a: &[f64; 2], b: &[f64; 2]| {
        (a[0] - b[0]).abs() <= tolerance && (a[1] - b[1]).abs() <= tolerance
    };
    theirs.iter().zip(&ours).all(|(a, b)| near(a, b))
}

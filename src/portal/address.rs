//! The address of a layer on a portal: `portal:gent/stadswijken-gent?where=…`.
//!
//! It stands wherever a file's path may stand: in a project, on the command line, in the find box.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use url::form_urlencoded;

use super::known::{PortalInfo, base_of, portal, portals};
use crate::i18n::Message;
use crate::problem::FileError;
use crate::table::Extent;

/// What every address begins with.
const SCHEME: &str = "portal:";

/// A dataset of a portal, whole or narrowed.
#[derive(Clone, Debug, PartialEq)]
pub struct PortalAddress {
    /// The portal.
    pub portal: PortalInfo,
    /// The dataset's identifier.
    pub dataset: String,
    /// Which of its records and fields.
    pub narrowing: Narrowing,
}

/// Which records and fields of a dataset are asked for: all by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narrowing {
    /// A condition in the portal's own language (ODSQL); empty for none.
    pub condition: String,
    /// Only records in a rectangle, WGS 84 degrees.
    pub bbox: Option<Extent>,
    /// Only these fields, by technical name; empty for all. The place always comes along.
    pub fields: Vec<String>,
}

impl Narrowing {
    /// Whether the whole dataset is asked for.
    pub fn is_none(&self) -> bool {
        *self == Narrowing::default()
    }
}

/// A text that is no address of a portal.
#[derive(Clone, Debug, PartialEq)]
pub struct BadAddress(pub Message);

impl PortalAddress {
    /// A whole dataset.
    pub fn whole(portal: PortalInfo, dataset: impl Into<String>) -> PortalAddress {
        PortalAddress { portal, dataset: dataset.into(), narrowing: Narrowing::default() }
    }

    /// Reads an address.
    ///
    /// # Errors
    /// When the text is none: as an error about what was to be opened, with what to write instead.
    pub(super) fn read(text: &str) -> Result<PortalAddress, FileError> {
        text.parse().map_err(|BadAddress(what)| {
            FileError::new(text, what).remedy(Message::new("portal-bad-address-remedy"))
        })
    }

    /// Whether a path is meant as an address of a portal, good or bad.
    pub fn is_meant(path: &Path) -> bool {
        path.to_str().is_some_and(|text| text.starts_with(SCHEME))
    }
}

impl FromStr for PortalAddress {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<PortalAddress, BadAddress> {
        let bad = |id| BadAddress(Message::new(id).text("address", text));
        let rest = text.strip_prefix(SCHEME).ok_or_else(|| bad("portal-bad-address"))?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (found, dataset) = match place.rsplit_once('/') {
            Some((before, dataset)) if !dataset.is_empty() => (before, dataset),
            _ => return Err(bad("portal-bad-address")),
        };
        let known: Vec<&str> = portals().iter().map(|portal| portal.id.as_str()).collect();
        let unknown = || {
            let message = Message::new("portal-unknown").text("portal", found);
            BadAddress(message.text("known", known.join(", ")))
        };
        let portal = portal(found).ok_or_else(unknown)?;
        if !is_dataset_id(dataset) {
            return Err(bad("portal-bad-address"));
        }
        let mut narrowing = Narrowing::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "where" => narrowing.condition = value.into_owned(),
                "bbox" => {
                    let extent = read_bbox(&value).ok_or_else(|| bad("portal-bad-bbox"))?;
                    narrowing.bbox = Some(extent);
                }
                "select" => {
                    let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
                    narrowing.fields = names.map(str::to_owned).collect();
                }
                _ => return Err(bad("portal-bad-address")),
            }
        }
        Ok(PortalAddress { portal, dataset: dataset.to_owned(), narrowing })
    }
}

/// Whether a text can be the identifier of a dataset: it becomes part of an address and of the
/// names of files.
pub(super) fn is_dataset_id(text: &str) -> bool {
    let good = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '@' | '.');
    !text.is_empty() && text.len() <= 200 && !text.starts_with('.') && text.chars().all(good)
}

/// `west,south,east,north` in degrees.
pub fn read_bbox(text: &str) -> Option<Extent> {
    let numbers: Option<Vec<f64>> =
        text.split(',').map(|number| number.trim().parse().ok()).collect();
    let [west, south, east, north] = numbers?.try_into().ok()?;
    let extent = Extent { min_x: west, min_y: south, max_x: east, max_y: north };
    let is_good = (-180.0..=180.0).contains(&west)
        && (-180.0..=180.0).contains(&east)
        && (-90.0..=90.0).contains(&south)
        && (-90.0..=90.0).contains(&north)
        && west < east
        && south < north;
    is_good.then_some(extent)
}

impl fmt::Display for PortalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let portal = &self.portal;
        let is_known = portals().iter().any(|known| known.id == portal.id);
        let secure = portal.base.strip_prefix("https://").filter(|host| base_of(host).is_some());
        let name = if is_known { &portal.id } else { secure.unwrap_or(&portal.base) };
        write!(f, "{SCHEME}{name}/{}", self.dataset)?;
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.narrowing.condition.trim().is_empty() {
            query.append_pair("where", self.narrowing.condition.trim());
        }
        if let Some(Extent { min_x, min_y, max_x, max_y }) = self.narrowing.bbox {
            query.append_pair("bbox", &format!("{min_x},{min_y},{max_x},{max_y}"));
        }
        if !self.narrowing.fields.is_empty() {
            query.append_pair("select", &self.narrowing.fields.join(","));
        }
        let query = query.finish();
        if query.is_empty() { Ok(()) } else { write!(f, "?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn an_address_is_read_and_written_alike() {
        for text in [
            "portal:gent/stadswijken-gent",
            "portal:opendata.example.org/parken_2024",
            "portal:http://127.0.0.1:8123/straten-gent",
            "portal:gent/bomen?where=sortiment+like+%22Tilia%25%22+and+a%3D1",
            "portal:gent/bomen?bbox=3.65%2C51%2C3.8%2C51.1&select=naam%2Cwijk",
        ] {
            let address: PortalAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
        }
        let address: PortalAddress = "portal:gent/bomen?bbox=3.65,51,3.8,51.1".parse().unwrap();
        let bbox = Extent { min_x: 3.65, min_y: 51.0, max_x: 3.8, max_y: 51.1 };
        assert_eq!(address.narrowing.bbox, Some(bbox));
        assert_eq!(address.portal.base, "https://data.stad.gent");
        assert!(PortalAddress::is_meant(Path::new("portal:gent/x")));
        assert!(!PortalAddress::is_meant(Path::new("/data/portal:gent/x")));
    }

    #[test]
    fn what_is_no_address_is_said_in_words() {
        for bad in [
            "portal:",
            "portal:gent",
            "portal:gent/",
            "portal:gent/../x",
            "portal:gent/.x",
            "portal:gent/x?order=1",
            "portal:gent/x?bbox=1,2,3",
            "portal:gent/x?bbox=4,51,3,52",
            "portal:gant/x",
        ] {
            let BadAddress(message) = bad.parse::<PortalAddress>().unwrap_err();
            for language in Language::ALL {
                assert!(message.in_language(language).len() > 20, "{bad}");
            }
        }
    }
}

//! Coordinate reference systems: what a layer's numbers mean, and how they become other numbers.
//!
//! Coordinates are always in the order x (east, longitude), y (north, latitude), whatever the axis
//! order of the definition.

mod approximation;
mod detect;
mod from_map;
mod identify;
mod landing;
mod local;
mod many;
mod mercator;
mod plane;
mod proj;
mod scale;
mod transform;

pub use detect::guess;
pub use from_map::transform_from_map;
pub use identify::identify_wkt;
pub use landing::{
    Landing, Outline, Outlines, PlaceDoubt, Town, Whereabouts, landings, outlines, place_doubt,
    towns,
};
pub use local::LocalPlane;
pub use many::{PlaneWay, lon_lat_bounds, transform_for_map};
pub use mercator::{
    MERCATOR_MAX_LATITUDE, lon_lat_from_mercator, mercator_from_lon_lat, mercator_scale,
};
pub use plane::Plane;
pub use scale::{
    ScaleBar, format_distance, ground_metres_per_point, mercator_metres_per_point, scale_bar,
    scale_denominator,
};
pub use transform::{Operation, TransformError, Transformer, describe, transform_parallel};

use std::sync::Arc;

use crate::i18n::Message;

/// A coordinate reference system.
#[derive(Clone, Debug, PartialEq)]
pub struct Crs {
    /// What PROJ is given: an authority code such as `EPSG:31370`, or WKT text.
    pub definition: Arc<str>,
    /// `EPSG:31370` when known.
    pub code: Option<String>,
    /// The name in the EPSG register or in the WKT: `BD72 / Belgian Lambert 72`.
    pub name: String,
}

/// Whether a place (longitude and latitude in WGS 84, degrees) lies in the area of use of Belgian
/// Lambert 72 (EPSG:31370) in the EPSG register: 2.5° to 6.4° E, 49.5° to 51.51° N.
pub fn has_lambert72([lon, lat]: [f64; 2]) -> bool {
    (2.5..=6.4).contains(&lon) && (49.5..=51.51).contains(&lat)
}

impl Crs {
    /// WGS 84 longitude and latitude (EPSG:4326), degrees.
    pub fn wgs84() -> Crs {
        Crs::known("EPSG:4326", "WGS 84")
    }

    /// Belgian Lambert 72 (EPSG:31370), metres.
    pub fn lambert72() -> Crs {
        Crs::known("EPSG:31370", "BD72 / Belgian Lambert 72")
    }

    /// Belgian Lambert 2008 (EPSG:3812), metres.
    pub fn lambert2008() -> Crs {
        Crs::known("EPSG:3812", "ETRS89 / Belgian Lambert 2008")
    }

    /// Web Mercator (EPSG:3857), metres at the equator.
    pub fn web_mercator() -> Crs {
        Crs::known("EPSG:3857", "WGS 84 / Pseudo-Mercator")
    }

    fn known(code: &str, name: &str) -> Crs {
        Crs { definition: code.into(), code: Some(code.to_owned()), name: name.to_owned() }
    }

    /// Whether both describe the same system, so that no transformation is needed.
    pub fn same_as(&self, other: &Crs) -> bool {
        match (&self.code, &other.code) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => self.definition == other.definition,
        }
    }

    /// The code, or else the name: what a person is shown.
    pub fn label(&self) -> String {
        match &self.code {
            Some(code) => format!("{} ({code})", self.name),
            None => self.name.clone(),
        }
    }
}

/// How a layer's CRS was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowFound {
    /// From the .prj file.
    Prj,
    /// From the `crs` member of a GeoJSON file.
    CrsMember,
    /// What the file itself says.
    File,
    /// The format prescribes it (RFC 7946: WGS 84).
    Format,
    /// From the names of columns or other words in the file.
    Named,
    /// From what the service that gave the data says, checked against where the layer lies.
    Service,
    /// By looking at the numbers: a guess, shown as one.
    Guess,
    /// The person chose it.
    Chosen,
}

impl HowFound {
    /// The stable name in `--json`.
    pub fn code(self) -> &'static str {
        match self {
            HowFound::Prj => "prj",
            HowFound::CrsMember => "crs-member",
            HowFound::File => "file",
            HowFound::Format => "format",
            HowFound::Named => "named",
            HowFound::Service => "service",
            HowFound::Guess => "guess",
            HowFound::Chosen => "chosen",
        }
    }

    /// In words.
    pub fn message(self) -> Message {
        Message::new(match self {
            HowFound::Prj => "crs-how-prj",
            HowFound::CrsMember => "crs-how-crs-member",
            HowFound::File => "crs-how-file",
            HowFound::Format => "crs-how-format",
            HowFound::Named => "crs-how-named",
            HowFound::Service => "crs-how-service",
            HowFound::Guess => "crs-how-guess",
            HowFound::Chosen => "crs-how-chosen",
        })
    }
}

/// The CRS of a layer and how it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerCrs {
    /// The system.
    pub crs: Crs,
    /// How it was found.
    pub how: HowFound,
    /// The source has latitude before longitude (y before x): the reader left the numbers as they
    /// are, and everything derived from them must swap. Only ever true with [`HowFound::Guess`],
    /// [`HowFound::Service`] or [`HowFound::Chosen`].
    pub swapped: bool,
}

impl LayerCrs {
    /// A CRS in the usual axis order.
    pub fn new(crs: Crs, how: HowFound) -> LayerCrs {
        LayerCrs { crs, how, swapped: false }
    }
}

/// What can go wrong with coordinate reference systems.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CrsError {
    /// PROJ does not know the code.
    #[error("unknown coordinate reference system {code:?}")]
    UnknownCode {
        /// The code as given.
        code: String,
    },
    /// PROJ cannot read the WKT.
    #[error("the coordinate reference system's text cannot be read: {detail}")]
    BadWkt {
        /// What PROJ says.
        detail: String,
    },
    /// There is no operation between the two systems.
    #[error("no operation from {from} to {to}: {detail}")]
    NoOperation {
        /// Source.
        from: String,
        /// Target.
        to: String,
        /// What PROJ says.
        detail: String,
    },
}

impl CrsError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            CrsError::UnknownCode { code } => {
                Message::new("crs-error-unknown-code").text("code", code.as_str())
            }
            CrsError::BadWkt { detail } => {
                Message::new("crs-error-bad-wkt").text("detail", detail.as_str())
            }
            CrsError::NoOperation { from, to, detail } => Message::new("crs-error-no-operation")
                .text("from", from.as_str())
                .text("to", to.as_str())
                .text("detail", detail.as_str()),
        }
    }
}

/// The version of PROJ, such as 9.6.2.
pub fn proj_version() -> String {
    proj::version()
}

/// The version of the register of coordinate reference systems and when it is from, such as
/// v12.013 (2025-05-26); none where it does not tell.
pub fn register_version() -> Option<String> {
    let version = proj::register_fact(c"EPSG.VERSION")?;
    Some(match proj::register_fact(c"EPSG.DATE") {
        Some(date) => format!("EPSG {version} ({date})"),
        None => format!("EPSG {version}"),
    })
}

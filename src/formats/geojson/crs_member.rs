//! The CRS of a GeoJSON file: its `crs` member, the standard's WGS 84, or what the numbers say.

use serde_json::Value as Json;

use crate::crs::{Crs, HowFound, LayerCrs, guess};
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::Extent;

/// What the `crs` member says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::formats) enum Said {
    /// There is no member.
    #[default]
    Nothing,
    /// A system.
    Crs(Crs),
    /// Something that is not understood, or `null`: no system can be assumed.
    Unclear(String),
    /// A link to a description elsewhere, which is not followed.
    Link(String),
}

/// Reads the member's text.
pub(in crate::formats) fn parse(member: &str) -> Said {
    let unclear = || Said::Unclear(member.chars().take(80).collect());
    let Ok(json) = serde_json::from_str::<Json>(member) else { return unclear() };
    let property = |name: &str| json.get("properties").and_then(|inner| inner.get(name));
    if let Some(link) = property("href").and_then(Json::as_str) {
        return Said::Link(link.to_owned());
    }
    let code = match (property("name"), property("code"), &json) {
        (Some(Json::String(name)), ..) | (_, _, Json::String(name)) => name.clone(),
        (_, Some(Json::String(code)), _) => code.clone(),
        (_, Some(Json::Number(code)), _) => format!("EPSG:{code}"),
        _ => return unclear(),
    };
    let found = match Crs::from_code(&code) {
        Err(_) if code.contains('[') => Crs::from_wkt(&code),
        found => found,
    };
    found.map_or(Said::Unclear(code), Said::Crs)
}

/// The layer's CRS. `chosen` leaves the looking out: somebody knows better.
pub(super) fn decide(
    said: Said,
    xy: &[[f64; 2]],
    chosen: Option<&LayerCrs>,
    problems: &mut Problems,
) -> Option<LayerCrs> {
    if let Some(chosen) = chosen {
        return Some(chosen.clone());
    }
    match said {
        Said::Crs(crs) => return Some(LayerCrs::new(crs, HowFound::CrsMember)),
        Said::Unclear(text) => {
            problems.report("problem-crs-not-understood", 1, vec![("text", Arg::Text(text))], None);
        }
        Said::Link(link) => {
            problems.report("problem-crs-link", 1, vec![("link", Arg::Text(link))], None);
        }
        Said::Nothing => {
            let extent = Extent::of_points(xy);
            if extent.as_ref().is_none_or(may_be_degrees) {
                let swapped = guess(xy).filter(|guess| guess.swapped);
                if swapped.is_some() {
                    problems.add("problem-crs-swapped", 1);
                    return swapped;
                }
                return Some(LayerCrs::new(Crs::wgs84(), HowFound::Format));
            }
        }
    }
    let guessed = guess(xy);
    match &guessed {
        Some(found) => {
            let label = vec![("crs", Arg::Text(found.crs.label()))];
            problems.report("problem-crs-guessed", 1, label, None);
        }
        None => problems.add("problem-crs-unknown", 1),
    }
    guessed
}

/// A little beyond the edges of the world is still the world: some data runs over the
/// antimeridian.
fn may_be_degrees(extent: &Extent) -> bool {
    extent.min_x >= -360.0 && extent.max_x <= 360.0 && extent.min_y >= -91.0 && extent.max_y <= 91.0
}

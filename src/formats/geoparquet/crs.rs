//! The CRS of a column of places.

use serde_json::Value;

use super::geo::SaidCrs;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::formats::guessed_crs::guessed;
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::GeometryColumn;

/// What the file says, understood or not.
pub(super) enum Told {
    /// Nothing.
    Nothing,
    Crs(Crs),
    /// Something that nobody understands.
    NotUnderstood(String),
}

/// Understands what a file says. Asking PROJ takes a while.
pub(super) fn understand(said: &SaidCrs) -> Told {
    let text = match said {
        SaidCrs::Default => return Told::Crs(Crs::wgs84()),
        SaidCrs::Unknown => return Told::Nothing,
        SaidCrs::Text(text) => text,
    };
    let known = if text.trim_start().starts_with('{') {
        // Most files are in this one, for which PROJ need not be asked.
        let id = id_of(text).filter(|id| matches!(id.as_str(), "OGC:CRS84" | "EPSG:4326"));
        id.map_or_else(|| Crs::from_projjson(text), |_| Ok(Crs::wgs84()))
    } else if text.contains('[') {
        Crs::from_wkt(text)
    } else {
        Crs::from_code(text)
    };
    known.map_or_else(|_| Told::NotUnderstood(shortened(text)), Told::Crs)
}

/// The CRS as far as it is known before anything is read.
pub(super) fn beforehand(said: Option<&SaidCrs>, chosen: Option<&LayerCrs>) -> Option<LayerCrs> {
    chosen.cloned().or_else(|| match understand(said?) {
        Told::Crs(found) => Some(LayerCrs::new(found, HowFound::File)),
        _ => None,
    })
}

/// Authority and code of PROJJSON.
fn id_of(json: &str) -> Option<String> {
    let json: Value = serde_json::from_str(json).ok()?;
    let id = json.get("id")?;
    let code = match id.get("code")? {
        Value::String(code) => code.clone(),
        code => code.to_string(),
    };
    Some(format!("{}:{code}", id.get("authority")?.as_str()?))
}

/// A definition as long as a person reads.
fn shortened(text: &str) -> String {
    let end = text.floor_char_boundary(200);
    let cut = text.get(..end).unwrap_or_default();
    if end < text.len() { format!("{cut}…") } else { cut.to_owned() }
}

/// The CRS: the person's choice, else what the file says, else a guess from the numbers.
pub(super) fn find(
    told: Told,
    geometry: &GeometryColumn,
    chosen: Option<&LayerCrs>,
    problems: &mut Problems,
) -> Option<LayerCrs> {
    if let Some(chosen) = chosen {
        return Some(chosen.clone());
    }
    match told {
        Told::Crs(found) => return Some(LayerCrs::new(found, HowFound::File)),
        Told::NotUnderstood(text) => {
            let args = vec![("text", Arg::Text(text))];
            problems.report("problem-crs-not-understood", 1, args, None);
        }
        Told::Nothing => {}
    }
    guessed(geometry.xy(), problems)
}

//! The CRS of a FlatGeobuf file.

use super::header::CrsTexts;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::formats::guessed_crs::guessed;
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::GeometryColumn;

/// What the file says: by the code in a register, by a code that is no number, by its definition.
/// The code comes first: a definition without the register's names only says the same again.
fn told(texts: &CrsTexts) -> Option<Result<Crs, String>> {
    let authority = texts.authority.as_deref().unwrap_or("EPSG");
    let code = texts.code.map(|code| code.to_string());
    let codes = code.into_iter().chain(texts.code_text.clone());
    let mut wrong = None;
    for code in codes {
        let whole = if code.contains(':') { code } else { format!("{authority}:{code}") };
        match Crs::from_code(&whole) {
            Ok(found) => return Some(Ok(found)),
            Err(_) => wrong = Some(whole),
        }
    }
    match texts.wkt.as_deref().map(Crs::from_wkt) {
        Some(Ok(found)) => Some(Ok(found)),
        Some(Err(error)) => Some(Err(wrong.unwrap_or_else(|| error.to_string()))),
        None => wrong.map(Err),
    }
}

/// The CRS as far as it is known before anything is read.
pub(super) fn beforehand(texts: Option<&CrsTexts>, chosen: Option<&LayerCrs>) -> Option<LayerCrs> {
    let said = || texts.and_then(told).and_then(Result::ok);
    chosen.cloned().or_else(|| said().map(|found| LayerCrs::new(found, HowFound::File)))
}

/// The CRS: the person's choice, else what the file says, else a guess from the numbers.
pub(super) fn find(
    texts: Option<&CrsTexts>,
    geometry: &GeometryColumn,
    chosen: Option<&LayerCrs>,
    problems: &mut Problems,
) -> Option<LayerCrs> {
    if let Some(chosen) = chosen {
        return Some(chosen.clone());
    }
    match texts.and_then(told) {
        Some(Ok(found)) => return Some(LayerCrs::new(found, HowFound::File)),
        Some(Err(text)) => {
            let args = vec![("text", Arg::Text(text))];
            problems.report("problem-crs-not-understood", 1, args, None);
        }
        None => {}
    }
    guessed(geometry.xy(), problems)
}

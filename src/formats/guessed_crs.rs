//! The CRS of a layer of which nobody knows it.

use crate::crs::{LayerCrs, guess};
use crate::i18n::Arg;
use crate::problem::Problems;

/// A guess from the numbers, told as one; none, told too, where they fit nothing known.
pub(super) fn guessed(xy: &[[f64; 2]], problems: &mut Problems) -> Option<LayerCrs> {
    let guessed = guess(xy);
    match &guessed {
        Some(found) => {
            let args = vec![("crs", Arg::Text(found.crs.label()))];
            problems.report("problem-crs-guessed", 1, args, None);
        }
        None => problems.add("problem-crs-unknown", 1),
    }
    guessed
}

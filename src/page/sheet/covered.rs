//! What lies under the panels of a sheet: it is told, so that nobody thinks it is not there.

use crate::i18n::Arg;
use crate::jobs::{Cancelled, Watch};
use crate::page::content::{FigureLayer, MapContent};
use crate::page::frame::Frame;
use crate::page::layer::{placed, shown_in};
use crate::problem::Problems;
use crate::table::Extent;

/// Tells how many features of each layer lie wholly under panels: left, top, right and bottom of these on
/// the page.
///
/// # Errors
/// When the person cancelled.
pub(super) fn tell_covered(
    content: &MapContent<'_>,
    frame: Frame,
    panels: &[[f32; 4]],
    watch: &Watch,
    problems: &mut Problems,
) -> Result<(), Cancelled> {
    for layer in content.layers {
        // Of crowds single features are not seen anyway.
        if layer.is_drawn(content.document) && layer.style.together.is_nothing() {
            let mut count = 0;
            for panel in panels {
                count += under(layer, frame, *panel, watch)?;
            }
            let about = vec![("layer", Arg::Text(layer.layer.name.clone()))];
            problems.report("problem-sheet-covered", count, about, None);
        }
    }
    Ok(())
}

/// How many features that are drawn lie under a panel with all their positions.
fn under(
    layer: &FigureLayer<'_>,
    frame: Frame,
    panel: [f32; 4],
    watch: &Watch,
) -> Result<u64, Cancelled> {
    let [left, top, right, bottom] = panel.map(f64::from);
    let ([min_x, max_y], [max_x, min_y]) =
        (frame.to_plane([left, top]), frame.to_plane([right, bottom]));
    // What is beside the map is not on the page, whatever covers it.
    let Some(panel) = frame.extent(0.0).common(&Extent { min_x, min_y, max_x, max_y }) else {
        return Ok(0);
    };
    let (Some(geometry), Some(crs)) = (&layer.table.geometry, &layer.table.crs) else {
        return Ok(0);
    };
    let rows = shown_in(frame.plane, panel, layer);
    let Some(xy) = placed(geometry, &rows, (frame.plane, crs), watch)? else { return Ok(0) };
    let (mut rest, mut count) = (xy.as_slice(), 0);
    for row in rows {
        let (own, after) =
            rest.split_at_checked(geometry.row(row).xy().len()).unwrap_or((rest, &[]));
        rest = after;
        count += u64::from(!own.is_empty() && own.iter().all(|at| panel.contains(*at)));
    }
    Ok(count)
}

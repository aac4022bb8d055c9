//! How many features of each point layer lie in the area of a sheet's subject.

use super::room::is_within;
use super::subject::SubjectShape;
use crate::i18n::{Language, Message, format_integer};
use crate::jobs::{Cancelled, Watch};
use crate::page::content::FigureLayer;
use crate::page::layer::{placed, shown_in};
use crate::page::plane::PagePlane;
use crate::table::PartKind;

/// More points than that are not counted: that is the work of a column per area.
const MOST: usize = 200_000;

/// The names of the layers with how many of their points lie in the subject, as one line; empty where
/// it has no area, or nothing lies in it.
///
/// # Errors
/// When the person cancelled.
pub(super) fn counts<'a>(
    plane: PagePlane,
    shape: &SubjectShape,
    layers: impl Iterator<Item = FigureLayer<'a>>,
    language: Language,
    watch: &Watch,
) -> Result<String, Cancelled> {
    if shape.rings.is_empty() {
        return Ok(String::new());
    }
    let mut parts = Vec::new();
    for layer in layers.filter(|layer| layer.kind == Some(PartKind::Point)) {
        let (Some(geometry), Some(crs)) = (&layer.table.geometry, &layer.table.crs) else {
            continue;
        };
        let rows = shown_in(plane, shape.extent, &layer);
        if rows.len() > MOST {
            continue;
        }
        watch.check()?;
        let Some(xy) = placed(geometry, &rows, (plane, crs), watch)? else { continue };
        let mut rest = xy.as_slice();
        let mut inside = 0;
        for row in rows {
            let (now, later) =
                rest.split_at_checked(geometry.row(row).xy().len()).unwrap_or_default();
            rest = later;
            inside += i64::from(now.iter().any(|at| is_within(&shape.rings, *at)));
        }
        if inside > 0 {
            parts.push(format!("{}: {}", layer.layer.name, format_integer(language, inside)));
        }
    }
    if parts.is_empty() {
        return Ok(String::new());
    }
    let message = Message::new("sheet-counts").text("counts", parts.join(" · "));
    Ok(message.in_language(language))
}

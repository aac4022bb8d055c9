//! Which layers a file holds.

use std::path::Path;

use super::folders::{Outline, TRACK_POINTS};
use super::kmz::load_file;
use crate::formats::ListedLayer;
use crate::formats::open::stem_of;
use crate::formats::xml::as_file_error;
use crate::jobs::Watch;
use crate::problem::FileError;

/// The folders that hold placemarks, and the positions of their tracks.
pub(super) fn list(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let loaded = load_file(path, None, watch)?;
    let outline = Outline::of(&loaded.text, &stem_of(path), watch);
    let outline = outline.map_err(|stop| as_file_error(path, stop))?;
    let mut listed: Vec<ListedLayer> = Vec::new();
    let mut add = |name: String, rows: u64| {
        if let Some(layer) = listed.iter_mut().find(|it| it.name == name) {
            layer.rows = layer.rows.map(|before| before + rows);
        } else if rows > 0 {
            let (rows, has_place) = (Some(rows), Some(true));
            listed.push(ListedLayer { name, rows, has_place, ..ListedLayer::default() });
        }
    };
    for (at, folder) in outline.folders.iter().enumerate() {
        let layer = outline.layers.get(outline.layer_of(at)).cloned().unwrap_or_default();
        let points = format!("{layer}{TRACK_POINTS}");
        add(layer, folder.placemarks);
        add(points, folder.track_points);
    }
    Ok(listed)
}

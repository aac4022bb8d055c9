//! What a sheet shows, found in the data.

use crate::crs::{LayerCrs, lon_lat_bounds};
use crate::jobs::{Cancelled, Watch};
use crate::page::layer::placed;
use crate::page::plane::PagePlane;
use crate::project::LayerId;
use crate::table::{Extent, GeometryColumn, PartKind, Table};

/// A subject without a size shows so many metres around it.
const AROUND: f64 = 150.0;

/// What a sheet shows.
#[derive(Clone, Debug)]
pub enum Subject<'a> {
    /// An extent in degrees, WGS 84.
    Extent(Extent),
    /// Features of a layer.
    Features {
        /// The layer.
        layer: LayerId,
        /// Its data.
        table: &'a Table,
        /// The rows.
        rows: &'a [usize],
        /// What they are called.
        name: String,
    },
}

impl Subject<'_> {
    /// What it is called; none for an extent.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Subject::Features { name, .. } if !name.trim().is_empty() => Some(name.trim()),
            _ => None,
        }
    }

    fn geometry(&self) -> Option<(&GeometryColumn, &LayerCrs, &[usize])> {
        let Subject::Features { table, rows, .. } = self else { return None };
        Some((table.geometry.as_deref()?, table.crs.as_ref()?, rows))
    }

    /// West, south, east and north, degrees; none where it has no place.
    pub(super) fn degrees(&self, watch: &Watch) -> Result<Option<Extent>, Cancelled> {
        if let Subject::Extent(extent) = self {
            let is_sound = extent.as_array().iter().all(|number| number.is_finite());
            return Ok(Some(*extent).filter(|_| is_sound));
        }
        let Some((geometry, crs, rows)) = self.geometry() else { return Ok(None) };
        let xy: Vec<[f64; 2]> =
            rows.iter().flat_map(|row| geometry.row(*row).xy()).copied().collect();
        match lon_lat_bounds(crs, &xy, &watch.unseen()) {
            Ok((found, _)) => {
                Ok(found.map(|[min_x, min_y, max_x, max_y]| Extent { min_x, min_y, max_x, max_y }))
            }
            Err(crate::crs::TransformError::Cancelled(cancelled)) => Err(cancelled),
            Err(crate::crs::TransformError::Crs(_)) => Ok(None),
        }
    }

    /// Its shape in a page's plane. None where it has no place there.
    pub(super) fn shape(
        &self,
        plane: PagePlane,
        watch: &Watch,
    ) -> Result<Option<SubjectShape>, Cancelled> {
        if let Subject::Extent(extent) = self {
            return Ok(plane.extent_of_lon_lat(*extent).map(SubjectShape::of_extent));
        }
        let Some((geometry, crs, rows)) = self.geometry() else { return Ok(None) };
        let Some(xy) = placed(geometry, rows, (plane, crs), watch)? else { return Ok(None) };
        let (mut rings, mut lines, mut points) = (Vec::new(), Vec::new(), Vec::new());
        let mut rest = xy.as_slice();
        for row in rows {
            for part in geometry.row(*row).parts() {
                for ring in part.rings() {
                    let (now, later) =
                        rest.split_at_checked(ring.xy().len()).unwrap_or((rest, &[]));
                    rest = later;
                    match part.kind() {
                        PartKind::Polygon => rings.push(now.to_vec()),
                        PartKind::Line => lines.push(now.to_vec()),
                        PartKind::Point => points.extend(now),
                    }
                }
            }
        }
        let sound: Vec<[f64; 2]> =
            xy.iter().copied().filter(|place| place.iter().all(|v| v.is_finite())).collect();
        let extent = Extent::of_points(&sound);
        let shape =
            |extent| SubjectShape { rings, lines, points, ..SubjectShape::of_extent(extent) };
        Ok(extent.map(shape))
    }
}

/// A subject in a page's plane, metres.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SubjectShape {
    /// What it covers; never without a size.
    pub extent: Extent,
    /// The rings of its areas; empty where it has none.
    pub rings: Vec<Vec<[f64; 2]>>,
    /// Its lines.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// Its points.
    pub points: Vec<[f64; 2]>,
}

impl SubjectShape {
    fn of_extent(extent: Extent) -> SubjectShape {
        let short = |length: f64| if length < 2.0 * AROUND { AROUND - length / 2.0 } else { 0.0 };
        let is_small = extent.width() < AROUND && extent.height() < AROUND;
        let by = if is_small { [short(extent.width()), short(extent.height())] } else { [0.0; 2] };
        SubjectShape {
            extent: extent.grown(by[0], by[1]),
            rings: Vec::new(),
            lines: Vec::new(),
            points: Vec::new(),
        }
    }
}

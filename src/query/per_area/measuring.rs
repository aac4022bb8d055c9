//! How long and how large things are on the ellipsoid.

use crate::crs::{Crs, CrsError, LayerCrs, Transformer};
use crate::jobs::{Cancelled, Watch, cores, in_parallel};
use crate::measure;
use crate::plane::uncrossed;
use crate::table::{GeometryColumn, PartKind, PartRef};

/// Measures positions of a layer; for one thread.
pub(super) struct Measuring {
    transformer: Transformer,
    lon_lat: Vec<[f64; 2]>,
}

impl Measuring {
    pub fn of(crs: &LayerCrs) -> Result<Measuring, CrsError> {
        Ok(Measuring { transformer: crs.transformer_to(&Crs::wgs84())?, lon_lat: Vec::new() })
    }

    fn place(&mut self, positions: &[[f64; 2]]) -> &[[f64; 2]] {
        self.lon_lat.clear();
        self.lon_lat.extend_from_slice(positions);
        self.transformer.transform(&mut self.lon_lat);
        &self.lon_lat
    }

    /// The length of each segment of a line, metres; 0 where it has no place on earth.
    pub fn lengths(&mut self, line: &[[f64; 2]]) -> Vec<f64> {
        let segments = self.place(line).array_windows::<2>();
        segments.map(|segment| known(measure::length(segment))).collect()
    }

    /// The length of a line, metres.
    pub fn length(&mut self, line: &[[f64; 2]]) -> f64 {
        known(measure::length(self.place(line)))
    }

    /// The area of a polygon given by its rings, the outer one first, square metres.
    pub fn area<'a>(&mut self, rings: impl Iterator<Item = &'a [[f64; 2]]>) -> f64 {
        let mut sum = 0.0;
        for (at, ring) in rings.enumerate() {
            let area = known(measure::area(self.place(ring)));
            sum += if at == 0 { area } else { -area };
        }
        sum.max(0.0)
    }

    /// The area of a polygon, square metres; where its rings cross, of what is filled of it.
    pub fn area_of_part(&mut self, part: PartRef<'_>) -> f64 {
        let rings: Vec<&[[f64; 2]]> = part.rings().map(|ring| ring.xy()).collect();
        match uncrossed(&rings) {
            Some(areas) => {
                areas.iter().map(|rings| self.area(rings.iter().map(Vec::as_slice))).sum()
            }
            None => self.area(rings.into_iter()),
        }
    }
}

fn known(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

/// How large the polygons of each row are, square metres, on all cores.
pub(super) fn areas_of_rows(
    column: &GeometryColumn,
    crs: &LayerCrs,
    watch: &Watch,
) -> Result<Result<Vec<f64>, CrsError>, Cancelled> {
    let rows: Vec<usize> = (0..column.len()).collect();
    let run = rows.len().div_ceil(cores()).max(16);
    let areas = in_parallel(rows.chunks(run), |rows| {
        let mut measuring = match Measuring::of(crs) {
            Ok(measuring) => measuring,
            Err(error) => return Ok(Err(error)),
        };
        let mut areas = Vec::with_capacity(rows.len());
        for row in rows {
            watch.check()?;
            let parts = column.row(*row).parts().filter(|part| part.kind() == PartKind::Polygon);
            areas.push(parts.map(|part| measuring.area_of_part(part)).sum());
        }
        Ok(Ok(areas))
    });
    let areas: Vec<Result<Vec<f64>, CrsError>> = areas.into_iter().collect::<Result<_, _>>()?;
    let areas: Result<Vec<Vec<f64>>, CrsError> = areas.into_iter().collect();
    Ok(areas.map(|areas| areas.concat()))
}

//! What is computed of the feature that is looked at: where it is, how long, how large.

use std::sync::Arc;

use geo::Centroid;

use super::super::Wake;
use super::super::derived::Same;
use super::super::keyed::Keyed;
use crate::crs::{Crs, Transformer, has_lambert72};
use crate::jobs::Job;
use crate::measure::{self, Measures};
use crate::table::{PartKind, Table};

/// A feature's place and size.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// The point, or the centroid of what is no point; longitude and latitude in WGS 84.
    pub lon_lat: Option<[f64; 2]>,
    /// The same in Lambert 72, metres; none outside Belgium.
    pub lambert: Option<[f64; 2]>,
    /// Whether the feature is one point, so that its place is a fact and no centroid.
    pub is_point: bool,
    pub measures: Measures,
    /// How many corners it has.
    pub corners: usize,
}

/// The facts of the feature looked at, kept until another one is.
#[derive(Default)]
pub(super) struct FactsOf {
    cell: Keyed<(Same<Table>, usize), Facts>,
}

impl FactsOf {
    /// Starts computing them.
    pub fn want(&mut self, table: &Arc<Table>, row: usize, wake: &Wake) {
        self.cell.want((Same(table.clone()), row), |(table, row)| {
            let (table, row, wake) = (table.clone(), *row, wake.clone());
            Job::start("facts", move || wake(), move |_| facts(&table.0, row))
        });
    }

    /// What is known of a row.
    pub fn of(&self, table: &Arc<Table>, row: usize) -> Option<&Facts> {
        self.cell.of(&(Same(table.clone()), row))
    }

    /// What was known last of a row with a number, whatever table it is in.
    pub fn recent(&self, row: usize) -> Option<&Facts> {
        self.cell.latest().filter(|_| self.cell.key().is_some_and(|(_, of)| *of == row))
    }

    /// Whether they are being computed.
    pub fn is_busy(&self) -> bool {
        self.cell.job().is_some()
    }
}

fn facts(table: &Table, row: usize) -> Facts {
    let known = table.geometry.as_ref().zip(table.crs.as_ref());
    let Some((geometry, crs)) = known else { return Facts::default() };
    let geometry = geometry.row(row);
    let corners = geometry.xy().len();
    let is_point = corners == 1 && geometry.parts().all(|part| part.kind() == PartKind::Point);
    let measures = measure::feature(geometry, crs).unwrap_or_else(|error| {
        log::warn!("{error}");
        Measures::default()
    });
    let middle = match geometry.xy() {
        [one] => Some(*one),
        _ => geometry.to_geo().and_then(|geometry| geometry.centroid()).map(|p| [p.x(), p.y()]),
    };
    let middle = middle.filter(|xy| xy.iter().all(|number| number.is_finite()));
    let middle = middle.map(|[x, y]| if crs.swapped { [y, x] } else { [x, y] });
    let lon_lat = middle.and_then(|middle| moved(middle, &crs.crs, &Crs::wgs84()));
    let lambert = if crs.crs.same_as(&Crs::lambert72()) {
        middle
    } else {
        lon_lat
            .filter(|place| has_lambert72(*place))
            .and_then(|place| moved(place, &Crs::wgs84(), &Crs::lambert72()))
    };
    Facts { lon_lat, lambert, is_point, measures, corners }
}

fn moved(place: [f64; 2], from: &Crs, to: &Crs) -> Option<[f64; 2]> {
    if from.same_as(to) {
        return Some(place);
    }
    let transformer = Transformer::new(from, to).ok()?;
    let mut xy = [place];
    (transformer.transform(&mut xy) == 0).then_some(xy[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::{HowFound, LayerCrs};
    use crate::table::GeometryBuilder;

    /// PROJ 9.6: EPSG:31370 (104700, 193800) is 3.722687541, 51.052587503.
    #[test]
    fn a_point_is_told_in_both_systems_whichever_it_is_in() {
        let (lambert, lon_lat) = ([104_700.0, 193_800.0], [3.722_687_541, 51.052_587_503]);
        for (crs, place, swapped) in [
            (Crs::lambert72(), lambert, false),
            (Crs::wgs84(), lon_lat, false),
            (Crs::wgs84(), [lon_lat[1], lon_lat[0]], true),
        ] {
            let mut builder = GeometryBuilder::new();
            builder.push_point(place);
            let table = Table::new("t", 1, Vec::new(), Vec::new(), builder.finish().ok());
            let mut table = table.unwrap_or_else(|error| panic!("{error}"));
            table.crs = Some(LayerCrs { crs, how: HowFound::Chosen, swapped });
            let found = facts(&table, 0);
            assert!(found.is_point && found.measures == Measures::default());
            let [lon, lat] = found.lon_lat.unwrap_or_default();
            assert!((lon - lon_lat[0]).abs() < 1e-6 && (lat - lon_lat[1]).abs() < 1e-6);
            let [x, y] = found.lambert.unwrap_or_default();
            assert!((x - lambert[0]).abs() < 0.1 && (y - lambert[1]).abs() < 0.1, "{x} {y}");
        }
    }
}

//! Which layers a file holds.

use std::path::Path;

use crate::formats::ListedLayer;
use crate::formats::whole::read_whole;
use crate::formats::xml::{Stop, Xml, as_file_error, load};
use crate::jobs::Watch;
use crate::problem::FileError;

/// The layers that a file may have, by the names that GDAL gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Waypoints,
    Routes,
    Tracks,
    RoutePoints,
    TrackPoints,
}

impl Kind {
    /// In the order of the layers.
    pub const ALL: [Kind; 5] =
        [Kind::Waypoints, Kind::Routes, Kind::Tracks, Kind::RoutePoints, Kind::TrackPoints];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Waypoints => "waypoints",
            Kind::Routes => "routes",
            Kind::Tracks => "tracks",
            Kind::RoutePoints => "route_points",
            Kind::TrackPoints => "track_points",
        }
    }

    fn number(self) -> usize {
        self as usize
    }
}

/// Rows of each layer, and whether the positions of routes and tracks tell more than where they
/// are: a layer is made of them then.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    rows: [u64; 5],
    tells: [bool; 5],
}

impl Counts {
    fn add(&mut self, kind: Kind) {
        if let Some(rows) = self.rows.get_mut(kind.number()) {
            *rows += 1;
        }
    }
}

/// Counts way points, routes and tracks.
pub(super) fn list(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let loaded = load(read_whole(path, watch, |_| Ok(()))?, None);
    let mut xml = Xml::new(&loaded.text, watch);
    let mut counts = Counts::default();
    match count(&mut xml, &mut counts) {
        Err(Stop::Cancelled) => return Err(as_file_error(path, Stop::Cancelled)),
        // Reading will come to the same place and tell.
        Ok(()) | Err(Stop::Fault(_)) => {}
    }
    let layers = Kind::ALL.into_iter().filter_map(|kind| {
        let rows = counts.rows.get(kind.number()).copied().filter(|rows| *rows > 0)?;
        let is_extra = matches!(kind, Kind::RoutePoints | Kind::TrackPoints);
        let tells = counts.tells.get(kind.number()).copied().unwrap_or_default();
        (!is_extra || tells).then(|| ListedLayer {
            name: kind.name().to_owned(),
            rows: Some(rows),
            has_place: Some(true),
            ..ListedLayer::default()
        })
    });
    Ok(layers.collect())
}

fn count(xml: &mut Xml<'_>, counts: &mut Counts) -> Result<(), Stop> {
    if xml.root()?.is_none() {
        return Ok(());
    }
    // Inside gpx, rte, trk, trkseg and the points.
    let mut depth = 1;
    let mut point: Option<Kind> = None;
    while depth > 0 {
        let Some(tag) = xml.child()? else {
            depth -= 1;
            point = None;
            continue;
        };
        let kind = match tag.local() {
            "wpt" => {
                xml.check()?;
                counts.add(Kind::Waypoints);
                xml.skip()?;
                continue;
            }
            "rte" => Some(Kind::Routes),
            "trk" => Some(Kind::Tracks),
            "rtept" => Some(Kind::RoutePoints),
            "trkpt" => Some(Kind::TrackPoints),
            "trkseg" => None,
            name => {
                if let Some(tells) = point.and_then(|kind| counts.tells.get_mut(kind.number())) {
                    *tells |= name != "ele";
                }
                xml.skip()?;
                continue;
            }
        };
        depth += 1;
        if let Some(kind) = kind {
            counts.add(kind);
            point = Some(kind).filter(|it| matches!(it, Kind::RoutePoints | Kind::TrackPoints));
        }
    }
    Ok(())
}

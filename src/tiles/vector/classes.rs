//! The classes of things on a map of a city, and a tile of them.

use std::sync::Arc;

use super::mvt::{self, BadTile, Kind};
use super::schema::{Found, Tags, classify};
use crate::i18n::Language;

/// Kinds of green and open ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Green {
    /// Fields.
    Farm,
    /// Parks, grass, gardens, heath.
    Park,
    /// Woods.
    Forest,
    /// Beaches and bare ground.
    Sand,
}

/// How important a road is, the least first: in this order they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoadRank {
    /// Footways, cycleways, tracks.
    Path,
    /// Driveways, alleys.
    Service,
    /// Streets for people on foot.
    Pedestrian,
    /// Streets.
    Street,
    /// Tertiary roads.
    Tertiary,
    /// Secondary roads.
    Secondary,
    /// Primary and trunk roads.
    Primary,
    /// Motorways.
    Motorway,
}

/// A road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Road {
    /// −1 in a tunnel, 1 on a bridge.
    pub level: i8,
    /// How important it is.
    pub rank: RoadRank,
}

/// What a border divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BorderLevel {
    /// Municipalities and the like.
    Local,
    /// Regions and provinces.
    Region,
    /// Countries.
    Country,
}

/// How important a place is, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceRank {
    /// Neighbourhoods, hamlets.
    Neighbourhood,
    /// Suburbs and quarters.
    Suburb,
    /// Villages.
    Village,
    /// Towns.
    Town,
    /// Cities.
    City,
    /// Regions, provinces, states.
    Region,
    /// Countries.
    Country,
}

/// What something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CityClass {
    /// Ground where people live and work.
    Built,
    /// Schools, hospitals and the like.
    Public,
    /// Green and open ground.
    Green(Green),
    /// Water: areas.
    Water,
    /// Rivers and canals as lines; small ones (streams, ditches) where true.
    Waterway(bool),
    /// Squares and other ground for people on foot.
    Square,
    /// Buildings.
    Building,
    /// Roads and streets.
    Road(Road),
    /// Railways; trams where true.
    Rail(bool),
    /// Borders.
    Border(BorderLevel),
    /// The name of a street, along it.
    StreetName(RoadRank),
    /// The name of a river or canal, along it.
    WaterName,
    /// The name of a place.
    Place(PlaceRank),
    /// Something of a map whose layers are not known.
    Unknown,
}

/// What geometry something has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CityShape {
    /// Points.
    Points,
    /// Lines.
    Lines,
    /// Areas: rings by the even-odd rule.
    Areas,
}

/// Something on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct CityFeature {
    /// What it is.
    pub class: CityClass,
    /// What geometry it has.
    pub shape: CityShape,
    /// Its points, lines or rings, in shares of the tile's side from its top left corner; some lie
    /// a little outside.
    pub parts: Vec<Vec<[f32; 2]>>,
    /// Left, top, right and bottom of all of them.
    pub bounds: [f32; 4],
    /// What it is called, in the language asked for where it has a name in it.
    pub name: Option<Arc<str>>,
    /// How large it is among its like, where that is told: people, mostly.
    pub weight: f64,
}

/// What is in a tile, the lowest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CityTile {
    /// What is in it.
    pub features: Vec<CityFeature>,
    /// Whether it has layers, and none that is known.
    pub is_foreign: bool,
}

impl CityTile {
    /// Reads a tile that is unpacked. Names are in a language where they are in it.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(bytes: &[u8], language: Language) -> Result<CityTile, BadTile> {
        let layers = mvt::layers(bytes)?;
        let mut features = Vec::new();
        let mut strange = Vec::new();
        let mut is_known = false;
        for layer in &layers {
            for feature in layer.features() {
                let feature = feature?;
                let shape = match feature.kind {
                    Kind::Points => CityShape::Points,
                    Kind::Lines => CityShape::Lines,
                    Kind::Areas => CityShape::Areas,
                };
                let mut tags = Tags::default();
                for tag in layer.tags(&feature) {
                    let (key, value) = tag?;
                    tags.take(key, value, language);
                }
                let add = |class, name: Option<&str>, into: &mut Vec<CityFeature>| {
                    let parts = feature.parts(layer.extent)?;
                    let Some(bounds) = bounds_of(&parts) else { return Ok(()) };
                    let (name, weight) = (name.map(Arc::from), tags.weight);
                    into.push(CityFeature { class, shape, parts, bounds, name, weight });
                    Ok(())
                };
                match classify(layer.name, shape, &tags) {
                    Found::Strange => {
                        if shape != CityShape::Points {
                            add(CityClass::Unknown, None, &mut strange)?;
                        }
                    }
                    Found::Nothing => is_known = true,
                    Found::Classes(classes) => {
                        is_known = true;
                        for class in classes.into_iter().flatten() {
                            let is_name = matches!(
                                class,
                                CityClass::StreetName(_)
                                    | CityClass::WaterName
                                    | CityClass::Place(_)
                            );
                            match tags.name() {
                                name @ Some(_) if is_name => add(class, name, &mut features)?,
                                None if is_name => {}
                                _ => add(class, None, &mut features)?,
                            }
                        }
                    }
                }
            }
        }
        let is_foreign = !is_known && !strange.is_empty();
        if is_foreign {
            features = strange;
        }
        features.sort_by_key(|feature| feature.class);
        Ok(CityTile { features, is_foreign })
    }
}

fn bounds_of(parts: &[Vec<[f32; 2]>]) -> Option<[f32; 4]> {
    let mut points = parts.iter().flatten();
    let [x, y] = *points.next()?;
    Some(points.fold([x, y, x, y], |[left, top, right, bottom], [x, y]| {
        [left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)]
    }))
}

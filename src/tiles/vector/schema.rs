//! From the layers and words of the usual schemas to this program's classes.
//!
//! OpenMapTiles (openmaptiles.org/schema) says `class`, Protomaps (docs.protomaps.com/basemaps/layers)
//! `kind`, with `pmap:` before it in older versions, and Shortbread (shortbread-tiles.org/schema)
//! `kind`. The names of their layers and their words differ, but nowhere does one word of one mean
//! something else in another: one table serves all three.

use super::classes::{BorderLevel, CityClass, CityShape, Green, PlaceRank, Road, RoadRank};
use super::mvt::Value;
use crate::i18n::Language;

/// What a feature of a tile turned out to be.
pub(super) enum Found {
    /// Of a layer that is known, but not drawn.
    Nothing,
    /// What it is drawn as.
    Classes([Option<CityClass>; 2]),
    /// Of a layer that is not known.
    Strange,
}

/// The attributes of a feature that count.
#[derive(Default)]
pub(super) struct Tags<'a> {
    kind: &'a str,
    /// `subclass`, `kind_detail`.
    detail: &'a str,
    name: Option<&'a str>,
    own_name: Option<&'a str>,
    latin_name: Option<&'a str>,
    level: i8,
    admin_level: Option<f64>,
    is_at_sea: bool,
    is_rail: bool,
    pub weight: f64,
}

impl<'a> Tags<'a> {
    pub fn take(&mut self, key: &'a str, value: Value<'a>, language: Language) {
        let is_true = match value {
            Value::Truth(truth) => truth,
            Value::Number(number) => number > 0.0,
            Value::Text(text) => matches!(text, "yes" | "true" | "1"),
        };
        match (key, value) {
            ("class" | "kind" | "pmap:kind", Value::Text(text)) => self.kind = text,
            ("subclass" | "kind_detail" | "pmap:kind_detail", Value::Text(text)) => {
                self.detail = text;
            }
            ("name", Value::Text(text)) => self.name = Some(text),
            ("name:latin" | "name_int", Value::Text(text)) => self.latin_name = Some(text),
            ("brunnel", Value::Text("tunnel")) => self.level = -1,
            ("brunnel", Value::Text("bridge")) => self.level = 1,
            ("is_tunnel" | "tunnel", _) if is_true => self.level = -1,
            ("is_bridge" | "bridge", _) if is_true => self.level = 1,
            ("pmap:level", Value::Number(level)) => {
                self.level = if level < 0.0 { -1 } else { i8::from(level > 0.0) };
            }
            ("admin_level" | "pmap:min_admin_level", Value::Number(level)) => {
                self.admin_level = Some(level);
            }
            // Protomaps, from version 4 on.
            ("kind_detail", Value::Number(level)) => self.admin_level = Some(level),
            ("maritime" | "disputed", _) if is_true => self.is_at_sea = true,
            ("rail", _) => self.is_rail = is_true,
            ("population", Value::Number(count)) => self.weight = count,
            ("population_rank", Value::Number(rank)) if self.weight == 0.0 => {
                self.weight = 10_f64.powf((rank / 2.0).clamp(0.0, 9.0));
            }
            // In OpenMapTiles 1 is the most important.
            ("rank", Value::Number(rank)) if self.weight == 0.0 => {
                self.weight = 1e7 / 2_f64.powf(rank.clamp(0.0, 40.0));
            }
            (key, Value::Text(text)) => {
                let tongue = key.strip_prefix("name:").or_else(|| key.strip_prefix("name_"));
                if tongue == Some(language.code()) {
                    self.own_name = Some(text);
                }
            }
            _ => {}
        }
    }

    /// What it is called: in the language asked for, else as it is called there.
    pub fn name(&self) -> Option<&'a str> {
        let found = self.own_name.or(self.name).or(self.latin_name);
        found.map(str::trim).filter(|name| !name.is_empty())
    }
}

/// What a feature of a layer is.
pub(super) fn classify(layer: &str, shape: CityShape, tags: &Tags<'_>) -> Found {
    use CityShape::{Areas, Lines, Points};
    let one = |class: Option<CityClass>| Found::Classes([class, None]);
    let kind = tags.kind;
    match (layer, shape) {
        ("water" | "ocean" | "water_polygons", Areas) => one(Some(CityClass::Water)),
        ("water" | "water_lines" | "waterway" | "physical_line", Lines) => {
            let class = waterway(kind);
            let name = class.filter(|class| *class == CityClass::Waterway(false));
            Found::Classes([class, name.map(|_| CityClass::WaterName)])
        }
        ("water_lines_labels" | "water_name", Lines) => one(Some(CityClass::WaterName)),
        ("land" | "landcover" | "landuse" | "natural" | "sites" | "park", Areas) => {
            one(ground(layer, kind, tags.detail))
        }
        ("building" | "buildings", Areas) => one(Some(CityClass::Building)),
        ("street_polygons", Areas) => one(Some(CityClass::Square)),
        ("transportation", Areas) => {
            one(matches!(kind, "path" | "pier" | "pedestrian").then_some(CityClass::Square))
        }
        ("transportation" | "streets" | "roads" | "transit", Lines) => road(tags),
        ("transportation_name" | "street_labels", Lines) => {
            one(rank_of(tags).map(CityClass::StreetName))
        }
        ("boundary" | "boundaries", Lines) => one(border(tags)),
        ("place" | "places" | "place_labels", Points) => one(place(tags).map(CityClass::Place)),
        (
            "water"
            | "ocean"
            | "water_polygons"
            | "water_lines"
            | "waterway"
            | "physical_line"
            | "physical_point"
            | "water_lines_labels"
            | "water_polygons_labels"
            | "water_name"
            | "land"
            | "landcover"
            | "landuse"
            | "natural"
            | "sites"
            | "park"
            | "building"
            | "buildings"
            | "street_polygons"
            | "street_polygons_labels"
            | "street_labels_points"
            | "streets"
            | "streets_polygons_labels"
            | "roads"
            | "transit"
            | "transportation"
            | "transportation_name"
            | "street_labels"
            | "boundary"
            | "boundaries"
            | "boundary_labels"
            | "place"
            | "places"
            | "place_labels"
            | "earth"
            | "poi"
            | "pois"
            | "housenumber"
            | "addresses"
            | "aeroway"
            | "aerodrome_label"
            | "mountain_peak"
            | "bridges"
            | "dam_lines"
            | "dam_polygons"
            | "pier_lines"
            | "pier_polygons"
            | "ferries"
            | "aerialways"
            | "public_transport"
            | "mask",
            _,
        ) => Found::Nothing,
        _ => Found::Strange,
    }
}

fn waterway(kind: &str) -> Option<CityClass> {
    match kind {
        "river" | "canal" | "" => Some(CityClass::Waterway(false)),
        "stream" | "ditch" | "drain" | "brook" => Some(CityClass::Waterway(true)),
        _ => None,
    }
}

fn ground(layer: &str, kind: &str, detail: &str) -> Option<CityClass> {
    let of = |word: &str| match word {
        "wood" | "forest" => Some(CityClass::Green(Green::Forest)),
        "park" | "garden" | "grass" | "meadow" | "grassland" | "village_green"
        | "recreation_ground" | "golf_course" | "cemetery" | "grave_yard" | "allotments"
        | "orchard" | "vineyard" | "scrub" | "heath" | "nature_reserve" | "protected_area"
        | "national_park" | "playground" | "pitch" | "wetland" | "marsh" | "swamp" | "bog"
        | "zoo" | "dog_park" | "stadium" | "plant_nursery" | "sports_centre" | "urban_green"
        | "public_park" | "village" | "fell" | "shrubbery" | "leisure" => {
            Some(CityClass::Green(Green::Park))
        }
        "farmland" | "farm" | "farmyard" | "greenhouse_horticulture" | "crop" => {
            Some(CityClass::Green(Green::Farm))
        }
        "sand" | "beach" | "bare_rock" | "rock" | "scree" | "barren" | "shingle" | "dune" => {
            Some(CityClass::Green(Green::Sand))
        }
        "residential" | "commercial" | "industrial" | "retail" | "railway" | "garages"
        | "brownfield" | "construction" | "landfill" | "urban_area" | "military" | "quarry"
        | "port" | "harbour" | "suburb" | "quarter" | "neighbourhood" => Some(CityClass::Built),
        "school" | "hospital" | "university" | "college" | "kindergarten" | "education"
        | "library" | "prison" => Some(CityClass::Public),
        "pedestrian" | "platform" | "parking" => Some(CityClass::Square),
        _ => None,
    };
    let found = of(kind).or_else(|| of(detail));
    // Of this layer of OpenMapTiles all are parks, whatever word the register has for them.
    found.or((layer == "park").then_some(CityClass::Green(Green::Park)))
}

fn road(tags: &Tags<'_>) -> Found {
    let rail = match tags.kind {
        "rail" | "narrow_gauge" | "monorail" | "funicular" => Some(tags.detail),
        "tram" | "light_rail" => Some("tram"),
        "subway" => return Found::Nothing,
        "transit" => match tags.detail {
            "subway" => return Found::Nothing,
            _ => Some("tram"),
        },
        _ if tags.is_rail => Some(tags.kind),
        _ => None,
    };
    if let Some(detail) = rail {
        // Trains underground are not seen.
        let is_tram = matches!(detail, "tram" | "light_rail");
        let is_seen = tags.level >= 0 && detail != "subway";
        return Found::Classes([is_seen.then_some(CityClass::Rail(is_tram)), None]);
    }
    let Some(rank) = rank_of(tags) else { return Found::Nothing };
    let class = CityClass::Road(Road { level: tags.level, rank });
    let name = tags.name().is_some().then_some(CityClass::StreetName(rank));
    Found::Classes([Some(class), name])
}

fn rank_of(tags: &Tags<'_>) -> Option<RoadRank> {
    let exact = |word: &str| {
        Some(match word.trim_end_matches("_link") {
            "motorway" | "highway" => RoadRank::Motorway,
            "trunk" | "primary" => RoadRank::Primary,
            "secondary" => RoadRank::Secondary,
            "tertiary" => RoadRank::Tertiary,
            "residential" | "unclassified" | "living_street" | "street" | "road" | "busway"
            | "bus_guideway" => RoadRank::Street,
            "pedestrian" => RoadRank::Pedestrian,
            "service" | "alley" | "driveway" | "parking_aisle" => RoadRank::Service,
            "path" | "footway" | "cycleway" | "track" | "steps" | "bridleway" | "corridor"
            | "sidewalk" | "crossing" | "pier" => RoadRank::Path,
            _ => return None,
        })
    };
    match tags.kind {
        // Wide classes of Protomaps and OpenMapTiles, with the exact one beside.
        "major_road" => Some(exact(tags.detail).unwrap_or(RoadRank::Primary)),
        "medium_road" => Some(exact(tags.detail).unwrap_or(RoadRank::Tertiary)),
        "minor_road" | "minor" => Some(exact(tags.detail).unwrap_or(RoadRank::Street)),
        "path" | "other" => Some(exact(tags.detail).unwrap_or(RoadRank::Path)),
        kind => exact(kind),
    }
}

fn border(tags: &Tags<'_>) -> Option<CityClass> {
    if tags.is_at_sea {
        return None;
    }
    let by_word = match tags.kind {
        "country" => Some(BorderLevel::Country),
        "region" | "county" | "macroregion" => Some(BorderLevel::Region),
        "locality" | "localadmin" => Some(BorderLevel::Local),
        _ => None,
    };
    let level = match tags.admin_level {
        Some(level) if level <= 2.0 => BorderLevel::Country,
        Some(level) if level <= 6.0 => BorderLevel::Region,
        Some(level) if level <= 8.0 => BorderLevel::Local,
        Some(_) => return None,
        None => by_word?,
    };
    Some(CityClass::Border(level))
}

fn place(tags: &Tags<'_>) -> Option<PlaceRank> {
    let of = |word: &str| {
        Some(match word {
            "country" => PlaceRank::Country,
            "state" | "region" | "province" | "county" => PlaceRank::Region,
            "city" | "capital" | "state_capital" => PlaceRank::City,
            "town" | "borough" | "municipality" => PlaceRank::Town,
            "village" | "locality" => PlaceRank::Village,
            "suburb" | "quarter" | "macrohood" | "city_block" => PlaceRank::Suburb,
            "neighbourhood" | "hamlet" | "isolated_dwelling" | "farm" | "islet" | "island" => {
                PlaceRank::Neighbourhood
            }
            _ => return None,
        })
    };
    of(tags.detail).filter(|_| tags.kind != "country").or_else(|| of(tags.kind))
}

//! Naming a place in Belgium by the towns around it.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Landing;
use crate::i18n::{Language, Localized, Message};

/// The radius of a sphere of about the size of the Earth, kilometres.
const RADIUS: f64 = 6371.0;

/// A layer up to so many kilometres across lies near one town.
const NEAR: f64 = 40.0;

/// A town.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Town {
    name: Localized,
    /// Longitude and latitude in WGS 84, degrees, to about a kilometre.
    pub at: [f64; 2],
    /// Whether it stands on little maps.
    #[serde(default)]
    pub is_landmark: bool,
}

impl Town {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        self.name.get(language)
    }
}

#[derive(Deserialize)]
struct Towns {
    town: Vec<Town>,
}

/// All towns of Belgium that places are named by, Brussels first.
pub fn towns() -> &'static [Town] {
    static TOWNS: LazyLock<Vec<Town>> = LazyLock::new(|| {
        match toml::from_str::<Towns>(include_str!("../../../assets/towns.toml")) {
            Ok(towns) => towns.town,
            Err(error) => {
                log::error!("towns.toml: {error}");
                Vec::new()
            }
        }
    });
    &TOWNS
}

/// Where most of a layer lies.
#[derive(Clone, Copy, Debug)]
pub enum Whereabouts {
    /// Around a town of Belgium.
    Near(&'static Town),
    /// In Belgium, from about one town in the west to another in the east.
    Between(&'static Town, &'static Town),
    /// Outside Belgium, so many kilometres from Brussels.
    Away(f64),
    /// On no place of the Earth.
    Nowhere,
}

impl Whereabouts {
    pub(super) fn of(landing: &Landing) -> Whereabouts {
        let is_on_earth = landing.positions.len() * 2 > landing.looked;
        let Some(middle) = middle(&landing.positions).filter(|_| is_on_earth) else {
            return Whereabouts::Nowhere;
        };
        let inside = || landing.positions.iter().copied().filter(|at| super::is_in_belgium(*at));
        if !landing.is_in_belgium() {
            let brussels = towns().first().map_or([4.35, 50.85], |town| town.at);
            return Whereabouts::Away(kilometres(brussels, middle));
        }
        let mut across: Vec<[f64; 2]> = inside().collect();
        across.sort_by(|a, b| a[0].total_cmp(&b[0]));
        // A few strays do not make it large.
        let edge = across.len() / 50;
        let west = across.get(edge).copied().unwrap_or(middle);
        let east = across.iter().rev().nth(edge).copied().unwrap_or(middle);
        match (nearest(west), nearest(east), nearest(middle)) {
            (Some(west_town), Some(east_town), _)
                if kilometres(west, east) > NEAR && !std::ptr::eq(west_town, east_town) =>
            {
                Whereabouts::Between(west_town, east_town)
            }
            (.., Some(town)) => Whereabouts::Near(town),
            _ => Whereabouts::Away(0.0),
        }
    }

    /// In words, to stand behind a name: "near Ghent".
    pub fn message(self, language: Language) -> Message {
        match self {
            Whereabouts::Near(town) => {
                Message::new("crs-where-near").text("town", town.name(language))
            }
            Whereabouts::Between(west, east) => Message::new("crs-where-between")
                .text("west", west.name(language))
                .text("east", east.name(language)),
            Whereabouts::Away(kilometres) => {
                Message::new("crs-where-away").number("kilometres", rounded(kilometres), 0)
            }
            Whereabouts::Nowhere => Message::new("crs-where-nowhere"),
        }
    }
}

/// To two digits: the distance of a whole layer is no more exact.
fn rounded(kilometres: f64) -> f64 {
    let step = 10_f64.powf((kilometres.max(10.0).log10().floor() - 1.0).max(0.0));
    (kilometres / step).round() * step
}

/// The middle of most positions: that of longitudes and of latitudes, each on its own.
fn middle(positions: &[[f64; 2]]) -> Option<[f64; 2]> {
    let of = |axis: fn(&[f64; 2]) -> f64| {
        let mut all: Vec<f64> = positions.iter().map(axis).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    Some([of(|[lon, _]| *lon)?, of(|[_, lat]| *lat)?])
}

fn nearest(at: [f64; 2]) -> Option<&'static Town> {
    towns().iter().min_by(|a, b| kilometres(a.at, at).total_cmp(&kilometres(b.at, at)))
}

/// The distance on a sphere, within half a per cent of that on the Earth (haversine formula, R. W.
/// Sinnott, "Virtues of the haversine", Sky and Telescope 68, 1984).
fn kilometres([lon, lat]: [f64; 2], [other_lon, other_lat]: [f64; 2]) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let turn = lat.to_radians().cos() * other_lat.to_radians().cos();
    let h = half(lat, other_lat) + turn * half(lon, other_lon);
    2.0 * RADIUS * h.sqrt().clamp(0.0, 1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PROJ 9.1.1: `echo "50.85 4.35 51.05 3.72" | geod +ellps=WGS84 -I +units=km` gives 49.548 km,
    /// `"50.85 4.35 3.72 51.05"` 6 792.797 km.
    #[test]
    fn distances_are_right_to_half_a_per_cent() {
        for (to, geodesic) in [([3.72, 51.05], 49.548), ([51.05, 3.72], 6792.797)] {
            let found = kilometres([4.35, 50.85], to);
            assert!((found / geodesic - 1.0).abs() < 0.005, "{found}");
        }
        for (exact, shown) in [(49.4, 49.0), (6792.8, 6800.0), (3.0, 3.0), (0.0, 0.0)] {
            assert!((rounded(exact) - shown).abs() < 1e-9);
        }
    }
}

//! Coordinates as people write and paste them.

mod angle;
mod links;
mod metres;
mod written;

pub use written::{degrees, metres};

use self::angle::{Angle, Axis, angle};
use self::metres::{Label, Metres, metres as read_metres};
use crate::crs::{Crs, Transformer, has_lambert72};
use crate::i18n::Message;

/// A text longer than this is no coordinate, bytes. Links may be long.
const LONGEST: usize = 120;
const LONGEST_LINK: usize = 4000;

/// Two places nearer than this are one, degrees: about a centimetre.
const SAME: f64 = 1e-7;

/// How a place was read from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// Degrees; letters or words say which is which.
    Degrees,
    /// Degrees, the first of which was taken for the latitude.
    LatitudeFirst,
    /// Degrees, the first of which was taken for the longitude.
    LongitudeFirst,
    /// Metres in Belgian Lambert 72 (EPSG:31370).
    Lambert72,
    /// Metres in Belgian Lambert 2008 (EPSG:3812).
    Lambert2008,
    /// The place that a link points at.
    Link,
    /// The middle of the map that a link shows.
    LinkView,
}

impl Read {
    /// In words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Read::Degrees => "find-read-degrees",
            Read::LatitudeFirst => "find-read-latitude-first",
            Read::LongitudeFirst => "find-read-longitude-first",
            Read::Lambert72 => "find-read-lambert72",
            Read::Lambert2008 => "find-read-lambert2008",
            Read::Link => "find-read-link",
            Read::LinkView => "find-read-link-view",
        })
    }
}

/// A place somebody typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Longitude and latitude, degrees, WGS 84.
    pub lon_lat: [f64; 2],
    /// The same in Lambert 72 (EPSG:31370), metres; none outside its area.
    pub lambert72: Option<[f64; 2]>,
    /// How it was read.
    pub read: Read,
    /// The zoom level of slippy maps that a link asks for.
    pub zoom: Option<f64>,
}

impl Place {
    /// A place known by its longitude and latitude in WGS 84, degrees. As [`places`] it belongs on
    /// a worker.
    pub fn at(lon_lat: [f64; 2]) -> Place {
        let spot = Spot { xy: lon_lat, read: Read::Degrees, zoom: None };
        let bare = Place { lon_lat, lambert72: None, read: Read::Degrees, zoom: None };
        located(spot).unwrap_or(bare)
    }
}

/// A place before anything was transformed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot {
    /// Longitude and latitude, or metres, by how it was read.
    xy: [f64; 2],
    read: Read,
    zoom: Option<f64>,
}

/// The places that a text may mean, the likeliest first; none for a text that is no coordinates.
///
/// Understood are pairs of decimal degrees (with points or commas), degrees with minutes and
/// seconds, with or without letters (N, S or Z, E or O, W), `geo:` addresses, links of
/// OpenStreetMap, Google Maps and others of their kind, and x and y in Lambert 72 or 2008, with or
/// without marks between thousands. What has two meanings gives two places, except that degrees
/// without letters which fit Belgium in one order only are read in that order.
///
/// Takes some 50 ms on a thread that has not transformed before: it belongs on a worker.
pub fn places(text: &str) -> Vec<Place> {
    let text = text.trim();
    let spots = if text.len() > LONGEST_LINK {
        Vec::new()
    } else if let Some(spots) = links::spots(text) {
        spots
    } else if text.len() > LONGEST {
        Vec::new()
    } else {
        pairs(text)
    };
    let mut found: Vec<Place> = Vec::new();
    for place in spots.into_iter().filter_map(located) {
        let is_same = |other: &Place| {
            let [x, y] = [0, 1].map(|axis| {
                let of = |place: &Place| place.lon_lat.get(axis).copied().unwrap_or_default();
                (of(other) - of(&place)).abs()
            });
            x < SAME && y < SAME
        };
        if !found.iter().any(is_same) {
            found.push(place);
        }
    }
    found
}

/// Which system a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Degrees,
    Lambert,
    Lambert72,
    Lambert2008,
}

/// How people write the systems' names; longer ones before those that begin them.
const NAMES: &[(&str, Named)] = &[
    ("epsg:31370", Named::Lambert72),
    ("epsg:3812", Named::Lambert2008),
    ("epsg:4326", Named::Degrees),
    ("lambert 2008", Named::Lambert2008),
    ("lambert2008", Named::Lambert2008),
    ("lambert-2008", Named::Lambert2008),
    ("lambert 08", Named::Lambert2008),
    ("lambert08", Named::Lambert2008),
    ("lambert 1972", Named::Lambert72),
    ("lambert 72", Named::Lambert72),
    ("lambert72", Named::Lambert72),
    ("lambert-72", Named::Lambert72),
    ("lambert", Named::Lambert),
    ("l2008", Named::Lambert2008),
    ("l08", Named::Lambert2008),
    ("lb08", Named::Lambert2008),
    ("l72", Named::Lambert72),
    ("lb72", Named::Lambert72),
    ("bd72", Named::Lambert72),
    ("wgs 84", Named::Degrees),
    ("wgs84", Named::Degrees),
    ("wgs-84", Named::Degrees),
];

/// All ways to read a text as two numbers.
fn pairs(text: &str) -> Vec<Spot> {
    let text = plain(text);
    let (text, named) = without_name(&text);
    let halves: Vec<(&str, &str)> = splits(text).collect();
    let mut spots = Vec::new();
    if matches!(named, None | Some(Named::Degrees)) {
        for (a, b) in &halves {
            if let (Some(a), Some(b)) = (angle(a), angle(b)) {
                spots.extend(degrees_of(a, b, named.is_some()));
            }
        }
        // What fits Belgium is what was meant, if anything does.
        spots.sort_by_key(|spot| !is_belgian(spot.xy));
    }
    if named != Some(Named::Degrees) {
        for (a, b) in &halves {
            spots.extend(lambert_of(&read_metres(a), &read_metres(b), named));
        }
    }
    spots
}

/// A text with one sign for each meaning, in lower case.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        out.push(match letter {
            '′' | '’' | '‘' | 'ʹ' | '´' | '`' => '\'',
            '″' | '”' | '“' | 'ʺ' | '„' => '"',
            'º' | '˚' => '°',
            '−' | '–' => '-',
            '(' | ')' | '[' | ']' | '{' | '}' => ' ',
            other if other.is_whitespace() => ' ',
            other => other,
        });
    }
    out.replace("''", "\"")
}

/// A text without the name of the system that stands before or after the numbers.
fn without_name(text: &str) -> (&str, Option<Named>) {
    let text = text.trim();
    for (name, named) in NAMES {
        if let Some(rest) = text.strip_prefix(name) {
            return (rest.trim_start_matches([':', ',', '=', ' ']), Some(*named));
        }
        if let Some(rest) = text.strip_suffix(name) {
            return (rest.trim_end(), Some(*named));
        }
    }
    (text, None)
}

fn is_separator(letter: char) -> bool {
    matches!(letter, ' ' | ',' | ';' | '/' | '|' | '&' | '\t')
}

/// All ways to cut a text in two where two numbers may meet: at separators, and beside letters and
/// the marks of minutes and seconds.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let cuts = text.char_indices().skip(1).zip(text.chars());
    cuts.filter_map(|((at, after), before)| {
        let parts = |letter: char| {
            is_separator(letter) || letter.is_alphabetic() || matches!(letter, '°' | '\'' | '"')
        };
        if !parts(before) && !parts(after) {
            return None;
        }
        let (a, b) = text.split_at_checked(at)?;
        let ends = |text: &str| text.is_empty();
        let (a, b) = (a.trim_matches(is_separator), b.trim_matches(is_separator));
        (!ends(a) && !ends(b)).then_some((a, b))
    })
}

/// Two angles as longitude and latitude.
fn degrees_of(a: Angle, b: Angle, is_named: bool) -> Vec<Spot> {
    let is_marked = a.is_marked || b.is_marked;
    if a.parts != b.parts && !is_marked {
        return Vec::new();
    }
    let spot = |lat: f64, lon: f64, read| {
        let fits = lat.abs() <= 90.0 && lon.abs() <= 180.0;
        fits.then_some(Spot { xy: [lon, lat], read, zoom: None })
    };
    let latitude_first = |read| spot(a.degrees, b.degrees, read);
    let longitude_first = |read| spot(b.degrees, a.degrees, read);
    match (a.axis, b.axis) {
        (Some(Axis::Latitude), None | Some(Axis::Longitude)) | (None, Some(Axis::Longitude)) => {
            latitude_first(Read::Degrees).into_iter().collect()
        }
        (Some(Axis::Longitude), None | Some(Axis::Latitude)) | (None, Some(Axis::Latitude)) => {
            longitude_first(Read::Degrees).into_iter().collect()
        }
        (Some(_), Some(_)) => Vec::new(),
        (None, None) => {
            let both = [latitude_first(Read::LatitudeFirst), longitude_first(Read::LongitudeFirst)];
            let both: Vec<Spot> = both.into_iter().flatten().collect();
            if let Some(belgian) = both.iter().find(|spot| is_belgian(spot.xy)) {
                return vec![*belgian];
            }
            // Two whole numbers far away are more likely two numbers.
            let are_meant = is_marked || is_named || (a.has_fraction && b.has_fraction);
            if are_meant { both } else { Vec::new() }
        }
    }
}

/// Whether a place is in or just around Belgium: 2° to 7° E, 49° to 52° N.
fn is_belgian([lon, lat]: [f64; 2]) -> bool {
    (2.0..=7.0).contains(&lon) && (49.0..=52.0).contains(&lat)
}

/// Readings of two numbers as x and y in the Lambert systems. The two systems share no numbers:
/// in Belgium, x is 14,000 to 298,000 and y 20,000 to 247,000 in Lambert 72, about half a million
/// more of both in Lambert 2008 (areas of use of EPSG:31370 and EPSG:3812).
fn lambert_of(a: &Metres, b: &Metres, named: Option<Named>) -> Vec<Spot> {
    let systems = [
        (Read::Lambert72, Named::Lambert72, 10_000.0..=305_000.0, 15_000.0..=255_000.0),
        (Read::Lambert2008, Named::Lambert2008, 510_000.0..=805_000.0, 515_000.0..=755_000.0),
    ];
    let mut spots = Vec::new();
    for (read, system, across, up) in systems {
        if named.is_some_and(|named| named != system && named != Named::Lambert) {
            continue;
        }
        let mut add = |x: f64, y: f64| {
            let fits = across.contains(&x) && up.contains(&y);
            if fits {
                spots.push(Spot { xy: [x, y], read, zoom: None });
            }
            fits
        };
        for first in &a.readings {
            for second in &b.readings {
                match (a.label, b.label) {
                    (Some(Label::Y), _) | (_, Some(Label::X)) => add(*second, *first),
                    // y before x only where nothing else is possible.
                    (None, None) => add(*first, *second) || add(*second, *first),
                    _ => add(*first, *second),
                };
            }
        }
    }
    spots
}

/// A spot in both systems; none where it cannot be transformed or lies nowhere.
fn located(spot: Spot) -> Option<Place> {
    let system = match spot.read {
        Read::Lambert72 => Some(Crs::lambert72()),
        Read::Lambert2008 => Some(Crs::lambert2008()),
        _ => None,
    };
    let mut lon_lat = spot.xy;
    if let Some(system) = system {
        lon_lat = transformed(&system, &Crs::wgs84(), lon_lat)?;
        if !is_belgian(lon_lat) {
            return None;
        }
    }
    let lambert72 = match spot.read {
        Read::Lambert72 => Some(spot.xy),
        _ if has_lambert72(lon_lat) => transformed(&Crs::wgs84(), &Crs::lambert72(), lon_lat),
        _ => None,
    };
    Some(Place { lon_lat, lambert72, read: spot.read, zoom: spot.zoom })
}

fn transformed(from: &Crs, to: &Crs, place: [f64; 2]) -> Option<[f64; 2]> {
    let mut places = [place];
    let failed = Transformer::new(from, to).ok()?.transform(&mut places);
    (failed == 0).then_some(places[0])
}

#[cfg(test)]
mod tests;

//! What the names of columns say about places, in Dutch, French and English.

/// How well a name says what a column holds; 0 not at all.
pub(super) type Rank = u8;

/// What a coordinate column is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Longitude,
    Latitude,
    X,
    Y,
}

const LONGITUDE: &[&str] = &[
    "lon",
    "lng",
    "long",
    "longitude",
    "lengte",
    "lengtegraad",
    "geolengte",
    "longitudegps",
    "gpslon",
    "gpslng",
    "gpslong",
    "gpslongitude",
    "geolon",
    "geolng",
    "geolong",
    "lonwgs84",
    "longwgs84",
    "wgs84lon",
    "wgs84lng",
    "xwgs84",
    "wgs84x",
    "decimallongitude",
    "dcmllng",
    "dcmllong",
    "longdec",
    "londd",
    "longdd",
    "stoplon",
    "poslon",
    "coordlon",
    "locationlng",
    "locationlon",
    "oosterlengte",
];
const LATITUDE: &[&str] = &[
    "lat",
    "latitude",
    "breedte",
    "breedtegraad",
    "geobreedte",
    "latitudegps",
    "gpslat",
    "gpslatitude",
    "geolat",
    "latwgs84",
    "wgs84lat",
    "ywgs84",
    "wgs84y",
    "decimallatitude",
    "dcmllat",
    "dcmlltt",
    "latdec",
    "latdd",
    "stoplat",
    "poslat",
    "coordlat",
    "locationlat",
    "noorderbreedte",
    "geosplitst",
];
const X: &[&str] = &[
    "x",
    "xcoord",
    "xcoordinate",
    "xcoordinaat",
    "xcoordonnee",
    "coordx",
    "coordinaatx",
    "coordonneex",
    "coordinatex",
    "xco",
    "posx",
    "xpos",
    "puntx",
    "pointx",
    "px",
    "easting",
    "east",
    "oost",
    "este",
    "xl72",
    "xlb72",
    "xlambert",
    "lambertx",
    "xlambert72",
    "lambert72x",
    "x72",
    "xlambert2008",
    "lambert2008x",
    "xl08",
    "xlb08",
    "x31370",
    "x3812",
    "xm",
    "xmeter",
    "geox",
    "xgeo",
    "locx",
    "locatiex",
    "centroidx",
    "xcentroid",
];
const Y: &[&str] = &[
    "y",
    "ycoord",
    "ycoordinate",
    "ycoordinaat",
    "ycoordonnee",
    "coordy",
    "coordinaaty",
    "coordonneey",
    "coordinatey",
    "yco",
    "posy",
    "ypos",
    "punty",
    "pointy",
    "py",
    "northing",
    "north",
    "noord",
    "yl72",
    "ylb72",
    "ylambert",
    "lamberty",
    "ylambert72",
    "lambert72y",
    "y72",
    "ylambert2008",
    "lambert2008y",
    "yl08",
    "ylb08",
    "y31370",
    "y3812",
    "ym",
    "ymeter",
    "geoy",
    "ygeo",
    "locy",
    "locatiey",
    "centroidy",
    "ycentroid",
];
const POINT_TEXT: &[&str] = &[
    "geopoint2d",
    "geopoint",
    "geopunt",
    "point",
    "punt",
    "latlon",
    "latlng",
    "latlong",
    "lonlat",
    "lnglat",
    "locatie",
    "location",
    "localisation",
    "positie",
    "position",
    "coordinaten",
    "coordinates",
    "coordonnees",
    "coordinaat",
    "geocoordinaat",
    "geocoordinaten",
    "gps",
    "gpscoordinaten",
    "geoposition",
    "geo",
    "geom",
    "geometry",
    "geometrie",
    "geolocatie",
    "geolocation",
    "coords",
    "plaats",
    "xy",
    "centerpoint",
    "centrum",
];

/// Letters and digits in lower case, accents left off.
pub(super) fn plain(name: &str) -> String {
    let folded = name.chars().flat_map(char::to_lowercase).map(|c| match c {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'à' | 'â' | 'ä' => 'a',
        'ï' | 'î' => 'i',
        'ö' | 'ô' => 'o',
        'ü' | 'û' => 'u',
        c => c,
    });
    folded.filter(char::is_ascii_alphanumeric).collect()
}

/// Which coordinate a column holds by its name, and how surely.
pub(super) fn axis_of(name: &str) -> Option<(Axis, Rank)> {
    let plain = plain(name);
    let lists =
        [(Axis::Longitude, LONGITUDE), (Axis::Latitude, LATITUDE), (Axis::X, X), (Axis::Y, Y)];
    if let Some((axis, _)) = lists.iter().find(|(_, list)| list.contains(&plain.as_str())) {
        return Some((*axis, 3));
    }
    // Words inside longer names: start_longitude, lat_garage, X (Lambert 72).
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(self::plain).collect();
    let mut found =
        lists.iter().filter(|(_, list)| words.iter().any(|word| list.contains(&word.as_str())));
    if let (Some((axis, _)), None) = (found.next(), found.next()) {
        return Some((*axis, 2));
    }
    for (axis, parts) in [
        (Axis::Longitude, ["longitude", "lengtegraad"]),
        (Axis::Latitude, ["latitude", "breedtegraad"]),
    ] {
        if parts.iter().any(|part| plain.contains(part)) {
            return Some((axis, 1));
        }
    }
    None
}

/// What is left of a name without the words that name the axis: columns of one pair share it.
pub(super) fn stem(name: &str) -> String {
    let mut plain = plain(name);
    for word in [
        "longitude",
        "latitude",
        "lengtegraad",
        "breedtegraad",
        "lengte",
        "breedte",
        "long",
        "lon",
        "lng",
        "lat",
    ] {
        plain = plain.replacen(word, "", 1);
    }
    plain.trim_matches(['x', 'y']).to_owned()
}

/// Whether a name promises a point in one text.
pub(super) fn is_point_text(name: &str) -> bool {
    POINT_TEXT.contains(&plain(name).as_str())
}

/// Whether a name says that longitude comes first in the text.
pub(super) fn longitude_first(name: &str) -> bool {
    let plain = plain(name);
    ["lonlat", "lnglat", "longlat", "xy"].contains(&plain.as_str())
}

/// The EPSG code a name tells.
pub(super) fn code_of(name: &str) -> Option<&'static str> {
    let plain = plain(name);
    let tells = |marks: &[&str]| marks.iter().any(|mark| plain.contains(mark));
    if tells(&["31370", "lambert72", "lb72", "l72"]) {
        Some("EPSG:31370")
    } else if tells(&["3812", "lambert2008", "lb08", "l08"]) {
        Some("EPSG:3812")
    } else if tells(&["3857", "mercator"]) {
        Some("EPSG:3857")
    } else if tells(&["wgs84", "4326"]) {
        Some("EPSG:4326")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_axis() {
        for (name, axis) in [
            ("Longitude", Axis::Longitude),
            ("lat", Axis::Latitude),
            ("Breedtegraad", Axis::Latitude),
            ("start_lng", Axis::Longitude),
            ("X-coördinaat", Axis::X),
            ("Y (Lambert 72)", Axis::Y),
            ("xLambert72", Axis::X),
        ] {
            assert_eq!(axis_of(name).map(|(axis, _)| axis), Some(axis), "{name}");
        }
        for name in ["plat", "flats", "taxi", "jaar", "", "xyz", "lon_lat"] {
            assert_eq!(axis_of(name), None, "{name}");
        }
        assert_eq!(stem("start_longitude"), stem("start_latitude"));
        assert_eq!(code_of("x_lambert_72"), Some("EPSG:31370"));
    }
}

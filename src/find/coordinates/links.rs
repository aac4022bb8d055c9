//! Places in links: `geo:` addresses (RFC 5870), OpenStreetMap, Google Maps, and others that write
//! their places the same ways.

use super::{Read, Spot};

/// The names under which links carry a place, latitude first.
const PLACES: [&str; 9] =
    ["q=", "query=", "ll=", "daddr=", "destination=", "cp=", "loc=", "center=", "viewpoint="];

/// The places of a link, the one it points at first; none for a text that is no link.
pub(super) fn spots(text: &str) -> Option<Vec<Spot>> {
    let lower = text.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("geo:") {
        let (lat, lon, rest) = pair(rest, &[','])?;
        // The parameter that Android adds to RFC 5870.
        let zoom = after(rest, "z=").and_then(number).map(|(zoom, _)| zoom);
        return Some(spot(lat, lon, Read::Link, zoom).into_iter().collect());
    }
    if !lower.contains("://") && !lower.starts_with("www.") {
        return None;
    }
    let link = lower.replace("%2c", ",").replace("%20", " ").replace('+', " ");
    let mut found = Vec::new();
    // Google: the place itself.
    if let Some((lat, rest)) = after(&link, "!3d").and_then(number)
        && let Some((lon, _)) = rest.strip_prefix("!4d").and_then(number)
    {
        found.extend(spot(lat, lon, Read::Link, None));
    }
    // OpenStreetMap: a marker.
    let value = |name| after(&link, name).and_then(number).map(|(value, _)| value);
    if let (Some(lat), Some(lon)) = (value("mlat="), value("mlon=")) {
        found.extend(spot(lat, lon, Read::Link, None));
    }
    for name in PLACES {
        let starts = ["?", "&", "#"].map(|start| format!("{start}{name}"));
        for rest in starts.iter().filter_map(|start| after(&link, start)) {
            if let Some((lat, lon, _)) = pair(rest, &[',', '~', ' ', ';']) {
                found.extend(spot(lat, lon, Read::Link, None));
            }
        }
    }
    // The middle of the map.
    if let Some((zoom, rest)) = after(&link, "map=").and_then(number)
        && let Some((lat, lon, _)) = rest.strip_prefix('/').and_then(|rest| pair(rest, &['/']))
    {
        found.extend(spot(lat, lon, Read::LinkView, Some(zoom)));
    }
    if let Some((lat, lon, rest)) = after(&link, "@").and_then(|rest| pair(rest, &[','])) {
        let zoom = rest.strip_prefix(',').and_then(number);
        let zoom = zoom.filter(|(_, rest)| rest.starts_with('z')).map(|(zoom, _)| zoom);
        found.extend(spot(lat, lon, Read::LinkView, zoom));
    }
    let (lat, lon) = (value("lat="), value("lon=").or_else(|| value("lng=")));
    if let (Some(lat), Some(lon)) = (lat, lon) {
        found.extend(spot(lat, lon, Read::LinkView, value("zoom=")));
    }
    Some(found)
}

fn spot(lat: f64, lon: f64, read: Read, zoom: Option<f64>) -> Option<Spot> {
    let fits = lat.abs() <= 90.0 && lon.abs() <= 180.0;
    fits.then_some(Spot { xy: [lon, lat], read, zoom })
}

/// What follows the first occurrence of a text.
fn after<'a>(text: &'a str, what: &str) -> Option<&'a str> {
    text.split_once(what).map(|(_, rest)| rest.trim_start())
}

/// Two numbers with one of the signs between them, and what follows.
fn pair<'a>(text: &'a str, between: &[char]) -> Option<(f64, f64, &'a str)> {
    let (first, rest) = number(text)?;
    let rest = rest.strip_prefix(between)?.trim_start();
    let (second, rest) = number(rest)?;
    Some((first, second, rest))
}

/// A number at the start of a text, and what follows.
fn number(text: &str) -> Option<(f64, &str)> {
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '-' if at == 0 => {}
            '0'..='9' | '.' => end = at + 1,
            _ => break,
        }
    }
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}

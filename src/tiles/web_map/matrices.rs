//! Whether the levels of a WMTS are those of slippy maps.
//!
//! Slippy maps have the tiles of the well-known scale set GoogleMapsCompatible (annex E.4): level
//! `z` has tiles whose side is the width of the world divided by `2^z`, counted from the corner at
//! −20 037 508.342 789 2, 20 037 508.342 789 2 m. That a set says so of itself is no proof: the side
//! follows from its scale denominators (one pixel is 0.28 mm times the denominator, section 6.1),
//! and each level is held against what it would have to be.

use super::DEEPEST_LEVEL;
use super::described::encoded;
use crate::formats::xml::Element;
use crate::i18n::Message;
use crate::tiles::TileId;

/// The side of a pixel that scale denominators are about, metres.
const PIXEL: f64 = 0.000_28;

/// A scale may be off by this share of it: servers reckon with other digits of the earth's size.
const MOST_OFF: f64 = 1e-7;

/// A number that was rounded when it was written may be off by this share of it at most.
const MOST_ROUNDED: f64 = 1e-5;

/// The same for a corner, metres.
const CORNER_ROUNDED: f64 = 1.0;

/// Levels that are those of slippy maps.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Levels {
    pub first: u8,
    /// What the service calls them, from the first on.
    pub names: Vec<String>,
    /// Pixels a side.
    pub side: u32,
}

/// A number, and by how much it may be off because it was rounded when it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    pub value: f64,
    rounding: f64,
}

fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let decimals = i32::try_from(decimals.min(300)).ok()?;
    Some(Written { value, rounding: 0.5 * 10_f64.powi(exponent.clamp(-300, 300) - decimals) })
}

pub(super) fn pair(text: &str) -> Option<[Written; 2]> {
    let mut parts = text.split_whitespace().map(written);
    Some([parts.next()??, parts.next()??])
}

/// The longest run of levels that follow each other, each as it must be; or what is wrong with the
/// first that is not.
pub(super) fn levels(set: &Element, name: &str) -> Result<Levels, Message> {
    let mut runs: Vec<Levels> = Vec::new();
    let mut wrong = None;
    for matrix in set.all("TileMatrix") {
        let level = matrix.text_of("Identifier");
        match zoom_of(matrix) {
            Ok((zoom, side)) => {
                let goes_on = runs.last_mut().filter(|run| {
                    run.side == side
                        && usize::from(zoom) == usize::from(run.first) + run.names.len()
                });
                match goes_on {
                    Some(run) => run.names.push(level.to_owned()),
                    None => runs.push(Levels { first: zoom, names: vec![level.to_owned()], side }),
                }
            }
            Err(why) => {
                let about = Message::new("webmap-error-matrix").text("set", name);
                wrong.get_or_insert(about.text("level", level).message("why", why));
            }
        }
    }
    let most = runs.into_iter().max_by_key(|run| run.names.len());
    most.ok_or_else(|| wrong.unwrap_or_else(|| Message::new("webmap-error-no-sets")))
}

/// Which level of slippy maps a level of a set is, and how many pixels its tiles have a side.
fn zoom_of(matrix: &Element) -> Result<(u8, u32), Message> {
    let unread = || Message::new("webmap-why-unread");
    let [width, height] =
        ["TileWidth", "TileHeight"].map(|name| matrix.text_of(name).parse::<u32>().ok());
    let (Some(side @ 64..=4096), Some(height)) = (width, height) else { return Err(unread()) };
    if side != height {
        let (width, height) = (side.to_string(), height.to_string());
        return Err(Message::new("webmap-why-square").text("width", width).text("height", height));
    }
    let scale = written(matrix.text_of("ScaleDenominator")).filter(|scale| scale.value > 0.0);
    let scale = scale.ok_or_else(unread)?;
    let corner = pair(matrix.text_of("TopLeftCorner")).ok_or_else(unread)?;
    let world = TileId { z: 0, x: 0, y: 0 }.extent_mercator();
    let zoom = (world.width() / (scale.value * PIXEL * f64::from(side))).log2().round();
    if !(0.0..=f64::from(DEEPEST_LEVEL)).contains(&zoom) {
        let told = Message::new("webmap-why-scale").number("scale", scale.value, 2);
        return Err(told.number("expected", world.width() / PIXEL / f64::from(side), 2));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 23")]
    let z = zoom as u8;
    let expected = world.width() / PIXEL / f64::from(side) / 2_f64.powi(i32::from(z));
    // Less than a pixel at the other edge of the world, or what rounding explains.
    let pixel = expected / f64::from(side) / 2_f64.powi(i32::from(z));
    let pixel = pixel.min(expected * MOST_OFF);
    let allowed = pixel.max(scale.rounding.min(expected * MOST_ROUNDED));
    if (scale.value - expected).abs() > allowed {
        let told = Message::new("webmap-why-scale").number("scale", scale.value, 2);
        return Err(told.number("expected", expected, 2));
    }
    let pixel = world.width() / f64::from(side) / 2_f64.powi(i32::from(z));
    let [x, y] = corner;
    let is_there = |at: Written, expected: f64| {
        (at.value - expected).abs() <= pixel.max(at.rounding).min(CORNER_ROUNDED)
    };
    if !(is_there(x, world.min_x) && is_there(y, world.max_y)) {
        let told = Message::new("webmap-why-corner").number("x", x.value, 2);
        return Err(told.number("y", y.value, 2));
    }
    Ok((z, side))
}

impl Levels {
    pub fn ends(&self) -> [u8; 2] {
        let count = u8::try_from(self.names.len()).unwrap_or(u8::MAX);
        [self.first, self.first.saturating_add(count.saturating_sub(1))]
    }

    /// What stands for the level in a pattern, and the names where they are no numbers behind
    /// something that is always the same.
    pub fn place(&self) -> (String, Vec<String>) {
        let prefix = self.names.first().and_then(|name| name.strip_suffix(&self.first.to_string()));
        let is_number = |prefix: &str| {
            let mut zooms = self.first..;
            let mut all = self.names.iter().zip(&mut zooms);
            !prefix.contains(['{', '}'])
                && all.all(|(name, zoom)| name.strip_prefix(prefix) == Some(&zoom.to_string()))
        };
        if let Some(prefix) = prefix.filter(|prefix| is_number(prefix)) {
            (format!("{}{{z}}", encoded(prefix)), Vec::new())
        } else {
            ("{level}".to_owned(), self.names.iter().map(|name| encoded(name)).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Level 0 of GoogleMapsCompatible (OGC 07-057r7, annex E.4), and what servers make of it.
    const SCALE_0: &str = "559082264.0287178";

    fn matrix(scale: &str, corner: &str, side: u32) -> Element {
        let text = format!(
            "<TileMatrix><Identifier>0</Identifier><ScaleDenominator>{scale}</ScaleDenominator>\
             <TopLeftCorner>{corner}</TopLeftCorner><TileWidth>{side}</TileWidth>\
             <TileHeight>{side}</TileHeight></TileMatrix>"
        );
        Element::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn levels_are_proved_by_their_numbers() {
        let corner = "-20037508.3427892 20037508.3427892";
        for (scale, corner, side, expected) in [
            (SCALE_0, corner, 256, (0, 256)),
            // As GeoServer, MapProxy and ArcGIS write them.
            ("5.590822639508929E8", "-2.003750834E7 2.0037508E7", 256, (0, 256)),
            ("1066.36479192", corner, 256, (19, 256)),
            ("266.5911979675388", "-20037508.342787 20037508.342787", 256, (21, 256)),
            ("533.18", corner, 256, (20, 256)),
            // Tiles of 512 pixels: half the scale for the same tile.
            ("279541132.0143589", corner, 512, (0, 512)),
        ] {
            assert_eq!(zoom_of(&matrix(scale, corner, side)), Ok(expected), "{scale}");
        }
        for (scale, corner, side, id) in [
            ("559082000.0", corner, 256, "webmap-why-scale"),
            ("1066.4", corner, 256, "webmap-why-scale"),
            ("500000000", corner, 256, "webmap-why-scale"),
            ("1e300", corner, 256, "webmap-why-scale"),
            (SCALE_0, "-20037508.3427892 20037408.3427892", 256, "webmap-why-corner"),
            ("1066.36479192", "-20037508.3427892 20037408.3427892", 256, "webmap-why-corner"),
            ("1066.36479192", "20037508.3427892 -20037508.3427892", 256, "webmap-why-corner"),
            ("1066.36479192", "nergens", 256, "webmap-why-unread"),
            ("-1", corner, 256, "webmap-why-unread"),
            (SCALE_0, corner, 0, "webmap-why-unread"),
        ] {
            let why = zoom_of(&matrix(scale, corner, side)).unwrap_err();
            assert_eq!(why.id, id, "{scale} {corner}");
        }
    }

    #[test]
    fn names_of_levels_become_numbers_where_they_are() {
        let levels = |first, names: &[&str]| Levels {
            first,
            names: names.iter().map(|&name| name.to_owned()).collect(),
            side: 256,
        };
        assert_eq!(levels(0, &["0", "1", "2"]).place().0, "{z}");
        assert_eq!(levels(5, &["EPSG:900913:5", "EPSG:900913:6"]).place().0, "EPSG%3A900913%3A{z}");
        for other in [levels(9, &["9", "010"]), levels(9, &["09", "10"]), levels(1, &["{s}1"])] {
            let (place, names) = other.place();
            assert_eq!((place.as_str(), names.len()), ("{level}", other.names.len()));
        }
    }
}

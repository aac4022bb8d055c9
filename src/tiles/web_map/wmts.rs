//! What a WMTS tells about itself (OGC 07-057r7, version 1.0.0), and whether its tiles are those of
//! slippy maps.
//!
//! Slippy maps have the tiles of the well-known scale set GoogleMapsCompatible (annex E.4): level
//! `z` has tiles whose side is the width of the world divided by `2^z`, counted from the corner at
//! −20 037 508.342 789 2, 20 037 508.342 789 2 m. That a set says so of itself is no proof: the side
//! follows from its scale denominators (one pixel is 0.28 mm times the denominator, section 6.1),
//! and each level is held against what it would have to be.

use url::Url;

use super::described::Way as AnyWay;
use super::described::{
    FoundLayer, FoundService, Named, bounds, conditions, encoded, endpoint, href,
    is_of_slippy_maps, parameter, question, shown_formats,
};
use super::{DEEPEST_LEVEL, Fine, WebForm, WebMap};
use crate::formats::xml::Element;
use crate::i18n::Message;
use crate::table::Extent;
use crate::tiles::TileId;

/// The side of a pixel that scale denominators are about, metres.
const PIXEL: f64 = 0.000_28;

/// A scale may be off by this share of it: servers reckon with other digits of the earth's size.
const MOST_OFF: f64 = 1e-7;

/// A number that was rounded when it was written may be off by this share of it at most.
const MOST_ROUNDED: f64 = 1e-5;

/// The same for a corner, metres.
const CORNER_ROUNDED: f64 = 1.0;

/// How tiles of a WMTS are asked for.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tiles) struct Way {
    /// Where questions with parameters go; none where the service takes none.
    kvp: Option<Url>,
    /// Patterns of addresses: layer, kind of picture, pattern.
    templates: Vec<(String, String, String)>,
    sets: Vec<Set>,
    /// Dimensions such as the time, and their usual values: layer, name, value.
    dimensions: Vec<(String, String, String)>,
}

/// A set of tiles.
#[derive(Clone, Debug, PartialEq)]
struct Set {
    name: String,
    /// Its levels, or why they are not those of slippy maps.
    levels: Result<Levels, Message>,
}

/// Levels that are those of slippy maps.
#[derive(Clone, Debug, PartialEq)]
struct Levels {
    first: u8,
    /// What the service calls them, from the first on.
    names: Vec<String>,
    /// Pixels a side.
    side: u32,
}

/// Reads the root of a WMTS' capabilities, which came from an address.
pub(super) fn service(root: &Element, at: &Url) -> Result<FoundService, Message> {
    let none = Element::default();
    let contents = root.child("Contents").unwrap_or(&none);
    let sets: Vec<Set> = contents.all("TileMatrixSet").map(set).collect();
    let operations = root.child("OperationsMetadata").unwrap_or(&none);
    let get = operations.all("Operation").find(|it| it.attribute("name") == "GetTile");
    let gets: Vec<&Element> = get.map(|get| get.descendants("Get")).unwrap_or_default();
    // Where it is not said how, with parameters: the way that every WMTS of version 1.0.0 has.
    let takes_parameters = |get: &&&Element| {
        let said = get.descendants("Value");
        said.is_empty() || said.iter().any(|value| value.text.eq_ignore_ascii_case("KVP"))
    };
    let own = gets.iter().find(takes_parameters).map(|get| href(get));
    let is_named_so = parameter(at, "service").is_some();
    let kvp = own.map(|own| endpoint(at, own)).or_else(|| is_named_so.then(|| endpoint(at, "")));
    let mut way = Way { kvp, templates: Vec::new(), sets, dimensions: Vec::new() };
    let layers: Vec<FoundLayer> = contents.all("Layer").map(|it| layer(it, &mut way)).collect();
    if layers.is_empty() {
        return Err(Message::new("webmap-error-no-layers"));
    }
    let identification = root.child("ServiceIdentification").unwrap_or(&none);
    let wanted = parameter(at, "layer").or_else(|| parameter(at, "layers")).into_iter();
    let wanted = wanted.filter(|name| layers.iter().any(|layer| layer.name == *name)).collect();
    let version = root.attribute("version");
    Ok(FoundService {
        form: WebForm::Wmts,
        version: if version.is_empty() { "1.0.0" } else { version }.to_owned(),
        found_at: at.to_string(),
        title: identification.text_of("Title").to_owned(),
        about: identification.text_of("Abstract").to_owned(),
        provider: root
            .child("ServiceProvider")
            .map(|provider| provider.text_of("ProviderName").to_owned())
            .unwrap_or_default(),
        conditions: conditions(
            identification.text_of("Fees"),
            identification.text_of("AccessConstraints"),
        ),
        layers,
        wanted,
        way: AnyWay::Wmts(way),
    })
}

fn layer(element: &Element, way: &mut Way) -> FoundLayer {
    let name = element.text_of("Identifier").to_owned();
    let title = Some(element.text_of("Title")).filter(|title| !title.is_empty());
    let mut styles: Vec<(bool, Named)> = element.all("Style").map(style).collect();
    styles.sort_by_key(|(is_usual, _)| !is_usual);
    let templates = element.all("ResourceURL").filter(|it| {
        matches!(it.attribute("resourceType"), "tile" | "") && !it.attribute("template").is_empty()
    });
    for it in templates {
        let (format, template) = (it.attribute("format"), it.attribute("template"));
        way.templates.push((name.clone(), format.to_owned(), template.to_owned()));
    }
    for it in element.all("Dimension") {
        let usual = Some(it.text_of("Default")).filter(|value| !value.is_empty());
        let usual = usual.unwrap_or_else(|| it.text_of("Value"));
        let dimension = it.text_of("Identifier").to_owned();
        way.dimensions.push((name.clone(), dimension, usual.to_owned()));
    }
    let offered = element.all("Format").map(|it| it.text.as_str());
    let offered = offered.chain(element.all("ResourceURL").map(|it| it.attribute("format")));
    let formats = shown_formats(offered);
    let linked: Vec<&Set> = element
        .all("TileMatrixSetLink")
        .filter_map(|link| {
            let name = link.text_of("TileMatrixSet");
            way.sets.iter().find(|set| set.name == name)
        })
        .collect();
    let fitting: Vec<&Set> = linked.iter().filter(|set| set.levels.is_ok()).copied().collect();
    let reason = || {
        // Of a set in the right system, what is wrong with it; else which systems there are.
        let own = linked.iter().filter_map(|set| set.levels.as_ref().err());
        let mut own: Vec<&Message> = own.collect();
        own.sort_by_key(|why| why.id == "webmap-error-projection");
        own.first().map_or_else(|| Message::new("webmap-error-no-sets"), |why| (*why).clone())
    };
    let why_not = if fitting.is_empty() {
        Some(reason())
    } else if formats.is_empty() {
        Some(Message::new("webmap-error-formats"))
    } else {
        None
    };
    let levels = fitting.first().and_then(|set| set.levels.as_ref().ok()).map(Levels::ends);
    FoundLayer {
        title: title.unwrap_or(&name).to_owned(),
        about: element.text_of("Abstract").to_owned(),
        groups: Vec::new(),
        bounds: element.child("WGS84BoundingBox").and_then(box_of),
        attribution: String::new(),
        attribution_url: String::new(),
        styles: styles.into_iter().map(|(_, style)| style).collect(),
        formats,
        sets: fitting.iter().map(|set| set.name.clone()).collect(),
        levels,
        why_not,
        name,
    }
}

fn style(element: &Element) -> (bool, Named) {
    let name = element.text_of("Identifier").to_owned();
    let title = Some(element.text_of("Title")).filter(|title| !title.is_empty());
    let title = title.unwrap_or(&name).to_owned();
    (element.attribute("isDefault") == "true", Named { name, title })
}

fn box_of(element: &Element) -> Option<Extent> {
    let [west, south] = pair(element.text_of("LowerCorner"))?;
    let [east, north] = pair(element.text_of("UpperCorner"))?;
    bounds([west.value, south.value, east.value, north.value])
}

/// A number, and by how much it may be off because it was rounded when it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Written {
    value: f64,
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

fn pair(text: &str) -> Option<[Written; 2]> {
    let mut parts = text.split_whitespace().map(written);
    Some([parts.next()??, parts.next()??])
}

fn set(element: &Element) -> Set {
    let name = element.text_of("Identifier").to_owned();
    let crs = element.text_of("SupportedCRS");
    let levels = if is_of_slippy_maps(crs) {
        levels(element, &name)
    } else {
        Err(Message::new("webmap-error-projection").text("crs", short(crs)))
    };
    Set { name, levels }
}

/// `EPSG:31370` of whichever way there is to write it.
fn short(crs: &str) -> String {
    let number = crs.rsplit([':', '/']).next().unwrap_or_default();
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    let is_epsg = crs.to_ascii_lowercase().contains("epsg");
    if is_number && is_epsg { format!("EPSG:{number}") } else { crs.trim().to_owned() }
}

/// The longest run of levels that follow each other, each as it must be; or what is wrong with the
/// first that is not.
fn levels(set: &Element, name: &str) -> Result<Levels, Message> {
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
    fn ends(&self) -> [u8; 2] {
        let count = u8::try_from(self.names.len()).unwrap_or(u8::MAX);
        [self.first, self.first.saturating_add(count.saturating_sub(1))]
    }

    /// What stands for the level in a pattern, and the names where they are no numbers behind
    /// something that is always the same.
    fn place(&self) -> (String, Vec<String>) {
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

impl Way {
    /// The map of a layer.
    pub fn map(
        &self,
        layer: &FoundLayer,
        style: &str,
        format: &str,
        set: &str,
    ) -> Result<WebMap, Message> {
        let set = if set.is_empty() { layer.sets.first().map_or("", String::as_str) } else { set };
        let found = self.sets.iter().find(|known| known.name == set);
        let found = found.ok_or_else(|| Message::new("webmap-error-no-sets"))?;
        let levels = found.levels.clone()?;
        let (place, names) = levels.place();
        let url = match &self.kvp {
            Some(base) => self.with_parameters(base, layer, style, format, set, &place),
            None => self.by_template(layer, style, format, set, &place)?,
        };
        let [min_zoom, max_zoom] = levels.ends();
        // Tiles of 512 pixels are as they are twice the usual size.
        let is_fine = levels.side >= 512;
        Ok(WebMap {
            fine_url: is_fine.then(|| url.clone()),
            url,
            levels: names,
            min_zoom,
            max_zoom,
            fine: if is_fine { Fine::Double } else { Fine::Deeper },
            ..WebMap::default()
        })
    }

    fn dimensions<'a>(
        &'a self,
        layer: &'a FoundLayer,
    ) -> impl Iterator<Item = (&'a str, &'a str)> + 'a {
        let of_layer = self.dimensions.iter().filter(|(of, ..)| *of == layer.name);
        of_layer.map(|(_, name, value)| (name.as_str(), value.as_str()))
    }

    fn with_parameters(
        &self,
        base: &Url,
        layer: &FoundLayer,
        style: &str,
        format: &str,
        set: &str,
        place: &str,
    ) -> String {
        let mut pairs = vec![
            ("SERVICE", "WMTS".to_owned()),
            ("REQUEST", "GetTile".to_owned()),
            ("VERSION", "1.0.0".to_owned()),
            ("LAYER", encoded(&layer.name)),
            ("STYLE", encoded(style)),
            ("FORMAT", encoded(format)),
            ("TILEMATRIXSET", encoded(set)),
            ("TILEMATRIX", place.to_owned()),
            ("TILEROW", "{y}".to_owned()),
            ("TILECOL", "{x}".to_owned()),
        ];
        pairs.extend(self.dimensions(layer).map(|(name, value)| (name, encoded(value))));
        question(base, &pairs)
    }

    fn by_template(
        &self,
        layer: &FoundLayer,
        style: &str,
        format: &str,
        set: &str,
        place: &str,
    ) -> Result<String, Message> {
        let of_layer = || self.templates.iter().filter(|(of, ..)| *of == layer.name);
        let found = of_layer().find(|(_, of, _)| of == format).or_else(|| of_layer().next());
        let (.., template) = found.ok_or_else(|| Message::new("webmap-error-no-way"))?;
        let in_path = |value: &str| encoded(value).replace('+', "%20");
        let mut pattern = String::new();
        let mut rest = template.trim();
        while let Some((before, after)) = rest.split_once('{') {
            pattern.push_str(before);
            let unclosed = || Message::new("webmap-error-unclosed");
            let (name, then) = after.split_once('}').ok_or_else(unclosed)?;
            rest = then;
            match name.to_ascii_lowercase().as_str() {
                "tilematrix" => pattern.push_str(place),
                "tilerow" => pattern.push_str("{y}"),
                "tilecol" => pattern.push_str("{x}"),
                "tilematrixset" => pattern.push_str(&in_path(set)),
                "style" => pattern.push_str(&in_path(style)),
                "layer" => pattern.push_str(&in_path(&layer.name)),
                other => {
                    let mut all = self.dimensions(layer);
                    let value = all.find(|(known, _)| known.eq_ignore_ascii_case(other));
                    let place = format!("{{{name}}}");
                    let unknown = || Message::new("webmap-error-place").text("place", place);
                    pattern.push_str(&in_path(value.ok_or_else(unknown)?.1));
                }
            }
        }
        pattern.push_str(rest);
        // Relative ones are unheard of, and what is no address would be asked of nobody.
        super::template::read(&pattern.replace("{level}", "{z}"))?;
        Ok(pattern)
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

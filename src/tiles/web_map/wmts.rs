//! What a WMTS tells about itself (OGC 07-057r7, version 1.0.0), and whether its tiles are those of
//! slippy maps: that is proved by [`super::matrices`].

use url::Url;

use super::described::Way as AnyWay;
use super::described::{
    FoundLayer, FoundService, Named, bounds, conditions, encoded, endpoint, href,
    is_of_slippy_maps, parameter, question, shown_formats,
};
use super::matrices::{Levels, levels, pair};
use super::{Fine, WebForm, WebMap};
use crate::formats::xml::Element;
use crate::i18n::Message;
use crate::table::Extent;

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

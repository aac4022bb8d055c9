//! What a WMS tells about itself: versions 1.1.1 (OGC 01-068r3) and 1.3.0 (OGC 06-042).
//!
//! A tile is one question (`GetMap`) for the tile's own rectangle in EPSG:3857. In 1.3.0 too that
//! system's numbers stand east first, so that both versions are asked alike but for the names of
//! parameters.

use url::Url;

use super::described::Way as AnyWay;
use super::described::{
    FoundLayer, FoundService, Named, bounds, conditions, encoded, endpoint, href,
    is_of_slippy_maps, parameter, question, shown_formats,
};
use super::{Fine, WebForm, WebMap};
use crate::formats::xml::Element;
use crate::i18n::Message;
use crate::table::Extent;

/// The deepest level that is asked of a WMS, which draws at any scale.
const DEEPEST: u8 = 21;

/// The scale denominator of level 0 (OGC 07-057r7, annex E.4).
const SCALE_0: f64 = 559_082_264.028_717_8;

/// How deep groups of layers may lie inside each other.
const DEPTH: usize = 40;

/// How tiles of a WMS are asked for.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tiles) struct Way {
    endpoint: Url,
    version: &'static str,
    /// What the service calls the system of slippy maps, by layer.
    crs: Vec<(String, String)>,
}

/// What layers have from the groups they are in.
#[derive(Clone, Default)]
struct Inherited<'a> {
    groups: Vec<String>,
    crs: Vec<&'a str>,
    bounds: Option<Extent>,
    attribution: Option<&'a Element>,
    styles: Vec<Named>,
    /// The largest scale denominator at which it is drawn.
    farthest: Option<f64>,
}

/// Reads the root of a WMS' capabilities, which came from an address.
pub(super) fn service(root: &Element, at: &Url) -> Result<FoundService, Message> {
    let said = root.attribute("version");
    let version = if root.name == "WMT_MS_Capabilities" {
        // 1.1.0 is asked as 1.1.1 is; 1.0.0 has other words for nearly everything.
        if said.starts_with("1.0") {
            return Err(Message::new("webmap-error-version").text("version", said));
        }
        "1.1.1"
    } else {
        "1.3.0"
    };
    let none = Element::default();
    let service = root.child("Service").unwrap_or(&none);
    let capability = root.child("Capability").unwrap_or(&none);
    let get_map = capability.child("Request").and_then(|it| it.child("GetMap")).unwrap_or(&none);
    let own = get_map.descendants("Get").first().and_then(|get| get.child("OnlineResource"));
    let endpoint = endpoint(at, own.map_or("", href));
    let formats = shown_formats(get_map.all("Format").map(|it| it.text.as_str()));
    let mut way = Way { endpoint, version, crs: Vec::new() };
    let mut layers = Vec::new();
    for layer in capability.all("Layer") {
        gather(layer, &Inherited::default(), &formats, 0, &mut layers, &mut way);
    }
    if layers.is_empty() {
        return Err(Message::new("webmap-error-no-layers"));
    }
    let wanted = parameter(at, "layers").or_else(|| parameter(at, "layer")).unwrap_or_default();
    let wanted = wanted.split(',').filter(|name| layers.iter().any(|it| it.name == *name));
    let contact = service.descendants("ContactOrganization");
    Ok(FoundService {
        form: WebForm::Wms,
        version: version.to_owned(),
        found_at: at.to_string(),
        title: service.text_of("Title").to_owned(),
        about: service.text_of("Abstract").to_owned(),
        provider: contact.first().map(|it| it.text.clone()).unwrap_or_default(),
        conditions: conditions(service.text_of("Fees"), service.text_of("AccessConstraints")),
        wanted: wanted.map(str::to_owned).collect(),
        layers,
        way: AnyWay::Wms(way),
    })
}

fn gather<'a>(
    element: &'a Element,
    above: &Inherited<'a>,
    formats: &[String],
    depth: usize,
    layers: &mut Vec<FoundLayer>,
    way: &mut Way,
) {
    if depth > DEPTH {
        return;
    }
    let mut here = above.clone();
    // 1.1.1 allowed several in one element, apart by spaces.
    let own = element.all("CRS").chain(element.all("SRS"));
    here.crs.extend(own.flat_map(|it| it.text.split_whitespace()));
    here.bounds = box_of(element).or(above.bounds);
    here.attribution = element.child("Attribution").or(above.attribution);
    let mut styles: Vec<Named> = element.all("Style").map(style).collect();
    styles.extend(above.styles.iter().cloned());
    here.styles = styles;
    let farthest = element.text_of("MaxScaleDenominator").parse::<f64>().ok();
    here.farthest = farthest.filter(|scale| scale.is_finite() && *scale > 0.0).or(above.farthest);
    let name = element.text_of("Name");
    let title = Some(element.text_of("Title")).filter(|title| !title.is_empty()).unwrap_or(name);
    if !name.is_empty() {
        layers.push(layer(element, name, title, &here, formats, way));
    }
    here.groups.push(title.to_owned());
    for child in element.all("Layer") {
        gather(child, &here, formats, depth + 1, layers, way);
    }
}

fn layer(
    element: &Element,
    name: &str,
    title: &str,
    here: &Inherited<'_>,
    formats: &[String],
    way: &mut Way,
) -> FoundLayer {
    // The number it has now before those it had.
    let mut crs: Vec<&str> = here.crs.iter().copied().filter(|it| is_of_slippy_maps(it)).collect();
    crs.sort_by_key(|crs| !crs.ends_with("3857"));
    let why_not = if formats.is_empty() {
        Some(Message::new("webmap-error-formats"))
    } else if crs.is_empty() {
        let some: Vec<&str> = here.crs.iter().copied().take(4).collect();
        Some(Message::new("webmap-error-projection").text("crs", some.join(", ")))
    } else {
        None
    };
    if let Some(crs) = crs.first() {
        way.crs.push((name.to_owned(), (*crs).to_owned()));
    }
    let (attribution, attribution_url) = match here.attribution {
        None => (String::new(), String::new()),
        Some(said) => {
            let url = said.child("OnlineResource").map_or("", href);
            let url = if url.starts_with("http") { url } else { "" };
            (said.text_of("Title").to_owned(), url.to_owned())
        }
    };
    FoundLayer {
        name: name.to_owned(),
        title: title.to_owned(),
        about: element.text_of("Abstract").to_owned(),
        groups: here.groups.clone(),
        bounds: here.bounds,
        attribution,
        attribution_url,
        styles: here.styles.clone(),
        formats: formats.to_vec(),
        sets: Vec::new(),
        levels: here.farthest.map(|scale| [first_level(scale), DEEPEST]),
        why_not,
    }
}

/// The first level whose scale is one at which a layer is drawn.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 21")]
fn first_level(farthest: f64) -> u8 {
    // What a server reckons its scales from differs by some per cent.
    (SCALE_0 / farthest).log2().floor().clamp(0.0, f64::from(DEEPEST)) as u8
}

fn style(element: &Element) -> Named {
    let name = element.text_of("Name").to_owned();
    let title = Some(element.text_of("Title")).filter(|title| !title.is_empty());
    Named { title: title.unwrap_or(&name).to_owned(), name }
}

fn box_of(element: &Element) -> Option<Extent> {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    if let Some(found) = element.child("EX_GeographicBoundingBox") {
        let side = |name| number(found.text_of(name));
        return bounds([
            side("westBoundLongitude")?,
            side("southBoundLatitude")?,
            side("eastBoundLongitude")?,
            side("northBoundLatitude")?,
        ]);
    }
    let found = element.child("LatLonBoundingBox")?;
    let side = |name| number(found.attribute(name));
    bounds([side("minx")?, side("miny")?, side("maxx")?, side("maxy")?])
}

impl Way {
    /// The map of some layers over each other, the first of them lowest.
    pub fn map(&self, layers: &[&FoundLayer], style: &str, format: &str) -> WebMap {
        let crs = layers.first().and_then(|layer| {
            let found = self.crs.iter().find(|(name, _)| *name == layer.name);
            found.map(|(_, crs)| crs.as_str())
        });
        let crs = crs.unwrap_or("EPSG:3857");
        let names: Vec<String> = layers.iter().map(|layer| encoded(&layer.name)).collect();
        // Where it is the usual style, an empty name stands for it: of each layer its own.
        let is_usual = layers
            .first()
            .is_none_or(|first| first.styles.first().is_none_or(|usual| usual.name == style));
        let mut styles = vec![String::new(); names.len()];
        if let (Some(first), false) = (styles.first_mut(), is_usual) {
            *first = encoded(style);
        }
        let is_clear = format.starts_with("image/png") || format.starts_with("image/webp");
        let asked = |side: u32| {
            let mut pairs = vec![
                ("SERVICE", "WMS".to_owned()),
                ("VERSION", self.version.to_owned()),
                ("REQUEST", "GetMap".to_owned()),
                ("LAYERS", names.join(",")),
                ("STYLES", styles.join(",")),
                (if self.version == "1.3.0" { "CRS" } else { "SRS" }, encoded(crs)),
                ("BBOX", "{bbox}".to_owned()),
                ("WIDTH", side.to_string()),
                ("HEIGHT", side.to_string()),
                ("FORMAT", encoded(format)),
                ("TRANSPARENT", if is_clear { "TRUE" } else { "FALSE" }.to_owned()),
            ];
            if side > 256 {
                // Letters and lines twice as large too: no standard has a word for it, so each
                // server's own is said (QGIS Server, MapServer, GeoServer), as QGIS does.
                pairs.push(("DPI", "180".to_owned()));
                pairs.push(("MAP_RESOLUTION", "180".to_owned()));
                pairs.push(("FORMAT_OPTIONS", "dpi:180".to_owned()));
            }
            question(&self.endpoint, &pairs)
        };
        let first = layers.iter().filter_map(|layer| layer.levels).map(|[first, _]| first).min();
        let all_say = layers.iter().all(|layer| layer.levels.is_some());
        WebMap {
            form: WebForm::Wms,
            url: asked(256),
            fine_url: Some(asked(512)),
            min_zoom: first.filter(|_| all_say).unwrap_or(0),
            max_zoom: DEEPEST,
            fine: Fine::Double,
            ..WebMap::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_a_level() {
        // 1:50 000 lies between level 13 (1:68 247) and 14 (1:34 124).
        assert_eq!(first_level(50_000.0), 13);
        assert_eq!(first_level(1e12), 0);
        assert_eq!(first_level(1.0), DEEPEST);
    }
}

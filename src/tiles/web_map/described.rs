//! A service that draws maps, as it tells about itself, and the map of some of its layers.

use url::Url;

use super::{WebForm, WebMap, wms, wmts};
use crate::formats::xml::Element;
use crate::i18n::Message;
use crate::table::Extent;

/// Something with a name for machines and one for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// What it is asked by.
    pub name: String,
    /// What people call it; the same where it has no other.
    pub title: String,
}

/// A layer of a service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundLayer {
    /// What it is asked by.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What it is.
    pub about: String,
    /// The titles of the groups that it is in, the outermost first.
    pub groups: Vec<String>,
    /// Where it lies, WGS 84 degrees, where that is told.
    pub bounds: Option<Extent>,
    /// Who made it, and where that leads; empty where the service does not say.
    pub attribution: String,
    /// Where that leads.
    pub attribution_url: String,
    /// The ways in which it can be drawn; the first is the usual one.
    pub styles: Vec<Named>,
    /// The kinds of picture that Belfort shows, the best first.
    pub formats: Vec<String>,
    /// Of a WMTS, the sets of tiles that are those of slippy maps.
    pub sets: Vec<String>,
    /// The first and the deepest level, where that is told.
    pub levels: Option<[u8; 2]>,
    /// Why it cannot be shown, where that is so.
    pub why_not: Option<Message>,
}

/// What a person chose of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The names of layers, the lowest first; of a WMTS one.
    pub layers: Vec<String>,
    /// The style of the first of them; empty for the usual one.
    pub style: String,
    /// The kind of picture; empty for the best.
    pub format: String,
    /// Of a WMTS, the set of tiles; empty for the first.
    pub set: String,
}

/// A service that draws maps.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundService {
    /// How it is asked.
    pub form: WebForm,
    /// The version it speaks: `1.3.0`.
    pub version: String,
    /// The address of its capabilities.
    pub found_at: String,
    /// What it is called; its server's name where it has no title.
    pub title: String,
    /// What it is.
    pub about: String,
    /// Whose it is.
    pub provider: String,
    /// What it says of who may use it, in its own words; empty where it says nothing.
    pub conditions: String,
    /// Its layers, in its own order.
    pub layers: Vec<FoundLayer>,
    /// The names of layers in the address that was given, as far as they are there.
    pub wanted: Vec<String>,
    pub(super) way: Way,
}

/// How tiles are asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Way {
    Wmts(wmts::Way),
    Wms(wms::Way),
}

impl FoundService {
    /// A layer by its name.
    pub fn layer(&self, name: &str) -> Option<&FoundLayer> {
        self.layers.iter().find(|layer| layer.name == name)
    }

    /// The map of some layers.
    ///
    /// # Errors
    /// When none is chosen or one of them cannot be shown.
    pub fn map(&self, chosen: &Chosen) -> Result<WebMap, Message> {
        let layers: Vec<&FoundLayer> =
            chosen.layers.iter().filter_map(|name| self.layer(name)).collect();
        let first = *layers.first().ok_or_else(|| Message::new("webmap-error-no-layer"))?;
        if let Some(why) = layers.iter().find_map(|layer| layer.why_not.clone()) {
            return Err(why);
        }
        let format = Some(chosen.format.as_str()).filter(|it| !it.is_empty());
        let format = format.or_else(|| first.formats.first().map(String::as_str));
        let format = format.ok_or_else(|| Message::new("webmap-error-formats"))?;
        let style = Some(chosen.style.as_str()).filter(|it| !it.is_empty());
        let style = style.or_else(|| first.styles.first().map(|style| style.name.as_str()));
        let style = style.unwrap_or_default();
        let mut map = match &self.way {
            Way::Wmts(way) => way.map(first, style, format, &chosen.set)?,
            Way::Wms(way) => way.map(&layers, style, format),
        };
        map.form = self.form;
        map.found_at.clone_from(&self.found_at);
        map.layers = layers.iter().map(|layer| layer.name.clone()).collect();
        let said = layers.iter().find(|layer| !layer.attribution.is_empty());
        map.attribution = said.map_or(&self.provider, |layer| &layer.attribution).clone();
        map.attribution_url = said.map(|layer| layer.attribution_url.clone()).unwrap_or_default();
        Ok(map)
    }
}

/// The kinds of picture that are shown, the best first: without loss before small.
pub(super) fn shown_formats<'a>(offered: impl Iterator<Item = &'a str>) -> Vec<String> {
    let rank = |format: &str| {
        let kind = format.split(';').next().unwrap_or(format).trim().to_ascii_lowercase();
        match &*kind {
            "image/png" if format.len() == kind.len() => Some(0),
            "image/png" | "image/png8" => Some(1),
            "image/jpeg" | "image/jpg" => Some(2),
            "image/webp" => Some(3),
            "image/vnd.jpeg-png" | "image/vnd.jpeg-png8" => Some(4),
            _ => None,
        }
    };
    let mut found: Vec<(u8, &str)> = Vec::new();
    for format in offered.map(str::trim) {
        if let Some(rank) = rank(format)
            && !found.iter().any(|(_, known)| *known == format)
        {
            found.push((rank, format));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, format)| format.to_owned()).collect()
}

/// Whether a name of a coordinate reference system is one of those of slippy maps: EPSG:3857, or
/// what it was called before it had that number.
pub(super) fn is_of_slippy_maps(crs: &str) -> bool {
    let crs = crs.trim().to_ascii_lowercase();
    let number = crs.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    matches!(number, "3857" | "900913" | "3785" | "102100" | "102113")
        && (crs.contains("epsg") || crs.contains("esri") || crs.contains("osgeo"))
}

/// Where an operation is asked for: the service's own address for it where it is on the server that
/// was named, for one elsewhere is mostly that of a machine behind it. Parameters of the address
/// that was named (`map=…`, a key) go along.
pub(super) fn endpoint(named: &Url, own: &str) -> Url {
    let base = stripped(named);
    let own = named.join(own.trim()).ok().filter(|own| own.origin() == named.origin());
    let Some(mut own) = own else { return base };
    own.set_fragment(None);
    let mut endpoint = stripped(&own);
    let known: Vec<String> = endpoint.query_pairs().map(|(name, _)| name.to_lowercase()).collect();
    let missing: Vec<_> =
        base.query_pairs().filter(|(name, _)| !known.contains(&name.to_lowercase())).collect();
    if !missing.is_empty() {
        endpoint.query_pairs_mut().extend_pairs(missing);
    }
    endpoint
}

/// Parameters of questions to these services; they are written anew for each.
const OWN: &[&str] = &[
    "service",
    "request",
    "version",
    "acceptversions",
    "layers",
    "layer",
    "styles",
    "style",
    "format",
    "tilematrixset",
    "tilematrix",
    "tilerow",
    "tilecol",
    "crs",
    "srs",
    "bbox",
    "width",
    "height",
    "transparent",
    "exceptions",
    "dpi",
    "map_resolution",
    "format_options",
    "tiled",
];

/// An address without what a question to a service holds.
pub(super) fn stripped(url: &Url) -> Url {
    let others: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .filter(|(name, _)| !OWN.contains(&name.to_lowercase().as_str()))
        .collect();
    let mut base = url.clone();
    base.set_fragment(None);
    base.set_query(None);
    if !others.is_empty() {
        base.query_pairs_mut().extend_pairs(others);
    }
    base
}

/// The value of a parameter of an address, by its name in lower case.
pub(super) fn parameter(url: &Url, name: &str) -> Option<String> {
    let found = url.query_pairs().find(|(known, _)| known.to_lowercase() == name);
    found.map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
}

/// A question with these parameters added as they are: places stay places.
pub(super) fn question(base: &Url, pairs: &[(&str, String)]) -> String {
    let mut text = base.to_string();
    for (name, value) in pairs {
        text.push(if text.contains('?') { '&' } else { '?' });
        if text.ends_with("?&") {
            text.pop();
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
    text
}

/// A value as it stands in a question.
pub(super) fn encoded(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// The address that an element refers to.
pub(super) fn href(element: &Element) -> &str {
    element.attribute("href")
}

/// Texts of conditions without those that mean nothing.
pub(super) fn conditions(fees: &str, constraints: &str) -> String {
    let said = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_empty = matches!(&*text.to_lowercase(), "" | "none" | "geen" | "unknown" | "-");
        (!is_empty).then_some(text)
    };
    let mut all: Vec<String> = [said(constraints), said(fees)].into_iter().flatten().collect();
    all.dedup();
    all.join(" · ")
}

/// A rectangle in degrees, where it is one.
pub(super) fn bounds(corners: [f64; 4]) -> Option<Extent> {
    let [min_x, min_y, max_x, max_y] = corners;
    let is_good = corners.iter().all(|value| value.is_finite()) && min_x < max_x && min_y < max_y;
    is_good.then_some(Extent { min_x, min_y, max_x, max_y })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_system_of_slippy_maps() {
        for good in [
            "EPSG:3857",
            "urn:ogc:def:crs:EPSG::3857",
            "urn:ogc:def:crs:EPSG:6.18:3:3857",
            "http://www.opengis.net/def/crs/EPSG/0/3857",
            "EPSG:900913",
            "urn:ogc:def:crs:OSGEO::900913",
            "EPSG:102100",
        ] {
            assert!(is_of_slippy_maps(good), "{good}");
        }
        for bad in ["EPSG:31370", "EPSG:4326", "CRS:84", "3857", "EPSG:13857", ""] {
            assert!(!is_of_slippy_maps(bad), "{bad}");
        }
    }

    #[test]
    fn a_question_goes_to_the_server_that_was_named() {
        let named = Url::parse("https://a.be/ows?map=x&key=k&SERVICE=WMS&request=GetCapabilities");
        let named = named.unwrap();
        for (own, expected) in [
            ("https://a.be/wms?", "https://a.be/wms?map=x&key=k"),
            ("https://a.be/wms?map=y&SERVICE=WMS&", "https://a.be/wms?map=y&key=k"),
            ("http://localhost:8080/wms?", "https://a.be/ows?map=x&key=k"),
            ("", "https://a.be/ows?map=x&key=k"),
        ] {
            assert_eq!(endpoint(&named, own).as_str(), expected, "{own}");
        }
        let base = Url::parse("https://a.be/wms").unwrap();
        let asked = question(&base, &[("LAYER", encoded("een twee&")), ("TILEROW", "{y}".into())]);
        assert_eq!(asked, "https://a.be/wms?LAYER=een+twee%26&TILEROW={y}");
    }

    #[test]
    fn pictures_without_loss_come_first_and_others_are_left_out() {
        let offered = ["image/gif", "image/jpeg", "image/png; mode=8bit", "image/png", "image/png"];
        let shown = shown_formats(offered.into_iter());
        assert_eq!(shown, ["image/png", "image/png; mode=8bit", "image/jpeg"]);
        assert_eq!(conditions("NONE", " vrij\n gebruik "), "vrij gebruik");
    }
}

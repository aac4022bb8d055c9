//! The address of a layer of a service, or of a file on the web, as it stands in a project and on
//! the command line:
//!
//! ```text
//! wfs:https://SERVER/PATH?typeNames=NAME[&bbox=W,S,E,N][&srsName=EPSG:N][&…]
//! ogcapi:https://SERVER/PATH/collections/NAME[?bbox=W,S,E,N][&crs=EPSG:N][&…]
//! https://SERVER/PATH/FILE.geojson
//! ```
//!
//! `bbox` is in degrees of WGS 84, west first, whatever the service counts in. Without a system
//! the service is asked for its own, so that the numbers of the source stay as they are. Any
//! other parameter (`map=…`, `CQL_FILTER=…`) goes along with each question.

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::i18n::Message;
use crate::portal::address::{BadAddress, read_bbox};
use crate::table::Extent;

/// How something on the web is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServiceKind {
    /// A Web Feature Service, 1.1 or 2.0.
    Wfs,
    /// OGC API Features.
    OgcApi,
    /// A file that is downloaded.
    File,
}

impl ServiceKind {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            ServiceKind::Wfs => "WFS",
            ServiceKind::OgcApi => "OGC API Features",
            ServiceKind::File => "HTTP",
        }
    }
}

/// A layer of a service, whole or a part of it; or a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceAddress {
    /// How it is asked.
    pub kind: ServiceKind,
    /// Where: of a service without what names the layer, of a file its whole address.
    pub base: Url,
    /// The layer's name at the service; empty for a file.
    pub layer: String,
    /// Only what shares a point with a rectangle, WGS 84 degrees.
    pub bbox: Option<Extent>,
    /// The system the coordinates are asked in, instead of the service's own.
    pub crs: Option<String>,
}

/// What a service's own parameters are about; they are written anew for each question.
const OF_WFS: &[&str] = &[
    "service",
    "request",
    "version",
    "acceptversions",
    "typename",
    "typenames",
    "outputformat",
    "resulttype",
    "srsname",
    "bbox",
    "count",
    "maxfeatures",
    "startindex",
];
const OF_OGCAPI: &[&str] =
    &["f", "limit", "offset", "startindex", "bbox", "bbox-crs", "crs", "resulttype"];

/// An address on the web as a person may give it; none for what is none. One that holds a name
/// or a password is none either: it would be written into projects.
pub(in crate::portal) fn web(text: &str) -> Option<Url> {
    let text = text.trim();
    let url = Url::parse(text).ok()?;
    let is_good = matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
        && !text.contains(char::is_whitespace);
    is_good.then_some(url)
}

impl ServiceAddress {
    /// A file.
    pub fn file(mut url: Url) -> ServiceAddress {
        url.set_fragment(None);
        let layer = String::new();
        ServiceAddress { kind: ServiceKind::File, base: url, layer, bbox: None, crs: None }
    }

    /// Whether a text is meant as such an address, good or bad.
    pub fn is_meant(text: &str) -> bool {
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        ["wfs:", "ogcapi:", "http://", "https://"].iter().any(|start| lower.starts_with(start))
    }

    /// The name of its server, with a port where it has one.
    pub fn host(&self) -> String {
        crate::portal::ask::host_of(&self.base)
    }

    /// What a person calls it: the layer's name, or the file's.
    pub fn name(&self) -> String {
        if !self.layer.is_empty() {
            return self.layer.clone();
        }
        let last = self.base.path_segments().and_then(|mut parts| parts.rfind(|it| !it.is_empty()));
        let name = last.map(decoded).unwrap_or_default();
        if name.is_empty() { self.host() } else { name }
    }

    /// The same, of the whole layer.
    #[must_use]
    pub fn whole(&self) -> ServiceAddress {
        ServiceAddress { bbox: None, ..self.clone() }
    }

    /// The layer of a WFS, from the address of a question to one.
    pub(super) fn wfs(url: &Url) -> (Url, Option<String>, Given) {
        let (base, given) = stripped(url, OF_WFS);
        let layer = given.get("typenames").or_else(|| given.get("typename"));
        let layer = layer.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        (base, layer, given)
    }

    /// The collection of an OGC API, from any address below it.
    pub(super) fn ogcapi(url: &Url) -> Option<(Url, String, Given)> {
        let (mut base, given) = stripped(url, OF_OGCAPI);
        let parts: Vec<String> = url.path_segments()?.map(str::to_owned).collect();
        let at = parts.iter().rposition(|part| part == "collections")?;
        let layer = parts.get(at + 1).map(|part| decoded(part)).unwrap_or_default();
        base.path_segments_mut()
            .ok()?
            .clear()
            .extend(parts.get(..at).unwrap_or_default().iter().map(|part| decoded(part)));
        Some((base, layer, given))
    }
}

/// The parameters of an address that are a service's own.
#[derive(Debug, Default)]
pub(super) struct Given(Vec<(String, String)>);

impl Given {
    /// The value of a parameter, by its name in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// The address of a WFS without what a question to it holds.
pub(super) fn stripped_of_wfs(url: &Url) -> Url {
    stripped(url, OF_WFS).0
}

/// An address without these parameters, and their values.
fn stripped(url: &Url, own: &[&str]) -> (Url, Given) {
    let (mine, others): (Vec<_>, Vec<_>) = url
        .query_pairs()
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .partition(|(name, _)| own.contains(&name.to_lowercase().as_str()));
    let mut base = url.clone();
    base.set_fragment(None);
    base.set_query(None);
    if !others.is_empty() {
        base.query_pairs_mut().extend_pairs(others);
    }
    let mine = mine.into_iter().map(|(name, value)| (name.to_lowercase(), value));
    (base, Given(mine.collect()))
}

/// A part of a path as its maker meant it.
fn decoded(part: &str) -> String {
    // A plus is a plus in a path.
    let pair = format!("a={}", part.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

impl FromStr for ServiceAddress {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<ServiceAddress, BadAddress> {
        let bad = |id| BadAddress(Message::new(id).text("address", text));
        let bbox = |given: &Given| match given.get("bbox") {
            None => Ok(None),
            Some(text) => read_bbox(text).map(Some).ok_or_else(|| bad("portal-bad-bbox")),
        };
        let (scheme, rest) = text.split_once(':').ok_or_else(|| bad("service-bad-address"))?;
        match scheme.to_ascii_lowercase().as_str() {
            "wfs" => {
                let url = web(rest).ok_or_else(|| bad("service-bad-address"))?;
                let (base, layer, given) = ServiceAddress::wfs(&url);
                let layer = layer.ok_or_else(|| bad("service-bad-address"))?;
                let (bbox, crs) = (bbox(&given)?, given.get("srsname").map(str::to_owned));
                Ok(ServiceAddress { kind: ServiceKind::Wfs, base, layer, bbox, crs })
            }
            "ogcapi" => {
                let url = web(rest).ok_or_else(|| bad("service-bad-address"))?;
                let found = ServiceAddress::ogcapi(&url).filter(|(_, layer, _)| !layer.is_empty());
                let (base, layer, given) = found.ok_or_else(|| bad("service-bad-address"))?;
                let (bbox, crs) = (bbox(&given)?, given.get("crs").map(str::to_owned));
                Ok(ServiceAddress { kind: ServiceKind::OgcApi, base, layer, bbox, crs })
            }
            _ => web(text).map(ServiceAddress::file).ok_or_else(|| bad("service-bad-address")),
        }
    }
}

impl fmt::Display for ServiceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.base.clone();
        let bbox = self.bbox.map(bbox_text);
        let crs = self.crs.as_deref();
        let scheme = match self.kind {
            ServiceKind::File => "",
            ServiceKind::Wfs => {
                let mut pairs = url.query_pairs_mut();
                pairs.append_pair("typeNames", &self.layer);
                bbox.map(|text| pairs.append_pair("bbox", &text));
                crs.map(|text| pairs.append_pair("srsName", text));
                "wfs:"
            }
            ServiceKind::OgcApi => {
                if let Ok(mut parts) = url.path_segments_mut() {
                    parts.pop_if_empty().push("collections").push(&self.layer);
                }
                if bbox.is_some() || crs.is_some() {
                    let mut pairs = url.query_pairs_mut();
                    bbox.map(|text| pairs.append_pair("bbox", &text));
                    crs.map(|text| pairs.append_pair("crs", text));
                }
                "ogcapi:"
            }
        };
        // A colon in a name would look like the one before a condition on the command line.
        let url = url.as_str();
        match url.rfind("/collections/").filter(|_| self.kind == ServiceKind::OgcApi) {
            Some(at) => {
                let (before, name) = url.split_at(at);
                write!(f, "{scheme}{before}{}", name.replace(':', "%3A"))
            }
            None => write!(f, "{scheme}{url}"),
        }
    }
}

/// `west,south,east,north`.
pub(super) fn bbox_text(Extent { min_x, min_y, max_x, max_y }: Extent) -> String {
    format!("{min_x},{min_y},{max_x},{max_y}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn an_address_is_read_and_written_alike() {
        for text in [
            "wfs:https://geo.example.be/geoserver/wfs?typeNames=stad%3Abomen",
            "wfs:https://geo.example.be/cgi?map=%2Fx.map&typeNames=bomen&bbox=3.7%2C51%2C3.8%2C51.1",
            "wfs:http://127.0.0.1:8080/wfs?typeNames=a&srsName=EPSG%3A3812",
            "ogcapi:https://geo.example.be/ogc/features/v1/collections/stad%3Abomen",
            "ogcapi:https://geo.example.be/collections/a%20b?bbox=3.7%2C51%2C3.8%2C51.1",
            "ogcapi:https://geo.example.be/collections/a?naam=x&crs=EPSG%3A31370",
            "https://geo.example.be/data/bomen.geojson?jaar=2024",
        ] {
            let address: ServiceAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
            assert!(ServiceAddress::is_meant(text));
        }
        let address: ServiceAddress =
            "wfs:https://x.be/wfs?SERVICE=WFS&TypeName=a%3Ab&BBOX=3,51,4,52".parse().unwrap();
        assert_eq!((address.base.as_str(), &*address.layer), ("https://x.be/wfs", "a:b"));
        let bbox = Extent { min_x: 3.0, min_y: 51.0, max_x: 4.0, max_y: 52.0 };
        assert_eq!(address.bbox, Some(bbox));
        assert_eq!(address.whole().bbox, None);
        let slash: ServiceAddress = "ogcapi:https://x.be/v1/collections/a/items".parse().unwrap();
        assert_eq!(slash.to_string(), "ogcapi:https://x.be/v1/collections/a");
        assert_eq!(slash.name(), "a");
        let file: ServiceAddress = "https://x.be/een%20bestand.csv#top".parse().unwrap();
        assert_eq!((file.name(), file.host()), ("een bestand.csv".into(), "x.be".into()));
    }

    #[test]
    fn what_is_no_address_is_said_in_words() {
        for bad in [
            "wfs:",
            "wfs:https://x.be/wfs",
            "wfs:ftp://x.be/wfs?typeNames=a",
            "wfs:https://x.be/wfs?typeNames=a&bbox=1,2,3",
            "ogcapi:https://x.be/v1",
            "ogcapi:https://x.be/v1/collections/",
            "https://an:geheim@x.be/a.csv",
            "https://",
            "https://x.be/a b",
        ] {
            let BadAddress(message) = bad.parse::<ServiceAddress>().unwrap_err();
            for language in Language::ALL {
                let text = message.in_language(language);
                assert!(text.len() > 20 && !text.contains("service-"), "{bad}: {text}");
            }
        }
        for other in ["wfs.geojson", "/tmp/https:/x", "portal:gent/x", "C:\\x", ""] {
            assert!(!ServiceAddress::is_meant(other), "{other}");
        }
    }
}

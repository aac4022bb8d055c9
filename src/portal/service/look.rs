//! What lies at an address that a person typed or pasted: a service, or a file.

use serde_json::Value;
use url::Url;

use super::address::{ServiceAddress, ServiceKind, web};
use super::capabilities::{Capabilities, NotThese};
use super::collections::{Kind, kind};
use super::described::{Service, in_words, is_page, not_these, told};
use super::download::extension_of;
use super::xml;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::portal::Portals;
use crate::portal::ask::{JSON, host_of};
use crate::portal::body::text as header;
use crate::portal::error::{PortalError, Trouble};
use crate::problem::FileError;

/// How much of an answer is looked at.
const HEAD: usize = 256 << 10;

/// What lies at an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A service with layers.
    Service(Box<Service>),
    /// Data by themselves: a file, or a layer of a service with what it is asked.
    Data(ServiceAddress),
}

/// What an address looks like before anybody is asked.
#[derive(Debug, PartialEq)]
enum Guess {
    Wfs(Url, Option<String>),
    OgcApi(Url, Option<String>),
    File(Url),
    Pictures(&'static str),
    /// ArcGIS has a protocol of its own.
    ArcGis,
    Unknown(Url),
}

/// Parameters of a question to a WFS that no layer's address can hold: what is asked is fetched as
/// it is.
const UNLIKE: &[&str] = &["bbox", "filter", "featureid", "resourceid", "storedquery_id"];

fn guess(url: &Url) -> Guess {
    let pairs: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (name.to_lowercase(), value.to_lowercase()))
        .collect();
    let value = |name: &str| {
        pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    };
    let path = url.path().trim_end_matches('/').to_lowercase();
    match value("service") {
        "wms" => return Guess::Pictures("WMS"),
        "wmts" => return Guess::Pictures("WMTS"),
        _ => {}
    }
    let has = |name: &&str| !value(name).is_empty();
    let is_wfs = value("service") == "wfs" || path.ends_with("/wfs");
    if is_wfs && value("request") == "getfeature" && UNLIKE.iter().any(has) {
        return Guess::File(url.clone());
    }
    if is_wfs {
        let (base, layer, _) = ServiceAddress::wfs(url);
        return Guess::Wfs(base, layer);
    }
    if let Some((_, kind)) =
        [("/wms", "WMS"), ("/wmts", "WMTS")].iter().find(|(end, _)| path.ends_with(end))
    {
        return Guess::Pictures(kind);
    }
    let is_arcgis = path.contains("/rest/services/")
        && ["/featureserver", "/mapserver", "/imageserver"].iter().any(|it| path.contains(it));
    if is_arcgis && value("f") != "geojson" {
        return Guess::ArcGis;
    }
    let name = url.path_segments().and_then(|mut parts| parts.rfind(|it| !it.is_empty()));
    if name.is_some_and(|name| extension_of(name).is_some_and(|it| it != "json")) {
        return Guess::File(url.clone());
    }
    if let Some((base, layer, _)) = ServiceAddress::ogcapi(url) {
        return Guess::OgcApi(base, Some(layer).filter(|it| !it.is_empty()));
    }
    Guess::Unknown(url.clone())
}

impl Portals {
    /// Finds out what lies at an address on the web.
    ///
    /// # Errors
    /// When the address is none, nobody answers, or nothing there can be used: with what is there
    /// instead.
    pub fn look(&self, text: &str, watch: &Watch) -> Result<Found, FileError> {
        let text = text.trim();
        if let Ok(address) = text.parse::<ServiceAddress>()
            && address.kind != ServiceKind::File
        {
            return Ok(Found::Data(address));
        }
        let url = web(text).ok_or_else(|| {
            let what = Message::new("service-bad-address").text("address", text);
            FileError::new(text, what).remedy(Message::new("service-bad-address-remedy"))
        })?;
        let found = self.look_at(&url, watch);
        found.map_err(|error| in_words(error, &url).about(text))
    }

    fn look_at(&self, url: &Url, watch: &Watch) -> Result<Found, PortalError> {
        match guess(url) {
            Guess::Wfs(base, layer) => self.service_at(ServiceKind::Wfs, &base, layer, watch),
            Guess::OgcApi(base, layer) => {
                let found = self.service_at(ServiceKind::OgcApi, &base, layer, watch);
                match found {
                    Err(error) if super::pages::is_refusal(&error) || is_no_service(&error) => self
                        .sniff(url, watch)
                        .map_err(|other| if other.is_cancelled() { other } else { error }),
                    found => found,
                }
            }
            Guess::File(url) => Ok(Found::Data(ServiceAddress::file(url))),
            Guess::Pictures(kind) => Err(not_these(url, &NotThese::Pictures(kind))),
            Guess::ArcGis => {
                Err(told(url, Message::new("service-error-arcgis"), "service-remedy-arcgis"))
            }
            Guess::Unknown(url) => self.sniff(&url, watch),
        }
    }

    fn service_at(
        &self,
        kind: ServiceKind,
        base: &Url,
        layer: Option<String>,
        watch: &Watch,
    ) -> Result<Found, PortalError> {
        let described = self.described(kind, base, watch)?;
        let mut service = described.service(base);
        service.wanted =
            layer.filter(|layer| service.layers.iter().any(|known| known.name == *layer));
        if service.layers.is_empty() {
            let what = Message::new("service-error-no-layers").text("service", &*service.title);
            return Err(told(base, what, "service-remedy-no-service"));
        }
        Ok(Found::Service(Box::new(service)))
    }

    /// Looks at what an address answers.
    fn sniff(&self, url: &Url, watch: &Watch) -> Result<Found, PortalError> {
        let (bytes, content_type) = self.head_of(url, watch)?;
        if let Some(found) = self.sniffed(url, &bytes, watch)? {
            return Ok(found);
        }
        if is_page(&content_type, &bytes) {
            // An API whose pages are for people unless it is told otherwise, or a WFS whose address
            // alone shows a page.
            let mut asked = url.clone();
            asked.query_pairs_mut().append_pair("f", "json");
            if let Ok((bytes, _)) = self.head_of(&asked, watch)
                && let Some(found) = self.sniffed(url, &bytes, watch)?
            {
                return Ok(found);
            }
            watch.check().map_err(|_| cancelled(url))?;
            let (base, layer, _) = ServiceAddress::wfs(url);
            if let Ok(found) = self.service_at(ServiceKind::Wfs, &base, layer, watch) {
                return Ok(found);
            }
            return Err(told(url, Message::new("service-error-page"), "service-remedy-page"));
        }
        Ok(Found::Data(ServiceAddress::file(url.clone())))
    }

    /// What the beginning of an answer says about what is there.
    fn sniffed(
        &self,
        url: &Url,
        bytes: &[u8],
        watch: &Watch,
    ) -> Result<Option<Found>, PortalError> {
        if bytes.trim_ascii_start().starts_with(b"<") {
            let Some(root) = xml::root_of(bytes) else { return Ok(None) };
            match (Capabilities::of(&root), root.name.as_str()) {
                (Ok(_), _) | (_, "ExceptionReport" | "ServiceExceptionReport") => {
                    let (base, layer, _) = ServiceAddress::wfs(url);
                    return self.service_at(ServiceKind::Wfs, &base, layer, watch).map(Some);
                }
                (Err(NotThese::Other), _) => return Ok(None),
                (Err(other), _) => return Err(not_these(url, &other)),
            }
        }
        let document = serde_json::from_slice::<Value>(bytes).unwrap_or_default();
        let Some(kind) = kind(&document) else { return Ok(None) };
        let (base, layer) = match (kind, ServiceAddress::ogcapi(url)) {
            (Kind::Landing, _) | (_, None) => {
                let mut base = url.clone();
                base.set_fragment(None);
                let others: Vec<_> = url
                    .query_pairs()
                    .filter(|(name, _)| name != "f")
                    .map(|(n, v)| (n.into_owned(), v.into_owned()))
                    .collect();
                base.set_query(None);
                if !others.is_empty() {
                    base.query_pairs_mut().extend_pairs(others);
                }
                (base, None)
            }
            (_, Some((base, layer, _))) => (base, Some(layer)),
        };
        self.service_at(ServiceKind::OgcApi, &base, layer, watch).map(Some)
    }

    fn head_of(&self, url: &Url, watch: &Watch) -> Result<(Vec<u8>, String), PortalError> {
        self.asker.again(url, watch, || {
            let mut body = self.asker.once_for(url, JSON, u64::MAX, watch)?;
            let bytes = body.head_of(HEAD, watch)?;
            let content_type = header(&body.headers, "content-type").to_owned();
            Ok((bytes, content_type))
        })
    }
}

fn cancelled(url: &Url) -> PortalError {
    PortalError::new(host_of(url), Trouble::Cancelled)
}

/// Whether an error says that there is no such service.
fn is_no_service(error: &PortalError) -> bool {
    matches!(&error.trouble, Trouble::Service(..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_often_tells_what_is_there() {
        let url = |text: &str| Url::parse(text).unwrap();
        let wfs = |base: &str, layer: Option<&str>| Guess::Wfs(url(base), layer.map(str::to_owned));
        let api =
            |base: &str, layer: Option<&str>| Guess::OgcApi(url(base), layer.map(str::to_owned));
        let file = |text: &str| Guess::File(url(text));
        for (text, expected) in [
            ("https://x.be/geoserver/wfs", wfs("https://x.be/geoserver/wfs", None)),
            (
                "https://x.be/ows?service=WFS&version=2.0.0&request=GetCapabilities",
                wfs("https://x.be/ows", None),
            ),
            (
                "https://x.be/wfs?request=GetFeature&typeNames=s:a&count=10&CQL_FILTER=n>1",
                wfs("https://x.be/wfs?CQL_FILTER=n%3E1", Some("s:a")),
            ),
            (
                "https://x.be/wfs?request=GetFeature&typeNames=s:a&bbox=1,2,3,4",
                file("https://x.be/wfs?request=GetFeature&typeNames=s:a&bbox=1,2,3,4"),
            ),
            ("https://x.be/ows?service=WMS&request=GetCapabilities", Guess::Pictures("WMS")),
            ("https://x.be/geoserver/wms", Guess::Pictures("WMS")),
            ("https://x.be/wmts/", Guess::Pictures("WMTS")),
            ("https://x.be/arcgis/rest/services/A/FeatureServer/0", Guess::ArcGis),
            ("https://x.be/v1/collections", api("https://x.be/v1", None)),
            (
                "https://x.be/v1/collections/s%3Aa/items?f=html&limit=9",
                api("https://x.be/v1", Some("s:a")),
            ),
            ("https://x.be/data/a.geojson", file("https://x.be/data/a.geojson")),
            ("https://x.be/data/a.csv?v=2", file("https://x.be/data/a.csv?v=2")),
            ("https://x.be/ogc/features/v1", Guess::Unknown(url("https://x.be/ogc/features/v1"))),
            ("https://x.be/data/a.json", Guess::Unknown(url("https://x.be/data/a.json"))),
        ] {
            assert_eq!(guess(&url(text)), expected, "{text}");
        }
    }
}

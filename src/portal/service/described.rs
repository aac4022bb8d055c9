//! What a service is known to hold: asked once, and remembered for a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use url::Url;

use super::address::{ServiceAddress, ServiceKind};
use super::capabilities::{Capabilities, NotThese};
use super::collections::{Api, Kind, at_server, collection, kind, link};
use super::xml::{Element, exception};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::portal::Portals;
use crate::portal::ask::{JSON, host_of};
use crate::portal::body::text as header;
use crate::portal::error::{PortalError, Trouble};
use crate::table::Extent;

/// How long what a service tells about itself is good.
const GOOD: Duration = Duration::from_mins(5);

/// The largest document in which a service tells about itself.
const LARGEST: u64 = 64 << 20;

/// So many pages of collections are followed.
const PAGES: usize = 100;

/// What a service told about itself.
#[derive(Clone, Debug)]
pub(super) enum Described {
    Wfs(Capabilities),
    OgcApi(Api),
}

/// What services told lately, by their kind and address.
#[derive(Debug, Default)]
pub(in crate::portal) struct Known {
    services: Mutex<HashMap<(ServiceKind, String), (Instant, Arc<Described>)>>,
}

/// A service, for a person to choose layers of.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// How it is asked.
    pub kind: ServiceKind,
    /// Where.
    pub base: Url,
    /// What it is called; its server's name where it has none.
    pub title: String,
    /// What it is.
    pub about: String,
    /// Whose it is.
    pub publisher: String,
    /// The protocol and its version: `WFS 2.0.0`.
    pub protocol: String,
    /// Its layers, in its own order.
    pub layers: Vec<ServiceLayer>,
    /// The layer that the address named, if it is there.
    pub wanted: Option<String>,
    /// How many more it has that hold no features.
    pub left_out: u64,
}

/// A layer of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceLayer {
    /// What it is asked by.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What it is.
    pub about: String,
    /// Where it lies, WGS 84 degrees, where that is told.
    pub bbox: Option<Extent>,
    /// The system its coordinates are kept in, as the service writes it.
    pub crs: Option<String>,
    /// How many features it has, where that is told along with the rest.
    pub features: Option<u64>,
}

impl Service {
    /// The address of a layer, or of what of it shares a point with a rectangle in degrees.
    pub fn address(&self, layer: &str, bbox: Option<Extent>) -> ServiceAddress {
        let (kind, base, layer) = (self.kind, self.base.clone(), layer.to_owned());
        ServiceAddress { kind, base, layer, bbox, crs: None }
    }

    /// The address of the service itself, for a list of those used before.
    pub fn url(&self) -> String {
        self.base.to_string()
    }
}

impl Described {
    /// The service for a person.
    pub fn service(&self, base: &Url) -> Service {
        let or_host = |title: &str| {
            let title = title.trim();
            if title.is_empty() { host_of(base) } else { title.to_owned() }
        };
        match self {
            Described::Wfs(found) => Service {
                kind: ServiceKind::Wfs,
                base: base.clone(),
                title: or_host(&found.title),
                about: found.about.clone(),
                publisher: found.provider.clone(),
                protocol: format!("WFS {}", found.version.number()),
                layers: found
                    .types
                    .iter()
                    .map(|it| ServiceLayer {
                        name: it.name.clone(),
                        title: it.title.clone(),
                        about: it.about.clone(),
                        bbox: it.bbox,
                        crs: it.crs.clone(),
                        features: None,
                    })
                    .collect(),
                wanted: None,
                left_out: 0,
            },
            Described::OgcApi(found) => Service {
                kind: ServiceKind::OgcApi,
                base: base.clone(),
                title: or_host(&found.title),
                about: found.about.clone(),
                publisher: found.attribution.clone(),
                protocol: ServiceKind::OgcApi.name().to_owned(),
                layers: found
                    .collections
                    .iter()
                    .map(|it| ServiceLayer {
                        name: it.id.clone(),
                        title: it.title.clone(),
                        about: it.about.clone(),
                        bbox: it.bbox,
                        crs: it.storage_crs.clone().or_else(|| it.crs.first().cloned()),
                        features: it.count,
                    })
                    .collect(),
                wanted: None,
                left_out: found.left_out,
            },
        }
    }
}

/// Something about a service, with what to do.
pub(super) fn told(base: &Url, what: Message, remedy: &'static str) -> PortalError {
    PortalError::told(host_of(base), what, remedy)
}

/// What a service's server says no with, in words about services.
pub(in crate::portal) fn in_words(error: PortalError, base: &Url) -> PortalError {
    let (what, remedy) = match &error.trouble {
        Trouble::NoDataset(_) => {
            (Message::new("service-error-not-there"), "service-remedy-address")
        }
        Trouble::Key(_) => (Message::new("service-error-key"), "service-remedy-key"),
        Trouble::Unreachable(_) => (error.what(), "service-remedy-unreachable"),
        Trouble::BadQuestion(_) => (error.what(), "service-remedy-bad-question"),
        Trouble::Unexpected(_) | Trouble::Redirects => (error.what(), "service-remedy-unexpected"),
        Trouble::TooLarge(_) => (error.what(), "service-remedy-too-large"),
        _ => return error,
    };
    told(base, what, remedy)
}

impl Portals {
    /// What a service tells about itself, asked unless it was asked lately.
    pub(super) fn described(
        &self,
        kind: ServiceKind,
        base: &Url,
        watch: &Watch,
    ) -> Result<Arc<Described>, PortalError> {
        let key = (kind, base.to_string());
        {
            let known = self.services.services.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((at, known)) = known.get(&key)
                && at.elapsed() < GOOD
            {
                return Ok(Arc::clone(known));
            }
        }
        let described = match kind {
            ServiceKind::Wfs => self.capabilities(base, watch).map(Described::Wfs),
            ServiceKind::OgcApi => self.api(base, watch).map(Described::OgcApi),
            ServiceKind::File => {
                let what = Message::new("service-error-no-service");
                Err(told(base, what, "service-remedy-address"))
            }
        };
        let described = Arc::new(described.map_err(|error| in_words(error, base))?);
        let mut known = self.services.services.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (at, _)| at.elapsed() < GOOD);
        known.insert(key, (Instant::now(), Arc::clone(&described)));
        Ok(described)
    }

    /// Asks a WFS for its capabilities.
    pub(super) fn capabilities(
        &self,
        base: &Url,
        watch: &Watch,
    ) -> Result<Capabilities, PortalError> {
        let mut url = base.clone();
        url.query_pairs_mut()
            .append_pair("service", "WFS")
            .append_pair("request", "GetCapabilities")
            .append_pair("acceptversions", "2.0.0,1.1.0");
        self.asker.again(&url, watch, || {
            let mut body = self.asker.once(&url, LARGEST, watch)?;
            let bytes = body.all(watch)?;
            if let Some(said) = exception(&bytes) {
                return Err(body.error(Trouble::BadQuestion(said)));
            }
            let Ok(root) = Element::parse(&bytes) else {
                let starts = bytes.trim_ascii_start();
                let is_cut = starts.starts_with(b"<?xml")
                    && !is_page(header(&body.headers, "content-type"), &bytes);
                if is_cut {
                    return Err(
                        body.error(Trouble::CutOff(u64::try_from(bytes.len()).unwrap_or(0)))
                    );
                }
                let what = Message::new("service-error-no-wfs");
                return Err(told(base, what, "service-remedy-no-service"));
            };
            Capabilities::of(&root).map_err(|not| not_these(base, &not))
        })
    }

    /// Asks an OGC API for what it holds.
    pub(super) fn api(&self, base: &Url, watch: &Watch) -> Result<Api, PortalError> {
        let mut api = Api::default();
        let landing = self.document(&mut api, base, watch)?;
        let landing = landing.ok_or_else(|| self.no_api(base))?;
        api.read_landing(&landing);
        let usual = |name: &str| {
            let mut url = base.clone();
            if let Ok(mut parts) = url.path_segments_mut() {
                parts.pop_if_empty().push(name);
            }
            url
        };
        let told = |relations: &[&str], name: &str| {
            let href = link(&landing, relations);
            let found = href
                .and_then(|href| at_server(base, base, href))
                .filter(|(_, host)| host.is_none());
            found.map_or_else(|| usual(name), |(url, _)| url)
        };
        let conformance = told(
            &["conformance", "http://www.opengis.net/def/rel/ogc/1.0/conformance"],
            "conformance",
        );
        // Without it the collections say enough.
        match self.document(&mut api, &conformance, watch) {
            Ok(Some(found)) => api.read_conformance(&found),
            Err(error) if error.is_cancelled() => return Err(error),
            _ => log::info!("{base} declares no conformance"),
        }
        let mut next =
            Some(told(&["data", "http://www.opengis.net/def/rel/ogc/1.0/data"], "collections"));
        let mut asked: Vec<Url> = Vec::new();
        while let Some(url) = next.take().filter(|url| !asked.contains(url) && asked.len() < PAGES)
        {
            let found = self.document(&mut api, &url, watch)?;
            let found = found.filter(|it| kind(it) == Some(Kind::Collections));
            let found = found.ok_or_else(|| self.no_api(base))?;
            let href = api.read_collections(&found);
            next = href.and_then(|href| at_server(base, &url, &href)).map(|(url, _)| url);
            asked.push(url);
        }
        // Some list no collections that they have: the one that was meant may be among them.
        if api.collections.iter().any(|it| it.crs.len() > 1 || it.storage_crs.is_some()) {
            api.has_crs = true;
        }
        Ok(api)
    }

    /// A JSON document of an API; none for JSON that is no object. Learns whether the API wants
    /// to be told that JSON is wanted.
    fn document(
        &self,
        api: &mut Api,
        url: &Url,
        watch: &Watch,
    ) -> Result<Option<Value>, PortalError> {
        let mut asked = url.clone();
        if api.says_json && !asked.query_pairs().any(|(name, _)| name == "f") {
            asked.query_pairs_mut().append_pair("f", "json");
        }
        let first = self.json(&asked, watch);
        let is_page = |error: &PortalError| matches!(error.trouble, Trouble::Unexpected(_));
        let found = match first {
            Err(error) if is_page(&error) && !api.says_json => {
                asked.query_pairs_mut().append_pair("f", "json");
                let found = self
                    .json(&asked, watch)
                    .map_err(|second| if second.is_cancelled() { second } else { error })?;
                api.says_json = true;
                found
            }
            other => other?,
        };
        Ok(Some(found).filter(Value::is_object))
    }

    fn json(&self, url: &Url, watch: &Watch) -> Result<Value, PortalError> {
        self.asker.again(url, watch, || {
            let mut body = self.asker.once_for(url, JSON, LARGEST, watch)?;
            let bytes = body.all(watch)?;
            serde_json::from_slice(&bytes).map_err(|error| {
                let is_page = is_page(header(&body.headers, "content-type"), &bytes);
                let what = if is_page {
                    Message::new("portal-unexpected-page")
                } else {
                    Message::new("portal-unexpected-json").text("detail", error.to_string())
                };
                body.error(Trouble::Unexpected(what))
            })
        })
    }

    #[expect(clippy::unused_self, reason = "beside its likes")]
    fn no_api(&self, base: &Url) -> PortalError {
        told(base, Message::new("service-error-no-api"), "service-remedy-no-service")
    }
}

/// Whether an answer is a page for people.
pub(super) fn is_page(content_type: &str, bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_lowercase();
    content_type.to_lowercase().contains("html")
        || head.contains("<html")
        || head.trim_start().starts_with("<!doctype html")
}

/// Why a document is no capabilities that help.
pub(super) fn not_these(base: &Url, not: &NotThese) -> PortalError {
    match not {
        NotThese::Version(version) => {
            let id = if version.is_empty() {
                "service-error-version-none"
            } else {
                "service-error-version"
            };
            let what = Message::new(id).text("version", version.as_str());
            told(base, what, "service-remedy-version")
        }
        NotThese::Pictures(kind) => {
            let what = Message::new("service-error-pictures").text("kind", *kind);
            told(base, what, "service-remedy-pictures")
        }
        NotThese::Other => {
            told(base, Message::new("service-error-no-wfs"), "service-remedy-no-service")
        }
    }
}

/// A collection that is described by itself.
pub(super) fn alone(document: &Value) -> Option<super::collections::Collection> {
    collection(document, &[])
}

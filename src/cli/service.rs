//! Services by address on the command line: which layers one has, and which of them is meant.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::report::{Rows, padded, width};
use crate::formats::{ReadOptions, Within};
use crate::i18n::{Language, Message, format_integer, tr};
use crate::jobs::Watch;
use crate::portal::{
    Address, Found, Opened, Portals, Service, ServiceAddress, ServiceKind, Wanted,
};
use crate::problem::FileError;
use crate::table::Extent;

/// What a path or an address leads to.
pub(super) enum Led {
    /// Data.
    Opened(Vec<Opened>),
    /// A service, of which no layer was named.
    Service(Box<Service>),
}

/// Reads what a path or an address names: of a service the layer that the options name, or the
/// only one it has. Portals and services are asked for what lies in the rectangle of the options.
///
/// # Errors
/// When nothing can be read, or the service has no such layer.
pub(super) fn lead(
    path: &Path,
    options: &ReadOptions,
    portals: &Portals,
) -> Result<Led, FileError> {
    let watch = Watch::unwatched();
    let text = path.to_str().unwrap_or_default();
    let mut options = options.clone();
    let mut path = path.to_owned();
    let bbox = match options.extent {
        Some(Within::Degrees(bbox)) => Some(bbox),
        _ => None,
    };
    let is_on_web = ServiceAddress::is_meant(text);
    if is_on_web && let Found::Service(service) = portals.look(text, &watch)? {
        let only = Some(&service.layers).filter(|layers| layers.len() == 1);
        let only = only.and_then(|layers| layers.first()).map(|layer| layer.name.clone());
        let Some(layer) = options.layer.take().or(service.wanted.clone()).or(only) else {
            return Ok(Led::Service(service));
        };
        path = PathBuf::from(service.address(&named(&service, layer), bbox).to_string());
        options.extent = None;
    } else if let Some(bbox) = bbox
        && Address::is_meant(&path)
        && let Some(address) = in_rectangle(Address::read(text)?, bbox)
    {
        path = PathBuf::from(address.to_string());
        options.extent = None;
    }
    portals.open(&path, Wanted::Newest, &options, &watch).map(Led::Opened)
}

/// The name that a service has for a layer, which a person may have called by its title.
fn named(service: &Service, layer: String) -> String {
    if service.layers.iter().any(|known| known.name == layer) {
        return layer;
    }
    let mut titled = service.layers.iter().filter(|known| known.title == layer);
    match (titled.next(), titled.next()) {
        (Some(known), None) => known.name.clone(),
        _ => layer,
    }
}

/// The address of the part of a layer that lies in a rectangle; none for a file, of which the
/// reader finds the part.
fn in_rectangle(address: Address, bbox: Extent) -> Option<Address> {
    match address {
        Address::Portal(mut address) => {
            address.narrowing.bbox = Some(bbox);
            Some(Address::Portal(address))
        }
        Address::Service(address) if address.kind == ServiceKind::File => None,
        // What lies where is known only when all of it is there.
        Address::Linked(_) => None,
        Address::Service(address) => {
            Some(Address::Service(ServiceAddress { bbox: Some(bbox), ..address }))
        }
    }
}

/// Why a service alone is not enough.
pub(super) fn which_layer(service: &Service) -> FileError {
    const SHOWN: usize = 20;
    let names = service.layers.iter().map(|layer| layer.name.as_str());
    let mut names: Vec<&str> = names.take(SHOWN).collect();
    if service.layers.len() > SHOWN {
        names.push("…");
    }
    let count = u64::try_from(service.layers.len()).unwrap_or(u64::MAX);
    let what = Message::new("service-error-which-layer").count("count", count);
    let remedy = Message::new("service-remedy-which-layer").text("layers", names.join(", "));
    FileError::new(service.url(), what).remedy(remedy)
}

/// A service in `info --json`.
#[derive(Serialize)]
pub(super) struct ServiceEntry<'a> {
    address: String,
    protocol: &'a str,
    title: &'a str,
    description: &'a str,
    publisher: &'a str,
    layers: Vec<ServiceLayerEntry<'a>>,
    without_features: u64,
}

#[derive(Serialize)]
struct ServiceLayerEntry<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
    address: String,
    features: Option<u64>,
    crs: Option<&'a str>,
    extent_wgs84: Option<[f64; 4]>,
}

impl ServiceEntry<'_> {
    pub(super) fn of(service: &Service) -> ServiceEntry<'_> {
        let layers = service.layers.iter().map(|layer| ServiceLayerEntry {
            name: &layer.name,
            title: &layer.title,
            description: &layer.about,
            address: service.address(&layer.name, None).to_string(),
            features: layer.features,
            crs: layer.crs.as_deref(),
            extent_wgs84: layer.bbox.map(|bbox| bbox.as_array()),
        });
        ServiceEntry {
            address: service.url(),
            protocol: &service.protocol,
            title: &service.title,
            description: &service.about,
            publisher: &service.publisher,
            layers: layers.collect(),
            without_features: service.left_out,
        }
    }
}

/// A service for people.
pub(super) fn text(service: &Service, language: Language) -> String {
    let count = |count: u64| format_integer(language, i64::try_from(count).unwrap_or(i64::MAX));
    let mut rows = Rows::default();
    rows.add(tr(language, "cli-portal-address"), service.url());
    rows.add(tr(language, "cli-portal-publisher"), service.publisher.as_str());
    let wide = service.layers.iter().map(|layer| width(&layer.name)).max().unwrap_or(0).min(50);
    let mut lines = vec![count(u64::try_from(service.layers.len()).unwrap_or(u64::MAX))];
    lines.extend(service.layers.iter().map(|layer| {
        let title = Some(layer.title.as_str()).filter(|title| *title != layer.name);
        let features = layer.features.map(|it| format!("({})", count(it)));
        let parts = [title.map(str::to_owned), features];
        let rest = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        format!("{}  {rest}", padded(&layer.name, wide)).trim_end().to_owned()
    }));
    rows.add_lines(tr(language, "cli-layers"), lines);
    let hint = tr(language, "cli-service-hint");
    format!("{} ({})\n{}{hint}\n", service.title, service.protocol, rows.text(2))
}

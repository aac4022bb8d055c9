//! Asking a WFS for the features of a layer: how many there are, and all of them, page by page.

use url::Url;

use super::address::{ServiceAddress, stripped_of_wfs};
use super::axes::Rectangle;
use super::capabilities::{Capabilities, FeatureType, Version};
use super::gather::{Form, Gathered, Gatherer};
use super::notes::Oddity;
use super::pages::{MOST_PAGES, PageSize, is_refusal};
use super::xml;
use crate::crs::Crs;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::portal::Sink;
use crate::portal::ask::{Asker, host_of};
use crate::portal::error::{PortalError, Trouble};
use crate::problem::FileError;

/// How much is looked at of an answer that holds only a number. Some servers give all features
/// with it.
const HITS: usize = 256 << 10;

/// A layer of a WFS, ready to be asked for.
pub(super) struct Wfs<'a> {
    pub asker: &'a Asker,
    pub capabilities: &'a Capabilities,
    pub layer: &'a FeatureType,
    pub address: &'a ServiceAddress,
}

/// What is asked for: everything, or a rectangle with its numbers in one order or the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    rectangle: Option<Rectangle>,
    in_other_order: bool,
}

impl Part {
    pub const WHOLE: Part = Part { rectangle: None, in_other_order: false };
}

impl Wfs<'_> {
    /// The part that the address names.
    pub fn part(&self) -> Part {
        let around = |bbox| Rectangle::around(bbox, self.layer.crs.as_deref());
        Part { rectangle: self.address.bbox.map(around), in_other_order: false }
    }

    /// Where features are asked for: the server's own address for them where it is on the server
    /// that was named. One elsewhere is mostly that of a machine behind it.
    fn endpoint(&self) -> Url {
        let base = &self.address.base;
        let own = self.capabilities.get_feature.as_deref().and_then(|href| base.join(href).ok());
        let Some(own) = own.filter(|own| own.origin() == base.origin()) else {
            return base.clone();
        };
        let mut endpoint = stripped_of_wfs(&own);
        let known: Vec<String> =
            endpoint.query_pairs().map(|(name, _)| name.to_lowercase()).collect();
        let missing = base.query_pairs().filter(|(name, _)| !known.contains(&name.to_lowercase()));
        let missing: Vec<_> = missing.collect();
        if !missing.is_empty() {
            endpoint.query_pairs_mut().extend_pairs(missing);
        }
        endpoint
    }

    fn question(&self, part: &Part, more: &[(&str, String)]) -> Url {
        let version = self.capabilities.version;
        let mut url = self.endpoint();
        let mut pairs = url.query_pairs_mut();
        pairs.append_pair("service", "WFS");
        pairs.append_pair("version", version.number());
        pairs.append_pair("request", "GetFeature");
        let names = if version == Version::V2 { "typeNames" } else { "typeName" };
        pairs.append_pair(names, &self.layer.name);
        if let Some(rectangle) = &part.rectangle {
            pairs.append_pair("bbox", &rectangle.text(part.in_other_order));
        }
        pairs.extend_pairs(more);
        drop(pairs);
        url
    }

    /// How many features there are; none where the server does not know.
    pub fn hits(&self, part: &Part, watch: &Watch) -> Result<Option<u64>, PortalError> {
        let url = self.question(part, &[("resultType", "hits".to_owned())]);
        self.asker.again(&url, watch, || {
            let mut body = self.asker.once(&url, u64::MAX, watch)?;
            // The number stands at the beginning, whatever follows.
            let bytes = body.head_of(HITS, watch)?;
            if let Some(said) = xml::exception(&bytes) {
                return Err(body.error(Trouble::BadQuestion(said)));
            }
            // Some answer in JSON, whatever they were asked.
            if let Ok(json) = serde_json::from_slice::<serde_json::Value>(&bytes) {
                let names = ["numberMatched", "totalFeatures"];
                return Ok(names.iter().find_map(|name| json.get(name)?.as_u64()));
            }
            let root = xml::root_of(&bytes).filter(|root| root.name == "FeatureCollection");
            let root = root.ok_or_else(|| {
                let what = Message::new("service-unexpected-shape");
                body.error(Trouble::Unexpected(what))
            })?;
            let names = ["numberMatched", "numberOfFeatures"];
            Ok(names.iter().find_map(|name| root.attribute(name).trim().parse().ok()))
        })
    }

    /// The part, as this server understands it. One that takes the numbers of a rectangle in
    /// another order than it should finds nothing there, and something in the other order.
    pub fn understood(
        &self,
        part: Part,
        hits: Option<u64>,
        watch: &Watch,
    ) -> Result<(Part, Option<u64>), PortalError> {
        let is_doubtful = part.rectangle.as_ref().is_some_and(Rectangle::is_doubtful);
        if hits != Some(0) || !is_doubtful {
            return Ok((part, hits));
        }
        let turned = Part { in_other_order: true, ..part.clone() };
        match self.hits(&turned, watch) {
            Ok(Some(found)) if found > 0 => Ok((turned, Some(found))),
            Err(error) if error.is_cancelled() => Err(error),
            _ => Ok((part, hits)),
        }
    }

    /// Fetches all features of the part; `expected` is how many there are, where that is known.
    pub fn gather(
        &self,
        part: &Part,
        expected: Option<u64>,
        sink: &mut dyn Sink,
        limit: u64,
        watch: &Watch,
    ) -> Result<Gathered, PortalError> {
        let formats = self.capabilities.formats.iter().chain(&self.layer.formats);
        let json = best_json(formats.map(String::as_str));
        let mut gathered = match json {
            Some(format) => {
                let first =
                    self.gather_as(Form::GeoJson, Some(format), part, expected, sink, limit, watch);
                match first {
                    Err(error) if is_refusal(&error) => {
                        // Offered and not given: what every WFS has to give is GML.
                        let second =
                            self.gather_as(Form::Gml, None, part, expected, sink, limit, watch);
                        let mut gathered = second
                            .map_err(|second| if second.is_cancelled() { second } else { error })?;
                        gathered.note(Oddity::NotAsOffered);
                        gathered
                    }
                    other => other?,
                }
            }
            None => self.gather_as(Form::Gml, None, part, expected, sink, limit, watch)?,
        };
        if part.in_other_order {
            gathered.note(Oddity::RectangleSwapped);
        }
        Ok(gathered)
    }

    #[expect(clippy::too_many_arguments, reason = "what is asked, and where it goes")]
    fn gather_as(
        &self,
        form: Form,
        format: Option<&str>,
        part: &Part,
        expected: Option<u64>,
        sink: &mut dyn Sink,
        limit: u64,
        watch: &Watch,
    ) -> Result<Gathered, PortalError> {
        let on_disk = |error: FileError| self.error(Trouble::File(Box::new(error)));
        let mut gatherer = Gatherer::new(sink, form, limit).map_err(on_disk)?;
        let v2 = self.capabilities.version == Version::V2;
        let address = |start: Option<u64>, count: Option<u64>| {
            let mut more: Vec<(&str, String)> = Vec::new();
            more.extend(format.map(|format| ("outputFormat", format.to_owned())));
            more.extend(self.srs_name().map(|name| ("srsName", name)));
            let name = if v2 { "count" } else { "maxFeatures" };
            more.extend(count.map(|count| (name, count.to_string())));
            more.extend(start.map(|start| ("startIndex", start.to_string())));
            self.question(part, &more)
        };
        let mut size = PageSize::of(expected, self.capabilities.most);
        let in_pages = self.capabilities.pages != Some(false);
        let is_one = expected.is_some_and(|expected| expected <= size.now());
        let mut first_url = None;
        let (mut start, mut matched) = (0_u64, expected);
        let mut has_no_pages = false;
        while gatherer.pages < MOST_PAGES {
            let is_first = start == 0;
            // From the first page on, so that all pages are put in order alike; version 1.1 knows
            // no first number, though most servers do.
            let numbered = !is_first || (v2 && in_pages && !is_one);
            let count = Some(size.now()).filter(|_| !is_first || in_pages);
            let url = address(numbered.then_some(start), count);
            let came = match gatherer.page(self.asker, &url, watch) {
                Ok(came) => came,
                Err(error) if size.shrinks_for(&error) => continue,
                Err(error) if !is_first && is_refusal(&error) => {
                    has_no_pages = true;
                    break;
                }
                Err(error) => return Err(error),
            };
            first_url.get_or_insert(url);
            matched = came.matched.or(matched);
            watch.set_total(matched.unwrap_or(0));
            if came.features == 0 {
                break;
            }
            if came.fresh == 0 {
                has_no_pages = true;
                break;
            }
            start = start.saturating_add(came.features);
            if matched.is_some_and(|matched| start >= matched) {
                break;
            }
            size.came(came.features);
        }
        let is_short = matched.is_some_and(|matched| gatherer.kept < matched);
        if has_no_pages && is_short {
            // All at once, then; what came so far stays unless that brings more.
            let (before, total) = (gatherer.kept, matched.unwrap_or_default());
            gatherer = self.all_at_once(gatherer, &address(None, Some(total)), before, watch)?;
        }
        let mut gathered = gatherer.finish().map_err(on_disk)?;
        gathered.url = first_url.map(String::from).unwrap_or_default();
        gathered.matched = gathered.matched.or(expected);
        if has_no_pages {
            gathered.note(Oddity::NoPages);
        }
        if gathered.pages >= MOST_PAGES {
            gathered.note(Oddity::Loop);
        }
        Ok(gathered)
    }

    /// Asks for everything in one answer; its features join those that came.
    fn all_at_once<'s>(
        &self,
        mut gatherer: Gatherer<'s>,
        url: &Url,
        before: u64,
        watch: &Watch,
    ) -> Result<Gatherer<'s>, PortalError> {
        gatherer.expects_all();
        match gatherer.page(self.asker, url, watch) {
            Ok(_) => {}
            Err(error) if is_refusal(&error) => {
                log::info!("{}: {before} features and no more: {}", self.layer.name, error.what());
            }
            Err(error) => return Err(error),
        }
        Ok(gatherer)
    }

    /// The system that was asked for, in the notation that the server lists it in.
    fn srs_name(&self) -> Option<String> {
        let asked = self.address.crs.as_deref()?;
        let crs = Crs::from_code(asked).ok();
        let listed = self.layer.crs.iter().chain(&self.layer.other_crs).find(|name| {
            let theirs = Crs::from_code(name).ok();
            matches!((&crs, &theirs), (Some(ours), Some(theirs)) if ours.same_as(theirs))
        });
        Some(listed.map_or_else(|| asked.to_owned(), Clone::clone))
    }

    fn error(&self, trouble: Trouble) -> PortalError {
        PortalError::new(host_of(&self.address.base), trouble)
    }
}

/// The offered form that is GeoJSON, the surest name for it first.
fn best_json<'a>(offered: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let rank = |name: &str| {
        let name = name.to_lowercase();
        let is_other = ["zip", "script", "csv", "topojson", "jsonp", "gz"]
            .iter()
            .any(|other| name.contains(other));
        match name.as_str() {
            _ if is_other => None,
            _ if name.contains("geo+json") || name.contains("geojson") => Some(0),
            "application/json" => Some(1),
            _ if name.starts_with("application/json") || name == "json" => Some(2),
            _ => None,
        }
    };
    let ranked = offered.filter_map(|name| Some((rank(name)?, name)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As GeoServer, QGIS Server, MapServer, deegree and ArcGIS write them.
    #[test]
    fn the_best_form_is_found_among_what_servers_offer() {
        for (offered, best) in [
            (
                &[
                    "text/xml; subtype=gml/3.2",
                    "application/json",
                    "csv",
                    "text/javascript",
                    "json",
                ][..],
                Some("application/json"),
            ),
            (&["GML3", "application/vnd.geo+json"], Some("application/vnd.geo+json")),
            (
                &["application/json; subtype=geojson; charset=utf-8", "csv", "SHAPEZIP"],
                Some("application/json; subtype=geojson; charset=utf-8"),
            ),
            (&["GML32", "GEOJSON", "geojson+zip"], Some("GEOJSON")),
            (&["text/javascript", "application/topojson", "application/json+zip"], None),
            (&[], None),
        ] {
            assert_eq!(best_json(offered.iter().copied()), best, "{offered:?}");
        }
    }
}

//! Asking an OGC API for the features of a collection: how many there are, and all of them, by the
//! links from page to page.

use std::collections::HashSet;

use url::Url;

use super::address::{ServiceAddress, bbox_text};
use super::collections::{Api, Collection, at_server};
use super::gather::{Form, Gathered, Gatherer};
use super::notes::Oddity;
use super::pages::{MOST_PAGES, PageSize, is_refusal};
use crate::crs::Crs;
use crate::jobs::Watch;
use crate::portal::Sink;
use crate::portal::ask::{Asker, host_of};
use crate::portal::error::{PortalError, Trouble};
use crate::problem::FileError;
use crate::table::Extent;

/// The smaller numbers that are tried where a server refuses a limit.
const SMALLER: [u64; 3] = [1_000, 100, 10];

/// A collection of an OGC API, ready to be asked for.
pub(super) struct OgcApi<'a> {
    pub asker: &'a Asker,
    pub api: &'a Api,
    pub layer: &'a Collection,
    pub address: &'a ServiceAddress,
}

impl OgcApi<'_> {
    /// The system that coordinates are asked in; none for longitude and latitude, which is what
    /// comes when nothing is said.
    ///
    /// The collection's own system is asked for, so that the source's numbers stay as they are;
    /// but not one that has the north first, because servers do not agree about what comes then.
    pub fn crs(&self) -> Option<String> {
        if let Some(asked) = &self.address.crs {
            let crs = Crs::from_code(asked).ok();
            let listed = self.layer.crs.iter().chain(&self.layer.storage_crs).find(|name| {
                let theirs = Crs::from_code(name).ok();
                matches!((&crs, &theirs), (Some(ours), Some(theirs)) if ours.same_as(theirs))
            });
            return Some(listed.unwrap_or(asked).clone());
        }
        let storage = self.layer.storage_crs.as_ref().filter(|_| self.api.has_crs)?;
        let crs = Crs::from_code(storage).ok()?;
        (!crs.is_geographic() && !crs.is_north_first_as(storage)).then(|| storage.clone())
    }

    fn items(&self) -> Url {
        let base = &self.address.base;
        let mut usual = base.clone();
        if let Ok(mut parts) = usual.path_segments_mut() {
            parts.pop_if_empty().extend(["collections", &self.layer.id, "items"]);
        }
        let told = self.layer.items.as_deref().and_then(|href| {
            let mut collections = base.clone();
            collections.path_segments_mut().ok()?.pop_if_empty().push("collections");
            collections.join(href).ok()
        });
        let told = told.filter(|told| told.origin() == base.origin());
        match told {
            None => usual,
            Some(mut told) => {
                told.set_query(base.query());
                told
            }
        }
    }

    fn question(&self, bbox: Option<Extent>, limit: Option<u64>, more: &[(&str, String)]) -> Url {
        let mut url = self.items();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if self.api.says_json {
            pairs.push(("f", "json".to_owned()));
        }
        pairs.extend(limit.map(|limit| ("limit", limit.to_string())));
        pairs.extend(bbox.map(|bbox| ("bbox", bbox_text(bbox))));
        pairs.extend(more.iter().cloned());
        if !pairs.is_empty() {
            url.query_pairs_mut().extend_pairs(pairs);
        }
        url
    }

    /// How many features there are in all or in a rectangle; none where the server does not say.
    pub fn count(&self, bbox: Option<Extent>, watch: &Watch) -> Result<Option<u64>, PortalError> {
        let url = self.question(bbox, Some(1), &[]);
        let answer = self.asker.json(&url, watch)?;
        Ok(answer.get("numberMatched").and_then(serde_json::Value::as_u64))
    }

    /// Fetches all features; `expected` is how many there are, where that is known.
    pub fn gather(
        &self,
        expected: Option<u64>,
        sink: &mut dyn Sink,
        limit: u64,
        watch: &Watch,
    ) -> Result<Gathered, PortalError> {
        let on_disk = |error: FileError| self.error(Trouble::File(Box::new(error)));
        let crs = self.crs();
        let more: Vec<(&str, String)> = crs.iter().map(|crs| ("crs", crs.clone())).collect();
        let mut gatherer = Gatherer::new(sink, Form::GeoJson, limit).map_err(on_disk)?;
        let mut size = PageSize::of(expected, None);
        let mut refused = SMALLER.iter();
        let (first_url, mut came) = loop {
            let url = self.question(self.address.bbox, Some(size.now()), &more);
            match gatherer.page(self.asker, &url, watch) {
                Ok(came) => break (url, came),
                Err(error) if size.shrinks_for(&error) => {}
                Err(error) if matches!(error.trouble, Trouble::BadQuestion(_)) => {
                    let smaller = refused.find(|smaller| **smaller < size.now());
                    let Some(smaller) = smaller else { return Err(error) };
                    size.came(*smaller);
                }
                Err(error) => return Err(error),
            }
        };
        let mut asked: HashSet<Url> = HashSet::from([first_url.clone()]);
        let mut url = first_url.clone();
        let mut oddities: Vec<Oddity> = Vec::new();
        let (mut total, mut matched) = (came.features, came.matched.or(expected));
        // Some servers count on from an offset but do not say so.
        let (mut empty, mut by_offset) = (0, false);
        while gatherer.pages < MOST_PAGES {
            watch.set_total(matched.unwrap_or(0));
            let next = came
                .next
                .as_deref()
                .and_then(|href| at_server(&self.address.base, &came.url, href));
            let next = match next {
                Some((next, elsewhere)) => {
                    oddities.extend(elsewhere.map(Oddity::NextElsewhere));
                    by_offset = false;
                    Some(self.complete(next))
                }
                None => {
                    self.by_offset(total, &came, matched, size, &more).inspect(|_| by_offset = true)
                }
            };
            let Some(next) = next else { break };
            if !asked.insert(next.clone()) {
                // Behind an empty page there is nothing, whatever the link says.
                if came.features > 0 {
                    oddities.push(Oddity::Loop);
                }
                break;
            }
            url = next;
            came = match gatherer.page(self.asker, &url, watch) {
                Ok(came) => came,
                // An offset was our own idea.
                Err(error) if by_offset && is_refusal(&error) => break,
                Err(error) => return Err(error),
            };
            matched = came.matched.or(matched);
            total = total.saturating_add(came.features);
            if came.features == 0 {
                empty += 1;
                if empty > 1 || by_offset {
                    break;
                }
                continue;
            }
            empty = 0;
            if came.fresh == 0 {
                if !by_offset {
                    oddities.push(Oddity::Loop);
                }
                break;
            }
            if by_offset && !oddities.contains(&Oddity::NextMissing) {
                oddities.push(Oddity::NextMissing);
            }
        }
        log::debug!("{}: the last page was {url}", self.layer.id);
        let mut gathered = gatherer.finish().map_err(on_disk)?;
        gathered.url = first_url.into();
        gathered.matched = gathered.matched.or(expected);
        gathered.content_crs = gathered.content_crs.or(crs);
        for oddity in oddities {
            gathered.note(oddity);
        }
        if gathered.pages >= MOST_PAGES {
            gathered.note(Oddity::Loop);
        }
        Ok(gathered)
    }

    /// The address of what follows by number, where a page says of no next one and there is more,
    /// or may be: a full page of a server that does not count.
    fn by_offset(
        &self,
        total: u64,
        came: &super::gather::Came,
        matched: Option<u64>,
        size: PageSize,
        more: &[(&str, String)],
    ) -> Option<Url> {
        let is_more = match matched {
            Some(matched) => total < matched,
            None => came.features >= size.now(),
        };
        if !is_more || came.features == 0 {
            return None;
        }
        let mut more = more.to_vec();
        more.push(("offset", total.to_string()));
        Some(self.question(self.address.bbox, Some(size.now()), &more))
    }

    /// The address of a next page, with what a server forgot of the question: a key, or that JSON
    /// is wanted.
    fn complete(&self, mut next: Url) -> Url {
        let known: Vec<String> = next.query_pairs().map(|(name, _)| name.into_owned()).collect();
        let own = self
            .address
            .base
            .query_pairs()
            .map(|(name, value)| (name.into_owned(), value.into_owned()));
        let json = self.api.says_json.then(|| ("f".to_owned(), "json".to_owned()));
        let missing: Vec<_> = own.chain(json).filter(|(name, _)| !known.contains(name)).collect();
        if !missing.is_empty() {
            next.query_pairs_mut().extend_pairs(missing);
        }
        next
    }

    fn error(&self, trouble: Trouble) -> PortalError {
        PortalError::new(host_of(&self.address.base), trouble)
    }
}

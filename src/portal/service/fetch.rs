//! A layer of a service, fetched whole: counted, gathered page by page, read to its end, and kept.

use std::sync::Arc;

use super::address::{ServiceAddress, ServiceKind};
use super::described::{Described, alone, in_words, told};
use super::gather::{Form, Gathered};
use super::notes::{Oddity, ServiceNotes};
use super::ogcapi::OgcApi;
use super::settle::settle;
use super::wfs::{Part, Wfs};
use crate::formats::ReadOptions;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::portal::copies::NewCopy;
use crate::portal::error::{PortalError, Trouble};
use crate::portal::read::{Fetched, on_disk, read_as};
use crate::portal::receipt::Receipt;
use crate::portal::remote::Address;
use crate::portal::{Portals, is_web, plain_text};
use crate::problem::FileError;
use crate::table::{Extent, Table};

/// How often a layer that changes while it is fetched is fetched.
const TIMES: u32 = 3;

/// What a service tells about a layer, as the receipt has it.
struct Told {
    title: String,
    publisher: String,
    licence: String,
    licence_url: String,
    bbox: Option<Extent>,
    protocol: String,
    /// The systems that the service names for it, the likeliest first.
    crs: Vec<String>,
}

/// A download that is complete, and not kept yet.
struct Made {
    table: Table,
    receipt: Receipt,
    copy: NewCopy,
    form: Form,
    has_changed: bool,
}

impl Portals {
    /// How many features of a layer, or of the part of it that an address names, a service has;
    /// none where it does not know.
    ///
    /// # Errors
    /// When the service gives no answer, or has no such layer.
    pub fn count(&self, address: &ServiceAddress, watch: &Watch) -> Result<Option<u64>, FileError> {
        let counted = self.counted(address, watch);
        counted.map_err(|error| error.about(address.to_string()))
    }

    fn counted(&self, address: &ServiceAddress, watch: &Watch) -> Result<Option<u64>, PortalError> {
        match &*self.layer_of(address, watch)? {
            Described::Wfs(capabilities) => {
                let layer =
                    capabilities.find(&address.layer).ok_or_else(|| no_layer(address, &[]))?;
                let wfs = Wfs { asker: &self.asker, capabilities, layer, address };
                let part = wfs.part();
                let hits = wfs.hits(&part, watch)?;
                Ok(wfs.understood(part, hits, watch)?.1)
            }
            Described::OgcApi(api) => {
                let layer = api.find(&address.layer).ok_or_else(|| no_layer(address, &[]))?;
                OgcApi { asker: &self.asker, api, layer, address }.count(address.bbox, watch)
            }
        }
    }

    /// What the service of an address tells about itself, with the layer of the address in it.
    fn layer_of(
        &self,
        address: &ServiceAddress,
        watch: &Watch,
    ) -> Result<Arc<Described>, PortalError> {
        let described = self.described(address.kind, &address.base, watch)?;
        let names: Vec<&str> = match &*described {
            Described::Wfs(found) if found.find(&address.layer).is_none() => {
                found.types.iter().map(|it| it.name.as_str()).collect()
            }
            Described::OgcApi(found) if found.find(&address.layer).is_none() => {
                // Some APIs have collections that they do not list.
                if let Some(api) = self.unlisted(found, address, watch)? {
                    return Ok(Arc::new(Described::OgcApi(api)));
                }
                found.collections.iter().map(|it| it.id.as_str()).collect()
            }
            _ => return Ok(described),
        };
        Err(no_layer(address, &names))
    }

    fn unlisted(
        &self,
        api: &super::collections::Api,
        address: &ServiceAddress,
        watch: &Watch,
    ) -> Result<Option<super::collections::Api>, PortalError> {
        let mut url = address.base.clone();
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.pop_if_empty().extend(["collections", &address.layer]);
        }
        match self.asker.json(&url, watch) {
            Ok(document) => {
                let mut api = api.clone();
                let found = alone(&document).filter(|it| it.id == address.layer);
                api.collections.extend(found);
                Ok(api.find(&address.layer).is_some().then_some(api))
            }
            Err(error) if error.is_cancelled() => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// Fetches a layer of a service whole, and keeps it.
    pub(in crate::portal) fn fetch_service(
        &self,
        address: &ServiceAddress,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Fetched, PortalError> {
        let mut times = 1;
        loop {
            let made = self.fetch_service_once(address, options, watch);
            let made = made.map_err(|error| in_words(error, &address.base))?;
            if made.has_changed && times < TIMES {
                log::info!("{address} changed while it was fetched");
                times += 1;
                continue;
            }
            let kept = Address::Service(address.clone());
            let Made { table, receipt, copy, form, .. } = made;
            let done = self.copies.keep(copy, form.extension(), &kept, &receipt);
            done.map_err(|error| on_disk(&address.host(), error))?;
            self.is_used(&kept);
            self.trim_copies();
            return Ok(Fetched { tables: vec![table], receipt });
        }
    }

    fn fetch_service_once(
        &self,
        address: &ServiceAddress,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Made, PortalError> {
        let host = address.host();
        let failed = |error| on_disk(&host, error);
        let described = self.layer_of(address, watch)?;
        let limit = self.settings().download_limit;
        let mut copy = self.copies.begin().map_err(failed)?;
        let (told, counts, gathered) = match &*described {
            Described::Wfs(capabilities) => {
                let layer =
                    capabilities.find(&address.layer).ok_or_else(|| no_layer(address, &[]))?;
                let wfs = Wfs { asker: &self.asker, capabilities, layer, address };
                self.gather_wfs(&wfs, &mut copy, limit, watch)?
            }
            Described::OgcApi(api) => {
                let layer = api.find(&address.layer).ok_or_else(|| no_layer(address, &[]))?;
                let api = OgcApi { asker: &self.asker, api, layer, address };
                self.gather_ogcapi(&api, &mut copy, limit, watch)?
            }
        };
        self.make(address, options, copy, told, counts, gathered, watch)
    }

    #[expect(clippy::unused_self, reason = "beside its like")]
    fn gather_wfs(
        &self,
        wfs: &Wfs<'_>,
        copy: &mut NewCopy,
        limit: u64,
        watch: &Watch,
    ) -> Result<(Told, Counts, Gathered), PortalError> {
        let hits = |part: &Part| match wfs.hits(part, watch) {
            Err(error) if !super::pages::is_refusal(&error) => Err(error),
            // Not every server can count; what comes is counted here in any case.
            other => Ok(other.ok().flatten()),
        };
        let part = wfs.part();
        let before = hits(&part)?;
        let (part, before) = wfs.understood(part, before, watch)?;
        let whole = if wfs.address.bbox.is_some() { hits(&Part::WHOLE)? } else { None };
        let gathered = wfs.gather(&part, before, copy, limit, watch)?;
        let after =
            if before == Some(gathered.kept) || before.is_none() { before } else { hits(&part)? };
        let (capabilities, layer) = (wfs.capabilities, wfs.layer);
        let asked = wfs.address.crs.clone();
        let licence = match (&*capabilities.constraints, &*capabilities.fees) {
            ("", fees) => fees,
            (constraints, _) => constraints,
        };
        let told = Told {
            title: layer.title.clone(),
            publisher: capabilities.provider.clone(),
            licence: if is_web(licence) { licence.to_owned() } else { shortened(licence) },
            licence_url: if is_web(licence) { licence.to_owned() } else { String::new() },
            bbox: layer.bbox,
            protocol: format!("WFS {}", capabilities.version.number()),
            crs: asked.into_iter().chain(layer.crs.clone()).collect(),
        };
        Ok((told, Counts { before, after, whole }, gathered))
    }

    #[expect(clippy::unused_self, reason = "beside its like")]
    fn gather_ogcapi(
        &self,
        api: &OgcApi<'_>,
        copy: &mut NewCopy,
        limit: u64,
        watch: &Watch,
    ) -> Result<(Told, Counts, Gathered), PortalError> {
        let bbox = api.address.bbox;
        let count = |bbox| match api.count(bbox, watch) {
            Err(error) if !super::pages::is_refusal(&error) => Err(error),
            other => Ok(other.ok().flatten()),
        };
        let before = count(bbox)?;
        let whole = if bbox.is_some() { count(None)? } else { None };
        let gathered = api.gather(before, copy, limit, watch)?;
        let after = gathered.matched;
        let either = |one: &str, other: &str| {
            if one.is_empty() { other.to_owned() } else { one.to_owned() }
        };
        let (layer, all) = (api.layer, api.api);
        let licence = if layer.licence.name.is_empty() { &all.licence } else { &layer.licence };
        let told = Told {
            title: layer.title.clone(),
            publisher: plain_text(&either(&layer.attribution, &all.attribution)).trim().to_owned(),
            licence: licence.name.clone(),
            licence_url: licence.url.clone(),
            bbox: layer.bbox,
            protocol: ServiceKind::OgcApi.name().to_owned(),
            crs: gathered.content_crs.iter().cloned().collect(),
        };
        Ok((told, Counts { before, after, whole }, gathered))
    }

    /// Reads what came, and writes its receipt.
    #[expect(clippy::too_many_arguments, reason = "all that is known of a download")]
    #[expect(clippy::unused_self, reason = "a step of the work")]
    fn make(
        &self,
        address: &ServiceAddress,
        options: &ReadOptions,
        copy: NewCopy,
        told: Told,
        counts: Counts,
        mut gathered: Gathered,
        watch: &Watch,
    ) -> Result<Made, PortalError> {
        let host = address.host();
        let read = |options: &ReadOptions| {
            let tables = read_as(copy.path(), gathered.form.extension(), options, &watch.unseen());
            let table = tables.map(|tables| tables.into_iter().next());
            table.map_err(|error| on_disk(&host, error))?.ok_or_else(|| {
                PortalError::new(
                    &*host,
                    Trouble::Unexpected(Message::new("service-unexpected-shape")),
                )
            })
        };
        let mut table = read(options)?;
        let mut crs = None;
        if options.crs.is_none() {
            let place = told.bbox.or(address.bbox);
            let said: Vec<&str> = told.crs.iter().map(String::as_str).collect();
            let settled = settle(&table, place, &said);
            if let Some(found) = settled.crs.as_ref().and_then(super::notes::ToldCrs::layer_crs) {
                table = read(&ReadOptions { crs: Some(found), ..options.clone() })?;
            }
            crs = settled.crs;
            settled.oddities.into_iter().for_each(|oddity| gathered.note(oddity));
        }
        let written = u64::try_from(table.rows()).unwrap_or(u64::MAX);
        let range = counts.before.zip(counts.after.or(counts.before));
        let said = range.map(|(before, after)| written.clamp(before.min(after), before.max(after)));
        let has_changed = gathered.oddities.contains(&Oddity::Changed);
        let without = table.geometry.as_ref();
        let receipt = Receipt {
            title: told.title,
            records_portal: said.or(gathered.matched),
            records_written: written,
            without_geometry: without
                .map(|geometry| u64::try_from(geometry.missing()).unwrap_or(u64::MAX)),
            records_whole: counts.whole,
            bytes: gathered.bytes,
            licence: told.licence,
            licence_url: told.licence_url,
            attribution: told.publisher,
            service: Some(ServiceNotes {
                protocol: told.protocol,
                output: gathered.form.name().to_owned(),
                pages: gathered.pages,
                crs,
                oddities: gathered.oddities,
                ..ServiceNotes::default()
            }),
            ..Receipt::begun(address, host.clone(), address.layer.clone(), gathered.url)
        };
        Ok(Made { table, receipt, copy, form: gathered.form, has_changed })
    }
}

/// How many features there were, as the server said before and after, and how many in the whole
/// layer where a part was asked for.
#[derive(Clone, Copy)]
struct Counts {
    before: Option<u64>,
    after: Option<u64>,
    whole: Option<u64>,
}

/// A long text about conditions as the name of a licence.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 160;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{}…", start.trim_end())
}

fn no_layer(address: &ServiceAddress, names: &[&str]) -> PortalError {
    const SHOWN: usize = 12;
    let mut known: Vec<&str> = names.iter().copied().take(SHOWN).collect();
    if names.len() > SHOWN {
        known.push("…");
    }
    let what = Message::new("service-error-no-layer").text("layer", address.layer.as_str());
    let mut error = told(&address.base, what, "service-remedy-no-layers");
    if !known.is_empty() {
        let remedy = Message::new("service-remedy-layers").text("layers", known.join(", "));
        if let Trouble::Service(_, known) = &mut error.trouble {
            *known = remedy;
        }
    }
    error
}

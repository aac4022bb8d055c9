//! A file on the web: downloaded, kept with its receipt, and asked for again only when the server
//! says that it changed.

use std::path::Path;

use chrono::DateTime;
use reqwest::header::HeaderMap;

use super::address::{ServiceAddress, ServiceKind};
use super::described::{in_words, is_page, told};
use super::notes::ServiceNotes;
use crate::formats::{FORMATS, ListedLayer, ReadOptions, layers_in, open};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::portal::Wanted;
use crate::portal::body::text as header;
use crate::portal::copies::NewCopy;
use crate::portal::error::{PortalError, Trouble};
use crate::portal::read::{Fetched, on_disk};
use crate::portal::receipt::Receipt;
use crate::portal::remote::Address;
use crate::portal::{Portals, Sink};
use crate::problem::FileError;
use crate::table::Table;

/// What kinds of content are called by those who serve them, and the extension that goes with it.
const KINDS: &[(&str, &str)] = &[
    ("geo+json", "geojson"),
    ("topo+json", "topojson"),
    ("geopackage", "gpkg"),
    ("flatgeobuf", "fgb"),
    ("parquet", "parquet"),
    ("google-earth.kmz", "kmz"),
    ("google-earth.kml", "kml"),
    ("gpx+xml", "gpx"),
    ("gml+xml", "gml"),
    ("spreadsheetml", "xlsx"),
    ("ms-excel", "xls"),
    ("opendocument.spreadsheet", "ods"),
    ("zip", "zip"),
    ("ndjson", "ndjson"),
    ("json", "json"),
    ("tab-separated", "tsv"),
    ("csv", "csv"),
];

/// The extensions that files of a known format have.
pub(super) fn is_known(extension: &str) -> bool {
    extension == "zip" || FORMATS.iter().any(|format| format.extensions.contains(&extension))
}

/// The extension of a file at an address, where it names a format that can be read.
pub(super) fn extension_of(name: &str) -> Option<String> {
    let extension = Path::new(name).extension()?.to_str()?.to_lowercase();
    is_known(&extension).then_some(extension)
}

/// Where a download begins, before any of it is read.
struct Answer {
    extension: String,
    stamp: String,
    modified: Option<DateTime<chrono::FixedOffset>>,
}

impl Answer {
    fn of(address: &ServiceAddress, headers: &HeaderMap) -> Answer {
        let named = header(headers, "content-disposition");
        let named =
            named.split_once("filename=").map(|(_, name)| name.trim_matches(['"', ' ', ';']));
        let kind = header(headers, "content-type").to_lowercase();
        let by_kind = KINDS.iter().find(|(word, _)| kind.contains(word));
        let extension =
            extension_of(&address.name()).or_else(|| extension_of(named?)).or_else(|| {
                by_kind.map(|(_, extension)| (*extension).to_owned()).filter(|it| is_known(it))
            });
        let modified = header(headers, "last-modified");
        let etag = header(headers, "etag");
        Answer {
            extension: extension.unwrap_or_else(|| "json".to_owned()),
            stamp: if etag.is_empty() { modified.to_owned() } else { etag.to_owned() },
            modified: DateTime::parse_from_rfc2822(modified).ok(),
        }
    }
}

impl Portals {
    /// Downloads a file and keeps it; nothing where the server says that it is the one that a
    /// receipt is for.
    pub(in crate::portal) fn fetch_file(
        &self,
        address: &ServiceAddress,
        since: Option<&Receipt>,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Option<Fetched>, PortalError> {
        let host = address.host();
        let failed = |error| on_disk(&host, error);
        // The end of its name is only known with the answer.
        let mut copy = self.copies.begin().map_err(failed)?;
        let came = self.download(address, since, &mut copy, watch);
        let Some((answer, bytes)) = came.map_err(|error| in_words(error, &address.base))? else {
            return Ok(None);
        };
        let kept = Address::Service(address.clone());
        // Read first: what cannot be read is not kept. The format looks at the name too.
        let named = copy.named(&answer.extension).map_err(failed)?;
        let tables = read_file(named.path(), address, options, &watch.unseen());
        let tables = tables.map_err(|error| not_data(address, error))?;
        let receipt = receipt(address, &answer, bytes, &tables);
        self.copies.keep(named, &answer.extension, &kept, &receipt).map_err(failed)?;
        self.is_used(&kept);
        self.trim_copies();
        Ok(Some(Fetched { tables, receipt }))
    }

    fn download(
        &self,
        address: &ServiceAddress,
        since: Option<&Receipt>,
        copy: &mut NewCopy,
        watch: &Watch,
    ) -> Result<Option<(Answer, u64)>, PortalError> {
        let limit = self.settings().download_limit;
        let known = since.and_then(|receipt| receipt.service.as_ref());
        let known = known.map_or("", |notes| notes.stamp.as_str());
        let url = &address.base;
        self.asker.again(url, watch, || {
            copy.restart().map_err(|error| on_disk(&address.host(), error))?;
            let mut body = self.asker.once(url, limit, watch)?;
            let answer = Answer::of(address, &body.headers);
            if !known.is_empty() && answer.stamp == known {
                return Ok(None);
            }
            let length = header(&body.headers, "content-length").parse().unwrap_or(0);
            watch.set_total(length);
            let mut bytes = 0_u64;
            loop {
                let part = body.read(watch)?;
                if part.is_empty() {
                    break;
                }
                if bytes == 0 && is_page(header(&body.headers, "content-type"), &part) {
                    let what = Message::new("service-error-page");
                    return Err(told(url, what, "service-remedy-page"));
                }
                bytes = bytes.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
                watch.set_done(bytes);
                copy.write(&part).map_err(|error| body.error(Trouble::File(Box::new(error))))?;
            }
            Ok(Some((answer, bytes)))
        })
    }

    /// Which layers the file at an address holds, where that is known without reading it. The file
    /// is downloaded unless a copy is kept.
    ///
    /// # Errors
    /// When the address is none, or the file cannot be had.
    pub fn layers_at(&self, address: &str, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
        let parsed = Address::read(address)?;
        let Address::Service(service) = &parsed else { return Ok(Vec::new()) };
        if service.kind != ServiceKind::File {
            return Ok(Vec::new());
        }
        let Some(kept) = self.copies.find(&parsed) else {
            // Its layers are listed from the copy that this leaves.
            self.read_all(address, Wanted::Newest, &ReadOptions::default(), watch)?;
            let kept = self.copies.find(&parsed);
            return kept.map_or_else(|| Ok(Vec::new()), |kept| layers_in(&kept.path, watch));
        };
        layers_in(&kept.path, watch)
    }
}

/// The tables of a file that was downloaded, named as the address names it.
pub(in crate::portal) fn read_file(
    path: &Path,
    address: &ServiceAddress,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let mut tables = open(path, options, watch)?;
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let (own, theirs) = (stem(path), stem(Path::new(&address.name())));
    for table in &mut tables {
        if own.as_ref() == Some(&table.name) {
            table.name = theirs.clone().unwrap_or_default();
        }
    }
    Ok(tables)
}

fn receipt(address: &ServiceAddress, answer: &Answer, bytes: u64, tables: &[Table]) -> Receipt {
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let rows = tables.iter().map(|table| count(table.rows())).sum();
    let mut places = tables.iter().filter_map(|table| table.geometry.as_ref()).peekable();
    let without =
        places.peek().is_some().then(|| places.map(|geometry| count(geometry.missing())).sum());
    Receipt {
        records_written: rows,
        without_geometry: without,
        bytes,
        modified: answer.modified,
        service: Some(ServiceNotes {
            protocol: ServiceKind::File.name().to_owned(),
            output: tables.first().map(|table| table.origin.format.to_owned()).unwrap_or_default(),
            pages: 1,
            stamp: answer.stamp.clone(),
            ..ServiceNotes::default()
        }),
        ..Receipt::begun(address, address.host(), address.name(), address.base.to_string())
    }
}

/// Why a file that was downloaded cannot be read: about the address, not about the file on disk.
fn not_data(address: &ServiceAddress, error: FileError) -> PortalError {
    if error.is_cancelled() {
        return PortalError::new(address.host(), Trouble::Cancelled);
    }
    let what = Message::new("service-error-not-data").message("what", error.what);
    let remedy = error.remedy.unwrap_or_else(|| Message::new("service-remedy-address"));
    PortalError::new(address.host(), Trouble::Service(what, remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_found_in_the_name_else_in_what_the_server_says() {
        let answer = |address: &str, headers: &[(&'static str, &str)]| {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(*name, value.parse().unwrap());
            }
            Answer::of(&address.parse().unwrap(), &map).extension
        };
        for (address, headers, extension) in [
            ("https://x.be/a.CSV", &[][..], "csv"),
            ("https://x.be/a.zip?x=1", &[("content-type", "text/plain")], "zip"),
            ("https://x.be/export?f=csv", &[("content-type", "text/csv; charset=utf-8")], "csv"),
            (
                "https://x.be/download.php",
                &[
                    ("content-type", "application/octet-stream"),
                    ("content-disposition", "attachment; filename=\"bomen.geojson\""),
                ],
                "geojson",
            ),
            ("https://x.be/api", &[("content-type", "application/geo+json")], "geojson"),
            ("https://x.be/api", &[], "json"),
        ] {
            assert_eq!(answer(address, headers), extension, "{address}");
        }
        let dated = [("last-modified", "Tue, 06 Oct 2026 08:00:00 GMT"), ("etag", "\"x\"")];
        let mut map = HeaderMap::new();
        for (name, value) in dated {
            map.insert(name, value.parse().unwrap());
        }
        let answer = Answer::of(&"https://x.be/a.csv".parse().unwrap(), &map);
        assert_eq!((&*answer.stamp, answer.modified.is_some()), ("\"x\"", true));
    }
}

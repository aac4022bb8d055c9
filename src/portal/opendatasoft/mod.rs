//! Portals of Opendatasoft (now Huwise), Explore API v2.1.
//!
//! Records are always fetched by one export, never page by page: pages end at 10,000 records, an
//! export has no limit and is complete.

mod answers;

use chrono::NaiveDate;
use memchr::memmem;
use url::Url;

use super::address::Narrowing;
use super::ask::Asker;
use super::dataset::{Dataset, DatasetFieldKind};
use super::error::{PortalError, Trouble};
use super::{Export, ExportKind, Page, Portal, PortalInfo, Records, Search, Sink};
use crate::i18n::{Language, Message};
use crate::jobs::Watch;
use crate::table::Extent;

/// The most datasets and records of a page.
const PAGE: u32 = 100;

/// Pages end before this record.
const LAST: u32 = 10_000;

/// A portal that is asked through the Explore API.
pub(super) struct Opendatasoft<'a> {
    pub info: PortalInfo,
    pub asker: &'a Asker,
    pub language: Language,
}

impl Opendatasoft<'_> {
    fn url(&self, path: &[&str], query: &[(&str, String)]) -> Result<Url, PortalError> {
        let bad = |detail: &str| {
            let what = Message::new("portal-unexpected-kind").text("kind", detail);
            PortalError::new(self.info.host(), Trouble::Unexpected(what))
        };
        let mut url = Url::parse(&self.info.base).map_err(|error| bad(&error.to_string()))?;
        url.path_segments_mut()
            .map_err(|()| bad(&self.info.base))?
            .extend(["api", "explore", "v2.1", "catalog"])
            .extend(path);
        let is_given = |(_, value): &&(&str, String)| !value.is_empty();
        if query.iter().any(|pair| is_given(&pair)) {
            url.query_pairs_mut().extend_pairs(query.iter().filter(is_given));
        }
        Ok(url)
    }

    /// The condition of a narrowing, in ODSQL.
    fn condition(dataset: &Dataset, narrowing: &Narrowing) -> String {
        let asked = narrowing.condition.trim();
        let place = narrowing.bbox.zip(dataset.place_field());
        let Some((Extent { min_x, min_y, max_x, max_y }, field)) = place else {
            return asked.to_owned();
        };
        let inside = format!(
            "in_bbox({}, {min_y}, {min_x}, {max_y}, {max_x})",
            super::odsql::field_name(&field.name)
        );
        if asked.is_empty() { inside } else { format!("({asked}) and {inside}") }
    }

    /// The fields asked for, the place among them.
    fn fields(dataset: &Dataset, narrowing: &Narrowing) -> String {
        if narrowing.fields.is_empty() {
            return String::new();
        }
        let place = dataset.place_field().map(|field| field.name.as_str());
        let place = place.filter(|name| !narrowing.fields.iter().any(|field| field == name));
        let names = narrowing.fields.iter().map(String::as_str).chain(place);
        names.map(super::odsql::field_name).collect::<Vec<_>>().join(",")
    }

    fn in_words(&self) -> (&'static str, String) {
        ("lang", self.language.code().to_owned())
    }

    /// The address of the complete data.
    fn export_address(
        &self,
        dataset: &Dataset,
        narrowing: &Narrowing,
    ) -> Result<(Url, ExportKind), PortalError> {
        let kind = if dataset.has_place() { ExportKind::GeoJson } else { ExportKind::JsonLines };
        let format = match kind {
            ExportKind::GeoJson => "geojson",
            ExportKind::JsonLines => "jsonl",
        };
        let query = [
            ("where", Self::condition(dataset, narrowing)),
            ("select", Self::fields(dataset, narrowing)),
            self.in_words(),
            // In one zone all moments of a column are written alike, in summer as in winter.
            ("timezone", "UTC".to_owned()),
        ];
        Ok((self.url(&["datasets", &dataset.id, "exports", format], &query)?, kind))
    }

    fn about(&self, dataset: &str, error: PortalError) -> PortalError {
        match error.trouble {
            Trouble::NoDataset(_) => {
                PortalError::new(self.info.host(), Trouble::NoDataset(dataset.to_owned()))
            }
            _ => error,
        }
    }
}

impl Portal for Opendatasoft<'_> {
    fn search(&self, search: &Search, watch: &Watch) -> Result<Page, PortalError> {
        let mut conditions = Vec::new();
        if !search.text.trim().is_empty() {
            conditions.push(format!("search({})", super::odsql::text(search.text.trim())));
        }
        if let Some(since) = search.updated_since {
            conditions.push(format!("modified >= {}", date(since)));
        }
        let limit = search.limit.clamp(1, PAGE).min(LAST.saturating_sub(1 + search.offset));
        let mut query = vec![
            ("where", conditions.join(" and ")),
            ("limit", limit.to_string()),
            ("offset", search.offset.to_string()),
            self.in_words(),
        ];
        if search.with_geometry {
            query.push(("refine", "features:geo".to_owned()));
        }
        let answer = self.asker.json(&self.url(&["datasets"], &query)?, watch);
        let answer = answer.map_err(|error| match error.trouble {
            // No dataset is missing: there is no catalogue here.
            Trouble::NoDataset(_) => self.not_this_kind(),
            _ => error,
        })?;
        answers::page(&answer, self.language).ok_or_else(|| self.not_this_kind())
    }

    fn dataset(&self, id: &str, watch: &Watch) -> Result<Dataset, PortalError> {
        let url = self.url(&["datasets", id], &[self.in_words()])?;
        let answer = self.asker.json(&url, watch).map_err(|error| self.about(id, error))?;
        answers::dataset(&answer, self.language).ok_or_else(|| self.not_this_kind())
    }

    fn records(
        &self,
        dataset: &Dataset,
        narrowing: &Narrowing,
        limit: u32,
        watch: &Watch,
    ) -> Result<Records, PortalError> {
        let query = [
            ("where", Self::condition(dataset, narrowing)),
            ("select", Self::fields(dataset, narrowing)),
            ("limit", limit.clamp(1, PAGE).to_string()),
            self.in_words(),
        ];
        let url = self.url(&["datasets", &dataset.id, "records"], &query)?;
        let answer = self.asker.json(&url, watch);
        let answer = answer.map_err(|error| self.about(&dataset.id, error))?;
        answers::records(&answer).ok_or_else(|| self.not_this_kind())
    }

    fn export(
        &self,
        dataset: &Dataset,
        narrowing: &Narrowing,
        limit: u64,
        sink: &mut dyn Sink,
        watch: &Watch,
    ) -> Result<Export, PortalError> {
        let (url, kind) = self.export_address(dataset, narrowing)?;
        let bytes = self.asker.again(&url, watch, || {
            sink.restart().map_err(|error| {
                PortalError::new(self.info.host(), Trouble::File(Box::new(error)))
            })?;
            let mut body = self.asker.once(&url, limit, watch)?;
            body.expect(&["json", "octet-stream", "text/plain"], watch)?;
            let mut counter = Counter::new(kind);
            let mut bytes = 0_u64;
            watch.set_done(0);
            loop {
                let part = body.read(watch)?;
                if part.is_empty() {
                    break;
                }
                bytes = bytes.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
                watch.set_done(counter.pass(&part));
                sink.write(&part).map_err(|error| body.error(Trouble::File(Box::new(error))))?;
            }
            Ok(bytes)
        });
        let bytes = bytes.map_err(|error| self.about(&dataset.id, error))?;
        Ok(Export { url: url.to_string(), kind, bytes })
    }
}

impl Opendatasoft<'_> {
    fn not_this_kind(&self) -> PortalError {
        let what = Message::new("portal-unexpected-shape");
        PortalError::new(self.info.host(), Trouble::Unexpected(what))
    }
}

fn date(day: NaiveDate) -> String {
    format!("date'{}'", day.format("%Y-%m-%d"))
}

/// Counts records as they pass, for a bar of progress; it need not be exact.
struct Counter {
    mark: memmem::Finder<'static>,
    seen: u64,
    /// The end of the part before, in which a mark may begin.
    tail: Vec<u8>,
}

impl Counter {
    fn new(kind: ExportKind) -> Counter {
        let mark = match kind {
            ExportKind::GeoJson => memmem::Finder::new("\"properties\":"),
            ExportKind::JsonLines => memmem::Finder::new("}\n"),
        };
        Counter { mark: mark.into_owned(), seen: 0, tail: Vec::new() }
    }

    /// How many records have begun, with this part.
    fn pass(&mut self, part: &[u8]) -> u64 {
        let overlap = self.mark.needle().len() - 1;
        let mut border = std::mem::take(&mut self.tail);
        border.extend_from_slice(part.get(..overlap.min(part.len())).unwrap_or_default());
        let found = self.mark.find_iter(&border).count() + self.mark.find_iter(part).count();
        self.seen += u64::try_from(found).unwrap_or(0);
        let from = part.len().saturating_sub(overlap);
        self.tail = part.get(from..).unwrap_or_default().to_vec();
        self.seen
    }
}

impl From<&str> for DatasetFieldKind {
    fn from(name: &str) -> DatasetFieldKind {
        match name {
            "text" => DatasetFieldKind::Text,
            "int" => DatasetFieldKind::Int,
            "double" => DatasetFieldKind::Double,
            "date" => DatasetFieldKind::Date,
            "datetime" => DatasetFieldKind::Datetime,
            "boolean" => DatasetFieldKind::Boolean,
            "geo_point_2d" => DatasetFieldKind::GeoPoint,
            "geo_shape" => DatasetFieldKind::GeoShape,
            "file" => DatasetFieldKind::File,
            "json_blob" => DatasetFieldKind::Json,
            _ => DatasetFieldKind::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_counted_over_the_edges_of_parts() {
        let text = "{\"properties\":{}},".repeat(50);
        for size in [1, 7, 13, 14, 500] {
            let mut counter = Counter::new(ExportKind::GeoJson);
            let last = text.as_bytes().chunks(size).map(|part| counter.pass(part)).last();
            // Parts shorter than the mark are not worth the trouble.
            assert!(last == Some(50) || size < 13, "{size}: {last:?}");
        }
    }
}

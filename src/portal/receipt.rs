//! The receipt of a download: what was asked, what came, from where, when, under which licence.

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike as _, Utc};
use serde::{Deserialize, Serialize};

use super::dataset::{Dataset, DatasetField};
use super::service::ServiceNotes;
use crate::i18n::{Language, Message, format_date_time};
use crate::problem::Problems;

/// The receipt of a download.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The address of the layer: `portal:gent/…`.
    pub address: String,
    /// The portal's name in its address.
    pub portal: String,
    /// The dataset's identifier.
    pub dataset: String,
    /// The dataset's title.
    pub title: String,
    /// The address the data were fetched from.
    pub url: String,
    /// When.
    #[serde(with = "super::moments::utc")]
    pub fetched_at: DateTime<Utc>,
    /// How many records the server said there were, of those asked for; none where it did not.
    pub records_portal: Option<u64>,
    /// How many there were in the download.
    pub records_written: u64,
    /// How many of them have no place; none for a table without places.
    pub without_geometry: Option<u64>,
    /// How many records the dataset has in all, where it was narrowed.
    pub records_whole: Option<u64>,
    /// Bytes of the download.
    pub bytes: u64,
    /// The licence's name.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: String,
    /// Publisher and others who must be named.
    pub attribution: String,
    /// When the portal last took in the data, as it said at the time.
    #[serde(with = "super::moments::maybe")]
    pub data_processed: Option<DateTime<FixedOffset>>,
    /// When the data were last changed, as their makers say.
    #[serde(with = "super::moments::maybe")]
    pub modified: Option<DateTime<FixedOffset>>,
    /// How often they change, in the portal's words.
    pub update_frequency: String,
    /// What the fields are called.
    pub fields: Vec<DatasetField>,
    /// How a service was asked; none for what a portal exported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceNotes>,
}

impl Receipt {
    /// That of nothing yet from an address at a host: what a server did not tell stays so.
    pub(super) fn begun(
        address: &impl ToString,
        host: String,
        name: String,
        url: String,
    ) -> Receipt {
        Receipt {
            address: address.to_string(),
            portal: host,
            dataset: name.clone(),
            title: name,
            url,
            fetched_at: Utc::now(),
            records_portal: None,
            records_written: 0,
            without_geometry: None,
            records_whole: None,
            bytes: 0,
            licence: String::new(),
            licence_url: String::new(),
            attribution: String::new(),
            data_processed: None,
            modified: None,
            update_frequency: String::new(),
            fields: Vec::new(),
            service: None,
        }
    }

    /// The day it was fetched, on this machine's clock.
    pub fn fetched_on(&self) -> NaiveDate {
        self.fetched_at.with_timezone(&chrono::Local).date_naive()
    }

    /// Whether as many records came as the server said there were, if it did.
    pub fn is_complete(&self) -> bool {
        self.records_portal.is_none_or(|said| said == self.records_written)
    }

    /// What is not as it should be.
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::new();
        if let Some(said) = self.records_portal.filter(|_| !self.is_complete()) {
            let args = vec![
                ("portal", crate::i18n::Arg::Count(said)),
                ("written", crate::i18n::Arg::Count(self.records_written)),
            ];
            let missing = said.abs_diff(self.records_written);
            let is_service = self.service.is_some();
            let id = if is_service { "problem-service-count" } else { "problem-portal-count" };
            problems.report(id, missing, args, None);
        }
        for oddity in self.service.iter().flat_map(|notes| &notes.oddities) {
            oddity.report(&mut problems);
        }
        problems
    }

    /// "4 812 of 4 812 records, 17 without place, fetched 23 Nov 2026 14:05".
    pub fn summary(&self, language: Language) -> String {
        let records = match self.records_portal {
            Some(said) => Message::new("portal-receipt-records").count("portal", said),
            None => Message::new("service-receipt-records"),
        };
        let records = records.count("written", self.records_written).in_language(language);
        let without = self.without_geometry.filter(|count| *count > 0).map(|count| {
            Message::new("portal-receipt-without-place").count("count", count).in_language(language)
        });
        let fetched = Message::new("portal-receipt-fetched")
            .text("time", local_time(self.fetched_at, language))
            .in_language(language);
        let parts = std::iter::once(records).chain(without).chain(std::iter::once(fetched));
        parts.collect::<Vec<_>>().join(", ")
    }

    /// One line that goes along with the data: what they are, whose, under which licence, from when.
    pub fn note(&self, language: Language) -> String {
        let fetched = Message::new("portal-receipt-fetched")
            .text("time", local_time(self.fetched_at, language))
            .in_language(language);
        let parts = [&*self.title, &*self.attribution, &*self.licence, &*fetched, &*self.url];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// Whether a dataset has changed since.
    pub fn is_older_than(&self, dataset: &Dataset) -> bool {
        // A portal that says nothing may always have changed.
        match (self.data_processed, dataset.data_processed) {
            (Some(mine), Some(theirs)) => theirs != mine,
            _ => match (self.modified, dataset.modified) {
                (Some(mine), Some(theirs)) => theirs != mine,
                _ => true,
            },
        }
    }
}

/// A moment on this machine's clock, to the minute.
pub(super) fn local_time(at: DateTime<Utc>, language: Language) -> String {
    let local = at.with_timezone(&chrono::Local).naive_local();
    format_date_time(language, local.with_second(0).unwrap_or(local))
}

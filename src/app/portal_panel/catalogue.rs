//! The catalogue of the portal chosen: the one kept at once, a newer one when it is there.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};

use super::job;
use crate::app::session::Session;
use crate::jobs::{Job, Poll};
use crate::portal::{Catalogue, PortalError, PortalInfo};

/// How old the catalogue kept may be before it is fetched again by itself.
const OLD: TimeDelta = TimeDelta::hours(24);

/// A portal and its catalogue.
pub(super) struct Shop {
    pub info: PortalInfo,
    /// The address it is asked at.
    pub at: String,
    pub catalogue: Option<Arc<Catalogue>>,
    reading: Option<Job<Option<Catalogue>>>,
    fetching: Option<Job<Result<Catalogue, PortalError>>>,
    pub error: Option<PortalError>,
    was_read: bool,
    was_fetched: bool,
}

impl Shop {
    pub fn new(info: PortalInfo, at: String) -> Shop {
        Shop {
            info,
            at,
            catalogue: None,
            reading: None,
            fetching: None,
            error: None,
            was_read: false,
            was_fetched: false,
        }
    }

    /// Takes what is there; with a wish for the catalogue, starts what is missing.
    pub fn update(&mut self, session: &Session, is_wanted: bool) {
        if let Some(reading) = &self.reading {
            match reading.poll() {
                Poll::Running => {}
                Poll::Done(catalogue) => {
                    self.catalogue = catalogue.map(Arc::new);
                    self.reading = None;
                }
                Poll::Lost => self.reading = None,
            }
        }
        if let Some(fetching) = &self.fetching {
            match fetching.poll() {
                Poll::Running => {}
                Poll::Done(Ok(catalogue)) => {
                    self.catalogue = Some(Arc::new(catalogue));
                    self.error = None;
                    self.fetching = None;
                }
                Poll::Done(Err(error)) => {
                    self.error = Some(error).filter(|error| !error.is_cancelled());
                    self.fetching = None;
                }
                Poll::Lost => self.fetching = None,
            }
        }
        if !self.was_read {
            self.was_read = true;
            let (portals, info) = (Arc::clone(&session.portals), self.info.clone());
            self.reading = Some(job(&session.wake, move |_| portals.kept_catalogue(&info)));
        }
        let is_old =
            self.catalogue.as_ref().is_none_or(|known| Utc::now() - known.fetched_at > OLD);
        if is_wanted && self.reading.is_none() && is_old && !self.was_fetched {
            self.fetch(session);
        }
    }

    /// Fetches the catalogue.
    pub fn fetch(&mut self, session: &Session) {
        self.was_fetched = true;
        self.error = None;
        let (portals, info) = (Arc::clone(&session.portals), self.info.clone());
        let fetching = job(&session.wake, move |watch| portals.fetch_catalogue(&info, watch));
        self.fetching = Some(fetching);
    }

    pub fn fetching(&self) -> Option<&Job<Result<Catalogue, PortalError>>> {
        self.fetching.as_ref()
    }

    pub fn cancel(&mut self) {
        self.fetching = None;
    }

    pub fn is_busy(&self) -> bool {
        self.reading.is_some() || self.fetching.is_some()
    }

    /// Whether an answer of the portal was ever seen.
    pub fn is_verified(&self) -> bool {
        self.info.verified || self.catalogue.is_some() || self.reading.is_some()
    }
}

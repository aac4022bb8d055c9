//! Newer data for a layer that is already shown: asked for first, fetched only where there is some.

use chrono::Utc;

use super::Portals;
use super::address::PortalAddress;
use super::dataset::Dataset;
use super::error::PortalError;
use super::fetch::{Freshness, FromPortal, Opened, Wanted};
use super::habits::Habit;
use super::receipt::Receipt;
use crate::formats::ReadOptions;
use crate::jobs::Watch;
use crate::problem::FileError;

/// What asking for newer data led to.
#[derive(Debug)]
pub enum Update {
    /// The portal says that nothing has changed.
    Unchanged,
    /// Newer data.
    Newer(Box<Opened>),
}

impl Portals {
    /// Newer data than those a receipt is for, if there are any.
    ///
    /// # Errors
    /// When the address is none, the portal gives no complete answer, or the data cannot be read.
    pub fn update(
        &self,
        shown: &Receipt,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Update, FileError> {
        let address = PortalAddress::read(&shown.address)?;
        let dataset = self.told(&address, watch);
        let dataset = dataset.map_err(|error| error.about(shown.address.as_str()))?;
        if !shown.is_older_than(&dataset) {
            return Ok(Update::Unchanged);
        }
        let kept = self.copies().receipt(&address);
        if kept.is_some_and(|kept| kept != *shown && !kept.is_older_than(&dataset)) {
            // Another window, or the command line, was there first.
            let opened = self.read(&shown.address, Wanted::Kept, options, watch)?;
            return Ok(Update::Newer(Box::new(opened)));
        }
        let portal = self.ask(&address.portal);
        let (table, receipt) = self
            .fetch(&*portal, &dataset, &address, options, watch)
            .map_err(|error| error.about(shown.address.as_str()))?;
        let from = FromPortal { receipt, freshness: Freshness::Fetched };
        Ok(Update::Newer(Box::new(Opened::of_portal(table, from, &shown.address))))
    }

    /// Whether a portal has newer data than those a receipt is for, and what was seen of how often
    /// they change.
    ///
    /// # Errors
    /// When the portal gives no answer.
    pub fn is_outdated(&self, shown: &Receipt, watch: &Watch) -> Result<bool, FileError> {
        let address = PortalAddress::read(&shown.address)?;
        let dataset = self.told(&address, watch);
        let dataset = dataset.map_err(|error| error.about(shown.address.as_str()))?;
        Ok(shown.is_older_than(&dataset))
    }

    /// What was seen of how often the data of a receipt change. Reads a file: for a job.
    pub fn habit(&self, shown: &Receipt) -> Habit {
        let address = PortalAddress::read(&shown.address);
        address.map_or_else(
            |_| Habit::default(),
            |it| self.habits.of(&self.copies.folder(), &key(&it)),
        )
    }

    /// What the portal tells about a dataset, and remembers that it was asked.
    pub(super) fn told(
        &self,
        address: &PortalAddress,
        watch: &Watch,
    ) -> Result<Dataset, PortalError> {
        let dataset = self.ask(&address.portal).dataset(&address.dataset, watch)?;
        self.habits.note(&self.copies.folder(), &key(address), &dataset, Utc::now());
        Ok(dataset)
    }
}

/// What a dataset is remembered by.
fn key(address: &PortalAddress) -> String {
    format!("{}/{}", address.portal.host(), address.dataset)
}

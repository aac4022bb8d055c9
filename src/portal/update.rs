//! Newer data for a layer that is already shown: asked for first, fetched only where there is some.

use chrono::Utc;

use super::Portals;
use super::address::PortalAddress;
use super::dataset::Dataset;
use super::error::PortalError;
use super::habits::Habit;
use super::read::{Fetched, Freshness, FromPortal, Opened, Wanted};
use super::receipt::Receipt;
use super::remote::Address;
use crate::formats::ReadOptions;
use crate::jobs::Watch;
use crate::problem::FileError;

/// What asking for newer data led to.
#[derive(Debug)]
pub enum Update {
    /// The server says that nothing has changed.
    Unchanged,
    /// Newer data.
    Newer(Box<Opened>),
}

impl Portals {
    /// Newer data than those a receipt is for, if there are any. `options` name the layer of a file
    /// that holds several.
    ///
    /// # Errors
    /// When the address is none, the server gives no complete answer, or the data cannot be read.
    pub fn update(
        &self,
        shown: &Receipt,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Update, FileError> {
        let address = Address::read(&shown.address)?;
        let about = |error: PortalError| error.about(shown.address.as_str());
        if let Address::Portal(portal) = &address {
            let dataset = self.told(portal, watch).map_err(about)?;
            if !shown.is_older_than(&dataset) {
                return Ok(Update::Unchanged);
            }
            let kept = self.copies().receipt(&address);
            if kept.is_some_and(|kept| kept != *shown && !kept.is_older_than(&dataset)) {
                // Another window, or the command line, was there first.
                let opened = self.read(&shown.address, Wanted::Kept, options, watch)?;
                return Ok(Update::Newer(Box::new(opened)));
            }
            let asked = self.ask(&portal.portal);
            let (table, receipt) =
                self.fetch(&*asked, &dataset, portal, options, watch).map_err(about)?;
            return Ok(newer(vec![table], receipt, &shown.address));
        }
        let newest = self.newer(&address, Some(shown), options, watch).map_err(about)?;
        let Some(Fetched { tables, receipt }) = newest else { return Ok(Update::Unchanged) };
        Ok(newer(tables, receipt, &shown.address))
    }

    /// Whether a server has newer data than those a receipt is for, where it says so; what was seen
    /// of how often they change is remembered.
    ///
    /// # Errors
    /// When the server gives no answer.
    pub fn is_outdated(&self, shown: &Receipt, watch: &Watch) -> Result<Option<bool>, FileError> {
        // Services would have to be fetched to know.
        let Address::Portal(address) = Address::read(&shown.address)? else { return Ok(None) };
        let dataset = self.told(&address, watch);
        let dataset = dataset.map_err(|error| error.about(shown.address.as_str()))?;
        Ok(Some(shown.is_older_than(&dataset)))
    }

    /// What was seen of how often the data of a receipt change. Reads a file: for a job.
    pub fn habit(&self, shown: &Receipt) -> Habit {
        match Address::read(&shown.address) {
            Ok(Address::Portal(address)) => self.habits.of(&self.copies.folder(), &key(&address)),
            _ => Habit::default(),
        }
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

fn newer(tables: Vec<crate::table::Table>, receipt: Receipt, address: &str) -> Update {
    let from = FromPortal { receipt, freshness: Freshness::Fetched };
    match tables.into_iter().next() {
        Some(table) => Update::Newer(Box::new(Opened::of_address(table, from, address))),
        None => Update::Unchanged,
    }
}

/// What a dataset is remembered by.
fn key(address: &PortalAddress) -> String {
    format!("{}/{}", address.portal.host(), address.dataset)
}

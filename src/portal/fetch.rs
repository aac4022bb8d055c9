//! A layer of a portal as a table: from the copy kept, or fetched whole.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use chrono::Utc;

use super::address::{BadAddress, PortalAddress};
use super::copies::{Copies, Kept};
use super::dataset::Dataset;
use super::error::{PortalError, Trouble};
use super::receipt::Receipt;
use super::{Portal, Portals, Sink};
use crate::formats::{ReadOptions, open};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Table;

/// Which state of a layer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The copy kept, whatever its age; fetched where there is none.
    Kept,
    /// What the portal has now; where it has not changed, or cannot be reached, the copy kept.
    Newest,
    /// What the portal has now, fetched in any case.
    Fetched,
}

/// Where a table's data come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Freshness {
    /// Fetched just now.
    Fetched,
    /// The copy kept; the portal says that nothing has changed since.
    Unchanged,
    /// The copy kept; the portal was not asked.
    Kept,
    /// The copy kept, because the portal could not be asked.
    OutOfReach(PortalError),
}

/// What is known of a table besides, because it came from a portal.
#[derive(Clone, Debug, PartialEq)]
pub struct FromPortal {
    /// The receipt of the download.
    pub receipt: Receipt,
    /// Where the data come from.
    pub freshness: Freshness,
}

/// What a path or an address led to.
#[derive(Debug)]
pub struct Opened {
    /// The data. Of a portal `origin.path` is the address, and `origin.problems` holds what the
    /// receipt finds too.
    pub table: Table,
    /// More about it, where it came from a portal.
    pub from_portal: Option<FromPortal>,
}

impl Opened {
    /// A table of a portal, with all that the receipt tells about it.
    pub(super) fn of_portal(mut table: Table, from: FromPortal, address: &str) -> Opened {
        label_fields(&mut table, &from.receipt);
        table.name.clone_from(&from.receipt.title);
        table.origin.path = PathBuf::from(address);
        table.origin.layer = None;
        table.origin.problems.extend(from.receipt.problems());
        Opened { table, from_portal: Some(from) }
    }
}

impl Portals {
    /// Reads all layers that a path names: those of a file, a folder or an archive, or the one of a
    /// portal's address.
    ///
    /// # Errors
    /// When nothing useful can be read; for an address as [`Self::read`].
    pub fn open(
        &self,
        path: &Path,
        wanted: Wanted,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Vec<Opened>, FileError> {
        if let Some(address) = path.to_str().filter(|_| PortalAddress::is_meant(path)) {
            return Ok(vec![self.read(address, wanted, options, watch)?]);
        }
        let tables = open(path, options, watch)?;
        Ok(tables.into_iter().map(|table| Opened { table, from_portal: None }).collect())
    }

    /// Makes room: throws away the copies used longest ago, until the rest takes no more than the
    /// settings allow. Answers how many went.
    pub fn trim_copies(&self) -> usize {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.copies.trim(self.settings().copies_limit, &used)
    }

    /// Reads a layer of a portal by its address.
    ///
    /// # Errors
    /// When the address is none, the portal gives no complete answer and there is no copy, or the
    /// data cannot be read.
    pub fn read(
        &self,
        address: &str,
        wanted: Wanted,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Opened, FileError> {
        let parsed: PortalAddress = address.parse().map_err(|BadAddress(what)| {
            FileError::new(address, what).remedy(Message::new("portal-bad-address-remedy"))
        })?;
        let (table, from) = self.read_parsed(&parsed, wanted, options, watch)?;
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(parsed.to_string());
        if from.freshness == Freshness::Fetched {
            self.trim_copies();
        }
        Ok(Opened::of_portal(table, from, address))
    }

    fn read_parsed(
        &self,
        address: &PortalAddress,
        wanted: Wanted,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<(Table, FromPortal), FileError> {
        let kept = self.copies.find(address);
        if let (Wanted::Kept, Some(kept)) = (wanted, &kept)
            && let Some(table) = read_kept(kept, options, watch)?
        {
            let receipt = kept.receipt.clone();
            return Ok((table, FromPortal { receipt, freshness: Freshness::Kept }));
        }
        let portal = self.ask(&address.portal);
        let fetched = self.told(address, watch).and_then(|dataset| {
            if let (Wanted::Newest, Some(kept)) = (wanted, &kept)
                && !kept.receipt.is_older_than(&dataset)
            {
                return Ok(None);
            }
            self.fetch(&*portal, &dataset, address, options, watch).map(Some)
        });
        let (freshness, kept) = match (fetched, kept) {
            (Ok(Some((table, receipt))), _) => {
                return Ok((table, FromPortal { receipt, freshness: Freshness::Fetched }));
            }
            (Ok(None), Some(kept)) => (Freshness::Unchanged, kept),
            (Err(error), Some(kept)) if error.is_out_of_reach() && wanted != Wanted::Fetched => {
                (Freshness::OutOfReach(error), kept)
            }
            (Err(error), _) => return Err(error.about(address.to_string())),
            // Without a copy everything is fetched.
            (Ok(None), None) => return Err(damaged(address)),
        };
        let table = read_kept(&kept, options, watch)?.ok_or_else(|| damaged(address))?;
        Ok((table, FromPortal { receipt: kept.receipt, freshness }))
    }

    /// Fetches a layer whole, and keeps it.
    pub(super) fn fetch(
        &self,
        portal: &dyn Portal,
        dataset: &Dataset,
        address: &PortalAddress,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<(Table, Receipt), PortalError> {
        let host = address.portal.host();
        let on_disk = |error| PortalError::new(host, Trouble::File(Box::new(error)));
        let narrowing = &address.narrowing;
        let count = |watch: &Watch| {
            portal.records(dataset, narrowing, 1, watch).map(|records| records.total)
        };
        let said = count(watch)?;
        watch.set_total(said.max(1));
        let copy = self.copies.begin().map_err(on_disk)?;
        let copy = std::cell::RefCell::new(copy);
        let mut sink = Sink {
            limit: self.settings().download_limit,
            restart: &mut || copy.borrow_mut().restart(),
            write: &mut |part| copy.borrow_mut().write(part),
        };
        let export = portal.export(dataset, narrowing, &mut sink, watch)?;
        let copy = copy.into_inner();
        // Only what can be read to its end was fetched to its end.
        let reading = Watch::unwatched();
        let table = read_as(copy.path(), export.kind.extension(), options, &reading);
        let table = table.map_err(|error| match error.what.id {
            "error-bad-json" | "error-file-empty" => {
                PortalError::new(host, Trouble::Unexpected(error.what))
            }
            _ => on_disk(error),
        })?;
        watch.check().map_err(|_| PortalError::new(host, Trouble::Cancelled))?;
        let written = as_u64(table.rows());
        // What changed while it was fetched is no loss: the portal is asked again.
        let said = if said == written { said } else { count(watch)? };
        let without = table.geometry.as_ref().map(|geometry| as_u64(geometry.missing()));
        let without = without.or_else(|| dataset.has_place().then_some(written));
        let receipt = Receipt {
            address: address.to_string(),
            portal: address.portal.id.clone(),
            dataset: dataset.id.clone(),
            title: dataset.title.clone(),
            url: export.url,
            fetched_at: Utc::now(),
            records_portal: said,
            records_written: written,
            without_geometry: without,
            records_whole: if narrowing.is_none() { None } else { dataset.records },
            bytes: export.bytes,
            licence: dataset.licence.clone(),
            licence_url: dataset.licence_url.clone(),
            attribution: dataset.credits(),
            data_processed: dataset.data_processed,
            modified: dataset.modified,
            update_frequency: dataset.update_frequency.clone(),
            fields: dataset.fields.clone(),
        };
        self.copies.keep(copy, export.kind.extension(), address, &receipt).map_err(on_disk)?;
        Ok((table, receipt))
    }

    /// Whether the portal has something newer than the copy kept; none where there is no copy.
    ///
    /// # Errors
    /// When the portal gives no answer.
    pub fn has_newer(
        &self,
        address: &PortalAddress,
        watch: &Watch,
    ) -> Result<Option<bool>, PortalError> {
        let Some(kept) = self.copies.find(address) else { return Ok(None) };
        let dataset = self.told(address, watch)?;
        Ok(Some(kept.receipt.is_older_than(&dataset)))
    }
}

/// A copy as a table; none where it was damaged, so that it has to be fetched again.
fn read_kept(
    kept: &Kept,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Option<Table>, FileError> {
    if !Copies::is_whole(kept, watch)? {
        log::warn!("{} was changed by another program", kept.path.display());
        return Ok(None);
    }
    let tables = open(&kept.path, options, watch)?;
    Ok(tables.into_iter().next())
}

/// Reads a file that has not got its extension yet.
fn read_as(
    path: &Path,
    extension: &str,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Table, FileError> {
    let format = crate::formats::format_by_extension(Path::new(&format!("x.{extension}")));
    let format =
        format.ok_or_else(|| FileError::new(path, Message::new("error-unknown-format")))?;
    let tables = (format.read)(path, options, watch)?;
    let none = || FileError::new(path, Message::new("error-file-empty"));
    tables.into_iter().next().ok_or_else(none)
}

fn damaged(address: &PortalAddress) -> FileError {
    FileError::new(address.to_string(), Message::new("portal-error-damaged-copy"))
        .remedy(Message::new("portal-remedy-fetch-again"))
}

/// Gives the fields the names that people use.
fn label_fields(table: &mut Table, receipt: &Receipt) {
    for field in &mut table.fields {
        let known = receipt.fields.iter().find(|known| known.name == field.name);
        if let Some(known) = known {
            field.label = Some(known.label.clone()).filter(|label| *label != field.name);
            field.description = Some(known.description.clone()).filter(|text| !text.is_empty());
        }
    }
}

fn as_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

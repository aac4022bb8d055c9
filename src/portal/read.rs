//! Reading by address: from the copy kept, or fetched whole.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::ExportKind;
use super::Portals;
use super::copies::{Copies, Kept};
use super::error::{PortalError, Trouble};
use super::fetch::{agree_on_fields, with_kinds};
use super::linked::LinkedKind;
use super::receipt::Receipt;
use super::remote::Address;
use super::service::{ServiceKind, ToldCrs, read_file};
use crate::formats::{
    ListedLayer, ReadOptions, divisible_at, is_address, open, open_address, settle_fields,
};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Table;

/// Which state of a layer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The copy kept, whatever its age; fetched where there is none.
    Kept,
    /// What the server has now; where it has not changed, or cannot be reached, the copy kept.
    Newest,
    /// What the server has now, fetched in any case.
    Fetched,
}

/// Where a table's data come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Freshness {
    /// Fetched just now.
    Fetched,
    /// The copy kept; the server says that nothing has changed since.
    Unchanged,
    /// The copy kept; the server was not asked.
    Kept,
    /// The copy kept, because the server gave nothing newer that can be used: why.
    OutOfReach(PortalError),
}

/// What is known of a table besides, because it came from a portal, a service or the web.
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
    /// The data. Where they were fetched `origin.path` is the address, and `origin.problems` holds
    /// what the receipt finds too.
    pub table: Table,
    /// More about it, where it was fetched.
    pub from_portal: Option<FromPortal>,
}

/// What was fetched and kept.
pub(super) struct Fetched {
    pub tables: Vec<Table>,
    pub receipt: Receipt,
}

/// What was read, and where it comes from.
struct Got {
    tables: Vec<Table>,
    from: FromPortal,
}

impl Opened {
    /// A table that was fetched, with all that the receipt tells about it.
    pub(super) fn of_address(mut table: Table, from: FromPortal, address: &str) -> Opened {
        agree_on_fields(&mut table, &from.receipt);
        let is_file = address.parse::<super::ServiceAddress>().is_ok_and(|it| it.layer.is_empty());
        if !is_file {
            table.name.clone_from(&from.receipt.title);
            table.origin.layer = None;
        }
        table.origin.path = PathBuf::from(address);
        table.origin.problems.extend(from.receipt.problems());
        Opened { table, from_portal: Some(from) }
    }
}

impl Portals {
    /// Reads all layers that a path names: those of a file, a folder or an archive, of this machine
    /// or at an address on the web, or the one of the address of a portal or a service.
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
        if options.extent.is_some() && is_address(path) {
            // Of a huge file on the web only what is wanted comes over the line; nothing is kept.
            let tables = open_address(path, self.asker.line(), options, watch)?;
            let opened = |table| Opened { table, from_portal: None };
            return Ok(tables.into_iter().map(opened).collect());
        }
        if let Some(address) = path.to_str().filter(|_| Address::is_meant(path)) {
            return self.read_all(address, wanted, options, watch);
        }
        let tables = open(path, options, watch)?;
        Ok(tables.into_iter().map(|table| Opened { table, from_portal: None }).collect())
    }

    /// The layer of a file on the web of which a part can be read without the rest, and how many bytes
    /// all of it has. None of other addresses, and where a copy of the file is kept.
    ///
    /// # Errors
    /// When the server does not give it, the person works offline, or it cannot be read.
    pub fn divisible_at(
        &self,
        path: &Path,
        watch: &Watch,
    ) -> Result<Option<(ListedLayer, u64)>, FileError> {
        let address = path.to_str().filter(|_| is_address(path));
        let address = address.and_then(|address| Address::read(address).ok());
        if address.is_none_or(|address| self.copies.find(&address).is_some()) {
            return Ok(None);
        }
        divisible_at(path, self.asker.line(), watch)
    }

    /// Makes room: throws away the copies used longest ago, until the rest takes no more than the
    /// settings allow. Answers how many went.
    pub fn trim_copies(&self) -> usize {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.copies.trim(self.settings().copies_limit, &used)
    }

    /// Reads a layer by its address.
    ///
    /// # Errors
    /// When the address is none, the server gives no complete answer and there is no copy, or the
    /// data cannot be read.
    pub fn read(
        &self,
        address: &str,
        wanted: Wanted,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Opened, FileError> {
        let all = self.read_all(address, wanted, options, watch)?;
        let none = || FileError::new(address, Message::new("error-file-empty"));
        all.into_iter().next().ok_or_else(none)
    }

    /// Reads all layers at an address: the one of a portal or a service, those of a file.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_all(
        &self,
        address: &str,
        wanted: Wanted,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Vec<Opened>, FileError> {
        let parsed = Address::read(address)?;
        let Got { tables, from } = self.read_parsed(&parsed, wanted, options, watch)?;
        self.is_used(&parsed);
        let opened = |table| Opened::of_address(table, from.clone(), address);
        Ok(tables.into_iter().map(opened).collect())
    }

    /// Remembers that the copy of a layer is used in this run.
    pub(super) fn is_used(&self, address: &Address) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(address.to_string());
    }

    fn read_parsed(
        &self,
        address: &Address,
        wanted: Wanted,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Got, FileError> {
        let kept = self.copies.find(address);
        let unchanged = |kept: &Kept, freshness| {
            let receipt = kept.receipt.clone();
            let tables = read_kept(kept, address, options, watch)?;
            Ok(tables.map(|tables| Got { tables, from: FromPortal { receipt, freshness } }))
        };
        if let (Wanted::Kept, Some(kept)) = (wanted, &kept)
            && let Some(found) = unchanged(kept, Freshness::Kept)?
        {
            return Ok(found);
        }
        let since = kept.as_ref().filter(|_| wanted == Wanted::Newest).map(|kept| &kept.receipt);
        let newer = match self.newer(address, since, options, watch) {
            Ok(None) => {
                // The copy is the newest there is, unless it was damaged.
                let found = kept.as_ref().map(|kept| unchanged(kept, Freshness::Unchanged));
                if let Some(found) = found.transpose()?.flatten() {
                    return Ok(found);
                }
                self.newer(address, None, options, watch)
            }
            other => other,
        };
        let error = match newer {
            Ok(Some(Fetched { tables, receipt })) => {
                let from = FromPortal { receipt, freshness: Freshness::Fetched };
                return Ok(Got { tables, from });
            }
            Ok(None) => PortalError::new(address.host(), Trouble::CutOff(0)),
            Err(error) => error,
        };
        let Some(kept) = kept.filter(|_| wanted != Wanted::Fetched && !error.is_cancelled()) else {
            return Err(error.about(address.to_string()));
        };
        // A copy of last month's is better than a layer that is not there.
        let found = unchanged(&kept, Freshness::OutOfReach(error.clone()))?;
        found.ok_or_else(|| damaged(address, &error))
    }

    /// Fetches a layer; nothing where the server says that nothing changed since a receipt.
    pub(super) fn newer(
        &self,
        address: &Address,
        since: Option<&Receipt>,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Option<Fetched>, PortalError> {
        match address {
            Address::Portal(address) => self.newer_of_portal(address, since, options, watch),
            Address::Service(address) if address.kind == ServiceKind::File => {
                self.fetch_file(address, since, options, watch)
            }
            // A stream is asked only for pages that may have changed.
            Address::Linked(address) => match address.kind {
                LinkedKind::Sparql => self.fetch_sparql(address, options, watch).map(Some),
                LinkedKind::Ldes => self.fetch_stream(address, options, watch).map(Some),
            },
            // Services do not say whether anything changed.
            Address::Service(address) => self.fetch_service(address, options, watch).map(Some),
        }
    }
}

/// A copy as tables; none where it was damaged, so that it has to be fetched again.
fn read_kept(
    kept: &Kept,
    address: &Address,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Option<Vec<Table>>, FileError> {
    if !Copies::is_whole(kept, watch)? {
        log::warn!("{} was changed by another program", kept.path.display());
        return Ok(None);
    }
    if let Address::Service(service) = address
        && service.kind == ServiceKind::File
    {
        return read_file(&kept.path, service, options, watch).map(Some);
    }
    let mut options = with_kinds(options, &kept.receipt.fields);
    let notes = kept.receipt.service.as_ref();
    let told = notes.and_then(|notes| notes.crs.as_ref()).and_then(ToldCrs::layer_crs);
    options.crs = options.crs.or(told);
    let extension = kept.path.extension().unwrap_or_default().to_string_lossy();
    read_as(&kept.path, &extension, &options, watch).map(Some)
}

/// Reads a file that may not have got its extension yet.
pub(super) fn read_as(
    path: &Path,
    extension: &str,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    // No record is no line.
    let size = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?.len();
    if size == 0 && extension == ExportKind::JsonLines.extension() {
        let empty = Table::new("", 0, Vec::new(), Vec::new(), None);
        let empty = empty.map_err(|_| FileError::new(path, Message::new("error-file-empty")))?;
        return Ok(vec![empty]);
    }
    let format = crate::formats::format_by_extension(Path::new(&format!("x.{extension}")));
    let format =
        format.ok_or_else(|| FileError::new(path, Message::new("error-unknown-format")))?;
    let mut tables = (format.read)(path, options, watch)?;
    settle_fields(&mut tables, options, watch)?;
    Ok(tables)
}

fn damaged(address: &Address, error: &PortalError) -> FileError {
    let what = Message::new("portal-error-damaged-copy").message("what", error.what());
    let damaged = FileError::new(address.to_string(), what);
    match error.remedy() {
        Some(remedy) => damaged.remedy(remedy),
        None => damaged,
    }
}

/// A file of this machine is in the way of what a server gives.
pub(super) fn on_disk(host: &str, error: FileError) -> PortalError {
    PortalError::new(host, Trouble::File(Box::new(error)))
}

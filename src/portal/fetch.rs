//! A layer of a portal as a table: from the copy kept, or fetched whole.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use arrow_array::new_null_array;
use chrono::Utc;

use super::address::PortalAddress;
use super::copies::{Copies, Kept, NewCopy};
use super::dataset::{Dataset, DatasetField};
use super::error::{PortalError, Trouble};
use super::receipt::Receipt;
use super::{Export, ExportKind, Portal, Portals};
use crate::formats::{ReadOptions, is_address, open, open_address};
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::{Field, Table};

/// How often a dataset that changes while it is fetched is fetched.
const TIMES: u32 = 3;

/// A download that is complete, and not kept yet.
struct Copy {
    file: NewCopy,
    extension: &'static str,
}

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
    /// The copy kept, because the portal gave nothing newer that can be used: why.
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
        agree_on_fields(&mut table, &from.receipt);
        table.name.clone_from(&from.receipt.title);
        table.origin.path = PathBuf::from(address);
        table.origin.layer = None;
        table.origin.problems.extend(from.receipt.problems());
        Opened { table, from_portal: Some(from) }
    }
}

impl Portals {
    /// Reads all layers that a path names: those of a file, a folder or an archive, the one of a
    /// portal's address, or a file on a web server.
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
        let tables = if is_address(path) {
            open_address(path, self.asker.line(), options, watch)?
        } else {
            open(path, options, watch)?
        };
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
        let parsed = PortalAddress::read(address)?;
        let (table, from) = self.read_parsed(&parsed, wanted, options, watch)?;
        self.is_used(&parsed);
        Ok(Opened::of_portal(table, from, address))
    }

    /// Remembers that the copy of a layer is used in this run.
    fn is_used(&self, address: &PortalAddress) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(address.to_string());
    }

    fn read_parsed(
        &self,
        address: &PortalAddress,
        wanted: Wanted,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<(Table, FromPortal), FileError> {
        let kept = self.copies.find(address);
        let unchanged = |kept: &Kept, freshness| {
            let receipt = kept.receipt.clone();
            let table = read_kept(kept, options, watch)?;
            Ok(table.map(|table| (table, FromPortal { receipt, freshness })))
        };
        if let (Wanted::Kept, Some(kept)) = (wanted, &kept)
            && let Some(found) = unchanged(kept, Freshness::Kept)?
        {
            return Ok(found);
        }
        let fetched = match self.told(address, watch) {
            Ok(dataset) => {
                if let (Wanted::Newest, Some(kept)) = (wanted, &kept)
                    && !kept.receipt.is_older_than(&dataset)
                    && let Some(found) = unchanged(kept, Freshness::Unchanged)?
                {
                    return Ok(found);
                }
                self.fetch(&*self.ask(&address.portal), &dataset, address, options, watch)
            }
            Err(error) => Err(error),
        };
        let error = match fetched {
            Ok((table, receipt)) => {
                return Ok((table, FromPortal { receipt, freshness: Freshness::Fetched }));
            }
            Err(error) => error,
        };
        let Some(kept) = kept.filter(|_| wanted != Wanted::Fetched && !error.is_cancelled()) else {
            return Err(error.about(address.to_string()));
        };
        // A copy of last month's is better than a layer that is not there.
        let found = unchanged(&kept, Freshness::OutOfReach(error.clone()))?;
        found.ok_or_else(|| damaged(address, &error))
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
        let mut dataset = dataset.clone();
        let mut times = 1;
        loop {
            let (table, receipt, copy) =
                self.fetch_once(portal, &dataset, address, options, watch)?;
            if !receipt.is_complete() && times < TIMES {
                // What was taken in anew while it was fetched is fetched anew: no loss, and no
                // mixture of two states.
                let now = portal.dataset(&dataset.id, watch)?;
                if now.data_processed != dataset.data_processed || now.modified != dataset.modified
                {
                    log::info!("{address} changed while it was fetched");
                    (dataset, times) = (now, times + 1);
                    continue;
                }
            }
            let kept = self.copies.keep(copy.file, copy.extension, address, &receipt);
            kept.map_err(|error| on_disk(address, error))?;
            self.is_used(address);
            self.trim_copies();
            return Ok((table, receipt));
        }
    }

    fn fetch_once(
        &self,
        portal: &dyn Portal,
        dataset: &Dataset,
        address: &PortalAddress,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<(Table, Receipt, Copy), PortalError> {
        let on_disk = |error| on_disk(address, error);
        let narrowing = &address.narrowing;
        let count = |watch: &Watch| {
            portal.records(dataset, narrowing, 1, watch).map(|records| records.total)
        };
        let before = count(watch)?;
        watch.set_total(before.max(1));
        let mut copy = self.copies.begin().map_err(on_disk)?;
        let limit = self.settings().download_limit;
        let export = portal.export(dataset, narrowing, limit, &mut copy, watch)?;
        // Only what can be read to its end was fetched to its end.
        let extension = export.kind.extension();
        let options = with_kinds(options, &dataset.fields);
        let table = read_as(copy.path(), extension, &options, &watch.unseen());
        let table = table.map_err(|error| not_whole(address, &export, error))?;
        let written = as_u64(table.rows());
        // The portal's count may move while the data come: they are of a moment between the two.
        let after = if before == written { before } else { count(watch)? };
        let without = table.geometry.as_ref().map(|geometry| as_u64(geometry.missing()));
        let without = without.or_else(|| dataset.has_place().then_some(written));
        let receipt = Receipt {
            address: address.to_string(),
            portal: address.portal.id.clone(),
            dataset: dataset.id.clone(),
            title: dataset.title.clone(),
            url: export.url,
            fetched_at: Utc::now(),
            records_portal: written.clamp(before.min(after), before.max(after)),
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
        Ok((table, receipt, Copy { file: copy, extension }))
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
    let extension = kept.path.extension().unwrap_or_default().to_string_lossy();
    let options = with_kinds(options, &kept.receipt.fields);
    read_as(&kept.path, &extension, &options, watch).map(Some)
}

/// Reads a file that may not have got its extension yet.
fn read_as(
    path: &Path,
    extension: &str,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Table, FileError> {
    // No record is no line.
    let size = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?.len();
    if size == 0 && extension == ExportKind::JsonLines.extension() {
        let empty = Table::new("", 0, Vec::new(), Vec::new(), None);
        return empty.map_err(|_| FileError::new(path, Message::new("error-file-empty")));
    }
    let format = crate::formats::format_by_extension(Path::new(&format!("x.{extension}")));
    let format =
        format.ok_or_else(|| FileError::new(path, Message::new("error-unknown-format")))?;
    let tables = (format.read)(path, options, watch)?;
    let none = || FileError::new(path, Message::new("error-file-empty"));
    tables.into_iter().next().ok_or_else(none)
}

fn damaged(address: &PortalAddress, error: &PortalError) -> FileError {
    let what = Message::new("portal-error-damaged-copy").message("what", error.what());
    let damaged = FileError::new(address.to_string(), what);
    match error.remedy() {
        Some(remedy) => damaged.remedy(remedy),
        None => damaged,
    }
}

fn on_disk(address: &PortalAddress, error: FileError) -> PortalError {
    PortalError::new(address.portal.host(), Trouble::File(Box::new(error)))
}

/// Why a finished download cannot be read.
fn not_whole(address: &PortalAddress, export: &Export, error: FileError) -> PortalError {
    let why = error.what.args.iter().find_map(|(_, arg)| match arg {
        Arg::Message(why) => Some(why),
        _ => None,
    });
    let unexpected = |id| Trouble::Unexpected(Message::new(id));
    let trouble = match (error.what.id, why) {
        ("error-bad-json", Some(why)) if why.id == "json-ends-early" => {
            Trouble::CutOff(export.bytes)
        }
        ("error-file-empty", _) => Trouble::CutOff(export.bytes),
        ("error-bad-json", Some(why)) => Trouble::Unexpected(
            Message::new("portal-unexpected-json").message("detail", (**why).clone()),
        ),
        ("error-web-page", _) => unexpected("portal-unexpected-page"),
        ("error-not-geojson", _) => unexpected("portal-unexpected-shape"),
        _ => return on_disk(address, error),
    };
    PortalError::new(address.portal.host(), trouble)
}

/// How a dataset is read, with what the portal says its fields are.
fn with_kinds(options: &ReadOptions, fields: &[DatasetField]) -> ReadOptions {
    let told = |field: &DatasetField| Some((field.name.clone(), field.attribute_kind()?));
    let mut options = options.clone();
    options.kinds.extend(fields.iter().filter_map(told));
    options
}

/// Gives the fields the names that people use, and adds those that the portal tells of and no
/// record has: empty, and said so.
fn agree_on_fields(table: &mut Table, receipt: &Receipt) {
    let asked = receipt.address.parse::<PortalAddress>().map(|it| it.narrowing.fields);
    let asked = asked.unwrap_or_default();
    for told in &receipt.fields {
        if table.field_index(&told.name).is_some() || told.kind.is_place() {
            continue;
        }
        let Some(kind) =
            told.attribute_kind().filter(|_| asked.is_empty() || asked.contains(&told.name))
        else {
            continue;
        };
        if table.rows() > 0 {
            let args = vec![("field", Arg::Text(told.name.clone()))];
            table.origin.problems.report("problem-portal-field", 1, args, None);
        }
        table.fields.push(Field::new(&*told.name, kind));
        table.columns.push(new_null_array(&kind.data_type(), table.rows()));
    }
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

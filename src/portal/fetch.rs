//! A layer of a portal as a table, fetched whole by one export.

use arrow_array::new_null_array;
use chrono::Utc;

use super::address::PortalAddress;
use super::copies::NewCopy;
use super::dataset::{Dataset, DatasetField};
use super::error::{PortalError, Trouble};
use super::read::{Fetched, on_disk, read_as};
use super::receipt::Receipt;
use super::remote::Address;
use super::{Export, Portal, Portals};
use crate::formats::ReadOptions;
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

impl Portals {
    /// Fetches a layer; nothing where the portal says that nothing changed since a receipt.
    pub(super) fn newer_of_portal(
        &self,
        address: &PortalAddress,
        since: Option<&Receipt>,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Option<Fetched>, PortalError> {
        let dataset = self.told(address, watch)?;
        if since.is_some_and(|since| !since.is_older_than(&dataset)) {
            return Ok(None);
        }
        let portal = self.ask(&address.portal);
        let (table, receipt) = self.fetch(&*portal, &dataset, address, options, watch)?;
        Ok(Some(Fetched { tables: vec![table], receipt }))
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
            let ours = Address::Portal(address.clone());
            let kept = self.copies.keep(copy.file, copy.extension, &ours, &receipt);
            kept.map_err(|error| on_disk(address.portal.host(), error))?;
            self.is_used(&ours);
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
        let failed = |error| on_disk(address.portal.host(), error);
        let narrowing = &address.narrowing;
        let count = |watch: &Watch| {
            portal.records(dataset, narrowing, 1, watch).map(|records| records.total)
        };
        let before = count(watch)?;
        watch.set_total(before.max(1));
        let mut copy = self.copies.begin().map_err(failed)?;
        let limit = self.settings().download_limit;
        let export = portal.export(dataset, narrowing, limit, &mut copy, watch)?;
        // Only what can be read to its end was fetched to its end.
        let extension = export.kind.extension();
        let options = with_kinds(options, &dataset.fields);
        let tables = read_as(copy.path(), extension, &options, &watch.unseen());
        let table = tables.and_then(|tables| {
            let none = || FileError::new(copy.path(), Message::new("error-file-empty"));
            tables.into_iter().next().ok_or_else(none)
        });
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
            records_portal: Some(written.clamp(before.min(after), before.max(after))),
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
            service: None,
        };
        Ok((table, receipt, Copy { file: copy, extension }))
    }
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
        _ => return on_disk(address.portal.host(), error),
    };
    PortalError::new(address.portal.host(), trouble)
}

/// How a dataset is read, with what the portal says its fields are.
pub(super) fn with_kinds(options: &ReadOptions, fields: &[DatasetField]) -> ReadOptions {
    let told = |field: &DatasetField| Some((field.name.clone(), field.attribute_kind()?));
    let mut options = options.clone();
    options.kinds.extend(fields.iter().filter_map(told));
    options
}

/// Gives the fields the names that people use, and adds those that the portal tells of and no
/// record has: empty, and said so.
pub(super) fn agree_on_fields(table: &mut Table, receipt: &Receipt) {
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

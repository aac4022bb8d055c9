//! `belfort portal get`: a dataset, whole or narrowed, as a file, with its receipt.

use std::path::PathBuf;

use serde::Serialize;

use super::arguments::Get as Arguments;
use super::{all, asked};
use crate::cli::convert::{output_format, rectangle};
use crate::cli::report::{Rows, problem_lines};
use crate::cli::{Failure, json};
use crate::formats::{Export, ExportReport, ReadOptions, WriteOptions, export};
use crate::i18n::{Language, Message, tr};
use crate::jobs::Watch;
use crate::portal::{Freshness, FromPortal, Narrowing, PortalAddress, Receipt, Wanted};
use crate::problem::Problems;

#[derive(Serialize)]
struct Document<'a> {
    dataset: &'a str,
    title: &'a str,
    records_portal: Option<u64>,
    records_written: u64,
    without_geometry: Option<u64>,
    records_whole: Option<u64>,
    fetched_at: String,
    freshness: &'static str,
    licence: &'a str,
    licence_url: &'a str,
    attribution: &'a str,
    url: &'a str,
    address: &'a str,
    problems: Vec<json::ProblemEntry>,
    outputs: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, language: Language) -> Result<String, Failure> {
    let format = output_format(&arguments.out, language)?;
    let portals = all(language, arguments.offline);
    let info = asked(&arguments.common, &portals, language)?;
    let bbox = arguments.bbox.as_deref().map(|text| rectangle(text, language));
    let fields = arguments.select.iter().map(|name| name.trim().to_owned());
    let address = PortalAddress {
        narrowing: Narrowing {
            condition: arguments.condition.clone().unwrap_or_default(),
            bbox: bbox.transpose()?,
            fields: fields.filter(|name| !name.is_empty()).collect(),
        },
        ..PortalAddress::whole(info, &*arguments.dataset)
    };
    let watch = Watch::unwatched();
    let wanted = if arguments.offline { Wanted::Kept } else { Wanted::Newest };
    let opened = portals.read(&address.to_string(), wanted, &ReadOptions::default(), &watch);
    let opened = opened.map_err(|error| Failure::file(&error, language))?;
    let Some(FromPortal { receipt, freshness }) = opened.from_portal else {
        return Err(Failure::Failed(tr(language, "cli-no-layers")));
    };
    if let Freshness::OutOfReach(error) = &freshness {
        // A script that asked for today's data must not go on with last month's unawares.
        let message = Message::new("cli-portal-only-old")
            .message("what", error.what())
            .text("receipt", receipt.summary(language));
        return Err(Failure::Failed(message.in_language(language)));
    }
    let table = opened.table;
    let job = Export {
        table: &table,
        name: None,
        rows: None,
        columns: None,
        crs: None,
        format,
        options: WriteOptions { note: Some(receipt.note(language)), ..WriteOptions::default() },
    };
    let report = export(&job, &arguments.out, &watch);
    let report = report.map_err(|error| Failure::file(&error, language))?;
    let mut problems = table.origin.problems.clone();
    problems.extend(report.problems.clone());
    Ok(if arguments.common.json {
        json::text(&document(&receipt, &freshness, &report, &problems, language))
    } else {
        text(&receipt, &report.outputs, &problems, language)
    })
}

fn document<'a>(
    receipt: &'a Receipt,
    freshness: &Freshness,
    report: &ExportReport,
    problems: &Problems,
    language: Language,
) -> Document<'a> {
    Document {
        dataset: &receipt.dataset,
        title: &receipt.title,
        records_portal: receipt.records_portal,
        records_written: report.written,
        without_geometry: receipt.without_geometry,
        records_whole: receipt.records_whole,
        fetched_at: receipt.fetched_at.to_rfc3339(),
        freshness: match freshness {
            Freshness::Fetched => "fetched",
            Freshness::Unchanged => "unchanged",
            Freshness::Kept | Freshness::OutOfReach(_) => "kept",
        },
        licence: &receipt.licence,
        licence_url: &receipt.licence_url,
        attribution: &receipt.attribution,
        url: &receipt.url,
        address: &receipt.address,
        problems: json::problems(problems, language),
        outputs: report.outputs.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
    }
}

fn text(receipt: &Receipt, outputs: &[PathBuf], problems: &Problems, language: Language) -> String {
    let mut rows = Rows::default();
    rows.add(tr(language, "cli-portal-receipt"), receipt.summary(language));
    rows.add(tr(language, "cli-portal-licence"), receipt.licence.as_str());
    rows.add(tr(language, "cli-portal-publisher"), receipt.attribution.as_str());
    rows.add(tr(language, "cli-portal-fetched-from"), receipt.url.as_str());
    let outputs = outputs.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    rows.add_lines(tr(language, "cli-files"), outputs);
    rows.add_lines(tr(language, "cli-problems"), problem_lines(problems, language));
    format!("{}\n{}", receipt.title, rows.text(2))
}

//! What was fetched as a file, with its receipt: the end of `belfort portal get`, `belfort sparql`
//! and `belfort ldes`.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::report::{Rows, problem_lines};
use super::{Failure, json};
use crate::formats::{Export, ExportReport, Format, ReadOptions, WriteOptions, export};
use crate::i18n::{Language, Message, tr};
use crate::jobs::Watch;
use crate::portal::{Freshness, FromPortal, Portals, Receipt, Wanted};
use crate::problem::Problems;

/// What is fetched, and where it goes.
pub(super) struct HandOver<'a> {
    pub portals: &'a Portals,
    pub address: String,
    /// No server is asked: the copy kept.
    pub offline: bool,
    pub out: &'a Path,
    pub format: &'static Format,
    pub json: bool,
}

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

/// Fetches, writes the file, and tells what was fetched.
///
/// # Errors
/// When the data cannot be had as they are now, or not be written.
pub(super) fn hand_over(job: &HandOver<'_>, language: Language) -> Result<String, Failure> {
    let watch = Watch::unwatched();
    let wanted = if job.offline { Wanted::Kept } else { Wanted::Newest };
    let opened = job.portals.read(&job.address, wanted, &ReadOptions::default(), &watch);
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
    let copy = Export {
        table: &table,
        name: None,
        rows: None,
        columns: None,
        crs: None,
        format: job.format,
        options: WriteOptions { note: Some(receipt.note(language)), ..WriteOptions::default() },
    };
    let report = export(&copy, job.out, &watch);
    let report = report.map_err(|error| Failure::file(&error, language))?;
    let mut problems = table.origin.problems.clone();
    problems.extend(report.problems.clone());
    Ok(if job.json {
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

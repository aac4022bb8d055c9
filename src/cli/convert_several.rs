//! `belfort convert` of a file that holds several layers to a format that holds several, too.

use std::path::Path;

use arrow_array::BooleanArray;

use super::arguments::shown;
use super::convert_arguments::Convert;
use super::report::{Rows, problem_lines};
use super::{Failure, json, repairing};
use crate::check::Repaired;
use crate::crs::Crs;
use crate::formats::{Export, ExportReport, Format, WriteOptions, export_several};
use crate::i18n::{Language, Message, format_integer, tr};
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::table::Table;

/// A layer that was written.
pub(super) struct Written {
    pub name: String,
    pub report: ExportReport,
    /// Those of reading and of writing.
    pub problems: Problems,
    /// The CRS in the new file.
    pub crs: Option<Crs>,
}

/// Whether all layers are meant: nothing was asked that one layer alone can answer.
pub(super) fn is_meant(arguments: &Convert, tables: &[Table], format: &Format) -> bool {
    let of_one = [
        arguments.condition.is_some(),
        arguments.within.is_some(),
        arguments.near.is_some(),
        arguments.join.is_some(),
        arguments.by_place.per_area.is_some(),
        arguments.by_place.area_of.is_some(),
        arguments.select.is_some(),
    ];
    tables.len() > 1 && format.write_several.is_some() && !of_one.contains(&true)
}

/// Converts all layers; gives the text for stdout.
pub(super) fn run(
    arguments: &Convert,
    tables: &[Table],
    format: &'static Format,
    crs: Option<&Crs>,
    options: &WriteOptions,
    language: Language,
) -> Result<String, Failure> {
    let repaired: Vec<Option<Repaired>> =
        tables.iter().map(|table| repairing::repaired(arguments, table, format)).collect();
    let kept: Vec<Option<BooleanArray>> =
        repaired.iter().map(|repaired| repairing::kept(None, repaired.as_ref())).collect();
    let exports: Vec<Export<'_>> = tables
        .iter()
        .zip(&repaired)
        .zip(&kept)
        .map(|((table, repaired), kept)| Export {
            table: repaired.as_ref().map_or(table, |repaired| &repaired.table),
            name: None,
            rows: kept.as_ref(),
            columns: None,
            crs: crs.filter(|_| table.geometry.is_some()).cloned(),
            format,
            options: options.clone(),
        })
        .collect();
    let reports = export_several(&exports, &arguments.output, &Watch::unwatched());
    let reports = reports.map_err(|error| Failure::file(&error, language))?;
    let layers = tables.iter().zip(&repaired).zip(reports).map(|((table, repaired), report)| {
        let mut problems = table.origin.problems.clone();
        problems.extend(repaired.as_ref().map(|it| it.changes.clone()).unwrap_or_default());
        problems.extend(report.problems.clone());
        let own = table.crs.as_ref().map(|layer| layer.crs.clone());
        let crs = report.crs.clone().or(crs.cloned()).or(own).filter(|_| table.geometry.is_some());
        Written { name: table.name.clone(), report, problems, crs }
    });
    let layers: Vec<Written> = layers.collect();
    Ok(if arguments.json {
        json::text(&json::ConvertSeveralDocument::of(&layers, language))
    } else {
        text(&layers, &arguments.output, language)
    })
}

fn text(layers: &[Written], output: &Path, language: Language) -> String {
    let count = |count: u64| format_integer(language, i64::try_from(count).unwrap_or(i64::MAX));
    let mut blocks: Vec<String> = layers
        .iter()
        .map(|layer| {
            let report = &layer.report;
            let mut rows = Rows::default();
            let read = Message::new("cli-read-from")
                .count("count", report.read)
                .text("layer", layer.name.as_str());
            rows.add(tr(language, "cli-read"), read.in_language(language));
            rows.add(tr(language, "cli-written"), count(report.written));
            rows.add(tr(language, "cli-dropped"), count(report.dropped));
            rows.add(
                tr(language, "cli-crs"),
                layer.crs.as_ref().map(Crs::label).unwrap_or_default(),
            );
            let problems = problem_lines(&layer.problems, language);
            rows.add_lines(tr(language, "cli-problems"), problems);
            rows.text(0)
        })
        .collect();
    let mut files = Rows::default();
    let outputs = layers.first().map(|layer| layer.report.outputs.as_slice()).unwrap_or_default();
    let mut outputs: Vec<String> = outputs.iter().map(|path| shown(path.as_os_str())).collect();
    if outputs.is_empty() {
        outputs.push(shown(output.as_os_str()));
    }
    files.add_lines(tr(language, "cli-files"), outputs);
    blocks.push(files.text(0));
    blocks.join("\n")
}

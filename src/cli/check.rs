//! `belfort check`: whether geometry is valid, and what is odd about it.

use serde::Serialize;

use super::Failure;
use super::arguments::shown;
use super::info::{gather, read_options};
use super::json::{self, ErrorEntry};
use super::reading_arguments::Check;
use super::report::Rows;
use crate::check::{Finding, Options, Report, SLIVER, With, check};
use crate::crs::Crs;
use crate::formats::format_by_id;
use crate::i18n::{Language, Message, format_integer, format_number, tr};
use crate::jobs::Watch;
use crate::measure::Units;
use crate::problem::Place;
use crate::table::Table;

/// How many findings of a kind are told where no limit was given: in text, and in JSON.
const LIMIT: usize = 10;
const JSON_LIMIT: usize = 1000;

/// The text for stdout and the exit status. Paths that cannot be read are told on stderr.
pub(super) fn run(arguments: &Check, language: Language) -> Result<(String, u8), Failure> {
    let options = read_options(&arguments.files.reading, language)?;
    let mut found = gather(&arguments.files.paths, &options, language);
    found.want_a_layer(language);
    for layer in &mut found.layers {
        let options = Options {
            overlaps: arguments.overlaps,
            sliver: arguments.sliver.unwrap_or(SLIVER),
            ..Options::of(&layer.table)
        };
        layer.check = checked(&layer.table, &options);
    }
    let mut reports = found.layers.iter().filter_map(|layer| layer.check.as_ref());
    let is_found = arguments.strict && reports.any(|report| !report.is_clean());
    let status = found.status().max(u8::from(is_found));
    let text = if arguments.files.json {
        let limit = arguments.limit.unwrap_or(JSON_LIMIT);
        let layers = found.layers.iter().filter_map(|layer| {
            let report = layer.check.as_ref()?;
            Some(LayerEntry {
                name: layer.name.clone(),
                path: shown(layer.table.origin.path.as_os_str()),
                format: layer.table.origin.format,
                check: ReportEntry::of(&layer.table, report, Some(limit), language),
            })
        });
        json::text(&CheckDocument {
            layers: layers.collect(),
            errors: found.failed.iter().map(|error| ErrorEntry::of(error, language)).collect(),
        })
    } else {
        let limit = arguments.limit.unwrap_or(LIMIT);
        let layers = found.layers.iter().filter_map(|layer| {
            let report = layer.check.as_ref()?;
            let table = &layer.table;
            let format = format_by_id(table.origin.format).map_or(table.origin.format, |f| f.name);
            let mut rows = Rows::default();
            rows.add(tr(language, "cli-file"), shown(table.origin.path.as_os_str()));
            rows.add(tr(language, "cli-features"), features(report, language));
            let lines = check_lines(table, report, limit, language);
            rows.add_lines(tr(language, "cli-found"), lines);
            Some(format!("{} ({format})\n{}", layer.name, rows.text(2)))
        });
        layers.collect::<Vec<_>>().join("\n")
    };
    // The program ends here: giving back hundreds of megabytes first would only take time.
    std::mem::forget(found.layers);
    Ok((text, status))
}

/// Looks at a table; nobody cancels.
pub(super) fn checked(table: &Table, options: &Options) -> Option<Report> {
    check(table, options, &Watch::unwatched()).ok()
}

/// How many features, and how many are not valid.
fn features(report: &Report, language: Language) -> String {
    let rows = format_integer(language, i64::try_from(report.rows).unwrap_or(i64::MAX));
    if report.invalid_rows == 0 {
        return rows;
    }
    let invalid = Message::new("cli-invalid-features").count("count", report.invalid_rows);
    format!("{rows}, {}", invalid.in_language(language))
}

/// What was found, a line for each kind, with the first findings under it.
pub(super) fn check_lines(
    table: &Table,
    report: &Report,
    limit: usize,
    language: Language,
) -> Vec<String> {
    if table.geometry.is_none() {
        return vec![tr(language, "check-no-place")];
    }
    if report.groups().is_empty() {
        return vec![tr(language, "check-nothing")];
    }
    let mut lines = Vec::new();
    for group in report.groups() {
        lines.push(format!(
            "- {}: {}, {}",
            group.kind.severity().message().in_language(language),
            group.kind.message().in_language(language),
            group.count().in_language(language),
        ));
        let findings = report.of(group);
        for finding in findings.iter().take(limit) {
            lines.push(format!("    {}", finding_text(table, finding, language)));
        }
        let more = findings.len().saturating_sub(limit);
        if more > 0 && limit > 0 {
            let more = Message::new("check-more").count("count", more as u64);
            lines.push(format!("    {}", more.in_language(language)));
        }
    }
    if report.pairs_left_out > 0 {
        let text = Message::new("check-pairs-left-out").count("count", report.pairs_left_out);
        lines.push(text.in_language(language));
    }
    lines
}

/// Row, place, and what else is known.
fn finding_text(table: &Table, finding: &Finding, language: Language) -> String {
    let mut parts = vec![Place::Row(row_number(finding.row)).message().in_language(language)];
    if let Some([x, y]) = finding.at {
        let is_geographic = table.crs.as_ref().is_some_and(|crs| crs.crs.is_geographic());
        let decimals = if is_geographic { 7 } else { 3 };
        let number = |value| format_number(language, value, decimals);
        let at = Message::new("check-at").text("x", number(x)).text("y", number(y));
        parts.push(at.in_language(language));
    }
    if finding.times > 1 {
        let times = Message::new("check-times").count("times", u64::from(finding.times));
        parts.push(times.in_language(language));
    }
    match finding.with {
        With::Nothing => {}
        With::Row(row) => {
            let like = Message::new("check-with-row").count("row", row_number(row));
            parts.push(like.in_language(language));
        }
        With::Overlap(row, area) => {
            let area = Units::default().format_area(language, area);
            let with =
                Message::new("check-with-overlap").text("area", area).count("row", row_number(row));
            parts.push(with.in_language(language));
        }
    }
    parts.join(", ")
}

/// As a person counts.
fn row_number(row: u32) -> u64 {
    u64::from(row) + 1
}

/// `check --json`.
#[derive(Serialize)]
struct CheckDocument {
    layers: Vec<LayerEntry>,
    errors: Vec<ErrorEntry>,
}

#[derive(Serialize)]
struct LayerEntry {
    name: String,
    path: String,
    format: &'static str,
    #[serde(flatten)]
    check: ReportEntry,
}

/// What a check found.
#[derive(Serialize)]
pub(super) struct ReportEntry {
    features: u64,
    invalid_features: u64,
    /// Nothing invalid or doubtful was found.
    clean: bool,
    overlaps_checked: bool,
    pairs_left_out: u64,
    found: Vec<KindEntry>,
}

#[derive(Serialize)]
struct KindEntry {
    kind: &'static str,
    severity: &'static str,
    message: String,
    features: u64,
    places: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingEntry>,
}

#[derive(Serialize)]
struct FindingEntry {
    row: u64,
    at: Option<[f64; 2]>,
    at_wgs84: Option<[f64; 2]>,
    places: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    with_row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<f64>,
}

impl ReportEntry {
    pub(super) fn of(
        table: &Table,
        report: &Report,
        limit: Option<usize>,
        language: Language,
    ) -> ReportEntry {
        let to_degrees = table.crs.as_ref().and_then(|crs| crs.transformer_to(&Crs::wgs84()).ok());
        let entry = |finding: &Finding| {
            let at_wgs84 = finding.at.zip(to_degrees.as_ref()).and_then(|(at, to_degrees)| {
                let mut moved = [at];
                (to_degrees.transform(&mut moved) == 0).then_some(moved[0])
            });
            FindingEntry {
                row: row_number(finding.row),
                at: finding.at,
                at_wgs84,
                places: finding.times,
                with_row: match finding.with {
                    With::Nothing => None,
                    With::Row(row) | With::Overlap(row, _) => Some(row_number(row)),
                },
                area: match finding.with {
                    With::Overlap(_, area) => Some(area),
                    _ => None,
                },
            }
        };
        let kinds = report.groups().iter().map(|group| KindEntry {
            kind: group.kind.code(),
            severity: group.kind.severity().code(),
            message: group.kind.message().in_language(language),
            features: group.rows,
            places: group.places,
            findings: report.of(group).iter().take(limit.unwrap_or(0)).map(entry).collect(),
        });
        ReportEntry {
            features: report.rows,
            invalid_features: report.invalid_rows,
            clean: report.is_clean(),
            overlaps_checked: report.with_overlaps,
            pairs_left_out: report.pairs_left_out,
            found: kinds.collect(),
        }
    }
}

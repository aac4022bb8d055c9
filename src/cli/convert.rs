//! `belfort convert`: a layer, or part of it, as another file.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::arguments::shown;
use super::by_place::{self, Placing};
use super::convert_arguments::Convert;
use super::convert_several;
use super::info::read_options;
use super::joining::{self, Joining};
use super::report::{Rows, problem_lines, query_error, select_error};
use super::{Failure, areas, json, opened, repairing, tables};
use crate::crs::{Crs, Operation, describe};
use crate::formats::{
    CsvOptions, Export, ExportReport, FORMATS, Format, ReadOptions, WriteOptions, export,
    format_by_extension,
};
use crate::i18n::{Language, Message, format_integer, tr};
use crate::jobs::Watch;
use crate::portal::{Receipt, read_bbox};
use crate::problem::Problems;
use crate::query::{Condition, Features, OnPlace, Relation, SelectError, Selected, select};
use crate::table::{Extent, Table};

/// What was done.
pub(super) struct Done<'a> {
    pub report: ExportReport,
    /// Those of reading and of writing.
    pub problems: Problems,
    /// The CRS of the new file.
    pub crs: Option<Crs>,
    /// How the coordinates were transformed; none where they are the source's.
    pub operation: Option<Operation>,
    /// What was joined.
    pub joining: Option<&'a Joining>,
    /// What was found of where rows lie.
    pub placing: Option<&'a Placing>,
    /// Where the data come from, if they were fetched.
    pub receipt: Option<&'a Receipt>,
}

/// Converts; gives the text for stdout.
pub(super) fn run(arguments: &Convert, language: Language) -> Result<String, Failure> {
    // All that is wrong with the command line itself comes before any work.
    let format = output_format(&arguments.output, language)?;
    let crs = arguments.crs.as_deref().map(Crs::from_code).transpose();
    let crs = crs.map_err(|error| Failure::usage(&error.message(), language))?;
    let sql = arguments.condition.as_deref().unwrap_or_default();
    check_condition("--where", sql, language)?;
    let places = places(arguments);
    for place in &places {
        check_condition(place.option, &place.sql, language)?;
    }
    let options = read_options(&arguments.reading, language)?;
    let join_where = arguments.join_where.as_deref().unwrap_or_default();
    check_condition("--join-where", join_where, language)?;
    let asked = by_place::asked(arguments, language)?;
    for asked in &asked {
        check_condition(asked.option, &asked.sql, language)?;
    }
    let others = places.iter().map(|place| place.path.as_path());
    let others = others.chain(asked.iter().map(|asked| asked.path.as_path()));
    for source in others.chain(arguments.join.as_deref()).chain([arguments.input.as_path()]) {
        refuse_overwriting(source, &arguments.output, language)?;
    }

    let watch = Watch::unwatched();
    let opened = opened(&arguments.input, &options, language)
        .map_err(|error| Failure::file(&error, language))?;
    let receipt = opened.first().and_then(|opened| opened.from_portal.clone());
    let receipt = receipt.map(|from| from.receipt);
    let tables: Vec<Table> = opened.into_iter().map(|opened| opened.table).collect();
    for table in &tables {
        refuse_overwriting(&table.origin.path, &arguments.output, language)?;
    }
    for field in options.fields.keys() {
        let is_there = tables.iter().any(|table| table.field_index(field).is_some());
        if let Some(first) = tables.first().filter(|_| !is_there) {
            return Err(no_field(first, field, language));
        }
    }
    let place = arguments.place.map(Into::into).unwrap_or_default();
    let csv = CsvOptions { excel: arguments.excel.then_some(language) };
    let note = receipt.as_ref().map(|receipt| receipt.note(language));
    let write = WriteOptions { place, csv, note, ..WriteOptions::default() };
    if convert_several::is_meant(arguments, &tables, format) {
        return convert_several::run(arguments, &tables, format, crs.as_ref(), &write, language);
    }
    let table = only_one(tables, &arguments.input, language)?.shared();
    let joining = joining::join(&table, arguments, &watch, language)?;
    let table = joining.as_ref().map_or(table, |joining| joining.table.clone());
    let (fields, once) = (arguments.by_place.area_fields.as_deref(), arguments.by_place.count_once);
    let placing = by_place::place(&table, &asked, fields, once, &watch, language)?;
    let table = placing.as_ref().map_or(&*table, |placing| &placing.table);
    let columns = columns(table, arguments.select.as_deref(), language)?;
    let selected = rows(table, sql, &places, &watch, language)?;
    let repaired = repairing::repaired(arguments, table, format);
    let rows = selected.as_ref().map(|selected| &selected.rows);
    let rows = repairing::kept(rows, repaired.as_ref());
    let table = repaired.as_ref().map_or(table, |repaired| &repaired.table);

    let target = format.only_in.map(|only| only());
    let target = target.or_else(|| crs.clone()).or_else(|| format.usual_crs());
    let operation = match (&target, &table.crs) {
        (Some(target), Some(source)) if table.geometry.is_some() => {
            describe(&source.crs, target).ok().filter(|operation| !operation.name.is_empty())
        }
        _ => None,
    };
    let own_crs = table.crs.as_ref().map(|layer| layer.crs.clone());
    let job = Export {
        table,
        name: None,
        rows: rows.as_ref(),
        columns,
        crs: crs.clone(),
        format,
        options: write,
    };
    let report =
        export(&job, &arguments.output, &watch).map_err(|error| Failure::file(&error, language))?;
    let mut problems = table.origin.problems.clone();
    problems.extend(selected.map(|selected| selected.problems).unwrap_or_default());
    let repairs = repaired.as_ref().map(|repaired| repaired.changes.clone());
    problems.extend(repairs.unwrap_or_default());
    problems.extend(report.problems.clone());
    problems.extend(joining.as_ref().map(|j| j.problems.clone()).unwrap_or_default());
    problems.extend(placing.as_ref().map(|p| p.problems.clone()).unwrap_or_default());
    let crs = report.crs.clone().or(crs).or(own_crs);
    let done = Done {
        report,
        problems,
        crs,
        operation,
        joining: joining.as_ref(),
        placing: placing.as_ref(),
        receipt: receipt.as_ref(),
    };
    Ok(if arguments.json {
        json::text(&json::ConvertDocument::of(&done, language))
    } else {
        text(&done, table, language)
    })
}

pub(super) fn output_format(output: &Path, language: Language) -> Result<&'static Format, Failure> {
    let format = format_by_extension(output).filter(|format| format.write.is_some());
    format.ok_or_else(|| {
        let writable = FORMATS.iter().filter(|format| format.write.is_some());
        let extensions: Vec<String> = writable
            .filter_map(|format| format.extensions.first())
            .map(|extension| format!(".{extension}"))
            .collect();
        let message = Message::new("cli-unknown-output")
            .text("path", shown(output.as_os_str()))
            .text("extensions", extensions.join(", "));
        Failure::usage(&message, language)
    })
}

/// A rectangle as it is typed.
pub(super) fn rectangle(text: &str, language: Language) -> Result<Extent, Failure> {
    read_bbox(text).ok_or_else(|| {
        let message = Message::new("cli-wrong-value").text("argument", "--bbox");
        Failure::usage(&message.text("value", text), language)
    })
}

fn check_condition(option: &str, sql: &str, language: Language) -> Result<(), Failure> {
    if sql.trim().is_empty() {
        return Ok(());
    }
    let parsed = Condition::parse(sql);
    parsed.map(|_| ()).map_err(|error| Failure::Usage(query_error(option, sql, &error, language)))
}

/// A source must survive: also as the .dbf of the .shp that would be written.
fn refuse_overwriting(source: &Path, output: &Path, language: Language) -> Result<(), Failure> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let Some(source) = real(source) else { return Ok(()) };
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let lower = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
    let is_shapefile = |path: &Path| {
        let extension = path.extension().map(|ext| ext.to_string_lossy().to_lowercase());
        extension.is_some_and(|ext| matches!(ext.as_str(), "shp" | "shx" | "dbf" | "prj" | "cpg"))
    };
    let same_shapefile = is_shapefile(&source)
        && is_shapefile(output)
        && source.parent().map(Path::to_path_buf) == real(folder)
        && lower(&source) == lower(output);
    if real(output).is_some_and(|output| output == source) || same_shapefile {
        let message = Message::new("cli-overwrites-source").text("path", shown(output.as_os_str()));
        return Err(Failure::usage(&message, language));
    }
    Ok(())
}

pub(super) fn only_one(
    mut tables: Vec<Table>,
    path: &Path,
    language: Language,
) -> Result<Table, Failure> {
    let path = shown(path.as_os_str());
    if tables.len() > 1 {
        let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        let message =
            Message::new("cli-several-layers").text("path", path).text("names", names.join(", "));
        return Err(Failure::usage(&message, language));
    }
    tables.pop().ok_or_else(|| {
        let message = Message::new("cli-no-layers");
        Failure::Failed(format!("{path}: {}", message.in_language(language)))
    })
}

fn columns(
    table: &Table,
    wanted: Option<&[String]>,
    language: Language,
) -> Result<Option<Vec<usize>>, Failure> {
    let Some(wanted) = wanted else { return Ok(None) };
    let wanted = wanted.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    let found =
        wanted.map(|name| table.field_index(name).ok_or_else(|| no_field(table, name, language)));
    found.collect::<Result<Vec<_>, _>>().map(Some)
}

pub(super) fn no_field(table: &Table, name: &str, language: Language) -> Failure {
    let known: Vec<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
    let message = Message::new("cli-no-field")
        .text("field", name)
        .text("layer", table.name.as_str())
        .text("known", known.join(", "));
    Failure::Failed(message.in_language(language))
}

/// A condition on place as it was asked for.
struct Place {
    option: &'static str,
    path: PathBuf,
    sql: String,
    relation: Relation,
}

fn places(arguments: &Convert) -> Vec<Place> {
    let place = |option, text: &OsString, relation| {
        let text = shown(text);
        let (path, sql) = areas::split(&text);
        Place { option, path, sql: sql.to_owned(), relation }
    };
    let relation = arguments.relation.unwrap_or_default().into();
    let within = arguments.within.as_ref().map(|text| place("--within", text, relation));
    let near = arguments.near.as_ref().zip(arguments.distance);
    let near = near.map(|(text, metres)| place("--near", text, Relation::Near { metres }));
    within.into_iter().chain(near).collect()
}

fn rows(
    table: &Table,
    sql: &str,
    places: &[Place],
    watch: &Watch,
    language: Language,
) -> Result<Option<Selected>, Failure> {
    if sql.trim().is_empty() && places.is_empty() {
        return Ok(None);
    }
    let open_one = |place: &Place| {
        let tables = tables(&place.path, &ReadOptions::default(), language);
        let tables = tables.map_err(|error| Failure::file(&error, language))?;
        only_one(tables, &place.path, language)
    };
    let tables: Vec<Table> = places.iter().map(open_one).collect::<Result<_, _>>()?;
    let on_place = places.iter().zip(&tables).map(|(place, table)| OnPlace {
        relation: place.relation,
        of: Features::Where { table, sql: &place.sql },
    });
    let on_place: Vec<OnPlace<'_>> = on_place.collect();
    let selected = select(table, sql, &on_place, watch).map_err(|error| {
        let wrong = match &error {
            SelectError::PlaceCondition { place, .. } => places.get(*place),
            _ => None,
        };
        let wrong = wrong.map_or(("", ""), |place| (place.option, place.sql.as_str()));
        Failure::Failed(select_error(&error, sql, wrong, language))
    })?;
    Ok(Some(selected))
}

fn text(done: &Done<'_>, table: &Table, language: Language) -> String {
    let report = &done.report;
    let count = |count: u64| format_integer(language, i64::try_from(count).unwrap_or(i64::MAX));
    let mut rows = Rows::default();
    let read = Message::new("cli-read-from")
        .count("count", report.read)
        .text("layer", table.name.as_str());
    rows.add(tr(language, "cli-read"), read.in_language(language));
    rows.add(tr(language, "cli-chosen"), count(report.written.saturating_add(report.dropped)));
    rows.add(tr(language, "cli-written"), count(report.written));
    rows.add(tr(language, "cli-dropped"), count(report.dropped));
    if let Some(joining) = done.joining {
        rows.add_lines(tr(language, "cli-joined"), joining::lines(joining, language));
    }
    for placed in done.placing.iter().flat_map(|placing| &placing.made) {
        let label = if placed.are_numbers { "cli-per-area" } else { "cli-area-of" };
        rows.add_lines(tr(language, label), by_place::lines(placed, language));
    }
    if table.geometry.is_some() {
        let label = done.crs.as_ref().map_or_else(|| tr(language, "cli-crs-unknown"), Crs::label);
        rows.add(tr(language, "cli-crs"), label);
    }
    if let Some(operation) = &done.operation {
        let message = operation.message().in_language(language);
        rows.add(tr(language, "cli-transformation"), message);
    }
    if let Some(receipt) = done.receipt {
        rows.add(tr(language, "cli-portal-receipt"), receipt.summary(language));
        rows.add(tr(language, "cli-portal-licence"), receipt.licence.as_str());
        rows.add(tr(language, "cli-portal-publisher"), receipt.attribution.as_str());
        rows.add(tr(language, "cli-portal-fetched-from"), receipt.url.as_str());
    }
    let outputs = report.outputs.iter().map(|path| shown(path.as_os_str())).collect();
    rows.add_lines(tr(language, "cli-files"), outputs);
    rows.add_lines(tr(language, "cli-problems"), problem_lines(&done.problems, language));
    rows.text(0)
}

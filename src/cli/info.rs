//! `belfort info`: what is in files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::Array;

use super::arguments::shown;
use super::check::{check_lines, checked};
use super::convert::rectangle;
use super::json::{ErrorEntry, InfoDocument, LayerEntry, ProjectEntry};
use super::raster::RasterInfo;
use super::reading_arguments::{Info, Reading};
use super::report::{Rows, padded, problem_lines, select_error, width};
use super::service::{self, Led, ServiceEntry};
use super::tiles::{self, ArchiveEntry};
use super::{Failure, complain, json, led, reading, tables};
use crate::check::{Options, Report};
use crate::crs::{
    Crs, HowFound, LayerCrs, Operation, PlaceDoubt, describe, lon_lat_bounds, place_doubt,
};
use crate::formats::{ReadOptions, Within, encoding_name, format_by_id, offered_encodings};
use crate::i18n::{Language, Message, format_integer, format_number, tr};
use crate::jobs::Watch;
use crate::portal::Service;
use crate::problem::{FileError, Problems};
use crate::project::{
    Backdrop, Document, LayerId, PlaceOf, is_pack, is_project, read_project, unpack,
};
use crate::query::join::{Part, joined_table};
use crate::query::{OnPlace, SelectError, select};
use crate::raster::is_raster;
use crate::table::{Extent, FieldKind, GeometryKind, Offer, Table, offers};
use crate::tiles::archive::{Archive, ArchiveFacts, is_archive};

/// A layer and what was found out about it.
pub(super) struct Layer {
    /// Its name in the project, or the table's.
    pub name: String,
    /// The project it is in.
    pub project: Option<String>,
    /// Its data.
    pub table: Arc<Table>,
    /// The condition the project puts on it, in words or SQL.
    pub filter: Option<String>,
    /// How many rows meet it.
    pub shown: Option<usize>,
    /// The way to WGS 84.
    pub operation: Option<Operation>,
    /// The extent in WGS 84.
    pub extent_wgs84: Option<Extent>,
    /// The readings in which it would lie in Belgium, where it does not.
    pub place_doubt: Option<PlaceDoubt>,
    /// The text fields that could be another kind.
    pub offers: Vec<Offer>,
    /// Those of reading, and what was found while looking.
    pub problems: Problems,
    /// What a check of the geometry found, where it was asked for.
    pub check: Option<Report>,
}

/// The text for stdout and the exit status. Paths that cannot be read are told on stderr.
pub(super) fn run(arguments: &Info, language: Language) -> Result<(String, u8), Failure> {
    let options = read_options(&arguments.files.reading, language)?;
    let mut found = gather(&arguments.files.paths, &options, language);
    if arguments.check {
        for layer in &mut found.layers {
            layer.check = checked(&layer.table, &Options::of(&layer.table));
        }
    }
    let status = found.status();
    let text = if arguments.files.json {
        json::text(&InfoDocument {
            layers: found.layers.iter().map(|layer| LayerEntry::of(layer, language)).collect(),
            rasters: found.rasters.iter().map(|raster| raster.entry(language)).collect(),
            archives: found.archives.iter().map(ArchiveEntry::of).collect(),
            errors: found.failed.iter().map(|error| ErrorEntry::of(error, language)).collect(),
            projects: found.projects,
            services: found.services.iter().map(ServiceEntry::of).collect(),
        })
    } else {
        let projects = found.projects.iter().map(|project| project_text(project, language));
        let layers = found.layers.iter().map(|layer| layer_text(layer, language));
        let services = found.services.iter().map(|it| service::text(it, language));
        let rasters = found.rasters.iter().map(|raster| raster.text(language));
        let archives = found.archives.iter().map(|facts| tiles::text(facts, language));
        let all = projects.chain(services).chain(layers).chain(rasters).chain(archives);
        all.collect::<Vec<_>>().join("\n")
    };
    // The program ends here: giving back hundreds of megabytes first would only take time.
    std::mem::forget(found.layers);
    Ok((text, status))
}

/// All layers of some paths. What cannot be read is told on stderr.
pub(super) fn gather(paths: &[PathBuf], options: &ReadOptions, language: Language) -> Found {
    let mut found = Found::default();
    for path in paths {
        if is_project(path) {
            found.project(path, None, language);
        } else if is_pack(path) {
            found.pack(path, language);
        } else if is_archive(path) {
            match Archive::open(path) {
                Ok(archive) => found.archives.push(archive.facts().clone()),
                Err(error) => found.failed.push(error),
            }
        } else if is_raster(path) {
            found.raster(path, None);
        } else {
            match led(path, options, language) {
                Ok(Led::Opened(opened)) => {
                    found.layers.extend(opened.into_iter().map(|it| look(it.table, None)));
                }
                Ok(Led::Service(service)) => found.services.push(*service),
                Err(error) => found.failed.push(error),
            }
        }
    }
    for error in &found.failed {
        complain(&error.text(language));
    }
    for text in &found.complaints {
        complain(text);
    }
    found
}

/// How files are read, from the options of the command line.
pub(super) fn read_options(reading: &Reading, language: Language) -> Result<ReadOptions, Failure> {
    if let Some(label) = reading.encoding.as_deref().filter(|it| encoding_name(it).is_none()) {
        let known = offered_encodings().collect::<Vec<_>>().join(", ");
        let message =
            Message::new("cli-unknown-encoding").text("label", label).text("known", known);
        return Err(Failure::usage(&message, language));
    }
    let crs = reading.source_crs.as_deref().map(Crs::from_code).transpose();
    let crs = crs.map_err(|error| Failure::usage(&error.message(), language))?;
    let bbox = reading.bbox.as_deref().map(|text| rectangle(text, language)).transpose()?;
    Ok(ReadOptions {
        fields: reading::kinds(&reading.kinds, language)?,
        layer: reading.layer.clone(),
        encoding: reading.encoding.clone(),
        extent: bbox.map(Within::Degrees),
        crs: crs.map(|crs| LayerCrs::new(crs, HowFound::Chosen)),
        ..ReadOptions::default()
    })
}

/// What paths hold.
#[derive(Default)]
pub(super) struct Found {
    pub layers: Vec<Layer>,
    rasters: Vec<RasterInfo>,
    archives: Vec<ArchiveFacts>,
    projects: Vec<ProjectEntry>,
    services: Vec<Service>,
    pub failed: Vec<FileError>,
    complaints: Vec<String>,
}

impl Found {
    /// The exit status: 1 where something could not be read.
    pub(super) fn status(&self) -> u8 {
        u8::from(!self.failed.is_empty() || !self.complaints.is_empty())
    }

    /// An image, perhaps one of a project.
    fn raster(&mut self, path: &Path, of: Option<(&str, &Backdrop)>) {
        match RasterInfo::of(path, of) {
            Ok(raster) => self.rasters.push(raster),
            Err(error) => self.failed.push(error),
        }
    }

    /// Counts services of which no layer was named, and images, among what could not be read, and
    /// says so.
    pub(super) fn want_a_layer(&mut self, language: Language) {
        let services = self.services.drain(..).map(|service| service::which_layer(&service));
        let images = self.rasters.drain(..).filter_map(|image| image.no_table());
        for error in services.chain(images).collect::<Vec<_>>() {
            complain(&error.text(language));
            self.failed.push(error);
        }
    }

    /// The project in a pack, unpacked for as long as it is looked at.
    fn pack(&mut self, path: &Path, language: Language) {
        let project = tempfile::tempdir()
            .map_err(|error| FileError::io(path, &error))
            .and_then(|folder| Ok((unpack(path, folder.path(), &Watch::unwatched())?, folder)));
        match project {
            Ok((project, _folder)) => self.project(&project, Some(path), language),
            Err(error) => self.failed.push(error),
        }
    }

    /// A project, perhaps of a pack: its files are then told as members of that.
    fn project(&mut self, path: &Path, pack: Option<&Path>, language: Language) {
        let opened = match read_project(path) {
            Ok(opened) => opened,
            Err(error) => return self.failed.push(error),
        };
        let document = opened.document;
        for problem in &opened.problems {
            let mut what = Message::new(problem.id).count("count", problem.count);
            what.args.extend(problem.args.iter().cloned());
            let error = FileError::new(path, what);
            self.failed.push(match problem.places.first() {
                Some(place) => error.at(place.clone()),
                None => error,
            });
        }
        let told = |own: &Path| {
            let within = path.parent().and_then(|root| own.strip_prefix(root).ok());
            pack.zip(within).map_or_else(|| own.to_owned(), |(pack, member)| pack.join(member))
        };
        let project = shown(told(path).as_os_str());
        let mut layers: Vec<(LayerId, Layer)> = Vec::new();
        for layer in &document.layers {
            match project_table(&document, layer, language) {
                Ok(mut table) => {
                    table.origin.path = told(&table.origin.path);
                    let mut looked = look(table, Some(&layer.name));
                    looked.project = Some(project.clone());
                    layers.push((layer.id, looked));
                }
                Err(error) => self.failed.push(error),
            }
        }
        join(&document, &mut layers);
        for (id, text) in filters(&document, &layers, language) {
            let shown = shown_rows(&document, id, &layers, language);
            let Some((_, layer)) = layers.iter_mut().find(|(other, _)| *other == id) else {
                continue;
            };
            layer.filter = Some(text);
            match shown {
                Ok(Some((rows, problems))) => {
                    layer.shown = Some(rows);
                    layer.problems.extend(problems);
                }
                Ok(None) => {}
                Err(error) => self.complaints.push(format!("{project}: {}: {error}", layer.name)),
            }
        }
        self.layers.extend(layers.into_iter().map(|(_, layer)| layer));
        for backdrop in &document.backdrops {
            self.raster(Path::new(&backdrop.path), Some((&project, backdrop)));
        }
        self.projects.push(ProjectEntry {
            path: project,
            title: document.title,
            notice: document.notice,
            basemap: document.basemap,
        });
    }
}

/// The table of a layer of a project.
pub(super) fn project_table(
    document: &Document,
    layer: &crate::project::Layer,
    language: Language,
) -> Result<Table, FileError> {
    let path = Path::new(&layer.source.path);
    if let Some(id) = layer.source.notes() {
        let gone = || FileError::new(path, Message::new("notes-error-gone"));
        return document.notes(id).ok_or_else(gone)?.table(&Watch::unwatched());
    }
    let options =
        layer.source.read_options().map_err(|error| FileError::new(path, error.message()))?;
    let tables = tables(path, &options, language)?;
    let missing = || FileError::new(path, Message::new("cli-no-layers"));
    tables.into_iter().next().ok_or_else(missing)
}

/// Puts joined columns beside the layers' own.
fn join(document: &Document, layers: &mut [(LayerId, Layer)]) {
    let table_of = |layers: &[(LayerId, Layer)], id| {
        layers.iter().find(|(other, _)| *other == id).map(|(_, layer)| layer.table.clone())
    };
    let with_joins = document.layers.iter().filter(|layer| !layer.joins.is_empty());
    let mut made = Vec::new();
    for layer in with_joins {
        let Some(table) = table_of(layers, layer.id) else { continue };
        let others = layer.joins.iter().map(|join| {
            let name = document.layer(join.layer).map_or("", |other| other.name.as_str());
            (join, name, table_of(layers, join.layer))
        });
        let others: Vec<_> = others.collect();
        let parts = others.iter().map(|(join, name, other)| Part {
            by: &join.by,
            other: other.as_deref(),
            name,
        });
        let parts: Vec<Part<'_>> = parts.collect();
        // Nobody cancels.
        if let Ok((joined, _)) = joined_table(&table, &parts, &Watch::unwatched()) {
            made.push((layer.id, table, joined));
        }
    }
    for (id, before, joined) in made {
        let Some((_, layer)) = layers.iter_mut().find(|(other, _)| *other == id) else { continue };
        let known = before.origin.problems.len();
        for problem in joined.origin.problems.iter().skip(known) {
            layer.problems.extend(Problems::from(problem.clone()));
        }
        layer.table = joined.shared();
    }
}

/// The layers with a filter, and the filter as text.
fn filters(
    document: &Document,
    layers: &[(LayerId, Layer)],
    language: Language,
) -> Vec<(LayerId, String)> {
    let filtered = document.layers.iter().filter(|layer| !layer.filter.is_empty());
    let text = |layer: &crate::project::Layer| {
        let places = layer.filter.places.iter().map(|place| {
            let other = layers.iter().find(|(id, _)| Some(*id) == place.of.layer());
            let name = other.map(|(_, layer)| layer.name.as_str()).unwrap_or_default();
            place.message(name).in_language(language)
        });
        let sql = Some(layer.filter.sql.trim().to_owned()).filter(|sql| !sql.is_empty());
        sql.into_iter().chain(places).collect::<Vec<_>>().join("; ")
    };
    filtered.map(|layer| (layer.id, text(layer))).collect()
}

/// How many rows a layer's filter leaves, and what could not be used in finding them. None where
/// a table is not there: its failure is told already.
fn shown_rows(
    document: &Document,
    id: LayerId,
    layers: &[(LayerId, Layer)],
    language: Language,
) -> Result<Option<(usize, Problems)>, String> {
    let table_of =
        |id| layers.iter().find(|(other, _)| *other == id).map(|(_, layer)| &*layer.table);
    let (Some(layer), Some(table)) = (document.layer(id), table_of(id)) else {
        return Ok(None);
    };
    let filter = &layer.filter;
    let places = filter.places.iter();
    let places = places.map(|place| place.on_place(place.of.layer().and_then(table_of)));
    let Some(places) = places.collect::<Option<Vec<OnPlace<'_>>>>() else {
        return Ok(None);
    };
    let selected = select(table, &filter.sql, &places, &Watch::unwatched()).map_err(|error| {
        let place = match &error {
            SelectError::PlaceCondition { place, .. } => filter.places.get(*place),
            _ => None,
        };
        let sql = match place.map(|place| &place.of) {
            Some(PlaceOf::Where { sql, .. }) => sql.as_str(),
            _ => "",
        };
        select_error(&error, &filter.sql, ("--within", sql), language)
    })?;
    Ok(Some((selected.rows.true_count(), selected.problems)))
}

/// Finds out what a person wants to know about a table.
fn look(table: Table, name: Option<&str>) -> Layer {
    let mut problems = table.origin.problems.clone();
    let (mut operation, mut extent_wgs84) = (None, None);
    let is_chosen = table.crs.as_ref().is_some_and(|crs| crs.how == HowFound::Chosen);
    let looked_at = table.geometry.as_ref().filter(|_| !is_chosen);
    // Nobody cancels.
    let offers = offers(&table, &Watch::unwatched()).unwrap_or_default();
    let doubt = looked_at.and_then(|geometry| place_doubt(geometry.xy(), table.crs.as_ref()));
    std::thread::scope(|scope| {
        // What the window has of a layer too: a file opens here if it opens there.
        scope.spawn(|| table.index());
        let (Some(geometry), Some(crs)) = (&table.geometry, &table.crs) else { return };
        operation = describe(&crs.crs, &Crs::wgs84()).ok();
        // All positions and not the corners: a box of one CRS is none in another.
        if let Ok((bounds, lost)) = lon_lat_bounds(crs, geometry.xy(), &Watch::unwatched()) {
            problems.add("problem-position-outside-crs", lost as u64);
            extent_wgs84 =
                bounds.map(|[min_x, min_y, max_x, max_y]| Extent { min_x, min_y, max_x, max_y });
        }
    });
    Layer {
        name: name.unwrap_or(&table.name).to_owned(),
        project: None,
        filter: None,
        shown: None,
        operation,
        extent_wgs84,
        place_doubt: doubt,
        offers,
        problems,
        check: None,
        table: table.shared(),
    }
}

fn project_text(project: &ProjectEntry, language: Language) -> String {
    let mut rows = Rows::default();
    rows.add(tr(language, "cli-title"), project.title.as_str());
    rows.add(tr(language, "cli-notice"), project.notice.as_str());
    let heading = Message::new("cli-project").text("path", project.path.as_str());
    format!("{}\n{}", heading.in_language(language), rows.text(2))
}

fn layer_text(layer: &Layer, language: Language) -> String {
    let table = &layer.table;
    let count = |count: usize| format_integer(language, i64::try_from(count).unwrap_or(i64::MAX));
    let format = format_by_id(table.origin.format).map_or(table.origin.format, |f| f.name);
    let mut rows = Rows::default();
    rows.add(tr(language, "cli-file"), shown(table.origin.path.as_os_str()));
    let mut features = count(table.rows());
    if let Some(geometry) = &table.geometry
        && geometry.missing() > 0
    {
        let missing = Message::new("cli-without-place").count("count", geometry.missing() as u64);
        features.push_str(&format!(", {}", missing.in_language(language)));
    }
    rows.add(tr(language, "cli-features"), features);
    if let (Some(filter), Some(shown)) = (&layer.filter, layer.shown) {
        let shown =
            Message::new("cli-shown").text("filter", filter.as_str()).count("count", shown as u64);
        rows.add(tr(language, "cli-filter"), shown.in_language(language));
    }
    rows.add(tr(language, "cli-geometry"), geometry_text(table, language));
    if table.geometry.is_some() {
        rows.add(tr(language, "cli-crs"), crs_text(table.crs.as_ref(), language));
    }
    if let Some(operation) = layer.operation.as_ref().filter(|found| !found.name.is_empty()) {
        rows.add(tr(language, "cli-to-wgs84"), operation.message().in_language(language));
    }
    let geographic = table.crs.as_ref().is_some_and(|crs| crs.crs.is_geographic());
    if let Some(extent) = table.extent() {
        let decimals = if geographic { 6 } else { 2 };
        let name = tr(language, "cli-extent");
        if table.crs.as_ref().is_none_or(|crs| crs.crs != Crs::wgs84() || crs.swapped) {
            rows.add(name, extent_text(extent, decimals, language));
        }
    }
    if let Some(extent) = layer.extent_wgs84 {
        rows.add(tr(language, "cli-extent-wgs84"), extent_text(extent, 6, language));
    }
    for line in reading::place_lines(layer.place_doubt.as_ref(), language) {
        rows.add(tr(language, "cli-place"), line);
    }
    if table.origin.encoding.is_some() {
        rows.add_lines(tr(language, "cli-encoding"), reading::encoding_lines(table, language));
    }
    rows.add_lines(tr(language, "cli-fields"), field_lines(table, language));
    let offered = reading::offer_lines(table, &layer.offers, language);
    if !offered.is_empty() {
        rows.add_lines(tr(language, "cli-could-be"), offered);
    }
    rows.add_lines(tr(language, "cli-problems"), problem_lines(&layer.problems, language));
    if let Some(report) = &layer.check {
        rows.add_lines(tr(language, "cli-check"), check_lines(table, report, 0, language));
    }
    format!("{} ({format})\n{}", layer.name, rows.text(2))
}

fn geometry_text(table: &Table, language: Language) -> String {
    let Some(geometry) = &table.geometry else {
        return tr(language, "cli-geometry-none");
    };
    let mut counts = std::collections::BTreeMap::new();
    for kind in geometry.kinds().iter().filter(|kind| **kind != GeometryKind::Null) {
        *counts.entry(*kind).or_insert(0_u64) += 1;
    }
    if counts.is_empty() {
        return tr(language, "cli-geometry-none");
    }
    let name = |(kind, count): (GeometryKind, u64)| {
        let id = match kind {
            GeometryKind::Null => "cli-geometry-none",
            GeometryKind::Point => "cli-geometry-point",
            GeometryKind::LineString => "cli-geometry-line",
            GeometryKind::Polygon => "cli-geometry-polygon",
            GeometryKind::MultiPoint => "cli-geometry-multi-point",
            GeometryKind::MultiLineString => "cli-geometry-multi-line",
            GeometryKind::MultiPolygon => "cli-geometry-multi-polygon",
            GeometryKind::GeometryCollection => "cli-geometry-collection",
        };
        Message::new(id).count("count", count).in_language(language)
    };
    counts.into_iter().map(name).collect::<Vec<_>>().join(", ")
}

pub(super) fn crs_text(crs: Option<&LayerCrs>, language: Language) -> String {
    let Some(crs) = crs else {
        return tr(language, "cli-crs-unknown");
    };
    let mut text = format!("{}, {}", crs.crs.label(), crs.how.message().in_language(language));
    if crs.swapped {
        text.push_str(&format!(", {}", tr(language, "cli-crs-swapped")));
    }
    text
}

pub(super) fn extent_text(extent: Extent, decimals: u8, language: Language) -> String {
    let bounds = [
        ("west", extent.min_x),
        ("south", extent.min_y),
        ("east", extent.max_x),
        ("north", extent.max_y),
    ];
    let mut message = Message::new("cli-bounds");
    for (name, bound) in bounds {
        message = message.text(name, format_number(language, bound, decimals));
    }
    message.in_language(language)
}

fn field_lines(table: &Table, language: Language) -> Vec<String> {
    let name_width = table.fields.iter().map(|field| width(&field.name)).max().unwrap_or(0).min(40);
    let kinds: Vec<String> =
        table.fields.iter().map(|field| kind_text(field.kind, language)).collect();
    let kind_width = kinds.iter().map(|kind| width(kind)).max().unwrap_or(0);
    let mut lines = vec![format_integer(language, i64::try_from(table.fields.len()).unwrap_or(0))];
    for ((field, column), kind) in table.fields.iter().zip(&table.columns).zip(&kinds) {
        let mut line = padded(&field.name, name_width);
        line.push_str("  ");
        if column.null_count() == 0 {
            line.push_str(kind);
        } else {
            let empty = Message::new("cli-empty").count("count", column.null_count() as u64);
            line.push_str(&padded(kind, kind_width));
            line.push_str("  ");
            line.push_str(&empty.in_language(language));
        }
        lines.push(line);
    }
    lines
}

fn kind_text(kind: FieldKind, language: Language) -> String {
    let id = match kind {
        FieldKind::Boolean => "cli-kind-boolean",
        FieldKind::Integer => "cli-kind-integer",
        FieldKind::Number => "cli-kind-number",
        FieldKind::Text => "cli-kind-text",
        FieldKind::Json => "cli-kind-json",
        FieldKind::Date => "cli-kind-date",
        FieldKind::DateTime(_) => "cli-kind-datetime",
    };
    tr(language, id)
}

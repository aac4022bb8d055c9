//! What `--json` prints: one document, its keys in a fixed order.

use arrow_array::Array;
use serde::Serialize;

use super::raster::RasterEntry;
use super::tiles::ArchiveEntry;
use crate::crs::{Landing, LayerCrs, Operation, PlaceDoubt};
use crate::formats::ExportReport;
use crate::i18n::Language;
use crate::portal::Receipt;
use crate::problem::{FileError, Problem, Problems};
use crate::query::join::How;
use crate::table::{Examples, Fit, GeometryColumn, GeometryKind, Offer, Table, TextEvidence};

/// `info --json`.
#[derive(Serialize)]
pub(super) struct InfoDocument<'a> {
    pub layers: Vec<LayerEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rasters: Vec<RasterEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub archives: Vec<ArchiveEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<super::service::ServiceEntry<'a>>,
    pub errors: Vec<ErrorEntry>,
}

/// A project among the paths.
#[derive(Serialize)]
pub(super) struct ProjectEntry {
    pub path: String,
    pub title: String,
    pub notice: String,
    pub basemap: String,
}

/// One layer.
#[derive(Serialize)]
pub(super) struct LayerEntry {
    name: String,
    path: String,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    geometry_types: Vec<&'static str>,
    features: usize,
    without_geometry: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<usize>,
    crs: Option<CrsEntry>,
    extent_wgs84: Option<[f64; 4]>,
    extent: Option<[f64; 4]>,
    fields: Vec<FieldEntry>,
    encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<TextsEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place_doubt: Option<PlaceDoubtEntry>,
    problems: Vec<ProblemEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<super::check::ReportEntry>,
}

/// What speaks for which encoding.
#[derive(Serialize)]
struct TextsEntry {
    /// Values with letters outside ASCII, as far as was looked.
    not_ascii: u64,
    in_doubt: bool,
    candidates: Vec<CandidateEntry>,
}

#[derive(Serialize)]
struct CandidateEntry {
    encoding: &'static str,
    said_by: Vec<&'static str>,
    damaged: bool,
    values: Vec<String>,
}

impl TextsEntry {
    fn of(evidence: &TextEvidence) -> TextsEntry {
        let candidates = evidence.candidates.iter().map(|candidate| CandidateEntry {
            encoding: candidate.encoding,
            said_by: candidate.said_by.iter().map(|by| by.code()).collect(),
            damaged: candidate.is_damaged,
            values: candidate.values.clone(),
        });
        TextsEntry {
            not_ascii: evidence.texts,
            in_doubt: evidence.is_in_doubt,
            candidates: candidates.collect(),
        }
    }
}

/// A layer that does not lie in Belgium and would in another reading.
#[derive(Serialize)]
struct PlaceDoubtEntry {
    /// Which part of the positions lies in Belgium now, 0 to 1.
    in_belgium: f64,
    in_belgium_as: Vec<ReadingEntry>,
}

#[derive(Serialize)]
struct ReadingEntry {
    crs: String,
    swapped: bool,
    in_belgium: f64,
    place: String,
}

impl PlaceDoubtEntry {
    fn of(doubt: &PlaceDoubt, language: Language) -> PlaceDoubtEntry {
        let readings = doubt.offers.iter().map(|offer| ReadingEntry {
            crs: offer.crs.crs.code.clone().unwrap_or_else(|| offer.crs.crs.name.clone()),
            swapped: offer.crs.swapped,
            in_belgium: offer.share(),
            place: offer.whereabouts().message(language).in_language(language),
        });
        PlaceDoubtEntry {
            in_belgium: doubt.now.as_ref().map_or(0.0, Landing::share),
            in_belgium_as: readings.collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct CrsEntry {
    code: Option<String>,
    name: String,
    how: &'static str,
    swapped: bool,
    to_wgs84: Option<OperationEntry>,
}

impl CrsEntry {
    pub(super) fn of(crs: &LayerCrs, operation: Option<&Operation>) -> CrsEntry {
        CrsEntry {
            code: crs.crs.code.clone(),
            name: crs.crs.name.clone(),
            how: crs.how.code(),
            swapped: crs.swapped,
            to_wgs84: operation.map(OperationEntry::of),
        }
    }
}

#[derive(Serialize)]
struct OperationEntry {
    name: String,
    accuracy: Option<f64>,
}

impl OperationEntry {
    fn of(operation: &Operation) -> OperationEntry {
        OperationEntry { name: operation.name.clone(), accuracy: operation.accuracy }
    }
}

#[derive(Serialize)]
struct FieldEntry {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    nulls: usize,
    /// What a text could be read as, the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    could_be: Vec<CouldBeEntry>,
}

#[derive(Serialize)]
struct CouldBeEntry {
    /// What `--kind` takes.
    kind: &'static str,
    #[serde(rename = "type")]
    becomes: &'static str,
    fits: u64,
    no_value: u64,
    misfits: u64,
}

impl CouldBeEntry {
    fn of(reading: &Examples) -> CouldBeEntry {
        let Fit { read_as, fits, no_value, misfits } = reading.fit;
        let (kind, becomes) = (read_as.code(), reading.kind.code());
        CouldBeEntry { kind, becomes, fits, no_value, misfits }
    }
}

/// A loss or change.
#[derive(Clone, Serialize)]
pub(super) struct ProblemEntry {
    kind: &'static str,
    count: u64,
    message: String,
}

/// A path that could not be read.
#[derive(Serialize)]
pub(super) struct ErrorEntry {
    path: String,
    place: Option<String>,
    message: String,
    remedy: Option<String>,
}

impl ErrorEntry {
    pub(super) fn of(error: &FileError, language: Language) -> ErrorEntry {
        ErrorEntry {
            path: super::arguments::shown(error.path.as_os_str()),
            place: error.place.as_ref().map(|place| place.message().in_language(language)),
            message: error.what.in_language(language),
            remedy: error.remedy.as_ref().map(|remedy| remedy.in_language(language)),
        }
    }
}

pub(super) fn problems(problems: &Problems, language: Language) -> Vec<ProblemEntry> {
    let entry = |problem: &Problem| ProblemEntry {
        kind: problem.kind(),
        count: problem.count,
        message: problem.text(language),
    };
    problems.iter().map(entry).collect()
}

impl LayerEntry {
    pub(super) fn of(layer: &super::info::Layer, language: Language) -> LayerEntry {
        let table = &layer.table;
        let geometry = table.geometry.as_deref();
        LayerEntry {
            name: layer.name.clone(),
            path: super::arguments::shown(table.origin.path.as_os_str()),
            format: table.origin.format,
            project: layer.project.clone(),
            geometry_types: geometry
                .map(|geometry| geometry.types().into_iter().map(GeometryKind::name).collect())
                .unwrap_or_default(),
            features: table.rows(),
            without_geometry: geometry.map_or(table.rows(), GeometryColumn::missing),
            filter: layer.filter.clone(),
            shown: layer.shown,
            crs: table.crs.as_ref().map(|crs| CrsEntry::of(crs, layer.operation.as_ref())),
            extent_wgs84: layer.extent_wgs84.map(|extent| extent.as_array()),
            extent: table.extent().map(|extent| extent.as_array()),
            fields: fields(table, &layer.offers),
            encoding: table.origin.encoding.clone(),
            texts: table.origin.texts.as_deref().map(TextsEntry::of),
            place_doubt: layer.place_doubt.as_ref().map(|it| PlaceDoubtEntry::of(it, language)),
            problems: problems(&layer.problems, language),
            check: layer
                .check
                .as_ref()
                .map(|report| super::check::ReportEntry::of(table, report, Some(0), language)),
        }
    }
}

fn fields(table: &Table, offers: &[Offer]) -> Vec<FieldEntry> {
    let both = table.fields.iter().zip(&table.columns).enumerate();
    let could_be = |column: usize| {
        let offer = offers.iter().find(|offer| offer.column == column);
        offer.iter().flat_map(|offer| &offer.readings).map(CouldBeEntry::of).collect()
    };
    both.map(|(at, (field, column))| FieldEntry {
        name: field.name.clone(),
        kind: field.kind.code(),
        nulls: column.null_count(),
        could_be: could_be(at),
    })
    .collect()
}

/// What `--join` matched: different values of the key, and rows.
#[derive(Serialize)]
struct JoinEntry {
    key: String,
    their_key: String,
    matched: usize,
    rows_matched: u64,
    rows_unmatched: u64,
    rows_without_key: u64,
    /// Values of the layer without an equal one, those with a proposal too.
    unmatched_left: Vec<String>,
    /// Values of the other file that no row of the layer has.
    unmatched_right: Vec<String>,
    /// Values for which the other file has several rows.
    several: usize,
    proposals: Vec<ProposalEntry>,
    /// The names of the columns taken.
    columns: Vec<String>,
}

/// Two values that may mean the same, which was not assumed.
#[derive(Serialize)]
struct ProposalEntry {
    ours: String,
    theirs: String,
    reason: &'static str,
}

impl JoinEntry {
    fn of(joining: &super::joining::Joining) -> JoinEntry {
        let seen = &joining.seen;
        let is_alone = |how: How| !matches!(how, How::Exact | How::Confirmed);
        let unmatched = seen.pairs.iter().filter(|pair| is_alone(pair.how));
        let proposals = seen.pairs.iter().filter_map(|pair| match pair.how {
            How::Proposed(reason) => Some(ProposalEntry {
                ours: pair.ours.clone(),
                theirs: pair.theirs.clone()?,
                reason: super::joining::reason_code(reason),
            }),
            _ => None,
        });
        // What is only proposed is not used.
        let proposed = seen.pairs.iter().filter(|pair| matches!(pair.how, How::Proposed(_)));
        let proposed = proposed.filter_map(|pair| pair.theirs.clone());
        let unused = seen.unused.iter().map(|unused| unused.text.clone());
        JoinEntry {
            key: joining.by.key.clone(),
            their_key: joining.by.their_key.clone(),
            matched: seen.counts.exact,
            rows_matched: seen.counts.rows_matched,
            rows_unmatched: seen.counts.rows_unmatched,
            rows_without_key: seen.counts.rows_without,
            unmatched_left: unmatched.map(|pair| pair.ours.clone()).collect(),
            unmatched_right: proposed.chain(unused).collect(),
            several: seen.several.values,
            proposals: proposals.collect(),
            columns: joining.by.columns.iter().map(|column| column.name.clone()).collect(),
        }
    }
}

/// What `--per-area` or `--area-of` found, and the names of the columns made.
#[derive(Serialize)]
struct PlacedEntry {
    /// Rows that lie, or not, in areas.
    things: u64,
    inside: u64,
    outside: u64,
    without_place: u64,
    /// In more than one area, or on a border.
    several: u64,
    areas: u64,
    areas_empty: u64,
    areas_without_place: u64,
    columns: Vec<String>,
}

impl PlacedEntry {
    fn of(done: &super::convert::Done<'_>, are_numbers: bool) -> Option<PlacedEntry> {
        let placed = &done.placing?.made;
        let placed = placed.iter().find(|placed| placed.are_numbers == are_numbers)?;
        let tally = placed.tally;
        Some(PlacedEntry {
            things: tally.things,
            inside: tally.inside,
            outside: tally.outside,
            without_place: tally.without_place,
            several: tally.several,
            areas: tally.areas,
            areas_empty: tally.areas_empty,
            areas_without_place: tally.areas_without_place,
            columns: placed.columns.clone(),
        })
    }
}

/// `convert --json`.
#[derive(Serialize)]
pub(super) struct ConvertDocument {
    read: u64,
    chosen: u64,
    written: u64,
    dropped: u64,
    crs: Option<String>,
    transformation: Option<OperationEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    join: Option<JoinEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_area: Option<PlacedEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_of: Option<PlacedEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    problems: Vec<ProblemEntry>,
    outputs: Vec<String>,
}

impl ConvertDocument {
    pub(super) fn of(done: &super::convert::Done<'_>, language: Language) -> ConvertDocument {
        let ExportReport { read, written, dropped, outputs, .. } = &done.report;
        ConvertDocument {
            read: *read,
            chosen: written.saturating_add(*dropped),
            written: *written,
            dropped: *dropped,
            crs: done.crs.as_ref().map(|crs| crs.code.clone().unwrap_or_else(|| crs.name.clone())),
            transformation: done.operation.as_ref().map(OperationEntry::of),
            join: done.joining.map(JoinEntry::of),
            per_area: PlacedEntry::of(done, true),
            area_of: PlacedEntry::of(done, false),
            receipt: done.receipt.cloned(),
            problems: problems(&done.problems, language),
            outputs: outputs.iter().map(|path| super::arguments::shown(path.as_os_str())).collect(),
        }
    }
}

/// `belfort convert --json` of several layers.
#[derive(Serialize)]
pub(super) struct ConvertSeveralDocument {
    layers: Vec<WrittenLayer>,
    outputs: Vec<String>,
}

#[derive(Serialize)]
struct WrittenLayer {
    name: String,
    read: u64,
    written: u64,
    dropped: u64,
    crs: Option<String>,
    problems: Vec<ProblemEntry>,
}

impl ConvertSeveralDocument {
    pub(super) fn of(
        layers: &[super::convert_several::Written],
        language: Language,
    ) -> ConvertSeveralDocument {
        let outputs = layers.first().map(|layer| layer.report.outputs.as_slice());
        let outputs = outputs.unwrap_or_default().iter();
        let outputs = outputs.map(|path| super::arguments::shown(path.as_os_str())).collect();
        let layers = layers.iter().map(|layer| WrittenLayer {
            name: layer.name.clone(),
            read: layer.report.read,
            written: layer.report.written,
            dropped: layer.report.dropped,
            crs: layer.crs.as_ref().map(|crs| crs.code.clone().unwrap_or_else(|| crs.name.clone())),
            problems: problems(&layer.problems, language),
        });
        ConvertSeveralDocument { layers: layers.collect(), outputs }
    }
}

/// The document as text.
pub(super) fn text(document: &impl Serialize) -> String {
    // Only maps with keys that are no text fail, and there are none.
    serde_json::to_string_pretty(document).unwrap_or_default()
}

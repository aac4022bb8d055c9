//! Putting rows, geometry and values on the clipboard.

use std::sync::Arc;

use super::Wake;
use super::actions::RowRef;
use crate::crs::Crs;
use crate::formats::{csv, geojson, wkt};
use crate::i18n::{Language, Message};
use crate::jobs::{Cancelled, Job, Watch};
use crate::project::LayerId;
use crate::table::{RowSet, Table};

/// What is copied.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Copied {
    /// A text as it is: a value, a coordinate, a measure.
    Text(String),
    /// Rows with names and attributes, as CSV or with tabs for a spreadsheet.
    Rows {
        layer: LayerId,
        /// The rows, in the order in which they are copied.
        rows: RowsCopied,
        is_tabbed: bool,
    },
    /// The geometry of a row as WKT in the layer's own coordinates.
    Wkt(RowRef),
    /// The geometry of a row as GeoJSON in WGS 84.
    GeoJson(RowRef),
}

/// Which rows are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowsCopied {
    One(usize),
    /// Those selected, in the order of the table on the screen.
    Selected,
}

/// What came of copying.
pub(super) struct CopyMade {
    pub text: String,
    /// What is said when it is done.
    pub said: Message,
}

/// Why nothing was copied.
pub(super) enum CopyFailure {
    Cancelled(Cancelled),
    Message(Message),
}

impl From<Cancelled> for CopyFailure {
    fn from(cancelled: Cancelled) -> CopyFailure {
        CopyFailure::Cancelled(cancelled)
    }
}

pub(super) type Copying = Job<Result<CopyMade, CopyFailure>>;

/// Starts writing rows as text: those of a set in the given order, with the given columns.
pub(super) fn rows(
    table: Arc<Table>,
    order: Option<Arc<super::row_order::RowOrder>>,
    set: RowSet,
    columns: Vec<usize>,
    is_tabbed: bool,
    language: Language,
    wake: &Wake,
) -> Copying {
    let wake = wake.clone();
    Job::start(
        "copy",
        move || wake(),
        move |watch| {
            let in_order = order.map(|order| {
                let rows = order.rows.iter().map(|row| *row as usize);
                rows.filter(|row| set.contains(*row)).collect::<Vec<_>>()
            });
            // Rows that the table's search leaves out are selected none the less.
            let rows = in_order.filter(|rows| rows.len() == set.count());
            let rows = rows.unwrap_or_else(|| set.iter().collect());
            let chosen = table.take_rows(&rows).map_err(|error| trouble(&error.to_string()))?;
            watch.check()?;
            let chosen = chosen.select_columns(&columns);
            let language = is_tabbed.then_some(language);
            let text = csv::text(&chosen, is_tabbed, language, watch)?;
            let said = Message::new("app-copied-rows").count("count", rows.len() as u64);
            Ok(CopyMade { text, said })
        },
    )
}

/// Starts writing a row's geometry as text.
pub(super) fn geometry(table: Arc<Table>, row: usize, is_geojson: bool, wake: &Wake) -> Copying {
    let wake = wake.clone();
    Job::start(
        "copy",
        move || wake(),
        move |watch| {
            let text = geometry_text(&table, row, is_geojson, watch)?;
            Ok(CopyMade { text, said: Message::new("app-copied") })
        },
    )
}

fn geometry_text(
    table: &Table,
    row: usize,
    is_geojson: bool,
    watch: &Watch,
) -> Result<String, CopyFailure> {
    let none = || CopyFailure::Message(Message::new("app-copy-no-geometry"));
    let geometry = table.geometry.as_ref().ok_or_else(none)?;
    if !is_geojson {
        return Ok(wkt::text(geometry.row(row)));
    }
    let crs = table.crs.as_ref().ok_or_else(none)?;
    let one = table.take_rows(&[row]).map_err(|error| trouble(&error.to_string()))?;
    watch.check()?;
    let one = one.geometry.ok_or_else(none)?;
    let transformer = crs.transformer_to(&Crs::wgs84());
    let transformer = transformer.map_err(|error| CopyFailure::Message(error.message()))?;
    let one = one.map_xy(|xy| {
        transformer.transform(xy);
    });
    Ok(geojson::text(one.row(0)))
}

fn trouble(detail: &str) -> CopyFailure {
    CopyFailure::Message(Message::new("error-io").text("detail", detail))
}

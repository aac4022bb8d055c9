//! A table with columns that follow from where its rows and those of other layers lie.

use std::sync::Arc;

use arrow_array::BooleanArray;

use super::{AreaOf, ByPlace, ByPlaceError, Columns, NumberColumn, Tally, What, area_of, numbers};
use crate::i18n::Arg;
use crate::jobs::{Cancelled, Watch};
use crate::problem::Problems;
use crate::query::{OnPlace, SelectError, select};
use crate::table::{Field, Table, free_name};

/// Columns to make, with the layer they are about.
#[derive(Clone, Copy, Debug)]
pub struct ByPlacePart<'a> {
    /// Which columns.
    pub by: &'a ByPlace,
    /// The other layer's table; none where it could not be read.
    pub other: Option<&'a Table>,
    /// What the other layer is called; empty for one that nobody knows any more.
    pub name: &'a str,
    /// Only rows of the other layer that meet this condition and these conditions on place.
    pub shown: Option<(&'a str, &'a [OnPlace<'a>])>,
}

/// Where a column comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByPlaceField {
    /// The number of the part, from 0.
    pub part: usize,
    /// What was calculated; none for a value of the area in which a row lies.
    pub what: Option<What>,
    /// The field of the other layer; empty where there is none.
    pub field: String,
}

/// What lies where, of each part; none for one that could not be done.
pub type ByPlaceTally = Vec<Option<Tally>>;

/// A table with columns added that follow from the place of its rows; what did not go as it
/// should is added to its problems. Says where each of its last columns comes from, and what lies
/// where. A part that cannot be done adds no columns, which is told.
///
/// # Errors
/// When the person cancelled.
pub fn by_place_table(
    table: &Arc<Table>,
    parts: &[ByPlacePart<'_>],
    watch: &Watch,
) -> Result<(Table, Vec<ByPlaceField>, ByPlaceTally), Cancelled> {
    let mut fields: Vec<Field> = Vec::new();
    let mut columns = Vec::new();
    let mut origins = Vec::new();
    let mut tallies = Vec::new();
    let mut problems = Problems::new();
    for (number, part) in parts.iter().enumerate() {
        let made = match make(table, part, &mut problems, watch) {
            Ok(made) => made,
            Err(ByPlaceError::Cancelled(cancelled)) => return Err(cancelled),
            Err(error) => {
                let error = Arg::Message(Box::new(error.message()));
                let args = vec![("layer", text(part.name)), ("error", error)];
                problems.report("problem-by-place-failed", 1, args, None);
                None
            }
        };
        tallies.push(made.as_ref().map(|made| made.tally));
        let Some(made) = made else { continue };
        problems.extend(made.problems);
        for ((mut field, column), at) in made.fields.into_iter().zip(made.columns).zip(made.asked) {
            let taken = table.fields.iter().chain(&fields).map(|field| field.name.as_str());
            let name = free_name(&field.name, part.name, taken);
            if name != field.name {
                let args = vec![("from", text(&field.name)), ("to", text(&name))];
                problems.report("problem-by-place-renamed", 1, args, None);
                field.name = name;
            }
            fields.push(field);
            columns.push(column);
            origins.push(origin(number, part.by, at));
        }
    }
    let (mut made, origins) = match table.with_columns_added(fields, columns) {
        Ok(made) => (made, origins),
        Err(error) => {
            // A defect: the table is as it was.
            log::error!("{error}");
            (table.shallow_copy(), Vec::new())
        }
    };
    made.origin.problems.extend(problems);
    Ok((made, origins, tallies))
}

fn make(
    table: &Table,
    part: &ByPlacePart<'_>,
    problems: &mut Problems,
    watch: &Watch,
) -> Result<Option<Columns>, ByPlaceError> {
    let Some(other) = part.other else {
        if part.name.is_empty() {
            problems.add("problem-by-place-gone", 1);
        } else {
            problems.report("problem-by-place-no-table", 1, vec![("layer", text(part.name))], None);
        }
        return Ok(None);
    };
    let shown = match part.shown {
        Some((sql, places)) => Some(shown(other, sql, places, watch)?),
        None => None,
    };
    let made = match part.by {
        ByPlace::Numbers(by) => numbers(table, other, shown.as_ref(), by, watch)?,
        ByPlace::AreaOf(by) => area_of(table, other, shown.as_ref(), by, watch)?,
    };
    Ok(Some(named(made, other, part.name)))
}

/// Problems name the other layer as the person does, not as its file.
fn named(mut made: Columns, other: &Table, name: &str) -> Columns {
    let mut problems = Problems::new();
    for problem in &made.problems {
        let mut problem = problem.clone();
        for (argument, value) in &mut problem.args {
            if *argument == "layer" && *value == text(&other.name) {
                *value = text(name);
            }
        }
        problems.extend(problem.into());
    }
    made.problems = problems;
    made
}

fn shown(
    table: &Table,
    sql: &str,
    places: &[OnPlace<'_>],
    watch: &Watch,
) -> Result<BooleanArray, SelectError> {
    Ok(select(table, sql, places, &watch.unseen())?.rows)
}

fn origin(part: usize, by: &ByPlace, at: usize) -> ByPlaceField {
    match by {
        ByPlace::Numbers(by) => {
            let column: Option<&NumberColumn> = by.columns.get(at);
            let what = column.map(|column| column.what);
            let field = column.filter(|column| column.what.needs_field());
            let field = field.map(|column| column.field.clone()).unwrap_or_default();
            ByPlaceField { part, what, field }
        }
        ByPlace::AreaOf(AreaOf { columns, .. }) => {
            let field = columns.get(at).map(|column| column.field.clone()).unwrap_or_default();
            ByPlaceField { part, what: None, field }
        }
    }
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}

//! What a join would match and what not, before anything is joined.

use super::JoinBy;
use super::joined::Sides;
use super::keys::Keys;
use super::matching::{How, Matching};
use super::several::Several;
use crate::jobs::{Cancelled, Watch};
use crate::query::QueryError;
use crate::table::Table;

/// Why two tables cannot be joined so.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum JoinError {
    /// The layer's table has no such field.
    #[error("the layer has no field {0:?}")]
    NoKey(String),
    /// The other table has no such field.
    #[error("the other table has no field {0:?}")]
    NoKeyThere(String),
    /// The condition on the other table.
    #[error("{0}")]
    Condition(QueryError),
    /// The person cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A value of the layer and what it goes with.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The layer's value, as data text.
    pub ours: String,
    /// The rows of the layer that have it.
    pub rows: Box<[u32]>,
    /// The other table's value, also one that is only proposed.
    pub theirs: Option<String>,
    /// How the two were found.
    pub how: How,
}

/// A value of the other table that no row of the layer has.
#[derive(Clone, Debug, PartialEq)]
pub struct Unused {
    /// As data text.
    pub text: String,
    /// How many rows of the other table have it.
    pub rows: usize,
}

/// How many values and rows of each sort there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Different values of the layer.
    pub values: usize,
    /// Of these, equal to a value of the other table.
    pub exact: usize,
    /// Of these, matched because the person said so.
    pub confirmed: usize,
    /// Of these, with a proposal.
    pub proposed: usize,
    /// Of these, without any partner.
    pub unmatched: usize,
    /// Rows of the layer that get values.
    pub rows_matched: u64,
    /// Rows of the layer with a value that has no partner, or only a proposed one.
    pub rows_unmatched: u64,
    /// Rows of the layer without a value.
    pub rows_without: u64,
    /// Values of the other table that no row of the layer has.
    pub unused: usize,
    /// Rows of the other table with these values.
    pub rows_unused: u64,
    /// Rows of the other table without a value.
    pub rows_without_there: u64,
    /// Values for which no proposals could be sought, because there are too many.
    pub not_sought: usize,
}

/// What a join would match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// How many of each.
    pub counts: Counts,
    /// The layer's values, in the order of their first rows.
    pub pairs: Vec<Pair>,
    /// The other table's values that are left over, in the order of their first rows.
    pub unused: Vec<Unused>,
    /// Values for which the other table has several rows.
    pub several: Several,
}

/// Finds what a join would match, with proposals for what is nearly equal.
///
/// # Errors
/// See [`JoinError`].
pub fn preview(
    table: &Table,
    other: &Table,
    by: &JoinBy,
    watch: &Watch,
) -> Result<Preview, JoinError> {
    let sides = Sides::read(table, other, by, watch)?;
    let (ours, theirs) = (&sides.ours, &sides.theirs);
    let mut matching = Matching::exact(ours, theirs, sides.form, &by.pairs);
    matching.propose(ours, theirs, watch)?;
    let used = matching.used(theirs.len());
    let several = Several::find(other, by, theirs, &used, watch)?;
    let counts = Counts::of(&matching, ours, theirs);
    let pairs = matching.partners.iter().enumerate().map(|(key, (partner, how))| Pair {
        ours: ours.text(key).to_owned(),
        rows: ours.rows(key).into(),
        theirs: partner.map(|partner| theirs.text(partner).to_owned()),
        how: *how,
    });
    // A value with only a proposal is left over until that is confirmed, but is not listed twice.
    let unused = used.iter().enumerate().filter(|(_, used)| !**used);
    let unused = unused
        .map(|(key, _)| Unused { text: theirs.text(key).to_owned(), rows: theirs.rows(key).len() });
    Ok(Preview { counts, pairs: pairs.collect(), unused: unused.collect(), several })
}

impl Counts {
    pub(super) fn of(matching: &Matching, ours: &Keys<'_>, theirs: &Keys<'_>) -> Counts {
        let mut counts = Counts {
            values: ours.len(),
            rows_without: ours.without,
            rows_without_there: theirs.without,
            not_sought: matching.not_sought,
            ..Counts::default()
        };
        for (key, (_, how)) in matching.partners.iter().enumerate() {
            let rows = ours.rows(key).len() as u64;
            let (number, total) = match how {
                How::Exact => (&mut counts.exact, &mut counts.rows_matched),
                How::Confirmed => (&mut counts.confirmed, &mut counts.rows_matched),
                How::Proposed(_) => (&mut counts.proposed, &mut counts.rows_unmatched),
                How::Unmatched => (&mut counts.unmatched, &mut counts.rows_unmatched),
            };
            *number += 1;
            *total += rows;
        }
        for (key, used) in matching.used(theirs.len()).into_iter().enumerate() {
            if !used {
                counts.unused += 1;
                counts.rows_unused += theirs.rows(key).len() as u64;
            }
        }
        counts
    }
}

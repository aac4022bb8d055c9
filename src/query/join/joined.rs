//! The columns that joins add to a table, and what did not go as it should.

use std::sync::Arc;

use arrow_array::ArrayRef;

use super::columns::column;
use super::keys::{Form, Keys};
use super::matching::{How, Matching};
use super::preview::{Counts, JoinError};
use super::{JoinBy, JoinColumn, Rule};
use crate::i18n::Arg;
use crate::jobs::{Cancelled, Watch};
use crate::problem::{Place, Problems};
use crate::query::Condition;
use crate::table::{Field, Table, free_name};

/// How many rows without a partner are named.
const NAMED: usize = 5;

/// One join with what it is about.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// How.
    pub by: &'a JoinBy,
    /// The other table; none where it could not be read.
    pub other: Option<&'a Table>,
    /// What the other table is called; empty for one that nobody knows any more.
    pub name: &'a str,
}

/// Where a joined column comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedField {
    /// The number of the join, from 0.
    pub part: usize,
    /// The field of the other table.
    pub field: String,
    /// What several rows became.
    pub rule: Option<Rule>,
}

/// The columns that joins add to a table.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// Names and kinds.
    pub fields: Vec<Field>,
    /// The columns, each as long as the table.
    pub columns: Vec<ArrayRef>,
    /// Where each comes from.
    pub origins: Vec<JoinedField>,
    /// What each join matched; none for one that could not be done.
    pub counts: Vec<Option<Counts>>,
    /// What is missing or was changed.
    pub problems: Problems,
}

/// Both key columns, read.
pub(super) struct Sides<'a> {
    pub(super) ours: Keys<'a>,
    pub(super) theirs: Keys<'a>,
    pub(super) form: Form,
}

impl<'a> Sides<'a> {
    pub(super) fn read(
        table: &'a Table,
        other: &'a Table,
        by: &JoinBy,
        watch: &Watch,
    ) -> Result<Sides<'a>, JoinError> {
        let ours = table.field_index(&by.key).ok_or_else(|| JoinError::NoKey(by.key.clone()))?;
        let theirs = other.field_index(&by.their_key);
        let theirs = theirs.ok_or_else(|| JoinError::NoKeyThere(by.their_key.clone()))?;
        let condition = Condition::parse(&by.condition).map_err(JoinError::Condition)?;
        let mask = (!condition.is_empty()).then(|| condition.evaluate(other));
        let mask = mask.transpose().map_err(JoinError::Condition)?;
        let kind = |table: &Table, at: usize| table.fields.get(at).map(|field| field.kind);
        let form = match (kind(table, ours), kind(other, theirs)) {
            (Some(ours), Some(theirs)) => Form::of(ours, theirs),
            _ => Form::Text,
        };
        Ok(Sides {
            ours: Keys::of(table, ours, form, None, watch)?,
            theirs: Keys::of(other, theirs, form, mask.as_ref(), watch)?,
            form,
        })
    }
}

/// Makes the columns that joins add to a table. Only equal values and those that the person
/// confirmed match. A join that cannot be done adds no columns; that and what does not match is
/// in the problems.
///
/// # Errors
/// When the person cancelled.
pub fn join(table: &Table, parts: &[Part<'_>], watch: &Watch) -> Result<Joined, Cancelled> {
    let mut joined = Joined::default();
    for (number, part) in parts.iter().enumerate() {
        watch.check()?;
        match joined.add(table, number, part, watch) {
            Ok(counts) => joined.counts.push(counts),
            Err(JoinError::Cancelled(cancelled)) => return Err(cancelled),
            Err(error) => {
                joined.counts.push(None);
                joined.refuse(part, &error);
            }
        }
    }
    Ok(joined)
}

impl Joined {
    fn report(
        &mut self,
        id: &'static str,
        count: u64,
        part: &Part<'_>,
        more: Option<(&'static str, Arg)>,
    ) {
        let layer = [("layer", text(part.name))];
        self.problems.report(id, count, layer.into_iter().chain(more).collect(), None);
    }

    fn refuse(&mut self, part: &Part<'_>, error: &JoinError) {
        match error {
            JoinError::NoKey(field) => {
                self.report("problem-join-no-key", 1, part, Some(("field", text(field))));
            }
            JoinError::NoKeyThere(field) => {
                self.report("problem-join-no-key-there", 1, part, Some(("field", text(field))));
            }
            JoinError::Condition(error) => {
                let error = Arg::Message(Box::new(error.message.clone()));
                self.report("problem-join-condition", 1, part, Some(("error", error)));
            }
            JoinError::Cancelled(_) => {}
        }
    }

    fn add(
        &mut self,
        table: &Table,
        number: usize,
        part: &Part<'_>,
        watch: &Watch,
    ) -> Result<Option<Counts>, JoinError> {
        let by = part.by;
        let Some(other) = part.other else {
            if part.name.is_empty() {
                let key = vec![("field", text(&by.key))];
                self.problems.report("problem-join-gone", 1, key, None);
            } else {
                self.report("problem-join-no-table", 1, part, None);
            }
            return Ok(None);
        };
        let sides = Sides::read(table, other, by, watch)?;
        let (ours, theirs) = (&sides.ours, &sides.theirs);
        let matching = Matching::exact(ours, theirs, sides.form, &by.pairs);
        let partner = |key: usize| matching.partners.get(key).and_then(|(partner, _)| *partner);
        let partners: Vec<Option<usize>> =
            ours.of_rows().map(|key| key.and_then(partner)).collect();
        for wanted in &by.columns {
            watch.check()?;
            self.add_column(table, number, part, other, wanted, theirs, &partners);
        }
        self.tell(part, &matching, ours, theirs);
        Ok(Some(Counts::of(&matching, ours, theirs)))
    }

    #[expect(clippy::too_many_arguments, reason = "what one column follows from")]
    fn add_column(
        &mut self,
        table: &Table,
        number: usize,
        part: &Part<'_>,
        other: &Table,
        wanted: &JoinColumn,
        theirs: &Keys<'_>,
        partners: &[Option<usize>],
    ) {
        let field = ("field", text(&wanted.field));
        let found = other.field_index(&wanted.field);
        let Some((at, kind)) = found.and_then(|at| Some((at, other.fields.get(at)?.kind))) else {
            return self.report("problem-join-no-field", 1, part, Some(field));
        };
        if wanted.rule.is_some_and(|rule| !rule.fits(kind)) {
            return self.report("problem-join-rule", 1, part, Some(field));
        }
        match column(other, at, wanted.rule, theirs, partners) {
            Ok((kind, column)) => {
                let taken =
                    table.fields.iter().chain(&self.fields).map(|field| field.name.as_str());
                let name = free_name(&wanted.name, part.name, taken);
                if name != wanted.name {
                    let renamed = vec![("from", text(&wanted.name)), ("to", text(&name))];
                    self.problems.report("problem-join-renamed", 1, renamed, None);
                }
                let mut made = Field::new(name, kind);
                if let Some(field) = other.fields.get(at) {
                    made.label.clone_from(&field.label);
                    made.description.clone_from(&field.description);
                }
                self.fields.push(made);
                self.columns.push(column);
                let origin =
                    JoinedField { part: number, field: wanted.field.clone(), rule: wanted.rule };
                self.origins.push(origin);
            }
            Err(error) => {
                log::error!("joining {}: {error}", wanted.field);
                self.report("problem-join-no-field", 1, part, Some(field));
            }
        }
    }

    /// Tells what has no partner, and what has several.
    fn tell(&mut self, part: &Part<'_>, matching: &Matching, ours: &Keys<'_>, theirs: &Keys<'_>) {
        let layer = vec![("layer", text(part.name))];
        let is_alone = |key: Option<usize>| {
            let how = key.and_then(|key| matching.partners.get(key)).map(|(_, how)| *how);
            how.is_none_or(|how| how == How::Unmatched)
        };
        let mut alone = ours.of_rows().enumerate().filter(|(_, key)| is_alone(*key));
        for (row, _) in alone.by_ref().take(NAMED) {
            let place = Place::Row(row as u64 + 1);
            self.problems.report("problem-join-unmatched", 1, layer.clone(), Some(place));
        }
        self.problems.report("problem-join-unmatched", alone.count() as u64, layer, None);
        if part.by.columns.iter().all(|column| column.rule.is_some()) {
            return;
        }
        let used = matching.used(theirs.len()).into_iter().enumerate();
        let several = used.filter(|(key, used)| *used && theirs.rows(*key).len() > 1).count();
        self.report("problem-join-several", several as u64, part, None);
    }
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}

/// A table with the columns that joins add; what did not go as it should is added to its problems.
/// Says where each of its last columns comes from.
///
/// # Errors
/// When the person cancelled.
pub fn joined_table(
    table: &Arc<Table>,
    parts: &[Part<'_>],
    watch: &Watch,
) -> Result<(Table, Vec<JoinedField>), Cancelled> {
    let joined = join(table, parts, watch)?;
    let (mut made, origins) = match table.with_columns_added(joined.fields, joined.columns) {
        Ok(made) => (made, joined.origins),
        Err(error) => {
            // A defect: the table is as it was.
            log::error!("{error}");
            (table.shallow_copy(), Vec::new())
        }
    };
    made.origin.problems.extend(joined.problems);
    Ok((made, origins))
}

//! What the fields of rules are like, counted by jobs.

use std::sync::Arc;

use super::super::Wake;
use super::super::derived::Same;
use super::super::keyed::Keyed;
use crate::jobs::{Cancelled, Job};
use crate::table::{Statistics, Table};

/// A field of a table.
#[derive(Clone, PartialEq)]
pub(super) struct FieldOf {
    pub table: Same<Table>,
    pub field: usize,
}

type Cell = Keyed<FieldOf, Result<Arc<Statistics>, Cancelled>>;

/// The statistics of fields.
#[derive(Default)]
pub(super) struct Facts(Vec<(FieldOf, Cell)>);

impl Facts {
    /// Starts what is missing, takes what is done, and forgets what nobody wants.
    pub fn want(&mut self, wanted: &[FieldOf], wake: &Wake) {
        self.0.retain_mut(|(field, cell)| {
            let keep = wanted.contains(field);
            if !keep {
                cell.forget();
            }
            keep
        });
        for field in wanted {
            if !self.0.iter().any(|(known, _)| known == field) {
                self.0.push((field.clone(), Cell::default()));
            }
            let found = self.0.iter_mut().find(|(known, _)| known == field);
            let Some((_, cell)) = found else { continue };
            cell.want(field.clone(), |field| {
                let (field, wake) = (field.clone(), wake.clone());
                Job::start(
                    "statistics",
                    move || wake(),
                    move |watch| {
                        Statistics::of(&field.table.0, field.field, None, watch).map(Arc::new)
                    },
                )
            });
        }
    }

    /// Those of a field, once they are there.
    pub fn of(&self, table: &Arc<Table>, field: usize) -> Option<&Arc<Statistics>> {
        let field = FieldOf { table: Same(table.clone()), field };
        let (_, cell) = self.0.iter().find(|(known, _)| *known == field)?;
        cell.of(&field)?.as_ref().ok()
    }

    /// How far the counting of a field is, 0 to 1; none while that is unknown.
    pub fn share_done(&self, table: &Arc<Table>, field: usize) -> Option<f32> {
        let field = FieldOf { table: Same(table.clone()), field };
        let (_, cell) = self.0.iter().find(|(known, _)| *known == field)?;
        cell.job()?.fraction()
    }

    pub fn is_busy(&self) -> bool {
        self.0.iter().any(|(_, cell)| cell.job().is_some())
    }
}

//! A dataset as one request sees it: at one moment, with its changes and the faults laid on it.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::clock::Moment;
use super::dataset::{Dataset, Field};
use super::edits::Edits;
use super::value::Row;

#[derive(Clone)]
pub struct View {
    pub dataset: Arc<Dataset>,
    pub edits: Arc<Edits>,
    pub moment: Moment,
    /// Fields under another name than they have: old, new.
    pub renamed: Vec<(String, String)>,
    /// By how much the told count is off.
    pub count_off: i64,
    /// The how manieth download this is.
    pub download: u64,
}

/// In what order the rows come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Always the same, so that pages fit together.
    Kept,
    /// Another one each download.
    OfDownload,
}

impl View {
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = self.dataset.fields.clone();
        for field in &mut fields {
            if let Some((_, new)) = self.renamed.iter().find(|(old, _)| *old == field.name) {
                field.name.clone_from(new);
                field.label.clone_from(new);
            }
        }
        fields
    }

    fn made(&self) -> usize {
        (self.dataset.count)(&self.moment)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        let made = self.made();
        made - self.edits.removed_below(made) + self.edits.added.len()
    }

    /// What the portal says there are of `count` rows: not always the truth.
    pub fn told(&self, count: usize) -> i64 {
        (i64::try_from(count).unwrap_or(i64::MAX) + self.count_off).max(0)
    }

    pub fn processed(&self) -> DateTime<Utc> {
        if self.dataset.live {
            return self.edits.processed(self.moment.now);
        }
        self.edits.processed(self.dataset.processed)
    }

    fn made_row(&self, row: usize) -> Row {
        let mut cells = (self.dataset.rows)(row, &self.moment);
        for (name, value) in self.edits.set_of(row) {
            let place = self.dataset.fields.iter().position(|field| field.name == *name);
            cells[place.unwrap_or_else(|| panic!("no field {name}"))] = value.clone();
        }
        cells
    }

    /// The rows with the place each was made at.
    pub fn rows(&self, order: Order) -> impl Iterator<Item = (usize, Row)> + '_ {
        let made = self.made();
        let (step, start) = match order {
            Order::Kept => (1, 0),
            Order::OfDownload => permutation(made, self.download),
        };
        let places = (0..made as u64)
            .map(move |at| ((at * step + start) % made as u64) as usize)
            .filter(|row| !self.edits.removes(*row))
            .map(|row| (row, self.made_row(row)));
        let added = self.edits.added.iter().enumerate();
        places.chain(added.map(move |(at, row)| (made + at, row.clone())))
    }

    /// One row by the place that [`rows`](Self::rows) tells.
    pub fn row(&self, place: usize) -> Row {
        match place.checked_sub(self.made()) {
            Some(added) => self.edits.added[added].clone(),
            None => self.made_row(place),
        }
    }
}

/// A step that shares no factor with the count, and a start: together every place, once each.
fn permutation(count: usize, download: u64) -> (u64, u64) {
    let count = count.max(1) as u64;
    let step = [7919, 104_729, 611_953, 15_485_863]
        .into_iter()
        .find(|prime| !count.is_multiple_of(*prime));
    (step.unwrap_or(1), (download + 1).wrapping_mul(2_654_435_761) % count)
}

//! What is under the bars, of all their rows or of those selected.

use super::{Bars, RUN, STRIDE, place};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::{RowSet, Table};

/// What is under a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many rows.
    pub rows: u64,
    /// How many of them have the number that is added up.
    pub numbers: u64,
    /// That number, added up.
    pub sum: f64,
    /// What rounding took from the sum (Neumaier, ZAMM 54, 1974).
    lost: f64,
}

impl Tally {
    /// The sum divided by how many numbers there are; none without any.
    #[expect(clippy::cast_precision_loss, reason = "a mean is rounded")]
    pub fn mean(&self) -> Option<f64> {
        (self.numbers > 0).then(|| self.sum / self.numbers as f64)
    }

    fn add(&mut self, number: f64) {
        let next = self.sum + number;
        self.lost += if self.sum.abs() >= number.abs() {
            (self.sum - next) + number
        } else {
            (number - next) + self.sum
        };
        self.sum = next;
    }

    fn join(&mut self, other: &Tally) {
        self.rows += other.rows;
        self.numbers += other.numbers;
        self.add(other.sum);
        self.lost += other.lost;
    }

    fn whole(mut self) -> Tally {
        if self.sum.is_finite() && self.lost.is_finite() {
            self.sum += self.lost;
        }
        self.lost = 0.0;
        self
    }
}

impl Bars {
    /// Counts the rows under each bar, of all or of some; adds up a field of numbers where one is
    /// given. On all cores; the same sums however the rows are shared among them.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn tally(
        &self,
        table: &Table,
        number: Option<usize>,
        only: Option<&RowSet>,
        watch: &Watch,
    ) -> Result<Vec<Tally>, Cancelled> {
        let starts: Vec<usize> = (0..self.rows.len()).step_by(RUN).collect();
        let runs = in_parallel(starts, |start| {
            let mut run = vec![Tally::default(); self.bars.len()];
            let rows = self.rows.iter().enumerate().skip(start).take(RUN);
            for (row, bar) in rows {
                if row.is_multiple_of(STRIDE) {
                    watch.check()?;
                }
                let Some(tally) = run.get_mut(usize::from(*bar)) else { continue };
                if only.is_some_and(|only| !only.contains(row)) {
                    continue;
                }
                tally.rows += 1;
                if let Some(found) = number.and_then(|field| place(table.value(row, field))) {
                    tally.numbers += 1;
                    tally.add(found);
                }
            }
            Ok(run)
        });
        let mut all = vec![Tally::default(); self.bars.len()];
        for run in runs {
            all.iter_mut().zip(&run?).for_each(|(all, run)| all.join(run));
        }
        Ok(all.into_iter().map(Tally::whole).collect())
    }
}

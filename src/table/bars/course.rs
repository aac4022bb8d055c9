//! A number in the course of time, a line for each thing it is told of: free places of car parks,
//! the versions of an object.

use std::collections::HashMap;

use super::scatter::share;
use super::{Axis, STRIDE, place};
use crate::jobs::{Cancelled, Watch};
use crate::table::{RowSet, Table};

/// A line has so many points at most; with more rows its points are means of equal steps of time.
pub const MOST_STEPS: usize = 600;

/// A number of some rows in the course of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The fields, by position: the time, the number.
    pub fields: [usize; 2],
    /// How the two are written.
    pub axes: [Axis; 2],
    /// The earliest and the latest, the least and the greatest of what is drawn.
    pub ends: [[f64; 2]; 2],
    /// How many rows have both.
    pub rows: u64,
    /// How many lack one of them.
    pub without: u64,
    /// A line for each value of the field they are told apart by, those of most rows first; one in
    /// all without such a field.
    pub lines: Vec<CourseLine>,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseLine {
    /// Its rows, the earliest first; of one moment in the order of the table.
    pub rows: Vec<u32>,
    /// Moments and numbers, the earliest first.
    pub points: Vec<[f64; 2]>,
    /// Whether points are means of several rows.
    pub is_mean: bool,
}

impl Course {
    /// Follows a number. `by` is the field that tells the lines apart. None where the first field is
    /// not of time, the second has no numbers, or no row has both.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of(
        table: &Table,
        fields: [usize; 2],
        by: Option<usize>,
        rows: Option<&RowSet>,
        watch: &Watch,
    ) -> Result<Option<Course>, Cancelled> {
        let axis = |at: usize| table.fields.get(at).and_then(|field| Axis::of(field.kind));
        let (Some(time), Some(number)) = (axis(fields[0]), axis(fields[1])) else {
            return Ok(None);
        };
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut lines: Vec<Vec<(u32, [f64; 2])>> = Vec::new();
        let (mut count, mut without) = (0, 0);
        let is_meant = |row: &u32| rows.is_none_or(|rows| rows.contains(*row as usize));
        let all = u32::try_from(table.rows()).unwrap_or(u32::MAX);
        for row in (0..all).filter(is_meant) {
            let at = row as usize;
            if at.is_multiple_of(STRIDE) {
                watch.check()?;
            }
            let [time, number] = fields.map(|field| place(table.value(at, field)));
            let Some(point) = time.zip(number) else {
                without += 1;
                continue;
            };
            count += 1;
            let name = by.map(|by| table.value(at, by).to_data_text()).unwrap_or_default();
            let line = *numbers.entry(name).or_insert_with(|| {
                lines.push(Vec::new());
                lines.len() - 1
            });
            if let Some(line) = lines.get_mut(line) {
                line.push((row, point.into()));
            }
        }
        if count == 0 {
            return Ok(None);
        }
        // Of as many rows the first in the table stays first.
        lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
        let spans = lines.iter().flatten().map(|(_, [time, _])| *time);
        let span = around(spans);
        let mut made = Vec::with_capacity(lines.len());
        for line in lines {
            watch.check()?;
            made.push(CourseLine::of(line, span));
        }
        let drawn = || made.iter().flat_map(|line| &line.points);
        let ends = [around(drawn().map(|[time, _]| *time)), around(drawn().map(|[_, up]| *up))];
        let axes = [time, number];
        Ok(Some(Course { fields, axes, ends, rows: count, without, lines: made }))
    }

    /// The rows of a line.
    pub fn rows_of(&self, table: &Table, line: usize) -> RowSet {
        let rows = self.lines.get(line).into_iter().flat_map(|line| &line.rows);
        RowSet::of(table.rows(), rows.map(|row| *row as usize))
    }

    /// The rows of all lines in a stretch of time, ends included.
    pub fn rows_within(&self, table: &Table, [from, to]: [f64; 2]) -> RowSet {
        let rows = self.lines.iter().flat_map(|line| &line.rows).map(|row| *row as usize);
        let is_within = |row: &usize| {
            place(table.value(*row, self.fields[0])).is_some_and(|at| (from..=to).contains(&at))
        };
        RowSet::of(table.rows(), rows.filter(is_within))
    }
}

/// The least and the greatest.
fn around(numbers: impl Iterator<Item = f64>) -> [f64; 2] {
    numbers
        .fold([f64::INFINITY, f64::NEG_INFINITY], |[least, most], at| [least.min(at), most.max(at)])
}

impl CourseLine {
    fn of(mut readings: Vec<(u32, [f64; 2])>, span: [f64; 2]) -> CourseLine {
        readings.sort_by(|(_, a), (_, b)| a[0].total_cmp(&b[0]));
        let is_mean = readings.len() > MOST_STEPS;
        let points = if is_mean {
            means(&readings, span)
        } else {
            readings.iter().map(|(_, at)| *at).collect()
        };
        let rows = readings.into_iter().map(|(row, _)| row).collect();
        CourseLine { rows, points, is_mean }
    }

    /// The number at a moment: that of the reading before it. None before the first.
    pub fn at(&self, time: f64) -> Option<f64> {
        let before = self.points.partition_point(|[at, _]| *at <= time);
        before.checked_sub(1).and_then(|at| self.points.get(at)).map(|[_, number]| *number)
    }
}

/// Means of equal steps of time, at the mean of their moments; steps without a reading have none.
fn means(readings: &[(u32, [f64; 2])], span: [f64; 2]) -> Vec<[f64; 2]> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a small number of steps"
    )]
    let step = |time: f64| (share(time, span) * MOST_STEPS as f64) as usize;
    let of_step = readings.chunk_by(|(_, a), (_, b)| step(a[0]) == step(b[0]));
    let mean = |step: &[(u32, [f64; 2])]| {
        // Mean by mean: sums of large numbers lose digits, or overflow.
        let mut mean = [0.0; 2];
        let mut count = 0.0;
        for (_, at) in step {
            count += 1.0;
            for (mean, at) in mean.iter_mut().zip(at) {
                *mean += (at - *mean) / count;
            }
        }
        mean
    };
    of_step.map(mean).collect()
}

//! What a check found, by kind.

use std::ops::Range;

use super::kind::{Kind, Severity};
use crate::i18n::Message;

/// What a finding is about beside its own feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum With {
    /// Nothing.
    Nothing,
    /// Another row, which it is like.
    Row(u32),
    /// Another row that it overlaps with, and the area of the overlap: square metres on the
    /// ellipsoid, or in the units of the coordinates where the CRS is not known.
    Overlap(u32, f64),
}

impl With {
    /// The other row.
    pub fn row(self) -> Option<usize> {
        match self {
            With::Nothing => None,
            With::Row(row) | With::Overlap(row, _) => Some(row as usize),
        }
    }
}

/// Something found in a feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// The row of the table.
    pub row: u32,
    /// Where, in the coordinates of the table; none where there is no place to show. Where it is
    /// in several places, the first of them.
    pub at: Option<[f64; 2]>,
    /// In how many places of the feature, where they are not told one by one.
    pub times: u32,
    /// With which other feature.
    pub with: With,
}

/// How much of one kind was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The kind.
    pub kind: Kind,
    /// How many features.
    pub rows: u64,
    /// How many places.
    pub places: u64,
    range: Range<usize>,
}

/// What a check of a table found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The rows looked at.
    pub rows: u64,
    /// How many rows are not valid.
    pub invalid_rows: u64,
    /// Whether overlaps between features were looked for.
    pub with_overlaps: bool,
    /// Pairs of features whose overlap could not be computed.
    pub pairs_left_out: u64,
    findings: Vec<Finding>,
    groups: Vec<Group>,
}

impl Report {
    /// Puts findings in order: by kind, then row.
    pub(super) fn new(rows: usize, mut findings: Vec<Finding>) -> Report {
        findings.sort_by_key(|finding| (finding.kind, finding.row));
        let mut groups = Vec::new();
        let mut start = 0;
        for group in findings.chunk_by(|a, b| a.kind == b.kind) {
            let end = start + group.len();
            let Some(first) = group.first() else { continue };
            let rows = group.chunk_by(|a, b| a.row == b.row).count() as u64;
            let places = group.iter().map(|finding| u64::from(finding.times)).sum();
            groups.push(Group { kind: first.kind, rows, places, range: start..end });
            start = end;
        }
        let is_invalid = |finding: &&Finding| finding.kind.severity() == Severity::Invalid;
        let mut invalid: Vec<u32> = findings.iter().filter(is_invalid).map(|f| f.row).collect();
        invalid.sort_unstable();
        invalid.dedup();
        Report {
            rows: rows as u64,
            invalid_rows: invalid.len() as u64,
            with_overlaps: false,
            pairs_left_out: 0,
            findings,
            groups,
        }
    }

    /// What was found, by kind, the worst first.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The findings of a group, by row.
    pub fn of(&self, group: &Group) -> &[Finding] {
        self.findings.get(group.range.clone()).unwrap_or_default()
    }

    /// The findings of a kind, by row.
    pub fn of_kind(&self, kind: Kind) -> &[Finding] {
        let group = self.groups.iter().find(|group| group.kind == kind);
        group.map(|group| self.of(group)).unwrap_or_default()
    }

    /// All findings, by kind and row.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether nothing is invalid or doubtful.
    pub fn is_clean(&self) -> bool {
        self.groups.iter().all(|group| group.kind.severity() == Severity::Note)
    }

    /// How many places of a severity.
    pub fn places(&self, severity: Severity) -> u64 {
        let groups = self.groups.iter().filter(|group| group.kind.severity() == severity);
        groups.map(|group| group.places).sum()
    }
}

impl Group {
    /// How many: "3 places in 2 features".
    pub fn count(&self) -> Message {
        if self.places == self.rows {
            Message::new("check-count").count("rows", self.rows)
        } else {
            Message::new("check-count-places").count("places", self.places).count("rows", self.rows)
        }
    }
}

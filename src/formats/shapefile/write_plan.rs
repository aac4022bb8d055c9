//! What a table becomes as shapefiles: which files, which shapes, and what that changes.

use std::ops::Range;

use super::write_dbf::FieldPlan;
use crate::formats::pieces::all_runs;
use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{Extent, GeometryKind, GeometryRef, PartKind, PartRef, RingRef, Table};

/// The name of the field that is added where a table has none.
pub(super) const ROW_FIELD: &str = "rij";

/// Everything decided before the first byte is written.
pub(super) struct Plan {
    pub(super) fields: Vec<FieldPlan>,
    /// One for each geometry type that occurs; one without type where no row has a place.
    pub(super) files: Vec<FilePlan>,
    /// What will be dropped or changed.
    pub(super) problems: Problems,
}

/// One .shp with its companions.
pub(super) struct FilePlan {
    /// What its parts are; none for null shapes only.
    pub(super) kind: Option<PartKind>,
    pub(super) rows: Vec<usize>,
    /// Points are written as MultiPoint.
    pub(super) multi: bool,
    pub(super) z: bool,
    pub(super) m: bool,
    pub(super) extent: Option<Extent>,
    pub(super) z_range: [f64; 2],
    pub(super) m_range: [f64; 2],
}

impl FilePlan {
    fn new(kind: Option<PartKind>) -> FilePlan {
        FilePlan {
            kind,
            rows: Vec::new(),
            multi: false,
            z: false,
            m: false,
            extent: None,
            z_range: [0.0; 2],
            m_range: [0.0; 2],
        }
    }

    /// What the file's name gets where a table needs several.
    pub(super) fn suffix(&self) -> &'static str {
        match self.kind {
            Some(PartKind::Point) => "_points",
            Some(PartKind::Line) => "_lines",
            Some(PartKind::Polygon) => "_polygons",
            None => "",
        }
    }

    /// The number of the shape type.
    pub(super) fn shape_type(&self) -> i32 {
        let base = match self.kind {
            None => return 0,
            Some(PartKind::Point) if self.multi => 8,
            Some(PartKind::Point) => 1,
            Some(PartKind::Line) => 3,
            Some(PartKind::Polygon) => 5,
        };
        match (self.z, self.m) {
            (true, _) => base + 10,
            (false, true) => base + 20,
            (false, false) => base,
        }
    }

    /// The parts of a row that belong in this file.
    pub(super) fn parts<'a>(&self, row: GeometryRef<'a>) -> impl Iterator<Item = PartRef<'a>> {
        let kind = self.kind;
        let mine = row.parts().filter(move |part| Some(part.kind()) == kind);
        mine.filter(|part| !part.first_ring().xy().is_empty())
    }

    /// The rings of those parts; whether each is a hole.
    pub(super) fn rings<'a>(
        &self,
        row: GeometryRef<'a>,
    ) -> impl Iterator<Item = (bool, RingRef<'a>)> {
        self.parts(row).flat_map(|part| part.rings().enumerate().map(|(at, ring)| (at > 0, ring)))
    }

    /// Looks at what its rows hold.
    fn measure(&mut self, table: &Table, problems: &mut Problems) {
        let Some(geometry) = &table.geometry else { return };
        let mut all = Measured::default();
        let file = &*self;
        let measure = |run| {
            let mut some = Measured::default();
            for row in file.rows.get::<Range<usize>>(run).unwrap_or_default() {
                some.add(file, geometry.row(*row));
            }
            some
        };
        all_runs(self.rows.len(), measure, |some| all.append(&some));
        self.multi = all.multi;
        self.extent = all.extent;
        (self.z, self.m) = (all.z.is_some(), all.m.is_some());
        self.z_range = all.z.unwrap_or_default();
        self.m_range = all.m.unwrap_or_default();
        if self.z {
            problems.add("problem-shapefile-no-height", all.no_height);
            if all.no_height > 0 {
                self.z_range = [self.z_range[0].min(0.0), self.z_range[1].max(0.0)];
            }
        }
        if self.multi {
            problems.add("problem-shapefile-points-as-multipoint", all.points);
        }
        problems.add("problem-ring-closed", all.closed);
        problems.add("problem-shapefile-short-ring", all.short);
    }
}

/// What some rows hold.
#[derive(Default)]
struct Measured {
    multi: bool,
    extent: Option<Extent>,
    z: Option<[f64; 2]>,
    m: Option<[f64; 2]>,
    /// Positions without height.
    no_height: u64,
    /// Rows that are one point.
    points: u64,
    /// Rings to be closed.
    closed: u64,
    /// Rings of fewer positions than a ring has.
    short: u64,
}

impl Measured {
    fn add(&mut self, file: &FilePlan, row: GeometryRef<'_>) {
        let parts = file.parts(row).count();
        let is_points = file.kind == Some(PartKind::Point);
        self.multi |= is_points && (parts > 1 || row.kind() == GeometryKind::MultiPoint);
        self.points += u64::from(parts == 1 && row.kind() == GeometryKind::Point);
        for (_, ring) in file.rings(row) {
            self.widen_extent(Extent::of_points(ring.xy()));
            widen(&mut self.z, ring.z());
            widen(&mut self.m, ring.m());
            self.no_height += ring.z().iter().filter(|z| z.is_nan()).count() as u64;
            if file.kind == Some(PartKind::Polygon) {
                let open = ring.xy().first() != ring.xy().last();
                self.closed += u64::from(open);
                self.short += u64::from(ring.xy().len() + usize::from(open) < 4);
            }
        }
    }

    fn widen_extent(&mut self, extent: Option<Extent>) {
        self.extent = match (self.extent, extent) {
            (Some(a), Some(b)) => Some(a.union(b)),
            (a, b) => a.or(b),
        };
    }

    fn append(&mut self, other: &Measured) {
        self.multi |= other.multi;
        self.widen_extent(other.extent);
        widen(&mut self.z, other.z.as_slice().as_flattened());
        widen(&mut self.m, other.m.as_slice().as_flattened());
        self.no_height += other.no_height;
        self.points += other.points;
        self.closed += other.closed;
        self.short += other.short;
    }
}

fn widen(range: &mut Option<[f64; 2]>, values: &[f64]) {
    for value in values.iter().filter(|value| !value.is_nan()) {
        let [low, high] = range.unwrap_or([*value; 2]);
        *range = Some([low.min(*value), high.max(*value)]);
    }
}

impl Plan {
    /// Looks at the whole table.
    pub(super) fn of(table: &Table) -> Plan {
        let mut problems = Problems::new();
        let fields = FieldPlan::all(table, &mut problems);
        let mut files = Vec::new();
        if table.geometry.is_some() {
            files = split(table, &mut problems);
            for file in &mut files {
                file.measure(table, &mut problems);
            }
            if table.crs.is_none() {
                problems.add("problem-shapefile-no-crs", 1);
            }
        } else {
            problems.add("problem-shapefile-table-only", 1);
        }
        if files.len() > 1 {
            let names: Vec<&str> = files.iter().map(FilePlan::suffix).collect();
            let args = vec![("names", Arg::Text(names.join(", ")))];
            problems.report("problem-shapefile-split", 1, args, None);
        }
        if table.ids.is_some() {
            problems.add("problem-shapefile-ids", 1);
        }
        Plan { fields, files, problems }
    }
}

/// Which rows hold parts of which kind.
#[derive(Default)]
struct Split {
    /// One for each of [`KINDS`].
    rows: [Vec<usize>; 3],
    without: Vec<usize>,
    problems: Problems,
}

const KINDS: [PartKind; 3] = [PartKind::Point, PartKind::Line, PartKind::Polygon];

impl Split {
    fn add(&mut self, number: usize, row: GeometryRef<'_>) {
        let has = |kind: PartKind| {
            row.parts().any(|part| part.kind() == kind && !part.first_ring().xy().is_empty())
        };
        let mut kinds = 0;
        for (rows, kind) in self.rows.iter_mut().zip(KINDS) {
            if has(kind) {
                rows.push(number);
                kinds += 1;
            }
        }
        if row.kind() == GeometryKind::GeometryCollection && kinds > 0 {
            let id = if kinds > 1 {
                "problem-shapefile-collection-split"
            } else {
                "problem-shapefile-collection-flattened"
            };
            self.problems.at(id, Place::Row(number as u64 + 1));
        }
        if kinds == 0 {
            self.without.push(number);
        }
    }
}

/// Which rows go to which file. Rows without place go to the first.
fn split(table: &Table, problems: &mut Problems) -> Vec<FilePlan> {
    let mut all = Split::default();
    if let Some(geometry) = &table.geometry {
        let split = |run: Range<usize>| {
            let mut some = Split::default();
            run.for_each(|number| some.add(number, geometry.row(number)));
            some
        };
        all_runs(geometry.len(), split, |some| {
            for (mine, theirs) in all.rows.iter_mut().zip(some.rows) {
                mine.extend(theirs);
            }
            all.without.extend(some.without);
            problems.extend(some.problems);
        });
    }
    let found = all.rows.into_iter().zip(KINDS).filter(|(rows, _)| !rows.is_empty());
    let mut files: Vec<FilePlan> =
        found.map(|(rows, kind)| FilePlan { rows, ..FilePlan::new(Some(kind)) }).collect();
    if files.is_empty() {
        files.push(FilePlan::new(None));
    }
    if let Some(first) = files.first_mut().filter(|_| !all.without.is_empty()) {
        first.rows.extend(all.without);
        first.rows.sort_unstable();
    }
    files
}

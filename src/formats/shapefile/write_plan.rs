//! What a table becomes as shapefiles: which files, which shapes, and what that changes.

use super::write_dbf::FieldPlan;
use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{Extent, GeometryColumn, GeometryKind, GeometryRef, PartKind, PartRef, Table};

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
    pub(super) fn parts<'a>(&self, row: GeometryRef<'a>) -> Vec<PartRef<'a>> {
        let mine = row.parts().filter(|part| Some(part.kind()) == self.kind);
        mine.filter(|part| !part.first_ring().xy().is_empty()).collect()
    }

    /// Looks at what its rows hold.
    fn measure(&mut self, table: &Table, problems: &mut Problems) {
        let Some(geometry) = &table.geometry else { return };
        let parts = |plan: &FilePlan, row: usize| plan.parts(geometry.row(row));
        self.multi = self.kind == Some(PartKind::Point)
            && self.rows.iter().any(|row| {
                parts(self, *row).len() > 1 || geometry.row(*row).kind() == GeometryKind::MultiPoint
            });
        let (mut z_seen, mut m_seen): (Option<[f64; 2]>, Option<[f64; 2]>) = (None, None);
        let (mut no_height, mut points, mut closed, mut short) = (0, 0, 0, 0);
        for row in &self.rows {
            let parts = parts(self, *row);
            points +=
                u64::from(parts.len() == 1 && geometry.row(*row).kind() == GeometryKind::Point);
            for ring in parts.iter().flat_map(PartRef::rings) {
                let extent = Extent::of_points(ring.xy());
                self.extent = match (self.extent, extent) {
                    (Some(a), Some(b)) => Some(a.union(b)),
                    (a, b) => a.or(b),
                };
                widen(&mut z_seen, ring.z());
                widen(&mut m_seen, ring.m());
                no_height += ring.z().iter().filter(|z| z.is_nan()).count() as u64;
                if self.kind == Some(PartKind::Polygon) {
                    let open = ring.xy().first() != ring.xy().last();
                    closed += u64::from(open);
                    short += u64::from(ring.xy().len() + usize::from(open) < 4);
                }
            }
        }
        (self.z, self.m) = (z_seen.is_some(), m_seen.is_some());
        self.z_range = z_seen.unwrap_or_default();
        self.m_range = m_seen.unwrap_or_default();
        if self.z {
            problems.add("problem-shapefile-no-height", no_height);
            if no_height > 0 {
                self.z_range = [self.z_range[0].min(0.0), self.z_range[1].max(0.0)];
            }
        }
        if self.multi {
            problems.add("problem-shapefile-points-as-multipoint", points);
        }
        problems.add("problem-ring-closed", closed);
        problems.add("problem-shapefile-short-ring", short);
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

/// Which rows go to which file. Rows without place go to the first.
fn split(table: &Table, problems: &mut Problems) -> Vec<FilePlan> {
    let mut files: Vec<FilePlan> = Vec::new();
    let mut without = Vec::new();
    for (number, row) in table.geometry.iter().flat_map(GeometryColumn::iter).enumerate() {
        let mut kinds: Vec<PartKind> = row
            .parts()
            .filter(|part| !part.first_ring().xy().is_empty())
            .map(|part| part.kind())
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        if row.kind() == GeometryKind::GeometryCollection && !kinds.is_empty() {
            let several = kinds.len() > 1;
            let id = if several {
                "problem-shapefile-collection-split"
            } else {
                "problem-shapefile-collection-flattened"
            };
            problems.at(id, Place::Row(number as u64 + 1));
        }
        if kinds.is_empty() {
            without.push(number);
        }
        for kind in kinds {
            let known = files.iter().position(|file| file.kind == Some(kind));
            let at = known.unwrap_or_else(|| {
                files.push(FilePlan::new(Some(kind)));
                files.len() - 1
            });
            if let Some(file) = files.get_mut(at) {
                file.rows.push(number);
            }
        }
    }
    files.sort_by_key(|file| file.kind);
    if files.is_empty() {
        files.push(FilePlan::new(None));
    }
    if let Some(first) = files.first_mut().filter(|_| !without.is_empty()) {
        first.rows.extend(without);
        first.rows.sort_unstable();
    }
    files
}

//! Writes the rows of a layer: geometries are encoded on all cores, SQLite takes them on one.

use std::ops::Range;

use rusqlite::Connection;
use rusqlite::types::{Null, ToSqlOutput, ValueRef};

use super::plan::{GeometryPlan, LayerPlan, is_writable};
use crate::formats::geopackage::blob::push_header;
use crate::formats::geopackage::listing::quoted;
use crate::formats::pieces::each_run;
use crate::formats::wkb;
use crate::jobs::{Cancelled, Watch};
use crate::table::{GeometryKind, GeometryRef};

/// Why a layer cannot be written.
#[derive(Debug)]
pub(super) enum WriteFail {
    Sqlite(rusqlite::Error),
    Cancelled,
}

impl From<rusqlite::Error> for WriteFail {
    fn from(error: rusqlite::Error) -> WriteFail {
        WriteFail::Sqlite(error)
    }
}

impl From<Cancelled> for WriteFail {
    fn from(_: Cancelled) -> WriteFail {
        WriteFail::Cancelled
    }
}

/// Geometries of some rows one after another.
#[derive(Default)]
struct Encoded {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Encoded {
    /// One for each row of a run; nothing for a row without geometry.
    fn of(geometry: &GeometryPlan<'_>, srs: i32, rows: Range<usize>) -> Encoded {
        let mut made = Encoded {
            bytes: Vec::with_capacity(rows.len() * 32),
            ends: Vec::with_capacity(rows.len()),
        };
        for row in rows {
            made.push(geometry.column.row(row), srs);
            made.ends.push(made.bytes.len());
        }
        made
    }

    fn push(&mut self, row: GeometryRef<'_>, srs: i32) {
        if row.kind() == GeometryKind::Null || !is_writable(row) {
            return;
        }
        let extent = row.extent();
        let is_point = row.kind() == GeometryKind::Point;
        let header = extent.filter(|_| !is_point).map(|extent| extent.as_array());
        push_header(&mut self.bytes, srs, header, extent.is_none());
        wkb::write(row, &mut self.bytes);
    }

    fn get(&self, at: usize) -> Option<&[u8]> {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before).copied());
        let bytes = self.bytes.get(start.unwrap_or_default()..*self.ends.get(at)?)?;
        (!bytes.is_empty()).then_some(bytes)
    }
}

/// Writes all rows of a layer into its table.
pub(super) fn write(
    connection: &Connection,
    plan: &LayerPlan<'_>,
    srs: i32,
    watch: &Watch,
) -> Result<(), WriteFail> {
    let count = 1 + usize::from(plan.geometry.is_some()) + plan.columns.len();
    let places: Vec<String> = (1..=count).map(|place| format!("?{place}")).collect();
    let sql = format!("INSERT INTO {} VALUES ({})", quoted(&plan.name), places.join(", "));
    let mut statement = connection.prepare(&sql)?;
    let make = |rows: Range<usize>| {
        watch.check()?;
        let encoded =
            plan.geometry.as_ref().map(|geometry| Encoded::of(geometry, srs, rows.clone()));
        Ok((rows, encoded))
    };
    each_run(plan.table.rows(), make, |(rows, encoded)| {
        watch.check()?;
        watch.advance(rows.len() as u64);
        for (at, row) in rows.enumerate() {
            statement.raw_bind_parameter(1, plan.key_of(row))?;
            let mut parameter = 2;
            if let Some(encoded) = &encoded {
                match encoded.get(at) {
                    Some(bytes) => {
                        let blob = ToSqlOutput::Borrowed(ValueRef::Blob(bytes));
                        statement.raw_bind_parameter(parameter, blob)?;
                    }
                    None => statement.raw_bind_parameter(parameter, Null)?,
                }
                parameter += 1;
            }
            for (parameter, column) in (parameter..).zip(&plan.columns) {
                column.values.bind(&mut statement, parameter, row)?;
            }
            statement.raw_execute()?;
        }
        Ok(())
    })
}

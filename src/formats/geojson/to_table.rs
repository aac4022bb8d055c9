//! The table of what was read.

use std::path::Path;

use arrow_array::Array;

use super::crs_member;
use super::pieces::Found;
use super::rows::Rows;
use crate::formats::ReadOptions;
use crate::formats::open::stem_of;
use crate::i18n::{Arg, Message};
use crate::jobs::in_parallel;
use crate::problem::FileError;
use crate::table::{Field, Origin, Table, TooMuchText};

/// The table of what was read.
///
/// # Errors
/// When there is more text or there are more coordinates than a table holds.
pub(in crate::formats) fn table_of(
    Found { rows, root }: Found,
    path: &Path,
    encoding: &str,
    options: &ReadOptions,
) -> Result<Table, FileError> {
    let too_much_text = |_: TooMuchText| {
        let what = Message::new("error-too-much-text");
        FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
    };
    let Rows { geometry, with_geometry, columns, ids, count, mut problems, .. } = rows;
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    let finished = in_parallel(columns, |column| {
        let (mixed, long) = (column.values.mixed(), column.values.long_integers());
        let made = match options.told(&column.name) {
            Some(told) => column.values.finish_as(count, told),
            None => column.values.finish(count, true),
        };
        (column.name, mixed, long, made)
    });
    for (name, mixed, long, made) in finished {
        let field = vec![("field", Arg::Text(name.clone()))];
        problems.report("problem-mixed-kinds", mixed, field.clone(), None);
        problems.report("problem-long-integer", long, field, None);
        let (kind, array) = made.map_err(too_much_text)?;
        fields.push(Field::new(name, kind));
        arrays.push(array);
    }
    let geometry = geometry.finish().map_err(|_| {
        let what = Message::new("error-too-many-coordinates");
        FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
    })?;
    let geometry = with_geometry.then_some(geometry);
    let crs = geometry.as_ref().and_then(|geometry| {
        crs_member::decide(root.crs, geometry.xy(), options.crs.as_ref(), &mut problems)
    });
    let name = root.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| stem_of(path));
    let table = Table::new(name, count, fields, arrays, geometry);
    let mut table = table.map_err(|defect| {
        FileError::new(path, Message::new("error-defect").text("detail", defect.to_string()))
    })?;
    if !ids.is_empty() {
        let (_, ids) = ids.finish(count, false).map_err(too_much_text)?;
        // Identifiers are whole numbers or text; all null is none.
        table.ids = (ids.null_count() < ids.len()).then_some(ids);
    }
    table.crs = crs;
    table.origin = Origin {
        path: path.to_owned(),
        encoding: Some(encoding.to_owned()),
        format: super::FORMAT.id,
        note: root.note,
        problems,
        ..Origin::default()
    };
    Ok(table)
}

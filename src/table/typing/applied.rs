//! Fields of a table read as a person says they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use arrow_array::StringArray;
use arrow_array::cast::AsArray;

use super::examples::misfits;
use super::{ReadAs, Typed, typed};
use crate::i18n::Arg;
use crate::jobs::{Cancelled, Watch};
use crate::problem::{Place, Problems};
use crate::table::{ColumnBuilder, FieldKind, Table, TooMuchText};

/// How many places of values that are not read are told.
const PLACES: usize = 5;
/// How many of these values are told themselves.
const TOLD: usize = 3;

/// The values of a column (by position) as texts: as they stand where they are text, else as data
/// ([`super::super::Value::to_data_text`]).
///
/// # Errors
/// When that is more text than a column holds.
pub fn texts_of(table: &Table, column: usize) -> Result<Cow<'_, StringArray>, TooMuchText> {
    let array = table.columns.get(column);
    if let Some(texts) = array.and_then(|array| array.as_string_opt::<i32>()) {
        return Ok(Cow::Borrowed(texts));
    }
    let mut builder = ColumnBuilder::new();
    for row in 0..table.rows() {
        let value = table.value(row, column);
        if value.is_null() {
            builder.push_null();
        } else {
            builder.push_text(&value.to_data_text());
        }
    }
    let (_, array) = builder.finish(table.rows(), false)?;
    let texts = array.as_string_opt::<i32>().cloned();
    Ok(Cow::Owned(texts.unwrap_or_else(|| StringArray::new_null(table.rows()))))
}

/// Reads fields of a table, by name, as a person says. What cannot be read is empty afterwards and
/// counted among the problems of the table; names that it does not have are passed over.
///
/// # Errors
/// When the person cancelled; some fields may be read then.
pub fn read_fields(
    table: &mut Table,
    fields: &BTreeMap<String, ReadAs>,
    watch: &Watch,
) -> Result<(), Cancelled> {
    for (name, read_as) in fields {
        watch.check()?;
        let Some(column) = table.field_index(name) else { continue };
        let made = texts_of(table, column).map(|texts| made_of(&texts, *read_as, name));
        let Ok((kind, array, problems)) = made else {
            let field = vec![("field", Arg::Text(name.clone()))];
            table.origin.problems.report("problem-read-as-too-much", 1, field, None);
            continue;
        };
        if let (Some(field), Some(values)) =
            (table.fields.get_mut(column), table.columns.get_mut(column))
        {
            field.kind = kind;
            *values = array;
            table.origin.problems.extend(problems);
        }
    }
    Ok(())
}

fn made_of(
    texts: &StringArray,
    read_as: ReadAs,
    name: &str,
) -> (FieldKind, arrow_array::ArrayRef, Problems) {
    let mut problems = Problems::new();
    let Some(Typed { kind, array, fit, rounded, in_utc, zeros }) = typed(texts, read_as) else {
        return (FieldKind::Text, std::sync::Arc::new(texts.clone()), problems);
    };
    let field = || vec![("field", Arg::Text(name.to_owned()))];
    problems.report("problem-read-as-no-value", fit.no_value, field(), None);
    problems.report("problem-read-as-zeros", zeros, field(), None);
    problems.report("problem-read-as-rounded", rounded, field(), None);
    problems.report("problem-read-as-utc", in_utc, field(), None);
    let places = misfits(texts, &array, PLACES);
    let told = places.iter().take(TOLD).map(|misfit| format!("“{}”", misfit.text));
    let mut values = told.collect::<Vec<_>>().join(", ");
    if places.len() > TOLD {
        values.push_str(", …");
    }
    let mut args = field();
    args.push(("values", Arg::Text(values)));
    let id = misfit_problem(read_as);
    // One with each place, the rest with none.
    let placed = u64::try_from(places.len()).unwrap_or(u64::MAX);
    for misfit in &places {
        problems.report(id, 1, args.clone(), Some(Place::Row(misfit.row)));
    }
    problems.report(id, fit.misfits.saturating_sub(placed), args, None);
    (kind, array, problems)
}

fn misfit_problem(read_as: ReadAs) -> &'static str {
    match read_as {
        ReadAs::Number | ReadAs::NumberPoint | ReadAs::NumberComma => "problem-read-as-number",
        ReadAs::Integer => "problem-read-as-integer",
        ReadAs::Boolean => "problem-read-as-boolean",
        ReadAs::DateTime => "problem-read-as-datetime",
        // Text has none.
        _ => "problem-read-as-date",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Array, Int64Array};

    use super::*;
    use crate::i18n::Language;
    use crate::table::Field;

    fn read(values: &[&str], read_as: ReadAs) -> (Table, Vec<String>) {
        let array = Arc::new(StringArray::from(values.to_vec()));
        let fields = vec![Field::new("x", FieldKind::Text)];
        let mut table = Table::new("t", values.len(), fields, vec![array], None).unwrap();
        let fields = BTreeMap::from([("x".to_owned(), read_as), ("y".to_owned(), ReadAs::Text)]);
        read_fields(&mut table, &fields, &Watch::unwatched()).unwrap();
        let texts = table.origin.problems.iter().map(|problem| problem.text(Language::English));
        let texts = texts.collect();
        (table, texts)
    }

    #[test]
    fn what_is_not_read_is_counted_with_its_rows() {
        let (table, problems) = read(&["1,5", "abc", "-", "2", "abc", "x"], ReadAs::Number);
        assert_eq!((table.fields[0].kind, table.columns[0].null_count()), (FieldKind::Number, 4));
        assert_eq!(
            problems,
            [
                "Field “x”: 1 value that says “nothing”, such as “-” or “?”, was read as empty",
                "Field “x”: 3 values are no number and are empty now: “abc”, “x” (row 2; row 6; …)",
            ]
        );
        let (_, problems) = read(&["1", "1,5"], ReadAs::Integer);
        assert_eq!(
            problems,
            ["Field “x”: 1 value is no whole number and is empty now: “1,5” (row 2)"]
        );
        let (table, problems) = read(&["007", "12"], ReadAs::Integer);
        assert_eq!(table.fields[0].kind, FieldKind::Integer);
        assert_eq!(problems, ["Field “x”: 1 number had zeros in front, which are gone"]);
        let (table, problems) = read(&["1", "0", "ja"], ReadAs::Boolean);
        assert_eq!((table.fields[0].kind, problems.len()), (FieldKind::Boolean, 0));
    }

    #[test]
    fn other_kinds_become_text_and_days() {
        let array = Arc::new(Int64Array::from(vec![Some(20_240_105), None]));
        let fields = vec![Field::new("x", FieldKind::Integer)];
        let make = |read_as| {
            let mut table = Table::new("t", 2, fields.clone(), vec![array.clone()], None).unwrap();
            let fields = BTreeMap::from([("x".to_owned(), read_as)]);
            read_fields(&mut table, &fields, &Watch::unwatched()).unwrap();
            assert!(table.origin.problems.is_empty());
            (table.fields[0].kind, table.value(0, 0).to_data_text(), table.value(1, 0).is_null())
        };
        assert_eq!(make(ReadAs::Text), (FieldKind::Text, "20240105".to_owned(), true));
        assert_eq!(make(ReadAs::Date), (FieldKind::Date, "2024-01-05".to_owned(), true));
    }
}

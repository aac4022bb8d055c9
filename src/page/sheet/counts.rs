//! How many features of each point layer lie in the area of a sheet's subject, and what fields add up
//! to there: as columns of numbers per area have it.

use arrow_array::BooleanArray;

use super::subject::{Subject, SubjectShape};
use crate::i18n::{Arg, Language, Message, format_integer, format_number};
use crate::jobs::Watch;
use crate::page::SheetError;
use crate::page::content::{FigureLayer, MapContent};
use crate::page::layer::shown_in;
use crate::page::plane::PagePlane;
use crate::problem::Problems;
use crate::project::SheetSum;
use crate::query::per_area::{ByPlaceError, NumberColumn, Numbers, What, numbers};
use crate::table::{FieldKind, PartKind, RowSet, Table, Value};

/// Decimals of a sum.
const DECIMALS: u8 = 2;

/// What lies in a subject, in words, and what could not be counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    /// The names of the layers with how many lie there; empty where the subject has no area, or
    /// nothing lies in it.
    pub words: String,
    pub problems: Problems,
}

/// Counts what lies in the subject and adds up the fields that are asked for.
///
/// # Errors
/// When the person cancelled.
pub(super) fn counts(
    (subject, shape): (&Subject<'_>, &SubjectShape),
    plane: PagePlane,
    content: &MapContent<'_>,
    sums: &[SheetSum],
    watch: &Watch,
) -> Result<Counted, SheetError> {
    let mut made = Counted::default();
    let Subject::Features { table, rows, .. } = subject else { return Ok(made) };
    if shape.rings.is_empty() {
        return Ok(made);
    }
    // Always so: the rows were found in it.
    let Ok(areas) = table.take_rows(rows) else { return Ok(made) };
    let mut parts = Vec::new();
    for layer in content.layers.iter().filter(|layer| layer.is_drawn(content.document)) {
        let own: Vec<&SheetSum> = sums.iter().filter(|sum| sum.layer == layer.layer.id).collect();
        if layer.kind != Some(PartKind::Point) && own.is_empty() {
            continue;
        }
        watch.check()?;
        let near = shown_in(plane, shape.extent, layer);
        if near.is_empty() && own.is_empty() {
            continue;
        }
        let shown = RowSet::of(layer.table.rows(), near).to_mask();
        let fields = known(layer, &own, &mut made.problems);
        let found = count(&areas, (layer.table, &shown), &fields, watch)?;
        let Some((count, totals)) = found else { continue };
        if count == 0 && own.is_empty() {
            continue;
        }
        let language = content.language;
        let count = format_integer(language, count);
        let totals: Vec<String> = fields
            .iter()
            .zip(totals)
            .map(|(field, total)| format!("{field}: {}", total.words(language)))
            .collect();
        let name = &layer.layer.name;
        parts.push(if totals.is_empty() {
            format!("{name}: {count}")
        } else {
            format!("{name}: {count} ({})", totals.join(", "))
        });
    }
    if !parts.is_empty() {
        let message = Message::new("sheet-counts").text("counts", parts.join(" · "));
        made.words = message.in_language(content.language);
    }
    Ok(made)
}

/// The fields of a layer that are asked for and hold numbers; of the others it is told.
fn known(layer: &FigureLayer<'_>, sums: &[&SheetSum], problems: &mut Problems) -> Vec<String> {
    let is_number = |name: &str| {
        let kind = layer.table.field(name).map(|field| field.kind);
        matches!(kind, Some(FieldKind::Integer | FieldKind::Number))
    };
    let mut fields = Vec::new();
    for SheetSum { field, .. } in sums {
        if is_number(field) {
            fields.push(field.clone());
        } else {
            let about = vec![
                ("field", Arg::Text(field.clone())),
                ("layer", Arg::Text(layer.layer.name.clone())),
            ];
            problems.report("problem-sheet-no-sum-field", 1, about, None);
        }
    }
    fields
}

/// What values add up to: whole as long as all are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Total {
    Whole(i64),
    Broken(f64),
}

impl Total {
    fn words(self, language: Language) -> String {
        match self {
            Total::Whole(number) => format_integer(language, number),
            Total::Broken(number) => format_number(language, number, DECIMALS),
        }
    }

    fn add(self, value: &Value<'_>) -> Total {
        #[expect(clippy::cast_precision_loss, reason = "it is no longer whole")]
        match (self, value) {
            (Total::Whole(sum), Value::Integer(number)) => match sum.checked_add(*number) {
                Some(sum) => Total::Whole(sum),
                None => Total::Broken(sum as f64 + *number as f64),
            },
            (Total::Whole(sum), Value::Number(number)) => Total::Broken(sum as f64 + number),
            (Total::Broken(sum), Value::Integer(number)) => Total::Broken(sum + *number as f64),
            (Total::Broken(sum), Value::Number(number)) => Total::Broken(sum + number),
            (same, _) => same,
        }
    }
}

/// How many of the rows shown lie in the areas, and what fields add up to there: each row once,
/// however many of the areas it touches. None where that cannot be told.
fn count(
    areas: &Table,
    (things, shown): (&Table, &BooleanArray),
    fields: &[String],
    watch: &Watch,
) -> Result<Option<(i64, Vec<Total>)>, SheetError> {
    let column = |what, field: &str, at: usize| NumberColumn {
        what,
        field: field.to_owned(),
        name: at.to_string(),
    };
    let mut columns = vec![column(What::Count, "", 0)];
    columns.extend(fields.iter().zip(1..).map(|(field, at)| column(What::Sum, field, at)));
    let by = Numbers { once: areas.rows() > 1, columns, ..Numbers::default() };
    let made = match numbers(areas, things, Some(shown), &by, &watch.unseen()) {
        Ok(made) => made,
        Err(ByPlaceError::Cancelled(cancelled)) => return Err(cancelled.into()),
        Err(_) => return Ok(None),
    };
    let total = |at: usize| {
        let place = made.asked.iter().position(|asked| *asked == at)?;
        let (field, column) = made.fields.get(place).zip(made.columns.get(place))?;
        let values = (0..areas.rows()).map(|row| Value::of(column, field.kind, row));
        Some(values.fold(Total::Whole(0), |sum, value| sum.add(&value)))
    };
    let Some(Total::Whole(counted)) = total(0) else { return Ok(None) };
    let totals = (1..=fields.len()).map(|at| total(at).unwrap_or(Total::Whole(0)));
    Ok(Some((counted, totals.collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_stay_whole_until_they_cannot() {
        let whole = Total::Whole(1).add(&Value::Integer(2)).add(&Value::Null);
        assert_eq!(whole, Total::Whole(3));
        assert_eq!(whole.add(&Value::Number(0.5)), Total::Broken(3.5));
        let Total::Broken(large) = Total::Whole(i64::MAX).add(&Value::Integer(1)) else {
            panic!("it does not fit")
        };
        assert!(large > 9.2e18);
        assert_eq!(Total::Whole(12345).words(Language::Dutch), "12.345");
    }
}

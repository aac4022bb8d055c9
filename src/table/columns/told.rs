//! A column of a kind that somebody knows, instead of the one its values look like.

use arrow_array::{ArrayRef, new_null_array};

use super::{ColumnBuilder, Data, Kind, TooMuchText, exact_number};
use crate::table::FieldKind;

impl ColumnBuilder {
    /// The finished column of `rows` rows, of a kind that somebody told: a text of digits stays
    /// text, numbers that happen to be whole stay numbers, nothing at all is nothing of that kind.
    /// Where a value is not of the kind told, the column is of the kind that its values are:
    /// nothing is lost for a wrong word.
    ///
    /// # Errors
    /// When the column holds too much text.
    pub fn finish_as(
        mut self,
        rows: usize,
        told: FieldKind,
    ) -> Result<(FieldKind, ArrayRef), TooMuchText> {
        let data = self.data.kind();
        if data == Kind::Unknown {
            let rows = rows.max(self.len());
            return Ok((told, new_null_array(&told.data_type(), rows)));
        }
        match (told, data) {
            (FieldKind::Text, Kind::Boolean | Kind::Integer | Kind::Number) => {
                self.convert(Kind::Text);
            }
            (FieldKind::Number, Kind::Integer) => self.convert(Kind::Number),
            (FieldKind::Integer, Kind::Number) => self.become_integers(),
            _ => {}
        }
        let dates = matches!(told, FieldKind::Date | FieldKind::DateTime(_));
        self.finish(rows, dates)
    }

    /// Whole numbers, where all of them are.
    fn become_integers(&mut self) {
        if let Data::Number(values) = &self.data
            && let Some(integers) = values.iter().copied().map(whole).collect()
        {
            self.data = Data::Integer(integers);
        }
    }
}

/// A number without a fraction that both kinds hold exactly.
#[expect(
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "the way back gives the very same number or the number is not whole"
)]
fn whole(value: f64) -> Option<i64> {
    let integer = value as i64;
    let is_negative_zero = value == 0.0 && value.is_sign_negative();
    (exact_number(integer).is_some_and(|back| back == value) && !is_negative_zero)
        .then_some(integer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{DateTimeForm, Offset};

    const MOMENT: FieldKind = FieldKind::DateTime(DateTimeForm {
        separator: 'T',
        fraction: Some(0),
        offset: Offset::Minutes { minutes: 0, colon: true },
    });

    fn texts(values: &[&str]) -> ColumnBuilder {
        let mut column = ColumnBuilder::new();
        values.iter().for_each(|value| column.push_text(value));
        column
    }

    fn numbers(values: &[f64]) -> ColumnBuilder {
        let mut column = ColumnBuilder::new();
        values.iter().for_each(|value| column.push_number(*value));
        column
    }

    #[test]
    fn what_is_told_holds_where_nothing_is_lost_by_it() {
        let integers = |values: &[i64]| {
            let mut column = ColumnBuilder::new();
            values.iter().for_each(|value| column.push_integer(*value));
            column
        };
        let kinds = [
            (texts(&["2026-01-31"]), FieldKind::Text, FieldKind::Text),
            (texts(&["2026-01-31"]), FieldKind::Date, FieldKind::Date),
            (texts(&["2026-01-31", "?"]), FieldKind::Date, FieldKind::Text),
            (texts(&["2026-01-31T10:00:00+00:00"]), MOMENT, MOMENT),
            (texts(&["007"]), FieldKind::Integer, FieldKind::Text),
            (integers(&[7]), FieldKind::Number, FieldKind::Number),
            (integers(&[i64::MAX]), FieldKind::Number, FieldKind::Integer),
            (integers(&[7]), FieldKind::Text, FieldKind::Text),
            (numbers(&[7.0, -2.0]), FieldKind::Integer, FieldKind::Integer),
            (numbers(&[7.0, 0.5]), FieldKind::Integer, FieldKind::Number),
            (numbers(&[-0.0]), FieldKind::Integer, FieldKind::Number),
            (numbers(&[f64::NAN, 1e300]), FieldKind::Integer, FieldKind::Number),
        ];
        for (column, told, expected) in kinds {
            let what = format!("{column:?} as {told:?}");
            let rows = column.len();
            let (kind, array) = column.finish_as(rows, told).unwrap();
            assert_eq!(kind, expected, "{what}");
            assert_eq!((array.len(), array.data_type()), (rows, &kind.data_type()), "{what}");
            assert_eq!(array.null_count(), 0, "{what}");
        }
    }

    #[test]
    fn nothing_at_all_is_nothing_of_the_kind_told() {
        for told in [FieldKind::Boolean, FieldKind::Integer, FieldKind::Date, MOMENT] {
            let mut column = ColumnBuilder::new();
            column.push_null();
            let (kind, array) = column.finish_as(3, told).unwrap();
            assert_eq!((kind, array.len(), array.null_count()), (told, 3, 3));
            assert_eq!(array.data_type(), &told.data_type());
        }
    }
}

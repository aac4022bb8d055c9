//! Values while a condition is evaluated: a column, or one value for all rows.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Datum, Float64Array, Int64Array, NullArray,
    StringArray, TimestampMillisecondArray, new_null_array,
};
use arrow_schema::{ArrowError, DataType, TimeUnit};

use super::QueryError;
use super::syntax::Literal;
use crate::i18n::Message;
use crate::table::{FieldKind, Offset};

/// What the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Only nulls: it fits everything.
    Null,
    Boolean,
    Integer,
    Number,
    Text,
    Date,
    /// Milliseconds since 1970: in UTC, with the minutes east of UTC of the clock on the wall, or
    /// local in an unknown zone.
    DateTime(Option<i16>),
}

impl Kind {
    pub fn of(field: FieldKind) -> Kind {
        match field {
            FieldKind::Boolean => Kind::Boolean,
            FieldKind::Integer => Kind::Integer,
            FieldKind::Number => Kind::Number,
            FieldKind::Text | FieldKind::Json => Kind::Text,
            FieldKind::Date => Kind::Date,
            FieldKind::DateTime(form) => Kind::DateTime(match form.offset {
                Offset::None => None,
                Offset::Zulu => Some(0),
                Offset::Minutes { minutes, .. } => Some(minutes),
            }),
        }
    }

    pub fn data_type(self) -> DataType {
        match self {
            Kind::Null => DataType::Null,
            Kind::Boolean => DataType::Boolean,
            Kind::Integer => DataType::Int64,
            Kind::Number => DataType::Float64,
            Kind::Text => DataType::Utf8,
            Kind::Date => DataType::Date32,
            Kind::DateTime(_) => DataType::Timestamp(TimeUnit::Millisecond, None),
        }
    }

    /// What a person calls it.
    pub fn message(self) -> Message {
        Message::new(match self {
            Kind::Null => "query-kind-null",
            Kind::Boolean => "query-kind-boolean",
            Kind::Integer => "query-kind-integer",
            Kind::Number => "query-kind-number",
            Kind::Text => "query-kind-text",
            Kind::Date => "query-kind-date",
            Kind::DateTime(_) => "query-kind-date-time",
        })
    }

    pub fn is_numeric(self) -> bool {
        matches!(self, Kind::Integer | Kind::Number)
    }
}

/// A column (as long as the table) or one value for all rows (an array of one). It is Arrow's
/// [`Datum`], so that kernels compare a column with one value without making a column of it.
#[derive(Clone, Debug)]
pub(super) struct Operand {
    pub array: ArrayRef,
    pub scalar: bool,
    pub kind: Kind,
}

impl Datum for Operand {
    fn get(&self) -> (&dyn Array, bool) {
        (&*self.array, self.scalar)
    }
}

impl Operand {
    pub fn new(array: ArrayRef, scalar: bool, kind: Kind) -> Operand {
        Operand { array, scalar, kind }
    }

    pub fn boolean(array: BooleanArray, scalar: bool) -> Operand {
        Operand::new(Arc::new(array), scalar, Kind::Boolean)
    }

    pub fn literal(literal: &Literal) -> Operand {
        let (array, kind): (ArrayRef, Kind) = match literal {
            Literal::Null => (Arc::new(NullArray::new(1)), Kind::Null),
            Literal::Boolean(value) => (Arc::new(BooleanArray::from(vec![*value])), Kind::Boolean),
            Literal::Integer(value) => (Arc::new(Int64Array::from(vec![*value])), Kind::Integer),
            Literal::Number(value) => (Arc::new(Float64Array::from(vec![*value])), Kind::Number),
            Literal::Text(value) => (Arc::new(StringArray::from(vec![value.as_str()])), Kind::Text),
            Literal::Date(days) => (Arc::new(Date32Array::from(vec![*days])), Kind::Date),
            Literal::DateTime(millis, offset) => {
                let array = TimestampMillisecondArray::from(vec![*millis]);
                (Arc::new(array), Kind::DateTime(*offset))
            }
        };
        Operand::new(array, true, kind)
    }

    /// The same number of nulls of a kind.
    pub fn nulls(&self, kind: Kind) -> Operand {
        Operand::new(new_null_array(&kind.data_type(), self.array.len()), self.scalar, kind)
    }

    pub fn booleans(&self) -> Option<&BooleanArray> {
        self.array.as_boolean_opt()
    }

    pub fn integers(&self) -> Option<&Int64Array> {
        self.array.as_primitive_opt::<Int64Type>()
    }

    pub fn numbers(&self) -> Option<&Float64Array> {
        self.array.as_primitive_opt::<Float64Type>()
    }

    pub fn texts(&self) -> Option<&StringArray> {
        self.array.as_string_opt::<i32>()
    }

    pub fn dates(&self) -> Option<&Date32Array> {
        self.array.as_primitive_opt::<Date32Type>()
    }

    pub fn date_times(&self) -> Option<&TimestampMillisecondArray> {
        self.array.as_primitive_opt::<TimestampMillisecondType>()
    }

    /// The one text of a text scalar; none for null, columns and other kinds.
    pub fn scalar_text(&self) -> Option<&str> {
        let texts = self.texts().filter(|_| self.scalar)?;
        texts.iter().next().flatten()
    }
}

/// An error of an Arrow kernel: a defect of the program, or too much memory asked for.
pub(super) fn failed(span: &Range<usize>, error: &ArrowError) -> QueryError {
    let message = Message::new("query-failed").text("detail", error.to_string());
    QueryError::new(span.clone(), message)
}

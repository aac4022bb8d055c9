//! Columns of any of Arrow's types as columns of the program's kinds.
//!
//! What has no kind of its own becomes text; nothing is rounded where text would not be, but for
//! moments finer than a millisecond, which are counted.

use std::cell::Cell;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt64Type,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray, StringArray};
use arrow_cast::cast;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType, Field, TimeUnit};
use arrow_select::concat::concat;
use chrono::{DateTime, TimeDelta};
use parquet::basic::LogicalType;

use super::nested;
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::{DateTimeForm, FieldKind, Offset};

/// Up to so many digits a decimal number is the shortest text of the nearest binary one.
const EXACT: i128 = 1_000_000_000_000_000;

/// Under which name the form of moments is kept with a field, as the text of one.
pub(super) const FORM: &str = "belfort:form";

/// Under which names what people call a field, and a few words about it, are kept with it.
pub(super) const LABEL: &str = "title";
pub(super) const DESCRIPTION: &str = "description";

/// What becomes of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Attribute {
    Boolean,
    /// Whole numbers that 64 bits hold with their sign.
    Integer,
    /// Whole numbers of which some may be larger.
    Unsigned,
    Number,
    Decimal,
    Text,
    /// Texts that are JSON by the word of the file.
    Json,
    /// Lists, records and maps, as JSON.
    Nested,
    Date,
    /// Moments, in a zone or not, and the form they were written in.
    Moment {
        zone: Option<Arc<str>>,
        form: Option<DateTimeForm>,
    },
    /// Identifiers of sixteen bytes.
    Uuid,
    /// Times of day, durations and the like, as Arrow writes them.
    Shown,
    /// Bytes, which the program does not show.
    Bytes,
}

impl Attribute {
    /// By the type of a column and by what Parquet calls it.
    pub(super) fn of(field: &Field, logical: Option<&LogicalType>) -> Attribute {
        match field.data_type() {
            DataType::Boolean => Attribute::Boolean,
            DataType::UInt64 => Attribute::Unsigned,
            kind if kind.is_integer() => Attribute::Integer,
            kind if kind.is_floating() => Attribute::Number,
            kind if kind.is_decimal() => Attribute::Decimal,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => match logical {
                Some(LogicalType::Json) => Attribute::Json,
                _ => Attribute::Text,
            },
            DataType::Null => Attribute::Text,
            DataType::Date32 | DataType::Date64 => Attribute::Date,
            DataType::Timestamp(_, zone) => {
                let form = field.metadata().get(FORM).and_then(|text| DateTimeForm::read(text));
                Attribute::Moment { zone: zone.clone(), form: form.map(|(_, form)| form) }
            }
            DataType::FixedSizeBinary(16) if logical == Some(&LogicalType::Uuid) => Attribute::Uuid,
            DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::FixedSizeBinary(_) => Attribute::Bytes,
            DataType::List(_)
            | DataType::LargeList(_)
            | DataType::ListView(_)
            | DataType::LargeListView(_)
            | DataType::FixedSizeList(..)
            | DataType::Struct(_)
            | DataType::Map(..)
            | DataType::Union(..) => Attribute::Nested,
            DataType::Dictionary(_, values) => {
                let values = Field::new(field.name(), values.as_ref().clone(), true);
                Attribute::of(&values.with_metadata(field.metadata().clone()), logical)
            }
            _ => Attribute::Shown,
        }
    }

    /// A piece of the column as what it becomes, where that is known without the other pieces.
    ///
    /// # Errors
    /// When a piece holds more text than Arrow's offsets count.
    pub(super) fn convert(&self, piece: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        let plain = match piece.data_type() {
            DataType::Dictionary(_, values) => &cast(piece, values)?,
            _ => piece,
        };
        match self {
            Attribute::Boolean => cast(plain, &DataType::Boolean),
            Attribute::Integer => cast(plain, &DataType::Int64),
            Attribute::Number => cast(plain, &DataType::Float64),
            Attribute::Date => cast(plain, &DataType::Date32),
            Attribute::Text | Attribute::Json => {
                fits(plain)?;
                cast(plain, &DataType::Utf8)
            }
            Attribute::Nested => {
                Ok(Arc::new(texts(plain, |row, out| nested::push(out, plain, row))?))
            }
            Attribute::Uuid => {
                let bytes = plain.as_fixed_size_binary();
                Ok(Arc::new(texts(plain, |row, out| push_uuid(out, bytes.value(row)))?))
            }
            Attribute::Shown => {
                let options = FormatOptions::default();
                let formatter = ArrayFormatter::try_new(plain, &options)?;
                let shown = |row, out: &mut Vec<u8>| {
                    let text = formatter.value(row).try_to_string().unwrap_or_default();
                    out.extend_from_slice(text.as_bytes());
                };
                Ok(Arc::new(texts(plain, shown)?))
            }
            Attribute::Unsigned | Attribute::Decimal | Attribute::Moment { .. } => {
                Ok(Arc::clone(plain))
            }
            // Counted alone.
            Attribute::Bytes => {
                cast(&arrow_arith::boolean::is_not_null(plain)?, &DataType::Boolean)
            }
        }
    }

    /// The whole column from its pieces; none for bytes. What was changed is told.
    ///
    /// # Errors
    /// When it holds more text than Arrow's offsets count.
    pub(super) fn finish(
        &self,
        name: &str,
        pieces: &[ArrayRef],
        problems: &mut Problems,
    ) -> Result<Option<(FieldKind, ArrayRef)>, ArrowError> {
        let pieces: Vec<&dyn Array> = pieces.iter().map(AsRef::as_ref).collect();
        let whole: ArrayRef = match pieces.as_slice() {
            [] => arrow_array::new_empty_array(&self.empty()),
            [only] => only.slice(0, only.len()),
            several => concat(several)?,
        };
        let field = || vec![("field", Arg::Text(name.to_owned()))];
        let kind = match self {
            Attribute::Boolean => FieldKind::Boolean,
            Attribute::Integer => FieldKind::Integer,
            Attribute::Number => FieldKind::Number,
            Attribute::Text | Attribute::Uuid | Attribute::Shown => FieldKind::Text,
            Attribute::Json | Attribute::Nested => FieldKind::Json,
            Attribute::Date => {
                let (days, bad) = possible(whole.as_primitive::<Date32Type>(), |days| {
                    let epoch = DateTime::UNIX_EPOCH.date_naive();
                    let days = TimeDelta::try_days(days.into());
                    days.is_some_and(|days| epoch.checked_add_signed(days).is_some())
                });
                problems.report("problem-columnar-bad-date", bad, field(), None);
                return Ok(Some((FieldKind::Date, days)));
            }
            Attribute::Unsigned => return finish_unsigned(&whole, field(), problems).map(Some),
            Attribute::Decimal => return finish_decimal(&whole).map(Some),
            Attribute::Moment { zone, form } => {
                return finish_moments(&whole, zone.as_deref(), *form, field, problems).map(Some);
            }
            Attribute::Bytes => {
                let values = whole.as_boolean().true_count() as u64;
                problems.report("problem-columnar-binary", values, field(), None);
                return Ok(None);
            }
        };
        Ok(Some((kind, whole)))
    }

    /// The type of the pieces.
    fn empty(&self) -> DataType {
        match self {
            Attribute::Boolean | Attribute::Bytes => DataType::Boolean,
            Attribute::Integer => DataType::Int64,
            Attribute::Number => DataType::Float64,
            Attribute::Date => DataType::Date32,
            Attribute::Unsigned => DataType::UInt64,
            Attribute::Decimal => DataType::Decimal128(1, 0),
            Attribute::Moment { .. } => DataType::Timestamp(TimeUnit::Millisecond, None),
            _ => DataType::Utf8,
        }
    }
}

/// Whether the texts of an array are no more than one column holds.
fn fits(array: &dyn Array) -> Result<(), ArrowError> {
    let Some(views) = array.as_string_view_opt() else { return Ok(()) };
    // The lowest four bytes of a view are the length of the text.
    let lengths = views.views().iter().map(|view| view & u128::from(u32::MAX));
    let all: u128 = lengths.sum();
    if i32::try_from(all).is_ok() { Ok(()) } else { Err(ArrowError::OffsetOverflowError(0)) }
}

/// A column of texts made row by row.
fn texts(
    array: &dyn Array,
    mut push: impl FnMut(usize, &mut Vec<u8>),
) -> Result<StringArray, ArrowError> {
    let mut bytes = Vec::new();
    let mut ends = vec![0_i32];
    for row in 0..array.len() {
        if array.is_valid(row) {
            push(row, &mut bytes);
        }
        let end = i32::try_from(bytes.len());
        ends.push(end.map_err(|_| ArrowError::OffsetOverflowError(bytes.len()))?);
    }
    let offsets = arrow_buffer::OffsetBuffer::new(ends.into());
    StringArray::try_new(offsets, bytes.into(), array.logical_nulls())
}

fn push_uuid(out: &mut Vec<u8>, bytes: &[u8]) {
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push(b'-');
        }
        out.extend_from_slice(format!("{byte:02x}").as_bytes());
    }
}

/// Values that cannot be become null; how many those were.
fn possible<T: ArrowPrimitiveType>(
    array: &PrimitiveArray<T>,
    is_possible: impl Fn(T::Native) -> bool,
) -> (ArrayRef, u64) {
    let bad = array.iter().flatten().filter(|value| !is_possible(*value)).count();
    if bad == 0 {
        return (Arc::new(array.clone()), 0);
    }
    let kept: PrimitiveArray<T> =
        array.iter().map(|value| value.filter(|value| is_possible(*value))).collect();
    (Arc::new(kept), bad as u64)
}

fn finish_unsigned(
    whole: &ArrayRef,
    field: Vec<(&'static str, Arg)>,
    problems: &mut Problems,
) -> Result<(FieldKind, ArrayRef), ArrowError> {
    let too_large = |value: &u64| i64::try_from(*value).is_err();
    let long = whole.as_primitive::<UInt64Type>().iter().flatten().filter(too_large).count();
    problems.report("problem-long-integer", long as u64, field, None);
    let kind = if long == 0 { FieldKind::Integer } else { FieldKind::Text };
    Ok((kind, cast(whole, &kind.data_type())?))
}

/// Whole numbers where there is no fraction, numbers where none of their digits is lost, else text.
fn finish_decimal(whole: &ArrayRef) -> Result<(FieldKind, ArrayRef), ArrowError> {
    let (precision, scale) = match whole.data_type() {
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale) => (*precision, *scale),
        _ => return Ok((FieldKind::Text, cast(whole, &DataType::Utf8)?)),
    };
    let digits = cast(whole, &DataType::Decimal128(precision.min(38), scale));
    let lost = |digits: &ArrayRef| digits.null_count() > whole.null_count();
    let Ok(digits) = digits.map(|digits| (!lost(&digits)).then_some(digits)) else {
        return Ok((FieldKind::Text, cast(whole, &DataType::Utf8)?));
    };
    let within = |limit: i128| {
        let digits = digits.as_ref().and_then(|digits| digits.as_primitive_opt::<Decimal128Type>());
        digits.is_some_and(|digits| digits.iter().flatten().all(|value| value.abs() < limit))
    };
    let kind = if scale == 0 && within(i64::MAX.into()) {
        FieldKind::Integer
    } else if (0..=15).contains(&scale) && within(EXACT) {
        FieldKind::Number
    } else {
        FieldKind::Text
    };
    Ok((kind, cast(whole, &kind.data_type())?))
}

/// The offset of a zone by its name; whether it is one that stays the same.
fn offset_of(zone: Option<&str>) -> (Offset, bool) {
    let Some(zone) = zone else { return (Offset::None, true) };
    if matches!(zone, "UTC" | "Z" | "+00:00" | "Etc/UTC" | "GMT" | "utc") {
        return (Offset::Zulu, true);
    }
    let read = DateTimeForm::read(&format!("2000-01-01T00:00{zone}"));
    match read.map(|(_, form)| form.offset) {
        Some(Offset::Minutes { minutes, .. }) => (Offset::Minutes { minutes, colon: true }, true),
        _ => (Offset::Zulu, false),
    }
}

fn finish_moments(
    whole: &ArrayRef,
    zone: Option<&str>,
    kept: Option<DateTimeForm>,
    field: impl Fn() -> Vec<(&'static str, Arg)>,
    problems: &mut Problems,
) -> Result<(FieldKind, ArrayRef), ArrowError> {
    let finer = Cell::new(0);
    let floor = |value: i64, per: i64| {
        finer.set(finer.get() + u64::from(value.rem_euclid(per) != 0));
        value.div_euclid(per)
    };
    let DataType::Timestamp(unit, _) = whole.data_type() else {
        return Err(ArrowError::CastError(whole.data_type().to_string()));
    };
    let millis: PrimitiveArray<TimestampMillisecondType> = match unit {
        TimeUnit::Second => {
            whole.as_primitive::<TimestampSecondType>().unary_opt(|value| value.checked_mul(1000))
        }
        TimeUnit::Millisecond => whole.as_primitive::<TimestampMillisecondType>().clone(),
        TimeUnit::Microsecond => {
            whole.as_primitive::<TimestampMicrosecondType>().unary(|value| floor(value, 1000))
        }
        TimeUnit::Nanosecond => {
            whole.as_primitive::<TimestampNanosecondType>().unary(|value| floor(value, 1_000_000))
        }
    };
    problems.report("problem-geoparquet-finer", finer.get(), field(), None);
    let lost = millis.null_count().saturating_sub(whole.null_count()) as u64;
    let millis = millis.with_data_type(DataType::Timestamp(TimeUnit::Millisecond, None));
    let (moments, bad) =
        possible(&millis, |value| DateTime::from_timestamp_millis(value).is_some());
    problems.report("problem-columnar-bad-date", bad + lost, field(), None);
    let (offset, fixed) = offset_of(zone);
    if !fixed {
        let mut args = field();
        args.push(("zone", Arg::Text(zone.unwrap_or_default().to_owned())));
        problems.report("problem-geoparquet-zone", 1, args, None);
    }
    let values = moments.as_primitive::<TimestampMillisecondType>().iter().flatten();
    let has_millis = values.into_iter().any(|value| value.rem_euclid(1000) != 0);
    let fraction = Some(if has_millis { 3 } else { 0 });
    let found = DateTimeForm { separator: 'T', fraction, offset };
    // The form that Belfort kept with the field, as long as it is of the same zone.
    let kept = kept.filter(|kept| east(kept.offset) == east(offset));
    Ok((FieldKind::DateTime(kept.unwrap_or(found)), moments))
}

/// Minutes east of UTC; none for local time.
fn east(offset: Offset) -> Option<i16> {
    match offset {
        Offset::None => None,
        Offset::Zulu => Some(0),
        Offset::Minutes { minutes, .. } => Some(minutes),
    }
}

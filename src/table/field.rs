//! The name and kind of an attribute.

use arrow_schema::{DataType, TimeUnit};

/// An attribute's name and kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name as the source writes it.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// What people call it, where the source says so.
    pub label: Option<String>,
    /// A few words about it, where the source says some.
    pub description: Option<String>,
}

impl Field {
    /// A field.
    pub fn new(name: impl Into<String>, kind: FieldKind) -> Field {
        Field { name: name.into(), kind, label: None, description: None }
    }

    /// What a person reads: the label, or the name where there is none.
    pub fn title(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// What a field's values are. Each kind has one Arrow type ([`FieldKind::data_type`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// True or false.
    Boolean,
    /// Whole numbers of 64 bits.
    Integer,
    /// Floating-point numbers of 64 bits.
    Number,
    /// Text.
    Text,
    /// A JSON value (object or array) kept as its text.
    Json,
    /// A calendar date.
    Date,
    /// A date and time of day, kept as milliseconds since 1970 in UTC (or local, without an
    /// offset), with the form that gives back the source's text exactly.
    DateTime(DateTimeForm),
}

impl FieldKind {
    /// The Arrow type of the column.
    pub fn data_type(self) -> DataType {
        match self {
            FieldKind::Boolean => DataType::Boolean,
            FieldKind::Integer => DataType::Int64,
            FieldKind::Number => DataType::Float64,
            FieldKind::Text | FieldKind::Json => DataType::Utf8,
            FieldKind::Date => DataType::Date32,
            FieldKind::DateTime(_) => DataType::Timestamp(TimeUnit::Millisecond, None),
        }
    }

    /// The stable name in `--json`.
    pub fn code(self) -> &'static str {
        match self {
            FieldKind::Boolean => "boolean",
            FieldKind::Integer => "integer",
            FieldKind::Number => "number",
            FieldKind::Text => "text",
            FieldKind::Json => "json",
            FieldKind::Date => "date",
            FieldKind::DateTime(_) => "datetime",
        }
    }
}

/// How a column of date-times is written. All values of a column share one form; a column whose
/// values do not stays text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTimeForm {
    /// `T` or a space between date and time.
    pub separator: char,
    /// Digits of the fraction of a second, 0 to 3; none when seconds are not written at all.
    pub fraction: Option<u8>,
    /// How the offset from UTC is written.
    pub offset: Offset,
}

/// The offset part of a date-time's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// Not written: local time, its zone unknown.
    None,
    /// `Z`.
    Zulu,
    /// `+01:00` (or `+0100` without the colon), in minutes east of UTC.
    Minutes {
        /// East of UTC.
        minutes: i16,
        /// Whether a colon is written.
        colon: bool,
    },
}

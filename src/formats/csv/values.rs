//! What the texts of a column are: numbers, dates, true and false, or text after all.

use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{Array, ArrayRef, StringArray};

use super::guard;
use crate::formats::json::{is_container, short_decimal};
use crate::formats::typed::filled::{Filled, finish, finish_boolean};
use crate::table::{ColumnBuilder, DateTimeForm, FieldKind, TooMuchText, is_no_value, read_date};

/// What all values of a column are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::formats) enum Shape {
    Boolean,
    Integer,
    Number(Form),
    Date,
    Moment(DateTimeForm),
    /// Anything; JSON too.
    Text,
}

#[derive(Debug)]
enum Values {
    Boolean(Filled<bool>),
    Integer(Filled<i64>),
    Number(Filled<f64>),
    Date(Filled<i32>),
    Moment(Filled<i64>),
    Text(ColumnBuilder),
}

/// A column read as if all its values had one shape.
#[derive(Debug)]
pub(super) struct Column {
    shape: Shape,
    values: Values,
    /// Words for "no value" that became null.
    pub(super) markers: u64,
    /// Texts that had an apostrophe in front because a spreadsheet would run them.
    pub(super) guarded: u64,
    /// Whether there is a value of the shape.
    some: bool,
    /// Whether a value had another shape: the column is of no use then.
    pub(super) broken: bool,
}

impl Column {
    pub(super) fn new(shape: Shape) -> Column {
        let values = match shape {
            Shape::Boolean => Values::Boolean(Filled::default()),
            Shape::Integer => Values::Integer(Filled::default()),
            Shape::Number(_) => Values::Number(Filled::default()),
            Shape::Date => Values::Date(Filled::default()),
            Shape::Moment(_) => Values::Moment(Filled::default()),
            Shape::Text => Values::Text(ColumnBuilder::new()),
        };
        Column { shape, values, markers: 0, guarded: 0, some: false, broken: false }
    }

    /// Adds a cell; an empty one is null.
    pub(super) fn push(&mut self, cell: &str) {
        self.push_all(std::iter::once(cell));
    }

    /// Adds cells; an empty one is null.
    pub(super) fn push_all<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        if self.broken {
            return;
        }
        let seen = match (&mut self.values, self.shape) {
            (Values::Text(texts), _) => {
                let mut seen = Seen::default();
                for cell in cells {
                    if cell.is_empty() {
                        texts.push_null();
                        continue;
                    }
                    let bare = guard::taken_off(cell);
                    self.guarded += u64::from(bare.is_some());
                    texts.push_text(bare.unwrap_or(cell));
                    seen.some = true;
                }
                seen
            }
            (Values::Boolean(filled), _) => fill(filled, cells, |cell| Read::of(boolean(cell))),
            (Values::Integer(filled), _) => {
                fill(filled, cells, |cell| Read::of(plain_integer(trimmed(cell))))
            }
            (Values::Number(filled), Shape::Number(form)) => fill(filled, cells, |cell| {
                let cell = trimmed(cell);
                match number(cell, form) {
                    Some(number) => Read::Value(number),
                    None if cell.is_empty() => Read::Nothing,
                    None if is_no_value(cell) => Read::Marker,
                    None => Read::Other,
                }
            }),
            (Values::Date(filled), _) => fill(filled, cells, |cell| Read::of(read_date(cell))),
            (Values::Moment(filled), Shape::Moment(form)) => fill(filled, cells, |cell| {
                let read = DateTimeForm::read(cell).filter(|(_, found)| *found == form);
                Read::of(read.map(|(at, _)| at.and_utc().timestamp_millis()))
            }),
            // The shape decided the values.
            (Values::Number(_) | Values::Moment(_), _) => Seen { broken: true, ..Seen::default() },
        };
        self.some |= seen.some;
        self.broken |= seen.broken;
        self.markers += seen.markers;
    }

    pub(super) fn push_null(&mut self) {
        match &mut self.values {
            Values::Boolean(filled) => filled.push(None),
            Values::Integer(filled) | Values::Moment(filled) => filled.push(None),
            Values::Number(filled) => filled.push(None),
            Values::Date(filled) => filled.push(None),
            Values::Text(texts) => texts.push_null(),
        }
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        match &mut self.values {
            Values::Boolean(filled) => filled.reserve_for(rows),
            Values::Integer(filled) | Values::Moment(filled) => filled.reserve_for(rows),
            Values::Number(filled) => filled.reserve_for(rows),
            Values::Date(filled) => filled.reserve_for(rows),
            Values::Text(texts) => texts.reserve_for(rows),
        }
    }

    /// Adds nulls until there are so many rows.
    pub(super) fn pad_to(&mut self, rows: usize) {
        match &mut self.values {
            Values::Boolean(filled) => filled.pad_to(rows),
            Values::Integer(filled) | Values::Moment(filled) => filled.pad_to(rows),
            Values::Number(filled) => filled.pad_to(rows),
            Values::Date(filled) => filled.pad_to(rows),
            Values::Text(texts) => texts.pad_to(rows),
        }
    }

    /// Adds the rows that follow, read as the same shape.
    pub(super) fn append(&mut self, other: Column) {
        self.broken |= other.broken;
        self.some |= other.some;
        self.markers += other.markers;
        self.guarded += other.guarded;
        if self.broken {
            // What was read is of no use any more.
            self.values = Column::new(self.shape).values;
            return;
        }
        match (&mut self.values, other.values) {
            (Values::Boolean(mine), Values::Boolean(theirs)) => mine.append(theirs),
            (Values::Integer(mine), Values::Integer(theirs))
            | (Values::Moment(mine), Values::Moment(theirs)) => mine.append(theirs),
            (Values::Number(mine), Values::Number(theirs)) => mine.append(theirs),
            (Values::Date(mine), Values::Date(theirs)) => mine.append(theirs),
            (Values::Text(mine), Values::Text(theirs)) => mine.append(theirs),
            _ => self.broken = true,
        }
    }

    /// The finished column.
    ///
    /// # Errors
    /// When it is more text than a column can hold.
    pub(super) fn finish(self, rows: usize) -> Result<(FieldKind, ArrayRef), TooMuchText> {
        Ok(match self.values {
            Values::Boolean(filled) => (FieldKind::Boolean, finish_boolean(filled)),
            Values::Integer(filled) => (FieldKind::Integer, finish::<Int64Type>(filled)),
            Values::Number(filled) => (FieldKind::Number, finish::<Float64Type>(filled)),
            Values::Date(filled) => (FieldKind::Date, finish::<Date32Type>(filled)),
            Values::Moment(filled) => {
                let Shape::Moment(form) = self.shape else {
                    return ColumnBuilder::new().finish(rows, false);
                };
                (FieldKind::DateTime(form), finish::<TimestampMillisecondType>(filled))
            }
            Values::Text(texts) => return texts.finish(rows, false),
        })
    }
}

/// What a cell is for a column of one shape.
enum Read<T> {
    Value(T),
    /// White space.
    Nothing,
    /// A word for "no value".
    Marker,
    /// Something else: the column is not of this shape.
    Other,
}

impl<T> Read<T> {
    fn of(value: Option<T>) -> Read<T> {
        value.map_or(Read::Other, Read::Value)
    }
}

/// What was met in some cells.
#[derive(Default)]
struct Seen {
    /// A value of the shape.
    some: bool,
    /// One of another shape: what follows was not read.
    broken: bool,
    markers: u64,
}

/// Reads cells into values of one type, up to the first that is of another.
#[inline]
fn fill<'c, T: Copy + Default>(
    filled: &mut Filled<T>,
    cells: impl Iterator<Item = &'c str>,
    read: impl Fn(&str) -> Read<T>,
) -> Seen {
    let mut seen = Seen::default();
    for cell in cells {
        let value = if cell.is_empty() { Read::Nothing } else { read(cell) };
        match value {
            Read::Value(value) => {
                filled.push(Some(value));
                seen.some = true;
            }
            Read::Nothing => filled.push(None),
            Read::Marker => {
                seen.markers += 1;
                filled.push(None);
            }
            Read::Other => {
                seen.broken = true;
                break;
            }
        }
    }
    seen
}

/// A column of a found kind.
#[derive(Debug)]
pub(in crate::formats) struct Inferred {
    pub kind: FieldKind,
    pub array: ArrayRef,
    /// Words for "no value" that became null.
    pub markers: u64,
    /// Texts that had an apostrophe in front because a spreadsheet would run them.
    pub guarded: u64,
    /// None where there is no value at all.
    pub shape: Option<Shape>,
}

/// Finds the kind of a column. Text stays text wherever a number would lose something: leading
/// zeros (postcodes, NIS codes), a plus sign (telephone numbers), more than 64 bits.
///
/// Whether a shape fits some of the values, and not all, says that it does not fit: so what is
/// found for a part of a column can only give way to a later shape, never to an earlier one.
pub(in crate::formats) fn infer(texts: &StringArray, decimal_comma: bool) -> Inferred {
    let as_text = |shape, kind| {
        let array = std::sync::Arc::new(texts.clone());
        Inferred { kind, array, markers: 0, guarded: 0, shape }
    };
    let Some(first) = texts.iter().flatten().next() else {
        return as_text(None, FieldKind::Text);
    };
    let numbers: &[Shape] = &[
        Shape::Number(Form::Point),
        Shape::Number(Form::Comma),
        Shape::Number(Form::CommaWithThousands),
    ];
    let numbers = numbers.get(..if decimal_comma { 3 } else { 1 }).unwrap_or_default();
    let moment = || DateTimeForm::read(first).map(|(_, form)| Shape::Moment(form));
    let dated = read_date(first).map(|_| Shape::Date).or_else(moment);
    let shapes = [Shape::Boolean, Shape::Integer].iter().chain(numbers).chain(&dated);
    let fitting = shapes.copied().find_map(|shape| {
        let mut column = Column::new(shape);
        for text in texts {
            column.push(text.unwrap_or_default());
            if column.broken {
                return None;
            }
        }
        column.some.then_some((shape, column))
    });
    if let Some((shape, column)) = fitting {
        let markers = column.markers;
        // Only text can be too much.
        if let Ok((kind, array)) = column.finish(texts.len()) {
            return Inferred { kind, array, markers, guarded: 0, shape: Some(shape) };
        }
    }
    let json = texts.iter().flatten().all(is_container);
    as_text(Some(Shape::Text), if json { FieldKind::Json } else { FieldKind::Text })
}

/// Without white space around it; most cells have none.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
        _ => cell.trim(),
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" => return Some(true),
        "false" => return Some(false),
        _ => {}
    }
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else {
        text.eq_ignore_ascii_case("false").then_some(false)
    }
}

#[inline]
fn plain_integer(text: &str) -> Option<i64> {
    if text.as_bytes() == b"0" {
        return Some(0);
    }
    if let [b'1'..=b'9', rest @ ..] = text.as_bytes()
        && rest.len() < 18
        && rest.iter().all(u8::is_ascii_digit)
    {
        return Some(text.bytes().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')));
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.starts_with(['0', '+']);
    if plain { text.parse().ok() } else { None }
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::formats) enum Form {
    Point,
    Comma,
    /// `1.234,5`
    CommaWithThousands,
}

fn number(text: &str, form: Form) -> Option<f64> {
    match form {
        Form::Point => plain_number(text),
        Form::Comma if text.contains(['.', 'e', 'E']) => None,
        Form::Comma => plain_number(&text.replacen(',', ".", 1)),
        Form::CommaWithThousands => {
            let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
            let mut groups = whole.strip_prefix('-').unwrap_or(whole).split('.');
            let first = groups.next()?;
            let whole_groups = groups.all(|group| group.len() == 3);
            if !whole_groups || first.is_empty() || first.len() > 3 && whole.contains('.') {
                return None;
            }
            let whole: String = whole.chars().filter(|c| *c != '.').collect();
            if fraction.is_empty() && !text.contains(',') {
                plain_number(&whole)
            } else {
                plain_number(&format!("{whole}.{fraction}"))
            }
        }
    }
}

/// A number with a decimal point. `1E5` may be a code: a capital E needs a point or a sign with it.
pub(in crate::formats) fn plain_number(text: &str) -> Option<f64> {
    short_decimal(text).or_else(|| any_number(text))
}

fn any_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut bytes = digits.bytes();
    let first = bytes.next()?;
    if !first.is_ascii_digit() && first != b'.' {
        return None;
    }
    let zero_led = first == b'0' && bytes.next().is_some_and(|next| next.is_ascii_digit());
    let allowed =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+');
    if zero_led || !digits.bytes().all(allowed) || digits.ends_with('.') {
        return None;
    }
    let code = digits.contains('E') && !digits.contains(['.', '-', '+']);
    // Whole numbers that do not fit 64 bits would lose digits.
    let too_long = digits.len() > 15
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<i64>().is_err();
    if code || too_long {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use arrow_array::Float64Array;

    use super::*;

    #[test]
    fn short_decimals_are_the_numbers_the_standard_library_reads() {
        for text in [
            "3.71961310",
            "51.06226031",
            "-0.5",
            "0.1",
            "123456789012345.",
            "12345678901234.5",
            "999999999999.999",
            "0.000000000000001",
            "-0.0",
            "00.5",
            "3.12345678",
            "3.123456789",
            "-51.0622603",
            "3.1234567x",
            "3.1234567/",
            "3.1234567:",
            "1.2.3",
            ".5",
            "1234567890.1234567",
        ] {
            let short = short_decimal(text).map(f64::to_bits);
            let any = any_number(text).map(f64::to_bits);
            assert!(short.is_none() || short == any, "{text}");
            assert_eq!(plain_number(text).map(f64::to_bits), any, "{text}");
        }
        assert!(short_decimal("3.71961310").is_some());
    }

    fn kind(values: &[&str], comma: bool) -> FieldKind {
        infer(&StringArray::from(values.to_vec()), comma).kind
    }

    fn numbers_of(values: &[&str]) -> Vec<f64> {
        let inferred = infer(&StringArray::from(values.to_vec()), true);
        let numbers = inferred.array.as_any().downcast_ref::<Float64Array>().cloned();
        numbers.map(|numbers| numbers.iter().flatten().collect()).unwrap_or_default()
    }

    #[test]
    fn text_that_only_looks_like_a_number_stays_text() {
        for values in [
            &["09000", "9000"][..],
            &["44021A02-", "44021A00-"],
            &["+32 9 210 10 10"],
            &["+3292101010"],
            &["12345678901234567890"],
            &["12E4", "13"],
            &["1.2.3"],
            &["51.06, 3.65"],
            &["1,5", "2.5"],
            &["NA"],
        ] {
            assert_eq!(kind(values, true), FieldKind::Text, "{values:?}");
        }
        assert_eq!(kind(&["1,5", "2"], false), FieldKind::Text);
    }

    #[test]
    fn kinds_are_found() {
        assert_eq!(kind(&["0", "1", "-12"], true), FieldKind::Integer);
        assert_eq!(kind(&["True", "false"], true), FieldKind::Boolean);
        assert_eq!(kind(&["0.5", "-3", "1e-7", "NA"], true), FieldKind::Number);
        assert_eq!(kind(&["2026-01-31"], true), FieldKind::Date);
        assert_eq!(kind(&["{\"a\":1}", "[]"], true), FieldKind::Json);
        assert_eq!(kind(&["{\"a\":1}", "{"], true), FieldKind::Text);
        assert_eq!(numbers_of(&["1,5", "-0,25", "3"]), [1.5, -0.25, 3.0]);
        assert_eq!(numbers_of(&["1.234,5", "12", "1.234.567,25"]), [1234.5, 12.0, 1_234_567.25]);
        assert_eq!(kind(&["1234.567,5", "1"], true), FieldKind::Text);
    }
}

//! Reading features: from the text straight into columns.

use super::geometry::{self, Oddities, Outcome};
use super::rows::{NextProperty, Rows};
use crate::formats::json::{JsonError, JsonNumber, Scalar, Scanner, compact};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::Place;
use crate::table::ColumnBuilder;

/// Why reading ends.
pub(in crate::formats) enum Fail {
    /// The text is not JSON.
    Json(JsonError),
    /// The person cancelled.
    Cancelled,
    /// It is JSON, but nothing that can be read: what, and what to do.
    File(Message, Message),
}

impl From<JsonError> for Fail {
    fn from(error: JsonError) -> Fail {
        Fail::Json(error)
    }
}

/// Reads features from a text.
pub(in crate::formats) struct Reader<'a> {
    pub scanner: Scanner<'a>,
    watch: &'a Watch,
    pub rows: Rows,
    oddities: Oddities,
}

/// How a piece of an array of features ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum PieceEnd {
    /// Behind a comma, where the text ends too.
    Comma,
    /// Behind the `]`.
    Bracket,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str, rows: Rows, watch: &'a Watch) -> Reader<'a> {
        Reader { scanner: Scanner::new(text), watch, rows, oddities: Oddities::default() }
    }

    /// Looks whether the person cancelled.
    pub fn check(&self) -> Result<(), Fail> {
        self.watch.check().map_err(|_| Fail::Cancelled)
    }

    /// The features of an array whose `[` is next.
    pub fn features(&mut self) -> Result<(), Fail> {
        self.scanner.takes(b'[')?;
        let mut first = true;
        while self.scanner.next_item(&mut first)? {
            self.item()?;
        }
        Ok(())
    }

    /// Features from the start of an array or from behind a comma in it, as far as the text goes.
    pub fn piece(&mut self, is_start: bool) -> Result<PieceEnd, Fail> {
        let mut first = is_start;
        if !is_start {
            self.item()?;
        }
        loop {
            if !self.scanner.next_item(&mut first)? {
                return Ok(PieceEnd::Bracket);
            }
            if self.scanner.peek().is_err() {
                return Ok(PieceEnd::Comma);
            }
            self.item()?;
        }
    }

    fn item(&mut self) -> Result<(), Fail> {
        self.watch.check().map_err(|_| Fail::Cancelled)?;
        if self.scanner.peek()? == b'{' {
            return self.feature(false);
        }
        self.scanner.skip()?;
        self.rows.geometry.push_null();
        self.rows.problems.at("problem-not-a-feature", self.rows.place());
        self.rows.count += 1;
        Ok(())
    }

    /// One object of any kind: a row. Its members are its attributes, unless it is a feature.
    pub fn record(&mut self) -> Result<(), Fail> {
        self.watch.check().map_err(|_| Fail::Cancelled)?;
        let start = self.scanner.at();
        if self.scanner.peek()? != b'{' {
            return self.item();
        }
        let is_feature = self.is_feature()?;
        self.scanner.seek(start);
        if is_feature {
            return self.feature(false);
        }
        self.properties()?;
        self.rows.geometry.push_null();
        self.rows.count += 1;
        Ok(())
    }

    /// Whether the next object says at its beginning that it is a feature.
    fn is_feature(&mut self) -> Result<bool, Fail> {
        self.scanner.takes(b'{')?;
        let key = self.scanner.next_key(&mut true)?;
        Ok(match key.as_deref() {
            Some("type") if self.scanner.peek()? == b'"' => self.scanner.string()? == "Feature",
            _ => false,
        })
    }

    /// A geometry that stands for a feature without attributes.
    pub fn bare_geometry(&mut self) -> Result<(), Fail> {
        let outcome = self.geometry()?;
        self.end_row(&outcome);
        Ok(())
    }

    fn geometry(&mut self) -> Result<Outcome, JsonError> {
        geometry::read(&mut self.scanner, &mut self.rows.geometry, &mut self.oddities)
    }

    fn end_row(&mut self, outcome: &Outcome) {
        let oddities = std::mem::take(&mut self.oddities);
        self.rows.note_outcome(outcome, oddities);
        self.rows.count += 1;
    }

    /// One feature: one row. An array may also hold bare geometries.
    pub fn feature(&mut self, root: bool) -> Result<(), Fail> {
        let start = self.scanner.at();
        self.scanner.takes(b'{')?;
        let mut first = true;
        let mut outcome = None;
        let mut with_properties = false;
        let mut bare = false;
        let mut is_feature = false;
        while let Some(key) = self.scanner.next_key(&mut first)? {
            match &*key {
                "geometry" if outcome.is_none() => outcome = Some(self.geometry()?),
                "properties" if !with_properties => {
                    with_properties = true;
                    self.properties()?;
                }
                "geometry" | "properties" => {
                    self.scanner.skip()?;
                    self.rows.problems.at("problem-duplicate-key", self.rows.place());
                }
                "id" => self.id()?,
                "type" if self.scanner.peek()? == b'"' => {
                    is_feature = self.scanner.string()? == "Feature";
                }
                "bbox" => {
                    self.scanner.skip()?;
                }
                "coordinates" | "geometries" if !root => {
                    bare = true;
                    self.scanner.skip()?;
                }
                "crs" | "name" if root => {
                    self.scanner.skip()?;
                }
                other => {
                    self.rows.note_foreign_member(other);
                    self.scanner.skip()?;
                }
            }
        }
        if bare && outcome.is_none() && !with_properties {
            let end = self.scanner.at();
            self.scanner.seek(start);
            self.bare_geometry()?;
            self.scanner.seek(end);
            return Ok(());
        }
        if !is_feature {
            self.rows.problems.at("problem-feature-type", self.rows.place());
        }
        if outcome.is_none() {
            self.rows.geometry.push_null();
        }
        self.end_row(&outcome.unwrap_or(Outcome::Missing));
        Ok(())
    }

    /// The identifier of the row being read, whose value is next.
    pub fn id(&mut self) -> Result<(), Fail> {
        let rows = &mut self.rows;
        if let b'{' | b'[' = self.scanner.peek()? {
            self.scanner.skip()?;
            rows.problems.at("problem-bad-id", rows.place());
            return Ok(());
        }
        let value = self.scanner.scalar()?;
        if rows.ids.len() > rows.count {
            rows.problems.at("problem-duplicate-key", rows.place());
            rows.ids.pop();
        }
        rows.ids.pad_to(rows.count);
        match value {
            Scalar::Null => {}
            Scalar::Text(text) => rows.ids.push_text(&text),
            Scalar::Number(number) => match number.text.parse() {
                Ok(whole) => rows.ids.push_integer(whole),
                Err(_) => rows.ids.push_text(number.text),
            },
            Scalar::Boolean(_) | Scalar::NotFinite => {
                rows.problems.at("problem-bad-id", rows.place());
            }
        }
        Ok(())
    }

    /// The attributes of the row being read, whose object is next.
    pub fn properties(&mut self) -> Result<(), Fail> {
        match self.scanner.peek()? {
            b'{' => {
                self.scanner.takes(b'{')?;
            }
            b'n' => {
                self.scanner.skip()?;
                return Ok(());
            }
            _ => {
                self.scanner.skip()?;
                self.rows.problems.at("problem-bad-properties", self.rows.place());
                return Ok(());
            }
        }
        let mut first = true;
        let mut expected = 0;
        loop {
            let at = match self.rows.next_property(&mut self.scanner, &mut first, expected)? {
                NextProperty::Column(at) => at,
                NextProperty::End => return Ok(()),
                NextProperty::TooMany => {
                    self.rows.problems.add("problem-too-many-fields", 1);
                    self.scanner.skip()?;
                    continue;
                }
            };
            expected = at + 1;
            let next = self.scanner.peek()?;
            let raw = if let b'{' | b'[' = next { Some(self.scanner.skip()?) } else { None };
            let value = if raw.is_none() { self.scanner.scalar()? } else { Scalar::Null };
            let row = self.rows.count;
            let Some(column) = self.rows.columns.get_mut(at) else { continue };
            let values = &mut column.values;
            if values.len() > row {
                let row = u64::try_from(row).unwrap_or(u64::MAX).saturating_add(1);
                let place = Place::RowField { row, field: column.name.clone() };
                self.rows.problems.at("problem-duplicate-key", place);
                values.pop();
            }
            values.pad_to(row);
            match (raw, value) {
                (Some(raw), _) => values.push_json(&compact(raw)),
                (None, Scalar::Null) => values.push_null(),
                (None, Scalar::Boolean(value)) => values.push_boolean(value),
                (None, Scalar::Text(text)) => values.push_text(&text),
                (None, Scalar::Number(number)) => push_number(values, number),
                (None, Scalar::NotFinite) => {
                    values.push_null();
                    self.rows.problems.at("problem-not-a-number", self.rows.place());
                }
            }
        }
    }
}

/// A whole number stays exact, whatever its length.
fn push_number(column: &mut ColumnBuilder, number: JsonNumber<'_>) {
    if !number.whole {
        column.push_number(number.value());
    } else if number.text == "-0" {
        column.push_number(-0.0);
    } else if let Ok(whole) = number.text.parse() {
        column.push_integer(whole);
    } else {
        column.push_long_integer(number.text);
    }
}

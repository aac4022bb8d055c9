//! One GeoJSON geometry, straight into the geometry column.

use std::borrow::Cow;

use super::super::json::{JsonError, Scanner};
use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// How deep geometry collections may be nested.
const DEPTH: usize = 16;

/// What happened to a row's geometry.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::formats) enum Outcome {
    /// It was read.
    Read,
    /// `null`.
    Missing,
    /// Its coordinates do not fit its type, or are no numbers.
    BadCoordinates,
    /// Its type is none of GeoJSON's.
    UnknownType(String),
}

/// What is unusual about geometries that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::formats) struct Oddities {
    /// Polygon rings that do not end where they begin.
    pub unclosed: u64,
    /// Positions with more than four numbers.
    pub more_numbers: u64,
    /// Collections inside collections, whose members were taken up.
    pub nested: u64,
    /// Members that occur twice.
    pub duplicates: u64,
}

/// The kind of a GeoJSON type.
pub(in crate::formats) fn kind_of(name: &str) -> Option<GeometryKind> {
    Some(match name {
        "Point" => GeometryKind::Point,
        "LineString" => GeometryKind::LineString,
        "Polygon" => GeometryKind::Polygon,
        "MultiPoint" => GeometryKind::MultiPoint,
        "MultiLineString" => GeometryKind::MultiLineString,
        "MultiPolygon" => GeometryKind::MultiPolygon,
        "GeometryCollection" => GeometryKind::GeometryCollection,
        _ => return None,
    })
}

enum Fail {
    Json(JsonError),
    Bad(Outcome),
}

impl From<JsonError> for Fail {
    fn from(error: JsonError) -> Fail {
        Fail::Json(error)
    }
}

const BAD: Fail = Fail::Bad(Outcome::BadCoordinates);

/// Reads the geometry that comes next and adds exactly one row.
pub(super) fn read(
    scanner: &mut Scanner<'_>,
    builder: &mut GeometryBuilder,
    oddities: &mut Oddities,
) -> Result<Outcome, JsonError> {
    let next = scanner.peek()?;
    let start = scanner.at();
    if next == b'n' {
        scanner.skip()?;
        builder.push_null();
        return Ok(Outcome::Missing);
    }
    let before = *oddities;
    let mut reader = Reader { scanner, builder, oddities };
    let read = if next == b'{' { reader.object(0) } else { Err(BAD) };
    match read {
        Ok(()) => {
            builder.end_row();
            Ok(Outcome::Read)
        }
        Err(Fail::Json(error)) => Err(error),
        Err(Fail::Bad(outcome)) => {
            *oddities = before;
            builder.cancel_row();
            builder.push_null();
            scanner.seek(start);
            scanner.skip()?;
            Ok(outcome)
        }
    }
}

struct Reader<'a, 's> {
    scanner: &'a mut Scanner<'s>,
    builder: &'a mut GeometryBuilder,
    oddities: &'a mut Oddities,
}

struct Ring {
    first: Option<[f64; 2]>,
    last: Option<[f64; 2]>,
}

impl Reader<'_, '_> {
    /// A geometry object: the row's own at depth 0, else a member of a collection.
    fn object(&mut self, depth: usize) -> Result<(), Fail> {
        if depth > DEPTH || !self.scanner.takes(b'{')? {
            return Err(BAD);
        }
        let mut kind = None;
        let mut unknown = None;
        // Where the coordinates are, if they come before the type.
        let mut passed = None;
        let mut done = false;
        let mut first = true;
        loop {
            let key = if kind.is_some() && self.scanner.takes_key("\"coordinates\":", &mut first) {
                Cow::Borrowed("coordinates")
            } else {
                match self.scanner.next_key(&mut first)? {
                    Some(key) => key,
                    None => break,
                }
            };
            match &*key {
                "type" if kind.is_none() && self.scanner.peek()? == b'"' => {
                    let name = self.scanner.string()?;
                    kind = kind_of(&name);
                    unknown = kind.is_none().then(|| name.into_owned());
                }
                "coordinates" | "geometries" => match kind {
                    _ if done => {
                        self.oddities.duplicates += 1;
                        self.scanner.skip()?;
                    }
                    Some(kind) => {
                        self.content(kind, depth, &key)?;
                        done = true;
                    }
                    None => {
                        self.scanner.peek()?;
                        passed = Some((self.scanner.at(), key));
                        self.scanner.skip()?;
                    }
                },
                _ => {
                    self.scanner.skip()?;
                }
            }
        }
        if done {
            return Ok(());
        }
        match (kind, passed) {
            (Some(kind), Some((at, key))) => {
                let end = self.scanner.at();
                self.scanner.seek(at);
                self.content(kind, depth, &key)?;
                self.scanner.seek(end);
                Ok(())
            }
            (None, _) => match unknown {
                Some(name) => Err(Fail::Bad(Outcome::UnknownType(name))),
                None => Err(BAD),
            },
            (Some(_), None) => Err(BAD),
        }
    }

    fn content(&mut self, kind: GeometryKind, depth: usize, key: &str) -> Result<(), Fail> {
        let collection = kind == GeometryKind::GeometryCollection;
        if collection != (key == "geometries") {
            return Err(BAD);
        }
        match (depth, collection) {
            (0, _) => self.builder.begin_row(kind),
            (_, false) => self.builder.begin_member(kind),
            (_, true) => self.oddities.nested += 1,
        }
        match kind {
            GeometryKind::Point => self.point(true),
            GeometryKind::MultiPoint => self.list(|reader| reader.point(false)),
            GeometryKind::LineString => self.line(),
            GeometryKind::MultiLineString => self.list(Reader::line),
            GeometryKind::Polygon => self.polygon(),
            GeometryKind::MultiPolygon => self.list(Reader::polygon),
            GeometryKind::GeometryCollection => self.list(|reader| reader.object(depth + 1)),
            GeometryKind::Null => Err(BAD),
        }
    }

    fn list(&mut self, mut item: impl FnMut(&mut Self) -> Result<(), Fail>) -> Result<(), Fail> {
        if !self.scanner.takes(b'[')? {
            return Err(BAD);
        }
        let mut first = true;
        while self.scanner.next_item(&mut first)? {
            item(self)?;
        }
        Ok(())
    }

    /// A point that may be empty has no part then.
    fn point(&mut self, may_be_empty: bool) -> Result<(), Fail> {
        if let Some(xy) = self.scanner.pair() {
            self.builder.begin_part(PartKind::Point);
            self.builder.begin_ring();
            self.builder.coord(xy, None, None);
            return Ok(());
        }
        if self.scanner.peek()? != b'[' {
            return Err(BAD);
        }
        if may_be_empty {
            let start = self.scanner.at();
            self.scanner.takes(b'[')?;
            if self.scanner.takes(b']')? {
                return Ok(());
            }
            self.scanner.seek(start);
        }
        self.builder.begin_part(PartKind::Point);
        self.builder.begin_ring();
        self.position().map(drop)
    }

    fn line(&mut self) -> Result<(), Fail> {
        let start = self.scanner.at();
        if self.scanner.takes(b'[')? && self.scanner.takes(b']')? {
            return Ok(());
        }
        self.scanner.seek(start);
        self.builder.begin_part(PartKind::Line);
        self.ring().map(drop)
    }

    fn polygon(&mut self) -> Result<(), Fail> {
        let start = self.scanner.at();
        if self.scanner.takes(b'[')? && self.scanner.takes(b']')? {
            return Ok(());
        }
        self.scanner.seek(start);
        self.builder.begin_part(PartKind::Polygon);
        self.list(|reader| {
            let ring = reader.ring()?;
            reader.oddities.unclosed += u64::from(ring.first != ring.last);
            Ok(())
        })
    }

    fn ring(&mut self) -> Result<Ring, Fail> {
        if !self.scanner.takes(b'[')? {
            return Err(BAD);
        }
        self.builder.begin_ring();
        let mut ring = Ring { first: None, last: None };
        let mut first = true;
        while self.scanner.next_item(&mut first)? {
            let xy = self.position()?;
            ring.first = ring.first.or(Some(xy));
            ring.last = Some(xy);
        }
        Ok(ring)
    }

    #[inline]
    fn position(&mut self) -> Result<[f64; 2], Fail> {
        if let Some(xy) = self.scanner.pair() {
            self.builder.coord(xy, None, None);
            return Ok(xy);
        }
        self.unusual_position()
    }

    fn unusual_position(&mut self) -> Result<[f64; 2], Fail> {
        if !self.scanner.takes(b'[')? {
            return Err(BAD);
        }
        let x = self.coordinate()?;
        if !self.scanner.takes(b',')? {
            return Err(BAD);
        }
        let y = self.coordinate()?;
        let (mut z, mut m) = (None, None);
        if !self.scanner.takes(b']')? {
            let mut first = false;
            let mut further = 0;
            while self.scanner.next_item(&mut first)? {
                // A height that is null or no number is none.
                let value = match self.scanner.peek()? {
                    b'-' | b'0'..=b'9' => Some(self.coordinate()?),
                    b'n' => {
                        self.scanner.skip()?;
                        None
                    }
                    _ => return Err(BAD),
                };
                match further {
                    0 => z = value,
                    1 => m = value,
                    _ => {}
                }
                further += 1;
            }
            self.oddities.more_numbers += u64::from(further > 2);
        }
        self.builder.coord([x, y], z, m);
        Ok([x, y])
    }

    fn coordinate(&mut self) -> Result<f64, Fail> {
        match self.scanner.peek()? {
            b'-' | b'0'..=b'9' => {
                let start = self.scanner.at();
                match self.scanner.decimal() {
                    Ok(value) if value.is_finite() => Ok(value),
                    Ok(_) => Err(BAD),
                    // -Infinity is let through as a value elsewhere.
                    Err(error) => {
                        self.scanner.seek(start);
                        self.scanner.scalar().map_err(|_| error)?;
                        Err(BAD)
                    }
                }
            }
            _ => Err(BAD),
        }
    }
}

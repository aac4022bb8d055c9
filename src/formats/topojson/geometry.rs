//! The geometry of a row: arcs put together.

use super::arcs::{Arcs, NoArc, Position, Transform, position};
use crate::formats::geojson::{GeometryOutcome, Oddities, kind_of};
use crate::formats::json::{JsonError, Scanner};
use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// How deep geometry collections may be nested.
const DEPTH: usize = 16;

/// What a geometry object says, but for what stands beside the geometry.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// Its type; none where it has none, or `null`.
    pub kind: Option<String>,
    /// Where its arcs, coordinates or members start in the text.
    pub content: Option<usize>,
}

impl Head {
    /// Takes up a member of the object, whose value is next; false for one that is none of the
    /// geometry's.
    pub fn member(&mut self, key: &str, scanner: &mut Scanner<'_>) -> Result<bool, JsonError> {
        match key {
            "type" if self.kind.is_none() && scanner.peek()? == b'"' => {
                self.kind = Some(scanner.string()?.into_owned());
            }
            "arcs" | "coordinates" | "geometries" if self.content.is_none() => {
                scanner.peek()?;
                self.content = Some(scanner.at());
                scanner.skip()?;
            }
            "type" | "bbox" => {
                scanner.skip()?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Why a geometry cannot be made.
pub(super) enum Fail {
    Json(JsonError),
    /// It is not what it says.
    Bad(GeometryOutcome),
    /// Arcs were used too often.
    TooMany,
}

impl From<JsonError> for Fail {
    fn from(error: JsonError) -> Fail {
        Fail::Json(error)
    }
}

impl From<NoArc> for Fail {
    fn from(why: NoArc) -> Fail {
        match why {
            NoArc::Unknown => BAD,
            NoArc::TooMany => Fail::TooMany,
        }
    }
}

const BAD: Fail = Fail::Bad(GeometryOutcome::BadCoordinates);

/// Makes geometries of a text.
pub(super) struct Maker<'a> {
    pub arcs: &'a mut Arcs,
    pub transform: Option<Transform>,
    pub oddities: Oddities,
}

impl Maker<'_> {
    /// Begins a row with the geometry of an object; the row is ended or taken back by the caller.
    pub fn row(
        &mut self,
        scanner: &mut Scanner<'_>,
        head: &Head,
        builder: &mut GeometryBuilder,
    ) -> Result<GeometryOutcome, Fail> {
        let Some(name) = &head.kind else { return Ok(GeometryOutcome::Missing) };
        let kind = kind_of(name);
        let unknown = || Fail::Bad(GeometryOutcome::UnknownType(name.clone()));
        let kind = kind.ok_or_else(unknown)?;
        builder.begin_row(kind);
        scanner.seek(head.content.ok_or(BAD)?);
        if kind == GeometryKind::GeometryCollection {
            self.members(scanner, builder, 1)?;
        } else {
            self.simple(scanner, kind, builder)?;
        }
        Ok(GeometryOutcome::Read)
    }

    fn members(
        &mut self,
        scanner: &mut Scanner<'_>,
        builder: &mut GeometryBuilder,
        depth: usize,
    ) -> Result<(), Fail> {
        if depth > DEPTH || !scanner.takes(b'[')? {
            return Err(BAD);
        }
        let mut first = true;
        while scanner.next_item(&mut first)? {
            if !scanner.takes(b'{')? {
                return Err(BAD);
            }
            let mut head = Head::default();
            let mut first = true;
            while let Some(key) = scanner.next_key(&mut first)? {
                if !head.member(&key, scanner)? {
                    scanner.skip()?;
                }
            }
            let end = scanner.at();
            let kind = head.kind.as_deref().and_then(kind_of).ok_or(BAD)?;
            scanner.seek(head.content.ok_or(BAD)?);
            if kind == GeometryKind::GeometryCollection {
                self.oddities.nested += 1;
                self.members(scanner, builder, depth + 1)?;
            } else {
                builder.begin_member(kind);
                self.simple(scanner, kind, builder)?;
            }
            scanner.seek(end);
        }
        Ok(())
    }

    fn simple(
        &mut self,
        scanner: &mut Scanner<'_>,
        kind: GeometryKind,
        builder: &mut GeometryBuilder,
    ) -> Result<(), Fail> {
        match kind {
            GeometryKind::Point => self.point(scanner, builder),
            GeometryKind::MultiPoint => each(scanner, |scanner| self.point(scanner, builder)),
            GeometryKind::LineString => self.line(scanner, builder),
            GeometryKind::MultiLineString => each(scanner, |scanner| self.line(scanner, builder)),
            GeometryKind::Polygon => self.polygon(scanner, builder),
            GeometryKind::MultiPolygon => each(scanner, |scanner| self.polygon(scanner, builder)),
            GeometryKind::Null | GeometryKind::GeometryCollection => Err(BAD),
        }
    }

    fn point(
        &mut self,
        scanner: &mut Scanner<'_>,
        builder: &mut GeometryBuilder,
    ) -> Result<(), Fail> {
        let (xy, z) = position(scanner)?.ok_or(BAD)?;
        let xy = self.transform.map_or(xy, |transform| transform.apply(xy));
        builder.begin_part(PartKind::Point);
        builder.begin_ring();
        builder.coord(xy, z, None);
        Ok(())
    }

    fn line(
        &mut self,
        scanner: &mut Scanner<'_>,
        builder: &mut GeometryBuilder,
    ) -> Result<(), Fail> {
        let positions = self.positions(scanner)?;
        if !positions.is_empty() {
            builder.begin_part(PartKind::Line);
            push(builder, &positions);
        }
        Ok(())
    }

    fn polygon(
        &mut self,
        scanner: &mut Scanner<'_>,
        builder: &mut GeometryBuilder,
    ) -> Result<(), Fail> {
        let mut begun = false;
        each(scanner, |scanner| {
            let ring = self.positions(scanner)?;
            if !std::mem::replace(&mut begun, true) {
                builder.begin_part(PartKind::Polygon);
            }
            let end = |position: Option<&Position>| position.map(|(xy, _)| *xy);
            self.oddities.unclosed += u64::from(end(ring.first()) != end(ring.last()));
            push(builder, &ring);
            Ok(())
        })
    }

    /// The positions of arcs joined.
    fn positions(&mut self, scanner: &mut Scanner<'_>) -> Result<Vec<Position>, Fail> {
        let mut line = Vec::new();
        each(scanner, |scanner| {
            if !matches!(scanner.peek()?, b'-' | b'0'..=b'9') {
                return Err(BAD);
            }
            let number = scanner.number()?;
            let number = number.text.parse().map_err(|_| BAD)?;
            Ok(self.arcs.add(number, &mut line)?)
        })?;
        Ok(line)
    }
}

fn each(
    scanner: &mut Scanner<'_>,
    mut item: impl FnMut(&mut Scanner<'_>) -> Result<(), Fail>,
) -> Result<(), Fail> {
    if scanner.peek()? != b'[' {
        return Err(BAD);
    }
    scanner.takes(b'[')?;
    let mut first = true;
    while scanner.next_item(&mut first)? {
        item(scanner)?;
    }
    Ok(())
}

fn push(builder: &mut GeometryBuilder, positions: &[Position]) {
    builder.begin_ring();
    for (xy, z) in positions {
        builder.coord(*xy, *z, None);
    }
}

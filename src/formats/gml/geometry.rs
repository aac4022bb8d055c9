//! The geometries of GML.

use super::figure::{Figure, Part};
use super::systems::{Context, Systems};
use crate::formats::wkb::Oddities;
use crate::formats::xml::{Position, Stop, Tag, Xml};
use crate::table::GeometryKind;

/// How deep geometries may be nested.
const DEPTH: usize = 24;

/// Whether an element of GML is a geometry.
pub(super) fn is_geometry(name: &str) -> bool {
    kind_of(name).is_some()
}

/// What an element becomes; areas in several pieces become more than is said here.
fn kind_of(name: &str) -> Option<GeometryKind> {
    Some(match name {
        "Point" => GeometryKind::Point,
        "LineString" | "LinearRing" | "Ring" | "Curve" | "CompositeCurve" | "OrientableCurve" => {
            GeometryKind::LineString
        }
        "Polygon"
        | "Surface"
        | "OrientableSurface"
        | "Envelope"
        | "EnvelopeWithTimePeriod"
        | "Box" => GeometryKind::Polygon,
        "MultiPoint" => GeometryKind::MultiPoint,
        "MultiCurve" | "MultiLineString" => GeometryKind::MultiLineString,
        "MultiSurface"
        | "MultiPolygon"
        | "CompositeSurface"
        | "PolyhedralSurface"
        | "Tin"
        | "TriangulatedSurface"
        | "Solid"
        | "CompositeSolid"
        | "MultiSolid" => GeometryKind::MultiPolygon,
        "MultiGeometry" | "GeometricComplex" => GeometryKind::GeometryCollection,
        _ => return None,
    })
}

/// Reads a geometry.
pub(super) struct Shapes<'x, 't> {
    pub xml: &'x mut Xml<'t>,
    pub systems: &'x mut Systems,
    pub oddities: Oddities,
    /// Coordinates that are none, or not those of what they are for.
    pub is_bad: bool,
    /// Positions of more than three numbers.
    pub more_numbers: u64,
    /// Members that stand elsewhere.
    pub references: u64,
    /// An element that is not understood.
    pub unknown: Option<String>,
    /// The system of its coordinates.
    pub system: Option<usize>,
}

impl<'x, 't> Shapes<'x, 't> {
    pub fn new(xml: &'x mut Xml<'t>, systems: &'x mut Systems) -> Shapes<'x, 't> {
        Shapes {
            xml,
            systems,
            oddities: Oddities::default(),
            is_bad: false,
            more_numbers: 0,
            references: 0,
            unknown: None,
            system: None,
        }
    }

    /// Reads the geometry whose start is taken.
    pub fn read(&mut self, tag: Tag<'t>, around: Context) -> Result<Figure, Stop> {
        let figure = self.figure(tag, around, 0)?;
        let none = Figure::of(GeometryKind::GeometryCollection, Vec::new());
        Ok(figure.unwrap_or(none))
    }

    /// Takes note of the system that coordinates are in.
    pub fn uses(&mut self, system: Option<usize>) {
        match (self.system, system) {
            (None, _) => self.system = system,
            // One geometry in two systems: nobody writes that.
            (Some(before), Some(now)) if !self.systems.is_same(before, now) => self.is_bad = true,
            _ => {}
        }
    }

    /// Whether an element is nested deeper than is read; then the geometry is bad.
    pub fn is_too_deep(&mut self, depth: usize) -> bool {
        self.is_bad |= depth > DEPTH;
        depth > DEPTH
    }

    /// Says that an element is not understood.
    pub fn unknown(&mut self, tag: Tag<'_>) {
        self.is_bad = true;
        self.unknown.get_or_insert_with(|| tag.local().chars().take(60).collect());
    }

    /// Counts a member that stands elsewhere.
    pub fn note_reference(&mut self, tag: Tag<'_>) {
        self.references += u64::from(tag.attribute("href").is_some());
    }

    fn figure(
        &mut self,
        tag: Tag<'t>,
        around: Context,
        depth: usize,
    ) -> Result<Option<Figure>, Stop> {
        let kind = kind_of(tag.local());
        let Some(kind) = kind.filter(|_| !self.is_too_deep(depth)) else {
            self.unknown(tag);
            return self.xml.skip().map(|()| None);
        };
        let context = self.systems.within(tag, around);
        Ok(Some(match tag.local() {
            "Point" => {
                let positions = self.positions(context, false)?;
                self.is_bad |= positions.len() > 1;
                Figure::of(kind, positions.first().map(|at| Part::Point(*at)).into_iter().collect())
            }
            "Envelope" | "EnvelopeWithTimePeriod" | "Box" => {
                let corners = self.positions(context, false)?;
                Figure::of(kind, self.rectangle(&corners).into_iter().collect())
            }
            "Polygon" => Figure::of(kind, self.area(context, depth)?.into_iter().collect()),
            "MultiPoint" | "MultiCurve" | "MultiLineString" | "MultiSurface" | "MultiPolygon"
            | "MultiGeometry" | "GeometricComplex" => {
                let mut members = Vec::new();
                self.members(context, depth, &mut members)?;
                let (figure, nested) = Figure::group(kind, members);
                self.oddities.nested |= nested;
                figure
            }
            _ if kind == GeometryKind::LineString => {
                let line = self.line(tag, around, depth)?;
                let parts = if line.is_empty() { Vec::new() } else { vec![Part::Line(line)] };
                Figure::of(kind, parts)
            }
            name => {
                let mut parts = Vec::new();
                self.areas(context, depth, &mut parts)?;
                let in_faces =
                    !matches!(name, "Surface" | "OrientableSurface" | "CompositeSurface");
                self.oddities.faces |= in_faces;
                let kind = if parts.len() > 1 { GeometryKind::MultiPolygon } else { kind };
                Figure::of(kind, parts)
            }
        }))
    }

    /// The members of a group, each in an element that holds it, or all in one.
    fn members(
        &mut self,
        around: Context,
        depth: usize,
        into: &mut Vec<Figure>,
    ) -> Result<(), Stop> {
        while let Some(holder) = self.xml.child()? {
            let name = holder.local();
            if is_geometry(name) {
                // Some leave the element around it out.
                into.extend(self.figure(holder, around, depth + 1)?);
            } else if name.ends_with("ember") || name.ends_with("embers") || name == "element" {
                self.note_reference(holder);
                while let Some(tag) = self.xml.child()? {
                    into.extend(self.figure(tag, around, depth + 1)?);
                }
            } else {
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    /// The areas of a surface, however they are put together.
    fn areas(&mut self, around: Context, depth: usize, into: &mut Vec<Part>) -> Result<(), Stop> {
        if self.is_too_deep(depth) {
            return self.xml.skip();
        }
        while let Some(tag) = self.xml.child()? {
            let context = self.systems.within(tag, around);
            match tag.local() {
                "Polygon" | "PolygonPatch" | "Triangle" | "Rectangle" => {
                    into.extend(self.area(context, depth)?);
                }
                "patches"
                | "polygonPatches"
                | "trianglePatches"
                | "surfaceMember"
                | "surfaceMembers"
                | "solidMember"
                | "solidMembers"
                | "baseSurface"
                | "exterior"
                | "interior"
                | "Shell"
                | "Surface"
                | "CompositeSurface"
                | "OrientableSurface"
                | "PolyhedralSurface"
                | "Tin"
                | "TriangulatedSurface"
                | "Solid"
                | "CompositeSolid" => {
                    self.note_reference(tag);
                    self.areas(context, depth + 1, into)?;
                }
                "Cone" | "Cylinder" | "Sphere" => {
                    self.unknown(tag);
                    self.xml.skip()?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// The rings of an area; none where it has none.
    fn area(&mut self, around: Context, depth: usize) -> Result<Option<Part>, Stop> {
        let mut rings: Vec<Vec<Position>> = Vec::new();
        let mut with_outer = false;
        while let Some(boundary) = self.xml.child()? {
            let is_outer = match boundary.local() {
                "exterior" | "outerBoundaryIs" => true,
                "interior" | "innerBoundaryIs" => false,
                _ => {
                    self.xml.skip()?;
                    continue;
                }
            };
            while let Some(tag) = self.xml.child()? {
                let ring = self.line(tag, around, depth + 1)?;
                if ring.is_empty() {
                    continue;
                }
                let at = if is_outer && !with_outer { 0 } else { rings.len() };
                with_outer |= is_outer;
                rings.insert(at, ring);
            }
        }
        self.is_bad |= !with_outer && !rings.is_empty();
        Ok((!rings.is_empty()).then_some(Part::Area(rings)))
    }

    /// The rectangle between two corners.
    fn rectangle(&mut self, corners: &[Position]) -> Option<Part> {
        let [([west, south], low), ([east, north], _)] = *corners else {
            self.is_bad |= !corners.is_empty();
            return None;
        };
        let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        Some(Part::Area(vec![ring.into_iter().map(|xy| (xy, low)).collect()]))
    }
}

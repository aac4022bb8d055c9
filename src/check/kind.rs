//! What can be found.

use crate::i18n::Message;

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Not valid by OGC 06-103r4 (Simple Feature Access, section 6.1), as GEOS decides it:
    /// programs may refuse it or compute nonsense.
    Invalid,
    /// Valid, but probably not meant.
    Doubtful,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The stable name in `--json`.
    pub fn code(self) -> &'static str {
        match self {
            Severity::Invalid => "invalid",
            Severity::Doubtful => "doubtful",
            Severity::Note => "note",
        }
    }

    /// In words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Severity::Invalid => "check-severity-invalid",
            Severity::Doubtful => "check-severity-doubtful",
            Severity::Note => "check-severity-note",
        })
    }
}

/// What was found, in the order it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A coordinate that is no number, or larger than any place.
    BadCoordinate,
    /// A ring whose last position is not its first.
    NotClosed,
    /// A ring with fewer than three different positions in a row, a line with one.
    TooFewPositions,
    /// A line whose positions are all the same.
    ZeroLength,
    /// A ring whose positions lie on one line.
    ZeroArea,
    /// A ring that crosses itself or lies along itself.
    SelfIntersection,
    /// A ring that touches itself.
    SelfTouch,
    /// Rings of one polygon that cross or lie along each other.
    RingsCross,
    /// Polygons of one feature that cross or lie along each other.
    PartsCross,
    /// A hole outside its polygon.
    HoleOutside,
    /// A hole in another hole.
    HoleInHole,
    /// A polygon inside another of the same feature.
    PartInPart,
    /// Rings that touch so that the inside of the polygon is in pieces.
    InsideCut,
    /// Longitude or latitude that does not exist.
    OutOfRange,
    /// Outside the area that the CRS is made for.
    OutsideArea,
    /// A feature like another one, attributes and all.
    DuplicateFeature,
    /// A feature with the same geometry as another one.
    DuplicateGeometry,
    /// Two features of the layer that lie over each other.
    Overlap,
    /// A corner sharper than [`super::SPIKE_DEGREES`].
    Spike,
    /// A position that repeats the one before it.
    DuplicatePosition,
    /// A point that is twice in one feature.
    DuplicatePoint,
    /// A ring that turns the other way than its format prescribes.
    Winding,
    /// Two features that overlap by less than the tolerance.
    Sliver,
    /// A geometry without positions.
    Empty,
    /// No geometry.
    Null,
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Kind; 25] = [
        Kind::BadCoordinate,
        Kind::NotClosed,
        Kind::TooFewPositions,
        Kind::ZeroLength,
        Kind::ZeroArea,
        Kind::SelfIntersection,
        Kind::SelfTouch,
        Kind::RingsCross,
        Kind::PartsCross,
        Kind::HoleOutside,
        Kind::HoleInHole,
        Kind::PartInPart,
        Kind::InsideCut,
        Kind::OutOfRange,
        Kind::OutsideArea,
        Kind::DuplicateFeature,
        Kind::DuplicateGeometry,
        Kind::Overlap,
        Kind::Spike,
        Kind::DuplicatePosition,
        Kind::DuplicatePoint,
        Kind::Winding,
        Kind::Sliver,
        Kind::Empty,
        Kind::Null,
    ];

    /// How bad it is.
    pub fn severity(self) -> Severity {
        match self {
            Kind::BadCoordinate
            | Kind::NotClosed
            | Kind::TooFewPositions
            | Kind::ZeroLength
            | Kind::ZeroArea
            | Kind::SelfIntersection
            | Kind::SelfTouch
            | Kind::RingsCross
            | Kind::PartsCross
            | Kind::HoleOutside
            | Kind::HoleInHole
            | Kind::PartInPart
            | Kind::InsideCut => Severity::Invalid,
            Kind::OutOfRange
            | Kind::OutsideArea
            | Kind::DuplicateFeature
            | Kind::DuplicateGeometry
            | Kind::Overlap
            | Kind::Spike
            | Kind::DuplicatePosition
            | Kind::DuplicatePoint => Severity::Doubtful,
            Kind::Winding | Kind::Sliver | Kind::Empty | Kind::Null => Severity::Note,
        }
    }

    /// The stable name in `--json`.
    pub fn code(self) -> &'static str {
        match self {
            Kind::BadCoordinate => "bad-coordinate",
            Kind::NotClosed => "not-closed",
            Kind::TooFewPositions => "too-few-positions",
            Kind::ZeroLength => "zero-length",
            Kind::ZeroArea => "zero-area",
            Kind::SelfIntersection => "self-intersection",
            Kind::SelfTouch => "self-touch",
            Kind::RingsCross => "rings-cross",
            Kind::PartsCross => "parts-cross",
            Kind::HoleOutside => "hole-outside",
            Kind::HoleInHole => "hole-in-hole",
            Kind::PartInPart => "part-in-part",
            Kind::InsideCut => "inside-cut",
            Kind::OutOfRange => "out-of-range",
            Kind::OutsideArea => "outside-area",
            Kind::DuplicateFeature => "duplicate-feature",
            Kind::DuplicateGeometry => "duplicate-geometry",
            Kind::Overlap => "overlap",
            Kind::Spike => "spike",
            Kind::DuplicatePosition => "duplicate-position",
            Kind::DuplicatePoint => "duplicate-point",
            Kind::Winding => "winding",
            Kind::Sliver => "sliver",
            Kind::Empty => "empty",
            Kind::Null => "null",
        }
    }

    /// What it is called.
    pub fn message(self) -> Message {
        Message::new(match self {
            Kind::BadCoordinate => "check-bad-coordinate",
            Kind::NotClosed => "check-not-closed",
            Kind::TooFewPositions => "check-too-few-positions",
            Kind::ZeroLength => "check-zero-length",
            Kind::ZeroArea => "check-zero-area",
            Kind::SelfIntersection => "check-self-intersection",
            Kind::SelfTouch => "check-self-touch",
            Kind::RingsCross => "check-rings-cross",
            Kind::PartsCross => "check-parts-cross",
            Kind::HoleOutside => "check-hole-outside",
            Kind::HoleInHole => "check-hole-in-hole",
            Kind::PartInPart => "check-part-in-part",
            Kind::InsideCut => "check-inside-cut",
            Kind::OutOfRange => "check-out-of-range",
            Kind::OutsideArea => "check-outside-area",
            Kind::DuplicateFeature => "check-duplicate-feature",
            Kind::DuplicateGeometry => "check-duplicate-geometry",
            Kind::Overlap => "check-overlap",
            Kind::Spike => "check-spike",
            Kind::DuplicatePosition => "check-duplicate-position",
            Kind::DuplicatePoint => "check-duplicate-point",
            Kind::Winding => "check-winding",
            Kind::Sliver => "check-sliver",
            Kind::Empty => "check-empty",
            Kind::Null => "check-null",
        })
    }

    /// What it means, and whether it matters, in a sentence or two.
    pub fn about(self) -> Message {
        Message::new(match self {
            Kind::BadCoordinate => "check-bad-coordinate-about",
            Kind::NotClosed => "check-not-closed-about",
            Kind::TooFewPositions => "check-too-few-positions-about",
            Kind::ZeroLength => "check-zero-length-about",
            Kind::ZeroArea => "check-zero-area-about",
            Kind::SelfIntersection => "check-self-intersection-about",
            Kind::SelfTouch => "check-self-touch-about",
            Kind::RingsCross => "check-rings-cross-about",
            Kind::PartsCross => "check-parts-cross-about",
            Kind::HoleOutside => "check-hole-outside-about",
            Kind::HoleInHole => "check-hole-in-hole-about",
            Kind::PartInPart => "check-part-in-part-about",
            Kind::InsideCut => "check-inside-cut-about",
            Kind::OutOfRange => "check-out-of-range-about",
            Kind::OutsideArea => "check-outside-area-about",
            Kind::DuplicateFeature => "check-duplicate-feature-about",
            Kind::DuplicateGeometry => "check-duplicate-geometry-about",
            Kind::Overlap => "check-overlap-about",
            Kind::Spike => "check-spike-about",
            Kind::DuplicatePosition => "check-duplicate-position-about",
            Kind::DuplicatePoint => "check-duplicate-point-about",
            Kind::Winding => "check-winding-about",
            Kind::Sliver => "check-sliver-about",
            Kind::Empty => "check-empty-about",
            Kind::Null => "check-null-about",
        })
    }
}

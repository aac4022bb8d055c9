//! What services do that they should not, on demand.

/// Something a service does wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Lie {
    /// The count is off by so many.
    CountOff(i64),
    /// The count is "unknown", or not there.
    NoCount,
    /// At most so many features on a page, whatever is said and asked.
    Cap(usize),
    /// The first page comes, whichever is asked for.
    IgnoresStart,
    /// Paging is refused.
    RefusesStart,
    /// Rows stand in another order for each page, so that some come twice and others never.
    Shuffles,
    /// A row is added in front once a page was given.
    Grows,
    /// The next page is this one.
    NextLoops,
    /// The next page is at another server.
    NextElsewhere(&'static str),
    /// Links to other pages are relative.
    NextRelative,
    /// The next page is not linked.
    NoNext,
    /// After the last page there is always another, empty one.
    NeverEnds,
    /// A page counts one more than is on it.
    ReturnedOff,
    /// y stands before x.
    Swapped,
    /// The numbers of a rectangle are read in the other order.
    RectangleSwapped,
    /// Coordinates are in degrees, whatever is asked and said.
    Degrees,
    /// GeoJSON says nothing of its system.
    NoCrs,
    /// GeoJSON is offered, GML given.
    JsonIsGml,
    /// Features have no identifiers.
    NoIds,
    /// All features have the same identifier.
    SameIds,
    /// A refusal, with status 200.
    Refusal(&'static str),
    /// A limit above this is refused.
    LimitRefused(usize),
}

/// The lies told to one request.
#[derive(Clone, Debug, Default)]
pub struct Lies(pub Vec<Lie>);

impl Lies {
    pub fn has(&self, lie: &Lie) -> bool {
        self.0.contains(lie)
    }

    pub fn find<T>(&self, pick: impl FnMut(&Lie) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(pick)
    }
}

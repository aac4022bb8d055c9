# Check of geometry
check-severity-invalid = Not valid
check-severity-doubtful = To look at
check-severity-note = Good to know

check-count = { $rows ->
    [one] 1 feature
   *[other] { $rows } features
}
check-count-places = { $places ->
    [one] 1 place
   *[other] { $places } places
} in { $rows ->
    [one] 1 feature
   *[other] { $rows } features
}
check-at = { $x }, { $y }
check-with-row = like row { $row }
check-with-overlap = { $area } with row { $row }
check-times = { $times ->
    [one] 1 place
   *[other] { $times } places
}
check-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}

check-bad-coordinate = Coordinate that is no number
check-bad-coordinate-about = A position without a number to use (NaN, infinite or impossibly large) is nowhere. The rest of the feature was not looked at.
check-not-closed = Ring that is not closed
check-not-closed-about = The last position of a ring should be its first. Some programs refuse such a polygon.
check-too-few-positions = Too few positions
check-too-few-positions-about = A ring needs at least three different positions and the first again; a line needs two.
check-zero-length = Line without length
check-zero-length-about = All positions of the line are the same.
check-zero-area = Polygon without area
check-zero-area-about = All positions of the ring lie on one line.
check-self-intersection = Border that crosses itself
check-self-intersection-about = The border crosses itself or runs back along itself. What is inside and what outside is not clear then. Belfort draws, measures and selects what is surrounded an odd number of times; other programs may do otherwise.
check-self-touch = Border that touches itself
check-self-touch-about = The border comes to the same point twice. A hole that touches the border should be a ring of its own.
check-rings-cross = Rings of a polygon that cross
check-rings-cross-about = The outer ring and the holes of a polygon may touch in single points only.
check-parts-cross = Parts that lie over each other
check-parts-cross-about = The parts of one feature cross or share a stretch of border. They may touch in single points only.
check-hole-outside = Hole outside its polygon
check-hole-outside-about = A hole should lie inside the outer ring of its polygon.
check-hole-in-hole = Hole in a hole
check-hole-in-hole-about = A hole lies in another hole of the same polygon.
check-part-in-part = Part in another part
check-part-in-part-about = A part of the feature lies wholly in another part.
check-inside-cut = Inside that is in pieces
check-inside-cut-about = Rings touch so that the inside of the polygon is not whole. It should be of several parts.
check-out-of-range = Longitude or latitude that does not exist
check-out-of-range-about = A longitude is from −180° to 180°, a latitude from −90° to 90°. Perhaps x and y are exchanged, or the coordinate system is another one.
check-outside-area = Outside the area of the coordinate system
check-outside-area-about = The coordinate system is not made for this place: distances and transformations are wrong there. Perhaps a coordinate is wrong, or the system is another one.
check-duplicate-feature = Duplicate feature
check-duplicate-feature-about = Geometry and all attributes are those of an earlier feature.
check-duplicate-geometry = Duplicate geometry
check-duplicate-geometry-about = The feature lies exactly where another one does, with other attributes. That may be right: two businesses in one building.
check-overlap = Features that lie over each other
check-overlap-about = The polygons of this layer should not lie over each other.
check-spike = Sharp point in a border
check-spike-about = The border nearly turns back along itself, at an angle of less than 1°. Mostly that is a slip in drawing.
check-duplicate-position = Position that repeats
check-duplicate-position-about = A position is the same as the one before it. That does no harm, but is of no use.
check-duplicate-point = Point that is twice in a feature
check-duplicate-point-about = A feature of several points has two of them in the same place.
check-winding = Ring that turns the other way
check-winding-about = In GeoJSON outer rings turn counter-clockwise and holes clockwise (RFC 7946), in a shapefile just the other way. Most programs, Belfort too, do not mind; some web maps draw such a polygon inside out.
check-sliver = Small overlap
check-sliver-about = The polygons lie over each other by very little: mostly a border was drawn twice.
check-empty = Empty geometry
check-empty-about = The feature has a type of geometry, but no positions.
check-null = No geometry
check-null-about = The feature has no place on the map.

check-nothing = Nothing found
check-no-place = The layer has no geometry
check-pairs-left-out = { $count ->
    [one] The overlap of 1 pair of features could not be computed
   *[other] The overlaps of { $count } pairs of features could not be computed
}

# Repair
problem-repair-bad = { $places ->
    [one] 1 position that is no number left out
   *[other] { $places } positions that are no numbers left out
}, in { $count ->
    [one] 1 feature
   *[other] { $count } features
}
problem-repair-range = { $places ->
    [one] 1 position left out whose longitude or latitude does not exist
   *[other] { $places } positions left out whose longitude or latitude does not exist
}, in { $count ->
    [one] 1 feature
   *[other] { $count } features
}
problem-repair-repeats = { $places ->
    [one] 1 position that repeated left out
   *[other] { $places } positions that repeated left out
}, in { $count ->
    [one] 1 feature
   *[other] { $count } features
}
problem-repair-twins = { $places ->
    [one] 1 double point left out
   *[other] { $places } double points left out
}, in { $count ->
    [one] 1 feature
   *[other] { $count } features
}
problem-repair-closed = { $places ->
    [one] 1 ring closed
   *[other] { $places } rings closed
}, in { $count ->
    [one] 1 feature
   *[other] { $count } features
}
problem-repair-valid = { $count ->
    [one] 1 feature made valid: its border now runs around what the rings surround
   *[other] { $count } features made valid: their borders now run around what the rings surround
}
problem-repair-turned = { $places ->
    [one] 1 ring turned around
   *[other] { $places } rings turned around
}, in { $count ->
    [one] 1 feature
   *[other] { $count } features
}
problem-repair-collapsed = { $places ->
    [one] 1 part without area or length left out
   *[other] { $places } parts without area or length left out
}, in { $count ->
    [one] 1 feature
   *[other] { $count } features
}
problem-repair-kept = { $places ->
    [one] 1 part without area or length kept as a line or point
   *[other] { $places } parts without area or length kept as lines or points
}, in { $count ->
    [one] 1 feature
   *[other] { $count } features
}
problem-repair-lost = { $count ->
    [one] 1 feature has no geometry any more: nothing was left of it
   *[other] { $count } features have no geometry any more: nothing was left of them
}
problem-repair-duplicate = { $count ->
    [one] 1 duplicate feature left out
   *[other] { $count } duplicate features left out
}
problem-repair-not = { $count ->
    [one] 1 feature could not be repaired and stayed as it was
   *[other] { $count } features could not be repaired and stayed as they were
}

# Command line
cli-about-check = Looks whether geometry in files is valid, and what is doubtful about it
cli-check-exit-status = Exit status: 0 done, 1 failed (with --strict also where something is not valid or doubtful), 2 wrong usage.
cli-value-count = COUNT
cli-help-check = Also look whether geometry is valid
cli-help-overlaps = Also look for polygons of a layer that lie over each other
cli-help-sliver = With --overlaps: tell smaller overlaps apart, in square metres (1 where nothing is given)
cli-help-limit = How many features of each kind are named (10, in JSON 1000, where nothing is given)
cli-help-strict = Exit status 1 where something is not valid or doubtful
cli-help-repair = Put geometry right: valid polygons, closed rings, no positions that repeat, outer rings counter-clockwise
cli-help-keep-collapsed = With --repair: keep polygons without area as lines and lines without length as points
cli-help-drop-duplicates = With --repair: leave out features that are like an earlier one in everything
cli-invalid-features = { $count } not valid
cli-found = Found
cli-check = Check

# The style panel: symbols, categories, classes, ramps, legend
app-style-tab = Style
app-layer-style-show = Change style
app-style-no-layer = Choose a layer to see and choose how it looks.
app-style-waits = The layer is still being read.
app-style-placeless = This layer is a table without a place: there is nothing to draw. Join it to a layer with a place to see its numbers on the map.
app-style-more = Style: more
app-style-copy = Copy style
app-style-paste = Paste style
app-style-plain = Plain style
app-style-classing = Finding classes
app-style-by = Look by
app-by-nothing = One style
app-by-value = Value
app-by-number = Number
app-by-crossed = Two numbers
app-by-rules = Rules
app-style-details = Symbol
app-style-line = Line
app-style-dash = Dashes
app-style-join = Corners
app-style-hatch = Hatching
app-style-shape = Shape
app-style-rotation = Rotation, degrees clockwise
app-style-opaque = opaque
app-style-field = Field
app-style-per = Per
app-style-per-nothing = Nothing: the number itself
app-style-per-area = km² (area of the polygon)
app-style-method = Classes
app-style-count = Number of classes
app-style-most = So many values apart
app-style-most-again = The most frequent values again
app-style-more-values = { $count ->
    [one] 1 more value apart
   *[other] { $count } more values apart
}
app-style-hatched = Hatching too
app-style-hatched-about = Each class gets a pattern as well, so that the map can be read in a black-and-white copy
app-style-reset = Put back the names and colours of the classes
app-style-breaks-fix = Keep these breaks
app-style-breaks-fix-about = The breaks stay when data or filter change, and you can type them here
app-style-breaks-again = Calculate again
app-style-histogram = Spread of { $rows } numbers
app-style-break = Break { $number }: drag to move it
app-style-no-fields = This layer has no fields.
app-style-no-number-fields = This layer has no fields with numbers.
app-dash-solid = Solid
app-dash-dashed = Dashed
app-dash-long = Long dashes
app-dash-dotted = Dotted
app-dash-dash-dot = Dash-dot
app-corner-round = Round
app-corner-miter = Mitred
app-corner-bevel = Bevelled
app-hatch-none = No hatching
app-hatch-rising = Rising lines
app-hatch-falling = Falling lines
app-hatch-level = Level lines
app-hatch-upright = Upright lines
app-hatch-crossed = Crossed lines
app-hatch-grid = Grid
app-hatch-dots = Dots
app-shape-star = Star
app-shape-cross = Cross
app-look-tinted = Tinted with outline
app-look-filled = Filled with light outline
app-look-outline = Outline only
app-look-boundary = Boundary
app-look-hatched = Hatched
app-look-ink = Ink
app-look-line = Line
app-look-thin = Thin line
app-look-bold = Bold line
app-look-dashed = Dashes
app-look-dotted = Dots
app-look-dot = Dot with light rim
app-look-small = Small dot
app-look-large = Large dot
app-look-ring = Ring
app-look-glass = See-through
app-method-natural = Natural breaks
app-method-quantile = Quantiles
app-method-equal = Equal intervals
app-method-pretty = Round numbers
app-method-deviation = Standard deviation
app-method-head-tail = Head and tail
app-method-by-hand = By hand
app-method-natural-about = Numbers that lie near each other come together (Jenks, computed exactly)
app-method-quantile-about = As many features in each class
app-method-equal-about = Each class as wide
app-method-pretty-about = About so many classes, with round numbers as breaks
app-method-deviation-about = How far from the mean, in standard deviations
app-method-head-tail-about = For many small and few large numbers: again and again what lies above the mean
app-method-by-hand-about = You set the breaks yourself
app-ramp = Colour ramp
app-ramp-turn = Turn the colours around
app-ramp-about = { $count ->
    [one] Computed for 1 class
   *[other] Computed for { $count } classes
}: colour differences (CIEDE2000) as people with deutan, protan and tritan colour blindness see them, and steps in lightness
app-ramp-safe = Safe for the colour-blind
app-ramp-not-safe = Not safe for the colour-blind
app-ramp-grey = Prints in black and white
app-ramp-not-grey = Not in black and white
app-ramp-only-safe = Only safe for the colour-blind
app-ramp-only-grey = Only what prints in black and white
app-ramp-none = None with { $count } classes
app-ramp-too-few = This ramp has { $count } colours: after that they begin again
app-ramp-sequential = From little to much
app-ramp-diverging = Around a middle
app-ramp-qualitative = Kinds
app-class-grip = Move “{ $name }”: drag, or Alt with an arrow
app-class-hide = Hide “{ $name }”
app-class-show = Show “{ $name }”
app-class-label = Name of “{ $name }” in the legend
app-class-color = Colour of “{ $name }”
app-class-upper = Upper end of “{ $name }”
app-class-up-to = up to and with
app-rules-about = The first rule that a feature meets decides how it looks.
app-rule-add = Add a rule
app-rule-others = Show the others too
app-rule-hide = Hide rule { $number }
app-rule-show = Show rule { $number }
app-rule-up = Move rule { $number } up
app-rule-down = Move rule { $number } down
app-rule-remove = Remove rule { $number }
app-rule-label = Name of rule { $number } in the legend
app-rule-label-hint = Name in the legend
app-rule-condition = Condition of rule { $number }
app-rule-condition-hint = e.g. capacity > 500
app-rule-look = Symbol of rule { $number }
app-size-by = Size by a number
app-size-by-about = The area of each symbol is in proportion to the number
app-size-largest = Largest symbol
app-size-without = { $count ->
    [one] 1 feature without a number above 0 has no symbol
   *[other] { $count } features without a number above 0 have no symbol
}
app-size-beyond = { $count ->
    [one] 1 number is greater than that of the largest symbol
   *[other] { $count } numbers are greater than that of the largest symbol
}
app-work-classes = Finding the classes of “{ $name }”
app-legend = Legend
app-legend-more = Legend: more
app-legend-title = Title of the legend
app-legend-usual = Legend
app-legend-only-in-view = Only classes in view
app-legend-counts = Show counts
app-legend-hide = Hide the legend
app-legend-fold = Fold the legend
app-legend-unfold = Unfold the legend
app-legend-layer = Change the style of “{ $name }”
app-style-fill-color = Colour of the fill
app-style-stroke-color = Colour of the outline
app-style-line-color = Colour of the line
app-vision = Look as
app-vision-usual = Usual
app-vision-deutan = Deutan (green-blind)
app-vision-protan = Protan (red-blind)
app-vision-tritan = Tritan (blue-blind)
app-vision-grey = Black-and-white copy
app-vision-usual-about = As most people see the map
app-vision-deutan-about = Without green cones: about one man in sixteen sees so, or nearly
app-vision-protan-about = Without red cones: about one man in fifty sees so, or nearly
app-vision-tritan-about = Without blue cones: rare
app-vision-grey-about = As a copier or a printer without colour shows the map
app-vision-now = Seen as: { $name }
app-vision-back = Look as usual
app-style-icon = Icon
app-icon-none = No icon
app-icon-parking = Parking
app-icon-bike = Bike
app-icon-bus = Bus
app-icon-tram = Tram
app-icon-tree = Tree
app-icon-sheep = Sheep
app-icon-book = Book (study)
app-icon-school = School
app-icon-playground = Playground
app-icon-toilet = Toilet
app-icon-house = House
app-icon-building = Building
app-icon-water = Water
app-icon-care = Hospital
app-icon-heart = Heart
app-icon-cup = Coffee
app-icon-bin = Waste
app-icon-charge = Charging point
app-icon-sports = Sports
app-icon-church = Church
app-icon-camera = Sight
app-icon-flag = Flag
app-icon-warning = Warning
app-points-as = Show points as
app-points-each = Each apart
app-points-heat = Heat map
app-points-clusters = Clusters
app-points-hexagons = Hexagons
app-points-busy = Counting the points…
app-points-placeless = { $count ->
    [one] 1 row has no point and does not count
   *[other] { $count } rows have no point and do not count
}
app-points-weightless = { $count ->
    [one] 1 point has no usable number and does not count
   *[other] { $count } points have no usable number and do not count
}
app-heat-radius = Radius
app-heat-radius-about = How far around a place points count, in metres on the ground: larger shows the broad pattern, smaller the details
app-heat-weight = Counts for
app-heat-weight-one = Each point for one
app-heat-fixed = Fixed scale
app-heat-fixed-about = The last colour keeps standing for the same density, also when the filter or the data change: so maps can be compared
app-heat-top = Density of the last colour
app-heat-kernel = Density by the quartic kernel (Silverman 1986), as in QGIS. Values are per square kilometre on the ground.
app-clusters-within = Together within
app-clusters-within-about = Points that are nearer to each other on the screen than this become one circle with their number
app-clusters-largest = Largest circle
app-clusters-about = The area of a circle follows the number. Click a circle to zoom in on its points.
app-hexagons-size = Width
app-hexagons-size-about = From one side of a hexagon to the opposite one, in metres on the ground
app-hexagons-of = Shows
app-hexagons-count = Number of points
app-hexagons-sum = Sum of a field
app-hexagons-mean = Mean of a field
app-work-crowds = Showing points together
app-hexagon-sum = Sum of { $field }: { $number }
app-hexagon-mean = Mean of { $field }: { $number }

# Styles as files, for QGIS
app-layer-style-read = Read style from QGIS (.qml)…
app-layer-style-save = Save style for QGIS (.qml)…
app-qml-read-title = Read style from QGIS
app-qml-read-what = A style saved in QGIS (.qml): symbols, classes, rules and labels. What does not exist here is listed.
app-qml-path = Style of QGIS
app-qml-read-do = Read
app-qml-save-title = Save style for QGIS
app-qml-read = The style ‘{ $name }’ was read
app-qml-read-told = { $count ->
        [one] The style ‘{ $name }’ was read, but for one thing
       *[other] The style ‘{ $name }’ was read, but for { $count } things
    }
app-qml-saved = The style ‘{ $name }’ was saved
app-qml-saved-told = { $count ->
        [one] The style ‘{ $name }’ was saved, but for one thing
       *[other] The style ‘{ $name }’ was saved, but for { $count } things
    }
app-qml-told-show = Show
app-qml-told-title = Style ‘{ $name }’: what is different
app-work-style = Reading or saving a style
app-qml-beside = Beside ‘{ $name }’ lies a style of QGIS
app-qml-beside-use = Use that style
app-style-name = Save style under a name…
app-style-name-title = Save style
app-style-name-label = Name of the style
app-style-name-where = The style comes into the menu of every layer, in every project.
app-style-name-taken = There is a style of that name already: it is replaced.
app-style-named = Saved styles
app-style-named-use = Use style ‘{ $name }’
app-style-named-forget = Remove saved style ‘{ $name }’
app-style-for-data = Use for these data from now on
app-style-for-data-about = When you open this file or dataset again, the layer has this style at once
app-style-for-data-used = ‘{ $name }’ has the style you chose for these data
app-style-heads = Arrow head
app-heads-none = None
app-heads-end = End
app-heads-start = Start
app-heads-both = Both
app-crossed-across = From left to right
app-crossed-up = From below to above
app-crossed-steps = Classes of “{ $field }”
app-crossed-colors = Colours of the two numbers
app-crossed-turn = Exchange the colours of the two numbers
app-crossed-classes = Names and colours of the classes
app-crossed-about = What is high or low in both numbers stands out. Take numbers that can be compared: per inhabitant or per km².

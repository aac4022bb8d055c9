

style-no-field = The layer has no field “{ $field }” any more.
style-no-numbers = The field “{ $field }” holds no numbers.
style-no-areas = The layer has no polygons whose area is known.
style-rule-error = Rule { $rule }: { $message }
style-class-all = All
style-class-other = { $values ->
        [0] Other
        [one] Other (1 value)
       *[other] Other ({ $values } values)
    }
style-class-missing = No data
style-class-unmatched = Everything else
style-class-empty-text = (empty)
# Two numbers, crossed: how high each of them is
style-class-cell = { $across }, { $up }
style-level-low = low { $field }
style-level-rather-low = fairly low { $field }
style-level-middle = middling { $field }
style-level-rather-high = fairly high { $field }
style-level-high = high { $field }
style-level-only = { $field }
style-too-many-hexagons = There are more hexagons than there is room for: take larger ones.
style-heat-points = Points per km²
style-heat-field = { $field } per km²
style-heat-radius = radius { $radius }
style-cluster-count = { $count ->
    [one] 1 point
   *[other] { $count } points
}
style-hexagons-count = Points per hexagon, { $size } wide
style-hexagons-sum = Sum of { $field } per hexagon, { $size } wide
style-hexagons-mean = Mean of { $field } per hexagon, { $size } wide
problem-figure-not-counted = { $count ->
    [one] 1 row of “{ $layer }” has no point or no number and does not count
   *[other] { $count } rows of “{ $layer }” have no point or no number and do not count
}
problem-figure-not-together = The points of “{ $layer }” could not be shown together: { $detail }

# Styles of QGIS
qml-not-a-style = This is no style of QGIS (.qml) for a layer with features
qml-of-a-raster = This is a style of QGIS for images, not for a layer with features
qml-broken = The style is damaged: { $what } ({ $place })
qml-too-large = The style is too large to be one
problem-qml-left-out = { $count ->
        [one] Left out: { $what }
       *[other] Left out: { $what } ({ $count } times)
    }
problem-qml-map-units = { $count ->
        [one] A size in units of the map was not taken over: here it does not change with the scale
       *[other] { $count } sizes in units of the map were not taken over: here they do not change with the scale
    }
problem-qml-data-defined = { $count ->
        [one] ‘{ $property }’ follows from the data in QGIS; that was not taken over
       *[other] ‘{ $property }’ follows from the data in QGIS ({ $count } times); that was not taken over
    }
problem-qml-expression = The classes follow from an expression that Belfort does not know; the layer has one style now: { $expression }
problem-qml-class-details = { $count ->
        [one] Of one class only colour, shape and pattern were taken over: here all classes share line, size and opacity
       *[other] Of { $count } classes only colour, shape and pattern were taken over: here all classes share line, size and opacity
    }
problem-qml-categories = { $count ->
        [one] One value has no class of its own any more: there are too many
       *[other] { $count } values have no class of their own any more: there are too many
    }
problem-qml-moments = { $count ->
        [one] One moment is written in another way: see whether its class is still right
       *[other] { $count } moments are written in another way: see whether their classes are still right
    }
problem-qml-overlap = { $count ->
        [one] One class overlaps another; the first that holds a number counts
       *[other] { $count } classes overlap another; the first that holds a number counts
    }
problem-qml-rules-all = QGIS draws all rules that hold over each other, Belfort only the first: those that lay on top now come first
problem-qml-rule-lost = The rule ‘{ $sql }’ was not taken over: ‘{ $part }’ has no counterpart
problem-qml-rule-scales = { $count ->
        [one] The scales of one rule were not taken over
       *[other] The scales of { $count } rules were not taken over
    }
problem-qml-labels-lost = The labels ‘{ $what }’ were not taken over: ‘{ $part }’ has no counterpart
problem-qml-font = The font { $font } was not taken over
problem-qml-shape = { $count ->
        [one] The shape ‘{ $shape }’ became a circle
       *[other] The shape ‘{ $shape }’ became a circle { $count } times
    }
problem-qml-dash = { $count ->
        [one] One dashed line only resembles the original
       *[other] { $count } dashed lines only resemble the original
    }
problem-qml-pattern = { $count ->
        [one] One pattern has another density or angle than the original
       *[other] { $count } patterns have another density or angle than the original
    }
problem-qml-pattern-color = { $count ->
        [one] One pattern got the colour of the outline
       *[other] { $count } patterns got the colour of the outline
    }
problem-qml-size-near = The size of points follows the same number, but in another proportion: here their area is in proportion to it
problem-qml-size-lost = The size of points by number was not written: there is no largest number
problem-qml-no-classes = The classes were not written: they are not known
problem-qml-icon = { $count ->
        [one] The picture in one symbol was not written
       *[other] The pictures in { $count } symbols were not written
    }
problem-qml-area = ‘{ $field }’ per km² follows the unit of areas of the project in QGIS: leave that at square metres
problem-qml-pins = { $count ->
        [one] One label placed by hand stands in QGIS where QGIS puts it
       *[other] { $count } labels placed by hand stand in QGIS where QGIS puts them
    }
problem-qml-other-kind = The style was made for another kind of layer: see whether it fits
problem-qml-together = That points are shown together (heat map, clusters or hexagons) is not in the file: QGIS shows each point apart
problem-qml-heads = QGIS gets no arrow heads
problem-style-of-file = The style that the file has for this layer cannot be read: { $what }
problem-qml-crossed = QGIS has no style of two numbers: each class is a rule there, with the breaks as they are now

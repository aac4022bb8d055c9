

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

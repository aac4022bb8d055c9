# The filter of a layer
app-filter = Filter
app-filter-no-layer = Choose a layer to filter it
app-filter-working = Searching
app-filter-wrong = The condition is not right yet
app-filter-off = Filter does not work, all shown
app-filter-clear = Clear filter
app-filter-no-place = The layer “{ $layer }” has no places
app-filter-areas-error = In the condition on the other layer: { $error }

# Building rules
app-filter-add = Add condition
app-filter-add-to = Add condition to { $name }
app-filter-add-group = Add group
app-filter-add-group-to = Add group to { $name }
app-filter-no-fields = This layer has no fields
app-filter-only-text = This condition can do more than the rows here; change it as text
app-filter-not-yet = The text below is no condition yet
app-filter-join = How the conditions go together
app-filter-join-of = How the conditions of group { $name } go together
app-filter-join-all = All conditions
app-filter-join-any = At least one condition
app-filter-join-none = None of the conditions
app-filter-join-not-all = Not all conditions
app-filter-remove = Remove condition { $name }
app-filter-remove-group = Remove group { $name }
app-filter-field = Field of condition { $name }
app-filter-operator = Comparison of condition { $name }
app-filter-value = Value of condition { $name }
app-filter-values = Values of condition { $name }
app-filter-from = From, condition { $name }
app-filter-to = Up to, condition { $name }
app-filter-handle = Slider: { $end }
app-filter-slider = Slider of condition { $name }
app-filter-exact = Capitals matter

# Choosing values
app-filter-choose = Choose values…
app-filter-search-values = Search the values
app-filter-counting = Counting values
app-filter-add-value = Add “{ $value }”
app-filter-drop-value = Leave out “{ $value }”
app-filter-no-values = No value found
app-filter-blank = (empty text)
app-filter-yes = yes
app-filter-no = no
app-filter-more-values = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
app-filter-other-values = { $count ->
    [one] 1 rare value is not in the list: search to find it
   *[other] { $count } rare values are not in the list: search to find them
}
app-filter-searching-all = Searching all values
app-filter-more-found = { $count ->
    [one] 1 more value holds this text: type more of it
   *[other] { $count } more values hold this text: type more of it
}
app-filter-nulls = { $count ->
    [one] 1 row without a value
   *[other] { $count } rows without a value
}
app-filter-empty-range = The start comes after the end: nothing lies between
app-filter-no-number = This is no number
app-filter-no-date = This is no date such as 2024-12-31

# Comparisons
app-op-is = is
app-op-is-not = is not
app-op-less = less than
app-op-at-most = at most
app-op-greater = greater than
app-op-at-least = at least
app-op-before = before
app-op-until = up to
app-op-after = after
app-op-from = from
app-op-between = between
app-op-not-between = not between
app-op-contains = contains
app-op-contains-not = does not contain
app-op-starts = starts with
app-op-starts-not = does not start with
app-op-ends = ends with
app-op-ends-not = does not end with
app-op-empty = is empty
app-op-not-empty = is not empty

# The condition as text
app-filter-as-text = As text
app-filter-condition = Condition (SQL)
app-filter-example = For example { $condition }
app-filter-hint = A condition on the fields
app-filter-did-you-mean = Did you mean { $word }?
app-filter-suggestions = What may follow
app-filter-is-field = field
app-filter-is-function = function
app-filter-is-word = SQL
app-filter-is-value = value

# By place
app-filter-place = Place
app-filter-place-none = This table has no places
app-filter-place-no-layers = Open another layer to compare with
app-filter-add-place = Relative to a layer
app-filter-by-layer = Layer “{ $layer }”
app-filter-by-view = What is in view now
app-filter-by-view-hint = Only what lies in the area the map shows now, also when you move the map afterwards
app-filter-draw-rectangle = Draw rectangle
app-filter-draw-polygon = Draw polygon
app-filter-by-selection = Selection of “{ $layer }” ({ $count })
app-filter-remove-place = Remove condition on place { $name }
app-filter-relation = How they lie, condition on place { $name }
app-filter-areas = Other layer, condition on place { $name }
app-filter-distance = Distance, condition on place { $name }
app-filter-metres = metres
app-filter-no-distance = no distance
app-filter-which = Which of “{ $layer }”
app-filter-areas-which = Only those of “{ $layer }” where (SQL)
app-filter-drawn-rectangle = Drawn rectangle
app-filter-drawn-polygon = Drawn polygon
app-filter-chosen-features = { $count ->
    [one] 1 chosen feature of “{ $layer }”
   *[other] { $count } chosen features of “{ $layer }”
}
app-relation-within = lies within
app-relation-intersects = lies in or overlaps
app-relation-disjoint = lies outside
app-relation-touches = touches the edge of
app-relation-crosses = crosses
app-relation-near = lies near
app-filter-select = Select instead of filter
app-filter-select-how = Selects the rows shown and clears the filter

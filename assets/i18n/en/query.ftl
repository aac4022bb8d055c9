# Conditions: what is wrong with the text
query-unexpected = “{ $word }” is not expected here
query-unfinished = The condition stops too early
query-open-text = This text has no closing quote (')
query-open-name = This name has no closing quote
query-open-comment = This comment has no end
query-only-condition = Write only the condition, what comes after WHERE
query-write-instead = Write { $meant } instead of { $written }
query-decimal-comma = Write a decimal point, not a comma
query-text-without-quotes = Text stands between single quotes: ‘{ $text }’
query-reserved-word = “{ $word }” is a word of SQL; a field of that name stands between double quotes
query-too-long = The condition is too long
query-too-deep = The condition has too many brackets inside brackets

# Conditions: what is not known
query-unknown-field = There is no field “{ $name }”
query-unknown-field-quotes = There is no field “{ $name }”; text stands between single quotes
query-unknown-function = There is no function “{ $name }”
query-unknown-type = There is no type “{ $type }”
query-unknown-construction = Belfort does not know this construction
query-no-subquery = A condition cannot contain another query
query-no-window = A condition looks at one row at a time; OVER is not possible
query-no-aggregate = A condition looks at one row at a time; “{ $name }” needs several rows

# Conditions: what does not fit
query-kinds-differ = { $left } and { $right } cannot be compared
query-sign-mismatch = { $sign } does not work with { $left } and { $right }
query-join-text = Texts are joined with ||
query-not-a-condition = This is { $kind }, not a condition that is true or false
query-not-a-number = “{ $text }” is not a number
query-not-a-boolean = “{ $text }” is not true or false
query-not-a-date = “{ $text }” is not a date such as 2024-12-31
query-cannot-cast = { $from } cannot be converted to this type
query-cannot-convert = This is { $from }, where { $to } is expected
query-wrong-arguments = Write { $usage }
query-bad-escape = The escape character is one character between single quotes
query-bad-pattern = The pattern is not right: { $detail }
query-pattern-not-text = The pattern is a text between single quotes
query-bad-unit = Choose year, quarter, month, week, day or hour
query-too-much-text = The result has too much text
query-failed = The condition cannot be computed: { $detail }

# Kinds of values
query-kind-null = nothing
query-kind-boolean = yes or no
query-kind-integer = a whole number
query-kind-number = a number
query-kind-text = text
query-kind-date = a date
query-kind-date-time = a date with time

# Conditions on place
query-areas-condition = In the condition on the areas: { $message }
query-layer-without-place = The layer “{ $layer }” has no place on the map

# Conditions on place in words
query-place-intersects = shares a point with { $features }
query-place-within = lies in { $features }
query-place-disjoint = lies outside { $features }
query-place-touches = touches { $features }
query-place-crosses = crosses { $features }
query-place-near = lies at most { $metres } m from { $features }
query-features-all = ‘{ $layer }’
query-features-where = ‘{ $layer }’ ({ $condition })
query-features-chosen = { $count ->
    [one] 1 chosen feature of ‘{ $layer }’
   *[other] { $count } chosen features of ‘{ $layer }’
}
query-features-rectangle = a drawn rectangle
query-features-polygon = a drawn polygon

# Conditions on place: what could not be used
problem-chosen-gone = { $count ->
    [one] 1 chosen feature is no longer in the layer ‘{ $layer }’
   *[other] { $count } chosen features are no longer in the layer ‘{ $layer }’
}
problem-place-no-corner = { $count ->
    [one] 1 corner of the condition on place does not exist in the other coordinate system
   *[other] { $count } corners of the condition on place do not exist in the other coordinate system
}
problem-place-not-finite = { $count ->
    [one] 1 feature does not count in the condition on place: it has coordinates that are no numbers
   *[other] { $count } features do not count in the condition on place: they have coordinates that are no numbers
}
problem-place-too-far = { $count ->
    [one] 1 feature does not count in the distance: it lies too far from the others
   *[other] { $count } features do not count in the distance: they lie too far from the others
}
problem-place-gave-up = { $count ->
    [one] 1 row has a shape that is not valid and could not be compared in full
   *[other] { $count } rows have shapes that are not valid and could not be compared in full
}

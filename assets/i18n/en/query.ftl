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

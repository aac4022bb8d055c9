# How a file is read: encoding and place
app-layer-encoding = Characters…
app-named = { $name }
app-place-take = Read as suggested
app-place-take-as = Read as { $crs }
app-place-doubt = This layer is not in Belgium, but read as { $crs } it is: { $where }
app-place-picture = Read as { $crs }: { $where }
app-reading-compare = Compare…
app-reading-keep = Leave it: it was read well
app-reading-as-before = ‘{ $name }’ was read as you chose before: { $how }
app-encoding-doubt = The characters of this layer can be read in { $count ->
    [2] two
    [3] three
    [4] four
   *[other] { $count }
} ways
app-encoding-guessed = { $name } (guessed)
app-encoding-hint = How the characters were read; click to look or to change it
app-encoding-title = Characters of ‘{ $name }’
app-encoding-explain = The same bytes, each time read otherwise. Choose the reading in which the words are right.
app-encoding-explain-doubt = Not everything says the same about the characters of this file. Choose the reading in which the words are right.
app-encoding-all-ascii = This file has no accented letters or other special characters: almost every encoding gives the same text.
app-encoding-now = in use now
app-encoding-now-as = { $name }, in use now
app-encoding-damaged = some values do not fit it
app-encoding-other = Another encoding
app-encoding-other-none = Choose…
app-encoding-note = Belfort remembers your choice for this file, and you can undo it
app-encoding-do = Read as { $name }
app-settings-readings = Files
app-settings-readings-count = Choices remembered
app-settings-readings-none = none
app-settings-readings-files = { $count ->
    [one] for { $count } layer
   *[other] for { $count } layers
}
app-settings-readings-forget = Forget
app-settings-readings-note = How you had a file read (characters, coordinate system, kinds of fields), for when you open it in another map. Maps that you saved keep their own choices.
app-layer-kinds = Read fields as…
app-table-column-kind = Read as…
app-kinds-offered = { $count ->
    [one] ‘{ $field }’ could be more than text
   *[other] { $count } fields could be more than text
}
app-kinds-offered-hint = Text now, but nearly all values are numbers, dates, or yes and no: { $names }. Click to choose
app-kinds-chosen = { $count ->
    [one] field { $names } with a kind of its own
   *[other] fields { $names } with kinds of their own
}
app-kind-sign = ‘{ $field }’ is text, but can be read as { $what }: { $fit }
app-kind-title = Read fields of ‘{ $name }’ as
app-kind-field = Field
app-kind-field-offered = { $name } · could be more than text
app-kind-looking = Looking at the values…
app-kind-as-found = As Belfort found it: { $kind }
app-kind-as-text = Text
app-kind-as-text-note = as it is written, zeros in front and all
app-kind-none = No value of this field is a number, a date, or yes or no.
app-kind-now = used now; { $fit }
app-kind-example = { $text } becomes { $value }
app-kind-zeros = { $count ->
    [one] { $count } value loses its zeros in front
   *[other] { $count } values lose their zeros in front
}
app-kind-misfit = “{ $text }” (row { $row })
app-kind-misfits = { $count ->
    [one] { $count } becomes empty: { $values }
   *[other] { $count } become empty: { $values }
}
app-kind-note = Belfort remembers your choice for this file, and you can undo it. The file itself does not change.
app-kind-do = Read it so
app-kind-do-all = { $count ->
    [2] Follow both suggestions
   *[other] Follow all { $count } suggestions
}

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
app-settings-readings-note = How you had a file read (characters, coordinate system), for when you open it in another map. Maps that you saved keep their own choices.

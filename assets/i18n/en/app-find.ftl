app-title = Title of the map…
app-title-of-map = Title of the map
app-title-where = Shown on the window and above pictures of the map
app-title-do = Set title
app-layer-visible = Show layer
app-find = Find…
app-find-what = Find a name, coordinates, a layer or a command
app-clear-marker = Clear marker
app-find-filtered = What you looked for is not on the map: the filter of “{ $layer }” hides it
app-marker-copy-degrees = Copy the coordinates in WGS 84
app-marker-copy-lambert = Copy the coordinates in Lambert 72
app-find-near = Close to what you typed
app-find-read-as = read as { $how }
app-find-coordinates = Coordinates
app-find-commands = Commands
app-find-hidden = hidden
app-find-on = on
app-find-off = off
app-find-nothing = Nothing found for “{ $text }”
app-find-nothing-do = Check the spelling, or try a part of the name
app-find-keys = Arrows: choose · Enter: go there · Esc: close
app-find-collecting = Collecting names
app-find-searching = Searching
app-find-hint-names = Names in all layers: a street, a neighbourhood, a study place
app-find-hint-coordinates = Coordinates: 51.0536 3.7253 or Lambert 72: 104700 193800, or a link
app-find-hint-commands = Layers and commands: zoom, export, dark
app-find-more = { $count ->
    [one] { $count } more name
   *[other] { $count } more names
}

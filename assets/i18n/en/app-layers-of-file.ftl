# Which layers of a file
app-layers-of-file-title = Layers in { $name }
app-layers-of-file-which = { $count ->
    [one] This file holds { $count } layer.
   *[other] This file holds { $count } layers. Which do you want on the map?
}
app-layers-of-file-add = { $count ->
    [one] Add { $count } layer
   *[other] Add { $count } layers
}
app-layers-of-file-placeless = table without place
app-layers-of-file-large = The file takes { $size }. What the map shows can be read from it without the rest.
app-layer-read-view = Read only what is in view
app-layer-read-whole = Read the whole file
app-layer-part = part of the file
app-layer-part-hint = Only what lies between { $west }° and { $east }° longitude and { $south }° and { $north }° latitude was read. Click to read the whole file.

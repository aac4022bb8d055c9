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

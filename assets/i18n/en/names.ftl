### Places by name

names-column-place = place_found
names-column-layer = place_layer
names-column-how = place_how

names-how-exact = stands there
names-how-normalised = written otherwise
names-how-near = something like it
names-how-decided = chosen by hand
names-how-nowhere = left empty by hand
names-how-ambiguous = more than one
names-how-proposed = like something
names-how-unmatched = not found
names-how-no-name = no name

problem-names-no-layer = Places by name: the layer { $layer } is not there
problem-names-no-field = Places by name: the field { $field } is not there
problem-names-unmatched = { $count } { $count ->
    [one] row names
   *[other] rows name
} no place that is known
problem-names-ambiguous = { $count } { $count ->
    [one] row names
   *[other] rows name
} a place that exists more than once
problem-names-near = { $count } { $count ->
    [one] row names
   *[other] rows name
} something like a place: choose yourself
problem-names-none = { $count } { $count ->
    [one] row names
   *[other] rows name
} no place

app-names-from = Places by name
app-work-names = Looking for places
command-set-place-names = places by name
command-end-place-names = take places by name away

app-names-title = Places by name: { $name }
app-names-fields = Where do the names stand? The first field in which one is found counts
app-names-layers = Layers that know the names, the finest first
app-names-layer = Layer with names
app-names-field = Field with the names
app-names-finer = Look here before the layer above
app-names-layer-away = Do not use this layer
app-names-layer-add = Add a layer
app-names-with-near = Also place what is like a name
app-names-with-near-hint = A typing error, or a part of a name. Without this you choose for such texts yourself
app-names-summary = { $placed } of { $rows } { $rows ->
    [one] row
   *[other] rows
} placed
app-names-ambiguous = { $count } with more than one place
app-names-near = { $count } like a name
app-names-unmatched = { $count } not found
app-names-none = { $count } without a name
app-names-list-unsure = To look at
app-names-list-all = All texts
app-names-list-decided = Chosen by hand
app-names-list-find = Find a text
app-names-list-empty = No texts to show
app-names-perhaps = perhaps { $name }
app-names-automatic = What is found
app-names-nowhere = No place
app-names-candidate = { $name } ({ $layer }) · { $how } · { $score }
app-names-place-of = Place of “{ $text }”
app-names-do = Place
app-names-change = Change
app-names-end = Take away
app-layer-names = Place by name…
app-layer-names-this = Place by name…
app-layer-names-hint = Look for streets, neighbourhoods or municipalities in the text, and put the rows there on the map
app-layer-named = Placed by name: { $names }

app-layer-only = Show only this layer
app-layer-duplicate = Duplicate layer
app-layer-scales = Visible at scale…
app-layer-not-at-scale = not at this scale
app-scales-title = At which scale is ‘{ $name }’ visible?
app-scales-how = This keeps the map legible: trees only from nearby, neighbourhoods only from afar. Leave a field empty for no limit.
app-scales-farthest = Zoomed out to
app-scales-nearest = Zoomed in to
app-scales-any = no limit
app-scales-now = Now: 1:{ $scale }
app-scales-wrong = Type a whole number, such as 25 000
app-scales-none = Visible at no scale: the first limit must be the larger one
app-scales-do = Set
app-problems-go = Go to { $place }
app-menu-group = Group
app-layer-group = Group layers
app-group-new = Group { $number }
app-group-visible = Show group
app-group-open = Unfold group
app-group-rename = Rename group
app-group-up = Move group up
app-group-down = Move group down
app-group-dissolve = Ungroup layers
app-group-name = Name of the group
app-group-drag = Drag to move the group
app-group-fold = Fold group “{ $name }”
app-group-unfold = Unfold group “{ $name }”
app-group-hide = Hide group “{ $name }”
app-group-show = Show group “{ $name }”
app-group-more = More for group “{ $name }”
app-group-count = { $count ->
    [one] 1 layer
   *[other] { $count } layers
}

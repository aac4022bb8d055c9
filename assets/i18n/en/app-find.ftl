app-title = Title of the map…
app-title-of-map = Title of the map
app-title-where = Shown on the window and above pictures of the map
app-title-do = Set title
app-layer-visible = Show layer

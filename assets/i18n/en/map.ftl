# The map on the screen.
map-name = Map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-scale-hint = True on the ground, at the middle of the map
map-basemap-unreachable = Basemap out of reach
map-basemap-unreachable-hint = Tiles that were seen before are shown; the others are tried again from time to time

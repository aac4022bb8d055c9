# The map on the screen.
map-name = Map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-scale-hint = True on the ground, at the middle of the map
map-basemap-unreachable = Basemap out of reach
map-basemap-unreachable-hint = Tiles that were seen before are shown; the others are tried again from time to time
map-gpu-lost = The graphics card no longer answers
map-gpu-lost-hint = The window opens again; nothing of the project is lost
map-no-room = Not everything in view fits in the graphics memory
map-no-room-hint = Zoom in or hide layers; the settings can allow more memory (gpuMemoryMb)
map-not-filled = Of some areas only the outline is drawn
map-not-filled-hint = At this scale their outline is too crooked to be filled; zooming in helps
map-cluster = { $count ->
    [one] Cluster of 1 point
   *[other] Cluster of { $count } points
}
map-cluster-selected = { $count ->
    [one] 1 of them selected
   *[other] { $count } of them selected
}
map-cluster-hint = Click to zoom in on it; with Ctrl you select the points
map-cluster-hint-one-place = They lie at the same place: click to select them
map-corner-remove = Delete this corner
map-shape-remove = Delete this note

# The figure
figure-legend = Legend
figure-made = Map made with Belfort on { $date }
figure-source = { $count ->
    [one] Source
   *[other] Sources
}
figure-source-accessed = accessed on { $date }
figure-source-basemap = background: { $attribution }
figure-source-unknown = no source given for { $layers }

# What can go wrong
figure-error-too-large = A picture of { $width } × { $height } pixels is too large
figure-error-too-small = A map of { $width } × { $height } points is too small
figure-error-no-view = The view is not a place on the map
figure-error-encoding = The picture cannot be saved as PNG: { $detail }

# Problems
problem-figure-no-crs = Layer ‘{ $layer }’ is not on the figure: its coordinate reference system is unknown
problem-figure-not-placed = { $count ->
    [one] { $count } row of layer ‘{ $layer }’ is not wholly on the figure: its place cannot be transformed
   *[other] { $count } rows of layer ‘{ $layer }’ are not wholly on the figure: their places cannot be transformed
}
problem-figure-tiles-missing = { $count ->
    [one] { $count } tile of the basemap is missing on the figure
   *[other] { $count } tiles of the basemap are missing on the figure
}
problem-figure-tiles-coarse = { $count ->
    [one] { $count } tile of the basemap was replaced by a coarser one
   *[other] { $count } tiles of the basemap were replaced by coarser ones
}
problem-figure-glyphs = { $count ->
    [one] { $count } character is in none of the fonts and is a box on the figure
   *[other] { $count } characters are in none of the fonts and are boxes on the figure
}
problem-figure-text-cut = { $count ->
    [one] { $count } text was shortened because it does not fit on the figure
   *[other] { $count } texts were shortened because they do not fit on the figure
}
problem-figure-labels = { $count ->
    [one] There is no room on the figure for 1 label of layer ‘{ $layer }’
   *[other] There is no room on the figure for { $count } labels of layer ‘{ $layer }’
}
problem-figure-labels-failed = The labels of layer ‘{ $layer }’ are not on the figure: { $detail }

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

# The sheet
sheet-untitled = Map
sheet-the-map = the map
sheet-north = N
sheet-south = S
sheet-north-letter = N
sheet-check-line = This line is { $length } mm long. If you measure anything else, the printer changed the size of the sheet.
sheet-statement-local = { $scale } on the ground at { $latitude }, in all directions. Transverse Mercator around this sheet; largest scale error { $error }.
sheet-statement-lambert72 = { $scale } in Belgian Lambert 72 (EPSG:31370), at { $latitude }; on the ground the scale is at most { $error } off.
sheet-statement-lambert2008 = { $scale } in Belgian Lambert 2008 (EPSG:3812), at { $latitude }; on the ground the scale is at most { $error } off.
sheet-statement-screen = { $scale } on the ground in the middle of the map, at { $latitude }. Web Mercator, as on the screen; elsewhere the scale is up to { $error } off.
sheet-fits = Fits { $paper } at { $scale }
sheet-fits-largest = { $scale } is the largest round scale at which { $name } fits { $paper }
sheet-does-not-fit = At { $scale }, { $name } does not fit { $paper } entirely
sheet-does-not-fit-but = At { $scale }, { $name } does not fit { $paper } entirely; { $larger } would do
sheet-error-no-place = What you want to print has no place on the map
sheet-error-paper-too-small = The paper is too small for all that is to stand on the sheet: take larger paper, or leave parts out
sheet-error-no-scale = 1:{ $scale } is no scale to print at
sheet-error-kind = A sheet cannot become a file of this kind
sheet-error-kind-remedy = Choose a name that ends in .pdf, .svg, .png or .jpg
sheet-error-nothing = There is nothing to print: no layer could be opened
sheet-error-no-areas = In “{ $areas }” no feature meets { $sql }
problem-sheet-basemap-rules = The basemap is coarser than the paper allows: “{ $basemap }” does not permit large prints
page-layer-basemap = Basemap
page-layer-labels = Labels
sheet-counts = In this area: { $counts }
sheet-error-too-many-pages = An atlas of { $pages } pages is too large: filter the layer down to 1000 features at most
sheet-error-no-layer = There is no layer “{ $name }”
problem-figure-layers = { $count ->
    [one] 1 layer is not on it yet: it is still being read, or could not be read
   *[other] { $count } layers are not on it yet: they are still being read, or could not be read
}
sheet-own-points = Places
problem-sheet-unnamed = { $count ->
    [one] 1 feature of layer “{ $layer }” has no name, and so no number
   *[other] { $count } features of layer “{ $layer }” have no name, and so no number
}
problem-sheet-too-many-numbers = { $count ->
    [one] 1 feature of layer “{ $layer }” has no number: more than 2000 numbers cannot be read
   *[other] { $count } features of layer “{ $layer }” have no number: more than 2000 numbers cannot be read
}
problem-sheet-no-order-field = Layer “{ $layer }” has no field “{ $field }”: numbers follow the names
problem-sheet-numbers-together = { $count ->
    [one] 1 numbered point lies at the place of another: their numbers stand beside each other
   *[other] { $count } numbered points lie at the place of another: their numbers stand beside each other
}
problem-sheet-covered = { $count ->
    [one] 1 feature of layer “{ $layer }” lies under a panel of the sheet, such as the legend: move the panel or the map
   *[other] { $count } features of layer “{ $layer }” lie under a panel of the sheet, such as the legend: move the panel or the map
}
problem-sheet-numbers-crowded = { $count ->
    [one] There is no free place for 1 number: it covers something else
   *[other] There is no free place for { $count } numbers: they cover something else
}
problem-sheet-points-outside = { $count ->
    [one] 1 place of your own lies outside the map
   *[other] { $count } places of your own lie outside the map
}
sheet-tiles = { $count } { $paper } sheets ({ $columns } × { $rows })
sheet-tiles-overview = { $tiles }, overlapping by { $overlap } mm. Cut and glue from the top left to the bottom right.
sheet-tile = Row { $row }, column { $column } – of { $rows } rows and { $columns } columns
sheet-tile-cut-both = Cut off the left and the top edge along the marks.
sheet-tile-cut-left = Cut off the left edge along the marks.
sheet-tile-cut-top = Cut off the top edge along the marks.
sheet-tile-glue = Glue the next sheet with its edge on the arrows.
sheet-tile-check = { $length } mm: measure it
problem-sheet-not-tiled = { $count ->
    [one] The sheet is on its own paper: it is not larger than the smaller paper, or would take more than 400 sheets
   *[other] { $count } sheets are on their own paper: they are not larger than the smaller paper, or would take more than 400 sheets
}
problem-sheet-no-sum-field = Field “{ $field }” of layer “{ $layer }” cannot be added up: it is not there, or holds no numbers
problem-sheet-no-logo = The logo is not on the sheet: { $path } is not there, or is no PNG, JPEG or SVG
sheet-error-no-sheet = There is no sheet “{ $name }”; there are: { $known }
problem-sheet-logo-letters = The letters of the logo are not there: save the SVG with text as paths
problem-sheet-index-empty = Nothing with a name of layer “{ $layer }” lies on the map: there is no index
problem-figure-no-basemap = The basemap is missing: its file cannot be opened

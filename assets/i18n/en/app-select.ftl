# Selecting
app-menu-select = Selection
app-select-all = Select all
app-select-invert = Invert selection
app-select-no-layer = There is no visible layer to select in
app-zoom-selection = Zoom to selection
app-export-selection = Export selection…
app-selection-of = { $count } selected in { $layer }
app-selection-hidden =
    { $count ->
        [one] { $count } more selected row is hidden by a filter
       *[other] { $count } more selected rows are hidden by a filter
    }
app-selection-more =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }
app-selection-step = { $at } of { $count }
app-selection-zoom = Zoom there
app-selection-export = Export…
app-selection-clear = Clear
app-status-selected = { $count } selected
app-status-selecting = Selecting
app-status-copying = Copying
app-export-selected = Only the selection: { $selected }

# Copying
app-copied = Copied
app-copied-rows =
    { $count ->
        [one] { $count } row copied
       *[other] { $count } rows copied
    }
app-copy-no-geometry = This row has no geometry to copy
app-copy-value = Copy value
app-copy-row = Copy row for a spreadsheet
app-copy-row-csv = Copy row as CSV
app-copy-rows = Copy rows for a spreadsheet
app-copy-rows-csv = Copy rows as CSV
app-copy-wkt = Copy geometry as WKT
app-copy-geojson = Copy geometry as GeoJSON

# Feature
app-feature-more = Copy this feature
app-fact-length = Length
app-fact-area = Area
app-fact-perimeter = Perimeter
app-fact-ellipsoid = Measured on the ellipsoid of WGS 84
app-fact-wgs84 = WGS 84
app-fact-lambert = Lambert 72
app-fact-centroid = The centroid
app-fact-corners = Corners
